"""The rows of one project and one user, made into what the project holds; every row with its fate."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid5

from core.content import Content, Fate, OldText, RawRecord, RowFate
from core.legacy.mangaka.canvases import Pages, in_order
from core.legacy.mangaka.chapters import plain
from core.legacy.mangaka.records import from_image, from_part, linked, merged
from core.legacy.mangaka.rows import BACKUPS, IMAGES, PAGES, PROJECTS, SCRIPTS, VERSIONS, Row
from core.legacy.mangaka.saying import rest_of, said_by, words_in
from core.legacy.mangaka.shapes import Script, Shape, clean_name, read_script
from core.legacy.mangaka.sources.exports import EXPORT, STORE, TEXT
from core.legacy.mangaka.words import count_of, left_over
from core.story import Section
from core.story.clean import clean_text
from core.workspace.shelf import LONGEST_TITLE, clean_title

_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass
class Group:
    """All rows of one project and one user, in the order of their source."""

    project: str
    user: str
    rows: list[Row] = field(default_factory=list)
    owner: str = ""
    """Whose the project is, if the source says so; others who wrote in it get ids of their own."""
    alone: bool = True
    """Whether nobody else has rows of this project."""
    author: str = ""
    """The user's name, if it is known."""
    size: int = 0
    """Bytes of its rows."""
    title: str = ""
    """What its owner calls it, where that is said."""

    @property
    def key(self) -> str:
        """What the project is called here, the same each time."""
        return f"{self.project}/{self.user}"


@dataclass
class _Text:
    """A script that some row holds."""

    row: Row
    script: Script

    @property
    def text(self) -> str:
        return clean_text(self.script.text).text


def gather(group: Group) -> tuple[Content, list[RowFate]]:
    """One project: its text, records and earlier texts, and what became of each row."""
    return _Gathering(group).result()


