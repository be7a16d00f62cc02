# ruff: noqa: E501 - programs are started, and what they are fed stands as one text
"""More programs in C and C++ whose records carry their place in the source."""

import os
import re
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.logs_corpora.records import Placed, parsed, run


def wireshark(work: Path) -> Iterator[Placed]:
    """tshark at its noisiest over captures that are written here, good, cut and empty."""
    import random
    import struct

    chance = random.Random(5)
    pcap = struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 1)
    for number in range(60):
        body = bytes(chance.randrange(256) for _ in range(40))
        packet = (
            b"\x02" * 12
            + b"\x08\x00"
            + b"\x45\x00\x00\x3c\x00\x01\x00\x00\x40"
            + bytes([6 if number % 2 else 17])
            + b"\x00\x00\x7f\x00\x00\x01\x7f\x00\x00\x01"
            + struct.pack(">HH", 1024, (80, 53, 443, 5060)[number % 4])
            + body
        )
        pcap += struct.pack("<IIII", number, 0, len(packet), len(packet)) + packet
    (work / "a.pcap").write_bytes(pcap)
    (work / "b.pcap").write_bytes(pcap[: len(pcap) // 2 + 5])
    (work / "c.pcap").write_bytes(b"")
    form = r" ?\*\* \(\w+:\d+\) [\d:.]+ \[(?P<logger>\S+ )?(?P<level>\w+)\] (?P<place>[\w./-]+:\d+) -- \w+\(\): (?P<message>.*)"
    for arguments in (
        "-r a.pcap -V",
        "-r b.pcap",
        "-r c.pcap",
        "-r a.pcap -Y http||dns",
        "-r a.pcap -Y bad^^",
        "-r a.pcap -T json",
        "-r a.pcap -w d.pcapng",
        "-D",
        "-G protocols",
        "-r a.pcap -z io,phs -q",
        "-r a.pcap -2 -R tcp",
        "-i nosuch -c 1",
        "-r a.pcap -d tcp.port==80,nosuch",
    ):
        text = run(["tshark", "--log-level=noisy", *arguments.split()], seconds=30, cwd=work)
        yield from list(parsed(text.splitlines(), form))[:6000]


def pulseaudio(work: Path) -> Iterator[Placed]:
    """PulseAudio at debug level with modules loaded, unloaded and refused, and sounds played."""
    env = {"HOME": str(work), "XDG_RUNTIME_DIR": str(work), "PULSE_RUNTIME_PATH": str(work / "p")}
    out = work / "out"
    with out.open("w") as log:
        server = subprocess.Popen(
            ["nice", "pulseaudio", "-n", "-vvvv", "--log-meta=1", "--log-target=stderr", "--exit-idle-time=600", "--system=false",
             "-L", "module-native-protocol-unix", "-L", "module-null-sink", "-L", "module-always-sink", "-L", "module-stream-restore"],
            env={**os.environ, **env}, stderr=log, start_new_session=True,
        )  # fmt: skip
    time.sleep(3)
    steps = [f"load-module module-null-sink sink_name=s{n} rate={8000 * (n + 1)}" for n in range(6)]
    steps += ["load-module module-nosuch", "load-module module-loopback", "load-module module-combine-sink", "set-sink-volume s1 30%", "set-sink-mute s2 1",
              "set-default-sink s3", "suspend-sink s1 1", "suspend-sink s1 0", "list", "stat", "unload-module module-loopback", "load-module module-remap-sink", "load-module module-virtual-sink",
              "load-module module-echo-cancel", "load-module module-role-cork", "load-module module-switch-on-connect", "load-module module-cli-protocol-unix",
              "load-module module-simple-protocol-tcp port=47011", "load-module module-rtp-recv", "load-module module-ladspa-sink", "upload-sample nosuch.wav", "play-sample x", "move-sink-input 9 s1", "set-card-profile 0 off"]  # fmt: skip
    for step in steps:
        run(["pactl", *step.split()], seconds=10, env=env)
    for number in range(4):
        run(["pacat", f"--rate={8000 * (number + 1)}", "/bin/ls"], seconds=4, env=env)
    os.killpg(server.pid, 15)
    time.sleep(2)
    form = r"(?P<level>[DIWEN]): (?:\[[^\]]*\])*?\[(?P<place>[\w./-]+:\d+) \w+\(\)\] ?(?P<message>.*)"
    yield from parsed(out.read_text(errors="replace").splitlines(), form)


def pipewire(work: Path) -> Iterator[Placed]:
    """PipeWire and its tools at level 5."""
    env = {
        "PIPEWIRE_DEBUG": "5",
        "XDG_RUNTIME_DIR": str(work),
        "HOME": str(work),
        "PIPEWIRE_LOG_SYSTEMD": "false",
        "SPA_DEBUG": "5",
    }
    out = work / "out"
    with out.open("w") as log:
        server = subprocess.Popen(
            ["nice", "pipewire"], env={**os.environ, **env}, stderr=log, stdout=log, start_new_session=True
        )
    time.sleep(3)
    text = ""
    for step in (
        "pw-cli info 0",
        "pw-cli ls Node",
        "pw-cli create-node adapter factory.name=support.null-audio-sink node.name=n",
        "pw-dump",
        "pw-metadata",
        "pw-cli load-module nosuch",
        "pw-cli destroy 99",
        "pw-cli ls Factory",
        "pw-link -o",
        "pw-cat -p /bin/ls",
        "pw-profiler",
        "pw-top -b -n 2",
    ):
        text += "\n".join(run(step.split(), seconds=4, env=env).splitlines()[:4000]) + "\n"
    os.killpg(server.pid, 15)
    time.sleep(1)
    form = r"\[(?P<level>\w)\]\[[\d:.]+\] (?P<logger>\S+) +\| \[ *(?P<place>[\w./-]+: *\d+) \w+\(\)\] ?(?P<message>.*)"
    lines = (text + out.read_text(errors="replace")).splitlines()
    yield from (Placed(one.place.replace(" ", ""), one.lead, one.message) for one in parsed(lines, form))


def squid(work: Path) -> Iterator[Placed]:
    """Squid with all sections at level 9, asked for what is there, missing, refused and malformed."""
    work.chmod(0o777)
    conf = work / "squid.conf"
    conf.write_text(
        f"http_port 127.0.0.1:43128\ndebug_options ALL,9\ncache_log {work}/cache.log\naccess_log none\npid_filename {work}/pid\ncoredump_dir {work}\ncache_effective_user proxy\nacl bad dstdomain .bad.test\nhttp_access deny bad\nhttp_access allow all\nshutdown_lifetime 1 second\nvisible_hostname proxy.test\nnetdb_filename none\ncache_mem 8 MB\n"
    )
    web = subprocess.Popen(
        ["python3", "-m", "http.server", "48080", "--bind", "127.0.0.1", "-d", "/usr/share/doc/squid"],
        stdout=-3,
        stderr=-3,
        start_new_session=True,
    )
    server = subprocess.Popen(["nice", "squid", "-N", "-f", str(conf)], stdout=-3, stderr=-3, start_new_session=True)
    time.sleep(5)
    for number in range(3):
        for address in (
            "127.0.0.1:48080/",
            "127.0.0.1:48080/copyright",
            "127.0.0.1:48080/none",
            "bad.test/",
            "127.0.0.1:9/",
            f"nosuch{number}.invalid/",
            "127.0.0.1:48080/copyright?x",
        ):
            run(
                [
                    "curl",
                    "-s",
                    "-o",
                    "/dev/null",
                    "-m",
                    "5",
                    "-x",
                    "127.0.0.1:43128",
                    f"http://{address}",
                    "-H",
                    f"X-N: {number}",
                ]
            )
        run(["curl", "-s", "-m", "5", "-x", "127.0.0.1:43128", "-X", "PURGE", "http://127.0.0.1:48080/"])
        run(["curl", "-s", "-m", "5", "-p", "-x", "127.0.0.1:43128", "https://127.0.0.1:48080/"])
    os.killpg(server.pid, 15)
    time.sleep(4)
    os.killpg(web.pid, 15)
    form = r"[\d/]+ [\d:.]+\|? (?:kid\d+\| )?(?P<logger>\d+),\d+\| (?P<place>[\w./-]+)\((?P<line>\d+)\) (?P<message>.*)"
    found = list(parsed((work / "cache.log").read_text(errors="replace").splitlines(), form))
    yield from found[:: max(1, len(found) // 28_000)]


def rocksdb(work: Path) -> Iterator[Placed]:
    """RocksDB's own log, at debug level, under several loads."""
    for number, load in enumerate(
        (
            "fillseq,compact,readrandom",
            "fillrandom,overwrite,flush,compact",
            "deleterandom,readwhilewriting",
            "fillsync,seekrandom,mergerandom",
            "fillrandom,waitforcompaction,levelstats,stats",
        )
    ):
        for style in ("0", "1", "2"):
            db = work / f"db{number}{style}"
            db.mkdir()
            run(
                [
                    "db_bench",
                    f"--benchmarks={load}",
                    f"--db={db}",
                    "--num=40000",
                    f"--compaction_style={style}",
                    "--write_buffer_size=200000",
                    "--merge_operator=put",
                    "--max_background_jobs=2",
                    f"--enable_blob_files={int(style == '0' and number % 2)}",
                ],
                seconds=40,
            )
            form = (
                r"[\d/:.-]+ \w+ (?:\((?:.*?)\) )?(?:\[(?P<level>\w+)\] )?\[(?P<place>[\w./-]+:\d+)\] ?(?P<message>.*)"
            )
            lines = [line for path in sorted(db.glob("LOG*")) for line in path.read_text(errors="replace").splitlines()]
            yield from list(parsed(lines, form))[:4000]


def glusterfs(work: Path) -> Iterator[Placed]:
    """glusterd at trace level, driven by its command line."""
    server = subprocess.Popen(
        ["nice", "glusterd", "-N", "-L", "TRACE", "-l", str(work / "glusterd.log")],
        stdout=-3,
        stderr=-3,
        start_new_session=True,
    )
    time.sleep(5)
    steps = ["peer status", "peer probe nosuch.invalid", "volume list"]
    for number in range(3):
        volume = f"v{number}"
        steps += [f"volume create {volume} 127.0.0.1:{work}/b{number} force", f"volume create {volume} 127.0.0.1:{work}/b force", f"volume set {volume} nosuch on", f"volume set {volume} performance.cache-size 32MB", f"volume start {volume}", f"volume info {volume}", f"volume status {volume}", f"volume quota {volume} enable", f"volume profile {volume} start", f"volume heal {volume}", f"volume stop {volume} force", f"volume delete {volume}", "volume status nosuch"]  # fmt: skip
    for step in steps:
        run(["gluster", "--mode=script", *step.split()], seconds=15)
    os.killpg(server.pid, 15)
    time.sleep(1)
    form = r"\[[\d-]+ [\d:.+ ]+\] (?P<level>\w) (?:\[MSGID: \d+\] )?\[(?P<place>[\w./-]+:\d+):\w+\] (?P<logger>\S+?):? (?P<message>.*)"
    paths = [work / "glusterd.log", *Path("/var/log/glusterfs").glob("**/*.log")]
    lines = [line for path in paths if path.exists() for line in path.read_text(errors="replace").splitlines()]
    leads = re.compile(r"\d+-")
    found = [Placed(one.place, leads.sub("", one.lead), one.message) for one in parsed(lines, form)]
    yield from found[:: max(1, len(found) // 28_000)]


def ray(work: Path) -> Iterator[Placed]:
    """Ray's C++ processes (raylet, GCS, workers) at debug level."""
    python = Path(__file__).parents[2] / ".venv" / "bin" / "python"
    program = work / "p.py"
    program.write_text(
        "import ray,time\nray.init(num_cpus=2,include_dashboard=False,_temp_dir='/tmp/raycorpus')\n@ray.remote\ndef f(x):\n    if x==3: raise ValueError(x)\n    return bytes(200000)\n"
        "@ray.remote\nclass A:\n    def m(self,x): return x\na=A.remote()\nfor i in range(30):\n    try: ray.get(f.remote(i))\n    except Exception: pass\n    ray.get(a.m.remote(i))\nray.kill(a)\ntime.sleep(3)\nray.shutdown()\n"
    )
    run(
        [str(python), str(program)],
        seconds=90,
        env={"RAY_BACKEND_LOG_LEVEL": "debug", "RAY_DISABLE_DOCKER_CPU_WARNING": "1"},
    )
    form = r"\[[\d-]+ [\d:,]+ (?P<level>\w) \d+ \d+\] \((?P<logger>[\w-]+)\) (?P<place>[\w./-]+:\d+): (?P<message>.*)"
    lines = [
        line
        for path in sorted(Path("/tmp/raycorpus").glob("session_2*/logs/**/*"))
        if path.is_file()
        for line in path.read_text(errors="replace").splitlines()
    ]
    found = list(parsed(lines, form))
    yield from found[:: max(1, len(found) // 28_000)]
