"""The report of an import as a text that a person can read without Genko."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from core.backup.plan import Action, ImportReport, Item, Outcome, ProjectPlan
from core.cells import clean

_OUTCOMES = {
    Outcome.CREATE: "new",
    Outcome.SAME: "same",
    Outcome.UPDATE: "changed",
    Outcome.CONFLICT: "differed",
    Outcome.MISSING_HERE: "only here, stays",
    Outcome.KEPT: "kept for later",
    Outcome.REFUSED: "refused",
}


def report_text(report: ImportReport) -> str:
    """Every project, item and row with what became of it, a line each; ends with a line break."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: ImportReport) -> Iterator[str]:
    cut = " (interrupted)" if report.interrupted else ""
    yield f"{'Import taken back' if report.undo_of else 'Import'}{cut} {report.done_at}"
    facts = [
        ("Source", _name(report.source.path)),
        ("System", _one_line(" ".join((report.source.system, report.source.form)))),
        ("SHA-256", report.source.sha256),
        ("Report", report.import_id),
        ("Takes back", report.undo_of),
        ("Backup made before", report.backup),
        ("Words", f"{report.words_before:,} before, {report.words_after:,} after"),
        ("Seconds", f"{report.seconds:,}"),
    ]
    yield from (f"{name}: {value}" for name, value in facts if value)
    yield from (_one_line(note) for note in report.notes)
    for project in report.projects:
        yield from _project(project)
    if report.rows:
        yield ""
        yield f"Rows of the source: {len(report.rows):,}"
        for row in report.rows:
            said = [str(row.get(key, "")) for key in ("where", "fate", "title", "why")]
            yield f"  {_one_line(' | '.join(part for part in said if part))}"


def _project(project: ProjectPlan) -> Iterator[str]:
    yield ""
    counts = Counter(item.outcome for item in project.items)
    said = ", ".join(f"{counts[outcome]:,} {name}" for outcome, name in _OUTCOMES.items() if counts[outcome])
    yield f"{_one_line(project.title) or '(untitled)'}: {project.action}; {said or 'nothing'}"
    if project.kind and project.action is not Action.SKIP:
        yield f"  {project.kind} {project.project_id}"
    elif project.action is not Action.SKIP:
        words = f"{project.words_before:,} words before, {project.words_after:,} after"
        yield f"  project {project.project_id}, {words}"
    yield from (f"  {_item(item)}" for item in project.items)


def _item(item: Item) -> str:
    choice = f" ({item.choice})" if item.choice is not None else ""
    parts = [f"{item.section}: {item.title}", f"{_OUTCOMES[item.outcome]}{choice}", item.detail, item.id]
    if item.new_id:
        parts.append(f"now {item.new_id}")
    return _one_line(" | ".join(part for part in parts if part))


def _name(path: str) -> str:
    """The path; of an address, which may hold a password, nothing."""
    return "a database" if ":/" in path and path.startswith("postgres") else path


def _one_line(text: str) -> str:
    return " ".join(clean(text).split())
