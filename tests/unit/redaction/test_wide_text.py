"""Values written with a NUL beside each letter, in either order of bytes, inside text that is not."""

import pytest

from sevline.core.redaction import Redactor
from tests.unit.redaction.looking import KEY

REDACTOR = Redactor(KEY)


@pytest.mark.parametrize("order", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("frame", ["{}", "got {} here", "a{}b", "x={}&", "{}ü", "\0{}\0"])
@pytest.mark.parametrize("value", ["aa:bb:cc:dd:ee:0f", "203.0.113.77", "2a00:1450:4001:81b::200e", "219-09-9999"])
def test_a_wide_value_is_masked_whatever_stands_beside_it(value: str, frame: str, order: str) -> None:
    once = REDACTOR.text(frame.format(value.encode(order).decode()))
    assert sum(once.counts.values()) == 1
    assert value not in once.text.replace("\0", "")
    assert REDACTOR.text(once.text).text == once.text


@pytest.mark.parametrize("order", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("frame", ["{}", "got {} here", "x={}&", "({})"])
def test_a_wide_address_has_the_pseudonym_that_it_has_elsewhere(frame: str, order: str) -> None:
    address = "mia.lind@" + "northwind.example"
    plain = REDACTOR.text(address).text
    assert REDACTOR.text(frame.format(address.encode(order).decode())).text == frame.format(
        plain.encode(order).decode()
    )
