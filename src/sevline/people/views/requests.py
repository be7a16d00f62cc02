"""A request of somebody who is signed in, which the middleware has made sure of."""

from django.http import HttpRequest

from sevline.people.models import Person


class SignedIn(HttpRequest):
    user: Person
