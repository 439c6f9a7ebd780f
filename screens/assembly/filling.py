"""What a panel holds: its status, where it plays, who is in it, its picture and notes."""

from __future__ import annotations

from textual import on, work

from core.assembly.book import next_status, set_panel
from core.assembly.plan import PanelPlan, PanelStatus
from core.bible import Cast
from core.story import Background, Character
from screens.assembly.base import AssemblyBase
from screens.assembly.inspector import FieldWanted
from screens.assembly.picking import Item, Pick
from screens.commands import Command, key_name
from screens.commands.assembly.filling import (
    PanelBackground,
    PanelCharacters,
    PanelNotes,
    PanelPicture,
    StatusForward,
)

FIELD_COMMANDS: dict[str, type[Command]] = {
    "status": StatusForward,
    "background": PanelBackground,
    "characters": PanelCharacters,
    "picture": PanelPicture,
    "notes": PanelNotes,
}
MOST_SPEAKERS = 200
"""Names of the script that are offered beside those of the bible."""


class Filling(AssemblyBase):
    """Facts of the chosen panel."""

    def field_keys(self) -> dict[str, str]:
        """The keys as the writer has them."""
        found = {}
        for field, command in FIELD_COMMANDS.items():
            keys = self.desk.keys_of(command)
            found[field] = key_name(keys[0]) if keys else ""
        return found

    @on(FieldWanted)
    def _field_wanted(self, event: FieldWanted) -> None:
        command = FIELD_COMMANDS.get(event.field)
        if command is not None:
            self.desk.give(command)
        elif event.field == "script" or event.field.startswith("balloon:"):
            self._to_script_of(event.field)

    def _to_script_of(self, field: str) -> None:
        chosen = self.chosen
        if chosen is None:
            return
        number = int(field.partition(":")[2] or 0)
        row = next((one.row for one in chosen.balloons if one.number == number), chosen.row)
        if row >= 0:
            self.desk.show_in_script(row)

    # --- status

    def action_status_forward(self) -> None:
        """A step on."""
        self._step_status(1)

    def action_status_back(self) -> None:
        """A step back."""
        self._step_status(-1)

    def _step_status(self, step: int) -> None:
        chosen = self._chosen_or_say()
        if chosen is None:
            return
        wanted = next_status(chosen.status, step)
        if wanted is chosen.status:
            self.say(f"It is {wanted.value} already.")
        else:
            self.change_panels({chosen.id: {"status": wanted.value}})

    def action_page_status_forward(self) -> None:
        """All panels a step further than the one that is least far."""
        self._step_page(1)

    def action_page_status_back(self) -> None:
        """All a step back."""
        self._step_page(-1)

    def _step_page(self, step: int) -> None:
        page = self.page
        if page is None or not page.panels:
            self.say("There is no panel on this page.")
            return
        steps = list(PanelStatus)
        at = [steps.index(panel.status) for panel in page.panels]
        wanted = next_status(steps[min(at) if step > 0 else max(at)], step)
        self.change_panels(
            {
                panel.id: {"status": wanted.value}
                for panel, now in zip(page.panels, at, strict=True)
                if (steps.index(wanted) - now) * step > 0
            }
        )

    # --- place, people, notes

    @work
    async def action_panel_background(self) -> None:
        """One of the bible's places, or none but what the script says."""
        chosen, here = self._chosen_or_say(), self.here
        if chosen is None:
            return
        places = [Item("", "as the script has it")]
        for one in self.store.backgrounds():
            assert isinstance(one, Background)
            if one.name.strip():
                places.append(Item(one.id, one.name, one.kind))
        note = "" if len(places) > 1 else "Places are added in the tab Backgrounds."
        now = next((item.value for item in places if item.label == chosen.background), "")
        answer = await self.app.push_screen_wait(Pick("Where does it play?", places, [now], note=note))
        if answer:
            self.change_panels({chosen.id: {"background": answer[0] or None}}, here)

    @work
    async def action_panel_characters(self) -> None:
        """Who is in the picture."""
        chosen, here = self._chosen_or_say(), self.here
        if chosen is None:
            return
        people: list[Item] = []
        for one in self.store.characters():
            assert isinstance(one, Character)
            if one.name.strip():
                people.append(Item(one.name, one.name, one.role))
        people += [Item(name, name, "in the script") for name in self._only_in_the_script(people, chosen)]
        note = "None of them: as the script has it."
        if not people:
            note = "Nobody speaks in the script yet. People are added in the tab Characters."
        answer = await self.app.push_screen_wait(
            Pick("Who is in the picture?", people, chosen.characters, many=True, note=note)
        )
        if answer is not None and tuple(answer) != chosen.characters:
            self.change_panels({chosen.id: {"characters": answer or None}}, here)

    def _only_in_the_script(self, people: list[Item], chosen: PanelPlan) -> list[str]:
        """Those of the panel first, then whoever speaks anywhere and is nobody of the bible."""
        cast = Cast([one for one in self.store.characters() if isinstance(one, Character)])
        known = {item.value for item in people}
        here = [name for name in chosen.characters if name not in known]
        speakers = [name for name in self.session.script.speakers() if cast.find(name) is None]
        return list(dict.fromkeys([*here, *speakers[:MOST_SPEAKERS]]))

    @work
    async def action_panel_notes(self) -> None:
        """As many lines as one likes."""
        from screens.assembly.noting import NotesDialog

        chosen, here = self._chosen_or_say(), self.here
        if chosen is None:
            return
        answer = await self.app.push_screen_wait(NotesDialog(f"Notes on {panel_name(chosen)}", chosen.notes))
        if answer is None or answer == chosen.notes or self.live is None:
            return
        if self.live.index_of(*here) is None:
            set_panel(self.store, here[0], chosen.id, notes=answer)
            self.say("The page is gone from the script meanwhile. What you wrote is kept with it.")
        else:
            self.change_panels({chosen.id: {"notes": answer}}, here)

    def _chosen_or_say(self) -> PanelPlan | None:
        if (chosen := self.chosen) is None:
            self.say("There is no panel here. A layout (L) makes some.")
        return chosen


def panel_name(panel: PanelPlan) -> str:
    """`panel 3`, or what a cell without a panel is called."""
    return f"panel {panel.label}" if panel.label else "the panel"
