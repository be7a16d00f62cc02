# ruff: noqa: E501 - programs are started, and what they are fed stands as one text
"""Programs in Go, Perl, Ruby and Rust of the fourth round: run when all before were to learn from, scored once."""

import os
import re
import time
from collections.abc import Iterator
from json import dumps
from pathlib import Path

from benchmarks.logs_corpora.later_native import background, ended, lines_of, served, told
from benchmarks.logs_corpora.managed import HOOKS
from benchmarks.logs_corpora.records import Placed, from_json, parsed, run

VENV = os.environ.get("SEVLINE_LOG_FOURTH", "/tmp/corpora/fourth")
"""A virtual environment with sqlfluff, pyinstaller and deltachat-rpc-server."""


def ripgrep(work: Path) -> Iterator[Placed]:
    """ripgrep (Rust) with all it traces: patterns of many kinds, ignore files, types, encodings, archives, mistakes."""
    for number in range(30):
        folder = work / f"d{number % 6}" / f"s{number}"
        folder.mkdir(parents=True)
        (folder / f"f{number}.txt").write_text(f"hello {number}\nfoo bar {number * 7}\n" * (number + 1))
        (folder / f"f{number}.bin").write_bytes(bytes(range(number, 200)) * 5)
        (folder / (".gitignore", ".ignore", ".rgignore")[number % 3]).write_text(
            f"*.bin\n!keep{number}\nbad[\n/s{number}/x\n**/y{number}\n"
        )
    patterns = (
        "foo",
        "hello \\d+",
        "(foo|bar|baz)",
        "(?i)HELLO",
        "\\bfoo\\b.*7$",
        "a{2,5}",
        "(",
        "[a-z]+ing",
        "\\p{Greek}",
        "foo\\nbar",
        "^$",
        "hello|foo bar 7",
        "\\w{5}\\s",
        "x*",
    )
    options: tuple[list[str], ...] = ([], ["-i"], ["-w"], ["-F"], ["-U"], ["--no-ignore"], ["-tpy"], ["-g", "*.txt"], ["-g", "!s1/**"], ["--hidden"], ["-z"], ["-E", "utf-16"], ["--mmap"], ["-P"], ["--no-unicode"], ["-j1"], ["--sort", "path"], ["-tnosuch"], ["--dfa-size-limit", "10"], ["-x"], ["-S"], ["--engine", "auto"], ["-f", "none"], ["--type-add", "z:*.bin", "-tz"], ["--crlf"], ["--max-filesize", "1K"])  # fmt: skip
    for number in range(130):
        call = ["rg", "--trace", *options[number % len(options)], patterns[number % len(patterns)], f"d{number % 7}"]
        text = run(call, seconds=10, cwd=work, env={"HOME": str(work)})
        yield from parsed(
            text.splitlines(),
            r"(?:rg: )?(?P<level>[A-Z]+)\|(?P<logger>[^|]*)\|(?P<place>[\w./@-]+\.rs:\d+): (?P<message>.*)",
        )


