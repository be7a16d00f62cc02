"""Where values stand: logs, JSON, URLs, headers, prose, CSV, YAML, environment files; and lines in which nothing is secret."""

# ruff: noqa: E501 - the frames and forms are read as the lines they make

import base64
import json
import uuid
from collections.abc import Callable
from random import Random
from urllib.parse import quote

from tests.redaction_corpus.persons_made import luhn_digit

SERVICES = ("checkout", "auth-gateway", "billing", "inventory", "search-api", "mailer")
LEVELS = ("INFO", "WARN", "ERROR", "DEBUG")
FACTS = (
    "request finished", "retrying after timeout", "cache miss", "connection reset by peer", "queue drained", "lease renewed",
    "upstream answered late", "schema migrated", "health check passed", "worker started", "token refreshed", "key rotated",
    "password must be changed", "session ended", "user not found", "invalid credentials", "certificate will expire soon",
)  # fmt: skip


def when(random: Random) -> str:
    return (
        f"2026-{random.randrange(1, 13):02d}-{random.randrange(1, 29):02d}T{random.randrange(24):02d}:"
        f"{random.randrange(60):02d}:{random.randrange(60):02d}.{random.randrange(1000):03d}Z"
    )


def hexadecimal(random: Random, count: int) -> str:
    return "".join(random.choices("0123456789abcdef", k=count))


def identifier(random: Random) -> str:
    return str(uuid.UUID(int=random.getrandbits(128), version=4))


#: `{}` is the value; what stands around it says nothing about it.
ANYWHERE: tuple[str, ...] = (
    "{when} {level} [{service}] found {} in request {id}",
    "{when} {level} {service} - rejected value={} attempt=3",
    'time={when} level=info msg="got {}" trace={trace}',
    '{{"ts":"{when}","level":"{level}","service":"{service}","detail":"{}","n":{n}}}',
    '{{"items": [{n}, "{}", null], "ok": true}}',
    "GET /v2/lookup?page={n}&q={url} HTTP/1.1",
    "X-Original-Value: {}",
    "Hello, the customer sent us {} by chat and asks whether it is right.",
    "It said: '{}'. Then nothing happened for {n} minutes.",
    "{n},{service},{},{level},{when}",
    "  original: {}",
    'ORIGINAL_VALUE="{}"',
    '<item id="{n}">{}</item>',
    "| {service} | {} | {n} |",
    "[{level}] ({service}) {}",
)
SECRET_PAIRS: tuple[str, ...] = (
    "{when} {level} {service} login with password={} failed",
    '{{"user_id": {n}, "password": "{}"}}',
    '{{"client_secret": "{}", "grant_type": "client_credentials"}}',
    "  api_key: {}",
    "DB_PASSWORD={}",
    "export SECRET_KEY='{}'",
    "POST /oauth/token client_id={service}&client_secret={url}",
    "GET /v1/orders?api_key={url}&page={n} HTTP/1.1",
    "X-Api-Key: {}",
    "Authorization: Bearer {}",
    'curl -H "Authorization: Token {}" https://{service}.example/v1',
    "postgres://app:{url}@db.{service}.internal:5432/{service}",
    "Server=db.{service};Database=x;User Id=sa;Password={};Encrypt=true",
    "Cookie: theme=dark; sessionid={cookie}; lang=en",
    "Set-Cookie: JSESSIONID={cookie}; Path=/; HttpOnly",
    '{{"headers": {{"x-auth-token": "{}"}}, "n": {n}}}',
    "mysql -h db.{service} -u app -p'{}' orders",
    "spring.datasource.password={}",
    "machine {service}.example login deploy password {}",
    "<password>{xml}</password>",
    "AWS_SECRET_ACCESS_KEY={}",
    "refresh_token={url}&expires_in={n}",
    'auth_token => "{}",',
    "curl -u deploy:{} https://{service}.example/",
    "db.{service}.internal:5432:{service}:app:{}",
)
ENCODED_ANYWHERE: dict[str, Callable[[str], str]] = {
    "percent": lambda value: quote(value, safe=""),
    "every byte percent": lambda value: "".join(f"%{byte:02X}" for byte in value.encode()),
    "json": lambda value: json.dumps(value)[1:-1].replace("/", "\\/"),
    "json escapes": lambda value: "".join(f"\\u{ord(character):04x}" for character in value),
    "entities": lambda value: "".join(f"&#x{ord(character):x};" for character in value),
    "hex": lambda value: value.encode().hex(),
    "base64 at 0": lambda value: base64.b64encode(value.encode()).decode(),
    "base64 at 1": lambda value: base64.b64encode(b"\x00" + value.encode()).decode(),
    "base64 at 2": lambda value: base64.b64encode(b"v=" + value.encode() + b" cd").decode(),
}
PERSON_FIELDS: tuple[str, ...] = (
    '{{"first_name": "{first}", "n": {n}}}', '{{"user": {{"name": "{first} {last}", "id": {n}}}}}', "{when} login user={login} ok",
    'customer_name="{first} {last}"', "full_name: {first} {last}", '10.0.0.7 - {login} [23/Nov/2026:10:00:00 +0000] "GET / HTTP/1.1" 200 5',
    "Failed password for {login} from 10.0.0.4 port {n} ssh2", '{{"lastName":"{last}"}}', '{{"username":"{login}","n":{n}}}',
)  # fmt: skip


