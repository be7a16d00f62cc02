"""A request as a curl command, an HTTPie command, a Python script with httpx, or a Postman v2.1 collection."""

import json
import shlex
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from sevline.core.reproduction.request import RequestSpec


def curl(spec: RequestSpec) -> str:
    """A command for a POSIX shell. Variables stand as `{{name}}` and are to be replaced before it is run."""
    words = ["curl -sS -i"]
    if any(sign in spec.url for sign in "[]{}"):
        words.append("--globoff")  # else curl takes brackets for a list of addresses
    if spec.method == "HEAD" and not spec.body:
        words.append("--head")  # behind -X HEAD curl waits for a body
    elif spec.method != "GET" or spec.body:
        words.append(f"-X {shlex.quote(spec.method)}")
    words += [f"-H {shlex.quote(_header(name, value))}" for name, value in _sent(spec)]
    if spec.body:
        words.append(f"--data-raw {shlex.quote(spec.body)}")
    words.append(shlex.quote(spec.url))
    return " \\\n  ".join(words) + "\n"


#: A header that a client adds by itself to a body, with this in place of a value, is left out.
LEFT_OUT = "\0"


def _sent(spec: RequestSpec) -> list[tuple[str, str]]:
    """The headers, and that no content type is sent with a body that had none."""
    typed = not spec.body or any(name.lower() == "content-type" for name, _ in spec.headers)
    return [*spec.headers, *([] if typed else [("content-type", LEFT_OUT)])]


def _header(name: str, value: str, mark: str = ": ") -> str:
    """As curl and HTTPie take it: an empty value behind a semicolon; nothing behind a colon leaves it out."""
    if value == LEFT_OUT:
        return f"{name}:"
    return f"{name}{mark}{value}" if value else f"{name};"


def httpie(spec: RequestSpec) -> str:
    words = ["http", "--print=hHbB", shlex.quote(spec.method), shlex.quote(spec.url)]
    words += [shlex.quote(_header(name, value, ":")) for name, value in _sent(spec)]
    if spec.body:
        words += ["--raw", shlex.quote(spec.body)]
    return " \\\n  ".join(words) + "\n"


def httpx_script(spec: RequestSpec) -> str:
    """A script that takes the variables from the environment, in capital letters, and prints status and time."""
    lines = [
        '"""Repeat one request. Set the variables it names in the environment, in capital letters."""',
        "",
        "import os",
        "import re",
        "",
        "import httpx",
        "",
        "",
        "def filled(text: str) -> str:",
        r'    return re.sub(r"\{\{(\w+)\}\}", lambda found: os.environ[found[1].upper()], text)',
        "",
        "",
        f"METHOD = {spec.method!r}",
        f"URL = {spec.url!r}",
        f"HEADERS = {dict(spec.headers)!r}",
        f"BODY = {spec.body!r}",
        "",
        "answer = httpx.request(",
        "    METHOD,",
        "    filled(URL),",
        "    headers={name: filled(value) for name, value in HEADERS.items()},",
        "    content=filled(BODY).encode() or None,",
        "    timeout=30,",
        ")",
        'print(answer.status_code, f"{answer.elapsed.total_seconds():.3f} s")',
        "print(answer.text[:2000])",
        "",
    ]
    return "\n".join(lines)


def postman(specs: Sequence[RequestSpec], name: str = "Reproduction") -> str:
    """A collection in the form of Postman 2.1; variables are declared and empty."""
    variables = list(dict.fromkeys(variable for spec in specs for variable in spec.variables))
    document = {
        "info": {"name": name, "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},
        "item": [_item(spec) for spec in specs],
        "variable": [{"key": variable, "value": ""} for variable in variables],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _item(spec: RequestSpec) -> dict[str, Any]:
    request: dict[str, Any] = {
        "method": spec.method,
        "header": [{"key": name, "value": value} for name, value in spec.headers],
        "url": {"raw": spec.url} | _parts(spec.url),
    }
    if spec.body:
        request["body"] = {"mode": "raw", "raw": spec.body}
    if spec.body_sha256:
        request["description"] = f"sha256 of the recorded body: {spec.body_sha256}"
    return {"name": spec.name or f"{spec.method} {spec.url.split('?', 1)[0]}", "request": request}


def _parts(url: str) -> dict[str, Any]:
    try:
        parts = urlsplit(url)
    except ValueError:
        return {}
    if not parts.scheme:
        return {}
    found: dict[str, Any] = {
        "protocol": parts.scheme,
        "host": (parts.hostname or "").split("."),
        "path": parts.path.strip("/").split("/"),
    }
    if parts.port:
        found["port"] = str(parts.port)
    if parts.query:
        found["query"] = [{"key": key, "value": value} for key, value in parse_qsl(parts.query, keep_blank_values=True)]
    return found


def _alone(spec: RequestSpec) -> str:
    return postman([spec])


FORMS: dict[str, Callable[[RequestSpec], str]] = {
    "curl": curl,
    "httpie": httpie,
    "httpx": httpx_script,
    "postman": _alone,
}
