# ruff: noqa: E501 - programs are started, and what they are fed stands as one text
"""Programs in C++ and Vala of the seventh round: chosen before they were run, halved by lot."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.logs_corpora.later_native import background, ended, lines_of, told
from benchmarks.logs_corpora.records import Placed, parsed, run
from benchmarks.logs_corpora.seventh_native import VENV, sampled

PICTURES = "import numpy as np, sys\nfrom pydicom.dataset import Dataset, FileMetaDataset\nfrom pydicom.uid import ExplicitVRLittleEndian, ImplicitVRLittleEndian, generate_uid\nfor n in range(20):\n    d = Dataset(); d.file_meta = FileMetaDataset(); d.file_meta.TransferSyntaxUID = (ExplicitVRLittleEndian, ImplicitVRLittleEndian)[n % 2]\n    d.SOPClassUID = d.file_meta.MediaStorageSOPClassUID = ('1.2.840.10008.5.1.4.1.1.2', '1.2.840.10008.5.1.4.1.1.7', '1.2.840.10008.5.1.4.1.1.4')[n % 3]; d.SOPInstanceUID = d.file_meta.MediaStorageSOPInstanceUID = generate_uid()\n    d.PatientName = 'Doe^J%d' % (n % 4); d.PatientID = 'P%d' % (n % 4); d.StudyInstanceUID = '1.2.3.%d' % (n % 4); d.SeriesInstanceUID = '1.2.3.%d.%d' % (n % 4, n % 3); d.Modality = ('CT', 'OT', 'MR')[n % 3]; d.StudyDate = '20240101' if n % 5 else 'junk'; d.StudyID = '1'; d.SeriesNumber = n; d.InstanceNumber = n; d.AccessionNumber = 'A%d' % n; d.PatientBirthDate = ''; d.PatientSex = 'O'; d.StudyTime = '101010'\n    d.Rows = 16; d.Columns = 16 + n % 2; d.BitsAllocated = 16; d.BitsStored = 12; d.HighBit = 11; d.PixelRepresentation = 0; d.SamplesPerPixel = 1; d.PhotometricInterpretation = 'MONOCHROME2'; d.PixelData = np.random.randint(0, 4000, (16, 16 + n % 2)).astype('<u2').tobytes()\n    d.is_little_endian = True; d.is_implicit_VR = n % 2 == 1\n    try: d.save_as('i%d.dcm' % n, enforce_file_format=True)\n    except TypeError: d.save_as('i%d.dcm' % n, write_like_original=False)\n"


def pictures(work: Path) -> None:
    """Twenty small DICOM files, one cut, one junk."""
    (work / "make.py").write_text(PICTURES)
    run([f"{VENV}/bin/python", "make.py"], cwd=work, seconds=60)
    whole = (work / "i3.dcm").read_bytes()
    (work / "cut.dcm").write_bytes(whole[: len(whole) // 2])
    (work / "junk.dcm").write_bytes(b"\0" * 128 + b"DICM" + b"junk" * 90)


def _looked_at(asked: Callable[..., str], ids: dict[str, list[str]]) -> None:
    """Everything that was stored, in every form, and what the server says of itself."""
    for kind, found in ids.items():
        for one in [*found[:4], "nosuch"]:
            for path in (
                "",
                "/statistics",
                "/metadata",
                "/attachments",
                "/shared-tags",
                "/archive",
                "/media",
                "/preview",
                "/file",
                "/simplified-tags",
                "/content/0010-0010",
                "/frames/0/raw",
                "/frames/9/preview",
                "/pdf",
                "/header",
                "/tags",
                "/image-uint8",
                "/rendered",
                "/nosuch",
                "/metadata/LastUpdate",
                "/attachments/dicom/size",
                "/attachments/dicom/md5",
                "/attachments/nosuch/data",
                "/patient",
                "/study",
                "/parent",
                "/series",
                "/instances",
            ):
                asked(f"/{kind}/{one}{path}", "-o", "/dev/null")
            for path, body in (
                ("/anonymize", "{}"),
                ("/modify", '{"Replace": {"PatientName": "x"}, "Force": true, "Keep": ["SOPInstanceUID"]}'),
                ("/modify", "junk"),
                ("/metadata/1024", "hello"),
                ("/reconstruct", "{}"),
                ("/split", "{}"),
                ("/merge", "{}"),
                ("/anonymize", '{"Keep": ["nosuch"]}'),
                ("/attachments/dicom/verify-md5", ""),
                ("/attachments/dicom/uncompress", ""),
                ("/attachments/dicom/compress", ""),
            ):
                asked(f"/{kind}/{one}{path}", "-d", body)
    for path in (
        "/system",
        "/changes?limit=3",
        "/exports",
        "/jobs?expand",
        "/queries",
        "/modalities?expand",
        "/peers",
        "/plugins",
        "/statistics",
        "/app/explorer.html",
        "/app/none",
        "/tools",
        "/tools/now",
        "/tools/metrics-prometheus",
        "/storage-commitment/x",
        "/queries/x/answers",
        "/jobs/nosuch",
        "/../etc",
    ):
        for more in ([], ["-X", "DELETE"], ["-X", "PUT", "-d", "junk"], ["-H", "Range: bytes=1-3"]):
            asked(path, *more)
    for path in ("self", "dead", "x"):
        asked(f"/modalities/{path}", "-X", "PUT", "-d", '{"AET": "A", "Host": "127.0.0.1", "Port": 9}')


def orthanc(work: Path) -> Iterator[Placed]:
    """Orthanc (C++) tracing: pictures stored by HTTP and DICOM, read, found, moved, changed, deleted, scripts, wrong requests."""
    pictures(work)
    (work / "s.lua").write_text(
        "function OnStoredInstance(id, tags, meta) print('got ' .. id) end\nfunction ReceivedInstanceFilter(d) return d.Modality ~= 'XX' end\n"
    )
    (work / "c.json").write_text(
        f'{{"StorageDirectory": "{work}/db", "IndexDirectory": "{work}/db", "HttpPort": 45880, "DicomPort": 45881, "RemoteAccessAllowed": false, "AuthenticationEnabled": false, "LuaScripts": ["{work}/s.lua"], "DicomModalities": {{"dead": ["DEAD", "127.0.0.1", 9], "self": ["ORTHANC", "127.0.0.1", 45881]}}, "OrthancPeers": {{"p": ["http://127.0.0.1:45880/"], "q": ["http://127.0.0.1:9/"]}}, "ExecuteLuaEnabled": true, "StorageCompression": true, "DicomAlwaysAllowGet": true, "HttpVerbose": true, "StableAge": 2, "MaximumPatientCount": 3, "OverwriteInstances": true}}'
    )
    server = background(["Orthanc", "--trace", f"{work}/c.json"], work / "log", cwd=work)
    time.sleep(5)
    base = "http://127.0.0.1:45880"

    def asked(path: str, *more: str) -> str:
        return run(["curl", "-s", "-m", "6", *more, base + path], seconds=8, cwd=work)

    for number in range(20):
        asked("/instances", "--data-binary", f"@i{number}.dcm")
    for name in ("cut.dcm", "junk.dcm", "make.py"):
        asked("/instances", "--data-binary", f"@{name}")
    ids = {
        kind: [part.strip(' "[]\n,') for part in asked(f"/{kind}").split(",")]
        for kind in ("patients", "studies", "series", "instances")
    }
    _looked_at(asked, ids)
    for path, body in (("/tools/find", '{"Level": "Study", "Query": {"PatientName": "Doe*"}, "Expand": true}'), ("/tools/find", '{"Level": "Nosuch", "Query": {}}'), ("/tools/find", "junk"), ("/tools/execute-script", "print(ParseJson('[1]')[1])"), ("/tools/execute-script", "junk("), ("/tools/execute-script", "HttpGet('http://127.0.0.1:9/')"), ("/tools/lookup", "1.2.3.1"), ("/tools/create-dicom", '{"Tags": {"PatientName": "y", "Modality": "CR"}, "Content": "data:text/plain;base64,AA=="}'), ("/tools/create-dicom", '{"Tags": {"Nosuch": "y"}}'), ("/tools/log-level", "trace"), ("/modalities/self/echo", "{}"), ("/modalities/dead/echo", "{}"), ("/modalities/nosuch/echo", "{}"), ("/modalities/self/store", ids["instances"][0]), ("/modalities/dead/store", ids["instances"][0]), ("/modalities/self/query", '{"Level": "Study", "Query": {"PatientID": "P*"}}'), ("/modalities/dead/query", '{"Level": "Study", "Query": {}}'), ("/modalities/self/move", '{"Level": "Study", "Resources": [{"StudyInstanceUID": "1.2.3.1"}], "TargetAet": "NOSUCH"}'), ("/modalities/self/find-worklist", "{}"), ("/modalities/self/storage-commitment", '{"DicomInstances": []}'), ("/peers/p/store", ids["instances"][1]), ("/peers/q/store", ids["instances"][1]), ("/tools/reset", ""), ("/nosuch", ""), ("/tools/generate-uid?level=x", ""), ("/tools/create-archive", '["' + ids["studies"][0] + '"]'), ("/tools/create-media", '["nosuch"]'), ("/tools/bulk-delete", '{"Resources": ["nosuch"]}'), ("/tools/dicom-conformance", "")):  # fmt: skip
        for _ in range(3):
            asked(path, "-d", body)
    for number in range(12):
        for command in (["echoscu", "-v", "-aet", f"ME{number}"], ["storescu", "-aec", "ORTHANC"], ["findscu", "-S", "-k", "QueryRetrieveLevel=STUDY", "-k", f"PatientID=P{number % 5}*", "-k", "StudyDate"], ["findscu", "-P", "-k", "QueryRetrieveLevel=PATIENT", "-k", "PatientName=Doe*"], ["findscu", "-W", "-k", "PatientID="], ["movescu", "-S", "-aem", "DEAD", "-k", "QueryRetrieveLevel=STUDY", "-k", f"StudyInstanceUID=1.2.3.{number % 4}"], ["getscu", "-S", "-k", "QueryRetrieveLevel=SERIES", "-k", f"StudyInstanceUID=1.2.3.{number % 4}", "-k", f"SeriesInstanceUID=1.2.3.{number % 4}.1"], ["findscu", "-S", "-k", "QueryRetrieveLevel=NOSUCH"]):  # fmt: skip
            run(
                [*command, "127.0.0.1", "45881", *([f"i{number}.dcm"] if command[0] == "storescu" else [])],
                seconds=8,
                cwd=work,
            )
    told(45881, b"junk" * 30, b"\1\0\0\0\0\4\0\1", b"\1\0\0\0\xff\xff\xff\xff")
    told(45880, b"junk\r\n\r\n", b"GET / HTTP/9\r\n\r\n", b"POST /instances HTTP/1.1\r\nContent-Length: 99\r\n\r\nx")
    for one in ids["patients"][:3]:
        asked(f"/patients/{one}", "-X", "DELETE")
    time.sleep(3)
    ended(server)
    for config in (
        "junk {",
        '{"HttpPort": "x"}',
        f'{{"StorageDirectory": "/proc/x", "Plugins": ["/none", "{work}/s.lua"]}}',
    ):
        (work / "c.json").write_text(config)
        with (work / "log").open("a") as out:
            out.write(run(["Orthanc", "--trace", f"{work}/c.json"], seconds=5, cwd=work))
    yield from sampled(parsed(lines_of(work / "log"), r"(?P<level>[A-Z])\d{4} [\d:.]+ (?P<place>[\w.-]+:\d+)\] (?:\((?P<logger>[\w-]+)\) )?(?P<message>.*)"))  # fmt: skip


def dcmtk(work: Path) -> Iterator[Placed]:
    """DCMTK's tools (C++) tracing: an archive asked and fed, pictures read, changed, drawn, packed, cut ones, wrong words."""
    pictures(work)
    (work / "log.cfg").write_text(
        f"log4cplus.rootLogger = TRACE, f\nlog4cplus.appender.f = log4cplus::FileAppender\nlog4cplus.appender.f.File = {work}/log\nlog4cplus.appender.f.Append = true\nlog4cplus.appender.f.ImmediateFlush = true\nlog4cplus.appender.f.layout = log4cplus::PatternLayout\nlog4cplus.appender.f.layout.ConversionPattern = @@%p|%c|%l|%m%n\n"
    )
    (work / "db").mkdir()
    (work / "q.cfg").write_text(
        f"NetworkTCPPort = 45882\nMaxPDUSize = 16384\nMaxAssociations = 16\nHostTable BEGIN\nme = (ME, localhost, 45883)\nHostTable END\nVendorTable BEGIN\nVendorTable END\nAETable BEGIN\nARC {work}/db RW (200, 1024mb) ANY\nAETable END\n"
    )
    log = ["--log-config", f"{work}/log.cfg"]
    servers = [background(["dcmqrscp", *log, "-c", f"{work}/q.cfg", "45882"], work / "o1", cwd=work), background(["storescp", *log, "-od", f"{work}", "-aet", "ME", "45883"], work / "o2", cwd=work)]  # fmt: skip
    time.sleep(2)
    where = ["127.0.0.1", "45882"]
    for number in range(10):
        for text in ("echoscu -aec ARC", "echoscu -aec NOSUCH", f"storescu -aec ARC +sd -R i{number}.dcm", "storescu -aec ARC cut.dcm", "storescu -aec ARC junk.dcm", f"storescu -aec ARC -xs i{number + 9}.dcm", f"findscu -aec ARC -S -k QueryRetrieveLevel=STUDY -k PatientID=P{number % 4} -k StudyInstanceUID", "findscu -aec ARC -P -k QueryRetrieveLevel=PATIENT -k PatientName=Doe*", "findscu -aec ARC -S -k QueryRetrieveLevel=NOSUCH", f"movescu -aec ARC -aet ME -aem ME -S -k QueryRetrieveLevel=STUDY -k StudyInstanceUID=1.2.3.{number % 4}", "movescu -aec ARC -aem NOSUCH -S -k QueryRetrieveLevel=STUDY -k StudyInstanceUID=1.2.3.1", f"getscu -aec ARC -S -k QueryRetrieveLevel=STUDY -k StudyInstanceUID=1.2.3.{number % 4}", "termscu"):  # fmt: skip
            program, *rest = text.split()
            files = [part for part in rest if part.endswith(".dcm")]
            run(
                [
                    program,
                    *log,
                    *[part for part in rest if part not in files],
                    *where[: 1 if program == "termscu" else 2],
                    *(["9"] if program == "termscu" else []),
                    *files,
                ],
                seconds=8,
                cwd=work,
            )
    told(45882, b"junk" * 30, b"\1\0\0\0\0\4\0\1", b"\4\0\0\0\0\6\0\0\0\2\1\3", b"\1\0\0\0\xff\xff\xff\xff")
    told(45883, b"\7\0\0\0\0\4\0\0\2\0", b"\2\0\0\0\0\4\0\0\0\0")
    for name in ("i0.dcm", "i1.dcm", "i2.dcm", "cut.dcm", "junk.dcm", "none.dcm", "make.py"):
        for text in (f"dcmdump {name}", f"dcmdump +P PatientName -M {name}", f"dcm2json {name}", f"dcm2xml {name} x.xml", "xml2dcm x.xml x.dcm", f"dcmconv +ti {name} y.dcm", f"dcmconv +te {name} y.dcm", f"dcmcjpeg {name} j.dcm", "dcmdjpeg j.dcm k.dcm", f"dcmcrle {name} r.dcm", "dcmdrle r.dcm k.dcm", f"dcmcjpls {name} l.dcm", "dcmdjpls l.dcm k.dcm", f"dcmscale +Sxv 40 {name} s.dcm", f"dcm2pnm +Wm {name} p.pnm", f"dcm2pnm +oj +Wi 1 {name} p.jpg", f"dcmj2pnm +Fa {name} p", "img2dcm p.jpg q.dcm", f"dcmodify -m (0010,0010)=x -i (0008,0050)=y -e (0010,0030) -nb {name}", f"dcmodify -m junk=1 {name}", f"dcmquant {name} z.dcm", f"dcmftest {name}", f"dsrdump {name}", f"dcmsign --verify {name}", f"dcmicmp {name} i2.dcm", f"dcmrecv --nosuch {name}", f"dcmpschk {name}", "dump2dcm make.py d.dcm", f"dcmdspfn -CR 20 {name}", f"dcmgpdir +r {name}", f"dcmmkdir -Pgp {name}"):  # fmt: skip
            program, *rest = text.split()
            run([program, *log, *rest], seconds=8, cwd=work)
    ended(*servers)
    yield from sampled(parsed(lines_of(work / "log"), r"@@(?P<level>\w+)\|(?P<logger>[^|]*)\|(?P<place>[^|]*:\d+)\|(?P<message>.*)"))  # fmt: skip


