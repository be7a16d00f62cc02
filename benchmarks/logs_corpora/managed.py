# ruff: noqa: E501 - programs are started, and what they are fed stands as one text
"""Programs in Go, Java, Python, JavaScript and Ruby whose records carry their place in the source."""

import json
import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.logs_corpora.records import Placed, from_json, parsed, run

HOOKS = Path(__file__).parent / "hooks"


def _background(command: list[str], log: Path, **env: str) -> "subprocess.Popen[bytes]":
    with log.open("wb") as out:
        return subprocess.Popen(
            ["nice", *command], stdout=out, stderr=out, env={**os.environ, **env}, start_new_session=True
        )


def etcd(work: Path) -> Iterator[Placed]:
    """etcd at debug level with clients, a member that leaves, snapshots and wrong requests; zap writes JSON."""
    log = work / "log"
    urls = [
        "--listen-client-urls",
        "http://127.0.0.1:42379",
        "--advertise-client-urls",
        "http://127.0.0.1:42379",
        "--listen-peer-urls",
        "http://127.0.0.1:42380",
        "--initial-advertise-peer-urls",
        "http://127.0.0.1:42380",
        "--initial-cluster",
        "default=http://127.0.0.1:42380",
    ]
    for round_ in range(3):
        extra = ["--auto-compaction-retention=1", "--snapshot-count=50"] if round_ else ["--snapshot-count=20"]
        server = _background(
            [
                "etcd",
                "--logger=zap",
                "--log-level=debug",
                "--log-outputs=stderr",
                "--data-dir",
                str(work / "d"),
                *urls,
                *extra,
            ],
            work / f"log{round_}",
        )
        time.sleep(3)
        ctl = ["etcdctl", "--endpoints=127.0.0.1:42379"]
        for number in range(40):
            run([*ctl, "put", f"k{number}", "v" * (number + 1)], env={"ETCDCTL_API": "3"})
        for step in (
            "get k1",
            "del k2",
            "lease grant 5",
            "lease revoke 1",
            "member list",
            "member add x --peer-urls=http://127.0.0.1:9",
            "compaction 20",
            "compaction 999",
            "defrag",
            "endpoint status",
            f"snapshot save {work}/s{round_}",
            "alarm list",
            "user add u:p",
            "role add r",
            "auth enable",
            "txn --help",
            "watch k --rev=1",
            "lock l true",
            "elect e v",
        ):
            run([*ctl, *step.split()], seconds=4, env={"ETCDCTL_API": "3"})
        os.killpg(server.pid, 15)
        time.sleep(2)
    del log
    for path in sorted(work.glob("log?")):
        for line in path.read_text(errors="replace").splitlines():
            if line.startswith("{"):
                found = json.loads(line)
                if "caller" in found:
                    yield Placed(found["caller"], found["level"], found["msg"])


