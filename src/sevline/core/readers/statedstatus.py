"""Where a line of a log states the status of an answer: behind a word for it, behind a request, or with its phrase.

A number alone is none: the milliseconds of a time, a duration, a count and an amount have three digits as well.
"""

#: A word for a status, and what may stand between it and the number.
STATED = (
    r"(?i:\b(?:status|http_?status|status[_ -]?code|http[_ -]?code|response[_ -]?code|response|code|upstream|"
    r"HTTP(?:/\d(?:\.\d)?)?|returned|returns|responded|responds|answered|answers|replied|got|received|failed|with|error)"
    r"[\"']?(?:\s?[=:]\s?|\s)(?:with |HTTP |status |code ){0,2}[\"'(]?)"
)
_BEHIND_REQUEST = (
    r"\b(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)\s\S{1,300}(?:\sHTTP/\d(?:\.\d)?)?"
    r"[\"']?\s?(?:->|=>|→|-|:|,)?\s?[\"'(\[]?"
)
_ARROW = r"(?:->|=>|→)\s?"
_PHRASE = (
    r"\s(?i:Bad Request|Unauthori[sz]ed|Forbidden|Not Found|Conflict|Too Many Requests|Internal Server Error|"
    r"Bad Gateway|Service (?:Temporarily )?Unavailable|Gateway Time-?out)\b"
)
_UNITS = (
    r"(?!\s?(?i:(?:[mµun]?s|secs?|seconds?|minutes?|min|h|hours?|bytes?|[kmg]i?b|rows?|items?|records?|times)\b|%))"
)
#: Behind the number: not a part of a longer one, of a time or an address, and no unit.
ENDS = rf"(?![\w%])(?![.,:/-]\d){_UNITS}"


def stated(code: str) -> str:
    """The pattern of a status that a line states; `code` is the pattern of its three digits, without a group."""
    named = rf"(?:{STATED}|{_BEHIND_REQUEST}|{_ARROW})(?:{code}){ENDS}"
    return rf"(?:{named}|(?<![\w.,:/-])(?:{code}){_PHRASE})"
