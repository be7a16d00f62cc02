"""Which page comes from which function. A page is its path below the root of the repository and a function of text."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path

from tools.docs import bench, decisions, escalation, figures, glossary, lifecycles, outbound, requirement_map, system

ROOT = Path(__file__).resolve().parents[2]
NOTE = "<!-- Written by `make docs`. Change its source, not this page. -->\n"
Page = Callable[[], str]

REFERENCE: Mapping[str, tuple[str, Page]] = {
    "lifecycles": ("The statuses of each record and the moves between them", lifecycles.page),
    "rights": ("Which role may do what", decisions.rights),
    "decision-rights": ("Who decides, approves or recommends each decision", decisions.decision_rights),
    "severity": ("The questions and the rows that rate a case", decisions.severity),
    "service-levels": ("Targets, warnings, calendars and what moves each clock", decisions.service_levels),
    "packet": ("The fields of an escalation packet, their points, and the gates", escalation.packet),
    "evidence": ("The evidence that a case needs, by severity and type", escalation.evidence),
    "field-classes": ("Which fields are masked, and for whom", decisions.field_classes),
    "outbound-lint": ("What is checked in a text before it goes to a customer", outbound.page),
    "kpis": ("The figures, their definitions and bounds", figures.page),
    "detectors": ("What redaction looks for", bench.detectors),
    "checks": ("What the bench checks in evidence", bench.checks),
    "log-formats": ("The logs and exports that are read, and which were held against real files", bench.log_formats),
    "settings": ("Every setting of an installation", system.settings),
    "commands": ("The command line", system.commands),
    "glossary": ("The terms of the field as the product uses them, and every named value", glossary.page),
}

MEASURED: Mapping[str, str] = {
    "log-figures": "Speed and accuracy of the log engine beside its peers",
    "surfacing-figures": "How often what stands out in a log is right",
    "explorer-figures": "Server time of the pattern explorer over a hundred thousand patterns",
    "redaction-figures": "Speed, recall and false alarms of redaction",
    "diagnostics-figures": "Time and memory of an examination",
    "web-figures": "Server time of the pages",
}
"""Pages that are written by hand from what a benchmark printed."""


def pages() -> dict[str, Page]:
    """The generated pages by path, in the order in which they are written."""
    reference = {f"docs/reference/{name}.md": page for name, (_, page) in REFERENCE.items()}
    topics: dict[str, Page] = {
        f"docs/reference/checks/{topic.lower()}.md": partial(bench.checks_of, topic) for topic in bench.by_topic()
    }
    return {"docs/map.md": lambda: requirement_map.page(ROOT), "docs/reference/index.md": index, **reference, **topics}


def index() -> str:
    lines = [
        f"- [{_heading(name)}]({name}.md): {about[0].lower()}{about[1:]}" for name, (about, _) in REFERENCE.items()
    ]
    measured = [f"- [{_heading(name)}]({name}.md): {about[0].lower()}{about[1:]}" for name, about in MEASURED.items()]
    return "\n".join(
        [
            "# Reference",
            "",
            "These pages are written from the code, so that they say what it does.",
            "",
            *lines,
            "",
            "## Measured",
            "",
            "Figures of one machine, each with the command that prints them again.",
            "",
            *measured,
        ]
    )


def _heading(name: str) -> str:
    return "KPIs" if name == "kpis" else name.replace("-", " ").capitalize()


def text_of(page: Page) -> str:
    return NOTE + "\n" + page().rstrip() + "\n"


def write(chosen: Mapping[str, Page]) -> Iterable[Path]:
    """Writes what differs; yields each file that it wrote."""
    for name, page in chosen.items():
        path, text = ROOT / name, text_of(page)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            yield path


def outdated(chosen: Mapping[str, Page]) -> list[str]:
    """The pages whose file is missing or differs from what would be written now."""
    stale = []
    for name, page in chosen.items():
        path = ROOT / name
        if not path.exists() or path.read_text(encoding="utf-8") != text_of(page):
            stale.append(name)
    return stale
