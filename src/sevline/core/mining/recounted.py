"""What the query of a card counts once more, as text and as JSON, redacted."""

import json
import shlex

from sevline.core.amount import amount
from sevline.core.mining.report import visible
from sevline.core.mining.surfacing.recounting import Counted, Recount
from sevline.core.redaction import Mode, Redactor


def command_of(prefix: str, query: str) -> str:
    """`prefix`: the command that read the logs, without what it was to show."""
    return f"{prefix} --recount {shlex.quote(query)}"


def recount_text(found: Recount, redactor: Redactor) -> str:
    lines = [visible(found.query)]
    timed = "since=" in found.query
    for one in found.counted:
        after = amount(one.after, "record")
        told = f"{one.before:,} before the moment, {after} from it on" if timed else f"{after} in all"
        lines.append(f"  {one.pattern.id}  {told}: {_masked(one.pattern.template, redactor)}")
    lines += [f"  {amount(count, 'record')} with {_masked(value, redactor)}" for value, count in found.naming]
    return "\n".join(lines) + "\n"


def recount_json(found: Recount, redactor: Redactor) -> str:
    first, *others = (_object(one, redactor) for one in found.counted)
    naming = [{"value": _masked(value, redactor), "count": count} for value, count in found.naming]
    told = {"query": found.query, **first, "others": others, "naming": naming}
    return json.dumps(told, ensure_ascii=False) + "\n"


def _object(one: Counted, redactor: Redactor) -> dict[str, object]:
    template = _masked(one.pattern.template, redactor)
    return {"pattern": one.pattern.id, "template": template, "before": one.before, "after": one.after}


def _masked(text: str, redactor: Redactor) -> str:
    return visible(redactor.document(Mode.LOGS, text.encode("utf-8", "replace")).data.decode("utf-8", "replace"))
