"""An app on a folder of its own, driven as by a person; nothing is mocked."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from textual.css.model import RuleSet
from textual.css.query import NoMatches
from textual.css.stylesheet import Stylesheet
from textual.pilot import Pilot

from core.paths import Paths
from core.spelling import Dictionary
from core.story import steps
from core.workspace import Shelf
from tests.patience import PATIENCE
from tests.server.conftest import conninfo, postgres18, template18
from tui.app import GenkoApp
from tui.settings import Settings

__all__ = ["conninfo", "postgres18", "template18"]

WORKERS = ("shelf", "shelf-change", "versions", "compare")
SCRIPT = """\
PAGE 1 :

PANEL 1 :
(The street at night.)
AKIRA (off) : Run!
CAPTION : Tokyo.

PAGE 2 :

PANEL 1 :
SFX : DOOM
AKIRA : Run again!
"""


_read = cache(Dictionary.load)
"""Reading the words of a language took longer than all else that an app does when it starts."""
_rules: dict[object, list[RuleSet]] = {}
_parse = Stylesheet._parse_rules


def _parse_once(sheet: Stylesheet, *given: Any, **named: Any) -> list[RuleSet]:
    """What an earlier app of this process has read from the same style sheet with the same colours."""
    key = (tuple(sorted(sheet._variables.items())), given, tuple(sorted(named.items())))
    if key not in _rules:
        _rules[key] = _parse(sheet, *given, **named)
    return _rules[key]


@pytest.fixture(autouse=True)
def quiet_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No settings, no server and no animation of the machine that runs the tests, nor its speed.

    What each app would read again, the same for all, is read once.
    """
    monkeypatch.setattr(Dictionary, "load", _read)
    monkeypatch.setattr(Stylesheet, "_parse_rules", _parse_once)
    monkeypatch.setattr(steps, "PAUSE", 600.0)  # keys sent one after another are one run of typing
    monkeypatch.setenv("GENKO_HOME", str(tmp_path))
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    for name in ("GENKO_DATABASE_URL", "GENKO_THEME", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    """All of a user's folders."""
    return Paths(tmp_path / "data", tmp_path / "config", tmp_path / "logs", tmp_path / "state")


@pytest.fixture
def shelf(paths: Paths) -> Shelf:
    """An empty shelf."""
    return Shelf(paths)


@pytest.fixture
def project(shelf: Shelf) -> UUID:
    """A small project."""
    return shelf.create(title="Night", text=SCRIPT).project_id


@asynccontextmanager
async def running(
    paths: Paths,
    opening: UUID | None = None,
    *,
    settings: Settings | None = None,
    server: bool = False,
    size: tuple[int, int] = (80, 24),
) -> AsyncIterator[tuple[GenkoApp, Pilot[int]]]:
    """The app with its first screen shown."""
    app = GenkoApp(paths, settings or Settings(), opening=opening, server=server)
    try:
        async with app.run_test(size=size) as pilot:
            await settled(pilot)
            yield app, pilot
    finally:
        app.close()


async def settled(pilot: Pilot[int]) -> None:
    """Until the workers that read and write are done and the screen has followed (a dialog may wait)."""
    await pilot.pause()
    short = [worker for worker in pilot.app.workers if worker.group in WORKERS]
    if short:
        await pilot.app.workers.wait_for_complete(short)
    await pilot.pause()


async def until(pilot: Pilot[int], holds: Callable[[], bool], seconds: float = PATIENCE) -> None:
    """Wait for something that another thread brings about; fails when it does not come.

    A screen may be shown before its widgets are there: who asks for them then has to wait as well.
    """
    end = time.monotonic() + seconds
    while not _already(holds):
        assert time.monotonic() < end, "it did not come about"
        await pilot.pause(0.02)
    await pilot.pause()


def _already(holds: Callable[[], bool]) -> bool:
    try:
        return holds()
    except NoMatches:
        return False


def dialog_text(app: GenkoApp) -> str:
    """What the dialog on the screen says; empty without one."""
    return " ".join(str(widget.render()) for widget in app.screen.query(".text"))
