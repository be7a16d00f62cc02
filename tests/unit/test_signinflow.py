"""At which step of a sign-in a check's word belongs."""

from sevline.core.signinflow import Said, flows


def broken(*said: tuple[str, str]) -> int:
    (flow,) = flows([Said(check, state, check) for check, state in said])
    return flow.broken.number if flow.broken else 0


def test_a_redirect_uri_fails_where_the_code_is_redeemed_once_a_code_came_back() -> None:
    assert broken(("OIDC09", "FAIL"), ("OIDC13", "FAIL"), ("OIDC10", "PASS")) == 4


def test_without_a_code_it_is_the_authorization_request_that_fails() -> None:
    assert broken(("OIDC09", "FAIL"), ("OIDC10", "NOT_EVALUATED")) == 1


def test_an_error_of_the_provider_before_any_code_is_the_providers_step() -> None:
    assert broken(("OIDC13", "FAIL")) == 2
