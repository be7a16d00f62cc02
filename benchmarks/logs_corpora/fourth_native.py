# ruff: noqa: E501 - programs are started, and what they are fed stands as one text
"""Programs in C and C++ of the fourth round: run when all before were to learn from, scored once."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.logs_corpora.later_native import background, ended, lines_of, served, told
from benchmarks.logs_corpora.records import Placed, parsed, run


def openocd(work: Path) -> Iterator[Placed]:
    """OpenOCD at its finest level without hardware: adapters that are missing, targets of many kinds, scripts that fail."""
    adapters = (
        "adapter driver dummy", "adapter driver nosuch", "adapter driver ftdi; ftdi vid_pid 0x0403 0x6010", "adapter driver cmsis-dap", "adapter driver jlink",
        "adapter driver remote_bitbang; remote_bitbang host 127.0.0.1; remote_bitbang port 9", "adapter driver hla; hla_layout stlink; hla_device_desc x; hla_vid_pid 0x0483 0x3748", "source [find interface/none.cfg]",
    )  # fmt: skip
    targets = (
        "jtag newtap a cpu -irlen 4 -expected-id 0x4ba00477; dap create a.dap -chain-position a.cpu; target create a.t cortex_m -dap a.dap", "jtag newtap a cpu -irlen 5; target create a.t mips_m4k -chain-position a.cpu",
        "source [find target/stm32f4x.cfg]", "source [find target/at91sam7x256.cfg]", "jtag newtap a cpu -irlen 5; target create a.t riscv -chain-position a.cpu", "source [find board/ti_beagleboard.cfg]", "flash bank f cfi 0 0x1000 2 2 nosuch", "jtag newtap a",
    )  # fmt: skip
    commands = (
        "init; scan_chain; shutdown",
        "init; halt; reg; mdw 0 4; shutdown",
        "reset init; shutdown",
        "nosuch; shutdown",
        "adapter speed 500; jtag arp_init; irscan a.cpu 1; drscan a.cpu 32 0; shutdown",
        "flash list; targets; poll; shutdown",
    )
    for number in range(36):
        script = [
            f"transport select {('jtag', 'swd', 'hla_swd')[number % 7 // 3]}",
            targets[number % 8],
            commands[number % 6],
        ]
        words = [word for text in (adapters[(number * 3 + number // 8) % 8], *script) for word in ("-c", text)]
        ports = ["-c", "gdb_port disabled; tcl_port disabled; telnet_port disabled"]
        text = run(["openocd", "-d3", *ports, *words], seconds=8, cwd=work)
        form = (
            r"(?P<level>Debug|Info ?|Warn ?|Error|User ?) ?: \d+ \d+ (?P<place>[\w./-]+:\d+) \w+\(\): (?P<message>.*)"
        )
        yield from list(parsed(text.splitlines(), form))[:1500]


def frr(work: Path) -> Iterator[Placed]:
    """FRRouting, whose records carry the number of their statement: daemons that meet over loopback, routes, faulty commands."""
    base = "/usr/lib/frr"
    run(["usermod", "-aG", "frrvty", "root"])
    asks = {"zebra": ("events", "packet detail", "kernel", "rib detailed", "nht", "nexthop"), "bgpd": ("neighbor-events", "updates", "keepalives", "zebra", "nht", "bestpath 192.0.2.0/24", "update-groups"), "ospfd": ("event", "ism", "nsm", "packet all", "lsa", "zebra"), "ripd": ("events", "packet", "zebra"), "isisd": ("events", "adj-packets", "spf-events"), "ldpd": ("messages sent", "zebra", "event"), "staticd": ("events", "route"), "pimd": ("events", "packets", "zebra", "trace")}  # fmt: skip
    names = {
        "zebra": "zebra",
        "bgpd": "bgp",
        "ospfd": "ospf",
        "ripd": "rip",
        "isisd": "isis",
        "ldpd": "mpls ldp",
        "staticd": "static",
        "pimd": "pim",
    }
    more = {
        "zebra": "ip route 198.51.100.0/24 lo\ninterface nosuch0\n ip address 192.0.2.9/32\nroute-map m permit 10\n match ip address prefix-list p\nip prefix-list p permit 192.0.2.0/24\n",
        "bgpd": "router bgp 65001\n bgp router-id 192.0.2.1\n no bgp ebgp-requires-policy\n neighbor 127.0.0.1 remote-as 65002\n neighbor 127.0.0.1 port 44699\n neighbor 192.0.2.7 remote-as 65003\n neighbor 192.0.2.7 ttl-security hops 2\n network 192.0.2.0/24\n redistribute static\n",
        "ospfd": "router ospf\n ospf router-id 192.0.2.1\n network 127.0.0.0/8 area 0\n redistribute static\n",
        "ripd": "router rip\n network lo\n redistribute static\n", "isisd": "router isis x\n net 49.0001.0000.0000.0001.00\ninterface lo\n ip router isis x\n",
        "ldpd": "mpls ldp\n router-id 192.0.2.1\n address-family ipv4\n  discovery transport-address 127.0.0.1\n  interface lo\n", "staticd": "ip route 203.0.113.0/24 Null0\nip route 203.0.114.0/24 192.0.2.200\n", "pimd": "interface lo\n ip pim\n ip igmp\n",
    }  # fmt: skip
    started = []
    for number, (daemon, topics) in enumerate(asks.items()):
        debug = "".join(f"debug {names[daemon]} {topic}\n" for topic in topics)
        (work / f"{daemon}.conf").write_text(f"log unique-id\npassword x\n{debug}{more[daemon]}nosuch command\n")
        extra = ["-p", "44698"] if daemon == "bgpd" else []
        command = [f"{base}/{daemon}", "-z", f"{work}/zserv", "-i", f"{work}/{daemon}.pid", "-f", f"{work}/{daemon}.conf", "-A", "127.0.0.1", "-P", str(44600 + number), "--vty_socket", str(work), "--log", "stdout", "--log-level", "debug", "-u", "root", "-g", "root", *extra]  # fmt: skip
        started.append(background(command, work / f"{daemon}.log"))
        time.sleep(1.5 if number == 0 else 0.3)
    for number in range(10):
        time.sleep(1.5)
        told(
            44698,
            b"\xff" * 16 + b"\x00\x1d\x01\x04\xfd\xea\x00\x5a\xc0\x00\x02\x07\x00",
            b"\xff" * 16 + b"\x00\x13\x04",
            b"junk" * 8,
            b"\xff" * 16 + b"\x10\x00\x02",
        )
        for daemon, port in (("x", 44600), ("x", 44601), ("x", 44602), ("x", 44606)):
            told(
                port,
                f"{daemon}\nenable\nconfigure terminal\nip route 198.51.{number}.0/24 Null0\ninterface lo\nip address 192.0.2.{number + 20}/32\nshutdown\nno shutdown\nexit\nrouter bgp 65001\nnetwork 198.18.{number}.0/24\nnosuch\nend\nclear bgp *\nshow ip route\nexit\n".encode(),
            )
    ended(*reversed(started))
    form = r"\S+ \S+ (?P<logger>[A-Z]\w*): \[(?P<place>\w{5}-\w{5})\](?:\[EC \d+\])? (?P<message>.*)"
    for daemon in asks:
        yield from list(parsed(lines_of(work / f"{daemon}.log"), form))[:6000]


def nghttpx(work: Path) -> Iterator[Placed]:
    """nghttp2's proxy at its finest level: HTTP/1 and HTTP/2 in front and behind, backends that die, wrong requests."""
    backend = served(work / "www", 44511)
    run(
        [
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-keyout",
            f"{work}/k.pem",
            "-out",
            f"{work}/c.pem",
            "-days",
            "2",
            "-subj",
            "/CN=a.example",
        ],
        seconds=20,
    )
    (work / "n.conf").write_text(
        "frontend=127.0.0.1,44510;no-tls\nfrontend=127.0.0.1,44512\nfrontend=127.0.0.1,44513;no-tls;proxyproto\nbackend=127.0.0.1,44511\nbackend=127.0.0.1,9;/dead/\nbackend=127.0.0.1,44511;/two/;proto=h2\nbackend=nosuch.invalid,80;/dns/;dns\n"
        f"private-key-file={work}/k.pem\ncertificate-file={work}/c.pem\nlog-level=INFO\nworkers=1\nfrontend-read-timeout=3\nbackend-read-timeout=2\nadd-x-forwarded-for=yes\nhttp2-max-concurrent-streams=10\nfetch-ocsp-response-file=/bin/false\n"
    )
    server = background(
        ["nghttpx", f"--conf={work}/n.conf", f"--errorlog-file={work}/log", "--accesslog-file=/dev/null"], work / "out"
    )
    time.sleep(3)
    for number in range(3):
        for path in ("f1.bin", "f7.bin", "none", "dead/x", "two/x", "dns/x", "%zz", "f2.bin?x=1"):
            for more in (
                ["--http2-prior-knowledge"],
                ["-X", "POST", "-d", "x=1"],
                ["-H", "Expect: 100-continue", "-d", "y"],
                ["-0"],
                ["-H", "Upgrade: h2c", "-H", "HTTP2-Settings: AAMAAABk"],
            )[number % 2 :: 2]:
                run(["curl", "-s", "-m", "4", "-o", "/dev/null", *more, f"http://127.0.0.1:44510/{path}"], seconds=6)
            run(
                [
                    "curl",
                    "-s",
                    "-k",
                    "-m",
                    "4",
                    "-o",
                    "/dev/null",
                    *(["--http1.1"] if number else []),
                    f"https://127.0.0.1:44512/{path}",
                ],
                seconds=6,
            )
        run(["nghttp", "-n", "-a", "-m", "5", "http://127.0.0.1:44510/f3.bin"], seconds=6)
        told(
            44510,
            b"GET\r\n\r\n",
            b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\njunk" * 3,
            b"\x00" * 40,
            b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n",
        )
        told(44512, b"junk", b"\x16\x03\x01\x00\x05hello")
        told(
            44513,
            b"PROXY TCP4 192.0.2.1 192.0.2.2 1 2\r\nGET /f1.bin HTTP/1.1\r\nHost: a\r\n\r\n",
            b"PROXY junk\r\n",
            b"GET / HTTP/1.0\r\n\r\n",
        )
    ended(server, backend)
    form = r"\S+ \d+ \d+ \w+ (?P<level>[A-Z]+) \((?P<place>[\w.]+:\d+)\) (?P<message>.*)"
    yield from list(parsed(lines_of(work / "log"), form))[:28_000]


