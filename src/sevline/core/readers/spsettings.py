"""A service provider's SAML settings as JSON, in the shapes that common toolkits keep them.

No standard fixes that form, so keys are recognised by synonyms and by what their values look like. What was taken for
what is kept, and where two values fit one meaning a question is kept instead of a guess.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sevline.core.readers.saml import SpSettings

MAX_LEAVES = 5_000
#: Synonyms by meaning: the key without case, "_", "-" and ".", as python3-saml, ruby-saml, passport-saml, Spring and
#: Keycloak write them. A key of the identity provider's part (“idp”, “assertingparty”) never means ours.
OURS = {
    "entity_id": ("entityid", "spentityid", "issuer", "spissuer", "serviceproviderentityid", "localentityid"),
    "acs_urls": (
        "acs",
        "acsurl",
        "acsurls",
        "assertionconsumerserviceurl",
        "assertionconsumerservice",
        "callbackurl",
        "acslocation",
        "assertionconsumerservicelocation",
        "samlassertionconsumerurlpost",
        "replyurl",
        "replyurls",
        "consumerurl",
        "assertionconsumerserviceendpoint",
        "assertionconsumerservices",
    ),
    "audience": ("audience", "expectedaudience"),
    "name_id_format": (
        "nameidformat",
        "nameidentifierformat",
        "identifierformat",
        "nameidpolicyformat",
        "samlnameidformat",
    ),
    "contexts": ("requestedauthncontext", "authncontext", "authncontexts"),
    "wants_assertions_signed": ("wantassertionssigned", "wantassertionsigned", "samlassertionsignature"),
    "wants_messages_signed": (
        "wantmessagessigned",
        "wantresponsesigned",
        "wantauthnresponsesigned",
        "wantmessagesigned",
        "samlserversignature",
    ),
    "wants_assertions_encrypted": ("wantassertionsencrypted", "samlencrypt"),
    "wants_name_id_encrypted": ("wantnameidencrypted",),
    "wants_attributes": ("wantattributestatement",),
}
THEIRS = {
    "idp_entity_id": ("entityid", "idpentityid", "idpissuer", "issuer"),
    "certificates": (
        "x509cert",
        "x509certificate",
        "idpcert",
        "cert",
        "certificate",
        "signingcertificate",
        "signing",
        "idpcertmulti",
        "x509certmulti",
        "verificationcertificate",
    ),
}
THEIRS_ANYWHERE = ("idpentityid", "idpissuer", "idpcert", "idpcertmulti", "signingcertificate", "x509certmulti")
#: Keys that only SAML settings have; one of them makes a JSON file settings.
STRONG = frozenset(
    {*OURS["acs_urls"], "spentityid", "idpcert", "idpentityid", "wantassertionssigned", "nameidformat", "entityid"}
) - {"replyurl", "replyurls", "callbackurl", "acs"}
IDP_PARTS = frozenset({"idp", "identityprovider", "assertingparty"})
ENTITY = re.compile(r"^(?:[a-z][a-z0-9+.-]*:|[A-Za-z0-9_][\w.:/-]*$)")
FORMATS = {
    "email": "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress",
    "emailaddress": "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress",
    "persistent": "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent",
    "transient": "urn:oasis:names:tc:SAML:2.0:nameid-format:transient",
    "unspecified": "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified",
}


@dataclass(frozen=True, slots=True)
class Leaf:
    """One value: its JSON pointer, the folded names on the way to it, and the value."""

    pointer: str
    names: tuple[str, ...]
    key: str
    value: Any

    @property
    def theirs(self) -> bool:
        return any(name in IDP_PARTS for name in self.names[:-1])


def settings_from_json(document: object, artifact: str, *, named: bool = False) -> SpSettings | None:
    """None when the document holds no SAML settings. `named` is True where a person said that it does."""
    if not isinstance(document, dict):
        return None
    leaves = list(_leaves(document))
    if not named and not _looks_like_settings(leaves):
        return None
    found = {meaning: _of(leaves, meaning) for meaning in (*OURS, *THEIRS)}
    return _settled(found, artifact, leaves)


def _leaves(document: dict[str, Any]) -> Iterator[Leaf]:
    stack: list[tuple[str, tuple[str, ...], str, Any]] = [("", (), "", document)]
    count = 0
    while stack and count < MAX_LEAVES:
        pointer, names, key, value = stack.pop()
        children: list[tuple[str, Any]] = []
        if isinstance(value, dict):
            children = list(value.items())
        elif isinstance(value, list):
            children = [(str(index), one) for index, one in enumerate(value)]
        else:
            count += 1
            yield Leaf(pointer, names, key, value)
        for name, child in reversed(children):
            token = name.replace("~", "~0").replace("/", "~1")
            parts = () if isinstance(value, list) else tuple(_folded(part) for part in name.split(".")[:-1])
            folded = () if isinstance(value, list) else (_folded(name.rpartition(".")[2]),)
            stack.append((f"{pointer}/{token}", (*names, *parts, *folded), name if folded else key, child))


def _folded(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _looks_like_settings(leaves: list[Leaf]) -> bool:
    strong = [leaf for leaf in leaves if set(leaf.names) & STRONG and leaf.value not in (None, "")]
    acs = any(map(_is_acs, leaves))
    named = any("entityid" in leaf.names[-1:] and not leaf.theirs for leaf in strong)
    if acs and (named or any(map(_is_trusted, leaves))):
        return True
    return any(set(leaf.names) & {*OURS["acs_urls"], "nameidformat", "wantassertionssigned"} for leaf in strong) or any(
        "spentityid" in leaf.names for leaf in strong
    )


def _is_acs(leaf: Leaf) -> bool:
    return _named(leaf, OURS["acs_urls"]) and _plausible(leaf.value, "acs_urls")


def _is_trusted(leaf: Leaf) -> bool:
    """A certificate under the name of one that the service provider trusts."""
    return bool(set(leaf.names[-2:]) & set(THEIRS["certificates"])) and _is_certificate(leaf.value)


def _is_certificate(value: object) -> bool:
    """A certificate in PEM or in base64 alone: no client of OAuth is configured with one beside its callback."""
    text = value.strip() if isinstance(value, str) else ""
    return text.startswith("-----BEGIN CERTIFICATE-----") or (text.startswith("MII") and len(text) > 200)


def _of(leaves: list[Leaf], meaning: str) -> list[Leaf]:
    theirs = meaning in THEIRS
    words = THEIRS[meaning] if theirs else OURS[meaning]
    fitting = [leaf for leaf in leaves if _is_theirs(leaf) is theirs and _named(leaf, words)]
    return [leaf for leaf in fitting if _plausible(leaf.value, meaning)]


def _named(leaf: Leaf, words: tuple[str, ...]) -> bool:
    """A table under the key (“assertionConsumerService”: {"url": …}) means what its key says."""
    last, holder = (leaf.names[-1:] or ("",))[0], (leaf.names[-2:-1] or ("",))[0]
    return last in words or (holder in words and last in {"url", "location", "signing", "value"})


def _is_theirs(leaf: Leaf) -> bool:
    return leaf.theirs or bool(set(leaf.names[-2:]) & set(THEIRS_ANYWHERE))


def _plausible(value: object, meaning: str) -> bool:
    if meaning.startswith("wants"):
        return isinstance(value, bool) or str(value).lower() in {"true", "false"}
    if not isinstance(value, str) or not value.strip():
        return False
    if meaning == "acs_urls":
        return value.startswith(("http://", "https://"))
    if meaning in {"entity_id", "idp_entity_id", "audience"}:
        return len(value) < 1_024 and ENTITY.match(value) is not None
    return True


def _settled(found: dict[str, list[Leaf]], artifact: str, leaves: list[Leaf]) -> SpSettings:
    unsure: list[str] = []
    taken: list[tuple[str, str, str]] = []

    def one(meaning: str) -> Any:
        candidates = found[meaning]
        values = list(dict.fromkeys(str(leaf.value) for leaf in candidates))
        if len(values) > 1:
            named = ", ".join(f"“{leaf.pointer}”" for leaf in candidates[:4])
            unsure.append(f"Which of {named} is {_words(meaning)}?")
            return None
        taken.extend((_words(meaning), leaf.pointer, leaf.key) for leaf in candidates[:1])
        return candidates[0].value if candidates else None

    def many(meaning: str) -> tuple[str, ...]:
        taken.extend((_words(meaning), leaf.pointer, leaf.key) for leaf in found[meaning])
        return tuple(dict.fromkeys(str(leaf.value) for leaf in found[meaning]))

    form = str(one("name_id_format") or "")
    return SpSettings(
        artifact,
        entity_id=str(one("entity_id") or ""),
        acs_urls=many("acs_urls"),
        wants_assertions_signed=_flag(one("wants_assertions_signed")),
        wants_messages_signed=_flag(one("wants_messages_signed")),
        wants_assertions_encrypted=_flag(one("wants_assertions_encrypted")),
        wants_name_id_encrypted=_flag(one("wants_name_id_encrypted")),
        wants_attributes=_flag(one("wants_attributes")),
        name_id_format=FORMATS.get(_folded(form), form),
        required_attributes=_required(leaves),
        contexts=tuple(value for value in many("contexts") if value.startswith("urn:")),
        audience=str(one("audience") or ""),
        idp_entity_id=str(one("idp_entity_id") or ""),
        certificates=many("certificates"),
        taken=tuple(taken),
        unsure=tuple(unsure),
    )


def _required(leaves: list[Leaf]) -> tuple[str, ...]:
    """Names of requested attributes that are marked as required, or of a plain list of required ones."""
    required = {leaf.pointer.rpartition("/")[0] for leaf in leaves if _required_flag(leaf)}
    named = [leaf for leaf in leaves if leaf.names[-1:] == ("name",) and leaf.pointer.rpartition("/")[0] in required]
    listed = [leaf for leaf in leaves if leaf.names[-1:] in {("requiredattributes",), ("requiredclaims",)}]
    return tuple(dict.fromkeys(str(leaf.value) for leaf in (*named, *listed) if isinstance(leaf.value, str)))


def _required_flag(leaf: Leaf) -> bool:
    return leaf.names[-1:] in {("isrequired",), ("required",)} and leaf.value is True


def _flag(value: object) -> bool | None:
    if isinstance(value, bool):
        return value
    return {"true": True, "false": False}.get(str(value).lower())


def _words(meaning: str) -> str:
    told = {
        "entity_id": "our entity ID",
        "acs_urls": "an assertion consumer URL",
        "idp_entity_id": "the identity provider's entity ID",
        "certificates": "the identity provider's certificate",
        "name_id_format": "the NameID format",
        "contexts": "a requested context",
        "audience": "the expected audience",
    }
    return told.get(meaning, meaning.replace("_", " ").replace("wants", "demand:"))
