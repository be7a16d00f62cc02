# ruff: noqa: E501 - programs are started, and what they are fed stands as one text
"""Programs in C++, Go and Vala of the sixth round: chosen before they were run, halved by lot."""

import re
import socket
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.logs_corpora.later_native import background, ended, lines_of, told
from benchmarks.logs_corpora.records import Placed, parsed, run
from benchmarks.logs_corpora.sixth_native import VENV, VENV_MORE, _sampled


def gearmand(work: Path) -> Iterator[Placed]:
    """Gearman's job server (C++) at debug level: workers and clients of many kinds, jobs that fail, its text protocol, junk."""
    server = background(["gearmand", "--verbose", "DEBUG", "-l", f"{work}/log", "-p", "44880", "-L", "127.0.0.1", "-t", "3", "--round-robin"], work / "out")  # fmt: skip
    time.sleep(2)
    worker = background(
        ["gearman", "-h", "127.0.0.1", "-p", "44880", "-w", "-f", "wc", "-f", "up", "--", "wc", "-c"], work / "w"
    )
    bad = background(["gearman", "-h", "127.0.0.1", "-p", "44880", "-w", "-f", "bad", "--", "false"], work / "x")
    time.sleep(1)
    for number in range(40):
        for more in (["-f", "wc", "hello"], ["-f", "wc", "-b", "later"], ["-f", "bad", "x"], ["-f", "wc", "-u", f"id{number % 3}", "same"], ["-f", "wc", "-H", "high"], ["-f", "wc", "-L", "low"], ["-f", "nosuch", "-b", "x"], ["-f", "wc", "-I", "-n", "a"], ["-P", "-f", "wc", "x"], ["-f", "wc", "-b", "-H", "y" * 999 * number])[number % 3 :: 3]:  # fmt: skip
            run(["gearman", "-h", "127.0.0.1", "-p", "44880", *more], seconds=4, stdin="text\n" * number)
    for text in ("status", "workers", "version", "maxqueue wc 3", "maxqueue nosuch", "maxqueue", "shutdown nosuch", "show jobs", "show unique jobs", "cancel job H:x:1", "create function new", "drop function new", "drop function wc", "getpid", "verbose", "prioritystatus", "nosuch"):  # fmt: skip
        told(44880, text.encode() + b"\r\n")

    def packet(kind: int, *parts: bytes) -> bytes:
        body = b"\0".join(parts)
        return b"\0REQ" + kind.to_bytes(4, "big") + len(body).to_bytes(4, "big") + body

    for kind in (*range(1, 43), 99):
        told(
            44880,
            packet(kind),
            packet(kind, b"wc"),
            packet(kind, b"wc", b"u", b"data"),
            packet(1, b"f") + packet(kind, b"H:x:9", b"1", b"2"),
        )
    told(44880, b"\0RESjunk", b"\0REQ" + b"\xff" * 8, b"junk" * 500, b"\0REQ\0\0\0\x07\xff\xff\xff\xffx", packet(26, b"exceptions"), packet(26, b"nosuch"), packet(22, b"me") + packet(1, b"wc") + packet(4) + packet(9) + packet(30))  # fmt: skip
    run(["gearadmin", "-h", "127.0.0.1", "-p", "44880", "--status"], seconds=4)
    told(44880, b"shutdown graceful\r\n")
    time.sleep(2)
    ended(server, worker, bad)
    yield from _sampled(parsed(lines_of(work / "log"), r"\s*(?P<level>\w+) \S+ \S+ \[\s*(?:(?P<logger>[a-z]+)|\d+) \] (?P<message>.*) -> (?P<place>[\w./-]+:\d+)$"))  # fmt: skip