_DELTACHAT = """
import subprocess, json, os, socket, threading, time, sys
def serve(port, greeting, answers):
    s = socket.create_server(('127.0.0.1', port))
    def one(c):
        try:
            c.sendall(greeting); f = c.makefile('rb')
            for line in f:
                words = line.decode('utf-8', 'replace').split()
                for key, answer in answers:
                    if key in line.decode('utf-8', 'replace').upper(): c.sendall(answer.replace('TAG', words[0] if words else '*').encode()); break
                else: c.sendall(((words[0] if words else '*') + ' BAD what\\r\\n').encode())
        except OSError: pass
    def loop():
        while True:
            try: c, _ = s.accept()
            except OSError: return
            threading.Thread(target=one, args=(c,), daemon=True).start()
    threading.Thread(target=loop, daemon=True).start()
message = 'From: eve@b.example\\r\\nTo: a@a.example\\r\\nSubject: hi\\r\\nMessage-ID: <%d@b.example>\\r\\nDate: Thu, 26 Nov 2026 07:00:00 +0000\\r\\n\\r\\nhello\\r\\n'
bodies = ''.join('* %d FETCH (UID %d FLAGS () BODY[] {%d}\\r\\n%s)\\r\\n' % (n, n, len(message % n), message % n) for n in range(1, 4))
heads = ''.join('* %d FETCH (UID %d FLAGS () RFC822.SIZE 200 BODY[HEADER.FIELDS (MESSAGE-ID)] {30}\\r\\nMessage-ID: <%04d@b.example>\\r\\n)\\r\\n' % (n, n, n) for n in range(1, 4))
serve(44551, b'* OK ready\\r\\n', (('CAPABILITY', '* CAPABILITY IMAP4rev1 IDLE MOVE QUOTA\\r\\nTAG OK\\r\\n'), ('LOGIN', 'TAG OK in\\r\\n'), ('AUTHENTICATE', 'TAG NO no\\r\\n'), ('LIST', '* LIST () "/" INBOX\\r\\n* LIST (\\\\\\\\Sent) "/" Sent\\r\\nTAG OK\\r\\n'), ('SELECT', '* 3 EXISTS\\r\\n* OK [UIDVALIDITY 7]\\r\\n* OK [UIDNEXT 4]\\r\\nTAG OK [READ-WRITE]\\r\\n'), ('RFC822.SIZE', heads + 'TAG OK\\r\\n'), ('FETCH', bodies + 'TAG OK\\r\\n'), ('STATUS', '* STATUS INBOX (UIDNEXT 4 UIDVALIDITY 7)\\r\\nTAG OK\\r\\n'), ('IDLE', '+ idling\\r\\n'), ('DONE', 'TAG OK\\r\\n'), ('STORE', 'TAG NO ro\\r\\n'), ('CREATE', 'TAG OK\\r\\n'), ('NOOP', 'TAG OK\\r\\n')))
serve(44552, b'220 a ESMTP\\r\\n', (('EHLO', '250-a\\r\\n250 AUTH PLAIN LOGIN\\r\\n'), ('AUTH', '235 ok\\r\\n'), ('MAIL', '250 ok\\r\\n'), ('RCPT', '550 no such user\\r\\n'), ('DATA', '354 go\\r\\n'), ('QUIT', '221 bye\\r\\n')))
serve(44553, b'junk\\r\\n', ())
p = subprocess.Popen([sys.argv[1]], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={**os.environ, 'DC_ACCOUNTS_PATH': 'acc'}, text=True)
count, answers = 0, {}
def read():
    with open('events', 'w') as out:
        for line in p.stdout:
            got = json.loads(line); result = got.get('result'); answers[got.get('id')] = got
            if isinstance(result, dict) and 'event' in result:
                if result['event'].get('msg'): out.write(json.dumps([result['event']['kind'], result['event']['msg']]) + '\\n'); out.flush()
                call('get_next_event')
threading.Thread(target=read, daemon=True).start()
lock = threading.Lock()
def call(method, *arguments):
    global count
    with lock:
        count += 1; mine = count
        p.stdin.write(json.dumps({'jsonrpc': '2.0', 'id': mine, 'method': method, 'params': list(arguments)}) + '\\n'); p.stdin.flush()
    return mine
def ask(method, *arguments, wait=4):
    mine = call(method, *arguments)
    for _ in range(wait * 20):
        if mine in answers: return answers[mine].get('result')
        time.sleep(0.05)
for _ in range(4): call('get_next_event')
for n in range(1, 7):
    ask('add_account')
    port, smtp = ((44551, 44552), (44551, 9), (44553, 44553), (9, 44552), (44551, 44552), (44551, 44552))[n - 1]
    for key, value in (('addr', f'a{n}@a.example'), ('mail_pw', 'x'), ('mail_server', '127.0.0.1' if n < 6 else 'nosuch.invalid'), ('mail_port', str(port)), ('mail_security', '3' if n != 5 else '1'), ('send_server', '127.0.0.1'), ('send_port', str(smtp)), ('send_security', '3'), ('nosuch', '1'), ('displayname', f'n{n}'), ('bcc_self', '1')): ask('set_config', n, key, value)
    call('configure', n); time.sleep(3); ask('start_io', n)
    for k in range(5):
        c = ask('create_contact', n, f'bob{k}@b.example', f'Bob {k}')
        chat = ask('create_chat_by_contact_id', n, c) if c else None
        if chat:
            for j in range(3): ask('misc_send_text_message', n, chat, f'hello {j}')
            ask('set_chat_name', n, chat, 'x'); ask('delete_chat', n, chat) if k == 4 else ask('set_chat_visibility', n, chat, 'Archived'); ask('block_contact', n, c) if k == 3 else 0
    g = ask('create_group_chat', n, f'g{n}', False)
    if g: ask('misc_send_text_message', n, g, 'all'); ask('set_chat_name', n, g, 'new'); ask('leave_group', n, g); ask('set_chat_ephemeral_timer', n, g, 1)
    for method, arguments in (('get_info', (n,)), ('export_backup', (n, 'back', None)), ('import_backup', (n, 'none', None)), ('check_qr', (n, 'junk')), ('check_qr', (n, 'OPENPGP4FPR:00#a=x@y.example')), ('secure_join', (n, 'OPENPGP4FPR:0000000000000000000000000000000000000000#a=x%40y.example&n=N&i=I&s=S')), ('get_chat_securejoin_qr_code', (n, None)), ('maybe_network', ()), ('misc_set_draft', (n, 12, 'd', None, None, None)), ('delete_messages', (n, [12, 13])), ('stop_io', (n,)), ('start_io', (n,)), ('export_self_keys', (n, '.', None)), ('import_self_keys', (n, '/none', None)), ('get_connectivity_html', (n,)), ('initiate_autocrypt_key_transfer', (n,)), ('add_transport', (n, {'addr': f'a{n}@a.example', 'password': 'x', 'imapServer': '127.0.0.1', 'imapPort': port, 'imapSecurity': 'plain', 'smtpServer': '127.0.0.1', 'smtpPort': smtp, 'smtpSecurity': 'plain'})), ('nosuch', ())): ask(method, *arguments, wait=3)
time.sleep(8); ask('stop_io_for_all_accounts'); ask('remove_account', 2); p.terminate()
"""


