"""`ComicInfo.xml`: what a reader of comic archives is told of the book, in the order of its schema (2.0)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.assembly.drawing.margins import SKETCH
from core.assembly.plan import Book, Direction
from core.xmltext import attribute, text


@dataclass(frozen=True, slots=True)
class PageFacts:
    """One picture in the archive."""

    size: int
    """Of its file, in bytes."""
    width: int
    height: int
    double: bool
    label: str
    cover: bool = False


def comic_info(book: Book, pages: Sequence[PageFacts], characters: Sequence[str]) -> str:
    """The file's text."""
    manga = "YesAndRightToLeft" if book.direction is Direction.RTL else "No"
    facts = {
        "Title": book.title,
        "Series": book.title,
        "Summary": book.summary,
        "Notes": f"{SKETCH.capitalize()}es, drawn by Genko from the script; not the finished art.",
        "Writer": book.author,
        "PageCount": str(len(pages)),
        "LanguageISO": book.language,
        "Format": "Storyboard",
        "BlackAndWhite": "No",
        "Manga": manga,
        "Characters": ", ".join(" ".join(name.replace(",", " ").split()) for name in characters),
    }
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', "<ComicInfo>"]
    lines += [f"  <{key}>{text(value)}</{key}>" for key, value in facts.items() if value.strip()]
    lines.append("  <Pages>")
    for at, page in enumerate(pages):
        kind = "FrontCover" if page.cover else "Story"
        lines.append(
            f'    <Page Image="{at}" Type="{kind}" DoublePage="{"true" if page.double else "false"}" '
            f'ImageSize="{page.size}" Bookmark={attribute(page.label)} '
            f'ImageWidth="{page.width}" ImageHeight="{page.height}"/>'
        )
    lines += ["  </Pages>", "</ComicInfo>", ""]
    return "\n".join(lines)
