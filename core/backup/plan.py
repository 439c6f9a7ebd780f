"""What an import would do, item by item: shown before, given to who does it, and reported after."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import msgspec


class Action(StrEnum):
    """What happens to a project."""

    CREATE = "create"
    MERGE = "merge"
    SAME = "same"
    """All that the source has of it is in it already."""
    COPY = "copy"
    """A new project beside the one that has its id."""
    RESTORE = "restore"
    """The project becomes what the source has, as an edit that can be undone."""
    SKIP = "skip"


class Outcome(StrEnum):
    """What happens to one item: a page of the script, a record, a picture, a version, a setting."""

    CREATE = "create"
    SAME = "same"
    UPDATE = "update"
    """Only theirs changed, or both did without touching each other."""
    CONFLICT = "conflict"
    """Both differ and nothing tells which is meant; see `choice`."""
    MISSING_HERE = "missing here"
    """We have it and the source has not. It stays: an import deletes nothing."""
    KEPT = "kept"
    """Set aside whole, for the part of Genko that will have a place for it."""
    REFUSED = "refused"


class Choice(StrEnum):
    """How a conflict is settled; unsaid: ours, and theirs becomes a version."""

    OURS = "ours"
    THEIRS = "theirs"
    BOTH = "both"


class Item(msgspec.Struct, frozen=True):
    """One line of a plan."""

    id: str
    """Unique in its project's plan; what choices name: `page:<key>`, `characters:<id>`, `media:<sha>`."""
    section: str
    """script, characters, backgrounds, scenes, assembly, pack, assets, prompts, attempts, media, versions,
    meta, settings."""
    title: str
    outcome: Outcome
    detail: str = ""
    """In words: “+412 words, 2 lines would be replaced”."""
    words_added: int = 0
    words_removed: int = 0
    choice: Choice | None = None
    ours: str = ""
    """For a conflict: what stands here, to be shown beside `theirs`."""
    theirs: str = ""
    new_id: str = ""
    """The id it gets, where its own is taken."""


class ProjectPlan(msgspec.Struct, frozen=True):
    """What would happen to one project."""

    key: str
    """What the source calls it."""
    title: str
    action: Action
    project_id: str = ""
    """The project it goes into; empty until one is made."""
    items: tuple[Item, ...] = ()
    words_before: int = 0
    words_after: int = 0
    base: str = ""
    """The version of our document that this was planned on; another one means planning again."""
    kind: str = ""
    """"draft" for a draft; empty for a project, and for settings."""

    @property
    def conflicts(self) -> tuple[Item, ...]:
        """What the writer may want to settle."""
        conflict = Outcome.CONFLICT  # looked up once: there may be tens of thousands of items
        return tuple(item for item in self.items if item.outcome is conflict)


class SourceInfo(msgspec.Struct, frozen=True):
    """Where an import comes from."""

    path: str
    system: str
    """`genko`, `json`, `mangaka`, `hublib`, `magikswipe`, `alami`."""
    form: str
    sha256: str
    """Of the whole file, in hex: another one at the time of doing means planning again."""
    size: int
    archive_id: str = ""
    """The archive's own id, or a name of the source that is the same each time it is read."""
    made_at: str = ""
    """ISO 8601, if it says so."""
    label: str = ""


class ImportPlan(msgspec.Struct, frozen=True):
    """The dry run. The same code makes it again right before anything is done."""

    source: SourceInfo
    projects: tuple[ProjectPlan, ...] = ()
    rows: tuple[dict[str, Any], ...] = ()
    """Of foreign data, a line for each row (`core.content.RowFate` as JSON)."""
    notes: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    """Why it can't be imported as it is; with any of these nothing is done."""

    @property
    def changes(self) -> int:
        """How many items would change anything here."""
        changing = (Outcome.CREATE, Outcome.UPDATE, Outcome.CONFLICT)
        return sum(item.outcome in changing for project in self.projects for item in project.items)


class Decisions(msgspec.Struct, frozen=True):
    """What the writer chose in the preview."""

    actions: dict[str, Action] = {}
    """By a project's key; unsaid: merge into the project that has its id, else create."""
    choices: dict[str, dict[str, Choice]] = {}
    """By a project's key and an item's id."""
    all_conflicts: Choice | None = None
    """For those that were not settled one by one."""
    projects: tuple[str, ...] = ()
    """Keys of the projects to bring in; empty: all."""
    sections: tuple[str, ...] = ()
    """Sections to bring in; empty: all."""
    settings: bool = False
    """Whether settings and keymap of the archive take the place of ours."""
    adopt: bool = False
    """Whether links of a backup's records that lead nowhere come in as they stand; else it is refused."""


class ImportReport(msgspec.Struct, frozen=True):
    """What was done, read back from where it was put. Kept beside the backups and on the server."""

    import_id: str
    source: SourceInfo
    done_at: str
    projects: tuple[ProjectPlan, ...] = ()
    """With the outcome that every item has had."""
    rows: tuple[dict[str, Any], ...] = ()
    notes: tuple[str, ...] = ()
    backup: str = ""
    """The file of the backup that was taken before; empty if there was nothing to lose."""
    words_before: int = 0
    words_after: int = 0
    seconds: float = 0.0
    undone_at: str = ""
    undo_of: str = ""
    """The import that this took back."""
    path: str = ""
    """The report as a file."""
    interrupted: str = ""
    """Of one that came to no end: how far it came, in a sentence. `projects` are those that are done."""
