"""How far a trouble reaches, whether it goes on and what it threatens, in many wordings of English and German."""

import pytest

from sevline.core.extraction import impact


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("It is still going on, about 40 of our 310 users.", "about 40 of 310 users"),
        ("40 out of 310 users cannot sign in", "40 out of 310 users"),
        ("40/310 users", "40/310 users"),
        ("roughly 1,200 users see it", "roughly 1,200 users"),
        ("It hits 12 warehouse users.", "12 warehouse users"),
        ("all 400 users", "all 400 users"),
        ("all of our users are locked out", "all of our users"),
        ("Half of our users cannot work", "Half of our users"),
        ("15 % of the users see a 429", "15 % of users"),
        ("3 of our 12 agents, of the 12 agents on shift", "3 of 12 agents"),
        ("We have 310 users. About 40 users cannot sign in.", "About 40 users"),
        ("Etwa 40 von unseren 310 Benutzern sind betroffen", "Etwa 40 von 310 Benutzern"),
        ("rund 25 Mitarbeiter kommen nicht rein", "rund 25 Mitarbeiter"),
        ("Die Hälfte unserer Nutzer sieht den Fehler", "Die Hälfte unserer Nutzer"),
        ("alle 55 Anwender", "alle 55 Anwender"),
        ("zwei von zwölf Kollegen", "zwei von zwölf Kollegen"),
    ],
)
def test_the_users_that_are_affected_are_read_with_how_many_there_are(text: str, value: str) -> None:
    said = impact.users(text)

    assert said is not None
    assert said.value == value


@pytest.mark.parametrize(
    "text",
    [
        "40 users here and 55 users there",
        "We are a company with 310 users.",
        "Wir haben 310 Benutzer.",
        "version 5.0 of our users guide",
        "the users complain",
        "",
    ],
)
def test_two_counts_and_the_size_of_a_company_are_left_to_a_person(text: str) -> None:
    assert impact.users(text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3 of 12 tenants see it", "3 of 12 tenants"),
        ("three of our twelve workspaces", "three of twelve workspaces"),
        ("It affects 2 customers.", "2 customers"),
        ("all tenants are affected", "all tenants"),
        ("drei von zwölf Mandanten", "drei von zwölf Mandanten"),
    ],
)
def test_the_tenants_that_are_affected_are_read(text: str, value: str) -> None:
    said = impact.tenants(text)

    assert said is not None
    assert said.value == value


@pytest.mark.parametrize(
    "text",
    [
        "tenant t_7712",
        "Kundennummer 7712, tenant t_7712",
        "7712, tenants",
        "our customers complain",
        "most customers of ours are happy",
        "account 7712",
    ],
)
def test_a_tenant_that_is_only_named_is_no_count(text: str) -> None:
    assert impact.tenants(text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("It is still going on, about 40 users.", "yes"),
        ("The sync is still failing.", "yes"),
        ("The page is still not loading", "yes"),
        ("The outage is ongoing.", "yes"),
        ("It hasn't been fixed.", "yes"),
        ("The error keeps happening", "yes"),
        ("Das Problem besteht nach wie vor.", "yes"),
        ("Der Abgleich hängt immer noch", "yes"),
        ("Die Störung hält weiter an.", "yes"),
        ("It works again since noon.", "no"),
        ("The page is back to normal.", "no"),
        ("The errors have stopped by themselves.", "no"),
        ("Seit 15 Uhr läuft wieder alles, der Dienst läuft wieder.", "no"),
        ("Es funktioniert wieder.", "no"),
        ("Der Fehler tritt nicht mehr auf.", "no"),
    ],
)
def test_whether_it_goes_on_is_read(text: str, value: str) -> None:
    said = impact.still_happening(text)

    assert said is not None
    assert said.value == value


@pytest.mark.parametrize(
    "text",
    [
        "Is it still happening?",
        "It has not worked again so far, tell us when it works again.",
        "It works again for us, for Rotterdam it is still failing.",
        "The deliveries have stopped working.",
        "We changed nothing.",
    ],
)
def test_a_question_a_wish_and_a_contradiction_are_no_answer(text: str) -> None:
    assert impact.still_happening(text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Go-live of the Rotterdam site is Monday!!", "Go-live of the Rotterdam site is Monday"),
        ("we go live on 1 December", "Go live on 1 December"),
        ("The deadline is next Friday.", "Deadline is next Friday"),
        ("On Monday we go live in Rotterdam", "On Monday we go live"),
        ("We need this to work by Friday.", "Need this to work by Friday"),
        ("Month-end closing starts tomorrow", "Month-end closing starts tomorrow"),
        ("Der Go-live in Rotterdam ist am Montag.", "Go-live in Rotterdam ist am Montag"),
        ("Unser Monatsabschluss ist morgen", "Monatsabschluss ist morgen"),
        ("Das muss bis Freitag laufen", "Muss bis Freitag"),
        ("Die Abnahme ist am 1. Dezember", "Abnahme ist am 1. Dezember"),
    ],
)
def test_what_has_to_work_by_which_day_is_read(text: str, value: str) -> None:
    said = impact.deadline(text)

    assert said is not None
    assert said.value == value


@pytest.mark.parametrize(
    "text",
    [
        "Since the go-live last Monday the page is slow.",
        "Our launch was on Monday.",
        "After the rollout on Tuesday nothing works",
        "Seit der Umstellung am Montag geht nichts.",
        "Please call me on Monday.",
    ],
)
def test_what_is_over_threatens_nothing(text: str) -> None:
    assert impact.deadline(text) is None