def prometheus(work: Path) -> Iterator[Placed]:
    """Prometheus and Alertmanager at debug level with good, refused and slow targets, reloads and wrong queries."""
    import re

    conf = work / "p.yml"
    targets = ", ".join(f"'127.0.0.1:{port}'" for port in (49090, 9, 10, 48081))
    conf.write_text(
        f"global: {{scrape_interval: 1s, evaluation_interval: 1s}}\nrule_files: [{work}/r.yml]\nalerting: {{alertmanagers: [{{static_configs: [{{targets: ['127.0.0.1:49093']}}]}}]}}\nscrape_configs:\n- job_name: a\n  static_configs: [{{targets: [{targets}]}}]\n- job_name: b\n  file_sd_configs: [{{files: ['{work}/sd*.json'], refresh_interval: 1s}}]\n- job_name: c\n  dns_sd_configs: [{{names: [nosuch.invalid], refresh_interval: 1s}}]\n- job_name: d\n  http_sd_configs: [{{url: 'http://127.0.0.1:9/', refresh_interval: 1s}}]\n"
    )
    (work / "r.yml").write_text(
        "groups: [{name: g, rules: [{alert: A, expr: 'vector(1)'}, {record: 'x:y', expr: 'up'}, {record: 'dup', expr: 'vector(1) or on() vector(2)'}]}]\n"
    )
    (work / "sd1.json").write_text('[{"targets":["127.0.0.1:11"],"labels":{"a":"b"}}]')
    (work / "sd2.json").write_text("broken")
    (work / "a.yml").write_text(
        "route: {receiver: w, group_wait: 1s, group_interval: 1s, repeat_interval: 2s}\nreceivers: [{name: w, webhook_configs: [{url: 'http://127.0.0.1:9/'}]}]\n"
    )
    alerts = _background(
        [
            "prometheus-alertmanager",
            f"--config.file={work}/a.yml",
            f"--storage.path={work}/am",
            "--web.listen-address=127.0.0.1:49093",
            "--cluster.listen-address=",
            "--log.level=debug",
        ],
        work / "log1",
    )
    server = _background(
        [
            "prometheus",
            f"--config.file={conf}",
            f"--storage.tsdb.path={work}/tsdb",
            "--web.listen-address=127.0.0.1:49090",
            "--log.level=debug",
            "--web.enable-lifecycle",
            "--web.enable-admin-api",
            "--storage.tsdb.min-block-duration=10s",
            "--storage.tsdb.max-block-duration=30s",
        ],
        work / "log2",
    )
    for number in range(80):
        time.sleep(1)
        if number % 5 == 0:
            run(["curl", "-s", "-XPOST", "127.0.0.1:49090/-/reload"])
            run(["curl", "-s", "127.0.0.1:49090/api/v1/query?query=bad((("])
            run(["curl", "-s", "-XPOST", "127.0.0.1:49090/api/v1/admin/tsdb/snapshot"])
            conf.write_text(conf.read_text() + ("" if number % 10 else "# again\n"))
        if number == 50:
            conf.write_text("broken: [")
    for process in (server, alerts):
        os.killpg(process.pid, 15)
    time.sleep(2)
    pair = re.compile(r'(\w+)=("(?:[^"\\]|\\.)*"|\S*)')
    for path in sorted(work.glob("log?")):
        for line in path.read_text(errors="replace").splitlines():
            found = {key: value.strip('"') for key, value in pair.findall(line)}
            if "caller" in found:
                rest = line.split(" level=", 1)[-1].split(" ", 1)[-1]
                yield Placed(found["caller"], found.get("level", ""), found.get("msg", rest))


_LOG4J = "log4j.rootLogger=TRACE, F\nlog4j.appender.F=org.apache.log4j.FileAppender\nlog4j.appender.F.File={log}\nlog4j.appender.F.layout=org.apache.log4j.PatternLayout\nlog4j.appender.F.layout.ConversionPattern=@@%p|%c{1}|%F:%L|%m%n\n"
_LOG4J_LINE = r"@@(?P<level>\w+)\|(?P<logger>[^|]*)\|(?P<place>[^|]*:\d+)\|(?P<message>.*)"


