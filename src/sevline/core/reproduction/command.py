"""A curl command as people paste it: the words of a shell or of Windows' command line, and what curl's options say."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import quote_plus

from sevline.core.lifecycle import Refused

#: curl's options by what they say of a request; those in `_OTHER` take a value and say nothing of it.
SAID = {
    "method": "-X --request",
    "header": "-H --header",
    "data": "-d --data --data-ascii --data-binary",
    "raw": "--data-raw",
    "encoded": "--data-urlencode",
    "json": "--json",
    "query": "--url-query",
    "cookie": "-b --cookie",
    "agent": "-A --user-agent",
    "referer": "-e --referer",
    "user": "-u --user",
    "bearer": "--oauth2-bearer",
    "url": "--url",
    "form": "-F --form --form-string",
    "upload": "-T --upload-file",
    "config": "-K --config",
}
_OTHER = """
-c -C -D -E -m -o -P -Q -r -t -U -w -x -y -Y -z --abstract-unix-socket --alt-svc --aws-sigv4 --cacert --capath --cert
--cert-type --ciphers --connect-timeout --connect-to --continue-at --cookie-jar --create-file-mode --crlfile --curves
--dns-interface --dns-ipv4-addr --dns-ipv6-addr --dns-servers --doh-url --dump-header --engine --etag-compare
--etag-save --expect100-timeout --ftp-port --happy-eyeballs-timeout-ms --hostpubmd5 --hostpubsha256 --hsts --interface
--ipfs-gateway --keepalive-time --key --key-type --krb --libcurl --limit-rate --local-port --login-options --mail-auth
--mail-from --mail-rcpt --max-filesize --max-redirs --max-time --netrc-file --noproxy --output --output-dir
--parallel-max --pass --pinnedpubkey --preproxy --proto --proto-default --proto-redir --proxy --proxy-header
--proxy-user --proxy1.0 --pubkey --quote --random-file --range --rate --request-target --resolve --retry --retry-delay
--retry-max-time --sasl-authzid --service-name --socks4 --socks4a --socks5 --socks5-hostname --speed-limit
--speed-time --stderr --telnet-option --tls-max --tls13-ciphers --time-cond --trace --trace-ascii --unix-socket
--variable --write-out --expand-url --capath --delegation --ech --haproxy-clientip --ip-tos --keepalive-cnt
--proxy-cacert --proxy-capath --proxy-cert --proxy-cert-type --proxy-ciphers --proxy-crlfile --proxy-key
--proxy-key-type --proxy-pass --proxy-pinnedpubkey --proxy-service-name --proxy-tls13-ciphers --proxy-tlsauthtype
--proxy-tlspassword --proxy-tlsuser --sigalgs --socks5-gssapi-service --tlsauthtype --tlspassword --tlsuser
--trace-config --upload-flags --vlan-priority
"""
TAKES = {option: what for what, options in SAID.items() for option in options.split()} | dict.fromkeys(
    _OTHER.split(), ""
)
#: Options that say how curl speaks of a call, and nothing of the call; and flags that are part of the request here.
UNSENT = frozenset(
    "-s -S -v -i -f -N -# -n -g -o -O -w -D -c -j -J --silent --show-error --verbose --include --fail --fail-with-body "  # noqa: SIM905
    "--no-buffer --progress-bar --no-progress-meter --globoff --output --output-dir --remote-name --create-dirs "
    "--remote-header-name --write-out --dump-header --cookie-jar --junk-session-cookies --stderr --trace --trace-ascii "
    "--trace-time --trace-config --libcurl --create-file-mode --no-keepalive --keepalive-time --styled-output -M -V -h "
    "--compressed --path-as-is".split()
)
KEPT_FLAGS = frozenset({"-G", "--get", "-I", "--head"})
FORM = "application/x-www-form-urlencoded"
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "e": "\x1b", "f": "\f", "v": "\v"}
_CODE = re.compile(r"x[0-9a-fA-F]{1,2}|u[0-9a-fA-F]{1,4}|U[0-9a-fA-F]{1,8}|[0-7]{1,3}")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_GOES_ON = re.compile(r"[\\`]\r?\n")
_PROMPT = re.compile(r"\A\s*(?:[$%>] +|PS [^>\n]{0,200}> *|[A-Za-z]:\\[^>\n]{0,200}> *)?")


@dataclass(slots=True)
class Command:
    """What a command asks for. Names of headers are in small letters; `body` is what goes over the wire.

    `left_out` names what is not kept of it and may matter: options by their names alone, and what followed a pipe.
    """

    method: str = ""
    urls: list[str] = field(default_factory=list)
    headers: list[tuple[str, str]] = field(default_factory=list)
    body: str = ""
    left_out: list[str] = field(default_factory=list)


def command_from(text: str) -> Command:
    """Raises Refused with a sentence for what cannot be repeated as it stands."""
    words, ended = _words(text)
    if not words or words[0].replace("\\", "/").rpartition("/")[2].removesuffix(".exe") != "curl":
        raise Refused("The command does not begin with “curl”.")
    flags, told = _options(words[1:])
    if "--next" in flags or "-:" in flags:
        raise Refused("The command sends several requests, one behind --next. Paste one of them.")
    for what, sentence in _ELSEWHERE.items():
        if told.get(what):
            raise Refused(sentence)
    command = Command(urls=[_without_login(_with_scheme(url), told) for url in told.get("url", [])])
    if not command.urls:
        raise Refused("The curl command holds no URL.")
    if len(command.urls) > 1:
        raise Refused("The command calls several addresses. Paste it with one of them.")
    command.headers = list(_headers(told))
    _place_data(command, flags, told)
    command.left_out = [option for option in told.get("", []) if option not in UNSENT]
    command.left_out += sorted(flags - UNSENT - KEPT_FLAGS)
    command.left_out += [f"what stands behind “{ended}”"] if ended else []
    return command


_ELSEWHERE = {
    "form": "The command sends a form in parts (-F), whose files are not here. Record the call as HAR, or paste the "
    "body with --data-binary.",
    "upload": "The command uploads a file (-T) that is not here. Paste its content with --data-binary.",
    "config": "The command takes its options from a file (-K). Paste the options themselves.",
}


def _options(words: list[str]) -> tuple[set[str], dict[str, list[str]]]:
    """Flags, and the values of the others by what they say; those of one body keep their order under “data”."""
    flags: set[str] = set()
    told: dict[str, list[str]] = {}
    rest = iter(words)
    for word in rest:
        if not word.startswith("-") or word == "-":
            told.setdefault("url", []).append(word)
            continue
        for option, value in _parts(word):
            if option not in TAKES:
                flags.add(option)
                continue
            given = next(rest, "") if value is None else value
            _note(told, TAKES[option], given if TAKES[option] else option)
    return flags, told


def _note(told: dict[str, list[str]], what: str, value: str) -> None:
    if what in {"data", "raw", "encoded", "json"}:
        if what == "json":
            told.setdefault("json", []).append(value)
        told.setdefault("body", []).append(_encoded(value) if what == "encoded" else _literal(value, what))
    elif what == "query":  # behind a plus sign it goes as it is
        told.setdefault(what, []).append(value[1:] if value.startswith("+") else _encoded(value))
    else:
        told.setdefault(what, []).append(value)


def _parts(word: str) -> Iterator[tuple[str, str | None]]:
    """The options of a word, each with the value that is written with it: `-XPOST`, `-sSX`, `--request=POST`."""
    if word.startswith("--"):
        option, equals, value = word.partition("=")
        yield option, value if equals else None
        return
    for at, letter in enumerate(word[1:], start=2):
        option = f"-{letter}"
        if option in TAKES:
            yield option, word[at:] or None
            return
        yield option, None


def _literal(value: str, what: str) -> str:
    if what != "raw" and value.startswith("@"):
        raise Refused(f"The body stands in the file “{value[1:80]}”, which is not here. Paste its content instead.")
    return value


def _encoded(value: str) -> str:
    """`content`, `=content` and `name=content`, of which the content is encoded."""
    name, equals, content = value.partition("=")
    if "@" in (name if equals else value):
        raise Refused(f"The body stands in the file “{value.partition('@')[2][:80]}”. Paste its content instead.")
    if not equals:
        return quote_plus(value)
    return f"{name}={quote_plus(content)}" if name else quote_plus(content)


def _headers(told: dict[str, list[str]]) -> Iterator[tuple[str, str]]:
    for header in told.get("header", []):
        yield from _header(header)
    for cookies in told.get("cookie", []):
        if "=" not in cookies:
            raise Refused(f"The cookies stand in the file “{cookies[:80]}”, which is not here. Paste them instead.")
        yield "cookie", cookies
    yield from (("user-agent", value) for value in told.get("agent", []))
    yield from (("referer", value) for value in told.get("referer", []))
    yield from (("authorization", f"Basic {value}") for value in told.get("user", []))
    yield from (("authorization", f"Bearer {value}") for value in told.get("bearer", []))


def _header(written: str) -> Iterator[tuple[str, str]]:
    """`name: value`; `name;` sends an empty one, and `name:` leaves out one that curl would add."""
    if written.startswith("@"):
        raise Refused(f"The headers stand in the file “{written[1:80]}”, which is not here. Paste them instead.")
    name, colon, value = written.partition(":")
    if not colon and written.endswith(";"):
        yield written[:-1].strip().lower(), ""
    elif value.strip():
        yield name.strip().lower(), value.strip()


def _place_data(command: Command, flags: set[str], told: dict[str, list[str]]) -> None:
    """The data as body or, behind -G, as query; the method and the content type that curl adds by itself."""
    bodies, json = told.get("body", []), told.get("json", [])
    data = "".join(bodies) if json else "&".join(bodies)
    asked = list(told.get("query", []))
    if flags & {"-G", "--get"}:
        asked, data, bodies = [*asked, data], "", []
    command.urls[0] = _with_query(command.urls[0], asked)
    by_itself = "HEAD" if flags & {"-I", "--head"} else "POST" if bodies else "GET"
    command.method, command.body = told.get("method", [by_itself])[-1].upper(), data
    if bodies:
        command.headers += _added(told, is_json=bool(json))


def _with_query(url: str, asked: list[str]) -> str:
    query = "&".join(part for part in asked if part)
    return f"{url}{'&' if '?' in url else '?'}{query}" if query else url


def _added(told: dict[str, list[str]], *, is_json: bool) -> list[tuple[str, str]]:
    """What curl adds to a body, unless the command names it or leaves it out."""
    named = {re.split("[:;]", header, maxsplit=1)[0].strip().lower() for header in told.get("header", [])}
    added = {"content-type": "application/json", "accept": "application/json"} if is_json else {"content-type": FORM}
    return [(name, value) for name, value in added.items() if name not in named]


def _without_login(url: str, told: dict[str, list[str]]) -> str:
    """The address without user and password, which curl sends as `-u` would."""
    scheme, marks, rest = url.partition("://")
    login, at, behind = rest.partition("@")
    if not at or re.search(r"[/?#]", login):
        return url
    told.setdefault("user", []).append(login)
    return f"{scheme}{marks}{behind}"


def _with_scheme(url: str) -> str:
    return url if _SCHEME.match(url) or url.startswith("{{") else f"http://{url}"


def _words(text: str) -> tuple[list[str], str]:
    """The words up to the end of the command, with quotation undone, and the sign behind which something follows."""
    words: list[str] = []
    ended = ""
    text = _PROMPT.sub("", text, count=1)
    if re.search(r"\^(?:\r?\n|\")", text):
        text = re.sub(r"\^\r?\n\r?\n", "\n", text)
        text = re.sub(r"\^(.)", r"\1", re.sub(r"[ \t]*\^\r?\n", " ", text))
    at, word, begun = 0, "", False
    while at < len(text):
        sign = text[at]
        if (broken := _GOES_ON.match(text, at)) is not None:
            at = broken.end()
            continue
        if _ends(text, at, word, begun=begun):
            word = word if sign not in "<>" or not word.isdecimal() else ""
            begun = bool(word)
            ended = _followed(text[at:])
            break
        if sign.isspace():
            if begun:
                words.append(word)
            at, word, begun = at + 1, "", False
            continue
        piece, at = _piece(text, at)
        word, begun = word + piece, True
    return [*words, *([word] if begun else [])], ended


def _followed(rest: str) -> str:
    """The sign behind which the rest of the command's line goes on; where its output is sent alone is nothing more."""
    line = rest.split("\n", 1)[0]
    found = re.search(r"(?<![<>])[|;&<]\s*[^\s|;&<>\d]", line)
    return found[0][0] if found else ""


