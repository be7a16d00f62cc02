# ruff: noqa: E501 - programs are started, and what they are fed stands as one text
"""Programs in Erlang, Go, Java, Python and Rust run when the method stood; their records carry their place in the source."""

import json
import os
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.logs_corpora.later_native import background, ended, lines_of, told
from benchmarks.logs_corpora.managed import python_programs
from benchmarks.logs_corpora.records import Placed, parsed, run

VENV = os.environ.get("SEVLINE_LOG_PROGRAMS", "/tmp/corpora/later")
"""A virtual environment with the programs from PyPI."""


def ejabberd(work: Path) -> Iterator[Placed]:
    """ejabberd at debug level: XMPP that logs in, fails, talks and is broken; the HTTP interface; accounts by command."""
    (work / "ejabberd.yml").write_text(
        "hosts: [localhost, b.example]\nloglevel: debug\nlisten:\n - {port: 43222, ip: '127.0.0.1', module: ejabberd_c2s, shaper: none}\n - {port: 43269, ip: '127.0.0.1', module: ejabberd_s2s_in}\n"
        " - {port: 43280, ip: '127.0.0.1', module: ejabberd_http, request_handlers: {/api: mod_http_api, /admin: ejabberd_web_admin, /bosh: mod_bosh, /ws: ejabberd_http_ws}}\n"
        "auth_password_format: plain\nauth_method: internal\nmodules: {mod_adhoc: {}, mod_disco: {}, mod_roster: {}, mod_muc: {}, mod_offline: {}, mod_ping: {}, mod_privacy: {}, mod_bosh: {}, mod_admin_extra: {}, mod_last: {}, mod_mam: {}, mod_register: {}, mod_pubsub: {}, mod_vcard: {}, mod_stream_mgmt: {}}\n"
    )
    env = {
        "EJABBERD_CONFIG_PATH": str(work / "ejabberd.yml"), "LOGS_DIR": str(work / "logs"), "SPOOL_DIR": str(work / "spool"), "EJABBERD_LOG_PATH": str(work / "logs/ejabberd.log"),
        "HOME": str(work),
    }  # fmt: skip
    (work / "logs").mkdir()
    (work / "spool").mkdir()
    beams = sorted(str(path) for path in Path("/usr/lib").rglob("ejabberd-*/ebin")) + sorted(
        {str(path.parent) for path in Path("/usr/lib").rglob("erlang/p1_*/*.beam")}
    )
    server = background(
        ["erl", "-noinput", "-sname", f"bench{os.getpid()}@localhost", "-pa", *beams, "-mnesia", "dir", f'"{work}/spool"', "-ejabberd", "config", f'"{work}/ejabberd.yml"', "log_path", f'"{work}/logs/ejabberd.log"', "-s", "ejabberd"],
        work / "out", env=env,
    )  # fmt: skip
    time.sleep(12)
    head = (
        b"<stream:stream to='%s' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' version='1.0'>"
    )
    import base64

    def plain(name: str, word: str) -> bytes:
        return (
            b"<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>"
            + base64.b64encode(f"\0{name}\0{word}".encode())
            + b"</auth>"
        )

    for n in range(12):
        body = json.dumps({"user": f"u{n}", "host": "localhost", "password": "p"})
        for call in (
            "register",
            "check_account",
            "get_last",
            "send_message",
            "nosuch",
            "stats",
            "connected_users",
            "set_nickname",
            "unregister" if n % 4 == 3 else "status",
        ):
            run(["curl", "-s", "-m", "4", "-d", body, f"http://127.0.0.1:43280/api/{call}"], seconds=6)
        told(
            43222,
            head % b"localhost" + plain(f"u{n}", "p"),
            head % b"localhost" + plain(f"u{n}", "bad"),
            head % b"nosuch.example",
            b"junk\0",
            head % b"b.example" + b"<iq type='get' id='1'/>",
            b"<?xml version='1.0'?><a><b></a>",
        )
        told(43269, head % b"localhost", b"\x16\x03\x01", b"<stream:stream xmlns='jabber:server' to='x'>")
        for path in ("admin/", "bosh", "ws", "none", f"api/register?{n}"):
            run(
                ["curl", "-s", "-m", "4", "-X", ("GET", "POST", "OPTIONS")[n % 3], f"http://127.0.0.1:43280/{path}"],
                seconds=6,
            )
    time.sleep(2)
    ended(server)
    form = r"[\d-]+[T ][\d:.+]+ \[(?P<level>\w+)\] (?:<[\d.]+>@)?(?P<place>\w+:[\w/']+:\d+) (?P<message>.*)"
    yield from parsed(lines_of(work / "logs/ejabberd.log", work / "out"), form)


