"""Who may come in: only people who were invited."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter


class ClosedAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # the library ships no types
    def is_open_for_signup(self, request: Any) -> bool:  # noqa: ARG002 - the signature is the library's
        return False
