# ruff: noqa: E501, UP031 - programs are started, and what they are fed stands as one text
"""Programs run after the sixteen had been scored and read: those were unseen once, these are the unseen ones now."""

import os
import re
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.logs_corpora.later_managed import VENV, python_run
from benchmarks.logs_corpora.later_native import background, ended, lines_of, told
from benchmarks.logs_corpora.managed import HOOKS
from benchmarks.logs_corpora.records import Placed, from_json, parsed, run

NODE = os.environ.get("SEVLINE_LOG_NODE", "/tmp/corpora/node")
"""A folder with eslint, express and mocha from npm."""


def grpc(work: Path) -> Iterator[Placed]:
    """gRPC's core (C++) with all its tracers: calls that work, fail, are late, are cancelled, and a server that is away."""
    program = """
import grpc, concurrent.futures, time
def pay(request, context):
    if request == b'bad': context.abort(grpc.StatusCode.NOT_FOUND, 'no such order')
    if request == b'slow': time.sleep(1)
    return request * 2
def stream(request, context):
    for n in range(5): yield bytes([n]) * 100
handler = grpc.method_handlers_generic_handler('shop.Shop', {'Pay': grpc.unary_unary_rpc_method_handler(pay), 'List': grpc.unary_stream_rpc_method_handler(stream)})
server = grpc.server(concurrent.futures.ThreadPoolExecutor(3)); server.add_generic_rpc_handlers((handler,)); port = server.add_insecure_port('127.0.0.1:0'); server.start()
def quiet(f):
    try: return f()
    except Exception: pass
for target in (f'127.0.0.1:{port}', f'ipv4:127.0.0.1:{port}', '127.0.0.1:9', 'nosuch.invalid:1', 'unix:/none'):
    with grpc.insecure_channel(target, options=[('grpc.keepalive_time_ms', 500), ('grpc.max_receive_message_length', 150)]) as channel:
        pay_, list_ = channel.unary_unary('/shop.Shop/Pay'), channel.unary_stream('/shop.Shop/List')
        for n in range(6):
            quiet(lambda: pay_(b'x' * n, timeout=1)); quiet(lambda: pay_(b'bad', timeout=1)); quiet(lambda: pay_(b'slow', timeout=0.2)); quiet(lambda: list(list_(b'', timeout=1)))
            call = quiet(lambda: list_(b'', timeout=1)); call and call.cancel(); quiet(lambda: channel.unary_unary('/shop.Shop/None')(b'', timeout=0.5)); quiet(lambda: pay_(b'y' * 400, timeout=1, metadata=(('k', 'v' * n),)))
server.stop(0.2).wait()
"""
    (work / "p.py").write_text(program)
    text = run(
        [f"{VENV}/bin/python", str(work / "p.py")],
        seconds=90,
        env={"GRPC_VERBOSITY": "debug", "GRPC_TRACE": "all", "HOME": str(work)},
    )
    form = r"(?P<level>[IWEFD])\d{4} [\d:.]+ +\d+ (?P<place>[\w./-]+:\d+)\] (?P<message>.*)"
    yield from list(parsed(text.splitlines(), form))[::4]


