"""The pattern explorer of one upload: what stands out, a chart with changes, all patterns, and evidence from them."""

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
from sevline.evidence.views.asked import asked_in, page_problem, read_asked
from sevline.people.models import Person
from sevline.people.views.requests import SignedIn

SHOWN_CARDS = 6
SHOWN_GROUPS = 8
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
    if request.GET.get("pattern") and chosen is None:
        problems.append("The pattern that was asked for is not in this upload; all of them are shown.")
    whole = explorer.rate_figures(request.user, found, run)
    rate = explorer.own_rate(chosen, whole) if chosen else whole
    changes = explorer.nearby(request.user, whole)
    patterns = explorer.explored(request.user, found, asked)
    page, rows = explorer.page_of(patterns, asked, request.GET.get("page"), whole)
    groups = surfaced.groups(patterns, run, asked.group, filtered=asked.filtered)
    problems += filter(None, (page_problem(request.GET.get("page", ""), page.paginator.num_pages),))
    problems += explorer.not_compared(asked, whole)
    context: dict[str, Any] = {
        "upload": found,
        "case": found.case,
        "asked": asked,
        "problems": problems,
        "chosen": chosen,
        "in_window": explorer.within(asked.window, chosen.histogram) if chosen and asked.window else None,
        "followed": followable(chosen) if chosen else [],
        "counting": explorer.counting_query(chosen) if chosen else "",
        "picture": explorer.picture(rate, asked, changes),
        "page": page,
        "rows": rows,
        "groups": groups.rows[:SHOWN_GROUPS] if groups else (),
        "folded_groups": groups.rows[SHOWN_GROUPS:] if groups else (),
        "more_groups": groups.more if groups else 0,
        "levels": LEVELS,
        "services": explorer.services_of(request.user, found, run),
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
        return redirect(f"{reverse('evidence:explore', args=[found.pk])}?{_query(request.GET, 'all', 'kind')}")
    asked, _ = read_asked(request.GET)
    changes = explorer.nearby(request.user, explorer.rate_figures(request.user, found, run))
    told = surfaced.surfaced(selectors.patterns(request.user, found), run, asked, changes)
    kind = request.GET.get("kind", "")
    kinds = surfaced.kinds_of(told)
    shown = [card for card in told.cards if kind in {"", card.kind.value}]
    context = {
        "upload": found,
        "told": told,
        "cards": shown if kind or "all" in request.GET else shown[:SHOWN_CARDS],
        "kinds": kinds if kind or len(shown) > SHOWN_CARDS else (),
        "kind": kind,
        "silences": () if kind else told.silences,
        "not_kept": told.left.get(kind, 0),
        "asked": asked,
        "query": _query(request.GET, "all", "kind"),
        "whole_query": _query(request.GET, "all", "kind", "page", "from", "to", "pattern"),
        "may_cite": holds(request.user, Right.EVIDENCE_ATTACH),
        **supposing(request.user, found),
    }
    return render(request, "evidence/cards.html", context)


@require_POST
def cite_silence(request: SignedIn, upload_id: int) -> HttpResponse:
    """Put a stretch without records into the register, as it is found again in what was read: `begin` names it."""
    found, run = _available(request.user, upload_id)
    require(request.user, Right.EVIDENCE_ATTACH)
    rows = selectors.patterns(request.user, found)
    page, here = reverse("evidence:explore", args=[found.pk]), asked_in(request.POST.get("back", ""))
    silence = surfaced.silence_at(rows, run, request.POST.get("begin", ""))
    if silence is None:
        messages.warning(request, "No stretch without records begins there. Look at what stands out again.")
        return redirect(f"{page}?{urlencode(here)}")
    excerpt = f"{silence.sentence}\n{silence.test}; n = {silence.n:,}.\n{silence.note}"
    return _cited(request, page, (surfaced.file_of(rows, silence), "", silence.sentence), excerpt, silence.query)


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
    return _cited(request, page, (pattern.artifact_id, f"{line}:1", said), excerpt, query, pattern=pattern.pk)


def _cited(
    request: SignedIn, page: str, told: tuple[int, str, str], excerpt: str, query: str, *, pattern: int | None = None
) -> HttpResponse:
    """The page again with what was put into the register: `told` is the artefact, the place in it, and the claim."""
    artifact, locator, claim = told
    here = asked_in(request.POST.get("back", ""))
    shown = [] if pattern is None else [("pattern", pattern)]
    try:
        item = actions.cite(artifact, locator, claim[:300], by=request.user, excerpt=excerpt, query=query, once=True)
    except Forbidden:
        raise
    except Refused as refusal:
        messages.warning(request, " ".join(refusal.reasons))
        return redirect(f"{page}?{urlencode([*here, *shown])}")
    return redirect(f"{page}?{urlencode([*here, *shown, ('cited', item.key)])}")


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
