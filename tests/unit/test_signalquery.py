"""A query that shows a signal is known by its shape; what is of no known language is not called checked."""

import pytest

from sevline.core.lifecycle import Refused
from sevline.core.signalquery import LOGQL, PROMQL, SEVLINE, SQL, language_of


@pytest.mark.parametrize(
    ("query", "language"),
    [
        ("select count(*) from requests where request_id is null", SQL),
        ("WITH r AS (SELECT 1 AS a) SELECT a FROM r;", SQL),
        ('rate(http_requests_total{job="api",code=~"5.."}[5m]) > 0.1', PROMQL),
        ("sum by (pod) (rate(container_cpu_usage_seconds_total[1h] offset 1d))", PROMQL),
        ("histogram_quantile(0.95, sum(rate(latency_bucket[5m])) by (le))", PROMQL),
        ("up_total", PROMQL),
        ('{app="api"} |= "request_id" | json | request_id != ""', LOGQL),
        ("sum(count_over_time({app=`api`} |= `request_id` [1h]))", LOGQL),
        ("sevline logs app.log --since 2h", SEVLINE),
        ("opened the dashboard", ""),
        ("count(log) where request_id != null", ""),
        ("q", ""),
        ("see https://grafana.example.com/d/1", ""),
        ("The id is there now (checked by hand)", ""),
    ],
)
def test_the_language_is_told_by_the_shape(query: str, language: str) -> None:
    assert language_of(query) == language


@pytest.mark.parametrize(
    "query",
    [
        "select count(* from requests where",
        'rate(http_requests_total{job="api"}[5m]',
        "rate(http_requests_total)]",
        '{app="api"} |= "request_id',
        "sevline logs 'app.log",
    ],
)
def test_a_query_of_a_known_language_that_is_not_whole_is_refused_with_a_sentence(query: str) -> None:
    with pytest.raises(Refused, match="Paste it as it was run"):
        language_of(query)