def rabbitmq(work: Path) -> Iterator[Placed]:
    """RabbitMQ at debug level, as JSON: queues, bindings, users, policies, plugins, wrong log-ins, junk, restarts."""
    (work / "r.conf").write_text(
        f"listeners.tcp.default = 127.0.0.1:43672\nlog.file = {work}/r.log\nlog.file.level = debug\nlog.file.formatter = json\nlog.console = false\nmanagement.tcp.port = 43673\ncluster_name = bench\nvm_memory_high_watermark.absolute = 200MB\ndisk_free_limit.absolute = 1MB\n"
    )
    env = {
        "RABBITMQ_CONFIG_FILE": str(work / "r.conf"), "RABBITMQ_MNESIA_BASE": str(work / "m"), "RABBITMQ_LOG_BASE": str(work), "RABBITMQ_NODENAME": "bench@localhost",
        "RABBITMQ_ENABLED_PLUGINS_FILE": str(work / "plugins"), "HOME": str(work), "RABBITMQ_DIST_PORT": "43674", "RABBITMQ_PID_FILE": str(work / "pid"),
    }  # fmt: skip
    (work / "plugins").write_text("[rabbitmq_management, rabbitmq_shovel, rabbitmq_stomp, rabbitmq_mqtt].\n")
    binaries = max(Path("/usr/lib/rabbitmq").glob("lib/*/sbin"))
    program = """
import pika, time, sys
def channel(**k): return pika.BlockingConnection(pika.ConnectionParameters('127.0.0.1', 43672, blocked_connection_timeout=3, socket_timeout=3, **k)).channel()
def quiet(f, *a, **k):
    try: return f(*a, **k)
    except Exception: pass
for n in range(12):
    c = quiet(channel)
    if c is None: continue
    quiet(c.queue_declare, f'q{n}', durable=n % 2 == 0, arguments={'x-queue-type': ('classic', 'quorum', 'stream')[n % 3]} if n % 2 == 0 else {'x-message-ttl': 50})
    c = c if c.is_open else quiet(channel)
    quiet(c.exchange_declare, f'e{n}', ('fanout', 'topic', 'direct', 'headers')[n % 4]); quiet(c.queue_bind, f'q{n}', f'e{n}', 'k')
    for k in range(30): quiet(c.basic_publish, '', f'q{n}', b'x' * k)
    quiet(c.basic_get, f'q{n}'); quiet(c.queue_declare, f'q{n}', durable=n % 2 == 1); quiet(channel().queue_delete, f'q{n}')
    quiet(channel().basic_publish, 'none', 'x', b''); quiet(channel, credentials=pika.PlainCredentials('bad', 'bad')); quiet(channel, virtual_host='none')
    quiet(channel().basic_consume, 'none', print)
"""
    (work / "p.py").write_text(program)
    for _ in range(2):
        server = background([str(binaries / "rabbitmq-server")], work / "out", env=env)
        time.sleep(22)
        run([f"{VENV}/bin/python", str(work / "p.py")], seconds=60)
        told(43672, b"junk" * 8, b"AMQP\0\0\x09\x09", b"AMQP\0\0\x09\x01", b"")
        told(61613, b"CONNECT\nlogin:a\npasscode:b\n\n\0", b"junk\0")
        told(1883, b"\x10\x0c\0\x04MQTT\x04\x02\0\x0a\0\0", b"junk")
        for step in (
            "add_user u p",
            "add_user u p",
            "set_permissions u .* .* .*",
            "add_vhost v",
            'set_policy a .* {"max-length":5}',
            "clear_policy a",
            "authenticate_user u bad",
            "change_password u q",
            "delete_user nosuch",
            "delete_vhost v",
            "set_vm_memory_high_watermark 0.0001",
            "set_vm_memory_high_watermark 0.4",
            "set_disk_free_limit 9999GB",
            "set_disk_free_limit 1MB",
            "list_queues",
            "force_gc",
            "stop_app",
            "start_app",
            "set_user_tags u administrator",
            "set_parameter shovel s {}",
            "close_all_connections bye",
        ):
            run([str(binaries / "rabbitmqctl"), *step.split(" ")], seconds=25, env=env)
        ended(server)
    for line in lines_of(*sorted(work.glob("r.log*"))):
        try:
            found = json.loads(line)
        except ValueError:
            continue
        if found.get("line") and isinstance(found.get("msg"), str):
            yield Placed(
                f"{found.get('file') or found.get('mfa')}:{found['line']}", f"{found.get('level', '')}", found["msg"]
            )


