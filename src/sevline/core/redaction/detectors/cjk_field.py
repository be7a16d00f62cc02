"""Names and addresses in fields whose labels are Chinese, Japanese or Korean, and names that people there give of themselves."""

import re

from sevline.core.redaction.detector import Detector, Stage, detector
from sevline.core.redaction.late import late
from sevline.core.redaction.names import is_full_name
from sevline.core.redaction.pseudonym import Pseudonyms, is_token

# ruff: noqa: E501 - patterns and forms are read whole

_PERSON = "氏名|お名前|名前|担当者|姓名|联系人|聯絡人|收件人|收货人|이름|성명|담당자"
_ADDRESS = "住所|所在地|地址|주소"
_IS = r"[\"'\\]{0,4}[ \t]{0,3}(?:[:=：]|は|는|은|是|为)[ \t]{0,3}[\"'\\]{0,4}"
#: Family names of China, without which "I am" tells of anything.
_FAMILY = "(?:欧阳|司马|诸葛|上官|[王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文])"
_SAID_BEFORE = rf"(?:我(?:是|叫)(?:[\u4e00-\u9fff]{{1,8}}的)?(?={_FAMILY})|(?:안녕하세요[,.]?|저는|이름은)[ ])"
_SAID = rf"[\u4e00-\u9fff々]{{1,4}}[ \u3000]?[\u4e00-\u9fff\u3041-\u306d\u306f-\u30ff]{{1,5}}(?:と申します|と申しまして)|我(?:是|叫)(?:[\u4e00-\u9fff]{{1,8}}的)?{_FAMILY}[\u4e00-\u9fff]{{1,2}}(?:[,，。、 ]|$)|(?:안녕하세요[,.]?|저는|이름은)[ ][\uac00-\ud7af]{{2,4}}(?:입니다|라고|이라고)"
_OF_SAID = late(
    rf"(?P<head>{_SAID_BEFORE}|)(?P<value>[^,，。、]+?)(?P<rest>と申しま.*|입니다|라고|이라고|[,，。、 ]|)$"
)
_CJK = late("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_SPLIT = late(rf"(?P<head>(?:(?P<person>{_PERSON})|{_ADDRESS}){_IS})(?P<value>.*?)(?P<rest>[ \t]*)$", re.DOTALL)


def _parts(found: str) -> tuple[str, str, str, bool]:
    """What stands before the value, the value, what stands after it, whether it is a person."""
    parts = _SPLIT.match(found)
    if parts is None:
        said = _OF_SAID.match(found)
        return (said["head"], said["value"], said["rest"], True) if said else (found, "", "", False)
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
        pattern=rf"(?:{_PERSON}|{_ADDRESS}){_IS}[^\"'\\,;<>{{}}、。\r\n]{{2,80}}|{_SAID}",
        stage=Stage.PERSONAL,
        rare=True,
        any_case=True,
        keywords=tuple(f"{_PERSON}|{_ADDRESS}|と申し|我是|我叫|안녕하세요|저는|이름은".split("|")),
        gate=rf"(?:{_PERSON}|{_ADDRESS})[\"'\\]{{0,4}}[ \t]{{0,3}}(?:[:=：]|は|는|은|是|为)|と申し|我[是叫]|(?:안녕하세요[,.]?|저는|이름은)[ ]",
        normalise=value,
        validate=is_open,
        render=pseudonym,
        people=lambda found: (_parts(found)[1],) if _parts(found)[3] else (),
        in_clear=True,
    )
)
