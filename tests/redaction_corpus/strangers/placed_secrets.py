"""Secrets where other people keep them: environments, commands, settings, connection strings, dumps, headers, files of keys."""

# ruff: noqa: E501 - the frames are read as the lines they make

import base64
import json
from collections.abc import Callable
from random import Random
from urllib.parse import quote

from tests.redaction_corpus.strangers.vendors import make

Maker = Callable[[Random], str]
DASHES = "-" * 5


def word(random: Random) -> str:
    """A password that somebody chose."""
    first = random.choice(
        ("Sunny", "blue", "Kaffee", "tr0uble", "Dragon", "lisboa", "Winter", "hunter", "Passw0rd", "Qwertz")
    )
    return (
        first
        + random.choice("!#_-.$")
        + random.choice(("2024", "77", "x9K", "aB3", "4ever", "0815"))
        + random.choice(("", "!", "zz"))
    )


def key(random: Random) -> str:
    """A key that a machine chose."""
    return make(random.choice(("<m32>", "<h40>", "<u43>", "<h32>", "<m24>", "<a36>")), random)


def base(random: Random) -> str:
    return base64.b64encode(word(random).encode() + make("<m7>", random).encode()).decode()


def short(random: Random) -> str:
    """A password without anything that looks like one."""
    return random.choice(
        ("letmein", "changeit", "opensesame", "monkey12", "welcome1", "s3cr3t", "swordfish", "pa55word")
    ) + make("<l2>", random)


