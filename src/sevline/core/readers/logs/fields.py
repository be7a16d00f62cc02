"""What a record names beside its message: ids that tie it to others, and whom and what it was about.

Names differ from tool to tool; they are brought to one form here. Values stay as they are written, redacted before.
"""

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum

from sevline.core.readers.logs.formats.json_lines import load
from sevline.core.readers.logs.formats.otlp import attributes, value_of

LONGEST = 200
_PAIRS = 80
_NAMED = re.compile(
    rb'["\[ ,;({&?\t|]?"?([A-Za-z_][\w.\-]{1,60})"? ?[=:] ?(?:"((?:[^"\\]|\\.){1,400}+)"|([^\s,;"&\])}]{1,400}))'
)
_BRACKETED = re.compile(rb"\[([0-9a-f]{16,32})(?:[,\-]([0-9a-f]{16}))?[,\]]")
_DEPTH = 5


class Field(StrEnum):
    """TRACE, REQUEST, SESSION and SPAN tie records together; the others say whom or what a record touches."""

    TRACE = "trace"
    SPAN = "span"
    PARENT = "parent"
    REQUEST = "request"
    SESSION = "session"
    TENANT = "tenant"
    USER = "user"
    REGION = "region"
    VERSION = "version"
    FEATURE = "feature"
    HOST = "host"
    LINK = "link"
    EVENT = "event"


IDS = (Field.TRACE, Field.REQUEST, Field.SESSION)
"""What joins the records of one request, the surest first."""

_NAMES = {
    Field.TRACE: "traceid ddtraceid otelptraceid xb3traceid b3traceid xtraceid tracetraceid oteltraceid",
    Field.SPAN: "spanid ddspanid xb3spanid otelspanid",
    Field.PARENT: "parentspanid parentid xb3parentspanid",
    Field.REQUEST: "requestid reqid xrequestid correlationid xcorrelationid correlation requestuuid operationid rid "
    "httprequestid amznrequestid awsrequestid xamznrequestid contextrequestid transactionid txid",
    Field.SESSION: "sessionid session sid xsessionid",
    Field.TENANT: "tenant tenantid account accountid org orgid organization organizationid organisation customer "
    "customerid workspace workspaceid companyid company xtenantid",
    Field.USER: "user userid username uid usrid enduserid usremail useremail email principal",
    Field.REGION: "region awsregion cloudregion datacenter cloudavailabilityzone availabilityzone az zone location",
    Field.VERSION: "version serviceversion appversion release build buildid imagetag",
    Field.FEATURE: "feature featurekey route httproute endpoint operation transaction culprit module",
    Field.HOST: "host hostname hostnamename node pod podname k8spodname instance",
    Field.LINK: "link permalink url.full eventurl",
    Field.EVENT: "eventid insertid messageid",
}
_BY_NAME = {name: field for field, names in _NAMES.items() for name in names.split()}
_STRIP = str.maketrans("", "", "._-")


def fields_of(line: bytes) -> dict[Field, str]:
    """The fields that one line names, the first of each; a JSON line is looked through to its fifth level."""
    found: dict[Field, str] = {}
    document = load(line)
    pairs = _leaves(document) if document is not None else _written(line)
    for name, value in pairs:
        field = field_named(name)
        if field is not None and field not in found and value:
            found[field] = value[:LONGEST]
    if document is None and Field.TRACE not in found and (sleuth := _BRACKETED.search(line)):
        found[Field.TRACE] = sleuth[1].decode()
    return found


def field_named(name: str) -> Field | None:
    """`X-Request-ID`, `request_id` and `requestId` are one."""
    plain = name.translate(_STRIP).lower()
    return _BY_NAME.get(plain)


def _written(line: bytes) -> Iterator[tuple[str, str]]:
    for count, pair in enumerate(_NAMED.finditer(line)):
        if count >= _PAIRS:
            return
        name, quoted, bare = pair.groups()
        yield name.decode("utf-8", "replace"), (quoted if quoted is not None else bare).decode("utf-8", "replace")


_TEXTS = frozenset({"message", "line", "_raw", "@message", "log", "msg"})


def _leaves(found: Mapping[str, object], depth: int = 0) -> Iterator[tuple[str, str]]:
    """Names with their values; an inner object's name goes before that of its fields, then the fields alone."""
    for key, value in found.items():
        yield from _plain(key, value, depth)
    for outer, within in found.items():
        if isinstance(within, dict) and depth < _DEPTH:
            for name, value in _leaves(within, depth + 1):
                if field_named(f"{outer}.{name}"):
                    yield f"{outer}.{name}", value
                yield name, value


def _plain(key: str, value: object, depth: int) -> Iterator[tuple[str, str]]:
    """A value as it is, the pairs of a list of attributes, and what a message names itself."""
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        yield key, str(value)
    if isinstance(value, list) and key in {"attributes", "tags"}:
        yield from _listed(value)
    if isinstance(value, str) and key in _TEXTS and depth < _DEPTH:
        text = value.encode("utf-8", "replace")
        nested = load(text)
        yield from _leaves(nested, depth + 1) if nested is not None else _written(text)


def _listed(pairs: list[object]) -> Iterator[tuple[str, str]]:
    """Attributes of OTLP and tags of Sentry, as lists of key and value; and `key:value` texts, as Datadog tags."""
    yield from ((key, value) for key, value in attributes(pairs).items() if value)
    for pair in pairs:
        if isinstance(pair, list) and len(pair) == 2:
            yield str(pair[0]), value_of(pair[1])
        elif isinstance(pair, str) and ":" in pair:
            name, _, value = pair.partition(":")
            yield name, value
