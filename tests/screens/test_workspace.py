"""The script screen: keys, header, find, go to, and the three uses of Tab."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest
from textual.widgets import Input, OptionList

from core.errors import JournalError
from core.journal import JournalState
from core.paths import Paths
from core.workspace import ProjectSession, ServerState, Shelf
from screens.help import HelpScreen
from screens.menu import PlacesMenu
from screens.projects import ProjectsScreen
from screens.prompts import Choice
from screens.versions import VersionsScreen
from screens.widgets.header import SLOTS, DeskHeader
from screens.widgets.keys import KeysLine
from screens.widgets.outline import Outline
from screens.widgets.status import StatusLine
from screens.workspace import WorkspaceScreen
from tests.screens.conftest import SCRIPT, dialog_text, running, until
from tui.app import GenkoApp
from tui.settings import Settings, load_settings


def desk(app: GenkoApp) -> WorkspaceScreen:
    """The script screen, which must be shown."""
    assert isinstance(app.screen, WorkspaceScreen)
    return app.screen


def desk_below(app: GenkoApp) -> WorkspaceScreen:
    """The script screen under a dialog."""
    below = app.screen_stack[0]
    assert isinstance(below, WorkspaceScreen)
    return below


def in_text(app: GenkoApp) -> bool:
    """Whether keys go to the text."""
    return desk(app).editor.has_focus


def place(app: GenkoApp, name: str) -> str:
    """What a place of the header or the status line says."""
    if name in ("counts", "where"):
        return app.screen.query_one(StatusLine).text(name)
    return app.screen.query_one(DeskHeader).text(name)


async def test_opening_goes_straight_to_the_text_and_the_header_says_where_the_words_are(
    paths: Paths, project: UUID
) -> None:
    async with running(paths, project) as (app, pilot):
        assert desk(app).editor.has_focus
        assert desk(app).editor.text == SCRIPT
        assert place(app, "title") == "Night"
        assert place(app, "server") == "○ no server"
        session = desk(app).session
        await pilot.press("x")
        assert session.store.text == "x" + SCRIPT
        await until(pilot, lambda: session.status.disk is JournalState.ON_DISK)
        assert place(app, "dot") == "●"
        assert place(app, "disk").startswith("● this disk ")
        await pilot.press("ctrl+z")
        assert session.store.text == SCRIPT
        await pilot.press("ctrl+y")
        assert session.store.text == "x" + SCRIPT
        session.store.set_meta(title="Another")
        await pilot.pause()
        assert place(app, "title") == "Another"


async def test_nothing_moves_when_a_state_changes_and_words_only_in_memory_are_said_loudly(
    paths: Paths, project: UUID
) -> None:
    async with running(paths, project) as (app, pilot):
        header = app.screen.query_one(DeskHeader)
        names = [slot.name for slot in SLOTS]
        before = [header.extent(name) for name in names]
        status = desk(app).session.status
        for disk in JournalState:
            for server in ServerState:
                header.show_status("Night", replace(status, disk=disk, server=server, edits_waiting=1234))
                await pilot.pause()
                assert [header.extent(name) for name in names] == before, (disk, server)
        header.show_status("Night", status)
        screen = desk(app)
        calm = screen.session.status
        failing = replace(calm, disk=JournalState.FAILING, disk_error=JournalError("The disk is full."))
        regions = [widget.region for widget in screen.query("*")]
        screen.show_status(failing)
        await pilot.pause()
        line = screen.query_one(StatusLine)
        assert place(app, "counts") == "Your words are only in memory. The disk is full."
        assert place(app, "disk") == "▲ only in memory"
        assert line.styles.background.hex == app.theme_variables["error"].upper()
        assert [widget.region for widget in screen.query("*")] == regions, "nothing has moved"
        screen.show_status(calm)
        await pilot.pause()
        assert "pages" in place(app, "counts")


async def test_counts_place_and_outline_follow(paths: Paths, project: UUID) -> None:
    async with running(paths, project, size=(120, 30)) as (app, pilot):
        await until(pilot, lambda: place(app, "counts").startswith("2 pages · 2 panels · 2 balloons"))
        outline = app.screen.query_one(Outline)
        await until(pilot, lambda: outline.render_line(0).text.startswith("▾ Page 1"))
        desk(app).editor.go_to(8)
        await until(pilot, lambda: outline.render_line(1).text.startswith("▾ Page 2"))
        outline.focus()
        await pilot.press("up", "enter")
        assert desk(app).editor.cursor[0] == 0
        assert desk(app).editor.has_focus
        desk(app).editor.go_to(9)
        await until(pilot, lambda: place(app, "where").strip() == "page 2 · panel 1 · panel")
        desk(app).editor.go_to(10)
        await until(pilot, lambda: place(app, "where").strip() == "page 2 · panel 1 · sfx")


async def test_tab_has_three_uses(paths: Paths, project: UUID) -> None:
    async with running(paths, project, size=(120, 30)) as (app, pilot):
        editor = desk(app).editor
        editor.go_to(3)
        await pilot.press("tab")
        assert editor.wrapped.buffer[3] == "AKIRA : The street at night."
        assert in_text(app)
        await pilot.press("tab", "tab", "tab", "tab")
        assert editor.wrapped.buffer[3] == "(The street at night.)"
        await pilot.press("escape", "tab")
        assert not in_text(app)
        assert editor.wrapped.buffer[3] == "(The street at night.)"
        await pilot.press("escape")
        assert in_text(app)
        await pilot.press("escape", "x", "tab")
        assert in_text(app), "typing disarms Escape"


GO_TO = {"7": 6, "p2": 7, "2.1": 9, "p1.1": 2, "999": 12, "p9": 12}
"""What is typed → the row where the cursor is then; p9 is nowhere, so it stays."""


async def test_find_goes_round_and_go_to_knows_lines_pages_and_panels(paths: Paths, project: UUID) -> None:
    async with running(paths, project) as (app, pilot):
        await pilot.press("ctrl+f")
        await pilot.pause()
        app.screen.query_one("#find-wanted", Input).value = "run"
        await pilot.pause()
        assert desk(app).editor.selected_text == "Run"
        assert desk(app).editor.cursor[0] == 4
        await pilot.press("enter")
        assert desk(app).editor.cursor[0] == 11
        await pilot.press("enter")
        assert desk(app).editor.cursor[0] == 4
        await pilot.press("escape")
        assert desk(app).editor.has_focus
        for wanted, row in GO_TO.items():
            await pilot.press("ctrl+g")
            app.screen.query_one(Input).value = wanted
            await pilot.press("enter")
            await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen))
            assert (wanted, desk(app).editor.cursor[0]) == (wanted, row)


async def test_in_a_narrow_window_the_outline_opens_over_the_text_and_the_last_line_is_clicked(
    paths: Paths, project: UUID
) -> None:
    async with running(paths, project) as (app, pilot):
        outline = app.screen.query_one(Outline)
        assert not outline.display
        await pilot.press("alt+o")
        await until(pilot, lambda: outline.render_line(0).text.startswith("▾ Page 1"))
        assert outline.has_focus
        assert outline.outer_size.width == 80
        await pilot.press("down", "down", "enter")
        assert not outline.display
        assert (desk(app).editor.cursor[0], desk(app).editor.has_focus) == (7, True)
        line = app.screen.query_one(KeysLine)
        at = line.render().plain.index("F1 Help")
        await pilot.click(KeysLine, offset=(at + 2, 0))
        await until(pilot, lambda: isinstance(app.screen, HelpScreen))


async def test_every_place_by_leader_and_letter(paths: Paths, project: UUID) -> None:
    async with running(paths, project) as (app, pilot):
        await pilot.press("ctrl+l")
        assert isinstance(app.screen, PlacesMenu)
        await pilot.press("o")
        await until(pilot, lambda: isinstance(app.screen, ProjectsScreen))
        await pilot.press("ctrl+l", "1")
        await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen))
        await pilot.press("ctrl+l", "h")
        await until(pilot, lambda: isinstance(app.screen, HelpScreen))
        await pilot.press("escape")
        await pilot.press("ctrl+l", "ctrl+l")
        await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen))
        assert desk(app).session.store.text == SCRIPT


async def test_the_palette_finds_a_command_by_its_name_here_and_everywhere(
    paths: Paths, project: UUID
) -> None:
    async with running(paths, project) as (app, pilot):
        await pilot.press("ctrl+p")
        app.screen.query_one(Input).value = "line numbers"
        await until(pilot, lambda: app.screen.query_one(OptionList).option_count > 0)
        await pilot.press("enter")
        await until(
            pilot, lambda: isinstance(app.screen, WorkspaceScreen) and not desk(app).editor.line_numbers
        )
        await pilot.press("ctrl+p", *"versions")
        listing = app.screen.query_one(OptionList)
        await until(pilot, lambda: "Versions" in str(getattr(listing.highlighted_option, "prompt", "")))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, VersionsScreen))


async def test_a_users_key_works_and_the_default_no_longer_does(paths: Paths, project: UUID) -> None:
    settings = Settings(keymap={"go-to-line": "alt+y", "versions": []}, leader="ctrl+b")
    async with running(paths, project, settings=settings) as (app, pilot):
        await pilot.press("ctrl+g")
        assert len(app.screen_stack) == 1
        await pilot.press("alt+y")
        assert len(app.screen_stack) == 2
        await pilot.press("escape", "ctrl+b")
        assert isinstance(app.screen, PlacesMenu)


async def test_a_bad_keymap_is_told_and_the_app_starts(paths: Paths, project: UUID) -> None:
    async with running(paths, project, settings=Settings(keymap={"save": "ctrl+f"})) as (app, pilot):
        await until(pilot, lambda: len(app._notifications) == 1)
        (notice,) = app._notifications
        assert notice.message == "ctrl+f can't be the key of save, since find has it; save keeps ctrl+s."


async def test_theme_and_line_numbers_are_remembered(paths: Paths, project: UUID) -> None:
    async with running(paths, project) as (app, pilot):
        await pilot.press("ctrl+l", "t")
        await until(pilot, lambda: app.theme == "genko-light")
        await pilot.press("ctrl+l", "l")
        await until(pilot, lambda: not desk(app).editor.line_numbers)
    settings = load_settings(paths.settings_file, {})
    assert (settings.theme, settings.line_numbers) == ("light", False)


async def test_without_colour_the_kinds_still_differ(
    paths: Paths, project: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with running(paths, project) as (app, _):
        editor = desk(app).editor
        looks = {}
        for name, row in (("page", 0), ("panel", 2), ("text", 3), ("caption", 5), ("sfx", 10)):
            words = [
                piece
                for piece in editor.render_line(row)
                if piece.text.strip() and not piece.text.strip().isdigit()
            ]
            style = words[0].style
            assert style is not None
            looks[name] = (style.bold, style.italic, style.underline)
        assert len(set(looks.values())) == len(looks), looks


async def test_opening_what_is_not_there_shows_the_list_and_says_so(paths: Paths, shelf: Shelf) -> None:
    from uuid import uuid4

    async with running(paths, uuid4()) as (app, pilot):
        assert isinstance(app.screen, ProjectsScreen)
        await until(pilot, lambda: len(app._notifications) == 1)


async def test_a_damaged_project_opens_with_a_sentence(paths: Paths, shelf: Shelf, project: UUID) -> None:
    path = shelf.path_of(project)
    whole = path.read_bytes()
    path.write_bytes(whole[:40] + bytes(200) + whole[240:])
    async with running(paths, project) as (app, pilot):
        await until(pilot, lambda: isinstance(app.screen, Choice))
        assert desk_below(app).session.recovered.sentence in dialog_text(app)
        await pilot.press("enter")
        assert desk(app).editor.has_focus


async def test_an_idle_screen_sends_nothing(paths: Paths, project: UUID) -> None:
    async with running(paths, project) as (app, pilot):
        await pilot.pause(0.5)
        frames = []
        app.post_display_hook = lambda: frames.append(1)  # type: ignore[method-assign]
        for _ in range(20):  # on a busy machine the start takes longer; who sends now and then never stops
            frames.clear()
            await pilot.pause(1.2)
            if not frames:
                break
        assert frames == []
        await pilot.press("x")
        assert frames, "the control: a key is painted"


async def test_another_writers_words_appear_without_a_key(paths: Paths, shelf: Shelf, project: UUID) -> None:
    async with running(paths, project) as (app, pilot):
        other = ProjectSession.open(shelf, project, on_ui=lambda call: call())
        other.store.splice(0, 0, "Hello. ")
        assert other.journal.flush()
        await until(pilot, lambda: desk(app).editor.text.startswith("Hello. "))
        other.close()


async def test_a_window_made_narrow_keeps_the_title(paths: Paths, project: UUID) -> None:
    async with running(paths, project, size=(120, 24)) as (app, pilot):
        header = app.screen.query_one(DeskHeader)
        status = replace(desk(app).session.status, server=ServerState.UNSAVED, edits_waiting=311)
        header.show_status("Night", status)
        assert place(app, "server") == "● server: 311 edits to save"
        await pilot.resize_terminal(80, 24)
        await until(pilot, lambda: header.size.width < 110)
        assert place(app, "server") == "● server: not saved yet"
        assert "Night" in header.render().plain
