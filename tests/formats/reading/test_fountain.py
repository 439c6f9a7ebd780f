"""Fountain is read as an independent reader reads it, and its comic uses give pages and panels."""

from __future__ import annotations

import io
import re

import pytest
from screenplain.parsers import fountain as independent  # type: ignore[import-untyped]
from screenplain.types import Dialog, DualDialog, Section, Slug  # type: ignore[import-untyped]

from core.incoming import preview, read_bytes
from core.script import LineKind, parse
from core.script.formats.reading import read_script
from core.script.formats.reading.fountain import read_fountain
from core.script.manuscript import manuscript

PLAY = """\
Title:
    _**The Cello Case**_
Credit: written by
Author: Nobody You Know
Contact:
    A street
    A town

FADE IN:

INT. BUS STATION - NIGHT #3#

A clock without hands.
It has never had any.

@McNora
(60, tired)
You could at least *pretend*.
I would.

/* A long remark that
was cut. */

DRIVER (O.S.) ^
Last bus!
(beat)
Lady?
(shouting)
LADY!

.THE CLOCK

It strikes thirteen. [[Is that too much?]]

!NORA
runs, but that is action.

NORA
~La la la
{blank}
~and la.

> CUT TO:

EXT./INT. BUS - CONTINUOUS

> THE END <

===

INT NOWHERE - DAY

NOTHING ELSE HAPPENS
""".replace("{blank}", "  ")


def spoken_elsewhere(text: str) -> list[tuple[str, list[str]]]:
    """Names and words of each speech as screenplain has them."""
    found: list[tuple[str, list[str]]] = []
    for block in independent.parse(io.StringIO(text)):
        speeches = [block.left, block.right] if isinstance(block, DualDialog) else [block]
        for speech in speeches:
            if isinstance(speech, Dialog):
                lines = [plain(str(line)) for aside, line in speech.blocks if not aside]
                found.append(
                    (plain(str(speech.character)).split(" (")[0].casefold(), [x for x in lines if x])
                )
    return found


def plain(text: str) -> str:
    return re.sub(r"[*_~]", "", text).strip()


def spoken_here(text: str) -> list[tuple[str, list[str]]]:
    """The same of our reading; balloons that a `(beat)` parts are one speech there."""
    found: list[tuple[str, list[str]]] = []
    for element in read_fountain(text, "en").out.everything():
        if element.kind is not LineKind.DIALOGUE:
            continue
        name, lines = element.speaker.casefold(), [plain(line) for line in element.text.split("\n")]
        if found and found[-1][0] == name and element.modifiers and element.modifiers[-1] in ASIDES:
            found[-1][1].extend(lines)
        else:
            found.append((name, [line for line in lines if line]))
    return found


ASIDES = ("beat", "shouting")


def test_an_independent_reader_finds_the_same_speeches() -> None:
    assert spoken_here(PLAY) == spoken_elsewhere(PLAY)
    assert len(spoken_here(PLAY)) == 3


def test_an_independent_reader_finds_the_same_scenes() -> None:
    blocks = list(independent.parse(io.StringIO(PLAY)))
    slugs = sum(isinstance(block, Slug) for block in blocks)
    shown = preview(read_bytes(PLAY.encode(), "play.fountain"))
    assert (shown.pages, shown.panels, shown.scenes) == (0, 0, slugs)
    assert not any(isinstance(block, Section) for block in blocks)


def test_what_the_title_page_and_the_remarks_say_is_kept() -> None:
    incoming = read_bytes(PLAY.encode(), "play.fountain")
    lines = incoming.text.split("\n")
    assert incoming.title == "The Cello Case"
    assert "Contact: A street A town" in lines
    assert "[[A long remark that was cut.]]" in lines
    assert "[[Is that too much?]]" in lines
    assert lines.index("[[Is that too much?]]") == lines.index("(It strikes thirteen.)") + 1
    assert "MCNORA (60, tired):" in lines


@pytest.mark.parametrize(
    ("text", "pages", "panels"),
    [
        ("# PAGE 1\n\n.PANEL 1\n\nA.\n\n.PANEL 2\n\nB.\n\n# PAGES 2-3\n\n.PANEL 1\n\nC.\n", 3, 3),
        ("# ISSUE 1\n\n## PAGE 1\n\n### PANEL 1\n\nA.\n\n### PANEL 2\n\nB.\n", 1, 2),
        ("#The first page\n\n.Panel 1\n\nA.\n\n#The second\n\n.Panel 1\n\nB.\n", 2, 2),
        ("# PAGE 1\n\n.A wide shot of the bay\n\nA.\n\n.A hand\n\nB.\n", 1, 2),
        (
            "#Page {{serial page}}\n\n.Case {{panel}}\n\nA.\n\n#Page {{serial page}}\n\n.Case 1\n\nB.\n",
            2,
            2,
        ),
        ("PAGE 1\n\nPANEL 1\n\nA.\n\nTOM\nHello.\n\nPANEL 2\n\nB.\n", 1, 2),
        ("# Act one\n\nINT. HOUSE - DAY\n\nHe reads page 3.\n\nTOM\nPage 12 is gone.\n", 0, 0),
    ],
)
def test_the_comic_uses(text: str, pages: int, panels: int) -> None:
    shown = preview(read_bytes(text.encode(), "comic.fountain"))
    assert (shown.pages, shown.panels) == (pages, panels)


def test_a_conversion_reads_as_what_was_built() -> None:
    """The text and the manuscript that the reader built hold the same balloons."""
    built = [e for e in read_fountain(PLAY, "en").out.everything() if e.kind is LineKind.DIALOGUE]
    text = read_script(PLAY, ending=".fountain").text
    again = [e for e in manuscript(parse(text)).everything() if e.kind is LineKind.DIALOGUE]
    assert [(e.speaker.casefold(), e.text, e.modifiers) for e in built] == [
        (e.speaker.casefold(), e.text, e.modifiers) for e in again
    ]
