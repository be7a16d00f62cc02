"""The labelled sentences of the outbound lint: what each says was written down before any rule was run on it.

The situation is a Sev2 whose cause is not confirmed, without an approved time of repair, unless a row says otherwise.
"""

from dataclasses import replace

import pytest

from sevline.core.comms import Masked, Situation, lint

NOW = Situation(
    severity=2,
    has_next_update=True,
    issue_type="saml",
    case_key="C-1042",
    heard="We sign in at sso.calder.example with build 4.2; the gateway is edge-proxy-03. Ticket INC-774 on our side.",
    known_words=("Calder Freight", "api.quayside.example", "status.quayside.example", "t_4471"),
    other_customers=("Brightwater", "Harbour Mutual", "t_9930"),
    colleagues=("Noor Haddad", "Ravi Patel"),
    own_hosts=("desk.quayside.example", "quayside.example"),
)


def codes(text: str, situation: Situation = NOW) -> set[str]:
    return {remark.code for remark in lint(text, situation)}


# The examples of the specification that need nothing but a case; those on an incident's facts are left out.
EXAMPLES: tuple[tuple[str, set[str]], ...] = (
    ("We think the problem is in our database cluster.", {"L01"}),
    ("It looks like last night's release is behind this.", {"L01"}),
    ("This should only affect a handful of accounts.", {"L01", "L10"}),
    ("We do not yet know the cause.", set()),
    ("We are investigating why exports are failing and have not confirmed a cause.", set()),
    ("You may see the message 'Export could not start' when you select Export.", set()),
    ("Your team misconfigured the identity provider.", {"L02"}),
    ("Our cloud provider dropped the ball again.", {"L02"}),
    (
        "The signing certificate at your identity provider expired on 3 May 2026; the steps below replace it.",
        set(),
    ),
    ("Exports will be working again by 14:00 UTC.", {"L03"}),
    ("We expect to fix this within the hour.", {"L03"}),
    ("We do not have an estimated time for a fix; we will post again by 10:30 UTC.", set()),
    ("We guarantee no data was lost.", {"L04"}),
    ("This will never happen again.", {"L04"}),
    ("We will add a service credit to your account.", {"L04"}),
    ("We have checked the 37 affected accounts and found no missing records.", set()),
    ("The EU replica OOM'd and the pod is in CrashLoopBackOff.", {"L05", "L14"}),
    ("Exports are slower than usual; some take more than 10 minutes to start.", set()),
    ("The failure was caused by an expired certificate in our export service.", {"L09"}),
    ("It is just a small glitch.", {"L10"}),
    ("The issue is resolved.", {"L15"}),
)


@pytest.mark.parametrize(("text", "expected"), EXAMPLES)
def test_an_example_of_the_specification_is_judged_as_it_is_labelled(text: str, expected: set[str]) -> None:
    assert codes(text) == expected


MESSAGES: tuple[tuple[str, set[str]], ...] = (
    (
        (
            "Exports have been failing for some customers in the EU since 09:12 UTC. We are sorry for the "
            "disruption and are working on it."
        ),
        {"L07"},
    ),
    ("We are aware of an issue and are looking into it. Next update by 10:30 UTC.", {"L18"}),
    (
        (
            "Since 09:12 UTC, exports fail for 37 customers in the EU. Other features work. We are sorry for the "
            "disruption to your work. We have not confirmed the cause. Next update by 10:30 UTC."
        ),
        set(),
    ),
)


@pytest.mark.parametrize(("text", "expected"), MESSAGES)
def test_a_first_message_on_a_sev2_is_judged_as_a_whole(text: str, expected: set[str]) -> None:
    assert codes(text, replace(NOW, is_first=True, has_next_update=False)) == expected


def test_a_confirmed_cause_and_a_validated_fix_may_be_named() -> None:
    cause = "The failure was caused by an expired certificate in our export service."
    done = "Exports have worked normally for all 37 customers since 10:05 UTC, and the incident is resolved."

    assert codes(cause, replace(NOW, cause_confirmed=True)) == set()
    assert codes(done, replace(NOW, fix_validated=True)) == set()


