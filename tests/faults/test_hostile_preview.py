"""Files made to harm, through the app's own preview: told in a sentence, nothing created, the app goes on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from core.paths import Paths
from core.workspace import Shelf
from screens.import_preview import ImportPreview
from screens.projects import ProjectsScreen
from screens.prompts import TextPrompt
from tests.formats.reading.word import zipped as archive_of
from tests.importing.test_preview import said
from tests.incoming.test_hostile import MAIN, OLE, SECRET, bomb
from tests.screens.conftest import paths, quiet_environment, running, shelf, until
from tui.app import GenkoApp
from tui.log import FILE, open_log

__all__ = ["paths", "quiet_environment", "shelf"]

WORD = "Quetzalcoatlus"
"""Stands in every file; it may be in no log and in no refusal."""
LOCKED = OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)
PAGE = f"PAGE 1 :\n\nPANEL 1 :\n(A {WORD}.)\nMIKA : Run.\n"
RIGHT_TO_LEFT = "שלום : \u202eעולם\u202c \u200b\u200d\ufeff e\u0301\u0302 .\n"
XXE = SECRET.format(path="/etc/passwd").replace("&x;", f"&x;{WORD}")

REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "entities.fdx": (XXE.encode, "defines entities"),
    "password.docx": (lambda: LOCKED, "protected by a password"),
    "bomb.docx": (lambda: bomb(70_000_000), "when unpacked"),
    "entities.docx": (
        lambda: archive_of(
            {"word/document.xml": MAIN.replace("<w:document", '<!DOCTYPE d [<!ENTITY x "y">]><w:document', 1)}
        ),
        "defines entities",
    ),
    "cut.docx": (lambda: archive_of({"word/document.xml": MAIN})[:-60], "."),
    "noise.txt": (lambda: bytes(range(256)) * 200, "control characters"),
    f"{'x' * 300}.txt": (lambda: b"", "."),
    "no\\thing[.txt": (lambda: b"", "."),
    "~nobody\\there": (lambda: b"", "."),
}
ODD: dict[str, tuple[Callable[[], bytes], str]] = {
    "nul.txt": (lambda: (PAGE.replace("Run", "R\0un") + PAGE * 9).encode(), "10 pages"),
    "rtl.txt": (
        lambda: f"{PAGE}שלום : \u202eעולם\u202c \u200b\u200d\ufeff e\u0301\u0302 .\n".encode(),
        "1 page",
    ),
}
LARGE: dict[str, tuple[Callable[[], bytes], str]] = {
    "line.txt": (lambda: PAGE.encode() + b"MIKA : " + b"word " * 1_000_000, "1 page"),
    "pages.txt": (
        lambda: "".join(f"PAGE {at} :\n\nPANEL 1 :\n(Rain.)\n" for at in range(1, 10_001)).encode(),
        "10,000 pages",
    ),
    "headings.txt": (lambda: b"PAGE 1 :\n" * 50_000, "50,000 pages"),
}


def make(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    if data:
        path.write_bytes(data)
    return path


async def ask_for(app: GenkoApp, pilot: Pilot[int], path: Path | str) -> None:
    if isinstance(app.screen, ProjectsScreen):
        await pilot.press("i")
        await until(pilot, lambda: isinstance(app.screen, TextPrompt))
    app.screen.query_one(Input).value = str(path)
    await pilot.press("enter")


def told(app: GenkoApp) -> list[str]:
    """The toasts."""
    return [f"{notification.title} {notification.message}" for notification in app._notifications]


async def is_refused(app: GenkoApp, pilot: Pilot[int], path: Path | str, wanted: str) -> None:
    """The question is asked again, with a sentence on what was wrong."""
    app.clear_notifications()
    before = app.screen
    await ask_for(app, pilot, path)
    await until(pilot, lambda: app.screen is not before and isinstance(app.screen, TextPrompt))
    await until(pilot, lambda: bool(told(app)))
    (sentence,) = told(app)
    assert wanted in sentence
    assert "\n" not in sentence
    assert WORD not in sentence
    assert "Traceback" not in sentence


async def is_shown(app: GenkoApp, pilot: Pilot[int], path: Path, wanted: str) -> None:
    """The preview shows it, and is left."""
    await ask_for(app, pilot, path)
    await until(pilot, lambda: isinstance(app.screen, ImportPreview) and wanted in said(app, "sentence"))
    await pilot.press("escape")
    await until(pilot, lambda: isinstance(app.screen, ProjectsScreen))


QUICK = ("entities.fdx", "password.docx", "no\\thing[.txt")


@pytest.mark.parametrize("names", [QUICK, pytest.param(tuple(REFUSED), marks=pytest.mark.soak)])
async def test_hostile_files_are_told_and_nothing_is_created(
    paths: Paths, shelf: Shelf, tmp_path: Path, names: tuple[str, ...]
) -> None:
    open_log(paths)
    folder = tmp_path / "in"
    folder.mkdir()
    async with running(paths) as (app, pilot):
        for name in names:
            data, wanted = REFUSED[name]
            path = name if name.startswith("~") else make(folder, name, data())
            await is_refused(app, pilot, path, wanted)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, ProjectsScreen))
        data, wanted = ODD["rtl.txt"]
        await is_shown(app, pilot, make(folder, "odd.txt", data()), wanted)
        assert shelf.list() == []
    assert not paths.projects.exists()
    log = (paths.logs / FILE).read_text()
    assert "IncomingError" in log  # the control: what was refused did come to the log
    assert WORD not in log
    assert "root:" not in log


@pytest.mark.soak
async def test_large_odd_files_are_shown_and_left(paths: Paths, shelf: Shelf, tmp_path: Path) -> None:
    open_log(paths)
    async with running(paths) as (app, pilot):
        for name, (data, wanted) in (ODD | LARGE).items():
            await is_shown(app, pilot, make(tmp_path, name, data()), wanted)
        assert shelf.list() == []
    assert WORD not in (paths.logs / FILE).read_text()
