# ruff: noqa: E501 - programs are started, and what they are fed stands as one text
"""Programs in Java, JavaScript, Perl, PHP, Python and Ruby of the fifth round: run when all before were to learn from,
scored once."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.logs_corpora.fifth_native import VENV
from benchmarks.logs_corpora.later_native import background, ended, lines_of, served, told
from benchmarks.logs_corpora.managed import HOOKS, python_programs
from benchmarks.logs_corpora.records import Placed, from_json, parsed, run

NODE = os.environ.get("SEVLINE_LOG_FIFTH_NODE", "/tmp/corpora/node5")
"""A folder with ioredis 5 and vite 4 from npm."""

_JAVA_LINE = r"@@(?P<level>\w+)\|(?P<logger>[^|]*)\|(?P<place>[^|]+)\|(?P<message>.*)"


def _sampled(records: Iterator[Placed]) -> list[Placed]:
    found = list(records)
    return found[:: max(1, len(found) // 25_000)]


def _java(work: Path, text: str, jars: str) -> list[Placed]:
    (work / "Main.java").write_text(text)
    (work / "l.properties").write_text("handlers=Placed\n.level=FINEST\nPlaced.level=ALL\n")
    run(["javac", "-cp", jars, "-d", str(work), str(HOOKS / "Placed.java"), str(work / "Main.java")], seconds=90)
    run(
        ["java", "-Xmx256m", f"-Djava.util.logging.config.file={work}/l.properties", "-Dorg.apache.commons.logging.Log=org.apache.commons.logging.impl.Jdk14Logger", "-cp", f"{work}:{jars}", "Main"],
        seconds=150, env={"PLACED_LOG": str(work / "placed")}, cwd=work,
    )  # fmt: skip
    return _sampled(parsed(lines_of(work / "placed.java"), _JAVA_LINE))


def pgjdbc(work: Path) -> Iterator[Placed]:
    """PostgreSQL's driver for Java at its finest level: statements that work and fail, batches, cursors, large objects, wrong addresses."""
    base = max(Path("/usr/lib/postgresql").glob("*/bin"))
    (work / "own").mkdir()
    run(["chown", "-R", "postgres", str(work / "own")])
    run(["chmod", "755", str(work)])
    as_owner = ["runuser", "-u", "postgres", "--"]
    run([*as_owner, f"{base}/initdb", "-D", f"{work}/own/pg", "-A", "trust"], seconds=60)
    server = background(
        [*as_owner, f"{base}/postgres", "-D", f"{work}/own/pg", "-p", "44730", "-k", f"{work}/own"], work / "pglog"
    )
    time.sleep(4)
    text = """
import java.sql.*;
public class Main {
  static void quiet(java.util.concurrent.Callable<Object> what) { try { what.call(); } catch (Exception e) {} }
  public static void main(String[] a) throws Exception {
    String[] more = {"", "?prepareThreshold=1", "?preferQueryMode=simple", "?binaryTransfer=true&defaultRowFetchSize=2", "?ssl=true", "?sslmode=nosuch", "?targetServerType=secondary", "?loginTimeout=1&connectTimeout=1", "?reWriteBatchedInserts=true", "?autosave=always", "?nosuch=1&currentSchema=x", "?loggerLevel=TRACE&tcpKeepAlive=true", "?options=-c%20search_path=y", "?socketTimeout=1&cancelSignalTimeout=1", "?stringtype=unspecified&ApplicationName=app", "?gssEncMode=require"};
    String[] hosts = {"127.0.0.1:44730", "127.0.0.1:44730", "127.0.0.1:9", "127.0.0.1:9,127.0.0.1:44730", "nosuch.invalid:5432"};
    String[] texts = {"select 1", "select * from generate_series(1, 7) g", "create table t (id int primary key, n text, b bytea, d date)", "insert into t values (1, 'x')", "insert into t values (1, 'x')", "selec", "select nosuch from t", "update t set n = 'y' where id = 1", "select pg_sleep(2)", "begin", "commit", "rollback", "listen c", "notify c, 'hello'", "do $$ begin raise notice 'hi %', 1; raise warning 'w'; end $$", "copy t to stdout", "set timezone to 'UTC'", "select array[1,2], now(), 1.5::numeric, '{}'::json, null", "delete from t", "vacuum t", "explain select 1", "savepoint s", "declare k cursor for select 1", "select * from pg_class limit 9", "call nosuch()"};
    for (int round = 0; round < 48; round++) {
      final int r = round;
      quiet(() -> {
        String url = "jdbc:postgresql://" + hosts[r % 7 < 4 ? 0 : r % 5] + "/" + (r % 11 == 3 ? "nosuch" : "postgres") + more[r % more.length];
        try (Connection c = DriverManager.getConnection(url, r % 9 == 4 ? "nobody" : "postgres", "x")) {
          if (r % 3 == 0) c.setAutoCommit(false);
          for (int k = 0; k < 12; k++) { String q = texts[(r * 5 + k) % texts.length]; quiet(() -> { try (Statement s = c.createStatement()) { if (r % 4 == 1) { s.setFetchSize(3); s.setQueryTimeout(1); } s.execute(q); ResultSet f = s.getResultSet(); while (f != null && f.next()) f.getString(1); } return 0; }); }
          quiet(() -> { try (PreparedStatement p = c.prepareStatement("insert into t (id, n, b, d) values (?, ?, ?, ?)")) { for (int k = 0; k < 6; k++) { p.setInt(1, r * 100 + k); p.setString(2, "n" + k); p.setBytes(3, new byte[k * 10]); p.setDate(4, new Date(0)); p.addBatch(); } p.executeBatch(); } return 0; });
          quiet(() -> { try (PreparedStatement p = c.prepareStatement("select * from t where id > ? and n like ?")) { for (int k = 0; k < 7; k++) { p.setInt(1, k); p.setString(2, "%"); p.executeQuery(); } p.setObject(1, new Object()); } return 0; });
          quiet(() -> { DatabaseMetaData m = c.getMetaData(); m.getTables(null, null, "%", null); m.getColumns(null, null, "t", null); m.getPrimaryKeys(null, null, "t"); return m.getTypeInfo(); });
          quiet(() -> c.unwrap(org.postgresql.PGConnection.class).getCopyAPI().copyIn("copy t from stdin", new java.io.StringReader("junk\\n")));
          quiet(() -> c.unwrap(org.postgresql.PGConnection.class).getLargeObjectAPI().createLO());
          quiet(() -> { org.postgresql.PGConnection g = c.unwrap(org.postgresql.PGConnection.class); g.getNotifications(); g.addDataType("x", org.postgresql.util.PGmoney.class); return g.getReplicationAPI(); });
          quiet(() -> { c.setSavepoint("p"); c.isValid(1); c.setReadOnly(true); c.setTransactionIsolation(8); c.setClientInfo("ApplicationName", "z"); c.setNetworkTimeout(null, 5); return 0; });
          if (r % 6 == 5) c.abort(Runnable::run);
        }
        return 0;
      });
    }
    for (int k = 0; k < 5; k++) { final int n = k; quiet(() -> { org.postgresql.ds.PGSimpleDataSource d = new org.postgresql.ds.PGSimpleDataSource(); d.setServerNames(new String[] {"127.0.0.1"}); d.setPortNumbers(new int[] {n == 3 ? 9 : 44730}); d.setUser("postgres"); try (Connection c = d.getConnection()) { c.createStatement().execute("select " + n); } return 0; }); quiet(() -> { org.postgresql.xa.PGXADataSource x = new org.postgresql.xa.PGXADataSource(); x.setUrl("jdbc:postgresql://127.0.0.1:44730/postgres?user=postgres"); javax.sql.XAConnection c = x.getXAConnection(); javax.transaction.xa.Xid id = new javax.transaction.xa.Xid() { public int getFormatId() { return n; } public byte[] getGlobalTransactionId() { return new byte[] {1}; } public byte[] getBranchQualifier() { return new byte[] {2}; } }; c.getXAResource().start(id, 0); c.getConnection().createStatement().execute("select 1"); c.getXAResource().end(id, 67108864); c.getXAResource().prepare(id); c.getXAResource().rollback(id); return 0; }); }
  }
}
"""
    found = _java(work, text, "/usr/share/java/postgresql.jar")
    ended(server)
    yield from found


