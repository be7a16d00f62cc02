"""Words about people for templates."""

from django import template
from django.template import Context

from sevline.core.rights import ROLE_TITLES, Role
from sevline.people.models import Person
from sevline.people.selectors import DemoPerson, demo_desk, email_of

register = template.Library()


@register.filter
def role_title(key: str) -> str:
    """A role key as people say it; an unknown key stays as it is."""
    return ROLE_TITLES[Role(key)] if key in frozenset(Role) else key


@register.simple_tag(takes_context=True, name="email_of")
def email_for_reader(context: Context, whose: Person) -> str:
    """The address of somebody, as whoever looks at the page may read it."""
    return email_of(context["request"].user, whose)


@register.simple_tag
def demo_people() -> tuple[DemoPerson, ...]:
    """Who may sign in to a desk that holds the demo people alone."""
    return demo_desk(alone=True)
