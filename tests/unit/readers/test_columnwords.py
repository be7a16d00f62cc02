"""Column names in other languages, decimal commas, and dates that write the day first."""

import pytest

from sevline.core.readers.columns import assign, number, snake
from sevline.core.readers.columnwords import ColumnWords, english
from sevline.core.readers.dayfirst import day_first_told
from sevline.core.readers.deliveries import DELIVERY_FIELDS
from sevline.core.readers.durations import factor_of, in_millis, millis
from sevline.core.readers.moments import any_moment, plain
from sevline.core.tables import TableError, parse


@pytest.mark.parametrize(
    ("column", "known"),
    [
        ("Geändert am", "updated_at"),
        ("geaendert_am", "updated_at"),
        ("Ereignis-ID", "event_id"),
        ("EreignisId", "event_id"),
        ("Kundennummer", "customer_id"),
        ("Antwortzeit (ms)", "response_time_ms"),
        ("mis à jour le", "updated_at"),
        ("Durée ms", "duration_ms"),
        ("code réponse", "response_code"),
        ("código de estado", "status_code"),
        ("fecha y hora", "timestamp"),
        ("intento", "attempt"),
    ],
)
def test_a_name_in_another_language_is_the_one_that_readers_know(column: str, known: str) -> None:
    assert english(snake(column)) == known


@pytest.mark.parametrize("column", ["client_ip", "status", "request_id", "total", "date_part"])
def test_an_english_name_stays_as_it_is(column: str) -> None:
    assert english(snake(column)) == column


def test_the_columns_of_a_german_delivery_log_are_taken() -> None:
    columns = ["Ereignis-ID", "Versuch", "Zeitpunkt", "Statuscode", "Dauer (ms)", "Ziel-URL", "Fehlermeldung"]
    sample = {"Zeitpunkt": ["24.11.2026 09:01:00"], "Statuscode": ["503"], "Versuch": ["1"], "Dauer (ms)": ["0,5"]}

    taken = assign(columns, sample, DELIVERY_FIELDS)

    assert taken.lacking == ()
    assert taken.taken["at"] == "Zeitpunkt"
    assert taken.taken["status"] == "Statuscode"
    assert taken.taken["error"] == "Fehlermeldung"


def test_an_entry_with_accents_or_capitals_is_refused() -> None:
    text = 'version = "1"\n[german]\n"Geändert" = "updated"\n[french]\n[spanish]\n'
    with pytest.raises(TableError, match="small letters without accents"):
        parse("column_words.toml", text, ColumnWords)


@pytest.mark.parametrize(
    ("text", "value"),
    [("0,42", 0.42), ("1.234,5", 1234.5), ("12,5 s", 12.5), ("0,412", 0.412), ("1,234", None), ("1234.5", 1234.5)],
)
def test_a_comma_is_a_decimal_one_only_where_it_can_be_no_other(text: str, value: float | None) -> None:
    assert number(text) == value


def test_a_duration_with_a_decimal_comma_is_in_seconds_where_its_column_says_so() -> None:
    assert millis("1,5", "Dauer (Sekunden)") == 1500


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("24.11.2026 09:01:02", "2026-11-24T09:01:02Z"),
        ("3.2.2026, 09:01", "2026-02-03T09:01:00Z"),
        ("24.11.2026", "2026-11-24T00:00:00Z"),
        ("24.11.2026 09:01:02,5 +0100", "2026-11-24T08:01:02Z"),
    ],
)
def test_a_date_with_points_has_the_day_first(text: str, said: str) -> None:
    moment = any_moment(text)
    assert moment is not None
    assert plain(moment) == said


@pytest.mark.parametrize("text", ["31.02.2026", "2.14.3.9", "24.13.2026 09:00", "1.2.3"])
def test_what_only_resembles_a_date_is_none(text: str) -> None:
    assert any_moment(text) is None


def test_one_value_shows_for_its_column_that_the_day_comes_first() -> None:
    rows = [("2:1", {"at": "03/11/2026 8:00:00", "n": "1/2"}), ("3:1", {"at": "24/11/2026 09:00:00", "n": "1/2"})]

    told = [values for _, values in day_first_told(rows)]

    assert told == [{"at": "2026-11-03 08:00:00", "n": "1/2"}, {"at": "2026-11-24 09:00:00", "n": "1/2"}]


def test_dates_that_may_be_read_both_ways_stay_as_they_are() -> None:
    rows = [("2:1", {"at": "03/11/2026 08:00:00"}), ("3:1", {"at": "11/24/2026 09:00:00"})]

    assert list(day_first_told(rows)) == rows


@pytest.mark.parametrize(
    ("values", "column", "told"),
    [
        (["12", "45.12", "38.7"], "duration", [None, None, None]),
        (["0.02", "1", "0.5"], "duration", [20, 1000, 500]),
        (["3.1", "0.2", "2400.5"], "elapsed", [3.1, 0.2, 2400.5]),
        (["12", "50"], "latency", [12, 50]),
        (["12.5", "50.5"], "request_seconds", [12_500, 50_500]),
        (["0.2s", "30 ms", "0.5", ""], "latency", [200, 30, 500, None]),
    ],
)
def test_durations_of_a_column_are_in_one_unit(values: list[str], column: str, told: list[float | None]) -> None:
    factor = factor_of(column, values)

    assert [in_millis(value, column, factor) for value in values] == told
