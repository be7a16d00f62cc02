# ruff: noqa: E501 - programs are started, and what they are fed stands as one text
"""Programs in Go, Java, JavaScript, Lua, Perl and Python of the third round: run when the learning half gave no more, scored once."""

import os
import re
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.logs_corpora.later_native import background, ended, lines_of, served, told
from benchmarks.logs_corpora.managed import HOOKS, python_programs
from benchmarks.logs_corpora.records import Placed, from_json, parsed, run
from benchmarks.logs_corpora.third_native import VENV

NODE = os.environ.get("SEVLINE_LOG_THIRD_NODE", "/tmp/corpora/node3")
"""A folder with mqtt 4, aedes 0.50, socket.io, socket.io-client and express from npm."""


def blackbox(work: Path) -> Iterator[Placed]:
    """Prometheus' blackbox exporter (Go): probes that succeed, fail, are redirected, are late, are misconfigured."""
    root = work / "www"
    server = served(root, 44281)
    (work / "b.yml").write_text(
        "modules:\n  http: {prober: http, timeout: 2s}\n  post: {prober: http, http: {method: POST, body: x, valid_status_codes: [201]}}\n  match: {prober: http, http: {fail_if_body_not_matches_regexp: [nosuch], fail_if_header_matches: [{header: Server, regexp: '.*'}]}}\n"
        "  tcp: {prober: tcp, tcp: {query_response: [{send: 'GET / HTTP/1.0'}, {expect: '^nosuch'}]}, timeout: 2s}\n  tls: {prober: tcp, tcp: {tls: true}, timeout: 2s}\n  dns: {prober: dns, dns: {query_name: a.example, transport_protocol: tcp}, timeout: 1s}\n  icmp: {prober: icmp, timeout: 1s}\n  grpc: {prober: grpc, timeout: 1s}\n  six: {prober: http, http: {preferred_ip_protocol: ip6, ip_protocol_fallback: false}}\n  ssl: {prober: http, http: {fail_if_not_ssl: true}}\n"
    )
    exporter = background(
        [
            "prometheus-blackbox-exporter",
            f"--config.file={work}/b.yml",
            "--web.listen-address=127.0.0.1:44280",
            "--log.level=debug",
        ],
        work / "log",
    )
    time.sleep(2)
    targets = ("127.0.0.1:44281", "http://127.0.0.1:44281/f1.bin", "http://127.0.0.1:44281/none", "127.0.0.1:9", "nosuch.invalid", "http://127.0.0.1:44281/f11.bin", "https://127.0.0.1:44281", "[::1]:9", "http://user:pw@127.0.0.1:44281")  # fmt: skip
    for number in range(3):
        for module in ("http", "post", "match", "tcp", "tls", "dns", "icmp", "grpc", "six", "ssl", "nosuch"):
            for target in targets[number::2]:
                run(
                    [
                        "curl",
                        "-s",
                        "-g",
                        "-m",
                        "4",
                        f"http://127.0.0.1:44280/probe?module={module}&target={target}&debug={number % 2 == 1}".lower(),
                    ],
                    seconds=6,
                )
        run(["curl", "-s", "-X", "POST", "http://127.0.0.1:44280/-/reload"], seconds=6)
        (work / "b.yml").write_text(
            (work / "b.yml").read_text() + ("  bad: {prober: x, odd: 1}\n" if number == 1 else "")
        )
    ended(exporter, server)
    pair = re.compile(r'(\w+)=("(?:[^"\\]|\\.)*"|\S*)')
    for line in lines_of(work / "log"):
        found = {key: value.strip('"') for key, value in pair.findall(line)}
        if "caller" in found and found.get("msg"):
            yield Placed(found["caller"], found.get("level", ""), found["msg"])


