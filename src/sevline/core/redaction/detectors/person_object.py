"""What an object of JSON in a log stands for: of `"user":{"id":81,"name":"…"}` the name is the user's, of `"billing":{…}` all is an address."""

# ruff: noqa: E501 - patterns and forms are read whole

from collections.abc import Iterator

from sevline.core.redaction.detector import Detector, Stage, detector
from sevline.core.redaction.late import late
from sevline.core.redaction.pseudonym import Pseudonyms
from sevline.core.redaction.records import Record, masked_records, people_in

_WHO = (
    r"(?:[a-zA-Z_]{0,12}(?:user|author|customer|actor|caller|owner|requester|assignee|contact|client|person|member|sender"
    r"|recipient|employee|patient|agent|reporter|creator|account|[oO]penedBy|[cC]reatedBy|[uU]pdatedBy|_by|participant"
    r"|passenger|traveler|traveller|guest|driver|insured|holder|payer|payee|beneficiary|applicant|buyer|seller|attendee|subscriber|consignee|tenant|address|billing|shipping|[sS]hip_?[tT]o|[bB]ill_?[tT]o|delivery|name))"
)
_MARK = r"\\{0,3}\""
_HEAD = late(rf"{_MARK}(?P<field>[A-Za-z_]+){_MARK}\s?:\s?\{{")
_MEMBER = late(
    rf"{_MARK}(?P<field>[^\"\\:,{{}}]{{1,40}}){_MARK}\s?:\s?{_MARK}(?P<value>(?:[^\"\\\r\n]|\\u[0-9a-fA-F]{{4}})*)"
)


def _records(found: str) -> Iterator[Record]:
    if head := _HEAD.match(found):
        members = _MEMBER.finditer(found, head.end())
        yield head["field"], [(*member.span("value"), member["field"]) for member in members]


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    return masked_records(found, _records(found), pseudonyms)


detector(
    Detector(
        kind="person_object",
        title="What belongs to the person for whom an object stands",
        pattern=rf"{_MARK}{_WHO}{_MARK}[ ]?:[ ]?\{{[^{{}}\r\n]{{2,600}}",
        stage=Stage.PERSONAL,
        gate=rf"(?:user|author|customer|actor|caller|owner|requester|assignee|contact|client|person|member|sender|recipient|employee|patient|agent|reporter|creator|account|By|_by|participant|passenger|travell?er|guest|driver|insured|holder|payer|payee|beneficiary|applicant|buyer|seller|attendee|subscriber|consignee|tenant|address|billing|shipping|_?[tT]o|delivery|name){_MARK}[ ]?:[ ]?\{{",
        rare=True,
        render=pseudonym,
        people=lambda found: people_in(found, _records(found)),
    )
)
