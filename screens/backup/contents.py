"""A project of a backup in lines: its pages and records, and the words of one of them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from core.backup.answers import Leaf
from core.cells import wrap
from core.script import LineKind, Script
from core.story import Section
from screens.backup.details import NAMES, InLeaf
from screens.bible.views.lines import BLANK, Line, heading, quiet
from screens.record_changes import field_label

ROLES = {
    LineKind.CHAPTER: "kind-chapter bold",
    LineKind.PAGE: "kind-page bold",
    LineKind.PANEL: "kind-panel bold",
    LineKind.CAPTION: "kind-caption",
    LineKind.SFX: "kind-sfx",
    LineKind.NOTE: "kind-note",
    LineKind.DIALOGUE: "kind-speaker",
}
"""How the lines of a page are painted: as the editor does, by their kind."""


def contents_lines(title: str, leaves: Sequence[Leaf], width: int, waiting: str = "") -> list[Line]:
    """All of a project that can be read, by section."""
    lines = [heading(title)]
    for section, found in groupby(leaves, key=lambda leaf: leaf.section):
        group = list(found)
        name = NAMES.get(section, section)
        lines += [
            BLANK,
            Line(((f"{name[:1].upper()}{name[1:]}", "kind-page bold"),), right=f"{len(group):,}"),
        ]
        lines += [
            Line(((f"  {leaf.title or '(no name)'}", ""),), InLeaf(leaf.id), leaf.note) for leaf in group
        ]
    if not leaves:
        lines += [BLANK, quiet(waiting or "There is nothing to read in it.")]
    return lines


def leaf_lines(leaf: Leaf, width: int) -> list[Line]:
    """A page's text, or a record's fields; nothing is under the cursor, so that the arrows scroll."""
    if leaf.section == "pages":
        return [*_page(leaf.lines[0][1] if leaf.lines else "", width)]
    lines = [heading(leaf.title or "(no name)", leaf.note), BLANK]
    for key, words in leaf.lines:
        lines.append(quiet(_label(leaf.section, key)))
        for row in words.split("\n"):
            lines += [Line(((f"  {piece}", ""),)) for piece in wrap(row, width - 2)]
    if not leaf.lines:
        lines.append(quiet("Nothing is written down in it."))
    return lines


def _page(text: str, width: int) -> list[Line]:
    script = Script(text)
    lines: list[Line] = []
    for row, raw in enumerate(script.lines):
        role = ROLES.get(script.line(row).kind, "")
        lines += [Line(((piece, role),)) for piece in wrap(raw, width)] or [BLANK]
    return lines


def _label(section: str, key: str) -> str:
    try:
        label = field_label(Section(section), key)
    except ValueError:
        label = ""
    return label[:1].upper() + label[1:] if label else key
