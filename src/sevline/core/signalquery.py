"""The query that shows that a signal is there: of which language it is by its shape, and whether it is whole.

    SELECT count(*) FROM requests WHERE request_id IS NULL       SQL, parsed
    rate(http_requests_total{job="api"}[5m]) > 0                 PromQL     ┐ names, brackets and quotation marks
    sum(count_over_time({app="api"} |= "request_id" [1h]))       LogQL      ┘
    sevline logs app.log --since 2h                              a command of Sevline's own

It is not run: no source of the customer's is called from here.
"""

import re
import shlex
from itertools import pairwise

from sevline.core.lifecycle import Refused

SQL, PROMQL, LOGQL, SEVLINE = "SQL", "PromQL", "LogQL", "a sevline logs query"
_SELECT = re.compile(r"(?is)\s*(?:\(\s*)*(?:select|with)\b")
_OURS = re.compile(r"\s*(?:\$ )?sevline logs\b")
#: Labels of a stream, at the beginning or within a function: before them stands no name of a metric.
_STREAM = re.compile(r"(?:^|[(,+*/>-])\s*\{\s*[A-Za-z_]\w*\s*(?:=~|!~|!=|=)\s*[\"`]")
_TEXT = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|`[^`]*`")
_WORDS = frozenset(
    {"by", "without", "on", "ignoring", "group_left", "group_right", "offset", "and", "or", "unless", "bool", "atan2"}
)
_TOKEN = re.compile(r"[A-Za-z_:][\w:.]*|\d[\w.]*|[-+*/%^<>=!~,@]+|[(){}\[\]]")
_PAIRS = {")": "(", "}": "{", "]": "["}


def language_of(query: str) -> str:
    """The language that a query is of by its shape; "" where it is of none that is known here.

    Raises Refused with a sentence where it is of one and not whole.
    """
    if _SELECT.match(query):
        _parsed(query)
        return SQL
    if _OURS.match(query):
        _split(query)
        return SEVLINE
    bare = _TEXT.sub('""', query)
    if _STREAM.search(query):
        _balanced(bare, LOGQL)
        return LOGQL
    if _is_promql(bare):
        _balanced(bare, PROMQL)
        return PROMQL
    return ""


def _parsed(query: str) -> None:
    import sqlglot
    from sqlglot.errors import SqlglotError

    try:
        sqlglot.parse_one(query)
    except (SqlglotError, RecursionError):
        raise Refused("The query begins as SQL and cannot be read as such. Paste it as it was run.") from None


def _split(query: str) -> None:
    try:
        shlex.split(query)
    except ValueError:
        raise Refused("The command has a quotation mark that is not closed. Paste it as it was run.") from None


def _is_promql(bare: str) -> bool:
    """Names of metrics and functions with what belongs between them, and no two words side by side."""
    tokens = _TOKEN.findall(bare.replace('""', " "))
    if "".join(tokens) != re.sub(r"\s+|\"\"", "", bare) or not re.search(r"\w_\w|[({\[]", bare):
        return False
    if not tokens or not re.match(r"[A-Za-z_:({-]", tokens[0]):
        return False
    names = [bool(re.match(r"[A-Za-z_:]", token)) and token not in _WORDS for token in tokens]
    return any(names) and not any(one and other for one, other in pairwise(names))


def _balanced(bare: str, language: str) -> None:
    """Every bracket is closed by its own; texts are taken out before, so that a mark that is left opens one."""
    opened: list[str] = []
    for sign in bare.replace('""', ""):
        if sign in "({[":
            opened.append(sign)
        elif sign in _PAIRS and (not opened or opened.pop() != _PAIRS[sign]):
            raise Refused(f"The query reads as {language}, and a “{sign}” closes nothing. Paste it as it was run.")
        elif sign in "\"'`":
            raise Refused(f"The query reads as {language}, and a quotation mark is not closed. Paste it as it was run.")
    if opened:
        raise Refused(f"The query reads as {language}, and a “{opened[-1]}” is not closed. Paste it as it was run.")
