"""Words about people for templates."""

from django import template

from sevline.core.rights import ROLE_TITLES, Role
from sevline.people.selectors import DemoPerson, demo_desk

register = template.Library()


@register.filter
def role_title(key: str) -> str:
    """A role key as people say it; an unknown key stays as it is."""
    return ROLE_TITLES[Role(key)] if key in frozenset(Role) else key


@register.simple_tag
def demo_people() -> tuple[DemoPerson, ...]:
    """Who may sign in to a desk that holds the demo people alone."""
    return demo_desk(alone=True)
