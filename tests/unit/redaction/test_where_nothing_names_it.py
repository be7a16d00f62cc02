"""Secrets that only their place or the words around them tell, and what stands in such places and is none."""

import pytest

from tests.unit.redaction.looking import left_of

#: Letters and digits as chance throws them.
MADE = "qT7kW9xQ2mZ7pL5sNd4V"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("ISA*00*          *01*%s *ZZ*SEND           *ZZ*RECV           *260217*1033*^*00501*1*0*P*:~", "Kanga7roo"),
        ("HNSHA:5:2+AB12++%s:771940'", "90211"),
        ("HNSHA:5:2+AB12++90211:%s'", "771940"),
        ("8=FIX.4.4|35=A|553=bob|554=%s|98=0", "hunter22"),
        ("a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:%s", MADE),
        ("4410 => %s,Bob Miller,", "7788"),
        ("auth: client in: AUTH\t1\tPLAIN\tservice=imap\tresp=%s", "eH6FpkXBtVxZT4L5R9RO"),
        ("to relay: 334 UGFzc3dvcmQ6 -> %s", "TWVsdGVtaStOYXhv"),
        (': P12 road.p12 "%s"', "winter moon 7"),
        ('"isp/1234" * "%s"', "73920183"),
        ("*   *   %s", "zEbra99x+"),
        ("    community %s { authorization read-only; }", "Kelp_77x"),
    ],
)
def test_at_a_fixed_place_of_a_message_a_secret_is_masked(text: str, value: str) -> None:
    assert value not in left_of(text % value)


@pytest.mark.parametrize(
    "text",
    [
        "ISA*00*          *00*          *ZZ*SEND           *ZZ*RECV           *260217*1033*^*00501*1*0*P*:~",
        "1044 => 2088, retry",
        "* * * and so on",
        "0 5 * * * /usr/bin/run-backup2",
        "a  *  b",
    ],
)
def test_other_messages_of_these_forms_stay(text: str) -> None:
    assert left_of(text) == text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("<key>Password</key>\n\t<string>%s</string>\n", "blue-cat-moon"),
        ("<key>RemovalPassword</key>\n<string>%s</string>\n", "882211"),
        ("<name>fs.s3a.secret.key</name>\n  <value>%s</value>\n", MADE),
        ("Das neue Kennwort ist\n„%s“, bitte ändern.", "Regenbogen!77"),
        ("the wifi password is\n`%s` ok", "sunny-owl-42"),
        ("Contraseña      Mostrar\n  %s\n", "Gato.Negro9"),
        ("Seed phrase for my wallet:\n%s\n", "apple banana cherry dog eagle fish grape house igloo juice kite lemon"),
        ("$ vault kv get -field=pin secret/hsm\n%s\n", "749028"),
        ("$ elasticsearch-reset-password -u elastic\nNew value: %s\n", "532JTPfgYMMyD5kykcvy"),
    ],
)
def test_below_what_announces_it_a_secret_is_masked(text: str, value: str) -> None:
    assert value not in left_of(text % value)


@pytest.mark.parametrize(
    "text",
    [
        "<key>NSPasswordRules</key>\n<string>minlength: 8</string>\n<key>TokenEnabled</key>\n<string>true</string>",
        'The password is\n"required" by the form',
        "Password\nrequired-field\nnext",
        "Reset password\nhttps://example.org/reset/1",
        "Change your password\n2026-02-18",
        "He said 24 words\nand then there were many more words that were not part of the phrase",
    ],
)
def test_below_such_words_what_is_no_secret_stays(text: str) -> None:
    assert left_of(text) == text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("كلمة السر الجديدة هي %s وشكرا", "Qamar!2211"),
        ("סיסמה זמנית: %s", "Shalom77x"),
        ("หากลืม รหัสผ่าน: %s", "Chang!889"),
        ("पासवर्ड: %s", "Kamal#441"),
        ("비밀번호는 %s 입니다", "Hangang77!"),
        ("临时密码 %s，请尽快修改", "Huoguo_31x!"),
        ("验证码：%s，请勿泄露", "882910"),
        ("код подтверждения %s", "771204"),
        ("رمز التحقق الذي وصلني %s.", "372941"),
    ],
)
def test_behind_words_of_other_scripts_a_secret_is_masked(text: str, value: str) -> None:
    assert value not in left_of(text % value)


