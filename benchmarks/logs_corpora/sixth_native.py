# ruff: noqa: E501 - programs are started, and what they are fed stands as one text
"""Programs in C, C++, Go and Vala of the sixth round: chosen before they were run, halved by lot."""

import os
import re
import socket
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.logs_corpora.later_native import background, ended, lines_of, served, told
from benchmarks.logs_corpora.records import Placed, parsed, run

VENV = os.environ.get("SEVLINE_LOG_SIXTH", "/tmp/corpora/sixth")
"""A virtual environment with vineyard, opencv-python-headless, moto[server], boto3, datalad, angr and parsl."""
VENV_MORE = os.environ.get("SEVLINE_LOG_SIXTH_MORE", "/tmp/corpora/sixth-more")
"""Another with tensorflow-cpu and, without what they depend on, apache-flink and apache-flink-libraries."""


def _sampled(records: Iterator[Placed]) -> list[Placed]:
    found = list(records)
    return found[:: max(1, len(found) // 25_000)]


def lvm2(work: Path) -> Iterator[Placed]:
    """LVM at its finest level over files as devices: volumes made, grown, mirrored, snapshotted, broken, mistaken."""
    names = [f"{work}/d{n}" for n in range(6)]
    for name in names:
        run(["truncate", "-s", "96M", name])
    listed = ",".join(f'"{name}"' for name in names)
    (work / "lvm.conf").write_text(
        f'devices {{ dir="/dev" loopfiles=[{listed}] use_devicesfile=0 scan=["/dev"] }}\nglobal {{ use_lvmpolld=0 activation=0 locking_dir="{work}/lock" }}\nbackup {{ backup_dir="{work}/b" archive_dir="{work}/a" }}\nactivation {{ monitoring=0 udev_sync=0 }}\nlog {{ level=7 }}\n'
    )
    calls = ("pvcreate {0} {1} {2} {3}", "pvcreate -ff -y {0}", "vgcreate v {0} {1} {2}", "vgcreate v {3}", "vgcreate w {3} {4}", "vgextend v {4}", "vgextend w {5}", "lvcreate -an -Zn -Wn -L 20M -n a v", "lvcreate -an -Zn -Wn -l 50%FREE -n b v", "lvcreate -an -Zn -Wn -i 2 -L 16M -n s v", "lvcreate -an -Zn -Wn --type mirror -m1 --mirrorlog core -L 8M -n m v", "lvcreate -an -Zn -Wn --type raid1 -m1 -L 8M -n r v", "lvcreate -an -Zn --type thin-pool -L 12M -n t v", "lvcreate -an -V 1G -T v/t -n th", "lvcreate -an -Zn -L 9999G -n x v", "lvcreate -an -s -L 4M -n snap v/a", "lvextend -L +8M v/a", "lvreduce -f -L 8M v/a", "lvresize -l +10%VG v/b", "lvrename v a aa", "lvchange -pr v/aa", "lvchange --addtag hot v/aa", "lvchange -ay v/aa", "lvconvert -y --type linear v/m", "lvconvert -y --type cache --cachepool v/b v/aa", "lvconvert --type thin-pool v/s -y", "lvs -a -o +devices,segtype", "lvs @hot", "lvs nosuch", "lvdisplay -m v", "pvs -o +pv_mda_count,pv_tags", "pvdisplay -m", "pvck {0}", "pvck --dump metadata {1}", "pvchange -x n {2}", "pvchange --addtag t {1}", "pvmove -n aa {0} {1}", "pvresize {3}", "vgs -o +vg_free_count", "vgck v", "vgscan", "pvscan --cache", "vgcfgbackup v", "vgcfgrestore -l v", "vgcfgrestore -f /none v", "vgchange -an v", "vgchange -s 8M v", "vgchange --addtag x w", "vgrename w ww", "vgreduce v {2}", "vgreduce --removemissing ww", "vgsplit v vv {1}", "vgmerge v ww", "vgexport v", "vgimport v", "vgimportclone {0}", "vgmknodes", "lvremove -f v/aa", "lvremove -f nosuch/x", "lvscan", "lvmdiskscan", "dmsetup ls", "lvmconfig --type diff", "lvmconfig devices/nosuch", "pvremove {5}", "pvremove -ff -y {4}", "vgremove -f v", "nosuch", "lvcreate", "vgcreate", "fullreport", "lvmdump -h", "vgconvert -M2 v", "segtypes", "tags", "formats")  # fmt: skip
    env = {"LVM_SYSTEM_DIR": str(work), "LVM_SUPPRESS_FD_WARNINGS": "1"}
    said: list[str] = []
    for round_ in range(3):
        for number, call in enumerate(calls):
            if round_ == 1 and number % 20 == 5:
                (work / f"d{number % 6}").write_bytes(b"junk" * 9000)
                run(["truncate", "-s", "96M", names[number % 6]])
            text = call.format(*(names[(n + round_) % 6] for n in range(6))).replace(
                " v", f" v{'' if round_ < 2 else 'x'}"
            )
            program, *rest = text.split()
            command = (
                [program, *rest] if program.startswith(("lvmdump", "dmsetup")) else ["lvm", program, "-vvvv", *rest]
            )
            said += run(command, seconds=20, env=env, cwd=work).splitlines()
    yield from _sampled(parsed(said, r"\S+ \w+\[\d+\] (?P<place>[\w./-]+\.[chl]:\d+)\s+(?P<message>.*)"))


def _looked_for() -> None:
    """Players that look for servers in the network."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as out:
        for kind in (
            "ssdp:all",
            "upnp:rootdevice",
            "urn:schemas-upnp-org:service:ContentDirectory:1",
            "uuid:x",
            "nosuch",
        ):
            for more in ("MX: 1\r\n", "MX: x\r\n", ""):
                out.sendto(f'M-SEARCH * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\nMAN: "ssdp:discover"\r\n{more}ST: {kind}\r\n\r\n'.encode(), ("127.0.0.1", 1900))  # fmt: skip
        for text in (
            b"junk",
            b"NOTIFY * HTTP/1.1\r\nNT: urn:x\r\nNTS: ssdp:alive\r\nLOCATION: http://127.0.0.1:9/x\r\nSERVER: x\r\n\r\n",
            b"M-SEARCH * HTTP/1.1\r\n\r\n",
        ):
            out.sendto(text, ("127.0.0.1", 1900))


def minidlna(work: Path) -> Iterator[Placed]:
    """MiniDLNA at its finest level: pictures, music and films found, changed and broken; players that browse, search, fetch, send junk."""
    media = work / "media"
    for folder in ("a", "b/c", "d"):
        (media / folder).mkdir(parents=True)
    run([f"{VENV}/bin/python", "-c", f"import cv2, numpy as np, wave\nfor n in range(25):\n    cv2.imwrite('{media}/a/p%d.jpg' % n, np.random.randint(0, 255, (40 + n * 9, 60, 3), 'uint8'))\n    w = wave.open('{media}/b/s%d.wav' % n, 'wb'); w.setnchannels(2); w.setsampwidth(2); w.setframerate(44100); w.writeframes(bytes(9000 * n)); w.close()\nv = cv2.VideoWriter('{media}/d/v.avi', cv2.VideoWriter_fourcc(*'MJPG'), 10, (64, 64))\nfor n in range(30): v.write(np.full((64, 64, 3), n, 'uint8'))\nv.release()"])  # fmt: skip
    for number in range(12):
        run(["sox", f"{media}/b/s{number + 1}.wav", f"{media}/b/c/o{number}.{('flac', 'ogg', 'wav')[number % 3]}"])
        (media / f"d/bad{number}.{('mp3', 'jpg', 'mp4', 'mkv', 'flac', 'm3u', 'srt')[number % 7]}").write_bytes(
            b"junk" * 500 * number
        )
    (media / "b/l.m3u").write_text("#EXTM3U\n" + "".join(f"s{n}.wav\n" for n in range(9)) + "none.mp3\n")
    (work / "c").write_text(f"port=44810\nmedia_dir={media}\nmedia_dir=A,/none\nmedia_dir=P,{media}/a\ndb_dir={work}/db\nlog_dir={work}\nlog_level=general,artwork,database,inotify,scanner,metadata,http,ssdp,tivo=maxdebug\nnetwork_interface=lo\ninotify=yes\nenable_tivo=yes\nnotify_interval=3\nfriendly_name=x\nnosuch=1\nalbum_art_names=p1.jpg/Cover.jpg\n")  # fmt: skip
    (work / "db").mkdir()
    server = background(["minidlnad", "-S", "-f", f"{work}/c", "-P", f"{work}/pid", "-R", "-v"], work / "out")
    time.sleep(8)
    url = "http://127.0.0.1:44810"
    for path in ("/", "/rootDesc.xml", "/ContentDir.xml", "/ConnectionMgr.xml", "/X_MS_MediaReceiverRegistrar.xml", "/none", "/icons/sm.png", "/icons/none", "/status", "/TiVoConnect?Command=QueryContainer&Container=/", "/TiVoConnect?Command=Nosuch", *(f"/MediaItems/{n}.{('jpg', 'wav', 'mp3')[n % 3]}" for n in range(1, 50)), "/MediaItems/9999.x", "/Thumbnails/3.jpg", "/AlbumArt/1-2.jpg", "/Resized/4.jpg?width=20,height=20,rotation=90", "/Resized/x", "/Captions/2.srt"):  # fmt: skip
        for more in ([], ["-r", "10-99"], ["-I"], ["-H", "getcontentFeatures.dlna.org: 1", "-H", "transferMode.dlna.org: Background"], ["-A", "DLNADOC/1.50 SEC_HHP_[TV]"], ["-r", "999999-"], ["-H", "TimeSeekRange.dlna.org: npt=1-"])[:: 1 if "1" in path or "M" not in path else 3]:  # fmt: skip
            run(["curl", "-s", "-m", "3", "-o", "/dev/null", *more, url + path], seconds=5)
    for number, (action, inner) in enumerate(
        [("Browse", f"<ObjectID>{oid}</ObjectID><BrowseFlag>{flag}</BrowseFlag><Filter>{f}</Filter><StartingIndex>{i}</StartingIndex><RequestedCount>{i * 3}</RequestedCount><SortCriteria>{sort}</SortCriteria>") for i, (oid, flag, f, sort) in enumerate([("0", "BrowseDirectChildren", "*", ""), ("0", "BrowseMetadata", "*", ""), ("1$7", "BrowseDirectChildren", "dc:title,res", "+dc:title"), ("64", "BrowseDirectChildren", "*", "-dc:date"), ("64$0", "BrowseDirectChildren", "*", "nosuch"), ("3$B", "BrowseDirectChildren", "res@size", "+upnp:class,-dc:title"), ("nosuch", "BrowseMetadata", "*", ""), ("2", "Nosuch", "", ""), ("A", "BrowseDirectChildren", "*", "")])]
        + [("Search", f"<ContainerID>{c}</ContainerID><SearchCriteria>{q}</SearchCriteria><Filter>*</Filter><StartingIndex>0</StartingIndex><RequestedCount>9</RequestedCount><SortCriteria></SortCriteria>") for c, q in (("0", "upnp:class derivedfrom &quot;object.item.audioItem&quot;"), ("0", "dc:title contains &quot;p&quot;"), ("64", "(upnp:class = &quot;x&quot; and @refID exists false)"), ("0", "junk ((("), ("9", "*"))]
        + [(name, "<ObjectID>64$1</ObjectID><PosSecond>3</PosSecond><Id>A_ARG_TYPE_Featurelist</Id><DeviceID>x</DeviceID>") for name in ("GetSystemUpdateID", "GetSearchCapabilities", "GetSortCapabilities", "GetProtocolInfo", "GetCurrentConnectionIDs", "GetCurrentConnectionInfo", "IsAuthorized", "IsValidated", "RegisterDevice", "X_GetFeatureList", "X_SetBookmark", "QueryStateVariable", "Nosuch")]
    ):  # fmt: skip
        for service in ("ContentDir", "ConnectionMgr", "X_MS_MediaReceiverRegistrar")[: 1 + number % 3]:
            body = f'<?xml version="1.0"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><u:{action} xmlns:u="urn:schemas-upnp-org:service:{service}:1">{inner}</u:{action}></s:Body></s:Envelope>'
            run(["curl", "-s", "-m", "3", "-H", f'SOAPAction: "urn:schemas-upnp-org:service:{service}:1#{action}"', "-H", "Content-Type: text/xml", "-d", body, f"{url}/ctl/{service}"], seconds=5)  # fmt: skip
    for more in (["-X", "SUBSCRIBE", "-H", "CALLBACK: <http://127.0.0.1:9/>", "-H", "NT: upnp:event", "-H", "TIMEOUT: Second-3"], ["-X", "SUBSCRIBE", "-H", "SID: uuid:x"], ["-X", "SUBSCRIBE"], ["-X", "UNSUBSCRIBE", "-H", "SID: uuid:x"], ["-X", "NOSUCH"], ["-X", "POST", "-d", "x"]):  # fmt: skip
        for service in ("ContentDir", "ConnectionMgr", "none"):
            run(["curl", "-s", "-m", "3", *more, f"{url}/evt/{service}"], seconds=5)
    told(44810, b"junk\r\n\r\n", b"GET\r\n\r\n", b"GET / HTTP/1.1\r\n\r\n", b"POST /ctl/ContentDir HTTP/1.1\r\nHost: x\r\nContent-Length: 999\r\n\r\nx", b"GET / HTTP/1.1\r\nHost: x\r\n" + b"X: y\r\n" * 500 + b"\r\n")  # fmt: skip
    _looked_for()
    picture = (media / "a/p9.jpg").read_bytes()
    for number in range(6):
        (media / f"a/new{number}.jpg").write_bytes(picture)
        (media / f"a/p{number}.jpg").rename(media / f"d/q{number}.jpg")
        (media / f"e{number}").mkdir()
        (media / f"b/s{number}.wav").unlink()
    time.sleep(4)
    ended(server)
    yield from _sampled(parsed(lines_of(work / "out", work / "minidlna.log"), r"(?:\[[^\]]+\] )?(?P<place>[\w.-]+\.c:\d+): (?P<level>\w+): (?P<message>.*)"))  # fmt: skip


def tgt(work: Path) -> Iterator[Placed]:
    """The iSCSI target of Linux with debugging: targets and units made, bound, asked by libiscsi's tests, taken away; wrong commands."""
    server = background(
        ["tgtd", "-f", "-d", "1", "-C", "7", "--iscsi", "portal=127.0.0.1:44820"], work / "log", cwd=work
    )
    time.sleep(2)
    for number in range(4):
        run(["truncate", "-s", f"{8 + number}M", f"{work}/u{number}"])
    calls = ["--lld iscsi --mode target --op new --tid {n} -T iqn.2026-01.x:t{n}", "--lld iscsi --mode logicalunit --op new --tid {n} --lun 1 -b {w}/u{n}", "--lld iscsi --mode logicalunit --op new --tid {n} --lun 2 -b /none", "--lld iscsi --mode logicalunit --op new --tid {n} --lun 3 --device-type cd -b {w}/u{n}", "--lld iscsi --mode logicalunit --op new --tid {n} --lun 4 --bstype null -b x", "--lld iscsi --mode logicalunit --op new --tid {n} --lun 5 --device-type tape -b {w}/u{n}", "--lld iscsi --mode target --op bind --tid {n} -I ALL", "--lld iscsi --mode logicalunit --op update --tid {n} --lun 1 --params vendor_id=x,removable=1", "--lld iscsi --mode logicalunit --op update --tid {n} --lun 1 --params nosuch=x", "--lld iscsi --mode account --op new --user bob --password verysecret12", "--lld iscsi --mode account --op bind --tid {n} --user bob", "--lld iscsi --mode account --op unbind --tid {n} --user bob", "--lld iscsi --mode target --op show", "--lld iscsi --mode conn --op show --tid {n}", "--lld iscsi --mode target --op update --tid {n} --name MaxRecvDataSegmentLength --value 9999", "--lld iscsi --mode target --op update --tid {n} --name Nosuch --value 1", "--lld iscsi --mode portal --op show", "--lld iscsi --mode portal --op new --param portal=127.0.0.1:4482{n}", "--lld nosuch --mode target --op show", "--lld iscsi --mode target --op new --tid {n} -T iqn.again", "--lld iscsi --mode sys --op show", "--lld iscsi --mode lld --op show"]  # fmt: skip
    for number in range(1, 4):
        for call in calls:
            run(["tgtadm", "-C", "7", *call.format(n=number, w=work).split()], seconds=8)
    for number in range(1, 4):
        base = f"iscsi://127.0.0.1:44820/iqn.2026-01.x:t{number}"
        for lun in (0, 1, 3, 5, 9):
            for command in (
                ["iscsi-inq"],
                ["iscsi-inq", "-e", "1", "-c", "0x83"],
                ["iscsi-readcapacity16"],
                ["iscsi-swp"],
            ):
                run([*command, f"{base}/{lun}"], seconds=8)
    run(["iscsi-ls", "-s", "iscsi://127.0.0.1:44820"], seconds=10)
    for family in ("ALL.Read6", "ALL.Read10.Simple", "ALL.Write10.Simple", "ALL.Inquiry", "ALL.ModeSense6", "ALL.PersistentReserveIn", "ALL.Unmap", "ALL.ReportSupportedOpcodes", "ALL.iSCSIcmdsn", "ALL.Reserve6", "ALL.Verify10.Simple", "ALL.WriteSame10.Simple", "ALL.StartStopUnit", "ALL.TestUnitReady", "ALL.CompareAndWrite.Simple", "ALL.ExtendedCopy", "ALL.PrinReadKeys"):  # fmt: skip
        run(["iscsi-test-cu", "-d", "-s", "-t", family, "iscsi://127.0.0.1:44820/iqn.2026-01.x:t1/1"], seconds=12)
    run(["iscsi-ls", "iscsi://bob%verysecret12@127.0.0.1:44820/"], seconds=8)
    told(44820, b"junk" * 30, b"\x43" + b"\0" * 60, b"\x03\x81" + b"\0" * 46, b"", b"\x00" * 48)
    for number in range(1, 4):
        for call in ("--lld iscsi --mode logicalunit --op delete --tid {n} --lun 1", "--lld iscsi --mode target --op unbind --tid {n} -I ALL", "--lld iscsi --mode target --op delete --tid {n}", "--lld iscsi --mode target --op delete --force --tid {n}", "--lld iscsi --mode account --op delete --user bob", "--mode system --op update --name debug --value off"):  # fmt: skip
            run(["tgtadm", "-C", "7", *call.format(n=number).split()], seconds=8)
    ended(server)
    yield from _sampled(parsed(lines_of(work / "log"), r"tgtd: (?P<place>\w+\(\d+\)) (?P<message>.*)"))


def ganesha(work: Path) -> Iterator[Placed]:
    """NFS-Ganesha at its finest level over a file system in memory: files listed, read, written by libnfs, exports that are wrong, junk."""
    (work / "c").write_text(f'NFS_CORE_PARAM {{ NFS_Port = 44830; MNT_Port = 44831; Enable_NLM = false; Enable_RQUOTA = false; Protocols = 3,4; NFS_Protocols = 3,4; Bind_addr = 127.0.0.1; Nosuch = 3; }}\nNFSv4 {{ Graceless = true; RecoveryBackend = fs; }}\nEXPORT {{ Export_Id = 1; Path = /m; Pseudo = /m; Access_Type = RW; Squash = None; SecType = sys; FSAL {{ Name = MEM; }} }}\nEXPORT {{ Export_Id = 2; Path = /ro; Pseudo = /ro; Access_Type = RO; FSAL {{ Name = MEM; }} }}\nEXPORT {{ Export_Id = 3; Path = {work}; Pseudo = /v; Access_Type = RW; Squash = None; FSAL {{ Name = VFS; }} }}\nEXPORT {{ Export_Id = 4; Path = /none; Pseudo = /n; FSAL {{ Name = NOSUCH; }} }}\nLOG {{ Default_Log_Level = FULL_DEBUG; Components {{ ALL = FULL_DEBUG; }} Facility {{ name = F; destination = "{work}/log"; enable = active; }} Format {{ date_format = none; time_format = none; EPOCH = false; HOSTNAME = false; PROGNAME = false; PID = false; THREAD_NAME = false; FILE_NAME = true; LINE_NUM = true; FUNCTION_NAME = true; COMPONENT = true; LEVEL = true; }} }}\n')  # fmt: skip
    portmap = background(["rpcbind", "-f", "-w"], work / "rpc")
    time.sleep(1)
    server = background(["ganesha.nfsd", "-F", "-f", f"{work}/c", "-L", f"{work}/out", "-p", f"{work}/pid", "-N", "NIV_FULL_DEBUG"], work / "err", cwd=work)  # fmt: skip
    time.sleep(8)
    for number in range(3):
        for version in (3, 4):
            for share in ("m", "ro", "v", "n", "m/sub"):
                where = f"nfs://127.0.0.1/{share}/{{}}?nfsport=44830&mountport=44831&version={version}&uid=0"
                (work / "f").write_bytes(b"x" * (9000 * number + 7))
                run(["nfs-cp", f"{work}/f", where.format(f"f{number}")], seconds=8)
                run(["nfs-cat", where.format(f"f{number}")], seconds=8)
                run(["nfs-cat", where.format("none")], seconds=8)
                run(["nfs-ls", where.format("")], seconds=8)
                run(["nfs-ls", "-R", where.format("")], seconds=8)
    told(
        44830,
        b"junk" * 20,
        b"\x80\x00\x00\x28" + b"\0" * 40,
        b"\x80\x00\x00\x28\0\0\0\x01\0\0\0\0\0\0\0\x02\0\x01\x86\xa3\0\0\0\x09\0\0\0\0" + b"\0" * 16,
    )
    run(["kill", "-HUP", str(server.pid)])
    time.sleep(2)
    run(["rpcinfo", "-p", "127.0.0.1"], seconds=5)
    ended(server, portmap)
    form = r"\S*\s*: (?P<place>\S+\.[chly]:\d+) :(?P<call>\w+) :(?P<logger>[\w ]+) :(?P<level>\w+) :(?P<message>.*?)(?: at \./src/\S+)?$"
    yield from _sampled(parsed(lines_of(work / "out"), form))


def haproxy(work: Path) -> Iterator[Placed]:
    """HAProxy with all its traces: HTTP/1 and 2, FastCGI, peers, dead, slow and wrong servers, wrong requests."""
    backend = served(work / "www", 44841)
    (work / "c").write_text(f"global\n stats socket {work}/s level admin\n maxconn 200\ndefaults\n mode http\n timeout connect 1s\n timeout client 2s\n timeout server 2s\nfcgi-app app\n docroot /x\n index i.php\npeers p\n peer one 127.0.0.1:44846\n peer two 127.0.0.1:44847\nfrontend f\n bind 127.0.0.1:44840\n bind 127.0.0.1:44842 proto h2\n stick-table type ip size 1k expire 9s store http_req_rate(9s) peers p\n http-request track-sc0 src\n http-request deny if {{ path /deny }}\n http-request redirect location /new if {{ path_beg /old }}\n use_backend dead if {{ path_beg /dead }}\n use_backend fc if {{ path_beg /fc }}\n use_backend h2 if {{ path_beg /h2 }}\n use_backend junk if {{ path_beg /junk }}\n default_backend b\nbackend b\n balance roundrobin\n option httpchk GET /f0.bin\n server a 127.0.0.1:44841 check inter 500\n server d 127.0.0.1:9 check inter 500\nbackend dead\n server d 127.0.0.1:9\nbackend fc\n use-fcgi-app app\n server f 127.0.0.1:44843 proto fcgi\nbackend h2\n server h 127.0.0.1:44842 proto h2\nbackend junk\n server j 127.0.0.1:44844\n")  # fmt: skip
    junk = background(["python3", "-c", "import socket, threading\ndef go(port, texts):\n    s = socket.create_server(('127.0.0.1', port))\n    for n in range(9999):\n        c, _ = s.accept(); c.settimeout(.2)\n        try: c.recv(9999)\n        except OSError: pass\n        try: c.sendall(texts[n % len(texts)])\n        except OSError: pass\n        c.close()\nthreading.Thread(target=go, args=(44844, [b'junk', b'HTTP/1.1 200 OK\\r\\nContent-Length: 99\\r\\n\\r\\nx', b'', b'HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\nzz\\r\\n', b'HTTP/1.1 100 Continue\\r\\n\\r\\nHTTP/1.1 204 x\\r\\n\\r\\n', b'HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n2\\r\\nhi\\r\\n0\\r\\n\\r\\n'])).start()\ngo(44843, [b'\\x01\\x06\\x00\\x01\\x00\\x1a\\x00\\x00Content-type: text/a\\r\\n\\r\\nhi', b'junk', b'\\x01\\x03\\x00\\x01\\x00\\x08\\x00\\x00' + bytes(8), b''])"], work / "j")  # fmt: skip
    server = background(["haproxy", "-db", "-f", f"{work}/c", "-L", "one"], work / "out")
    time.sleep(1)

    def asked(text: str) -> None:
        run(["socat", "-t1", f"UNIX:{work}/s", "-"], seconds=3, stdin=text + "\n")

    for source in (
        "h1",
        "h2",
        "fcgi",
        "peers",
        "check",
        "event",
        "stream",
        "session",
        "pt",
        "spoe",
        "resolvers",
        "quic",
    ):
        for order in ("sink buf0", "level developer", "verbosity advanced", "start now"):
            asked(f"trace {source} {order}")
    reader = background(["socat", "-u", f"EXEC:sh -c \"(echo show events buf0 -w -n\\; sleep 90) | socat -t90 UNIX\\:{work}/s -\"", f"OPEN:{work}/log,creat"], work / "r")  # fmt: skip
    feed = background(
        ["sh", "-c", f"(echo 'show events buf0 -w'; sleep 70) | socat -t70 UNIX:{work}/s - > {work}/log2"], work / "r2"
    )
    time.sleep(1)
    for number in range(3):
        for path in (
            "f0.bin",
            "f3.bin",
            "f9.bin",
            "none",
            "deny",
            "old/x",
            "dead/x",
            "fc/x.php",
            "h2/f1.bin",
            "junk/x",
            "junk/y",
        ):
            for more in ([], ["-d", "a=b" * 999], ["-I"], ["--http2-prior-knowledge"], ["-H", "Expect: 100-continue", "-d", "x"], ["-H", "Transfer-Encoding: chunked", "-d", "x" * 9000], ["-X", "OPTIONS"])[number::3]:  # fmt: skip
                port = 44842 if "--http2-prior-knowledge" in more else 44840
                run(["curl", "-s", "-m", "3", "-o", "/dev/null", *more, f"http://127.0.0.1:{port}/{path}"], seconds=4)
    told(44840, b"junk\r\n\r\n", b"GET / HTTP/1.1\r\n\r\n", b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", b"GET / HTTP/9.9\r\n\r\n", b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n", b"GET / HTTP/1.1\r\nHost: a\r\n" + b"X: y\r\n" * 3000)  # fmt: skip
    head = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
    told(44842, head, head + b"\0\0\0\x04\0\0\0\0\0", head + b"\0\0\x08\x06\0\0\0\0\0" + b"x" * 8, head + b"junk" * 9, head + b"\0\0\0\x04\0\0\0\0\0\0\0\x04\x03\0\0\0\x09\0\0\0\x01", head + b"\0\0\0\x04\0\0\0\0\0\0\0\x05\x01\x05\0\0\0\x01junk!", b"junk" * 9)  # fmt: skip
    time.sleep(2)
    ended(server, backend, junk, reader, feed)
    yield from _sampled(parsed(lines_of(work / "log", work / "log2"), r"(?:<\d+>)?\S+ \[\d+\|(?P<logger>\w+)\|\d\|(?P<place>\w+\.[ch]:\d+)\] (?P<message>.*)"))  # fmt: skip


def mailutils(work: Path) -> Iterator[Placed]:
    """GNU Mailutils with all its debugging: boxes of many kinds read, moved, sieved, served over POP3 and IMAP; broken letters."""
    letter = "From a@x.example Mon Jan  1 00:00:{0:02d} 2024\nFrom: A {0} <a{0}@x.example>\nTo: b@x.example, <c@x.example>\nSubject: =?utf-8?q?s=C3=A9_{0}?=\nDate: Mon, 1 Jan 2024 00:00:{0:02d} +0000\nMessage-Id: <{0}@x>\nMIME-Version: 1.0\nContent-Type: {1}\n\nhello {0}\n\n"
    kinds = ("text/plain; charset=utf-8", "multipart/mixed; boundary=x", "junk", "text/html", "message/rfc822")
    (work / "mb").write_text("".join(letter.format(n, kinds[n % 5]) for n in range(40)))
    (work / "bad").write_text("junk\n" * 40)
    (work / "cut").write_text(letter.format(1, "text/plain")[:120])
    (work / "s1").write_text('require ["fileinto", "reject", "envelope"];\nif header :contains "subject" "1" { fileinto "mb1"; } elsif size :over 99K { discard; } elsif address :is "from" "a3@x.example" { redirect "z@x.example"; } else { keep; }\n')  # fmt: skip
    (work / "s2").write_text('require "nosuch";\nif nosuch { stop; \n')
    for folder in ("md/cur", "md/new", "md/tmp", "mh"):
        (work / folder).mkdir(parents=True)
    (work / "pw").write_text("")
    pop = "CAPA\r\nUSER root\r\nPASS x\r\nAPOP a b\r\nSTAT\r\nLIST\r\nRETR 1\r\nTOP 1 2\r\nDELE 2\r\nUIDL\r\nRSET\r\nNOOP\r\nNOSUCH\r\nSTLS\r\nAUTH\r\nQUIT\r\n"
    imap = "a CAPABILITY\r\nb LOGIN root x\r\nc AUTHENTICATE PLAIN\r\n*\r\nd SELECT INBOX\r\ne NOOP\r\nf FETCH 1 (FLAGS)\r\ng LIST \"\" *\r\nh NOSUCH\r\ni STARTTLS\r\nj ID (\"name\" \"x\")\r\n junk\r\nk LOGOUT\r\n"  # fmt: skip
    calls = ["frm {b}", "from {b}", "messages {b}", "readmsg -f {b} 1", "readmsg -f {b} 99", "movemail -p {b} mbox:{w}/o{n}", "movemail -p {b} maildir:{w}/md", "movemail -p {b} mh:{w}/mh", "movemail -p {b} dotmail:{w}/dm{n}", "movemail mbox:{w}/none x", "movemail pop://127.0.0.1:9 x", "movemail imap://u:p@127.0.0.1:9/x y", "movemail nosuch://x y", "mail -f {b} -H", "mail -f {b} -u nosuch", "mail -s hi -t", "sieve -f {b} -n -v {w}/s1", "sieve -f {b} {w}/s1", "sieve -f {b} {w}/s2", "sieve -c {w}/s1", "sieve -f {b} /none", "mimeview -n {b}", "mailutils query", "mailutils wicket -v /none", "mailutils 2047 -e hi", "mailutils acl 127.0.0.1", "mailutils dbm create x", "mailutils imap", "mailutils pop", "mailutils smtp", "mailutils flt2047 -d x", "putmail -oem none@x.example", "guimb --version", "decodemail -o {w}/dec{n} {b}", "frm maildir:{w}/md", "messages mh:{w}/mh", "frm -s new {b}", "frm --query -s read {b}", "from -s a3 {b}", "frm -f to {b}"]  # fmt: skip
    told_lines: list[str] = []
    debug = ["--debug-level=all.trace9", "--debug-line-info"]
    for number, box in enumerate(("mb", "bad", "cut", "none", "maildir:md", "mh:mh", "mbox:mb", "dotmail:dm0", "smtp://127.0.0.1:9", "remote+smtp://127.0.0.1:9")):  # fmt: skip
        for call in calls:
            program, *rest = call.format(b=box, w=work, n=number).split()
            told_lines += run([program, *debug, *rest], seconds=8, env={"HOME": str(work), "MAIL": f"{work}/mb"}, cwd=work, stdin="To: a@x.example\nSubject: x\n\nh\n.\nq\n").splitlines()  # fmt: skip
    for number in range(6):
        for program, text in (("pop3d", pop), ("imap4d", imap), ("comsatd", "root@0\n"), ("maidag", "x")):
            lines = text.split("\r\n")
            told_lines += run([program, "--inetd", *debug, "--no-config"] + (["--log-facility=mail"] if number == 9 else []), seconds=8, env={"HOME": str(work)}, cwd=work, stdin="\r\n".join(lines[number:] + lines[-2:]) + "\r\n").splitlines()  # fmt: skip
    yield from _sampled(parsed(told_lines, r"[\w.-]+: (?P<place>[\w./-]+\.[chly]:\d+): (?P<message>.*)"))


def shairport(work: Path) -> Iterator[Placed]:
    """Shairport Sync, most talkative: players that connect, announce, set up, play, change the volume, send wrong things."""
    bus = background(["dbus-daemon", "--system", "--nofork", "--nopidfile"], work / "bus")
    time.sleep(1)
    avahi = background(["avahi-daemon", "--no-drop-root", "--no-chroot"], work / "avahi")
    time.sleep(1)
    server = background(
        ["shairport-sync", "-vvv", "-u", "-a", "x", "-p", "44850", "-o", "stdout", "-t", "3"], work / "log", cwd=work
    )
    time.sleep(3)
    sdp = "v=0\r\no=iTunes 1 0 IN IP4 127.0.0.1\r\ns=iTunes\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 0 RTP/AVP 96\r\na=rtpmap:96 {}\r\n{}"
    alac = sdp.format(
        "AppleLossless", "a=fmtp:96 352 0 16 40 10 14 2 255 0 0 44100\r\na=min-latency:11025\r\na=max-latency:88200\r\n"
    )
    bodies = (
        alac,
        sdp.format("L16/44100/2", ""),
        sdp.format("nosuch", ""),
        alac + "a=rsaaeskey:junk\r\na=aesiv:junk\r\n",
        "junk",
        alac + "i=phone\r\n",
    )
    for number in range(40):
        try:
            with socket.create_connection(("127.0.0.1", 44850), timeout=3) as line:
                line.settimeout(0.6)
                audio = 0
                for step, (method, more, body) in enumerate((("OPTIONS * RTSP/1.0", "Apple-Challenge: AAAAAAAAAAAAAAAAAAAAAA==\r\n" if number % 3 else "", ""), ("ANNOUNCE rtsp://127.0.0.1/1 RTSP/1.0", "Content-Type: application/sdp\r\n", bodies[number % 6]), ("SETUP rtsp://127.0.0.1/1 RTSP/1.0", "Transport: RTP/AVP/UDP;unicast;interleaved=0-1;mode=record;control_port=6001;timing_port=6002\r\n" if number % 5 else "Transport: junk\r\n", ""), ("RECORD rtsp://127.0.0.1/1 RTSP/1.0", "Range: npt=0-\r\nRTP-Info: seq=10;rtptime=1000\r\n" if number % 4 else "", ""), ("SET_PARAMETER rtsp://127.0.0.1/1 RTSP/1.0", "Content-Type: text/parameters\r\n", f"volume: -{number}.5\r\n"), ("SET_PARAMETER rtsp://127.0.0.1/1 RTSP/1.0", "Content-Type: text/parameters\r\n", "progress: 1/2/3\r\n"), ("SET_PARAMETER rtsp://127.0.0.1/1 RTSP/1.0", "Content-Type: application/x-dmap-tagged\r\nRTP-Info: rtptime=9\r\n", "mlit\0\0\0\x10minm\0\0\0\x02hi"), ("SET_PARAMETER rtsp://127.0.0.1/1 RTSP/1.0", "Content-Type: image/jpeg\r\n", "junk"), ("GET_PARAMETER rtsp://127.0.0.1/1 RTSP/1.0", "", "volume\r\n"), ("POST /fp-setup RTSP/1.0", "Content-Type: application/octet-stream\r\n", "FPLY\x03\x01\x01\0\0\0\0\x04\x02\0\x01\xbb"), ("POST /nosuch RTSP/1.0", "", ""), ("NOSUCH x RTSP/1.0", "", ""), ("FLUSH rtsp://127.0.0.1/1 RTSP/1.0", "RTP-Info: seq=20;rtptime=4000\r\n", ""), ("PAUSE rtsp://127.0.0.1/1 RTSP/1.0", "", ""), ("TEARDOWN rtsp://127.0.0.1/1 RTSP/1.0", "", ""))):  # fmt: skip
                    if (step + number) % 9 == 8:
                        continue
                    line.sendall(f"{method}\r\nCSeq: {step}\r\nUser-Agent: {('iTunes/12', 'AirPlay/366', 'x', 'forked-daapd/2')[number % 4]}\r\nDACP-ID: 1F\r\nActive-Remote: {number}\r\n{more}Content-Length: {len(body)}\r\n\r\n{body}".encode())  # fmt: skip
                    try:
                        answer = line.recv(4096).decode(errors="replace")
                    except OSError:
                        continue
                    if found := re.search(r"server_port=(\d+)", answer):
                        audio = int(found[1])
                    if method.startswith("RECORD") and audio:
                        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as out:
                            for seq in range(0, 60, 1 + number % 3):
                                out.sendto(b"\x80\x60" + (10 + seq).to_bytes(2, "big") + (1000 + 352 * seq).to_bytes(4, "big") + b"\0\0\0\x01" + bytes(40), ("127.0.0.1", audio))  # fmt: skip
                                out.sendto(b"\x90\xd4\0\x07" + (1000 + 352 * seq).to_bytes(4, "big") + bytes(12), ("127.0.0.1", audio + 1 if audio < 65000 else 9))  # fmt: skip
                        time.sleep(0.4)
        except OSError:
            continue
    told(44850, b"junk\r\n\r\n", b"OPTIONS *\r\n\r\n", b"\r\n", b"OPTIONS * RTSP/1.0\r\nCSeq\r\n\r\n", b"X" * 9000)
    ended(server, avahi, bus)
    yield from _sampled(
        parsed(
            lines_of(work / "log"),
            r'\s+[\d.]+ "(?P<place>[\w./-]+:\d+)" (?:\*(?P<level>[\w ]+):? ?\**)?(?P<message>.*)',
        )
    )


def n2n(work: Path) -> Iterator[Placed]:
    """n2n with all its words: a meeting point and three edges over loopback that register, talk, refuse, are sent junk."""
    point = background(["supernode", "-l", "44860", "-v", "-v", "-v", "-v"], work / "a")
    time.sleep(1)
    edges = [background(["edge", "-d", f"nn{n}", "-a", f"10.99.7.{n + 1}", "-c", "room" if n < 3 else "other", "-k", "key" if n != 2 else "bad", "-l", "127.0.0.1:44860" if n < 4 else "127.0.0.1:9", "-p", str(44861 + n), "-m", f"02:00:00:00:00:0{n}", "-v", "-v", "-v", "-v", *(["-r"] if n == 1 else [])], work / f"e{n}") for n in range(5)]  # fmt: skip
    time.sleep(4)
    for number in range(12):
        run(["ping", "-c", "3", "-i", "0.2", "-I", f"nn{number % 4}", f"10.99.7.{(number + 1) % 4 + 1}"], seconds=4)
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as out:
            for port in range(44860, 44865):
                for text in (
                    b"junk",
                    b"",
                    bytes([2, 64, 0, number % 9]) + b"room".ljust(16, b"\0") + b"x" * 20,
                    bytes([2, 2, 0, 5]),
                    bytes([9] * 60),
                ):
                    out.sendto(text, ("127.0.0.1", port))
    for command in (["edge", "-a", "10.99.7.9"], ["edge", "-d", "nn9", "-a", "x", "-c", "a", "-l", "nosuch.invalid:1"], ["edge", "-Z"], ["supernode", "-l", "x"], ["edge", "-d", "nn8", "-a", "10.99.7.8", "-c", "room", "-k", "k", "-l", "127.0.0.1:44860", "-K", "/none"]):  # fmt: skip
        with (work / "more").open("a") as out_:
            out_.write(run(command, seconds=4))
    time.sleep(20)
    ended(*edges, point)
    form = r"\S+ [\d:]+ \[\s*(?P<place>[\w.]+: *\d+)\] (?:(?P<level>ERROR|WARNING): )?(?P<message>.*)"
    yield from _sampled(parsed(lines_of(*sorted(work.glob("[aem]*"))), form))


def wireplumber(work: Path) -> Iterator[Placed]:
    """WirePlumber at its finest level: PipeWire's sources and sinks made, linked, set, taken away; its own scripts and settings."""
    (work / "go").write_text(
        "export XDG_RUNTIME_DIR=$PWD HOME=$PWD\npipewire & sleep 1\nWIREPLUMBER_DEBUG=5 timeout 60 wireplumber > log 2>&1 &\nsleep 3\n"
        + "".join(
            f"timeout 3 pw-cli create-node adapter '{{ factory.name=support.null-audio-sink node.name=n{n} media.class=Audio/{('Sink', 'Source/Virtual', 'Duplex')[n % 3]} object.linger=true audio.position=[FL FR] }}'\n"
            for n in range(8)
        )
        + 'for n in 1 2 3; do timeout 3 wpctl status; for i in 30 31 32 33 34 35 36 37 38 39 40 99; do timeout 2 wpctl inspect $i; timeout 2 wpctl set-volume $i 0.$n; timeout 2 wpctl set-mute $i toggle; timeout 2 wpctl set-default $i; timeout 2 wpctl get-volume $i; timeout 2 wpctl set-profile $i 1; done; timeout 2 pw-cat -p --target n0 /none; head -c 300000 /dev/zero > z.raw; timeout 4 pw-cat -p --target $((30 + n)) z.wav; timeout 4 pw-record --target n1 r$n.wav; timeout 3 pw-loopback; timeout 2 pw-metadata 0 default.audio.sink \'{"name":"n0"}\'; timeout 2 pw-metadata 0 nosuch x; timeout 2 pw-link n0 n1; timeout 2 pw-cli destroy $((33 + n)); done\ntimeout 3 wpctl clear-default\nsleep 1\n'
    )
    run(["sox", "-n", "-r", "44100", "-c", "2", f"{work}/z.wav", "synth", "2", "sine", "300"])
    run(["dbus-run-session", "--", "sh", "go"], seconds=150, cwd=work)
    form = r"(?P<level>[A-Z]) [\d:.]+\s+(?P<logger>[\w.-]+) (?P<place>(?:\.\./(?:lib/wp|modules|src/main)|[\w-]+\.lua)[\w./-]*:\d+):\w*:? ?(?P<message>.*)"
    yield from _sampled(parsed(lines_of(work / "log"), form))


def pgpool(work: Path) -> Iterator[Placed]:
    """Pgpool-II, most verbose: two servers of which one dies, clients right and wrong, its commands, a wrong configuration."""
    binaries = "/usr/lib/postgresql/15/bin"
    run(["chown", "-R", "postgres", str(work)])
    me = ["runuser", "-u", "postgres", "--"]
    for number in (0, 1):
        run([*me, f"{binaries}/initdb", "-D", f"{work}/d{number}", "-A", "trust"])
        run([*me, f"{binaries}/pg_ctl", "-D", f"{work}/d{number}", "-o", f"-p 4487{number} -k {work} -h 127.0.0.1", "-l", f"{work}/l{number}", "-w", "start"])  # fmt: skip
    (work / "pool_hba.conf").write_text("local all all trust\nhost all all 127.0.0.1/32 trust\n")
    (work / "pcp.conf").write_text("postgres:e8a48653851e28c69d0506508fb27fc5\n")
    (work / "c").write_text(f"listen_addresses = '127.0.0.1'\nport = 44872\nsocket_dir = '{work}'\npcp_port = 44873\npcp_socket_dir = '{work}'\nbackend_clustering_mode = 'raw'\nbackend_hostname0 = '127.0.0.1'\nbackend_port0 = 44870\nbackend_hostname1 = '127.0.0.1'\nbackend_port1 = 44871\nnum_init_children = 3\nchild_life_time = 5\nclient_idle_limit = 2\nlog_min_messages = debug5\nlog_error_verbosity = verbose\nlog_statement = on\nlog_per_node_statement = on\nlog_connections = on\nlog_disconnections = on\nhealth_check_period = 2\nhealth_check_timeout = 2\nhealth_check_user = 'postgres'\nsr_check_period = 2\nsr_check_user = 'postgres'\nload_balance_mode = on\nmemory_cache_enabled = on\nmemqcache_method = 'shmem'\nmemqcache_oiddir = '{work}'\nenable_pool_hba = on\npid_file_name = '{work}/pid'\nlogdir = '{work}'\nlog_line_prefix = ''\nfailover_command = 'echo %d %h'\nnosuch = 1\n")  # fmt: skip
    server = background([*me, "pgpool", "-n", "-f", f"{work}/c", "-F", f"{work}/pcp.conf", "-a", f"{work}/pool_hba.conf"], work / "log", cwd=work)  # fmt: skip
    time.sleep(4)
    queries = ("select 1", "create table if not exists t(a int, b text)", "insert into t values (1, 'x')", "select * from t", "select * from t", "update t set a = 2", "select nosuch", "begin; select 1; commit", "begin; select 1/0", "show pool_nodes", "show pool_processes", "show pool_pools", "show pool_version", "show pool_status", "show pool_cache", "pgpool show port", "pgpool set client_idle_limit = 3", "copy t to stdout", "select pg_sleep(3)", "/*NO LOAD BALANCE*/ select 2", "listen x; notify x", "prepare p as select 3; execute p; deallocate p", "declare c cursor with hold for select * from t; fetch 1 from c", "vacuum t", "drop table nosuch", "explain select * from t", "set work_mem = '1MB'", "create temp table z(a int)", "savepoint s", "lock table t", "truncate t", "reset all", "discard all", "select now()", "analyze t")  # fmt: skip
    for number, query in enumerate(queries * 2):
        run(["psql", "-h", "127.0.0.1", "-p", "44872", "-U", "postgres" if number % 11 else "nosuch", "-d", "postgres" if number % 13 else "none", "-c", query], seconds=6)  # fmt: skip
    for command in ("pcp_node_count", "pcp_node_info 0", "pcp_proc_info", "pcp_proc_count", "pcp_pool_status", "pcp_detach_node 1", "pcp_attach_node 1", "pcp_node_info 9", "pcp_watchdog_info", "pcp_health_check_stats 0", "pcp_reload_config", "pcp_invalidate_query_cache", "pcp_promote_node 0"):  # fmt: skip
        for user in ("postgres", "nosuch"):
            name, *rest = command.split()
            run(
                [name, "-h", "127.0.0.1", "-p", "44873", "-U", user, "-w", *rest],
                seconds=5,
                env={"PCPPASSFILE": f"{work}/pp"},
            )
    told(
        44872,
        b"junk" * 9,
        b"\0\0\0\x08\x04\xd2\x16\x2f",
        b"\0\0\0\x10\x04\xd2\x16\x2e" + b"\0" * 8,
        b"\0\0\0\x09\0\x03\0\0\0",
        b"\0\0\0\x13\0\x02\0\0user\0x\0\0",
        b"",
    )
    told(44873, b"junk" * 9, b"R\0\0\0\x04", b"M\0\0\0\x04")
    run([*me, f"{binaries}/pg_ctl", "-D", f"{work}/d1", "-m", "fast", "stop"], seconds=20)
    time.sleep(7)
    for query in queries[:9]:
        run(["psql", "-h", "127.0.0.1", "-p", "44872", "-U", "postgres", "-c", query], seconds=6)
    run([*me, "pgpool", "-f", f"{work}/c", "-F", f"{work}/pcp.conf", "reload"], seconds=5)
    time.sleep(2)
    ended(server)
    run([*me, f"{binaries}/pg_ctl", "-D", f"{work}/d0", "-m", "immediate", "stop"], seconds=20)
    yield from _sampled(_located(list(lines_of(work / "log"))))


def _located(lines: list[str]) -> Iterator[Placed]:
    """A message, and behind it, perhaps after a detail, where it was written."""
    told_, place = (
        re.compile(r"(?:.*?: )?(LOG|DEBUG\d?|WARNING|ERROR|FATAL|NOTICE|INFO|PANIC):  (.*)"),
        re.compile(r".*LOCATION:  (\S+:\d+)"),
    )
    for number, line in enumerate(lines):
        if (found := told_.match(line)) is None:
            continue
        for after in lines[number + 1 : number + 5]:
            if (at := place.match(after)) is not None:
                yield Placed(at[1], found[1], found[2])
                break
