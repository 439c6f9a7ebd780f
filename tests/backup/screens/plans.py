"""Plans made by hand: every outcome, and titles of somebody who means harm."""

from __future__ import annotations

from core.backup.plan import Action, ImportPlan, Item, Outcome, ProjectPlan, SourceInfo

OURS = "PANEL 1 :\n(The street at night, rain.)\nAKIRA : Run! Now!\nCAPTION : Tokyo.\n"
THEIRS = "PANEL 1 :\n(The street at night.)\nAKIRA : Run!\nMARIE : Where to?\nCAPTION : Tokyo.\n"
EVIL = "\x1b]0;x\x07\x1b[31m\u202eevil [b]bold[/b] [@click=app.quit]z[/] " + "z" * 10_000
SOURCE = SourceInfo("/b/night.genko-backup", "genko", "", "ab", 214_000, "x", "2026-11-21T09:12:03+00:00")


def item(key: str, outcome: Outcome, section: str = "script", **more: object) -> Item:
    """A line of a plan."""
    title = more.pop("title", f"Page {key}")
    return Item(f"{section}:{key}", section, title, outcome, **more)  # type: ignore[arg-type]


def merged(*items: Item, key: str = "night", title: str = "Night") -> ProjectPlan:
    """A project that the writer has, too."""
    return ProjectPlan(key, title, Action.MERGE, f"id of {key}", items, 10, 20)


def plan_of(*projects: ProjectPlan, **more: object) -> ImportPlan:
    """A plan of a backup."""
    return ImportPlan(SOURCE, projects, **more)  # type: ignore[arg-type]


def differing(count: int = 3) -> ImportPlan:
    """Pages that differ, one of which has changed on one side only, in one project of two."""
    pages = [item(str(at), Outcome.CONFLICT, ours=OURS, theirs=THEIRS) for at in range(count)]
    changed = item("changed", Outcome.UPDATE, words_added=412, words_removed=2, detail="+412 words")
    made = ProjectPlan("jungle", "Jungle", Action.CREATE, "", (item("1", Outcome.CREATE),), 0, 1020)
    return plan_of(merged(changed, *pages, item("same", Outcome.SAME)), made)