def syncthing(work: Path) -> Iterator[Placed]:
    """Two Syncthing daemons that find and fill each other, all facilities traced; folders that are missing or change."""
    homes, logs, daemons = [], [], []
    for number in (0, 1):
        home = work / f"h{number}"
        run(["syncthing", "generate", f"--home={home}", "--no-default-folder"], seconds=40)
        homes.append(home)
        logs.append(work / f"log{number}")
    ids = [run(["syncthing", f"--home={home}", "--device-id"], seconds=20).split()[-1] for home in homes]
    for number, home in enumerate(homes):
        config = home / "config.xml"
        text = config.read_text()
        folders = "".join(
            f'<folder id="f{n}" label="F" path="{work}/d{number}/{n}" type="{("sendreceive", "sendonly", "receiveonly")[n % 3]}" rescanIntervalS="5" fsWatcherEnabled="true"><device id="{ids[0]}"/><device id="{ids[1]}"/></folder>'
            for n in range(4)
        )
        device = (
            f'<device id="{ids[1 - number]}" name="o"><address>tcp://127.0.0.1:{43400 + 1 - number}</address></device>'
        )
        text = text.replace("</configuration>", folders + device + "</configuration>")
        text = text.replace(
            "<listenAddress>default</listenAddress>", f"<listenAddress>tcp://127.0.0.1:{43400 + number}</listenAddress>"
        ).replace("<globalAnnounceEnabled>true", "<globalAnnounceEnabled>false")
        config.write_text(text)
        for n in range(3):
            folder = work / f"d{number}" / str(n)
            (folder / ".stfolder").mkdir(parents=True)
            for k in range(6):
                (folder / f"n{number}-{k}.txt").write_bytes(os.urandom(3000 * k + 1))
        daemons.append(
            background(
                [
                    "syncthing",
                    "serve",
                    f"--home={home}",
                    "--no-browser",
                    "--no-restart",
                    f"--gui-address=127.0.0.1:{43410 + number}",
                    "--gui-apikey=k",
                ],
                logs[-1],
                env={"STTRACE": "all"},
            )
        )
    for step in range(10):
        time.sleep(3)
        (work / "d0/0" / f"new{step}.txt").write_text("x" * step)
        (work / "d1/0" / "n1-1.txt").write_text(str(step))
        for call in (
            "system/status",
            "db/status?folder=f0",
            "db/scan?folder=f3",
            "system/connections",
            "none",
            "db/override?folder=f1",
            "events?limit=2&timeout=1",
        ):
            run(
                [
                    "curl",
                    "-s",
                    "-m",
                    "3",
                    "-X",
                    ("GET", "POST")[step % 2],
                    "-H",
                    "X-API-Key: k",
                    f"http://127.0.0.1:{43410 + step % 2}/rest/{call}",
                ],
                seconds=5,
            )
        told(43400, b"junk")
    ended(*daemons)
    form = r"\[\w+\] (?:[\d/]+ )?[\d:.]+ (?P<place>[\w./-]+\.go:\d+): (?P<level>[A-Z]+): (?P<message>.*)"
    yield from list(parsed(lines_of(*logs), form))[::2]