def libfabric(work: Path) -> Iterator[Placed]:
    """libfabric at debug level: what the machine has, and messages over several providers that work, are refused, are configured wrongly."""
    env = {"FI_LOG_LEVEL": "debug", "HOME": str(work)}
    texts = [run(["fi_info", *call.split()], seconds=15, env=env) for call in ("", "-l", "-e", "-p tcp -v", "-p nosuch", "-t FI_EP_RDM", "-c FI_RMA|FI_ATOMIC", "-m FI_CONTEXT", "-d lo -s 127.0.0.1", "-a FI_SOCKADDR_IN6", "-n 127.0.0.1 -P 9", "-f x")]  # fmt: skip
    for number, provider in enumerate(("tcp", "udp", "sockets", "shm", "tcp", "udp", "nosuch", "sockets")):
        more = (
            {},
            {},
            {},
            {},
            {"FI_TCP_IFACE": "nosuch"},
            {"FI_UDP_IFACE": "lo"},
            {},
            {"FI_SOCKETS_CONN_TIMEOUT": "x", "FI_PROVIDER": "sockets"},
        )[number]
        kind, port = ("msg", "dgram", "rdm", "rdm", "rdm", "dgram", "msg", "msg")[number], str(44520 + number)
        server = background(
            ["fi_pingpong", "-p", provider, "-e", kind, "-B", port, "-I", "20"],
            work / f"s{number}",
            env={**env, **more},
        )
        time.sleep(1)
        texts.append(
            run(
                ["fi_pingpong", "-p", provider, "-e", kind, "-P", port, "-I", "20", "127.0.0.1"],
                seconds=10,
                env={**env, **more},
            )
        )
        ended(server)
    lines = [
        *(line for text in texts for line in text.splitlines()),
        *lines_of(*(work / f"s{number}" for number in range(8))),
    ]
    form = r"libfabric:\d+:\d+:\w*:(?P<logger>[\w;:-]+):(?P<place>\w+\(\):\d+)<(?P<level>\w+)> (?P<message>.*)"
    yield from parsed(lines, form)