@pytest.mark.parametrize(
    "text",
    [
        "您的密码不正确 error 40163",
        "パスワード変更画面 v3.2.1",
        "пароль должен содержать 8 символов",
        "密码长度 8-20 位",
        "密码 reset",
    ],
)
def test_behind_words_of_other_scripts_what_is_no_secret_stays(text: str) -> None:
    assert left_of(text) == text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("%s is your OTP. Do not share it.", "413279"),
        ("G-%s is your Google verification code", "552190"),
        ("the locker code %s# opens it", "4188"),
        ("o código de desbloqueio %s ao cliente", "771 904"),
        ("WLAN-Schlüssel steht hinten drauf: %s", "48120977316650284419"),
        ("passcode %s works", "K8tX2v"),
        ("Bank->token('tontine_api', '%s')", "Quiver!1080"),
        ("{'auth': NtlmAuth(konto='bob', losung='%s')}", "ecjKAyRZJ3vYLfo6"),
        ("Add-VpnConnection -Name F -L2tpPsk '%s' -Force", "velvet-fjord-90"),
        ("$enc = '%s'", "01000000d08c9ddf0115d1118c7a00c04fc297eb01000000d112113887a7377cde74"),
        ("Session { id: '%s', cookie: {} }", "HsS3nhmpjRDJLNvAUeGDkKf4OG3sLlJ"),
        ("'signKey' => '%s'", "F9A595CFBCE16267D47C197B742ED2B8"),
        ("portal_session=%s", "qQMDKgosmsbsTzCAsqbJ4U7g0Ucbklq2vhh3w5"),
        ("<ChiaveApplicativo>%s</ChiaveApplicativo>", "OLI4SK88VMH70EN4160470EX1SSZ6U33"),
        ("X-Firma-Secreta: %s", "d3a5cfd7677db72d5041e76ee4e1392625b0f31f"),
        ('{"mpin":"%s"}', "2764"),
        ("define('LOGGED_IN_KEY', '%s');", "O2zV-7)nCq(R0uI^y5|gH+e8_Tb6;sXw4}Pk~aF1mJ{d3E*Lr.tY"),
        ("b'passwd=Ch\\xc3\\xa2teau-%s&lang=fr'", "Frontenac2"),
    ],
)
def test_what_the_words_beside_it_tell_is_masked(text: str, value: str) -> None:
    assert value not in left_of(text % value)


@pytest.mark.parametrize(
    "text",
    [
        "2024 is your year",
        "1200 is the maximum code length",
        "error code 4412, exit code 1001, status code 2002",
        "wifi channel 11, wifi key index 12345678",
        '"cacheKey": "F9A595CFBCE16267D47C197B742ED2B8", "dedup_key": "9f86d081884c7d659a2feaa0c55ad015"',
        '{"session":{"id":"4fd1a8a2-13f5-4b8f-8b8e-1f5b6d7c8e9f"}}',
        'docker run -e API_KEY="$API_KEY" x',
        "Remove the old token: `rm -f ~/.kolibri/token`.",
        "smtp_password: !vault-ref smtp/password",
        "login(username=USER, password=PW)",
        '**Is "password: correct" in the log a leak?** No',
        "**Where is the secret stored?** In the vault",
    ],
)
def test_what_only_looks_so_stays(text: str) -> None:
    assert left_of(text) == text


@pytest.mark.parametrize(
    "text",
    [
        'MountVolume.SetUp failed for volume "tls" : secret "mqtt-tls-2027" not found',
        'secret "prod/app-secret" created',
        'The Secret "db-auth2" is invalid: data: Too long',
        "Error: couldn't find key smtp-pass in Secret prod/smtp-2026",
        "existing secret 'pg-main-app1' is missing key password",
        'Successfully synced secret "prod/app-secret2" from vault',
        'Secret "wildcard-cert-9f8e7d" deleted',
        'kube_secret_info{namespace="prod",secret="smtp-creds2"} 1',
    ],
)
def test_the_name_of_an_object_of_kubernetes_stays(text: str) -> None:
    assert left_of(text) == text


@pytest.mark.parametrize("text", ['secret "Hunter2!x9" was used', 'secret "zephyr-fox-38";', "secret zephyr-fox-38"])
def test_a_secret_that_has_no_such_name_is_masked(text: str) -> None:
    assert left_of(text) != text
