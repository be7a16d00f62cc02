"""Secrets in forms that were met in texts nobody had seen before: what stood in the open there, and what went too much."""

# ruff: noqa: E501 - a line is what a program wrote

import re

import pytest

from tests.unit.redaction.looking import left_of

#: A pseudonym as it is written in XML.
_IN_XML = re.compile(r"&lt;SECRET-[0-9a-f]{16}&gt;")
_HEX = "071b59938fa66ae2affe35b13cbae02556376f94"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("x CCDB1_WshI6aIeLS7LBJVAqQEbUo_VGJbucME20RZ6GRpBxqgk2J3cAv8JMWwPoyLmcRK y", "x <COCKROACH-KEY> y"),
        ("x xaat-0948ef52-4610-4c86-9d68-647d4895ce0c y", "x <AXIOM-TOKEN> y"),
        (f"x ATTA{'0a1b2c3d' * 8}1B60EF2E y", "x <TRELLO-TOKEN> y"),
        ("x t1.9euelZq0hIPXyiLQyfG3JZS_MKmuvNHRFZ1D_d4mLNH08K43MCObke0DTQMu09 y", "x <YANDEX-KEY> y"),
        ("x pa-n2qpuQSTN23Ix6x9eVxnbLJy9X59eXacDwj6SdvkKFB y", "x <VENDOR-KEY> y"),
        ("x ACfcade176fe1ce995541ad6952886a554:1cdbe3e756e9005291cd39e35c92da1e y", "x <TWILIO-KEY> y"),
    ],
)
def test_a_key_of_a_vendor_goes_by_its_form(text: str, left: str) -> None:
    assert left_of(text) == left