def deltachat(work: Path) -> Iterator[Placed]:
    """Delta Chat's core (Rust): accounts whose servers answer, refuse, talk junk; chats, groups, backups, keys, wrong calls."""
    from json import loads

    (work / "drive.py").write_text(_DELTACHAT)
    run(["python3", "drive.py", f"{VENV}/bin/deltachat-rpc-server"], seconds=240, cwd=work, env={"HOME": str(work)})
    form = re.compile(r"(?P<place>src/[\w./-]+\.rs:\d+): (?P<message>.*)", re.DOTALL)
    for line in lines_of(work / "events"):
        kind, text = loads(line)
        if (found := form.match(text)) is not None:
            yield Placed(found["place"], kind.upper(), found["message"])


def victoriametrics(work: Path) -> Iterator[Placed]:
    """VictoriaMetrics (Go): samples in many formats, queries that work and fail, scrapes of targets that are gone, snapshots."""
    targets = ",".join(f"'127.0.0.1:{port}'" for port in (44560, 9, 11, 44561))
    (work / "s.yml").write_text(
        f"global: {{scrape_interval: 1s}}\nscrape_configs:\n- job_name: a\n  static_configs:\n  - targets: [{targets}]\n- job_name: f\n  file_sd_configs: [{{files: [none.json, '{work}/t*.json']}}]\n- job_name: d\n  dns_sd_configs: [{{names: [nosuch.invalid]}}]\n- job_name: c\n  consul_sd_configs: [{{server: '127.0.0.1:9'}}]\n"
    )
    backend = served(work / "www", 44561)
    command = ["victoria-metrics", f"-storageDataPath={work}/data", "-httpListenAddr=127.0.0.1:44560", f"-promscrape.config={work}/s.yml", "-loggerLevel=INFO", "-search.logSlowQueryDuration=1ms", "-graphiteListenAddr=127.0.0.1:44562", "-opentsdbListenAddr=127.0.0.1:44563", "-influxListenAddr=127.0.0.1:44564", "-promscrape.suppressScrapeErrors=false", "-search.maxUniqueTimeseries=200", "-retentionPeriod=1"]  # fmt: skip
    for round_ in range(8):
        server = background(command, work / "log")
        time.sleep(3)
        for number in range(14):
            (work / f"t{number % 3}.json").write_text(
                dumps([{"targets": [f"127.0.0.1:{40 + number}"], "labels": {"n": str(number)}}])
                if number % 4
                else "junk{"
            )
            base = "http://127.0.0.1:44560"
            for path, body in (("write", f"m{number},a=b v={number}"), ("write", "junk,,"), ("api/v1/import", '{"metric":{"__name__":"x"},"values":[1],"timestamps":[1764140000000]}'), ("api/v1/import", "{bad"), ("api/v1/import/csv?format=1:metric:a", "1,2"), ("api/v1/import/csv?format=x", "1"), ("api/v1/import/prometheus", f"p{number}{{a=\"b\"}} {number}\nbad line here\n"), ("api/v1/write", "junk"), ("datadog/api/v1/series", "{}"), ("api/v1/query?query=sum(p1)", ""), ("api/v1/query?query=sum((", ""), ("api/v1/query_range?query=rate(m1_v[5m])&start=1&end=0", ""), ("api/v1/export?match[]={__name__!=%22%22}", ""), ("api/v1/labels", ""), ("snapshot/create", ""), ("snapshot/delete?snapshot=none", ""), ("api/v1/admin/tsdb/delete_series?match[]=m1_v", ""), ("internal/force_merge", ""), ("nosuch", ""), ("-/reload", ""), ("api/v1/status/tsdb", ""), ("internal/resetRollupResultCache", ""), ("render?target=a", ""), ("api/v1/series?match[]=(", "")):  # fmt: skip
                run(
                    [
                        "curl",
                        "-s",
                        "-g",
                        "-m",
                        "5",
                        "-o",
                        "/dev/null",
                        *(["-d", body] if body else []),
                        f"{base}/{path}",
                    ],
                    seconds=7,
                )
            told(44562, b"a.b.c 1 1764140000\nbad\n")
            told(44563, b"put a 1764140000 1 x=y\nput bad\n")
            told(44564, b"m,a=b v=1\nbad bad bad\n")
        ended(server)
        if round_ == 6:
            (work / "s.yml").write_text("global: {bad\n")
            ended(background(command, work / "log"))
            time.sleep(2)
            (work / "s.yml").write_text("scrape_configs: []\n")
    ended(backend)
    yield from parsed(lines_of(work / "log"), r"\S+Z\t(?P<level>\w+)\t(?P<place>[\w./@-]+\.go:\d+)\t(?P<message>.*)")