def zookeeper(work: Path) -> Iterator[Placed]:
    """ZooKeeper and its client at trace level: nodes made, watched, changed and refused."""
    (work / "zoo.cfg").write_text(
        f"tickTime=500\ndataDir={work}/d\nclientPort=42181\n4lw.commands.whitelist=*\nautopurge.purgeInterval=1\nsnapCount=50\n"
    )
    for name in ("server", "client"):
        folder = work / name
        folder.mkdir()
        (folder / "log4j.properties").write_text(_LOG4J.replace("{log}", str(work / f"{name}.log")))
    jars = "/usr/share/java/zookeeper.jar:/usr/share/java/*:/usr/share/zookeeper/*"
    server = _background(
        [
            "java",
            "-Xmx256m",
            "-cp",
            f"{work}/server:{jars}",
            "org.apache.zookeeper.server.quorum.QuorumPeerMain",
            str(work / "zoo.cfg"),
        ],
        work / "out",
    )
    time.sleep(6)
    steps = "".join(f"create /n{n} v{n}\nset /n{n} w\nget -w /n{n}\nstat /n{n}\nls /\n" for n in range(80))
    steps += "create -e /e x\ncreate -s /s x\ndelete /n1\ndelete /nosuch\nsetAcl /n2 world:anyone:r\nset /n2 y\ngetAcl /n2\nsync /\naddauth digest a:b\nsetquota -n 3 /n3\nlistquota /n3\nbad\ncreate /n3/a b\nrmr /n4\nconfig\nclose\nls /\nquit\n"
    for _ in range(3):
        run(
            [
                "java",
                "-cp",
                f"{work}/client:{jars}",
                "org.apache.zookeeper.ZooKeeperMain",
                "-server",
                "127.0.0.1:42181",
            ],
            stdin=steps,
            seconds=40,
        )
        for word in ("ruok", "stat", "mntr", "dump", "wchs", "nope"):
            run(["bash", "-c", f"exec 3<>/dev/tcp/127.0.0.1/42181; echo -n {word} >&3; timeout 1 cat <&3"], seconds=4)
    os.killpg(server.pid, 15)
    time.sleep(1)
    for path in (work / "server.log", work / "client.log"):
        if path.exists():
            yield from parsed(path.read_text(errors="replace").splitlines(), _LOG4J_LINE)


def activemq(work: Path) -> Iterator[Placed]:
    """An embedded ActiveMQ broker and clients at trace level, over the plain API, from one Java file."""
    (work / "log4j.properties").write_text(_LOG4J.replace("{log}", str(work / "mq.log")))
    source = work / "P.java"
    source.write_text(
        "import org.apache.activemq.broker.*;import org.apache.activemq.*;import javax.jms.*;\n"
        'public class P{public static void main(String[] z)throws Exception{BrokerService b=new BrokerService();b.setDataDirectory(z[0]);b.setUseJmx(false);b.addConnector("tcp://127.0.0.1:46161");b.start();\n'
        'for(int r=0;r<6;r++){try{ActiveMQConnectionFactory f=new ActiveMQConnectionFactory(r%2==0?"tcp://127.0.0.1:46161":"vm://localhost");Connection c=f.createConnection();if(r==3)c.setClientID("dur");c.start();'
        'Session s=c.createSession(r%3==0,r%3==0?0:Session.AUTO_ACKNOWLEDGE);Destination d=r%2==0?s.createQueue("Q"+r):s.createTopic("T"+r);MessageConsumer k=s.createConsumer(d);MessageProducer p=s.createProducer(d);'
        'for(int i=0;i<60;i++){TextMessage m=s.createTextMessage("hello"+i);p.send(m);if(s.getTransacted()){if(i%7==0)s.rollback();else s.commit();}k.receive(20);}'
        'TemporaryQueue t=s.createTemporaryQueue();s.createConsumer(t).close();t.delete();k.close();c.close();}catch(Exception e){org.slf4j.LoggerFactory.getLogger(P.class).warn("failed "+e);}}b.stop();}}\n'
    )
    run(
        [
            "java",
            "-Xmx384m",
            "-cp",
            f"{work}:/usr/share/java/*:/usr/share/activemq/lib/*:/usr/share/activemq/lib/optional/*",
            str(source),
            str(work / "data"),
        ],
        seconds=120,
    )
    path = work / "mq.log"
    yield from parsed(path.read_text(errors="replace").splitlines() if path.exists() else [], _LOG4J_LINE)


