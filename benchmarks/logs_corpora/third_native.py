# ruff: noqa: E501 - programs are started, and what they are fed stands as one text
"""Programs in C and C++ of the third round: run when the learning half gave no more, scored once."""

import os
import re
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.logs_corpora.later_native import background, ended, lines_of, served, told
from benchmarks.logs_corpora.records import Placed, parsed, run

VENV = os.environ.get("SEVLINE_LOG_THIRD", "/tmp/corpora/third")
"""A virtual environment with jax and numba."""


def apache2(work: Path) -> Iterator[Placed]:
    """Apache's web server at its finest level: files, proxies that live and die, rewriting, passwords, ranges, wrong requests."""
    root = work / "www"
    backend = served(root, 44081)
    (root / "a.cgi").write_text("#!/bin/sh\necho 'Content-Type: text/plain'\necho\necho hello\necho odd >&2\n")
    (root / "a.cgi").chmod(0o755)
    (root / "bad.cgi").write_text("#!/bin/sh\necho nonsense\n")
    (root / "bad.cgi").chmod(0o755)
    (root / "s.shtml").write_text('<!--#echo var="DATE_LOCAL" --><!--#include virtual="none" --><!--#bad -->\n')
    (root / "locked").mkdir()
    (root / "locked" / "x").write_text("x")
    (work / "users").write_text("bob:{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=\n")
    modules = (
        "mpm_event", "authz_core", "authz_host", "authn_core", "authn_file", "auth_basic", "authz_user", "dir", "mime", "alias", "autoindex", "rewrite",
        "proxy", "proxy_http", "proxy_fcgi", "proxy_balancer", "lbmethod_byrequests", "slotmem_shm", "cgid", "headers", "expires", "deflate", "filter",
        "include", "cache", "cache_disk", "negotiation", "setenvif", "env", "reqtimeout", "status", "ratelimit", "session", "session_cookie", "dav", "dav_fs",
    )  # fmt: skip
    loaded = "\n".join(f"LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so" for name in modules)
    (work / "a.conf").write_text(
        f"{loaded}\nServerRoot {work}\nServerName a.example\nListen 127.0.0.1:44080\nPidFile {work}/pid\nDefaultRuntimeDir {work}\nScriptSock {work}/cgisock\nDAVLockDB {work}/dav\n"
        f'ErrorLog {work}/error.log\nErrorLogFormat "@@%l|%m|%F|%M"\nLogLevel trace8\nDocumentRoot {root}\nTypesConfig /etc/mime.types\nUser www-data\nStartServers 1\nServerLimit 1\nThreadsPerChild 8\nMaxRequestWorkers 8\nThreadLimit 8\nMaxConnectionsPerChild 300\n'
        f"<Directory {root}>\nOptions Indexes Includes ExecCGI MultiViews FollowSymLinks\nAllowOverride All\nRequire all granted\nAddOutputFilter INCLUDES .shtml\nAddHandler cgi-script .cgi\n</Directory>\n"
        f"<Location /locked>\nAuthType Basic\nAuthName x\nAuthUserFile {work}/users\nRequire user bob\n</Location>\n<Location /deny>\nRequire ip 192.0.2.1\n</Location>\n<Location /dav>\nDav On\n</Location>\n<Location /server-status>\nSetHandler server-status\n</Location>\n"
        "RewriteEngine On\nRewriteRule ^/r/(.*) /$1 [PT]\nRewriteRule ^/old/(.*) /new/$1 [R=302,L]\nRewriteCond %{HTTP_HOST} ^b\\. \nRewriteRule ^/c/(.*) - [F]\n"
        "ProxyPass /p/ http://127.0.0.1:44081/\nProxyPass /dead/ http://127.0.0.1:9/ connectiontimeout=1 retry=1\nProxyPass /f/ fcgi://127.0.0.1:9/\n<Proxy balancer://b>\nBalancerMember http://127.0.0.1:44081\nBalancerMember http://127.0.0.1:9\n</Proxy>\nProxyPass /b/ balancer://b/\n"
        f"CacheRoot {work}\nCacheEnable disk /p/\nCacheEnable disk /f1\nCacheIgnoreNoLastMod On\nExpiresActive On\nExpiresDefault A60\nSetOutputFilter DEFLATE\nHeader set X y\nRequestReadTimeout header=2,MinRate=500 body=2\n"
    )
    run(["chmod", "-R", "a+rwX", str(work)])
    work.chmod(0o777)
    server = background(["apache2", "-f", str(work / "a.conf"), "-DFOREGROUND"], work / "out")
    time.sleep(3)
    paths = (
        "f1.bin", "none", "r/f2.bin", "old/x", "a.cgi", "bad.cgi", "p/f3.bin", "dead/x", "f/x", "b/f2.bin", "", "server-status", "../etc/passwd", "%00", "%zz",
        "f3.bin?x=1", "p/none", "s.shtml", "locked/x", "deny/x", "c/x", "dav/", "f1", "a.cgi/more/path?q=2",
    )  # fmt: skip
    ways: tuple[list[str], ...] = (
        [], ["-H", "Host: b.example"], ["-u", "bob:wrong"], ["-r", "0-99"], ["-X", "PUT", "-d", "x"], ["--compressed"], ["-u", "eve:x", "-I"],
        ["-X", "PROPFIND"], ["-H", "If-None-Match: *"], ["-H", "Expect: 100-continue", "-d", "a=b"], ["-0"],
    )  # fmt: skip
    for number in range(3):
        for path in paths:
            for more in ways[number::3]:
                run(["curl", "-s", "-m", "4", "--path-as-is", *more, f"http://127.0.0.1:44080/{path}"], seconds=8)
    told(44080, b"GET\r\n\r\n", b"\x00\xff\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"GET / HTTP/1.1\r\n\r\n", b"X" * 9000)
    ended(server, backend)
    form = r"@@(?P<level>\w+)\|(?P<logger>[^|]*)\|(?P<place>[^|]+)\|(?P<message>.*)"
    yield from list(parsed(lines_of(work / "error.log"), form))[::2]


def openssh(work: Path) -> Iterator[Placed]:
    """OpenSSH's server and client with every place named: keys, passwords, forwards, files, algorithms that do not meet."""
    Path("/run/sshd").mkdir(exist_ok=True)
    for kind in ("ed25519", "ecdsa", "rsa"):
        run(["ssh-keygen", "-q", "-t", kind, "-N", "", "-f", str(work / f"k_{kind}")])
    keys = work / "keys"
    keys.write_text(
        (work / "k_ed25519.pub").read_text() + "junk line\n" + 'command="true" ' + (work / "k_rsa.pub").read_text()
    )
    (work / "sshd.conf").write_text(
        f"Port 44022\nListenAddress 127.0.0.1\nHostKey {work}/k_ed25519\nHostKey {work}/k_rsa\nAuthorizedKeysFile {keys}\nStrictModes no\nPidFile {work}/pid\nLogLevel DEBUG3\nLogVerbose *:*:*\nPermitRootLogin yes\nMaxAuthTries 3\n"
        "Subsystem sftp internal-sftp\nMatch User nobody\n  PasswordAuthentication no\n  AllowTcpForwarding no\n"
    )
    server = background(
        ["/usr/sbin/sshd", "-D", "-f", str(work / "sshd.conf"), "-E", str(work / "server.log")], work / "out"
    )
    time.sleep(2)
    (work / "batch").write_text(
        "ls /\nput sshd.conf copy\nget copy back\nmkdir d\nrename copy d/moved\nrm d/none\nchmod 600 d/moved\nstat none\nbye\n"
    )
    base = ["-p44022", "-F/dev/null", f"-oUserKnownHostsFile={work}/known", "-oStrictHostKeyChecking=accept-new", "-oBatchMode=yes", "-oLogVerbose=*:*:*", "-oLogLevel=DEBUG3", "-oConnectTimeout=3"]  # fmt: skip
    calls: tuple[list[str], ...] = (
        ["-i", "k_ed25519", "root@127.0.0.1", "echo hello; exit 3"], ["-i", "k_ecdsa", "root@127.0.0.1", "true"], ["-i", "k_rsa", "root@127.0.0.1", "false"],
        ["-i", "k_ed25519", "nosuch@127.0.0.1"], ["-i", "k_ed25519", "nobody@127.0.0.1", "-L", "44023:127.0.0.1:9", "-N"], ["-i", "none", "root@127.0.0.1"],
        ["-i", "k_ed25519", "-oKexAlgorithms=diffie-hellman-group14-sha1", "root@127.0.0.1"], ["-i", "k_ed25519", "-oCiphers=aes128-ctr", "-oCompression=yes", "root@127.0.0.1", "seq 3000"],
        ["-i", "k_ed25519", "-L", "44024:127.0.0.1:44022", "-R", "44025:127.0.0.1:9", "-D", "44026", "root@127.0.0.1", "sleep 1"], ["-i", "k_ed25519", "-tt", "root@127.0.0.1", "tty"],
        ["-i", "k_ed25519", "-oMACs=hmac-sha2-256", "-oRekeyLimit=1K", "root@127.0.0.1", "seq 900"], ["-i", "k_ed25519", "-oControlMaster=auto", "-oControlPath=cm", "-oControlPersist=2", "root@127.0.0.1", "id"],
        ["-i", "k_ed25519", "-oHostKeyAlgorithms=ssh-dss", "root@127.0.0.1"], ["-i", "k_ed25519", "-oProxyCommand=false", "root@127.0.0.1"], ["-i", "k_ed25519", "root@nosuch.invalid"],
    )  # fmt: skip
    texts = [run(["ssh", *base, *call], seconds=8, cwd=work) for call in calls]
    sftp = ["sftp", "-P44022", *base[1:], "-i", "k_ed25519", "-b", "batch", "root@127.0.0.1"]
    texts.append(run(sftp, seconds=10, cwd=work))
    told(44022, b"SSH-1.0-old\r\n", b"junk\r\n" * 3, b"SSH-2.0-x\r\n" + b"\xff" * 60)
    ended(server)
    form = r"(?:(?P<level>\w+): )?(?P<place>[\w-]+\.c:\w+\(\):\d+) \([^)]*\): (?P<message>.*)"
    yield from parsed([*lines_of(work / "server.log"), *(line for text in texts for line in text.splitlines())], form)


def imagemagick(work: Path) -> Iterator[Placed]:
    """ImageMagick with every event told: pictures made, changed, compared, drawn, broken."""
    calls = (
        "-size 60x40 gradient:red-blue a.png", "a.png -resize 50% -blur 0x2 b.jpg", "b.jpg -quality 40 c.gif", "a.png b.jpg -append d.tiff", "a.png -rotate 30 e.webp", "none.png x.png",
        "-size 40x40 xc:white -draw 'circle_20,20_20,5' f.png", "a.png -colorspace Gray -threshold 50% g.pbm", "a.png -fx u*0.5 h.bmp", "bad.png x.png", "a.png -crop 10x10+5+5 i.ppm", "a.png j.nosuch",
        "logo: -resize 80x k.ico", "rose: -modulate 120,80 l.pdf", "rose: -liquid-rescale 50% m.png", "rose: -distort Arc 60 n.png", "rose: -label hello -montage o.png", "a.png -set comment x p.miff", "rose: -unsharp 0x1 -depth 16 q.pnm",
        "-delay 5 a.png b.jpg -loop 0 r.gif", "-background none label:text s.png", "rose: -morphology Dilate Disk t.png", "a.png -nosuch x.png", "rose: -separate u.jpg", "rose: -profile none v.jpg",
    )  # fmt: skip
    (work / "bad.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"junk" * 20)
    form = r"@@(?P<place>[^|]*\|[^|]*\|\d+)\|(?P<level>)(?P<logger>[^|]*)\|(?P<message>.*)"
    for call in calls:
        words = [word.strip("'").replace("_", " ") for word in call.split()]
        text = run(
            ["/usr/bin/convert-im6.q16", "-debug", "All", "-log", "@@%m|%f|%l|%d|%e\n", *words], seconds=20, cwd=work
        )
        yield from list(parsed(text.splitlines(), form))[:2500]


def ucx(work: Path) -> Iterator[Placed]:
    """UCX at debug level: what the machine has, and transfers over loopback that work, are refused, are configured wrongly."""
    env = {"UCX_LOG_LEVEL": "debug", "HOME": str(work), "UCX_WARN_UNUSED_ENV_VARS": "y"}
    texts = [
        run(["ucx_info", *call.split()], seconds=15, env=env)
        for call in ("-d", "-c", "-p", "-e -u t", "-w -u ar", "-v", "-m 1000000", "-y")
    ]
    tests = ("tag_lat", "tag_bw", "ucp_put_lat", "ucp_get", "stream_lat", "ucp_am_lat", "ucp_fadd")
    for number, test in enumerate(tests):
        more = (
            {},
            {"UCX_TLS": "tcp"},
            {"UCX_TLS": "sysv,self"},
            {"UCX_TLS": "nosuch"},
            {"UCX_NET_DEVICES": "lo", "UCX_TLS": "tcp"},
            {"UCX_ODD": "1"},
            {"UCX_MAX_EAGER_LANES": "x"},
        )[number]
        port = str(44100 + number)
        server = background(["ucx_perftest", "-p", port], work / f"s{number}", env={**env, **more})
        time.sleep(1)
        texts.append(
            run(
                [
                    "ucx_perftest",
                    "127.0.0.1",
                    "-p",
                    port,
                    "-t",
                    test,
                    "-n",
                    "20",
                    "-w",
                    "2",
                    "-s",
                    str(10 ** (number + 1)),
                ],
                seconds=10,
                env={**env, **more},
            )
        )
        ended(server)
    lines = [
        *(line for text in texts for line in text.splitlines()),
        *lines_of(*(work / f"s{number}" for number in range(len(tests)))),
    ]
    yield from parsed(
        lines,
        r"\[[\d.]+\] \[[^\]]*\] +(?P<place>[\w./-]+\.\w+:\d+) +(?P<logger>\w+) +(?P<level>[A-Z]+) +(?P<message>.*)",
    )


def jax(work: Path) -> Iterator[Placed]:
    """XLA (C++), which JAX compiles with: programs of several kinds, devices that are missing, shapes that do not fit."""
    program = """
import jax, jax.numpy as np
def quiet(f):
    try: return f()
    except Exception: pass
quiet(lambda: jax.devices('gpu')); key = jax.random.PRNGKey(0)
jobs = [lambda x: (x @ x.T).sum(), lambda x: np.fft.fft(x).real, lambda x: jax.lax.scan(lambda c, y: (c + y, c * y), x[0], x), lambda x: np.sort(x, axis=1), lambda x: jax.nn.softmax(x), lambda x: np.linalg.qr(x)[0], lambda x: jax.lax.while_loop(lambda c: c.sum() < 9, lambda c: c + 1, x), lambda x: jax.lax.conv(x[None, None], x[None, None, :2, :2], (1, 1), 'SAME')]
for n, job in enumerate(jobs):
    for shape in ((4, 4), (16, 8)):
        x = np.arange(shape[0] * shape[1], dtype=np.float32).reshape(shape) / 7
        quiet(lambda: jax.jit(job)(x).block_until_ready()); quiet(lambda: jax.jit(jax.grad(lambda y: np.sum(job(y))))(x)); quiet(lambda: jax.jit(jax.vmap(job))(x[None]))
quiet(lambda: jax.jit(lambda x: x @ np.ones((3, 3)))(np.ones((4, 4)))); quiet(lambda: jax.device_put(np.ones(3), jax.devices()[0]).delete())
"""
    (work / "p.py").write_text(program)
    env = {"TF_CPP_MIN_LOG_LEVEL": "0", "TF_CPP_MAX_VLOG_LEVEL": "2", "JAX_PLATFORMS": "cpu", "HOME": str(work)}
    text = run([f"{VENV}/bin/python", str(work / "p.py")], seconds=120, cwd=work, env=env)
    form = r"(?P<level>[IWEF])\d{4} [\d:.]+ +\d+ (?P<place>[\w./-]+:\d+)\] (?P<message>.*)"
    found = list(parsed(re.sub(r"^[\d-]+ ([\d:.]+): ", r"\1 ", text, flags=re.MULTILINE).splitlines(), form))
    yield from found[:: max(1, len(found) // 25_000)]
