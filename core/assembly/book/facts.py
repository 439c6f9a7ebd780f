"""What a record says of its page's panels: fields of their own, that two people may write at once.

A field is `panel:<panel>:<name>`, where a panel is `peer:counter` (the identity of its heading in the
script) or `cell:N` (a cell without one, of this page only).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from core.assembly.plan import PanelStatus
from core.story import AssemblyPage, Json

PANEL = "panel:"
CELL = "cell:"
AGREED = "agreed:"
EMPTY_CELL = "-"
"""In a page's `panel_order`: nothing is in this cell, on purpose."""


@dataclass(frozen=True, slots=True)
class BalloonPlace:
    """Where the writer put a balloon, in parts of its panel: 0 to 1 from its upper left corner."""

    x: float | None = None
    y: float | None = None
    width: float | None = None
    height: float | None = None
    order: int | None = None
    """Its turn in the panel, from 1."""
    mark: str = ""
    """What is typical of its words, to find it again when balloons before it came or went."""


@dataclass(frozen=True, slots=True)
class PanelFacts:
    """All that is kept of a panel."""

    notes: str = ""
    picture: str = ""
    background: str = ""
    characters: tuple[str, ...] | None = None
    """Who is in the picture, where the writer said so."""
    status: PanelStatus = PanelStatus.SCRIPT
    balloons: Mapping[int, BalloonPlace] = field(default_factory=dict)
    mark: str = ""
    """The panel's words when something was last written about it."""
    words: tuple[Mapping[str, Json], ...] = ()
    """Lettering of a cell that is not in the script: kind, speaker, text."""
    description: str = ""
    """Of a cell that is not in the script."""

    @property
    def matters(self) -> bool:
        """Whether it would be missed."""
        started = self.status is not PanelStatus.SCRIPT
        told = self.notes or self.picture or self.background or self.description
        return bool(started or told or self.characters is not None or self.balloons or self.words)


NOTHING = PanelFacts()


def key(panel: str, name: str) -> str:
    """The field under which a fact stands."""
    return f"{PANEL}{panel}:{name}"


def split_key(stored: str) -> tuple[str, str] | None:
    """(panel, name) of a field; None for others."""
    if not stored.startswith(PANEL):
        return None
    parts = stored[len(PANEL) :].split(":", 2)
    return (f"{parts[0]}:{parts[1]}", parts[2]) if len(parts) == 3 and all(parts) else None


def is_cell(panel: str) -> bool:
    """Whether this names a cell rather than a panel of the script."""
    return panel.startswith(CELL)


def raw_facts(record: AssemblyPage) -> dict[str, dict[str, Json]]:
    """The stored fields of each panel, by panel and name; notes that were emptied are none."""
    found: dict[str, dict[str, Json]] = {}
    for stored, value in record.extra.items():
        parts = split_key(stored)
        if parts is not None and value is not None and value != "":
            found.setdefault(parts[0], {})[parts[1]] = value
    return found


def facts_of(raw: Mapping[str, Json]) -> PanelFacts:
    """Typed facts; what doesn't fit is passed over."""
    characters = raw.get("characters")
    status = _text(raw.get("status"))
    words = raw.get("words")
    return PanelFacts(
        _text(raw.get("notes")),
        _text(raw.get("picture")),
        _text(raw.get("background")),
        _names(characters) if isinstance(characters, list) else None,
        PanelStatus(status) if status in _STATUSES else PanelStatus.SCRIPT,
        dict(_places(raw)),
        _text(raw.get("mark")),
        tuple(word for word in words if isinstance(word, dict)) if isinstance(words, list) else (),
        _text(raw.get("description")),
    )


def merged(parts: Iterable[Mapping[str, Json]]) -> dict[str, Json]:
    """Facts of one panel that stand in several records; the first one has the say."""
    several = list(parts)
    if len(several) == 1:
        return dict(several[0])
    out: dict[str, Json] = {}
    for part in several:
        for name, value in part.items():
            if value not in ("", []) or name not in out:  # notes that were emptied elsewhere say nothing
                out[name] = value if out.get(name) in (None, "", []) else out[name]
    return out


def agreements(record: AssemblyPage) -> dict[str, str]:
    """What differs from the script on purpose, by kind: how it differed when that was said."""
    return {
        stored.removeprefix(AGREED): value
        for stored, value in record.extra.items()
        if stored.startswith(AGREED) and isinstance(value, str) and value
    }


_STATUSES = frozenset(status.value for status in PanelStatus)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _names(value: list[Any]) -> tuple[str, ...]:
    return tuple(name for name in value if isinstance(name, str))


def _places(raw: Mapping[str, Json]) -> Iterator[tuple[int, BalloonPlace]]:
    for name, value in raw.items():
        head, _, number = name.partition(":")
        if head == "balloon" and number.isdecimal() and len(number) < 6 and isinstance(value, dict):
            yield int(number), _place(value)


def _place(value: Mapping[str, Any]) -> BalloonPlace:
    order = value.get("order")
    place = BalloonPlace(
        _part(value.get("x")),
        _part(value.get("y")),
        _part(value.get("w")),
        _part(value.get("h")),
        order if isinstance(order, int) and not isinstance(order, bool) and 0 < order < 10_000 else None,
        _text(value.get("mark")),
    )
    if not place.width or not place.height or place.x is None or place.y is None:
        return replace(place, x=None, y=None, width=None, height=None)
    return place


def _part(value: Any) -> float | None:
    """A number of about the size of a panel; None for what is none, or lies far outside."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return float(value) if -1.0 <= value <= 2.0 else None
