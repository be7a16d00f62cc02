"""Set-Cookie: the name and the flags of a cookie. Its value is never kept."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sevline.core.readers.http import Exchange


@dataclass(frozen=True, slots=True)
class SetCookie:
    """`same_site` is lower case, "" where the cookie does not say; `removed` where it only deletes an older one;
    `sender` is the host that sets it, "" where that is not known."""

    name: str
    same_site: str = ""
    secure: bool = False
    http_only: bool = False
    domain: str = ""
    path: str = ""
    size: int = 0
    removed: bool = False
    sender: str = ""

    @property
    def flags(self) -> str:
        told = [f"SameSite={self.same_site.capitalize()}" if self.same_site else "no SameSite"]
        told += ["Secure"] if self.secure else ["not Secure"]
        return "; ".join(told)

    @property
    def told(self) -> str:
        """Name and flags as a finding cites them. Not `name: flags`: behind a name such as `sessionid` and a colon
        redaction takes the first flag for the cookie's value, and masks it everywhere."""
        return f"{self.name} ({self.flags})"

    @property
    def is_foreign(self) -> bool:
        """Whether its Domain is none of the host that sets it, for which browsers refuse it (RFC 6265, 5.3, step 6).

        Not told of names beyond ASCII, which a browser compares in another spelling."""
        host = self.sender.rstrip(".")
        if not host or not self.domain or not (host + self.domain).isascii():
            return False
        return host != self.domain and not host.endswith(f".{self.domain}")

    @property
    def broken_promise(self) -> str:
        """What the prefix of its name promises and its flags do not keep (RFC 6265bis, 4.1.3); "" where all is kept."""
        name = self.name.lower()
        if not name.startswith(("__secure-", "__host-")):
            return ""
        lacks = [] if self.secure else ["no Secure"]
        if name.startswith("__host-"):
            lacks += ["a Domain"] if self.domain else []
            lacks += [] if self.path == "/" else ["no Path=/"]
        return " and ".join(lacks)


def set_cookies(call: Exchange) -> Iterator[SetCookie]:
    """The cookies that an answer sets, in its order."""
    for _, cookie in placed_cookies(call):
        yield cookie


def placed_cookies(call: Exchange) -> Iterator[tuple[str, SetCookie]]:
    """Each with its place: several stand in headers of their own, or in one value, a line each."""
    host = call.host
    for number, line in enumerate(call.received.get("set-cookie", "").split("\n")):
        if cookie := set_cookie(line):
            yield (
                call.parts.get(f"set-cookie:{number}", call.parts.get("header:set-cookie", call.locator)),
                replace(cookie, sender=host),
            )


def set_cookie(line: str) -> SetCookie | None:
    """One Set-Cookie value; None when it names no cookie."""
    pair, _, rest = line.strip().partition(";")
    name, separator, value = pair.partition("=")
    if not separator or not name.strip():
        return None
    flags = {key.strip().lower(): told.strip() for key, _, told in (part.partition("=") for part in rest.split(";"))}
    return SetCookie(
        name=name.strip(),
        same_site=flags.get("samesite", "").lower(),
        secure="secure" in flags,
        http_only="httponly" in flags,
        domain=flags.get("domain", "").lstrip(".").lower(),
        path=flags.get("path", ""),
        size=len(line.encode()),
        removed=not value or flags.get("max-age", "").strip() in {"0", "-1"} or "1970" in flags.get("expires", ""),
    )


def cookies_sent(call: Exchange) -> frozenset[str] | None:
    """Names of the cookies that a call carries; None where the recording has no request headers at all to tell."""
    if not call.sent:
        return None
    pairs = (part.partition("=")[0].strip() for part in call.sent.get("cookie", "").split(";"))
    return frozenset(name for name in pairs if name)
