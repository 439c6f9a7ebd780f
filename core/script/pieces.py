"""Panels that are headed once for each thing in them: `Panel 1 (Scene)`, `Panel 1 (Dialogue - Mara)`."""

from __future__ import annotations

import re

from core.script.cue import Cue
from core.script.heading import Heading
from core.script.keywords import RESERVED, SPEECH, bare, fold
from core.script.kinds import LETTERING, LineKind, Role
from core.script.names import is_name

_LABEL = re.compile(r"(?P<label>[^\s:,–—-][^:,–—-]{0,24}?)(?:\s*+[-–—:,]\s*+(?P<name>\S.{0,43}))?\s*+$")
_ACTION = frozenset(("scene", "action", "description", "visual", "image", "コマ", "ト書き", "描写", "scène"))


def is_piece(title: str) -> bool:
    """Whether what stands behind a panel's number only says which part of the panel comes next."""
    found = _LABEL.match(title)
    if not found:
        return False
    word = RESERVED.get(bare(found["label"]))
    if found["name"]:
        return word == SPEECH
    return word == SPEECH or word in LETTERING or bare(found["label"]) in _ACTION


def piece_cue(heading: Heading) -> Cue | None:
    """Whose words stand below such a heading, or what is lettered there; None for a description."""
    found = _LABEL.match(heading.title)
    if not found:
        return None
    word = RESERVED.get(bare(found["label"]))
    start = heading.parts[-1][0]
    if isinstance(word, LineKind) and word in LETTERING:
        at = (start, start + len(found["label"]), Role.KEYWORD)
        return Cue(found["label"], word, (*heading.parts[:-1], at), (), "", forced=True, own_line=True)
    name = (found["name"] or "").strip()
    if word != SPEECH or not is_name(name):
        return None
    at = (start + found.start("name"), start + found.start("name") + len(name), Role.SPEAKER)
    label = (start, start + len(found["label"]), Role.LABEL)
    parts = (*heading.parts[:-1], label, at)
    return Cue(name, LineKind.DIALOGUE, parts, (), "", forced=True, own_line=True, key=fold(name))
