"""Times that a text names although nothing happened then: the date of a letter, a validity, a deadline."""

import re

_BEFORE, _AFTER = 48, 160  # characters around a time that tell what it is
_WEEKDAY = r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun|Mo|Di|Mi|Do|Fr|Sa|So)[a-zäöü]{0,8}[.,]{0,2}[ ])?"
#: How a letter or an HTTP answer says when it was sent.
_SENT = re.compile(
    rf"(?:^|[\s\"'>])(?:date|sent|received|gesendet|datum|empfangen|last-modified|if-modified-since)[\"']?[ ]{{0,2}}:"
    rf"[ ]{{0,4}}[\"']?{_WEEKDAY}$",
    re.IGNORECASE,
)
#: What a message or a token says of itself, and until when something holds or is wanted.
_HOLDS = re.compile(
    r"(?:(?:^|[^a-z])(?:issueinstant|authninstant|notbefore|not_before|(?:session)?notonorafter|not_on_or_after"
    r"|validuntil|expires?(?:[-_ ]?(?:at|on|in))?|expiry|exp|iat|nbf|auth_time)"
    r"[\"'\\]{0,2}[ ]{0,2}[:=]?[ ]{0,2}[\"'\\]{0,2}"
    r"|\b(?:until|till|by|deadline(?:[ ]is)?|due|next update(?:[ ](?:at|by))?|bis(?:[ ]zum)?|spätestens)[ :]{1,2})"
    rf"{_WEEKDAY}$",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"^[>\s]*(?:On|Am)\b[^\n]{0,40}$", re.IGNORECASE)
_WROTE = re.compile(r"^[^\n]{0,120}\n?[^\n]{0,60}\b(?:wrote|schrieb)\b[^\n]{0,60}:")


def is_occurrence(text: str, offset: int, length: int, *, is_record: bool = False) -> bool:
    """Whether the time of `length` characters at an offset can say when something happened.

    `is_record`: the text is a line of a log, in which a field named “date” is the time of the record itself.
    """
    line = text.rfind("\n", 0, offset) + 1
    before = text[max(line, offset - _BEFORE) : offset]
    if _HOLDS.search(before):
        return False
    if is_record:
        return True
    after = text[offset + length : offset + length + _AFTER]
    return _SENT.search(before) is None and not (_QUOTED.match(text[line:offset]) and _WROTE.match(after))
