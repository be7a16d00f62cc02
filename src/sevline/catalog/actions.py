"""Every write about what is supported."""

from django.db import transaction
from django.utils.text import slugify

from sevline.catalog.events import ProductAreaAdded
from sevline.catalog.models import ProductArea
from sevline.core.lifecycle import Refused
from sevline.core.rights import Right, require
from sevline.people.models import Person, Team
from sevline.platform.events import Ref, record


@transaction.atomic
def add_product_area(*, by: Person, name: str, engineering: Team, is_critical: bool = False) -> ProductArea:
    """Add a product area and the engineering team that owns it; escalations of its cases go there."""
    require(by, Right.CATALOG_EDIT)
    name = name.strip()
    key = slugify(name)[:40]
    if not key:
        raise Refused("Give the product area a name with at least one letter or digit.")
    if not engineering.is_engineering:
        raise Refused(f"{engineering.name} is no engineering team; an area belongs to one.")
    if ProductArea.objects.filter(key=key).exists():
        raise Refused(f"There is a product area “{name}” already.")
    area = ProductArea.objects.create(key=key, name=name, engineering=engineering, is_critical=is_critical)
    subject = Ref("product_area", area.key, area.name)
    record(ProductAreaAdded(by=by.ref, subject=subject, engineering=engineering.key, is_critical=is_critical))
    return area
