"""All of MagikSwipe under a path as it is shown before anything is done: each concept and file, its fate."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from core.content import Fate, Foreign, RowFate
from core.legacy.kept import Item
from core.legacy.magikswipe.documents import read_universe
from core.legacy.magikswipe.finding import DOCUMENTS, Found, files_of, find
from core.legacy.magikswipe.joining import join_media
from core.legacy.magikswipe.media import Media, is_media_name, probe
from core.legacy.magikswipe.names import blanks, slug_of
from core.legacy.magikswipe.rows import Tables, rows_of_dump, rows_of_file, rows_of_sqlite
from core.legacy.magikswipe.tables import Assembled
from core.legacy.magikswipe.universes import Universe
from core.legacy.values import ForeignError
from core.work import Work

LONGEST_TITLE = 80


@dataclass
class All:
    """What there is under a path."""

    universes: list[Universe] = field(default_factory=list)
    rows: list[RowFate] = field(default_factory=list)
    """Of what belongs to no universe."""
    notes: list[str] = field(default_factory=list)


def read_universes(source: Path, *, work: Work) -> All:
    """Every universe under a path: those of databases with their buckets, then those of folders."""
    root, found = _found(source)
    everything = All()
    buckets = _buckets(source, found)
    used: set[Path] = set()
    for form, tables, where, lies in _tables(found, root, work):
        used |= _assemble(everything, Assembled(tables, where, form), tables, buckets, lies, work)
    for folder in found.universes:
        if folder not in used:
            universe = read_universe(folder, _where(folder, root), {name for name, _ in files_of(folder)})
            _bring_media(universe, folder, everything, work)
            everything.universes.append(universe)
    for link in found.links:
        why = "A link; links are not followed."
        everything.rows.append(RowFate(_where(link, root), Fate.REFUSED, why=why))
    if found.cut:
        everything.notes.append("There are more folders than are looked at; choose a smaller one.")
    return everything


def read_database(conninfo: str, media: Path | None, *, work: Work) -> All:
    """The universes of a Postgres, with their folders under `media`. Raises ServerError, ForeignError."""
    from core.legacy.magikswipe.database import rows_of_database
    from core.legacy.mangaka.sources.database import described

    where = described(conninfo)
    everything = All()
    tables = rows_of_database(conninfo, where, work=work)
    buckets = find(media).buckets if media is not None else {}
    made = Assembled(tables, where, "Postgres and bucket")
    _assemble(everything, made, tables, buckets, media or Path("/"), work)
    return everything


def _assemble(
    everything: All,
    made: Assembled,
    tables: Tables,
    buckets: Mapping[str, list[Path]],
    lies: Path,
    work: Work,
) -> set[Path]:
    """Universes of tables with their media; gives the folders that are theirs."""
    used: set[Path] = set()
    everything.rows += made.rows
    everything.notes += tables.notes
    for universe in made.universes:
        folder = _bucket_of(universe, buckets, lies)
        if folder is None:
            universe.remarks.append("its folder of pictures is not here")
        else:
            used.add(folder)
            _bring_media(universe, folder, everything, work)
    everything.universes += made.universes
    return used


def _found(source: Path) -> tuple[Path, Found]:
    if source.is_dir():
        return source, find(source)
    return source.parent, Found(databases=[source])


def _tables(found: Found, root: Path, work: Work) -> Iterator[tuple[str, Tables, str, Path]]:
    """(Form, rows, what the report calls it, where it lies)."""
    for path in found.databases:
        where = _where(path, root)
        yield "SQLite and bucket", rows_of_sqlite(path, where, work=work), where, path.parent
    together = Tables()
    for table, path in found.tables:
        part = rows_of_file(table, path, _where(path, root))
        together.fates += part.fates
        for name, rows in part.rows.items():
            together.add(name, rows)
    if "univers" in together.rows or together.fates:
        lies = found.tables[0][1].parent if found.tables else root
        yield "tables and bucket", together, "tables", lies
    for path in found.dumps:
        dump = rows_of_dump(path, _where(path, root))
        if dump.rows or dump.fates:
            yield "dump of Postgres and bucket", dump, _where(path, root), path.parent


def _buckets(source: Path, found: Found) -> Mapping[str, list[Path]]:
    """Folders with pictures by name. Of a database alone: those where its program kept them."""
    if source.is_dir():
        return found.buckets
    beside = source.parent.parent / "buckets"
    return find(beside).buckets if beside.is_dir() else {}


def _bucket_of(universe: Universe, buckets: Mapping[str, list[Path]], lies: Path) -> Path | None:
    """The folder of this name that is nearest to the tables: another universe may be called the same."""
    named = [name for name in sorted(universe.aliases) if name in buckets]
    alike = [name for name in sorted(buckets) if slug_of(name) == universe.slug]
    for name in (*named, *alike):
        return max(buckets[name], key=lambda path: _nearness(path, lies))
    return None


def _nearness(path: Path, lies: Path) -> tuple[bool, int]:
    """The old program kept `db/` and `buckets/` side by side."""
    return lies.parent / "buckets" in path.parents, len(Path(os.path.commonpath([path, lies])).parts)


def _bring_media(universe: Universe, folder: Path, everything: All, work: Work) -> None:
    """The files of its folder: media become part of it, everything else is told of."""
    media: list[Media] = []
    where = universe.where
    for name, path in files_of(folder):
        if is_media_name(name):
            media.append(probe(path, name, work=work))
        elif name not in DOCUMENTS:
            why = "No file of a universe; it is not copied."
            everything.rows.append(RowFate(f"{where}/{name}", Fate.NO_PLACE, why=why))
        elif name not in universe.documents and f"{where}/{name}" not in {row.where for row in universe.rows}:
            why = "Lies in the bucket beside the pictures; the database was read."
            universe.rows.append(RowFate(f"{where}/{name}", Fate.KEPT, why=why))
    join_media(universe, media)
    universe.folder = folder


def read_foreign(source: Path, *, work: Work) -> Foreign:
    """The same as a report. None of it is a project, so all that can be read is kept for drafts."""
    everything = read_universes(source, work=work)
    if not everything.universes and not everything.rows:
        raise ForeignError("There is no universe here that could be read.", safe="Nothing was changed.")
    rows = [row for universe in everything.universes for row in _rows(universe)]
    forms = sorted({universe.form for universe in everything.universes}) or ["damaged"]
    notes = (*_notes(everything.universes), *everything.notes)
    return Foreign("magikswipe", ", ".join(forms), (), (*rows, *everything.rows), notes)


def items_of(source: Path, *, work: Work) -> Iterator[Item]:
    """What is kept: databases, tables, documents and media of universes; nothing else of what lies there."""
    root, found = _found(source)
    for path in [*found.databases, *(path for _, path in found.tables), *found.dumps]:
        yield Item(_where(path, root), path)
        for end in ("-wal", "-journal"):
            journal = path.with_name(path.name + end)
            if path in found.databases and journal.is_file():
                yield Item(_where(journal, root), journal)
    for universe in read_universes(source, work=work).universes:
        if universe.folder is None:
            continue
        readable = {file.name for file in universe.media if file.sha256}
        for name, path in files_of(universe.folder):
            if name in DOCUMENTS or name in readable:
                yield Item(f"{_where(universe.folder, root)}/{name}", path)


def _where(path: Path, root: Path) -> str:
    try:
        relative = path.relative_to(root)
    except ValueError:  # the bucket of a database that was named alone
        return path.name
    return str(relative) if relative.parts else path.name


def _rows(universe: Universe) -> Iterator[RowFate]:
    yield RowFate(
        universe.where, Fate.KEPT, _line(universe.name), _sentence([universe.form, *_about(universe)])
    )
    for asset in universe.assets:
        yield RowFate(asset.where, Fate.KEPT, _line(asset.name), _sentence(asset.remarks))
    yield from universe.rows


def _about(universe: Universe) -> Iterator[str]:
    yield f"{len(universe.assets):,} concepts, {len(universe.media):,} files"
    if universe.status:
        yield f"it says “{_line(universe.status)}”"
    for what, prompt in (("pictures", universe.image_prompt), ("films", universe.video_prompt)):
        if found := blanks(prompt):
            yield f"the prompt for {what} has places to fill in: {', '.join(found[:3])}"
    for language, song in sorted(universe.music.items()):
        if found := blanks(song.prompt):
            yield f"the prompt for music {language} holds {', '.join(found[:3])}, never filled in"
    yield from universe.remarks


def _notes(universes: list[Universe]) -> Iterator[str]:
    assets = [asset for universe in universes for asset in universe.assets]
    counted = "1 universe" if len(universes) == 1 else f"{len(universes):,} universes"
    concepts = "1 concept" if len(assets) == 1 else f"{len(assets):,} concepts"
    yield f"{counted} with {concepts}. `genko drafts import` makes drafts of what is kept here."
    unsure = sum(not asset.verified for asset in assets)
    if unsure:
        yield f"Prompts that do not name their concept, and may be another's: {unsure:,}, marked unverified."
    by_slug: dict[str, list[Universe]] = defaultdict(list)
    for universe in universes:
        by_slug[universe.slug].append(universe)
    for several in by_slug.values():
        if len(several) > 1:
            places = ", ".join(universe.where for universe in several[:6])
            yield f"By their names these are one universe; they are kept apart: {places}."


def _sentence(remarks: list[str]) -> str:
    said = "; ".join(remarks)
    return said[:1].upper() + said[1:] + ("." if said and not said.endswith(".") else "")


def _line(value: str) -> str:
    line = " ".join(value[: LONGEST_TITLE * 4].split())
    return line if len(line) <= LONGEST_TITLE else line[: LONGEST_TITLE - 1] + "…"
