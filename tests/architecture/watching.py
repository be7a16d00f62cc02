"""What a request writes to the database, transaction by transaction, and whether each of them holds an event."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

EVENTS = "platform_event"
# Tables whose rows are no state of the desk, each with the reason why a change of them needs no event.
BESIDE = {
    "django_session": "which browser is signed in; signing in and out are events of their own",
    "platform_event": "the trail itself",
    "platform_job": "work that follows from an event, queued in its transaction",
    "platform_beat": "that a worker lives",
    "people_sentform": "that a form was done and how it was answered, so that it is done once; see `people.once`",
    "people_notice": "what an event said, told to one person; and whether they read it",
    "usersessions_usersession": "which browser is signed in, as the page of own sessions lists it",
    "platform_cache": "counts of tries and answers that are remembered for a while",
    "mfa_authenticator.last_used_at": "when a second factor was used last, as the event of the sign-in says too",
    "people_person.last_login": "when somebody signed in last, as the event of the sign-in says too",
}
# While a file arrives its sealed bytes are stored before anybody knows whether it will be whole; what records its
# arrival is the event in the transaction of its last byte. Until then no page shows it, and a job clears it away.
ARRIVING = {
    "vault_sealedfile": "sealed bytes of a file on its way in",
    "evidence_sending": "how far a file has come",
    "evidence_sendingpart": "which parts of it are here",
    "evidence_upload": "a row that no page shows before the file is whole",
}
_WRITE = re.compile(r'\s*(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM)\s+"?([a-z_0-9]+)"?', re.IGNORECASE)
_LAST = re.compile(r'\s*UPDATE "(\w+)" SET "(last_login|last_used_at)" = \S+ WHERE')
_SAVEPOINT = re.compile(r'\s*(RELEASE SAVEPOINT|ROLLBACK TO SAVEPOINT|SAVEPOINT)\s+"?(\w+)"?', re.IGNORECASE)


@dataclass
class Writes:
    """`done` are the tables that each transaction of the request wrote to; outside any, each write is one."""

    done: list[set[str]] = field(default_factory=list)
    _outer: str = ""
    _now: set[str] = field(default_factory=set)

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        answer = execute(sql, params, many, context)
        if mark := _SAVEPOINT.match(sql):
            self._mark(mark[1].upper(), mark[2])
        elif wrote := _WRITE.match(sql):
            last = _LAST.match(sql)
            self._wrote(f"{last[1]}.{last[2]}" if last else wrote[1])
        return answer

    def _mark(self, verb: str, name: str) -> None:
        if verb == "SAVEPOINT" and not self._outer:
            self._outer, self._now = name, set()
        elif verb.startswith("ROLLBACK") and name == self._outer:
            self._now = set()
        elif verb.startswith("RELEASE") and name == self._outer:
            self.done.append(self._now)
            self._outer = ""

    def _wrote(self, table: str) -> None:
        if self._outer:
            self._now.add(table)
        else:
            self.done.append({table})

    @property
    def recorded(self) -> bool:
        return any(EVENTS in tables for tables in self.done)

    def unrecorded(self, *, arrives: bool = False) -> list[list[str]]:
        """The tables of state that were written to in a transaction without an event."""
        beside = set(BESIDE) | (set(ARRIVING) if arrives else set())
        silent = (tables - beside for tables in self.done if EVENTS not in tables)
        return [sorted(tables) for tables in silent if tables]


@contextmanager
def watched() -> Iterator[Writes]:
    writes = Writes()
    with connection.execute_wrapper(writes):
        yield writes
