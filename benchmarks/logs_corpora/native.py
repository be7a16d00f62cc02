# ruff: noqa: E501 - programs are started, and what they are fed stands as one text
"""Programs in C and C++ whose records carry their place in the source."""

import os
import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.logs_corpora.records import Placed, parsed, run

_SQL = """create table t(a int primary key, b text, c numeric);
insert into t select g, md5(g::text), random() from generate_series(1,2000) g;
create index on t(b); analyze t; vacuum verbose t; select * from nowhere; select 1/0; begin; insert into t values(1); rollback;
create view v as select a,count(*) from t group by a; create function f(x int) returns int language plpgsql as $$begin raise notice 'got %', x; return x+1; end$$;
select f(3); select f(7); alter table t add d date default now(); drop view v; create role r%d; grant select on t to r%d; set role r%d; insert into t values (5); reset role;
create extension nope; cluster t using t_pkey; reindex table t; checkpoint; select pg_reload_conf(); lock table t; prepare p as select $1::int; execute p(4);
drop table t; select 'x'::int; create table t(a int references missing(a)); notify ch; listen ch; drop role r%d; create schema s%d; drop schema s%d cascade;
"""


def postgresql(work: Path) -> Iterator[Placed]:
    """PostgreSQL 15 at debug5 with verbose errors, as JSON; SQL of many kinds, right and wrong."""
    import json

    binaries = max(Path("/usr/lib/postgresql").glob("*/bin"))
    data, sockets = work / "data", work
    work.chmod(0o777)
    as_user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
    run([*as_user, str(binaries / "initdb"), "-D", str(data), "-A", "trust"])
    settings = (
        "log_destination=jsonlog", "logging_collector=on", "log_min_messages=debug5", "log_error_verbosity=verbose",
        "log_statement=all", "log_connections=on", "log_disconnections=on", "log_lock_waits=on", "log_checkpoints=on",
        "log_autovacuum_min_duration=0", "autovacuum_naptime=2", "port=54999", f"unix_socket_directories={sockets}",
        "listen_addresses=", "checkpoint_timeout=30", "wal_level=logical", "log_rotation_size=0",
    )  # fmt: skip
    options = " ".join(f"-c {setting}" for setting in settings)
    run([*as_user, str(binaries / "pg_ctl"), "-D", str(data), "-w", "-o", options, "-l", str(data / "out"), "start"])
    for number in range(6):
        connect = [*as_user, "psql", "-h", str(sockets), "-p", "54999", "postgres", "-f", "-"]
        run(connect, stdin=_SQL.replace("%d", str(number)))
        run([*as_user, "psql", "-h", str(sockets), "-p", "54999", f"nodb{number}", "-c", "select 1"])
    run([*as_user, str(binaries / "pg_ctl"), "-D", str(data), "-w", "-m", "fast", "stop"])
    for path in sorted((data / "log").glob("*.json")):
        for line in path.read_text(errors="replace").splitlines():
            found = json.loads(line)
            if "file_line_num" in found:
                yield Placed(
                    f"{found['file_name']}:{found['file_line_num']}", found["error_severity"], found["message"]
                )


