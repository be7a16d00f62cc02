"""Secrets in writings that hid them, and words beside their names that are none."""

import pytest

from sevline.core.redaction import Redactor

REDACTOR = Redactor(bytes(range(32)))
DIGEST = "99241b12d6a03c33f90b32d44ef64c3f"


def masked(text: str) -> str:
    redacted = REDACTOR.data(text.encode()).data
    assert REDACTOR.data(redacted).data == redacted
    return redacted.decode()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('login pwd=" heron lake " res=DENIED', "heron"),
        ("PASSWORD=' heron '", "heron"),
        ("PW: HERON", "HERON"),
        ('password: Some("b0reas-North"), host: 1', "b0reas"),
        ('client_secret: Secret("1b2XexvsLg6uCT9HOjnM"), user', "1b2Xexvs"),
        ("  license: P5RMT-6CRVZ-J77TK-LXIOA", "P5RMT"),
        (f"mvn -Dsonar.login={DIGEST} verify", DIGEST),
        (f"key={DIGEST}", DIGEST),
        (f"GET /v1/maps?key={DIGEST}", DIGEST),
        ("account no. 73920184). The reference", "73920184"),
        ("주민등록번호 920412-2447118.", "2447118"),
        ("nik 3201234567890001 registered", "3201234567890001"),
        ("nascido em 05/09/1968, CPF", "1968"),
        ("nato il 1° gennaio 1958 a Genova", "gennaio"),
        ("生年月日は1987年4月12日です", "4月12日"),
    ],
)
def test_a_value_is_masked_however_it_is_written(text: str, value: str) -> None:
    assert value not in masked(text)


@pytest.mark.parametrize(
    "text",
    [
        'url = "password=" + word + "&user="',
        "echo 'pwd=' $x 'end'",
        "auth = HTTPBasicAuth(user, password)",
        'with: {password: "${{ secrets.GITHUB_TOKEN }}"}',
        "Password: (none). pass: 12",
        "Password: must be at least 12 characters",
        "token's signature",
        "token's audience = https://id.example",
        'gpg: public key "Release Signing" imported',
        f"cache HIT key={DIGEST} age=12",
        f"Cache - put key={DIGEST} size=1204",
        f"blob put key={DIGEST}",
        "customer is Acme Corporation, type",
        "The customer is Northwind Traders and wants",
        "nik 2001234 rows",
        "If dui 2.1.1234 draws",
        "dui: 12345 frames",
        "afm 12345.678 nm",
    ],
)
def test_a_word_beside_such_a_name_stays(text: str) -> None:
    assert masked(text) == text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("株式会社さくら物流の山口 千尋と申します。", "千尋"),
        ("住所は大阪府堺市堺区南瓦町3-1。", "南瓦町"),
        ("안녕하세요, 최서윤입니다.", "최서윤"),
        ("您好,我是采购部的欧阳晓雯,手机", "晓雯"),
        ("Soy Fuensanta Garrigós, de Murcia", "Garrigós"),
        ("sono Ermenegildo Passalacqua, da Genova", "Passalacqua"),
        ("habite 3, venelle du Moulin Vert, 29000 Quimper", "Quimper"),
        ("Prinsengracht 411-III, 1016 HM Amsterdam", "1016 HM"),
        ("Vivo en C/ Azahar, 18, 3.º B, 30001 Murcia; móvil", "30001"),
        ("after six on 06-2841 7730.", "2841"),
        ("Zap: (85) 98844-7118.", "98844"),
        ("nome=Ugo&cellulare=%2B39+347+118+2093&lang=it", "118+2093"),
        ("see https://chat.example.com/invite/yyujwPYXFOVeXArrcDWrtP", "yyujwP"),
        ("SET PASSWORD FOR 'report'@'%' = PASSWORD('Plum-Blossom');", "Plum"),
        ("$ vault kv get -field=password secret/crm\nJaspis-Achat\n$ ls", "Jaspis"),
        ("# kubectl get secret crm -o jsonpath='{.data.password}' | base64 -d\nHaselmaus+Dachs\n", "Haselmaus"),
        ('"arn":"arn:aws:iam::441122334455:user/laszlo.nemeth"', "nemeth"),
        ('12:00 INFO {"m": "x\\nMit freundlichen Gr\\u00fc\\u00dfen\\nOdalys Quint"}', "Odalys"),
        ("  SMTP_PASSWORD:  Igel im Laub", "Laub"),
        ("ssl.key.password = Kreide Felsen 2", "Felsen"),
        ("비밀번호는 Hanbok!2026 이고", "Hanbok"),
        ("登录密码是Moli@Hua88，新密码", "Moli@"),
        ("cognome=Dell%27Acqua&x=1", "Acqua"),
        ("CPF 1, RG 24.471.180-2, Brasil", "471.180"),
        ("""expect "Password:"; send "Hj3rteknuser\\r"; interact""", "Hj3rt"),
        ("expdp userid=dump/Hekla_947 dumpfile=crm.dmp", "Hekla_947"),
    ],
)
def test_people_and_passwords_are_found_where_nothing_names_a_field(text: str, value: str) -> None:
    assert value not in masked(text)