def onnxruntime(work: Path) -> Iterator[Placed]:
    """ONNX Runtime (C++) at verbose level: graphs that are optimised, run, and refused."""
    program = """
import onnx, onnxruntime as rt, numpy as np
from onnx import helper as h, TensorProto as T
rt.set_default_logger_severity(0); rt.set_default_logger_verbosity(4)
def quiet(f):
    try: return f()
    except Exception: pass
def model(ops, shape, opset=17, bad=False):
    nodes, last = [], 'x'
    for n, (op, extra) in enumerate(ops):
        nodes.append(h.make_node(op, [last, *extra], [f'o{n}'], name=f'{op}_{n}')); last = f'o{n}'
    weights = [h.make_tensor('w', T.FLOAT, [4, 4], np.arange(16, dtype=float)), h.make_tensor('b', T.FLOAT, [4], [1, 2, 3, 4])]
    graph = h.make_graph(nodes, 'g', [h.make_tensor_value_info('x', T.FLOAT, shape)], [h.make_tensor_value_info('none' if bad else last, T.FLOAT, None)], weights)
    return h.make_model(graph, opset_imports=[h.make_opsetid('', opset)], ir_version=8).SerializeToString()
chains = [[('MatMul', ['w']), ('Add', ['b']), ('Relu', [])], [('Identity', []), ('Add', ['b']), ('Sigmoid', []), ('Mul', ['b'])], [('Transpose', []), ('Transpose', []), ('Softmax', [])], [('NoSuchOp', [])], [('MatMul', ['w']), ('Tanh', []), ('MatMul', ['w']), ('LayerNormalization', ['b'])], [('Cast', [])], [('Dropout', []), ('Relu', []), ('Relu', [])], [('Gemm', ['w', 'b']), ('LeakyRelu', [])]]
for n, ops in enumerate(chains):
    for level in (rt.GraphOptimizationLevel.ORT_DISABLE_ALL, rt.GraphOptimizationLevel.ORT_ENABLE_EXTENDED, rt.GraphOptimizationLevel.ORT_ENABLE_ALL):
        options = rt.SessionOptions(); options.log_severity_level = 0; options.log_verbosity_level = 4; options.graph_optimization_level = level; options.intra_op_num_threads = 1 + n % 2; options.enable_mem_pattern = n % 3 != 0; options.execution_mode = rt.ExecutionMode.ORT_PARALLEL if n % 2 else rt.ExecutionMode.ORT_SEQUENTIAL
        session = quiet(lambda: rt.InferenceSession(model(ops, [2, 4], bad=n == 7), options, providers=['CPUExecutionProvider']))
        if session:
            for k in range(3): quiet(lambda: session.run(None, {'x': np.ones((2, 4 + (k == 2)), np.float32)}))
            quiet(lambda: session.run(['nothing'], {'x': np.ones((2, 4), np.float32)})); quiet(lambda: session.run(None, {'y': np.ones((2, 4), np.float32)}))
quiet(lambda: rt.InferenceSession(b'junk')); quiet(lambda: rt.InferenceSession('none.onnx')); quiet(lambda: rt.InferenceSession(model(chains[0], [2, 4], opset=99)))
"""
    (work / "p.py").write_text(program)
    text = run([f"{VENV}/bin/python", str(work / "p.py")], seconds=90, cwd=work, env={"HOME": str(work)})
    text = re.sub(r"\x1b\[[\d;]*m", "", text)
    yield from parsed(
        text.splitlines(),
        r"[\d-]+ [\d:.]+ \[(?P<level>\w):(?P<logger>[\w:-]*), (?P<place>[\w./-]+:\d+) [^\]]*\] (?P<message>.*)",
    )


