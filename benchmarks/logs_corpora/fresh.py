# ruff: noqa: E501 - programs as text
"""Programs that were run after the method stood: nothing of them was read before they were scored.

They are no part of the two halves; `python -m benchmarks.logs_corpora FOLDER git pip celery jupyter` runs them.
"""

from collections.abc import Iterator
from pathlib import Path

from benchmarks.logs_corpora.managed import python_programs
from benchmarks.logs_corpora.records import Placed, parsed, run

_TRACES = ("", "_SETUP", "_PACKET", "_PERFORMANCE", "_REFS", "_FSMONITOR", "_PACK_ACCESS", "_SHALLOW", "_CURL")


def git(work: Path) -> Iterator[Placed]:
    """Traces name file and line: a repository grows, is cloned, fetched, rebased, repacked and asked wrong things."""
    trace = work / "trace"
    env = {f"GIT_TRACE{name}": str(trace) for name in _TRACES} | {
        "HOME": str(work), "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.com", "GIT_COMMITTER_NAME": "a",
        "GIT_COMMITTER_EMAIL": "a@example.com", "GIT_CONFIG_GLOBAL": "/dev/null",
    }  # fmt: skip
    script = """
git init -q -b main one; cd one
for n in $(seq 40); do echo $n > f$((n % 7)).txt; git add -A; git commit -qm "change number $n"; done
git branch side HEAD~5; git tag -a v1 -m one; git switch -q side; echo x > g; git add g; git commit -qm side
git merge -q main -m merged; git rebase main; git stash; git log --oneline --graph --all -S x; git blame f1.txt
cd ..; git clone -q one two; git clone -q --depth 3 "file://$PWD/one" three; git clone --bare -q one four
cd two; git fetch --all; git pull --rebase; echo y >> f1.txt; git commit -qam y; git push origin HEAD:refs/heads/new
git gc -q; git repack -ad; git fsck; git submodule add -q ../four sub; git submodule update --init --recursive
git diff HEAD~3 --stat; git grep -n 3; git worktree add ../five -b five; git bisect start HEAD HEAD~6; git bisect good
git remote add bad http://127.0.0.1:9/none; git fetch bad; git checkout nothing; git cherry-pick deadbeef; git nonsense
git ls-remote ../three; git archive HEAD -o ../a.tar; git notes add -m n; git reflog; git describe; git shortlog -sn
git am < /dev/null; git apply ../none.patch; git commit-graph write; git multi-pack-index write; git maintenance run
"""
    run(["bash", "-c", script], env=env, cwd=work, seconds=120)
    lines = trace.read_text(errors="replace").splitlines()
    yield from parsed(
        lines, r"\d\d:\d\d:\d\d\.\d+ (?P<place>[\w./-]+\.[ch]):(?P<line>\d+)\s+(?:d\d+ +)?(?P<message>.+)"
    )


def pip(work: Path) -> Iterator[Placed]:
    """pip as verbose as it gets: what it finds installed, what it would take, and what it cannot."""
    calls = (
        ["list", "-vvv"], ["check"], ["debug", "-v"], ["freeze", "--all"], ["show", "-f", "boto3", "scrapy", "none"],
        ["install", "--no-index", "--dry-run", "boto3", "celery[redis]", "nothing-of-that-name>3"], ["cache", "info"],
        ["install", "--dry-run", "--no-index", "--find-links", "/tmp/corpora", "scrapy", "moto"], ["inspect"],
        ["download", "--no-deps", "--index-url", "http://127.0.0.1:9/simple", "--retries", "2", "six"],
        ["wheel", "--no-index", "./none"], ["uninstall", "-y", "nothing-of-that-name"], ["hash", "/etc/hostname"],
        ["config", "list"], ["install", "--dry-run", "--no-index", "-r", "none.txt"], ["cache", "list"],
    )  # fmt: skip
    program = "import sys, runpy\nsys.argv = ['pip', *sys.argv[1:]]\n" + "\n".join(
        f"try:\n    sys.argv = ['pip', '-vvv', *{call!r}]; runpy.run_module('pip', run_name='__main__', alter_sys=True)\nexcept SystemExit: pass"
        for call in calls
    )
    yield from python_programs(work, {"pips.py": program}, seconds=120)


