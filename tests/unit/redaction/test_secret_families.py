"""Secrets by family: a few members of each, in words and values of their own, and what looks alike and stays."""

# ruff: noqa: E501 - the frames are read as the lines they make

import pytest

from tests.unit.redaction.looking import REDACTOR

WORD = "Moos" + "-Bach" + "77x"
KEY = "q7Rt" + "2mWk9ZpL4vXc" + "8HnB3sYd6Gf1"
HEX = "9f3a" * 8

FAMILIES: dict[str, tuple[str, ...]] = {
    "a part of a form": (
        'Content-Disposition: form-data; name="password"\r\n\r\n{word}\r\n--x',
        'Content-Disposition: form-data; name="api_token"\nContent-Type: text/plain\n\n{word}\n--x',
        "Content-Disposition: form-data; name=client_secret\n\n{word}\n--x",
        '"text":"Content-Disposition: form-data; name=\\"pwd\\"\\r\\n\\r\\n{word}\\r\\n--x"',
        'form-data; name="user_pass"; charset=utf-8\n\n{word}\n--x',
        '"form-data; name=\\"otp_seed\\"\\n\\n{key}\\n--x\\nform-data; name=\\"secret\\"\\n\\n{word}\\n--x"',
    ),
    "a list": (
        'hmac_keys = ["{key}", "{hex}"]',
        "API_KEYS={key},{hex}",
        "passwords: ['{word}', 'Zweig!Blatt8']",
        "recovery_codes:\n  - {word}\n  - k3j9-2mx8\n",
        'tokens = [\n  "{key}",\n  "{hex}",\n]\n',
    ),
    "pieces and broken lines": (
        'password = "{word}" + "und-mehr-9"',
        'API_SECRET = ("{key}"\n              "{hex}")',
        "export DB_PASSWORD=\\\n{word}\n",
        "Authorization: Bearer \\\n    {key}\n",
        "mount --token \\\n  {key}\n",
    ),
    "a text of its own lines": (
        "jwt_secret = '''{word} und mehr'''",
        'password = """{word}"""',
        "signing_secret: |\n  {word}\nnext: 1\n",
        "password: >-\n    {word}\nport: 22\n",
        "db_password: !secret |\n  {word}\n",
    ),
    "an option of a tool": (
        "net use Z: \\\\nas\\share /user:ACME\\eva {word}",
        "openssl enc -aes-256-cbc -k {word} -in a -out b",
        "7z x -p{word} backup.7z",
        "snmpget -v3 -u mon -A {word} 10.0.0.9 sysUpTime.0",
        "gpg --batch --passphrase {word} -d a.gpg",
        "schtasks /create /tn job /ru eva /rp {word} /tr a.exe",
    ),
    "a setting of a device or a daemon": (
        "secure_link_secret {word};",
        "  user ops insecure-password {word}",
        "set security ike policy p pre-shared-key ascii-text {word}",
        "neighbor 10.0.0.1 password 7 {word}",
        "rocommunity {word} 10.0.0.0/8",
        "user eva on >{word} ~* +@all",
    ),
    "a call of a program": (
        'requests.get(url, auth=("eva", "{word}"))',
        'claims = jwt.encode(payload, "{word}", algorithm="HS256")',
        'source.setPassword("{word}");',
        '$c = "{word}" | ConvertTo-SecureString -AsPlainText -Force',
        'new NetworkCredential("eva", "{word}")',
    ),
    "a value that a program writes": (
        'PASSWORD: str = "{word}"',
        'const secret = process.env.APP_SECRET || "{word}";',
        'os.getenv("DB_PASSWORD", "{word}")',
        '["password"]=> string(12) "{word}"',
        "    [db_pass] => {word}",
    ),
    "a column": (
        "db.password        {word}      env",
        "| admin passwd | {word} | change it |",
        "Host    User    Password\ndb01    root    {word}\n",
        "DB_PASSWORD\t{word}",
        "aws configure set aws_secret_access_key {key}",
    ),
    "a sentence": (
        "Please use {word} as the password",
        "I set the passphrase to {word} yesterday",
        "Das neue Kennwort ist „{word} am Fluss“",
        "Le mot de passe du portail est {word}",
        "La clave de la base es {word}",
        "login as eva, pw {word}",
    ),
    "a dialogue of mail": (
        "C: A7 LOGIN eva {word}",
        "C: AUTH PLAIN {key}",
        "S: 334 UGFzc3dvcmQ6\nC: {key}\n",
        "+ PASS {word}",
        "[mail.example]:587 relay:{word}",
    ),
    "XML that names its settings": (
        '<c><add key="ApiKey" value="{word}"/></c>',
        '<c><property name="db.password">{word}</property></c>',
        "<plist><dict><key>Password</key><string>{word}</string></dict></plist>",
        "<a><AutoLogon><Password><Value>{word}</Value></Password></AutoLogon></a>",
        "<p><param><name>api_secret</name><value>{word}</value></param></p>",
    ),
    "a name of another language or trade": (
        "WLAN-Schlüssel: {word}",
        "mdp = {word}",
        "palavra-passe: {word}",
        "şifre: {word}",
        "AES_KEY={key}",
        '<machineKey validationKey="{key}" decryptionKey="{hex}"/>',
        "Das Passwort heißt {word}",
        "Vorläufiges Kennwort: {word}",
        "la contraseña será {word}",
        "docker login -u eva -p lichtungswald registry.example && echo {word} | docker login --password-stdin",
        "NONCE_SALT={key}",
    ),
}  # fmt: skip
FRAMES = [(family, frame) for family, frames in FAMILIES.items() for frame in frames]