def zookeeper3(work: Path) -> Iterator[Placed]:
    """ZooKeeper (Java) at trace level from the jars that Spark brings, with raw and proper clients."""
    jars = next(Path(VENV).glob("lib/python*/site-packages/pyspark/jars"))
    (work / "zoo.cfg").write_text(
        f"tickTime=500\ndataDir={work}/d\nclientPort=42281\n4lw.commands.whitelist=*\nadmin.enableServer=false\nsnapCount=50\nmaxSessionTimeout=4000\n"
    )
    for name in ("server", "client"):
        (work / f"{name}.properties").write_text(
            f"rootLogger.level=trace\nrootLogger.appenderRef.f.ref=F\nappender.f.type=File\nappender.f.name=F\nappender.f.fileName={work}/{name}.log\nappender.f.layout.type=PatternLayout\nappender.f.layout.pattern=@@%p|%c{{1}}|%F:%L|%m%n%ex{{0}}\n"
        )
    java = ["java", "-Xmx256m", "-cp", f"{jars}/*"]
    server = background(
        [
            *java,
            f"-Dlog4j2.configurationFile=file:{work}/server.properties",
            "org.apache.zookeeper.server.quorum.QuorumPeerMain",
            str(work / "zoo.cfg"),
        ],
        work / "out",
    )
    time.sleep(6)
    steps = "".join(f"create /n{n} v{n}\nset /n{n} w\nget -w /n{n}\nstat /n{n}\nls /\n" for n in range(40))
    steps += "create -e /e x\ncreate -s /s x\ndelete /n1\ndelete /nosuch\nsetAcl /n2 world:anyone:r\nset /n2 y\ngetAcl /n2\nsync /\naddauth digest a:b\nsetquota -n 3 /n3\nlistquota /n3\nbad\ncreate /n3/a b\ndeleteall /n4\nconfig\naddWatch /n5\nset /n5 z\nreconfig\nclose\nls /\nquit\n"
    for _ in range(2):
        run(
            [
                *java,
                f"-Dlog4j2.configurationFile=file:{work}/client.properties",
                "org.apache.zookeeper.ZooKeeperMain",
                "-server",
                "127.0.0.1:42281",
            ],
            stdin=steps,
            seconds=30,
        )
        told(
            42281,
            b"ruok",
            b"stat",
            b"mntr",
            b"dump",
            b"wchs",
            b"nope",
            b"\x00\x00\x00\x05junk!",
            b"\xff" * 40,
            b"conf",
            b"srst",
        )
    ended(server)
    form = r"@@(?P<level>\w+)\|(?P<logger>[^|]*)\|(?P<place>[^|]*:\d+)\|(?P<message>.*)"
    yield from parsed(lines_of(work / "server.log", work / "client.log"), form)


def asyncua(work: Path) -> Iterator[Placed]:
    """An OPC UA server and clients: browsing, reading, writing, subscriptions, wrong nodes, wrong security."""
    program = """
import asyncio
from asyncua import Client, Server, ua
async def quiet(c):
    try: return await asyncio.wait_for(c, 5)
    except Exception: pass
class H:
    def datachange_notification(self, *a): pass
async def main():
    s = Server(); await s.init(); s.set_endpoint('opc.tcp://127.0.0.1:43900/x'); ns = await s.register_namespace('urn:shop'); o = await s.nodes.objects.add_object(ns, 'Line'); vs = [await o.add_variable(ns, f'v{n}', n * 1.5) for n in range(8)]; await vs[0].set_writable()
    async with s:
        for n in range(8):
            c = Client('opc.tcp://127.0.0.1:43900/x', timeout=3)
            if await quiet(c.connect()) is None and n % 4 == 3: await quiet(c.get_node('ns=9;i=99').read_value())
            await quiet(c.nodes.root.get_children()); sub = await quiet(c.create_subscription(100, H()))
            if sub: await quiet(sub.subscribe_data_change(c.get_node(vs[n].nodeid)))
            await vs[n].write_value(n * 2.5); await quiet(c.get_node(vs[0].nodeid).write_value(3.0)); await quiet(c.get_node(vs[1].nodeid).write_value(3.0)); await quiet(c.get_node('i=2253').call_method('none')); await asyncio.sleep(0.3)
            if n % 3: await quiet(c.disconnect())
        await quiet(Client('opc.tcp://127.0.0.1:9/').connect()); bad = Client('opc.tcp://127.0.0.1:43900/x'); bad.set_user('a'); bad.set_password('b'); await quiet(bad.connect())
        r, w = await asyncio.open_connection('127.0.0.1', 43900); w.write(b'HELFjunkjunkjunk'); await w.drain(); await asyncio.sleep(0.3); w.close()
asyncio.run(main())
"""
    yield from python_run(work, program, 60)


