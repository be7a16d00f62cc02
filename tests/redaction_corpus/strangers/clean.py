"""Text in which nothing is secret or personal, of the kinds that look as if there were."""

# ruff: noqa: E501 - the lines are read as they are

import base64
import string
import uuid
from collections.abc import Callable
from random import Random

from tests.redaction_corpus.strangers.vendors import make

WORDS = (
    "queue", "index", "cache", "render", "commit", "filter", "session", "token", "password", "secret", "key", "author", "user", "login", "name", "owner", "client", "account", "order",
    "driver", "license", "address", "phone", "street", "birth", "card", "routing", "security", "bearer", "basic", "cookie", "Dear", "Hello", "Regards", "dates", "zone", "region",
)  # fmt: skip
PROSE: tuple[str, ...] = (
    "The password field must not be empty and the token type is Bearer.", "Users who forgot their password can reset it on the login page.", "Session tokens are rotated every 15 minutes; keys are rotated every 90 days.", "Please enter your user name and password, then press Sign in.",
    "Basic authentication is disabled for this realm, use OAuth instead.", "The secret to good logs is structure, not volume.", "Dear customer, your ticket was updated.", "Hello world, this is a test of the emergency broadcast system.", "Hi team, the deploy of 14:05 is done.", "Hi all, standup moves to 10:30.", "Dear Sir or Madam,", "Dear all,", "Hello everyone,",
    "Kind regards,\nThe Support Team", "Best regards\nCustomer Success", "Thanks,\nYour Billing Team", "The driver license server returned 503.", "The license key is invalid.", "No user named in the request.", "The account number is missing in the request.", "He was born in the USA and the company was born in 1998.", "Passport is a middleware for Node.", "The address family is not supported by protocol.",
    "User account control is enabled. User not found. User name is required.", "name: nginx-ingress-controller", "name: Build and Test", "name: Deploy To Production", "author = The Rust Project Developers", "owner: platform-team", "user: root", "login: required", "username: not set", "customer: none", "contact: support", "client: web", "assignee: unassigned", "reporter: automation", "employee count: 120",
    "Mr. Robot is a series; Mrs. is a title, Dr. too.", "Call 911 in an emergency, or dial 112.", "Reach us 24/7/365.", "The token is expired. The token is invalid. The token is missing.", "the api key is required", "The password is too short.", "The secret is not set.", "password is incorrect for this account", "passphrase is optional", "Your code is ready. Your code is compiled.", "verification code is required", "PIN is locked after 3 attempts",
    "On Monday the team wrote: nothing new.", "Address already in use: bind", "address=0x7fff5fbff8c0", "Street View, Street Fighter, Wall Street Journal", "Main Street is closed on Sundays.", "zip: 7-Zip 23.01", "zip=deflate", "postal_code: required", "phone: required", "Tel Aviv is a city", "mobile: true", "fax: false", "my number is up", "The phone number field accepts 7 to 15 digits.",
    "Born to run, born on the bayou.", "date_of_birth is null", "dob: null", "birthday: {required: true}", "Das Passwort ist falsch.", "Das Kennwort muss geändert werden.", "Le mot de passe est incorrect.", "La contraseña es obligatoria.", "Der Name des Benutzers fehlt.", "Sehr geehrte Damen und Herren,", "Hallo zusammen,", "Bonjour à tous,", "Hola a todos,", "Mit freundlichen Grüßen\nIhr Support-Team",
    "Permission is hereby granted, free of charge, to any person obtaining a copy of this software.", "THE SOFTWARE IS PROVIDED \"AS IS\", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED.", "Redistribution and use in source and binary forms, with or without modification, are permitted.", "Licensed under the Apache License, Version 2.0 (the \"License\");",
    "Fixed: login page did not show the password strength meter (#4512)", "- Bump lodash from 4.17.20 to 4.17.21 in /web (#1203)", "* feat(auth): refresh token rotation, closes #88", "### 3.14.0.2 (2026-02-11)", "Added: --token and --password options", "Usage: tool [-u user] [-p port] --token TOKEN --password PASSWORD", "curl -u user:password https://example.com", "mysql -u root -p", "export API_KEY=<your-api-key>", "API_KEY=your_api_key_here", "password: changeme # replace", "token: ${{ secrets.GITHUB_TOKEN }}",
    "password: ${DB_PASSWORD}", "password=%(password)s", "secret: {{ .Values.secret }}", "token = os.environ['TOKEN']", "password = getpass.getpass()", "self.password = password", "api_key=settings.API_KEY", "if (password !== confirmPassword) {", "const token = await getToken();", "let secret = read_secret()?;", "String password = request.getParameter(\"password\");", "key = keys[i];", "user = User.objects.get(id=user_id)", "username = forms.CharField(max_length=150)",
    "name = models.CharField(max_length=255)", "first_name = models.CharField(max_length=30)", "def login(user, password): ...", "private final String tokenName;", "foreach ($users as $user) {", "SELECT id, name, password_hash FROM users WHERE name = ? AND active = 1", "INSERT INTO orders (id, user_id, total) VALUES (?, ?, ?)", "CREATE USER app IDENTIFIED BY ?", "GRANT SELECT ON orders TO reporting;", "<input type=\"password\" name=\"password\" autocomplete=\"current-password\">", "<label for=\"first_name\">First name</label>", "<string name=\"password_hint\">Password</string>",
)  # fmt: skip
Line = Callable[[Random], str]


