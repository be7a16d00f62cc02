"""What happens to the catalogue."""

from dataclasses import dataclass
from typing import ClassVar

from sevline.platform.events import Happening


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductAreaAdded(Happening):
    kind: ClassVar[str] = "product_area.added"
    engineering: str
    is_critical: bool