def opensc(work: Path) -> Iterator[Placed]:
    """OpenSC's tools and the daemon for readers, with every event told: a card that is emulated, cards and readers that are missing, wrong PINs."""
    daemon = background(["/usr/sbin/pcscd", "-f", "-d", "-a"], work / "daemon")
    time.sleep(2)
    card = background(["vicc", "--type", "iso7816", "--hostname", "127.0.0.1", "--port", "35963"], work / "card")
    time.sleep(3)
    env = {"OPENSC_DEBUG": "9", "HOME": str(work)}
    calls = (
        "opensc-tool -l", "opensc-tool -a", "opensc-tool -n", "opensc-tool -f", "opensc-tool -s 00:A4:00:00:02:3F:00", "opensc-tool -s 00:CA", "opensc-tool --card-driver cardos -n", "opensc-tool -r 5 -n", "opensc-tool -D", "opensc-tool -c nosuch -n",
        "opensc-tool --serial", "pkcs15-tool --dump", "pkcs15-tool -c", "pkcs15-tool --list-pins", "pkcs15-tool --verify-pin --pin 1234", "pkcs15-tool --read-certificate 1", "pkcs15-init -C --so-pin 1234 --so-puk 1234", "pkcs15-init -E", "pkcs15-crypt -s -i none",
        "pkcs11-tool -L", "pkcs11-tool -M", "pkcs11-tool -O", "pkcs11-tool -l --pin 1234 -O", "pkcs11-tool -t", "cardos-tool -i", "openpgp-tool -C", "piv-tool -n", "eidenv", "netkey-tool", "sc-hsm-tool", "westcos-tool", "cryptoflex-tool -l", "gids-tool -C", "iasecc-tool --list-sdos", "dnie-tool -i", "egk-tool", "rutoken-tool",
    )  # fmt: skip
    texts = [run(call.split(), seconds=12, env=env, stdin="\n1234\n", cwd=work) for call in calls]
    ended(card)
    texts += [
        run(call.split(), seconds=12, env=env, stdin="\n")
        for call in (*calls[:4], "opensc-tool -w -n", "pkcs11-tool -L", "pkcs15-tool --dump")
    ]
    ended(daemon)
    form = r"P:\d+; T:0x\d+ [\d:.]+ \[(?P<logger>[^\]]*)\] (?P<place>[\w.-]+:\d+):\w+: (?P<message>.*)"
    told_by = r"\d{8} (?:\[\d+\] )?(?P<place>[\w.-]+\.[cl]:\d+):\w+\(\) (?P<message>.*)"
    for text in texts:
        yield from list(parsed(text.splitlines(), form))[:700]
    yield from list(parsed(lines_of(work / "daemon"), told_by))[:5000]


