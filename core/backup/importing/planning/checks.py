"""What makes a source unfit: ids that stand twice, circles; and what of it leads nowhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from core.backup.importing.choices import counted
from core.backup.importing.reading.ids import LINKS
from core.content import Content
from core.media import is_sha
from core.story import Section

OURS = ("genko", "json")
"""Systems whose data Genko has written."""
LONGEST = 60
"""Characters of an id that are shown."""
MOST = 20
"""Sentences of a kind; a source with a thousand such faults needs no thousand."""
_CHAINS = {Section.ASSEMBLY: "after"}
"""Fields in which a record names another of its section, and which lead to an end."""
_MAY_BE_GONE = "merged"
"""The field that names records which became this one."""


def problems_of(content: Content, system: str = "", *, adopt: bool = False) -> list[str]:
    """Why a project can't be imported as it is, in sentences; empty if it can.

    With its document it is taken as it is: that is how the program itself has written it. Without, links
    that lead nowhere are refused in what Genko has written (`adopt`: not); other programs' come as they are.
    """
    if content.document:
        return []
    found = _refused(content) if system in OURS and not adopt else []
    found += [f"{where}: the id {key} stands {count} times." for where, key, count in _twice(content)]
    for section, field in _CHAINS.items():
        after = {
            record.key: str(record.fields.get(field) or "") for record in content.records.get(section, ())
        }
        if circle := _circle(after):
            names = ", ".join(key[:LONGEST] for key in circle[:5])
            found.append(f"{section.value}: these follow one another in a circle: {names}.")
    return found[:MOST]


def notes_of(content: Content) -> list[str]:
    """Links that lead nowhere; they stay as they are."""
    if content.document:
        return []
    title = content.title or content.key
    lost = sum(1 for _ in _dangling(content))
    found = []
    if lost:
        leads = "link between records leads" if lost == 1 else "links between records lead"
        found.append(f"“{title}”: {lost:,} {leads} to nothing in it; what they say stays.")
    named = {sha for rows in content.records.values() for record in rows for sha in _pictures(record.fields)}
    missing = len(named - {picture.sha256 for picture in content.pictures})
    if missing:
        pictures = counted(missing, "picture", "pictures")
        found.append(f"“{title}”: {pictures} that it names came without a file.")
    return found


def _refused(content: Content) -> list[str]:
    lost = [f"{where}: {name[:LONGEST]}" for where, name in _dangling(content)]
    if not lost:
        return []
    links = "link between records leads" if len(lost) == 1 else "links between records lead"
    shown = ", ".join(lost[:5]) + (" …" if len(lost) > 5 else "")
    way = "Choose to take them as they stand (--adopt), if that is how it is meant."
    return [f"“{content.title or content.key}”: {len(lost):,} {links} to nothing in it ({shown}). {way}"]


def _twice(content: Content) -> Iterator[tuple[str, str, int]]:
    for section, rows in content.records.items():
        counts = Counter(record.key for record in rows)
        yield from ((section.value, key[:LONGEST], count) for key, count in counts.items() if count > 1)


def _circle(after: Mapping[str, str]) -> list[str]:
    """The first circle among records that name the one before them; empty if there is none."""
    settled: set[str] = set()
    for start in after:
        path: dict[str, None] = {}
        key = start
        while key in after and key not in settled and key not in path:
            path[key] = None
            key = after[key]
        if key in path:
            steps = list(path)
            return steps[steps.index(key) :]
        settled |= path.keys()
    return []


def _links() -> Iterator[tuple[Section, str, Section]]:
    for section, fields in LINKS.items():
        yield from ((section, field, target) for field, target in fields.items() if field != _MAY_BE_GONE)


def _dangling(content: Content) -> Iterator[tuple[str, str]]:
    """What names which record that is not there."""
    for section, field, target in _links():
        known = {record.key for record in content.records.get(target, ())}
        for record in content.records.get(section, ()) if target in content.records else ():
            value = record.fields.get(field)
            names = [value] if isinstance(value, str) and value else value
            if isinstance(names, list | dict):
                where = f"{section.value} {record.key[:LONGEST]}"
                yield from ((where, str(name)) for name in names if name not in known)


def _pictures(fields: Mapping[str, object]) -> list[str]:
    value = fields.get("pictures")
    return [one for one in value if isinstance(one, str) and is_sha(one)] if isinstance(value, list) else []