def asyncssh(work: Path) -> Iterator[Placed]:
    """An SSH server and clients at the highest debug level: commands, files, forwards, wrong keys and passwords."""
    program = """
import asyncio, asyncssh
asyncssh.set_debug_level(3)
class S(asyncssh.SSHServer):
    def password_auth_supported(self): return True
    def validate_password(self, u, p): return p == 'good'
    def connection_requested(self, *a): return True
    def begin_auth(self, u): return u != 'guest'
async def handle(p):
    p.stdout.write((p.command or 'shell') + chr(10)); p.exit(3 if p.command == 'fail' else 0)
async def quiet(c):
    try: return await asyncio.wait_for(c, 6)
    except Exception: pass
async def main():
    key = asyncssh.generate_private_key('ssh-ed25519'); other = asyncssh.generate_private_key('ecdsa-sha2-nistp256')
    s = await asyncssh.create_server(S, '127.0.0.1', 43950, server_host_keys=[key], process_factory=handle, sftp_factory=True, allow_scp=True, login_timeout=3)
    for n in range(9):
        c = await quiet(asyncssh.connect('127.0.0.1', 43950, known_hosts=None, username=('guest', 'bob', 'eve')[n % 3], password=('good', 'bad')[n % 2], client_keys=[other] if n % 4 == 1 else [], compression_algs=None if n % 2 else ['none'], encryption_algs=['aes128-ctr'] if n == 5 else ()))
        if not c: continue
        for command in ('ls', 'fail', 'x' * 300): await quiet(c.run(command))
        f = await quiet(c.start_sftp_client())
        if f:
            await quiet(f.put('p.py', f'copy{n}')); await quiet(f.get('none', 'x')); await quiet(f.listdir('.')); await quiet(f.stat('none')); await quiet(f.mkdir(f'd{n}')); await quiet(f.rename(f'copy{n}', f'moved{n}')); await quiet(f.remove('none')); f.exit()
        l = await quiet(c.forward_local_port('', 0, '127.0.0.1', 9)); await quiet(c.forward_remote_port('', 0, '127.0.0.1', 9))
        if l: await quiet(asyncio.open_connection('127.0.0.1', l.get_port())); l.close()
        await quiet(c.open_connection('127.0.0.1', 9)); c.close(); await quiet(c.wait_closed())
    await quiet(asyncssh.connect('127.0.0.1', 9)); await quiet(asyncssh.connect('127.0.0.1', 43950, known_hosts=None, username='z', kex_algs=['diffie-hellman-group1-sha1']))
    r, w = await asyncio.open_connection('127.0.0.1', 43950); w.write(b'SSH-1.0-old' + bytes([13, 10])); await asyncio.sleep(0.3); w.close(); s.close()
asyncio.run(main())
"""
    yield from python_run(work, program, 90)


