"""Every write about evidence: it arrives sealed, is redacted by a job, and only then is there to be seen."""

from sevline.evidence.actions.again import add_term, beyond_repeat, confirm, keep_value, read_as, stop_reading
from sevline.evidence.actions.arriving import Origin, attach
from sevline.evidence.actions.asking import Asked, answer_item, ask_customer
from sevline.evidence.actions.common import ref
from sevline.evidence.actions.comparing import keep_comparison
from sevline.evidence.actions.counted import cite_fix, cite_impact
from sevline.evidence.actions.counting import (
    count_impact,
    count_impact_again,
    define_success,
    judge_fix,
    judge_fix_again,
    stop_comparison,
    stop_impact,
)
from sevline.evidence.actions.learned import mask_learned
from sevline.evidence.actions.links import DEAD_LINK, Given, make_link, note_opened, revoke_link
from sevline.evidence.actions.looking import download, note_report_taken, note_viewed, show_amounts
from sevline.evidence.actions.register import EXCERPT_LINES, add_item, cite, cite_answer
from sevline.evidence.actions.removing import expire, forget_sealed, remove
from sevline.evidence.actions.reveal import ask_to_reveal, reveal
from sevline.evidence.actions.sending import (
    ARRIVED_BY_LINK,
    SAME,
    WrongPlace,
    begin,
    begin_by_link,
    clear_abandoned,
    give_up,
    receive,
    take_from_link,
)
from sevline.evidence.actions.tallying import do_comparison, do_impact

__all__ = [
    "ARRIVED_BY_LINK",
    "DEAD_LINK",
    "EXCERPT_LINES",
    "SAME",
    "Asked",
    "Given",
    "Origin",
    "WrongPlace",
    "add_item",
    "add_term",
    "answer_item",
    "ask_customer",
    "ask_to_reveal",
    "attach",
    "begin",
    "begin_by_link",
    "beyond_repeat",
    "cite",
    "cite_answer",
    "cite_fix",
    "cite_impact",
    "clear_abandoned",
    "confirm",
    "count_impact",
    "count_impact_again",
    "define_success",
    "do_comparison",
    "do_impact",
    "download",
    "expire",
    "forget_sealed",
    "give_up",
    "judge_fix",
    "judge_fix_again",
    "keep_comparison",
    "keep_value",
    "make_link",
    "mask_learned",
    "note_opened",
    "note_report_taken",
    "note_viewed",
    "read_as",
    "receive",
    "ref",
    "remove",
    "reveal",
    "revoke_link",
    "show_amounts",
    "stop_comparison",
    "stop_impact",
    "stop_reading",
    "take_from_link",
]
