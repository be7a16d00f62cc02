import pytest
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


DOTNET = """\
2026-11-25 08:11:02.331 +00:00 [ERR] Unhandled exception while processing POST /connect/token
System.InvalidOperationException: Unable to obtain configuration.
 ---> System.Net.Http.HttpRequestException: The SSL connection could not be established.
 ---> System.Security.Authentication.AuthenticationException: The remote certificate is invalid: PartialChain
   at System.Net.Security.SslStream.SendAuthResetSignal(ProtocolToken message, ExceptionDispatchInfo exception)
   --- End of inner exception stack trace ---
   at Shop.Auth.TokenController.Exchange(TokenRequest request) in /src/Auth/TokenController.cs:line 88
"""
PHP = """\
[25-Nov-2026 08:00:00 UTC] PHP Fatal error:  Uncaught PDOException: [2002] refused in /srv/vendor/db/Link.php:12
Stack trace:
#0 /srv/src/Orders.php(31): Db\\Link->open()
#1 [internal function]: Shop\\Orders->load(7)
#2 {main}

Next Shop\\StoreDown: no orders in /srv/src/Orders.php:40
Stack trace:
#0 /srv/public/index.php(9): Shop\\Orders->load(7)
#1 {main}
  thrown in /srv/src/Orders.php on line 40
"""
LARAVEL = """\
production.ERROR: boom {"exception":"[object] (RuntimeException(code: 0): boom at /srv/app/A.php:12)
[stacktrace]
#0 /srv/vendor/laravel/Pipeline.php(31): App\\A->run()
#1 {main}
"}
"""
RUBY = """\
/srv/app/models/user.rb:12:in `name': undefined method `first' for nil:NilClass (NoMethodError)
\tfrom /usr/lib/ruby/gems/3.1.0/gems/rack-2.2/lib/rack.rb:4:in `call'
\tfrom /srv/app/show.rb:33:in `show'
"""
RAILS = """\
E, [2026-11-25T08:00:00.1 #41] ERROR -- : [0d1f5a2b] ActiveRecord::RecordNotFound (Couldn't find Order with 'id'=7):
E, [2026-11-25T08:00:00.1 #41] ERROR -- :
app/models/order.rb:5:in `find!'
app/controllers/orders_controller.rb:21:in `show'
"""
RUST = """\
thread 'tokio-runtime-worker' panicked at src/sync.rs:118:9:
called `Option::unwrap()` on a `None` value
stack backtrace:
   0: rust_begin_unwind
             at /rustc/abc/library/std/src/panicking.rs:645:5
   1: core::panicking::panic
             at /rustc/abc/library/core/src/panicking.rs:72:14
   2: shop::sync::apply
             at ./src/sync.rs:118:9
note: Some details are omitted, run with `RUST_BACKTRACE=full` for a verbose backtrace.
"""


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            DOTNET,
            (
                "System.Security.Authentication.AuthenticationException once, wrapped in "
                "System.InvalidOperationException, thrown in Shop.Auth.TokenController.Exchange(TokenRequest request)"
            ),
        ),
        (PHP, "PDOException once, wrapped in Shop\\StoreDown, thrown in Shop\\Orders->load (/srv/src/Orders.php:31)."),
        (LARAVEL, "RuntimeException once, thrown in App\\A->run (/srv/app/A.php:12)."),
        (RUBY, "NoMethodError once, thrown in name (/srv/app/models/user.rb:12)."),
        (RAILS, "ActiveRecord::RecordNotFound once, thrown in find! (app/models/order.rb:5)."),
        (RUST, "panic once, thrown in shop::sync::apply (./src/sync.rs:118)."),
    ],
)
def test_a_trace_tells_the_innermost_cause_and_the_applications_own_frame(text: str, title: str) -> None:
    (finding,) = found("OBS14", traces(text))

    assert finding.title.startswith(title)


def test_an_old_panic_tells_its_message_on_one_line_and_a_trace_of_another_language_may_follow() -> None:
    old = "thread 'main' panicked at 'index out of bounds', src/main.rs:4:5\n" + LARAVEL

    first, second = traces(old).traces

    assert (first.language, first.message, first.frames[0].place) == ("rust", "index out of bounds", "src/main.rs:4")
    assert (second.language, second.type) == ("php", "RuntimeException")


@pytest.mark.parametrize("line", ["Uncaught error in a form", "Traceback (most recent call last):", "Retry (3 of 5):"])
def test_what_only_looks_like_the_head_of_a_trace_gives_none(line: str) -> None:
    assert traces(f"{line}\nnothing else\n").traces == ()
