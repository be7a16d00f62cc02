# ruff: noqa: E501 - programs are started, and what they are fed stands as one text
"""Programs in Java, JavaScript, Perl, Python and Ruby of the seventh round: chosen before they were run, halved by lot."""

import os
import re
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.logs_corpora.later_native import background, ended, lines_of, told
from benchmarks.logs_corpora.managed import HOOKS
from benchmarks.logs_corpora.records import Placed, from_json, parsed, run
from benchmarks.logs_corpora.seventh_more import pictures
from benchmarks.logs_corpora.seventh_native import VENV, sampled

NODE = os.environ.get("SEVLINE_LOG_SEVENTH_NODE", "/tmp/corpora/node7")
"""A folder where npm installed node-opcua and node-gyp."""


def _hooked(work: Path) -> dict[str, str]:
    return {"PLACED_LOG": str(work / "placed"), "PYTHONPATH": str(HOOKS), "HOME": str(work)}


def jgroups(work: Path) -> Iterator[Placed]:
    """JGroups (Java) at its finest: groups of nodes that meet, send, lose, fall apart, come back, share state; wrong settings."""
    run(["javac", "-d", str(work), str(HOOKS / "Placed.java")], seconds=60)
    (work / "Nodes.java").write_text('import org.jgroups.*;\nimport java.util.*;\npublic class Nodes { public static void main(String[] a) throws Exception { int round = Integer.parseInt(a[0]); String[] stacks = {"udp.xml", "tcp.xml", "sequencer.xml", "flush-udp.xml", "encrypt.xml", "tcpgossip.xml", "auth_md5.xml", "udp-largecluster.xml", "junk.xml"}; List<JChannel> all = new ArrayList<>(); for (int n = 0; n < 4; n++) { try { JChannel c = new JChannel(stacks[round % stacks.length]); c.setName("n" + n); final int me = n; c.setReceiver(new ReceiverAdapter() { public void receive(Message m) { if (m.getObject() instanceof Integer && (Integer) m.getObject() % 7 == 6) throw new RuntimeException("bad"); } public byte[] getState() { return new byte[100]; } public void setState(byte[] s) { if (me == 2) throw new RuntimeException("no"); } }); c.connect("g" + (n == 3 ? "x" : ""), null, null, 1500); all.add(c); for (int k = 0; k < 12; k++) c.send(new Message(k % 3 == 0 && all.size() > 1 ? all.get(0).getAddress() : null, null, k)); c.send(new Message(null, null, new byte[90000])); try { c.getState(null, 800); } catch (Exception e) { } } catch (Throwable e) { System.err.println(e); } } Thread.sleep(1500); for (JChannel c : all) { try { org.jgroups.protocols.DISCARD d = new org.jgroups.protocols.DISCARD(); d.setUpDiscardRate(.5); c.getProtocolStack().insertProtocol(d, org.jgroups.stack.ProtocolStack.ABOVE, org.jgroups.protocols.TP.class); for (int k = 0; k < 30; k++) c.send(new Message(null, null, k)); c.startFlush(500, false); c.stopFlush(); } catch (Throwable e) { } } Thread.sleep(2500); for (JChannel c : all) try { c.shutdown(); Thread.sleep(400); } catch (Throwable e) { } System.exit(0); } }\n')  # fmt: skip
    jars = "/usr/share/java/jgroups.jar"
    run(["javac", "-cp", f"{jars}", "-d", str(work), "Nodes.java"], cwd=work, seconds=60)
    (work / "l.properties").write_text("handlers=Placed\n.level=ALL\norg.jgroups.level=FINEST\n")
    env = {"PLACED_LOG": str(work / "placed")}
    for number in range(9):
        run(["java", "-Djava.net.preferIPv4Stack=true", "-Djgroups.bind_addr=127.0.0.1", "-Djgroups.use.jdk_logger=true", f"-Djava.util.logging.config.file={work}/l.properties", "-cp", f"{work}:{jars}", "Nodes", str(number)], seconds=35, cwd=work, env=env)  # fmt: skip
    yield from sampled(parsed(lines_of(work / "placed.java"), r"@@(?P<level>\w+)\|(?P<logger>[^|]*)\|(?P<place>[^|]*:\d+)\|(?P<message>.*)"))  # fmt: skip