def ola(work: Path) -> Iterator[Placed]:
    """The Open Lighting Architecture (C++) at its finest: universes, patches, merging, RDM, Art-Net and sACN, plugins, junk."""
    work.chmod(0o777)
    server = background(["runuser", "-u", "nobody", "--", "olad", "-l", "4", "-c", f"{work}/c", "-p", "45990", "-r", "45991", "--no-register-with-dns-sd"], work / "log", cwd=work, env={"HOME": str(work)})  # fmt: skip
    time.sleep(6)
    env = {"HOME": str(work)}
    for number in range(1, 7):
        for text in (f"ola_patch -d {number} -p 0 -u {number}", f"ola_patch -d 1 -p {number} -u {number}", f"ola_patch -d 2 -p {number} -i -u {number}", "ola_patch -d 99 -p 0 -u 1", f"ola_patch -r -d 2 -p {number} -i", f"ola_uni_name -u {number} -n hall{number}", f"ola_uni_merge -u {number} {'--ltp' if number % 2 else ''}", "ola_uni_merge -u 99", f"ola_uni_info -u {number}", "ola_dev_info", "ola_plugin_info", f"ola_plugin_info -p {number}", f"ola_plugin_state -p {number}", f"ola_plugin_state -p {number} -s disable", f"ola_plugin_state -p {number} -s enable", f"ola_set_dmx -u {number} -d 0,{number},255", "ola_set_dmx -u 77 -d 1", f"ola_set_priority -d 2 -p {number} --static -o 50", f"ola_rdm_discover -u {number} -f", f"ola_rdm_discover -u {number} -i", f"ola_rdm_get -u {number} --uid 7a70:ffffff00 device_info", f"ola_rdm_get -u {number} --uid 7a70:ffffff00 nosuch", f"ola_rdm_get -u {number} --uid 7a70:ffffff01 supported_parameters", f"ola_rdm_set -u {number} --uid 7a70:ffffff00 dmx_start_address {number}", f"ola_rdm_set -u {number} --uid 7a70:ffffffff identify_device 1", f"ola_artnet -d {number}", f"ola_artnet -d 2 -n x{number} --subnet {number}", f"ola_e131 -d {number} --list-ports", "ola_usbpro -d 1", f"ola_timecode 10:20:0{number}:3", "ola_timecode junk"):  # fmt: skip
            run(text.split(), seconds=6, env=env, cwd=work)
        for path in ("", "get_plugins", f"plugin_info?id={number}", f"set_plugin_state?state=0&plugin_id={number}", "universe_plugin_list", f"universe_info?id={number}", f"new_universe?id={number + 20}&name=x&add_ports=", "get_ports", f"set_dmx?u={number}&d=1,2,3", f"get_dmx?u={number}", f"modify_universe?id={number}&name=y&merge_mode=LTP", "reload", "reload_pids", "debug", "help", f"rdm/uids?id={number}", f"rdm/run_discovery?id={number}", f"rdm/supported_pids?id={number}&uid=7a70:ffffff00", f"rdm/supported_sections?id={number}&uid=7a70:ffffff00", f"rdm/section_info?id={number}&uid=7a70:ffffff00&section=device_info", "nosuch", "json/server_stats", "static?x"):  # fmt: skip
            run(["curl", "-s", "-m", "4", "-o", "/dev/null", f"http://127.0.0.1:45990/{path}"], seconds=5)
    from benchmarks.logs_corpora.seventh_native import said

    art = b"Art-Net\0"
    for number in range(30):
        said(6454, [art + kind + b"\0\x0e" + bytes([number] * size) for kind in (b"\0\x20", b"\0\x21", b"\0\x50", b"\0\x60", b"\0\x80", b"\0\x83", b"\x99\x99") for size in (3, 14, 200)] + [b"junk" * number])  # fmt: skip
        said(5568, [b"\0\x10\0\0ASC-E1.17\0\0\0\x72\x6e\0\0\0\4" + bytes([number]) * 16 + bytes([0x72, size, 0, 0, 0, 2]) + b"src" + b"\0" * 61 + bytes([number, 0, 0, number, 0, 0, number % 7]) + b"\x72\x0b\2\xa1\0\0\0\1\2\1\0" + bytes(size) for size in (3, 90)] + [b"junk"])  # fmt: skip
        said(5333 + number % 3, [b"junk" * number])
    told(45991, b"junk" * 20, b"\x10\0\0\x10abc", b"\xff" * 30)
    told(45990, b"junk\r\n\r\n", b"POST /set_dmx HTTP/1.1\r\nContent-Length: 3\r\n\r\nu=1")
    time.sleep(2)
    ended(server)
    yield from sampled(parsed(lines_of(work / "log"), r"(?P<place>[\w./-]+\.(?:cpp|h):\d+): (?P<message>.*)"))


