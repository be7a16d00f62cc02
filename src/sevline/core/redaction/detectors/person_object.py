"""Who an object of JSON in a log stands for: of `"user":{"id":81,"name":"…"}` the name is the user's."""

# ruff: noqa: E501 - patterns and forms are read whole

import re

from sevline.core.redaction.columns import column_token
from sevline.core.redaction.detector import Detector, Stage, detector
from sevline.core.redaction.late import late
from sevline.core.redaction.pseudonym import Pseudonyms

_WHO = (
    r"(?:[a-zA-Z_]{0,12}(?:user|author|customer|actor|caller|owner|requester|assignee|contact|client|person|member|sender"
    r"|recipient|employee|patient|agent|reporter|creator|account|[oO]penedBy|[cC]reatedBy|[uU]pdatedBy|_by|participant))"
)
_MARK = r"\\{0,3}\""
_SPLIT = late(rf"(?P<head>{_MARK}(?P<field>{_WHO}){_MARK}.*{_MARK}[ ]?:[ ]?{_MARK})(?P<value>[^\"\\]+)$", re.DOTALL)


def _parts(found: str) -> tuple[str, str, str]:
    parts = _SPLIT.match(found)
    return (parts["head"], parts["field"], parts["value"]) if parts else (found, "", "")


def name(found: str) -> str:
    return _parts(found)[2].lower()


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    head, field, value = _parts(found)
    token = column_token(field, value, pseudonyms) if value else None
    return found if token is None else head + token


detector(
    Detector(
        kind="person_object",
        title="Name of the person for whom an object stands",
        pattern=(
            rf"{_MARK}{_WHO}{_MARK}[ ]?:[ ]?\{{[^{{}}]{{0,160}}?{_MARK}(?:name|display_?[nN]ame|display_value|full_?[nN]ame|login|username){_MARK}[ ]?:[ ]?{_MARK}[^\"\\\r\n]{{2,60}}"
        ),
        stage=Stage.PERSONAL,
        gate=rf"(?:user|author|customer|actor|caller|owner|requester|assignee|contact|client|person|member|sender|recipient|employee|patient|agent|reporter|creator|account|By|_by|participant){_MARK}[ ]?:[ ]?\{{",
        rare=True,
        normalise=name,
        render=pseudonym,
    )
)
