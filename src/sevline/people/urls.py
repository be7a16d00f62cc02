"""Addresses about people: `urlpatterns` under `people/`; the other lists stand under the prefix they are named for."""

from django.urls import path, re_path
from django.views.generic import RedirectView

from sevline.people.views import desk, entrance, own

urlpatterns = [
    path("", desk.people, name="people"),
    path("invite", desk.invite, name="person_invite"),
    path("notices", own.notices, name="notices"),
    path("notices/read", own.read, name="notices_read"),
    path("me", own.security, name="own_security"),
    path("me/tokens", own.tokens, name="own_tokens"),
    path("me/tokens/<int:token_id>/revoke", own.revoke_token, name="revoke_token"),
    path("me/sign-out-elsewhere", own.sign_out_elsewhere, name="sign_out_elsewhere"),
    path("<int:person_id>", desk.person, name="person"),
    path("<int:person_id>/link", desk.new_link, name="person_link"),
    re_path(r"^(?P<person_id>[0-9]+)/(?P<to>off|on|forget)$", desk.switch, name="person_switch"),
]

enter = [path("<str:token>", entrance.enter, name="enter")]
setup = [path("<str:token>", entrance.setup, name="setup")]

# Stand before the sign-in library's own addresses and replace those that this product answers itself.
accounts = [
    path("password/reset/", entrance.forgotten, name="account_reset_password"),
    *(
        re_path(rf"^{shut}", RedirectView.as_view(pattern_name="account_login"))
        for shut in ("signup/", "email/", "confirm-email/", "password/set/", "password/reset/.+", "login/code/")
    ),
]
