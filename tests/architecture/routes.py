"""Every address and who may use it, written from what the rights table means; `test_access` tries all of it.

A rule names the roles that are let in. Everybody else who is signed in hears 403, or 404 where even the existence of
the case is not theirs to know; whoever is signed out is sent to the sign-in.
"""

from dataclasses import dataclass

SUPPORT = frozenset({"agent", "lead", "shift_lead", "support_manager", "director"})
ENGINEERING = frozenset({"engineer", "sre_ic"})
SECURITY = frozenset({"security"})
BESIDE = frozenset({"viewer", "product", "csm", "qa_reviewer", "coach", "auditor"})
READERS = SUPPORT | ENGINEERING | SECURITY | BESIDE
OUTSIDE = frozenset({"hiring_panel", "admin", "customer", "no role"})
EVERYBODY = READERS | OUTSIDE

OPENERS = SUPPORT | SECURITY | {"csm"}
HANDLERS = SUPPORT | SECURITY
HANDERS = HANDLERS - {"director"}
WORKERS = HANDLERS | ENGINEERING
QUERIERS = WORKERS - {"director"}
NOTERS = WORKERS | {"product", "csm"}
LOOKERS = WORKERS | {"qa_reviewer", "coach"}
WRITERS = HANDERS | {"sre_ic"}
SENDERS = SUPPORT - {"director"}
LEADERS = frozenset({"lead", "shift_lead", "support_manager"})
EXPORTERS = WORKERS | {"product"}
ASKERS = SUPPORT | SECURITY | {"sre_ic"}
FINANCE = frozenset({"support_manager", "director"})
APPROVERS = frozenset({"support_manager", "director", "sre_ic", "security"})
ALLOWERS = LEADERS | SECURITY
CUSTOMER_EDITORS = LEADERS | {"director", "csm", "admin"}
CATALOGUERS = LEADERS | {"admin", "product"}
STAFF_LIST = LEADERS | {"director", "admin", "auditor", "security"}
TRAIL = frozenset({"auditor", "admin", "security"})

TAKEN = frozenset({302, 422})  # done, or refused because of what was sent, never because of who sent it


@dataclass(frozen=True, slots=True)
class Rule:
    """`answers` are the statuses of those who are let in; `hidden` that of whoever does not see the case."""

    address: str
    roles: frozenset[str]
    method: str = "GET"
    answers: frozenset[int] = frozenset({200})
    hidden: int = 0  # to those who hold no right to see cases; a stranger to the case always hears 404 there


def _of_case(address: str, roles: frozenset[str], *answers: int) -> Rule:
    return Rule(address, roles, "GET", frozenset(answers or {200}), 404)


def _sent(address: str, roles: frozenset[str], answers: frozenset[int] = TAKEN, *, hidden: int = 404) -> Rule:
    return Rule(address, roles, "POST", answers, hidden)


CASE_VERBS = {
    "note": NOTERS,
    "tell": HANDLERS,
    "reply": NOTERS,
    "take": HANDLERS,
    "next-action": HANDLERS,
    "classify": HANDLERS,
    "impact": HANDLERS,
    "severity": WORKERS,
    "wait": HANDLERS,
    "hold": HANDLERS,
    "vendor": HANDLERS,
    "resume": HANDLERS,
    "resolve": HANDLERS,
    "reopen": HANDLERS,
    "close": SUPPORT,
    "handoff": HANDERS,
    "accept": HANDERS,
    "withdraw": HANDERS,
    "share": HANDERS,
    "restrict": HANDLERS,
}
DIAGNOSIS_VERBS = (
    "hypothesis", "test", "cause", "reproduction", "workaround", "withdraw-workaround", "fix", "changes", "search",
    "telemetry",
)  # fmt: skip
DIAGNOSIS_VERBS_OF = ("conclude", "link", "support", "refute", "park", "reconsider", "refute-cause", "use")
PACKET_VERBS = {
    "accept-and-act": ENGINEERING,
    "act": ENGINEERING,
    "acknowledge": ENGINEERING,
    "accept": ENGINEERING,
    "ask": ENGINEERING,
    "hand-over": ENGINEERING,
    "return": ENGINEERING,
    "duplicate": ENGINEERING,
    "reject": ENGINEERING,
    "submit": WRITERS,
    "override": LEADERS,
    "withdraw": SENDERS,
    "answer": WRITERS,
    "provide": WRITERS,
}