# What must be stopped, with the rule.
STOPPED = (
    ("The export job runs on db-7 and waits there.", {"L14"}),
    ("We restarted payments-7d9f8b6c5d-x2x7k and look at its log.", {"L14"}),
    ("Your traffic goes through prod-web-03.eu.quayside.example now.", {"L14"}),
    ("The queue lives on kafka-0.kafka.svc.cluster.local and has caught up.", {"L14"}),
    ("We see the time-outs on 10.20.4.17 as well.", {"L14"}),
    ("Engineering follows this in ENG-4411.", {"L14"}),
    ("It is the same as ESC-12 from last week.", {"L14"}),
    ("Another customer has it in C-977.", {"L14"}),
    ("The change is on hotfix/saml-clock-skew and gets tested.", {"L05", "L14"}),
    ("You can watch it at https://grafana.quayside.example/d/exports.", {"L14"}),
    ("The case is at https://desk.quayside.example/cases/C-1042 with all we know.", {"L14"}),
    ("Noor Haddad from Engineering reads your log.", {"L14"}),
    ("Brightwater saw the same error this morning.", {"L06"}),
    ("We compared it with tenant t_9930, where it works.", {"L06"}),
    ("Presumably a proxy in between cuts the header.", {"L01"}),
    ("The root cause is a stale metadata file.", {"L09"}),
    ("Your administrator forgot to renew the certificate.", {"L02"}),
    ("This is your fault, as the setting is on your side.", {"L02"}),
    ("Sign-in will be restored in 2 hours.", {"L03"}),
    ("We will fix it by Friday.", {"L03"}),
    ("It gets resolved tomorrow.", {"L03"}),
    ("We can refund last month, and we promise it.", {"L04"}),
    ("We expect this to be sorted by Friday.", {"L03"}),
    ("Engineering will ship the patch on 27 November.", {"L03"}),
    ("This will be done before Monday 9:00 UTC.", {"L03"}),
    ("The correction goes live on Tuesday.", {"L03"}),
    ("It should be rolled out by the 27th.", {"L03"}),
    ("We plan to deploy the fix on Nov 27.", {"L03"}),
    ("Sign-in will be back Friday morning.", {"L03"}),
    ("Blame lies with Hetzner, who broke the network.", {"L02"}),
    ("The outage is the fault of your network team.", {"L02", "L11"}),
    ("Last night Globexnet took down the route.", {"L02"}),
    ("Hetzner caused the failure of the network.", {"L02", "L09"}),
    ("Der Fehler wird morgen behoben.", {"L19"}),
    ("Ihr Anbieter hat das verursacht.", {"L19"}),
    ("Nous allons corriger cela pour vendredi.", {"L19"}),
    ("Lo solucionaremos para el viernes con los cambios que nos pide.", {"L19"}),
    ("Проблема будет устранена завтра.", {"L19"}),
    ("Bulk export is on our roadmap for spring.", {"L04"}),
    ("The p99 of the gateway went up after the failover.", {"L05"}),
    ("Sign-in is down for your users.", {"L11"}),
    ("Please try again after 14:00 and tell us what you see.", {"L13"}),
    ("We have fixed the sign-in page.", {"L15"}),
    ("There was a hiccup in the night.", {"L10"}),
    (
        (
            "We have looked at the recording that you sent us yesterday and compared each of its calls with what our "
            "own logs say about the same minute, and there we see that the second call carries another header."
        ),
        {"L16"},
    ),
)

# Ordinary replies of a support desk: nothing in them is to be stopped.
ORDINARY = (
    "Thank you for the recording. It shows the failing call at 09:42 UTC.",
    "Could you send us the SAML response of one failing sign-in?",
    "We see your users arrive at sso.calder.example and come back without a signature.",
    "Please check on edge-proxy-03 whether it passes the header X-Request-Id on.",
    "We noted your number INC-774; ours is C-1042.",
    "Please call https://api.quayside.example/v2/exports once more and send us the answer.",
    "Our status page https://status.quayside.example says the same.",
    "Calder Freight is on the enterprise plan, so single sign-on is included.",
    "Your tenant t_4471 uses the European region eu-west-1.",
    "The answer 403 means that the role of the user lacks the right to export.",
    "Use UTF-8 and SHA-256; RFC-7519 describes the token.",
    "Upload the file here: https://desk.quayside.example/send/abc.",
    "If the export is not fixed by 14:00 UTC, please write to us.",
    "We will update you by 16:30 UTC, whatever we know by then.",
    "We do not have a time for a fix yet.",
    "Sign-in was restored at 10:05 UTC, within 40 minutes of your report.",
    "Does the error come back when you sign in with a local account?",
    "We have not confirmed the cause and do not rule out the certificate.",
    "Once it is resolved, we tell you what it was.",
    "The time-out is fixed at 30 seconds and cannot be changed.",
    "If you forgot your password, choose “Reset”.",
    "The session ends after 12 hours; please sign in again then.",
    "You need the role of an administrator to see this page.",
    "We will never ask for your password.",
    "Please restart the connector within 10 minutes to restore the session.",
    "The error “Your request failed to authenticate” comes from the identity provider.",
    "The job config.yaml names version 2.4.1 of the client.",
    "Scroll down to “Allowed hosts” and add your own.",
    "We read the log from 09:30 to 10:15 UTC and found 118 failed calls.",
    "The next release notes list the change; we link them when they are out.",
    "Meanwhile you can export one month at a time.",
    "We are sorry for the disruption to your work.",
    "Please allow 203.0.113.7 in your firewall.",
    "The order of the steps matters: first save, then test, then switch it on.",
    "Your colleague wrote that it works from home; is a proxy used in the office?",
    "A web page in the app shows 3 of 5 items; which two are missing?",
    "The CSV has 12 columns; the export of 24 November has 11.",
    "The error code AADSTS-50011 says that the reply address does not match.",
    "We compared build 4.2 with build 4.1 and see no difference in the request.",
    "Which browser and version do your users have?",
    "Both times you gave are in CET, so we looked at 08:40 UTC.",
    "We will call you on Friday at 10:00 UTC and go through the fix with you.",
    "The patch that you installed on 24 November changed the certificate.",
    "Sign-in was restored on Monday at 09:00 UTC.",
    "You can release the hold on your side before Friday.",
    "Your provider is responsible for the DNS record; ours is the one below it.",
    "The network of Hetzner answers again since 10:05 UTC.",
    "Open the menu “Einstellungen” and choose “Anmeldung erlauben”.",
    "The error is “Der Benutzer ist nicht angemeldet”; do you see it too?",
    "OK, thanks!",
    "Hello Jonas van der Berg, we read the log.",
    "La Défense is the office that sees it, from 09:00 CET on.",
    "The deployment of Tuesday is the one that we look at.",
    "The feature flag (a switch that we can set for one tenant) is off for you.",
)


