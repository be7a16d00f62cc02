# ruff: noqa: E501 - programs are started, and what they are fed stands as one text
"""Programs in Java, JavaScript, Perl, PHP, Python, Ruby and Rust of the sixth round: chosen before they were run."""

import os
import re
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.logs_corpora.later_native import background, ended, lines_of, served
from benchmarks.logs_corpora.managed import HOOKS
from benchmarks.logs_corpora.records import Placed, from_json, parsed, run
from benchmarks.logs_corpora.sixth_native import VENV, VENV_MORE, _sampled

NODE = os.environ.get("SEVLINE_LOG_SIXTH_NODE", "/tmp/corpora/node6")
"""A folder where npm installed karma, karma-mocha, mocha, karma-chrome-launcher, ssh2 and @biomejs/biome."""


def percona(work: Path) -> Iterator[Placed]:
    """Percona's toolkit (Perl) with PTDEBUG: slow, general and odd logs of MySQL, configurations compared, statements made plain, servers away."""
    queries = ("select * from t where id={n}", "insert into t (a,b) values ({n},'x'),({n},'y')", "update db.t set a={n} where b in (1,2,{n}) limit 1", "delete from `t{n}`", "call p({n})", "select a from t join u using (id) left join v on v.i=u.i where x like '%{n}%' order by 1", "BEGIN", "# administrator command: Quit", "select (select {n} union all select 2) from (select 1) as z group by a having count(*)>1", "create table z{n} (a int not null, key (a)) engine=innodb", "junk ((", "/* hi */ replace into t set a={n}", "load data infile 'x' into table t", "show tables", "set @a={n}")  # fmt: skip
    slow = "/usr/sbin/mysqld, Version: 5.5.1 (x). started with:\nTcp port: 3306  Unix socket: /x\nTime                 Id Command    Argument\n"
    general = slow
    for number in range(60):
        text = queries[number % len(queries)].format(n=number)
        slow += f"# Time: 2401{number % 28 + 1:02d} 10:{number % 60:02d}:00\n# User@Host: u{number % 3}[u] @ h [127.0.0.{number % 9}]\n# Thread_id: {number}  Schema: db{number % 2}  QC_hit: No\n# Query_time: {number}.5  Lock_time: 0.00{number}  Rows_sent: {number}  Rows_examined: {number * 9}\n{'use db;' if number % 4 == 0 else ''}\nSET timestamp=17000{number:05d};\n{text};\n"
        general += f"2401{number % 28 + 1:02d} 10:{number % 60:02d}:00\t{number:5d} Query\t{text}\n"
    for name, text in (("slow", slow), ("general", general), ("junk", "junk\n" * 60), ("my1.cnf", "[mysqld]\nport=3306\na-b=ON\nbuffer=1M\nskip-x\n[client]\nuser=x\n"), ("my2.cnf", "[mysqld]\nport=3307\na_b=1\nbuffer=1048576\n!include /none\n"), ("q.sql", "\n".join(q.format(n=3) + ";" for q in queries)), ("raw", "".join(q.format(n=n) + "\n" for n, q in enumerate(queries))), ("mext", "| a | 1 |\n| b | 2 |\n" * 3), ("tcp", "2024-01-01 10:00:00.123456 IP 127.0.0.1.55555 > 127.0.0.1.3306: tcp 9\n\t0x0000:  4508 0050 8c8e 4000 4006 b015 7f00 0001\n\t0x0010:  7f00 0001 d903 0cea 0000 0000 0000 0000\n\t0x0020:  8018 0101 fe45 0000 0101 080a 0000 0000\n\t0x0030:  0000 0000 0500 0000 0373 656c 6563 7401\n" * 9), ("ds", "TS 1700000000.1 x\n" + "   8       0 sda 1 2 3 4 5 6 7 8 9 10 11\n" * 3 + "TS 1700000001.1 x\n" + "   8       0 sda 2 3 4 5 6 7 8 9 10 11 12\n" * 3)):  # fmt: skip
        (work / name).write_text(text)
    calls = [f"pt-query-digest {more} {name}" for name, more in (("slow", ""), ("slow", "--limit 3 --report-format profile"), ("slow", "--output json"), ("slow", "--group-by user --order-by Lock_time:sum"), ("slow", "--filter $event->{nosuch}"), ("slow", "--filter ((("), ("slow", "--since 2024-01-05 --until 240120"), ("slow", "--type nosuch"), ("slow", "--timeline --table-access"), ("slow", "--review h=127.0.0.1,P=9,D=x,t=y"), ("slow", "--explain h=127.0.0.1"), ("slow", "--sample 2 --no-report --output slowlog"), ("general", "--type genlog"), ("junk", "--type genlog"), ("junk", ""), ("raw", "--type rawlog"), ("tcp", "--type tcpdump"), ("junk", "--type tcpdump"), ("none", ""), ("slow", "--type binlog"), ("slow", "--embedded-attributes"), ("slow", "--outliers Query_time:sum:1:2"))] + ["pt-config-diff my1.cnf my2.cnf", "pt-config-diff my1.cnf h=127.0.0.1", "pt-config-diff my1.cnf none", "pt-fingerprint q.sql", "pt-fingerprint --query select+1", "pt-fingerprint --match-md5-checksums --match-embedded-numbers q.sql", "pt-fk-error-logger h=127.0.0.1,P=9", "pt-deadlock-logger h=127.0.0.1,P=9 --run-time 1", "pt-table-checksum h=127.0.0.1,P=9", "pt-table-sync --execute h=127.0.0.1,D=a,t=b h=127.0.0.2", "pt-archiver --source h=127.0.0.1,D=a,t=b --purge --where 1=1", "pt-online-schema-change --alter x D=a,t=b,h=127.0.0.1 --dry-run", "pt-kill --print --run-time 1 slow", "pt-kill --test-matching slow --match-user u1 --print", "pt-duplicate-key-checker h=127.0.0.1,P=9", "pt-index-usage slow", "pt-upgrade h=127.0.0.1 slow", "pt-visual-explain none", "pt-slave-find h=127.0.0.1", "pt-slave-restart h=127.0.0.1", "pt-show-grants h=127.0.0.1", "pt-find --print h=127.0.0.1", "pt-heartbeat --check h=127.0.0.1,D=x", "pt-variable-advisor --source-of-variables mext", "pt-variable-advisor h=127.0.0.1", "pt-diskstats --iterations 1 ds", "pt-table-usage q.sql", "pt-table-usage --query select+1", "pt-slave-delay h=127.0.0.1", "pt-query-digest --nosuch", "pt-query-digest --config none", "pt-archiver", "pt-online-schema-change x", "pt-table-usage --id-attribute x slow"]  # fmt: skip
    told: list[str] = []
    for call in calls:
        program, *rest = call.replace("select+1", "'select 1'").split()
        found = run(
            ["perl", f"/usr/bin/{program}", *rest], seconds=25, cwd=work, env={"PTDEBUG": "1", "HOME": str(work)}
        ).splitlines()
        told += found[:: max(1, len(found) // 6000)]
    yield from _sampled(parsed(told, r"# (?P<place>\w+(?:::\w+)*:\d+) \d+ (?P<message>.*)"))


def rex(work: Path) -> Iterator[Placed]:
    """Rex (Perl), most talkative, on this machine: files, templates, commands, users, packages, hosts that are away, wrong tasks."""
    (work / "Rexfile").write_text(
        f"use Rex -feature => ['1.4'];\nuser 'root'; group all => 'a[1..3]', 'b';\nset x => 'y';\nbefore t1 => sub {{ say 'b' }};\ntask 't1', sub {{ say run 'uptime'; run 'false'; say run 'echo hi', cwd => '/tmp', env => {{ A => 1 }} }};\ntask 't2', sub {{ file '{work}/f', content => 'x', mode => '644', owner => 'root'; file '{work}/g', content => template(\\'<%= $a %>', a => 3), on_change => sub {{ say 'c' }}; file '{work}/d', ensure => 'directory'; file '{work}/f', ensure => 'absent'; append_if_no_such_line '{work}/g', 'line'; delete_lines_matching '{work}/g', matching => qr/li/; sed qr/3/, '4', '{work}/g'; cp '{work}/g', '{work}/h'; mv '{work}/h', '{work}/i'; ln '{work}/i', '{work}/j'; chmod 600, '{work}/i'; my %s = stat '{work}/i'; is_file '{work}/none'; list_files '{work}'; unlink '{work}/j'; rmdir '{work}/d'; mkdir '{work}/e/f'; extract '{work}/none.tar.gz'; }};\ntask 't3', sub {{ account 'rexu', ensure => 'absent'; get_uid 'root'; user_list; get_group 'root'; pkg 'nosuchpkg', ensure => 'present'; is_installed 'bash'; installed_packages; service nosuch => 'status'; cron list => 'root'; host_entry 'zz', ensure => 'absent', ip => '127.9.9.9'; }};\ntask 't4', group => 'all', sub {{ say run 'uptime' }};\ntask 't5', 'nosuch.invalid', sub {{ run 'x' }};\ntask 't6', sub {{ my %h = get_system_information; dump_system_information; say memory()->{{total}}; say Dumper(df); ps; kernel->{{x}}; operating_system_is('Debian'); network_interfaces(); }};\ntask 't7', sub {{ die 'no' }};\ntask 't8', sub {{ needs 'none'; t1(); do_task 't2'; sync '{work}/e', '{work}/k'; upload '{work}/g', '{work}/m'; download '{work}/g', '{work}/n'; }};\nbatch 'bb', 't1', 't2';\nprofiler;\nlogging to_file => '{work}/own';\n"
    )
    env = {"PLACED_LOG": str(work / "placed"), "PERL5LIB": str(HOOKS), "HOME": str(work)}
    for more in ("-T", "-Tv", "-Ta", "t1", "t2", "t2", "t3", "t4", "t5", "t6", "t7", "t8", "nosuch", "-b bb", "-H 127.0.0.1 t1", "-G all t1", "-G nosuch t1", "-E x t1", "-e say(run('uptime'))", "-e junk(", "-f none t1", "-t 3 t4", "-u bob -p x -H 127.0.0.1 t1", "-M Nosuch t1", "-c t6", "-C t1", "-Ty", "-ddd t2", "-m t1 --a=b", "-s t1", "-o JUnit t1", "-w t2", "-v", "-O x t1"):  # fmt: skip
        run(
            ["perl", "-MPlacedSubs=Rex::Logger,debug,info", "/usr/bin/rex", "-d", *more.split()],
            seconds=25,
            env=env,
            cwd=work,
        )
    yield from _sampled(from_json(work.glob("placed.*")))


def licensecheck(work: Path) -> Iterator[Placed]:
    """licensecheck (Perl), tracing, over this machine's licences, sources and letters: whole, cut, mixed, unreadable."""
    env = {"PLACED_LOG": str(work / "placed"), "PERL5LIB": str(HOOKS), "HOME": str(work)}
    files = [str(path) for path in sorted(Path("/usr/share/common-licenses").iterdir())] + [str(path) for path in sorted(Path("/usr/share/doc").glob("*/copyright"))[::60]]  # fmt: skip
    (work / "a.py").write_text(
        "# SPDX-License-Identifier: MIT OR Apache-2.0\n# Copyright (c) 2020-2024 A B <a@x.example>\n"
    )
    (work / "b.c").write_text("/* Copyright 2001, 2003 X. Licensed under the GPL, version 2 or later */\n")
    (work / "c.h").write_text("junk")
    (work / "d.bin").write_bytes(bytes(range(256)) * 20)
    files += [str(work / name) for name in ("a.py", "b.c", "c.h", "d.bin", "none")]
    for number in range(0, len(files), 6):
        more = (["--copyright"], ["--machine"], ["--deb-machine", "--recursive"], ["--lines=5"], ["--shortname-scheme=spdx,debian"], ["--encoding=nosuch"], ["--list-licenses"], ["--skipped", "--check=.*"])[number // 6 % 8]  # fmt: skip
        names = "trace,debug,info,notice,warning,error"
        run(["perl", f"-MPlacedSubs=Log::Any::Proxy,{names}", "/usr/bin/licensecheck", "--trace", *more, *files[number : number + 6]], seconds=40, env=env, cwd=work)  # fmt: skip
    yield from _sampled(from_json(work.glob("placed.*")))


def flink(work: Path) -> Iterator[Placed]:
    """Flink (Java) at debug level in one process: SQL over made tables, windows, joins, files, statements that fail."""
    home = f"{VENV_MORE}/lib/python3.11/site-packages/pyflink"
    (work / "l.properties").write_text(f"rootLogger.level = DEBUG\nrootLogger.appenderRef.f.ref = F\nappender.f.type = File\nappender.f.name = F\nappender.f.fileName = {work}/log\nappender.f.layout.type = PatternLayout\nappender.f.layout.pattern = @@%p|%c|%F:%L|%m%n\n")  # fmt: skip
    (work / "conf").mkdir()
    (work / "conf/config.yaml").write_text("execution.target: local\ntaskmanager.numberOfTaskSlots: 4\nparallelism.default: 2\nexecution.checkpointing.interval: 2s\nnosuch.option: 1\nrest.port: 44911\n")  # fmt: skip
    (work / "a.csv").write_text("".join(f"{n},name{n % 7},{n * 3}\n" for n in range(300)) + "junk\n")
    statements = ["SET 'sql-client.execution.result-mode' = 'tableau'", "SET 'execution.runtime-mode' = 'batch'", f"CREATE TABLE f (id INT, name STRING, v INT) WITH ('connector'='filesystem','path'='{work}/a.csv','format'='csv','csv.ignore-parse-errors'='true')", "CREATE TABLE g (id INT, w DOUBLE, t AS PROCTIME()) WITH ('connector'='datagen','number-of-rows'='200')", "CREATE TABLE p (name STRING, n BIGINT) WITH ('connector'='print')", f"CREATE TABLE o (name STRING, n BIGINT) WITH ('connector'='filesystem','path'='{work}/out','format'='json')", "SELECT name, COUNT(*) FROM f GROUP BY name", "INSERT INTO p SELECT name, COUNT(*) FROM f GROUP BY name", "INSERT INTO o SELECT name, SUM(v) FROM f WHERE v > 9 GROUP BY name", "SELECT f.id, g.w FROM f JOIN g ON f.id = g.id", "SELECT nosuch FROM f", "SELECT * FROM nosuch", "junk", "SELECT 1/0", "SELECT CAST('x' AS INT)", "EXPLAIN SELECT * FROM f ORDER BY v DESC LIMIT 3", "CREATE VIEW z AS SELECT id, v FROM f", "SELECT MAX(v) OVER (PARTITION BY name ORDER BY id) FROM f", "CREATE TABLE bad (a INT) WITH ('connector'='nosuch')", "SELECT * FROM bad", f"CREATE TABLE none (a INT) WITH ('connector'='filesystem','path'='{work}/none','format'='csv')", "SELECT * FROM none", "CREATE FUNCTION u AS 'no.Such'", "SELECT u(1)", "CREATE CATALOG c WITH ('type'='generic_in_memory')", "USE CATALOG c", "USE CATALOG default_catalog", "SHOW TABLES", "DESCRIBE f", "SHOW JOBS", "SET 'execution.runtime-mode' = 'streaming'", "CREATE TABLE s (a INT, ts AS LOCALTIMESTAMP, WATERMARK FOR ts AS ts - INTERVAL '1' SECOND) WITH ('connector'='datagen','rows-per-second'='300','number-of-rows'='1500','fields.a.max'='9','fields.a.min'='1')", "SELECT window_start, COUNT(*) FROM TABLE(TUMBLE(TABLE s, DESCRIPTOR(ts), INTERVAL '1' SECOND)) GROUP BY window_start, window_end", "SELECT a, COUNT(*) FROM s GROUP BY a", "SELECT a, 9 / (a - a) FROM s", "SET 'parallelism.default' = '1'", "INSERT INTO p SELECT CAST(a AS STRING), 1 FROM s", "SET 'table.exec.mini-batch.enabled' = 'true'", "SELECT x.a FROM s x JOIN s y ON x.a = y.a AND x.ts BETWEEN y.ts - INTERVAL '1' SECOND AND y.ts LIMIT 5", "DROP TABLE p", "DROP TABLE p", "ADD JAR '/none.jar'", "SHOW JARS", "RESET"]  # fmt: skip
    (work / "q.sql").write_text(";\n".join(statements) + ";\n")
    opens = [f"--add-opens=java.base/{name}=ALL-UNNAMED" for name in ("java.util", "java.lang", "java.net", "java.nio", "sun.nio.ch", "java.io", "java.util.concurrent", "java.time", "java.lang.reflect", "java.text", "java.util.concurrent.atomic", "java.util.concurrent.locks")]  # fmt: skip
    for number in range(0, len(statements), 1):
        if number and number % 14:
            continue
        (work / "part.sql").write_text(
            "".join(text + ";\n" for text in statements[:6] + statements[number : number + 14])
        )
        run(["java", "-Xmx900m", *opens, f"-Dlog4j.configurationFile={work}/l.properties", "-cp", f"{home}/lib/*:{home}/opt/*", "org.apache.flink.table.client.SqlClient", "embedded", "-f", f"{work}/part.sql"], seconds=75, env={"FLINK_CONF_DIR": f"{work}/conf", "FLINK_HOME": home, "HOME": str(work)}, cwd=work)  # fmt: skip
    yield from _sampled(
        parsed(lines_of(work / "log"), r"@@(?P<level>\w+)\|(?P<logger>[^|]*)\|(?P<place>[^|]+:\d+)\|(?P<message>.*)")
    )


def freecol(work: Path) -> Iterator[Placed]:
    """FreeCol (Java), a game, without a screen at its finest level: its server and players that the machine plays for many turns."""
    run(["javac", "-d", str(work), str(HOOKS / "Placed.java")], seconds=60)
    (work / "l.properties").write_text(
        "handlers=Placed\nnet.sf.freecol.handlers=Placed\n.level=FINEST\nnet.sf.freecol.useParentHandlers=false\nnet.sf.freecol.level=FINEST\nPlaced.level=ALL\n"
    )
    for folder in (".local/share", ".config", ".cache"):
        (work / folder).mkdir(parents=True)
    for number, more in enumerate((["--headless", "--server", "44920", "--private", "--name", "x", "--debug-run", "40", "--seed", "7"], ["--headless", "--debug-run", "25", "--difficulty", "hard", "--seed", "9"], ["--headless", "--server", "nosuch"], ["--headless", "--server", "44921", "--load-savegame", "/none"], ["--headless", "--check-savegame", "/none"], ["--headless", "--freecol-data", "/none"], ["--headless", "--tc", "nosuch"])):  # fmt: skip
        run(["java", "-Xmx900m", "-Djava.awt.headless=true", f"-Djava.util.logging.config.file={work}/l.properties", "-cp", f"{work}:/usr/share/games/freecol/FreeCol-1.0.0.jar:/usr/share/java/*", "net.sf.freecol.FreeCol", "--freecol-data", "/usr/share/games/freecol", "--no-intro", "--no-splash", "--no-sound", "--log-level", "finest", "--log-console", "--user-data-directory", str(work), "--user-config-directory", str(work), "--user-cache-directory", str(work), *more], seconds=80 if number < 2 else 12, env={"PLACED_LOG": str(work / "placed"), "HOME": str(work)}, cwd="/usr/share/games/freecol" if Path("/usr/share/games/freecol/base").exists() else work)  # type: ignore[arg-type]  # fmt: skip
    form = r"@@(?P<level>\w+)\|(?P<logger>[^|]*)\|(?P<place>[^|]+)\|(?P<message>.*)"
    yield from _sampled(parsed(lines_of(work / "placed.java"), form))


def mediawiki(work: Path) -> Iterator[Placed]:
    """MediaWiki (PHP) with all its channels, over SQLite: pages written, moved, deleted, parsed, jobs, accounts, visits, wrong requests."""
    home = "/usr/share/mediawiki"
    env = {"PLACED_LOG": str(work / "placed"), "HOME": str(work)}
    run(["php", f"{home}/maintenance/install.php", "--dbtype", "sqlite", "--dbpath", str(work), "--confpath", str(work), "--pass", "Verysecret123", "--scriptpath", "", "--server", "http://127.0.0.1:44925", "x", "Boss"], seconds=90, env=env, cwd=work)  # fmt: skip
    settings = work / "LocalSettings.php"
    settings.write_text(settings.read_text() + f"\nrequire_once '{HOOKS}/placedwiki.php';\n$wgMWLoggerDefaultSpi = ['class' => 'PlacedSpi'];\n$wgDebugDumpSql = true;\n$wgShowExceptionDetails = true;\n$wgEnableUploads = true;\n$wgMainCacheType = CACHE_DB;\n$wgUploadDirectory = '{work}/images';\n$wgDeprecationReleaseLimit = '1.0';\n$wgRunJobsAsync = false;\n$wgSMTP = ['host' => '127.0.0.1', 'port' => 9, 'IDHost' => 'x', 'auth' => false];\n")  # fmt: skip
    env["MW_CONFIG_FILE"] = str(settings)
    texts = (
        "== h ==\n[[Link {n}]] [http://x.example y] {{{{T{n}}}}} '''b'''\n[[Category:C{n}]]",
        "#REDIRECT [[P1]]",
        "{{#if:x}} <ref>a</ref> <nowiki>",
        "{|\n|a\n|}\n[[File:None.png|thumb]] ~~~~",
        "{{P{n}}} {{{{P2}}}}",
        "junk <script> &amp; \u00e9",
    )
    for number in range(14):
        run(["php", f"{home}/maintenance/edit.php", "-u", "Boss", "-s", f"s{number}", f"P{number % 9}"], seconds=30, env=env, stdin=texts[number % 6].replace("{n}", str(number)))  # fmt: skip
    (work / "list").write_text("P1|Q1\nNone|X\nP2|P3\n")
    (work / "del").write_text("P4\nNosuch\n")
    (work / "images").mkdir(exist_ok=True)
    (work / "up").mkdir()
    (work / "up/a.txt").write_text("x")
    (work / "up/b.png").write_bytes(b"\x89PNG\r\n\x1a\njunk")
    for script in ("runJobs.php", f"moveBatch.php {work}/list", f"deleteBatch.php {work}/del", "rebuildall.php", "refreshLinks.php", "createAndPromote.php Bob Anothersecret1", "createAndPromote.php Bad x", "changePassword.php --user=Bob --password=Newsecret123", "blockUsers.php none", f"importImages.php {work}/up --extensions=txt,png", "dumpBackup.php --full --quiet", "update.php --quick", "showSiteStats.php", "purgeList.php --all", "rebuildrecentchanges.php", "cleanupTitles.php", "namespaceDupes.php", "runJobs.php --type nosuch", "userOptions.php language --list", "deleteOldRevisions.php --delete", "parse.php", "view.php P1", "pageExists.php None", "protect.php P1", "undelete.php P4", "updateSpecialPages.php", "invalidateUserSessions.php --user Bob", "importTextFiles.php none"):  # fmt: skip
        name, *rest = script.split()
        run(["php", f"{home}/maintenance/{name}", *rest], seconds=40, env=env, stdin="'''x''' {{P1}}\n", cwd=work)
    server = background(["php", "-S", "127.0.0.1:44925", "-t", home], work / "web", env=env)
    time.sleep(1)
    jar = ["-b", str(work / "jar"), "-c", str(work / "jar")]
    api = "http://127.0.0.1:44925/api.php?format=json&"
    token = run(["curl", "-s", *jar, api + "action=query&meta=tokens&type=login"], seconds=15)
    login = (re.search(r'"logintoken":"([^"]+?)\\', token) or [None, ""])[1]
    for word in ("bad", "Verysecret123"):
        run(["curl", "-s", *jar, "--data-urlencode", f"lgtoken={login}+\\", "-d", f"lgname=Boss&lgpassword={word}", api + "action=login"], seconds=15)  # fmt: skip
    csrf = (
        re.search(r'"csrftoken":"([^"]+?)\\', run(["curl", "-s", *jar, api + "action=query&meta=tokens"], seconds=15))
        or [None, ""]
    )[1]
    for number in range(3):
        for path in ("index.php?title=P1", "index.php?title=None", "index.php?title=P1&action=history", "index.php?title=P1&action=edit", "index.php?title=Special:RecentChanges", "index.php?title=Special:Nosuch", "index.php?title=P1&action=nosuch", "index.php?title=P1&oldid=999", "index.php?title=P2&diff=3&oldid=2", "index.php?title=Special:Search&search=h", "index.php?title=Special:UserLogin", "index.php?title=Special:Upload", "index.php?title=%5B%5D", "load.php?modules=site|jquery|nosuch&only=scripts", "load.php?modules=startup", "rest.php/v1/page/P1", "rest.php/v1/nosuch", "api.php?action=query&list=allpages&format=json", "api.php?action=nosuch", "api.php?action=parse&page=P1&format=json", "thumb.php?f=None.png&w=9", "img_auth.php/none", "opensearch_desc.php", "index.php?title=P3&action=raw", "index.php?title=P5&action=purge", "index.php?title=Special:Version", "index.php?title=Special:Statistics", "index.php?title=User:Boss&action=info")[number::3]:  # fmt: skip
            run(["curl", "-s", "-m", "20", "-o", "/dev/null", *jar, f"http://127.0.0.1:44925/{path}"], seconds=25)
        for more in (f"action=edit&title=W{number}&text=hi", "action=delete&title=P5", f"action=move&from=P6&to=M{number}", "action=block&user=Bob", "action=upload&filename=a.txt", "action=edit&title=P1&text=x&basetimestamp=2001-01-01T00:00:00Z", "action=emailuser&target=Bob&subject=x&text=y", "action=rollback&title=P1&user=Boss", "action=protect&title=P2&protections=edit=sysop", "action=watch&titles=P1", "action=logout"):  # fmt: skip
            run(
                ["curl", "-s", "-m", "20", *jar, "--data-urlencode", f"token={csrf}+\\", "-d", "x=y", api + more],
                seconds=25,
            )
    ended(server)
    yield from _sampled(from_json(work.glob("placed.*")))


def mechanize(work: Path) -> Iterator[Placed]:
    """Mechanize (Ruby) with all its words: pages, forms, redirects, cookies, sign-ins, files, servers that are away or talk junk."""
    backend = served(work / "www", 44930)
    (work / "s.rb").write_text("require 'webrick'\ns = WEBrick::HTTPServer.new(Port: 44931, BindAddress: '127.0.0.1', Logger: WEBrick::Log.new('/dev/null'), AccessLog: [])\ns.mount_proc('/') { |q, r| n = q.query['n'].to_i; case q.path\nwhen '/r' then r.set_redirect(WEBrick::HTTPStatus::Found, n > 0 ? \"/r?n=#{n - 1}\" : '/f')\nwhen '/f' then r['Content-Type'] = 'text/html; charset=utf-8'; r.cookies << WEBrick::Cookie.new('a', n.to_s); r.body = '<html><head><title>t</title><base href=\"/\"></head><body><a href=\"/r?n=2\">l</a><form action=\"/p\" method=\"post\"><input name=\"x\" value=\"1\"><input type=\"file\" name=\"u\"><select name=\"s\"><option>1<option>2</select><input type=\"submit\"></form><iframe src=\"/f\"></iframe></body></html>'\nwhen '/m' then r['Content-Type'] = 'text/html'; r.body = '<meta http-equiv=\"refresh\" content=\"0;url=/f\">'\nwhen '/auth' then WEBrick::HTTPAuth.basic_auth(q, r, 'x') { |u, w| u == 'bob' && w == 'y' }; r.body = 'ok'\nwhen '/gz' then r['Content-Encoding'] = n.odd? ? 'gzip' : 'deflate'; r.body = 'junk'\nwhen '/c' then r['Set-Cookie'] = 'bad; domain=other.example; expires=junk'; r['Content-Type'] = 'junk'; r.body = 'x'\nwhen '/robots.txt' then r.body = \"User-agent: *\\nDisallow: /no\\n\"\nelse r.status = [404, 500, 503, 304, 204, 206][n % 6]; r.body = 'no' end }\ns.start\n")  # fmt: skip
    server = background(["ruby", "s.rb"], work / "s", cwd=work)
    time.sleep(2)
    (work / "p.rb").write_text("require 'mechanize'; require 'timeout'\ndef quiet; Timeout.timeout(6) { yield }; rescue Exception; nil; end\n20.times do |n|\n  a = Mechanize.new; a.log = Logger.new('/dev/null'); a.read_timeout = 1; a.open_timeout = 1; a.robots = n % 3 == 1; a.follow_meta_refresh = n.odd?; a.redirection_limit = 2 + n % 4; a.keep_alive = n % 4 != 0; a.gzip_enabled = n % 5 != 0; a.conditional_requests = n.even?; a.max_file_buffer = n * 900; a.redirect_ok = n % 6 != 5; a.ignore_bad_chunking = n.odd?; a.user_agent_alias = 'Mac Safari'\n  a.add_auth('http://127.0.0.1:44931', 'bob', n.odd? ? 'y' : 'bad') if n % 3 == 0\n  %w[f r?n=1 r?n=9 m auth gz?n=1 gz?n=2 c no?n=0 no?n=1 no?n=2 no?n=3 no?n=4 no?n=5].each { |q| quiet { a.get(\"http://127.0.0.1:44931/#{q}\") } }\n  quiet { p = a.get('http://127.0.0.1:44931/f'); f = p.forms.first; f['x'] = n.to_s * 50; quiet { f.file_uploads.first.file_name = __FILE__ }; quiet { a.submit(f) }; quiet { p.links.first.click }; quiet { a.back }; quiet { p.iframes.first.click } }\n  quiet { a.get('http://127.0.0.1:44930/f%d.bin' % n) }; quiet { a.download('http://127.0.0.1:44930/f3.bin', \"d#{n}\") }; quiet { a.head('http://127.0.0.1:44931/f') }; quiet { a.put('http://127.0.0.1:44931/f', 'x') }; quiet { a.delete('http://127.0.0.1:44931/f') }; quiet { a.post('http://127.0.0.1:44931/p', 'a' => n) }; quiet { a.get('http://127.0.0.1:9/') }; quiet { a.get('http://nosuch.invalid/') }; quiet { a.get('https://127.0.0.1:44931/') }; quiet { a.get('junk:// x') }; quiet { a.get('file:///etc/hostname') }; quiet { a.get('file:///none') }; quiet { a.set_proxy('127.0.0.1', 9); a.get('http://127.0.0.1:44931/f') }; quiet { a.cookie_jar.save('jar') }; quiet { a.cookie_jar.load('none') }; quiet { a.shutdown }\nend\n")  # fmt: skip
    run(
        ["ruby", "p.rb"],
        seconds=120,
        env={"PLACED_LOG": str(work / "placed"), "RUBYOPT": f"-r{HOOKS}/logger.rb", "HOME": str(work)},
        cwd=work,
    )
    ended(server, backend)
    yield from _sampled(from_json(work.glob("placed.*")))


def asciidoctor(work: Path) -> Iterator[Placed]:
    """Asciidoctor (Ruby), most talkative, over documents with many kinds of mistakes, includes, tables, lists, extensions."""
    lines = ("= Title", "== Section {n}", "==== Too deep", "=== Sub", "include::none{n}.adoc[]", "include::a0.adoc[tag=x{n}]", "include::a0.adoc[lines=1..3]", "{{nosuch{n}}}", "<<none{n}>>", "[[id{n}]]", "[[id1]]", "[source,ruby]\n----\nx <1>\n----\n<2> y{n}", "|===\n|a |b\n|c\n|===", "[cols=3*]\n|===\n|a\n|===", ". one\n. two\n5. five", "* a\n*** b", "image::none{n}.png[]", "footnote:n{n}[]", "ifdef::x[]\nhi", "endif::y[]", "ifeval::[junk {n}]\nendif::[]", "----\nnever closed {n}", "video::x[]", "[nosuchstyle{n}]\nhi", "[quote]\n____\nx", "====\nexample", "term {n}::", "kbd:[x]", "stem:[x^{n}]", "toc::[]", "icon:x{n}[]", "xref:a1.adoc#none{n}[x]", "pass:nosuch{n}[x]", "[abstract]\n= Part {n}", "// tag::x{n}[]\nhi", "// end::y{n}[]", "[%interactive]\n* [ ] a", ":toc: nosuch", ":attr{n}: {{none}}", "{{counter:x{n}}}", "[horizontal]\na:: b", "++++\nraw", "anchor:id1[]", "menu:a[b]", "[discrete]\n==== x{n}", "<1> orphan", "[start=x]\n. a", "link:++x++[y", "...\nx", "indexterm:[a,b{n}]", "== Section")  # fmt: skip
    for number in range(60):
        (work / f"a{number}.adoc").write_text("\n\n".join(lines[(number * 7 + k * (1 + number % 5)) % len(lines)].format(n=k) for k in range(30)) + "\n")  # fmt: skip
    env = {"PLACED_LOG": str(work / "placed"), "RUBYOPT": f"-r{HOOKS}/logger.rb", "HOME": str(work)}
    for number in range(20):
        more = (["-v"], ["-b", "docbook5"], ["-b", "manpage"], ["-d", "book", "-v"], ["-S", "secure"], ["-a", "attribute-missing=warn"], ["-r", "nosuch"], ["-T", "/none"], ["-b", "nosuch"], ["-d", "manpage", "-v"], ["-a", "attribute-missing=drop-line", "-v", "-t"], ["-a", "source-highlighter=rouge"], ["-a", "stylesheet=none.css", "-a", "linkcss!"], ["-a", "data-uri", "-S", "safe"], ["-a", "source-highlighter=pygments"], ["-a", "docinfo=shared"], ["-w", "-v"], ["--section-numbers"], ["-e", "-v"], ["-E", "nosuch"])[number]  # fmt: skip
        run(["asciidoctor", *more, *[f"a{n}.adoc" for n in range(number % 3, 60, 3)]], seconds=40, env=env, cwd=work)
    yield from _sampled(from_json(work.glob("placed.*")))


def karma(work: Path) -> Iterator[Placed]:
    """Karma (JavaScript), which runs tests in browsers, at debug level: files that change, are missing, preprocessors, browsers that stop or are away."""
    for number in range(8):
        (work / f"t{number}.js").write_text(f"describe('s{number}', () => {{ it('ok', () => {{}}); it('bad', () => {{ throw new Error('x{number}') }}); it('slow', (done) => setTimeout(done, {number * 100})); {'console.log(1);' if number % 2 else ''} }})\n")  # fmt: skip
    (work / "broken.js").write_text("junk(((")
    for number in range(12):
        broken, plugin = ", 'broken.js'" if number % 4 == 3 else "", ", 'karma-nosuch'" if number == 9 else ""
        browsers = (["C"], ["C", "None"], ["C"], ["Wrong"], ["C"], [])[number % 6]
        (work / "karma.conf.js").write_text(f"const log4js = require('{NODE}/node_modules/log4js'), plain = log4js.configure\nplain.call(log4js, {{appenders: {{f: {{type: 'fileSync', filename: '{work}/placed', layout: {{type: 'pattern', pattern: '@@%p|%c|%f:%l|%m'}}}}}}, categories: {{default: {{appenders: ['f'], level: 'debug', enableCallStack: true}}}}}})\nlog4js.configure = () => log4js\nmodule.exports = (config) => config.set({{ basePath: '{work}', frameworks: {['mocha'] if number != 7 else ['nosuch']}, files: ['t*.js', 'none*.js', {{pattern: 'http://127.0.0.1:9/x.js'}}{broken}], exclude: ['t{number % 8}.js'], preprocessors: {{'t1.js': ['nosuch'], 't2.js': ['own']}}, plugins: [require('{NODE}/node_modules/karma-mocha'), require('{NODE}/node_modules/karma-chrome-launcher'), {{'preprocessor:own': ['factory', () => (content, file, done) => done(null, content)]}}{plugin}], reporters: ['{('progress', 'dots', 'nosuch')[number % 3]}'], port: {44940 + number % 3}, logLevel: config.LOG_DEBUG, singleRun: {'false' if number % 5 == 4 else 'true'}, autoWatch: {'true' if number % 5 == 4 else 'false'}, browsers: {browsers}, customLaunchers: {{C: {{base: 'ChromeHeadless', flags: ['--no-sandbox', '--disable-gpu']}}, None: {{base: 'Nosuch'}}}}, captureTimeout: 15000, browserNoActivityTimeout: {400 if number == 8 else 9000}, browserDisconnectTolerance: 1, retryLimit: 1, proxies: {{'/p/': 'http://127.0.0.1:9/'}}, middleware: {['nosuch'] if number == 10 else []}, concurrency: 1, restartOnFileChange: true, client: {{clearContext: {'false' if number % 2 else 'true'}}} }})\n")  # fmt: skip
        server = background(["node", f"{NODE}/node_modules/karma/bin/karma", "start", f"{work}/karma.conf.js"], work / "log", env={"CHROME_BIN": "/usr/bin/chromium", "HOME": str(work)}, cwd=work)  # fmt: skip
        time.sleep(6)
        if number % 5 == 4:
            (work / "t3.js").write_text("it('new', () => {})")
            (work / f"t9{number}.js").write_text("it('newer', () => {})")
            time.sleep(2)
            (work / f"t9{number}.js").unlink()
        for path in (
            "",
            "context.html",
            "debug.html",
            "base/t1.js",
            "base/none.js",
            "karma.js",
            "nosuch",
            "absolute/etc/none",
            "p/x",
            "client.html",
            "../x",
            "stop",
        ):
            run(
                [
                    "curl",
                    "-s",
                    "-m",
                    "2",
                    "-o",
                    "/dev/null",
                    "--path-as-is",
                    f"http://127.0.0.1:{44940 + number % 3}/{path}",
                ],
                seconds=4,
            )
        time.sleep(1)
        ended(server)
    yield from _sampled(
        parsed(lines_of(work / "placed"), r"@@(?P<level>\w+)\|(?P<logger>[^|]*)\|(?P<place>[^|]+:\d+)\|(?P<message>.*)")
    )


def ssh2(work: Path) -> Iterator[Placed]:
    """ssh2 (JavaScript), client and server, all debugging: sign-ins of many kinds, commands, files, forwards, wrong keys, junk."""
    for kind in ("rsa", "ed25519", "ecdsa"):
        run(["ssh-keygen", "-q", "-t", kind, "-N", "", "-f", f"{work}/{kind}"])
    (work / "p.js").write_text("""
const fs = require('fs'), net = require('net'), {Client, Server, utils} = require('ssh2')
const keep = (text) => { const at = new Error().stack.split('\\n').slice(2).filter((f) => !/at (?:\\S*\\.)?(?:_?debug|customDebug) |server\\.js:344|Protocol\\.js:127/.test(f)).map((f) => /\\(?([^()\\s]+):(\\d+):\\d+\\)?$/.exec(f)).find((m) => m && !m[1].includes('p.js')); if (at) fs.appendFileSync(process.env.PLACED_LOG + '.js', JSON.stringify({place: at[1] + ':' + at[2], level: '', logger: '', message: String(text)}) + '\\n') }
const debug = (t) => keep(t)
process.on('uncaughtException', () => 0)
const keys = ['rsa', 'ed25519', 'ecdsa'].map((k) => fs.readFileSync(k))
const server = new Server({hostKeys: keys, debug, greeting: 'hi', banner: 'welcome'}, (c) => {
  c.on('authentication', (x) => { if (x.method === 'none') return x.reject(['password', 'publickey', 'keyboard-interactive']); if (x.method === 'password' && x.password === 'bad') return x.reject(); if (x.method === 'keyboard-interactive') return x.prompt(['a?'], (a) => a && a[0] === 'y' ? x.accept() : x.reject()); x.accept() })
  c.on('error', () => 0); c.on('request', (accept, reject, name) => name === 'tcpip-forward' ? accept && accept(44999) : reject && reject()); c.on('tcpip', (accept, reject, info) => info.destPort === 9 ? reject() : accept().end('hi'))
  c.on('session', (accept) => { const s = accept(); s.on('pty', (a) => a && a()); s.on('env', (a, r) => r && r()); s.on('window-change', (a) => a && a()); s.on('signal', (a) => a && a()); s.on('shell', (a) => { const t = a(); t.write('sh'); t.exit(0); t.end() }); s.on('exec', (a, r, i) => { if (i.command === 'no') return r(); const t = a(); t.stderr.write('err'); t.write('x'.repeat(i.command.length * 9000)); t.exit(i.command === 'sig' ? 'TERM' : 3, i.command === 'sig'); t.end() }); s.on('subsystem', (a, r) => r()); s.on('sftp', (a) => { const f = a(); f.on('OPEN', (id, n) => n === '/none' ? f.status(id, 2) : f.handle(id, Buffer.from('h'))).on('READ', (id, h, o) => o > 0 ? f.status(id, 1) : f.data(id, Buffer.from('data'))).on('WRITE', (id) => f.status(id, 0)).on('CLOSE', (id) => f.status(id, 0)).on('STAT', (id) => f.attrs(id, {size: 4, mode: 33188})).on('FSTAT', (id) => f.attrs(id, {size: 4})).on('OPENDIR', (id) => f.handle(id, Buffer.from('d'))).on('READDIR', (id) => f.status(id, 1)).on('REALPATH', (id) => f.name(id, [{filename: '/', longname: '/', attrs: {}}])).on('REMOVE', (id) => f.status(id, 3)) }); s.on('auth-agent', (a) => a && a()); s.on('x11', (a) => a && a()) })
  setTimeout(() => { try { c.rekey() } catch {} }, 250)
})
server.on('error', () => 0)
const junk = net.createServer((c) => { c.on('error', () => 0); c.write(['junk\\r\\n', 'SSH-1.5-x\\r\\n', 'SSH-2.0-x\\r\\n' + '\\0'.repeat(60), ''][Math.random() * 4 | 0]); c.end() }).listen(44951, '127.0.0.1')
const ways = [{password: 'ok'}, {password: 'bad'}, {privateKey: keys[0]}, {privateKey: keys[1]}, {privateKey: keys[2]}, {tryKeyboard: true}, {password: 'ok', algorithms: {cipher: ['aes128-ctr']}}, {password: 'ok', algorithms: {kex: ['diffie-hellman-group14-sha256']}}, {password: 'ok', algorithms: {kex: ['diffie-hellman-group1-sha1']}}, {password: 'ok', algorithms: {hmac: ['hmac-sha1'], cipher: ['aes256-cbc']}}, {password: 'ok', algorithms: {serverHostKey: ['ssh-rsa']}}, {password: 'ok', algorithms: {compress: ['zlib@openssh.com']}}, {port: 44951}, {port: 9}, {password: 'ok', hostVerifier: () => false}, {agent: '/none', password: 'ok'}, {authHandler: ['none', 'hostbased', 'password'], password: 'ok'}, {password: 'ok', keepaliveInterval: 100, keepaliveCountMax: 2}, {password: 'ok', readyTimeout: 1}, {privateKey: 'junk'}, {password: 'ok', algorithms: {cipher: ['chacha20-poly1305@openssh.com']}}, {password: 'ok', algorithms: {kex: ['ecdh-sha2-nistp521', 'curve25519-sha256']}}, {password: 'ok', agentForward: true, agent: '/none'}, {username: ''}]
const one = (way, n) => new Promise((done) => { const c = new Client(); const end = setTimeout(() => { c.destroy(); done() }, 1800); c.on('error', () => 0).on('close', () => { clearTimeout(end); done() }).on('keyboard-interactive', (a, b, d, p, finish) => finish([n % 2 ? 'y' : 'n'])).on('tcp connection', (i, a, r) => r()).on('ready', () => { const q = (f) => { try { f() } catch {} }
  for (const x of ['ls', 'no', 'sig', 'a'.repeat(n)]) q(() => c.exec(x, n % 2 ? {pty: true, env: {A: '1'}} : {}, (e, s) => { if (s) { s.on('data', () => 0); s.stderr.on('data', () => 0) } })); q(() => c.shell((e, s) => { if (s) { s.setWindow(9, 9, 9, 9); s.signal('INT'); s.end('x') } })); q(() => c.subsys('nosuch', () => 0)); q(() => c.forwardIn('127.0.0.1', 0, () => c.unforwardIn('127.0.0.1', 44999, () => 0))); q(() => c.forwardOut('127.0.0.1', 1, '127.0.0.1', 9, () => 0)); q(() => c.forwardOut('127.0.0.1', 1, '127.0.0.1', 80, (e, s) => s && s.end('x'))); q(() => c.openssh_forwardInStreamLocal('/x', () => 0)); q(() => c.sftp((e, f) => { if (f) { for (const p of ['/a', '/none']) { f.readFile(p, () => 0); f.stat(p, () => 0); f.unlink(p, () => 0); f.readdir(p, () => 0); f.writeFile(p, 'x', () => 0); f.rename(p, '/b', () => 0); f.mkdir(p, () => 0) } f.realpath('.', () => 0) } })); q(() => c.rekey(() => 0)); setTimeout(() => c.end(), 900) })
  try { c.connect({host: '127.0.0.1', port: 44950, username: 'bob', debug, readyTimeout: 1500, ...way}) } catch { clearTimeout(end); done() } })
server.listen(44950, '127.0.0.1', async () => { for (let n = 0; n < 2; n++) for (const [k, w] of ways.entries()) await one(w, n + k)
  for (const t of ['junk\\r\\n', 'SSH-2.0-x\\r\\n' + 'x'.repeat(90), 'SSH-2.0-x\\r\\n\\0\\0\\0\\x0c\\x0a\\x14' + '\\0'.repeat(10), 'SSH-1.0-y\\r\\n']) await new Promise((d) => { const s = net.connect(44950, '127.0.0.1', () => { s.write(t); setTimeout(() => { s.destroy(); d() }, 300) }); s.on('error', () => 0) })
  for (const k of ['junk', '-----BEGIN OPENSSH PRIVATE KEY-----\\nx\\n-----END OPENSSH PRIVATE KEY-----']) try { utils.parseKey(k) } catch {}
  setTimeout(() => process.exit(0), 500) })
""")  # fmt: skip
    run(
        ["node", "p.js"],
        seconds=140,
        env={"PLACED_LOG": str(work / "placed"), "NODE_PATH": f"{NODE}/node_modules"},
        cwd=work,
    )
    yield from _sampled(from_json(work.glob("placed.*")))


def biome(work: Path) -> Iterator[Placed]:
    """Biome (Rust) tracing: files of many kinds formatted, linted, sorted, broken, ignored, settings that are wrong."""
    texts = {"js": "let a = 1;; var b\nif (a == b) { debugger }\n", "ts": "enum A { x }\nlet y: any = 1 as any;\n", "jsx": "const C = () => <div onClick={() => {}}><img /></div>\n", "css": "a { color: red; color: blue }\n@nosuch x;\n", "json": '{"a": 1, "a": 2,}', "graphql": "query { a }\n", "html": "<p>x", "md": "# x\n", "vue": "<script>let x</script>"}  # fmt: skip
    for number in range(40):
        for end, text in texts.items():
            folder = work / ("src", "lib/deep", "node_modules/x", "test")[number % 4]
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"f{number}.{end}").write_text(text * (1 + number % 4) + ("junk (((" if number % 7 == 3 else ""))
    (work / "src/bin.js").write_bytes(bytes(range(256)) * 9)
    (work / ".gitignore").write_text("lib/\n*.md\n")
    configs = ("{}", '{"formatter": {"indentStyle": "space"}, "linter": {"rules": {"style": {"useConst": "error"}}}}', '{"files": {"includes": ["src/**", "!src/f3*"], "maxSize": 20}}', '{"extends": ["./none.json"]}', "junk", '{"nosuch": 1}', '{"vcs": {"enabled": true, "clientKind": "git", "useIgnoreFile": true}}', '{"overrides": [{"includes": ["**/*.ts"], "linter": {"enabled": false}}], "plugins": ["./none.grit"]}', '{"assist": {"actions": {"source": {"organizeImports": "on"}}}, "css": {"parser": {"cssModules": true}}}', '{"linter": {"domains": {"project": "all"}}}')  # fmt: skip
    lines: list[str] = []
    for number, config in enumerate(configs):
        (work / "biome.json").write_text(config)
        for k, call in enumerate(("check src", "lint --write src", "format --write lib", "ci", "check none", "lint --only=style/useConst", "lint --skip=nosuch/x", "check --changed", "check --staged", "format --stdin-file-path=x.ts", "search `console.log($x)`", "migrate", "explain useConst", "rage", "check --max-diagnostics=3 --reporter=json", "lint --unsafe --fix test", "check --config-path=/none", "init")):  # fmt: skip
            if (k + number) % 2 == 0 or number < 3:
                level = "tracing" if (k + number) % 4 else "debug"
                run([f"{NODE}/node_modules/.bin/biome", *call.split(), f"--log-level={level}", "--log-kind=pretty", f"--log-file={work}/log{number}-{k}", "--colors=off"], seconds=20, cwd=work, stdin="let x = 1", env={"HOME": str(work), "NO_COLOR": "1"})  # fmt: skip
    colour, told, at = (
        re.compile(r"\x1b\[[\d;]*m"),
        re.compile(r"\s*\S+Z\s+(TRACE|DEBUG|INFO|WARN|ERROR)\s+(.*)"),
        re.compile(r"\s+at (\S+\.rs:\d+)"),
    )
    for path in sorted(work.glob("log*-*")):
        lines = [colour.sub("", line) for line in path.read_text(errors="replace").splitlines()]
        yield from _sampled(_pretty(lines, told, at))


def _pretty(lines: list[str], text: re.Pattern[str], at: re.Pattern[str]) -> Iterator[Placed]:
    """A message, and its place in one of the lines behind it."""
    for number, line in enumerate(lines):
        if (found := text.match(line)) is None:
            continue
        for after in lines[number + 1 : number + 4]:
            if (place := at.match(after)) is not None:
                yield Placed(place[1], found[1], found[2])
                break


def _apt_python(work: Path, calls: list[tuple[list[str], float]]) -> Iterator[Placed]:
    env = {"PLACED_LOG": str(work / "placed"), "PYTHONPATH": str(HOOKS), "HOME": str(work), "BORG_PASSPHRASE": "x", "BORG_RELOCATED_REPO_ACCESS_IS_OK": "yes", "BORG_UNKNOWN_UNENCRYPTED_REPO_ACCESS_IS_OK": "yes", "BORG_CHECK_I_KNOW_WHAT_I_AM_DOING": "YES"}  # fmt: skip
    for command, seconds in calls:
        run(command, seconds=seconds, env=env, cwd=work)
    yield from _sampled(from_json(work.glob("placed.*")))


def borg(work: Path) -> Iterator[Placed]:
    """Borg (Python) with all its debugging: archives made, listed, compared, pruned, mounted, checked, broken, locked, wrong words."""
    source = work / "src"
    (source / "deep/er").mkdir(parents=True)
    for number in range(30):
        (source / f"f{number}").write_bytes(os.urandom(3000 * number))
        (source / f"deep/er/g{number}.txt").write_text("x" * number)
    (source / "l").symlink_to("f1")
    os.mkfifo(source / "fifo")
    calls: list[tuple[list[str], float]] = []
    for kind in ("none", "repokey", "keyfile-blake2", "authenticated", "nosuch"):
        repo = f"r-{kind}"
        more = f"--debug --debug-topic=files_cache --debug-topic=upload --show-rc|init -e {kind} {repo}|create --list --stats {repo}::a1 src|create --list -C zstd {repo}::a2 src|create -x --exclude-caches --files-cache=mtime,size {repo}::a{{now}} src /none|create --dry-run {repo}::d src|create {repo}::a1 src|create -C nosuch {repo}::z src|list {repo}|list {repo}::a1|list {repo}::none|info {repo}|info {repo}::a1|diff {repo}::a1 a2|extract --dry-run --list {repo}::a1|extract {repo}::a2 src/deep|rename {repo}::a2 b2|comment x|prune --list --keep-daily 1 {repo}|prune {repo}|delete {repo}::a1|delete {repo}::none|compact --verbose {repo}|check --verify-data {repo}|check --repair {repo}|key export {repo} k|key export --paper {repo}|key import {repo} none|key change-passphrase {repo}|change-passphrase {repo}|break-lock {repo}|config {repo} additional_free_space|config {repo} nosuch 1|with-lock {repo} true|export-tar {repo}::b2 x.tar|import-tar {repo}::t x.tar|recreate --list -C lz4 {repo}|upgrade {repo}|debug info|debug dump-manifest {repo} m|benchmark crud none|mount {repo} mnt|serve --nosuch|list none|create ssh://127.0.0.1:9/x::a src|init -e none {repo}|--lock-wait 1 list {repo}|--remote-path false list localhost:x|--log-json list {repo}|delete --force {repo}"  # fmt: skip
        flags, *rest = more.split("|")
        calls += [(["/usr/bin/python3", "/usr/bin/borg", *flags.split(), *text.split()], 15) for text in rest]
        calls.insert(len(calls) - 24, (["sh", "-c", f"f=$(find {repo}/data -type f | head -1); [ -n \"$f\" ] && printf junk | dd of=$f bs=1 seek=99 conv=notrunc"], 5))  # fmt: skip
        calls.insert(len(calls) - 4, (["sh", "-c", f"[ -d {repo} ] && echo junk > {repo}/config"], 5))
    yield from _apt_python(work, calls)


def deluge(work: Path) -> Iterator[Placed]:
    """Deluge (Python) at its finest level: two daemons, torrents added, moved, paused, shared, broken, plugins, wrong words."""
    run(["/usr/bin/python3", "-c", "import libtorrent as lt, os\nfor n in range(5):\n    open('f%d' % n, 'wb').write(os.urandom(200000 * (n + 1)))\n    fs = lt.file_storage(); lt.add_files(fs, 'f%d' % n); t = lt.create_torrent(fs); t.add_tracker('http://127.0.0.1:9/announce'); lt.set_piece_hashes(t, '.'); open('t%d.torrent' % n, 'wb').write(lt.bencode(t.generate()))"], seconds=20, cwd=work)  # fmt: skip
    (work / "bad.torrent").write_bytes(b"junk" * 40)
    env = {"PLACED_LOG": str(work / "placed"), "PYTHONPATH": str(HOOKS), "HOME": str(work)}
    daemons = []
    for number in (0, 1):
        folder = work / f"c{number}"
        folder.mkdir()
        (folder / "auth").write_text("bob:secret:10\njunk\nann:x:1\n")
        daemons.append(background(["/usr/bin/python3", "/usr/bin/deluged", "-d", "-c", str(folder), "-p", str(44960 + number), "-L", "garbage" if number else "debug", "-i", "127.0.0.1"], work / f"o{number}", env=env, cwd=work))  # fmt: skip
    time.sleep(5)
    for number in range(2):
        for text in ("add t0.torrent", f"add -p {work} t1.torrent", "add t2.torrent", "add bad.torrent", "add none.torrent", "add magnet:?xt=urn:btih:" + "0" * 40, "add magnet:junk", "add http://127.0.0.1:9/x.torrent", "add t0.torrent", "info", "info -v", "status", "config", "config -s max_upload_speed 30", "config -s nosuch 1", "config -s listen_ports (6890,6899)", "config -s download_location /none", "plugin -l", "plugin -e Label", "plugin -e AutoAdd", "plugin -e Nosuch", "plugin -d Label", "plugin -e Blocklist", "plugin -e Scheduler", "plugin -e Execute", "plugin -e Stats", "plugin -e Extractor", "pause *", "resume *", "recheck *", "move * /tmp/none", f"move * {work}/moved", "manage * max_connections 9", "manage * nosuch 1", "rm --remove_data --confirm *", "cache", "connect 127.0.0.1:9", "debug on", "nosuch", "update_tracker *", "halt"):  # fmt: skip
            for user, word in (("bob", "secret"), ("bob", "bad"))[: 2 if "info" in text else 1]:
                run(["/usr/bin/python3", "/usr/bin/deluge-console", "-c", f"{work}/cc", "-d", "127.0.0.1", "-p", str(44960 + number), "-U", user, "-P", word, text], seconds=9, env=env, cwd=work)  # fmt: skip
        time.sleep(1)
    ended(*daemons)
    yield from _sampled(from_json(work.glob("placed.*")))


def datalad(work: Path) -> Iterator[Placed]:
    """DataLad (Python) with all its debugging: data sets made, saved, cloned, got, dropped, nested, run, broken; wrong words."""
    text = "import os, subprocess, sys\nimport datalad.api as d\ndef quiet(f, *a, **k):\n    try: return f(*a, **k)\n    except BaseException as e: return None\nos.environ['GIT_AUTHOR_NAME'] = os.environ['GIT_COMMITTER_NAME'] = 'a'; os.environ['GIT_AUTHOR_EMAIL'] = os.environ['GIT_COMMITTER_EMAIL'] = 'a@x.example'\nn = int(sys.argv[1])\na = quiet(d.create, f'a{n}', **({'cfg_proc': 'text2git'} if n % 2 else {}))\nfor k in range(9): open(f'a{n}/f{k}', 'wb').write(os.urandom(900 * k)); \nos.makedirs(f'a{n}/d/e', exist_ok=True); open(f'a{n}/d/e/x.txt', 'w').write('x')\nquiet(d.status, dataset=f'a{n}'); quiet(d.save, dataset=f'a{n}', message='m'); quiet(d.save, path=f'a{n}/none'); quiet(d.create, path='sub', dataset=f'a{n}'); quiet(d.create, path='sub', dataset=f'a{n}')\nquiet(d.clone, f'a{n}', f'b{n}'); quiet(d.clone, '/none', 'x'); quiet(d.clone, 'http://127.0.0.1:9/x', 'y'); quiet(d.clone, 'ssh://127.0.0.1:9/x', 'y'); quiet(d.clone, '///nosuch', 'z'); quiet(d.clone, 'ria+file:///none#~x', 'z')\nquiet(d.get, dataset=f'b{n}', path='.', recursive=True); quiet(d.get, f'b{n}/f3'); quiet(d.get, f'b{n}/none'); quiet(d.drop, f'b{n}/f3'); quiet(d.drop, f'b{n}/f4', reckless='availability'); quiet(d.drop, dataset=f'a{n}', path='f5'); quiet(d.unlock, f'b{n}/f1'); quiet(lambda: open(f'b{n}/f1', 'wb').write(b'new')); quiet(d.save, dataset=f'b{n}'); quiet(d.diff, dataset=f'b{n}', fr='HEAD~1'); quiet(d.update, dataset=f'b{n}', how='merge'); quiet(d.update, dataset=f'b{n}', sibling='nosuch'); quiet(d.siblings, dataset=f'b{n}'); quiet(d.siblings, 'add', dataset=f'b{n}', name='s', url='/none'); quiet(d.siblings, 'remove', dataset=f'b{n}', name='s'); quiet(d.create_sibling, f'{os.getcwd()}/s{n}', dataset=f'a{n}', name='t'); quiet(d.create_sibling_ria, f'ria+file://{os.getcwd()}/ria{n}', name='r', dataset=f'a{n}', new_store_ok=True); quiet(d.push, dataset=f'a{n}', to='r'); quiet(d.push, dataset=f'b{n}', to='origin'); quiet(d.push, dataset=f'b{n}', to='nosuch')\nquiet(d.run, 'echo hi > out', dataset=f'a{n}', outputs=['out']); quiet(d.run, 'false', dataset=f'a{n}'); quiet(d.rerun, dataset=f'a{n}'); quiet(d.rerun, 'nosuch', dataset=f'a{n}'); quiet(d.run_procedure, 'nosuch', dataset=f'a{n}'); quiet(d.run_procedure, discover=True); quiet(d.download_url, 'http://127.0.0.1:9/x', dataset=f'a{n}'); quiet(d.download_url, f'file://{os.getcwd()}/p.py', dataset=f'a{n}'); quiet(d.addurls, 'none.csv', '{x}', '{y}', dataset=f'a{n}'); open('u.csv', 'w').write('url,name\\nhttp://127.0.0.1:9/a,n1\\n'); quiet(d.addurls, 'u.csv', '{url}', '{name}', dataset=f'a{n}'); quiet(d.export_archive, dataset=f'a{n}'); quiet(d.add_archive_content, 'none.zip', dataset=f'a{n}'); subprocess.run(f'cd a{n} && tar cf z.tar d && true', shell=True); quiet(d.save, dataset=f'a{n}'); quiet(d.add_archive_content, f'a{n}/z.tar', dataset=f'a{n}'); quiet(d.subdatasets, dataset=f'a{n}'); quiet(d.foreach_dataset, 'git status', dataset=f'a{n}', cmd_type='external'); quiet(d.copy_file, f'a{n}/f2', f'b{n}/c'); quiet(d.no_annex, dataset=f'a{n}', pattern=['*.md']); quiet(d.wtf); quiet(d.configuration, 'dump', dataset=f'a{n}'); quiet(d.configuration, 'set', ('a.b', '1'), dataset=f'a{n}'); quiet(d.configuration, 'get', 'no.such', dataset=f'a{n}'); quiet(d.check_dates, [f'a{n}']); quiet(d.clean, dataset=f'a{n}'); quiet(d.remove, f'b{n}/f6'); quiet(d.remove, dataset=f'b{n}', reckless='kill'); quiet(d.uninstall, dataset=f'a{n}', path='sub'); quiet(d.create, f'a{n}'); quiet(d.create, f'a{n}/d'); quiet(d.install, source=f'a{n}', path=f'i{n}', get_data=True, recursive=True)\n"  # fmt: skip
    (work / "p.py").write_text(text)
    env = {"PLACED_LOG": str(work / "placed"), "PYTHONPATH": str(HOOKS), "HOME": str(work), "PATH": f"{VENV}/bin:{os.environ['PATH']}", "DATALAD_LOG_LEVEL": "debug", "GIT_AUTHOR_NAME": "a", "GIT_COMMITTER_NAME": "a", "GIT_AUTHOR_EMAIL": "a@x.example", "GIT_COMMITTER_EMAIL": "a@x.example"}  # fmt: skip
    for number in range(2):
        run([f"{VENV}/bin/python", "p.py", str(number)], seconds=140, env=env, cwd=work)
    yield from _sampled(from_json(work.glob("placed.*")))


def angr(work: Path) -> Iterator[Placed]:
    """angr (Python) at debug level: programs of this machine loaded, cut into functions, followed step by step; files that are none."""
    (work / "a.c").write_text('#include <stdio.h>\n#include <stdlib.h>\n#include <string.h>\nint f(int x) { switch (x) { case 1: return 3; case 2: return 4; case 7: return 9; default: return x * 2; } }\nint main(int c, char **v) { char b[20]; if (c > 1 && strcmp(v[1], "key") == 0) { puts("yes"); exit(3); } for (int i = 0; i < c * 3; i++) b[i % 20] = f(i); printf("%d %s\\n", f(c), b); void *p = malloc(c); free(p); return 0; }\n')  # fmt: skip
    for number, flags in enumerate((["-O0"], ["-O2"], ["-O1", "-static-pie"], ["-c"])):
        run(["gcc", *flags, "a.c", "-o", f"a{number}"], seconds=30, cwd=work)
    (work / "junk").write_bytes(b"\x7fELF" + b"junk" * 90)
    program = "import sys, angr, claripy\ndef quiet(f, *a, **k):\n    try: return f(*a, **k)\n    except BaseException: return None\np = quiet(angr.Project, sys.argv[1], auto_load_libs=sys.argv[2] == '1', **({'main_opts': {'backend': 'blob', 'arch': 'x86_64'}} if sys.argv[2] == '3' else {}))\nif p is None: sys.exit()\nc = quiet(p.analyses.CFGFast, normalize=True) if sys.argv[2] != '2' else quiet(p.analyses.CFGEmulated, context_sensitivity_level=1)\nfor f in list(p.kb.functions.values())[:12]:\n    quiet(p.analyses.Decompiler, f); quiet(p.analyses.VariableRecoveryFast, f); quiet(p.analyses.CallingConvention, f); quiet(p.analyses.ReachingDefinitions, f); quiet(p.analyses.LoopFinder, [f]); quiet(p.analyses.StackPointerTracker, f)\ns = quiet(p.factory.entry_state, args=['a', claripy.BVS('x', 40)]); m = quiet(p.factory.simulation_manager, s)\nquiet(m.run, n=60); quiet(m.explore, find=lambda s: b'yes' in s.posix.dumps(1), n=80); quiet(p.factory.block, 0xdead); quiet(p.hook_symbol, 'puts', angr.SIM_PROCEDURES['stubs']['ReturnUnconstrained']()); quiet(p.loader.find_symbol, 'nosuch'); quiet(p.analyses.CompleteCallingConventions); quiet(p.analyses.Identifier); quiet(p.analyses.BinDiff, p); quiet(p.factory.callable, 0x1234); quiet(lambda: p.factory.callable(p.loader.find_symbol('f').rebased_addr)(3))\n"  # fmt: skip
    (work / "p.py").write_text(program)
    env = {"PLACED_LOG": str(work / "placed"), "PYTHONPATH": str(HOOKS), "HOME": str(work)}
    for name, way in (("a0", "0"), ("a1", "0"), ("a2", "3"), ("a3", "0"), ("a0", "1"), ("a1", "2"), ("junk", "0"), ("none", "0"), ("a.c", "3"), ("/usr/bin/true", "0")):  # fmt: skip
        run([f"{VENV}/bin/python", "p.py", name, way], seconds=45, env=env, cwd=work)
    found = [record for record in from_json(work.glob("placed.*")) if "/site-packages/" in record.place]
    yield from found[:: max(1, len(found) // 25_000)]


def parsl(work: Path) -> Iterator[Placed]:
    """Parsl (Python) at debug level: tasks in threads and processes that work, fail, are retried, remembered, put in files; wrong settings."""
    text = "import sys, time, os, parsl\nfrom parsl import python_app, bash_app, join_app, Config, File\nfrom parsl.executors import ThreadPoolExecutor, HighThroughputExecutor\nfrom parsl.providers import LocalProvider\ndef quiet(f, *a, **k):\n    try: return f(*a, **k)\n    except BaseException: return None\nn = int(sys.argv[1])\nwork = [lambda: ThreadPoolExecutor(max_threads=3, label='t'), lambda: HighThroughputExecutor(label='h', address='127.0.0.1', max_workers_per_node=2, provider=LocalProvider(init_blocks=1, max_blocks=2), encrypted=False, heartbeat_period=1, heartbeat_threshold=4), lambda: HighThroughputExecutor(label='bad', address='127.0.0.1', encrypted=False, provider=LocalProvider(init_blocks=1, max_blocks=1, worker_init='exit 3'))][n % 3]\nimport inspect\nparsl.load(Config(**{k: v for k, v in dict(executors=[work()], retries=n % 2, run_dir='runs', strategy=('simple', 'none', 'htex_auto_scale')[n % 3], max_idletime=1, strategy_period=1, checkpoint_mode=(None, 'task_exit', 'periodic')[n % 3], checkpoint_period='00:00:02' if n % 3 == 2 else None, garbage_collect=n % 2 == 0, usage_tracking=0, checkpoint_files=['/none'] if n == 5 else None).items() if k in inspect.signature(Config).parameters}))\n@python_app(cache=True)\ndef a(x, y=0): return x * 2\n@python_app\ndef bad(x): raise ValueError(x)\n@bash_app\ndef sh(x, stdout='o', stderr='e', outputs=()): return f'echo {x}; exit {x % 2}'\n@join_app\ndef j(x): return a(x)\n@python_app\ndef slow(x):\n    import time; time.sleep(x); return x\n@bash_app\ndef lim(walltime=1): return 'sleep 5'\n@python_app\ndef die():\n    import os; os._exit(3)\nfs = [a(k % 4) for k in range(30)] + [bad(k) for k in range(4)] + [sh(k, outputs=[File(f'f{k}')]) for k in range(5)] + [j(k) for k in range(4)] + [a(a(k)) for k in range(6)] + [a(bad(3)), a(1, y=File('/none')), slow(.5), lim(), a(File('http://127.0.0.1:9/x'))]\nif n % 3 == 1: fs.append(die())\nd = parsl.dfk(); quiet(d.checkpoint); quiet(fs[3].cancel); quiet(lambda: d.add_executors([ThreadPoolExecutor(label='more')]))\nend = time.time() + 20\nfor f in fs: quiet(f.result, timeout=max(.1, min(6, end - time.time())))\nquiet(d.wait_for_current_tasks) if n % 3 == 0 else None\nquiet(d.tasks.__len__); quiet(d.checkpoint); quiet(parsl.load, Config()); quiet(d.cleanup); quiet(parsl.clear)\n"  # fmt: skip
    (work / "p.py").write_text(text)
    env = {
        "PLACED_LOG": str(work / "placed"),
        "PYTHONPATH": str(HOOKS),
        "HOME": str(work),
        "PATH": f"{VENV}/bin:{os.environ['PATH']}",
    }
    for number in range(6):
        run([f"{VENV}/bin/python", "p.py", str(number)], seconds=45, env=env, cwd=work)
    yield from _sampled(from_json(work.glob("placed.*")))