def adb(work: Path) -> Iterator[Placed]:
    """The Android bridge (C++) tracing: a server without devices and with one that is junk, services asked, forwards, wrong words."""
    env = {
        "ADB_TRACE": "all",
        "HOME": str(work),
        "ANDROID_ADB_SERVER_PORT": "45037",
        "TMPDIR": str(work),
        "ANDROID_ADB_LOG_PATH": str(work / "log"),
    }
    server = background(["adb", "-P", "45037", "server", "nodaemon"], work / "log", env=env, cwd=work)
    fake = background(["python3", "-c", "import socket, struct\ns = socket.create_server(('127.0.0.1', 45055)); n = 0\nwhile True:\n    c, _ = s.accept(); c.settimeout(1); n += 1\n    try:\n        c.recv(4096)\n        def m(k, a, b, d=b''): return struct.pack('<6I', k, a, b, len(d), sum(d), k ^ 0xffffffff) + d\n        c.sendall([b'junk' * 9, m(0x4e584e43, 0x1000001, 4096, b'device::ro.product.name=x;features=shell_v2,cmd;'), m(0x48545541, 1, 0, b't' * 20), m(0x99, 1, 2)][n % 4])\n        for k in range(20):\n            d = c.recv(4096)\n            if not d: break\n            a = struct.unpack('<6I', d[:24]) if len(d) >= 24 else (0,) * 6\n            if a[0] == 0x4e45504f: c.sendall(m(0x59414b4f, 7, a[1]) + m(0x45545257, 7, a[1], b'hello') + m(0x45534c43, 7, a[1]))\n    except Exception: pass\n    c.close()\n"], work / "fake")  # fmt: skip
    time.sleep(3)
    told_: list[str] = []
    (work / "f.txt").write_text("hello" * 999)
    for number in range(14):
        for text in ("devices -l", "version", "connect 127.0.0.1:45055", "devices", "connect 127.0.0.1:9", "connect nosuch.example", "disconnect 127.0.0.1:9", "shell ls", f"push f.txt /sdcard/{number}", "pull /none x", f"forward tcp:{45100 + number} tcp:9", "forward --list", f"forward --remove tcp:{45100 + number}", "forward junk junk", "reverse tcp:1 tcp:2", "-s nosuch shell", "get-state", "features", "host-features", "wait-for-device", "reconnect", "reconnect offline", "jdwp", "logcat", "root", "reboot nosuch", "install f.txt", "sideload f.txt", "bugreport", "emu kill", "keygen key", "tcpip 5", "mdns check", "track-devices", "nosuch", "exec-out id", "-t 1 shell id", "disconnect"):  # fmt: skip
            if text in ("wait-for-device", "logcat", "jdwp", "track-devices") and number % 5:
                continue
            told_ += run(["adb", "-P", "45037", *text.split()], seconds=3, env=env, cwd=work).splitlines()
    told(
        45037,
        b"junk",
        b"000chost:version",
        b"ffff" * 9,
        b"0012host:transport:xyz",
        b"000ahost:junk!",
        b"0010host:track-junk",
        b"001chost-serial:x:get-serialno",
    )
    run(["adb", "-P", "45037", "kill-server"], seconds=4, env=env)
    ended(server, fake)
    form = r"adb (?P<level>[A-Z]) [\d-]+ [\d:.]+\s+\d+\s+\d+ (?P<place>[\w.-]+:\d+)\] (?P<message>.*)"
    yield from sampled(parsed([*lines_of(work / "log"), *told_], form))