def django(work: Path) -> Iterator[Placed]:
    """A Django site and SQLAlchemy: migrations, queries, pages that are missing, forbidden and broken, templates that fail."""
    program = """
import os, sys, random
from django.conf import settings
settings.configure(DEBUG=True, SECRET_KEY='k' * 50, ROOT_URLCONF=__name__, ALLOWED_HOSTS=['a.example'], DATABASES={'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': 'd.sqlite'}}, INSTALLED_APPS=['django.contrib.auth', 'django.contrib.contenttypes', 'django.contrib.sessions'], MIDDLEWARE=['django.middleware.common.CommonMiddleware', 'django.contrib.sessions.middleware.SessionMiddleware', 'django.middleware.csrf.CsrfViewMiddleware', 'django.contrib.auth.middleware.AuthenticationMiddleware'], TEMPLATES=[{'BACKEND': 'django.template.backends.django.DjangoTemplates'}], LOGGING_CONFIG=None)
import django; django.setup()
from django.core.management import call_command
from django.http import HttpResponse, Http404
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.contrib.auth.models import User, Group
from django.template import engines
from django.urls import path
def page(r, n):
    if n % 9 == 2: raise Http404()
    if n % 9 == 3: raise PermissionDenied()
    if n % 9 == 4: raise SuspiciousOperation('odd')
    if n % 9 == 5: raise ValueError(n)
    User.objects.filter(groups__name='g').exclude(username=f'u{n}').count(); User.objects.get_or_create(username=f'u{n}')
    return HttpResponse(engines['django'].from_string('{{ a.b }} {% if c %}x{% endif %}{% for x in none.y %}{% endfor %}').render({'a': {}}))
urlpatterns = [path('p/<int:n>', page)]
call_command('migrate', verbosity=0)
from django.test import Client
c = Client(SERVER_NAME='a.example', raise_request_exception=False, enforce_csrf_checks=True)
for n in range(45):
    c.get(f'/p/{n}'); c.post(f'/p/{n}', {'x': n}); c.get(f'/none/{n}'); Client(SERVER_NAME='bad.example', raise_request_exception=False).get('/p/1')
from sqlalchemy import create_engine, text, MetaData, Table, Column, Integer, String, ForeignKey
e = create_engine('sqlite:///e.sqlite', echo='debug', echo_pool='debug', pool_size=1); m = MetaData(); Table('a', m, Column('id', Integer, primary_key=True), Column('b', String)); Table('c', m, Column('id', Integer, primary_key=True), Column('a', ForeignKey('a.id'))); m.create_all(e)
for n in range(30):
    try:
        with e.begin() as k:
            k.execute(m.tables['a'].insert().values(b=f'x{n}')); k.execute(m.tables['a'].select().where(m.tables['a'].c.id > n)).fetchall()
            if n % 5 == 4: k.execute(text('select nosuch from a'))
    except Exception: pass
m.drop_all(e); e.dispose()
import asyncio; asyncio.run(asyncio.sleep(0))
"""
    yield from python_run(work, program, 90)


def luigi(work: Path) -> Iterator[Placed]:
    """Luigi and Snakemake: pipelines that work, fail, wait, are done already, have cycles."""
    program = """
import luigi, os, random
class A(luigi.Task):
    n = luigi.IntParameter(); day = luigi.DateParameter(default=__import__('datetime').date(2026, 1, 2))
    retry_count = 2
    def output(self): return luigi.LocalTarget(f'o/{type(self).__name__}-{self.n}')
    def run(self):
        if self.n % 7 == 3: raise ValueError(self.n)
        if self.n % 11 == 5: return
        with self.output().open('w') as f: f.write('x')
class B(A):
    def requires(self): return [A(self.n), A(self.n + 1)]
class Gone(luigi.ExternalTask):
    def output(self): return luigi.LocalTarget('none')
class C(A):
    def requires(self): return [B(self.n), Gone()]
class Dyn(A):
    def run(self):
        yield [A(self.n + 20), B(self.n + 30)]
        super().run()
os.makedirs('o', exist_ok=True)
for n in range(24): luigi.build([(A, B, C, Dyn)[n % 4](n)], local_scheduler=True, workers=1 + n % 2, log_level='DEBUG')
import subprocess, sys
open('Snakefile', 'w').write("rule all:\\n    input: expand('s/{n}.txt', n=range(6))\\nrule one:\\n    output: 's/{n}.txt'\\n    shell: 'test {wildcards.n} != 4 && echo hi > {output}'\\nrule other:\\n    input: 's/1.txt'\\n    output: 't/1.txt'\\n    run: raise ValueError(1)\\n")
for call in (['-n'], ['-c1'], ['-c2', '-k'], ['--summary'], ['t/1.txt', '-c1'], ['none', '-c1'], ['--lint'], ['--dag'], ['-c1', '--forceall', '--debug-dag', '--verbose'], ['--unlock'], ['-s', 'none']):
    subprocess.run([sys.executable, '-m', 'snakemake', *call], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=60)
"""
    yield from python_run(work, program, 120)


