"""Names of people and their logins in running text, in chats, in fields for a part somebody plays, and on devices."""

# ruff: noqa: E501 - texts are read whole

import pytest

from tests.unit.redaction.looking import left_of


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("the export of Annika Brandstetter failed", "the export of <PERSON> failed"),
        ("yesterday Karl-Heinz von der Ahe complained", "yesterday <PERSON> complained"),
        ("Contract of Beatriz Campos Ortega is void", "Contract of <PERSON> is void"),
        ("In der Liste: Weber, Thomas", "In der Liste: <PERSON>"),
        ("on call: Naoko Ito (days), Kwame Boateng (nights)", "on call: <PERSON> (days), <PERSON> (nights)"),
        ("please ask for Delphine at the desk", "please ask for <PERSON> at the desk"),
        ("a meeting with Ingrid and Wojciech", "a meeting with <PERSON> and <PERSON>"),
        ("Viele Grüße, Jörg vom Empfang", "Viele Grüße, <PERSON> vom Empfang"),
        ("Agent Fabrizio: good morning", "Agent <PERSON>: good morning"),
    ],
)
def test_a_common_given_name_goes_with_the_family_name_or_where_somebody_is_called(text: str, left: str) -> None:
    assert left_of(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "Victoria Metrics, Maven Central and Julia Package answered",
        "Hope Street and Will Call are sample data; May we restart?",
        "Python, Java, Ruby and Rust builds pass in Paris, Austin and Sydney",
        "Started Session 12 of User root. Reached target Multi-User System.",
        "San Antonio, Sao Paulo and Santa Barbara are regions",
        "Jan Feb Mar Apr; Thanks Support; Best practice; Kind regards",
        "with Python, for Windows, to Production, by Apache Tomcat",
    ],
)
def test_products_places_and_months_are_nobody(text: str) -> None:
    assert left_of(text) == text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("10:14 <kobold_7> is it down?", "10:14 <<PERSON>> is it down?"),
        ("[2026-03-11 10:15:11] <@lenk> yes", "[2026-03-11 10:15:11] <@<PERSON>> yes"),
        ("10:15 * kobold_7 is away", "10:15 * <PERSON> is away"),
        ("10:16 -!- kobold_7 [~kob@198.51.100.14] has joined", "10:16 -!- <PERSON> [~<PERSON>@<ip>] has joined"),
        ("[12.03.26, 08:14:22] Nilüfer Acar: kasse 3", "[12.03.26, 08:14:22] <PERSON>: kasse 3"),
        ("12/03/26, 08:20 - Olu Adeyemi: ok", "12/03/26, 08:20 - <PERSON>: ok"),
        ("[09:14] quill.b: hey", "[09:14] <PERSON>: hey"),
        ("09:14:22 From Edda Quill to Everyone: hi", "09:14:22 From <PERSON> to Everyone: hi"),
        ("Edda Quill — Today at 10:14", "<PERSON> — Today at 10:14"),
        ("Thomas Quill [10:14 AM]", "<PERSON> [10:14 AM]"),
    ],
)
def test_who_speaks_in_a_chat_goes(text: str, left: str) -> None:
    assert left_of(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "[09:14] worker: started",
        "[09:14:11] ERROR: no space left",
        "2026-03-11 08:00:12 kernel: eth0 is up",
        "[2/15/2023 9:16:04 PM] address.bearer: license commit 69",
        "Backup started 10:15",
        "12/03/26, 08:21 - Messages are end-to-end encrypted.",
        "[10:02] Agent: how can I help?",
    ],
)
def test_what_logs_write_beside_a_time_speaks_for_nobody(text: str) -> None:
    assert left_of(text) == text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Bearbeiterin: Ortrun Kasulke", "Bearbeiterin: <PERSON>"),
        ("Solicitante: Zulmira Prates setor=Compras", "Solicitante: <PERSON> setor=Compras"),
        ("Destinataire : Solène Kerviel", "Destinataire : <PERSON>"),
        ("approved by: Wren Halloway", "approved by: <PERSON>"),
        ("Empfänger: Kasulke, Ortrun", "Empfänger: <PERSON>"),
        ("Ontvanger: Floortje ten Broek", "Ontvanger: <PERSON>"),
        ('{"sys_created_by":"okasulke"}', '{"sys_created_by":"<PERSON>"}'),
        ("Ticket closed by Wren Halloway after 4 days", "Ticket closed by <PERSON> after 4 days"),
        ("Vorgang weitergeleitet an Ortrun Kasulke", "Vorgang weitergeleitet an <PERSON>"),
        ("rapport rédigé par Solenne Kerviel", "rapport rédigé par <PERSON>"),
    ],
)
def test_a_person_goes_from_a_field_or_phrase_for_a_part_somebody_plays(text: str, left: str) -> None:
    assert left_of(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "Assignment group: Linux Operations",
        "Escalated to: Database Team",
        "Contact type: Self Service",
        '{"createdBy":"terraform","updated_by":"migration"}',
        "Author: Apache Software Foundation",
    ],
)
def test_groups_and_programs_play_no_part_of_a_person(text: str) -> None:
    assert left_of(text) == text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("okasulke  pts/0   10.0.0.9  Wed Mar 11 07:58   still logged in", "<PERSON>  pts/0   10.0.0.9  Wed Mar 11 07:58   still logged in"),
        ("session opened for user root by okasulke(uid=1004)", "session opened for user root by <PERSON>(uid=1004)"),
        ("uid=1001(okasulke) gid=100(users)", "uid=1001(<PERSON>) gid=100(users)"),
        ("# TODO(okasulke): drop the retry", "# TODO(<PERSON>): drop the retry"),
        ("Login okasulke, password: Herbst-Laub-3", "Login <PERSON>, password: <SECRET>"),
        ("the user o.kasulke was moved", "the user <PERSON> was moved"),
        ("okasulke  1182  0.0  0.1 12345 1234 ? Ss", "<PERSON>  1182  0.0  0.1 12345 1234 ? Ss"),
        ("Inicio correcto, usuario: okasulke desde la red", "Inicio correcto, usuario: <PERSON> desde la red"),
        ("--role-session-name okasulke", "--role-session-name <PERSON>"),
    ],
)  # fmt: skip
def test_a_login_goes_from_sentences_and_from_lines_about_sessions(text: str, left: str) -> None:
    assert left_of(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "reboot   system boot  5.15.0-101 Mon Mar  9 03:00",
        "root  1182  0.0  0.1 12345 1234 ? Ss",
        "rows 00 12 13 14 15 16",
        "Login with the new page; user is locked; Benutzer ist gesperrt",
        "Der Benutzer kann sich nicht anmelden",
        "Zugangsdaten folgen",
    ],
)
def test_what_is_said_of_users_in_general_names_nobody(text: str) -> None:
    assert left_of(text) == text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("host Annikas-iPhone joined", "host <PERSON>s-iPhone joined"),
        ("Camille’s iPad", "<PERSON>’s iPad"),
        ("iPhone von Sabine", "iPhone von <PERSON>"),
        ("Pawels-MBP", "<PERSON>s-MBP"),
        ("Thomas-Laptop", "<PERSON>-Laptop"),
        ("Windows PC, New iPhone, Front-Desk Laptop", "Windows PC, New iPhone, Front-Desk Laptop"),
    ],
)
def test_a_device_does_not_tell_whose_it_is(text: str, left: str) -> None:
    assert left_of(text) == left


def test_a_name_of_quoted_printable_mail_goes_and_the_rest_keeps_its_bytes() -> None:
    left = left_of(
        "Gr=C3=BC=C3=9Fe\nJ=C3=B6rg M=C3=BCller\nGro=C3=9Fe Elbstra=C3=9Fe 45, 22767 Hamburg\nL=C3=B6schung 17 ="
    )

    assert left == "Gr=C3=BC=C3=9Fe\n<PERSON>\n<ADDRESS>\nL=C3=B6schung 17 ="