def python_programs(
    work: Path, programs: dict[str, str], *, seconds: float = 60, venv: str = "/tmp/corpora/venv"
) -> Iterator[Placed]:
    env = {
        "PLACED_LOG": str(work / "placed"),
        "PYTHONPATH": str(HOOKS),
        "HOME": str(work),
        "PATH": f"{venv}/bin:{os.environ['PATH']}",
    }
    for name, text in programs.items():
        (work / name).write_text(text)
        run([f"{venv}/bin/python", name], seconds=seconds, env=env, cwd=work)
    yield from from_json(work.glob("placed.*"))


def botocore(work: Path) -> Iterator[Placed]:
    """boto3 against a local moto: many services, right and wrong calls."""
    program = """
import threading, boto3
from moto.server import ThreadedMotoServer
server = ThreadedMotoServer(port=45000); server.start()
def client(name): return boto3.client(name, region_name="eu-west-1", endpoint_url="http://127.0.0.1:45000", aws_access_key_id="a", aws_secret_access_key="b")
def quiet(call, **k):
    try: return call(**k)
    except Exception: pass
s3 = client("s3")
for n in range(15):
    quiet(s3.create_bucket, Bucket=f"b{n}", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    quiet(s3.put_object, Bucket=f"b{n}", Key=f"k{n}", Body=b"x" * n * 100)
    quiet(s3.get_object, Bucket=f"b{n}", Key="none"); quiet(s3.list_objects_v2, Bucket=f"b{n}"); quiet(s3.delete_bucket, Bucket=f"b{n}")
for name, calls in {"sqs": [("create_queue", {"QueueName": "q"}), ("list_queues", {})], "sns": [("create_topic", {"Name": "t"})], "dynamodb": [("list_tables", {}), ("describe_table", {"TableName": "x"})], "ec2": [("describe_instances", {}), ("create_vpc", {"CidrBlock": "10.0.0.0/16"})], "iam": [("create_user", {"UserName": "u"}), ("get_user", {"UserName": "n"})], "lambda": [("list_functions", {})], "logs": [("create_log_group", {"logGroupName": "g"})], "sts": [("get_caller_identity", {})], "kms": [("create_key", {})], "secretsmanager": [("create_secret", {"Name": "s", "SecretString": "v"})], "ssm": [("put_parameter", {"Name": "p", "Value": "v", "Type": "String"})], "cloudwatch": [("list_metrics", {})]}.items():
    c = client(name)
    for call, k in calls:
        for _ in range(3): quiet(getattr(c, call), **k)
server.stop()
"""
    return python_programs(work, {"p.py": program}, seconds=120)


def scrapy(work: Path) -> Iterator[Placed]:
    """Scrapy over a local site with missing pages, redirects, robots and failing callbacks."""
    program = """
import threading, http.server, os, scrapy
from scrapy.crawler import CrawlerProcess
class H(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        n = int(self.path.strip("/").split("-")[-1] or 0) if self.path.strip("/").split("-")[-1].isdigit() else 0
        if self.path == "/robots.txt": body, code = b"User-agent: *\\nDisallow: /p-13\\n", 200
        elif n % 7 == 3: code, body = 404, b""
        elif n % 11 == 5: code, body = 503, b""
        elif n % 13 == 6: code, body = 302, b""
        else: code, body = 200, "".join(f"<a href='/p-{(n*3+k)%400}'>x</a>" for k in range(6)).encode()
        self.send_response(code)
        if code == 302: self.send_header("Location", "/p-1")
        self.send_header("Content-Length", str(len(body))); self.send_header("Content-Type", "text/html"); self.end_headers(); self.wfile.write(body)
    def log_message(self, *a): pass
srv = http.server.ThreadingHTTPServer(("127.0.0.1", 48082), H); threading.Thread(target=srv.serve_forever, daemon=True).start()
class S(scrapy.Spider):
    name = "s"; start_urls = ["http://127.0.0.1:48082/p-0", "http://127.0.0.1:9/", "http://bad.invalid/"]
    allowed_domains = ["127.0.0.1"]
    def parse(self, r):
        if "p-8" in r.url: raise ValueError(r.url)
        yield {"u": r.url}
        yield scrapy.Request("http://other.test/")
        for a in r.css("a::attr(href)").getall(): yield r.follow(a)
p = CrawlerProcess({"ROBOTSTXT_OBEY": True, "DUPEFILTER_DEBUG": True, "RETRY_TIMES": 1, "FEEDS": {"o.json": {"format": "json"}}, "HTTPCACHE_ENABLED": True, "AUTOTHROTTLE_ENABLED": False, "DEPTH_LIMIT": 6, "LOG_LEVEL": "DEBUG"}, install_root_handler=False)
p.crawl(S); p.start()
"""
    return python_programs(work, {"p.py": program})


