"""Ids, URLs, statuses, errors, versions and tenants. A bare id is what the name beside it says that it is."""

import re
from collections.abc import Iterator

from sevline.core.extraction.facts import Fact, FactKind
from sevline.core.extraction.windows import Windows

_UUID = r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}"
_IS = r"[\"'\\]{0,4}[ ]{0,2}(?:[:=]|%3D|\bis\b|\b)[ ]{0,2}[\"'\\]{0,4}"
_REQUEST = (
    r"x-(?:[a-z]+-)*request-id|x-amzn-requestid|x-amz-cf-id|x-amzn-trace-id|cf-ray|request[-_ ]?id|req[-_]?id"
    r"|correlation[-_ ]?id|x-correlation-id|client-request-id|activity[-_ ]?id|transaction[-_ ]?id|operation[-_ ]?id"
    r"|rid"
)
_TRACE = r"x-b3-traceid|x-cloud-trace-context|trace[-_ ]?id|dd\.trace_id|trace"
_TENANT = r"tenant(?:[-_ ]?id)?|org(?:anization|anisation)?[-_ ]?id|account[-_ ]?id|workspace[-_ ]?id|realm|tid"
_NAME_END = r"(?<![A-Za-z0-9_.-])"
#: How people name an id in a sentence: “request 7f3a91c2”, “the request with id …”, “id of the failing request: …”.
_SPOKEN = (
    r"(?:(?:request|correlation|transaction)s?(?:['’]s)?(?:[ ](?:with|the|an|id|ids|identifier|ref|reference|no\.?"
    r"|number|was|is|were|are|called|named|like)){0,4}"
    r"|(?:id|identifier|reference|number)[ ]of[ ](?:the|this|that|our|a|one)[ ](?:[a-z]{2,16}[ ]){0,2}request"
    r"(?:[ ](?:was|is))?)(?:[ ][:#=]?[ ]?|[:#=][ ]?)[(#\"'“‘`]{0,2}"
)
_ONE_ID = r"[A-Za-z0-9][A-Za-z0-9_-]{6,62}[A-Za-z0-9]"
_ID_ENDS = r"(?![\w/@:=+-]|\.\w)"

