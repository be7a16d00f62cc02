"""Exceptions of Elixir, Erlang, Dart, Perl, Lua, Haskell, Swift, C++, Clojure, Kotlin and Scala in a log."""

import pytest

from sevline.core.readers.stacktrace import StackTrace, read_traces

ELIXIR = """\
08:15:02.463 [error] Task #PID<0.22.0> started from Shop.Sup terminating
** (KeyError) key :plan not found in: %{id: 7}
    (elixir 1.17.3) lib/map.ex:535: Map.fetch!/2
    (shop 2.1.0) lib/shop/cart.ex:41: Shop.Cart.total/1
    (elixir 1.17.3) lib/task/supervised.ex:101: Task.Supervised.invoke_mfa/2
Function: #Function<1.2 in Shop.Cart>
08:15:02.470 [info] Sent 500 in 30ms
"""
PHOENIX = """\
Request: GET /carts/7
** (exit) an exception was raised:
    ** (Ecto.NoResultsError) expected at least one result but got none in query
        (ecto 3.12.4) lib/ecto/repo/queryable.ex:163: Ecto.Repo.Queryable.one!/3
        (shop 2.1.0) lib/shop_web/cart_controller.ex:41: ShopWeb.CartController.show/2
"""
ERLANG = """\
=CRASH REPORT==== 25-Nov-2026::08:15:02.463 ===
    exception error: no match of right hand side value {error,closed}
      in function  shop_cart:total/1 (src/shop_cart.erl, line 41)
      in call from gen_server:try_handle_call/4 (gen_server.erl, line 721)
"""
REASON = """\
** Generic server shop_cart terminating
** Reason for termination ==
** {badarith,[{shop_cart,total,1,[{file,"src/shop_cart.erl"},{line,41}]},\
{gen_server,loop,7,[{file,"gen_server.erl"},{line,9}]}]}
"""
DART = """\
Unhandled exception:
FormatException: Invalid date format
#0      DateTime.parse (dart:core/date_time.dart:331:7)
#1      Cart.load (package:shop/cart.dart:41:12)
<asynchronous suspension>
#2      main (package:shop/main.dart:9:3)
"""
FLUTTER = """\
[ERROR:flutter/runtime/dart_vm_initializer.cc(41)] Unhandled Exception: StateError: No element
#0      List.first (dart:core-patch/growable_array.dart:344:5)
#1      Cart.first (package:shop/cart.dart:41:12)
"""
PERL = """\
Can't call method "total" on an undefined value at /srv/shop/Cart.pm line 41.
\tShop::Cart::total(undef) called at /srv/shop/run.pl line 12
\tmain::run() called at /srv/shop/run.pl line 30
"""
LUA = """\
lua: cart.lua:41: attempt to index a nil value (field 'plan')
stack traceback:
\tcart.lua:41: in function 'total'
\tmain.lua:9: in main chunk
\t[C]: in ?
"""
OPENRESTY = """\
2026/11/25 08:15:02 [error] 7#7: *3 lua entry thread aborted: runtime error: /srv/lua/cart.lua:41: \
attempt to compare number with nil
stack traceback:
coroutine 0:
\t/srv/lua/cart.lua:41: in function 'total'
\t/srv/lua/main.lua:9: in function <main.lua:1>
"""
HASKELL = """\
shop-exe: Prelude.head: empty list
CallStack (from HasCallStack):
  error, called at libraries/base/GHC/List.hs:1646:3 in base:GHC.List
  total, called at src/Cart.hs:41:12 in shop-0.1:Cart
"""
SWIFT = """\
Shop/Cart.swift:41: Fatal error: Unexpectedly found nil while unwrapping an Optional value
"""
SWIFT_OLD = """\
Fatal error: Index out of range: file Shop/Cart.swift, line 41
"""
CPP = """\
terminate called after throwing an instance of 'std::out_of_range'
  what():  vector::_M_range_check: __n (which is 7) >= this->size() (which is 7)
Program received signal SIGABRT, Aborted.
#0  __GI_raise (sig=6) at ../sysdeps/raise.c:50
#1  0x00007ffff7a in shop::Cart::total (this=0x0) at src/cart.cpp:41
"""
SANITIZER = """\
==7==ERROR: AddressSanitizer: heap-use-after-free on address 0x602000000010 at pc 0x4f
READ of size 8 at 0x602000000010 thread T0
    #0 0x4f7a3c in shop::Cart::total() /srv/shop/src/cart.cpp:41:12
    #1 0x4f7b1c in main /srv/shop/src/main.cpp:9:3
"""
CLOJURE = """\
Execution error (ArithmeticException) at shop.cart/total (cart.clj:41).
Divide by zero
"""
KOTLIN = """\
Exception in thread "main" java.lang.IllegalStateException: batch stopped
\tat no.skarv.Importer.run(Importer.kt:17)
Caused by: java.time.DateTimeException: Invalid date 'NOVEMBER 31'
\tat java.base/java.time.LocalDate.create(LocalDate.java:461)
\tat no.skarv.Dates.day(Cart.kt:41)
\t... 3 more
"""
SCALA = """\
scala.MatchError: Gold (of class java.lang.String)
\tat shop.Cart$.total(Cart.scala:41)
\tat scala.collection.immutable.List.map(List.scala:250)
"""
FORMS = {
    "KeyError": ELIXIR, "Ecto.NoResultsError": PHOENIX, "no": ERLANG, "badarith": REASON, "FormatException": DART,
    "StateError": FLUTTER, "die": PERL, "error": LUA, "error ": OPENRESTY, "error  ": HASKELL, "Fatal error": SWIFT,
    "Fatal error ": SWIFT_OLD, "std::out_of_range": CPP, "AddressSanitizer": SANITIZER, "ArithmeticException": CLOJURE,
    "java.lang.IllegalStateException": KOTLIN, "scala.MatchError": SCALA,
}  # fmt: skip


def traces(text: str) -> list[StackTrace]:
    return list(read_traces(text.splitlines(), "a1"))


@pytest.mark.parametrize("kind", FORMS)
def test_the_type_and_the_applications_own_frame_are_named(kind: str) -> None:
    found = traces(f"08:15:00.000 [info] before\n{FORMS[kind]}08:15:09.000 [info] after\n")
    (trace,) = [one for one in found if one.top_frame and ":41" in one.top_frame.place]

    assert trace.type == kind.strip()
    assert len({one.type for one in found}) <= 2


HEALTHY = (
    "Use of uninitialized value $x in addition (+) at /srv/shop/Cart.pm line 41.",
    "2026/11/25 08:15:02 [notice] 7#7: *3 [lua] cart.lua:41: total(): 7 items, client: 10.0.0.1",
    "08:15:02 [info] retried after ** (MatchError) was handled",
    "exception error: counters were reset",
    "INFO Unhandled exceptions so far: 0",
    "clang++ -c src/cart.cpp:41: note: candidate function",
    "[1/7] Compiling Shop Cart.swift:41: warning: variable was never used",
    "Execution errors at night: 0 (cart.clj)",
    "Program terminated with exit code 0",
    "==7==LeakSanitizer has found nothing",
    "worker: done\n  total, called at night by the scheduler",
)


@pytest.mark.parametrize("line", HEALTHY)
def test_lines_of_the_same_form_are_no_exceptions(line: str) -> None:
    assert traces(f"08:15:00.000 [info] before\n{line}\n08:15:09.000 [info] after\n") == []