def tensorflow(work: Path) -> Iterator[Placed]:
    """TensorFlow (C++) talking at its second level: graphs, compiled functions, data pipelines, saving, what fails."""
    (work / "p.py").write_text("import os, sys\nimport tensorflow as tf\ndef quiet(f):\n    try: return f()\n    except BaseException: return None\n@tf.function\ndef a(x, y): return tf.matmul(x, y) + tf.reduce_sum(tf.nn.relu(x))\n@tf.function(jit_compile=True)\ndef b(x): return tf.nn.softmax(tf.linalg.matmul(x, x))\n@tf.function\ndef c(n):\n    t = tf.constant(0)\n    for i in tf.range(n):\n        if i % 2 == 0: t += i\n    return t\nfor n in range(1, 6):\n    quiet(lambda: a(tf.ones((n, n)), tf.ones((n, n)))); quiet(lambda: b(tf.random.normal((n, n)))); quiet(lambda: c(tf.constant(n * 3)))\nquiet(lambda: a(tf.ones((2, 3)), tf.ones((2, 3))))\nd = tf.data.Dataset.range(60).map(lambda x: x * 2, num_parallel_calls=2).filter(lambda x: x % 3 == 0).shuffle(9).batch(4).cache().prefetch(2).repeat(2)\nfor x in d: pass\nquiet(lambda: list(tf.data.TextLineDataset('/none'))); quiet(lambda: list(tf.data.TFRecordDataset('p.py')))\nwith tf.io.TFRecordWriter('r') as w:\n    for n in range(9): w.write(bytes(n))\nquiet(lambda: list(tf.data.TFRecordDataset(['r', 'none']).interleave(lambda x: tf.data.Dataset.from_tensors(x))))\nclass M(tf.Module):\n    def __init__(self): self.v = tf.Variable(tf.ones((3, 3)))\n    @tf.function(input_signature=[tf.TensorSpec((None, 3))])\n    def __call__(self, x): return tf.matmul(x, self.v)\nm = M(); quiet(lambda: tf.saved_model.save(m, 's')); quiet(lambda: tf.saved_model.load('s')(tf.ones((2, 3)))); quiet(lambda: tf.saved_model.load('/none'))\nquiet(lambda: tf.lite.TFLiteConverter.from_saved_model('s').convert())\nwith tf.GradientTape() as t:\n    x = tf.Variable(3.0); y = x * x * tf.sin(x)\nt.gradient(y, x)\nquiet(lambda: tf.raw_ops.Conv2D(input=tf.ones((1, 5, 5, 1)), filter=tf.ones((2, 2, 1, 1)), strides=[1, 1, 1, 1], padding='SAME')); quiet(lambda: tf.constant([1]) / 0)\nquiet(lambda: tf.config.experimental.set_memory_growth('x', True)); quiet(lambda: tf.device('/gpu:9').__enter__())\nquiet(lambda: tf.image.decode_png(b'junk')); quiet(lambda: tf.strings.to_number('x')); quiet(lambda: tf.py_function(lambda: 1 / 0, [], tf.int32))\ng = tf.Graph()\nwith g.as_default():\n    p = tf.compat.v1.placeholder(tf.float32, (None, 2)); q = tf.compat.v1.layers.dense(p, 3) if hasattr(tf.compat.v1, 'layers') and False else tf.matmul(p, tf.ones((2, 3)))\n    with tf.compat.v1.Session(graph=g) as s:\n        for n in range(3): quiet(lambda: s.run(q, {p: [[1., 2.]] * (n + 1)}))\n        quiet(lambda: s.run(q))\n        quiet(lambda: s.run(q, {p: [[1., 2.]]}, options=tf.compat.v1.RunOptions(trace_level=3), run_metadata=tf.compat.v1.RunMetadata()))\n")  # fmt: skip
    told_lines: list[str] = []
    for level in ("1", "2", "3"):
        text = run([f"{VENV_MORE}/bin/python", "p.py"], seconds=110, cwd=work, env={"TF_CPP_MIN_LOG_LEVEL": "0", "TF_CPP_MAX_VLOG_LEVEL": level, "HOME": str(work), "TF_ENABLE_ONEDNN_OPTS": "1"})  # fmt: skip
        found = text.splitlines()
        told_lines += found[:: max(1, len(found) // 60_000)]
    form = r"(?:[\d-]+ [\d:.]+: (?P<level>[IWEF]) |(?P<lev>[IWEF])\d+ [\d:.]+\s+\d+ )(?P<place>[\w./-]+\.(?:cc|h|cpp):\d+)\] (?P<message>.*)"
    yield from _sampled(parsed(told_lines, form))


def vineyard(work: Path) -> Iterator[Placed]:
    """Vineyard (C++), a store of shared objects, at its finest level: objects made, sealed, named, spilled, dropped; wrong requests."""
    server = background([f"{VENV}/bin/python", "-m", "vineyard", "--meta", "local", "--socket", f"{work}/s", "--size", "64M", "--rpc_socket_port", "44890", "--spill_path", f"{work}/sp", "--spill_lower_rate", "0.2", "--spill_upper_rate", "0.4"], work / "log", cwd=work, env={"GLOG_v": "100", "GLOG_logtostderr": "1", "GLOG_stderrthreshold": "0"})  # fmt: skip
    time.sleep(4)
    (work / "p.py").write_text(f"import vineyard, numpy as np, pandas as pd\ndef quiet(f, *a, **k):\n    try: return f(*a, **k)\n    except BaseException: return None\nfor n in range(14):\n    c = quiet(vineyard.connect, '{work}/s') if n % 3 else quiet(vineyard.connect, '127.0.0.1', 44890)\n    if c is None: continue\n    ids = [quiet(c.put, x) for x in (1, 'x' * 99, [1, 2], {{'a': 1}}, np.ones((90, 90 * n)), pd.DataFrame({{'a': range(99)}}), (1, (2, 3)), None, b'y' * 999)]\n    for i, o in enumerate(ids):\n        quiet(c.get, o); quiet(c.get_meta, o); quiet(c.exists, o); quiet(c.persist, o) if i % 2 else None; quiet(c.put_name, o, f'n{{i}}'); quiet(c.get_name, f'n{{i}}'); quiet(c.drop_name, f'n{{i}}') if i % 3 else None; quiet(c.sync_meta)\n    quiet(c.get_name, 'nosuch'); quiet(c.get, vineyard.ObjectID('o00000000000000ff')); quiet(c.list_objects, '*'); quiet(c.list_objects, 'vineyard::Tensor*'); quiet(lambda: c.status); quiet(c.create_blob, 9999 * n); quiet(c.create_blob, 10 ** 10); quiet(lambda: c.instance_id); quiet(c.list_names, '*'); quiet(c.meta, ) if hasattr(c, 'meta') else None; quiet(lambda: c.delete(ids[:4])); quiet(c.delete, ids[5], deep=True); quiet(c.clear) if n % 5 == 4 else None; quiet(c.migrate, ids[6]); quiet(c.shallow_copy, ids[7]); quiet(c.fork); quiet(c.close)\nquiet(vineyard.connect, '/none'); quiet(vineyard.connect, '127.0.0.1', 9)\n")  # fmt: skip
    told_lines = run(
        [f"{VENV}/bin/python", "p.py"], seconds=100, cwd=work, env={"GLOG_v": "100", "GLOG_logtostderr": "1"}
    ).splitlines()
    told(
        44890,
        b"junk" * 30,
        (40).to_bytes(8, "little") + b'{"type": "nosuch_request", "version": "9"}',
        (10).to_bytes(8, "little") + b"not json!!",
        b"\xff" * 16,
    )
    ended(server)
    form = r"(?P<level>[IWEF])\d{8} [\d:.]+\s+\d+ (?P<place>[\w./-]+:\d+)\] (?P<message>.*)"
    yield from _sampled(parsed([*lines_of(work / "log"), *told_lines], form))


def s3fs(work: Path) -> Iterator[Placed]:
    """s3fs (C++) with debugging, before moto: files of many kinds over a mounted bucket, wrong keys, a bucket that is not there."""
    store = background([f"{VENV}/bin/moto_server", "-p", "44895"], work / "moto")
    time.sleep(5)
    run([f"{VENV}/bin/python", "-c", "import boto3\nc = boto3.client('s3', region_name='us-east-1', endpoint_url='http://127.0.0.1:44895', aws_access_key_id='a', aws_secret_access_key='b'); c.create_bucket(Bucket='bkt'); c.put_object(Bucket='bkt', Key='old/x.txt', Body=b'hi')"], seconds=30)  # fmt: skip
    (work / "pw").write_text("a:b\n")
    (work / "pw").chmod(0o600)
    base = ["-f", "-o", "url=http://127.0.0.1:44895,use_path_request_style,dbglevel=dbg,curldbg=normal,retries=1,connect_timeout=2,readwrite_timeout=5"]  # fmt: skip
    for number, (bucket, more) in enumerate((("bkt", ""), ("bkt", f",use_cache={work}/c,multipart_size=5,enable_noobj_cache"), ("none", ""), ("bkt:/old", ",sigv2,stat_cache_expire=1"))):  # fmt: skip
        mount = work / f"m{number}"
        mount.mkdir()
        server = background(
            ["s3fs", bucket, str(mount), *base[:2], base[2] + more + f",passwd_file={work}/pw"], work / f"log{number}"
        )
        time.sleep(3)
        (work / "go").write_text("cd $1 || exit\nfor n in 1 2 3; do echo hi > f$n; mkdir d$n; cp f$n d$n/g; cat f$n old/x.txt none; mv f$n h$n; chmod 600 h$n; chown 1:1 h$n; ln -s h$n l$n; cat l$n; touch h$n; truncate -s 99 h$n; echo more >> h$n; ls -la . d$n; head -c 900000 /dev/urandom > big$n; dd if=big$n of=/dev/null bs=5000 skip=3 count=9; rm -f l$n; rmdir d$n; rm -r d$n; setfattr -n user.x -v y h$n; getfattr -d h$n; df .; stat none; mv d9 d8; rm none; done\nhead -c 12000000 /dev/zero > huge; cat huge > /dev/null; rm huge\nfind .\n")  # fmt: skip
        run(["sh", "go", str(mount)], seconds=60, cwd=work)
        run(["fusermount3", "-u", "-z", str(mount)], seconds=5)
        ended(server)
    ended(store)
    yield from _sampled(
        parsed(
            lines_of(*sorted(work.glob("log*"))),
            r"\S+ \[(?P<level>\w+)\]\s+(?P<place>[\w.]+:\w+\(\d+\)): (?P<message>.*)",
        )
    )


def opencv(work: Path) -> Iterator[Placed]:
    """OpenCV (C++) at its most verbose: pictures and films read, written and broken, networks, back ends that are not there."""
    program = "import cv2, numpy as np, os, sys\ncv2.setLogLevel(6) if hasattr(cv2, 'setLogLevel') else None\ndef quiet(f, *a, **k):\n    try: return f(*a, **k)\n    except BaseException: return None\nn0 = int(sys.argv[1])\nfor n in range(n0, n0 + 6):\n    p = np.random.randint(0, 255, (40 + n, 60, 3), 'uint8')\n    for e in ('png', 'jpg', 'bmp', 'tiff', 'webp', 'exr', 'hdr', 'jp2', 'ppm', 'pfm', 'nosuch', 'gif', 'avif'):\n        quiet(cv2.imwrite, f'a{n}.{e}', p); quiet(cv2.imread, f'a{n}.{e}'); quiet(cv2.imread, 'none.' + e)\n        open('bad.' + e, 'wb').write(open(f'a{n}.{e}', 'rb').read()[:60 + n] + b'junk' if os.path.exists(f'a{n}.{e}') else b'junk'); quiet(cv2.imread, 'bad.' + e); quiet(cv2.imdecode, np.frombuffer(b'junk' * n, 'uint8'), 1)\n    for e, c in (('avi', 'MJPG'), ('mp4', 'mp4v'), ('avi', 'XVID'), ('mkv', 'X264'), ('x', 'nope'), ('mp4', 'avc1')):\n        w = quiet(cv2.VideoWriter, f'v{n}{c}.{e}', cv2.VideoWriter_fourcc(*c), 10, (60, 40)); [quiet(w.write, np.full((40, 60, 3), k, 'uint8')) for k in range(5)]; quiet(w.release)\n        for back in (0, cv2.CAP_FFMPEG, cv2.CAP_GSTREAMER, cv2.CAP_V4L2, cv2.CAP_IMAGES, cv2.CAP_OPENCV_MJPEG):\n            v = quiet(cv2.VideoCapture, f'v{n}{c}.{e}', back); quiet(v.read); quiet(v.set, 1, 99); quiet(v.get, 7); quiet(v.release)\n    for d in (n, 99): quiet(cv2.VideoCapture, d)\n    quiet(cv2.VideoCapture, 'rtsp://127.0.0.1:9/x'); quiet(cv2.VideoCapture, 'a%02d.png'); quiet(cv2.dnn.readNet, '/none.onnx'); open('x.onnx', 'wb').write(b'junk' * n); quiet(cv2.dnn.readNetFromONNX, 'x.onnx'); open('x.prototxt', 'w').write('junk {'); quiet(cv2.dnn.readNetFromCaffe, 'x.prototxt'); quiet(cv2.dnn.readNetFromTensorflow, 'x.onnx'); quiet(cv2.CascadeClassifier, '/none.xml'); quiet(cv2.FileStorage, '/none.yml', 0); quiet(cv2.FileStorage, 'bad.png', 0); quiet(cv2.imshow, 'x', p); quiet(cv2.ocl.setUseOpenCL, True); quiet(cv2.cvtColor, p, 9999); quiet(cv2.resize, p, (0, 0)); quiet(cv2.GaussianBlur, cv2.UMat(p), (5, 5), 0); quiet(cv2.setNumThreads, n); quiet(cv2.samples.findFile, 'none.jpg'); quiet(cv2.samples.findFile, 'none.jpg', False); quiet(cv2.utils.fs.getCacheDirectoryForDownloads); quiet(cv2.QRCodeDetector().detectAndDecode, p); quiet(cv2.solve, np.zeros((2, 2)), np.zeros((3, 1))); quiet(cv2.dnn.blobFromImage, p); quiet(cv2.parallel_for_ if hasattr(cv2, 'parallel_for_') else cv2.getBuildInformation); quiet(cv2.findChessboardCorners, p, (3, 3)); quiet(cv2.calibrateCamera, [], [], (1, 1), None, None); quiet(cv2.stitcher_create if hasattr(cv2, 'stitcher_create') else cv2.Stitcher_create); quiet(cv2.Stitcher_create().stitch, [p, p]); quiet(cv2.imreadmulti, f'a{n}.tiff'); quiet(cv2.haveImageReader, 'none')\n"  # fmt: skip
    (work / "p.py").write_text(program)
    lines: list[str] = []
    for number in range(5):
        more = {} if number < 2 else {"OPENCV_VIDEOIO_DEBUG": "1", "OPENCV_FFMPEG_DEBUG": "0", "OPENCV_PARALLEL_BACKEND": "TBB", "OPENCV_VIDEOIO_PRIORITY_LIST": "NOSUCH,FFMPEG", "OPENCV_DUMP_CONFIG": "1", "OPENCV_IO_ENABLE_OPENEXR": "1", "OPENCV_UI_BACKEND": "x", "OPENCV_CPU_DISABLE": "nosuch", "OPENCV_IO_MAX_IMAGE_WIDTH": str(number * 20)}  # fmt: skip
        lines += run([f"{VENV}/bin/python", "p.py", str(number * 6)], seconds=60, cwd=work, env={"OPENCV_LOG_LEVEL": "VERBOSE", "HOME": str(work), **more}).splitlines()  # fmt: skip
    form = r"\[\s*(?P<level>\w+):\d+@[\d.]+\] (?P<logger>\w+) (?P<place>[\w./-]+:\d+) \S+ (?P<message>.*)"
    yield from _sampled(parsed(lines, form))


def rygel(work: Path) -> Iterator[Placed]:
    """Rygel (Vala), a media server, with all its debugging: folders shared, players that browse, search, subscribe, upload, fetch, send junk."""
    media = work / "media"
    (media / "sub").mkdir(parents=True)
    for number in range(12):
        run(["sox", "-n", "-r", "8000", f"{media}/s{number}.wav", "synth", "1", "sine", str(200 + number)])
        (media / f"sub/f{number}.{('txt', 'jpg', 'mp3', 'mkv')[number % 4]}").write_bytes(b"junk" * number)
    (work / "c").write_text(f"[general]\ninterface=lo\nport=44898\nupnp-enabled=true\nlog-level=*:5\nallow-upload=true\nallow-deletion=true\nenable-transcoding=true\n[MediaExport]\nenabled=true\nuris={media};file:///none\ntitle=x\n[Tracker]\nenabled=true\n[Tracker3]\nenabled=true\n[Playbin]\nenabled=true\n[External]\nenabled=true\n[GstLaunch]\nenabled=true\nlaunch-items=a\na-title=A\na-mime=audio/x-wav\na-launch=audiotestsrc ! wavenc\n[Nosuch]\nenabled=true\n")  # fmt: skip
    env = {"G_MESSAGES_DEBUG": "all", "HOME": str(work), "XDG_RUNTIME_DIR": str(work)}
    server = background(
        ["dbus-run-session", "--", "rygel", "-c", f"{work}/c", "-g", "5"], work / "log", env=env, cwd=work
    )
    time.sleep(7)
    base = "http://127.0.0.1:44898"
    search = (
        b'M-SEARCH * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\nMAN: "ssdp:discover"\r\nMX: 1\r\nST: ssdp:all\r\n\r\n'
    )
    found_urls: list[str] = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as out:
        out.settimeout(1)
        out.sendto(search, ("127.0.0.1", 1900))
        try:
            while len(found_urls) < 20:
                found_urls += re.findall(r"(?i)location: (\S+)", out.recv(4096).decode(errors="replace"))
        except OSError:
            pass
    for url in sorted(set(found_urls)) or [f"{base}/x.xml"]:
        text = run(["curl", "-s", "-m", "3", url], seconds=5)
        root = url.rsplit("/", 1)[0].split("/", 3)
        host = "/".join(root[:3])
        for control, kind in re.findall(r"<controlURL>([^<]*)</controlURL>", text) and list(zip(re.findall(r"<controlURL>([^<]*)</controlURL>", text), re.findall(r"<serviceType>([^<]*)</serviceType>", text), strict=False)):  # fmt: skip
            for action in ("Browse", "Search", "GetSystemUpdateID", "GetSearchCapabilities", "GetSortCapabilities", "GetProtocolInfo", "GetCurrentConnectionIDs", "CreateObject", "DestroyObject", "ImportResource", "GetTransferProgress", "Play", "Stop", "Pause", "SetAVTransportURI", "Seek", "GetTransportInfo", "GetPositionInfo", "GetMediaInfo", "SetVolume", "GetVolume", "SetMute", "ListPresets", "X_GetFeatureList", "Nosuch", "GetDeviceCapabilities", "GetTransportSettings", "Next"):  # fmt: skip
                for number, oid in enumerate(
                    ("0", "nosuch", "MediaExport", "Filesystem", "DLNA.ORG_AnyContainer")[
                        : 5 if action in ("Browse", "Search", "CreateObject") else 2
                    ]
                ):
                    inner = f"<ObjectID>{oid}</ObjectID><ContainerID>{oid}</ContainerID><BrowseFlag>{('BrowseDirectChildren', 'BrowseMetadata')[number % 2]}</BrowseFlag><SearchCriteria>{('upnp:class derivedfrom &quot;object.item&quot;', '*', 'junk (', 'dc:title contains &quot;s&quot;')[number % 4]}</SearchCriteria><Filter>*</Filter><StartingIndex>0</StartingIndex><RequestedCount>{number * 5}</RequestedCount><SortCriteria>{('+dc:title', '', 'junk')[number % 3]}</SortCriteria><Elements>&lt;DIDL-Lite&gt;&lt;item&gt;&lt;/item&gt;&lt;/DIDL-Lite&gt;</Elements><InstanceID>0</InstanceID><CurrentURI>{base}/x.wav</CurrentURI><CurrentURIMetaData></CurrentURIMetaData><Speed>1</Speed><Unit>REL_TIME</Unit><Target>0:00:01</Target><Channel>Master</Channel><DesiredVolume>{number * 40}</DesiredVolume><DesiredMute>1</DesiredMute><SourceURI>http://127.0.0.1:9/x</SourceURI><DestinationURI>x</DestinationURI><TransferID>{number}</TransferID>"  # fmt: skip
                    body = f'<?xml version="1.0"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><u:{action} xmlns:u="{kind}">{inner}</u:{action}></s:Body></s:Envelope>'
                    answer = run(["curl", "-s", "-m", "3", "-H", f'SOAPAction: "{kind}#{action}"', "-H", "Content-Type: text/xml", "-d", body, host + control], seconds=5)  # fmt: skip
                    for resource in re.findall(r"http://127[^&<\" ]+", answer)[:6]:
                        for more in (
                            [],
                            ["-r", "5-90"],
                            ["-I"],
                            ["-H", "TimeSeekRange.dlna.org: npt=0.1-"],
                            ["-H", "transferMode.dlna.org: Interactive"],
                        ):
                            run(["curl", "-s", "-m", "2", "-o", "/dev/null", *more, resource], seconds=4)
        for event in re.findall(r"<eventSubURL>([^<]*)</eventSubURL>", text):
            run(["curl", "-s", "-m", "2", "-X", "SUBSCRIBE", "-H", "CALLBACK: <http://127.0.0.1:9/>", "-H", "NT: upnp:event", "-H", "TIMEOUT: Second-9", host + event], seconds=4)  # fmt: skip
    for number in range(5):
        (media / f"new{number}.wav").write_bytes((media / "s1.wav").read_bytes())
        (media / f"s{number + 5}.wav").unlink()
    (work / "c").write_text((work / "c").read_text().replace("title=x", "title=y"))
    time.sleep(4)
    ended(server)
    form = r"(?:\(\w+:\d+\): )?(?P<logger>Rygel\w*)-(?P<level>\w+)(?: \*\*)?: [\d:.]+: (?P<place>[\w.-]+\.vala:\d+): (?P<message>.*)"
    yield from _sampled(parsed(lines_of(work / "log"), form))


def chasquid(work: Path) -> Iterator[Placed]:
    """chasquid (Go), a mail server, with debugging: letters taken, refused, sent on, wrong settings, junk, reloads."""
    for folder in ("domains/x.example", "certs/x.example", "hooks", "data", "domains/bad.example"):
        (work / folder).mkdir(parents=True)
    run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", f"{work}/certs/x.example/privkey.pem", "-out", f"{work}/certs/x.example/fullchain.pem", "-subj", "/CN=x.example", "-days", "9"])  # fmt: skip
    (work / "chasquid.conf").write_text(f'hostname: "x.example"\nsmtp_address: "127.0.0.1:44900"\nsubmission_address: "127.0.0.1:44901"\nsubmission_over_tls_address: "127.0.0.1:44902"\nmonitoring_address: "127.0.0.1:44903"\nmail_delivery_agent_bin: "sh"\nmail_delivery_agent_args: "-c"\nmail_delivery_agent_args: "cat > /dev/null; test %to_user% != fail"\ndata_dir: "{work}/data"\nmail_log_path: "{work}/mail.log"\nsuffix_separators: "+"\n')  # fmt: skip
    (work / "domains/x.example/aliases").write_text("a: b, c@y.example\nbad line here: : \nloop: loop\npipe: | cat\n")
    for user in ("bob", "fail"):
        run(["chasquid-util", "-C", str(work), "user-add", f"{user}@x.example", "--password=secret"], seconds=5)
    server = background(["chasquid", "-config_dir", str(work), "-v", "1", "-logtime", "-testing__outgoing_smtp_port", "44904", "-testing__reload_every", "3s", "-testing__max_received_headers", "5"], work / "log", cwd=work)  # fmt: skip
    time.sleep(3)
    letter = b"EHLO me\r\nMAIL FROM:<%s>\r\nRCPT TO:<%s>\r\nDATA\r\n%sSubject: x\r\n\r\nhi\r\n.\r\nQUIT\r\n"
    for number in range(8):
        for sender, to in ((b"z@y.example", b"bob@x.example"), (b"", b"bob+tag@x.example"), (b"z@y.example", b"none@x.example"), (b"z@y.example", b"a@x.example"), (b"bob@x.example", b"bob@x.example"), (b"z@y.example", b"q@other.example"), (b"junk", b"bob@x.example"), (b"z@y.example", b"fail@x.example"), (b"z@y.example", b"pipe@x.example")):  # fmt: skip
            try:
                with socket.create_connection(("127.0.0.1", 44900), timeout=2) as line:
                    line.settimeout(1)
                    for part in (letter % (sender, to, b"Received: x\r\n" * number)).split(b"\r\n"):
                        line.sendall(part + b"\r\n")
                        if part.split(b" ")[0] in (b"EHLO", b"MAIL", b"RCPT", b"DATA", b".", b"QUIT"):
                            line.recv(4096)
            except OSError:
                continue
        for user, word in (("bob@x.example", "secret"), ("bob@x.example", "bad"), ("none", "x")):
            for whom in ("q@127.0.0.1", "bob@x.example", "q@other.example"):
                run(["curl", "-s", "-k", "-m", "4", "--ssl-reqd", "--url", "smtp://127.0.0.1:44901", "--user", f"{user}:{word}", "--mail-from", "bob@x.example" if number % 2 else "z@y.example", "--mail-rcpt", whom, "-T", f"{work}/chasquid.conf"], seconds=6)  # fmt: skip
    told(
        44900,
        b"junk\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"EHLO\r\n",
        b"HELP\r\nVRFY x\r\nEXPN x\r\nRSET\r\nNOOP\r\n",
        b"STARTTLS\r\njunk",
        b"X" * 9000,
        b"EHLO a\r\nMAIL\r\nRCPT\r\nDATA\r\n",
    )
    told(44902, b"junk\r\n", b"\x16\x03\x01\x00\x05junk!")
    for path in ("", "metrics", "debug/queue", "debug/config", "exit"):
        run(["curl", "-s", "-m", "3", f"http://127.0.0.1:44903/{path}"], seconds=4)
    (work / "domains/x.example/aliases").write_text("junk")
    time.sleep(7)
    ended(server)
    for config in ("junk {", 'hostname: "x"\ndata_dir: "/proc/none"\n', ""):
        (work / "chasquid.conf").write_text(config)
        with (work / "log").open("a") as out_:
            out_.write(run(["chasquid", "-config_dir", str(work), "-v", "1", "-logtime"], seconds=3))
    yield from _sampled(
        parsed(lines_of(work / "log"), r"\d\S+ [\d:.]+ (?P<mark>\S) (?P<place>[\w.-]+\.go:\d+)\s+(?P<message>.*)")
    )