def deno(work: Path) -> Iterator[Placed]:
    """Deno at debug level: programs that run, import, fetch, fail to be resolved, are checked, tested, formatted and cached."""
    (work / "a.ts").write_text(
        "import { b } from './b.ts';\nconsole.log(b(2));\nawait fetch('http://127.0.0.1:9/').catch(() => 0);\nawait Deno.readTextFile('none').catch(() => 0);\nnew Worker(new URL('./w.ts', import.meta.url).href, { type: 'module' });\nsetTimeout(() => Deno.exit(0), 300);\n"
    )
    (work / "b.ts").write_text(
        "export function b(x: number): number { return x * 2; }\nDeno.test('b', () => { if (b(2) !== 4) throw new Error(); });\nDeno.test('bad', () => { throw new Error('no'); });\n"
    )
    (work / "w.ts").write_text("self.close();\n")
    (work / "bad.ts").write_text("import x from 'npm:nosuch@1';\nimport y from './none.ts';\nconst z: number = 'a';\n")
    (work / "s.ts").write_text(
        "const s = Deno.serve({port: 43500}, () => new Response('x'));\nfor (let n = 0; n < 5; n++) { await (await fetch('http://127.0.0.1:43500/' + n)).text(); }\nconst k = await Deno.openKv('kv.db').catch(() => null); await k?.set(['a'], 1); await s.shutdown();\nnew Deno.Command('true').outputSync(); import('./nosuch.ts').catch(() => 0);\n"
    )
    (work / "deno.json").write_text(
        '{"tasks": {"t": "deno run a.ts", "bad": "exit 3"}, "imports": {"m/": "./"}, "lint": {"rules": {"tags": ["recommended"]}}}\n'
    )
    (work / "n.js").write_text("const fs = require('node:fs'); const { b } = require('./none'); console.log(fs);\n")
    (work / "package.json").write_text(
        '{"name": "p", "dependencies": {"q": "file:./q", "nosuch-package-of-ours": "1"}}\n'
    )
    calls = (
        "run -A a.ts", "run a.ts", "run -A s.ts", "check a.ts", "check bad.ts", "run -A bad.ts", "test -A b.ts", "fmt --check a.ts", "lint", "task t", "task bad", "info a.ts",
        "cache --reload a.ts", "doc b.ts", "eval 1+1", "bench b.ts", "run -A n.js", "install", "compile -A a.ts", "run -A http://127.0.0.1:9/x.ts", "run -A npm:cowsay", "run -A jsr:@std/x", "add npm:x",
        "coverage none", "vendor a.ts", "run --unstable-kv -A s.ts", "run -A --inspect=127.0.0.1:43501 a.ts", "repl --eval 1", "check --all a.ts", "publish --dry-run", "outdated", "upgrade --dry-run", "jupyter", "types",
    )  # fmt: skip
    form = r"(?P<level>[A-Z]+) RS - (?P<place>[\w:.-]+:\d+) - (?P<message>.*)"
    for _ in range(2):
        for call in calls:
            command, *rest = call.split()
            text = run(
                [f"{VENV}/bin/deno", command, "-L", "debug", *rest],
                seconds=10,
                cwd=work,
                env={"DENO_DIR": str(work / "cache"), "NO_COLOR": "1", "HOME": str(work)},
            )
            yield from list(parsed(text.splitlines(), form))[:1500]


def python_run(work: Path, program: str, seconds: float) -> Iterator[Placed]:
    yield from python_programs(work, {"p.py": program}, seconds=seconds, venv=VENV)


