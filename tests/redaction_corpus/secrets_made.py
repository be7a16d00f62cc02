"""Secrets of many vendors, written out from the public description of their forms."""

import base64
import json
import re
import string
import zlib
from collections.abc import Callable
from functools import partial
from random import Random

LETTERS = {
    "A": string.ascii_letters + string.digits,
    "H": "0123456789abcdef",
    "U": string.ascii_uppercase + string.digits,
    "L": string.ascii_lowercase + string.digits,
    "B": string.ascii_letters + string.digits + "_-",
    "D": string.digits,
    "T": string.ascii_uppercase + "234567",
    "6": string.ascii_letters + string.digits + "+/",
    "Z": "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L",
}
_HOLE = re.compile(r"\{([AHULBDT6Z])(\d+)\}")
UUID = "{H8}-{H4}-{H4}-{H4}-{H12}"

#: kind, then its form; `{A36}` are 36 letters and digits, H hex, U upper case, L lower case, B base64url, D digits.
FORMS: dict[str, tuple[str, ...]] = {
    "adobe": ("p8e" + "-{B31}{A1}",),
    "age": ("AGE-SECRET" + "-KEY-1{Z58}",),
    "airtable": ("pat" + "{A14}.{H64}",),
    "alibaba": ("LTAI" + "{A20}",),
    "anthropic": ("sk-ant-" + "api03-{B92}{A1}AA",),
    "artifactory": ("AKCp" + "{A69}",),
    "asana": ("1/" + "{D16}:{H32}",),
    "atlassian": ("ATATT3" + "{A180}={U8}",),
    "aws id": ("AKIA" + "{T16}", "ASIA" + "{T16}"),
    "azure client secret": ("{A3}8Q~" + "{A34}",),
    "azure devops": ("{A76}" + "AZDO{A4}",),
    "bitbucket": ("ATBB" + "{A28}{U8}",),
    "braintree": ("access_token$production$" + "{L16}${H32}",),
    "brevo": ("xkeysib-" + "{H64}-{A16}",),
    "buildkite": ("bkua_" + "{H40}",),
    "circleci": ("CCIPAT_" + "{A22}_{H40}",),
    "clojars": ("CLOJARS_" + "{H60}",),
    "contentful": ("CFPAT-" + "{B42}{A1}",),
    "databricks": ("dapi" + "{H32}", "dapi" + "{H32}-2"),
    "deepl": (UUID + ":fx",),
    "digitalocean": ("dop_v1_" + "{H64}", "doo_v1_" + "{H64}"),
    "discord": ("M{A23}" + ".{A6}.{B37}{A1}",),
    "docker": ("dckr_pat_" + "{B26}{A1}",),
    "doppler": ("dp.pt." + "{A43}", "dp.st.prd." + "{A43}"),
    "dynatrace": ("dt0c01." + "{U24}.{U64}",),
    "duffel": ("duffel_live_" + "{B42}{A1}",),
    "easypost": ("EZAK" + "{A54}",),
    "facebook": ("EAA" + "{A120}",),
    "figma": ("figd_" + "{B39}{A1}",),
    "firebase": ("AAAA" + "{B7}:APA91{B134}",),
    "flutterwave": ("FLWSECK_TEST-" + "{H32}-X",),
    "fly": ("fo1_" + "{B42}{A1}",),
    "github fine": ("github_pat_" + "{A22}_{A59}",),
    "gitlab": ("glpat-" + "{A20}", "glrt-" + "{A20}", "gldt-" + "{A20}"),
    "google api": ("AIza" + "{A35}",),
    "google oauth": ("GOCSPX-" + "{B27}{A1}", "ya29." + "{B120}{A1}"),
    "grafana": ("glsa_" + "{A32}_{H8}",),
    "groq": ("gsk_" + "{A52}",),
    "harness": ("pat." + "{B22}.{H24}.{A20}",),
    "heroku": ("HRKU-" + UUID,),
    "hubspot": ("pat-na1-" + UUID,),
    "hugging face": ("hf_" + "{A34}",),
    "langsmith": ("lsv2_pt_" + "{H32}_{H10}",),
    "launchdarkly": ("sdk-" + "{H8}-{H4}-4{H3}-a{H3}-{H12}",),
    "linear": ("lin_api_" + "{A40}",),
    "mailchimp": ("{H32}" + "-us12",),
    "mailgun": ("key-" + "{H32}",),
    "mongodb atlas": ("mdb_sa_sk_" + "{B39}{A1}",),
    "netlify": ("nfp_" + "{A36}",),
    "new relic": ("NRAK-" + "{U27}",),
    "notion": ("ntn_" + "{A46}", "secret_" + "{A43}"),
    "nuget": ("oy2" + "{L43}",),
    "octopus": ("API-" + "{U30}",),
    "okta": ("00" + "{B39}{A1}",),
    "openai": ("sk-proj-" + "{B58}T3Blbk" + "FJ{B57}{A1}",),
    "openrouter": ("sk-or-v1-" + "{H64}",),
    "perplexity": ("pplx-" + "{A48}",),
    "plaid": ("access-production-" + UUID,),
    "planetscale": ("pscale_tkn_" + "{B42}{A1}",),
    "postman": ("PMAK-" + "{H24}-{H34}",),
    "prefect": ("pnu_" + "{A36}",),
    "pulumi": ("pul-" + "{H40}",),
    "pypi": ("pypi-AgE" + "IcHlwaS5vcmc{B120}{A1}",),
    "razorpay": ("rzp_live_" + "{A14}",),
    "readme": ("rdme_" + "{L70}",),
    "replicate": ("r8_" + "{A37}",),
    "rubygems": ("rubygems_" + "{H48}",),
    "sendgrid": ("SG." + "{B22}.{B42}{A1}",),
    "sentry": ("sntrys_" + "{A80}", "sntryu_" + "{H64}"),
    "shippo": ("shippo_live_" + "{H40}",),
    "shopify": ("shpat_" + "{H32}", "shpss_" + "{H32}"),
    "slack": ("xoxb-" + "{D12}-{D12}-{A24}", "xoxp-" + "{D12}-{D12}-{D12}-{H32}", "xapp-1-" + "{U11}-{D12}-{H64}"),
    "slack webhook": ("https://hooks.slack.com/services/" + "T{U8}/B{U8}/{A24}",),
    "sonar": ("squ_" + "{H40}",),
    "sourcegraph": ("sgp_" + "{H16}_{H40}",),
    "square": ("sq0csp-" + "{B42}{A1}",),
    "stripe": ("sk_live_" + "{A24}", "rk_live_" + "{A99}", "sk_test_" + "{A24}"),
    "stripe webhook": ("whsec_" + "{A32}", "whsec_" + "{632}"),
    "supabase": ("sbp_" + "{H40}",),
    "tailscale": ("tskey-auth-" + "{A12}CNTRL-{A32}",),
    "telegram": ("{D10}:AA" + "{A33}",),
    "terraform": ("{A14}" + ".atlasv1.{A67}",),
    "twilio": ("SK" + "{H32}",),
    "typeform": ("tfp_" + "{A44}_{A14}",),
    "vault": ("hvs." + "{A90}",),
    "xai": ("xai-" + "{A80}",),
    "yandex": ("AQVN" + "{B35}{A1}",),
    "zapier": ("https://hooks.zapier.com/hooks/catch/" + "{D7}/{A7}",),
}