def nodeopcua(work: Path) -> Iterator[Placed]:
    """node-opcua (JavaScript) with all its debugging: a server, clients that connect, read, write, subscribe, browse, fail; junk."""
    (work / "s.js").write_text(
        f'const {{OPCUAServer, Variant, DataType}} = require("{NODE}/node_modules/node-opcua"); (async () => {{ const s = new OPCUAServer({{port: 45620, resourcePath: "/x", maxConnectionsPerEndpoint: 4, allowAnonymous: true, userManager: {{isValidUser: (u, p) => u === "bob" && p === "s"}}}}); await s.initialize(); const n = s.engine.addressSpace.getOwnNamespace(); const d = n.addObject({{organizedBy: s.engine.addressSpace.rootFolder.objects, browseName: "d"}}); let v = 1; for (let k = 0; k < 9; k++) n.addVariable({{componentOf: d, nodeId: "s=v" + k, browseName: "v" + k, dataType: ["Double", "String", "Int32"][k % 3], value: {{get: () => new Variant({{dataType: [DataType.Double, DataType.String, DataType.Int32][k % 3], value: [v++ * .5, "t" + v++, v++ % 1000][k % 3]}})}}}}); n.addVariable({{componentOf: d, nodeId: "s=bad", browseName: "bad", dataType: "Double", value: {{get: () => {{ throw new Error("no") }}}}}}); await s.start(); setTimeout(() => s.shutdown(1000).then(() => process.exit()), 60000) }})()\n'
    )
    (work / "c.js").write_text(
        f'const o = require("{NODE}/node_modules/node-opcua"); const q = async f => {{ try {{ return await f() }} catch (e) {{ return null }} }}; const k = +process.argv[2]; (async () => {{ const c = o.OPCUAClient.create({{endpointMustExist: k % 3 === 0, securityMode: k % 4 === 1 ? o.MessageSecurityMode.SignAndEncrypt : o.MessageSecurityMode.None, securityPolicy: k % 4 === 1 ? o.SecurityPolicy.Basic256Sha256 : o.SecurityPolicy.None, connectionStrategy: {{maxRetry: 1, initialDelay: 50, maxDelay: 100}}, defaultSecureTokenLifetime: k % 2 ? 2000 : 60000, requestedSessionTimeout: 3000, keepSessionAlive: true}}); await q(() => c.connect(k % 6 === 5 ? "opc.tcp://127.0.0.1:9" : "opc.tcp://127.0.0.1:45620/x")); await q(() => c.getEndpoints()); const s = await q(() => c.createSession(k % 5 === 3 ? {{type: o.UserTokenType.UserName, userName: "bob", password: k % 2 ? "s" : "bad"}} : undefined)); if (s) {{ for (let n = 0; n < 10; n++) {{ await q(() => s.read({{nodeId: "ns=1;s=v" + n, attributeId: n === 8 ? 99 : 13}})); await q(() => s.write({{nodeId: "ns=1;s=v" + n, attributeId: 13, value: {{value: {{dataType: "Double", value: n}}}}}})) }} await q(() => s.read({{nodeId: "ns=1;s=bad", attributeId: 13}})); await q(() => s.browse("RootFolder")); await q(() => s.browse("ns=9;s=nosuch")); await q(() => s.translateBrowsePath(o.makeBrowsePath("RootFolder", "/Objects/Server"))); await q(() => s.call({{objectId: "Server", methodId: "i=11492", inputArguments: [{{dataType: "UInt32", value: 1}}]}})); await q(() => s.readHistoryValue("ns=1;s=v1", new Date(0), new Date())); await q(() => s.registerNodes(["ns=1;s=v1"])); await q(() => s.readVariableValue("ns=1;s=nosuch")); const u = await q(() => s.createSubscription2({{requestedPublishingInterval: 50 + k, requestedLifetimeCount: 20, requestedMaxKeepAliveCount: 3, publishingEnabled: true}})); if (u) {{ for (let n = 0; n < 4; n++) await q(() => u.monitor({{nodeId: n === 3 ? "ns=1;s=nosuch" : "ns=1;s=v" + n, attributeId: 13}}, {{samplingInterval: 20, queueSize: n, filter: n === 2 ? new o.DataChangeFilter({{deadbandType: 1, deadbandValue: .1, trigger: 1}}) : undefined}}, o.TimestampsToReturn.Both)); await new Promise(r => setTimeout(r, 900)); await q(() => u.setPublishingMode(false)); if (k % 2) await q(() => u.terminate()) }} if (k % 4 === 2) process.exit(); await q(() => s.close(k % 3 > 0)); await q(() => s.read({{nodeId: "i=1", attributeId: 13}})) }} await q(() => c.disconnect()) }})()\n'
    )
    env = {"DEBUG": "ALL", "HOME": str(work), "FORCE_COLOR": "0", "NODEOPCUA_LOG_LEVEL": "7"}
    server = background(["node", "s.js"], work / "log", env=env, cwd=work)
    time.sleep(14)
    lines: list[str] = []
    for number in range(12):
        lines += run(["node", "c.js", str(number)], seconds=16, env=env, cwd=work).splitlines()
    told(
        45620,
        b"junk" * 30,
        b"HELF\x20\0\0\0" + b"\0" * 24,
        b"HELF\xff\xff\xff\xff",
        b"OPNF\x10\0\0\0" + b"\0" * 8,
        b"HELF\x38\0\0\0\0\0\0\0\0\0\1\0\0\0\1\0\0\0\0\0\0\0\0\0\x18\0\0\0opc.tcp://127.0.0.1:9/none",
    )
    time.sleep(4)
    ended(server)
    found = [re.sub(r"\x1b\[[\d;]*m", "", line) for line in [*lines_of(work / "log"), *lines]]
    yield from sampled(parsed(found, r"[\d:.]+Z? *:(?P<place>[\w.-]+ *:\d+) *:?(?P<message>.*)"))


def nodegyp(work: Path) -> Iterator[Placed]:
    """node-gyp (JavaScript) at its most talkative: modules set up, built, cleaned, listed, with wrong folders, files and versions."""
    env = {"PLACED_LOG": str(work / "placed"), "NODE_OPTIONS": f"--require={HOOKS}/place.cjs", "HOME": str(work)}
    for number in range(3):
        folder = work / f"m{number}"
        folder.mkdir()
        (folder / "a.cc").write_text(
            "#include <node.h>\nvoid f(v8::Local<v8::Object> e) {}\nNODE_MODULE(a, f)\n" if number % 2 else "junk("
        )
        (folder / "binding.gyp").write_text(
            (
                "{'targets': [{'target_name': 'a', 'sources': ['a.cc']}]}",
                "{junk",
                "{'targets': [{'target_name': 'a', 'type': 'none', 'sources': ['none.cc']}]}",
            )[number % 3]
        )
        for text in ("configure", "configure --debug", "configure --nodedir=/usr", "configure --nodedir=/none", "configure --python=/none", "configure --target=99.0.0 --dist-url=http://127.0.0.1:9", "configure --devdir=/proc/x", "build --nodedir=/usr", "build --debug", "build --jobs=max", "build --make=nosuch", "rebuild --nodedir=/usr", "clean", "list", "install --target=1.0 --dist-url=http://127.0.0.1:9", "install --ensure", "remove 1.2.3", "remove", "nosuch", "configure --msvs_version=9", "install junk", "list --devdir=/none", "configure --thin=yes -- -Dx=1", "configure --cafile=/none --tarball=none.tgz --target=20.1.0"):  # fmt: skip
            run(
                [
                    "node",
                    f"{NODE}/node_modules/node-gyp/bin/node-gyp.js",
                    *text.split()[:1],
                    "--verbose" if number % 2 else "--loglevel=silly",
                    *text.split()[1:],
                ],
                seconds=6,
                env=env,
                cwd=folder,
            )
    found = [
        record
        for record in from_json(work.glob("placed.*"))
        if "node-gyp" in record.place and "/log.js" not in record.place
    ]
    yield from sampled(iter(found))


