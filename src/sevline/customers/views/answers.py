"""What pages of customers do with an action's answer."""

from collections.abc import Callable
from typing import TypeVar

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest

from sevline.core.lifecycle import Refused
from sevline.core.rights import Forbidden

Made = TypeVar("Made")


def done(form: Form, action: Callable[[], Made]) -> Made | None:
    """What the action made of a valid form; None where the form is not sent, is wrong or was refused."""
    if not form.is_valid():
        return None
    try:
        return action()
    except Forbidden:
        raise
    except Refused as refusal:
        form.add_error(None, list(refusal.reasons))
        return None


def told(request: HttpRequest, action: Callable[[], object], words: str) -> None:
    """Do it, and say `words`, or why it was refused, on the next page."""
    try:
        action()
    except Forbidden:
        raise
    except Refused as refusal:
        messages.error(request, " ".join(refusal.reasons))
    else:
        messages.success(request, words)
