"""Container recipes: checked when they are saved, and part of the packet."""

from django.db import transaction

from sevline.cases.actions.working import locked_open, settle
from sevline.core.lifecycle import Refused
from sevline.core.reproduction.recipe import checked
from sevline.core.rights import Right, require
from sevline.diagnosis.events import RecipeSaved
from sevline.diagnosis.models import Recipe
from sevline.people.models import Person
from sevline.platform import clock
from sevline.vault import actions as vault


@transaction.atomic
def save_recipe(case_key: str, *, by: Person, text: str) -> Recipe:
    """Keep a recipe that parses and holds no secret; images without a digest are warned about."""
    require(by, Right.DIAGNOSIS_EDIT)
    case = locked_open(by, case_key)
    if not text.strip():
        raise Refused("Write the recipe, in the manner of a compose file.")
    checked(text)
    read = checked(vault.redact(case.key, text.replace("\r\n", "\n").strip() + "\n").text)
    now = clock.now()
    recipe = Recipe.objects.create(
        case=case, text=read.text, images=read.services, warnings=list(read.warnings), by=by, at=now
    )
    event = RecipeSaved(
        by=by.ref, subject=case.ref, case=case.key, images=tuple(read.services.values()), warnings=len(read.warnings)
    )
    settle(case, event, at=now)
    return recipe
