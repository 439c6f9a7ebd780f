"""What the characters' tab has beside its fields: lines, strangers, merging, renaming, relations, the map."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import work

from core.errors import UsageError
from core.script.renaming import same_name
from core.story import AnyRecord, Character, TextEdit
from screens.bible.fields import Field
from screens.bible.list_rows import RowFacts
from screens.bible.namesakes import NAME_FIELDS
from screens.bible.values import name_of
from screens.bible.views.viewing import Viewing
from screens.commands import BIBLE, bindings
from screens.commands.bible_views import OF_CHARACTERS
from screens.widgets.editor.pace import AT_ONCE
from screens.wording import counted

if TYPE_CHECKING:
    from core.bible import Cast
    from core.script.renumbering import Edit
    from screens.bible.views.lines import Line
    from screens.bible.views.merging import Merge
    from screens.renamed import Begin


KEEP_NAME = "Keep it as another name, or rename it there, too: r in the list."


class CharacterViews(Viewing):
    """Part of the characters' tab."""

    commands = (*BIBLE, *OF_CHARACTERS)
    BINDINGS = bindings(OF_CHARACTERS)

    _everybody: Cast | None = None
    """By whom relations are named; made anew when somebody is called otherwise."""
    _names_before: tuple[str, tuple[str, ...]] = ("", ())
    """A record, and its names when somebody began to write in them."""

    # --- what the script has of them

    def script_seen(self) -> None:
        """The list says how many of the script are not in it."""
        super().script_seen()
        assert self.following is not None
        strangers = len(self.following.presence.unknown())
        self.list_pane.news = f"a  {strangers:,} in the script, not here" if strangers else ""
        self.list_pane.refresh()
        if self.form.is_typing:  # what is said below a name depends on the script
            self.form.show(self.chosen)

    def nothing(self) -> list[str]:
        """What stands in an empty list."""
        lines = super().nothing()
        return lines if self.roster.kept or self.shows_trash else [*lines, "a   takes them from the script."]

    def row_facts(self, record_id: str) -> RowFacts:
        """With the pages that somebody is on."""
        facts = super().row_facts(record_id)
        following = self.following
        if following is None or not following.ready or self.shows_trash:
            return facts
        timeline = following.timelines.get(record_id)
        return facts._replace(spark=timeline or (), unseen=timeline is not None and not any(timeline))

    def field_hints(self, record: AnyRecord, field: Field) -> list[str]:
        """Also when cues have a name that is being written away."""
        hints = super().field_hints(record, field)
        if self.following is None or not self.following.ready or not isinstance(record, Character):
            return hints
        if field.name not in NAME_FIELDS:
            self._names_before = "", ()
            return hints
        names = tuple(name for name in (record.name, *record.aliases) if name.strip())
        if self._names_before[0] != record.id:  # as it was when the cursor came here
            self._names_before = record.id, names
        kept = set(map(same_name, names))
        spoken = {same_name(name): lines for name, lines in self.following.presence.unknown()}
        for name in self._names_before[1]:
            if same_name(name) not in kept and (lines := spoken.get(same_name(name))):
                hints.append(f"▲ “{name}” has {counted(lines, 'line')} in the script. {KEEP_NAME}")
        return hints

    def leave_form(self) -> None:
        """Whoever comes again begins with the names that are there then."""
        self._names_before = "", ()
        super().leave_form()

    def dossier_lines(self, width: int) -> Sequence[Line]:
        """Figures, pages, who with whom, every line."""
        from screens.bible.views.dossier import character_lines
        from screens.bible.views.lines import quiet

        if self.following is None or not self.chosen_id or self.shows_trash:
            return ()
        if not self.following.ready:
            return [quiet("The script is still being read…")]
        found = self.following.presence.of(self.chosen_id)
        record = self.chosen
        name = name_of(record) if record is not None else ""
        return character_lines(name, found, self.following.page_numbers, width)

    def first_row(self) -> int | None:
        """The first panel that somebody is in."""
        assert self.following is not None
        first = self.following.presence.of(self.chosen_id).first
        return first.row if first is not None else None

    # --- commands

    @work(exclusive=True, group="bible-dialog")
    async def action_add_from_script(self) -> None:
        """a: who speaks in the script and is not here."""
        from screens.bible.views.strangers import Strangers

        if self.following is None:
            return
        seen = await self.app.push_screen_wait(Strangers(self.store, self.following))
        if seen is not None and seen.id:
            self.go_to(seen.id)
        elif seen is not None and seen.row >= 0:
            self.go_to_row(seen.row)

    @work(exclusive=True, group="bible-dialog")
    async def action_merge_characters(self) -> None:
        """m: the two marked ones, or the chosen one and one that is asked for."""
        from screens.bible.views.merging import MergeDialog

        pair = await self._pair()
        if pair is None or self.following is None:
            return
        dialog = MergeDialog(self.store, self.session.script, self.following, *pair)
        merge = await self.app.push_screen_wait(dialog)
        if merge is not None and await self._merge(merge):
            self.list_pane.marked.clear()
            self.go_to(merge.plan.keep.id)
            self.notify("They are one. One undo parts them again.", timeout=4)

    async def _merge(self, merge: Merge) -> bool:
        """One undo step, thousands of cues some at a time; False if others were quicker."""
        from core.bible.merging import plan_merge
        from core.script.renaming import from_the_last
        from core.script.renumbering import Edit

        keep, gone = merge.plan.keep.id, merge.plan.gone.id
        try:  # as the records are now: others may have written in them since the dialog was read
            changes = plan_merge(self.store, self.session.script, keep, gone).changes
        except UsageError as error:
            self.notify(error.what, severity="warning")
            return False
        if merge.edits and merge.version != self.session.script.version:
            self.notify("The text was changed meanwhile; nothing was done.", severity="warning")
            return False
        if len(merge.edits) <= AT_ONCE:
            self.store.write_together(changes, [TextEdit(*edit) for edit in merge.edits])
            self.store.checkpoint()
        else:
            steps = [Edit(*edit) for edit in from_the_last(merge.edits)]
            await self._rename_many(steps, lambda made: self.store.write_together(changes, made))
        return True

    async def _pair(self) -> tuple[str, str] | None:
        """The one who stays and the one who goes."""
        from screens.bible.views.picking import Option, Pick

        marked = self.list_pane.acted_on
        if self.shows_trash or not marked:
            return None
        if len(marked) == 2:
            return (marked[0], marked[1]) if self.chosen_id != marked[1] else (marked[1], marked[0])
        if len(marked) > 2:
            self.notify("Two are merged at a time; mark two.", timeout=4)
            return None
        here = marked[0]

        def others() -> list[Option]:
            return [Option(one.id, one.name) for one in self.store.characters() if one.id != here]

        name = getattr(self.store.record(self.section, here), "name", "")
        question = f"Who is the same as {name or 'this one'}?"
        answer = await self.app.push_screen_wait(Pick(self.store, self.section, question, others))
        return (here, answer[0]) if answer else None

    @work(exclusive=True, group="bible-dialog")
    async def action_rename_in_script(self) -> None:
        """r: by the same dialog as in the script."""
        from screens.renamed import ask_and_rename

        chosen = self.chosen
        if isinstance(chosen, Character) and not self.shows_trash:
            old, record_id = chosen.name, chosen.id
            await ask_and_rename(self, self.session, old, self._rename_many, record_id=record_id)

    async def _rename_many(self, edits: Sequence[Edit], begin: Begin) -> None:
        """Thousands of cues; nobody goes anywhere meanwhile."""
        from screens.bible.views.busy import Busy
        from screens.script.applying import make_many

        busy = Busy("Renaming…")
        self.app.push_screen(busy)
        try:
            await make_many(self.session, edits, begin, goes_on=lambda: self.is_mounted)
        finally:
            busy.dismiss()

    @work(exclusive=True, group="bible-dialog")
    async def action_edit_relations(self) -> None:
        """o: who the others are to the chosen one."""
        if self.chosen is not None and not self.shows_trash:
            await self._relations(self.chosen_id)

    async def _relations(self, record_id: str) -> None:
        from screens.bible.views.relations import RelationsDialog

        await self.app.push_screen_wait(RelationsDialog(self.store, record_id))

    @work(exclusive=True, group="bible-dialog")
    async def action_show_map(self) -> None:
        """M: all of them; relations that are changed from there lead back there."""
        from screens.bible.views.map import MapScreen

        chosen = self.chosen_id
        while (answer := await self.app.push_screen_wait(MapScreen(self.store, chosen))) is not None:
            what, chosen = answer
            if what == "open":
                self.go_to(chosen)
                return
            await self._relations(chosen)

    # --- fields that aren't typed

    def fact(self, record: AnyRecord, field: Field) -> str:
        """Relations by names, not by ids."""
        if field.name == "relationships" and isinstance(record, Character) and record.relationships:
            from core.bible import Cast, names_of, relations_of

            everybody = [one for one in self.roster.kept if isinstance(one, Character)]
            if self._everybody is None or tuple(map(names_of, everybody)) != self._everybody.key:
                self._everybody = Cast(everybody)
            found = relations_of(record, self._everybody)
            return "\n".join(f"{one.name}: {one.word}" for one in found)
        return super().fact(record, field)
