"""Which findings are read first: what explains a refused sign-in stands before the HTTP status that it produced."""

#: What a service refuses a sign-in message for, judged on the message itself.
REFUSED_FOR = tuple(f"SAML{number:02}" for number in (1, 3, 4, 5, 6, 7, 8, 9, 11, 12, 14, 15))
#: What the service's own log says that it refused.
STATED = ("OBS16",)
#: The rest of what is known of sign-ins, by the beginning of the id: the assertion comes before the token of a call.
SIGN_IN = ("SAML", "OIDC")
FIRST_OF_SIGN_IN = 2
GROUPS = FIRST_OF_SIGN_IN + len(SIGN_IN) + 1


def place_of(check_id: str) -> int:
    """The group of a check, 0 first; within a state and a group findings stand by check id."""
    if check_id in REFUSED_FOR:
        return 0
    if check_id in STATED:
        return 1
    named = next((place for place, topic in enumerate(SIGN_IN) if check_id.startswith(topic)), len(SIGN_IN))
    return FIRST_OF_SIGN_IN + named
