"""Small pages for the browser tests: one case page, one answer to a signed-out person, one upload that breaks once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

PERSON = '<meta name="sevline-person" content="7">'
PLAIN = (
    '{% extends "plain.html" %}{% load ui %}{% block head %}HEAD{% endblock %}{% block heading %}Case{% endblock %}'
    '{% block content %}BODY{% include "ui/toasts.html" only %}{% include "ui/shell_dialogs.html" only %}{% endblock %}'
)
CASE = """
<form method="post" action="/note" id="note"><label>Note <textarea name="text"></textarea></label>
<button type="submit">Save</button></form>
<form method="post" action="/gone" data-confirm="Delete it for good?"><button type="submit">Delete</button></form>
<form method="post" action="/upload" enctype="multipart/form-data" data-upload="now" data-upload-target="#received">
<div class="drop"><label>File <input type="file" name="file"></label></div></form><div id="received"></div>
<button type="button" data-key="e" data-opens="edit">Edit <kbd>e</kbd></button>
{% dialog id="edit" title="Edit" %}<p>Fields</p>{% enddialog %}
"""
attempts: Counter[str] = Counter()


def page(body: str, *, head: str = PERSON, status: int = 200) -> Callable[[HttpRequest], HttpResponse]:
    def view(request: HttpRequest) -> HttpResponse:
        template = engines["django"].from_string(PLAIN.replace("HEAD", head).replace("BODY", body))
        return HttpResponse(template.render({}, request), status=status)

    return view


def upload(request: HttpRequest) -> HttpResponse:
    """The first attempt of each file is lost on the way, as behind a proxy that restarts."""
    name = str(request.FILES.getlist("file")[0].name)
    attempts[name] += 1
    count = attempts[name]
    return HttpResponse(f"<p>received {name} at attempt {count}</p>", status=503 if count == 1 else 200)


urlpatterns = [
    path("styleguide", include("sevline.ui.urls")),
    path("case", page(CASE)),
    path("note", page("<p>Sign in</p>", head="", status=401)),
    path("gone", page("<p>Deleted</p>")),
    path("upload", upload),
]
