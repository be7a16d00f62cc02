"""Files are read together where a check needs parts of them side by side, and only there."""

from sevline.core.checks import every_check
from sevline.core.readers.saml import IdpMetadata, SamlResponse
from sevline.core.together import kinds_of, reading, worth_reading_together
from tests.evidence import call, har

CHECKS = tuple(every_check())


def test_a_response_and_its_metadata_are_read_together_and_a_stranger_is_left_out() -> None:
    gave = {1: (SamlResponse.__name__,), 2: (IdpMetadata.__name__,), 3: ("NothingKnown",)}

    assert worth_reading_together(gave, CHECKS) == {1, 2}


def test_one_file_that_holds_everything_is_not_read_again() -> None:
    assert worth_reading_together({1: (SamlResponse.__name__, IdpMetadata.__name__)}, CHECKS) == frozenset()


def test_two_extracts_are_what_a_comparison_is_made_of() -> None:
    assert worth_reading_together({4: ("Extract",), 9: ("Extract",)}, CHECKS) == {4, 9}


def test_a_recording_counts_as_every_kind_that_it_is() -> None:
    assert kinds_of([har(call(200))]) == ("Har", "Traffic")


def test_the_checks_that_read_a_kind_are_those_that_ask_for_it() -> None:
    found = reading(["SpSettings"], every_check())

    assert "SAML06" in found
    assert "API12" not in found