_RULES: tuple[tuple[FactKind, float, re.Pattern[str]], ...] = (
    (FactKind.TRACE_ID, 0.99, re.compile(r"\b[0-9a-f]{2}-(?P<value>[0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}\b")),
    (
        FactKind.TRACE_ID,
        0.95,
        re.compile(
            rf"(?i:{_NAME_END}(?:{_TRACE}){_IS})(?P<value>[0-9a-fA-F]{{32}}|{_UUID}|[0-9a-fA-F]{{16}}|\d{{15,20}})\b"
        ),
    ),
    (
        FactKind.REQUEST_ID,
        0.95,
        re.compile(
            rf"(?i:{_NAME_END}(?:{_REQUEST}){_IS})(?P<value>[A-Za-z0-9][A-Za-z0-9_.:=+/-]{{4,127}}[A-Za-z0-9=])"
        ),
    ),
    (
        FactKind.TENANT,
        0.9,
        re.compile(
            rf"(?i:{_NAME_END}(?:{_TENANT})){_IS}(?P<value>{_UUID}|[A-Za-z0-9][A-Za-z0-9_.-]{{1,62}}[A-Za-z0-9])"
        ),
    ),
    (FactKind.REQUEST_ID, 0.5, re.compile(rf"(?<![0-9A-Za-z-])(?P<value>{_UUID})(?![0-9A-Za-z-])")),
    (FactKind.TRACE_ID, 0.5, re.compile(r"(?<![0-9A-Za-z/+=@-])(?P<value>[0-9a-f]{32})(?![0-9A-Za-z/+=-])")),
    (FactKind.URL, 0.99, re.compile(r"\b(?P<value>(?:https?|wss?)://[^\s\"'`|\\^{}<>]{3,2000})")),
    (
        FactKind.STATUS,
        0.9,
        re.compile(
            r"(?i:\bHTTP/[\d.]+[\"']?[ ]|\bHTTP[ ]"
            r"|\b(?:http[_-]?|response[_ -]?|resp[_ -]?)?status(?:[_ -]?code)?[\"'\\]{0,4}[ ]?[:=]?[ ]?"
            r"|\b(?:returns|returned|got|with|response|responded(?: with)?|error)[ ](?:an?[ ])?(?:HTTP[ ])?)"
            r"[\"']?(?P<value>[1-5]\d\d)\b(?![.:]?\d|[ ]?(?:ms|s|kB|MB|items|rows|users|times)\b)"
        ),
    ),
    (FactKind.STATUS, 0.85, re.compile(r"\"[ ](?P<value>[1-5]\d\d)[ ](?:\d+|-)(?=[ ]|$)", re.MULTILINE)),
    (
        FactKind.STATUS,
        0.85,
        re.compile(
            r"\b(?P<value>[45]\d\d)[ ](?=Bad Request|Unauthorized|Forbidden|Not Found|Method Not|Conflict|Gone"
            r"|Too Many|Unprocessable|Internal Server|Not Implemented|Bad Gateway|Service Unavailable|Gateway Time)"
        ),
    ),
    (FactKind.ERROR, 0.99, re.compile(r"\b(?P<value>AADSTS\d{4,7})\b")),
    (FactKind.ERROR, 0.95, re.compile(r"\b(?P<value>(?:net::)?(?:ERR|E|DNS|SSL|SEC|PR|NS)_[A-Z][A-Z0-9_]{3,60})\b")),
    (
        FactKind.ERROR,
        0.95,
        re.compile(
            r"\b(?P<value>E(?:CONNREFUSED|CONNRESET|TIMEDOUT|NOTFOUND|AI_AGAIN|PIPE|HOSTUNREACH|ACCES|PERM|NOENT))\b"
        ),
    ),
    (
        FactKind.ERROR,
        0.95,
        re.compile(r"\b(?P<value>(?:ORA|SQLSTATE|TNS|HRESULT|KB|MSB|CS|TS)-\d{3,6}|0x8[0-9A-Fa-f]{7})\b"),
    ),
    (
        FactKind.ERROR,
        0.9,
        re.compile(
            r"(?<![\w.])(?P<value>(?:[A-Za-z_][A-Za-z0-9_]*\.){0,12}[A-Z][A-Za-z0-9]{1,80}(?:Exception|Error|Fault|Timeout))\b"
        ),
    ),
    (
        FactKind.ERROR,
        0.9,
        re.compile(
            r"(?i:\berror(?:[_ -]?code)?[\"']?[ ]?[:=][ ]?[\"']?)"
            r"(?P<value>[a-z]+(?:_[a-z]+){1,6}|[A-Z]{2,}[A-Z0-9_-]*\d{2,})\b"
        ),
    ),
    (FactKind.ERROR, 0.7, re.compile(r"\b(?:Error|ERROR|FATAL|Fatal error|Caused by)[:][ ](?P<value>[^\r\n]{4,200})")),
    # What people quote as the error that they see, and what sign-in answers say in words.
    (
        FactKind.ERROR,
        0.7,
        re.compile(
            r"(?i:\b(?:errors?|messages?|sa(?:ys|id|ying)|shows?|reads?|sees?|gets?|getting|with)\b[^\"“”.\r\n]{0,40})"
            r"[\"“](?P<value>[^\"“”\r\n]{4,200})[\"”]"
        ),
    ),
    (
        FactKind.ERROR,
        0.7,
        re.compile(
            r"\b(?P<value>(?i:(?:invalid|unexpected|wrong|untrusted|unknown|missing)[ _]"
            r"(?:audience|issuer|signature|recipient|destination|assertion|grant|client|scope|redirect[ _]uri)))\b"
        ),
    ),
    (
        FactKind.VERSION,
        0.9,
        re.compile(
            r"(?i:\b(?:version|ver|release|build|sdk|api-version)[\"']?[ ]?[:=]?[ ]?[\"']?v?)"
            r"(?P<value>\d{1,5}(?:\.\d{1,6}){1,4}(?:[-+][0-9A-Za-z.-]{1,40})?)\b"
        ),
    ),
    (
        FactKind.VERSION,
        0.8,
        re.compile(
            r"(?:\b[A-Za-z][A-Za-z0-9_.-]{1,40}(?<!HTTP)/|(?<![\w.])v)"
            r"(?P<value>\d{1,5}(?:\.\d{1,6}){1,4}(?:[-+][0-9A-Za-z.-]{1,40})?)(?![\w/.])"
        ),
    ),
)
#: A request id that says itself what it is, and one that a sentence calls so.
_IN_PROSE: tuple[tuple[float, re.Pattern[str]], ...] = (
    (
        0.92,
        re.compile(
            rf"(?<![\w./@%-])(?P<value>(?i:req|request|rid)[_-][A-Za-z0-9_-]{{4,80}}[A-Za-z0-9]){_ID_ENDS}",
        ),
    ),
    (0.85, re.compile(rf"(?i:{_NAME_END}{_SPOKEN})(?P<value>{_ONE_ID}){_ID_ENDS}")),
)
_NAMES_ITSELF = re.compile(r"(?:req|request|rid)[_-](?:id[_-])?", re.IGNORECASE)
_NAMES_ANOTHER = re.compile(r"[A-Za-z]+[_-]")
_A_VERSION = re.compile(r"v\d+(?:(?:alpha|beta|rc)\d*)?", re.IGNORECASE)
#: With a digit in it and not a unit or a format (30s, 2mb, utf8, sha256, base64, http2); or hexadecimal as in a UUID.
_PART_OF_AN_ID = re.compile(
    r"(?!\d+[a-z]{1,2}$|(?:utf|sha|base|http|oauth|md|ipv|tls|ssl|int|uint|x|w|iso|s|ec|k)\d{1,5}$)"
    r"[0-9A-Za-z]*\d[0-9A-Za-z]*|[0-9a-f]{4,12}",
    re.IGNORECASE,
)
#: What a browser calls itself after “Mozilla/5.0” says nothing of the product.
_OF_A_BROWSER = re.compile(
    r"^(?:Mozilla|AppleWebKit|Gecko|Chrome|Chromium|HeadlessChrome|CriOS|Safari|Firefox|FxiOS|Edge?|EdgA|EdgiOS|OPR|Opera"
    r"|Trident|Version|SamsungBrowser|Vivaldi|YaBrowser|Mobile)/"
)
_LONGEST_AGENT = 300
_ESCAPED = "\\\"' "  # what JSON puts before a quote that is part of a text
SHORTEST_ERROR = 4
_AFTER_URL = ".,;:!?)]>"
_NO_ID = re.compile(
    r"(?:null|none|undefined|unknown|true|false|header|headers|missing|not|was|the|and|for)", re.IGNORECASE
)