def dask(work: Path) -> Iterator[Placed]:
    """Dask's scheduler and workers at debug level: tasks that work, fail, are lost and cancelled."""
    program = """
import time
from distributed import Client, LocalCluster, wait
def f(x):
    if x % 17 == 3: raise ValueError(x)
    return x
if __name__ == "__main__":
    cluster = LocalCluster(n_workers=2, threads_per_worker=1, processes=False, dashboard_address=None); client = Client(cluster)
    for n in range(12):
        futures = client.map(f, range(n * 20, n * 20 + 20)); wait(futures)
        if n == 5: cluster.scale(3)
        if n == 8: cluster.scale(1)
        if n % 3 == 0: client.cancel(futures)
        s = client.scatter(list(range(50))); client.replicate(s); client.rebalance()
    client.restart(); client.close(); cluster.close()
"""
    return python_programs(work, {"p.py": program}, seconds=90)


def sphinx(work: Path) -> Iterator[Placed]:
    """Several Python tools: Sphinx, Jupyter's server, Celery, mitmproxy, asyncio and paramiko."""
    (work / "conf.py").write_text(
        "project='p'\nextensions=['sphinx.ext.autodoc','sphinx.ext.intersphinx','sphinx.ext.viewcode']\nintersphinx_mapping={'x':('http://127.0.0.1:9/',None)}\n"
    )
    (work / "index.rst").write_text(
        "T\n=\n\n.. toctree::\n\n   a\n   none\n\n:ref:`no` :doc:`gone` :py:class:`X` |s|\n\n.. automodule:: nosuch\n\n.. image:: no.png\n\n.. bad::\n"
    )
    (work / "a.rst").write_text("A\n=\n\nB\n--\n`x <y>`_ *bad\n\n.. automodule:: json\n   :members:\n")
    programs = {
        "s.py": "import subprocess,sys\nfor b in ('html','latex','man','linkcheck','texinfo'): subprocess.run([sys.executable,'-m','sphinx','-v','-v','-E','-b',b,'.','o'+b])\n",
        "j.py": "import subprocess,sys,time,urllib.request\np=subprocess.Popen([sys.executable,'-m','jupyter_server','--no-browser','--allow-root','--debug','--port=48888','--ServerApp.token=t'])\ntime.sleep(8)\nfor n in range(40):\n  for u in ('api','api/contents','api/kernels','api/none%d'%n,'tree','api/sessions','static/x','api/kernelspecs','lab'):\n    try: urllib.request.urlopen('http://127.0.0.1:48888/'+u+'?token='+('t' if n%3 else 'bad'),timeout=3)\n    except Exception: pass\np.terminate(); p.wait()\n",
        "c.py": "from celery import Celery\nimport threading,time\napp=Celery('c',broker='memory://',backend='cache+memory://')\n@app.task(bind=True,max_retries=2)\ndef f(self,x):\n  if x%5==2: raise ValueError(x)\n  if x%5==4: raise self.retry(countdown=0)\n  return x\nfrom celery.contrib.testing.worker import start_worker\nwith start_worker(app,perform_ping_check=False,loglevel='debug'):\n  for n in range(60): f.delay(n)\n  time.sleep(8)\n",
        "a.py": "import asyncio,logging\nasync def main():\n  async def h(r,w):\n    await r.read(10); w.close()\n  s=await asyncio.start_server(h,'127.0.0.1',48083)\n  for n in range(40):\n    r,w=await asyncio.open_connection('127.0.0.1',48083); w.write(b'x'*n+b'y'); w.close()\n    try: await asyncio.open_connection('127.0.0.1',9)\n    except OSError: pass\n    await (await asyncio.create_subprocess_exec('true')).wait()\nasyncio.run(main(),debug=True)\n",
    }
    return python_programs(work, programs, seconds=60)