def eslint(work: Path) -> Iterator[Placed]:
    """ESLint, Express and Mocha (JavaScript) with all their debugging: rules, plug-ins that are missing, routes, views, failing tests."""
    env = {
        "PLACED_LOG": str(work / "placed"),
        "NODE_OPTIONS": f"--require {HOOKS / 'place.cjs'}",
        "HOME": str(work),
        "DEBUG": "*",
        "NODE_PATH": f"{NODE}/node_modules",
        "DEBUG_COLORS": "no",
        "DEBUG_HIDE_DATE": "1",
    }
    for number in range(4):
        folder = work / f"p{number}"
        (folder / "lib").mkdir(parents=True)
        for k in range(5):
            (folder / f"lib/f{k}.js").write_text(
                f"var a{k} = {k};\nfunction b( ) {{ return a{k} == '{k}' }}\n"
                + ("syntax error here(\n" if k == number else "/* eslint-disable no-var */\n")
            )
        (folder / ".eslintrc.json").write_text(
            '{"root": true, "extends": "%s", "rules": {"semi": 2, "eqeqeq": "warn"}, "overrides": [{"files": "lib/f1*", "rules": {"no-var": 2}}]%s}'
            % (
                ("eslint:recommended", "eslint:all", "nosuch", "eslint:recommended")[number],
                ', "plugins": ["none"]' if number == 3 else "",
            )
        )
        (folder / ".eslintignore").write_text("lib/f4.js\n")
        (folder / "t.js").write_text(
            "const assert = require('assert');\ndescribe('a', () => { for (let n = 0; n < 6; n++) it('does ' + n, () => assert(n !== 3)); it('waits', (done) => setTimeout(done, 5)); it.skip('later', () => 0); before(() => 0); });\n"
        )
        (folder / "s.js").write_text(
            "const e = require('express'), app = e(); app.set('views', __dirname); app.use(e.json()); app.use('/s', e.static('lib')); app.param('id', (q, r, n, id) => id > 4 ? n('route') : n()); app.get('/a/:id', (q, r) => r.send(q.params.id)); app.get('/v', (q, r) => r.render('none')); app.post('/b', (q, r) => r.json(q.body)); app.get('/x', () => { throw new Error('x') }); app.get('/r', (q, r) => r.redirect('/a/1')); app.use('/sub', e.Router().get('/z', (q, r) => r.sendFile('/none')));\nconst s = app.listen(0, async () => { const u = 'http://127.0.0.1:' + s.address().port; for (const p of ['/a/1', '/a/9', '/v', '/x', '/r', '/none', '/s/f1.js', '/s/none', '/sub/z', '/s/../x']) for (const m of ['GET', 'HEAD', 'POST', 'OPTIONS']) await fetch(u + p, {method: m}).catch(() => 0); for (const b of ['{', '{\"a\":1}', '']) await fetch(u + '/b', {method: 'POST', body: b, headers: {'content-type': 'application/json'}}).catch(() => 0); process.exit(0) });\n"
        )
        for call in (
            ["eslint", "lib"],
            ["eslint", "--fix", "lib/f1.js"],
            ["eslint", "none"],
            ["eslint", "--print-config", "lib/f1.js"],
            ["eslint", "--cache", "lib"],
            ["mocha", "t.js"],
            ["mocha", "-g", "does", "--retries", "1", "t.js"],
            ["mocha", "none.js"],
        ):
            run(["node", f"{NODE}/node_modules/.bin/{call[0]}", *call[1:]], seconds=30, env=env, cwd=folder)
        run(["node", "s.js"], seconds=20, env=env, cwd=folder)
    yield from from_json(work.glob("placed.*"))