ENVIRONMENT: tuple[str, ...] = (
    "DATABASE_PASSWORD={}", "export PGPASSWORD={}", "MYSQL_ROOT_PASSWORD={}", "MYSQL_PWD={}", "REDIS_AUTH={}", "set SMTP_PASS={}", "$env:API_TOKEN = \"{}\"",
    "      SECRET_KEY_BASE: {}", "RAILS_MASTER_KEY={}", "JWT_SECRET='{}'", "AWS_SECRET_ACCESS_KEY={}", "AWS_SESSION_TOKEN={}", "DD_API_KEY={}", "DD_APP_KEY={}",
    "SNYK_TOKEN={}", "ALGOLIA_ADMIN_KEY={}", "CLOUDFLARE_API_TOKEN={}", "FASTLY_API_TOKEN={}", "TWILIO_AUTH_TOKEN={}", "AZURE_CLIENT_SECRET={}", "AZURE_STORAGE_KEY={}",
    "ARM_ACCESS_KEY={}", "HEROKU_API_KEY={}", "CONSUL_HTTP_TOKEN={}", "VAULT_TOKEN={}", "NPM_TOKEN={}", "SONAR_LOGIN_TOKEN={}", "ENV SESSION_SECRET={}", "ENV SESSION_SECRET {}",
    "ARG NPM_AUTH_TOKEN={}", "  - name: DB_PASSWORD\n    value: {}", "  - name: DB_PASSWORD\n    value: \"{}\"", "declare -x GRAFANA_ADMIN_PASSWORD=\"{}\"", "MAILGUN_APIKEY={}", "KAFKA_SASL_PASSWORD={}",
    "ENCRYPTION_KEY=base64:{}", "APP_KEY=base64:{}", "LDAP_BIND_PW={}", "POSTGRES_PASSWORD={} POSTGRES_USER=app", "[Env] TOKEN -> {}", "OAUTH_CLIENT_SECRET={}\r",
    "KUBE_TOKEN={}", "TF_VAR_db_password={}", "CI_JOB_TOKEN={}", "HMAC_KEY={}", "COOKIE_SECRET={}", "WEBHOOK_SIGNING_SECRET={}", "MASTER_KEY={}", "FERNET_KEY={}", "SSH_PASSPHRASE={}",
)  # fmt: skip
COMMANDS: tuple[str, ...] = (
    "$ mysql -u root -p{} shop", "mysqldump --user=root --password={} shop > dump.sql", "mysql --password {} -h 10.0.0.2", "curl -u admin:{} https://ci.internal/api/json",
    "curl --user 'admin:{}' -X POST https://ci.internal/job", "curl -H 'X-Api-Key: {}' https://api.internal/v1", "curl -H \"Authorization: Bearer {}\" https://api.internal/v1",
    "wget --http-user=bob --http-password={} https://files.internal/x.tgz", "sshpass -p {} ssh deploy@web01", "sshpass -p '{}' scp a deploy@web01:", "PGPASSWORD={} psql -h db -U app",
    "docker login -u ci -p {} registry.internal", "docker login --username ci --password {} registry.internal", "docker run -e DB_PASSWORD={} -p 80:80 web", "helm install web ./web --set db.password={}",
    "kubectl create secret generic db --from-literal=password={}", "redis-cli -h cache -a {} ping", "mongosh mongodb://db/admin -u root -p {}", "az login --service-principal -u 1f -p {} --tenant 9a",
    "ldapsearch -x -D cn=admin,dc=corp -w {} -b dc=corp", "psexec \\\\web01 -u corp\\svc -p {} cmd", "net use \\\\files\\share {} /user:corp\\anna", "sqlcmd -S db -U sa -P {} -Q 'select 1'",
    "java -Djavax.net.ssl.keyStorePassword={} -jar app.jar", "java -Dspring.datasource.password={} -jar app.jar", "keytool -list -keystore k.jks -storepass {}", "openssl rsa -in k.pem -passin pass:{}",
    "openssl pkcs12 -export -passout pass:{} -out k.p12", "vault login {}", "gh auth login --with-token <<< {}", "git clone https://oauth2:{}@git.internal/x/y.git", "ansible-playbook site.yml -e ansible_password={}",
    "smbclient //files/share -U anna%{}", "rclone obscure {}", "htpasswd -bc .htpasswd anna {}", "snowsql -a acme -u anna --password {}", "echo {} | docker login --password-stdin", "echo '{}' | sudo -S systemctl restart web",
    "pg_dump \"host=db user=app password={} dbname=shop\"", "twine upload -u __token__ -p {} dist/*", "npm config set //registry.internal/:_authToken {}", "export TOKEN={}; ./run.sh", "influx -username admin -password {}",
    "rabbitmqctl change_password guest {}", "ALTER USER app WITH PASSWORD '{}';", "CREATE USER 'app'@'%' IDENTIFIED BY '{}';", "ALTER ROLE app PASSWORD '{}'", "CREATE LOGIN app WITH PASSWORD = N'{}'",
    "GRANT ALL ON shop.* TO app@'%' IDENTIFIED BY '{}'", "SET PASSWORD FOR 'app' = '{}'", "requirepass {}", "AUTH {}", "> AUTH app {}", "USER anna\r\nPASS {}",
)  # fmt: skip
CONNECTIONS: tuple[str, ...] = (
    "postgresql://app:{url}@db.internal:5432/shop", "mysql+pymysql://app:{url}@db:3306/shop?charset=utf8mb4", "mongodb+srv://app:{url}@cluster0.ab1cd.mongodb.net/shop", "redis://:{url}@cache:6379/0",
    "rediss://default:{url}@cache:6380", "amqp://guest:{url}@mq:5672/%2F", "jdbc:postgresql://db:5432/shop?user=app&password={url}", "jdbc:mysql://db/shop?user=app&password={url}&useSSL=true", "jdbc:oracle:thin:app/{}@//db:1521/ORCL",
    "jdbc:sqlserver://db:1433;databaseName=shop;user=app;password={};encrypt=true", "Server=tcp:db.database.windows.net,1433;Initial Catalog=shop;User ID=app;Password={};Encrypt=True;", "Data Source=db;Initial Catalog=shop;uid=app;pwd={};",
    "Driver={{ODBC Driver 17 for SQL Server}};Server=db;Database=shop;UID=app;PWD={};", "DRIVER={{PostgreSQL}};SERVER=db;UID=app;PWD={}", "host=db port=5432 dbname=shop user=app password={} sslmode=require", "app:{}@tcp(db:3306)/shop?parseTime=true",
    "DefaultEndpointsProtocol=https;AccountName=acme;AccountKey={}==;EndpointSuffix=core.windows.net", "Endpoint=sb://acme.servicebus.windows.net/;SharedAccessKeyName=Root;SharedAccessKey={}=", "HostName=acme.azure-devices.net;SharedAccessKeyName=owner;SharedAccessKey={}=",
    "AccountEndpoint=https://acme.documents.azure.com:443/;AccountKey={}==;", "InstrumentationKey=0;Password={}", "clickhouse://default:{url}@ch:9000/default", "snowflake://anna:{url}@acme/DB", "ldap://cn=admin:{url}@ldap:389", "ftp://anna:{url}@files/x",
    "smtp://mail%40acme.io:{url}@smtp.acme.io:587", "http://proxyuser:{url}@proxy:3128", "sftp://anna:{url}@files:22/in", "nats://app:{url}@nats:4222", "mssql://sa:{url}@db/shop", "cockroachdb://app:{url}@db:26257/x", "bolt://neo4j:{url}@graph:7687",
    "cassandra://app:{url}@c1,c2/ks", "elasticsearch: https://elastic:{url}@es:9200", "sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required username=\"app\" password=\"{}\";", "Provider=OraOLEDB.Oracle;Data Source=x;User Id=app;Password={};",
    "cn=shop; user=app; secret={}; ssl=1", "oracle+cx_oracle://app:{url}@db:1521/?service_name=X", "https://{url}@o1.ingest.sentry.io/44", "svn+ssh://anna:{url}@svn/x",
)  # fmt: skip
SETTINGS: tuple[str, ...] = (
    "password: {}", "  password: \"{}\"", "db:\n  user: app\n  pass: {}", "password = \"{}\"", "password={}", "[smtp]\npassword = {}", "<password>{xml}</password>", "<add key=\"ApiKey\" value=\"{xml}\" />", "<add key=\"SmtpPassword\" value=\"{xml}\"/>",
    "<property name=\"password\" value=\"{xml}\"/>", "<property name=\"hibernate.connection.password\">{xml}</property>", "<setting name=\"Token\" serializeAs=\"String\"><value>{xml}</value></setting>", "<user name=\"anna\" password=\"{xml}\" roles=\"admin\"/>",
    "spring.datasource.password={}", "spring.mail.password: {}", "management.token={}", "secret_key: !vault {}", "api_token = '{}'", "api-token: {}", "apiToken: '{}',", "{{\"apiToken\": \"{}\"}}", "{{\"ApiKey\":\"{}\"}}", "{{\"x-api-key\":\"{}\"}}",
    "{{\"credentials\": {{\"username\": \"anna\", \"password\": \"{}\"}}}}", "{{\"name\": \"DB_PASSWORD\", \"value\": \"{}\"}}", "{{\"Name\":\"password\",\"Value\":\"{}\"}}", "{{\"key\":\"client_secret\",\"value\":\"{}\"}}", "{{\"value\": \"{}\", \"name\": \"API_TOKEN\"}}",
    "\"Env\": [\n  \"PATH=/usr/bin\",\n  \"DB_PASSWORD={}\"\n]", "\"auths\": {{\"registry.internal\": {{\"auth\": \"{b64pair}\"}}}}", "//registry.npmjs.org/:_authToken={}", "_auth={}", "//npm.internal/:_password=\"{}\"", "always-auth=true\n_password={}",
    "secret {}", "snmp-server community {} RO", "enable secret 0 {}", "username admin password 0 {}", "wpa_passphrase={}", "psk=\"{}\"", "PrivateKey = {}=", "PresharedKey = {}=", "preshared-key {}", "radius-server key {}",
    "config.secret_key_base = '{}'", "SECRET_KEY = 'django-insecure-{}'", "define('DB_PASSWORD', '{}');", "define( 'AUTH_KEY', '{}' );", "$password = '{}';", "$cfg['blowfish_secret'] = '{}';", "'password' => '{}',", ":password => \"{}\",", "const apiKey = \"{}\";",
    "let token = '{}';", "String password = \"{}\";", "private static final String SECRET = \"{}\";", "password := \"{}\"", "auth_token \"{}\"", "secret-access-key {}", "admin_password  = \"{}\"  # hcl", "\"master_password\": \"{}\",",
    "client-secret={}", "clientSecret: {}", "consumer_secret: {}", "OAuthSecret={}", "encryptionKey: {}", "signing_secret: \"{}\"", "bindPassword: {}", "bind_pw {}", "keystore.password={}", "trustStorePassword=\"{}\"", "ssl.key.password={}", "passphrase: {}", "Passphrase: {}",
    "login: anna, password: {}", "user: anna; pass: {}", "Kennwort: {}", "Passwort: {}", "Mot de passe : {}", "mot_de_passe={}", "contraseña: {}", "contrasena={}", "clave: {}", "senha={}", "senha: {}", "hasło: {}", "wachtwoord: {}", "lösenord: {}", "пароль: {}", "密码: {}", "パスワード: {}", "parola: {}",
    "PIN: {pin}", "TAN: {pin}", "otp={pin}", "verification code: {pin}", "Your verification code is {pin}", "Your code is {pin}. Don't share it.", "CVV: {cvv}", "cvc={cvv}",
)  # fmt: skip
SPOKEN: tuple[str, ...] = (
    "the password is {}", "The new password is: {}", "Password for the portal: {}", "his password was {} until yesterday", "pw: {}", "PW {}", "temporary password {}", "Your temporary password is {}", "login anna / {}", "creds: anna / {}", "credentials are anna:{}", "user anna pass {}", "pass = {}",
    "you can log in with anna and the password {}", "Das Passwort lautet {}", "Das Kennwort ist {}", "le mot de passe est {}", "la contraseña es {}", "use token {} for now", "the api key is {}", "my API key: {}", "secret: {}", "the token is {}", "passphrase is {}", "here is the key: {}",
)  # fmt: skip
HEADERS: tuple[str, ...] = (
    "Authorization: Basic {b64pair}", "authorization: basic {b64pair}", "AUTHORIZATION: BASIC {b64pair}", "Authorization: bearer {}", "Proxy-Authorization: Basic {b64pair}", "> Authorization: Bearer {}", "< Set-Cookie: sid={}; Path=/; HttpOnly", "set-cookie: __Host-session={}; Secure",
    "Cookie: PHPSESSID={}", "cookie: _gitlab_session={}; theme=dark", "Cookie: laravel_session={}; XSRF-TOKEN={}", "Cookie: connect.sid=s%3A{}.{}", "Cookie: JSESSIONID={}; ROUTEID=.1", "Cookie: .AspNetCore.Cookies={}", "Cookie: ASP.NET_SessionId={}", "Cookie: sessionid={}; csrftoken={}",
    "Cookie: _myapp_session={}--{}", "Cookie: wordpress_logged_in_ab={}", "Cookie: auth0={}; a=1", "Cookie: AWSALB={}", "'Cookie': 'sid={}'", "\"cookie\":\"sid={}; a=b\"", "X-Api-Key: {}", "x-auth-token: {}", "X-Vault-Token: {}", "X-Shopify-Access-Token: {}", "PRIVATE-TOKEN: {}", "Private-Token: {}",
    "X-CSRF-Token: {}", "X-Amz-Security-Token: {}", "Ocp-Apim-Subscription-Key: {}", "api-key: {}", "Authorization: Token token=\"{}\"", "Authorization: ApiKey {}", "Authorization: {}", "authorization={}", "Authorization: Digest username=\"anna\", realm=\"x\", nonce=\"9\", response=\"{}\"", "Authorization: Negotiate {}==", "Authorization: Splunk {}",
    "Authorization: AWS4-HMAC-SHA256 Credential=AK/20260101/eu/s3/aws4_request, SignedHeaders=host, Signature={}", "Authorization: OAuth oauth_consumer_key=\"x\", oauth_signature=\"{}\"", "{{\"name\": \"Authorization\", \"value\": \"Bearer {}\"}}", "{{\"headers\":{{\"Authorization\":[\"Bearer {}\"]}}}}", "-H 'Authorization: Bearer {}'",
    "headers={{'Authorization': 'Bearer {}'}}", "headers: {{ Authorization: `Bearer {}` }}", "{{\\\"authorization\\\":\\\"Bearer {}\\\"}}", "grpc-metadata-authorization: Bearer {}",
)  # fmt: skip
URLS: tuple[str, ...] = (
    "https://app.acme.io/cb?code={}&state={}", "https://app.acme.io/#access_token={}&token_type=bearer", "GET /v1/me?access_token={} HTTP/1.1", "https://api.acme.io/x?api_key={}", "https://api.acme.io/x?apikey={}&q=1", "https://maps.acme.io/js?key={}&v=3", "https://app.acme.io/reset?token={}", "https://app.acme.io/reset/{}", "https://app.acme.io/invite/{}", "https://app.acme.io/magic-link?t={}",
    "https://b.s3.amazonaws.com/k?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=A&X-Amz-Signature={}", "https://b.s3.amazonaws.com/k?AWSAccessKeyId=A&Signature={}&Expires=1", "https://storage.googleapis.com/b/k?X-Goog-Signature={}&X-Goog-Expires=1", "https://acme.blob.core.windows.net/c/b?sv=2022-11-02&sig={}%3D&se=2026", "https://d1.cloudfront.net/x?Expires=1&Signature={}&Key-Pair-Id=K1",
    "https://hooks.slack.com/services/T0{A}/B0{A}/{}", "https://acme.webhook.office.com/webhookb2/{uuid}@{uuid}/IncomingWebhook/{h32}/{uuid}", "https://discord.com/api/webhooks/112233445566778899/{u68}", "https://oapi.dingtalk.com/robot/send?access_token={}", "https://open.feishu.cn/open-apis/bot/v2/hook/{uuid}", "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={uuid}",
    "https://hooks.zapier.com/hooks/catch/1234567/{}/", "https://chat.googleapis.com/v1/spaces/AAA/messages?key=k&token={}", "https://maker.ifttt.com/trigger/x/with/key/{}", "https://api.telegram.org/bot1234567890:AA{u33}/getMe", "https://outlook.office.com/webhook/{uuid}@{uuid}/IncomingWebhook/{h32}/{uuid}", "https://prod-12.westeurope.logic.azure.com/workflows/8f2b/triggers/manual/paths/invoke?sp=x&sv=1.0&sig={}",
    "otpauth://totp/Acme:anna?secret={t32}&issuer=Acme", "otpauth://hotp/x?counter=1&secret={t16}", "slack://x?token={}", "wss://ws.acme.io/?auth={}", "https://hooks.acme.io/in?sig={}", "https://app.acme.io/login?ticket=ST-1-{}", "https://app.acme.io/x?jwt={}", "https://app.acme.io/unsubscribe?hash={}", "https://events.pagerduty.com/integration/{h32}/enqueue", "https://{h32}@o12.ingest.us.sentry.io/450",
)  # fmt: skip


