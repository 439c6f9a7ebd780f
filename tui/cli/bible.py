"""`genko characters`, `backgrounds`, `scenes` and `map`: the story bible against the script."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter

from core.bible import (
    Cast,
    Mentioned,
    Presence,
    RelationMap,
    SceneNames,
    ScenePages,
    SceneSpan,
    arrange,
    place_of_pages,
    places_of,
)
from core.bible import as_json as as_plain
from core.script import Script
from core.script.figures import sparkline
from core.story import Background, Character, ProjectStore, Section
from core.workspace import open_store, write_file
from screens.wording import counted
from tui.cli.context import Context
from tui.cli.figures import listed
from tui.cli.outcome import cell_of, complain, say, say_json

WIDTH = 24
"""Characters of a timeline."""
HIGHEST = 40
"""Rows of a map that goes into a file or a pipe."""

AsJson = Annotated[bool, Parameter(name="--json", negative="", help="Answer as JSON, for programs.")]
Missing = Annotated[bool, Parameter(negative="", help="Only what is in one and not in the other.")]
Columns = Annotated[int | None, Parameter(help="Cells across; without it as wide as the terminal.")]


def characters(project: str, /, *, search: str = "", missing: Missing = False, json: AsJson = False) -> None:
    """List the characters and how much of the script they have.

    Parameters
    ----------
    project
        An id, a title, or a beginning that fits only one.
    search
        Only those whose record has these words.
    """
    store, script = _opened(project)
    presence = Presence(script, Cast(store.characters())).complete()
    found = arrange(store.characters(), search=search)
    if json:
        people = [as_plain.character_json(one, presence.of(one.id)) for one in found]
        say_json({**({} if missing else {"characters": people}), **as_plain.missing_json(presence)})
        return
    parts: list[str] = []
    if not missing:
        head = ("name", "role", "lines", "words", "pages", "panels", "first", "last", "")
        rows = []
        for one in found:
            about = presence.of(one.id)
            numbers = (f"{number:,}" for number in (about.lines, about.words, about.pages, about.panels))
            first, last = (spot.label if spot else "" for spot in (about.first, about.last))
            rows.append((one.name, one.role, *numbers, first, last, sparkline(about.timeline, WIDTH)))
        parts.append(listed(head, rows, len(rows)) or "No characters.")
    unknown = [f"{name} ({counted(lines, 'line')})" for name, lines in presence.unknown()]
    parts += _missing(unknown, presence.silent())
    parts.append(_section("Nearly the same", [double.sentence for double in presence.cast.doubles()]))
    _say(parts, "Everybody who speaks is in the bible, and everybody in it is in the script.")


def backgrounds(project: str, /, *, search: str = "", missing: Missing = False, json: AsJson = False) -> None:
    """List the backgrounds and where the script uses them.

    Parameters
    ----------
    project
        An id, a title, or a beginning that fits only one.
    search
        Only those whose record has these words.
    """
    store, script = _opened(project)
    places = places_of(Presence(script, Cast(())).complete().reader, store.backgrounds())
    found = arrange(store.backgrounds(), search=search)
    if json:
        records = [as_plain.background_json(one, places.uses[one.id]) for one in found]
        told = {} if missing else {"backgrounds": records}
        say_json({**told, **as_plain.missing_places_json(places)})
        return
    parts: list[str] = []
    if not missing:
        rows = []
        for one in found:
            use = places.uses[one.id]
            first = use.first.label or f"line {use.first.row + 1}" if use.first else ""
            timeline = sparkline(use.timeline, WIDTH)
            rows.append((one.name, one.kind, f"{use.scenes:,}", f"{use.pages:,}", first, timeline))
        head = ("name", "kind", "scenes", "pages", "first", "")
        parts.append(listed(head, rows, len(rows)) or "No backgrounds.")
    unknown = [f"{name} ({counted(use.scenes, 'scene')})" for name, use in places.unknown]
    parts += _missing(unknown, places.unused)
    _say(parts, "Every place of the script is in the bible, and every background in the script.")


def scenes(project: str, /, *, search: str = "", missing: Missing = False, json: AsJson = False) -> None:
    """List the scenes with the pages they span, and whom they name.

    Parameters
    ----------
    project
        An id, a title, or a beginning that fits only one.
    search
        Only those whose record has these words.
    missing
        Only what they name that is not there (any more): pages, characters, places.
    """
    store, script = _opened(project)
    pages, names = ScenePages(store, script), SceneNames(store)
    told: list[dict[str, Any]] = []
    rows: list[tuple[str, ...]] = []
    troubles: list[str] = []
    for one in arrange(store.scenes(), search=search):
        span = pages.settled(one)
        people, places = names.people(one), names.places(one)
        label = place_of_pages(script, span)
        title = one.title or one.name or "(untitled)"
        wrong = [*_pages_trouble(span), *(who.sentence for who in (*people, *places) if who.sentence)]
        troubles += (f"{title}: {sentence}" for sentence in wrong)
        if not missing or wrong:
            told.append(as_plain.scene_json(one, span, label, people, places))
        rows.append((title, label, _names(places), _names(people), one.status))
    if json:
        say_json({"scenes": told})
        return
    parts = [] if missing else [listed(("title", "pages", "where", "who", "status"), rows, len(rows))]
    parts.append(_section("Not there (any more)", troubles))
    _say(parts, "Nothing is missing." if missing else "No scenes.")


def map_(
    project: str,
    /,
    *,
    svg: str | None = None,
    columns: Columns = None,
    force: Annotated[bool, Parameter(negative="")] = False,
    json: AsJson = False,
) -> None:
    """Draw who is what to whom.

    Parameters
    ----------
    project
        An id, a title, or a beginning that fits only one.
    svg
        A file to write the map to as SVG; - for standard output.
    force
        Replace the file if it is there.
    """
    store, _ = _opened(project)
    drawn = RelationMap(store.characters(), store.former_names(Section.CHARACTERS))
    if json:
        say_json(as_plain.map_json(drawn))
    elif svg is not None:
        picture = drawn.svg(store.meta.title)
        if svg == "-":
            sys.stdout.write(picture)
        else:
            write_file(Path(svg), picture.encode(), replace=force)
            complain(f"Wrote {len(drawn.nodes):,} characters to {svg}.")
    elif not drawn.nodes:
        say("No characters.")
    else:
        terminal = shutil.get_terminal_size()
        rows = terminal.lines - 2 if sys.stdout.isatty() else HIGHEST
        lines = drawn.text(max(columns or terminal.columns, 1), max(rows, 1))
        text = ["".join(piece for piece, _ in line).rstrip() for line in lines]
        say("\n".join(text).strip("\n"))


def _opened(project: str) -> tuple[ProjectStore, Script]:
    """A project, to read. Raises NotFound."""
    context = Context()
    store = open_store(context.shelf, context.shelf.find(project))
    return store, Script(store.text, names=store.names()).complete()


def _missing(unknown: Sequence[str], silent: Iterable[Character | Background]) -> list[str]:
    """Of people and of places alike: what one of script and bible has, and the other has not."""
    return [
        _section("In the script, not in the bible", unknown),
        _section("In the bible, not in the script", [one.name for one in silent]),
    ]


def _section(title: str, sentences: Sequence[str]) -> str:
    return "\n".join([f"{title}:", *(f"  {cell_of(one)}" for one in sentences)]) if sentences else ""


def _say(parts: Sequence[str], nothing: str) -> None:
    say("\n\n".join(part for part in parts if part) or nothing)


def _names(found: Sequence[Mentioned]) -> str:
    """Who is not in the bible stands in parentheses."""
    return ", ".join(one.name if one.record else f"({one.name})" for one in found)


def _pages_trouble(span: SceneSpan) -> list[str]:
    if span.lost == 2:
        return ["Its pages are not in the script any more."]
    if span.lost:
        return ["One end of its pages is not in the script any more."]
    return []
