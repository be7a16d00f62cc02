import pytest

from sevline.core.mining.masking import mask


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        (b"took 17 ms", b"took 0 ms"),
        (b"offset -1 or 1", b"offset 0 or 0"),
        (b"from 192.0.2.7:8080", b"from 0"),
        (b"at 0x1f3a", b"at 0"),
        (b"id de305d54-75b4-431b-adb2-eb6b9e546014", b"id 0"),
        (b"on 2026-03-01T10:00:00Z", b"on 0"),
        (b"no digits at all", b"no digits at all"),
        ("größe7 müde".encode(), "0 müde".encode()),
    ],
)
def test_runs_with_a_digit_become_one_marker(text, shape):
    assert mask(text) == shape


def test_lines_are_masked_apart() -> None:
    assert mask(b"a 1\n2 b\n") == b"a 0\n0 b\n"