def encfs(work: Path) -> Iterator[Placed]:
    """EncFS (C++), verbose: folders in a vault made, filled, renamed, linked, broken, old ones, wrong passwords."""
    lines: list[str] = []
    for number, mode in enumerate(("standard", "paranoia", "standard --reverse", "standard --nocache", "junk")):
        plain, crypt = work / f"m{number}", work / f"e{number}"
        plain.mkdir()
        crypt.mkdir()
        (crypt / "seed").write_text("seed" * 99)
        log = work / f"log{number}"
        if "junk" in mode:
            (crypt / ".encfs6.xml").write_text("<junk")
        server = background(
            ["sh", "-c", f"echo secret | encfs -v -f --stdinpass --{mode} {crypt} {plain}"], log, cwd=work
        )
        time.sleep(4)
        for count in range(25):
            script = f"cd {plain} && echo {count} > f{count}; mkdir -p d{count}/e; cp /etc/services d{count}/s; mv f{count} g{count}; mv d{count} h{count}; ln -s g{count} l{count}; ln g{count} n{count}; cat l{count} h{count}/s > /dev/null; truncate -s {count * 500} h{count}/s; chmod 600 g{count}; touch -d 2020-01-01 g{count}; dd if=/dev/zero of=h{count}/s bs=100 seek=90 count=1 conv=notrunc; rm l{count}; ls -laR . > /dev/null; stat none; df .; mkfifo p{count}; setfattr -n user.x -v y g{count}; getfattr -d g{count}; rmdir h{count}; cat nosuch; readlink n{count}; test {count} -gt 20 && rm -r h{count}"
            run(["sh", "-c", script], seconds=15)
            if count == 15 and not number % 2:
                for path in list(crypt.rglob("*"))[::9]:
                    if path.is_file() and not path.name.startswith(".encfs"):
                        path.write_bytes(b"junk" * 80)
                (crypt / "notmine").write_text("x")
        run(["fusermount", "-u", str(plain)], seconds=5)
        ended(server)
        for word in ("bad", "secret", ""):
            lines += run(
                ["encfs", "-v", "-f", "--stdinpass", str(crypt), str(plain)], stdin=word + "\n", seconds=4
            ).splitlines()
            run(["fusermount", "-u", str(plain)], seconds=5)
        for text in (
            f"encfsctl info {crypt}",
            f"encfsctl -v showcruft {crypt}",
            f"encfsctl decode {crypt} x",
            f"encfsctl cat {crypt} g1",
            f"encfsctl export {crypt} {work}/x{number}",
        ):
            lines += run(text.split(), stdin="secret\n", seconds=5).splitlines()
    found = [*lines_of(*sorted(work.glob("log*"))), *lines]
    yield from sampled(
        parsed(
            found, r"(?:[\d:, ]+|[\d-]+ [\d:,.]+ )?(?P<level>[A-Z]+)\S* (?P<message>.*?) \[(?P<place>[\w.-]+:\d+)\]$"
        )
    )


