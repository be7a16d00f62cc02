"""Permissions: which rule decided a request, and the smallest grant that would permit it. Nothing here grants."""

from collections.abc import Iterator
from dataclasses import replace

from sevline.core.finding import Evidence, Finding, Side, check, failed, not_told, noted, passed, warned
from sevline.core.policy import Decision, Ruling, decide
from sevline.core.readers.denials import OAUTH, Denial, Denials
from sevline.core.readers.policy import AccessRequest, Policies, Statement


def decided(request: AccessRequest, policies: tuple[Policies, ...]) -> tuple[Decision, Policies]:
    rules = [rule for one in policies for rule in one.statements]
    boundaries = [rule for one in policies for rule in one.boundaries]
    decision = decide(request, rules, boundaries)
    holder = next((one for one in policies if decision.rule in (*one.statements, *one.boundaries)), policies[0])
    return decision, holder


def _named(rule: Statement) -> str:
    return f"“{rule.name}”" if rule.name else f"at {rule.locator}"


def _at(holder: Policies, rule: Statement | None, observed: str, expected: str) -> tuple[Evidence, ...]:
    return (Evidence(holder.artifact, rule.locator, observed, expected),) if rule else ()


@check("PERM01", supports=("permission",), refutes=("permission",))
def decision(request: AccessRequest, policies: tuple[Policies, ...]) -> Iterator[Finding]:
    """Whether the policies allow the request, and which rule decided"""
    if not policies:
        yield not_told("The policies of who asked are not there.", Policies.what, next_step=Policies.how)
        return
    found, holder = decided(request, policies)
    asked = f"{request.action} on {request.resource}"
    if found.ruling is Ruling.ALLOWED and found.rule:
        yield passed(
            f"{asked} is allowed by the rule {_named(found.rule)}.", *_at(holder, found.rule, "Allow", "Allow")
        )
    elif found.ruling is Ruling.UNTOLD:
        yield not_told(
            f"{asked}: a rule asks for {found.lacks}, which the request does not tell.",
            f"the value of {found.lacks} in the request's context",
            next_step=AccessRequest.how,
        )
    else:
        yield failed(
            f"{asked} is denied: {_why(found)}.",
            request.cite(found.ruling, "allowed"),
            *_at(holder, found.rule or found.near, found.ruling, "Allow"),
            side=Side.OUR_APP,
            next_step=_step(found),
        )


def _why(found: Decision) -> str:
    if found.ruling is Ruling.EXPLICIT_DENY and found.rule:
        because = f", for its condition on {' and '.join(found.hinges)} holds" if found.hinges else ""
        return f"the rule {_named(found.rule)} denies it explicitly{because}, and a deny wins over every allow"
    if found.ruling is Ruling.BOUNDARY_DENY and found.near:
        return f"the rule {_named(found.near)} allows it, and the boundary does not"
    near = f"; the nearest rule {_named(found.near)} does not fit: {found.lacks}" if found.near else ""
    return f"no rule allows it{near}"


def _step(found: Decision) -> str:
    if found.hinges:
        return "Repeat the call where that condition does not hold; if that cannot be, ask the owner of the policy."
    return "Ask the owner of the policy whether the person should have this right."


def _without_the_deny(request: AccessRequest, policies: tuple[Policies, ...], found: Decision) -> str:
    """What is left to do about an explicit deny: nothing to grant, or an allow once its condition does not hold."""
    if not found.hinges:
        return "none: as long as the explicit deny stands, no grant helps; its owner may except this case"
    keys = " and ".join(found.hinges)
    left = tuple(
        replace(one, statements=_but(one.statements, found), boundaries=_but(one.boundaries, found)) for one in policies
    )
    then, _ = decided(request, left)
    if then.ruling is Ruling.ALLOWED and then.rule:
        return (
            f"none is needed: where the condition on {keys} does not hold, the rule {_named(then.rule)} allows it, and "
            "while it holds, no grant helps"
        )
    return f"none while the condition on {keys} holds; where it does not, the request is still {then.ruling}"


