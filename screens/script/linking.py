"""The script in a plain file, too; and whom it was sent to."""

from __future__ import annotations

import asyncio
from pathlib import Path

from textual import work

from core.errors import GenkoError
from screens.script.base import ScriptBase

SHOWN = 12
"""Hand-offs that are listed, the latest first."""


class Linking(ScriptBase):
    """A linked file, begun and ended; hand-offs."""

    @work(exclusive=True, group="linking")
    async def action_link_file(self) -> None:
        """Ask for the file, or for the end of the link that there is."""
        from core.workspace.links import links_of

        links = await asyncio.to_thread(links_of, self.desk.shelf)
        try:
            if (link := links.get(self.session.project_id)) is not None:
                await self._end_link(link.path)
            else:
                await self._begin_link()
        except GenkoError as error:
            self.desk.report(error)

    async def _begin_link(self) -> None:
        from core.workspace.links import Take, link_project
        from screens.import_paths import PathSuggester, path_from
        from screens.prompts import Choice, TextPrompt

        note = (
            "Written on each save; what other programs change in it is merged. It is made if it is not there."
        )
        answer = await self.app.push_screen_wait(
            TextPrompt("Keep the script in which file?", note=note, suggester=PathSuggester())
        )
        if not answer or not answer.strip():
            return
        path, take = path_from(answer), None
        if _has_words(path):
            chosen = await self.app.push_screen_wait(
                Choice(
                    "The file is there",
                    f"If {path} holds another text than this script, whose counts?",
                    [
                        ("file", "File: an edit here"),
                        ("project", "Script: write the file"),
                        ("cancel", "Cancel"),
                    ],
                )
            )
            if chosen == "cancel":
                return
            take = Take(chosen)
        self.session.journal.flush(1.0)  # what is linked is what is on the screen
        shelf = self.desk.shelf
        entry = shelf.entry(self.session.project_id)
        for sentence in await asyncio.to_thread(link_project, shelf, entry, path, take):
            self.notify(sentence, markup=False, timeout=8)
        self.session.poll()
        self.notify(f"The script is kept in {path}, too.", markup=False, timeout=6)

    async def _end_link(self, path: str) -> None:
        from core.workspace.links import unlink_project
        from screens.prompts import Choice

        question = Choice(
            "Linked file",
            f"The script is kept in {path}, too. The file stays when the link ends.",
            [("keep", "Keep the link"), ("end", "End it")],
        )
        if await self.app.push_screen_wait(question) == "end":
            shelf = self.desk.shelf
            entry = shelf.entry(self.session.project_id)
            await asyncio.to_thread(unlink_project, shelf, entry)
            self.session.poll()
            self.notify("The link has ended; the file stays.", timeout=5)

    @work(exclusive=True, group="linking")
    async def action_hand_offs(self) -> None:
        """Say them."""
        from core.workspace.handoffs import handoffs
        from screens.prompts import Choice

        sent = handoffs(self.session.store)[::-1]
        lines = [
            f"{one.at.astimezone():%Y-%m-%d %H:%M}  {one.to}{f'  ({one.note})' if one.note else ''}"
            for one in sent[:SHOWN]
        ]
        if len(sent) > SHOWN:
            lines.append(f"and {len(sent) - SHOWN:,} before; `genko handoffs` lists all")
        text = "\n".join(lines) or "Nobody yet. The export dialog remembers whom a file is sent to."
        await self.app.push_screen_wait(Choice("Sent to", text, [("ok", "Close")]))


def _has_words(path: Path) -> bool:
    """Whether there is a file that has something in it."""
    try:
        return path.stat().st_size > 0
    except OSError:
        return False
