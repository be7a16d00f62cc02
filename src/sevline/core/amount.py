"""Numbers of things in sentences."""


def amount(count: int, one: str, many: str = "") -> str:
    """“1 record”, “1,204 records”; `many` where it is not `one` with an s."""
    return f"{count:,} {one if count == 1 else many or f'{one}s'}"


def sentence_of(count: int, one: str, many: str) -> str:
    """The sentence for a single thing, or the one for so many, in which `{:,}` stands for the number."""
    return (one if count == 1 else many).format(count)
