"""Telephone numbers as people of a country write them to each other: without the code of the country.

So many other numbers have the form that this is for free text only, and for the countries of the customer.
"""

from collections.abc import Sequence

from sevline.core.redaction.checksums import only_digits
from sevline.core.redaction.detector import Detector, Stage
from sevline.core.redaction.pseudonym import Pseudonyms


def national_phone(regions: Sequence[str]) -> Detector:
    """`regions` in two letters (ISO 3166-1); unknown ones find nothing."""

    def number(found: str) -> str | None:
        """The number with its country code, under the first region in which it is a valid one."""
        import phonenumbers

        for region in regions:
            try:
                parsed = phonenumbers.parse(found, region.upper())
            except phonenumbers.NumberParseException:
                continue
            if phonenumbers.is_valid_number(parsed):
                return f"{parsed.country_code}{parsed.national_number}"
        return None

    def render(found: str, pseudonyms: Pseudonyms) -> str:
        return pseudonyms.token("PHONE", number(found) or only_digits(found))

    return Detector(
        kind="phone_national",
        title="Telephone number without the code of its country",
        pattern=(
            r"(?-u:\b)(?:0[0-9]{1,5}|\(0[0-9]{1,5}\)|[1-9][0-9]{1,4})(?:[ ./-]{1,3}[0-9]{2,8}){1,4}(?-u:\b)"
            r"|(?-u:\b)0[1-9][0-9]{7,10}(?-u:\b)"
        ),
        stage=Stage.NUMBER,
        gate=r"[0-9][ ./)-]{1,3}[0-9]{2,}|0[1-9][0-9]{7}",
        validate=lambda found: number(found) is not None,
        normalise=only_digits,
        render=render,
    )