def httpclient(work: Path) -> Iterator[Placed]:
    """Apache's HttpClient (Java) at its finest level: pools, redirects, cookies, sign-in, retries, servers that talk junk or are away."""
    backend = served(work / "www", 44731)
    text = """
import java.net.*; import java.util.*;
import org.apache.http.client.methods.*; import org.apache.http.impl.client.*; import org.apache.http.client.config.*; import org.apache.http.auth.*; import org.apache.http.entity.*; import org.apache.http.util.EntityUtils;
public class Main {
  static void serve(int port, String[] answers) throws Exception {
    ServerSocket s = new ServerSocket(port, 50, InetAddress.getByName("127.0.0.1"));
    Thread t = new Thread(() -> { int n = 0; while (true) try { Socket c = s.accept(); c.setSoTimeout(300); byte[] b = new byte[9000]; try { c.getInputStream().read(b); } catch (Exception e) {} c.getOutputStream().write(answers[n++ % answers.length].getBytes("UTF-8")); c.getOutputStream().flush(); c.close(); } catch (Exception e) {} });
    t.setDaemon(true); t.start();
  }
  public static void main(String[] a) throws Exception {
    String end = "\\r\\nContent-Length: 2\\r\\n\\r\\nok";
    serve(44732, new String[] {"HTTP/1.1 200 OK" + end, "HTTP/1.1 302 Found\\r\\nLocation: /x" + end, "HTTP/1.1 301 Moved\\r\\nLocation: http://127.0.0.1:44731/f1.bin" + end, "HTTP/1.1 401 No\\r\\nWWW-Authenticate: Basic realm=\\"r\\"" + end, "HTTP/1.1 401 No\\r\\nWWW-Authenticate: Digest realm=\\"r\\", nonce=\\"n\\", qop=\\"auth\\"" + end, "HTTP/1.1 200 OK\\r\\nSet-Cookie: a=b; path=/; expires=junk" + end, "HTTP/1.1 200 OK\\r\\nSet-Cookie: c=d; domain=.other.example" + end, "junk\\r\\n", "", "HTTP/1.1 503 Busy\\r\\nRetry-After: 1" + end, "HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\nzz", "HTTP/1.1 302 Found\\r\\nLocation: ::bad" + end, "HTTP/1.1 407 Proxy\\r\\nProxy-Authenticate: NTLM" + end, "HTTP/1.1 200 OK\\r\\nContent-Encoding: gzip" + end, "HTTP/1.1 302 Found" + end, "HTTP/1.1 204 None\\r\\n\\r\\n", "HTTP/1.1 401 No\\r\\nWWW-Authenticate: Negotiate" + end, "HTTP/1.1 200 OK\\r\\nKeep-Alive: timeout=1, max=2\\r\\nConnection: keep-alive" + end, "HTTP/1.0 500 Bad" + end, "HTTP/1.1 100 Continue\\r\\n\\r\\nHTTP/1.1 200 OK" + end});
    String[] urls = {"http://127.0.0.1:44732/a", "http://127.0.0.1:44731/f2.bin", "http://127.0.0.1:44731/none", "http://127.0.0.1:9/", "http://nosuch.invalid/", "https://127.0.0.1:44732/", "http://localhost:44732/b?x=1"};
    for (int client = 0; client < 9; client++) {
      HttpClientBuilder builder = HttpClients.custom();
      BasicCredentialsProvider p = new BasicCredentialsProvider(); p.setCredentials(AuthScope.ANY, new UsernamePasswordCredentials("bob", "x"));
      if (client % 2 == 0) builder.setDefaultCredentialsProvider(p);
      if (client == 3) builder.setProxy(new org.apache.http.HttpHost("127.0.0.1", 44732));
      if (client == 4) builder.setServiceUnavailableRetryStrategy(new DefaultServiceUnavailableRetryStrategy(2, 50));
      if (client == 5) builder.setRedirectStrategy(new LaxRedirectStrategy());
      if (client == 6) builder.disableAutomaticRetries().disableCookieManagement().evictExpiredConnections();
      if (client == 7) builder.setMaxConnTotal(1).setMaxConnPerRoute(1);
      RequestConfig config = RequestConfig.custom().setSocketTimeout(700).setConnectTimeout(700).setConnectionRequestTimeout(500).setCookieSpec(new String[] {"default", "standard", "ignoreCookies", "netscape"}[client % 4]).setExpectContinueEnabled(client == 8).setMaxRedirects(3).setCircularRedirectsAllowed(client == 2).build();
      try (CloseableHttpClient http = builder.setDefaultRequestConfig(config).build()) {
        for (int n = 0; n < 34; n++) { String url = urls[n % 3 == 0 ? n % 7 : 0];
          HttpUriRequest q = n % 4 == 1 ? new HttpPost(url) : n % 7 == 2 ? new HttpHead(url) : n % 9 == 5 ? new HttpPut(url) : new HttpGet(url);
          if (q instanceof HttpEntityEnclosingRequestBase) ((HttpEntityEnclosingRequestBase) q).setEntity(new StringEntity("a=" + n));
          if (n == 20) { HttpUriRequest last = q; new Thread(() -> { try { Thread.sleep(20); } catch (Exception e) {} last.abort(); }).start(); }
          try (CloseableHttpResponse r = http.execute(q)) { if (n % 5 != 4) EntityUtils.consumeQuietly(r.getEntity()); } catch (Exception e) {} }
      } catch (Exception e) {}
    }
    System.exit(0);
  }
}
"""
    jars = ":".join(
        f"/usr/share/java/{name}.jar" for name in ("httpclient", "httpcore", "commons-logging", "commons-codec")
    )
    found = _java(work, text, jars)
    ended(backend)
    yield from found


