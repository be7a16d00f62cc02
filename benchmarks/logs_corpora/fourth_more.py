# ruff: noqa: E501 - programs are started, and what they are fed stands as one text
"""More programs of the fourth round, in Java, JavaScript, PHP and Python."""

import os
import time
from collections.abc import Iterator
from json import dumps
from pathlib import Path

from benchmarks.logs_corpora.fourth_managed import VENV
from benchmarks.logs_corpora.later_native import background, ended, lines_of, told
from benchmarks.logs_corpora.managed import HOOKS, python_programs
from benchmarks.logs_corpora.records import Placed, from_json, parsed, run

NODE = os.environ.get("SEVLINE_LOG_FOURTH_NODE", "/tmp/corpora/node4")
"""A folder with webtorrent 1, bittorrent-tracker 9, nodemailer and smtp-server from npm."""


def composer(work: Path) -> Iterator[Placed]:
    """Composer (PHP), very talkative, over packages in folders: versions that fit, conflict, are missing, scripts that fail, wrong files."""
    env = {
        "PLACED_LOG": str(work / "placed"),
        "HOME": str(work),
        "COMPOSER_HOME": str(work / "home"),
        "COMPOSER_ALLOW_SUPERUSER": "1",
        "COMPOSER_NO_INTERACTION": "1",
    }
    for number in range(12):
        folder = work / "pkgs" / f"p{number}"
        (folder / "src").mkdir(parents=True)
        needs = {f"acme/p{number + step}": ("^1.0", "~2.0", "*")[step % 3] for step in (1, 3) if number + step < 12}
        (folder / "composer.json").write_text(
            dumps(
                {
                    "name": f"acme/p{number}",
                    "version": f"{1 + number % 2}.{number}.0",
                    "require": needs if number % 4 else {"php": ">=7"},
                    "autoload": {"psr-4": {f"P{number}" + "\\": "src/"}},
                    "suggest": {"ext-x": "more"},
                    "conflict": {"acme/p9": "<1"} if number == 4 else {},
                }
            )
        )
        (folder / "src" / "A.php").write_text(
            f"<?php namespace {'Wrong' if number % 5 == 2 else f'P{number}'}; class A {{}}\n"
        )
    wanted = (
        {"acme/p1": "*"},
        {"acme/p0": "^1", "acme/p4": "*"},
        {"acme/p2": "^9"},
        {"acme/none": "*"},
        {"acme/p8": "@dev", "ext-nosuch": "*"},
        {"acme/p10": "*", "acme/p11": "*"},
    )
    calls = (
        "validate --strict",
        "install",
        "update --with-all-dependencies",
        "update --dry-run",
        "require acme/p3",
        "require acme/none",
        "remove acme/p1",
        "show -t",
        "show acme/p1",
        "why acme/p11",
        "why-not acme/p2 9.0",
        "dump-autoload -o",
        "dump-autoload --classmap-authoritative --strict-psr",
        "check-platform-reqs",
        "run-script hello",
        "run-script nosuch",
        "config -l",
        "config vendor-dir other",
        "status -v",
        "suggests",
        "licenses",
        "outdated",
        "archive --format=tar",
        "exec -l",
        "reinstall acme/p1",
        "bump",
        "fund",
        "clear-cache",
        "prohibits php 5",
        "install --no-dev --prefer-source",
        "nosuch",
    )
    for number, need in enumerate(wanted):
        folder = work / f"app{number}"
        folder.mkdir()
        (folder / "composer.json").write_text(
            dumps(
                {
                    "name": f"me/app{number}",
                    "require": need,
                    "repositories": [
                        {"type": "path", "url": "../pkgs/*", "options": {"symlink": number % 2 == 0}},
                        {"packagist.org": False},
                    ],
                    "minimum-stability": "dev",
                    "scripts": {
                        "hello": "echo hi",
                        "post-install-cmd": "false" if number == 1 else "true",
                        "pre-autoload-dump": "@hello",
                    },
                    "autoload": {"files": ["none.php"] if number == 5 else []},
                }
            )
            + ("}" if number == 4 else "")
        )
        for call in calls:
            run(
                ["php", "-d", f"auto_prepend_file={HOOKS / 'placed.php'}", "/usr/bin/composer", *call.split(), "-vvv"],
                seconds=25,
                env=env,
                cwd=folder,
            )
    yield from from_json(work.glob("placed.*"))