def monero(work: Path) -> Iterator[Placed]:
    """Monero's daemon and wallet on a chain of their own: blocks made, transfers, wrong requests, peers that talk junk."""
    ports = [
        "--p2p-bind-port",
        "44531",
        "--rpc-bind-port",
        "44532",
        "--zmq-rpc-bind-port",
        "44533",
        "--p2p-bind-ip",
        "127.0.0.1",
    ]
    base = [
        "monerod",
        "--regtest",
        "--data-dir",
        str(work / "d"),
        "--log-level",
        "3",
        "--non-interactive",
        "--fixed-difficulty",
        "1",
        *ports,
    ]
    daemon = background(
        [*base, "--log-file", str(work / "daemon.log"), "--add-exclusive-node", "127.0.0.1:9", "--hide-my-port"],
        work / "out",
    )
    time.sleep(6)
    from json import dumps

    def ask(path: str, body: str) -> None:
        run(
            [
                "curl",
                "-s",
                "-m",
                "8",
                "-H",
                "Content-Type: application/json",
                "-d",
                body,
                f"http://127.0.0.1:44532/{path}",
            ],
            seconds=10,
        )

    address = "42ey1afDFnn4886T7196doS9GPMzexD9gXpsZJDwVjeRVdFCSoHnv7KPbBeGpzJBzHRCAs9UxqeoyFQMYbqSWYTfJJQAWDm"
    for number in range(6):
        for method, arguments in (("generateblocks", {"amount_of_blocks": 5, "wallet_address": address, "starting_nonce": 0}), ("get_info", {}), ("get_block", {"height": number}), ("get_block", {"height": 99999}), ("get_block_template", {"wallet_address": address, "reserve_size": 8}), ("get_block_template", {"wallet_address": "x"}), ("submit_block", [0]), ("nosuch", {}), ("get_connections", {}), ("set_bans", {"bans": [{"host": f"192.0.2.{number}", "ban": True, "seconds": 3}]}), ("get_output_histogram", {"amounts": [0]}), ("flush_txpool", {}), ("get_fee_estimate", {})):  # fmt: skip
            ask("json_rpc", dumps({"jsonrpc": "2.0", "id": "0", "method": method, "params": arguments}))
        for path, body in (("get_transactions", '{"txs_hashes":["00"]}'), ("send_raw_transaction", '{"tx_as_hex":"junk"}'), ("get_height", "{}"), ("pop_blocks", '{"nblocks":1}'), ("set_log_level", '{"level":3}'), ("get_peer_list", "{}"), ("nosuch", "{}"), ("json_rpc", "{bad"), ("start_mining", dumps({"miner_address": address, "threads_count": 1})), ("stop_mining", "{}"), ("in_peers", '{"in_peers":3}')):  # fmt: skip
            ask(path, body)
        told(44531, b"junk" * 20, b"\x01\x21\x01\x01\x01\x01\x01\x01" + b"\x00" * 40)
        told(44532, b"GET / HTTP/9\r\n\r\n", b"\xff\x00junk\r\n\r\n")
    wallet = [
        "monero-wallet-cli",
        "--daemon-address",
        "127.0.0.1:44532",
        "--log-level",
        "3",
        "--log-file",
        str(work / "wallet.log"),
        "--allow-mismatched-daemon-version",
    ]
    run(
        [
            *wallet,
            "--generate-new-wallet",
            str(work / "w"),
            "--password",
            "p",
            "--mnemonic-language",
            "English",
            "--command",
            "refresh",
        ],
        seconds=25,
    )
    for command in (
        ["balance"],
        ["transfer", address, "1"],
        ["start_mining", "1"],
        ["show_transfers"],
        ["nosuch"],
        ["rescan_bc"],
    ):
        run(
            [
                *wallet,
                "--wallet-file",
                str(work / "w"),
                "--password",
                "x" if command == ["nosuch"] else "p",
                "--command",
                *command,
            ],
            seconds=15,
            stdin="n\n",
        )
    ended(daemon)
    form = r"\S+ \S+\t *[^\t]*\t(?P<level>[A-Z]+) *\t(?P<logger>[^\t]*)\t(?P<place>[\w./-]+:\d+)\t(?P<message>.*)"
    for name in ("daemon", "wallet"):
        found = list(parsed(lines_of(work / f"{name}.log"), form))
        yield from found[:: max(1, len(found) // 12_000)]


def bacula(work: Path) -> Iterator[Placed]:
    """Bacula's director, storage and file daemons at a fine level: backups, restores, volumes that are full, jobs that fail."""
    (work / "files").mkdir()
    for number in range(60):
        (work / "files" / f"f{number}").write_bytes(os.urandom(number * 900))
    (work / "files" / "link").symlink_to("f1")
    (work / "vol").mkdir()
    messages = f'Messages {{ Name = M; append = "{work}/m.log" = all; console = all; catalog = all }}\n'
    base = f'WorkingDirectory = "{work}"; PidDirectory = "{work}"; Maximum Concurrent Jobs = 4'
    job = "Type = Backup; Client = f; FileSet = S; Storage = s; Pool = P; Messages = M"
    (work / "dir.conf").write_text(
        f'Director {{ Name = d; DIRport = 44541; QueryFile = "/etc/bacula/scripts/query.sql"; {base}; Password = "x"; Messages = M; DirAddress = 127.0.0.1 }}\n'
        f'Job {{ Name = B; {job}; Level = Full }}\nJob {{ Name = I; {job}; Level = Incremental }}\nJob {{ Name = Bad; {job}; Level = Full; Client Run Before Job = "/bin/false" }}\nJob {{ Name = Gone; Type = Backup; Level = Full; Client = g; FileSet = S; Storage = s; Pool = P; Messages = M }}\n'
        f'Job {{ Name = R; Type = Restore; Client = f; FileSet = S; Storage = s; Pool = P; Messages = M; Where = "{work}/back" }}\nJob {{ Name = V; Type = Verify; Level = VolumeToCatalog; Client = f; FileSet = S; Storage = s; Pool = P; Messages = M; Verify Job = B }}\n'
        f'FileSet {{ Name = S; Include {{ Options {{ signature = SHA1; compression = GZIP; onefs = no }}\n File = "{work}/files"; File = /nosuch }}\n Exclude {{ File = "{work}/files/f3" }} }}\n'
        f'Client {{ Name = f; Address = 127.0.0.1; FDPort = 44542; Catalog = C; Password = "x" }}\nClient {{ Name = g; Address = 127.0.0.1; FDPort = 9; Catalog = C; Password = "x" }}\nStorage {{ Name = s; Address = 127.0.0.1; SDPort = 44543; Password = "x"; Device = v; Media Type = File }}\n'
        f'Catalog {{ Name = C; dbname = "b"; dbuser = ""; dbpassword = "" }}\nPool {{ Name = P; Pool Type = Backup; Recycle = yes; LabelFormat = "V"; Maximum Volume Bytes = 900k; Maximum Volumes = 6 }}\n{messages}'
    )
    (work / "fd.conf").write_text(
        f'Director {{ Name = d; Password = "x" }}\nFileDaemon {{ Name = f; FDport = 44542; {base}; FDAddress = 127.0.0.1 }}\nMessages {{ Name = M; director = d = all }}\n'
    )
    (work / "sd.conf").write_text(
        f'Storage {{ Name = s; SDPort = 44543; {base}; SDAddress = 127.0.0.1 }}\nDirector {{ Name = d; Password = "x" }}\nDevice {{ Name = v; Media Type = File; Archive Device = "{work}/vol"; LabelMedia = yes; Random Access = yes; AutomaticMount = yes }}\nMessages {{ Name = M; director = d = all }}\n'
    )
    (work / "con.conf").write_text('Director { Name = d; DIRport = 44541; address = 127.0.0.1; Password = "x" }\n')
    tables = (
        Path("/usr/share/bacula-director/make_sqlite3_tables")
        .read_text()
        .replace("cd /var/lib/bacula", f"cd {work}")
        .replace("XXX_DBNAME_XXX", "b")
    )
    (work / "tables.sh").write_text(tables)
    run(["sh", str(work / "tables.sh")], seconds=20)
    started = [
        background([name, "-f", "-d150", "-c", f"{work}/{short}.conf"], work / f"{short}.log")
        for name, short in (("bacula-sd", "sd"), ("bacula-fd", "fd"), ("bacula-dir", "dir"))
    ]
    time.sleep(5)
    console = "".join(f"run job={name} yes\nwait\nmessages\n" for name in ("B", "I", "Bad", "B", "Gone", "V", "B")) + "restore client=f select current all done yes\nwait\nlist jobs\nlist volumes\nstatus dir\nstatus client=f\nstatus storage=s\nupdate volume=V0001 volstatus=Used\npurge volume=V0001\nnosuch\ndelete volume=none\nestimate job=B\ncancel jobid=99\nlabel volume=x pool=P storage=s\nreload\nquit\n"  # fmt: skip
    run(["bconsole", "-c", f"{work}/con.conf"], seconds=90, stdin=console)
    told(44541, b"junk\n", b"\x00\x00\x00\x10Hello x calling\n")
    told(44542, b"\x00\x00\x00\x20Hello Director nosuch calling  \n")
    run(["bls", "-d150", "-c", f"{work}/sd.conf", "-V", "V0001", "v"], seconds=20)
    ended(*started)
    form = r"[\w.-]+: (?P<place>[\w./-]+\.[chly]+:\d+)-\d+ (?P<message>.*)"
    for short in ("dir", "sd", "fd"):
        yield from list(parsed(lines_of(work / f"{short}.log"), form))[:9000]
