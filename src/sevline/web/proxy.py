"""Who asks, where a trusted proxy stands in front: limits by address would else count everybody as one."""

from collections.abc import Callable
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse


class ProxyMiddleware:
    """Under `SEVLINE_TRUSTED_PROXY`, REMOTE_ADDR becomes the address that the proxy itself saw."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.OPTIONS.trusted_proxy and (seen := _seen_by_proxy(request.headers.get("X-Forwarded-For", ""))):
            request.META["REMOTE_ADDR"] = seen
        return self.get_response(request)


def _seen_by_proxy(header: str) -> str:
    """The last address of `X-Forwarded-For`: those before it are what the client claims. "" where it is none."""
    last = header.rpartition(",")[2].strip()
    if last.startswith("["):
        last = last[1:].partition("]")[0]
    elif last.count(":") == 1:
        last = last.partition(":")[0]
    try:
        return str(ip_address(last))
    except ValueError:
        return ""
