"""Who speaks in a chat: nicknames and names beside the time of a line, as IRC, messengers and call centres write them."""

# ruff: noqa: E501 - patterns and forms are read whole

import re

from sevline.core.redaction.detector import Detector, Stage, detector
from sevline.core.redaction.given_names import CALLED_BY, GIVEN_NAMES
from sevline.core.redaction.late import late
from sevline.core.redaction.names import is_full_name, is_login
from sevline.core.redaction.pseudonym import Pseudonyms, is_token

_TIME = r"[0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9])?(?:[ \u202f]?[AaPp]\.?[Mm]\.?)?"
_DAY = r"[0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{2,4}"
_NICK = r"[A-Za-z\\\[\]`^{}|_][A-Za-z0-9\\\[\]`^{}|_.-]{1,31}"
_NAME = r"[^\s:<>\[\]()|=/{}\"',;#*$%&!?+@-][^:<>\[\]()|=/{}\"]{0,48}"
_BRACKETED = rf"\[(?:{_DAY},?[ ])?{_TIME}(?:,[ ]{_DAY})?\][ ]{_NAME}:"
_DATED = rf"{_DAY},?[ ]{_TIME}[ ]-[ ]{_NAME}:"
_BARE = rf"{_TIME}[ ]+(?:-[ ])?{_NAME}:"
_BEFORE_TIME = rf"{_NAME}[ ](?:[\[(](?:{_DAY},?[ ])?{_TIME}[\])]:?|[ ]*(?:—[ ])?(?:[A-Z][a-z]{{2,8}}[ ](?:at|um|à)[ ]|{_DAY},?[ ])?{_TIME}:?\r?$)"
_ZOOM = rf"{_TIME}[ \t]+From[ ]+{_NAME}[ ]+(?:to|To)[ ]"
_IRC = rf"[^\w<]{{0,2}}(?:{_DAY}[ ])?{_TIME}\]?[ ]+(?:<[@+%~&! ]?{_NICK}>|\*[ ]{_NICK}[ ]|(?:-!-|\*\*\*|-->|<--)[ ]{_NICK}[ ]\(?\[?(?:~?{_NICK}@|is now|has))"
_OF_IRC = late(
    rf"(?P<head>.*?(?:<[@+%~&! ]?|\*[ ]|(?:-!-|\*\*\*|-->|<--)[ ]))(?P<name>{_NICK})(?P<rest>>|[ ].*)$", re.DOTALL
)
_IDENT = late(rf"(?P<head>.*?[\[(])(?P<name>~?{_NICK})(?P<rest>@)$", re.DOTALL)
_SPLITS = (
    (late(rf"(?P<head>\[(?:{_DAY},?[ ])?{_TIME}(?:,[ ]{_DAY})?\][ ])(?P<name>.+)(?P<rest>:)$"), False),
    (late(rf"(?P<head>{_DAY},?[ ]{_TIME}[ ]-[ ])(?P<name>.+)(?P<rest>:)$"), False),
    (late(rf"(?P<head>{_TIME}[ \t]+From[ ]+)(?P<name>.+?)(?P<rest>[ ]+[Tt]o[ ])$"), False),
    (late(rf"(?P<head>{_TIME}[ ]+(?:-[ ])?)(?P<name>.+)(?P<rest>:)$"), True),
    (late(r"(?P<head>)(?P<name>[^\[(0-9—]+?)(?P<rest>[ ]+(?:[\[(0-9—]|[A-Z][a-z]+[ ](?:at|um|à)).*)$"), True),
)
_SECONDS = late(r"\[[^,]*:[0-9]{2}:[0-9]{2}")
#: Who speaks by what they do, and what logs write where a chat has a speaker.
_NO_SPEAKER = frozenset(
    [
        "ops",
        "devops",
        "sre",
        "oncall",
        "admin",
        "helpdesk",
        "agent",
        "kunde",
        "kundin",
        "customer",
        "client",
        "support",
        "system",
        "bot",
        "user",
        "visitor",
        "guest",
        "operator",
        "moderator",
        "host",
        "besucher",
        "gast",
        "berater",
        "beraterin",
        "mitarbeiter",
        "mitarbeiterin",
        "cliente",
        "agente",
        "client",
        "conseiller",
        "error",
        "err",
        "warn",
        "warning",
        "info",
        "debug",
        "trace",
        "fatal",
        "notice",
        "critical",
        "crit",
        "alert",
        "emerg",
        "verbose",
        "note",
        "todo",
        "fixme",
        "result",
        "output",
        "input",
        "status",
        "step",
        "stage",
        "started",
        "finished",
        "failed",
        "ok",
        "done",
        "success",
        "failure",
        "kernel",
        "systemd",
        "main",
        "root",
        "daemon",
        "cron",
        "init",
        "boot",
        "build",
        "test",
        "tests",
        "deploy",
        "release",
        "worker",
        "master",
        "server",
        "node",
        "app",
        "api",
        "web",
        "db",
        "cache",
        "queue",
        "nginx",
        "apache",
        "mysql",
        "postgres",
        "redis",
        "php",
        "java",
        "python",
        "http",
        "https",
        "total",
        "summary",
        "description",
        "subject",
        "from",
        "to",
        "date",
        "time",
        "message",
        "messages",
        "reason",
        "cause",
        "error",
        "exception",
        "caused",
        "version",
        "usage",
        "example",
        "expected",
        "actual",
        "begin",
        "end",
        "start",
        "stop",
        "topic",
        "everyone",
    ]
)
_DOTTED = late(r"([a-zß-ž]{1,20})[._][a-zß-ž]{2,20}[0-9]{0,3}")


