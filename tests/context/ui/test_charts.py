from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sevline.ui import charts
from sevline.ui.chart_scales import GLYPH, label_rows, nice_ticks, time_ticks

START = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HOSTILE = '<script>alert("x")</script>'


def parse(markup: str) -> ET.Element:
    whole = markup
    for bare in ("data-narrow", "data-plain", "data-phone"):
        whole = whole.replace(f" {bare}", f' {bare}=""')
    return ET.fromstring(f"<all>{whole}</all>")


def rate(**options: object) -> str:
    bars = [charts.RateBar(START + minute * MINUTE, good=400, bad=200 * (minute > 30)) for minute in range(60)]
    return charts.event_rate(bars, id="r", title=HOSTILE, interval=MINUTE, **options)  # type: ignore[arg-type]


def test_an_event_rate_draws_one_bar_per_share_and_says_the_totals() -> None:
    tree = parse(rate())
    plot = tree.find(".//svg[@class='plot']")

    assert plot is not None
    assert len(plot.findall("rect[@class='f-quiet']")) == 60
    assert len(plot.findall("rect[@class='f-bad']")) == 29
    assert "29,800 events, 5,800 failed, 24,000 good" in (plot.findtext("desc") or "")
    assert len(tree.findall(".//tbody/tr")) == 60


def test_a_marker_and_the_onset_stand_in_the_picture_and_in_its_description() -> None:
    marker = charts.Marker(START + 10 * MINUTE, "Deploy 2026.11.3", tone="accent")
    tree = parse(rate(markers=[marker], onset=(START + 28 * MINUTE, START + 33 * MINUTE)))

    texts = [text.text for text in tree.iter("text")]
    assert "Deploy 2026.11.3" in texts
    assert "Onset 09:58 to 10:03" in texts
    assert "Deploy 2026.11.3, 18 Nov 2026 09:40 UTC." in (tree.findtext(".//desc") or "")


def test_an_event_rate_is_drawn_again_for_a_phone_with_every_bar_and_label_in_it() -> None:
    marker = charts.Marker(START + 58 * MINUTE, "Deploy with a name that is longer than the screen of a phone is wide")
    tree = parse(rate(markers=[marker], onset=(START + 55 * MINUTE, START + 58 * MINUTE), brush="window"))

    phone = tree.find(".//svg[@data-phone]")

    assert phone is not None
    width = float(phone.attrib["viewBox"].split()[2])
    assert width <= 390
    assert len(phone.findall("rect[@class='f-bad']")) == 29
    assert all(float(bar.attrib["x"]) + float(bar.attrib["width"]) <= width for bar in phone.iter("rect"))
    starts = [one for one in phone.iter("text") if one.attrib["text-anchor"] == "start"]
    assert len(starts) == 2
    assert all(float(one.attrib["x"]) + GLYPH * len(one.text or "") <= width for one in starts)
    assert float(phone.attrib["data-x1"]) < width


def test_a_marker_outside_the_picture_is_left_out() -> None:
    late = charts.Marker(START + timedelta(days=2), "Much later")

    assert "Much later" not in rate(markers=[late])


@pytest.mark.parametrize(
    "markup",
    [
        rate(markers=[charts.Marker(START, HOSTILE)]),
        charts.sparkline([1, 2], label=HOSTILE),
        charts.histogram([charts.Bin(HOSTILE, 1, HOSTILE, "bad")], id="h", title=HOSTILE),
        charts.waterfall([charts.Span(HOSTILE, 0, 1, HOSTILE)], title=HOSTILE),
        charts.funnel([charts.Step(HOSTILE, 1)], title=HOSTILE),
        charts.trend([charts.Point(HOSTILE, 1.0)], id="t", title=HOSTILE),
    ],
    ids=["rate", "spark", "histogram", "waterfall", "funnel", "trend"],
)
def test_hostile_text_stays_text(markup: str) -> None:
    assert "<script" not in markup
    assert list(parse(markup).iter("script")) == []


def test_a_picture_names_no_colour_and_no_style() -> None:
    assert "style=" not in rate()
    assert "fill=" not in rate()


def test_a_span_that_never_ended_says_so_and_has_no_bar() -> None:
    tree = parse(charts.waterfall([charts.Span("a", 0, 10), charts.Span("b", 5, None)], title="Trace"))
    first, second = tree.findall(".//tbody/tr")

    assert first.find(".//rect") is not None
    assert second.find(".//rect") is None
    assert second.findtext("td") == "not ended"


def test_a_gap_in_a_trend_breaks_the_line() -> None:
    points = [charts.Point("1", 1.0), charts.Point("2", 2.0), charts.Point("3", None), charts.Point("4", 3.0)]
    tree = parse(charts.trend(points, id="t", title="Trend"))

    assert len(tree.findall(".//polyline")) == 2


def test_a_trend_without_values_is_a_sentence() -> None:
    assert "no period has a value yet" in charts.trend([charts.Point("1", None)], id="t", title="Trend")


def test_a_picture_without_data_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one interval"):
        charts.event_rate([], id="r", title="T", interval=MINUTE)


def test_an_unknown_tone_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown tone"):
        charts.sparkline([1], label="x", tone="pink")


@given(st.floats(min_value=1e-6, max_value=1e12))
def test_ticks_are_few_and_reach_the_highest_value(highest: float) -> None:
    ticks = nice_ticks(highest)

    assert ticks[0] == 0
    assert ticks[-1] >= highest * 0.999_999
    assert 2 <= len(ticks) <= 6


@given(st.integers(min_value=1, max_value=100_000), st.integers(min_value=0, max_value=59))
def test_time_ticks_are_whole_steps_inside_the_interval(minutes: int, second: int) -> None:
    first = START + timedelta(seconds=second)
    last = first + minutes * MINUTE
    ticks = time_ticks(first, last)

    assert len(ticks) <= 9
    assert all(first <= tick <= last and tick.second == 0 for tick in ticks)


@given(st.lists(st.tuples(st.floats(min_value=0, max_value=900), st.text("abc", min_size=1, max_size=30)), max_size=12))
def test_labels_in_one_row_never_touch(places: list[tuple[float, str]]) -> None:
    ordered = sorted(places)
    rows = label_rows(ordered)

    for row in set(rows):
        mine = [(x, x + GLYPH * len(text)) for (x, text), own in zip(ordered, rows, strict=True) if own == row]
        assert all(before[1] < after[0] for before, after in pairwise(mine))
