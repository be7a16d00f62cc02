# ruff: noqa: E501 - programs are started, and what they are fed stands as one text
"""Programs in C and C++ of the seventh round: chosen before they were run, halved by lot."""

import os
import socket
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.logs_corpora.later_native import background, ended, lines_of, told
from benchmarks.logs_corpora.records import Placed, parsed, run

VENV = os.environ.get("SEVLINE_LOG_SEVENTH", "/tmp/corpora/seventh")
"""A virtual environment with xgboost, scikit-learn, pynetdicom, amqtt and numpy."""


def sampled(records: Iterator[Placed]) -> list[Placed]:
    found = list(records)
    return found[:: max(1, len(found) // 25_000)]


def said(port: int, texts: list[bytes]) -> None:
    """Sends datagrams to this machine."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as out:
        for text in texts:
            out.sendto(text, ("127.0.0.1", port))


TRACED = """#undef LTTNG_UST_TRACEPOINT_PROVIDER
#define LTTNG_UST_TRACEPOINT_PROVIDER shop
#undef LTTNG_UST_TRACEPOINT_INCLUDE
#define LTTNG_UST_TRACEPOINT_INCLUDE "./tp.h"
#if !defined(_TP_H) || defined(LTTNG_UST_TRACEPOINT_HEADER_MULTI_READ)
#define _TP_H
#include <lttng/tracepoint.h>
LTTNG_UST_TRACEPOINT_EVENT(shop, sale, LTTNG_UST_TP_ARGS(int, n, const char *, who), LTTNG_UST_TP_FIELDS(lttng_ust_field_integer(int, n, n) lttng_ust_field_string(who, who)))
LTTNG_UST_TRACEPOINT_EVENT(shop, stock, LTTNG_UST_TP_ARGS(double, f, int *, a), LTTNG_UST_TP_FIELDS(lttng_ust_field_float(double, f, f) lttng_ust_field_array(int, a, a, 3)))
#endif
#include <lttng/tracepoint-event.h>
"""


def _traced(work: Path) -> str:
    """A program with trace points."""
    (work / "tp.h").write_text(TRACED)
    (work / "a.c").write_text('#define LTTNG_UST_TRACEPOINT_CREATE_PROBES\n#define LTTNG_UST_TRACEPOINT_DEFINE\n#include "tp.h"\n#include <unistd.h>\n#include <stdlib.h>\nint main(int c, char **v) { int a[3] = {1, 2, 3}; for (int i = 0; i < atoi(v[1]); i++) { lttng_ust_tracepoint(shop, sale, i, v[0]); lttng_ust_tracepoint(shop, stock, i * .5, a); if (i % 50 == 0) usleep(20000); } return 0; }\n')  # fmt: skip
    run(["gcc", "-I.", "a.c", "-o", "traced", "-llttng-ust", "-ldl"], cwd=work, seconds=60)
    return str(work / "traced")


def _recorded(work: Path, name: str, events: str = "-a -u") -> list[str]:
    return [f"create {name} -o {work}/{name}", f"enable-event {events} -s {name}", f"start {name}"]


def lttng(work: Path) -> Iterator[Placed]:
    """LTTng's daemon and consumer (C) at their finest: sessions, channels, filters, snapshots, rotation, triggers, what is wrong, programs that die."""
    traced = _traced(work)
    env = {"LTTNG_HOME": str(work), "HOME": str(work)}
    server = background(["lttng-sessiond", "-vvv", "--verbose-consumer", "--no-kernel"], work / "log", env=env, cwd=work)  # fmt: skip
    relay = background(["lttng-relayd", "-vvv", "-C", "tcp://127.0.0.1:45342", "-D", "tcp://127.0.0.1:45343", "-L", "tcp://127.0.0.1:45344", "-o", f"{work}/relay"], work / "relaylog", env=env, cwd=work)  # fmt: skip
    time.sleep(3)

    def asked(text: str) -> None:
        run(["lttng", *text.split()], seconds=10, env=env, cwd=work)

    for number in range(4):
        one = f"s{number}"
        programs = [background([traced, str(300 + number * 90)], work / "o", env=env, cwd=work)]
        for text in (f"create {one} -o {work}/{one}" if number != 2 else f"create {one} --set-url net://127.0.0.1:45342:45343", f"create {one}", f"enable-channel -u c1 -s {one} --subbuf-size {4096 << number} --num-subbuf 4", f"enable-channel -u c2 --overwrite --buffers-pid -s {one}", f"enable-channel -u bad --subbuf-size 3 -s {one}", f"enable-event -u shop:sale -c c1 -s {one}", f"enable-event -u shop:* --loglevel INFO -c c1 -s {one}", f"enable-event -u -a -s {one}", f"enable-event -k -a -s {one}", f"enable-event -u shop:stock --filter f>{number} -c c1 -s {one}", f"enable-event -u shop:stock --filter junk((( -c c1 -s {one}", f"enable-event -u a --exclude b -s {one}", f"add-context -u -t vpid -t procname -c c1 -s {one}", f"add-context -u -t nosuch -s {one}", f"track -u --vpid {os.getpid()} -s {one}", f"untrack -u --vpid --all -s {one}", "list -u", "list", f"list {one}", f"start {one}", f"start {one}", f"enable-event -p x -s {one}", f"enable-event -j org.x -s {one}", f"enable-event -l x -s {one}"):  # fmt: skip
            asked(text)
        for count in (100, 500, 2):
            run([traced, str(count)], seconds=8, env=env, cwd=work)
        programs.append(background([traced, "9000"], work / "o", env=env, cwd=work))
        for text in (f"rotate {one}", f"enable-rotation --timer 300000 -s {one}", f"enable-rotation --size 1M -s {one}", f"disable-rotation --timer -s {one}", f"disable-event -u shop:sale -c c1 -s {one}", f"disable-event -u nosuch -s {one}", f"disable-channel -u c2 -s {one}", f"status -s {one}", f"regenerate metadata -s {one}", f"regenerate statedump -s {one}", f"clear {one}", f"save {one}", f"save -f {one}", "load nosuch", f"view -s {one}", f"snapshot record -s {one}"):  # fmt: skip
            asked(text)
        for process in programs[number % 2 :]:
            ended(process)
        for text in (f"stop {one}", f"rotate {one}", f"stop {one}", f"destroy {one}" if number % 2 else f"destroy --no-wait {one}", f"load {one}", "destroy nosuch", f"destroy {one}", f"create p{number} --snapshot", f"snapshot add-output -s p{number} --name o file://{work}/q", f"enable-event -u -a -s p{number}", f"start p{number}", f"snapshot record -s p{number}", f"snapshot list-output -s p{number}", f"snapshot del-output 1 -s p{number}", f"create l{number} --live 100000 --set-url net://127.0.0.1:45342:45343", f"enable-event -u -a -s l{number}", f"start l{number}", f"add-trigger --name t{number} --condition event-rule-matches --type=user --name=shop:* --action notify --action stop-session p{number}", "list-triggers", f"remove-trigger t{number}", f"remove-trigger t{number}", "version"):  # fmt: skip
            asked(text)
        run([traced, "200"], seconds=8, env=env, cwd=work)
        for text in (f"destroy p{number}", f"destroy l{number}"):
            asked(text)
        ended(*programs)
    told(45342, b"junk" * 40, b"\0" * 80)
    told(45344, b"\0" * 60)
    asked("destroy -a")
    ended(server, relay)
    form = r"(?P<level>\w+) - [\d:.]+ \[(?P<logger>[^\]]*?)(?:\]|\s*\[?\d+/\d+\]): ?(?P<message>.*) \(in (?P<place>\w+\(\) at [\w.-]+:\d+)\)$"
    yield from sampled(parsed(lines_of(work / "log", work / "relaylog"), form))


def babeltrace(work: Path) -> Iterator[Placed]:
    """Babeltrace (C) at its finest: traces read, cut, broken, filtered, counted, converted, merged, components that are wrong."""
    traced = _traced(work)
    env = {"LTTNG_HOME": str(work), "HOME": str(work)}
    server = background(["lttng-sessiond", "--no-kernel"], work / "none", env=env, cwd=work)
    time.sleep(3)
    for name, more in (("a", "-u -a"), ("b", "-u shop:sale")):
        for text in (f"create {name} -o {work}/{name}", f"enable-event {more} -s {name}", f"add-context -u -t vpid -t procname -s {name}", f"start {name}"):  # fmt: skip
            run(["lttng", *text.split()], seconds=10, env=env, cwd=work)
        run([traced, "40"], seconds=8, env=env, cwd=work)
        run(["lttng", "destroy", name], seconds=10, env=env, cwd=work)
    ended(server)
    run(["cp", "-r", "a", "cut"], cwd=work)
    for path in list((work / "cut").rglob("*")):
        if path.is_file() and path.name != "metadata" and path.stat().st_size > 5000:
            path.write_bytes(path.read_bytes()[:4500])
    run(["cp", "-r", "a", "bad"], cwd=work)
    for path in (work / "bad").rglob("metadata"):
        path.write_bytes(path.read_bytes()[:300] + b"junk {{{")
    (work / "old").mkdir()
    (work / "old/metadata").write_text(
        '/* CTF 1.8 */\ntypealias integer { size = 8; align = 8; signed = false; } := u8;\ntrace { major = 1; minor = 8; byte_order = le; packet.header := struct { u8 id; }; };\nclock { name = c; freq = 1000; };\nstream { id = 0; event.header := struct { u8 id; u8 t; }; };\nevent { id = 0; name = "x"; stream_id = 0; fields := struct { u8 a; string s; enum : u8 { A, B = 4 ... 9 } e; }; };\n'
    )
    (work / "old/s").write_bytes(
        b"".join(bytes([0, 0, n % 250, n % 7]) + b"text\0" + bytes([n % 11]) for n in range(40))
    )
    (work / "dmesg").write_text("".join(f"[{n:5d}.{n:06d}] usb {n}-1: new device\n" for n in range(40)) + "junk\n")
    records: list[str] = []
    for text in ("a", "a b", "cut", "bad", "old", "none", "list-plugins", "help source.ctf.fs", "help nosuch", f"query src.ctf.fs babeltrace.trace-infos --params=inputs=[\"{work}/a\"]", "query src.ctf.fs nosuch", "a --begin=10:00 --end=11:00", "a --begin=junk", "a --component=sink.utils.counter", "a --component=sink.utils.dummy", f"a --output-format=ctf --output={work}/out", "a -c filter.utils.trimmer --params=begin=\"1\"", "a --stream-intersection", "a b --fields=all --names=all --clock-seconds --no-delta", "run --component=A:source.ctf.fs --params=inputs=[\"x\"] --component=B:sink.text.pretty --connect=A:B", f"run --component=A:source.ctf.fs --params=inputs=[\"{work}/a\"] --component=M:filter.utils.muxer --component=B:sink.text.details --connect=A:M --connect=M:B", "run --component=A:source.nosuch.fs --connect=A:B", "run --component=A:source.text.dmesg --params=no-extract-timestamp=yes,path=\"dmesg\" --component=B:sink.text.pretty --connect=A:B", "-i lttng-live net://127.0.0.1:9/host/x/y", "a --plugin-path=/none", "a --retry-duration=3 --component=source.ctf.fs", "convert --run-args a", "a --clock-offset=3", "a --component=sink.text.pretty --params=color=nosuch"):  # fmt: skip
        found = run(["babeltrace2", "--log-level=TRACE", *text.split()], seconds=20, env=env, cwd=work).splitlines()
        records += found[:: max(1, len(found) // 3000)]
    form = r"\d\d-\d\d [\d:.]+\s+\d+\s+\d+ (?P<level>[A-Z]) (?P<logger>\S+) (?P<place>\S+@[\w.-]+:\d+) (?P<message>.*)"
    yield from sampled(parsed(records, form))


def osmocom(work: Path) -> Iterator[Placed]:
    """Osmocom's media gateway and subscriber register (C) at debug level: connections made, changed, deleted, media, subscribers, junk."""
    head = "log stderr\n logging filter all 1\n logging color 0\n logging print category 1\n logging print category-hex 0\n logging print level 1\n logging timestamp 0\n logging print file basename\n logging level all debug\n logging level set-all debug\n"
    (work / "mgw.cfg").write_text(
        head
        + "mgcp\n bind ip 127.0.0.1\n bind port 45427\n rtp bind-ip 127.0.0.1\n rtp port-range 46002 46400\n number endpoints 12\n loop 0\n allow-transcoding\n"
    )
    (work / "hlr.cfg").write_text(
        head
        + f"hlr\n database {work}/hlr.db\n gsup\n  bind ip 127.0.0.1\n ussd route prefix *#100# internal own-msisdn\n"
    )
    servers = [background(["osmo-mgw", "-s", "-c", "mgw.cfg"], work / "log", cwd=work), background(["osmo-hlr", "-c", "hlr.cfg", "-l", f"{work}/hlr.db"], work / "log2", cwd=work)]  # fmt: skip
    time.sleep(3)
    sdp = "\r\nv=0\r\no=- {n} 23 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio {p} RTP/AVP {k}\r\na=rtpmap:{k} {c}\r\na=ptime:20\r\n"
    codecs = (
        (112, "AMR/8000"),
        (110, "GSM-EFR/8000"),
        (3, "GSM/8000"),
        (8, "PCMA/8000"),
        (96, "junk/1"),
        (0, "PCMU/8000"),
    )
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        line.settimeout(0.3)

        def asked(text: str) -> str:
            line.sendto(text.encode(), ("127.0.0.1", 45427))
            try:
                return line.recv(4096).decode(errors="replace")
            except OSError:
                return ""

        for number in range(60):
            kind, codec = codecs[number % 6]
            body = sdp.format(n=number, p=46000 + number * 2, k=kind, c=codec)
            end = f"rtpbridge/{number % 14 + 1:x}@mgw" if number % 9 else "rtpbridge/*@mgw"
            mode = ("recvonly", "sendrecv", "sendonly", "loopback", "confecho", "nosuch")[number // 2 % 6]
            got = asked(
                f"CRCX {number + 1} {end} MGCP 1.0\r\nM: {mode}\r\nC: {number % 14 + 2:x}\r\nL: p:20, a:{codec.split('/')[0]}, nt:IN\r\n{body if number % 3 else ''}"
            )
            found = [part[3:].strip() for part in got.splitlines() if part.startswith("I: ")] or ["dead"]
            port = [int(part.split()[1]) for part in got.splitlines() if part.startswith("m=audio")] or [46002]
            name = ([part[3:].strip() for part in got.splitlines() if part.startswith("Z: ")] or [end])[0]
            asked(f"CRCX {number + 500} {name} MGCP 1.0\r\nM: sendrecv\r\nC: {number % 14 + 2:x}\r\n{body}")
            said(
                port[0],
                [
                    b"\x80"
                    + bytes([kind])
                    + n.to_bytes(2, "big")
                    + (n * 160).to_bytes(4, "big")
                    + b"abcd"
                    + b"\x55" * 33
                    for n in range(6)
                ]
                + [b"junk", b"\x80" + bytes([kind]) + b"\xff\xf0" + b"\0" * 45],
            )
            said(port[0] + 1, [b"\x80\xc8" + b"\0" * 26, b"j"])
            asked(
                f"MDCX {number + 100} {name} MGCP 1.0\r\nM: {mode}\r\nC: {number % 14 + 2:x}\r\nI: {found[0]}\r\n{body}"
            )
            asked(f"MDCX {number + 200} {name} MGCP 1.0\r\nC: {number:x}\r\nI: {found[0]}\r\n")
            for text in (f"AUEP {number + 900} {name} MGCP 1.0\r\n", f"RQNT {number + 300} {name} MGCP 1.0\r\nX: 3\r\nS: \r\n", f"NOSU {number} {name} MGCP 1.0\r\n", f"CRCX {number + 4000} nosuch@x MGCP 1.0\r\n", f"CRCX x {name} MGCP 9\r\n", "junk", f"RSIP {number + 700} *@mgw MGCP 1.0\r\n" if number % 20 == 19 else f"DLCX {number + 600} {name} MGCP 1.0\r\nC: {number % 14 + 2:x}\r\nI: {found[0]}\r\n", f"DLCX {number + 650} {name} MGCP 1.0\r\nC: {number % 14 + 2:x}\r\n", f"DLCX {number + 660} {name} MGCP 1.0\r\nI: ffff\r\n", f"CRCX {number + 1} {end} MGCP 1.0\r\nM: {mode}\r\nC: 2\r\nL: p:junk, a:\r\n\r\nv=0\r\nm=junk\r\n"):  # fmt: skip
                asked(text)
    for order in (b"enable\n", *(f"subscriber imsi 00101{n:010d} {more}\n".encode() for n in range(25) for more in ("create", f"update msisdn {n + 100}", "update aud2g comp128v1 ki " + "0a" * 16, "update aud3g milenage k " + "0b" * 16 + " opc " + "0c" * 16, "show", "update network-access-mode cs", "update imei 35" + f"{n:013d}", "update aud2g none", "delete" if n % 5 == 0 else "show")), b"show gsup-connections\nsubscriber msisdn 9 show\nsubscribers show all\n"):  # fmt: skip
        told(4258, b"enable\r\n" + order)

    def gsup(kind: int, *parts: tuple[int, bytes]) -> bytes:
        body = bytes([5, kind]) + b"".join(bytes([tag, len(value)]) + value for tag, value in parts)
        return (len(body) + 1).to_bytes(2, "big") + b"\xee" + body

    def imsi(number: int) -> bytes:
        digits = f"00101{number:010d}f"
        return bytes(int(digits[at + 1], 16) << 4 | int(digits[at]) for at in range(0, 16, 2))

    identity = b"\0\x1d\xfe\x05\0\x0d\1MSC-00-00-00\0\0\x0d\0MSC-00-00-00\0"
    for number in range(40):
        try:
            with socket.create_connection(("127.0.0.1", 4222), timeout=2) as line2:
                line2.settimeout(0.2)
                for packet in (identity, *(gsup(kind, (1, imsi(number)), (0x28, bytes([number % 2 + 1]))) for kind in (4, 8, 0xC, 0x1C, 0x10, 0x20, 0x30, 0x42, 0x99)), gsup(0x20, (1, imsi(number)), (0x30, b"\0\0\0\7"), (0x31, b"\1"), (0x35, b"\xa1\x13\2\1\1\2\1\x3b\x30\x0b\4\1\x0f\4\6\x2a\x1c\x0c\x06\x1b\x01")), gsup(4), b"\0\4\xeejunk", b"\0\x09\xfe\4", b"\0\2\xfe\0", b"\xff\xff"):  # fmt: skip
                    line2.sendall(packet)
                    try:
                        line2.recv(4096)
                    except OSError:
                        continue
        except OSError:
            continue
    time.sleep(1)
    ended(*servers)
    yield from sampled(parsed(lines_of(work / "log", work / "log2"), r"(?P<logger>D\w+) (?:(?P<level>[A-Z]+) )?(?P<place>[\w./-]+\.c:\d+) (?P<message>.*)"))  # fmt: skip


def freeciv(work: Path) -> Iterator[Placed]:
    """Freeciv's server (C), verbose: games of machines in several rule sets, saved and loaded, settings good and bad, strangers that send junk."""
    work.chmod(0o777)
    for number, rules in enumerate(("civ2civ3", "classic", "experimental", "nosuch", "multiplayer", "sandbox")):
        words = ["set aifill 5", "set timeout -1", f"set endturn {30 + number * 8}", "set nosuch 3", "set size 99", "set minp 0", "set xsize 9999", f"set generator {('random', 'fractal', 'island', 'fair', 'nosuch', 'fracture')[number]}", "create Bob", "create Bob", "hard", "novice Bob", "away Bob", "remove Nobody", "show", "explain timeout", "list players", "list nosuch", "help set", "write x.serv", "read x.serv", "read none", "rulesetdir nosuch", "fcdb nosuch", "lua cmd log.verbose('x')", "lua cmd junk(", "lua file none.lua", "delegate cancel", "cmdlevel hack Bob", "cmdlevel nosuch Bob", "mapimg define zoom=2", "mapimg define junk", "mapimg create all", "vote yes", "kick nobody", "ignore x", "metaconnection up", "playercolor Bob junk", "debug diplomacy Bob", "debug tech Bob", "debug city 3 4", "debug units 3 4", "debug timing", "debug nosuch", "timeoutincrease 1 2 3 4", "start"]  # fmt: skip
        script = "; ".join(f"echo '{word}'" for word in words).replace("'x'", "3")
        command = f"({script}; sleep 14; echo save s; sleep 2; echo endgame; sleep 2; echo 'load s.sav'; echo 'load nosuch'; echo quit; sleep 1) | HOME={work} timeout 40 /usr/games/freeciv-server -d v -p 45777 --ruleset {rules} -l {work}/log{number} -s {work}"
        game = background(["runuser", "-u", "nobody", "--", "sh", "-c", command], work / "out", cwd=work)
        time.sleep(6)
        told(
            45777,
            b"junk" * 20,
            b"\0\x04\4",
            b"\0\x9c\4bob\0+Freeciv-3.0-network 2\0\0" + b"\0" * 120,
            b"\xff\xff\xff",
            b"GET / HTTP/1.1\r\n\r\n",
            b"\0\3\0",
        )
        time.sleep(24)
        ended(game)
    yield from sampled(parsed(lines_of(*sorted(work.glob("log*"))), r"(?P<level>\d): in (?P<place>\w+\(\) \[[\w.-]+::\d+\]): (?P<message>.*)"))  # fmt: skip