RULES: tuple[Rule, ...] = (
    Rule("/", EVERYBODY),
    Rule("/search?q=sign", READERS),
    Rule("/cases/", READERS),
    Rule("/cases/find?q=sign", READERS, answers=frozenset({200, 302})),
    Rule("/cases/new", OPENERS),
    Rule("/cases/new", OPENERS, "POST", frozenset({422})),
    _of_case("/cases/{case}", READERS),
    _of_case("/cases/{case}/evidence", LOOKERS),
    _of_case("/cases/{case}/diagnosis", READERS),
    _of_case("/cases/{case}/escalation", READERS),
    _of_case("/cases/{case}/timeline", READERS, 302),
    _of_case("/cases/{case}/clocks", READERS, 302),
    _of_case("/cases/{case}/triage", HANDLERS),
    _sent("/cases/{case}/triage", HANDLERS),
    _sent("/cases/{case}/triage/preview", HANDLERS, frozenset({200})),
    _sent("/cases/{case}/lower/{approval}", WRITERS | {"director"}),
    *(_of_case(f"/cases/{{case}}/{verb}", roles) for verb, roles in CASE_VERBS.items()),
    *(_sent(f"/cases/{{case}}/{verb}", roles) for verb, roles in CASE_VERBS.items()),
    _sent("/cases/{case}/tell/check", HANDLERS, frozenset({200})),
    _of_case("/cases/{case}/notes/{note}/public", HANDLERS),
    _sent("/cases/{case}/notes/{note}/public", HANDLERS),
    _of_case("/cases/{case}/legal-hold", APPROVERS),
    _sent("/cases/{case}/legal-hold", APPROVERS, frozenset({422})),
    _of_case("/cases/{case}/access", ASKERS),
    _sent("/cases/{case}/access", ASKERS, frozenset({422})),
    _sent("/cases/{case}/access/break-glass", ASKERS, frozenset({422})),
    _sent("/cases/{case}/access/1/revoke", ASKERS, frozenset({404})),
    _sent("/cases/{case}/access/1/review", ASKERS, frozenset({404})),
    _of_case("/cases/{case}/runbooks", READERS),
    _of_case("/cases/{case}/runbooks/api-errors", READERS),
    _of_case("/cases/{case}/runbooks/api-errors/step/server", WORKERS),
    _sent("/cases/{case}/runbooks/api-errors/step/server", WORKERS),
    _sent("/cases/{case}/runbooks/api-errors/attach", WORKERS),
    _of_case("/cases/{case}/failure-modes", READERS),
    _of_case("/cases/{case}/outside", READERS),
    _of_case("/cases/{case}/outside/recipe", WORKERS),
    _of_case("/cases/{case}/outside/calls/1", WORKERS, 404),
    _of_case("/cases/{case}/outside/requests/1", READERS, 404),
    _of_case("/cases/{case}/outside/targets/1/script", READERS, 404),
    _sent("/cases/{case}/outside/targets", ALLOWERS),
    _sent("/cases/{case}/outside/targets/1/remove", ALLOWERS),
    _sent("/cases/{case}/outside/probes", QUERIERS),
    _sent("/cases/{case}/outside/profile", WORKERS),
    _sent("/cases/{case}/outside/curl", WORKERS),
    _sent("/cases/{case}/outside/recipe", WORKERS),
    _of_case("/cases/{case}/diagnosis/panel", READERS, 302),
    _of_case("/cases/{case}/files-together/1", READERS, 302),
    _of_case("/cases/{case}/files-together", READERS, 302),
    *(_of_case(f"/cases/{{case}}/diagnosis/{verb}", WORKERS) for verb in DIAGNOSIS_VERBS),
    *(_sent(f"/cases/{{case}}/diagnosis/{verb}", WORKERS) for verb in DIAGNOSIS_VERBS),
    *(_of_case(f"/cases/{{case}}/diagnosis/{verb}/1", WORKERS) for verb in DIAGNOSIS_VERBS_OF),
    *(_sent(f"/cases/{{case}}/diagnosis/{verb}/1", WORKERS) for verb in DIAGNOSIS_VERBS_OF),
    _of_case("/cases/{case}/queries", QUERIERS),
    _of_case("/cases/{case}/queries/ask", QUERIERS),
    _sent("/cases/{case}/queries/ask", QUERIERS),
    _of_case("/cases/{case}/queries/reviewed/none", QUERIERS, 404),
    _sent("/cases/{case}/queries/granted/1", QUERIERS),
    _of_case("/cases/{case}/queries/1", QUERIERS, 404),
    _of_case("/evidence/cases/{case}/uploads", WORKERS),
    _sent("/evidence/cases/{case}/uploads", WORKERS, frozenset({422})),
    _of_case("/evidence/cases/{case}/uploads/list", LOOKERS, 302),
    _sent("/evidence/cases/{case}/sendings", WORKERS, frozenset({422})),
    _of_case("/evidence/cases/{case}/words", WORKERS),
    _sent("/evidence/cases/{case}/words", WORKERS, frozenset({422})),
    _of_case("/evidence/cases/{case}/reveal", ASKERS),
    _sent("/evidence/cases/{case}/reveal", ASKERS, frozenset({422})),
    _sent("/evidence/links/{link}/revoke", HANDLERS, frozenset({302})),
    _sent("/evidence/uploads/{upload}/confirm", WORKERS),
    _sent("/evidence/uploads/{upload}/stop", WORKERS),
    _sent("/evidence/uploads/{upload}/role", WORKERS),
    _of_case("/cases/{case}/evidence/E-1", LOOKERS),
    _of_case("/cases/{case}/ask", HANDLERS),
    _sent("/cases/{case}/ask", HANDLERS, frozenset({422})),
    _of_case("/cases/{case}/item/C1", HANDLERS),
    _sent("/cases/{case}/item/C1", HANDLERS, frozenset({422})),
    _of_case("/evidence/uploads/{upload}", LOOKERS),
    _of_case("/evidence/uploads/{upload}/report.json", LOOKERS),
    _of_case("/evidence/uploads/{upload}/patterns", LOOKERS),
    _of_case("/evidence/cases/{case}/request", LOOKERS),
    _of_case("/evidence/cases/{case}/impact", LOOKERS),
    _sent("/evidence/cases/{case}/impact", WORKERS),
    _sent("/evidence/cases/{case}/impact/1/again", WORKERS),
    _sent("/evidence/cases/{case}/impact/1/stop", WORKERS),
    _sent("/evidence/cases/{case}/impact/1/cite", WORKERS),
    _of_case("/evidence/cases/{case}/fixes", LOOKERS),
    _sent("/evidence/cases/{case}/fixes", WORKERS),
    _sent("/evidence/cases/{case}/fixes/1/judge", WORKERS),
    _sent("/evidence/cases/{case}/fixes/runs/1/again", WORKERS),
    _sent("/evidence/cases/{case}/fixes/runs/1/stop", WORKERS),
    _sent("/evidence/cases/{case}/fixes/runs/1/cite", WORKERS),
    _of_case("/evidence/uploads/{upload}/patterns/cards", LOOKERS, 302),
    _sent("/evidence/uploads/{upload}/patterns/{pattern}/cite", WORKERS, frozenset({302})),
    _sent("/evidence/uploads/{upload}/patterns/silence", WORKERS),
    _of_case("/evidence/uploads/{upload}/remove", HANDERS),
    _sent("/evidence/uploads/{upload}/remove", HANDERS),
    _of_case("/evidence/files/{file}", LOOKERS),
    _sent("/evidence/files/{file}/amounts", FINANCE),
    _of_case("/evidence/files/{file}/download", WORKERS),
    _sent("/evidence/files/{file}/cite", WORKERS),
    Rule("/escalations/", READERS),
    _sent("/cases/{case}/escalate", WRITERS),
    Rule("/escalations/{packet}/", READERS, hidden=403),
    _sent("/escalations/{packet}/edit", WRITERS, hidden=403),
    Rule("/escalations/{packet}/packet.md", EXPORTERS, hidden=403),
    Rule("/escalations/{packet}/packet.json", EXPORTERS, hidden=403),
    *(Rule(f"/escalations/{{packet}}/{verb}", roles, hidden=403) for verb, roles in PACKET_VERBS.items()),
    *(_sent(f"/escalations/{{packet}}/{verb}", roles, hidden=403) for verb, roles in PACKET_VERBS.items()),
    Rule("/customers/", READERS | {"admin"}),
    Rule("/customers/new", CUSTOMER_EDITORS),
    Rule("/customers/new", CUSTOMER_EDITORS, "POST", frozenset({422})),
    Rule("/customers/brightwater", READERS | {"admin"}),
    Rule("/customers/brightwater", CUSTOMER_EDITORS, "POST", frozenset({422})),
    Rule("/customers/brightwater/switch/restore", CUSTOMER_EDITORS, "POST", frozenset({302})),
    Rule("/customers/brightwater/environments/new", CUSTOMER_EDITORS),
    Rule("/customers/brightwater/environments/new", CUSTOMER_EDITORS, "POST", frozenset({422})),
    Rule("/customers/brightwater/environments/{environment}", CUSTOMER_EDITORS),
    Rule("/customers/brightwater/environments/{environment}", CUSTOMER_EDITORS, "POST", frozenset({422})),
    Rule("/customers/brightwater/environments/{environment}/restore", CUSTOMER_EDITORS, "POST", frozenset({302})),
    Rule("/customers/brightwater/profile", READERS),
    Rule("/customers/brightwater/profile.csv", READERS),
    Rule("/customers/brightwater/profile.json", READERS),
    Rule("/customers/brightwater/profile", LEADERS | {"csm", "director"}, "POST", TAKEN),
    Rule("/customers/brightwater/profile/1/verify", LEADERS | {"csm", "director"}, "POST", TAKEN),
    Rule("/customers/brightwater/authority", READERS),
    Rule("/customers/brightwater/authority", LEADERS | {"csm", "director"}, "POST", TAKEN),
    Rule("/customers/brightwater/authority/1/check", READERS, "POST", TAKEN),
    Rule("/customers/brightwater/profile/1/end", LEADERS | {"csm", "director"}, "POST", TAKEN),
    Rule("/signals", READERS),
    Rule("/signals/{signal}", READERS),
    Rule("/signals/{signal}", ENGINEERING, "POST", TAKEN),
    Rule("/catalog/supportability", READERS),
    Rule("/catalog/supportability/sso", READERS),
    Rule("/catalog/supportability/sso", LEADERS | {"admin", "product"}, "POST", TAKEN),
    Rule("/catalog/changes", READERS | {"admin"}),
    Rule("/catalog/changes", CATALOGUERS, "POST", frozenset({422})),
    Rule("/catalog/changes/import", CATALOGUERS, "POST", frozenset({422})),
    Rule("/catalog/changes/1/withdraw", CATALOGUERS, "POST", frozenset({302})),
    Rule("/insights/", READERS),
    Rule("/insights/overrides", READERS),
    Rule("/insights/F-03", READERS),
    Rule("/insights/F-03.csv", READERS),
    Rule("/people/", STAFF_LIST),
    Rule("/people/invite", frozenset({"admin", "support_manager"})),
    Rule("/people/invite", frozenset({"admin", "support_manager"}), "POST", frozenset({422})),
    Rule("/people/{person}", STAFF_LIST),
    Rule("/people/{person}", frozenset({"admin"}), "POST", TAKEN),
    # The person has joined: a new link would change their password, which is not an invitation any more.
    Rule("/people/{person}/link", frozenset({"admin"}), "POST", frozenset({200})),
    Rule("/people/{person}/off", frozenset({"admin"}), "POST", frozenset({302})),
    Rule("/people/{person}/on", frozenset({"admin"}), "POST", TAKEN),
    Rule("/people/{person}/forget", frozenset({"admin"}), "POST", TAKEN),
    Rule("/people/notices", EVERYBODY),
    Rule("/people/notices/read", EVERYBODY, "POST", frozenset({302})),
    Rule("/people/me", EVERYBODY),
    Rule("/people/me/tokens", EVERYBODY),
    Rule("/people/me/tokens", EVERYBODY, "POST", frozenset({422})),
    Rule("/people/me/tokens/1/revoke", EVERYBODY, "POST", frozenset({422})),
    Rule("/people/me/sign-out-elsewhere", EVERYBODY, "POST", frozenset({302})),
    Rule("/governance/approvals", EVERYBODY),
    Rule("/governance/audit", TRAIL),
    Rule("/governance/audit/export", TRAIL - {"admin"}, "POST"),
    Rule("/governance/decisions", EVERYBODY),
    Rule("/styleguide", EVERYBODY),
)