def ioredis(work: Path) -> Iterator[Placed]:
    """ioredis (JavaScript) with all its debugging: a server that answers, restarts, wants a password; pipelines, streams, subscriptions, wrong addresses."""
    command = ["redis-server", "--port", "44740", "--save", "", "--bind", "127.0.0.1", "--dir", str(work)]
    servers = [background(command, work / "r1"), background([*command[:1], "--port", "44741", "--requirepass", "good", "--bind", "127.0.0.1", "--save", "", "--dir", str(work)], work / "r2")]  # fmt: skip
    (work / "p.js").write_text(
        "const Redis = require('ioredis')\nconst sleep = (n) => new Promise((r) => setTimeout(r, n)), quiet = (p) => Promise.race([Promise.resolve(p).catch(() => 0), sleep(700)])\n;(async () => {\n"
        "const ways = [{}, {db: 3}, {db: 99}, {keyPrefix: 'x:'}, {lazyConnect: true}, {enableOfflineQueue: false}, {port: 44741}, {port: 44741, password: 'good'}, {port: 44741, password: 'bad'}, {port: 9, maxRetriesPerRequest: 2}, {host: 'nosuch.invalid', retryStrategy: () => null}, {sentinels: [{host: '127.0.0.1', port: 44740}], name: 'm'}, {enableAutoPipelining: true}, {commandTimeout: 5}, {tls: {}}, {path: '/none'}, {enableReadyCheck: false, autoResubscribe: false}, {readOnly: true}, {username: 'u', password: 'p'}, {connectTimeout: 1}]\n"
        "for (const [n, way] of ways.entries()) { const r = new Redis({host: '127.0.0.1', port: 44740, retryStrategy: (t) => t > 3 ? null : 50, ...way}); r.on('error', () => 0)\n"
        " for (let k = 0; k < 5; k++) { await quiet(r.set(`k${k}`, 'v'.repeat(k * 60))); await quiet(r.get(`k${k}`)); await quiet(r.call('nosuch', k)); await quiet(r.hset('h', 'a', k)); await quiet(r.lpush('k0', 1)) }\n"
        " await quiet(r.pipeline().set('a', 1).get('a').incr('h').exec()); await quiet(r.multi().set('b', 2).exec()); await quiet(r.eval('return redis.call(\"get\", KEYS[1])', 1, 'a')); r.defineCommand('mine', {numberOfKeys: 1, lua: 'return ARGV[1]'}); await quiet(r.mine && r.mine('k', 'v')); await quiet(r.xadd('s', '*', 'a', 'b')); await quiet(r.scan(0)); await quiet(r.info()); await quiet(r.select(2)); await quiet(r.brpop('none', 0.1))\n"
        " const s = r.duplicate(); s.on('error', () => 0); await quiet(s.subscribe('c', 'd')); await quiet(s.psubscribe('p*')); await quiet(r.publish('c', 'hi')); await quiet(s.get('x')); await quiet(s.unsubscribe()); if (n % 3 === 0) await quiet(r.client('KILL', 'TYPE', 'pubsub')); if (n % 4 === 0) await quiet(r.client('KILL', 'SKIPME', 'no')); const m = r.duplicate(); m.on('error', () => 0); await quiet(m.monitor()); await sleep(60); await quiet(r.quit()); s.disconnect(); m.disconnect(n % 2 === 0); r.disconnect() }\n"
        "for (const port of [44740, 9, 44741]) { const c = new Redis.Cluster([{host: '127.0.0.1', port}], {clusterRetryStrategy: (t) => t > 2 ? null : 50, scaleReads: port === 9 ? 'slave' : 'all'}); c.on('error', () => 0); await quiet(c.get('a')); await quiet(c.set('{x}b', 1)); await quiet(c.subscribe('c')); c.disconnect() }\n"
        "process.exit(0) })()\nprocess.on('uncaughtException', () => 0); process.on('unhandledRejection', () => 0)\n"
    )
    env = {"PLACED_LOG": str(work / "placed"), "NODE_OPTIONS": f"--require {HOOKS / 'place.cjs'}", "NODE_PATH": f"{NODE}/node_modules", "DEBUG": "*", "DEBUG_COLORS": "no", "DEBUG_HIDE_DATE": "1"}  # fmt: skip
    time.sleep(1)
    run(["node", "p.js"], seconds=150, env=env, cwd=work)
    ended(*servers)
    yield from _sampled(from_json(work.glob("placed.*")))


