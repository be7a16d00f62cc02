"""The supportability checklist, and which names mean one signal."""

import pytest

from sevline.core.lifecycle import Refused
from sevline.core.redaction.exposure import refuse_exposure
from sevline.core.supportability import SUPPORTABILITY, Supportability, same_signal, score
from sevline.core.tables import TableError, parse


@pytest.mark.parametrize(("met", "points"), [(0, 0), (1, 8), (6, 50), (9, 75), (12, 100)])
def test_each_check_counts_the_same(met: int, points: int) -> None:
    assert score(row.key for row in SUPPORTABILITY.check[:met]).points == points


def test_what_is_not_met_is_named_in_order() -> None:
    keys = [row.key for row in SUPPORTABILITY.check]

    assert [gap.key for gap in score(keys[3:]).gaps] == keys[:3]


def test_an_unknown_check_is_refused() -> None:
    with pytest.raises(Refused, match="no check “moon”"):
        score(["moon"])


@pytest.mark.parametrize("name", ["No request ids in the log", "log: request id missing", "request_id in logs"])
def test_one_signal_has_many_names(name: str) -> None:
    assert same_signal(name) == "id log request"


def test_other_signals_stay_apart() -> None:
    assert same_signal("no trace id in the log") != same_signal("no request id in the log")
    assert same_signal("the") == "the"


def test_a_check_for_an_unknown_kind_of_signal_is_refused() -> None:
    text = 'version = "1"\n[[check]]\nkey = "a"\nsignal = "moon"\ntitle = "t"\nmeans = "m"\nask = "a"'
    with pytest.raises(TableError, match="no kind of signal"):
        parse("supportability.toml", text, Supportability)


def test_a_text_without_a_case_may_hold_addresses_of_machines_but_no_person_and_no_secret() -> None:
    assert refuse_exposure("  egress 203.0.113.7 \n") == "egress 203.0.113.7"
    with pytest.raises(Refused, match="Name a role or a place instead"):
        refuse_exposure("ask helen@brightwater.example")
