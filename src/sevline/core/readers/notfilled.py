"""Places of a request in which the name of a variable stands where its value should be."""

import re
from urllib.parse import unquote

from sevline.core.readers.http import Exchange

#: Postman's, Bruno's and Insomnia's `{{name}}`, a shell's `${NAME}` and OpenAPI's `{name}`.
TEMPLATE = re.compile(r"\{\{\s?[\w .:-]{1,60}\s?\}\}|\$\{[\w.-]{1,60}\}")
WHOLE = re.compile(r"\{[\w-]{1,60}\}|<[\w -]{1,60}>")
#: What JavaScript and Python make of a value that is not there.
#: What stands there because somebody masked the value: a pseudonym, or a word that says so.
MASKED = re.compile(r"<[A-Z0-9-]{1,40}-[0-9a-f]{16}>|(?i:[<{].*(?:redacted|removed|hidden|masked|filtered|omitted).*)")
EMPTY = frozenset({"undefined", "null", "none", "nan", "[object object]"})


def unfilled_in_address(url: str) -> str:
    """The variable, or the word for no value, that stands in host or path; "" where none does."""
    address = unquote(url[:4_000].partition("?")[0])
    if (found := TEMPLATE.search(address)) is not None:
        return found[0]
    _, _, rest = address.partition("://")
    return next((part for part in rest.split("/") if _is_whole(part) or part.lower() in EMPTY), "")


def unfilled_host(url: str) -> str:
    """The same of the host alone: whatever stands in the path, a host that has a name can be reached."""
    scheme, sign, rest = url[:4_000].partition("://")
    return unfilled_in_address(f"{scheme}{sign}{rest.partition('/')[0]}" if sign else scheme.partition("/")[0])


def _is_whole(part: str) -> bool:
    return WHOLE.fullmatch(part) is not None and MASKED.fullmatch(part) is None


def unfilled_credential(call: Exchange) -> str:
    """The variable, or the word for no value, that was sent in place of a token or key; "" where none was."""
    for name in ("authorization", "x-api-key"):
        sent = call.sent.get(name, "")[:400].strip()
        scheme, _, token = sent.rpartition(" ")
        token = sent if token.endswith("]") and "[" in scheme else token
        if (found := TEMPLATE.search(sent)) is not None:
            return found[0]
        if _is_whole(token) or token.lower() in EMPTY or sent.lower().endswith("[object object]"):
            return token if token.lower() in EMPTY or _is_whole(token) else "[object Object]"
    return ""
