"""The assembly tab as one uses it: it follows the script, each change is one step, any page is drawn."""

from __future__ import annotations

from uuid import UUID

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Static

from core.paths import Paths
from core.story import ProjectStore, Section
from core.story.clean import Json
from core.workspace import Shelf
from screens.assembly.screen import AssemblyScreen
from screens.commands.everywhere import BackFromScript
from screens.script.base import ScriptBase
from tests.screens.conftest import running, until
from tests.screens.test_switching import OtherWriter
from tui.app import GenkoApp

SCRIPT = """\
PAGE 1 : The platform

PANEL 1 :
(A station at night.)
CAPTION : The last one leaves at 23:58.

PANEL 2 :
(Mira runs along the platform.)
MIRA : Wait! Please wait!

PANEL 3 :
CONDUCTOR : Somebody always comes.

PAGE 2 : Inside

PANEL 1 :
(The corridor, empty.)

PANEL 2 :
MIRA : Which one?

PAGE 3 :

PANEL 1 :
SFX : DOOM
"""


async def assembly(app: GenkoApp, pilot: Pilot[int]) -> AssemblyScreen:
    """The tab, shown and read to its end."""
    app.action_assembly()
    await until(pilot, lambda: isinstance(app.screen, AssemblyScreen) and app.screen.page is not None)
    screen = app.screen
    assert isinstance(screen, AssemblyScreen)
    await until(pilot, lambda: screen.live is not None and screen.live.settled)
    return screen


def kept(store: ProjectStore) -> dict[str, dict[str, Json]]:
    """What the records of pages say; an empty list is as good as none."""
    raw = store.raw_records(Section.ASSEMBLY)
    return {
        one: {name: value for name, value in fields.items() if value not in (None, [], "")}
        for one, fields in raw.items()
    }


def drawn(screen: AssemblyScreen) -> list[str]:
    """The middle of the tab, line by line."""
    return [screen.view.render_line(y).text for y in range(screen.view.size.height)]


async def test_it_follows_the_script_and_my_choice_stays_mine(paths: Paths, shelf: Shelf) -> None:
    project = shelf.create(title="Night", text=SCRIPT).project_id
    other = OtherWriter(shelf, project)
    async with running(paths, project) as (app, pilot):
        screen = await assembly(app, pilot)
        await pilot.press("right_square_bracket", "down")
        assert (screen.index, screen.chosen and screen.chosen.label) == (1, "2")
        other.write(0, "PAGE 0 : Before\n\nPANEL 1 :\n(Rain.)\n\n")
        assert app.session is not None
        app.session.poll()
        await until(pilot, lambda: screen.index == 2)
        page = screen.page
        assert page is not None
        assert (page.title, screen.chosen and screen.chosen.label) == ("Inside", "2")
        await pilot.press("n", "x")  # a note that is being written when its page goes
        at = other.store.text.index("PAGE 2")
        before = other.store.version
        other.store.splice(at, other.store.text.index("PAGE 3") - at, "")  # the page that I look at
        assert other._journal.append(other.store.updates_since(before)).wait(60)
        app.session.poll()
        await until(pilot, lambda: screen.live is not None and screen.live.count == 3)
        await pilot.press("escape")
        await until(pilot, lambda: screen.live is not None and screen.live.count == 4)
        (kept,) = app.session.store.pages()
        assert screen.live is not None
        at_end = screen.live.page(3)
        assert (at_end.key, at_end.panels[0].notes) == (kept.id, "x"), "it stands with what went"
        await pilot.press("home", "n", "y", "escape")
        assert len(app.session.store.pages()) == 2, "the control: a note on a page that is there"
        await pilot.press("ctrl+z", "ctrl+z")
        app.session.store.replace_text("")
        await until(pilot, lambda: "There are no pages yet." in "".join(drawn(screen)))
        await pilot.press("s", "t", "enter", "right", "L", "k", "r", "delete", "ctrl+pageup")
        assert app.session.store.pages() == []
        await pilot.press("ctrl+z")
        await until(pilot, lambda: screen.page is not None)
    other.close()


async def test_each_command_is_one_step_back(paths: Paths, shelf: Shelf) -> None:
    project = shelf.create(title="Night", text=SCRIPT).project_id
    async with running(paths, project) as (app, pilot):
        screen = await assembly(app, pilot)
        assert app.session is not None
        store = app.session.store
        await pilot.press("t")
        seen = [kept(store)]
        for key in ("s", "plus", "x", "alt+right", "t", "alt+t", "k", "r", "d", "delete"):
            await pilot.press(key)
            now = kept(store)
            assert now != seen[-1], key
            seen.append(now)
        for before in reversed(seen[:-1]):
            screen.action_undo_here()
            assert kept(store) == before
        for after in seen[1:3]:
            screen.action_redo_here()
            assert kept(store) == after
        assert store.text == SCRIPT
        assert screen.page is not None