def vite(work: Path) -> Iterator[Placed]:
    """Vite (JavaScript) with all its debugging: builds and servers over pages, styles, workers, assets, plug-ins, mistakes."""
    env = {"PLACED_LOG": str(work / "placed"), "NODE_OPTIONS": f"--require {HOOKS / 'place.cjs'}", "DEBUG": "*", "DEBUG_COLORS": "no", "DEBUG_HIDE_DATE": "1", "HOME": str(work)}  # fmt: skip
    for number in range(7):
        folder = work / f"a{number}"
        (folder / "src").mkdir(parents=True)
        (folder / "public").mkdir()
        (folder / "node_modules").symlink_to(f"{NODE}/node_modules")
        (folder / "package.json").write_text('{"name": "a", "type": "module"}')
        (folder / "public" / "p.txt").write_text("x")
        (folder / ".env").write_text("VITE_X=1\n")
        (folder / "index.html").write_text('<html><script type="module" src="/src/m0.js"></script><link rel="stylesheet" href="/src/s.css"><img src="/src/i.svg"></html>')  # fmt: skip
        for part in range(9):
            line = ("", "import x from nosuch", "import n from 'none-such'", "const l = () => import(`./m7.js`)", "import.meta.hot?.accept()", "const g = import.meta.glob('./m*.js')", "new Worker(new URL('./m8.js', import.meta.url))", "import j from './d.json'", "require('fs')")[part if number != part else 1] if part != 1 else ""  # fmt: skip
            (folder / "src" / f"m{part}.js").write_text(f"import {{ v as w }} from './m{part + 1}.js'\nimport './s.css'\n{line}\nexport const v = w + {part}\n")  # fmt: skip
        (folder / "src" / "m9.js").write_text("export const v = import.meta.env.VITE_X\n")
        (folder / "src" / "s.css").write_text(
            "@import './t.css';\n.a { color: red; background: url(./i.svg) }\n" + ("}" if number == 4 else "")
        )
        (folder / "src" / "t.css").write_text(".b { margin: 0 }\n")
        (folder / "src" / "i.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
        (folder / "src" / "d.json").write_text('{"a": 1}' if number != 5 else "{bad")
        (folder / "vite.config.js").write_text(f"export default {{ base: '/b{number}/', resolve: {{ alias: {{ '@': '/src' }} }}, define: {{ Q: '1' }}, optimizeDeps: {{ include: ['{('ioredis', 'nosuch', 'esbuild')[number % 3]}'] }}, server: {{ port: {44750 + number}, host: '127.0.0.1', strictPort: true, proxy: {{ '/api': 'http://127.0.0.1:9' }} }}, build: {{ sourcemap: {'true' if number % 2 else 'false'}, minify: {'false' if number == 3 else 'true'} }}, plugins: [{{ name: 'p', transform(c, id) {{ if ({number} === 6 && id.endsWith('m3.js')) this.error('odd') }} }}] }}{'(' if number == 2 else ''}\n")  # fmt: skip
        for call in ("build", "build --mode test", "build --ssr src/m9.js", "optimize", "build --config none.js"):
            run(["node", f"{NODE}/node_modules/vite/bin/vite.js", *call.split(), "-d"], seconds=40, env=env, cwd=folder)
        server = background(
            ["node", f"{NODE}/node_modules/vite/bin/vite.js", "-d", "--force"], work / "out", cwd=folder, env=env
        )
        time.sleep(4)
        for path in ("", "src/m0.js", "src/m1.js", "src/m2.js", "src/m3.js", "src/m4.js", "src/m5.js", "src/m6.js", "src/m7.js", "src/s.css", "src/d.json", "src/i.svg", "src/none.js", "p.txt", "api/x", "@vite/client", "@fs/etc/passwd", "src/m9.js?import", "@id/ioredis", "src/i.svg?raw", "%zz", "src/m8.js?worker_file&type=classic"):  # fmt: skip
            run(["curl", "-s", "-m", "4", "-o", "/dev/null", "-H", "Accept: text/html,*/*", f"http://127.0.0.1:{44750 + number}/b{number}/{path}"], seconds=6)  # fmt: skip
        (folder / "src" / "m9.js").write_text("export const v = 2\n")
        (folder / "src" / "t.css").write_text(".b { margin: 1px }\n")
        (folder / ".env").write_text("VITE_X=2\n")
        time.sleep(2)
        ended(server)
    yield from _sampled(from_json(work.glob("placed.*")))


def fonttools(work: Path) -> Iterator[Placed]:
    """fontTools (Python) at its finest level: fonts built, subset, merged, instanced, compiled features, broken tables."""
    program = "import os, glob, random, fontTools\nfontTools.configLogger = lambda *a, **k: None\nfrom fontTools.fontBuilder import FontBuilder\nfrom fontTools.pens.ttGlyphPen import TTGlyphPen\nfrom fontTools import ttLib, subset, merge, ttx\nfrom fontTools.feaLib.builder import addOpenTypeFeaturesFromString as fea\ndef quiet(f, *a, **k):\n    try: return f(*a, **k)\n    except BaseException: pass\ndef make(n):\n    names = ['.notdef', 'space'] + [chr(97 + i) for i in range(4 + n)]\n    b = FontBuilder(1000 + n, isTTF=True); b.setupGlyphOrder(names); b.setupCharacterMap({32: 'space', **{97 + i: chr(97 + i) for i in range(4 + n)}})\n    def pen(i):\n        p = TTGlyphPen(None); p.moveTo((0, 0)); p.lineTo((i * 9, 500)); p.qCurveTo((50, 60), (90, 10)); p.closePath(); return p.glyph()\n    b.setupGlyf({g: pen(i) for i, g in enumerate(names)}); b.setupHorizontalMetrics({g: (600 + n, 0) for g in names}); b.setupHorizontalHeader(ascent=800, descent=-200); b.setupNameTable({'familyName': f'F{n}', 'styleName': 'Regular'}); b.setupOS2(); b.setupPost()\n    if n % 2:\n        b.setupFvar([('wght', 100, 400, 900, 'Weight')], []); b.setupGvar({})\n    quiet(fea, b.font, ('feature liga { sub a b by c; } liga; feature kern { pos a b -%d; pos [a c] d 20; } kern;' % n, 'feature liga { sub a nosuch by c; } liga;', 'lookup x { sub a by b; } x; feature calt { sub a\\' lookup x b; } calt;', 'languagesystem DFLT dflt; feature mark { pos base a <anchor 1 1> mark @N; } mark;')[n % 4])\n    b.save(f'f{n}.ttf')\nfor n in range(12):\n    quiet(make, n); open(f'b{n}.ttf', 'wb').write((open(f'f{n}.ttf', 'rb').read() if os.path.exists(f'f{n}.ttf') else b'x')[:300 + n * 90])\nfonts = sorted(glob.glob('/usr/share/fonts/**/*.ttf', recursive=True))[:8] + [f'f{n}.ttf' for n in range(12)] + [f'b{n}.ttf' for n in range(12)]\nfor i, f in enumerate(fonts):\n    for more in (['--unicodes=61-64'], ['--text=hello', '--layout-features=*', '--verbose', '--timing'], ['--glyphs=a,nosuch', '--drop-tables+=kern', '--no-hinting'], ['--gids=1-3', '--flavor=woff'], ['--unicodes=*', '--recalc-bounds', '--desubroutinize'], ['--nosuch'])[i % 3:i % 3 + 3]: quiet(subset.main, [f, '--output-file=s.ttf', *more])\n    quiet(ttx.main, ['-f', '-o', f'x{i}.ttx', f]); quiet(ttx.main, ['-f', '-o', 'y.ttf', f'x{i}.ttx']); quiet(ttx.main, ['-l', f])\n    def walk():\n        t = ttLib.TTFont(f, lazy=bool(i % 2), recalcTimestamp=False); [t[k] for k in t.keys()]; t.save('z.ttf', reorderTables=i % 3 == 0)\n    quiet(walk)\n    quiet(lambda: __import__('fontTools.varLib.instancer', fromlist=['main']).main([f, 'wght=300', '-o', 'i.ttf', '-v'])); quiet(lambda: __import__('fontTools.varLib.mutator', fromlist=['main']).main([f, 'wght=200']))\n    quiet(merge.main, ['--output-file=m.ttf', '--verbose', f, fonts[(i + 1) % len(fonts)]])\nfor n in range(4): quiet(lambda: __import__('fontTools.cu2qu.cli', fromlist=['main'])._main([f'none{n}.ufo'])); quiet(lambda: __import__('fontTools.afmLib').AFM('none'))\n"
    found = list(python_programs(work, {"p.py": program}, seconds=200, venv=VENV))
    yield from found[:: max(1, len(found) // 25_000)]


def mitmproxy(work: Path) -> Iterator[Placed]:
    """mitmproxy (Python) at its finest level: requests over plain and sealed lines, scripts that fail, servers that are away, junk."""
    backend = served(work / "www", 44771)
    (work / "s.py").write_text("import logging\nfrom mitmproxy import ctx\ndef request(flow):\n    if 'odd' in flow.request.path: raise ValueError('odd')\n    if 'slow' in flow.request.path: flow.kill()\ndef response(flow):\n    if 'f1' in flow.request.path: flow.response.text = 'x'\n")  # fmt: skip
    env = {"PLACED_LOG": str(work / "placed"), "PYTHONPATH": str(HOOKS), "HOME": str(work)}
    ways = (["-s", f"{work}/s.py"], ["--mode", "reverse:http://127.0.0.1:44771"], ["--mode", "upstream:http://127.0.0.1:9"], ["--mode", "socks5"], ["--set", "block_list=:~u f2:404", "--modify-headers", "/~q/X/y"], ["--anticache", "--set", "stream_large_bodies=1k", "--ssl-insecure"], ["--map-local", f"|none|{work}/nosuch", "--set", "connection_strategy=lazy"], ["--proxyauth", "bob:x"], ["-w", f"{work}/flows", "--set", "http2=false"], ["-s", f"{work}/none.py"], ["--mode", "nosuch"], ["-nr", f"{work}/flows"])  # fmt: skip
    for number, way in enumerate(ways):
        server = background([f"{VENV}/bin/mitmdump", "-p", "44770", "--listen-host", "127.0.0.1", "-v", "--set", "termlog_verbosity=debug", *way], work / "out", cwd=work, env=env)  # fmt: skip
        time.sleep(4)
        kind = "--socks5" if number == 3 else "-x"
        for path in ("f1.bin", "f2.bin", "none", "odd", "slow", "f7.bin?x=1"):
            for more in ([], ["-X", "POST", "-d", "a=b"], ["-H", "Expect: 100-continue", "-d", "x"], ["--http1.0"])[
                number % 2 :: 2
            ]:
                target = "http://127.0.0.1:44770" if number == 1 else f"http://127.0.0.1:{(44771, 9)[path == 'none']}"
                proxy = [] if number == 1 else [kind, "127.0.0.1:44770"]
                run(["curl", "-s", "-m", "4", "-o", "/dev/null", *proxy, *more, f"{target}/{path}"], seconds=6)
        for extra in (["https://127.0.0.1:44771/x"], ["http://nosuch.invalid/"], ["-k", "https://nosuch.invalid/"], ["-k", "--tls-max", "1.2", "https://127.0.0.1:9/"]):  # fmt: skip
            run(["curl", "-s", "-m", "4", kind, "127.0.0.1:44770", *extra], seconds=6)
        told(44770, b"junk\r\n\r\n", b"\x16\x03\x01\x00\x05hello", b"GET / HTTP/1.1\r\n\r\n", b"CONNECT a:x HTTP/1.1\r\n\r\n", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", b"GET http://127.0.0.1:44771/ HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n")  # fmt: skip
        ended(server)
    ended(backend)
    yield from _sampled(from_json(work.glob("placed.*")))


def pymodbus(work: Path) -> Iterator[Placed]:
    """pymodbus (Python) at its finest level: clients and servers over TCP, UDP, TLS and no serial line; wrong registers, frames, addresses."""
    program = "import asyncio, inspect, logging, random\nimport pymodbus\npymodbus.pymodbus_apply_logging_config('DEBUG')\nfrom pymodbus import server as S, client as C, FramerType\nfrom pymodbus.datastore import *\nasync def quiet(x):\n    try:\n        r = x() if callable(x) else x\n        if inspect.isawaitable(r): r = await asyncio.wait_for(r, 1.5)\n        return r\n    except BaseException as e:\n        return None\nasync def main():\n    device = None\n    for name in ('ModbusDeviceContext', 'ModbusSlaveContext'):\n        if name in globals(): device = globals()[name]\n    def context():\n        d = device(di=ModbusSequentialDataBlock(0, [1] * 40), co=ModbusSequentialDataBlock(0, [0] * 40), hr=ModbusSequentialDataBlock(0, list(range(40))), ir=ModbusSparseDataBlock({1: 5, 9: 7}))\n        return ModbusServerContext(d, True)\n    tasks = []\n    for n, (start, port, framer) in enumerate(((S.StartAsyncTcpServer, 44780, FramerType.SOCKET), (S.StartAsyncUdpServer, 44781, FramerType.SOCKET), (S.StartAsyncTcpServer, 44782, FramerType.RTU), (S.StartAsyncTcpServer, 44783, FramerType.ASCII))):\n        tasks.append(asyncio.create_task(quiet(lambda: asyncio.shield(asyncio.ensure_future(start(context(), address=('127.0.0.1', port), framer=framer))))))\n    await asyncio.sleep(1)\n    for n in range(26):\n        port = (44780, 44781, 44782, 44783, 9)[n % 5]; framer = (FramerType.SOCKET, FramerType.SOCKET, FramerType.RTU, FramerType.ASCII, FramerType.SOCKET)[(n + (n // 10)) % 5]\n        kind = C.AsyncModbusUdpClient if port == 44781 else C.AsyncModbusTcpClient\n        c = kind('127.0.0.1', port=port, framer=framer, timeout=.4, retries=1, reconnect_delay=.1 if n % 3 else 0)\n        await quiet(c.connect)\n        for k in range(9):\n            for call in (lambda: c.read_holding_registers(k * 6, count=3), lambda: c.read_coils(k, count=9), lambda: c.read_discrete_inputs(k * 9, count=1), lambda: c.read_input_registers(k, count=1), lambda: c.write_register(k * 7, n), lambda: c.write_coil(k, True), lambda: c.write_registers(k, [1, 2, n]), lambda: c.write_coils(k, [True] * k), lambda: c.mask_write_register(k, 1, 2), lambda: c.readwrite_registers(read_address=1, read_count=2, write_address=3, values=[k]), lambda: c.read_device_information(), lambda: c.diag_query_data(b'hi'), lambda: c.read_exception_status(), lambda: c.report_device_id(), lambda: c.read_fifo_queue(k), lambda: c.diag_read_bus_message_count(), lambda: c.read_holding_registers(99999, count=500))[(n + k) % 5::4]: await quiet(call)\n        c.close()\n    for port in (44780, 44782, 44783):\n        for raw in (b'junk', b'\\x00\\x01\\x00\\x00\\x00\\x06\\x01\\x99\\x00\\x01\\x00\\x01', b'\\x00\\x01\\x00\\x07\\x00\\x06\\x01\\x03\\x00\\x01\\x00\\x01', b':01030001\\r\\n', b'\\x01\\x03\\x00\\x01\\x00\\x01\\x00\\x00', b'\\x00' * 300):\n            try:\n                r, w = await asyncio.open_connection('127.0.0.1', port); w.write(raw); await w.drain(); await asyncio.sleep(.2); w.close()\n            except OSError: pass\n    s = C.AsyncModbusSerialClient('/dev/nosuch'); await quiet(s.connect)\n    t = C.ModbusTcpClient('127.0.0.1', port=9, timeout=.3, retries=1); t.connect()\n    for t in (C.ModbusTcpClient('127.0.0.1', port=44780, timeout=.3),):\n        pass\n    await quiet(S.ServerAsyncStop)\nasyncio.run(asyncio.wait_for(main(), 170))\n"
    found = list(python_programs(work, {"p.py": program}, seconds=200, venv=VENV))
    yield from found[:: max(1, len(found) // 25_000)]


def netssh(work: Path) -> Iterator[Placed]:
    """Net::SSH (Ruby) at its finest level: sign-ins that work, fail, keys of many kinds, channels, forwards, servers that talk junk."""
    for kind in ("rsa", "ed25519", "ecdsa"):
        run(["ssh-keygen", "-q", "-t", kind, "-N", "", "-f", f"{work}/{kind}"])
        run(["ssh-keygen", "-q", "-t", kind, "-N", "", "-f", f"{work}/h{kind}"])
    (work / "auth").write_text("".join((work / f"{kind}.pub").read_text() for kind in ("ed25519", "ecdsa", "rsa")))
    Path("/run/sshd").mkdir(exist_ok=True)
    (work / "c").write_text(f"Port 44785\nListenAddress 127.0.0.1\n{''.join(f'HostKey {work}/h{kind}{chr(10)}' for kind in ('rsa', 'ed25519', 'ecdsa'))}AuthorizedKeysFile {work}/auth\nStrictModes no\nPermitRootLogin yes\nUsePAM no\nPasswordAuthentication yes\nPidFile {work}/pid\nMaxAuthTries 3\nRekeyLimit 64K\n")  # fmt: skip
    server = background(["/usr/sbin/sshd", "-D", "-e", "-f", f"{work}/c"], work / "log")
    junk = background(["python3", "-c", "import socket\ns = socket.create_server(('127.0.0.1', 44786))\nfor n in range(999):\n    c, _ = s.accept(); c.sendall([b'junk\\r\\n', b'SSH-1.5-x\\r\\n', b'SSH-2.0-x\\r\\n' + b'\\0' * 50, b''][n % 4]); c.close()"], work / "j")  # fmt: skip
    time.sleep(1)
    (work / "p.rb").write_text(r"""
require 'net/ssh'; require 'logger'; require 'json'; require 'timeout'
OUT = File.open(ENV['PLACED_LOG'] + '.rb', 'a'); OUT.sync = true
class Kept < Logger
  def add(severity, message = nil, progname = nil)
    at = caller_locations(1, 12).find { |f| f.path !~ %r{loggable|p\.rb|/logger\.rb} }
    text = message || (block_given? ? yield : progname)
    OUT.puts({ place: "#{at.path}:#{at.lineno}", level: %w[DEBUG INFO WARN ERROR FATAL ANY][severity], logger: progname.to_s.sub(/\[\h+\]/, ''), message: text.to_s }.to_json) if at
    true
  end
end
def quiet; Timeout.timeout(6) { yield }; rescue Exception; nil; end
me = 'root'
ways = [{keys: ['ed25519']}, {keys: ['rsa']}, {keys: ['ecdsa'], keys_only: true}, {keys: ['none']}, {password: 'bad', auth_methods: ['password']}, {keys: ['ed25519'], encryption: 'aes128-ctr'}, {keys: ['rsa'], kex: 'diffie-hellman-group14-sha256'}, {keys: ['ed25519'], hmac: 'hmac-sha2-512'}, {keys: ['rsa'], host_key: 'ssh-rsa'}, {encryption: 'nosuch'}, {auth_methods: ['nosuch']}, {auth_methods: ['keyboard-interactive'], password: 'x'}, {keys: ['ecdsa'], compression: true}, {port: 44786}, {port: 9}, {keys: ['ed25519'], verify_host_key: :always}, {keys: ['rsa'], timeout: 1, keepalive: true, keepalive_interval: 1}, {key_data: ['junk']}, {keys: ['ed25519'], rekey_blocks_limit: 5, rekey_packet_limit: 20}, {auth_methods: ['none']}, {keys: ['ed25519'], user: 'nosuch'}, {proxy: nil, keys: ['rsa'], global_known_hosts_file: '/none'}, {config: true, keys: ['ecdsa'], send_env: [/LANG/]}, {auth_methods: ['hostbased', 'publickey'], keys: ['rsa']}]
ways.each_with_index do |way, n|
  2.times do |round|
    quiet do
      user = way.delete(:user) || me
      Net::SSH.start('127.0.0.1', user, {port: 44785, logger: Kept.new(nil), verify_host_key: :never, non_interactive: true, use_agent: round == 1, keys_only: true, timeout: 3, user_known_hosts_file: 'known'}.merge(way)) do |s|
        quiet { s.exec!("echo hi #{n}") }; quiet { s.exec!('exit 3') }; quiet { s.exec!('cat /none') }
        quiet { s.open_channel { |c| c.request_pty; c.exec('true') { |d, ok| d.on_data { }; d.on_request('exit-status') { }; d.eof! } }; s.loop(0.1) { s.busy? } }
        quiet { s.open_channel { |c| c.send_channel_request('shell') { }; c.send_data("exit\n" * 3) }; s.loop(0.1) }
        quiet { s.forward.local(44787 + n, '127.0.0.1', 9); TCPSocket.new('127.0.0.1', 44787 + n).close; s.loop(0.1) { false } } if n % 3 == 0
        quiet { s.forward.remote(9, '127.0.0.1', 44850 + n); s.loop(0.1) { false } } if n % 3 == 1
        quiet { s.open_channel('nosuch') { }; s.loop(0.1) { s.busy? } }
        quiet { s.send_global_request('nosuch') { }; s.loop(0.1) { false } }
        quiet { s.exec!('head -c 300000 /dev/zero | od | head -2000') } if n % 5 == 0
        quiet { s.exec!('kill $PPID') } if n % 7 == 6
      end
    end
  end
end
""")  # fmt: skip
    run(["ruby", "p.rb"], seconds=200, env={"PLACED_LOG": str(work / "placed"), "HOME": str(work)}, cwd=work)
    ended(server, junk)
    yield from _sampled(from_json(work.glob("placed.*")))


def phpmailer(work: Path) -> Iterator[Placed]:
    """PHPMailer (PHP), most talkative: letters taken and refused, sign-in of many kinds, attachments, servers that talk junk or are away."""
    (work / "s.py").write_text("import socket, threading\ndef serve(port, mode):\n    s = socket.create_server(('127.0.0.1', port))\n    def one(c):\n        try:\n            c.settimeout(3); c.sendall({'junk': b'junk\\r\\n', 'busy': b'421 busy\\r\\n'}.get(mode, b'220 a ESMTP x\\r\\n')); f = c.makefile('rb'); data = False; n = 0\n            for line in f:\n                n += 1; w = line.upper().strip()\n                if data:\n                    if w == b'.': data = False; c.sendall(b'550 no\\r\\n' if mode == 'refuse' else b'250 2.0.0 Ok: queued as A%d\\r\\n' % n)\n                    continue\n                if w.startswith(b'EHLO'): c.sendall(b'500 what\\r\\n' if mode == 'old' else b'250-a\\r\\n250-SIZE 9000\\r\\n250-AUTH ' + (b'GSSAPI' if mode == 'refuse' else b'LOGIN PLAIN CRAM-MD5') + (b'\\r\\n250-STARTTLS' if mode == 'tls' else b'') + b'\\r\\n250 8BITMIME\\r\\n')\n                elif w.startswith(b'AUTH'): c.sendall(b'334 VXNlcm5hbWU6\\r\\n')\n                elif w.startswith(b'RCPT') and b'NONE' in w: c.sendall(b'550 nobody\\r\\n')\n                elif w.startswith(b'DATA'): data = True; c.sendall(b'354 go\\r\\n')\n                elif w.startswith(b'QUIT'): c.sendall(b'221 bye\\r\\n'); break\n                elif w.startswith((b'HELO', b'MAIL', b'RCPT', b'RSET', b'NOOP')): c.sendall(b'250 ok\\r\\n')\n                elif w.startswith(b'STARTTLS'): c.sendall(b'454 not now\\r\\n')\n                else: c.sendall(b'235 ok\\r\\n' if mode != 'refuse' else b'535 bad\\r\\n')\n        except OSError: pass\n        c.close()\n    while True: threading.Thread(target=one, args=(s.accept()[0],), daemon=True).start()\nfor port, mode in ((44790, 'ok'), (44791, 'refuse'), (44792, 'junk'), (44793, 'old'), (44794, 'tls'), (44795, 'busy')): threading.Thread(target=serve, args=(port, mode)).start()\n")  # fmt: skip
    server = background(["python3", "s.py"], work / "out", cwd=work)
    time.sleep(1)
    (work / "p.php").write_text("""<?php
foreach (['OAuthTokenProvider', 'Exception', 'SMTP', 'PHPMailer', 'POP3', 'OAuth'] as $n) @include_once glob('/usr/share/php/{libphp-phpmailer,PHPMailer}*/src/' . $n . '.php', GLOB_BRACE)[0] ?? 'none';
@include_once '/usr/share/php/libphp-phpmailer/autoload.php';
use PHPMailer\\PHPMailer\\PHPMailer;
$keep = function ($text, $level) {
  foreach (debug_backtrace(DEBUG_BACKTRACE_IGNORE_ARGS, 9) as $f) if (($f['function'] ?? '') === 'edebug') {
    foreach (array_slice(explode("\\n", trim($text)), 0, 1) as $line) file_put_contents(getenv('PLACED_LOG') . '.php', json_encode(['place' => $f['file'] . ':' . $f['line'], 'level' => (string) $level, 'logger' => '', 'message' => trim($line)], JSON_INVALID_UTF8_SUBSTITUTE) . "\\n", FILE_APPEND);
    return;
  }
};
file_put_contents('a.txt', str_repeat('x', 999));
$n = 0;
foreach ([44790, 44791, 44792, 44793, 44794, 44795, 9] as $port) foreach (['', 'LOGIN', 'PLAIN', 'CRAM-MD5', 'XOAUTH2', 'NOSUCH'] as $auth) foreach ([0, 1, 2] as $way) {
  $n++; $m = new PHPMailer(true); $m->isSMTP(); $m->Host = $way === 2 && $n % 5 === 0 ? 'nosuch.invalid;127.0.0.1' : '127.0.0.1'; $m->Port = $port; $m->SMTPDebug = 4; $m->Debugoutput = $keep; $m->Timeout = 2; $m->SMTPAutoTLS = $way === 1; $m->SMTPKeepAlive = $way === 2;
  if ($auth !== '') { $m->SMTPAuth = true; $m->AuthType = $auth === 'LOGIN' && $way ? '' : $auth; $m->Username = "bob$n"; $m->Password = 'x'; }
  if ($n % 7 === 3) $m->SMTPSecure = 'tls'; if ($n % 11 === 5) $m->SMTPSecure = 'ssl'; if ($n % 13 === 6) $m->dsn = 'FAILURE'; if ($n % 9 === 4) $m->do_verp = true; if ($n % 17 === 8) $m->AllowEmpty = true;
  foreach ([1, 2] as $k) try { $m->clearAllRecipients(); $m->clearAttachments(); $m->setFrom("a$n@a.example", 'A'); $m->addAddress($n % 4 === 1 ? 'none@b.example' : "b$k@b.example"); if ($n % 6 === 2) { $m->addCC('none@c.example'); $m->addBCC('d@d.example'); } $m->Subject = "s $n"; $m->Body = $n % 17 === 8 ? '' : str_repeat("hello $k\\n.dot\\n", 5 + $n); if ($n % 3 === 0) { $m->isHTML(true); $m->AltBody = 'x'; $m->addAttachment('a.txt'); } if ($n % 8 === 7) $m->addAttachment('/none'); if ($n % 10 === 9) $m->addAddress('junk'); if ($n % 12 === 11) $m->setLanguage('nosuch'); if ($n % 14 === 13) $m->sign('/none', '/none', 'x'); $m->send(); $m->getSMTPInstance()->noop(); $m->getSMTPInstance()->verify('x'); $m->getSMTPInstance()->reset(); $m->getSMTPInstance()->turn(); $m->getSMTPInstance()->sendAndMail('x@x.example'); } catch (\\Throwable $e) {}
  try { $m->smtpClose(); } catch (\\Throwable $e) {}
}
""")
    run(["php", "p.php"], seconds=200, env={"PLACED_LOG": str(work / "placed")}, cwd=work)
    ended(server)
    yield from _sampled(from_json(work.glob("placed.*")))


def fusioninventory(work: Path) -> Iterator[Placed]:
    """FusionInventory's agent (Perl), most talkative: inventories of this machine, tasks, servers that are away or talk junk, wrong options."""
    backend = served(work / "www", 44798)
    env = {"PLACED_LOG": str(work / "placed"), "HOME": str(work), "PERL5LIB": str(HOOKS)}
    calls = ("fusioninventory-agent --local {w} --force", "fusioninventory-agent --server http://127.0.0.1:44798/ --force", "fusioninventory-agent --server http://127.0.0.1:9/ --force", "fusioninventory-agent --server https://127.0.0.1:44798/ --force --no-ssl-check", "fusioninventory-agent --local {w} --no-category=software,printer --force", "fusioninventory-agent --local {w} --tasks inventory,nosuch --force", "fusioninventory-agent --server http://nosuch.invalid/x --force", "fusioninventory-inventory --scan-profiles", "fusioninventory-inventory --scan-homedirs", "fusioninventory-agent --local /none --force", "fusioninventory-agent --local {w} --conf-file /none", "fusioninventory-agent --local {w} --tag x --html --force", "fusioninventory-agent --local {w} --additional-content none.xml --force", "fusioninventory-agent --local {w} --timeout 1 --backend-collect-timeout 1 --force", "fusioninventory-agent --local {w} --wait 1", "fusioninventory-agent --server http://127.0.0.1:44798/f1.bin --user a --password b --proxy http://127.0.0.1:9 --force", "fusioninventory-injector -f none -u http://127.0.0.1:9", "fusioninventory-netdiscovery --host 127.0.0.1 --debug", "fusioninventory-netinventory --host 127.0.0.1", "fusioninventory-agent --nosuch")  # fmt: skip
    for call in calls:
        program, *rest = call.format(w=work).split()
        run(["perl", "-MPlacedFusion", f"/usr/bin/{program}", *rest, *([] if "net" in program else ["--debug", "--debug"])], seconds=50, env=env, cwd=work)  # fmt: skip
    ended(backend)
    yield from _sampled(from_json(work.glob("placed.*")))