def npm(work: Path) -> Iterator[Placed]:
    """npm at its noisiest: installs from folders, missing and broken packages, audits and scripts."""
    env = {
        "PLACED_LOG": str(work / "placed"),
        "NODE_OPTIONS": f"--require {HOOKS / 'place.cjs'}",
        "HOME": str(work),
        "DEBUG": "*",
    }
    for number in range(8):
        folder = work / f"p{number}"
        folder.mkdir()
        needs = {f"p{number - 1}": f"file:../p{number - 1}"} if number else {}
        (folder / "package.json").write_text(
            json.dumps(
                {
                    "name": f"p{number}",
                    "version": f"1.0.{number}",
                    "dependencies": needs,
                    "engines": {"node": ">=99" if number == 3 else ">=1"},
                    "scripts": {
                        "test": "exit 1",
                        "build": "node -e 1",
                        "postinstall": "true" if number % 2 else "exit 0",
                    },
                }
            )
        )
        for step in (
            "install",
            "test",
            "run build",
            "ls",
            "pack",
            "install nosuch-package-of-ours-xyz --offline",
            "install file:../none",
            "cache verify",
            "config list",
            "version patch",
            "explain p0",
            "dedupe",
            "prune",
            "root",
            "outdated --offline",
            "link",
            "run nosuch",
            "view . --offline",
            "doctor --offline",
            "shrinkwrap",
            "rebuild",
            "fund",
            "query *",
            "pkg get",
            "init -y",
            "uninstall p0",
        ):
            run(["npm", *step.split(), "--loglevel=silly"], seconds=20, env=env, cwd=folder)
    return from_json(work.glob("placed.*"))


def puppet(work: Path) -> Iterator[Placed]:
    """Puppet at debug level over manifests that apply, differ and fail."""
    env = {"PLACED_LOG": str(work / "placed"), "RUBYOPT": f"-r{HOOKS / 'place.rb'}", "HOME": str(work)}
    for number in range(10):
        manifest = work / f"m{number}.pp"
        manifest.write_text(
            "".join(
                f"file {{ '{work}/f{number}_{n}': ensure => {'absent' if n % 4 == 3 else 'file'}, content => 'c{n}', mode => '06{n % 8}4' }}\n"
                for n in range(12)
            )
            + f"exec {{ '/bin/{'false' if number % 3 else 'true'}': }}\nuser {{ 'u{number}x': ensure => absent }}\nnotify {{ 'hello {number}': require => File['{work}/f{number}_1'] }}\npackage {{ 'bash': ensure => present }}\nservice {{ 'nosuch': ensure => stopped }}\ngroup {{ 'root': ensure => present }}\ncron {{ 'c{number}': command => 'x', ensure => absent }}\n"
            + ("bad syntax {" if number == 7 else "")
        )
        for mode in ("--noop", "--show_diff", "--no-daemonize"):
            run(
                [
                    "puppet",
                    "apply",
                    "--debug",
                    "--trace",
                    *([mode] if mode != "--no-daemonize" else []),
                    f"--vardir={work}/var",
                    f"--confdir={work}/conf",
                    str(manifest),
                ],
                seconds=40,
                env=env,
            )
        run(["puppet", "resource", "--debug", "user", f"--vardir={work}/var"], seconds=30, env=env)
    return from_json(work.glob("placed.*"))