def test_the_table_has_enough_sentences_both_ways() -> None:
    assert len(STOPPED) >= 25
    assert len(ORDINARY) >= 40


@pytest.mark.parametrize(("text", "expected"), STOPPED)
def test_a_text_that_must_not_go_out_is_stopped_by_its_rule(text: str, expected: set[str]) -> None:
    assert codes(text) == expected


@pytest.mark.parametrize("text", ORDINARY)
def test_an_ordinary_reply_goes_out(text: str) -> None:
    assert codes(text) == set()


def test_a_persons_address_is_stopped_unless_the_customer_wrote_it_first() -> None:
    text = "Is jane@customer-b.example the user?"
    token = "u0123456789abcdef@d0123456789abcdef.redacted.example"
    masked = (Masked(3, 26, "email", token),)

    assert codes(text, replace(NOW, masked=masked)) == {"L06"}
    assert codes(text, replace(NOW, masked=masked, heard=f"{token} cannot sign in")) == set()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Dear ", ",\nwe read the log."),
        ("Hello ", ", we read the log."),
        ("Dear Mr ", ",\n\nwe read the log."),
        ("Hallo ", ",\nyour log is here."),
        ("We read the log.\n\nThanks ", "."),
        ("We read the log.\n\nKind regards,\n", "\nSupport"),
    ],
)
def test_the_name_of_whom_a_letter_greets_or_who_signs_it_is_no_disclosure(before: str, after: str) -> None:
    masked = (Masked(len(before), len(before) + 6, "person", "<PERSON-0123456789abcdef>"),)

    assert "L06" not in codes(f"{before}Brandt{after}", replace(NOW, masked=masked))


def test_the_name_of_a_person_is_stopped_in_the_body_unless_the_customer_named_them_first() -> None:
    text, token = "It fails for Mr Brandt of the other office too.", "<PERSON-0123456789abcdef>"
    masked = (Masked(16, 22, "person", token),)

    assert codes(text, replace(NOW, masked=masked)) == {"L06"}
    assert codes(text, replace(NOW, masked=masked, heard=f"{token} cannot sign in")) == set()


def test_a_number_beside_a_greeting_is_stopped_as_before() -> None:
    text = "Hello Brandt, call +49 40 1234567."
    masked = (Masked(6, 12, "person", "<PERSON-0123456789abcdef>"), Masked(19, 33, "phone", "<PHONE-0123456789abcdef>"))

    assert codes(text, replace(NOW, masked=masked)) == {"L06"}


def test_a_secret_is_stopped_also_where_the_customer_wrote_it_first() -> None:
    token = "<STRIPE-KEY-0123456789abcdef>"
    masked = (Masked(4, 10, "stripe_key", token),)

    assert codes("Use SECRET to test.", replace(NOW, masked=masked, heard=token)) == {"L06"}


def test_a_developer_may_read_the_words_of_their_trade() -> None:
    text = "The rollback returns 5xx for a minute."

    assert codes(text) == {"L05"}
    assert codes(text, replace(NOW, issue_type="api_5xx")) == set()


def test_a_word_that_the_customer_used_first_is_no_jargon() -> None:
    assert codes("The replica is read only.", replace(NOW, heard="Our replica lags.")) == set()


def test_a_workaround_is_named_once() -> None:
    known = replace(NOW, has_workaround=True)

    assert codes("We compare the logs.", known) == {"L17"}
    assert codes("We compare the logs. Meanwhile, export one month at a time.", known) == set()
    assert codes("We compare the logs.", replace(known, told="The workaround is to export by month.")) == set()


def test_down_may_be_said_of_what_is_rated_unavailable() -> None:
    assert codes("Sign-in is down for your users.", replace(NOW, is_unavailable=True)) == set()
