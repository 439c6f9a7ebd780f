"""A plan in words: a sentence for the whole, names for what happens, texts that can do no harm."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from operator import attrgetter

from core.backup.plan import Action, Choice, Decisions, ImportPlan, ImportReport, Item, Outcome, ProjectPlan
from core.cells import clean
from core.content import Fate
from core.sizes import as_size
from screens.backup.importing.deciding import choice_of, differences
from screens.wording import counted

NOTHING_NEW = "Everything in it is here already. Importing it would change nothing."
GONE_ON = (
    "Everything in it is here already, and you have gone on since. Importing it would change nothing; "
    "r makes a project again what it was in the backup."
)
LONGEST = 120
"""Characters of a name that a sentence or a row shows."""
SECTIONS = (
    "project",
    "script",
    "characters",
    "backgrounds",
    "scenes",
    "assembly",
    "pack",
    "assets",
    "prompts",
    "attempts",
    "media",
    "versions",
    "meta",
    "settings",
    "kept",
)
NOUNS = {
    "project": "project",
    "script": "page",
    "characters": "character",
    "backgrounds": "background",
    "scenes": "scene",
    "assembly": "page of the book",
    "pack": "detail of a draft",
    "assets": "asset",
    "prompts": "prompt",
    "attempts": "attempt",
    "media": "picture",
    "versions": "version",
    "meta": "detail of the project",
    "settings": "setting of yours",
    "kept": "package of other programs' data",
}
"""What one item of a section is called."""
HEADINGS = {
    "project": "Project",
    "script": "Script",
    "characters": "Characters",
    "backgrounds": "Backgrounds",
    "scenes": "Scenes",
    "assembly": "Pages of the book",
    "pack": "The draft itself",
    "assets": "Assets",
    "prompts": "Prompts",
    "attempts": "Attempts",
    "media": "Pictures",
    "versions": "Versions",
    "meta": "Title and such",
    "settings": "Settings",
    "kept": "Other programs' data",
}
ACTIONS = {
    Action.CREATE: "new project",
    Action.MERGE: "merge into yours",
    Action.SAME: "the same already",
    Action.COPY: "a copy beside yours",
    Action.RESTORE: "becomes theirs",
    Action.SKIP: "left out",
}
DONE = {
    Action.CREATE: "made",
    Action.MERGE: "merged",
    Action.SAME: "the same already",
    Action.COPY: "made as a copy",
    Action.RESTORE: "restored",
    Action.SKIP: "left out",
}
BACK = {**DONE, Action.RESTORE: "taken back", Action.SKIP: "as it was"}
"""In the report of an undoing."""
OUTCOMES = {
    Outcome.CREATE: "new",
    Outcome.UPDATE: "changed",
    Outcome.CONFLICT: "differs",
    Outcome.SAME: "same",
    Outcome.MISSING_HERE: "only yours",
    Outcome.KEPT: "kept for later",
    Outcome.REFUSED: "refused",
}
MARKS = {
    Outcome.CREATE: "+",
    Outcome.UPDATE: "~",
    Outcome.CONFLICT: "?",
    Outcome.SAME: "=",
    Outcome.MISSING_HERE: "·",
    Outcome.KEPT: "»",
    Outcome.REFUSED: "!",
}
"""What an outcome looks like without colours."""
CHOICES = {Choice.OURS: "yours stays", Choice.THEIRS: "theirs", Choice.BOTH: "both"}
FATES = {
    Fate.TAKEN: "brought in",
    Fate.VERSION: "an earlier version",
    Fate.DUPLICATE: "said twice",
    Fate.KEPT: "kept for later",
    Fate.EMPTY: "empty",
    Fate.NO_PLACE: "no place here",
    Fate.REFUSED: "refused",
}
SYSTEMS = {
    "genko": "A Genko backup",
    "json": "A backup in JSON",
    "mangaka": "Data of MANGAKA AI",
    "hublib": "Data of Hub-Lib",
    "magikswipe": "Universes of MagikSwipe",
    "alami": "A backup of Alami Gestion",
}


def action_of(project: ProjectPlan, names: Mapping[Action, str] = ACTIONS) -> str:
    """What happens to a project, or to a draft, which is called so."""
    said = names[project.action]
    if not project.kind:
        return said
    return said.replace("project", project.kind) if "project" in said else f"{project.kind}, {said}"


def shown(text: str, longest: int = LONGEST) -> str:
    """A name or a line of somebody's as it can be shown: on one line, with nothing a terminal obeys."""
    line = " ".join(clean(text[: longest * 2]).split())
    cut = len(line) > longest or len(text) > longest * 2
    return f"{line[: longest - 1]}…" if cut else line


