"""What a scene is linked with is chosen: pages of the script, characters, a background."""

from __future__ import annotations

from collections.abc import Callable

from textual import work

from core.errors import GenkoError
from core.story import Background, Character, Scene, Section
from screens.bible.views.pages import UNLINK, ChoosePages
from screens.bible.views.picking import Option, Pick
from screens.bible.views.scenes import SceneFollowing
from screens.wording import counted

NOWHERE = ""


class SceneViews(SceneFollowing):
    """Part of the scenes' tab."""

    @work(exclusive=True, group="bible-dialog")
    async def action_link_scene(self) -> None:
        """k: first and last page."""
        from core.bible import link_scene, unlink_scene

        scene = self._scene
        span = self._span(scene) if scene is not None else None
        if scene is None or span is None or not self.session.script.done:
            self.notify("The script is still being read; try again in a moment.", timeout=3)
            return
        script = self.session.script
        answer = await self.app.push_screen_wait(ChoosePages(self.store, script, span.pages))
        if answer is None:
            return
        try:
            if answer == UNLINK:
                unlink_scene(self.store, scene.id)
            else:
                link_scene(self.store, script, scene.id, *answer)
        except GenkoError as error:  # deleted meanwhile
            self.desk.report(error)

    @work(exclusive=True, group="bible-dialog")
    async def action_scene_characters(self) -> None:
        """c: who is in it; those who were deleted elsewhere stay listed."""
        scene, names = self._scene, self._names
        if scene is None or names is None:
            return
        listed = {one.record.id for one in names.people(scene) if one.record is not None}
        options = self._options(Section.CHARACTERS)
        pick = Pick(self.store, Section.CHARACTERS, "Who is in the scene?", options, ticked=listed)
        answer = await self.app.push_screen_wait(pick)
        now = self._now(scene.id)
        if answer is None or now is None:
            return
        kept = [one for one in names.people(now) if one.record is None or one.record.id in answer]
        there = {one.record.id for one in kept if one.record is not None}
        characters = [one.reference for one in kept] + [one for one in answer if one not in there]
        self._set(scene.id, characters=characters)

    def action_add_from_script(self) -> None:
        """a: list all who are on the scene's pages."""
        scene, names = self._scene, self._names
        span = self._span(scene) if scene is not None else None
        if scene is None or names is None or span is None or not span.pages or self.following is None:
            return
        listed = {one.record.id for one in names.people(scene) if one.record is not None}
        living = names.characters
        there = [one.id for one, _ in self.following.presence.on_pages(span.pages)]
        fresh = [one for one in there if one not in listed and one in living]
        if fresh:
            self._set(scene.id, characters=[*scene.characters, *fresh])
        self.notify(f"{counted(len(fresh), 'character')} listed.", timeout=3)

    @work(exclusive=True, group="bible-dialog")
    async def action_scene_background(self) -> None:
        """b: where it is."""
        scene = self._scene
        if scene is None:
            return
        options = self._options(Section.BACKGROUNDS, Option(NOWHERE, "Nowhere in particular"))
        pick = Pick(self.store, Section.BACKGROUNDS, "Where is the scene?", options)
        answer = await self.app.push_screen_wait(pick)
        if answer is not None:
            self._set(scene.id, background=answer[0])

    def _options(self, section: Section, *first: Option) -> Callable[[], list[Option]]:
        def options() -> list[Option]:
            found = list(first)
            for one in self.store.records(section):
                if isinstance(one, Character):
                    found.append(Option(one.id, one.name, one.role))
                elif isinstance(one, Background):
                    found.append(Option(one.id, one.name, one.kind))
            return found

        return options

    def _now(self, scene_id: str) -> Scene | None:
        """The scene as it is after a dialog; None, and said why, if it was deleted meanwhile."""
        record = self.store.record(Section.SCENES, scene_id)
        if isinstance(record, Scene) and not record.trashed_at:
            return record
        self.notify("The scene was deleted meanwhile.", severity="warning")
        return None

    def _set(self, scene_id: str, **fields: object) -> None:
        if self._now(scene_id) is not None:
            self.store.checkpoint()
            self.store.update_record(Section.SCENES, scene_id, **fields)
            self.store.checkpoint()