def _lines(text: str, width: int = 64) -> str:
    return "\n".join(text[start : start + width] for start in range(0, len(text), width))


def _block(title: str, random: Random, size: int = 400) -> tuple[str, str]:
    body = _lines(make(f"<b{size}>", random) + "==")
    return f"{DASHES}BEGIN {title}{DASHES}\n{body}\n{DASHES}END {title}{DASHES}", body.split("\n")[2]


def blocks(random: Random) -> tuple[tuple[str, str, str], ...]:
    """Kind, text, and a piece of the secret in it."""
    made: list[tuple[str, str, str]] = []
    for title in (
        "RSA PRIVATE KEY",
        "EC PRIVATE KEY",
        "PRIVATE KEY",
        "ENCRYPTED PRIVATE KEY",
        "OPENSSH PRIVATE KEY",
        "DSA PRIVATE KEY",
        "PGP PRIVATE KEY BLOCK",
        "SSH2 ENCRYPTED PRIVATE KEY",
    ):
        text, piece = _block(title, random)
        made.append((title, f"log before\n{text}\nlog after", piece))
        made.append((f"{title} in one line", json.dumps({"id": 3, "private_key": text + "\n"}), piece))
        made.append((f"{title} indented", "\n".join("    " + line for line in text.split("\n")), piece))
        made.append((f"{title} quoted in a mail", "\n".join("> " + line for line in text.split("\n")), piece))
        made.append((f"{title} without end", "\n".join(text.split("\n")[:-1]), piece))
        made.append(
            (f"{title} in a log", "\n".join(f"2026-03-04T10:11:12Z app[1]: {line}" for line in text.split("\n")), piece)
        )
        made.append((f"{title} in an environment", 'KEY="' + text.replace("\n", "\\n") + '"', piece))
        made.append((f"{title} joined by blanks", text.replace("\n", " "), piece))
    text, piece = _block("PRIVATE KEY", random)
    made.append(("JSON in JSON", json.dumps({"log": json.dumps({"private_key": text})}), piece))
    lines = _lines(make("<b200>", random))
    made.append(
        (
            "PuTTY key",
            "PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\nComment: x\nPublic-Lines: 1\nAAAAC3Nz\nPrivate-Lines: 4\n"
            + lines
            + "\nPrivate-MAC: "
            + make("<h64>", random),
            lines.split("\n")[1],
        )
    )
    lines = _lines(make("<b300>", random))
    made.append(
        (
            "age file",
            f"{DASHES}BEGIN AGE ENCRYPTED FILE{DASHES}\n{lines}\n{DASHES}END AGE ENCRYPTED FILE{DASHES}\nkey: AGE-SECRET-KEY-1{make('<n58>', random)}",
            "AGE-SECRET-KEY-1",
        )
    )
    words = random.sample(SEED_WORDS, 12)
    made.append(("seed phrase", "seed phrase: " + " ".join(words), " ".join(words[3:6])))
    made.append(("mnemonic in JSON", json.dumps({"mnemonic": " ".join(words)}), " ".join(words[3:6])))
    made.append(("recovery phrase", "My recovery phrase is " + " ".join(words) + ".", " ".join(words[3:6])))
    value = base64.b64encode(word(random).encode() + make("<m9>", random).encode()).decode()
    made.append(
        (
            "kubernetes secret",
            f"apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\ntype: Opaque\ndata:\n  password: {value}\n  user: YXBw",
            value,
        )
    )
    made.append(
        (
            "kubernetes secret, data first",
            f"apiVersion: v1\ndata:\n  connection: {value}\nkind: Secret\nmetadata:\n  name: db",
            value,
        )
    )
    made.append(
        (
            "kubernetes secret in JSON",
            json.dumps({"apiVersion": "v1", "kind": "Secret", "data": {"hidden": value}, "type": "Opaque"}, indent=1),
            value,
        )
    )
    made.append(
        (
            "kubernetes secret in a JSON line",
            json.dumps({"apiVersion": "v1", "kind": "Secret", "data": {"hidden": value}}),
            value,
        )
    )
    secret = word(random) + make("<m8>", random)
    made.append(
        (
            "terraform state",
            json.dumps(
                {"type": "aws_db_instance", "instances": [{"attributes": {"password": secret, "username": "app"}}]},
                indent=2,
            ),
            secret,
        )
    )
    made.append(
        (
            "terraform output",
            json.dumps({"db_password": {"sensitive": True, "type": "string", "value": secret}}, indent=2),
            secret,
        )
    )
    made.append(
        ("docker inspect", json.dumps([{"Config": {"Env": ["PATH=/bin", f"API_SECRET={secret}"]}}], indent=4), secret)
    )
    made.append(("JSON in JSON, password", json.dumps({"message": json.dumps({"password": secret})}), secret))
    made.append(
        ("JSON in JSON in JSON", json.dumps({"a": json.dumps({"b": json.dumps({"client_secret": secret})})}), secret)
    )
    made.append(("value on the next line", f"password:\n  {secret}", secret))
    made.append(("value of several lines in YAML", f"password: >-\n  {secret}\nother: 1", secret))
    made.append(("value of several lines in YAML, literal", f"api_token: |\n    {secret}\nother: 1", secret))
    made.append(("netrc of several lines", f"machine api.internal\n  login anna\n  password {secret}\n", secret))
    made.append(
        (
            "service account",
            json.dumps(
                {
                    "type": "service_account",
                    "private_key_id": make("<h40>", random),
                    "private_key": _block("PRIVATE KEY", random)[0],
                }
            ),
            '"private_key": "' + DASHES + "BEGIN PRIVATE KEY" + DASHES + "\\nM",
        )
    )
    token = f"ghp_{make('<m36>', random)}"
    made.append(("token split by a wrapped log", f"token={token[:20]}\\\n{token[20:]}", token[20:]))
    jwt = "eyJ" + make("<u30>", random) + ".eyJ" + make("<u80>", random) + "." + make("<u43>", random)
    made.append(("JWT", f"got {jwt} from the client", jwt[40:]))
    made.append(("JWT in a query", f"GET /x?t={jwt} 200", jwt[40:]))
    made.append(
        (
            "SAML response",
            "SAMLResponse=" + quote(base64.b64encode(b"<samlp:Response>" + make("<m200>", random).encode()).decode()),
            "PHNhbWxwOlJlc3BvbnNl",
        )
    )
    name = make("<l9>", random)
    made.append(
        ("SAML assertion inline", f'<saml:Subject><saml:NameID Format="x">{name}</saml:NameID></saml:Subject>', name)
    )
    made.append(
        (
            "SAML attribute",
            f'<saml2:Attribute Name="uid"><saml2:AttributeValue xsi:type="xs:string">{name}</saml2:AttributeValue></saml2:Attribute>',
            name,
        )
    )
    made.append(
        ("shadow", "anna:$6$" + make("<m8>", random) + "$" + make("<m86>", random) + ":19000:0:99999:7:::", "$6$")
    )
    made.append(("htpasswd", "anna:$apr1$" + make("<m8>", random) + "$" + make("<m22>", random), "$apr1$"))
    ether = "0x" + make("<h64>", random)
    made.append(("private key of a wallet", f"private key: {ether}", ether))
    return tuple(made)