@pytest.mark.parametrize(
    "text",
    [
        "我是新用户,请帮忙",
        "오류입니다. 안녕하세요",
        "see https://docs.example.com/share/GettingStartedWithMercury",
        "$ vault kv get -field=password secret/crm\nError: permission denied\n",
        "pw: secret",
        "app.password = set by the deployment",
        "tests_pass = 12 14 16",
        "WARNING! Using --password via the CLI is insecure. Use --password-stdin.",
        "    password: !vault |",
        "パスワードは必須です",
        "rg 12345678 results",
        "arn:aws:iam::441122334455:role/Deploy",
        '{"m": "Best,\\nthe team"}',
    ],
)
def test_what_only_looks_like_one_of_them_stays(text: str) -> None:
    assert masked(text) == text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (f"get secret key={DIGEST}", DIGEST),
        (f"stored encryption key: {DIGEST}", DIGEST),
        (f"GET api key={DIGEST}", DIGEST),
        (f"new one issued: key={DIGEST} expires=2027-01-01", DIGEST),
        (f"put access key={DIGEST} bucket=backups", DIGEST),
        ("db.password = Tr0ub4dor on host db1", "Tr0ub4dor"),
        ("app.secret = s3cr3tValue99 and more", "s3cr3tValue99"),
        ("app.pwd= 12345678 98765", "12345678"),
        ("password=Sommer2024(", "Sommer2024"),
        ("password = hunter22(", "hunter22"),
        ("db_password: DeepBlue(sea", "DeepBlue"),
        ("暗証番号は Tr0ub4dor-x9 です", "Tr0ub4dor"),
        ("PIN：83920174", "83920174"),
        ("name;x\nsid;9f8e7d6c5b4a39281706\n", "9f8e7d6c"),
        ("inn 7707083893", "7707083893"),
        ("customer iin 860101350001", "860101350001"),
        ("dui 12345678-9", "12345678"),
        ("Reporter: Anna Bank", "Bank"),
        ("assigned to Peter Holding", "Holding"),
        ("Kind regards\nMelissa Bank", "Melissa"),
        ("Dear Mr Bank,", "Bank"),
        ("Owner: Ab Osterhaus", "Osterhaus"),
    ],
)
def test_what_stands_beside_a_value_does_not_hide_it(text: str, value: str) -> None:
    assert value not in masked(text)


@pytest.mark.parametrize(
    "text",
    [
        "password = sha256(",
        "password: Base64.encode(",
        "auth = HTTPBasicAuth(user, password)",
        "Owner: Deutsche Bank",
        "Reporter: Nordea Bank AB",
        f"cache lookup entry key={DIGEST} ttl=30",
    ],
)
def test_companies_and_calls_beside_such_a_name_stay(text: str) -> None:
    assert masked(text) == text


@pytest.mark.parametrize("prompt", ["$ ", "eva@host:~$ ", "root@db:~# ", "❯ ", "PS C:\\> "])
@pytest.mark.parametrize(
    "command",
    [
        "pass show prod/db",
        "gopass show -o prod/db",
        "op read op://vault/item/password",
        "vault kv get -field=password secret/db",
        "kubectl get secret db -o jsonpath='{.data.password}' | base64 -d; echo",
        "kubectl exec web-0 -- printenv DB_PASSWORD",
        'echo "$DB_PASSWORD"',
        "terraform output -raw db_password",
        "heroku config:get API_TOKEN -a shop",
        "bw get password shop",
        "gcloud secrets versions access latest --secret=db",
        "az keyvault secret show --name db --vault-name shop --query value -o tsv",
    ],
)
def test_what_a_command_prints_that_shows_a_secret_is_masked(prompt: str, command: str) -> None:
    assert "northwind" not in masked(f"{prompt}{command}\nnorthwind-Error7\n{prompt}exit\n")


@pytest.mark.parametrize(
    "before", ["echo $" + "key" * 20_000 + "! ", "keyvault secret show " * 3_000 + "; ", "x" * 9_000 + " "]
)
def test_what_is_shown_behind_a_line_that_is_longer_than_any_command_is_masked_in_time(before: str) -> None:
    assert "northwind" not in masked(f"$ {before}op read op://vault/db\nnorthwind-Error7\n")


@pytest.mark.parametrize(
    "text",
    [
        "$ pass show prod/db\nError: prod/db is not in the password store.\n",
        "$ echo $HOME\nnorthwind-Error7\n",
        "$ printenv PATH\nnorthwind-Error7\n",
        "$ pass show prod/db\nno such entry here\n",
    ],
)
def test_what_another_command_prints_or_an_error_stays(text: str) -> None:
    assert masked(text) == text