def r10k(work: Path) -> Iterator[Placed]:
    """r10k (Ruby) at its finest: environments and modules from repositories, changed, removed, broken, away; wrong settings."""
    script = "git init -q -b main $1; cd $1; git config user.email a@x.example; git config user.name a; for n in 1 2 3; do echo $n > f$n; git add .; git commit -qm m$n; git branch b$n; git tag v$n; done"
    for name in ("control", "mod1", "mod2"):
        run(["bash", "-c", script, "x", name], cwd=work, seconds=20)
    puppet = f"forge 'http://127.0.0.1:9'\nmod 'a', git: '{work}/mod1', branch: 'b1'\nmod 'b', git: '{work}/mod2', tag: 'v2'\nmod 'c', git: '{work}/none'\nmod 'puppetlabs/d', '1.2.3'\nmod 'e', local: true\nmod 'f', git: '{work}/mod1', ref: 'nosuch'\nmod 'g', git: '{work}/mod1', branch: :control_branch, default_branch: 'main'\n"
    for number, body in enumerate(
        (
            puppet,
            "junk(",
            puppet.replace("mod 'c'", "mod 'c2'").replace("1.2.3", ":latest"),
            f"moduledir 'x'\nmod 'a', git: '{work}/mod1'\nmod 'a', git: '{work}/mod2'\n",
            f"mod 'h', svn: 'file:///none'\nmod 'i', git: '{work}/mod1', install_path: 'deep/x'\nmod 'j', type: 'git', source: '{work}/mod2'\nmod 'k', type: 'nosuch', version: '1'\n",
        )
    ):
        run(
            ["bash", "-c", f"git checkout -q -B e{number} main; cat > Puppetfile; git add .; git commit -qm p"],
            stdin=body,
            cwd=work / "control",
            seconds=10,
        )
    env = {
        "PLACED_LOG": str(work / "placed"),
        "RUBYOPT": f"-r{HOOKS}/logged.rb",
        "HOME": str(work),
        "GIT_CONFIG_COUNT": "0",
    }
    for number in range(5):
        settings = (f"cachedir: {work}/cache\nsources:\n  one:\n    remote: {work}/control\n    basedir: {work}/env\n", f"cachedir: {work}/cache\ngit:\n  provider: shellgit\n  default_ref: main\nforge:\n  baseurl: 'http://127.0.0.1:9'\ndeploy:\n  purge_levels: ['deployment', 'environment', 'puppetfile']\n  purge_allowlist: ['x']\n  exclude_spec: true\n  write_lock: false\nsources:\n  one:\n    remote: {work}/control\n    basedir: {work}/env\n    prefix: true\n    ignore_branch_prefixes: ['b']\n  two:\n    remote: {work}/none\n    basedir: {work}/env2\n    strip_component: 'e'\npostrun: ['/bin/echo', '$modifiedenvs']\n", "junk: [", f"cachedir: {work}/cache\npool_size: 3\ngenerate_types: true\npuppet_path: /none\nsources:\n  one:\n    type: yaml\n    basedir: {work}/env3\n    config: {work}/envs.yaml\n", f"cachedir: /proc/x\nsources:\n  one:\n    remote: {work}/control\n    basedir: {work}/env\n    invalid_branches: error\n")[number]  # fmt: skip
        (work / "r.yaml").write_text(settings)
        (work / "envs.yaml").write_text(
            f"p1:\n  type: git\n  remote: {work}/control\n  ref: e0\n  modules:\n    q: {{git: '{work}/mod1', ref: main}}\np2:\n  type: bare\n  modules: {{}}\np3:\n  type: nosuch\n"
        )
        for text in ("deploy environment", "deploy environment -m", "deploy environment e0 -m --incremental", "deploy environment nosuch", "deploy module a", "deploy module nosuch", "deploy module b -e e0", "deploy display", "deploy display --detail --fetch", "deploy display -p --format=json", "puppetfile check --puppetfile control/Puppetfile", "puppetfile install --puppetfile control/Puppetfile --moduledir mods", "puppetfile purge --puppetfile control/Puppetfile --moduledir mods", "puppetfile install --force --puppetfile control/Puppetfile --moduledir mods", "puppetfile install --puppetfile none", "help", "nosuch", "deploy environment --no-force --default-branch-override main"):  # fmt: skip
            run(
                [
                    "r10k",
                    *text.split(),
                    *(["-c", f"{work}/r.yaml"] if text.startswith("deploy") else []),
                    "-v",
                    "debug2",
                ],
                seconds=25,
                env=env,
                cwd=work,
            )
        for path in (work / "env").glob("*/modules/*"):
            (path / "f1").write_text("changed") if path.is_dir() and number % 2 else None
        run(["bash", "-c", f"cd mod1; git checkout -q b1; echo {number} > g; git add .; git commit -qm x; cd ../control; git branch -D b{number % 3 + 1}; git tag w{number}"], cwd=work, seconds=10)  # fmt: skip
        (work / f"env/stray{number}").mkdir(parents=True, exist_ok=True)
    yield from sampled(from_json(work.glob("placed.*")))


