"""Sessions by the name that frameworks and gateways give to their cookie, where nothing says that it is a cookie."""

# ruff: noqa: E501 - names are read whole

from sevline.core.redaction.late import late
from sevline.core.redaction.told import groups, told_secret

#: Laravel, CodeIgniter, GitLab, GitHub, Moodle, SiteMinder, Grafana, Cloudflare, OAuth2 Proxy, BIG-IP, AD FS, WebSphere, Sails, Rack, Shibboleth, mod_auth_openidc, Keycloak, WordPress, IIS.
_NAMES = (
    "laravel_session",
    "ci_session",
    "_gitlab_session",
    "_gh_sess",
    "moodlesession",
    "smsession",
    "grafana_session",
    "cf_clearance",
    "_oauth2_proxy",
    "mrhsession",
    "fedauth",
    "ltpatoken2",
    "sails.sid",
    "rack.session",
    "_shibsession_",
    "mod_auth_openidc_session",
    "keycloak_session",
    "keycloak_identity",
    "wordpress_logged_in",
    "wordpress_sec",
    "aspsessionid",
)
_NAME = "|".join(name.replace(".", r"\.") for name in _NAMES)
_IS = r"[\"'\\]{0,4}[ \t]{0,3}[:=][ \t]{0,3}[\"'\\]{0,4}"
_VALUE = r"[A-Za-z0-9_+/%.~|=-]{16,}"
_SPLIT = late(rf"(?i:{_NAME})[\w.-]*{_IS}(?P<value>{_VALUE})$")


def places(found: str) -> list[tuple[int, int]]:
    return groups(_SPLIT.match(found))


told_secret(
    "session_cookie",
    "Session by the name of its cookie",
    rf"(?i:{_NAME})(?-u:[A-Za-z0-9_.-])*{_IS}{_VALUE}",
    places,
    any_case=True,
    keywords=_NAMES,
)