def synapse(work: Path) -> Iterator[Placed]:
    """A Matrix home server at debug level: accounts, rooms, messages, wrong tokens, federation that fails."""
    run(
        [
            f"{VENV}/bin/python",
            "-m",
            "synapse.app.homeserver",
            "--server-name=a.example",
            f"--config-path={work}/h.yaml",
            "--generate-config",
            "--report-stats=no",
        ],
        seconds=60,
        cwd=work,
    )
    path = work / "h.yaml"
    if not path.exists():
        return
    text = path.read_text().replace("port: 8008", "port: 43600")
    path.write_text(
        "\n".join(line for line in text.splitlines() if not line.startswith("log_config"))
        + "\nenable_registration: true\nenable_registration_without_verification: true\nrc_login: {address: {per_second: 99, burst_count: 99}, account: {per_second: 99, burst_count: 99}, failed_attempts: {per_second: 99, burst_count: 99}}\nrc_registration: {per_second: 99, burst_count: 99}\nsuppress_key_server_warning: true\n"
    )
    program = f"""
import json, os, signal, threading, time, urllib.request
def call(method, path, body=None, token=None):
    request = urllib.request.Request('http://127.0.0.1:43600/_matrix/' + path, method=method, data=None if body is None else json.dumps(body).encode(), headers={{'Content-Type': 'application/json', **({{'Authorization': 'Bearer ' + token}} if token else {{}})}})
    try: return json.loads(urllib.request.urlopen(request, timeout=10).read() or b'{{}}')
    except Exception: return {{}}
def use():
    time.sleep(8); tokens = []; rooms = []
    for n in range(9):
        who = call('POST', 'client/v3/register', {{'username': f'u{{n}}', 'password': 'p' * 9, 'auth': {{'type': 'm.login.dummy'}}}}); token = who.get('access_token', ''); tokens.append(token)
        call('POST', 'client/v3/login', {{'type': 'm.login.password', 'identifier': {{'type': 'm.id.user', 'user': f'u{{n}}'}}, 'password': ('p' * 9, 'bad')[n % 2]}})
        room = call('POST', 'client/v3/createRoom', {{'name': f'r{{n}}', 'preset': 'public_chat', 'room_alias_name': f'r{{n}}'}}, token).get('room_id', '!none'); rooms.append(room)
        for k, t in enumerate(tokens[-4:]):
            call('POST', f'client/v3/join/{{room}}', {{}}, t); call('PUT', f'client/v3/rooms/{{room}}/send/m.room.message/{{n}}{{k}}', {{'msgtype': 'm.text', 'body': f'hello {{n}} {{k}}'}}, t)
            call('GET', f'client/v3/sync?timeout=10', token=t); call('GET', f'client/v3/rooms/{{room}}/messages?dir=b', token=t); call('PUT', f'client/v3/rooms/{{room}}/typing/@u{{n}}:a.example', {{'typing': True, 'timeout': 100}}, t)
        call('GET', 'client/v3/sync?timeout=10', token='bad'); call('POST', 'client/v3/join/%23none:b.invalid', {{}}, token); call('GET', f'client/v3/profile/@u{{n}}:a.example'); call('GET', 'client/v3/nosuch'); call('POST', f'client/v3/rooms/{{room}}/leave', {{}}, token)
        call('POST', f'client/v3/rooms/{{room}}/invite', {{'user_id': '@x:c.invalid'}}, tokens[0]); call('POST', 'client/v3/keys/upload', {{}}, token); call('GET', 'federation/v1/version'); call('GET', 'federation/v1/event/none'); call('GET', 'key/v2/server'); call('POST', 'client/v3/search', {{'search_categories': {{'room_events': {{'search_term': 'hello'}}}}}}, token)
        call('PUT', f'client/v3/rooms/{{room}}/state/m.room.topic', {{'topic': 't'}}, tokens[0]); call('POST', 'media/v3/upload', {{}}, token); call('POST', 'client/v3/logout', {{}}, token if n % 3 == 0 else 'bad'); call('POST', 'client/v3/account/deactivate', {{}}, tokens[0])
    os.kill(os.getpid(), signal.SIGTERM); time.sleep(10); os._exit(0)
threading.Thread(target=use, daemon=True).start()
import logging; from synapse.app import homeserver, _base
import sys; sys.argv = ['homeserver', '-c', {str(path)!r}]
homeserver.main()
"""
    yield from python_run(work, program, 150)


