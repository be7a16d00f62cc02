"""Invented facts for the style guide; nothing here is used by any other page."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django import forms
from django.utils.safestring import SafeString

from sevline.ui import charts

ROLES = (
    "canvas", "surface", "surface-sunken", "surface-raised", "surface-selected", "line-strong", "text", "text-muted",
    "text-faint", "accent", "accent-fill", "sev-1", "sev-2", "sev-3", "sev-4", "ok", "warn", "bad", "idle",
)  # fmt: skip

_START = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)
_MINUTE = timedelta(minutes=1)
_LATENCY = (
    ("0.1", 420, ""), ("0.2", 910, ""), ("0.3", 640, ""), ("0.5", 300, ""), ("0.8", 120, ""), ("1.2", 52, ""),
    ("2", 26, ""), ("5", 40, ""), ("10", 1240, "10 s: pool wait limit"), ("15", 6, ""), ("20", 380, "20 s: one retry"),
    ("25", 4, ""),
)  # fmt: skip


class SampleForm(forms.Form):
    """One field of each kind; the sample is bound, so that errors show."""

    summary = forms.CharField(label="What is happening", help_text="One sentence, as the customer would say it.")
    detail = forms.CharField(label="Details", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    team = forms.ChoiceField(
        label="Team", choices=[("", "Choose a team"), ("int", "Integrations"), ("bill", "Billing")]
    )
    until = forms.TimeField(label="Next update by", help_text="UTC, for example 14:30.", required=False)
    voice = forms.ChoiceField(
        label="Who reads this",
        required=False,
        choices=[("internal", "Only colleagues"), ("customer", "The customer")],
        widget=forms.RadioSelect,
    )
    confirmed = forms.BooleanField(label="The customer confirmed the impact", required=False)


def pictures(suffix: str) -> dict[str, SafeString]:
    """One of each picture; `suffix` keeps their ids apart when a page shows them twice."""
    onset = (_START + 35 * _MINUTE, _START + 46 * _MINUTE)
    return {
        "spark": charts.sparkline(
            [0] * 9 + [340, 310, 356, 331, 349, 344, 312, 350], label="0 to 356 a minute", tone="bad"
        ),
        "rate": charts.event_rate(
            [_bar(minute) for minute in range(120)],
            id=f"rate-{suffix}",
            title=f"Delivery attempts per minute, {suffix}",
            interval=_MINUTE,
            good="delivered",
            markers=[
                charts.Marker(_START + 11 * _MINUTE, "Flag batch-v2, 09:41"),
                charts.Marker(_START + 30 * _MINUTE, "Deploy dispatch 2026.11.3, 10:00", tone="accent"),
            ],
            onset=onset,
            brush=f"brush-{suffix}",
        ),
        "waterfall": charts.waterfall(
            [
                charts.Span("POST /webhooks/dispatch", 0, 10_420, "504", tone="accent"),
                charts.Span("auth.check", 4, 22, "ok", depth=1),
                charts.Span("pool.acquire", 26, 10_000, "error", depth=1, tone="bad"),
                charts.Span("http.post receiver", 10_026, None, "not reached", depth=2),
                charts.Span("record.attempt", 10_030, 180, "ok", depth=1),
                charts.Span("queue.retry", 10_230, 140, "ok", depth=1),
            ],
            title=f"Trace of one failed delivery, {suffix}",
        ),
        "histogram": charts.histogram(
            [
                charts.Bin(label, count, note, tone="bad" if note else "quiet")
                for label, count, note in _LATENCY
            ],
            id=f"latency-{suffix}",
            title="Latency of attempts after onset",
            unit=" s",
        ),
        "funnel": charts.funnel(
            [
                charts.Step("Escalated to Engineering", 212),
                charts.Step("Accepted as sent", 178),
                charts.Step("Defect found", 121),
                charts.Step("Verified with customer", 88),
            ],
            title=f"Escalations this quarter, {suffix}",
        ),
        "trend": charts.trend(
            [charts.Point(f"Q{index}", value, 40) for index, value in enumerate((74, 76, 79, 78, 83, 84, 85, 87.2), 1)],
            id=f"trend-{suffix}",
            title="Escalation acceptance",
            target=(85, 92),
            unit=" %",
        ),
    }  # fmt: skip


def _bar(minute: int) -> charts.RateBar:
    wobble = (minute * 37) % 61 - 30
    share = min(max((minute - 35) / 14, 0), 0.62)
    total = 430 + wobble + int(140 * share)
    return charts.RateBar(_START + minute * _MINUTE, good=round(total * (1 - share)), bad=round(total * share))