def samba(work: Path) -> Iterator[Placed]:
    """smbd at level 10, with a client that lists, puts, gets, renames, deletes and fails to log in."""
    share = work / "share"
    share.mkdir()
    share.chmod(0o777)
    conf = work / "smb.conf"
    folders = "\n".join(
        f"{key} = {work}/{key.replace(' ', '')}"
        for key in (
            "private dir",
            "lock directory",
            "state directory",
            "cache directory",
            "pid directory",
            "ncalrpc dir",
        )
    )
    conf.write_text(
        f"[global]\nlog level = 10\nlog file = {work}/log.smbd\nmax log size = 0\nmap to guest = bad user\n"
        f"smb ports = 44599\ndebug pid = yes\ndebug class = yes\ndebug hires timestamp = yes\n{folders}\n"
        f"bind interfaces only = yes\ninterfaces = lo\n[pub]\npath = {share}\nguest ok = yes\nread only = no\n"
    )
    import subprocess

    server = subprocess.Popen(["nice", "smbd", "-F", "--no-process-group", "-s", str(conf)], start_new_session=True)
    try:
        time.sleep(4)
        client = ["smbclient", "//127.0.0.1/pub", "-p", "44599", "-s", str(conf)]
        for round_ in range(4):
            steps = f"put /etc/passwd f{round_}; ls; get f{round_} /dev/null; rename f{round_} g; mkdir d{round_}; stat g; del g; get no; quit"
            run([*client, "-N", "-c", steps], seconds=20)
        run([*client, "-U", "nobody%wrong", "-c", "ls"], seconds=20)
        run([*client, "-m", "NT1", "-N", "-c", "ls"], seconds=20)
    finally:
        os.killpg(server.pid, 15)
    head = re.compile(r"\[[\d/]+ [\d:.]+, +(\d+)[^\]]*?(?:class=(\w+))?\] ([\w./-]+\.c:\d+)\((\w+)\)")
    place = lead = ""
    for path in sorted(work.glob("log.*")):
        for line in path.read_text(errors="replace").splitlines():
            if (found := head.match(line)) is not None:
                place, lead = found[3].replace("../", ""), f"{found[2] or ''}".strip()
            elif place and line.strip():
                yield Placed(place, lead, line.strip())
                place = ""


def gstreamer(work: Path) -> Iterator[Placed]:
    """GStreamer at level 6 over pipelines of several kinds."""
    pipelines = (
        "videotestsrc num-buffers=3 ! videoconvert ! video/x-raw,format=I420 ! queue ! fakesink",
        f"audiotestsrc num-buffers=5 ! audioconvert ! audioresample ! wavenc ! filesink location={work}/a.wav",
        f"filesrc location={work}/a.wav ! decodebin ! audioconvert ! fakesink",
        "videotestsrc num-buffers=2 ! jpegenc ! avimux ! fakesink",
        "videotestsrc num-buffers=2 ! tee name=t t. ! queue ! fakesink t. ! videoscale ! fakesink",
        "filesrc location=/nonexistent ! decodebin ! fakesink",
        "videomixer name=m ! fakesink videotestsrc num-buffers=2 ! m. videotestsrc num-buffers=2 ! m.",
        "audiotestsrc num-buffers=3 ! volume volume=0.3 ! level ! flacenc ! flacparse ! flacdec ! fakesink",
    )
    form = (
        r"\d+:\d\d:\d\d\.\d+ +\d+ +0x[0-9a-f]+ (?P<level>\w+) +(?P<logger>[\w-]+) "
        r"(?P<place>[\w.-]+:\d+):\w+:(?:<[^>]*>)? ?(?P<message>.*)"
    )
    for pipeline in pipelines:
        env = {"GST_DEBUG": "*:6", "GST_DEBUG_NO_COLOR": "1", "GST_REGISTRY": f"{work}/registry"}
        text = run(["gst-launch-1.0", *pipeline.split()], seconds=20, env=env)
        yield from list(parsed(text.splitlines(), form))[::4][:4000]


def chromium(work: Path) -> Iterator[Placed]:
    """Chromium headless with verbose logging over local pages, a missing one and a refused connection."""
    page = work / "page.html"
    page.write_text(
        "<title>t</title><script>console.log('hello');fetch('/x').catch(e=>console.error(e));localStorage.a=1;new Worker('data:,1')</script><img src=x><iframe src='about:blank'></iframe><video src=y></video>"
    )
    form = r"\[\d+:\d+:\d+/[\d.]+:(?P<level>\w+):(?P<place>[\w./-]+)[(:](?P<line>\d+)\)?\] (?P<message>.*)"
    for address in (
        f"file://{page}",
        "http://127.0.0.1:9/",
        "data:text/html,<h1>x</h1>",
        "chrome://version",
        "about:blank",
    ):
        for mode in ("--dump-dom", "--print-to-pdf", "--screenshot"):
            text = run(
                ["chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr", "--v=2",
                 f"--user-data-dir={work}/profile", mode, address], seconds=15, cwd=work,
            )  # fmt: skip
            yield from parsed(text.splitlines(), form)