def pushgateway(work: Path) -> Iterator[Placed]:
    """Prometheus' Pushgateway and SNMP exporter (Go) at debug level: pushes that are sound, odd and broken, devices that are away."""
    (work / "snmp.yml").write_text(
        "m:\n  walk: [1.3.6.1.2.1.2]\n  get: [1.3.6.1.2.1.1.3.0]\n  version: 2\n  timeout: 1s\n  retries: 1\n  auth: {community: public}\nv3:\n  walk: [1.3.6.1.2.1.1]\n  version: 3\n  auth: {username: x, password: passwordx, security_level: authNoPriv}\n  timeout: 1s\n"
    )
    started = [
        background(
            [
                "prometheus-pushgateway",
                "--web.listen-address=127.0.0.1:44570",
                "--log.level=debug",
                f"--persistence.file={work}/p",
                "--persistence.interval=1s",
                "--web.enable-admin-api",
                "--web.enable-lifecycle",
            ],
            work / "log",
        ),
        background(
            [
                "prometheus-snmp-exporter",
                f"--config.file={work}/snmp.yml",
                "--web.listen-address=127.0.0.1:44571",
                "--log.level=debug",
            ],
            work / "log2",
        ),
    ]
    time.sleep(2)
    for number in range(25):
        for path, body in ((f"job/j{number}", f"a{number} 1\n"), ("job/j1/instance/x", "# TYPE b counter\nb 1\n# TYPE b gauge\n"), ("job/j2", "bad{ 1\n"), ("job/j3", f"c 1 {number}\n"), ("job@base64/!!", "a 1\n"), ("job/", "a 1\n"), ("nojob/x", "a 1\n"), ("job/j4", "b{job=\"y\"} 2\nb 3\n")):  # fmt: skip
            run(
                [
                    "curl",
                    "-s",
                    "-m",
                    "3",
                    "-X",
                    ("POST", "PUT", "DELETE")[number % 3],
                    "--data-binary",
                    body,
                    f"http://127.0.0.1:44570/metrics/{path}",
                ],
                seconds=5,
            )
        for query in (
            "target=127.0.0.1&module=m",
            "target=127.0.0.1:9&module=v3",
            "module=m",
            "target=nosuch.invalid&module=m",
            "target=tcp://127.0.0.1:9&module=m",
            "target=x&module=nosuch",
        )[number % 2 :: 2]:
            run(["curl", "-s", "-g", "-m", "8", f"http://127.0.0.1:44571/snmp?{query}"], seconds=10)
        run(["curl", "-s", "-X", "PUT", "http://127.0.0.1:44570/api/v1/admin/wipe"], seconds=5)
        run(["curl", "-s", "-X", "POST", "http://127.0.0.1:44571/-/reload"], seconds=5)
        (work / "snmp.yml").write_text((work / "snmp.yml").read_text() + ("bad: [\n" if number == 20 else ""))
    ended(*started)
    pair = re.compile(r'(\w+)=("(?:[^"\\]|\\.)*"|\S*)')
    for line in lines_of(work / "log", work / "log2"):
        found = {key: value.strip('"') for key, value in pair.findall(line)}
        if "caller" in found and found.get("msg"):
            yield Placed(found["caller"], found.get("level", ""), found["msg"])


