"""Findings that concern the fault of a case stand before what else is wrong with its files."""

from sevline.core.checks import every_check
from sevline.core.relevance import TOPICS, Fault

FOUND = [
    ("SAML10", "FAIL", "proof", "Nothing in the response is signed."),
    ("OIDC07", "FAIL", "proof", "The bearer token is expired by 90 s."),
    ("API11", "FAIL", "strong", "POST https://api.example/v2/orders answered 500 once."),
    ("API12", "FAIL", "proof", "POST https://api.example/v2/orders/batch answered 504 once."),
    ("OBS14", "WARN", "strong", "PoolTimeout 173 times"),
    ("OBS17", "WARN", "hint", "Correlated, not proven: an error began."),
]


def ordered(fault: Fault) -> list[str]:
    return [one[0] for one in sorted(FOUND, key=lambda one: fault.order(one[0], one[1], one[2], [one[3]]))]


def test_the_faults_own_call_leads_whatever_the_tokens_and_responses_beside_it_say() -> None:
    fault = Fault.of("api_5xx", "Orders: 504 since 9:40", "POST …/orders/batch")

    assert ordered(fault) == ["API12", "API11", "OBS14", "OBS17", "SAML10", "OIDC07"]


def test_a_sign_in_case_keeps_causes_before_the_status_that_follows() -> None:
    assert ordered(Fault.of("saml", "Sign-in is refused"))[0] == "SAML10"


def test_without_a_type_failures_stand_before_warnings_and_causes_before_symptoms() -> None:
    assert ordered(Fault.of("", "It fails")) == ["SAML10", "OIDC07", "API12", "API11", "OBS14", "OBS17"]


def test_every_topic_is_the_beginning_of_a_check() -> None:
    ids = [check.id for check in every_check()]

    assert [one for topics in TOPICS.values() for one in topics if not any(name.startswith(one) for name in ids)] == []


def test_paths_statuses_and_identifiers_name_a_fault_and_plain_words_do_not() -> None:
    fault = Fault.of("api_5xx", "orders-api answers 504 on POST /v2/orders/batch, trucks leave empty.")

    assert fault.named == ("orders-api", "504", "/v2/orders/batch")
