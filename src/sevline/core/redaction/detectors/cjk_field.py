"""Names and addresses in fields whose labels are Chinese, Japanese or Korean."""

import re

from sevline.core.redaction.detector import Detector, Stage, detector
from sevline.core.redaction.names import is_full_name
from sevline.core.redaction.pseudonym import Pseudonyms, is_token

_PERSON = "氏名|お名前|名前|担当者|姓名|联系人|聯絡人|收件人|收货人|이름|성명|담당자"
_ADDRESS = "住所|所在地|地址|주소"
_IS = r"[\"'\\]{0,4}[ \t]{0,3}[:=：][ \t]{0,3}[\"'\\]{0,4}"
_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_SPLIT = re.compile(rf"(?P<head>(?:(?P<person>{_PERSON})|{_ADDRESS}){_IS})(?P<value>.*?)(?P<rest>[ \t]*)$", re.DOTALL)


def _parts(found: str) -> tuple[str, str, str, bool]:
    """What stands before the value, the value, what stands after it, whether it is a person."""
    parts = _SPLIT.match(found)
    if parts is None:
        return found, "", "", False
    return parts["head"], parts["value"], parts["rest"], parts["person"] is not None


def value(found: str) -> str:
    return _parts(found)[1].lower()


def is_open(found: str) -> bool:
    """The same words name hosts and things, which are written in other letters or as addresses of the net."""
    text = value(found)
    return len(text) > 1 and not is_token(text) and (_CJK.search(text) is not None or is_full_name(text.title()))


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    head, text, rest, person = _parts(found)
    kind = "term person" if person else "ADDRESS"
    return head + pseudonyms.token("PERSON" if person else "ADDRESS", text.lower(), kind=kind) + rest


detector(
    Detector(
        kind="cjk_field",
        title="Name or address in a field in Chinese, Japanese or Korean",
        pattern=rf"(?:{_PERSON}|{_ADDRESS}){_IS}[^\"'\\,;<>{{}}\r\n]{{2,80}}",
        stage=Stage.PERSONAL,
        rare=True,
        any_case=True,
        keywords=tuple(f"{_PERSON}|{_ADDRESS}".split("|")),
        gate=rf"(?:{_PERSON}|{_ADDRESS})[\"'\\]{{0,4}}[ \t]{{0,3}}[:=：]",
        normalise=value,
        validate=is_open,
        render=pseudonym,
        in_clear=True,
    )
)
