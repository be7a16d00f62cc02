from datetime import UTC, datetime

from sevline.core.readers.logs import FORMATS

parse = FORMATS["klog"].reader(datetime(2026, 3, 2, tzinfo=UTC))


def test_the_place_in_the_source_is_the_logger() -> None:
    found = parse(b"E0301 10:00:00.123456    1234 controller.go:114] sync failed")

    assert found is not None
    assert found.stamp is not None
    assert not found.stamp.year_known
    assert (found.level, found.service, found.message) == ("ERROR", "controller.go:114", b"sync failed")


def test_glog_with_a_year_needs_no_reference() -> None:
    found = FORMATS["klog"].reader(None)(b"I20260301 10:00:00.500000 9 main.cc:7] up")

    assert found is not None
    assert found.stamp is not None
    assert found.stamp.at == datetime(2026, 3, 1, 10, 0, 0, 500_000, tzinfo=UTC).timestamp()
