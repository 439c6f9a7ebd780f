"""What was recognised in a text that comes in, told before anything is created."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from core.incoming.unsure import Unsure, unsure_rows
from core.script import parse


@dataclass(frozen=True, slots=True)
class Preview:
    """The figures of a script, and the rows that may have been misunderstood."""

    pages: int
    panels: int
    balloons: int
    """Of speakers."""
    captions: int
    sfx: int
    speakers: int
    chapters: int
    scenes: int
    words: int
    """All words, or the characters of a Japanese text."""
    unsure: tuple[Unsure, ...]
    """The first of them, in order."""
    unsure_total: int
    """All of them."""

    @property
    def sentence(self) -> str:
        """`24 pages, 123 panels, 156 balloons, 12 speakers; 7 lines I am unsure of`."""
        parts = [
            *(_counted(self.chapters, "chapter") if self.chapters else ()),
            *(_counted(self.scenes, "scene") if self.scenes and not self.pages else ()),
            *_counted(self.pages, "page"),
            *_counted(self.panels, "panel"),
            *_counted(self.balloons, "balloon"),
            *_counted(self.speakers, "speaker"),
        ]
        doubts = _counted(self.unsure_total, "line")
        return ", ".join(parts) + (f"; {doubts[0]} I am unsure of" if self.unsure_total else "")


class _Incoming(Protocol):
    @property
    def text(self) -> str: ...

    @property
    def exact(self) -> bool: ...


def preview(incoming: _Incoming) -> Preview:
    """What is in an `Incoming`. Parses its whole text: call it from a worker."""
    return preview_of(incoming.text, converted=not incoming.exact)


def preview_of(text: str, *, converted: bool = False) -> Preview:
    """The same for a text; `converted` is one whose markup is ours, not its writer's."""
    script = parse(text)
    figures = script.statistics()
    found, total = unsure_rows(script, converted=converted)
    return Preview(
        figures.pages,
        figures.panels,
        figures.dialogues,
        figures.captions,
        figures.sfx,
        len(script.speakers()),
        figures.chapters,
        figures.scenes,
        figures.words if figures.words * 2 > figures.cjk_characters else figures.cjk_characters,
        found,
        total,
    )


def _counted(count: int, thing: str) -> tuple[str]:
    return (f"{count:,} {thing}{'' if count == 1 else 's'}",)


__all__ = ["Preview", "Unsure", "preview", "preview_of"]