def xgboost(work: Path) -> Iterator[Placed]:
    """XGBoost (C++) at its most talkative: trees, lines, ranks and survivals learned with settings good and bad, models saved, cut, loaded."""
    (work / "p.py").write_text("import sys, numpy as np, xgboost as x\nn = int(sys.argv[1]); r = np.random.RandomState(n)\ndef quiet(f):\n    try: return f()\n    except BaseException as e: return None\nX, y = r.rand(200 + n, 6), r.randint(0, 2, 200 + n)\nfor k, p in enumerate([dict(objective=o, booster=b, tree_method=t) for o in ('binary:logistic', 'reg:squarederror', 'multi:softprob', 'rank:ndcg', 'survival:aft', 'survival:cox', 'reg:gamma', 'count:poisson', 'reg:tweedie', 'reg:quantileerror', 'binary:hinge', 'reg:squaredlogerror', 'nosuch') for b in ('gbtree', 'gblinear', 'dart', 'nosuch') for t in ('hist', 'exact', 'approx')]):\n    if k % 3 != n % 3: continue\n    p |= dict(verbosity=3, nthread=1, max_depth=k % 7, num_class=3 if 'multi' in p['objective'] else 0, nosuch=3, eta=(.1, 5, -1)[k % 3], subsample=(1, .5, 7)[k % 3], grow_policy=('depthwise', 'lossguide')[k % 2], max_bin=(2, 256, 1)[k % 3], device=('cpu', 'cuda', 'junk')[k % 3], monotone_constraints='(1,-1)' if k % 5 == 0 else '()', interaction_constraints='[[0,1],[2]]' if k % 4 == 0 else '', min_child_weight=k % 3, gamma=k % 4, updater='nosuch' if k % 29 == 0 else ('prune' if k % 13 == 0 else None), eval_metric=('auc', 'nosuch', 'rmse', 'ndcg@3', 'aft-nloglik', 'pre@2')[k % 6])\n    p = {a: b for a, b in p.items() if b is not None}\n    d = quiet(lambda: x.DMatrix(X, y, weight=r.rand(len(y)) if k % 2 else None, missing=(np.nan, 0)[k % 2], feature_names=list('abcdef')))\n    if d is None: continue\n    if 'rank' in p['objective']: quiet(lambda: d.set_group([50, 150 + n]))\n    if 'survival' in p['objective']: quiet(lambda: d.set_float_info('label_lower_bound', y + 1.0)); quiet(lambda: d.set_float_info('label_upper_bound', y + 3.0))\n    b = quiet(lambda: x.train(p, d, 3, evals=[(d, 't')], verbose_eval=False))\n    if b is None: continue\n    quiet(lambda: b.predict(d, pred_contribs=True)); quiet(lambda: b.predict(x.DMatrix(X[:, :3]))); quiet(lambda: b.inplace_predict(X)); quiet(lambda: b.save_model('m.json')); quiet(lambda: b.save_model('m.ubj')); quiet(lambda: b.save_model('m.deprecated')); quiet(lambda: x.Booster(model_file='m.json')); quiet(lambda: b.get_dump(with_stats=True, dump_format=('text', 'json', 'dot', 'x')[k % 4])); quiet(lambda: open('j.json', 'w').write(open('m.json').read()[:300])); quiet(lambda: x.Booster(model_file='j.json')); quiet(lambda: x.Booster(model_file='none')); quiet(lambda: b.load_config('junk')); quiet(lambda: b.save_config()); quiet(lambda: b.set_param({'nosuch2': 3, 'verbosity': 3})); quiet(lambda: b.eval(d)); quiet(lambda: b[0:2]); quiet(lambda: x.train(dict(p, process_type='update', updater='refresh', refresh_leaf=True), d, 2, xgb_model=b)); quiet(lambda: x.train(dict(p, process_type='update', updater='prune'), d, 2, xgb_model=b)); quiet(lambda: d.slice([0, 1, 2])); quiet(lambda: d.save_binary('d.bin')); quiet(lambda: x.DMatrix('d.bin')); quiet(lambda: x.DMatrix('t.txt?format=libsvm')); quiet(lambda: x.QuantileDMatrix(X, y, max_bin=k)); quiet(lambda: x.DMatrix(X, y[:-3]))\n")  # fmt: skip
    (work / "t.txt").write_text("".join(f"{n % 2} 1:{n} 3:0.5\n" for n in range(50)) + "junk x:y\n")
    told_: list[str] = []
    for number in range(3):
        told_ += run([f"{VENV}/bin/python", "p.py", str(number)], seconds=100, cwd=work).splitlines()
    yield from sampled(parsed(told_, r"\[[\d:]+\] (?:(?P<level>[A-Z]+): )?(?P<place>/[\w./+-]+\.(?:cc|h|cu|cuh):\d+): (?P<message>.*)"))  # fmt: skip


