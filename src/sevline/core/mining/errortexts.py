"""Texts that the system gives for its error numbers, and HTTP for its statuses and fields: behind a colon or a number
they are values, whichever statement printed them."""

import re

_TEXTS = (
    "Operation not permitted|No such file or directory|No such process|Interrupted system call|Input/output error|"
    "No such device or address|Argument list too long|Exec format error|Bad file descriptor|No child processes|"
    "Resource temporarily unavailable|Cannot allocate memory|Permission denied|Bad address|Device or resource busy|"
    "File exists|Invalid cross-device link|No such device|Not a directory|Is a directory|Invalid argument|"
    "Too many open files in system|Too many open files|Inappropriate ioctl for device|Text file busy|File too large|"
    "No space left on device|Illegal seek|Read-only file system|Too many links|Broken pipe|"
    "Numerical result out of range|"
    "Resource deadlock avoided|File name too long|No locks available|Function not implemented|Directory not empty|"
    "Too many levels of symbolic links|No message of desired type|No data available|Protocol error|Bad message|"
    "Value too large for defined data type|Socket operation on non-socket|Destination address required|"
    "Message too long|"
    "Protocol wrong type for socket|Protocol not available|Protocol not supported|Operation not supported|"
    "Address family not supported by protocol|Address already in use|Cannot assign requested address|Network is down|"
    "Network is unreachable|Network dropped connection on reset|Software caused connection abort|"
    "Connection reset by peer|No buffer space available|Transport endpoint is already connected|"
    "Transport endpoint is not connected|Connection timed out|Connection refused|Host is down|No route to host|"
    "Operation already in progress|Operation now in progress|Stale file handle|Disk quota exceeded|Operation canceled|"
    "Temporary failure in name resolution|Name or service not known"
)
_REASONS = (
    "OK|Created|Accepted|No Content|Partial Content|Moved Permanently|Temporary Redirect|Permanent Redirect|"
    "Not Modified|Bad Request|Unauthorized|Payment Required|Forbidden|Not Found|Method Not Allowed|Not Acceptable|"
    "Proxy Authentication Required|Request Timeout|Conflict|Gone|Length Required|Precondition Failed|"
    "Payload Too Large|Request Entity Too Large|URI Too Long|Unsupported Media Type|Range Not Satisfiable|"
    "Requested Range Not Satisfiable|Expectation Failed|Misdirected Request|Unprocessable Entity|Too Many Requests|"
    "Internal Server Error|Not Implemented|Bad Gateway|Service Unavailable|Gateway Timeout|HTTP Version Not Supported"
)
"""What HTTP says behind the number of a status."""

_FIELDS = (
    "Accept|Accept-Charset|Accept-Encoding|Accept-Language|Accept-Ranges|Age|Allow|Authorization|Cache-Control|"
    "Connection|Content-Disposition|Content-Encoding|Content-Language|Content-Length|Content-Location|Content-Range|"
    "Content-Security-Policy|Content-Type|Cookie|Date|ETag|Expect|Expires|Forwarded|Host|If-Match|If-Modified-Since|"
    "If-None-Match|If-Range|If-Unmodified-Since|Keep-Alive|Last-Modified|Link|Location|Max-Forwards|Origin|Pragma|"
    "Proxy-Authenticate|Proxy-Authorization|Range|Referer|Retry-After|Server|Set-Cookie|Strict-Transport-Security|TE|"
    "Trailer|Transfer-Encoding|Upgrade|User-Agent|Vary|Via|WWW-Authenticate"
)
"""Names of HTTP's fields: behind a label, such a name with all that follows is one value."""

# All begin with signs that are searched for fast, which lookbehinds are not; what is asked next fails at most places
# before a hundred words are tried one after another.
_TEXT = re.compile(rb"([:(] ?)(?=[A-Z][a-z]+[ /\-])(?:" + _TEXTS.encode() + rb")(?![A-Za-z])")
_REASON = re.compile(rb"(0 )(?=[A-Z])(?:" + _REASONS.encode() + rb")(?![A-Za-z])")

# In small letters, as HTTP/2 has them, only the names that are no words of the language.
_SMALL = "|".join(name.lower() for name in _FIELDS.split("|") if "-" in name)
_FIELD = re.compile(rb"([:<>] )(?=[A-Za-z\-]+:)(?:" + f"{_FIELDS}|{_SMALL}".encode() + rb"):(?= |\n|$)[^\n]*")


def without_errors(text: bytes) -> bytes:
    """The same number of bytes; such a text behind a colon, an opening bracket or a number is a marker and blanks."""
    for form in (_TEXT, _REASON, _FIELD):
        text = form.sub(_blank, text)
    return text


def _blank(found: re.Match[bytes]) -> bytes:
    return found[1] + b"0" + b" " * (len(found[0]) - len(found[1]) - 1)