def snapd(work: Path) -> Iterator[Placed]:
    """snapd (Go) at debug level without snaps, asked for everything over its socket."""
    daemon = background(
        ["/usr/lib/snapd/snapd"], work / "log", env={"SNAPD_DEBUG": "1", "SNAPD_DEBUG_HTTP": "7", "SNAP_REEXEC": "0"}
    )
    time.sleep(4)
    calls = ("system-info", "snaps", "find?q=x", "interfaces", "connections", "changes?select=all", "apps", "assertions", "assertions/model", "aliases", "snaps/none", "snaps/none/conf", "users", "logs", "warnings", "buy/ready", "sections", "validation-sets", "systems", "quotas", "debug?aspect=connectivity", "themes", "accessories", "model", "model/serial", "cohorts", "nosuch")  # fmt: skip
    base = ["curl", "-s", "-m", "6", "--unix-socket", "/run/snapd.socket"]
    for number in range(4):
        for call in calls:
            run([*base, f"http://localhost/v2/{call}"], seconds=8)
        for path, body in (
            ("snaps/none", '{"action":"install"}'),
            ("snaps/none", '{"action":"remove"}'),
            ("snaps", '{"action":"refresh"}'),
            ("snaps", "junk"),
            ("login", '{"email":"a@b","password":"x"}'),
            ("assertions", "type: x"),
            ("aliases", '{"action":"alias"}'),
            ("interfaces", '{"action":"connect"}'),
            ("quotas", '{"action":"ensure","group-name":"g"}'),
            ("create-user", '{"email":"x"}'),
        ):
            run(
                [
                    *base,
                    "-X",
                    "POST",
                    "-H",
                    "Content-Type: application/json",
                    "-d",
                    body,
                    f"http://localhost/v2/{path}",
                ],
                seconds=8,
            )
        run(["snap", "list"], seconds=8, env={"SNAPD_DEBUG": "1", "SNAPD_DEBUG_HTTP": "7"})
        del number
    ended(daemon)
    yield from parsed(
        lines_of(work / "log"),
        r"(?:[\d/]+ [\d:.]+ )?(?P<place>\w+\.go:\d+): (?:(?P<level>DEBUG|WARNING): )?(?P<message>.*)",
    )


