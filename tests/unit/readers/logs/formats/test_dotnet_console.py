"""The console logger of .NET, alone and in the header of a container runtime."""

import pytest

from sevline.core.readers.logs.reading import read_log

TEXT = b"""info: Shop.Web[0]
      Request 7 finished
fail: Microsoft.AspNetCore.Server.Kestrel[13]
      Connection id "0HM5": an unhandled exception was thrown.
      System.InvalidOperationException: empty
         at Shop.Cart.Total(Int32 id) in /src/Cart.cs:line 40
2026-03-01 10:00:00 warn: Shop.Web[2] slow
"""


@pytest.mark.parametrize("header", [b"", b"2026-03-01T10:00:00.5Z stdout F "], ids=["alone", "in a container"])
def test_a_header_and_the_lines_below_it_are_one_record(header: bytes) -> None:
    data = b"".join(header + line + b"\n" for line in TEXT.splitlines()[:6])

    info, fail = read_log([data]).records

    assert (info.level, info.service, info.message) == ("INFO", "Shop.Web", b"Request 7 finished")
    assert (fail.level, fail.service) == ("ERROR", "Microsoft.AspNetCore.Server.Kestrel")
    assert fail.message.startswith(b'Connection id "0HM5": an unhandled exception was thrown.\n')
    assert fail.message.endswith(b"/src/Cart.cs:line 40")


def test_a_time_before_the_level_and_a_message_on_its_line_are_read() -> None:
    reading = read_log([TEXT])
    *_, last = reading.records

    assert reading.detection.format == "dotnet_console"
    assert (last.level, last.service, last.message, last.at) == ("WARN", "Shop.Web", b"slow", 1772359200)


def test_lines_of_other_programs_are_not_taken_for_it() -> None:
    assert read_log([b"info: started\nfail: Shop.Web\n      six in\n"]).detection.format != "dotnet_console"
