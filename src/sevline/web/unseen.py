"""What a reader cannot see is made visible on every page, whoever wrote the text and whichever template shows it."""

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

# Control characters but tab and line ends, as bytes of their own and in their UTF-8 form (C1), the marks and overrides
# that turn the direction of a text (U+061C, U+200E and F, U+202A to E, U+2066 to 9), and the separators of lines that
# look like none (U+2028 and 9).
UNSEEN = re.compile(
    rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\xc2[\x80-\x9f]|\xd8\x9c|\xe2\x80[\x8e\x8f\xa8-\xae]|\xe2\x81[\xa6-\xa9]"
)

READ_BY_PEOPLE = ("text/html", "text/markdown", "text/plain")


class UnseenMarksMiddleware:
    """Writes each such character of an answer that people read as its escape: `\\u202e`.

    A template that forgets its filter would let a file called “report\u202egpj.exe” pass for a picture. Downloads and
    answers to programs are not touched: they carry the text as it is, and a packet's JSON has its hash.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.streaming or not response.get("Content-Type", "").startswith(READ_BY_PEOPLE):
            return response
        if UNSEEN.search(response.content):
            response.content = UNSEEN.sub(_escape, response.content)
        return response


def _escape(found: re.Match[bytes]) -> bytes:
    return b"\\u%04x" % ord(found.group().decode())