def _parts(found: str) -> tuple[str, str, str, bool]:
    """What stands before the speaker, the speaker, what stands after; whether a log may have this form as well."""
    if (irc := _OF_IRC.match(found)) and ("<" in irc["head"][-2:] or irc["head"].endswith(("* ", "- ", "> "))):
        return irc["head"], irc["name"], irc["rest"], False
    for form, doubtful in _SPLITS:
        if parts := form.match(found):
            return (
                parts["head"],
                parts["name"].strip(),
                parts["rest"],
                (doubtful and "—" not in parts["rest"] and not parts["rest"].endswith(("):", "]:")))
                or bool(_SECONDS.match(parts["head"])),
            )
    return found, "", "", True


#: Who speaks, before by what name.
_IN_ROLE = late(
    r"(?P<role>(?:[Ss]upport[ ])?(?:[Aa]gent(?:in)?|[Ss]upport|[Oo]perator|[Aa]dvis[oe]r|[Cc]ustomer|[Kk]und(?:e|in)|[Cc]liente?|[Vv]isitor|[Gg]uest|[Mm]oderator|[Bb]erater(?:in)?|[Mm]itarbeiter(?:in)?|[Cc]onseiller(?:ère)?|[Aa]gente)[ ])(?P<name>[^\W\d_][^\W\d_'’-]+(?:[ ][^\W\d_][^\W\d_.'’-]*){0,2})"
)


def name(found: str) -> str:
    return _parts(found)[1].lower()


def is_speaker(found: str) -> bool:
    _, text, _, doubtful = _parts(found)
    if (named := _IN_ROLE.fullmatch(text)) and not doubtful:
        return is_full_name(named["name"], fewest=1)
    words = text.split(" ")
    if (
        not text
        or is_token(text)
        or len(words) > 4
        or words[0].lower().rstrip("0123456789") in _NO_SPEAKER
        or "  " in text
    ):
        return False
    if is_full_name(text) and any(word in GIVEN_NAMES for word in words):
        return True
    return _is_also_in_a_log(text) if doubtful else _is_nick_or_name(text)


def _is_also_in_a_log(text: str) -> bool:
    """Who speaks where a log may have the same form: a given name, or one or its initial before a dot."""
    dotted = _DOTTED.fullmatch(text)
    return text in CALLED_BY or bool(dotted and (len(dotted[1]) == 1 or dotted[1].title() in GIVEN_NAMES))


def _is_nick_or_name(text: str) -> bool:
    if " " in text:
        return is_full_name(text)
    return is_login(text) and text.lower().rstrip("0123456789") not in _NO_SPEAKER and text[1:] == text[1:].lower()


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    def token(nick: str) -> str:
        return pseudonyms.token("PERSON", nick.lower(), kind="term person")

    head, text, rest, _ = _parts(found)
    if named := _IN_ROLE.fullmatch(text):
        head, text = head + named["role"], named["name"]
    blank = found[len(head) + len(text) : len(found) - len(rest)]
    if ident := _IDENT.match(rest):
        bare = ident["name"].lstrip("~")
        rest = f"{ident['head']}{ident['name'][: -len(bare)]}{token(bare)}@"
    return head + token(text) + blank + rest


detector(
    Detector(
        kind="chat_speaker",
        title="Speaker of a line in a chat",
        pattern=rf"^(?:{_IRC}|{_BRACKETED}|{_DATED}|{_ZOOM}|{_BARE}|{_BEFORE_TIME})",
        stage=Stage.PERSONAL,
        gate=(
            rf"^[^\w<]{{0,2}}(?:{_DAY},?[ ])?{_TIME}(?:,[ ]{_DAY})?\]?[ \t]+(?:<|\*|-|From|[^\s0-9:\[\]\"{{=][^:\[\]\"{{=]{{0,48}}:)"
            rf"|^[A-ZÀ-žƀ-ɏa-z][A-Za-zÀ-žƀ-ɏ .'’-]{{1,48}}[ ][\[(]?(?:—[ ])?(?:[A-Z][a-z]{{2,8}}[ ](?:at|um|à)[ ]|{_DAY},?[ ])?{_TIME}[\])]?:?(?:[ ]|\r?$)"
        ),
        normalise=name,
        validate=is_speaker,
        render=pseudonym,
        in_clear=True,
    )
)
