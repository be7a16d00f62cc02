"""By what name somebody is found in a messenger or a network of people: `Telegram: @anna_m`, `微信号：anna_88`."""

# ruff: noqa: E501 - patterns are read whole

from sevline.core.redaction.detector import BEGIN, Detector, Stage, detector
from sevline.core.redaction.late import late
from sevline.core.redaction.names import is_login
from sevline.core.redaction.pseudonym import Pseudonyms, is_token

_NETWORK = r"(?:telegram|instagram|insta|skype|discord|wechat|weixin|kakaotalk|snapchat|tiktok|mastodon|matrix|icq|xmpp|jabber|line[ _-]?id|twitter|微信号?|微信號|カカオ|카카오톡)"
_IS = r"(?:[ _-]?(?:id|name|handle|user(?:name)?|account|contact))?[\"']{0,2}[ ]{0,2}[:=：][ ]{0,2}[\"']?"
_SPLIT = late(r"(?P<head>.*[:=：] {0,2}[\"']?)(?P<name>@?[A-Za-z][A-Za-z0-9_.-]*)$")
_VERSION = late(
    r"@?[a-z]*[._-]?v?[0-9]+(?:[._-][0-9]+)+.*|@?(?:[a-z0-9]+[._-])*(?:bot|api|webhook|sdk|com|net|org|io|py|js|json|ya?ml|local)"
)
SHORTEST = 5


def _parts(found: str) -> tuple[str, str]:
    parts = _SPLIT.match(found)
    return (parts["head"], parts["name"].rstrip(".-")) if parts else (found, "")


def name(found: str) -> str:
    return _parts(found)[1].lstrip("@").lower()


def is_handle(found: str) -> bool:
    """A word behind the sign for one, or with a figure or a mark in it: others say how the service does."""
    handle = _parts(found)[1]
    bare = handle.lstrip("@")
    is_marked = handle.startswith("@") or any(map(str.isdigit, bare)) or "_" in bare
    return (
        is_marked
        and len(bare) >= SHORTEST
        and is_login(bare)
        and not is_token(bare)
        and not _VERSION.fullmatch(handle.lower())
    )


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    head, handle = _parts(found)
    at = "@" if handle.startswith("@") else ""
    token = pseudonyms.token("PERSON", name(found), kind="term person")
    return head + at + token + found[len(head) + len(handle) :]


detector(
    Detector(
        kind="messenger_handle",
        title="Name of a person in a messenger or a network",
        pattern=rf"{BEGIN}(?i:{_NETWORK}{_IS})@?[A-Za-z][A-Za-z0-9_.-]{{3,31}}",
        stage=Stage.PERSONAL,
        rare=True,
        any_case=True,
        keywords=(
            "telegram",
            "instagram",
            "insta:",
            "insta=",
            "skype",
            "discord",
            "wechat",
            "weixin",
            "kakaotalk",
            "snapchat",
            "tiktok",
            "mastodon",
            "matrix:",
            "icq",
            "xmpp",
            "jabber",
            "line id",
            "line_id",
            "lineid",
            "line-id",
            "twitter",
            "微信",
            "カカオ",
            "카카오톡",
        ),
        gate=rf"(?i:{_NETWORK}{_IS})@?[A-Za-z]",
        normalise=name,
        validate=is_handle,
        render=pseudonym,
        people=lambda found: (name(found),),
        in_clear=True,
    )
)