class _Gathering:
    def __init__(self, group: Group) -> None:
        self._group = group
        self._by_table: dict[str, list[Row]] = {}
        for row in group.rows:
            self._by_table.setdefault(_kind(row.table), []).append(row)
        current = [_Text(row, _read(row)) for row in self._by_table.get(SCRIPTS, [])]
        archived = [
            _Text(row, _read(row)) for kind in (VERSIONS, BACKUPS[0]) for row in self._by_table.get(kind, [])
        ]
        self._texts = [*sorted(archived, key=_age), *sorted(current, key=_age)]
        self._head = _head(current) or _head(archived)
        self._fates: dict[int, RowFate] = {}
        self._older: list[OldText] = []

    def result(self) -> tuple[Content, list[RowFate]]:
        """See `gather`."""
        records, pages = self._records()
        self._tell_texts()
        title, meta = self._title(), self._meta()
        content = Content(
            key=self._group.key,
            title=title,
            project_id=self._project_id(),
            meta=meta,
            script=self._head.text if self._head else "",
            records={**{section: tuple(found) for section, found in records.items()}, **pages},
            older=tuple(self._older),
            edited_at=max((at for row in self._group.rows if (at := row.at)), default=None),
        )
        self._tell_others()
        return content, self._with_rest(content)

    def _project_id(self) -> UUID | None:
        from core.legacy.mangaka.rows import uuid_of

        known = uuid_of(self._group.project)
        if known is None:
            return None
        mine = self._group.user in ("", self._group.owner) or (self._group.alone and not self._group.owner)
        return known if mine else uuid5(known, f"mangaka {self._group.user}")

    def _title(self) -> str:
        names = [self._head.script.title] if self._head else []
        names += [
            clean_name(plain(row.values.get(column)))
            for row in self._by_table.get(PROJECTS[0], [])
            for column in ("name", "title")
        ]
        names += [clean_name(self._group.title)]
        names += [clean_name(plain(text.row.values.get("title"))) for text in self._texts[::-1]]
        found = next((name for name in names if name), "")
        title = clean_text(found).text
        return clean_title(title[: LONGEST_TITLE - 1])

    def _meta(self) -> dict[str, Any]:
        from core.script.formats.reading.language import language_of

        told = [
            text.strip()
            for table in (SCRIPTS, PROJECTS[0])
            for row in self._by_table.get(table, [])
            if isinstance(text := row.values.get("description"), str) and text.strip()
        ]
        language = language_of(self._head.text if self._head else "\n".join(told))
        meta = {"language": language, "direction": "rtl" if language == "ja" else "ltr"}
        if told:
            meta["description"] = clean_text("\n".join(dict.fromkeys(told))).text
        return meta

    def _records(
        self,
    ) -> tuple[dict[Section, list[RawRecord]], dict[Section, tuple[RawRecord, ...]]]:
        found: list[tuple[Section, RawRecord]] = []
        for text in self._texts[::-1]:  # the newest first
            for part in ("characters", "backgrounds", "decors", "scenes"):
                for raw in text.script.parts.get(part, []):
                    made = from_part(part, raw)
                    if made is not None:
                        found.append(made)
        for row in self._by_table.get(IMAGES[0], []):
            made = from_image(row)
            fate = Fate.TAKEN if made else Fate.NO_PLACE
            name = plain(made[1].fields.get("name") or made[1].fields.get("title")) if made else ""
            self._fates[id(row)] = RowFate(row.where, fate, name, project=self._group.key)
            if made is not None:
                found.append(made)
        pages = Pages(self._group.key)
        rows = in_order(self._by_table.get(PAGES, []))
        for row in rows:
            pages.take_row(row)
        self._fates |= {id(row): pages.fates[row.number] for row in rows}
        for text in self._texts[::-1]:
            pages.take_stored(text.script.parts.get("pages", []))
        return linked(merged(found)), {Section.ASSEMBLY: tuple(pages.records)} if pages.records else {}

    def _tell_texts(self) -> None:
        """The newest text is the script; each other one is a version, once."""
        seen: dict[str, Row] = {}
        if self._head is not None:
            seen[self._head.text.strip()] = self._head.row
            self._fate(self._head.row, Fate.TAKEN, f"the script ({self._head.script.shape.value})")
        for text in self._texts[::-1]:
            if text is self._head:
                continue
            words = text.text.strip()
            if not words:
                why = "; ".join(text.row.troubles) or text.script.shape.value
                self._fate(text.row, Fate.REFUSED if text.row.troubles else Fate.EMPTY, why)
            elif words in seen:
                self._fate(text.row, Fate.DUPLICATE, f"the same text as {seen[words].where}")
            else:
                seen[words] = text.row
                self._fate(text.row, Fate.VERSION, text.script.shape.value)
                self._older.append(OldText(text.text, text.row.at, self._group.author, _label(text.row)))
        self._older.reverse()

    def _tell_others(self) -> None:
        alone = all(_kind(row.table) == PROJECTS[0] for row in self._group.rows)
        for row in self._by_table.get(PROJECTS[0], []):
            self._fate(row, Fate.EMPTY if alone else Fate.TAKEN, "" if alone else "the project's name")
        for row in self._group.rows:
            if id(row) not in self._fates:
                self._fate(row, Fate.NO_PLACE, "Genko has nothing like it.")

    def _fate(self, row: Row, fate: Fate, why: str) -> None:
        title = plain(row.values.get("title")) or plain(row.values.get("name"))
        self._fates[id(row)] = RowFate(row.where, fate, clean_text(title).text, why, self._group.key)

    def _with_rest(self, content: Content) -> list[RowFate]:
        """What a row says beyond what was taken of it stands in its line of the report."""
        found = words_in(content)
        fates = []
        for row in self._group.rows:
            fate = self._fates[id(row)]
            rest = left_over(said_by(row), found + count_of((fate.why, fate.title)))
            if rest:
                fate = replace(fate, why="; ".join([fate.why, rest_of(rest)]))
            fates.append(fate)
        return fates


def script_of(row: Row) -> str:
    """The script that a row holds, as it would be kept; "" for none."""
    return clean_text(_read(row).text).text.strip() if "script_data" in row.values else ""


def _read(row: Row) -> Script:
    if row.troubles:
        return Script(Shape.UNKNOWN)
    return read_script(row.values.get("script_data"))


def _kind(table: str) -> str:
    if table in (STORE, EXPORT, TEXT):
        return SCRIPTS
    if table.startswith(BACKUPS):
        return BACKUPS[0]
    if table in PROJECTS:
        return PROJECTS[0]
    if table in IMAGES:
        return IMAGES[0]
    return table


def _age(text: _Text) -> tuple[datetime, int]:
    return text.row.at or _NEVER, text.row.number


def _head(texts: list[_Text]) -> _Text | None:
    """The newest that is not empty."""
    filled = [text for text in texts if not text.script.is_empty]
    return max(filled, key=_age, default=None)


def _label(row: Row) -> str:
    """`“Rain”, 12 May 2025 (row 3 of manga_scripts)`: what tells a writer something comes first."""
    title = " ".join(plain(row.values.get("title")).split())
    parts = [f"“{clean_text(title).text}”"] if title else []
    if row.at is not None:
        parts.append(f"{row.at:%d %B %Y}")
    where = f"{row.id or f'row {row.number:,}'} of {row.table}"
    return f"{', '.join(parts)} ({where})" if parts else where