def filled(form: str, random: Random) -> str:
    return _HOLE.sub(lambda hole: "".join(random.choices(LETTERS[hole[1]], k=int(hole[2]))), form)


def of_vendor(kind: str, random: Random) -> str:
    return filled(random.choice(FORMS[kind]), random)


def base62(number: int) -> str:
    alphabet = string.digits + string.ascii_uppercase + string.ascii_lowercase
    written = ""
    for _ in range(6):
        number, digit = divmod(number, 62)
        written = alphabet[digit] + written
    return written


def summed(prefix: str, random: Random) -> str:
    """GitHub's and npm's form: 30 random characters and six of their CRC-32."""
    body = filled("{A30}", random)
    return prefix + body + base62(zlib.crc32(body.encode()))


def _part(document: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(document).encode()).decode().rstrip("=")


def json_web_token(random: Random) -> str:
    head = {"alg": random.choice(("RS256", "HS256", "ES256")), "typ": "JWT", "kid": filled("{H8}", random)}
    body = {"iss": "https://id.example", "sub": filled("{D6}", random), "exp": random.randrange(10**9, 2 * 10**9)}
    return f"{_part(head)}.{_part(body)}.{filled('{B43}', random)}"


WORDS = ("correct", "horse", "battery", "staple", "winter", "summer", "tiger", "Monday", "dragon", "river", "qwerty")


def password(random: Random) -> str:
    """As people and machines make them."""
    return random.choice(
        (
            lambda: random.choice(WORDS).capitalize() + str(random.randrange(10, 9999)) + random.choice("!?#."),
            lambda: "-".join(random.sample(WORDS, 3)) + filled("{D2}", random),
            lambda: filled("{A16}", random),
            lambda: filled("{A6}", random) + "$" + filled("{A5}", random) + "^" + filled("{D2}", random),
        )
    )()


def generic(random: Random) -> str:
    return filled(random.choice(("{H32}", "{A32}", "{B40}{A1}", "{H64}", "{A24}", "{640}==")), random)


def private_key(random: Random) -> str:
    name = random.choice(("RSA ", "EC ", "", "OPENSSH ", "ENCRYPTED "))
    lines = "\n".join(filled("{664}", random) for _ in range(random.randrange(3, 12)))
    return f"-----BEGIN {name}PRIVATE " + f"KEY-----\n{lines}\n-----END {name}PRIVATE " + "KEY-----"


SHAPED: dict[str, Callable[[Random], str]] = {
    **{f"vendor {kind}": partial(of_vendor, kind) for kind in FORMS},
    "vendor github": lambda random: summed(random.choice(("ghp_", "gho_", "ghs_", "ghr_", "ghu_")), random),
    "vendor npm": lambda random: summed("npm_", random),
    "jwt": json_web_token,
}
