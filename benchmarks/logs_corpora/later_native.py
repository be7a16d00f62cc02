# ruff: noqa: E501 - programs are started, and what they are fed stands as one text
"""Programs in C and C++ run when the method stood; their records carry their place in the source."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from benchmarks.logs_corpora.records import Placed, parsed, run


def background(
    command: list[str], log: Path, cwd: Path | None = None, env: Mapping[str, str] | None = None
) -> "subprocess.Popen[bytes]":
    with log.open("ab") as out:
        return subprocess.Popen(
            ["nice", *command], stdin=subprocess.DEVNULL, stdout=out, stderr=out, cwd=cwd,
            env={**os.environ, **(env or {})}, start_new_session=True,
        )  # fmt: skip


def ended(*processes: "subprocess.Popen[bytes]") -> None:
    for process in processes:
        for signal in (15, 9):
            try:
                os.killpg(process.pid, signal)
                process.wait(8)
                break
            except (ProcessLookupError, subprocess.TimeoutExpired):
                continue


def lines_of(*paths: Path) -> Iterator[str]:
    for path in paths:
        if path.exists():
            yield from path.read_text(errors="replace").splitlines()


def told(port: int, *texts: bytes) -> None:
    """Sends each text over a connection of its own, whatever becomes of it."""
    for text in texts:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=2) as line:
                line.sendall(text)
                line.settimeout(0.3)
                line.recv(4096)
        except OSError:
            continue


def served(folder: Path, port: int) -> "subprocess.Popen[bytes]":
    """A plain web server over files of several sizes."""
    folder.mkdir(exist_ok=True)
    for number in range(12):
        (folder / f"f{number}.bin").write_bytes(bytes([number]) * (number * 40_000 + 7))
    return background(["python3", "-m", "http.server", str(port), "--bind", "127.0.0.1"], folder / "out", cwd=folder)


def lighttpd(work: Path) -> Iterator[Placed]:
    """lighttpd with all its debugging on: files, redirects, rewrites, a dead and a living proxy, FastCGI, wrong requests."""
    root = work / "www"
    backend = served(root, 43081)
    (root / "a.cgi").write_text("#!/bin/sh\necho 'Content-Type: text/plain'\necho\necho hello\n")
    (root / "a.cgi").chmod(0o755)
    names = (
        "request-handling", "request-header", "response-header", "file-not-found", "condition-handling",
        "condition-cache-handling", "state-engine", "request-header-on-error", "timeouts",
    )  # fmt: skip
    debug = "\n".join(f'debug.log-{name} = "enable"' for name in names)
    (work / "l.conf").write_text(
        f'server.document-root = "{root}"\nserver.port = 43080\nserver.bind = "127.0.0.1"\nserver.errorlog = "{work}/error.log"\n'
        f'server.modules = ("mod_rewrite","mod_redirect","mod_access","mod_auth","mod_authn_file","mod_proxy","mod_fastcgi","mod_cgi","mod_dirlisting","mod_staticfile","mod_expire","mod_status","mod_setenv","mod_alias")\n{debug}\n'
        'proxy.debug = 1\nfastcgi.debug = 1\nurl.rewrite-once = ("^/r/(.*)" => "/$1")\nurl.redirect = ("^/old/(.*)" => "/new/$1")\nurl.access-deny = (".inc")\n'
        'cgi.assign = (".cgi" => "")\ndir-listing.activate = "enable"\nserver.max-keep-alive-requests = 3\n'
        '$HTTP["url"] =~ "^/p/" { proxy.server = ("" => (("host" => "127.0.0.1", "port" => 43081), ("host" => "127.0.0.1", "port" => 9))) }\n'
        '$HTTP["url"] =~ "^/dead/" { proxy.server = ("" => (("host" => "127.0.0.1", "port" => 9))) }\n'
        '$HTTP["url"] =~ "^/f/" { fastcgi.server = ("/" => (("socket" => "'
        + str(work)
        + '/none.sock", "check-local" => "disable"))) }\n'
        '$HTTP["host"] == "b.example" { server.document-root = "/none" }\n'
    )
    server = background(["lighttpd", "-D", "-f", str(work / "l.conf")], work / "out")
    time.sleep(2)
    paths = (
        "f1.bin", "none", "r/f2.bin", "old/x", "a.cgi", "p/f3.bin", "dead/x", "f/x", "x.inc", "", "server-status", "../etc/passwd",
        "%00", "f11.bin?x=1", "p/none",
    )  # fmt: skip
    for number in range(5):
        for path in paths:
            for more in (
                [],
                ["-I"],
                ["-H", "Host: b.example"],
                ["-r", "0-99"],
                ["-X", "PUT", "-d", "x"],
                ["--compressed"],
            )[: number + 2]:
                run(["curl", "-s", "-m", "5", "--path-as-is", *more, f"http://127.0.0.1:43080/{path}"], seconds=8)
    told(
        43080,
        b"GET\r\n\r\n",
        b"\x00\xff\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"POST /a.cgi HTTP/1.1\r\nHost: a\r\nContent-Length: 90\r\n\r\nx",
    )
    ended(server, backend)
    form = r"[\d-]+ [\d:]+: (?:\((?P<level>\w+)\) )?\(?(?P<place>[\w./-]+\.[ch][.:]\d+)\)?:? ?(?P<message>.*)"
    yield from parsed(lines_of(work / "error.log", work / "out"), form)


def aria2(work: Path) -> Iterator[Placed]:
    """aria2 at debug level: downloads that work, are cut, are missing, are many, and are torrents."""
    root = work / "www"
    server = served(root, 43082)
    base = "http://127.0.0.1:43082/"
    run(
        [
            "transmission-create",
            "-o",
            str(work / "t.torrent"),
            "-t",
            "http://127.0.0.1:9/announce",
            "-w",
            base,
            str(root / "f9.bin"),
        ]
    )
    calls = [
        [base + "f1.bin"], [base + "f11.bin", "-x4", "-s4", "-k1M"], [base + "none"], ["http://127.0.0.1:9/x"], ["ftp://127.0.0.1:9/x"],
        ["http://nosuch.invalid/x"], [base + "f2.bin", base + "f3.bin", "-Z"], [base + "f4.bin", "--checksum=sha-1=" + "0" * 40],
        ["magnet:?xt=urn:btih:" + "ab" * 20], [str(work / "t.torrent")], [str(work / "t.torrent"), "--seed-time=0.05"],
        [base + "f5.bin", "--all-proxy=http://127.0.0.1:9"], [base + "f6.bin", "-c"], [base + "f6.bin", "-c"], ["nonsense"],
        [base + "f7.bin", "--file-allocation=prealloc"], [base + "f8.bin", "--max-download-limit=20K"], [base, "--dry-run"],
        ["https://127.0.0.1:43082/x"], [base + "f[1-5].bin", "-P"], [base + "f9.bin", "--lowest-speed-limit=900M"],
    ]  # fmt: skip
    log = work / "aria.log"
    for number, call in enumerate(calls):
        run(
            ["aria2c", f"--log={log}", "--log-level=debug", "-d", str(work / f"d{number // 8}"), "--enable-dht=true", "--max-tries=2", "--retry-wait=1",
             "--bt-stop-timeout=4", "--timeout=3", "--connect-timeout=3", "--console-log-level=error", f"--dht-file-path={work}/dht", *call],
            seconds=14,
        )  # fmt: skip
    rpc = background(
        ["aria2c", "--enable-rpc", "--rpc-listen-port=43083", f"--log={log}", "--log-level=debug", "-d", str(work)],
        work / "out",
    )
    time.sleep(2)
    for method, more in (
        ("getVersion", ""),
        ("addUri", f'[["{base}f1.bin"]]'),
        ("tellActive", ""),
        ("pause", '["1"]'),
        ("nosuch", ""),
        ("getGlobalStat", ""),
        ("shutdown", ""),
    ):
        body = f'{{"jsonrpc":"2.0","id":"q","method":"aria2.{method}"{more and f",{chr(34)}params{chr(34)}:{more}"}}}'
        run(["curl", "-s", "-m", "5", "-d", body, "http://127.0.0.1:43083/jsonrpc"], seconds=8)
    ended(rpc, server)
    yield from parsed(lines_of(log), r"[\d-]+ [\d:.]+ \[(?P<level>\w+)\] \[(?P<place>[\w.]+:\d+)\] (?P<message>.*)")


def transmission(work: Path) -> Iterator[Placed]:
    """Two transmission daemons with each other, torrents added, verified, moved and broken."""
    root = work / "www"
    server = served(root, 43084)
    daemons, logs = [], []
    for number in (0, 1):
        home = work / f"h{number}"
        home.mkdir()
        logs.append(work / f"log{number}")
        daemons.append(background(
            ["transmission-daemon", "-f", "-g", str(home), "-w", str(work / f"down{number}"), "-p", str(43190 + number), "-P", str(43290 + number),
             "--log-debug", "-o", "-T", "--utp"], logs[-1],
        ))  # fmt: skip
    time.sleep(3)
    for number in range(4):
        source = work / f"down0/s{number}"
        source.parent.mkdir(exist_ok=True)
        source.write_bytes(os.urandom(200_000 * (number + 1)))
        run(
            [
                "transmission-create",
                "-o",
                str(work / f"t{number}.torrent"),
                "-t",
                f"http://127.0.0.1:{(9, 43084)[number % 2]}/announce",
                str(source),
            ]
        )
    for step in (
        "-a {w}/t{n}.torrent", "-t all -v", "-t all -s", "-l", "-t 1 -i", "-t 1 -ip", "-a magnet:?xt=urn:btih:" + "cd" * 20, "-t 1 --find /tmp", "-a {w}/none",
        "-t 2 --move {w}/moved", "-t all --reannounce", "-d 100", "-u 50", "-st", "-pt", "-t 1 -S", "-t 1 -s", "-t 3 -r", "--blocklist-update", "-er", "-si",
    ):  # fmt: skip
        for daemon in (0, 1):
            for number in range(4 if "{n}" in step else 1):
                words = step.format(w=work, n=number).split()
                run(["transmission-remote", f"127.0.0.1:{43190 + daemon}", *words], seconds=8)
    time.sleep(8)
    ended(*daemons, server)
    yield from parsed(lines_of(*logs), r"\[[^\]]*\] (?P<message>.*) \((?P<place>[\w./-]+\.(?:c|cc|h):\d+)\)$")


def trafficserver(work: Path) -> Iterator[Placed]:
    """Apache Traffic Server with every debug tag on, before a plain web server and a dead one."""
    root = work / "www"
    server = served(root, 43085)
    run(["traffic_layout", "init", "-p", str(work / "ts"), "-f"], seconds=60)
    etc = next(iter(sorted((work / "ts").rglob("records.config"))), work / "none").parent
    run(["chmod", "-R", "a+rwX", str(work)])
    work.chmod(0o777)
    (etc / "remap.config").write_text(
        "map /dead/ http://127.0.0.1:9/\nredirect /old/ http://127.0.0.1:43086/new/\nmap / http://127.0.0.1:43085/\n"
    )
    (etc / "storage.config").write_text(f"{work}/ts 64M\n")
    with (etc / "records.config").open("a") as out:
        out.write(
            "\nCONFIG proxy.config.http.server_ports STRING 43086\nCONFIG proxy.config.diags.debug.enabled INT 1\nCONFIG proxy.config.diags.debug.tags STRING .*\nCONFIG proxy.config.http.cache.required_headers INT 0\n"
        )
    proxy = background(
        ["timeout", "45", "traffic_server", "-T", ".*"], work / "out", env={"TS_RUNROOT": str(work / "ts")}
    )
    time.sleep(8)
    for number in range(5):
        for path in ("f1.bin", "f2.bin", "none", "dead/x", "old/y", "f11.bin", "%2e%2e/x", f"f3.bin?{number}"):
            for more in ([], ["-I"], ["-r", "5-50"], ["-H", "Cache-Control: no-cache"], ["-X", "PURGE"])[: number + 1]:
                run(["curl", "-s", "-m", "5", *more, f"http://127.0.0.1:43086/{path}"], seconds=8)
    told(
        43086,
        b"GET\r\n\r\n",
        b"\x16\x03\x01\x02\x00",
        b"CONNECT 127.0.0.1:9 HTTP/1.1\r\nHost: a\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
    )
    ended(proxy, server)
    paths = [work / "out", *sorted((work / "ts").rglob("*.log")), *sorted((work / "ts").rglob("traffic.out"))]
    form = r".*?(?P<level>[A-Z]+): <(?P<place>[\w./-]+:\d+) \(\w*[^)]*\)> (?P<message>.*)"
    yield from list(parsed(lines_of(*paths), form))[::3]


def lxc(work: Path) -> Iterator[Placed]:
    """LXC at trace level: containers made, started, asked, frozen, copied and destroyed, most of which this machine refuses."""
    log = work / "lxc.log"
    base = ["-P", str(work / "c"), "-l", "TRACE", "-o", str(log)]
    (work / "c").mkdir()
    for name, extra in (
        ("one", ""),
        ("two", "lxc.net.0.type = veth\nlxc.net.0.link = nobr\n"),
        ("three", "lxc.idmap = u 0 100000 65536\nlxc.idmap = g 0 100000 65536\nlxc.cgroup2.memory.max = 50M\n"),
        (
            "four",
            "lxc.mount.auto = proc sys cgroup\nlxc.cap.drop = sys_time mac_admin\nlxc.hook.start = /bin/false\nlxc.rootfs.path = /none\n",
        ),
    ):
        root = work / "c" / name / "rootfs"
        (root / "bin").mkdir(parents=True)
        for folder in ("proc", "sys", "dev", "tmp", "etc", "lib", "lib64", "usr"):
            (root / folder).mkdir()
        path = "" if "rootfs.path" in extra else f"lxc.rootfs.path = dir:{root}\n"
        (work / "c" / name / "config").write_text(
            f"lxc.include = /usr/share/lxc/config/common.conf\n{path}lxc.uts.name = {name}\nlxc.apparmor.profile = unconfined\nlxc.init.cmd = /bin/sleep 20\n"
            f"lxc.mount.entry = /lib lib none ro,bind 0 0\nlxc.mount.entry = /lib64 lib64 none ro,bind 0 0\nlxc.mount.entry = /bin bin none ro,bind 0 0\n{extra}"
        )
        for step in (
            ["start", "-d"], ["info"], ["attach", "--", "/bin/true"], ["freeze"], ["unfreeze"], ["cgroup", "cpuset.cpus"], ["device", "add", "/dev/null"],
            ["wait", "-s", "RUNNING", "-t", "1"], ["checkpoint", "-D", str(work / "ck")], ["stop", "-t", "2"], ["start", "-F"], ["execute", "--", "/bin/true"],
            ["snapshot"], ["stop", "-k"], ["console"], ["destroy"],
        ):  # fmt: skip
            run([f"lxc-{step[0]}", "-n", name, *base, *step[1:]], seconds=8)
    for command in (
        ["lxc-ls", "-f", "-P", str(work / "c")],
        ["lxc-create", "-n", "new", "-t", "none", *base],
        ["lxc-copy", "-n", "new", "-N", "newer", *base],
        ["lxc-unshare", "-s", "UTSNAME", "true"],
        ["lxc-start", "-n", "nosuch", *base],
        ["lxc-create", "-n", "b", "-t", "busybox", *base],
        ["lxc-create", "-n", "z", "-B", "zfs", "-t", "none", *base],
        ["lxc-create", "-n", "bt", "-B", "btrfs", "-t", "none", *base],
        ["lxc-create", "-n", "o", "-B", "overlay", "-t", "none", *base],
        ["lxc-top", "--help"],
    ):
        run(command, seconds=10)
    form = r"lxc\S* .*?\d{14,}\.\d+ (?P<level>\w+) +(?P<logger>\w+) - (?P<place>[\w./-]+:\w+:\d+) - (?P<message>.*)"
    yield from parsed(lines_of(log), form)


_SIP = """{method} sip:{user}@127.0.0.1:43060 SIP/2.0\r
Via: SIP/2.0/UDP 127.0.0.1:{port};branch=z9hG4bK{branch}\r
Max-Forwards: {hops}\r
From: <sip:a{n}@example.test>;tag=t{n}\r
To: <sip:{user}@example.test>{tag}\r
Call-ID: c{n}@127.0.0.1\r
CSeq: {n} {method}\r
Contact: <sip:a{n}@127.0.0.1:{port}>;expires=60\r
{more}Content-Length: 0\r
\r
"""


def kamailio(work: Path) -> Iterator[Placed]:
    """Kamailio at its most talkative: registrations, calls, messages, presence and what is no SIP."""
    (work / "k.cfg").write_text(
        '#!KAMAILIO\ndebug=3\nlog_stderror=yes\nfork=yes\nchildren=2\nlisten=udp:127.0.0.1:43060\nlisten=tcp:127.0.0.1:43060\nmpath="/usr/lib/x86_64-linux-gnu/kamailio/modules/"\n'
        + "".join(
            f'loadmodule "{name}.so"\n'
            for name in (
                "kex",
                "tm",
                "tmx",
                "sl",
                "rr",
                "pv",
                "maxfwd",
                "usrloc",
                "registrar",
                "textops",
                "textopsx",
                "siputils",
                "xlog",
                "sanity",
                "nathelper",
                "dispatcher",
                "htable",
                "pike",
                "cfgutils",
            )
        )
        + 'modparam("htable","htable","a=>size=4;autoexpire=3;")\nmodparam("usrloc","timer_interval",2)\n'
        'request_route {\n if(!pike_check_req()){exit;}\n if(!mf_process_maxfwd_header("10")){sl_send_reply("483","Too Many Hops");exit;}\n if(!sanity_check("17895","7")){exit;}\n force_rport();\n $sht(a=>$si)=$fU;\n'
        ' if(has_totag()){ if(loose_route()){t_relay();exit;} sl_send_reply("404","Not here");exit;}\n if(is_method("CANCEL")){ if(t_check_trans())t_relay();exit;}\n record_route();\n if(is_method("REGISTER")){ if(!save("location"))sl_reply_error();exit;}\n'
        ' if(is_method("OPTIONS")){sl_send_reply("200","Fine");exit;}\n if(is_method("MESSAGE")){ if(!t_newtran()){sl_reply_error();exit;} t_reply("202","Accepted");exit;}\n if(!lookup("location")){sl_send_reply("404","Not Found");exit;}\n if(!t_relay()){sl_reply_error();}\n}\n'
    )
    server = background(
        ["kamailio", "-f", str(work / "k.cfg"), "-DD", "-E", "-Y", str(work), "-P", str(work / "pid")], work / "log"
    )
    time.sleep(4)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        line.bind(("127.0.0.1", 0))
        for n in range(90):
            method = ("REGISTER", "INVITE", "OPTIONS", "MESSAGE", "BYE", "CANCEL", "SUBSCRIBE", "ACK", "NONSENSE")[
                n % 9
            ]
            user, tag = f"a{n // 9}", ";tag=x" if n % 9 in (4, 7) else ""
            more = ("", "Require: nothing\r\n", "Expires: 0\r\n", "Route: <sip:127.0.0.1:9;lr>\r\n", "Contact: *\r\n")[
                n % 5
            ]
            text = _SIP.format(
                method=method,
                user=user,
                port=line.getsockname()[1],
                branch=f"b{n}",
                hops=0 if n % 17 == 3 else 20,
                n=n,
                tag=tag,
                more=more,
            )
            line.sendto(text.encode(), ("127.0.0.1", 43060))
            time.sleep(0.05)
        for junk in (
            b"",
            b"\r\n\r\n",
            b"GET / HTTP/1.1\r\n\r\n",
            b"INVITE sip:x SIP/2.0\r\n\r\n",
            os.urandom(80),
            b"SIP/2.0 200 OK\r\nVia: x\r\n\r\n",
        ):
            line.sendto(junk, ("127.0.0.1", 43060))
    told(
        43060,
        b"OPTIONS sip:a@b SIP/2.0\r\n\r\n",
        b"\x00" * 40,
        _SIP.format(method="OPTIONS", user="a", port=9, branch="q", hops=9, n=7, tag="", more="").encode(),
    )
    time.sleep(6)
    ended(server)
    form = r"\s*\d+\(\d+\) (?P<level>\w+): (?:\{[^}]*\} )?(?P<logger>[\w<>-]+) \[(?P<place>[\w./-]+:\d+)\](?:: \w+\(\))?: (?P<message>.*)"
    yield from parsed(lines_of(work / "log"), form)


def kea(work: Path) -> Iterator[Placed]:
    """Kea's DHCP servers at debug level: leases given, renewed, declined, refused, and packets that are none. The message
    identifier is the statement."""
    import json
    import struct

    def conf(version: int) -> str:
        subnet = (
            ("10.9.0.0/24", "10.9.0.10 - 10.9.0.20")
            if version == 4
            else ("2001:db8::/64", "2001:db8::10 - 2001:db8::20")
        )
        return (
            f'{{"Dhcp{version}": {{"interfaces-config": {{"interfaces": ["lo"]{", " + chr(34) + "dhcp-socket-type" + chr(34) + ": " + chr(34) + "udp" + chr(34) if version == 4 else ""}}}, "lease-database": {{"type": "memfile", "name": "{work}/l{version}.csv", "lfc-interval": 5}},'
            f'"control-socket": {{"socket-type": "unix", "socket-name": "{work}/s{version}"}}, "valid-lifetime": 20, "renew-timer": 5, "rebind-timer": 10, "client-classes": [{{"name": "A", "test": "option[61].exists"}}],'
            f'"subnet{version}": [{{"subnet": "{subnet[0]}", "pools": [{{"pool": "{subnet[1]}"}}], "reservations": [{{"hw-address": "02:00:00:00:00:05", "hostname": "five"}}]}}],'
            f'"loggers": [{{"name": "kea-dhcp{version}", "severity": "DEBUG", "debuglevel": 99, "output_options": [{{"output": "{work}/log{version}", "flush": true}}]}}]}}}}'
        )

    servers = []
    for version in (4, 6):
        (work / f"k{version}.json").write_text(conf(version))
        started = [f"kea-dhcp{version}", "-c", str(work / f"k{version}.json"), "-p", str(43067 + version)]
        servers.append(
            background(started, work / "out", env={"KEA_PIDFILE_DIR": str(work), "KEA_LOCKFILE_DIR": str(work)})
        )
    time.sleep(4)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        for n in range(60):
            kind = (1, 3, 1, 3, 4, 7, 8, 3)[n % 8]
            mac = bytes([2, 0, 0, 0, 0, n % 23])
            head = struct.pack(
                "!BBBBIHH4s4s4s4s", 1, 1, 6, 1, n, 0, 0, bytes(4), bytes(4), bytes(4), bytes([127, 0, 0, 1])
            )
            options = (
                bytes([53, 1, kind, 50, 4, 10, 9, 0, 10 + n % 14])
                + (bytes([61, 3, 1, 2, n]) if n % 3 else b"")
                + bytes([55, 3, 1, 3, 6, 12, 2, 104, 105, 255])
            )
            line.sendto(head + mac + bytes(202) + bytes([99, 130, 83, 99]) + options, ("127.0.0.1", 43071))
            time.sleep(0.05)
        for junk in (b"", b"x", os.urandom(300), bytes(240)):
            line.sendto(junk, ("127.0.0.1", 43071))
    with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as line:
        for n in range(60):
            duid = bytes([0, 1, 0, 8, 0, 3, 0, 1, 2, 0, 0, n % 9])
            association = struct.pack("!HHIII", 3, 12, n % 9, 0, 0)
            line.sendto(
                bytes([(1, 3, 5, 6, 8, 9, 11, 99)[n % 8], 0, 0, n]) + duid + association + os.urandom(n % 3),
                ("::1", 43073),
            )
    for version in (4, 6):
        for command in (
            "config-get",
            "list-commands",
            "statistic-get-all",
            "nosuch",
            "dhcp-disable",
            "dhcp-enable",
            "config-reload",
            "leases-reclaim",
            "shutdown",
        ):
            with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
                try:
                    line.settimeout(2)
                    line.connect(str(work / f"s{version}"))
                    line.sendall(json.dumps({"command": command}).encode())
                    line.recv(65536)
                except OSError:
                    continue
    ended(*servers)
    form = r"[\d-]+ [\d:.]+ +(?P<level>\w+) +\[(?P<logger>[\w.-]+)/[\d.x0-9a-f]+\] (?P<place>[A-Z]\w+) (?P<message>.*)"
    yield from parsed(lines_of(work / "log4", work / "log6"), form)