def amavis(work: Path) -> Iterator[Placed]:
    """amavis (Perl) at its finest: letters plain and packed, with programs, viruses, bad heads and junk, over SMTP, LMTP and its own protocol."""
    (work / "Amavis").mkdir()
    source = Path("/usr/share/perl5/Amavis/Util.pm").read_text(errors="replace")
    hook = 'sub do_log($$;@) {\n  { my($lv, $f, @a) = @_; my @c = caller(0); my $t = @a ? sprintf($f, @a) : $f; $t =~ s/\\n.*//s; if (open(my $o, ">>", "PATH")) { print $o "\\@\\@$lv|$c[1]:$c[2]|$t\\n"; close $o } }\n'
    (work / "Amavis/Util.pm").write_text(
        source.replace("sub do_log($$;@) {\n", hook.replace("PATH", str(work / "log")))
    )
    for name in ("tmp", "db", "q", "var"):
        (work / name).mkdir()
    (work / "c").write_text(
        f"use strict;\n$max_servers = 2; $daemon_user = 'nobody'; $daemon_group = 'nogroup'; $myhostname = 'a.x.example'; $mydomain = 'x.example'; $MYHOME = '{work}'; $TEMPBASE = '{work}/tmp'; $db_home = '{work}/db'; $QUARANTINEDIR = '{work}/q'; $pid_file = '{work}/var/pid'; $lock_file = '{work}/var/lock'; $enable_db = 0; $enable_zmq = 0; $inet_socket_port = [45640, 45641]; $interface_policy{{'45641'}} = 'P'; $policy_bank{{'P'}} = {{ protocol => 'LMTP', originating => 1 }}; $unix_socketname = undef; $log_level = 5; $do_syslog = 0; $sa_local_tests_only = 1; $sa_tag_level_deflt = -99; $sa_tag2_level_deflt = 2; $sa_kill_level_deflt = 3; @local_domains_maps = (['.x.example']); @mynetworks = ('127.0.0.0/8'); $forward_method = 'smtp:[127.0.0.1]:45642'; $notify_method = $forward_method; $final_virus_destiny = D_DISCARD; $final_banned_destiny = D_BOUNCE; $final_spam_destiny = D_PASS; $virus_admin = 'root@x.example'; $banned_filename_re = new_RE([qr'\\.exe$'i => 1], qr'^\\.(exe|lha)$'); $banned_admin = 'root@x.example'; $warnbadhsender = 1; @bypass_virus_checks_maps = (0); $defang_virus = 1; @av_scanners = (['Made', '/bin/sh', [\"-c 'grep -rq EICAR {{}} && echo FOUND: Eicar && exit 1; exit 0'\"], [0], [1], qr/FOUND: (.+)/], ['Dead', \\&ask_daemon, [\"CONTSCAN {{}}\\n\", '/none'], qr/OK/, qr/FOUND/, qr/: (.*) FOUND/]); $allowed_header_tests{{'multiple'}} = 1; @decoders = (['mail', \\&do_mime_decode], ['gz', \\&do_uncompress, ['gzip -d']], ['zip', \\&do_unzip], ['tar', \\&do_pax_cpio, ['pax']]); 1;\n"
    )
    run(["chown", "-R", "nobody:nogroup", *(str(work / name) for name in ("tmp", "db", "q", "var"))])
    work.chmod(0o755)
    (work / "log").touch()
    (work / "log").chmod(0o666)
    sink = background(["python3", "-c", "import socketserver\nclass H(socketserver.StreamRequestHandler):\n    def handle(s):\n        s.wfile.write(b'220 x ESMTP\\r\\n'); data = False; n = 0\n        for l in s.rfile:\n            n += 1\n            if data:\n                if l == b'.\\r\\n': data = False; s.wfile.write(b'250 2.0.0 ok queued as %d\\r\\n' % n)\n            elif l.upper().startswith(b'DATA'): data = True; s.wfile.write(b'354 go\\r\\n')\n            elif l.upper().startswith(b'EHLO'): s.wfile.write(b'250-x\\r\\n250-PIPELINING\\r\\n250-8BITMIME\\r\\n250 DSN\\r\\n')\n            elif b'refuse' in l: s.wfile.write(b'550 5.1.1 no such user\\r\\n')\n            elif b'later' in l: s.wfile.write(b'451 4.3.0 later\\r\\n')\n            elif l.upper().startswith(b'QUIT'): s.wfile.write(b'221 bye\\r\\n'); return\n            else: s.wfile.write(b'250 ok\\r\\n')\nsocketserver.ThreadingTCPServer(('127.0.0.1', 45642), H).serve_forever()\n"], work / "sink")  # fmt: skip
    server = background(
        ["perl", "-T", "-I", str(work), "/usr/sbin/amavisd", "-c", f"{work}/c", "foreground"], work / "out", cwd=work
    )
    time.sleep(9)
    (work / "p.py").write_text("import smtplib, io, zipfile, gzip, tarfile, sys\nfrom email.message import EmailMessage\ndef quiet(f):\n    try: return f()\n    except BaseException as e: return None\nz = io.BytesIO()\nwith zipfile.ZipFile(z, 'w') as o: o.writestr('a.exe', b'MZ' + b'x' * 300); o.writestr('b.txt', 'hi')\nzz = io.BytesIO()\nwith zipfile.ZipFile(zz, 'w') as o: o.writestr('in.zip', z.getvalue())\nt = io.BytesIO()\nwith tarfile.open(fileobj=t, mode='w:gz') as o: i = tarfile.TarInfo('x/y'); i.size = 4; o.addfile(i, io.BytesIO(b'abcd'))\nkinds = [None, ('a.txt', b'hello'), ('a.exe', b'MZ' + b'q' * 999), ('a.zip', z.getvalue()), ('n.zip', zz.getvalue()), ('bad.zip', b'PK\\3\\4junk'), ('a.gz', gzip.compress(b'x' * 99999)), ('a.tgz', t.getvalue()), ('v.com', b'EICAR-TEST'), ('x.pdf', b'%PDF-1.4 junk'), ('p.png', b'\\x89PNG junk'), ('dé.doc', b'\\xd0\\xcf\\x11\\xe0junk')]\nfor n in range(60):\n    m = EmailMessage(); m['From'] = 'u%d@y.example' % n; m['To'] = 'bob@x.example'; m['Subject'] = ('hello', 'Viagra \\u00fc', 'x' * 300)[n % 3]; m['Message-ID'] = '<%d@y.example>' % n\n    m.set_content(('plain text', 'free money http://127.0.0.1/x', '')[n % 3])\n    if n % 4 == 1: m.add_alternative('<html><a href=\"http://x\">x</a></html>', subtype='html')\n    k = kinds[n % len(kinds)]\n    if k: m.add_attachment(k[1], maintype='application', subtype='octet-stream', filename=k[0])\n    b = quiet(m.as_bytes) or b'Subject: x\\n\\nhi\\n'\n    if n % 9 == 2: b = b'Subject: a\\nSubject: b\\nX: \\xff\\xfe\\nBad Header\\n' + b\n    if n % 9 == 5: b = b'\\nno head'\n    if n % 11 == 4: b = b.replace(b'boundary=', b'boundary=x')\n    for port, c in ((45640, smtplib.SMTP), (45641, smtplib.LMTP)):\n        s = quiet(lambda: c('127.0.0.1', port, timeout=20))\n        if s is None: continue\n        quiet(lambda: s.sendmail('u%d@%s.example' % (n, 'xy'[n % 2]) if n % 7 else '<>', [('bob@x.example', 'refuse@x.example', 'later@x.example', 'z@y.example', 'a+b@sub.x.example', '\"q r\"@x.example')[(n + j) % 6] for j in range(1 + n % 3)], b, mail_options=['SIZE=%d' % len(b)] if n % 2 else [])); quiet(lambda: s.docmd(('NOOP', 'VRFY x', 'NOSUCH', 'XFORWARD NAME=a ADDR=1.2.3.4', 'RSET', 'HELP')[n % 6])); quiet(s.quit)\n")  # fmt: skip
    run([f"{VENV}/bin/python", "p.py"], cwd=work, seconds=150)
    told(
        45640,
        b"junk\r\n",
        b"EHLO\r\nMAIL FROM:<a@b\r\nRCPT TO:<>\r\nDATA\r\n",
        b"HELO x\r\nDATA\r\nQUIT\r\n",
        b"MAIL FROM:<a@y.example> NOSUCH=1\r\n",
    )
    ended(server, sink)
    yield from sampled(parsed(lines_of(work / "log"), r"@@(?P<level>-?\d+)\|(?P<place>[^|]*:\d+)\|(?P<message>.*)"))