def title_of(project: ProjectPlan) -> str:
    """Its title, fit to be shown."""
    return shown(project.title, 60) or "(untitled)"


def words_of(added: int, removed: int) -> str:
    """`+412 −3`; nothing for nothing."""
    return " ".join(
        part for part in (f"+{added:,}" if added else "", f"−{removed:,}" if removed else "") if part
    )


def listed(parts: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else "".join(parts)


def sentence(plan: ImportPlan, decisions: Decisions) -> str:
    """What importing it would do, before anything else is read."""
    if plan.problems:
        return "It can't be imported as it is. Nothing was changed."
    projects = [project for project in plan.projects if project.action is not Action.SKIP]
    if not projects:
        return "Nothing of it would come in; nothing is changed." if plan.projects else _nothing(plan)
    brought = _brought(projects)
    restored = [project for project in projects if project.action is Action.RESTORE]
    parts = [f"Brings {listed(brought)}" if brought else "", _differing(plan, decisions)]
    if restored:
        names = listed([f"“{title_of(project)}”" for project in restored[:3]])
        parts.append(f"{names} becomes what it was; undo brings back what is there now")
    if not any(parts):
        return GONE_ON if any(has_gone_on(project) for project in projects) else NOTHING_NEW
    ending = "nothing is deleted" if not restored else "other projects stay as they are"
    return "; ".join(part for part in (*parts, ending) if part) + "."


_OF_NO_PROJECT = ("kept", "settings")


def has_gone_on(project: ProjectPlan) -> bool:
    """Whether it holds all that the backup has, and more was done since: such items say so."""
    own = (item for item in project.items if item.section not in _OF_NO_PROJECT)
    return project.action is Action.SAME and any(item.detail for item in own)


def _nothing(plan: ImportPlan) -> str:
    if not plan.rows:
        return "There is nothing in it."
    counts = Counter(fate_of(row) for row in plan.rows)
    said = listed([f"{counts[fate]:,} {FATES[fate]}" for fate in FATES if counts[fate]])
    return f"None of it goes into a project: {counted(len(plan.rows), 'row')}, {said}. Nothing is changed."


def fate_of(row: Mapping[str, object]) -> Fate:
    """What becomes of a row of old data; what nobody understands is refused."""
    try:
        return Fate(str(row.get("fate", "")))
    except ValueError:
        return Fate.REFUSED


def _brought(projects: Sequence[ProjectPlan]) -> list[str]:
    made = [project for project in projects if project.action in (Action.CREATE, Action.COPY)]
    books = [project for project in made if not project.kind]
    parts = [
        f"{counted(len(books), 'new project')} ({counted(sum(one.words_after for one in books), 'word')})"
    ]
    parts = parts if books else []
    parts += [counted(len(made) - len(books), "new draft")] if len(made) > len(books) else []
    merged = [item for project in projects if project.action is Action.MERGE for item in project.items]
    counts = Counter(map(attrgetter("outcome", "section"), merged))
    back = sum(count for (_, section), count in counts.items() if section == "project")
    parts += [f"{counted(back, 'project')} back out of the trash"] if back else []
    for outcome, name in ((Outcome.CREATE, "new"), (Outcome.UPDATE, "changed")):
        parts += [
            counted(count, f"{name} {NOUNS[section]}")
            for section in SECTIONS[1:]
            if (count := counts[outcome, section])
        ]
    return [_plural(part) for part in parts]


def _plural(part: str) -> str:
    """`2 changed pages of the book` where counting said `2 changed page of the books`."""
    for noun in NOUNS.values():
        first, of, rest = noun.partition(" of ")
        if of and part.endswith(f"{noun}s"):
            return f"{part.removesuffix(f'{noun}s')}{first}s{of}{rest}"
    return part


def _differing(plan: ImportPlan, decisions: Decisions) -> str:
    found = [choice_of(decisions, project, item) for project, item in differences(plan)]
    if not found:
        return ""
    differ = f"{len(found):,} of yours {'differs' if len(found) == 1 else 'differ'} from it"
    counts = Counter(found)
    settled = [f"{counts[one]:,} {CHOICES[one]}" for one in Choice if counts[one]]
    if not settled:
        return f"{differ}: you choose"
    return f"{differ}: {listed([*settled, *([f'{counts[None]:,} to settle'] if counts[None] else [])])}"


def source_line(plan: ImportPlan) -> str:
    """What it is that would be brought in: `A Genko backup of 21 November 2026, 09:12; 214 kB.`"""
    source = plan.source
    what = SYSTEMS.get(source.system, "Data")
    form = f" ({shown(source.form)})" if source.form and source.system != "genko" else ""
    made = f" of {moment_of(source.made_at)}" if source.made_at else ""
    label = f", “{shown(source.label, 60)}”" if source.label else ""
    large = f"; {as_size(source.size)}" if source.size else ""
    return f"{what}{form}{made}{label}{large}."


def moment_of(moment: str) -> str:
    """A moment in ISO 8601 in the writer's own time; what is none stays as it is."""
    try:
        local = datetime.fromisoformat(moment).astimezone()
    except (ValueError, OverflowError, OSError):
        return shown(moment, 40)
    return f"{local.day} {local:%b %Y, %H:%M}"


def report_heading(report: ImportReport) -> str:
    """What the report is of."""
    if report.interrupted:
        return "Import taken back in part" if report.undo_of else "Import stopped in the middle"
    return "Import taken back" if report.undo_of else "Import done"


def report_sentence(report: ImportReport) -> str:
    """What was done."""
    if report.interrupted:
        return shown(report.interrupted, 600)
    changed = [one for one in report.projects if one.action not in (Action.SKIP, Action.SAME)]
    counts = Counter(item.outcome for project in changed for item in project.items)
    names = {Outcome.CREATE: "new", Outcome.UPDATE: "changed", Outcome.CONFLICT: "settled"}
    named = [f"{counts[outcome]:,} {name}" for outcome, name in names.items() if counts[outcome]]
    words = f"; {report.words_before:,} words before, {report.words_after:,} now"
    if changed and all(project.kind for project in changed):
        words = ""  # a draft has no script
    if report.undo_of:
        return f"The import was taken back{words}."
    if not report.projects and report.rows:
        kept = sum(fate_of(row) is Fate.KEPT for row in report.rows)
        later = f"; {counted(kept, 'row')} kept for later" if kept else ""
        return f"No project was changed{later}."
    restored = any(project.action is Action.RESTORE for project in changed)
    end = "" if restored else "; nothing was deleted"
    if not changed:
        return "Everything was here already; nothing was changed."
    of_drafts = sum(bool(project.kind) for project in changed)
    counts_of_both = [
        counted(count, what)
        for count, what in ((len(changed) - of_drafts, "project"), (of_drafts, "draft"))
        if count
    ]
    return f"{listed(counts_of_both)}: {listed(named) or 'nothing new'}{words}{end}."


def outcome_of(item: Item, choice: Choice | None, *, asked: bool) -> str:
    """What happens to an item, in a word or two; for a difference what was chosen."""
    if item.outcome is not Outcome.CONFLICT:
        return OUTCOMES[item.outcome]
    if choice is None:
        return "you choose" if asked else CHOICES[Choice.OURS]
    return CHOICES[choice]


def counts_of(items: Iterable[Item]) -> str:
    """`2 new, 1 changed, 22 same`."""
    counts = Counter(item.outcome for item in items)
    named = {**OUTCOMES, Outcome.CONFLICT: "differs" if counts[Outcome.CONFLICT] == 1 else "differ"}
    return ", ".join(f"{counts[outcome]:,} {named[outcome]}" for outcome in named if counts[outcome])