def framed(frame: str, value: str, random: Random) -> str:
    import html

    names = {
        "when": when(random), "level": random.choice(LEVELS), "service": random.choice(SERVICES), "id": identifier(random),
        "trace": hexadecimal(random, 32), "n": random.randrange(1, 9000), "url": quote(value, safe=""),
        "cookie": value.replace(";", "").replace('"', ""), "xml": html.escape(value),
    }  # fmt: skip
    return frame.replace("{}", "\x00").format(**names).replace("\x00", value)


def _no_card(random: Random) -> str:
    """Sixteen digits of which the last is not the check digit."""
    body = str(random.randrange(10**14, 10**15))
    return body + str((int(luhn_digit(body)) + random.randrange(1, 10)) % 10)


def _decoys() -> tuple[Callable[[Random], str], ...]:
    return (
        lambda r: (
            f"{when(r)} INFO {r.choice(SERVICES)} {r.choice(FACTS)} id={identifier(r)} took={r.randrange(1, 9000)}ms"
        ),
        lambda r: (
            f"{when(r)} upgraded agent from 2.{r.randrange(40)}.{r.randrange(9)} to version {r.randrange(9)}.{r.randrange(40)}.{r.randrange(9)}.{r.randrange(9)}"
        ),
        lambda r: f"commit {hexadecimal(r, 40)} tree {hexadecimal(r, 40)} parent {hexadecimal(r, 7)}",
        lambda r: (
            f"image registry.example/{r.choice(SERVICES)}@sha256:{hexadecimal(r, 64)} pulled in {r.randrange(9)}.{r.randrange(999)}s"
        ),
        lambda r: f"traceparent: 00-{hexadecimal(r, 32)}-{hexadecimal(r, 16)}-01 span={hexadecimal(r, 16)}",
        lambda r: (
            f"epoch={r.randrange(1_600_000_000, 1_800_000_000)} ms={r.randrange(1_600_000_000_000, 1_800_000_000_000)} seq={r.randrange(10**9)}"
        ),
        lambda r: (
            f"order {_no_card(r)} shipped, weight {r.randrange(999)}.{r.randrange(99)} kg, {r.randrange(99)} items"
        ),
        lambda r: (
            f"at com.example.{r.choice(SERVICES).replace('-', '')}.Service.call(Service.java:{r.randrange(999)}) ~[app-3.{r.randrange(9)}.{r.randrange(9)}.jar:?]"
        ),
        lambda r: (
            f'{{"ts":"{when(r)}","level":"info","msg":"{r.choice(FACTS)}","trace_id":"{hexadecimal(r, 32)}","span_id":"{hexadecimal(r, 16)}","duration_ms":{r.randrange(999)}}}'
        ),
        lambda r: (
            f'10.{r.randrange(255)}.0.{r.randrange(255)} - - [23/Nov/2026:10:{r.randrange(60):02d}:00 +0000] "GET /static/app-{hexadecimal(r, 8)}.js HTTP/1.1" 200 {r.randrange(99999)} "-" "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/120.0.0.0 Safari/537.36"'
        ),
        lambda r: (
            f"The customer reports that {r.choice(FACTS)} since {r.choice(('Monday', 'the release', '14:05'))}, on {r.randrange(2, 40)} of their tenants; nothing else changed."
        ),
        lambda r: f'W/"{hexadecimal(r, 20)}" etag matched, max-age={r.randrange(99999)}, ray {hexadecimal(r, 16)}-FRA',
        lambda r: f"pod/{r.choice(SERVICES)}-{hexadecimal(r, 9)}-x7k2p 1/1 Running {r.randrange(9)} {r.randrange(99)}d",
        lambda r: (
            f"0x{hexadecimal(r, 12)} in malloc () rip 0x{hexadecimal(r, 16)} errno={r.randrange(99)} fd={r.randrange(99)}"
        ),
        lambda r: (
            f"GC pause {r.randrange(99)}.{r.randrange(999)}ms heap {r.randrange(9999)}M->{r.randrange(999)}M max_tokens: {r.randrange(9999)} token_type: Bearer"
        ),
        lambda r: (
            f"range {r.randrange(10**5, 10**6)}-{r.randrange(10**5, 10**6)} rows, 12:{r.randrange(60):02d}:{r.randrange(60):02d} std::vec::Vec, ratio {r.random():.9f}"
        ),
        lambda r: (
            f"listening on 0.0.0.0:{r.randrange(1024, 65535)} and [::1]:{r.randrange(1024, 65535)}, mask 255.255.255.0, gateway 192.168.1.1"
        ),
        lambda r: (
            f"part no. {r.randrange(100, 999)}-{r.randrange(10, 99)}-{r.randrange(10)}, RFC {r.randrange(9999)}, port {r.randrange(65535)}, ISBN 978-3-16-{r.randrange(10**5, 10**6)}-0"
        ),
    )


DECOYS = _decoys()
