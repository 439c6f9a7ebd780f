"""Reads whatever the earlier app's data lie in, as projects and a line for every row."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from core.content import Content, Fate, Foreign, RowFate
from core.errors import IncomingError
from core.legacy.mangaka.gathering import gather
from core.legacy.mangaka.rows import Row
from core.legacy.mangaka.sources import Tally
from core.legacy.mangaka.staging import Staging
from core.legacy.mangaka.telling import Form, form_of
from core.legacy.sniffing import Sample
from core.work import Work

MOST_AT_ONCE = 200_000_000
"""Bytes of rows that are read into one Foreign; more go through `genko migrate mangaka`, a part at a time."""


@dataclass
class Staged:
    """All rows of a source, in order."""

    staging: Staging
    form: str
    """In words."""
    where: str
    """The source as a person may see it: no password."""
    tally: Tally = field(default_factory=Tally)

    def passed_over(self) -> Iterator[RowFate]:
        """A line for each table that is none of the app's, or about people and money."""
        for table, count in sorted(self.tally.passed_over.items()):
            rows = "1 row" if count == 1 else f"{count:,} rows"
            yield RowFate(f"{table} ({rows})", Fate.NO_PLACE, why="None of a writer's words; not copied.")


def read_file(path: Path, *, work: Work) -> Foreign:
    """All projects of a file. Raises GenkoError if nothing of it can be used."""
    with staged(str(path), work=work) as found:
        if found.staging.size > MOST_AT_ONCE:
            raise IncomingError(
                f"{path.name} holds more than is read at once.",
                safe="Nothing was changed.",
                todo=f"`genko migrate mangaka run {path}` brings it in, a part at a time.",
            )
        return foreign_of(found, work)


def foreign_of(found: Staged, work: Work) -> Foreign:
    """All of what was staged, at once."""
    projects: list[Content] = []
    fates: list[RowFate] = []
    count = found.staging.group_count()
    for at, group in enumerate(found.staging.groups()):
        work.step("reading", at, count, "projects")
        content, told = gather(group)
        fates += told
        if has_anything(content):
            projects.append(content)
    fates += found.staging.others()
    fates += found.passed_over()
    notes = (*found.tally.problems, *found.tally.notes)
    return Foreign("mangaka", found.form, tuple(projects), tuple(fates), notes)


def has_anything(content: Content) -> bool:
    """Whether there is anything to make a project of."""
    return bool((content.script or "").strip() or any(content.records.values()) or content.older)


@contextmanager
def staged(source: str, *, work: Work) -> Iterator[Staged]:
    """All rows of a file, folder or database. Raises GenkoError."""
    from core.legacy.addresses import is_address
    from core.legacy.mangaka.sources.database import conninfo_of, described, rows_of_database

    tally = Tally()
    with Staging() as staging:
        if is_address(source):
            conninfo = conninfo_of(source)
            found = Staged(staging, "the database itself", described(conninfo), tally)
            tally.tell = lambda done: work.step("reading the database", done, 0)
            staging.put_all(rows_of_database(conninfo, tally))
        else:
            path = Path(source)
            form = form_of(Sample(path)) or _by_ending(path)
            found = Staged(staging, form.value, str(path), tally)
            size = path.stat().st_size
            tally.tell = lambda done: work.step("reading the file", done, size)
            staging.put_all(rows_of(path, form, tally))
        yield found


def _by_ending(path: Path) -> Form:
    """For a file that was named as the app's and does not look it: any text may be a script."""
    if path.is_file() and path.suffix.lower() == ".txt":
        return Form.TEXT
    raise IncomingError(
        f"{path} holds nothing that is known of MANGAKA AI.",
        safe="Nothing was changed.",
        todo="`genko migrate mangaka --help` lists what can be read.",
    )


def rows_of(path: Path, form: Form, tally: Tally) -> Iterator[Row]:
    """The rows of a file, one after another, whatever its form."""
    from core.legacy.mangaka.sources import archives, csv_rows, exports, json_rows, sql_rows

    readers = {
        Form.ROWS: json_rows.rows_of_json,
        Form.LINES: json_rows.rows_of_lines,
        Form.CSV: csv_rows.rows_of_csv,
        Form.DUMP: sql_rows.rows_of_sql,
        Form.ARCHIVE: archives.rows_of_archive,
        Form.STORE: exports.rows_of_export,
        Form.ALL_DATA: exports.rows_of_export,
        Form.EXPORT: exports.rows_of_export,
        Form.TEXT: exports.rows_of_text,
    }
    return readers[form](path, tally)