def salt(work: Path) -> Iterator[Placed]:
    """Salt without a master: states that apply, differ and fail, grains, modules that are missing."""
    states = work / "states"
    states.mkdir()
    for name in ("master", "minion"):
        (work / name).write_text(
            f"file_client: local\nroot_dir: {work}/root\nfile_roots: {{base: [{states}]}}\nlog_file: {work}/{name}.log\nid: m\npki_dir: {work}/pki\ncachedir: {work}/cache\npillar_roots: {{base: [{states}]}}\n"
        )
    for n in range(6):
        (states / f"s{n}.sls").write_text(
            f"{work}/f{n}:\n  file.managed:\n    - contents: hello {n}\n    - mode: '06{n}4'\nrun{n}:\n  cmd.run:\n    - name: {('true', 'false', 'echo hi')[n % 3]}\n    - onlyif: {('true', 'false')[n % 2]}\nu{n}:\n  user.present:\n    - require:\n      - cmd: run{n}\n"
            f"p{n}:\n  pkg.installed:\n    - name: {('bash', 'nosuch-package')[n % 2]}\nl{n}:\n  file.symlink:\n    - name: {work}/l{n}\n    - target: /none\nx{n}:\n  file.replace:\n    - name: {work}/f{n}\n    - pattern: hello\n    - repl: bye\nbad{n}:\n  nosuch.state: []\n"
        )
    (states / "top.sls").write_text("base:\n  '*':\n    - s0\n    - s1\n")
    (states / "broken.sls").write_text("a: [\n{{ nothing() }}\n")
    calls = [["state.apply", f"s{n}"] for n in range(6)] + [
        ["state.apply", "broken"],
        ["state.apply", "none"],
        ["state.highstate", "test=True"],
        ["grains.items"],
        ["test.ping"],
        ["nosuch.call"],
        ["cmd.run", "exit 3"],
        ["pillar.items"],
        ["pkg.version", "bash"],
        ["service.status", "cron"],
        ["network.interfaces"],
        ["file.stats", "/none"],
        ["cp.get_file", "salt://none", "/tmp/none-of-ours"],
        ["disk.usage"],
        ["sys.doc", "test"],
        ["state.show_top"],
        ["user.info", "root"],
        ["http.query", "http://127.0.0.1:9/"],
    ]
    program = "import subprocess, sys\n" + "".join(
        f"subprocess.run([sys.executable, '-c', 'import sys; from salt.scripts import salt_call; salt_call()', '-c', {str(work)!r}, '--local', '-l', 'all', *{call!r}], timeout=60, stdout=subprocess.DEVNULL)\n"
        for call in calls
    )
    yield from python_run(work, program, 200)


