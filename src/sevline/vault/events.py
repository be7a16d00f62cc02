"""What the vault tells of."""

from dataclasses import dataclass
from typing import ClassVar

from sevline.platform.events import Happening


@dataclass(frozen=True, slots=True, kw_only=True)
class SecretsLearned(Happening):
    """Secrets were found by their names, and are masked in the whole case from now on."""

    kind: ClassVar[str] = "vault.secrets_learned"
    count: int