def _ends(text: str, at: int, word: str, *, begun: bool) -> bool:
    """Whether the command is over here. An ampersand inside an address that nobody quoted belongs to it; what a
    variable is written in does too."""
    sign = text[at]
    if sign in "|;":
        return True
    if sign == "#":
        return not begun
    if sign == "\n":  # below it stands what it printed, unless options go on whose backslashes were lost
        return bool(text[:at].strip()) and not re.match(r"\s*(?:$|[-'\"\\^`]|https?://)", text[at:])
    if sign == "&":
        return not ("?" in word and text[at + 1 : at + 2].strip(" \r\n\t&"))
    return sign in "<>" and (not word or word.isdecimal())


def _piece(text: str, at: int) -> tuple[str, int]:
    """One quoted stretch or one sign that begins at a place, and where it ends."""
    if text.startswith("$'", at):
        return _ansi(text, at + 2)
    if text[at] == "'":
        end = text.find("'", at + 1)
        if end < 0:
            raise Refused("The curl command has a quotation mark that is not closed.")
        return text[at + 1 : end], end + 1
    if text[at] == '"':
        return _double(text, at + 1)
    if text[at] == "\\" and at + 1 < len(text):
        return text[at + 1], at + 2
    return text[at], at + 1


def _double(text: str, at: int) -> tuple[str, int]:
    told = []
    while at < len(text) and text[at] != '"':
        if text[at] == "\\" and text[at + 1 : at + 2] in {'"', "\\", "$", "`"}:
            at += 1
        told.append(text[at])
        at += 1
    if at >= len(text):
        raise Refused("The curl command has a quotation mark that is not closed.")
    return "".join(told), at + 1


def _ansi(text: str, at: int) -> tuple[str, int]:
    """What stands in `$'…'`, with its escapes undone, as browsers write a body that holds quotation marks or lines."""
    told = []
    while at < len(text) and text[at] != "'":
        if text[at] != "\\":
            told.append(text[at])
            at += 1
            continue
        if code := _CODE.match(text, at + 1):
            number = int(code[0], 8) if code[0][0].isdigit() else int(code[0][1:], 16)
            told.append(chr(number) if number < 0x110000 else "\ufffd")
            at = code.end()
        else:
            told.append(_ESCAPES.get(text[at + 1 : at + 2], text[at + 1 : at + 2]))
            at += 2
    if at >= len(text):
        raise Refused("The curl command has a quotation mark that is not closed.")
    # Browsers write a sign beyond 16 bits as two halves.
    return "".join(told).encode("utf-16", "surrogatepass").decode("utf-16", "replace"), at + 1