def spamassassin(work: Path) -> Iterator[Placed]:
    """SpamAssassin (Perl) with all its debugging, over letters that are plain, odd, forged, advertising, broken."""
    parts = (
        "Content-Type: text/plain\n\nhello, see http://a.example/x?y=1 and www.b.example\n", 'Content-Type: text/html\n\n<html><body bgcolor=red><a href="http://192.0.2.1/">BUY NOW</a><img src="cid:x"><font size=1>viagra</font></body></html>\n', "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain; charset=utf-16\n\nx\n--b\nContent-Type: application/zip; name=a.exe\nContent-Transfer-Encoding: base64\n\nUEsDBA==\n--b--\n",
        "Content-Type: multipart/mixed; boundary=none\n\nbroken\n", "Content-Type: text/plain; charset=nosuch\nContent-Transfer-Encoding: quoted-printable\n\n=FF=FE=ZZ\n", "Subject: again\n\nMAKE MONEY FAST!!! 1-800-555-0199 100% free $$$ dear friend, transfer of $25,000,000 USD\n",
    )  # fmt: skip
    heads = ("Received: from x (y [192.0.2.9]) by mx.a.example with ESMTP id 1 for <b@a.example>; Thu, 26 Nov 2026 07:00:00 +0000", "Received: from [127.0.0.1] by localhost with HTTP; junk", "Return-Path: <>\nReceived: (qmail 12 invoked by uid 0); 26 Nov 2026 07:00:00 -0000", "Received-SPF: pass\nDKIM-Signature: v=1; a=rsa-sha256; d=a.example; s=s; bh=x; b=y; h=from", "Received: from mail.b.example ([198.51.100.7]) by gw (Postfix) with SMTP id ABC; Thu, 1 Jan 1970 00:00:00 GMT\nX-Spam-Status: Yes", "List-Id: <l.a.example>\nReceived: from a.example by b.example with LMTP; Thu, 26 Nov 2026 08:00:00 +0100")  # fmt: skip
    senders = ("Eve <eve@b.example>", "nobody", '"a@paypal.example" <x@y.example>')
    (work / "mbox").write_text(
        "".join(
            f"From eve Thu Nov 26 07:00:00 2026\n{heads[n % 6]}\nFrom: {senders[n % 3]}\nTo: b{n}@a.example\nSubject: {('hello', 'RE: FREE $$$', '=?utf-8?B?4pyT?=', '')[n % 4]} {n}\nMessage-ID: <{n}@b.example>\nDate: {('Thu, 26 Nov 2026 07:00:00 +0000', 'yesterday', 'Thu, 26 Nov 2036 07:00:00 +0000')[n % 3]}\n{parts[n % 5 if n % 7 else 5]}\n"
            for n in range(36)
        )
    )
    (work / "prefs").write_text(
        "required_score 3\nuse_bayes 1\nbayes_auto_learn 1\nwelcomelist_from eve@b.example\nblocklist_from *@y.example\nheader X Subject =~ /hello/\nscore X 2\nbody BAD /((/\nscore NOSUCH 1\nnosuch_setting 1\ntrusted_networks 192.0.2/24 junk\nok_locales en\nrewrite_header Subject [SPAM]\n"
    )
    env = {"PLACED_LOG": str(work / "placed"), "HOME": str(work)}
    perl = ["perl", "-T", f"-I{HOOKS}", "-MPlaced"]
    base = ["-D", "-L", "-p", str(work / "prefs"), f"--siteconfigpath={work}/none"]
    run([*perl, "/usr/bin/spamassassin", *base, "--mbox", str(work / "mbox")], seconds=200, env=env, cwd=work)
    run(
        [*perl, "/usr/bin/sa-learn", "-D", "-L", "-p", str(work / "prefs"), "--spam", "--mbox", str(work / "mbox")],
        seconds=60,
        env=env,
        cwd=work,
    )
    run([*perl, "/usr/bin/sa-learn", "-D", "-L", "--dump", "magic"], seconds=40, env=env, cwd=work)
    run([*perl, "/usr/bin/spamassassin", *base, "--lint"], seconds=60, env=env, cwd=work)
    run([*perl, "/usr/bin/spamassassin", *base, "-r", str(work / "prefs")], seconds=60, env=env, cwd=work)
    found = list(from_json(work.glob("placed.*")))
    yield from found[:: max(1, len(found) // 25_000)]


def jekyll(work: Path) -> Iterator[Placed]:
    """Jekyll (Ruby), talkative: sites with posts, drafts, collections, data, wrong dates, wrong front matter, templates that are missing."""
    env = {
        "PLACED_LOG": str(work / "placed"),
        "RUBYOPT": f"-r{HOOKS / 'logged.rb'}",
        "HOME": str(work),
        "LANG": "C.UTF-8",
        "BUNDLE_GEMFILE": "",
    }
    for number in range(7):
        site = work / f"site{number}"
        for folder in ("_posts", "_drafts", "_layouts", "_includes", "_data", "_things", "_sass", "css", "sub"):
            (site / folder).mkdir(parents=True)
        for post in range(14):
            head = (
                "layout: post\ntitle: T\ntags: [a, b]",
                "layout: nosuch\ntitle: T",
                "title: [bad",
                "layout: post\ndate: 2036-01-01",
                "layout: post\npublished: false",
                "layout: post\npermalink: /same/",
                "date: nonsense",
            )[(post + number) % 7]
            (site / "_posts" / f"2026-0{post % 9 + 1}-{'45' if post == 9 else '11'}-p{post}.md").write_text(
                f"---\n{head}\n---\n# hello {post}\n{('{{ page.title }}', '{% include part.html %}', '{% for x in site.posts %}{{ x.url }}{% endfor %}', '{% highlight ruby %}x{% endhighlight %}')[post % 4]}\n"
            )
            (site / "_things" / f"t{post}.md").write_text(f"---\nlayout: thing\nn: {post}\n---\ntext\n")
        (site / "_layouts" / "post.html").write_text("---\nlayout: base\n---\n{{ content }}")
        (site / "_layouts" / "base.html").write_text("<html>{{ content }}</html>")
        (site / "_layouts" / "thing.html").write_text(
            "{{ page.n }}{{ content }}" + ("---\nlayout: thing\n" if number == 6 else "")
        )
        (site / "_includes" / "part.html").write_text("part" if number != 3 else "{% include none.html %}")
        (site / "_data" / "d.yml").write_text("- a\n" if number != 4 else "bad: [\n")
        (site / "css" / "a.scss").write_text("---\n---\n$x: 1px; a { b: $x }\n" + ("broken {" if number == 5 else ""))
        (site / "sub" / "index.md").write_text("---\ntitle: S\nredirect: x\n---\nsub")
        (site / "_config.yml").write_text(
            f"title: x\ncollections:\n  things: {{output: true}}\nincremental: {'true' if number % 2 else 'false'}\npagination: 3\nplugins: [{'jekyll-nosuch' if number == 2 else ''}]\nexclude: [sub/x]\npermalink: pretty\nlsi: false\nauto: true\ndestination: ./_site\n"
        )
        for call in (
            ["build"],
            ["build", "--drafts", "--future", "--profile"],
            ["build", "--incremental"],
            ["doctor"],
            ["build", "--unpublished", "--strict_front_matter"],
            ["clean"],
            ["build", "--config", "none.yml"],
            ["build", "--limit_posts", "2", "--safe"],
            ["nosuch"],
        ):
            run(["jekyll", *call, "--verbose", "--trace"], seconds=40, env=env, cwd=site)
    run(["jekyll", "new", str(work / "fresh"), "--skip-bundle", "--blank", "--verbose"], seconds=30, env=env, cwd=work)
    yield from from_json(work.glob("placed.*"))


def vagrant(work: Path) -> Iterator[Placed]:
    """Vagrant (Ruby) at debug level without a hypervisor: boxes that are local, missing, broken; machines that cannot start; plug-ins, snapshots."""
    env = {
        "PLACED_LOG": str(work / "placed"),
        "RUBYOPT": f"-r{HOOKS / 'logged.rb'}",
        "HOME": str(work),
        "VAGRANT_HOME": str(work / "home"),
        "VAGRANT_LOG": "debug",
        "VAGRANT_CHECKPOINT_DISABLE": "1",
    }
    (work / "metadata.json").write_text('{"provider": "docker"}')
    run(["tar", "-czf", "ok.box", "metadata.json"], cwd=work)
    (work / "bad.box").write_text("junk")
    files = (
        "config.vm.box = 'a'", "config.vm.box = 'a'; config.vm.provider 'docker' do |d| d.image = 'x'; end", "config.vm.define 'one'; config.vm.define 'two' do |t| t.vm.box = 'none'; end", "config.vm.box = 'a'; config.vm.provision 'shell', inline: 'true'; config.vm.synced_folder '/none', '/x'", "config.nosuch.x = 1", "config.vm.network 'forwarded_port', guest: 80, host: 44580; config.vm.box = 'a'", "raise 'odd'",
    )  # fmt: skip
    for number, body in enumerate(files):
        folder = work / f"v{number}"
        folder.mkdir()
        (folder / "Vagrantfile").write_text(f"Vagrant.configure('2') do |config|\n{body}\nend\n")
        for call in (
            "validate",
            "status",
            "up --provider docker",
            "up --provider nosuch",
            "ssh-config",
            "halt",
            "destroy -f",
            "reload",
            "snapshot list",
            "provision",
            "port",
            "suspend",
            "box outdated",
            "package",
        )[number % 2 :: 2]:
            run(["vagrant", *call.split()], seconds=30, env=env, cwd=folder)
    for call in (
        "box add --name a ok.box",
        "box add --name b bad.box",
        "box add --name c none.box",
        "box list",
        "box repackage a docker 0",
        "box remove a",
        "plugin list",
        "plugin install nosuch.gem",
        "global-status --prune",
        "init x",
        "version",
        "nosuch",
        "cap provider x",
        "box prune",
    ):
        run(["vagrant", *call.split()], seconds=30, env=env, cwd=work)
    found = list(from_json(work.glob("placed.*")))
    yield from found[:: max(1, len(found) // 25_000)]