def diffoscope(work: Path) -> Iterator[Placed]:
    """diffoscope (Python) with all its debugging: pairs of archives, programs, pictures, packages, data bases, folders; broken ones."""
    script = "mkdir a b; for d in a b; do echo $d > $d/x.txt; cp /bin/ls $d/prog; test $d = b && cp /bin/cat b/prog; tar czf $d/t.tgz $d/x.txt; (cd $d; zip -q z.zip x.txt; gzip -k x.txt; bzip2 -k x.txt; xz -k x.txt; zstd -q x.txt; ar q l.a x.txt; python3 -c \"import sqlite3; c = sqlite3.connect('d.sqlite3'); c.execute('create table t (a)'); c.execute('insert into t values (1)') if '$d' == 'a' else 0; c.commit(); import json; json.dump({'k': '$d'}, open('j.json', 'w')); open('u.html', 'w').write('<html>$d</html>'); open('p.png', 'wb').write(b'\\x89PNG\\r\\n\\x1a\\n' + b'$d' * 40); open('c.class', 'wb').write(b'\\xca\\xfe\\xba\\xbe\\0\\0\\0\\x34' + b'$d' * 20); open('q.pdf', 'wb').write(b'%PDF-1.4\\n$d'); open('bad.zip', 'wb').write(b'PK\\3\\4$d'); open('m.pyc', 'wb').write(b'$d' * 20); open('s.xml', 'w').write('<a>$d</a>'); open('e.deb', 'wb').write(b'!<arch>\\ndebian-binary   0           0     0     100644  4         \\x60\\n2.0\\n$d')\"; echo 'int f(){return 1;}' > o.c; test $d = b && echo 'int f(){return 2;}' > o.c; gcc -c o.c -o o.o; gcc -shared -fPIC o.c -o o.so; ln -s x.txt l; mkfifo ff; mkdir -p sub/deep; echo $d > sub/deep/f; echo 'msgid \"a\"' > m.po; msgfmt m.po -o m.mo; cpio -o < /dev/null > c.cpio; dd if=/dev/zero of=i.img bs=1k count=64; mkfs.ext2 -q -F i.img; cp /usr/share/doc/adduser/copyright dsc.dsc; openssl rand 300 > r.bin; echo '{junk' > k.json); done"
    run(["bash", "-c", script], cwd=work, seconds=60)
    for name in ("a.deb", "b.deb"):
        (work / name[0] / "DEBIAN").mkdir()
        (work / name[0] / "DEBIAN/control").write_text(
            f"Package: x\nVersion: {ord(name[0])}\nArchitecture: all\nMaintainer: a <a@x.example>\nDescription: x\n"
        )
        (work / name[0] / "ff").unlink(missing_ok=True)
        run(["dpkg-deb", "-b", name[0], name], cwd=work, seconds=20)
    names = sorted({path.name for path in (work / "a").iterdir()} - {"DEBIAN"})
    calls = [[f"a/{name}", f"b/{name}"] for name in names] + [["a", "b"], ["a.deb", "b.deb"], ["a/x.txt", "a/x.txt"], ["a/none", "b/x.txt"], ["a/t.tgz", "b/z.zip"], ["--html", "o.html", "a/t.tgz", "b/t.tgz"], ["--json", "o.json", "a", "b"], ["--html-dir", "od", "a.deb", "b.deb"], ["--markdown", "-", "a/prog", "b/prog"], ["--restructured-text", "-", "a/l.a", "b/l.a"], ["--exclude", "*.o", "a", "b"], ["--exclude-command", "readelf.*", "a/prog", "b/prog"], ["--max-report-size", "10", "a", "b"], ["--max-container-depth", "1", "a/t.tgz", "b/t.tgz"], ["--fuzzy-threshold", "300", "a.deb", "b.deb"], ["--timeout", "1", "a", "b"], ["--profile", "-", "a/j.json", "b/j.json"], ["--list-tools"], ["--list-missing-tools", "debian"], ["--load-existing-diff", "o.json"], ["--new-file", "a/none", "b/x.txt"], ["--tool-prefix-binutils", "x-", "a/o.o", "b/o.o"], ["--use-dbgsym", "yes", "a.deb", "b.deb"], ["--exclude-directory-metadata", "no", "a", "b"], ["--diff-mask", "a", "a", "b"]]  # fmt: skip
    for call in calls:
        run(["diffoscope", "--debug", *call], seconds=40, cwd=work, env=_hooked(work))
    yield from sampled(from_json(work.glob("placed.*")))


