"""`sevline customers`: customers and environments without a browser."""

import json
from pathlib import Path

import pytest

from sevline.customers.models import Account, Environment
from sevline.platform.models import Event
from tests.context.cli.calling import Command

pytestmark = pytest.mark.django_db(transaction=True)

LIST = """customer,plan,region,seats,environment,tenant,version
Halden Clinics,Enterprise,EU,900,Production EU,t_12,2026.11.3
Halden Clinics,Enterprise,EU,900,Staging,t_13,2026.11.4
Oakfield,,,,,,
"""


def test_a_customer_and_its_environment_are_added_listed_and_in_the_trail(sevline: Command) -> None:
    added = sevline("customers", "add", "Halden Clinics", "--plan", "enterprise", "--seats", "900", "--region", "EU")
    environment = sevline("customers", "environment", "halden-clinics", "Live EU", "t_12", "--version", "2026.11.3")
    listed = sevline("customers", "list")

    assert (added.code, environment.code, listed.code) == (0, 0, 0)
    assert "sevline customers environment halden-clinics NAME TENANT" in added.out
    assert listed.out.splitlines() == [
        "halden-clinics           Halden Clinics (enterprise, EU, 900 seats)",
        "                           Live EU: tenant t_12, production, 2026.11.3",
    ]
    assert list(Event.objects.values_list("kind", "actor_label").order_by("seq")) == [
        ("account.added", "Operator at the console"),
        ("environment.added", "Operator at the console"),
    ]


def test_a_list_is_taken_once_and_what_was_printed_can_be_taken_again(sevline: Command, tmp_path: Path) -> None:
    path = tmp_path / "customers.csv"
    path.write_text(LIST)

    first = sevline("customers", "import", str(path))
    path.write_text(sevline("customers", "list", "--format", "csv").out)
    again = sevline("customers", "import", str(path))

    assert first.out == "2 customers and 2 environments are new; 0 rows were there already.\n"
    assert again.out == "0 customers and 0 environments are new; 3 rows were there already.\n"
    assert (first.code, again.code) == (0, 0)
    assert Account.objects.get(name="Oakfield").plan == "standard"
    assert {row["tenant"] for row in json.loads(sevline("customers", "list", "--format", "json").out)} == {
        "t_12",
        "t_13",
        "",
    }


def test_a_row_that_is_refused_is_named_and_leaves_the_others_alone(sevline: Command, tmp_path: Path) -> None:
    path = tmp_path / "customers.csv"
    path.write_text(LIST + "Tessel,gold,,,,,\nMeridian,,,many,,,\nOther Clinics,,,,Live,t_12,\n")

    said = sevline("customers", "import", str(path))

    assert said.code == 1
    assert said.err.splitlines() == [
        "Line 5: There is no plan “gold”.",
        "Line 6: Seats are a whole number, not “many”.",
        "Line 7: Halden Clinics has the tenant t_12 already.",
    ]
    assert set(Account.objects.values_list("key", flat=True)) == {"halden-clinics", "oakfield"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add", "!!"), "Give the customer a name with at least one letter or digit."),
        (("environment", "nobody", "Live", "t_1"), "There is no customer with the key “nobody”."),
        (("tenant", "nobody", "t_1", "t_2"), "There is no customer with the key “nobody”."),
        (("import", "/nowhere.csv"), "There is no file or folder “/nowhere.csv”."),
    ],
)
def test_bad_input_is_answered_with_a_sentence(sevline: Command, words: tuple[str, ...], said: str) -> None:
    answer = sevline("customers", *words)

    assert answer.code == 1
    assert answer.err.startswith(said)


def test_an_environment_gets_another_tenant_and_never_one_that_is_taken(sevline: Command) -> None:
    sevline("customers", "add", "Halden")
    sevline("customers", "environment", "halden", "Live", "t_1")
    sevline("customers", "environment", "halden", "Staging", "t_2")

    moved = sevline("customers", "tenant", "halden", "t_1", "t_9")
    taken = sevline("customers", "tenant", "halden", "t_9", "t_2")

    assert moved.out == "Live (t_9) of halden is saved.\n"
    assert (taken.code, taken.err) == (1, "This customer has the tenant t_2 already.\n")
    assert set(Environment.objects.values_list("tenant", flat=True)) == {"t_9", "t_2"}