def fail2ban(work: Path) -> Iterator[Placed]:
    """fail2ban over a log of failed log-ins: jails that ban, unban, fail to act, are asked, reloaded and wrong."""
    (work / "auth.log").write_text("")
    program = f"""
import threading, time, subprocess, sys, os
sys.path.insert(0, '/usr/lib/python3/dist-packages')
def feed():
    time.sleep(4)
    client = ['/usr/bin/python3', '/usr/bin/fail2ban-client', '-s', '{work}/sock', '-c', '/etc/fail2ban']
    def ask(*words): subprocess.run([*client, *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=10, env={{'PATH': os.environ['PATH']}})
    for n in range(3):
        jail = f'j{{n}}'
        for words in (('add', jail, 'polling'), ('set', jail, 'addlogpath', '{work}/auth.log', 'tail'), ('set', jail, 'addfailregex', 'Failed password for .* from <HOST>'), ('set', jail, 'maxretry', '3'), ('set', jail, 'bantime', '3'), ('set', jail, 'findtime', '60'), ('set', jail, 'addaction', 'a'), ('set', jail, 'action', 'a', 'actionban', ('true', 'false', 'nosuch-command')[n]), ('set', jail, 'action', 'a', 'actionunban', 'true'), ('set', jail, 'addignoreip', '192.0.2.9'), ('set', jail, 'addfailregex', '(('), ('start', jail)): ask(*words)
    for n in range(25):
        with open('{work}/auth.log', 'a') as out:
            now = time.strftime('%b %d %H:%M:%S')
            for k in range(4): out.write(f'{{now}} h sshd[{{n}}]: Failed password for u{{k}} from 192.0.2.{{n % 9 + 3}} port 22\\n' + f'{{now}} h sshd[{{n}}]: Accepted x\\n' + 'Jan 01 00:00:00 h sshd: Failed password for old from 192.0.2.77 port 1\\n')
        time.sleep(0.5); ask('status', f'j{{n % 4}}'); ask('set', 'j0', 'unbanip', f'192.0.2.{{n}}'); ask('set', 'j1', 'banip', f'198.51.100.{{n}}'); ask('get', 'j0', 'nosuch'); n % 9 == 8 and ask('restart', 'j1'); n == 20 and ask('stop', 'j2')
    ask('flushlogs'); ask('stop')
threading.Thread(target=feed, daemon=True).start()
import logging
from fail2ban.client.fail2banserver import Fail2banServer
from fail2ban.server.server import Server
logging._acquireLock if hasattr(logging, '_acquireLock') else None
server = Server(); Server.setLogTarget = lambda self, target: True; Server.setLogLevel = lambda self, value: True
logging.getLogger('fail2ban').setLevel(1)
server.start('{work}/sock', '{work}/pid', observer=True)
"""
    yield from python_run(work, program, 60)


def node_exporter(work: Path) -> Iterator[Placed]:
    """Prometheus' node exporter (Go) at debug level, scraped whole and by collectors that exist and do not."""
    log = work / "log"
    server = background(
        [
            "prometheus-node-exporter",
            "--web.listen-address=127.0.0.1:43970",
            "--log.level=debug",
            f"--collector.textfile.directory={work}",
            "--collector.systemd",
            "--collector.processes",
            "--collector.tcpstat",
            "--collector.ntp",
            "--collector.ntp.server=127.0.0.1",
            "--collector.wifi",
            "--collector.perf",
            "--collector.supervisord",
            "--collector.runit",
        ],
        log,
    )
    time.sleep(2)
    (work / "bad.prom").write_text("not a metric {\n")
    for number in range(40):
        for query in ("", "?collect[]=cpu", "?collect[]=nosuch", "?collect[]=textfile&collect[]=meminfo"):
            run(["curl", "-s", "-g", "-m", "5", f"http://127.0.0.1:43970/metrics{query}"], seconds=8)
        (work / f"t{number}.prom").write_text(f"m{number} 1 {'' if number % 2 else 1600000000000}\n")
    ended(server)
    pair = re.compile(r'(\w+)=("(?:[^"\\]|\\.)*"|\S*)')
    for line in lines_of(log):
        found = {key: value.strip('"') for key, value in pair.findall(line)}
        if "caller" in found:
            yield Placed(
                found["caller"],
                found.get("level", ""),
                found.get("msg", line.split(" level=", 1)[-1].split(" ", 1)[-1]),
            )