def _but(rules: tuple[Statement, ...], found: Decision) -> tuple[Statement, ...]:
    return tuple(rule for rule in rules if rule is not found.rule)


@check("PERM02")
def smallest_grant(request: AccessRequest, policies: tuple[Policies, ...]) -> Iterator[Finding]:
    """The smallest grant that would permit a denied request"""
    if not policies:
        yield not_told("The policies of who asked are not there.", Policies.what, next_step=Policies.how)
        return
    found, _ = decided(request, policies)
    told = {
        Ruling.IMPLICIT_DENY: f"one allow for exactly {request.action} on exactly {request.resource}",
        Ruling.BOUNDARY_DENY: f"{request.action} on {request.resource} inside the boundary, in addition to the "
        "rule that is there",
        Ruling.EXPLICIT_DENY: _without_the_deny(request, policies, found),
    }
    if found.ruling in told:
        yield noted(
            f"The smallest grant that would permit it: {told[found.ruling]}.",
            request.cite(f"{request.action} on {request.resource}", ""),
            side=Side.OUR_APP,
            next_step="Whether it should be granted is the decision of the policy's owner.",
        )


#: How to look up, with the program's own means, what somebody may do.
ASK = {
    "Kubernetes": "Ask the cluster: `kubectl auth can-i VERB RESOURCE --as=USER -n NAMESPACE`, then look for the role "
    "binding that should grant it.",
    "AWS": "Simulate the call with `aws iam simulate-principal-policy`; look at the resource's policy and the "
    "organisation's too.",
    "Google Cloud": "Open the Policy Troubleshooter for this account, permission and resource.",
    "Azure": "List what was assigned: `az role assignment list --assignee OBJECT_ID --scope SCOPE "
    "--include-inherited`.",
    "PostgreSQL": "Look at the grants with `\\dp` and at the role of the session with `select current_user`.",
    "MySQL": "Look at the grants with `SHOW GRANTS FOR 'USER'@'HOST'`.",
    "MongoDB": "Look at the roles with `db.getUser(NAME)` and at what they hold with `db.getRole(NAME, "
    "{showPrivileges: true})`.",
    "Kafka": "List the rules with `kafka-acls --list --topic NAME`.",
    "Redis": "Look at the rules of the user with `ACL GETUSER NAME`, and at what was refused with `ACL LOG`.",
    "Cassandra": "Look at the rights with `LIST ALL PERMISSIONS OF ROLE`.",
    "Snowflake": "Look at the role of the session with `select current_role()` and at its rights with `SHOW GRANTS TO "
    "ROLE NAME`.",
    "Oracle": "Look at the rights with `select * from session_privs`, and at those on the object.",
    "GitHub": "Compare the header X-Accepted-GitHub-Permissions of the answer with what the app or token was granted; "
    "for a workflow look at its `permissions:` and at the repository's default for workflows.",
    "Slack": "Add the scope that is named to the app and install it anew: a token keeps those of its installation.",
    "Salesforce": "Look at the profile and the permission sets of this user, and at the sharing of the record.",
    OAUTH: "Compare the scopes that the token has (OIDC15) with the one that is asked for, and ask for a token anew.",
    "SQL Server": "Look at the rights with `sys.fn_my_permissions` in the session of this user.",
}


@check("PERM03", supports=("permission",))
def own_words(denials: Denials) -> Iterator[Finding]:
    """Who may not do what, in the words of the program that refused it"""
    for denial, count, place in denials.told:
        times = "" if count == 1 else f", {count:,} times"
        yield (warned if denials.trail else failed)(
            f"{denial.program} refuses {_asked(denial)}{times}{': ' + denial.rule if denial.rule else ''}.",
            place,
            side=Side.UNKNOWN,
            next_step=ASK[denial.program],
        )


def _asked(denial: Denial) -> str:
    return " ".join(
        part
        for part in (denial.action, denial.resource and f"on {denial.resource}", denial.who and f"to {denial.who}")
        if part
    )
