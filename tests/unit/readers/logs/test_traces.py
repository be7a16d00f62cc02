"""Records with a trace are grouped by what was raised and by the program's own frame, without line numbers."""

import pytest

from sevline.core.readers.logs.reading import read_log
from sevline.core.readers.logs.traces import headline

JAVA = b"""checkout failed
java.lang.RuntimeException: wrapped
\tat org.springframework.web.Dispatcher.run(Dispatcher.java:10)
\tat org.example.Shop.checkout(Shop.java:21)
Caused by: java.sql.SQLException: pool is empty
\tat com.zaxxer.hikari.Pool.get(Pool.java:3)
\tat org.example.Stock.reserve(Stock.java:77)
\t... 12 more"""
PYTHON = b"""Traceback (most recent call last):
  File "/srv/app/views.py", line 3, in pay
    charge()
  File "/srv/app/billing.py", line 9, in charge
    post()
  File "/usr/lib/python3.11/site-packages/http/client.py", line 1, in post
    raise
ConnectionError: refused"""
NODE = b"""TypeError: x is not a function
    at Object.pay (/srv/app/pay.js:10:5)
    at node:internal/main:1:1"""
GO = b"""panic: runtime error: index out of range

goroutine 1 [running]:
runtime.gopanic(0x1)
\t/usr/local/go/src/runtime/panic.go:5 +0x1
main.(*Cart).Add(0xc0)
\t/src/shop/cart.go:42 +0x1d"""
DOTNET = b"""Unhandled exception
System.InvalidOperationException: empty
   at System.Linq.Enumerable.First(IEnumerable`1 source)
   at Shop.Cart.Total(Int32 id) in /src/Cart.cs:line 9"""
RUST = b"""thread 'main' panicked at src/main.rs:4:5:
boom
stack backtrace:
   0: rust_begin_unwind
             at /rustc/90b35a6/library/std/src/panicking.rs:597:5
   1: shop::cart::total
             at ./src/cart.rs:12:9"""
PHP = b"""PHP Fatal error:  Uncaught RuntimeException: empty in /srv/app/Cart.php:12
Stack trace:
#0 /srv/vendor/laravel/Kernel.php(7): Illuminate\\Kernel->handle()
#1 /srv/app/Cart.php(33): Shop\\Cart->total()
#2 {main}"""
RUBY = b"""app/cart.rb:12:in `total': empty (RuntimeError)
\tfrom /usr/lib/ruby/gems/3.2/gems/rack/lib/rack.rb:3:in `call'
\tfrom app/shop.rb:7:in `checkout'"""


@pytest.mark.parametrize(
    ("trace", "grouped_by"),
    [
        (JAVA, b"checkout failed java.lang.RuntimeException#org.example.Stock.reserve"),
        (PYTHON, b"ConnectionError#billing.py:charge"),
        (NODE, b"TypeError: x is not a function #Object.pay"),
        (GO, b"panic: runtime error: index out of range #main.(*Cart).Add"),
        (DOTNET, b"Unhandled exception System.InvalidOperationException#Shop.Cart.Total"),
        (RUST, b"thread 'main' panicked at src/main.rs:4:5: #shop::cart::total"),
        (PHP, b"PHP Fatal error:  Uncaught RuntimeException: empty in /srv/app/Cart.php:12 #Shop\\Cart->total"),
        (RUBY, b"app/cart.rb:12:in `total': empty (RuntimeError) RuntimeError#app/shop.rb"),
    ],
    ids=["java", "python", "node", "go", "dotnet", "rust", "php", "ruby"],
)
def test_a_trace_is_named_by_its_exception_and_own_frame(trace: bytes, grouped_by: bytes) -> None:
    assert headline(trace) == grouped_by


@pytest.mark.parametrize("trace", [JAVA, PYTHON, GO, DOTNET, RUST, PHP, RUBY])
def test_a_trace_is_one_record_with_the_line_before_it(trace: bytes) -> None:
    data = b"2026-03-01 10:00:00 ERROR start\n2026-03-01 10:00:00 ERROR " + trace + b"\n2026-03-01 10:00:01 INFO end\n"

    assert len(list(read_log([data]).records)) == 3


def test_the_same_fault_after_a_release_moved_its_lines_is_the_same() -> None:
    assert headline(JAVA) == headline(JAVA.replace(b":77)", b":81)").replace(b"12 more", b"14 more"))