def _stamp(r: Random) -> str:
    y, m, d, h, n, s = (
        r.randrange(2015, 2027),
        r.randrange(1, 13),
        r.randrange(1, 29),
        r.randrange(24),
        r.randrange(60),
        r.randrange(60),
    )
    return r.choice(
        (
            f"{y}-{m:02d}-{d:02d}T{h:02d}:{n:02d}:{s:02d}Z",
            f"{y}-{m:02d}-{d:02d} {h:02d}:{n:02d}:{s:02d},{r.randrange(1000):03d}",
            f"{y}-{m:02d}-{d:02d}T{h:02d}:{n:02d}:{s:02d}.{r.randrange(10**6):06d}+02:00",
            f"{d:02d}/{r.choice(('Jan', 'Mar', 'Oct'))}/{y}:{h:02d}:{n:02d}:{s:02d} +0000",
            f"{r.choice(('Mon', 'Tue'))}, {d:02d} {r.choice(('Jan', 'Mar'))} {y} {h:02d}:{n:02d}:{s:02d} GMT",
            f"{y}{m:02d}{d:02d}T{h:02d}{n:02d}{s:02d}Z",
            f"{y}{m:02d}{d:02d}{h:02d}{n:02d}{s:02d}",
            f"{d:02d}.{m:02d}.{y} {h:02d}:{n:02d}",
            f"{m}/{d}/{y} {h % 12 + 1}:{n:02d}:{s:02d} PM",
            f"{r.randrange(10**9, 2 * 10**9)}",
            f"{r.randrange(15 * 10**11, 18 * 10**11)}",
            f"{r.randrange(15 * 10**14, 18 * 10**14)}",
            f"{r.randrange(15 * 10**17, 18 * 10**17)}",
            f"{r.randrange(10**9, 2 * 10**9)}.{r.randrange(10**6):06d}",
            f"{r.choice(('Jan', 'Feb'))} {d:2d} {h:02d}:{n:02d}:{s:02d}",
            f"{y}/{m:02d}/{d:02d} {h:02d}:{n:02d}:{s:02d}.{r.randrange(1000)}",
            f"{y}W{r.randrange(1, 53):02d}-{r.randrange(1, 8)}",
            f"PT{h}H{n}M{s}S",
        )
    )


def _uuid(r: Random) -> str:
    return str(uuid.UUID(int=r.getrandbits(128), version=4))


def _integrity(r: Random, size: int = 64) -> str:
    return base64.b64encode(r.randbytes(size)).decode()


def _isbn(r: Random) -> str:
    body = "978" + make("<d9>", r)
    check = -sum(int(one) * (3 if place % 2 else 1) for place, one in enumerate(body)) % 10
    return r.choice(
        (
            f"{body[:3]}-{body[3]}-{body[4:7]}-{body[7:]}-{check}",
            f"{body}{check}",
            f"{body[:3]} {body[3:5]} {body[5:9]} {body[9:]} {check}",
        )
    )


