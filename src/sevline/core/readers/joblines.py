"""What workers write of their jobs, line by line: Celery, Sidekiq, Active Job, Delayed Job, Laravel, Dramatiq,
Hangfire, Airflow, and any log that names a job's id and its state as fields.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sevline.core.readers.jobs import JobEvent, state_of
from sevline.core.readers.moments import any_moment

LONGEST = 4_000
#: What stands in every line that can be read here.
WORDS = (
    *("Task ", "task: ", "exceeded for ", "jid", "JID-", "job_id", "jobId", "job.id", "task_id", "taskId"),
    *("Job ID: ", "(id=", "Processing: ", "Processed: ", "Failed: ", "ing message '", "exceeded for message '"),
    *("process the job '", "Marking task as ", "Adding dead "),
)
TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z| UTC| ?[+-]\d\d:?\d\d)?")


@dataclass(frozen=True, slots=True)
class Told:
    """What one line says: state (see `readers.jobs`), job, and its kind, queue and error, if it names them."""

    state: str
    job: str
    kind: str = ""
    queue: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """`word` stands in each line that the pattern, with groups `job`, `kind`, `queue` and `error`, can match."""

    state: str
    word: str
    pattern: re.Pattern[str]


_CELERY = r"(?P<kind>[\w.:/-]{1,200})\[(?P<job>[\w-]{8,64})\]"
_ACTIVE = r"(?P<kind>[\w:]{1,200}) \(Job ID: (?P<job>[\w-]{8,64})\)"
_DUE = r"[^\n]{0,200}?due to an? (?P<error>[^\n]{1,300})"
_DELAYED = (
    r"Job (?P<kind>[\w:.#]{1,200}) (?:[^\n]{0,200}?)\(id=(?P<job>\w{1,64})\)(?: \(queue=(?P<queue>[^)\n]{1,80})\))?"
)
_RUN = r"dag_id=(?P<kind>[\w.-]{1,200}), (?:task_id=(?P<job>[\w.-]{1,200}))"


def _forms(*rows: tuple[str, str, str]) -> tuple[Form, ...]:
    return tuple(Form(state, word, re.compile(pattern)) for state, word, pattern in rows)


FORMS = _forms(
    ("planned", "received", rf"Task {_CELERY} received {{1,4}}ETA:"),
    ("started", "received", rf"Task {_CELERY} received"),
    ("done", "succeeded in", rf"Task {_CELERY} succeeded in "),
    ("retried", "retry: Retry in", rf"Task {_CELERY} retry: Retry in [\w.]{{1,20}}(?:: (?P<error>[^\n]{{1,300}}))?"),
    ("failed", "raised unexpected", rf"Task {_CELERY} raised unexpected: (?P<error>[^\n]{{1,300}})"),
    ("failed", "time limit", rf"(?P<error>(?i:hard) time limit \([\d.]{{1,12}}s?\)) exceeded for (?:task )?{_CELERY}"),
    ("cancelled", "Discarding revoked", rf"Discarding revoked task: {_CELERY}"),
    ("queued", "Enqueued ", rf"Enqueued {_ACTIVE} to \w{{1,60}}\((?P<queue>[^)\n]{{1,80}})\)"),
    ("started", "Performing ", rf"Performing {_ACTIVE} from \w{{1,60}}\((?P<queue>[^)\n]{{1,80}})\)"),
    ("done", "Performed ", rf"Performed {_ACTIVE} from "),
    ("failed", "Error performing", rf"Error performing {_ACTIVE} [^\n]{{0,200}}?(?:ms|s): (?P<error>[^\n]{{1,300}})"),
    ("retried", "Retrying ", rf"Retrying {_ACTIVE}{_DUE}"),
    ("dead", "Stopped retrying", rf"Stopped retrying {_ACTIVE}{_DUE}"),
    ("cancelled", "Discarded ", rf"Discarded {_ACTIVE}{_DUE}"),
    ("started", "RUNNING", rf"{_DELAYED} RUNNING"),
    ("done", "COMPLETED", rf"{_DELAYED} COMPLETED"),
    ("dead", "permanently", rf"{_DELAYED} (?:FAILED|REMOVED) permanently (?P<error>because of [^\n]{{1,120}})"),
    ("failed", "FAILED", rf"{_DELAYED} FAILED \(\d{{1,4}} prior attempts\) with (?P<error>[^\n]{{1,300}})"),
    ("retried", "Retrying message", r"Retrying message '(?P<job>[\w-]{8,64})' in "),
    ("dead", "Retries exceeded", r"Retries exceeded for message '(?P<job>[\w-]{8,64})'"),
    ("retried", "Retry attempt", r"process the job '(?P<job>[\w-]{1,64})': (?P<error>[^\n]{1,200}?)\. Retry attempt"),
    ("failed", "process the job", r"process the job '(?P<job>[\w-]{1,64})': (?P<error>[^\n]{1,200})"),
    ("done", "as SUCCESS", rf"Marking task as SUCCESS\. {_RUN}"),
    ("retried", "as UP_FOR_RETRY", rf"Marking task as UP_FOR_RETRY\. {_RUN}"),
    ("failed", "as FAILED", rf"Marking task as FAILED\. {_RUN}"),
    *((state, f"{word}: ", rf"\[(?P<job>[\w-]{{1,64}})\] {word}: {{1,9}}(?P<kind>[\w\\]{{1,200}})")
      for state, word in (("started", "Processing"), ("done", "Processed"), ("failed", "Failed"))),
    ("dead", "Adding dead", r"Adding dead (?P<kind>[\w:]{1,200}) job (?P<job>\w{8,64})"),
)  # fmt: skip
#: A field's value as JSON, also inside a string of JSON, and as logfmt write it.
_VALUE = r"\\?[\"']?\s?[=:]\s?\\?[\"']?"
JOB = re.compile(
    rf"(?<![\w.])(?:job_id|jobId|job\.id|jid|task_id|taskId|celery_task_id){_VALUE}([\w-]{{1,80}})|\bJID-(\w{{8,64}})"
)
STATE = re.compile(
    rf"(?<![\w.])(?:job_state|job_status|state|status|event|outcome|msg|message){_VALUE}"
    r"(?:job[ :._])?([\w-]{2,24})(?![\w .:/-])"
)
KIND = re.compile(rf"(?<![\w.])(?:job_class|job_type|job_name|task_name|worker|class){_VALUE}([\w.:\\/]{{2,120}})")
QUEUE = re.compile(rf"(?<![\w.])(?:queue_name|queue){_VALUE}([\w.:/-]{{1,80}})")
ERROR = re.compile(rf"(?<![\w.])(?:error_message|error|exception|reason|err){_VALUE}([^\"\\\n]{{2,300}})")
#: Sidekiq's own line without fields for it; and what it says of a job whose error a line of its own gives.
SIDEKIQ = re.compile(r"\b(?:INFO|WARN): (start|done|fail)\b")
RAISED = "Job raised exception"
OWN_LINE = re.compile(
    r"\b(?:WARN|ERROR)\b\W{1,3}(?:\\?[\"']?msg\\?[\"']?:\s?\\?[\"'])?"
    r"([A-Z]\w{1,60}(?:::\w{1,60}){0,6}: (?:[^\"\\\n]|\\.){1,300})"
)
#: A name that only an exception has.
EXCEPTION = re.compile(r"\w{1,60}(?:::\w{1,60}){1,6}:|\w{0,60}(?:Error|Exception|Timeout|Violation|Failure)\b")
SAID = re.compile(
    r"(?i)\bjob (?:was |has )?(enqueued|queued|started|completed|succeeded|finished|failed|retrying|retried|"
    r"dead.?lettered|discarded)\b|"
    r"\b((?:moved|sent|added|put)(?: it)? (?:in)?to (?:the )?dead[ _-]?(?:letter|set|queue|jobs?)\b|"
    r"retries exhausted\b)"
)
SHORT = {"start": "started", "stop": "done", "fail": "failed", "performed": "done", "exception": "failed"}


def told_of_job(line: str) -> Told | None:
    """What a line says of a job; None where it says nothing of one."""
    text = line[:LONGEST]
    for form in FORMS:
        if form.word in text and (found := form.pattern.search(text)) is not None:
            told = {key: (value or "").strip() for key, value in found.groupdict().items()}
            return Told(form.state, **told)
    return _by_fields(text)


def _by_fields(text: str) -> Told | None:
    named = JOB.search(text)
    if named is None or not (state := _state(text)):
        return None
    kind, queue, error = (found[1].strip() if (found := each.search(text)) else "" for each in (KIND, QUEUE, ERROR))
    return Told(state, named[1] or named[2], kind, queue, error if state in {"failed", "retried", "dead"} else "")


def _state(text: str) -> str:
    if RAISED in text:
        return "failed"
    if (own := SIDEKIQ.search(text)) is not None:
        return SHORT.get(own[1], own[1])
    for found in STATE.finditer(text):
        word = found[1].lower()
        if state := SHORT.get(word, "") or state_of(word):
            return state
    if (said := SAID.search(text)) is None:
        return ""
    return "dead" if said[2] else state_of(re.sub(r"\W", "_", said[1]))


def events_of(lines: Iterable[tuple[int, str]]) -> Iterator[JobEvent]:
    """The events of numbered lines in their order; a line without a time has that of the line before it."""
    at: datetime | None = None
    waiting: tuple[int, Told, datetime] | None = None
    failed: set[str] = set()
    for number, line in lines:
        at = _time(line) or at
        told = told_of_job(line) or _why_it_failed(line, failed)
        if waiting is not None:
            yield _below(waiting, line, told)
            waiting = None
        if told is None or at is None:
            continue
        is_failed = told.state == "failed"
        (failed.add if is_failed else failed.discard)(told.job)
        if is_failed and not told.error and RAISED in line:
            waiting = (number, told, at)
        else:
            yield _event(number, told, at)
    if waiting is not None:
        yield _event(*waiting)


def _below(waiting: tuple[int, Told, datetime], line: str, told: Told | None) -> JobEvent:
    """Sidekiq gives the error of a failure on the line below it."""
    return _event(*waiting, error=_own_error(line) if told is None else "")


def _why_it_failed(line: str, failed: set[str]) -> Told | None:
    """The exception of a job that has failed, on a line of its own that names the job and no state."""
    text = line[:LONGEST]
    named = JOB.search(text) if failed else None
    if named is None or (named[1] or named[2]) not in failed or not EXCEPTION.match(error := _own_error(text)):
        return None
    kind, queue = (found[1].strip() if (found := each.search(text)) else "" for each in (KIND, QUEUE))
    return Told("failed", named[1] or named[2], kind, queue, error)


def _own_error(line: str) -> str:
    """What a line gives as its error: in JSON to the end of the string, else to the end of the line."""
    if (own := OWN_LINE.search(line[:LONGEST])) is None:
        return ""
    if line.lstrip().startswith("{"):
        return own[1].replace('\\"', '"')
    return line[own.start(1) : own.start(1) + 300].strip()


def _event(number: int, told: Told, at: datetime, *, error: str = "") -> JobEvent:
    return JobEvent(f"{number}:1", told.job, told.state, at, told.queue, told.kind, told.error or error)


def _time(line: str) -> datetime | None:
    found = TIME.search(line[:400])
    return any_moment(found[0]) if found else None