def jetty(work: Path) -> Iterator[Placed]:
    """Jetty (Java) at its finest level: static files, proxies that are missing, wrong requests, applications that cannot start."""
    home = "/usr/share/jetty9"
    run(["javac", "-d", str(work), str(HOOKS / "Placed.java")], seconds=60)
    (work / "l.properties").write_text("handlers=Placed\n.level=FINEST\nPlaced.level=ALL\n")
    for folder in ("webapps/root/WEB-INF", "webapps/bad/WEB-INF", "webapps/auth/WEB-INF", "resources", "start.d"):
        (work / folder).mkdir(parents=True)
    (work / "webapps/root/f.txt").write_text("x" * 9000)
    (work / "webapps/root/index.html").write_text("hello")
    (work / "webapps/bad/WEB-INF/web.xml").write_text(
        "<web-app><servlet><servlet-name>s</servlet-name><servlet-class>no.Such</servlet-class><load-on-startup>1</load-on-startup></servlet><nosuch/></web-app>"
    )
    (work / "webapps/auth/WEB-INF/web.xml").write_text(
        "<web-app><security-constraint><web-resource-collection><web-resource-name>x</web-resource-name><url-pattern>/*</url-pattern></web-resource-collection><auth-constraint><role-name>r</role-name></auth-constraint></security-constraint><login-config><auth-method>BASIC</auth-method></login-config><security-role><role-name>r</role-name></security-role></web-app>"
    )
    command = ["java", "-Xmx256m", "-cp", f"{work}:{home}/start.jar", f"-Djava.util.logging.config.file={work}/l.properties", "-Dorg.eclipse.jetty.util.log.class=org.eclipse.jetty.util.log.JavaUtilLog", "org.eclipse.jetty.start.Main", f"jetty.home={home}", f"jetty.base={work}", "--module=http,deploy,webapp,servlet,server,resources,gzip,stats,rewrite", "jetty.http.port=44590", "jetty.http.host=127.0.0.1", "jetty.http.idleTimeout=1500"]  # fmt: skip
    server = background(command, work / "out", env={"PLACED_LOG": str(work / "placed")}, cwd=work)
    time.sleep(14)
    for number in range(4):
        for path in (
            "",
            "f.txt",
            "none",
            "bad/",
            "auth/x",
            "../x",
            "%00",
            "WEB-INF/web.xml",
            "auth",
            "f.txt;a=b",
            "%2e%2e/x",
            "x/../f.txt",
        ):
            for more in (
                [],
                ["-u", "bob:bad"],
                ["-r", "0-9"],
                ["-X", "PUT", "-d", "x"],
                ["--compressed"],
                ["-H", "If-None-Match: x"],
                ["-X", "OPTIONS"],
                ["-H", "Expect: 100-continue", "-d", "a=b"],
            )[number::4]:
                run(["curl", "-s", "-m", "5", "--path-as-is", *more, f"http://127.0.0.1:44590/{path}"], seconds=8)
    told(
        44590,
        b"junk\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET /a[b HTTP/1.1\r\nHost: a\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"GET / HTTP/9.9\r\nHost: a\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\n" + b"X: y\r\n" * 900,
    )
    ended(server)
    found = list(
        parsed(
            lines_of(work / "placed.java"), r"@@(?P<level>\w+)\|(?P<logger>[^|]*)\|(?P<place>[^|]+)\|(?P<message>.*)"
        )
    )
    yield from found[:: max(1, len(found) // 28_000)]


def webtorrent(work: Path) -> Iterator[Placed]:
    """WebTorrent (JavaScript) with all its debugging: a tracker, seeds, downloads over loopback, torrents nobody has, junk."""
    (work / "p.js").write_text(
        "const WebTorrent = require('webtorrent'), {Server} = require('bittorrent-tracker'), fs = require('fs')\n"
        "const tracker = new Server({udp: true, http: true, ws: true}); tracker.on('error', () => 0); tracker.on('warning', () => 0)\n"
        "tracker.listen(44595, {http: '127.0.0.1', udp4: '127.0.0.1', udp6: '::1'}); setTimeout(() => { const announce = ['http://127.0.0.1:44595/announce', 'udp://127.0.0.1:44595', 'http://127.0.0.1:9/announce', 'ws://127.0.0.1:44595', 'junk://x']\n"
        "const clients = [0, 1, 2].map(() => new WebTorrent({dht: {bootstrap: false}, lsd: false, natUpnp: false, natPmp: false, utp: false, webSeeds: true})); clients.forEach((c) => c.on('error', () => 0))\n"
        "for (let n = 0; n < 8; n++) { fs.writeFileSync(`f${n}.bin`, Buffer.alloc(30000 * (n + 1), n)); clients[0].seed(`f${n}.bin`, {announce, urlList: ['http://127.0.0.1:9/x']}, (t) => { clients[1].add(t.magnetURI, {path: 'one'}, (u) => { u.on('error', () => 0); u.on('done', () => setTimeout(() => n % 2 ? u.destroy() : u.pause(), 400)) }); if (n % 3 === 0) clients[2].add(t.torrentFile, {path: 'two', announce}, (u) => { u.select(0, 1, 3); u.deselect(0, 1, 3); u.on('error', () => 0) }) }) }\n"
        "for (let n = 0; n < 4; n++) clients[1].add(`magnet:?xt=urn:btih:${String(n).repeat(40)}&tr=http://127.0.0.1:44595/announce`, {path: 'none'})\n"
        "clients[1].add('junk'); clients[2].add('magnet:?xt=urn:btih:bad')\n"
        "setTimeout(() => clients[1].add('http://127.0.0.1:9/x.torrent'), 2000); setTimeout(() => clients[0].torrents[2] && clients[0].remove(clients[0].torrents[2].infoHash, () => 0), 9000); const net = require('net'); setTimeout(() => { const s = net.connect(clients[0].torrentPort, '127.0.0.1', () => s.end('junk'.repeat(40))); s.on('error', () => 0) }, 5000)\n"
        "setTimeout(() => { clients.forEach((c) => c.destroy(() => 0)); tracker.close(() => 0); setTimeout(() => process.exit(0), 2000) }, 25000) }, 1500)\nprocess.on('uncaughtException', () => 0)\n"
    )
    env = {
        "PLACED_LOG": str(work / "placed"),
        "NODE_OPTIONS": f"--require {HOOKS / 'place.cjs'}",
        "NODE_PATH": f"{NODE}/node_modules",
        "DEBUG": "*",
        "DEBUG_COLORS": "no",
        "DEBUG_HIDE_DATE": "1",
        "HOME": str(work),
    }
    run(["node", "p.js"], seconds=60, env=env, cwd=work)
    found = list(from_json(work.glob("placed.*")))
    yield from found[:: max(1, len(found) // 25_000)]


def nodemailer(work: Path) -> Iterator[Placed]:
    """Nodemailer and its SMTP server (JavaScript), both told to log all: letters taken, refused, too large, wrong passwords, servers that are away."""
    (work / "p.js").write_text(
        "const util = require('util'), fs = require('fs'), nodemailer = require('nodemailer'), {SMTPServer} = require('smtp-server')\n"
        "const keep = (level) => (entry, message, ...rest) => { const frame = new Error().stack.split('\\n').slice(2).find((f) => !/p\\.js|shared[\\\\/]index|node:/.test(f)) || ''; const at = /\\(?([^()\\s]+):(\\d+):\\d+\\)?$/.exec(frame); if (at) for (const line of util.format(message, ...rest).split('\\n').slice(0, 1)) fs.appendFileSync(process.env.PLACED_LOG + '.js', JSON.stringify({place: `${at[1]}:${at[2]}`, level, logger: '', message: line}) + '\\n') }\n"
        "const logger = Object.fromEntries(['trace', 'debug', 'info', 'warn', 'error', 'fatal'].map((level) => [level, keep(level)])); logger.level = () => 0; logger.child = () => logger\n"
        "const server = new SMTPServer({logger, authOptional: true, size: 20000, socketTimeout: 3000, allowInsecureAuth: true, disabledCommands: [], onAuth: (a, s, d) => a.password === 'good' ? d(null, {user: a.username}) : d(new Error('no')), onRcptTo: (r, s, d) => /none/.test(r.address) ? d(new Error('550 nobody')) : d(), onData: (s, _, d) => { s.on('data', () => 0); s.on('end', () => d(s.sizeExceeded ? new Error('too large') : null, 'taken')) }})\n"
        "server.on('error', () => 0); server.listen(44598, '127.0.0.1', async () => {\n"
        "const ways = [{}, {pool: true, maxConnections: 2, maxMessages: 3}, {auth: {user: 'bob', pass: 'good'}}, {auth: {user: 'bob', pass: 'bad'}}, {port: 9}, {host: 'nosuch.invalid'}, {secure: true}, {requireTLS: true}, {ignoreTLS: true}, {auth: {type: 'OAuth2', user: 'x', accessToken: 'y'}}, {lmtp: true}, {name: 'x y'}, {connectionTimeout: 1}, {authMethod: 'CRAM-MD5', auth: {user: 'bob', pass: 'good'}}, {jsonTransport: true}, {streamTransport: true, newline: 'unix'}, {sendmail: true, path: '/bin/false'}, {sendmail: true, path: '/bin/true'}, {sendmail: true, path: '/none'}]\n"
        "const letters = [{from: 'a@a.example', to: 'b@b.example', subject: 'x', text: 'hello'}, {from: 'a@a.example', to: 'none@b.example', text: 'y'}, {from: 'a@a.example', to: ['b@b.example', 'none@b.example'], text: 'z'.repeat(30000)}, {to: 'b@b.example'}, {from: 'a@a.example'}, {from: 'a@a.example', to: 'b@b.example', html: '<b>x</b>', attachments: [{filename: 'a.txt', content: 'x'}, {path: '/none'}]}, {from: 'a@a.example', to: 'b@b.example', attachments: [{href: 'http://127.0.0.1:9/x'}]}, {from: 'ä@ü.example', to: 'b@b.example', text: 'x', dsn: {id: 'i', notify: 'success'}}]\n"
        "for (const way of ways) for (let round = 0; round < 2; round++) { const t = nodemailer.createTransport({host: '127.0.0.1', port: 44598, logger, debug: true, tls: {rejectUnauthorized: false}, greetingTimeout: 2000, socketTimeout: 3000, ...way}); await Promise.race([t.verify ? t.verify().catch(() => 0) : 0, new Promise((r) => setTimeout(r, 2500))]); for (const letter of letters) await Promise.race([t.sendMail(letter).catch(() => 0), new Promise((r) => setTimeout(r, 2500))]); t.close() }\n"
        "const net = require('net'); for (const text of ['junk\\r\\n', 'EHLO x\\r\\nMAIL FROM:<a>\\r\\nRCPT TO:<\\r\\nDATA\\r\\nRSET\\r\\nVRFY x\\r\\nHELP\\r\\nNOOP\\r\\nQUIT\\r\\n', 'HELO\\r\\nAUTH PLAIN !!\\r\\n', 'STARTTLS\\r\\njunk']) await new Promise((r) => { const s = net.connect(44598, '127.0.0.1', () => s.write(text)); s.on('error', r); s.on('close', r); setTimeout(() => { s.destroy(); r() }, 1500) })\n"
        "process.exit(0) })\nprocess.on('uncaughtException', () => 0); process.on('unhandledRejection', () => 0)\n"
    )
    run(
        ["node", "p.js"],
        seconds=200,
        env={"PLACED_LOG": str(work / "placed"), "NODE_PATH": f"{NODE}/node_modules", "HOME": str(work)},
        cwd=work,
    )
    yield from from_json(work.glob("placed.*"))


def sqlfluff(work: Path) -> Iterator[Placed]:
    """sqlfluff (Python) at its finest level: statements in several dialects that are sound, ugly, templated, broken."""
    texts = ("select a,b from t where x=1\n", "SELECT  a  , b FROM t LEFT join u on t.id=u.id order by 1\n", "{% set x = 1 %}select {{ x }} from {{ none }}\n", "create table t (id int, n varchar(9))\n", "select case when a=1 then 'x' else NULL end as c from (select * from t) as s\n", "selec bad from\n", "insert into t values (1,'x');;\n", "with c as (select 1) select * from c union select 2\n", "-- noqa\nselect a from t -- noqa: L001\n", "{% for i in range(3) %}select {{ i }};{% endfor %}\n", "update t set a = 1 where b in (1,2,3) and c like '%x'\n")  # fmt: skip
    for number, text in enumerate(texts):
        (work / f"q{number}.sql").write_text(text)
    (work / ".sqlfluff").write_text(
        "[sqlfluff]\ntemplater = jinja\nmax_line_length = 40\nexclude_rules = nosuch\n[sqlfluff:rules:capitalisation.keywords]\ncapitalisation_policy = upper\n"
    )
    program = "import logging, sys\nlogging.getLogger('sqlfluff').addHandler(logging.root.handlers[0])\nfrom sqlfluff.cli.commands import cli\nfor number, arguments in enumerate((['lint', 'q0.sql', 'q1.sql', 'q2.sql'], ['parse', 'q4.sql'], ['fix', '-f', 'q1.sql'], ['lint', '--dialect', 'postgres', 'q5.sql', 'q7.sql'], ['lint', '--dialect', 'nosuch', 'q1.sql'], ['render', 'q9.sql'], ['format', 'q6.sql'], ['lint', 'none.sql'], ['lint', '--dialect', 'mysql', 'q8.sql', 'q10.sql'], ['lint', '--rules', 'L010,LT01', 'q3.sql'])):\n    try: cli([*arguments, *([] if '--dialect' in arguments else ['--dialect', 'ansi']), '-vvvv', '--processes', '1'] if arguments[0] in ('lint', 'fix') else [*arguments, '--dialect', 'ansi', '-vvvv'], standalone_mode=False)\n    except BaseException: pass\n"
    found = list(python_programs(work, {"p.py": program}, seconds=200, venv=VENV))
    yield from found[:: max(1, len(found) // 25_000)]


def pyinstaller(work: Path) -> Iterator[Placed]:
    """PyInstaller (Python) at its finest level: scripts with few and many imports, missing ones, data, hooks that fail."""
    (work / "a.py").write_text("import json, sqlite3, email.mime.text\nprint(json.dumps({}))\n")
    (work / "b.py").write_text(
        "import nosuch, xml.dom.minidom, ctypes\ntry:\n    import numpy\nexcept ImportError: pass\nctypes.CDLL('libnone.so')\n"
    )
    (work / "bad.py").write_text("def (\n")
    (work / "hooks").mkdir()
    (work / "hooks" / "hook-json.py").write_text("hiddenimports = ['none.such']\ndatas = [('a.py', 'x')]\n")
    program = "import PyInstaller.__main__ as m\nfor arguments in (['a.py', '--onedir'], ['b.py', '--onefile', '--additional-hooks-dir', 'hooks', '--strip'], ['bad.py'], ['none.py'], ['a.py', '-y', '--add-data', 'none:x', '--hidden-import', 'zip.none'], ['a.py', '-y', '--exclude-module', 'sqlite3', '--collect-all', 'nosuch']):\n    try: m.run([*arguments, '--log-level', 'TRACE', '--distpath', 'd', '--workpath', 'w'])\n    except BaseException: pass\n"
    found = list(python_programs(work, {"p.py": program}, seconds=240, venv=VENV))
    yield from found[:: max(1, len(found) // 25_000)]


def virtinst(work: Path) -> Iterator[Placed]:
    """virt-install and its kin (Python) with debugging, against libvirt's test driver: machines of many kinds, wrong options, clones, changes."""
    run(["qemu-img", "create", f"{work}/d.img", "1M"], seconds=10)
    (work / "d.img").write_bytes(b"\0" * 1_000_000)
    base = ["--connect", "test:///default", "--debug"]
    machines = ("--memory 64 --import --disk none --osinfo generic", "--memory 64 --disk size=1 --cdrom none.iso --osinfo linux2020", "--memory 128 --vcpus 2,sockets=1 --disk {d}/d.img --import --osinfo detect=on,require=off", "--pxe --memory x", "--memory 64 --location http://127.0.0.1:9/ --osinfo generic", "--memory 64 --import --disk /none/x.img --osinfo generic", "--memory 64 --boot uefi --import --disk none --osinfo generic", "--memory 64 --network bridge=nosuch --import --disk none --osinfo generic", "--memory 64 --graphics vnc,port=5999 --sound default --video qxl --import --disk none --osinfo generic", "--memory 64 --host-device pci_0 --import --disk none --osinfo generic", "--memory 64 --osinfo nosuch --import --disk none", "--memory 64 --cpu host --tpm default --rng /dev/random --watchdog default --import --disk none --osinfo generic", "--memory 64 --unattended --install fedora35", "--memory 64 --cloud-init root-password-generate=on --import --disk {d}/d.img --osinfo generic", "--memory 64 --xml ./nosuch=1 --import --disk none --osinfo generic", "--nosuch")  # fmt: skip
    calls = [
        [
            "virt-install",
            *base,
            "--name",
            f"m{number}",
            *(["--print-xml"] if number % 2 else ["--noautoconsole", "--wait", "0"]),
            *options.format(d=work).split(),
        ]
        for number, options in enumerate(machines)
    ]
    calls += [
        ["virt-clone", *base, "-o", "test", *more.split()]
        for more in (
            "-n copy --auto-clone",
            "-n test",
            "--auto-clone --print-xml",
            "-n c --file /none/x",
            "-n d --preserve-data",
        )
    ]
    calls += [
        ["virt-xml", *base, name, *more.split()]
        for name in ("test", "nosuch")
        for more in (
            "--edit --memory 99",
            "--add-device --disk none",
            "--remove-device --network 1",
            "--edit --vcpus x",
            "--build-xml --disk none",
            "--edit 9 --disk bus=scsi",
            "--add-device --host-device x",
            "--edit --nosuch",
            "--edit --description hi --print-diff",
        )
    ]
    texts = [run(call, seconds=25, env={"HOME": str(work)}, cwd=work) for call in calls for _ in range(2)]
    form = r"\[[^\]]+ (?P<logger>virt-\w+) \d+\] (?P<level>[A-Z]+) \((?P<place>\w+:\d+)\) (?P<message>.*)"
    yield from parsed([line for text in texts for line in text.splitlines()], form)