@pytest.mark.parametrize("kind", ["Static key V1", "tls-crypt-v2 client key", "tls-crypt-v2 server key"])
def test_a_key_of_openvpn_goes_and_its_armour_stays(kind: str) -> None:
    armour = f"-----BEGIN OpenVPN {kind}-----\n{{}}-----END OpenVPN {kind}-----\n"
    lines = "f0a55a77c543f0f0af3b2b43a9f9d205\n443c4d92b08efb1d136b0dc726488750\n"
    assert left_of(armour.format(lines)) == armour.format("<PRIVATE-KEY>\n\n")


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (f'command: ["serve", "--api-token", "{_HEX}"]', 'command: ["serve", "--api-token", "<SECRET>"]'),
        ("[ 'cli.js', '--token', 'hallo.du9', '--dry-run' ]", "[ 'cli.js', '--token', '<SECRET>', '--dry-run' ]"),
        ('["CMD", "curl", "-fu", "health:well.Done4", "http://x/"]', '["CMD", "curl", "-fu", "health:<SECRET>", "http://x/"]'),
        ('["--password-file", "/run/secrets/db", "--token-ttl", "3600s"]', '["--password-file", "/run/secrets/db", "--token-ttl", "3600s"]'),
    ],
)  # fmt: skip
def test_in_a_list_of_arguments_the_secret_behind_its_option_goes(text: str, left: str) -> None:
    assert left_of(text) == left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("ldap_bind_pw: Efeu&Moos", "ldap_bind_pw: <SECRET>"),
        ("keepalived_auth_pass: gRqPoriG", "keepalived_auth_pass: <SECRET>"),
        ("wifi_psk: kaffeemaschine", "wifi_psk: <SECRET>"),
        ("PASSWORD=' key_99 '", "PASSWORD='<SECRET>'"),
        ("<AdminPassword><Value>Un4ttend!Ed</Value></AdminPassword>", "<AdminPassword><Value>&lt;SECRET&gt;</Value></AdminPassword>"),
        ("<secret><![CDATA[one & more 3]]></secret>", "<secret><![CDATA[&lt;SECRET&gt;]]></secret>"),
        ("/sso?SAMLRequest=fZFBS8NAEIX%2FSth7kk2&RelayState=x1", "/sso?SAMLRequest=<SECRET>&RelayState=x1"),
        ("/cb?code_x=1&session_state=b741cebb-39e8-4956-80e3-30db0e65811b&x=1", "/cb?code_x=1&session_state=<SECRET>&x=1"),
        ("Authorization: hmac acme:GbiTJmldLIB3pPOqZbXqRhpNBfvOo/HpunMVFf=:nonce:17", "Authorization: <AUTHORIZATION>"),
        ("https://app.example.org/reset/abtdfghqwrtzuiopasdfghjklmnbvc", "https://app.example.org/reset/<SECRET>"),
    ],
)  # fmt: skip
def test_a_value_beside_its_name_goes_whole(text: str, left: str) -> None:
    assert _IN_XML.sub("&lt;SECRET&gt;", left_of(text)) == left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("[key] => EgpGlkSj9rHdGht8kCEjxzLamzG4Q6ec", "[key] => <SECRET>"),
        ("[key] => orders", "[key] => orders"),
        ('  ["passwd"]=>\n  string(10) "Zebra.Str9"\n', '  ["passwd"]=>\n  string(10) "<SECRET>"\n'),
        ('["secret":protected]=>\n  string(16) "c2v4EVEDgd6GO3Jr"', '["secret":protected]=>\n  string(16) "<SECRET>"'),
        ('["state"]=>\n  string(10) "Zebra.Str9"', '["state"]=>\n  string(10) "Zebra.Str9"'),
        ("define('AUTH_KEY', '`99><X/{b!; @](#|#;(b/_b|>,(X ^Z_~2#@_)1~ a(~(2`a/)+>');", "define('AUTH_KEY', '<SECRET>');"),
        ("#1 /srv/x.php(8): Auth->login('anna', 'Spring!Pass1')", "#1 /srv/x.php(8): Auth->login('anna', '<SECRET>')"),
        ('DriverManager.getConnection(url, "app", "java.Kaffee");', 'DriverManager.getConnection(url, "app", "<SECRET>");'),
        ('KeyStore.load(in, "changeMe1".toCharArray());', 'KeyStore.load(in, "<SECRET>".toCharArray());'),
        ('letters = "abc".toCharArray()', 'letters = "abc".toCharArray()'),
        ('[{password,"erl4ng.Tupel"},{user,"app"}]', '[{password,"<SECRET>"},{user,"app"}]'),
        ('(password . "l1sp.Punkt")', '(password . "<SECRET>")'),
        ('password <- "r.Zuweis1"', 'password <- "<SECRET>"'),
        ("Map(password -> sc4la.Stairs, user -> app)", "Map(password -> <SECRET>, user -> app)"),
        ('login(password, "name9")', 'login(password, "name9")'),
    ],
)  # fmt: skip
def test_a_secret_in_a_program_or_its_dump_goes(text: str, left: str) -> None:
    assert left_of(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "key_id=7 token_type=bearer expires_in=3600 grant_type=password",
        "auth.php(8): Auth->login(user)",
        "/reset/passwordconfirmationsuccessful",
        '"password=" pw ";"',
    ],
)
def test_what_tells_of_a_secret_and_is_none_stays(text: str) -> None:
    assert left_of(text) == text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("askpass lockPw99!", "askpass <SECRET>"),
        ("http-proxy-user-pass proxyuser pr0xy-Pw", "http-proxy-user-pass proxyuser <SECRET>"),
        ("tls-key-file-pass tls.R3dis", "tls-key-file-pass <SECRET>"),
        ("tls-key-file-pass /etc/pass.txt", "tls-key-file-pass /etc/pass.txt"),
        ("trapcommunity trapster", "trapcommunity <SECRET>"),
        (":mira PASS irc.Serv3r", ":mira PASS <SECRET>"),
        ("PRIVMSG NickServ :IDENTIFY n1ck.Serv", "PRIVMSG NickServ :IDENTIFY <SECRET>"),
        ('AT+CWJAP="office","esp.Wlan1"', 'AT+CWJAP="office","<SECRET>"'),
        ("erl -setcookie HJSJ6EX6SBVO30FB -name a@b", "erl -setcookie <SECRET> -name a@b"),
        ("mc alias set m http://minio:9000 minioadmin m1nio.Adm", "mc alias set m http://minio:9000 minioadmin <SECRET>"),
        ("signtool sign /f c.pfx /p s1gn.Tool x.exe", "signtool sign /f c.pfx /p <SECRET> x.exe"),
        ("beeline -u jdbc:hive2://h:10000 -n hive -p hive.Stock", "beeline -u jdbc:hive2://h:10000 -n hive -p <SECRET>"),
        ("gh secret set X --body gh.Secr3t", "gh secret set X --body <SECRET>"),
        ("reg add x /v Pw /d regAdd.77", "reg add x /v Pw /d <SECRET>"),
        ("reg add x /v Colour /d regAdd.77", "reg add x /v Colour /d regAdd.77"),
        ('"Password"=hex:1d,2f,8a,cc,71,90', '"Password"=<SECRET>'),
        ("<key>password</key><string>pl1st.Wort</string>", "<key>password</key><string>&lt;SECRET&gt;</string>"),
    ],
)  # fmt: skip
def test_where_a_device_or_a_tool_takes_a_secret_it_goes(text: str, left: str) -> None:
    assert _IN_XML.sub("&lt;SECRET&gt;", left_of(text)) == left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (f"Set `API_TOKEN` to `{_HEX}`", "Set `API_TOKEN` to `<SECRET>`"),
        (f"*Token*: `{_HEX}`", "*Token*: `<SECRET>`"),
        ("Set `API_TOKEN` to `none` or `required`", "Set `API_TOKEN` to `none` or `required`"),
        ("login failed with password [el4st.Clamp]", "login failed with password [<SECRET>]"),
        ("a password [required] was given", "a password [required] was given"),
        (f"for the webhook secret take {_HEX}.", "for the webhook secret take <SECRET>."),
        ("user vendor1 / pass tunnel-View", "user <PERSON> / pass <SECRET>"),
        ("    Key Content            : WlanSchluessel9", "    Key Content            : <SECRET>"),
        ("Passwort: siehe Tresor. Token: abgelaufen.", "Passwort: siehe Tresor. Token: abgelaufen."),
    ],
)  # fmt: skip
def test_what_a_sentence_or_a_display_tells_goes_and_its_words_stay(text: str, left: str) -> None:
    assert left_of(text) == left
