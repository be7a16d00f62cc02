"""Places of a request in which the name of a variable stands where its value should be."""

import re
from urllib.parse import unquote

from sevline.core.readers.http import Exchange

#: Postman's, Bruno's and Insomnia's `{{name}}`, a shell's `${NAME}` and OpenAPI's `{name}`.
TEMPLATE = re.compile(r"\{\{\s?[\w .:-]{1,60}\s?\}\}|\$\{[\w.-]{1,60}\}")
WHOLE = re.compile(r"\{[\w-]{1,60}\}|<[\w -]{1,60}>")
#: What JavaScript and Python make of a value that is not there.
EMPTY = frozenset({"undefined", "null", "none", "nan", "[object object]"})


def unfilled_in_address(url: str) -> str:
    """The variable, or the word for no value, that stands in host or path; "" where none does."""
    address = unquote(url[:4_000].partition("?")[0])
    if (found := TEMPLATE.search(address)) is not None:
        return found[0]
    _, _, rest = address.partition("://")
    return next((part for part in rest.split("/") if WHOLE.fullmatch(part) or part.lower() in EMPTY), "")


def unfilled_credential(call: Exchange) -> str:
    """The variable, or the word for no value, that was sent in place of a token or key; "" where none was."""
    for name in ("authorization", "x-api-key"):
        sent = call.sent.get(name, "")[:400].strip()
        scheme, _, token = sent.rpartition(" ")
        token = sent if token.endswith("]") and "[" in scheme else token
        if (found := TEMPLATE.search(sent)) is not None:
            return found[0]
        if WHOLE.fullmatch(token) or token.lower() in EMPTY or sent.lower().endswith("[object object]"):
            return token if token.lower() in EMPTY or WHOLE.fullmatch(token) else "[object Object]"
    return ""