def zeitgeist(work: Path) -> Iterator[Placed]:
    """Zeitgeist (Vala) with debugging: events logged, found, watched, blocked, deleted, broken, by many clients."""
    (work / "p.py").write_text("import sys, time, dbus\nfrom zeitgeist.datamodel import *\nb = dbus.SessionBus()\ndef quiet(f):\n    try: return f()\n    except BaseException as e: return None\no = b.get_object('org.gnome.zeitgeist.Engine', '/org/gnome/zeitgeist/log/activity'); l = dbus.Interface(o, 'org.gnome.zeitgeist.Log')\nn = int(sys.argv[1])\ndef ev(k, **m): return Event.new_for_values(timestamp=1700000000000 + k * 1000, interpretation=[Interpretation.ACCESS_EVENT, Interpretation.CREATE_EVENT, Interpretation.MOVE_EVENT, 'nosuch', ''][k % 5], manifestation=Manifestation.USER_ACTIVITY, actor='application://a%d.desktop' % (k % 3), subject_uri='file:///tmp/f%d' % k, subject_interpretation=Interpretation.DOCUMENT, subject_manifestation=Manifestation.FILE_DATA_OBJECT, subject_mimetype='text/plain', subject_text='t%d' % k, subject_origin='file:///tmp', **m)\nfor k in range(n, n + 40): quiet(lambda: l.InsertEvents([ev(k)]))\nids = quiet(lambda: l.InsertEvents([ev(k) for k in range(90)])) or [1, 2, 3]\nquiet(lambda: l.InsertEvents([[]])); quiet(lambda: l.InsertEvents([[['', '1'], [], b'']]))\nfor t in range(16): quiet(lambda: l.FindEvents((0, 2 ** 62), [ev(3)], t % 4, 5, t)); quiet(lambda: l.FindEventIds((0, 2 ** 62), [Event()], 2, 0, t)); quiet(lambda: l.FindRelatedUris((0, 2 ** 62), [Event()], [ev(4)], 2, 5, t % 2))\nquiet(lambda: l.FindEvents((9, 3), [], 9, 5, 99)); quiet(lambda: l.GetEvents(ids[:9])); quiet(lambda: l.GetEvents([999999])); quiet(lambda: l.FindEvents((0, 9), [Event.new_for_values(subject_uri='!*x*')], 0, 0, 0)); quiet(lambda: l.FindEvents((0, 9), [Event.new_for_values(interpretation='!nosuch', actor='a*')], 0, 0, 0))\nm = dbus.Interface(b.get_object('org.gnome.zeitgeist.Engine', '/org/gnome/zeitgeist/blacklist'), 'org.gnome.zeitgeist.Blacklist')\nfor k in range(4): quiet(lambda: m.AddTemplate('t%d' % k, ev(k))); quiet(lambda: m.GetTemplates()); quiet(lambda: m.RemoveTemplate('t%d' % k)); quiet(lambda: m.RemoveTemplate('nosuch'))\nd = dbus.Interface(b.get_object('org.gnome.zeitgeist.Engine', '/org/gnome/zeitgeist/data_source_registry'), 'org.gnome.zeitgeist.DataSourceRegistry')\nfor k in range(4): quiet(lambda: d.RegisterDataSource('u%d' % k, 'n', 'd', [ev(k)])); quiet(lambda: d.GetDataSources()); quiet(lambda: d.SetDataSourceEnabled('u%d' % k, k % 2)); quiet(lambda: d.SetDataSourceEnabled('nosuch', 1)); quiet(lambda: d.GetDataSourceFromId('nosuch'))\nfor k in range(3): quiet(lambda: l.InstallMonitor('/m/%d' % k, (0, 2 ** 62), [ev(k)])); quiet(lambda: l.InsertEvents([ev(k)])); quiet(lambda: l.RemoveMonitor('/m/%d' % k)); quiet(lambda: l.RemoveMonitor('/m/9'))\nquiet(lambda: l.DeleteEvents(ids[:5])); quiet(lambda: l.DeleteEvents([99999])); quiet(lambda: l.DeleteLog() if n == 80 else None); quiet(lambda: l.Quit() if n == 120 else None)\n")  # fmt: skip
    env = {"HOME": str(work), "ZEITGEIST_DATA_PATH": str(work / "data"), "XDG_RUNTIME_DIR": str(work), "DISPLAY": ""}
    (work / "data").mkdir()
    script = "zeitgeist-daemon --no-datahub --log-level=DEBUG >> log 2>&1 & sleep 2; for n in 0 20 40 60 80 100; do /usr/bin/python3 p.py $n >> err 2>&1; done; /usr/bin/python3 p.py 120; zeitgeist-daemon --no-datahub --log-level=DEBUG >> log 2>&1 & sleep 2; zeitgeist-daemon --no-datahub --log-level=DEBUG >> log 2>&1; zeitgeist-daemon --replace --no-datahub --log-level=DEBUG >> log 2>&1 & sleep 2; /usr/bin/python3 p.py 3; zeitgeist-daemon --quit --log-level=DEBUG >> log 2>&1; zeitgeist-daemon --nosuch >> log 2>&1; echo junk > data/activity.sqlite; zeitgeist-daemon --no-datahub --log-level=DEBUG >> log 2>&1 & sleep 2; /usr/bin/python3 p.py 5; zeitgeist-daemon --quit"
    run(["dbus-run-session", "--", "sh", "-c", script], seconds=120, env=env, cwd=work)
    yield from sampled(parsed(lines_of(work / "log"), r"(?:\x1b\[\d*m)?\[[\d:.]+ (?P<level>\w+)\](?:\x1b\[\d*m)? (?P<place>[\w.-]+\.vala:\d+): (?P<message>.*)"))  # fmt: skip


