from datetime import UTC, datetime

from sevline.core.readers.logs import FORMATS

parse = FORMATS["logfmt"].reader(datetime(2026, 3, 2, tzinfo=UTC))


def test_the_message_field_is_the_message() -> None:
    found = parse(b'time=2026-03-01T10:00:00Z level=warning msg="pool \\"main\\" is full" size=5 caller=pool.go:12')

    assert found is not None
    assert (found.level, found.service, found.message) == ("WARN", "pool.go:12", b'pool "main" is full')


def test_without_a_message_the_other_pairs_are_the_message() -> None:
    found = parse(b"level=info status=502 upstream=cart")

    assert found is not None
    assert found.message == b"status=502 upstream=cart"


def test_a_sentence_with_an_equals_sign_is_not_logfmt() -> None:
    assert parse(b"the value of x=1 was refused") is None
    assert parse(b"x=1 y=2") is None
