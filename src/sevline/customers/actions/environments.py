"""The environments that customers run: added and edited."""

from django.db import IntegrityError, transaction

from sevline.core.lifecycle import Refused
from sevline.core.redaction.exposure import refuse_exposure
from sevline.core.rights import Right, require
from sevline.customers.events import (
    EnvironmentAdded,
    EnvironmentEdited,
    EnvironmentUpgraded,
)
from sevline.customers.models import Account, Environment, EnvironmentKind
from sevline.people.models import Person
from sevline.platform.events import Ref, record

_LIMITS = {"name": 80, "tenant": 80, "region": 40, "version": 40}


@transaction.atomic
def add_environment(
    account: Account,
    *,
    by: Person,
    name: str,
    tenant: str,
    kind: str = EnvironmentKind.PRODUCTION,
    region: str = "",
    version: str = "",
) -> Environment:
    """Add an environment of a customer; a tenant stands there once, and with no other customer."""
    require(by, Right.CUSTOMERS_EDIT)
    return write_environment(account, by.ref, name=name, tenant=tenant, kind=kind, region=region, version=version)


def write_environment(
    account: Account,
    actor: Ref,
    *,
    name: str,
    tenant: str,
    kind: str = EnvironmentKind.PRODUCTION,
    region: str = "",
    version: str = "",
) -> Environment:
    """As `add_environment`, for whoever was let in already; within the caller's transaction."""
    values = _checked(name=name, kind=kind, tenant=tenant, region=region, version=version)
    _refuse_a_taken_tenant(account, values["tenant"])
    added = Environment(account=account, **values)
    _save(added)
    record(
        EnvironmentAdded(
            by=actor,
            subject=account.ref,
            account=account.key,
            tenant=added.tenant,
            environment=added.kind,
            version=added.version,
        )
    )
    return added


@transaction.atomic
def edit_environment(
    environment_id: int,
    *,
    by: Person,
    name: str,
    tenant: str,
    kind: str,
    region: str = "",
    version: str = "",
    seen: str = "",
) -> Environment:
    """Write an environment anew. `seen` is its `standing` as the editor saw it; a stale edit writes nothing."""
    require(by, Right.CUSTOMERS_EDIT)
    environment = _locked(environment_id)
    before = environment.standing
    if seen and seen != before:
        raise Refused(
            f"Somebody changed this environment after you opened the page; it now says: {before}. "
            "Compare, then save again."
        )
    values = _checked(name=name, kind=kind, tenant=tenant, region=region, version=version)
    _refuse_a_taken_tenant(environment.account, values["tenant"], but=environment)
    for field, value in values.items():
        setattr(environment, field, value)
    if environment.standing != before:
        _save(environment)
        after, account = environment.standing, environment.account.key
        record(EnvironmentEdited(by=by.ref, subject=environment.ref, account=account, before=before, after=after))
    return environment


def write_tenant(environment: Environment, actor: Ref, tenant: str) -> Environment:
    """Give an environment another tenant, for whoever was let in already; within the caller's transaction."""
    before, was = environment.standing, environment.tenant
    named = {"name": environment.name, "kind": environment.kind, "region": environment.region}
    environment.tenant = _checked(**named, tenant=tenant, version=environment.version)["tenant"]
    _refuse_a_taken_tenant(environment.account, environment.tenant, but=environment)
    if environment.tenant != was:
        _save(environment)
        after, account = environment.standing, environment.account.key
        record(EnvironmentEdited(by=actor, subject=environment.ref, account=account, before=before, after=after))
    return environment


@transaction.atomic
def set_version(environment_id: int, *, by: Person, version: str) -> Environment:
    """Say which version an environment runs now."""
    require(by, Right.CUSTOMERS_EDIT)
    environment = _locked(environment_id)
    before, environment.version = environment.version, version.strip()
    environment.save(update_fields=["version"])
    record(EnvironmentUpgraded(by=by.ref, subject=environment.ref, before=before, version=environment.version))
    return environment


def _locked(environment_id: int) -> Environment:
    held = Environment.objects.select_for_update(of=("self",)).select_related("account")
    environment = held.filter(pk=environment_id).first()
    if environment is None:
        raise Refused("There is no such environment any more.")
    return environment


def _checked(*, name: str, kind: str, tenant: str, region: str, version: str) -> dict[str, str]:
    """The values as they are stored; Refused with every reason at once. A tenant is an id, kept as it is written."""
    values = {
        "name": refuse_exposure(name),
        "kind": kind,
        "tenant": tenant.strip(),
        "region": refuse_exposure(region),
        "version": version.strip(),
    }
    wrong = [
        f"A {field} has at most {most} characters." for field, most in _LIMITS.items() if len(values[field]) > most
    ]
    if not values["name"] or not values["tenant"]:
        wrong.append("An environment needs a name and a tenant.")
    if kind not in EnvironmentKind.values:
        wrong.append(f"There is no kind of environment “{kind}”.")
    if wrong:
        raise Refused(*wrong)
    return values


def _refuse_a_taken_tenant(account: Account, tenant: str, but: Environment | None = None) -> None:
    others = Environment.objects.exclude(pk=but.pk) if but else Environment.objects.all()
    if (known := others.filter(tenant=tenant).select_related("account").first()) is not None:
        whose = "This customer" if known.account_id == account.pk else known.account.name
        archived = " as an archived environment; bring it back instead" if known.archived_at else ""
        raise Refused(f"{whose} has the tenant {tenant} already{archived}.")


def _save(environment: Environment) -> None:
    """The database has the last word on a tenant, for two people may add the same one at once."""
    try:
        with transaction.atomic():
            environment.save()
    except IntegrityError:
        raise Refused(f"Somebody has just added the tenant {environment.tenant}. Load the page again.") from None
