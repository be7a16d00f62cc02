"""`{% csrf_token %}` for every form of every page: beside the framework's token, one by which a form that comes twice
is known. A built-in tag of this project, so that no form can be without it."""

from typing import Any
from uuid import uuid4

from django import template
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

FORM_TOKEN = "form_token"  # noqa: S105 - the name of a field


@register.simple_tag(takes_context=True)
def csrf_token(context: Context) -> SafeString | str:
    """Both hidden fields; nothing where the page was made for no request."""
    token: Any = context.get("csrf_token")
    if not token or token == "NOTPROVIDED":  # noqa: S105 - what the framework says
        return ""
    return format_html(
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}"><input type="hidden" name="{}" value="{}">',
        token,
        FORM_TOKEN,
        uuid4().hex,
    )