def celery(work: Path) -> Iterator[Placed]:
    """Workers over a broker in files: tasks that finish, fail, retry, are late, and are revoked."""
    app = """
from celery import Celery, chain, group, chord
app = Celery('shop', broker='filesystem://', backend='file://' + __import__('os').getcwd() + '/results')
import os
for name in ('in', 'done', 'results'): os.makedirs(name, exist_ok=True)
app.conf.update(broker_transport_options={'data_folder_in': 'in', 'data_folder_out': 'in', 'processed_folder': 'done'}, worker_hijack_root_logger=False, task_acks_late=True)
@app.task(bind=True, max_retries=2, default_retry_delay=0.1)
def pay(self, n):
    if n % 5 == 0: raise self.retry(exc=ValueError(f'gateway said no to {n}'))
    if n % 7 == 0: raise KeyError(n)
    return n * 2
@app.task
def add(x, y): return x + y
@app.task(soft_time_limit=1, time_limit=2)
def slow(): __import__('time').sleep(5)
"""
    send = """
from shop import *
for n in range(60): pay.delay(n)
for n in range(10): slow.apply_async(expires=0.5 if n % 2 else None)
for n in range(20): chain(add.s(n, 1), add.s(2))(); group(add.s(n, k) for k in range(3))()
app.control.revoke('none'); app.control.inspect(timeout=1).active()
"""
    work_off = """
import threading, os, signal
threading.Timer(25, lambda: os.kill(os.getpid(), signal.SIGTERM)).start()
from shop import app
app.worker_main(['worker', '-l', 'DEBUG', '-P', 'threads', '-c', '4', '-E', '-B'])
"""
    (work / "shop.py").write_text(app)
    yield from python_programs(work, {"send.py": send, "worker.py": work_off}, seconds=45)


def jupyter(work: Path) -> Iterator[Placed]:
    """A notebook server with kernels, sessions, contents and wrong requests."""
    program = """
import threading, time, urllib.request, json, os
def call(method, path, body=None):
    request = urllib.request.Request('http://127.0.0.1:48899' + path, method=method, data=None if body is None else json.dumps(body).encode(), headers={'Authorization': 'token t', 'Content-Type': 'application/json'})
    try: return json.loads(urllib.request.urlopen(request, timeout=10).read() or b'{}')
    except Exception as error: return {}
def use():
    time.sleep(8)
    for n in range(12):
        made = call('POST', '/api/contents', {'type': ['notebook', 'file', 'directory'][n % 3]})
        call('GET', '/api/contents/' + made.get('path', 'none')); call('PATCH', '/api/contents/' + made.get('path', 'none'), {'path': f'moved-{n}'})
        call('POST', f'/api/contents/moved-{n}/checkpoints'); call('GET', f'/api/contents/none-{n}'); call('DELETE', f'/api/contents/moved-{n}')
        kernel = call('POST', '/api/kernels', {'name': 'python3' if n % 4 else 'nothing'})
        call('POST', f"/api/kernels/{kernel.get('id')}/interrupt"); call('POST', f"/api/kernels/{kernel.get('id')}/restart"); call('DELETE', f"/api/kernels/{kernel.get('id')}")
        call('GET', '/api/sessions'); call('GET', '/api/status'); call('GET', '/api/terminals'); call('PUT', '/api/nothing', {}); call('GET', '/files/../x'); call('GET', '/static/none.js')
    os.kill(os.getpid(), 15)
threading.Thread(target=use, daemon=True).start()
from jupyter_server.serverapp import main
main(['--port', '48899', '--no-browser', '--IdentityProvider.token=t', '--allow-root', '--debug', '--ServerApp.root_dir=.'])
"""
    yield from python_programs(work, {"serve.py": program}, seconds=100)


FRESH = (git, pip, celery, jupyter)