def biber(work: Path) -> Iterator[Placed]:
    """Biber (Perl) with all it can trace, over bibliographies that are sound, odd and broken."""
    kinds = ("article", "book", "inproceedings", "thesis", "online", "misc", "nosuch")
    entries = "".join(
        f"@{kinds[n % 7]}{{k{n}, author = {{{('Doe, Jane', 'von Beethoven, Ludwig and Li, Wei', 'Name, A, B, C, D', '{Acme Corp}')[n % 4]}}}, title = {{Title {n}}}, {('date = {2020-01-02}', 'date = {20xx}', 'year = {1999}', 'date = {2001/2003}')[n % 4]}, journaltitle = {{J{n % 5}}}, {('crossref = {k1}', 'xdata = {none}', 'related = {k2}', 'isbn = {123}')[n % 4]}, pages = {{{n}--{n + 9}}}, url = {{http://a.example/{n}}}}}\n"
        for n in range(60)
    )  # fmt: skip
    (work / "a.bib").write_text(
        '@string{x = "y"}\n@preamble{"p"}\n@set{s1, entryset = {k1,k2,none}}\n'
        + entries
        + "@article{k1, title = {again}}\n@article{ bad, title = {open\n"
    )
    (work / "b.bib").write_text(entries)
    calls = (
        ["--tool", "a.bib"],
        ["--tool", "b.bib"],
        ["--tool", "--output-align", "--output-indent=2", "--sortlocale=de", "b.bib"],
        ["--tool", "--output-resolve", "--output-format=bibtex", "b.bib"],
        ["--tool", "--validate-datamodel", "b.bib"],
        ["--tool", "--output-format=dot", "--dot-include=crossref,xdata,related", "b.bib"],
        ["--tool", "none.bib"],
        ["--tool", "--isbn-normalise", "--nostdmacros", "--strip-comments", "a.bib"],
        ["none"],
    )
    for number, call in enumerate(calls):
        run(["biber", "--debug", "--trace", "--nolog", f"--logfile={work}/l{number}", *call], seconds=60, cwd=work)
        run(["biber", "--debug", "--trace", f"--logfile={work}/m{number}", *call], seconds=60, cwd=work)
    form = r"\[\d+\] (?P<place>[\w./-]+:\d+)> (?P<level>\w+) - (?P<message>.*)"
    found = list(parsed(lines_of(*sorted(work.glob("[lm]*"))), form))
    yield from found[:: max(1, len(found) // 25_000)]


def prosody(work: Path) -> Iterator[Placed]:
    """Prosody (Lua) at debug level: accounts, sessions, rooms, wrong passwords, servers that are away, junk."""
    (work / "p.cfg.lua").write_text(
        f'pidfile = "{work}/pid"\ndata_path = "{work}/data"\nrun_as_root = true\nc2s_ports = {{ 44222 }}\ns2s_ports = {{ 44269 }}\nhttp_ports = {{ 44280 }}\nhttps_ports = {{ }}\ninterfaces = {{ "127.0.0.1" }}\nc2s_require_encryption = false\nallow_unencrypted_plain_auth = true\nauthentication = "internal_hashed"\n'
        f'modules_enabled = {{ "roster", "saslauth", "tls", "dialback", "disco", "carbons", "pep", "private", "blocklist", "vcard4", "vcard_legacy", "version", "uptime", "time", "ping", "register", "mam", "bosh", "websocket", "admin_shell", "smacks", "csi", "limits", "nosuch" }}\nallow_registration = true\nlog = {{ debug = "{work}/log" }}\n'
        'VirtualHost "a.example"\nVirtualHost "b.example"\n  enabled = false\nComponent "rooms.a.example" "muc"\n  modules_enabled = { "muc_mam" }\nComponent "up.a.example" "http_file_share"\n'
    )
    env = {"PLACED_LOG": str(work / "placed"), "LUA_INIT": f"@{HOOKS / 'place.lua'}"}
    config = ["--config", str(work / "p.cfg.lua")]
    for user in ("bob", "eve"):
        run(["prosodyctl", *config, "register", user, "a.example", "good"], seconds=15, env=env)
    server = background(["prosody", "-F", *config], work / "out", env=env)
    time.sleep(4)
    from base64 import b64encode

    def session(user: str, password: str, host: str = "a.example") -> bytes:
        plain = b64encode(f"\0{user}\0{password}".encode()).decode()
        head = f"<?xml version='1.0'?><stream:stream to='{host}' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' version='1.0'>"
        return f"{head}<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>{plain}</auth>{head}".encode()

    stanzas = ("<presence/>", "<message to='eve@a.example'><body>hello</body></message>", "<message to='x@away.invalid'><body>x</body></message>", "<iq type='get' id='1' to='a.example'><query xmlns='http://jabber.org/protocol/disco#info'/></iq>", "<presence to='r@rooms.a.example/n'><x xmlns='http://jabber.org/protocol/muc'/></presence>", "<iq type='get' id='2'><query xmlns='jabber:iq:roster'/></iq>", "<iq type='set' id='3'><nosuch xmlns='x'/></iq>", "<message to='r@rooms.a.example' type='groupchat'><body>all</body></message>", "<iq type='set' id='4'><query xmlns='jabber:iq:roster'><item jid='eve@a.example'/></query></iq>", "<presence to='eve@a.example' type='subscribe'/>", "<iq type='set' id='5'><pubsub xmlns='http://jabber.org/protocol/pubsub'><publish node='n'><item/></publish></pubsub></iq>", "<iq type='set' id='6'><query xmlns='jabber:iq:register'><password>new</password></query></iq>", "<bad", "</stream:stream>")  # fmt: skip
    bind = "<iq type='set' id='0'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><resource>r{}</resource></bind></iq><iq type='set' id='s'><session xmlns='urn:ietf:params:xml:ns:xmpp-session'/></iq>"
    import socket

    for number in range(24):
        with socket.create_connection(("127.0.0.1", 44222), timeout=3) as line:
            line.settimeout(0.4)
            whole = session(
                ("bob", "eve", "nosuch")[number % 3],
                ("good", "bad")[number % 5 == 4],
                ("a.example", "b.example")[number % 7 == 6],
            )
            for part in (
                whole,
                bind.format(number).encode(),
                *(text.encode() for text in (*stanzas[number % 4 :: 2], *stanzas[-2 + number % 2 :])),
            ):
                try:
                    line.sendall(part)
                    line.recv(8192)
                except OSError:
                    continue
    told(
        44222,
        b"junk",
        b"<?xml version='1.0'?><stream:stream to='none' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>",
        b"\x16\x03\x01\x00\x05hello",
    )
    told(
        44269,
        b"junk",
        b"<?xml version='1.0'?><stream:stream to='a.example' from='away.invalid' xmlns='jabber:server' xmlns:stream='http://etherx.jabber.org/streams' version='1.0'>",
    )
    for path in ("", "http-bind", "none", "xmpp-websocket", "upload/x"):
        run(["curl", "-s", "-m", "3", f"http://127.0.0.1:44280/{path}"], seconds=5)
        run(
            [
                "curl",
                "-s",
                "-m",
                "3",
                "-d",
                "<body rid='1' to='a.example' xmlns='http://jabber.org/protocol/httpbind'/>",
                f"http://127.0.0.1:44280/{path}",
            ],
            seconds=5,
        )
    ended(server)
    yield from from_json(work.glob("placed.*"))


def tomcat(work: Path) -> Iterator[Placed]:
    """Tomcat (Java) at the finest level: pages, sessions, errors, wrong requests, web applications that cannot start."""
    home = "/usr/share/tomcat10"
    run(["javac", "-d", str(work), str(HOOKS / "Placed.java")], seconds=60)
    (work / "l.properties").write_text("handlers=Placed\n.level=FINEST\nPlaced.level=ALL\n")
    for folder in (
        "conf",
        "logs",
        "temp",
        "work",
        "webapps/ROOT/WEB-INF",
        "webapps/bad/WEB-INF",
        "webapps/auth/WEB-INF",
    ):
        (work / folder).mkdir(parents=True)
    (work / "conf" / "web.xml").write_text(
        next(path for path in (Path("/etc/tomcat10/web.xml"), Path(home, "etc/web.xml")) if path.exists()).read_text()
    )
    (work / "conf" / "server.xml").write_text(
        '<Server port="-1"><Listener className="org.apache.catalina.core.JreMemoryLeakPreventionListener"/><GlobalNamingResources><Resource name="UserDatabase" auth="Container" type="org.apache.catalina.UserDatabase" factory="org.apache.catalina.users.MemoryUserDatabaseFactory" pathname="conf/users.xml"/></GlobalNamingResources><Service name="Catalina"><Connector port="44380" address="127.0.0.1" connectionTimeout="1500" maxKeepAliveRequests="3"/>'
        '<Engine name="Catalina" defaultHost="localhost"><Realm className="org.apache.catalina.realm.LockOutRealm"><Realm className="org.apache.catalina.realm.UserDatabaseRealm" resourceName="UserDatabase"/></Realm><Host name="localhost" appBase="webapps" autoDeploy="true"><Valve className="org.apache.catalina.valves.RemoteIpValve"/></Host></Engine></Service></Server>'
    )
    (work / "conf" / "users.xml").write_text(
        '<tomcat-users><role rolename="r"/><user username="bob" password="good" roles="r"/></tomcat-users>'
    )
    app = work / "webapps" / "ROOT"
    (app / "index.jsp").write_text(
        '<% session.setAttribute("n", request.getParameter("n")); %>hello <%= new java.util.Date() %>'
    )
    (app / "broken.jsp").write_text("<% int x = ; %>")
    (app / "thrown.jsp").write_text('<% if (true) throw new RuntimeException("odd"); %>')
    (app / "f.txt").write_text("x" * 5000)
    (work / "webapps/bad/WEB-INF/web.xml").write_text(
        "<web-app><servlet><servlet-name>s</servlet-name><servlet-class>no.Such</servlet-class><load-on-startup>1</load-on-startup></servlet><nosuch/></web-app>"
    )
    (work / "webapps/auth/WEB-INF/web.xml").write_text(
        "<web-app><security-constraint><web-resource-collection><web-resource-name>x</web-resource-name><url-pattern>/*</url-pattern></web-resource-collection><auth-constraint><role-name>r</role-name></auth-constraint></security-constraint><login-config><auth-method>BASIC</auth-method></login-config><security-role><role-name>r</role-name></security-role></web-app>"
    )
    jars = f"{home}/bin/bootstrap.jar:{home}/bin/tomcat-juli.jar:{work}"
    server = background(
        [
            "java",
            "-Xmx256m",
            "-cp",
            jars,
            f"-Dcatalina.home={home}",
            f"-Dcatalina.base={work}",
            f"-Djava.io.tmpdir={work}/temp",
            f"-Djava.util.logging.config.file={work}/l.properties",
            "org.apache.catalina.startup.Bootstrap",
            "start",
        ],
        work / "out",
        env={"PLACED_LOG": str(work / "placed")},
        cwd=work,
    )
    time.sleep(14)
    for number in range(4):
        for path in (
            "",
            "index.jsp?n=1",
            "broken.jsp",
            "thrown.jsp",
            "f.txt",
            "none",
            "bad/",
            "auth/x",
            "../x",
            "%00",
            "WEB-INF/web.xml",
            "auth",
        ):
            for more in (
                [],
                ["-u", "bob:good"],
                ["-u", "bob:bad"],
                ["-r", "0-9"],
                ["-X", "PUT", "-d", "x"],
                ["-b", "JSESSIONID=nosuch"],
                ["-X", "TRACE"],
            )[number::3]:
                run(["curl", "-s", "-m", "5", "--path-as-is", *more, f"http://127.0.0.1:44380/{path}"], seconds=8)
    told(
        44380,
        b"junk\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET /a[b HTTP/1.1\r\nHost: a\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"GET / HTTP/1.1\r\nHost: a b\r\n\r\n",
    )
    (work / "webapps" / "auth" / "WEB-INF" / "web.xml").write_text("<web-app/>")
    time.sleep(12)
    ended(server)
    form = r"@@(?P<level>\w+)\|(?P<logger>[^|]*)\|(?P<place>[^|]*)\|(?P<message>.*)"
    found = list(parsed(lines_of(work / "placed.java"), form))
    yield from found[:: max(1, len(found) // 25_000)]


def numba(work: Path) -> Iterator[Placed]:
    """Numba's compiler in Python at debug level: functions that compile, that do not, that are inlined, run in parallel."""
    program = """
import logging
logging.getLogger('numba').setLevel(1)
import numba, numpy as np
def quiet(f):
    try: return f()
    except Exception: pass
@numba.njit
def a(x):
    total = 0.0
    for n in range(len(x)):
        if x[n] > 1: total += x[n] ** 2
        else: total -= 1
    return total
@numba.njit(parallel=True)
def b(x):
    s = 0.0
    for n in numba.prange(len(x)): s += x[n]
    return s + x.sum()
@numba.njit(inline='always')
def c(x): return [y for y in x if y]
@numba.njit
def d(x):
    try:
        return len(c(x)) + {1: 2}[1]
    except Exception:
        return 0
@numba.vectorize
def e(x, y): return x + y
@numba.njit
def bad(x): return x.nosuch + open('x')
@numba.njit
def gen(n):
    while n: yield n; n -= 1
for v in (np.arange(4.0), np.arange(3)): quiet(lambda: a(v)); quiet(lambda: b(v)); quiet(lambda: d(v)); quiet(lambda: e(v, v)); quiet(lambda: bad(v)); quiet(lambda: list(gen(3)))
"""
    found = list(python_programs(work, {"p.py": program}, seconds=120, venv=VENV))
    yield from found[:: max(1, len(found) // 25_000)]


def mqttjs(work: Path) -> Iterator[Placed]:
    """MQTT.js with the broker Aedes, and Socket.IO (JavaScript), all debugging on: clients that work, are refused, drop out, send junk."""
    (work / "m.js").write_text(
        "const aedes = require('aedes')(); const net = require('net'); const mqtt = require('mqtt')\n"
        "aedes.authenticate = (c, u, p, done) => done(null, u !== 'bad'); aedes.authorizePublish = (c, p, done) => done(p.topic === 'no' ? new Error('no') : null)\n"
        "const s = net.createServer(aedes.handle); s.listen(44581, () => {\n"
        "for (let n = 0; n < 8; n++) { const c = mqtt.connect('mqtt://127.0.0.1:44581', { clientId: 'c' + n, clean: n % 2 === 0, username: n === 5 ? 'bad' : 'u', keepalive: 1, reconnectPeriod: 300, will: { topic: 'w', payload: 'x' }, protocolVersion: n % 3 === 2 ? 5 : 4 })\n"
        "c.on('error', () => 0); c.on('connect', () => { c.subscribe(['a/#', 'b/+/c', '$SYS/#'], { qos: n % 3 }, () => { for (let k = 0; k < 12; k++) c.publish(k === 5 ? 'no' : 'a/' + k, 'v'.repeat(k * 9), { qos: k % 3, retain: k % 4 === 0 }) }); setTimeout(() => c.unsubscribe('a/#'), 900); setTimeout(() => n % 2 ? c.stream.destroy() : c.end(), 1500) }) }\n"
        "mqtt.connect('mqtt://127.0.0.1:9', { reconnectPeriod: 400 }).on('error', () => 0); setTimeout(() => { const k = net.connect(44581); k.on('error', () => 0); k.write(Buffer.from([255, 255, 1, 2, 3])) }, 700); setTimeout(() => process.exit(0), 4500) })\n"
    )
    (work / "s.js").write_text(
        "const http = require('http').createServer(require('express')()); const { Server } = require('socket.io'); const io = new Server(http, { pingInterval: 300, pingTimeout: 200 })\n"
        "io.use((s, next) => next(s.handshake.auth.bad ? new Error('no') : undefined)); io.of('/shop'); io.on('connection', (s) => { s.join('r' + s.handshake.query.n); s.on('x', (v, ack) => { ack && ack(v); io.to('r1').emit('y', v) }); s.on('boom', () => s.disconnect(true)) })\n"
        "http.listen(44582, () => { const { io: connect } = require('socket.io-client'); for (let n = 0; n < 9; n++) { const c = connect('http://127.0.0.1:44582' + (n % 4 === 3 ? '/nosuch' : ''), { query: { n }, auth: { bad: n === 5 }, transports: n % 3 ? undefined : ['websocket'], reconnectionDelay: 200, forceNew: true }); c.on('connect', () => { for (let k = 0; k < 6; k++) c.emit('x', { k }, () => 0); setTimeout(() => c.emit(n % 2 ? 'boom' : 'x', Buffer.alloc(n)), 900); setTimeout(() => c.close(), 2500) }) }\n"
        "connect('http://127.0.0.1:9', { reconnectionAttempts: 2, reconnectionDelay: 200 }); setTimeout(() => process.exit(0), 5000) })\n"
    )
    env = {
        "NODE_OPTIONS": f"--require {HOOKS / 'place.cjs'}",
        "PLACED_LOG": str(work / "placed"),
        "DEBUG": "*",
        "NODE_PATH": f"{NODE}/node_modules",
        "DEBUG_COLORS": "0",
    }
    for name in ("m.js", "s.js"):
        run(["node", name], seconds=30, env=env, cwd=work)
    yield from from_json(work.glob("placed.*"))