LINES: dict[str, Line] = {
    "prose": lambda r: r.choice(PROSE),
    "timestamp": lambda r: f"{_stamp(r)} {_stamp(r)} done in {r.randrange(9)}.{r.randrange(999)}s",
    "uuid": lambda r: r.choice(("request {} failed", "id={}", '{{"id": "{}"}}', "/v1/orders/{}/lines", "X-Request-Id: {}", "session {} opened", "user_id={}", "key {}", "{}")).format(_uuid(r)),
    "hash": lambda r: r.choice(("sha256:{}", "md5={}", "checksum {}", "etag \"{}\"", "commit {}", "digest: {}", "{}  ./file.bin", "tree {}", "blob {} 12", "content_hash={}", '"hash": "{}"')).format(make(f"<h{r.choice((32, 40, 64, 128, 8, 16))}>", r)),
    "trace": lambda r: r.choice((f"traceparent: 00-{make('<h32>', r)}-{make('<h16>', r)}-01", f"trace_id={make('<h32>', r)} span_id={make('<h16>', r)}", f"X-B3-TraceId: {make('<h32>', r)}", f"X-Amzn-Trace-Id: Root=1-{make('<h8>', r)}-{make('<h24>', r)}", f"uber-trace-id: {make('<h16>', r)}:{make('<h16>', r)}:0:1", f"CF-RAY: {make('<h16>', r)}-FRA", f"dd.trace_id={make('<d19>', r)} dd.span_id={make('<d18>', r)}", f"request-id: req_{make('<m24>', r)}", f"x-amz-request-id: {make('<A16>', r)}", f"x-amz-id-2: {_integrity(r, 48)}", f"correlationId={make('<u22>', r)}")),
    "object id": lambda r: r.choice(("customer {} updated", '"id": "{}"', "GET /v1/objects/{}", "event={}")).format(r.choice((f"cus_{make('<m14>', r)}", f"pi_3{make('<m23>', r)}", f"evt_1{make('<m23>', r)}", f"sub_1{make('<m23>', r)}", f"in_1{make('<m23>', r)}", f"price_1{make('<m23>', r)}", f"msg_01{make('<m22>', r)}", f"chatcmpl-{make('<m29>', r)}", f"org-{make('<m24>', r)}", f"file-{make('<m24>', r)}", f"usr_{make('<a26>', r)}", f"01{make('<A24>', r)}", f"i-0{make('<h16>', r)}", f"vpc-0{make('<h16>', r)}", f"sg-0{make('<h16>', r)}", f"arn:aws:iam::{make('<d12>', r)}:role/deploy", f"ami-0{make('<h16>', r)}", f"run_{make('<m24>', r)}", f"job-{make('<a10>', r)}", make("<h24>", r)))),
    "lock file": lambda r: r.choice((f'      "integrity": "sha512-{_integrity(r)}",', f"  integrity sha512-{_integrity(r)}", f"  resolved \"https://registry.example/lodash/-/lodash-4.17.{r.randrange(99)}.tgz#{make('<h40>', r)}\"", f'    --hash=sha256:{make("<h64>", r)} \\', f"github.com/pkg/errors v0.9.{r.randrange(9)} h1:{_integrity(r, 32)}", f'checksum = "{make("<h64>", r)}"', f'    "shasum": "{make("<h40>", r)}",', f'"content-hash": "{make("<h32>", r)}",', f'{{file = "x-2.{r.randrange(9)}.0-py3-none-any.whl", hash = "sha256:{make("<h64>", r)}"}},', f"<script src=\"a.js\" integrity=\"sha384-{_integrity(r, 48)}\" crossorigin></script>", f"rev: {make('<h40>', r)}  # v{r.randrange(9)}.{r.randrange(40)}.{r.randrange(20)}")),
    "version": lambda r: r.choice((f"upgraded to {r.randrange(20)}.{r.randrange(60)}.{r.randrange(99)}.{r.randrange(9999)}", f"agent/{r.randrange(9)}.{r.randrange(99)}.{r.randrange(99)}.{r.randrange(99)} (linux)", f"v{r.randrange(9)}.{r.randrange(9)}.{r.randrange(9)}.{r.randrange(9)}-rc.1+build.{r.randrange(999)}", f"Assembly: App.Core, Version={r.randrange(9)}.{r.randrange(9)}.{r.randrange(99)}.{r.randrange(99)}, Culture=neutral, PublicKeyToken={make('<h16>', r)}", f"Chrome/12{r.randrange(9)}.0.{r.randrange(6000)}.{r.randrange(200)} Safari/537.36", f"openssl 3.0.{r.randrange(19)} (build {r.randrange(9999)})", f"driver version {r.randrange(30)}.{r.randrange(30)}.{r.randrange(99)}.{r.randrange(9999)}", f"file version: {r.randrange(10)}.0.{r.randrange(20000)}.{r.randrange(5000)}", f"Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:12{r.randrange(9)}.0) Gecko/20100101 Firefox/12{r.randrange(9)}.0", f"kernel 5.15.0-{r.randrange(200)}.{r.randrange(200)}-generic", f"package-1.2.{r.randrange(9)}.{r.randrange(9)}.tar.gz", f"schema_version={r.randrange(9)}.{r.randrange(20)}.{r.randrange(20)}.{r.randrange(20)}", f"OID 1.3.6.1.4.1.{r.randrange(99999)}.{r.randrange(9)}.{r.randrange(99)}", f"section {r.randrange(1, 20)}.{r.randrange(1, 9)}.{r.randrange(1, 9)}.{r.randrange(1, 9)} of the manual")),
    "stack": lambda r: r.choice((
        f"\tat org.springframework.web.servlet.FrameworkServlet.service(FrameworkServlet.java:{r.randrange(999)}) ~[spring-web-5.3.{r.randrange(30)}.jar!/:5.3.{r.randrange(30)}]", f"  File \"/usr/lib/python3.11/site-packages/django/core/handlers/base.py\", line {r.randrange(400)}, in get_response", f"    at Object.<anonymous> (/app/src/index.js:{r.randrange(900)}:{r.randrange(80)})", f"   at Acme.Orders.OrderService.Place(Order order) in C:\\src\\Orders\\OrderService.cs:line {r.randrange(900)}",
        f"\t/go/src/acme/server.go:{r.randrange(900)} +0x{make('<h3>', r)}", f"goroutine {r.randrange(999)} [running]:", f"app/models/order.rb:{r.randrange(300)}:in `block in total'", f"#{r.randrange(20)} /var/www/html/vendor/symfony/http-kernel/HttpKernel.php({r.randrange(300)}): App\\Controller\\OrderController->show()", f"  {r.randrange(30)}: core::panicking::panic_fmt\n             at /rustc/{make('<h40>', r)}/library/core/src/panicking.rs:{r.randrange(200)}:14",
        f"#{r.randrange(20)}  0x{make('<h16>', r)} in __libc_start_main () from /lib/x86_64-linux-gnu/libc.so.6", f"\tat java.base/java.lang.Thread.run(Thread.java:{r.randrange(999)})", "Caused by: java.sql.SQLException: Access denied for user (using password: YES)", f"    lib/my_app/worker.ex:{r.randrange(99)}: MyApp.Worker.handle_call/3", f"main.main.func1(0x{make('<h10>', r)}, 0x{make('<h10>', r)})",
    )),
    "git": lambda r: r.choice((f"commit {make('<h40>', r)}", f"{make('<h7>', r)} (HEAD -> main, origin/main) Fix token refresh", f"index {make('<h7>', r)}..{make('<h7>', r)} 100644", f"@@ -{r.randrange(400)},{r.randrange(40)} +{r.randrange(400)},{r.randrange(40)} @@ def login(user):", f"Merge: {make('<h7>', r)} {make('<h7>', r)}", "Merge pull request #1432 from acme/fix-password-reset", f" src/auth/password.py | {r.randrange(40)} +++---", f"Date:   Mon Mar {r.randrange(1, 29)} 10:11:{r.randrange(10, 60)} 2026 +0100")),
    "kubernetes": lambda r: r.choice((f"image: registry.example/app/web@sha256:{make('<h64>', r)}", f"  uid: {_uuid(r)}", f"  resourceVersion: \"{r.randrange(10**8)}\"", f"web-{make('<h10>', r)}-{make('<a5>', r)}   1/1   Running   0   3d", "secretKeyRef:\n  name: db\n  key: password", "serviceAccountName: default", "secretName: web-tls", f"containerID: containerd://{make('<h64>', r)}", f"  checksum/config: {make('<h64>', r)}", f"pod-template-hash={make('<h10>', r)}", "kind: Secret\nmetadata:\n  name: db", f"ownerReferences: name: web-{make('<h10>', r)}", "runAsUser: 1000", "imagePullSecrets:\n- name: regcred")),
    "measure": lambda r: ",".join(r.choice((f"{r.random() * 1000:.6f}", f"{r.randrange(10**6)}", f"{r.random():.12f}", f"-{r.random() * 90:.4f}", f"{r.randrange(10**10)}")) for _ in range(8)),
    "pair of numbers": lambda r: r.choice((f"[{r.uniform(-90, 90):.8f}, {r.uniform(-180, 180):.8f}]", f"lat={r.uniform(0, 90):.3f} p99={r.uniform(0, 180):.3f}", f"angle {r.randrange(90)}°, oven at {r.randrange(250)} °C", f"viewBox({r.uniform(0, 180):.2f} {r.uniform(0, 90):.2f})")),
    "price": lambda r: r.choice((f"total {r.randrange(10**4):,}.{r.randrange(100):02d} EUR", f"$1,{r.randrange(100, 999)},{r.randrange(100, 999)}.00", f"{r.randrange(1, 999)}.{r.randrange(100, 999)},{r.randrange(10, 99)} €", f"amount={r.randrange(10**7)} currency=USD", f"price: {r.randrange(999)}.99")),
    "number": lambda r: r.choice((f"ISBN {_isbn(r)}", f"VIN 1HGCM8263{make('<A8>', r)}".replace("I", "1").replace("O", "0").replace("Q", "9"), f"order #{make('<d10>', r)}", f"order {make('<d3>', r)}-{make('<d7>', r)}-{make('<d7>', r)}", f"serial {make('<A12>', r)}", f"S/N: {make('<A4>', r)}-{make('<d6>', r)}", f"invoice INV-2026-{make('<d6>', r)}", f"ticket {make('<d8>', r)}", f"tracking 1Z{make('<A16>', r)}", f"EAN {make('<d13>', r)}", f"SKU {make('<A3>', r)}-{make('<d5>', r)}-{make('<L2>', r)}", f"part {make('<d5>', r)}-{make('<d5>', r)}", f"case {make('<d8>', r)} in bucket {make('<d3>', r)}", f"RFC {r.randrange(9999)} section 4.{r.randrange(9)}", f"pid {r.randrange(99999)} tid {r.randrange(10**12)}", f"offset {make('<d12>', r)} lag {make('<d6>', r)}", f"seq={make('<d15>', r)} ack={make('<d9>', r)}", f"{r.randrange(10**6)}/{r.randrange(10**6)} rows", f"bytes={make('<d11>', r)} inode={make('<d9>', r)}", f"ORA-{make('<d5>', r)}", f"partition 12 offset {make('<d13>', r)}", f"nonce counter {make('<d16>', r)}")),
    "hex dump": lambda r: f"{r.randrange(16**6):08x}  " + " ".join(make("<h2>", r) for _ in range(8)) + "  " + " ".join(make("<h2>", r) for _ in range(8)) + "  |................|",
    "base64 picture": lambda r: f"<img src=\"data:image/png;base64,iVBORw0KGgo{_integrity(r, 150)}\">",
    "minified": lambda r: r.choice((f"!function(e,t){{\"object\"==typeof exports?module.exports=t():e.{make('<l3>', r)}=t()}}(this,function(){{return n({r.randrange(999)})}});", f".{make('<l4>', r)}{{color:#{make('<h6>', r)};margin:0 {r.randrange(9)}px}}a:hover{{color:#{make('<h3>', r)}}}", f"var a=b.password?c.key:d[{r.randrange(9)}],e=f(g.token,h);", f"e.exports={{name:\"{make('<l6>', r)}\",version:\"{r.randrange(9)}.{r.randrange(9)}.{r.randrange(9)}\"}}", "t.login=function(e){return this.user=e,this}", f"//# sourceMappingURL=app.{make('<h8>', r)}.js.map")),
    "network": lambda r: r.choice((f"listening on 0.0.0.0:{r.randrange(65535)}", f"10.{r.randrange(256)}.{r.randrange(256)}.{r.randrange(256)} -> 192.168.{r.randrange(256)}.1", "::1 127.0.0.1 fe80::1%lo0 ff02::1", f"172.16.{r.randrange(256)}.9/12 via 10.0.0.1", "00:00:00:00:00:00 ff:ff:ff:ff:ff:ff", "std::vector<std::string>::push_back", f"12:{r.randrange(10, 60)}:{r.randrange(10, 60)}:{r.randrange(10, 99)} elapsed", f"SHA256 Fingerprint={':'.join(make('<H2>', r) for _ in range(32))}", f"serial: {':'.join(make('<h2>', r) for _ in range(16))}", f"GET /static/js/main.{make('<h8>', r)}.chunk.js HTTP/1.1\" 200 {r.randrange(99999)}")),
    "identifier": lambda r: r.choice((f"test_{make('<l8>', r)}_returns_token_when_password_is_valid", "AbstractSingletonProxyFactoryBeanCredentialsProvider", f"com.acme.auth.TokenService${make('<L1>', r)}{make('<l9>', r)}", f"module_secret_key_provider_v{r.randrange(99)}", "aws_secretsmanager_secret_version.db_password", f"projects/acme/secrets/db-password/versions/{r.randrange(99)}", f"sk_buff_{make('<l12>', r)}_clone", "X509v3 Subject Key Identifier", "kubernetes.io/service-account-token", f"api_key_{make('<d3>', r)}", f"refresh_token_expires_in={r.randrange(99999)}", f"max_tokens={r.randrange(9999)}", f"token_count: {r.randrange(9999)}", f"key_{make('<l20>', r)}", f"task-live-reload-handler-{make('<l14>', r)}", f"prompt_tokens={r.randrange(9999)} completion_tokens={r.randrange(999)}", "PASSWORD_HASHERS", "csrfmiddlewaretoken", f"primary_key={r.randrange(9999)}", f"sort_key: {make('<l6>', r)}", f"partition_key = {make('<l7>', r)}", "key=value", f"cache_key=orders:{r.randrange(9999)}:v2", f"idempotency-key: {_uuid(r)}", f"foreign_key: orders_{make('<l5>', r)}")),
    "log": lambda r: r.choice((f"level=info ts={_stamp(r)} caller=main.go:{r.randrange(999)} msg=\"{r.choice(WORDS)} {r.choice(WORDS)} ready\" duration={r.randrange(999)}ms", f"[{_stamp(r)}] {r.choice(WORDS)}.{r.choice(WORDS)}: {r.choice(WORDS)} {r.choice(WORDS)} {r.randrange(999)}", f"{_stamp(r)} I {r.choice(WORDS)}-{r.randrange(9)}: {r.choice(WORDS)} for {r.choice(WORDS)} took {r.randrange(999)} ms", f"<{r.randrange(190)}>1 {_stamp(r)} web01 app {r.randrange(9999)} - - {r.choice(WORDS)} {r.choice(WORDS)}", f"W {r.choice(WORDS)} {r.choice(WORDS)} is {r.choice(('missing', 'invalid', 'expired', 'required'))}, {r.choice(WORDS)} of {r.choice(WORDS)} ignored", f"{r.choice(WORDS)}: {r.choice(WORDS)}", f"{r.choice(WORDS)} = {r.choice(WORDS)}")),
    "random letters": lambda r: " ".join("".join(r.choices(string.ascii_lowercase, k=r.randrange(2, 11))) for _ in range(9)),
}  # fmt: skip


def clean(random: Random, each: int) -> list[tuple[str, str]]:
    """Kind and line: `each` lines of every kind."""
    return [(kind, line(random)) for kind, line in LINES.items() for _ in range(each)]
