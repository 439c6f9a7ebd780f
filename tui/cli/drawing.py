"""`genko export --format storyboard|png|svg|cbz`: the pages of a project as sketches."""

from __future__ import annotations

import sys
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from core.errors import UsageError
from core.media import MediaStore
from core.workspace import ShelfEntry, open_store, store_of_file
from core.workspace.storyboards import DrawingWishes, draw_store
from tui.cli.context import Context
from tui.cli.outcome import complain, say_json

DRAWN = {"storyboard": ".pdf", "cbz": ".cbz", "png": ".png", "svg": ".svg"}
"""The formats, and the endings that go with them."""
Switch = Annotated[bool, Parameter(negative="")]


@Parameter(name="*")
@dataclass(frozen=True)
class Drawing:
    """How pages are drawn, for storyboard, cbz, png and svg."""

    dpi: int = 150
    """For cbz and png, and for pictures in the others: dots an inch, 36 to 1200."""
    trim: str = ""
    """Size of a page: b5, a4, a5, b4, letter, us, tankobon, 182x257 (mm), 6.625x10.25in."""
    bleed: float | None = None
    """In mm; without it the project's in a PDF, none in pictures."""
    pages: str = ""
    """Only these, as 1-4,7."""
    direction: Literal["ltr", "rtl", "vertical"] | None = None
    """How the pages are read; without it the project's."""
    first_side: Literal["left", "right"] | None = None
    """Where page 1 lies; without it as usual for the direction."""
    crop_marks: Switch = False
    """For a storyboard: marks that show where to cut."""
    split_spreads: Switch = False
    """A spread as two pages."""
    figures: Annotated[bool, Parameter(negative="--no-figures")] = True
    """Figures for the characters."""
    descriptions: Annotated[bool, Parameter(negative="--no-descriptions")] = True
    """The panels' descriptions in small type."""

    def wishes(self, form: str, author: str, *, title_page: bool = True) -> DrawingWishes:
        """The same for who draws."""
        named = {one.name: getattr(self, one.name) for one in fields(self)}
        named |= {"direction": self.direction or "", "first_side": self.first_side or ""}
        return DrawingWishes(form=form, author=author, title_page=title_page, **named)


def draw(
    context: Context,
    entry: ShelfEntry | None,
    path: str,
    target: str,
    wishes: DrawingWishes,
    *,
    force: bool,
    as_json: bool,
) -> None:
    """Draw a project, or a script file that is none (`entry` is None)."""
    if target == "-":
        raise UsageError(
            f"{wishes.form} is not for standard output.", todo="Name a file or a folder with --to."
        )
    if entry is None:
        store, media = store_of_file(Path(path)), MediaStore(context.paths.projects / "none.media")
    else:
        store = open_store(context.shelf, entry)
        media = MediaStore(context.shelf.media_of(entry.project_id), context.paths.state / "thumbnails")
    outcome = draw_store(store, media, Path(target), wishes, progress=_progress, replace=force)
    for sentence in outcome.warnings:
        complain(sentence)
    if as_json:
        say_json(
            {
                "target": str(outcome.target),
                "format": wishes.form,
                "pages": outcome.pages,
                "bytes": outcome.size,
                "warnings": list(outcome.warnings),
            }
        )
    else:
        what = "1 page" if outcome.pages == 1 else f"{outcome.pages:,} pages"
        complain(f"Wrote {what}, {outcome.size:,} bytes, to {target}.")


def _progress(done: float) -> None:
    if sys.stderr.isatty():
        end = "\n" if done >= 1 else ""
        print(f"\rgenko: drawing, {done:.0%} ", end=end, file=sys.stderr, flush=True)
