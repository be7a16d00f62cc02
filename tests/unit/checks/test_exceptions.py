from tests.evidence import SAMPLES, found

from sevline.core.finding import State
from sevline.core.readers.stacktrace import TraceSet, read_traces


def traces(text: str) -> TraceSet:
    return TraceSet("a1", tuple(read_traces(text.splitlines(), "a1")))


def test_one_finding_for_each_fingerprint_with_the_innermost_cause() -> None:
    findings = found("OBS14", traces((SAMPLES / "traces" / "checkout.log").read_text()))

    assert [finding.state for finding in findings] == [State.WARN, State.WARN]
    assert findings[0].title.startswith(
        "java.sql.SQLTimeoutException 2 times, wrapped in com.example.checkout.PaymentFailedException, "
        "thrown in com.example.checkout.Ledger.reserve (Ledger.java:88)."
    )
    assert [evidence.locator for evidence in findings[0].evidence] == ["5:1", "7:1", "14:1"]


def test_a_panic_ends_the_program_and_fails() -> None:
    panic = "panic: boom\n\ngoroutine 1 [running]:\nmain.Serve(0x1)\n\t/srv/app/main.go:12 +0x1d\n"

    (finding,) = found("OBS14", traces(panic))

    assert finding.state is State.FAIL
    assert "main.Serve" in finding.title


def test_a_log_without_exceptions_is_not_mentioned() -> None:
    assert found("OBS14", traces("2026-03-02 09:00:00 INFO started\n at the end of the day\n")) == []