def masked(text: str) -> str:
    from sevline.core.redaction.modes import recognise

    return REDACTOR.document(recognise("a.txt", text.encode()), text.encode()).data.decode()


@pytest.mark.parametrize(("family", "frame"), FRAMES)
def test_the_secret_goes_and_a_second_run_changes_nothing(family: str, frame: str) -> None:
    text = frame.replace("{word}", WORD).replace("{key}", KEY).replace("{hex}", HEX)

    once = masked(text)

    assert not [value for value in (WORD, KEY, HEX) if value in once], (family, once)
    assert masked(once) == once


@pytest.mark.parametrize(
    "text",
    [
        '{"Version":"2012-10-17","Statement":[{"Sid":"AllowReadOfBucket","Effect":"Allow"}]}',
        'Content-Disposition: form-data; name="title"\n\nSummer report\n--x',
        'tokens = ["the", "quick", "brown"]', 'primary_keys = ["order_id", "line_no"]', "secrets:\n  - db-credentials\n  - regcred\n",
        'log = "first line" + "second line"', "description: |\n  The token is rotated weekly.\n", "net use X: /delete", "ssh-keygen -l -f id_ed25519.pub",
        "no password strength-check", "service password-encryption", 'MountVolume failed for volume "token" : secret "api-token" not found',
        'password = getpass.getpass("Password: ")', 'errors.password = "Password is required"', 'parser.add_argument("--token", help="the token")',
        "password.min_length         12          default", "The key is to keep the queue short.", "Mot de passe oublié ? Cliquez ici.", "clave primaria: id_pedido",
        "prod login still broken for tenant north", "SMTP_PASS=your_password_here", "CACHE_KEY=user:1234:profile", "ROUTING_KEY=orders.created",
        'WWW-Authenticate: Digest realm="corp", nonce="5ccc069c403ebaf9f0171e9517f40e41", qop="auth"', "Set-Cookie: theme=dark; Path=/", "content_hash=29c6d942",
    ],
)  # fmt: skip
def test_what_looks_alike_stays(text: str) -> None:
    assert masked(text) == text


def test_of_a_digest_only_what_is_secret_goes() -> None:
    text = f'Authorization: Digest username="eva", realm="corp", uri="/up", response="{HEX}"'

    once = masked(text)

    assert HEX not in once
    assert 'realm="corp"' in once
    assert 'uri="/up"' in once


def test_the_private_parts_of_a_web_key_go_and_the_public_ones_stay() -> None:
    once = masked(f'{{"kty":"RSA","n":"{KEY}","e":"AQAB","d":"{HEX}","kid":"k1"}}')

    assert HEX not in once
    assert KEY in once
