"""What the lint makes of remarks: places, who may set a rule aside, and what keeps the table and the rules together."""

import pytest

from sevline.core.comms import OUTBOUND, Level, Situation, clear, every_rule, lint, masked_in, pieces
from sevline.core.comms.lint import OutboundTable
from sevline.core.redaction import Redactor
from sevline.core.tables import TableError, parse

BEYOND_IT = {"L19"}  # what no rule of the specification can read
HOSTED = "The job runs on db-7 and waits."


def test_every_row_of_the_table_has_one_rule_and_every_rule_a_row() -> None:
    assert sorted(every_rule().keys()) == sorted(row.code for row in OUTBOUND.rule)


def test_a_remark_names_the_phrase_and_where_it_stands() -> None:
    (remark,) = lint(HOSTED, Situation())

    assert (remark.code, remark.phrase) == ("L14", "db-7")
    assert HOSTED[remark.start : remark.end] == "db-7"


def test_the_pieces_are_the_whole_text_with_the_worst_level_of_each() -> None:
    text = "It is just a glitch on db-7."

    cut = pieces(text, lint(text, Situation()))

    assert "".join(piece.text for piece in cut) == text
    assert [(piece.text, piece.codes, piece.level) for piece in cut if piece.codes] == [
        ("just a", ("L10",), "warn"),
        ("glitch", ("L10",), "warn"),
        ("db-7", ("L14",), "block"),
    ]


def test_an_internal_detail_goes_out_with_a_reason_of_whoever_decides_messages() -> None:
    remarks = lint(HOSTED, Situation())

    assert not clear(remarks, roles=["agent"]).may_go
    assert clear(remarks, roles=["agent"], reason="They run that host.").overridden == ("L14",)
    assert not clear(remarks, roles=["director"], reason="They run that host.").may_go


def test_a_warning_goes_out_with_anybodys_reason() -> None:
    remarks = lint("It is a glitch.", Situation())

    assert clear(remarks, roles=["director"], reason="Their own word.").may_go
    assert not clear(remarks, roles=["director"], reason="  ").may_go


def test_no_reason_lets_a_guess_out() -> None:
    remarks = lint("We think it is the proxy.", Situation())

    cleared = clear(remarks, roles=["lead", "support_manager"], reason="I am sure.")

    assert not cleared.may_go
    assert cleared.takes_reason == frozenset()
    assert "L01" in cleared.outstanding[0].sentence


def test_a_time_of_repair_takes_an_approval_which_a_lead_may_ask_for_and_an_agent_may_not() -> None:
    remarks = lint("It will be fixed by 14:00 UTC.", Situation())

    assert clear(remarks, roles=["lead"], reason="The IC said so.").askable == {"L03": "DR-20"}
    assert clear(remarks, roles=["agent"], reason="The IC said so.").askable == {}
    assert clear(remarks, roles=["lead"], approved=["L03"]).approved == ("L03",)


@pytest.mark.parametrize(
    ("level", "override", "message"),
    [("block", "DR-99", "DR-99"), ("warn", "never", "reason must be enough")],
)
def test_a_table_whose_overrides_mean_nothing_stops_the_start(level: str, override: str, message: str) -> None:
    text = f"""
        version = "x"
        [[rule]]
        code = "L01"
        title = "t"
        level = "{level}"
        override = "{override}"
        fires = "f"
        instead = "i"
    """

    with pytest.raises(TableError, match=message):
        parse("outbound_lint.toml", text, OutboundTable)


def test_levels_are_those_of_the_specification() -> None:
    warns = {row.code for row in OUTBOUND.rule if row.level is Level.WARN}

    assert warns - BEYOND_IT == {"L05", "L10", "L11", "L13", "L16", "L17", "L18"}


def test_what_redaction_takes_out_is_found_in_the_text_as_it_was_typed() -> None:
    key = "sk_" + "live_" + "4eC39HqLyjWDarjtT1zdp7dc"
    text = f"Write to jane.doe@customer.example or use {key} for it."

    found = masked_in(text, Redactor(bytes(32)).text(text).text)

    assert [text[one.start : one.end] for one in found] == ["jane.doe@customer.example", key]
    assert found[0].kind == "email"


def test_a_pseudonym_that_was_typed_is_no_secret() -> None:
    text = "The key <STRIPE-KEY-0123456789abcdef> is yours, jane@customer.example."

    found = masked_in(text, Redactor(bytes(32)).text(text).text)

    assert [one.kind for one in found] == ["email"]


def test_no_text_is_too_odd_for_the_rules() -> None:
    for text in ("", "\n", "." * 500, "\ud800 is half a character", "a-" * 2000, "1:" * 500, "http://" * 200):
        lint(text, Situation(severity=1, is_first=True))