def pynetdicom(work: Path) -> Iterator[Placed]:
    """pynetdicom (Python) with all its debugging: archives that serve, refuse, fail, are slow; clients of every service; junk on the line."""
    pictures(work)
    (work / "s.py").write_text("import sys, time\nfrom pynetdicom import AE, evt, AllStoragePresentationContexts, debug_logger, QueryRetrievePresentationContexts, VerificationPresentationContexts, BasicWorklistManagementPresentationContexts, ModalityPerformedPresentationContexts, StorageCommitmentPresentationContexts, build_role\nfrom pydicom import dcmread\nfrom pydicom.dataset import Dataset\nimport glob\nfiles = [dcmread(f, force=True) for f in sorted(glob.glob('i*.dcm'))]\nae = AE(ae_title='SCP'); ae.maximum_associations = 3; ae.network_timeout = 4; ae.acse_timeout = 4; ae.dimse_timeout = 4; ae.require_called_aet = False\nfor c in list(AllStoragePresentationContexts)[:100] + list(QueryRetrievePresentationContexts) + list(VerificationPresentationContexts) + list(BasicWorklistManagementPresentationContexts) + list(ModalityPerformedPresentationContexts) + list(StorageCommitmentPresentationContexts): ae.add_supported_context(c.abstract_syntax, scu_role=True, scp_role=True)\nn = [0]\ndef store(e):\n    n[0] += 1\n    if n[0] % 7 == 3: raise ValueError('bad')\n    return [0, 0xA700, 0xB000, 0x9999, None][n[0] % 5]\ndef find(e):\n    n[0] += 1\n    for k, f in enumerate(files[:4]):\n        if e.is_cancelled: yield 0xFE00, None; return\n        d = Dataset(); d.QueryRetrieveLevel = 'STUDY'; d.PatientID = f.get('PatientID', '')\n        if n[0] % 5 == 4 and k == 2: raise ValueError('no')\n        yield [0xFF00, 0xFF01][n[0] % 2], d\n    if n[0] % 3 == 0: yield 0xA700, None\ndef move(e):\n    n[0] += 1\n    yield ('127.0.0.1', 9) if n[0] % 3 else (None, None)\n    yield 2\n    yield 0xFF00, files[1]; yield 0xFF00, 'junk'\ndef get(e):\n    n[0] += 1\n    yield 'x' if n[0] % 5 == 4 else 3\n    for f in files[:3]: yield 0xFF00, f\ndef other(e):\n    n[0] += 1\n    if n[0] % 2: raise ValueError('x')\n    return 0, None\nae.start_server(('127.0.0.1', int(sys.argv[1])), evt_handlers=[(evt.EVT_C_STORE, store), (evt.EVT_C_FIND, find), (evt.EVT_C_MOVE, move), (evt.EVT_C_GET, get), (evt.EVT_C_ECHO, lambda e: 0 if n[0] % 4 else 0x122), (evt.EVT_N_ACTION, other), (evt.EVT_N_CREATE, other), (evt.EVT_N_GET, other), (evt.EVT_N_SET, other), (evt.EVT_N_DELETE, lambda e: 'x'), (evt.EVT_USER_ID, lambda e: (n[0] % 2 == 0, b'x'))])\n")  # fmt: skip
    (work / "c.py").write_text("import sys, glob\nfrom pynetdicom import AE, evt, build_role, StoragePresentationContexts, QueryRetrievePresentationContexts\nfrom pynetdicom.pdu_primitives import UserIdentityNegotiation, SOPClassExtendedNegotiation, AsynchronousOperationsWindowNegotiation\nfrom pydicom import dcmread\nfrom pydicom.dataset import Dataset\nn = int(sys.argv[2])\ndef quiet(f):\n    try: return f()\n    except BaseException as e: return None\nfiles = [quiet(lambda: dcmread(f, force=True)) for f in sorted(glob.glob('*.dcm'))]\nae = AE(ae_title='ME%d' % n); ae.acse_timeout = 3; ae.dimse_timeout = 3; ae.network_timeout = 3\nae.add_requested_context('1.2.840.10008.1.1')\nfor c in StoragePresentationContexts[20:60] + list(QueryRetrievePresentationContexts)[:12]: ae.add_requested_context(c.abstract_syntax)\nif n % 3 == 2: ae.add_requested_context('1.2.3.nosuch' if n % 2 else '1.2.3.4', '1.2.840.10008.1.2.4.50')\nneg = [build_role('1.2.840.10008.5.1.4.1.1.2', scp_role=True, scu_role=n % 2 == 0)]\nif n % 4 == 1: u = UserIdentityNegotiation(); u.user_identity_type = 2; u.primary_field = b'bob'; u.secondary_field = b'x'; u.positive_response_requested = True; neg.append(u)\nif n % 4 == 3: w = AsynchronousOperationsWindowNegotiation(); w.maximum_number_operations_invoked = 5; neg.append(w)\na = quiet(lambda: ae.associate('127.0.0.1', 9 if n % 9 == 8 else int(sys.argv[1]), ae_title='SCP', ext_neg=neg, evt_handlers=[(evt.EVT_C_STORE, lambda e: 0 if n % 2 else 0xA700)]))\nif a is None or not a.is_established: sys.exit()\nquiet(a.send_c_echo)\nfor f in files: quiet(lambda: a.send_c_store(f))\nd = Dataset(); d.QueryRetrieveLevel = ('STUDY', 'PATIENT', 'NOSUCH')[n % 3]; d.PatientID = 'P*'; d.StudyInstanceUID = '1.2.3.1'\nfor m in ('1.2.840.10008.5.1.4.1.2.1.1', '1.2.840.10008.5.1.4.1.2.2.1', '1.2.840.10008.5.1.4.31'): quiet(lambda: list(a.send_c_find(d, m)))\nfor m in ('1.2.840.10008.5.1.4.1.2.1.2', '1.2.840.10008.5.1.4.1.2.2.2'): quiet(lambda: list(a.send_c_move(d, 'X', m)))\nfor m in ('1.2.840.10008.5.1.4.1.2.1.3', '1.2.840.10008.5.1.4.1.2.2.3'): quiet(lambda: list(a.send_c_get(d, m)))\nquiet(lambda: a.send_n_create(d, '1.2.840.10008.3.1.2.3.3', '1.2.3')); quiet(lambda: a.send_n_get([], '1.2.840.10008.3.1.2.3.3', '1.2.3')); quiet(lambda: a.send_n_action(d, 1, '1.2.840.10008.1.20.1', '1.2.840.10008.1.20.1.1')); quiet(lambda: a.send_n_delete('1.2.840.10008.3.1.2.3.3', '1.2.3'))\nquiet(lambda: a.send_c_cancel(1, query_model='1.2.840.10008.5.1.4.1.2.1.1'))\nquiet(a.abort if n % 3 == 1 else a.release); quiet(a.send_c_echo)\n")  # fmt: skip
    extra = "import runpy, sys, logging\nfrom pynetdicom import debug_logger\ndebug_logger()\nsys.argv = sys.argv[1:]\nrunpy.run_path(sys.argv[0], run_name='__main__')\n"
    (work / "r.py").write_text(extra)
    server = background([f"{VENV}/bin/python", "r.py", "s.py", "45650"], work / "out", env=_hooked(work), cwd=work)
    time.sleep(6)
    for number in range(14):
        run([f"{VENV}/bin/python", "r.py", "c.py", "45650", str(number)], seconds=25, env=_hooked(work), cwd=work)
    told(
        45650,
        b"junk" * 30,
        b"\1\0\0\0\0\4\0\1",
        b"\4\0\0\0\0\6\0\0\0\2\1\3",
        b"\1\0\0\0\xff\xff\xff\xff",
        b"\7\0\0\0\0\4\0\0\2\0",
        b"\5\0\0\0\0\4\0\0\0\0",
        b"\x99\0\0\0\0\4\0\0\0\0",
        b"",
    )
    time.sleep(3)
    ended(server)
    yield from sampled(from_json(work.glob("placed.*")))