#: The version of the format itself, as SAML, XML and HAR state it: `Version="2.0"`, `"version": "1.2"`.
_FIELD_OF_A_FORMAT = re.compile(r"\bversion(?:=[\"']|[\"'\\]{1,4}[ ]?:)", re.IGNORECASE)
_A_TIME = re.compile(r"(?:19|20)\d\d-\d\d-\d\d|\d{1,2}$")


def identifiers(text: Windows) -> Iterator[Fact]:
    """Facts of all kinds but times; the same place may be told twice with different confidence."""
    yield from _by_rule(text)
    for confidence, pattern in _IN_PROSE:
        for match in text.matches(pattern):
            if _is_made_by_a_program(match["value"]):
                yield Fact(FactKind.REQUEST_ID, match["value"], match.start("value"), confidence)


def _by_rule(text: Windows) -> Iterator[Fact]:
    for kind, confidence, pattern in _RULES:
        for match in text.matches(pattern):
            value = match["value"]
            if kind is FactKind.URL:
                value = _whole_url(value)
            if kind is FactKind.ERROR and len(value := value.rstrip(_ESCAPED)) < SHORTEST_ERROR:
                continue
            if kind is FactKind.VERSION and _is_of_a_browser(match):
                continue
            if kind is FactKind.VERSION and _FIELD_OF_A_FORMAT.search(
                match.string, match.start(), match.start("value")
            ):
                continue
            if kind in (FactKind.REQUEST_ID, FactKind.TENANT) and not _is_id(match, kind):
                continue
            yield Fact(kind, value, match.start("value"), confidence)


def _is_of_a_browser(match: re.Match[str]) -> bool:
    if _OF_A_BROWSER.search(match.group()) is None:
        return False
    return match.string.rfind("Mozilla/", max(0, match.start() - _LONGEST_AGENT), match.end()) >= 0


def _is_id(match: re.Match[str], kind: FactKind) -> bool:
    """Whether the value is an id and not the next word of a sentence: “tenant since”, “tenant is affected”.

    A word without a digit names a tenant only after a colon or an equals sign, or where it is no word of prose.
    """
    value = match["value"]
    if _NO_ID.fullmatch(value):
        return False
    if any(map(str.isdigit, value)):
        return kind is not FactKind.TENANT or not _A_TIME.match(value)
    said_outright = match.string[match.start() : match.start("value")].rstrip("\"'\\ ").endswith((":", "="))
    return kind is FactKind.TENANT and (said_outright or any(mark in value for mark in "_."))


def _is_made_by_a_program(value: str) -> bool:
    """Whether a value that no field names is an id: digits and letters mixed, and no part of it a word.

    “request oauth2-token”, “request req-body-2mb” and “request v1beta1” name a thing; “request evt_81f3ab20” the id of
    something else.
    """
    named = _NAMES_ITSELF.match(value)
    rest = value[named.end() :] if named else value
    if _A_TIME.match(rest) or _A_VERSION.fullmatch(rest) or (named is None and _NAMES_ANOTHER.match(rest)):
        return False
    digits = sum(character.isdigit() for character in rest)
    mixed = digits < len(rest.replace("-", "").replace("_", ""))
    parts_are_ids = all(_PART_OF_AN_ID.fullmatch(part) for part in re.split("[-_]+", rest))
    return digits >= 2 and parts_are_ids and (mixed or (named is not None and digits >= 6))


def _whole_url(value: str) -> str:
    """Without the marks of the sentence around it; a closing bracket belongs to it only with its opening one."""
    while value and value[-1] in _AFTER_URL:
        if value[-1] == ")" and value.count("(") >= value.count(")"):
            break
        value = value[:-1]
    return value
