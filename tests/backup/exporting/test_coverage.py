"""Nothing that Genko keeps is forgotten: a new column, fact, field or file has to say where it goes."""

from __future__ import annotations

import ast
import importlib
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from core.backup.exporting import create
from core.journal.peek import read_facts
from core.server import Server
from core.story import BOOK_SECTIONS
from core.story.fields import Kind
from core.story.records import META_FIELDS
from core.story.records import columns_of as fields_of
from core.workspace import Shelf
from core.workspace.files import import_file
from core.workspace.goals import Goal, GoalKeeper, tally_of
from core.workspace.links import link_project
from core.workspace.saving import save_project
from tests.backup.exporting import covered
from tests.backup.exporting.making import contents, lines, project, wishes
from tests.workspace.conftest import OpenSession, open_session

__all__ = ["open_session"]

ROOT = Path(__file__).parents[3]


def unsaid(there: Mapping[str, Iterable[str]], said: Mapping[str, Mapping[str, str]]) -> set[str]:
    """Columns that nobody has said anything about, and those that are spoken of and not there."""
    real = {f"{table}.{column}" for table, columns in there.items() for column in columns}
    told = {f"{table}.{column}" for table, columns in said.items() for column in columns}
    return real ^ told


def columns_of(server: Server) -> dict[str, list[str]]:
    """Of the tables that the server really has."""
    with server.connect() as link:
        rows = link.execute(
            "SELECT c.table_name, c.column_name FROM information_schema.columns c "
            "JOIN information_schema.tables t USING (table_schema, table_name) "
            "WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE'"
        ).fetchall()
    found: dict[str, list[str]] = {}
    for table, column in rows:
        found.setdefault(table, []).append(column)
    return found


def test_every_column_of_the_server_is_in_a_backup_or_has_a_reason(server: Server) -> None:
    assert unsaid(columns_of(server), covered.COLUMNS) == set()
    with server.connect() as link:
        views = link.execute("SELECT viewname FROM pg_views WHERE schemaname = 'public'").fetchall()
    assert {name for (name,) in views} == covered.VIEWS.keys()


def test_control_an_added_column_and_an_added_table_are_noticed(server: Server) -> None:
    with server.connect() as link:
        link.execute("ALTER TABLE pages ADD COLUMN mood text")
        link.execute("CREATE TABLE sketches (sketch_id bigint)")
    assert unsaid(columns_of(server), covered.COLUMNS) == {"pages.mood", "sketches.sketch_id"}


def test_every_table_of_a_journal_is_in_a_backup_or_has_a_reason(shelf: Shelf) -> None:
    path = shelf.path_of(project(shelf))
    with closing(sqlite3.connect(path)) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        there = {
            name: [row[1] for row in connection.execute(f"PRAGMA table_info({name})")]
            for (name,) in names
            if not name.startswith("sqlite_")
        }
    assert unsaid(there, covered.JOURNAL) == set()


def test_whatever_is_said_to_be_in_a_backup_has_a_place_there() -> None:
    tables = (*covered.COLUMNS.values(), *covered.JOURNAL.values(), covered.FACTS, covered.FILES)
    places = [where for table in tables for where in table.values()]
    assert [
        where for where in places if not isinstance(where, covered.Not) and not covered.is_there(where)
    ] == []
    assert all(where for where in places)


def test_every_fact_of_a_journal_is_in_a_backup_or_has_a_reason(
    shelf: Shelf, server: Server, tmp_path: Path, open_session: OpenSession
) -> None:
    file = tmp_path / "a script.txt"
    file.write_text("PAGE 1\n\nPANEL 1\nMARA: Yes.\n")
    entry, _ = import_file(shelf, file)
    save_project(shelf, entry.project_id, server)
    link_project(shelf, shelf.entry(entry.project_id), tmp_path / "linked.txt", None)
    session, _ = open_session(shelf, entry.project_id)
    keeper = GoalKeeper(session.journal, today=lambda: date(2026, 11, 21))
    keeper.set_goal(Goal(1))
    keeper.observe(tally_of(session.script.statistics()))
    session.store.splice(0, 0, "PAGE 0\n\n")
    keeper.observe(tally_of(session.script.complete().statistics()))
    assert keeper.take_reached()
    session.close()
    shelf.trash(entry.project_id)
    found = set(read_facts(shelf.path_of(entry.project_id)))
    assert {name for name in found if not name.startswith(covered.FAMILIES)} <= covered.FACTS.keys()
    assert {"source_path", "server_id", "link", "goal_day", "trashed_at"} <= found, "much has happened to it"