def amqtt(work: Path) -> Iterator[Placed]:
    """aMQTT (Python) with all its debugging: a broker and clients that meet, publish, keep, leave, break; names refused; junk."""
    (work / "pw").write_text(
        "bob:$6$l4zQEHEcowc1Pnv4$HHrh8xnsZoLItQ8BmpFHM4r6q5UqK3DnXp2GaTm5zp5buQ7NheY3Xt9f6godVKbEtA.hOC7IEDwnok3pbAOip.\n"
    )
    (work / "b.py").write_text("import asyncio, logging, sys\nfrom amqtt.broker import Broker\np = 'amqtt.plugins.'; one = sys.argv[1] == '1'\nc = {'listeners': {'default': {'type': 'tcp', 'bind': '127.0.0.1:45660', 'max_connections': 5}, 'ws': {'bind': '127.0.0.1:45661', 'type': 'ws'}}, 'timeout_disconnect_delay': 1, 'plugins': {p + 'authentication.AnonymousAuthPlugin': {'allow_anonymous': not one}, p + 'authentication.FileAuthPlugin': {'password_file': 'pw'}, p + 'sys.broker.BrokerSysPlugin': {'sys_interval': 2}, p + 'logging_amqtt.EventLoggerPlugin': {}, p + 'logging_amqtt.PacketLoggerPlugin': {}} | ({p + 'topic_checking.TopicTabooPlugin': {}} if one else {p + 'topic_checking.TopicAccessControlListPlugin': {'acl': {'bob': ['a/#', '+/b'], 'anonymous': ['#']}}})}\nasync def main():\n    b = Broker(c); await b.start(); await asyncio.sleep(30); await b.shutdown()\nlogging.getLogger().setLevel(10)\nasyncio.run(main())\n")  # fmt: skip
    (work / "c.py").write_text("import asyncio, sys, logging\nfrom amqtt.client import MQTTClient\nn = int(sys.argv[1])\nasync def quiet(f, *a, **k):\n    try: return await asyncio.wait_for(f(*a, **k), 4)\n    except BaseException as e: return None\nasync def main():\n    c = MQTTClient(client_id='c%d' % (n % 5), config={'keep_alive': 2, 'ping_delay': 1, 'auto_reconnect': n % 3 == 0, 'reconnect_retries': 1, 'default_qos': n % 3, 'will': {'topic': 'w', 'message': b'bye', 'qos': n % 3, 'retain': n % 2 == 0}})\n    who = ('bob:test@', 'bob:bad@', '', 'eve:x@')[n % 4]\n    await quiet(c.connect, ('mqtt://%s127.0.0.1:45660/', 'ws://%s127.0.0.1:45661/', 'mqtt://%s127.0.0.1:9/', 'mqtt://%s127.0.0.1:45660/')[n % 7 % 4] % who, cleansession=n % 2 == 0)\n    await quiet(c.subscribe, [('a/#', n % 3), ('+/b', 1), ('$SYS/#', 0), ('bad/#/x', 1), ('prohibited', 1)])\n    for k in range(9): await quiet(c.publish, ('a/%d' % k, 'x/b', 'prohibited', 'data/memes', 'a/+')[k % 5], b'x' * k * 50, qos=k % 3, retain=k % 4 == 0)\n    for k in range(4): await quiet(c.deliver_message, timeout=.3)\n    await quiet(c.ping); await quiet(c.unsubscribe, ['a/#', 'nosuch'])\n    if n % 5 == 4: import os; os._exit(1)\n    await quiet(c.disconnect); await quiet(c.publish, 'a', b'x'); await quiet(c.reconnect); await quiet(c.disconnect)\nlogging.getLogger().setLevel(10)\nasyncio.run(main())\n")  # fmt: skip
    for number in range(2):
        server = background([f"{VENV}/bin/python", "b.py", str(number)], work / "out", env=_hooked(work), cwd=work)
        time.sleep(4)
        others = [
            background([f"{VENV}/bin/python", "c.py", str(count)], work / "o", env=_hooked(work), cwd=work)
            for count in (2, 6)
        ]
        for count in range(8):
            run([f"{VENV}/bin/python", "c.py", str(count + number * 8)], seconds=14, env=_hooked(work), cwd=work)
        told(
            45660,
            b"junk",
            b"\x10\x0c\0\4MQTT\4\2\0\x3c\0\0",
            b"\x10\x0c\0\4MQTT\x09\2\0\x3c\0\0",
            b"\x10\x0d\0\4MQTT\4\2\0\x3c\0\1z\x30\3\0\1a\xc0\0\x82\5\0\1\0\0\0\xe0\0",
            b"\xff\xff\xff\xff\xff",
            b"\x30\0",
            b"",
        )
        time.sleep(2)
        ended(*others, server)
    yield from sampled(record for record in from_json(work.glob("placed.*")) if "/asyncio/" not in record.place)


