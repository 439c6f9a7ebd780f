"""Renaming a character, asked from anywhere: preview, checks, the script and the bible as one undo step."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING

from textual.screen import Screen

from core.story import TextEdit
from core.workspace import ProjectSession
from screens.widgets.editor.pace import AT_ONCE
from screens.wording import counted

if TYPE_CHECKING:
    from core.script.renumbering import Edit
    from screens.renaming import Renaming

Begin = Callable[[Sequence[TextEdit]], object]
Many = Callable[["Sequence[Edit]", Begin], Awaitable[None]]
"""Makes thousands of edits some at a time; the first ones by `Begin`, with what belongs to the step."""


async def ask_and_rename(
    screen: Screen[None],
    session: ProjectSession,
    old: str,
    many: Many,
    *,
    may_begin: Callable[[], bool] = lambda: True,
    record_id: str | None = None,
) -> None:
    """Ask for another name for `old` and give it. `record_id`: whose it is, where several have that name."""
    from core.script.renaming import edits_for, styled
    from screens.renaming import RenameCharacter

    script = session.script
    if not script.done:
        screen.notify("The script is still being read; try again in a moment.", timeout=3)
        return
    named = {key: name for key, (_, name) in _records(session).items()}
    answer = await screen.app.push_screen_wait(RenameCharacter(script, old, named))
    if answer is None or not may_begin():
        return
    if _has_changed(session, answer):
        screen.notify("The text was changed meanwhile; nothing was renamed.", severity="warning")
        return
    found, record = _record(session, answer.old, record_id)
    edits = edits_for(script.lines, answer.uses, answer.new)
    await _rename(session, edits, found, styled(record, answer.new), many)
    places = counted(len(edits), "place")
    screen.notify(f"{answer.new}: {places} changed. One undo takes it back.", timeout=5, markup=False)


def _records(session: ProjectSession) -> dict[str, tuple[str, str]]:
    from core.script.renaming import same_name

    return {same_name(one.name): (one.id, one.name) for one in session.store.characters() if one.name}


def _record(session: ProjectSession, old: str, preferred: str | None) -> tuple[str | None, str]:
    """The id and the name of the record that is renamed too, if there is one."""
    from core.script.renaming import same_name

    for one in session.store.characters():
        if one.id == preferred and same_name(one.name) == same_name(old):
            return one.id, one.name
    return _records(session).get(same_name(old), (None, ""))


def _has_changed(session: ProjectSession, answer: Renaming) -> bool:
    lines = session.script.lines
    return any(
        use.row >= len(lines) or lines[use.row][use.start : use.end] != use.text for use in answer.uses
    )


async def _rename(
    session: ProjectSession, edits: list[tuple[int, int, str]], record_id: str | None, name: str, many: Many
) -> None:
    """One undo step; thousands of places some at a time."""
    from core.script.renaming import from_the_last
    from core.script.renumbering import Edit

    store = session.store
    if len(edits) <= AT_ONCE:
        store.rename_character([TextEdit(*edit) for edit in edits], record_id, name)
        return
    steps = [Edit(*edit) for edit in from_the_last(edits)]
    await many(steps, lambda made: store.rename_character(made, record_id, name))
