"""Two characters that are one: who stays, what happens, and only then is it done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from textual import on
from textual.binding import Binding
from textual.timer import Timer

from core.bible import Merging, plan_merge
from core.errors import UsageError
from core.script import Script
from core.script.renaming import Edit, NameUses, edits_for
from core.story import ProjectStore, Section
from core.story.fields import Kind
from core.story.records import columns_of
from screens.bible.views.dialogs import ListDialog
from screens.bible.views.following import Following
from screens.bible.views.lines import BLANK, Line, LineList, heading, quiet
from screens.wording import counted

CUES = "cues"
SLICE_MS, PAUSE = 5.0, 0.012
LABELS = {"colour": "colour", "age": "age", "role": "role", "archetype": "archetype", "image_url": "picture"}


class Merge(NamedTuple):
    """What the writer decided."""

    plan: Merging
    edits: list[Edit]
    """Of the cues, from the first place to the last."""
    version: int
    """Of the script that they are for."""


class MergeDialog(ListDialog[Merge | None]):
    """Shows what would happen, and follows whatever others do meanwhile."""

    keys = "Enter: merge   s: the other stays   Space: cues too   Esc: cancel"
    follows = (Section.CHARACTERS, Section.SCENES, Section.ASSEMBLY, Section.SCRIPT)
    BINDINGS = [
        Binding("s,left,right", "swap", show=False, priority=True),
        Binding("enter", "merge", show=False, priority=True),
    ]

    def __init__(
        self, store: ProjectStore, script: Script, following: Following, keep_id: str, gone_id: str
    ) -> None:
        super().__init__(store)
        self._script = script
        self._following = following
        self._keep, self._gone = keep_id, gone_id
        self._rename = False
        self._plan: Merging | None = None
        self._uses: NameUses | None = None
        self._of = -1
        self._timer: Timer | None = None

    def show(self) -> None:
        """What would happen now; the cues are looked for in slices."""
        if not self.is_there:
            return
        try:
            self._plan = plan_merge(self.store, self._script, self._keep, self._gone)
        except UsageError:  # one of them was deleted meanwhile
            self._plan = None
        if self._plan is not None:
            stays, goes = _named(self._plan.keep.name), _named(self._plan.gone.name)
            self.ask(f"{goes} becomes {stays}")
            if self._of != self._script.version or self._uses is None:
                self._uses, self._of = NameUses(self._script, self._plan.gone.name), self._script.version
                self._look_soon()
        super().show()

    def _look_soon(self) -> None:
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(PAUSE, self._look)

    def _look(self) -> None:
        """For the cues, a few milliseconds at a time."""
        self._timer = None
        if self._uses is None or not self.is_there:
            return
        if self._script.done and self._of == self._script.version and self._uses.advance(SLICE_MS):
            super().show()
        else:
            if self._of != self._script.version:
                self._uses, self._of = NameUses(self._script, self._old), self._script.version
            self._look_soon()

    @property
    def _old(self) -> str:
        return self._plan.gone.name if self._plan is not None else ""

    @property
    def _found(self) -> bool:
        """Whether all cues are known."""
        return self._timer is None and self._of == self._script.version

    def said(self) -> str:
        """When nothing can be done."""
        return "" if self._plan else "One of the two was deleted meanwhile."

    def make(self, width: int) -> Sequence[Line]:
        """What happens, a sentence a line."""
        plan = self._plan
        if plan is None:
            return []
        stays, goes = _named(plan.keep.name), _named(plan.gone.name)
        lines = [heading("What happens")]
        lines += [Line(((f"• {words}", ""),)) for words in (*self._changes(plan), *self._elsewhere(plan))]
        if self._following.ready:
            mine, theirs = (self._following.presence.totals(one.id) for one in (plan.keep, plan.gone))
            said = (
                f"{counted(theirs.lines, 'line')} of {goes} {'is' if theirs.lines == 1 else 'are'} {stays}’s"
            )
            lines.append(Line(((f"• {said}: {counted(mine.lines + theirs.lines, 'line')} in all", ""),)))
        lines.append(Line(((f"• {goes} goes to the trash; one undo takes all of it back", ""),)))
        for field, kept, lost in plan.differing:
            words = f"! {LABELS.get(field, field)}: {kept} stays, {lost} is only in the trash"
            lines.append(Line(((words, "warning"),)))
        lines += [BLANK, heading("In the script")]
        if not self._found or self._uses is None:
            return [*lines, quiet("Looking for cues…")]
        cues = counted(len(self._uses.cues), "cue")
        if not self._uses.cues:
            return [*lines, quiet(f"No cue says {goes}.")]
        return [*lines, Line(((f"{cues} of {goes}: write {stays} there", ""),), CUES, box=self._rename)]

    def _changes(self, plan: Merging) -> list[str]:
        """What happens to the record of the one who stays."""
        said = []
        if "aliases" in plan.fields:
            said.append(f"{_named(plan.keep.name)} is also called {', '.join(plan.fields['aliases'])}")
        columns = columns_of(Section.CHARACTERS)
        kinds = {name: columns[name].kind for name in plan.fields if name in columns and name != "aliases"}
        joined = [name for name, kind in kinds.items() if kind in (Kind.PROSE, Kind.NAMES, Kind.PAIRS)]
        taken = [name for name, kind in kinds.items() if kind is Kind.PLAIN]
        if joined:
            said.append(f"put together: {', '.join(joined)}")
        if taken:
            said.append(f"taken over: {', '.join(taken)}")
        return said

    def _elsewhere(self, plan: Merging) -> list[str]:
        """What happens to other records."""
        told = dict.fromkeys((section, key) for section, key, _ in plan.changes)
        touched = [one for one in told if one[1] not in (self._keep, self._gone)]
        nouns = {Section.SCENES: "scene", Section.ASSEMBLY: "page", Section.CHARACTERS: "other character"}
        counts = [
            counted(sum(at is section for at, _ in touched), noun)
            for section, noun in nouns.items()
            if any(at is section for at, _ in touched)
        ]
        return [f"{', '.join(counts)} will name {_named(plan.keep.name)}"] if counts else []

    # --- keys

    def action_swap(self) -> None:
        """s: the other one stays."""
        self._keep, self._gone = self._gone, self._keep
        self._uses = None
        self.show()

    @on(LineList.Ticked)
    def _tick(self) -> None:
        self._rename = not self._rename
        self.show()

    def action_merge(self) -> None:
        """Enter."""
        plan, uses = self._plan, self._uses
        if plan is None or uses is None or not self._found:
            return
        edits = edits_for(self._script.lines, uses.cues, plan.keep.name) if self._rename else []
        self.dismiss(Merge(plan, edits, self._script.version))


def _named(name: str) -> str:
    return name or "(no name)"
