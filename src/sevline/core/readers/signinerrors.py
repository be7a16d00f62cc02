"""What authorization servers' error codes mean, who can change it, and the next step. The rows are a table."""

from functools import cache
from typing import Literal

from sevline.core.finding import Side
from sevline.core.tables import Row, Table, load, no_repeats


class SignInErrorRow(Row, frozen=True):
    """One code: `means` completes “the provider says that …”."""

    family: Literal["oauth", "entra", "okta"]
    code: str
    means: str
    owner: Side
    step: str


class SignInErrorTable(Table, frozen=True):
    error: tuple[SignInErrorRow, ...]

    def check_rows(self) -> None:
        no_repeats("code", (row.code for row in self.error))


@cache
def sign_in_errors() -> dict[str, SignInErrorRow]:
    return {row.code: row for row in load("sign_in_errors.toml", SignInErrorTable).error}