def libvirt(work: Path) -> Iterator[Placed]:
    """virsh on libvirt's test driver at debug level."""
    env = {"LIBVIRT_DEBUG": "1", "HOME": str(work)}
    form = r"[\d-]+ [\d:.+]+: \d+: (?P<level>\w+) : (?P<place>\w+):(?P<line>\d+) : (?P<message>.*)"
    steps = (
        "list --all", "dominfo test", "dumpxml test", "suspend test", "resume test", "shutdown test", "start test",
        "net-list", "net-dumpxml default", "pool-list --all", "pool-info default-pool", "vol-list default-pool",
        "vol-create-as default-pool v1 1M", "vol-delete v1 default-pool", "nodeinfo", "capabilities", "setmem test 1024",
        "vcpuinfo test", "snapshot-create test", "snapshot-list test", "iface-list", "undefine nosuch", "hostname",
        "nodedev-list", "secret-list", "destroy test", "domstate test", "autostart test", "setvcpus test 1", "save test x",
        "net-destroy default", "net-start default", "pool-refresh default-pool", "freecell", "version", "uri", "event --list",
    )  # fmt: skip
    for step in steps:
        text = run(["virsh", "-c", "test:///default", step], seconds=15, env=env)
        text += run(["virsh", "-c", "test:///default", *step.split()], seconds=15, env=env)
        yield from parsed(text.splitlines(), form)


def systemd(work: Path) -> Iterator[Placed]:
    """systemd's tools at debug level with their places."""
    env = {
        "SYSTEMD_LOG_LEVEL": "debug",
        "SYSTEMD_LOG_LOCATION": "1",
        "SYSTEMD_LOG_TARGET": "console",
        "SYSTEMD_LOG_COLOR": "0",
    }
    form = r"(?P<place>src/[\w./-]+:\d+): (?P<message>.*)"
    (work / "a.conf").write_text(
        f"d {work}/d 0755 root root 1d\nf {work}/f 0644 - - - hello\nL {work}/l - - - - /tmp\nr {work}/x*\nq bad\n"
    )
    (work / "x.service").write_text(
        "[Unit]\nDescription=x\nAfter=network.target nosuch\n[Service]\nExecStart=/bin/true\nType=foo\nRestart=maybe\n[Install]\nWantedBy=multi-user.target\n"
    )
    commands = (
        f"systemd-tmpfiles --create --clean --remove {work}/a.conf", "systemd-tmpfiles --create --dry-run",
        "systemd-tmpfiles --clean --prefix=/nonexistent", f"systemd-analyze verify {work}/x.service", "systemd-analyze --user unit-paths",
        "systemd-sysusers --root=" + str(work), "udevadm test-builtin net_id /sys/class/net/lo", "udevadm test /sys/class/net/lo",
        "udevadm test /sys/class/mem/null", "udevadm test /sys/block/vda", "udevadm info -e", "udevadm hwdb --test=usb:v1d6bp0001", "systemd-detect-virt",
        "journalctl -n 3 -D " + str(work), "bootctl status", "systemd-cgls", "systemd-hwdb update --root=" + str(work), "systemd-id128 machine-id",
        "systemd-analyze calendar daily", "systemd-delta", "systemctl --root=/ list-unit-files", "systemctl --root=/ enable nosuch.service",
        "systemd-analyze security --offline=1 x.service", "localectl", "hostnamectl", "systemd-path", "systemd-escape x", "systemd-analyze cat-config systemd/system.conf",
        "systemd-analyze verify /lib/systemd/system/multi-user.target", "systemd-analyze verify /lib/systemd/system/getty@.service",
    )  # fmt: skip
    for command in commands:
        if shutil.which(command.split()[0]):
            yield from parsed(run(command.split(), seconds=20, env=env, cwd=work).splitlines(), form)
    for unit in sorted(Path("/lib/systemd/system").glob("*.service"))[:40]:
        yield from list(parsed(run(["systemd-analyze", "verify", str(unit)], seconds=20, env=env).splitlines(), form))[
            :600
        ]