def kubectl(work: Path) -> Iterator[Placed]:
    """kubectl at its highest verbosity before a server that answers well, late, wrongly and not at all; klog names the place."""
    server = work / "api.py"
    server.write_text(
        "import http.server, json, time\nKINDS = {'pods': 'Pod', 'nodes': 'Node', 'services': 'Service', 'deployments': 'Deployment', 'configmaps': 'ConfigMap', 'events': 'Event'}\n"
        "class H(http.server.BaseHTTPRequestHandler):\n    protocol_version = 'HTTP/1.1'\n    n = 0\n"
        "    def do_GET(self):\n        H.n += 1\n        path = self.path.split('?')[0]; last = path.rstrip('/').split('/')[-1]; code = 200\n"
        "        if path == '/api': body = {'kind': 'APIVersions', 'versions': ['v1']}\n        elif path == '/apis': body = {'kind': 'APIGroupList', 'apiVersion': 'v1', 'groups': [{'name': 'apps', 'versions': [{'groupVersion': 'apps/v1', 'version': 'v1'}], 'preferredVersion': {'groupVersion': 'apps/v1', 'version': 'v1'}}, {'name': 'broken.example', 'versions': [{'groupVersion': 'broken.example/v1', 'version': 'v1'}], 'preferredVersion': {'groupVersion': 'broken.example/v1', 'version': 'v1'}}]}\n"
        "        elif path in ('/api/v1', '/apis/apps/v1'): body = {'kind': 'APIResourceList', 'groupVersion': 'v1' if path == '/api/v1' else 'apps/v1', 'resources': [{'name': name, 'singularName': '', 'namespaced': name != 'nodes', 'kind': kind, 'verbs': ['get', 'list', 'create', 'delete', 'patch', 'watch', 'update']} for name, kind in KINDS.items() if (name == 'deployments') == (path != '/api/v1')]}\n"
        "        elif last == 'version': body = {'major': '1', 'minor': '20', 'gitVersion': 'v1.20.2'}\n        elif last in KINDS: body = {'kind': KINDS[last] + 'List', 'apiVersion': 'v1', 'metadata': {'resourceVersion': '9'}, 'items': [{'metadata': {'name': f'{last}-{n}', 'namespace': 'default'}, 'spec': {}, 'status': {}} for n in range(H.n % 4)]}\n"
        "        else: code, body = (404, 500, 403, 429, 503)[H.n % 5], {'kind': 'Status', 'status': 'Failure', 'reason': 'NotFound', 'code': 404, 'message': f'{last} not found'}\n"
        "        if H.n % 23 == 7: time.sleep(1.5)\n        data = b'junk' if H.n % 29 == 11 else json.dumps(body).encode()\n"
        "        self.send_response(code); self.send_header('Content-Type', 'application/json'); self.send_header('Content-Length', str(len(data)))\n        if code == 429: self.send_header('Retry-After', '1')\n        self.end_headers(); self.wfile.write(data)\n"
        "    def do_POST(self):\n        self.rfile.read(int(self.headers.get('Content-Length') or 0)); self.do_GET()\n    do_PUT = do_PATCH = do_DELETE = do_POST\n    def log_message(self, *a): pass\n"
        "http.server.ThreadingHTTPServer(('127.0.0.1', 43701), H).serve_forever()\n"
    )
    api = background(["python3", str(server)], work / "out")
    time.sleep(1)
    (work / "m.yaml").write_text(
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {k: v}\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d}\nspec: {}\n"
    )
    (work / "bad.yaml").write_text("a: [\n")
    calls = (
        "get pods", "get nodes -o wide", "get pod x", "describe pod x", "get all", "apply -f m.yaml --validate=false", "apply -f bad.yaml", "create -f m.yaml", "delete -f m.yaml --wait=false", "logs x", "exec x -- true", "version",
        "api-resources", "api-versions", "cluster-info", "top nodes", "rollout status deployment/d --timeout=2s", "scale deployment/d --replicas=2", "label pod x a=b", "annotate node n a=b", "drain n", "cordon n", "get events -w --request-timeout=2s",
        "port-forward pod/x 43702:80", "config view", "config use-context none", "auth can-i get pods", "explain pods", "patch cm a -p {}", "wait --for=delete pod/x --timeout=1s", "diff -f m.yaml", "kustomize .", "run r --image=x", "expose deployment d --port=1", "get broken", "proxy --port=0",
    )  # fmt: skip
    form = r"(?P<level>[IWEF])\d{4} [\d:.]+ +\d+ (?P<place>[\w.-]+:\d+)\] (?P<message>.*)"
    for number in range(3):
        for call in calls:
            where = "http://127.0.0.1:43701" if number < 2 else "http://127.0.0.1:9"
            text = run(
                ["kubectl", "-s", where, "--v=10", *call.split()],
                seconds=5,
                cwd=work,
                env={"HOME": str(work / f"home{number}"), "KUBECONFIG": str(work / "none")},
            )
            yield from parsed(text.splitlines(), form)
    ended(api)


