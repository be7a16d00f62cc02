"""What stands in one place of a sentence, where the evidence that it is a variable is short."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Flags = NDArray[np.bool_]
    Weights = NDArray[np.float64]

LEAST = 0.35
"""Below this part of the evidence wanted nothing is asked."""


@dataclass(frozen=True, slots=True)
class Alternatives:
    """What stands in contexts, some token after the other. `index`: of each token, its place in the forms; `context`:
    the number of its context, rising; `new`: whether it is the first of its word there. Of each context, `evidence`:
    how much of what is wanted there is; `telling`: the weight of the context; `shared`: how many times its words count
    because they stand in other contexts too; `first`: whether its place is the first. `free`: whether free text
    would follow."""

    index: "Ints"
    context: "Ints"
    new: "Flags"
    evidence: "Weights"
    telling: "Weights"
    shared: "Weights"
    first: "Flags"
    free: bool
