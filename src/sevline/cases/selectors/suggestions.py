"""What the text of a new case says about its fields; nothing of it counts before a person sent the form."""

from sevline.catalog.models import ProductArea
from sevline.core.extraction.suggesting import Known, KnownPlace, strange_tenants, suggest
from sevline.core.extraction.suggestion import Suggestion
from sevline.customers.models import Account, Environment
from sevline.people.models import Person
from sevline.platform import clock

MOST_TEXT = 200_000


def suggestions(person: Person, text: str, *, account: str = "") -> dict[str, Suggestion]:
    """Suggestions by field of the form of a new case; three queries. `account` is the one that was chosen already."""
    return suggest(text, _known(account), clock.now()) if _is_read(person, text) else {}


def unknown_tenants(person: Person, text: str) -> tuple[str, ...]:
    """The tenants in the text that belong to no customer in use; three queries."""
    return strange_tenants(text, _known("")) if _is_read(person, text) else ()


def _is_read(person: Person, text: str) -> bool:
    return person.is_active and bool(text.strip()) and len(text) <= MOST_TEXT


def _known(account: str) -> Known:
    in_use = Environment.objects.filter(archived_at=None, account__archived_at=None)
    places = in_use.values_list("pk", "account_id", "name", "kind", "tenant", "version")
    return Known(
        accounts={str(pk): name for pk, name in Account.objects.in_use().values_list("pk", "name")},
        areas={str(pk): name for pk, name in ProductArea.objects.values_list("pk", "name")},
        places=tuple(
            KnownPlace(str(pk), str(owner), *rest) for pk, owner, *rest in places if account in {"", str(owner)}
        ),
    )
