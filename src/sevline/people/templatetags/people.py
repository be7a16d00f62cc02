"""Words about people for templates."""

from django import template

from sevline.core.rights import ROLE_TITLES, Role

register = template.Library()


@register.filter
def role_title(key: str) -> str:
    """A role key as people say it; an unknown key stays as it is."""
    return ROLE_TITLES[Role(key)] if key in frozenset(Role) else key