# What one person asked for or is sending exists for that person alone; a log has no picture.
OWN = {
    "/evidence/reveals/1": "GET",
    "/evidence/sendings/a-key": "HEAD",
    "/evidence/files/1/picture": "GET",
}

# Requests for approval are shown to who asked, who may answer, and who reads the trail; to nobody else they exist.
APPROVAL = "/governance/approvals/{approval}"
APPROVAL_READERS = frozenset({"support_manager", "sre_ic", "security", "auditor", "admin"})

# Open to whoever comes: the status signed out, and signed in without a second factor. All show the person alone.
OPEN: dict[str, tuple[int, int]] = {
    "/send/a-link-that-does-not-work": (410, 410),
    "/send/a-link-that-does-not-work/files": (405, 405),
    "/send/a-link-that-does-not-work/files/a-key": (405, 405),
    "/api/v1/cases/C-1/uploads": (405, 405),
    "/api/v1/customers/a-customer": (401, 401),
    "/api/v1/changes": (405, 405),
    "/api/v1/cases/C-1/sendings": (405, 405),
    "/api/v1/sendings/a-key": (405, 405),
    "/api/v1/uploads/1": (401, 401),
    "/api/v1/uploads/1/report": (401, 401),
    "/healthz": (200, 200),
    "/favicon.ico": (301, 301),
    "/enter/a-link-that-does-not-work": (410, 410),
    "/setup/a-link-that-does-not-work": (410, 410),
    "/accounts/login/": (200, 302),
    "/accounts/logout/": (302, 200),
    "/accounts/inactive/": (200, 200),
    "/accounts/signup/": (302, 302),
    "/accounts/email/": (302, 302),
    "/accounts/confirm-email/": (302, 302),
    "/accounts/confirm-email/a-key/": (302, 302),
    "/accounts/password/set/": (302, 302),
    "/accounts/password/change/": (302, 200),
    "/accounts/password/reset/": (200, 200),
    "/accounts/password/reset/done/": (302, 302),
    "/accounts/password/reset/key/done/": (302, 302),
    "/accounts/password/reset/key/1-abc/": (302, 302),
    "/accounts/login/code/confirm/": (302, 302),
    "/accounts/reauthenticate/": (302, 200),
    "/accounts/2fa/": (302, 200),
    "/accounts/2fa/authenticate/": (302, 302),
    "/accounts/2fa/reauthenticate/": (302, 302),
    "/accounts/2fa/totp/activate/": (302, 302),
    "/accounts/2fa/totp/deactivate/": (302, 404),
    "/accounts/2fa/recovery-codes/": (302, 404),
    "/accounts/2fa/recovery-codes/generate/": (302, 302),
    "/accounts/2fa/recovery-codes/download/": (302, 404),
    "/accounts/2fa/webauthn/": (302, 200),
    "/accounts/2fa/webauthn/add/": (302, 302),
    "/accounts/2fa/webauthn/reauthenticate/": (302, 302),
    "/accounts/2fa/webauthn/keys/1/remove/": (302, 302),
    "/accounts/2fa/webauthn/keys/1/edit/": (302, 302),
    "/accounts/2fa/webauthn/login/": (302, 302),
}