def mtail(work: Path) -> Iterator[Placed]:
    """mtail with its glog at verbosity 3: programs that compile and do not, logs that grow, rotate, vanish."""
    programs, logs = work / "progs", work / "logs"
    programs.mkdir()
    logs.mkdir()
    for n in range(8):
        (programs / f"p{n}.mtail").write_text(
            f"counter c{n} by code\nhistogram h{n} buckets 1, 2, 4\n/^(?P<code>\\d+) (?P<rest>.*)$/ {{\n  c{n}[$code]++\n  {'strptime($rest, ' + chr(34) + '2006' + chr(34) + ')' if n % 3 else 'h' + str(n) + ' = $code'}\n}}\n"
            + ("bad {\n" if n == 5 else "")
            + ("counter unused\nconst A /x/\n" if n == 6 else "")
            + ("/(/ { nosuch++ }\n" if n == 7 else "")
        )
    server = background(
        [
            "mtail",
            "--logtostderr",
            "--v=3",
            "--progs",
            str(programs),
            "--logs",
            str(logs / "*.log"),
            "--port",
            "43750",
            "--address",
            "127.0.0.1",
            "--poll_interval=250ms",
            "--dump_bytecode",
            "--stale_log_gc_interval=2s",
            "--expired_metrics_gc_interval=2s",
        ],
        work / "log",
    )
    for step in range(25):
        time.sleep(0.8)
        with (logs / f"a{step % 3}.log").open("a") as out:
            out.write("".join(f"{step * 7 + k} hello {k}\n" for k in range(5)) + "junk\n")
        if step % 6 == 3:
            (logs / f"a{step % 3}.log").rename(logs / f"a{step % 3}.log.1")
        if step % 6 == 5:
            (logs / "a0.log").write_text("")
        if step % 5 == 2:
            (programs / f"p{step % 8}.mtail").write_text(f"counter d{step}\n/x/ {{ d{step}++ }}\n")
        for path in ("metrics", "json", "progz", "graphite", "varz", "none"):
            run(["curl", "-s", "-m", "2", f"http://127.0.0.1:43750/{path}"], seconds=4)
    ended(server)
    yield from list(
        parsed(lines_of(work / "log"), r"(?P<level>[IWEF])\d{4} [\d:.]+ +\d+ (?P<place>[\w.-]+:\d+)\] (?P<message>.*)")
    )[:30_000]


def spark(work: Path) -> Iterator[Placed]:
    """Spark in one process at debug level: jobs, SQL, shuffles, failures, streams."""
    (work / "log4j2.properties").write_text(
        f"rootLogger.level=debug\nrootLogger.appenderRef.f.ref=F\nappender.f.type=File\nappender.f.name=F\nappender.f.fileName={work}/spark.log\nappender.f.layout.type=PatternLayout\nappender.f.layout.pattern=@@%p|%c{{1}}|%F:%L|%m%n%ex{{0}}\n"
    )
    program = f"""
from pyspark.sql import SparkSession
s = SparkSession.builder.master('local[2]').config('spark.ui.enabled', 'false').config('spark.driver.memory', '700m').config('spark.driver.extraJavaOptions', '-Dlog4j2.configurationFile=file:{work}/log4j2.properties').config('spark.sql.shuffle.partitions', '3').config('spark.driver.host', '127.0.0.1').getOrCreate()
def quiet(f):
    try: f()
    except Exception: pass
c = s.sparkContext
for n in range(4):
    d = s.range(1000 * (n + 1)).selectExpr('id', 'id % 7 as k'); d.createOrReplaceTempView(f't{{n}}')
    quiet(lambda: d.groupBy('k').count().collect()); quiet(lambda: s.sql(f'select a.k, max(b.id) from t{{n}} a join t0 b on a.id = b.id group by a.k order by 1').collect())
    quiet(lambda: d.write.mode('overwrite').partitionBy('k').parquet('{work}/o')); quiet(lambda: s.read.parquet('{work}/o').where('k = 3').count()); quiet(lambda: s.sql('select nosuch from t0')); quiet(lambda: s.read.json('{work}/none'))
    quiet(lambda: c.parallelize(range(50), 5).map(lambda x: 1 // (x - 7)).collect()); quiet(lambda: d.cache().count()); quiet(lambda: d.unpersist()); quiet(lambda: c.broadcast(list(range(99))).destroy()); quiet(lambda: d.repartition(4).sortWithinPartitions('k').write.mode('overwrite').csv('{work}/p'))
s.stop()
"""
    (work / "p.py").write_text(program)
    run([f"{VENV}/bin/python", str(work / "p.py")], seconds=150, env={"HOME": str(work)}, cwd=work)
    form = r"@@(?P<level>\w+)\|(?P<logger>[^|]*)\|(?P<place>[^|]*:\d+)\|(?P<message>.*)"
    yield from list(parsed(lines_of(work / "spark.log"), form))[::3]
