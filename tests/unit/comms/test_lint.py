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


OBJECTED = (
    ("L01", "We are investigating whether the connection pool caused this."),
    ("L01", "We are checking whether last night's release is behind this."),
    ("L01", "The likely cause is the cache."),
    ("L01", "It seems the cache is stale."),
    ("L02", "Hetzner's network team broke the routing."),
    ("L02", "Amazon is responsible for this."),
    ("L03", "We will have a fix, by Friday."),
    ("L03", "ETA: 14:00 UTC."),
    ("L03", "The ETA is 2 hours."),
    ("L03", "Exports will work by 14:00 UTC."),
    ("L03", "You can use exports again at 14:00 UTC."),
    ("L03", "It will be up in 20 minutes."),
    ("L03", "This gets resolved on Friday."),
    ("L03", "The patch lands on 27 November."),
    ("L04", "We will reimburse you."),
    ("L09", "Exports failed due to a full disk."),
    ("L09", "This happened because of a full disk."),
    ("L09", "The failure was the result of a full disk."),
    ("L15", "Issue resolved."),
    ("L15", "The problem is now solved."),
)


@pytest.mark.parametrize(("code", "text"), OBJECTED)
def test_a_text_that_says_it_in_other_words_is_objected_to(code: str, text: str) -> None:
    assert code in {remark.code for remark in lint(text, Situation())}


HARMLESS = (
    "You asked whether the fix could be deployed by Friday; we do not have a time for a fix yet.",
    "We do not yet know whether other customers are affected.",
    "Could you tell us whether the new certificate caused this?",
    "We do not have an ETA yet; next update by 14:00 UTC.",
    "You can try it again at 14:00 UTC, and we can call you again in 20 minutes.",
    "Your users can sign in again since 10:18 UTC.",
    "The export is due to start at 18:00 UTC.",
    "The link works until 27 November 09:00 UTC.",
)


@pytest.mark.parametrize("text", HARMLESS)
def test_what_guesses_nothing_and_promises_no_repair_goes_out(text: str) -> None:
    assert [remark.code for remark in lint(text, Situation())] == []