def facts_put(source: str, module: Any = None) -> set[str]:
    """The names of facts that a piece of source puts into a journal."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("journal.put"):
            found |= _names(node.args[0], module)
    return found


def _names(node: ast.expr, module: Any) -> set[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return {node.value}
    value = getattr(module, node.id, None) if isinstance(node, ast.Name) else None
    return {value} if isinstance(value, str) else set()


def test_facts_that_the_source_puts_are_known() -> None:
    files = [path for folder in ("core", "screens", "tui") for path in (ROOT / folder).rglob("*.py")]
    sources = [source for path in files if "journal.put(" in (source := path.read_text())]
    found = {name for source in sources for name in facts_put(source)}
    assert found <= covered.FACTS.keys()
    assert {"saved_at", "title"} <= found
    assert facts_put("self.journal.put('mood', 'x')") == {"mood"}, "control: a new one is noticed"


def _value(kind: Kind, default: Any, name: str) -> Any:
    if kind in (Kind.PROSE,) or isinstance(default, str):
        return f"«{name}»"
    if isinstance(default, bool):
        return True
    if isinstance(default, int):
        return 77
    return {name: f"«{name}»"} if kind is Kind.PAIRS or isinstance(default, Mapping) else (f"«{name}»",)


def test_every_field_of_records_and_meta_and_every_mark_is_in_it(shelf: Shelf, folder: Path) -> None:
    one = shelf.create(title="Full").project_id
    with shelf.edited(one) as store:
        for section in BOOK_SECTIONS:
            values = {c.name: _value(c.kind, c.default, c.name) for c in fields_of(section).values()}
            record = store.add_record(section, **values)
            store.put_raw(section, record, {"of a newer Genko": {"deep": [1, None, "é"]}})
        store.set_meta(
            **{name: "x" for name in META_FIELDS if name not in ("format_version", "bom", "title")}
        )
        store.set_mark("kind of a newer Genko", "name", [1, {"two": 2}])
        wanted = {section: store.raw_records(section) for section in BOOK_SECTIONS}
        meta = store.raw_meta()
    made = create(shelf, wishes(folder))
    assert made.path is not None
    (found,) = contents(made)
    assert found.meta == meta
    for section in BOOK_SECTIONS:
        assert {one.key: one.fields for one in found.records[section]} == wanted[section]
        (line,) = lines(made.path, section.value)
        assert {column.key for column in fields_of(section).values()} <= line["fields"].keys()


_JOINED = re.compile(r'\b(?:paths|self)\.(data|config|state|logs)\s*/\s*(f?"[^"]*"|[A-Za-z_]+)')


def files_named(source: str, module: Any) -> Iterator[str]:
    """The names that a piece of source looks for in the user's folders."""
    for place, name in _JOINED.findall(source):
        found = name.strip('f"') if '"' in name else getattr(module, name, name)
        yield f"{place}/{str(found).split('/')[0]}"


def test_every_file_of_the_user_is_in_a_backup_or_has_a_reason() -> None:
    found: set[str] = set()
    for folder in ("core", "screens", "tui"):
        for path in (ROOT / folder).rglob("*.py"):
            source = path.read_text()
            if _JOINED.search(source):
                module = importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
                found |= set(files_named(source, module))
    assert found - covered.FILES.keys() - OTHERS == set()


OTHERS = {"config/name", "config/item", "data/entry"}
"""Variables: names of `core.backup.exporting.settings.FILES`, on their way out and in; a backup."""


def test_control_a_new_file_is_noticed() -> None:
    named = set(files_named('open(shelf.paths.config / "brushes.toml")', None))
    assert named == {"config/brushes.toml"}
    assert named - covered.FILES.keys()


@pytest.mark.parametrize("section", BOOK_SECTIONS)
def test_control_a_record_without_one_of_its_fields_would_be_seen(section: Any, shelf: Shelf) -> None:
    one = shelf.create(title="Bare").project_id
    with shelf.edited(one) as store:
        store.put_raw(section, "id", {"notes": "only these"})
        found = store.raw_records(section)["id"]
    assert not {column.key for column in fields_of(section).values()} <= found.keys()