@pytest.mark.parametrize("panels", [60, pytest.param(5_000, marks=pytest.mark.soak)])
async def test_any_window_and_any_page_is_drawn_and_nonsense_is_told_where_it_is(
    paths: Paths, shelf: Shelf, panels: int
) -> None:
    many = "".join(f"\nPANEL {number} :\n" for number in range(1, panels + 1))
    project = shelf.create(title="Night", text=f"{SCRIPT}\nPAGE 4 :\n{many}").project_id
    async with running(paths, project, size=(80, 24)) as (app, pilot):
        screen = await assembly(app, pilot)
        assert app.session is not None
        await pilot.press("e")
        app.screen.query_one(Input).value = "1 / 1 | (2"
        await pilot.pause()
        assert str(app.screen.query_one("#where", Static).render()).index("▲") == 1 + "1 / 1 | (2".index("(")
        await pilot.press("enter")
        assert app.screen is not screen
        await pilot.press("escape")
        assert app.session.store.pages() == []
        for size in ((20, 8), (250, 80)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            for key in ("v", "o", "tab"):
                await pilot.press(key)
                lines = drawn(screen)
                assert {screen.view.render_line(y).cell_length for y in range(len(lines))} == {
                    screen.view.size.width
                }
        await pilot.press("end")
        page = screen.page
        assert page is not None
        assert len(page.panels) == panels
        assert len({len(line) for line in drawn(screen)}) == 1


QUIET = """\
PAGE 1 : The platform

PANEL 1 :
(A station at night.)

PANEL 2 :
(Mira runs along the platform, and no one waits for her.)

PANEL 3 :
(The door.)

PAGE 2 :

PANEL 1 :
(The corridor.)

PAGE 3 :

PANEL 1 :
(A compartment.)
"""
SEEN = """\
 [1] ▐ 2·3 │
 ·········································  │ The platform
 ·┌1───────────────────────────────────S┐·  │
 ·│                                     │·  │ Panel 2  2 of 3
 ·│                                     │·  │ t Status  ◌ script
 ·│                                     │·  │ b Place   –
 ·│                                     │·  │ c People  –
 ·│A station at night.                  │·  │ p Picture –
 ·┣▶2━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━S┫·  │ n Notes   –
 ·┃                                     ┃·  │
 ·┃                                     ┃·  │ Mira runs along the platform, and
 ·┃Mira runs along the platform, and no ┃·  │ no one waits for her.
 ·┃one waits for her.                   ┃·  │
 ·┣3━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━S┫·  │
 ·│                                     │·  │
 ·│                                     │·  │
 ·│                                     │·  │
 ·│                                     │·  │
 ·│The door.                            │·  │
 ·└─────────────────────────────────────┘·  │
 ·········································  │
 page 1 of 3 · panel 2 of 3 · ◌ script · ▐ turn         page   0 %   book   0 %
 ^S Save  Enter Script  Tab Details  L Layouts  s Split  t Status  F1 Help
"""


def seen_on(app: GenkoApp) -> str:
    """The whole screen in characters, without what the clock and the server change."""
    width, height = app.size
    strips = app.screen._compositor.render_strips()
    lines = ["".join(segment.text for segment in strip)[:width].rstrip() for strip in strips]
    return "\n".join(lines[1:height]) + "\n"


async def test_arrows_mouse_and_the_way_to_the_script_and_back(
    paths: Paths, project: UUID, shelf: Shelf
) -> None:
    project = shelf.create(title="Night", text=QUIET).project_id
    async with running(paths, project, size=(80, 24)) as (app, pilot):
        screen = await assembly(app, pilot)
        assert app.session is not None
        await pilot.press("down")
        assert screen.chosen is not None
        assert screen.chosen.label == "2"
        assert seen_on(app) == SEEN
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ScriptBase))
        script = app.screen
        assert isinstance(script, ScriptBase)
        assert script.editor.cursor[0] == QUIET.splitlines().index("PANEL 2 :")
        await pilot.press(app.keys_of(BackFromScript)[0])
        await until(pilot, lambda: app.screen is screen)
        place = screen.view.places[0]
        upper, lower = place.view.boxes[0], place.view.boxes[2]
        at = (place.left + lower.left + 4, lower.top + 3)
        await pilot.click("PageView", offset=at)
        assert screen.panel == 2
        edge = (place.left + upper.left + 8, upper.bottom - 1)
        high = upper.height
        await pilot.mouse_down("PageView", offset=edge)
        await pilot.hover("PageView", offset=(edge[0], edge[1] + 3))
        await pilot.mouse_up("PageView", offset=(edge[0], edge[1] + 3))
        await pilot.pause()
        assert abs(screen.view.places[0].view.boxes[0].height - high - 3) <= 1
        await pilot.press("ctrl+z")
        assert app.session.store.pages() == []
