from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django import forms
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory

HOSTILE = "<b>&"


def draw(source: str, **facts: Any) -> str:
    return Template("{% load ui %}" + source).render(Context(facts))


class Note(forms.Form):
    text = forms.CharField(label="Note", help_text="Only colleagues read it.", widget=forms.Textarea)
    team = forms.CharField(label="Team", required=False)


def test_a_field_with_an_error_ties_label_help_and_error_to_its_input() -> None:
    html = draw("{% field form.text %}", form=Note({"text": ""}))

    assert '<label for="id_text">Note' in html
    assert 'aria-describedby="id_text-help id_text-error"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_text-error"' in html
    assert "This field is required." in html


def test_a_field_that_may_stay_empty_says_so() -> None:
    html = draw("{% field form.team %}", form=Note())

    assert "(optional)" in html
    assert "aria-invalid" not in html
    assert "aria-describedby" not in html


def test_the_error_summary_links_to_each_field() -> None:
    html = draw("{% error_summary form %}", form=Note({"text": ""}))

    assert '<a href="#id_text">Note</a>' in html
    assert 'role="alert"' in html


def test_a_form_without_errors_has_no_summary() -> None:
    assert draw("{% error_summary form %}", form=Note({"text": "x"})) == ""


@pytest.mark.parametrize("level", [1, 2, 3, 4])
def test_a_severity_has_a_word_and_a_shape_of_its_own(level: int) -> None:
    source = '{% include "ui/severity.html" with level=level only %}'
    others = [draw(source, level=other) for other in {1, 2, 3, 4} - {level}]
    html = draw(source, level=level)

    assert f"Sev{level}" in html
    assert html.split("<svg")[1] not in {other.split("<svg")[1] for other in others}


def test_a_paused_clock_says_why_in_text() -> None:
    html = draw(
        '{% include "ui/clock.html" with state="paused" text="paused 34 min" reason="waiting on customer" only %}'
    )

    assert "paused 34 min" in html
    assert ": waiting on customer" in html


@pytest.mark.parametrize("state", ["FAIL", "WARN", "PASS", "INFO", "NOT_EVALUATED"])
def test_a_state_is_never_a_colour_alone(state: str) -> None:
    html = draw('{% include "ui/state.html" with state=state only %}', state=state)

    assert f'data-state="{state}"' in html
    assert "<svg" in html
    assert html.split("</svg>")[1].strip() not in {"", "</span>"}


def test_a_refusal_names_the_right_and_who_may_grant_it() -> None:
    html = draw(
        '{% refusal title="No" reasons=reasons right="Read customer data" who="A Lead" %}{% endrefusal %}',
        reasons=["It is restricted.", HOSTILE],
    )

    assert "Read customer data" in html
    assert "A Lead may grant it." in html
    assert "&lt;b&gt;&amp;" in html


def test_a_conflict_marks_the_lines_that_differ() -> None:
    facts = {"yours": "Users: two\nRegions: EU", "theirs": "Users: 160\nRegions: EU", "by": "Sam"}
    html = draw('{% include "ui/conflict.html" with yours=yours theirs=theirs by=by only %}', **facts)

    assert "<mark>Users: two</mark>\nRegions: EU</pre>" in html
    assert "<mark>Users: 160</mark>\nRegions: EU</pre>" in html


def test_a_conflict_shows_both_texts_escaped() -> None:
    facts = {"yours": HOSTILE, "theirs": "their text", "by": "Ines"}
    html = draw('{% include "ui/conflict.html" with yours=yours theirs=theirs by=by only %}', **facts)

    assert "&lt;b&gt;&amp;" in html
    assert "their text" in html


def test_a_table_scrolls_by_keyboard_and_has_a_name() -> None:
    html = draw('{% table caption="At risk" id="risk" %}<tbody></tbody>{% endtable %}')

    assert 'role="region" tabindex="0" aria-labelledby="risk-caption"' in html
    assert '<caption id="risk-caption" class="vh">At risk</caption>' in html


def test_a_time_carries_its_machine_form() -> None:
    at = datetime(2026, 11, 18, 11, 42, tzinfo=UTC)

    assert draw('{% include "ui/time.html" with at=at only %}', at=at) == (
        '<time datetime="2026-11-18T11:42:00Z">18 Nov 2026 11:42 UTC</time>'
    )


@pytest.mark.parametrize(
    ("cookie", "attributes"), [("dark", ' data-theme="dark"'), ("light", ' data-theme="light"'), ('x" onload="', "")]
)
def test_the_theme_comes_from_a_cookie_with_known_values_only(cookie: str, attributes: str) -> None:
    request = RequestFactory().get("/")
    request.COOKIES["sevline-theme"] = cookie

    assert draw("{% preferences %}", request=request) == attributes


def test_the_page_for_a_failure_needs_no_request_and_no_database() -> None:
    html = render_to_string("500.html")

    assert "Something failed on our side" in html
    assert "early.js" in html
