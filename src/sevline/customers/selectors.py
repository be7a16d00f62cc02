"""What is read about customers; whoever may not see customers sees none."""

from django.db.models import QuerySet

from sevline.core.rights import Right, holds
from sevline.customers.models import Account, Environment
from sevline.people.models import Person


def accounts(person: Person) -> QuerySet[Account]:
    found = Account.objects.prefetch_related("environments")
    return found if holds(person, Right.CUSTOMERS_VIEW) else found.none()


def environments(person: Person, account: Account | None = None) -> QuerySet[Environment]:
    """Environments with their customers; of one customer when it is given."""
    found = Environment.objects.select_related("account")
    if not holds(person, Right.CUSTOMERS_VIEW):
        return found.none()
    return found.filter(account=account) if account else found