def radicale(work: Path) -> Iterator[Placed]:
    """Radicale (Python) with all its debugging: calendars and books made, filled, asked, moved, broken; strangers, wrong settings."""
    (work / "u").write_text("bob:s\nann:x\n")
    (work / "r").write_text(
        "[root]\nuser: .+\ncollection:\npermissions: R\n[own]\nuser: .+\ncollection: {user}(/.*)?\npermissions: RrWw\n"
    )
    base = "http://127.0.0.1:45670"
    for number, more in enumerate((["--auth-type", "htpasswd", "--auth-htpasswd-filename", "u", "--auth-htpasswd-encryption", "plain"], ["--rights-type", "from_file", "--rights-file", "r"], ["--rights-type", "owner_write", "--storage-hook", "false", "--web-type", "none"], ["--auth-type", "nosuch"], ["--storage-filesystem-folder", "/proc/x"], ["--nosuch"], ["--server-ssl", "--server-certificate", "/none"], ["--config", "/none"])):  # fmt: skip
        server = background(["/usr/bin/python3", "-m", "radicale", "--server-hosts", "127.0.0.1:45670", "--logging-level", "debug", "--logging-mask-passwords", *([] if "/proc/x" in more else ["--storage-filesystem-folder", str(work / "data")]), *more], work / "out", env=_hooked(work), cwd=work)  # fmt: skip
        time.sleep(3)

        def asked(method: str, path: str, body: str = "", *extra: str) -> None:
            run(
                [
                    "curl",
                    "-s",
                    "-m",
                    "4",
                    "-o",
                    "/dev/null",
                    "-X",
                    method,
                    *extra,
                    *(["--data-binary", body] if body else []),
                    base + path,
                ],
                seconds=5,
                cwd=work,
            )

        for user in (("bob", "s"), ("ann", "bad"), ("", ""))[: 3 if number < 3 else 0]:
            who = ["-u", ":".join(user)] if user[0] else []
            asked("MKCALENDAR", f"/bob/c{number}/", "<junk", *who)
            asked("MKCALENDAR", f"/bob/c{number}/", "", *who)
            asked(
                "MKCOL",
                f"/bob/b{number}/",
                '<mkcol xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:carddav"><set><prop><resourcetype><collection/><C:addressbook/></resourcetype><displayname>x</displayname></prop></set></mkcol>',
                *who,
            )
            for count in range(6):
                event = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:e{count}\r\nDTSTAMP:20240101T100000Z\r\nDTSTART:202401{count + 1:02d}T100000Z\r\nSUMMARY:s{count}\r\n{'RRULE:FREQ=DAILY;COUNT=5' if count % 2 else 'DURATION:PT1H'}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
                for path, body in ((f"/bob/c{number}/e{count}.ics", event), (f"/bob/c{number}/bad{count}.ics", "junk"), (f"/bob/c{number}/no{count}.ics", event.replace(f"UID:e{count}\r\n", "")), (f"/bob/c{number}/e{count}.ics", event.replace("UID:e", "UID:z")), (f"/bob/b{number}/k{count}.vcf", f"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:k{count}\r\nFN:n\r\nN:n;;;;\r\nEND:VCARD\r\n"), (f"/bob/none/x{count}.ics", event), ("/bob/w/", event * 2)):  # fmt: skip
                    asked(
                        "PUT",
                        path,
                        body,
                        *who,
                        *(["-H", "If-Match: x"] if count == 4 else ["-H", "If-None-Match: *"] if count == 5 else []),
                    )
                for method, path in (("GET", f"/bob/c{number}/e{count}.ics"), ("GET", f"/bob/c{number}/"), ("GET", "/"), ("GET", "/.web/"), ("GET", "/.web/none"), ("GET", "/.well-known/caldav"), ("HEAD", "/bob/"), ("OPTIONS", "/"), ("DELETE", f"/bob/c{number}/bad{count}.ics"), ("DELETE", f"/bob/c{number}/e{count % 2}.ics"), ("NOSUCH", "/"), ("GET", "/../etc/passwd"), ("POST", "/"), ("GET", "/%ff%fe")):  # fmt: skip
                    asked(method, path, "", *who)
                asked(
                    "MOVE",
                    f"/bob/c{number}/e{count}.ics",
                    "",
                    *who,
                    "-H",
                    f"Destination: {base}/bob/c{number}/m{count}.ics",
                    *(["-H", "Overwrite: T"] if count % 2 else []),
                )
                asked("MOVE", f"/bob/c{number}/", "", *who, "-H", "Destination: http://other.example/x")
                asked(
                    "PROPFIND",
                    "/bob/",
                    '<propfind xmlns="DAV:"><prop><getetag/><resourcetype/><current-user-principal/><sync-token/><nosuch/></prop></propfind>'
                    if count % 3
                    else "<junk",
                    *who,
                    "-H",
                    f"Depth: {count % 2}",
                )
                asked(
                    "PROPPATCH",
                    f"/bob/c{number}/",
                    '<propertyupdate xmlns="DAV:"><set><prop><displayname>y</displayname></prop></set><remove><prop><nosuch/></prop></remove></propertyupdate>'
                    if count % 3
                    else "junk",
                    *who,
                )
                for kind in ('<C:calendar-query xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><prop><getetag/><C:calendar-data/></prop><C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT"><C:time-range start="20240101T000000Z" end="20240110T000000Z"/></C:comp-filter></C:comp-filter></C:filter></C:calendar-query>', f'<C:calendar-multiget xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><prop><getetag/></prop><href>/bob/c{number}/e2.ics</href><href>/bob/none</href><href>http://other/x</href></C:calendar-multiget>', '<sync-collection xmlns="DAV:"><sync-token>http://radicale.org/ns/sync/junk</sync-token><prop><getetag/></prop></sync-collection>', '<sync-collection xmlns="DAV:"><sync-token/><prop><getetag/></prop></sync-collection>', "<nosuch/>", "junk"):  # fmt: skip
                    asked("REPORT", f"/bob/c{number}/", kind, *who)
        told(
            45670,
            b"junk\r\n\r\n",
            b"PUT / HTTP/1.1\r\nContent-Length: 999999999\r\n\r\n",
            b"GET / HTTP/1.1\r\nAuthorization: Basic junk\r\n\r\n",
            b"GET / HTTP/1.1\r\nContent-Length: x\r\n\r\n",
        )
        if number == 1:
            for entry in list((work / "data").rglob("*.ics"))[:3]:
                entry.write_text("junk")
        ended(server)
    for text in ("--verify-storage",):
        run(
            ["/usr/bin/python3", "-m", "radicale", text, "--storage-filesystem-folder", str(work / "data")],
            seconds=10,
            env=_hooked(work),
            cwd=work,
        )
    yield from sampled(record for record in from_json(work.glob("placed.*")) if "radicale" in record.place)