SEED_WORDS = (
    "abandon", "ability", "absorb", "acoustic", "album", "bamboo", "banner", "canyon", "cradle", "danger", "dolphin", "elbow", "fabric", "gadget", "harvest",
    "icon", "jungle", "kitchen", "ladder", "magnet", "napkin", "oblige", "panther", "quantum", "ranch", "salmon", "timber", "umbrella", "velvet", "zebra",
)  # fmt: skip


def filled(frame: str, random: Random, value: str) -> tuple[str, str]:
    """The line, and how the value stands in it."""
    import html
    import uuid

    pin = make("<d6>", random)
    pair = base64.b64encode(f"anna:{value}".encode()).decode()
    forms = {
        "{pin}": pin, "{cvv}": make("<d3>", random), "{b64pair}": pair, "{url}": quote(value, safe=""), "{xml}": html.escape(value),
        "{h32}": make("<h32>", random), "{u68}": make("<u68>", random), "{u33}": make("<u33>", random), "{t32}": make("<t32>", random), "{t16}": make("<t16>", random),
    }  # fmt: skip
    shown = value
    for place, form in forms.items():
        if place in frame:
            frame, shown = frame.replace(place, form.replace("{", "{{").replace("}", "}}")), form
    while "{uuid}" in frame:
        shown = str(uuid.UUID(int=random.getrandbits(128), version=4))
        frame = frame.replace("{uuid}", shown, 1)
    frame = frame.replace("{A}", make("<A9>", random)).replace("{}", "\0")
    return frame.replace("{{", "{").replace("}}", "}").replace("\0", value), shown


GROUPS: dict[str, tuple[tuple[str, ...], tuple[Maker, ...]]] = {
    "environment": (ENVIRONMENT, (word, key, base)),
    "command": (COMMANDS, (word, key)),
    "connection": (CONNECTIONS, (word, key)),
    "setting": (SETTINGS, (word, key, base)),
    "spoken": (SPOKEN, (word, key)),
    "header": (HEADERS, (key,)),
    "url": (URLS, (key,)),
    "plain password": (SETTINGS[:6] + ENVIRONMENT[:4] + CONNECTIONS[:4], (short,)),
}