def fcitx(work: Path) -> Iterator[Placed]:
    """Fcitx (C++), an input method, at its finest: engines, settings changed, clients that come, type, go, over the bus and X; wrong calls."""
    (work / "c.py").write_text("import dbus, sys, random\nb = dbus.SessionBus()\nn = int(sys.argv[1])\ndef quiet(f):\n    try: return f()\n    except BaseException as e: return None\no = b.get_object('org.fcitx.Fcitx5', '/controller'); c = dbus.Interface(o, 'org.fcitx.Fcitx.Controller1')\nfor f in ('AvailableInputMethods', 'InputMethodGroups', 'State', 'Toggle', 'Activate', 'Deactivate', 'GetAddons', 'AvailableKeyboardLayouts', 'Save', 'ReloadConfig', 'CurrentInputMethod', 'CurrentUI', 'DebugInfo', 'ResetInputMethodList', 'Refresh', 'CheckUpdate', 'Nosuch'): quiet(lambda: getattr(c, f)())\nfor g in ('Default', 'x%d' % n, 'nosuch'): quiet(lambda: c.AddInputMethodGroup(g)); quiet(lambda: c.SetInputMethodGroupInfo(g, 'us', [('keyboard-us', ''), ('pinyin', ''), ('nosuch', ''), ('wbx', '')])); quiet(lambda: c.InputMethodGroupInfo(g)); quiet(lambda: c.SwitchInputMethodGroup(g))\nfor a in ('pinyin', 'nosuch', 'keyboard-us', 'wbx', 'shuangpin'): quiet(lambda: c.SetCurrentIM(a)); quiet(lambda: c.GetConfig('fcitx://config/inputmethod/' + a)); quiet(lambda: c.SetConfig('fcitx://config/inputmethod/' + a, dbus.Dictionary({'Nosuch': 'x', 'PageSize': '%d' % n}, 'sv')))\nfor a in ('global', 'addon/pinyin', 'addon/clipboard', 'addon/nosuch', 'addon/punctuation', 'addon/quickphrase'): quiet(lambda: c.GetConfig('fcitx://config/' + a)); quiet(lambda: c.SetConfig('fcitx://config/' + a, dbus.Dictionary({'A': 'b'}, 'sv'))); quiet(lambda: c.ReloadAddonConfig(a.split('/')[-1])); quiet(lambda: c.SetAddonsState([(a.split('/')[-1], n % 2)]))\nm = dbus.Interface(b.get_object('org.fcitx.Fcitx5', '/org/freedesktop/portal/inputmethod'), 'org.fcitx.Fcitx.InputMethod1')\nfor k in range(3):\n    r = quiet(lambda: m.CreateInputContext([('program', 'p%d' % k), ('display', 'x11:')]))\n    if not r: continue\n    i = dbus.Interface(b.get_object('org.fcitx.Fcitx5', r[0]), 'org.fcitx.Fcitx.InputContext1')\n    quiet(lambda: i.SetCapability(dbus.UInt64(0x40000000b2))); quiet(lambda: i.FocusIn()); quiet(lambda: c.SetCurrentIM('pinyin')); quiet(lambda: c.Activate())\n    for w in 'nihaoshijie':\n        quiet(lambda: i.ProcessKeyEvent(dbus.UInt32(ord(w)), dbus.UInt32(30), dbus.UInt32(0), False, dbus.UInt32(0))); quiet(lambda: i.ProcessKeyEvent(dbus.UInt32(ord(w)), dbus.UInt32(30), dbus.UInt32(0), True, dbus.UInt32(0)))\n    for w in (0xff55, 0xff56, 0x20, 0xff0d, 0xff1b, 0x2c, 0x31, 0xffe1): quiet(lambda: i.ProcessKeyEvent(dbus.UInt32(w), dbus.UInt32(65), dbus.UInt32(4 if w == 0x20 and k else 0), False, dbus.UInt32(0)))\n    quiet(lambda: i.SetCursorRect(1, 2, 3, 4)); quiet(lambda: i.SetSurroundingText('abc', dbus.UInt32(1), dbus.UInt32(9))); quiet(lambda: i.Reset()); quiet(lambda: i.FocusOut()); quiet(lambda: i.DestroyIC()) if k % 2 else None\nquiet(lambda: c.Restart() if n == 5 else None); quiet(lambda: c.Exit() if n == 9 else None)\n")  # fmt: skip
    script = "fcitx5 --verbose '*=5' >> log 2>&1 & sleep 4; fcitx5 --verbose '*=5' >> log2 2>&1; for n in 0 1 2 3 4 5; do /usr/bin/python3 c.py $n >> err 2>&1; sleep 1; done; fcitx5 -r -d --disable=pinyin,nosuch --enable=all --verbose '*=5' >> log3 2>&1; sleep 3; for n in 6 7 8; do /usr/bin/python3 c.py $n; done; echo 'junk[' > .config/fcitx5/config; echo '[x' > .config/fcitx5/profile; fcitx5 -r --verbose '*=5' >> log4 2>&1 & sleep 4; /usr/bin/python3 c.py 2; /usr/bin/python3 c.py 9; sleep 2"
    run(
        ["xvfb-run", "-a", "dbus-run-session", "--", "sh", "-c", script],
        seconds=110,
        cwd=work,
        env={"HOME": str(work), "XDG_RUNTIME_DIR": str(work)},
    )
    yield from sampled(parsed(lines_of(*sorted(work.glob("log*"))), r"(?P<level>[A-Z])\d{4}[\d-]* [\d:.]+ (?P<place>[\w.-]+:\d+)\] (?P<message>.*)"))  # fmt: skip
