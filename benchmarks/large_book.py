"""A whole graphic novel made up on the spot: 300 pages, 2,000 panels, 200 characters, places and scenes."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import UUID

from textual.pilot import Pilot

from core.journal import Journal
from core.paths import Paths
from core.story import ProjectStore, Section
from core.workspace import Shelf
from tui.app import GenkoApp
from tui.settings import Settings

PAGES, PANELS, CHARACTERS, BACKGROUNDS, SCENES = 300, 2_000, 200, 40, 60
_FIRST = "Mara Tom Aiko Léa Ren Noor Ivo Suzu Paul Hana Omar Yuki Zoé Karl Mei Ana Jun Eva Sora Max"
_LAST = "Brand Sato Roux Vidal Kuro Lind Haas Mori Petit Okada"
_SAID = (
    "You came back.",
    "Not for you. The bridge is gone, and so is everyone who knew the way over it.",
    "Listen!",
    "それでも行くしかない。",
    "There is a light in the old mill tonight; nobody has lived there since the flood.",
)


REST = 12.0
"""Seconds that a writer reads before going to another tab; meanwhile the tabs are made ready."""


@asynccontextmanager
async def opened(folder: Path, size: tuple[int, int]) -> AsyncIterator[tuple[GenkoApp, Pilot[int]]]:
    """The app with the book open, read, and its tabs ready."""
    paths = Paths(folder / "data", folder / "config", folder / "logs", folder / "state")
    app = GenkoApp(paths, Settings(), opening=make(Shelf(paths)), server=False)
    app.animation_level = "none"
    try:
        async with app.run_test(size=size) as pilot:
            while app.session is None or not app.session.script.done:
                await pilot.pause(0.1)
            await pilot.pause(REST)
            yield app, pilot
    finally:
        app.close()


def names() -> list[str]:
    """The characters, each once."""
    every = itertools.product(_LAST.split(), _FIRST.split())
    return [f"{first} {last}" for last, first in every][:CHARACTERS]


def script() -> str:
    """The script: six or seven panels a page, one to three balloons a panel, now and then a sound."""
    everybody = names()
    turn = itertools.count()
    lines: list[str] = []
    panels = 0
    for page in range(1, PAGES + 1):
        lines += [f"PAGE {page}", ""]
        wanted = PANELS * page // PAGES
        for panel in range(1, wanted - panels + 1):
            who = [everybody[(next(turn) * 7) % CHARACTERS] for _ in range(1 + (page + panel) % 3)]
            lines += [
                f"PANEL {panel}",
                f"({who[0].title()} at the window. Rain over the harbour, boats below.)",
            ]
            lines += [
                f"{name.upper()}: {_SAID[(page + panel + at) % len(_SAID)]}" for at, name in enumerate(who)
            ]
            if (page + panel) % 5 == 0:
                lines.append("SFX: KRAK")
            lines.append("")
        panels = wanted
    return "\n".join(lines)


def fill(store: ProjectStore) -> None:
    """Bible and scenes of the script."""
    ids = [
        store.add_record(Section.CHARACTERS, name=name, role="side", description=f"{name} of the harbour.")
        for name in names()
    ]
    for at, one in enumerate(ids):
        other = ids[(at * 13 + 5) % CHARACTERS]
        if other != one:
            store.update_record(Section.CHARACTERS, one, relationships={other: "friend"})
    places = [
        store.add_record(Section.BACKGROUNDS, name=f"Place {number}", kind="exterior")
        for number in range(BACKGROUNDS)
    ]
    for number in range(SCENES):
        store.add_record(
            Section.SCENES,
            title=f"Scene {number}",
            background=places[number % BACKGROUNDS],
            characters=ids[number : number + 3],
        )


def make(shelf: Shelf) -> UUID:
    """The project on a shelf."""
    entry = shelf.create(title="Harbour", text=script())
    journal: Journal
    journal, recovered = shelf.open_journal(entry.project_id)
    store = ProjectStore.load(entry.project_id, recovered.blobs)
    before = store.version
    fill(store)
    journal.append(store.updates_since(before))
    journal.close()
    return entry.project_id
