"""The pattern explorer of one upload: what stands out, a chart with changes, all patterns, and evidence from them."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from sevline.core.amount import amount
from sevline.core.lifecycle import Refused
from sevline.core.rights import Forbidden, Right, holds, require
from sevline.evidence import actions, selectors
from sevline.evidence.models import Pattern, RedactionRun, Upload, UploadState
from sevline.evidence.selectors import explorer, surfaced
from sevline.evidence.selectors.asking import GROUPS, NAMED, Asked
from sevline.evidence.selectors.following import followable
from sevline.evidence.selectors.rates import LEVELS
from sevline.people.models import Person
from sevline.people.views.requests import SignedIn

SHOWN_CARDS = 6
SORT_WORDS = (
    ("level", "Errors first"), ("count", "Most records"), ("rare", "Fewest records"), ("first", "First seen"),
    ("last", "Last seen"),
)  # fmt: skip


@require_GET
def explore(request: SignedIn, upload_id: int) -> HttpResponse:
    """One page of patterns with the chart; the cards come after it, for they look at everything."""
    found, run = _available(request.user, upload_id)
    actions.note_viewed(found.pk, by=request.user)
    asked, problems = read_asked(request.GET)
    chosen = _chosen(request, found)
    whole = explorer.rate_figures(request.user, found, run)
    rate = explorer.own_rate(chosen) if chosen else whole
    changes = explorer.nearby(request.user, whole)
    patterns = explorer.explored(request.user, found, asked)
    page, rows = explorer.page_of(patterns, asked, request.GET.get("page"), whole)
    groups = surfaced.groups(patterns, run, asked.group, filtered=asked.filtered)
    context: dict[str, Any] = {
        "upload": found,
        "case": found.case,
        "asked": asked,
        "problems": problems,
        "chosen": chosen,
        "followed": followable(chosen) if chosen else [],
        "counting": explorer.counting_query(chosen) if chosen else "",
        "picture": explorer.picture(rate, asked, changes),
        "page": page,
        "rows": rows,
        "groups": groups.rows if groups else (),
        "levels": LEVELS,
        "services": explorer.services_of(request.user, found),
        "sorts": SORT_WORDS,
        "changes": changes[-60:],
        "nearest": changes[-4:],
        "query": _query(request.GET, "page"),
        "whole_query": _query(request.GET, "page", "from", "to"),
        "group_query": _query(request.GET, "page", "group", "level", "service", "named"),
        "reach": _reach(request, found, run, asked, groups),
        "groupings": GROUPS,
        "named_groups": NAMED,
        "unnamed_query": _query(request.GET, "page", "named"),
        "chosen_query": _query(request.GET, "pattern"),
        "may_cite": holds(request.user, Right.EVIDENCE_ATTACH),
        **supposing(request.user, found),
        "cited": request.GET.get("cited", ""),
    }
    return render(request, "evidence/explorer.html", context)


@require_GET
def cards(request: SignedIn, upload_id: int) -> HttpResponse:
    """What stands out, ranked, as a part of the page; opened by itself, the whole page."""
    found, run = _available(request.user, upload_id)
    if not request.headers.get("HX-Request"):
        return redirect(f"{reverse('evidence:explore', args=[found.pk])}?{_query(request.GET, 'all')}")
    asked, _ = read_asked(request.GET)
    changes = explorer.nearby(request.user, explorer.rate_figures(request.user, found, run))
    told = surfaced.surfaced(selectors.patterns(request.user, found), run, asked, changes)
    shown = told.cards if "all" in request.GET else told.cards[:SHOWN_CARDS]
    context = {
        "upload": found,
        "told": told,
        "cards": shown,
        "more": len(told.cards) - len(shown),
        "asked": asked,
        "query": _query(request.GET, "all"),
        "may_cite": holds(request.user, Right.EVIDENCE_ATTACH),
        **supposing(request.user, found),
    }
    return render(request, "evidence/cards.html", context)


@require_POST
def cite_pattern(request: SignedIn, upload_id: int, pattern_id: int) -> HttpResponse:
    """Put a pattern into the register with its lines and the query that counts it again."""
    found, _ = _available(request.user, upload_id)
    require(request.user, Right.EVIDENCE_ATTACH)
    pattern = selectors.patterns(request.user, found).filter(pk=pattern_id).first()
    if pattern is None or not pattern.examples:
        raise Http404
    line = pattern.examples[0][0]
    excerpt = "\n".join(text for _, text in pattern.examples)
    said = (
        request.POST.get("claim", "").replace("\x00", "").strip()
        or f"{amount(pattern.count, 'record')} of this pattern"
    )
    query = request.POST.get("query", "").replace("\x00", "")[:300] or f"pattern={pattern.key}"
    page = reverse("evidence:explore", args=[found.pk])
    try:
        item = actions.cite(
            pattern.artifact_id, f"{line}:1", said[:300], by=request.user, excerpt=excerpt, query=query
        )  # fmt: skip
    except Forbidden:
        raise
    except Refused as refusal:
        messages.warning(request, " ".join(refusal.reasons))
        return redirect(page)
    return redirect(f"{page}?{urlencode({'pattern': pattern.pk, 'cited': item.key})}")


def supposing(person: Person, found: Upload) -> dict[str, Any]:
    """What the way from a pattern to a hypothesis needs."""
    return {"may_suppose": holds(person, Right.DIAGNOSIS_EDIT) and found.case.is_open, "loud": selectors.LOUD}


def _available(person: Person, upload_id: int) -> tuple[Upload, RedactionRun | None]:
    found = selectors.upload(person, upload_id)
    if found is None:
        raise Http404
    require(person, Right.EVIDENCE_VIEW)
    if found.state != UploadState.AVAILABLE:
        raise Http404
    return found, found.runs.order_by("number").last()


def _chosen(request: SignedIn, found: Upload) -> Pattern | None:
    asked = request.GET.get("pattern", "")
    if not asked.isascii() or not asked.isdigit() or len(asked) > 18:
        return None
    return selectors.patterns(request.user, found).filter(pk=int(asked)).first()


def read_asked(given: QueryDict) -> tuple[Asked, list[str]]:
    """The address as values, and a sentence for each part that cannot be meant."""
    problems: list[str] = []

    def moment(name: str, words: str) -> datetime | None:
        text = given.get(name, "").strip()
        if not text:
            return None
        try:
            at = datetime.fromisoformat(text)
        except ValueError:
            problems.append(f"“{text[:40]}” is no time for {words}. Write it such as 2026-03-01T10:00, in UTC.")
            return None
        return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)

    first, last = moment("from", "the beginning"), moment("to", "the end")
    if first and last and first >= last:
        problems.append("The window ends before it begins; the whole time is shown.")
        first = last = None
    sort = given.get("sort", "level")
    asked = Asked(
        text=given.get("q", "").strip()[:200],
        level=given.get("level", "")[:8],
        service=given.get("service", "")[:120],
        sort=sort if sort in explorer.SORTS else "level",
        group=given.get("group", "") if given.get("group") in GROUPS else "",
        named=given.get("named", "")[:240],
        first=first,
        last=last,
        compare=moment("compare", "the comparison"),
    )
    return asked, problems


def _reach(
    request: SignedIn, found: Upload, run: RedactionRun | None, asked: Asked, shown: surfaced.Grouped | None
) -> surfaced.Reach | None:
    if shown is None or asked.group not in NAMED:
        return None
    whole = surfaced.groups(selectors.patterns(request.user, found), run, asked.group, filtered=False)
    return surfaced.reach(shown, whole, asked.group)


def _query(given: QueryDict, *without: str) -> str:
    """The address's query without some of its parts, to put others behind it."""
    kept = given.copy()
    for name in (*without, "cited"):
        kept.pop(name, None)
    return kept.urlencode()
