"""A backup in lines: what it is, what is in it, where it is, what was left out; a page or a record of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from core.backup.answers import SectionFacts, Summary
from core.backup.keeping.entry import Entry
from core.cells import wrap
from core.sizes import as_size
from screens.backup.wording import ago, moment, reason, verified
from screens.bible.views.lines import BLANK, Line, heading, quiet
from screens.wording import counted

LABEL = 14
NAMES = {
    "meta": "about the project",
    "projects": "projects",
    "pages": "script",
    "script": "script",
    "characters": "characters",
    "backgrounds": "backgrounds",
    "scenes": "scenes",
    "assembly": "pages of the book",
    "drafts": "drafts",
    "pack": "about the draft",
    "assets": "assets",
    "prompts": "prompts",
    "attempts": "attempts",
    "revisions": "published",
    "draft_versions": "saves of drafts",
    "draft_media": "files of drafts",
    "versions": "saves",
    "pictures": "pictures",
    "media": "pictures",
    "settings": "settings",
    "kept": "other programs' data",
    "documents": "whole documents",
}
"""Sections of an archive, as people call them."""
NOWHERE_ELSE = "Nowhere else (yet). backup.second in the settings names another disk, or a store."


class InProject(NamedTuple):
    """Into a project of the backup."""

    id: str


class InLeaf(NamedTuple):
    """To a page or a record."""

    id: str


def details_lines(entry: Entry, summary: Summary | None, width: int, now: datetime) -> list[Line]:
    """Everything about a backup; its projects can be chosen."""
    lines = [*_about(entry, width), BLANK, *_inside(entry, summary), BLANK, *_where(entry, width, now)]
    if summary is not None and summary.left_out:
        lines += [BLANK, heading("Left out")]
        for what, why in summary.left_out:
            lines += _labelled(NAMES.get(what, what), why, width)
    return lines


def short_details(entry: Entry, summary: Summary | None, width: int, now: datetime) -> list[Line]:
    """For a few rows below the list: nothing that stands in the list already."""
    lines = [Line(((row, "error"),)) for row in wrap(entry.verify_failed, width)]
    known = [f"“{entry.label}”" if entry.label else "", "encrypted" if entry.encrypted else ""]
    if any(known):  # the list has room for the beginning of a name only
        lines += [quiet(row) for row in wrap(" · ".join(filter(None, known)), width)]
    if summary is not None:
        parts = [_together(*_count(summary, one)) for one in summary.sections if one.count]
        lines += [quiet(row) for row in wrap(" · ".join(parts[1:]), width)]
    return [*lines, *_projects(entry, summary), BLANK, *_where(entry, width, now)]


def _about(entry: Entry, width: int) -> Iterator[Line]:
    name = f"  “{entry.label}”" if entry.label else ""
    pin = "pinned" if entry.pinned else ""
    yield Line(
        ((moment(entry.made_at), "bold"), (f" · {reason(entry)}", "quiet"), (name, "accent")), right=pin
    )
    sign, said, colour = verified(entry)
    read = f"read back {said}, every byte right" if colour == "success" else f"read back: {said}"
    yield Line(((f"{sign} ", colour), (read, "" if colour == "success" else colour)))
    if entry.verify_failed:
        yield from (Line(((row, colour),)) for row in wrap(entry.verify_failed, width))
    parts = [as_size(entry.size), counted(entry.words, "word"), counted(entry.pages, "page")]
    yield Line(((" · ".join((*parts, *(["encrypted"] if entry.encrypted else []))), ""),))


def _inside(entry: Entry, summary: Summary | None) -> Iterator[Line]:
    for section in summary.sections if summary is not None else ():
        if section.name != "projects":
            count, name = _count(summary, section)
            yield Line(((f"{name:<{LABEL + 4}}", "quiet"), (count, "" if section.count else "quiet")))
    if summary is not None and summary.media_files:
        files = f"{summary.media_files:,} · {as_size(summary.media_bytes)}"
        yield Line(((f"{'picture files':<{LABEL + 4}}", "quiet"), (files, "")))
    if summary is not None:
        yield BLANK
    yield from _projects(entry, summary)


def _count(summary: Summary | None, section: SectionFacts) -> tuple[str, str]:
    """(how many, of what)."""
    name = NAMES.get(section.name, section.name)
    if section.name == "pages" and summary is not None:
        return f"{counted(summary.pages, 'page')}, {counted(summary.words, 'word')}", name
    return f"{section.count:,}", name


def _together(count: str, name: str) -> str:
    """`characters 12`, which no line's end comes between."""
    return f"{name} {count}".replace(" ", "\u00a0")


def _projects(entry: Entry, summary: Summary | None) -> Iterator[Line]:
    projects = summary.projects if summary is not None and summary.projects else entry.projects
    drafts = [project for project in projects if project.kind]
    books = [project for project in projects if not project.kind]
    if books or not drafts:
        yield heading(counted(len(books), "project"), "Enter: look in" if books else "")
    for project in books:
        figures = f"{counted(project.pages, 'page')} · {counted(project.words, 'word')}"
        yield Line(((project.title or "(untitled)", ""),), InProject(project.id), figures)
    if drafts:
        yield heading(counted(len(drafts), "draft"), "Enter: look in")
    for draft in drafts:
        title = draft.title or "(untitled)"
        yield Line(((title, ""),), InProject(draft.id), counted(draft.assets, "asset"))


def _where(entry: Entry, width: int, now: datetime) -> Iterator[Line]:
    yield heading("Where it is")
    if entry.path:
        home, path = str(Path.home()), entry.path
        shown = f"~{path[len(home) :]}" if path.startswith(f"{home}/") else path
        yield from _labelled("this machine", shown, width)
    for copy in entry.copies:
        if copy.verified_at is not None:
            yield from _labelled(f"● {moment(copy.verified_at)}", f"{copy.place}, read back there", width)
        if copy.failed:
            yield from _labelled("▲ failed", f"{copy.place}: {copy.failed}", width)
    if entry.confirmed_at is not None:
        yield from _labelled("● received", f"confirmed {moment(entry.confirmed_at)}", width)
    if entry.elsewhere_at is None:
        yield from (quiet(row) for row in wrap(NOWHERE_ELSE, width))
    else:
        yield quiet(f"On another disk or machine: {ago(entry.elsewhere_at, now)}.")


def _labelled(label: str, words: str, width: int) -> Iterator[Line]:
    for at, row in enumerate(wrap(words, max(8, width - LABEL - 2))):
        yield Line(((f"{'' if at else label:<{LABEL}}  ", "quiet"), (row, "")))
