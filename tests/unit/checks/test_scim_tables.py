"""Users of both sides as tables of any product and language: who left and is still active, told by careful guesses."""

import pytest
from tests import foreign
from tests.evidence import found, states

from sevline.core.finding import Given, State
from sevline.core.readers.meaning import text_evidence
from sevline.core.readers.scim import IDP, UserList

PEOPLE = [f"p{n}@pine.example" for n in range(12)]
#: Two left; the first of them is still active in the application.
LEFT, KEPT = {3, 7}, {3}

PROVIDERS = {
    "okta.csv": ("user.login,user.status,statusChanged", "{p},{DEPROVISIONED|ACTIVE},2026-10-01T09:00:00Z"),
    "users.csv": ("displayName,userPrincipalName,accountEnabled", "N,{p},{False|True}"),
    "User_Download.csv": ("Email Address [Required],Status [READ ONLY],Org Unit Path [Required]",
                          "{p},{Suspended|Active},/"),
    "onelogin_users.csv": ("Firstname,Email,Status", "N,{p},{Suspended|Active}"),
    "jumpcloud.csv": ("email,suspended,mfa", "{p},{true|false},on"),
    "keycloak-export.csv": ("id;email;enabled", "1{p};{p};{false|true}"),
    "entra.tsv": ("Mail\tAccount enabled\tDepartment", "{p}\t{No|Yes}\tX"),
    "idp.csv": ("login,profile.lastName,status", "{p},N,{DEPROVISIONED|PASSWORD_EXPIRED}"),
}  # fmt: skip
OURS = {
    "app_benutzer.csv": ("Email;Aktiv;Rolle", "{p};{nein|ja};Leser"),
    "utilisateurs.csv": ("Adresse e-mail;Statut", "{p};{inactif|actif}"),
    "usuarios.csv": ("Correo electrónico,Activo", "{p},{no|sí}"),
    "gesperrt.csv": ("E-Mail,Gesperrt", "{p},{ja|nein}"),
    "members.csv": ("email,state,seat", "{p},{deactivated|invited},1"),
    "export.csv": ("username,is_active,last_login", "{p},{f|t},2026-11-01"),
    "people.csv": ("login,blocked", "{p},{1|0}"),
    "crm_users.csv": ("Username,Active,Profile", "{p},{FALSE|TRUE},Sales"),
}


def table(form: tuple[str, str], off: set[int]) -> str:
    header, row = form
    rows = []
    for n, person in enumerate(PEOPLE):
        before, _, rest = row.replace("{p}", person).partition("{")
        words, _, after = rest.partition("}")
        rows.append(before + words.split("|")[n not in off] + after)
    return foreign.table(header, *rows)


def read(name: str, text: str) -> list[Given]:
    return [one for one in text_evidence(text.encode(), name, "", None, name=name) if isinstance(one, UserList)]


@pytest.mark.parametrize("name", PROVIDERS)
def test_the_list_of_a_provider_is_told_by_its_columns_or_name(name: str) -> None:
    (held,) = read(name, table(PROVIDERS[name], LEFT))

    assert isinstance(held, UserList)
    assert held.side == IDP
    assert [user.name for user in held.users if not user.active] == [PEOPLE[3], PEOPLE[7]]


@pytest.mark.parametrize("ours", OURS)
def test_who_left_and_is_still_active_is_told_with_what_was_guessed(ours: str) -> None:
    theirs = read("okta.csv", table(PROVIDERS["okta.csv"], LEFT))
    (finding,) = found("SCIM04", *theirs, *read(ours, table(OURS[ours], LEFT - KEPT)))

    assert finding.state is State.WARN
    assert finding.title.startswith("1 of 2 users who are inactive at the identity provider are still active")
    assert "was told by its column “user.login”" in finding.title


@pytest.mark.parametrize("ours", OURS)
def test_sides_that_agree_pass(ours: str) -> None:
    theirs = read("okta.csv", table(PROVIDERS["okta.csv"], LEFT))

    assert states("SCIM04", *theirs, *read(ours, table(OURS[ours], LEFT))) == {State.PASS}


def test_a_whole_companys_list_beside_our_app_is_asked_about_and_is_no_fault() -> None:
    theirs = read("okta.csv", table(PROVIDERS["okta.csv"], LEFT))
    few = read("app.csv", "email,active\n" + "".join(f"{person},true\n" for person in PEOPLE[:3]))

    assert states("SCIM03", *theirs, *few) == {State.NOT_EVALUATED}
    assert states("SCIM04", *theirs, *few) == {State.PASS}


ALIKE = {
    "subscribers of other addresses": "email,status\n" + "".join(f"s{n}@web.example,active\n" for n in range(9)),
    "orders of one person": "email,status\n" + "p1@pine.example,active\n" * 9,
    "states that nobody knows": "email,status\n" + "".join(f"{person},shipped\n" for person in PEOPLE),
    "no addresses": "login,active\n" + "".join(f"host{n},true\n" for n in range(9)),
    "no state": "email,plan\n" + "".join(f"{person},free\n" for person in PEOPLE),
    "two rows": "email,active\np3@pine.example,true\np7@pine.example,true\n",
    "prose": "email, active and so on\nwere asked for\n",
    "nothing": "",
}


@pytest.mark.parametrize("kind", ALIKE)
def test_tables_that_only_resemble_a_list_of_our_users_are_not_compared(kind: str) -> None:
    theirs = read("okta.csv", table(PROVIDERS["okta.csv"], LEFT))

    assert states("SCIM04", *theirs, *read("rows.csv", ALIKE[kind])) == {State.NOT_EVALUATED}


def test_of_two_lists_of_which_none_is_a_providers_the_sides_are_asked_for() -> None:
    both = [*read("a.csv", table(OURS["people.csv"], LEFT)), *read("b.csv", table(OURS["members.csv"], set()))]

    assert states("SCIM04", *both) == {State.NOT_EVALUATED}
