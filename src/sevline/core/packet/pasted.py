"""Whether a text that a person wrote holds a piece of a log instead of the words that cite it."""

import re

#: Lines with a time of their own that stand together; fewer are a quotation.
PASTED = 5
_RECORD = re.compile(
    r"\s*[\[{(<\"']{0,3}(?:\w{1,12}[\"']?[=:]\s?[\"']?)?(?:\d{4}[-/]\d\d[-/]\d\d[T ]|\d\d/[A-Z][a-z]{2}/\d{4}[: ]|"
    r"\d\d:\d\d:\d\d|[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d|[IWEF]\d{4} \d\d:\d\d:\d\d)"
)


#: A record whose line breaks were taken for blanks: a time, and its level behind it.
_FLOWING = re.compile(
    r"\d\d:\d\d:\d\d[.,\d]{0,10}(?:Z|\s?[+-]\d\d:?\d\d)?[\s|\]]{1,4}(?:\[[^\]]{1,80}\]\s{1,4}){0,3}\W{0,3}"
    r"(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|FATAL|CRITICAL|SEVERE)\b"
)


def is_pasted_log(text: str) -> bool:
    """PASTED or more lines, one after the other, that begin with a time as records of a log do, or as many records in
    running text."""
    run = 0
    for line in text.splitlines():
        run = run + 1 if _RECORD.match(line) else 0
        if run == PASTED:
            return True
    return len(_FLOWING.findall(text)) >= PASTED
