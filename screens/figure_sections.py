"""The figures of a script as the tables of the statistics screen."""

from __future__ import annotations

from core.script.figures import (
    BalloonFigures,
    Figures,
    PageFigures,
    PanelFigures,
    PlaceFigures,
    SpeakerFigures,
    Spot,
    Words,
)
from screens.widgets.figure_table import Column, FigureRow, Section

SHOWN = 200
"""Characters of a balloon that are looked at."""


def sections(figures: Figures) -> list[Section]:
    """Speakers, pages, panels, places, longest balloons; Japanese text counted by its characters."""
    cjk = figures.mostly_cjk
    return [
        _speakers(figures.speakers, cjk),
        _pages(figures.pages, cjk),
        _panels(figures.panels(), cjk),
        _places(figures.places),
        _longest(figures.longest, cjk),
    ]


def unit(cjk: bool) -> str:
    """What lengths are counted in."""
    return "characters" if cjk else "words"


def _amount(size: Words, cjk: bool) -> int:
    return size.cjk if cjk else size.words


def _where(spot: Spot) -> str:
    return spot.label or f"line {spot.row + 1:,}"


def _number(title: str, width: int = 9, *, wide: bool = False) -> Column:
    return Column(title, max(width, len(title) + 1), right=True, wide=wide)


def _speakers(speakers: list[SpeakerFigures], cjk: bool) -> Section:
    columns = (
        Column("speaker"),
        _number("balloons"),
        _number(unit(cjk)),
        _number("pages", 6),
        _number("panels", 7, wide=True),
        _number("each", 6, wide=True),
        _number("longest", 8),
        Column("first", 9),
        Column("last", 9),
    )
    return Section(
        "Speakers", columns, len(speakers), lambda: [_speaker(one, cjk) for one in speakers], sorted_by=1
    )


def _speaker(one: SpeakerFigures, cjk: bool) -> FigureRow:
    amount = _amount(one.size, cjk)
    each = amount / max(1, one.balloons)
    numbers = (one.balloons, amount, one.pages, one.panels, each, _amount(one.longest.size, cjk))
    shown = (*(f"{number:,}" for number in numbers[:4]), f"{each:.1f}", f"{numbers[5]:,}")
    return FigureRow(
        (one.name, *shown, _where(one.first), _where(one.last)),
        (one.name.casefold(), *numbers, one.first.row, one.last.row),
        one.first.row,
    )


def _pages(pages: list[PageFigures], cjk: bool) -> Section:
    columns = (
        Column("page", 9),
        Column("title"),
        _number("panels", 7),
        _number(unit(cjk)),
        _number("balloons"),
        _number("captions"),
        _number("SFX", 5),
    )
    return Section("Pages", columns, len(pages), lambda: [_page(one, cjk) for one in pages])


def _page(one: PageFigures, cjk: bool) -> FigureRow:
    numbers = (one.panels, _amount(one.size, cjk), one.balloons, one.captions, one.sfx)
    return FigureRow(
        (one.at.label, one.title, *(f"{number:,}" for number in numbers)),
        (one.at.row, one.title.casefold(), *numbers),
        one.at.row,
    )


def _panels(panels: list[PanelFigures], cjk: bool) -> Section:
    columns = (
        Column("panel", 11),
        Column("title"),
        _number(unit(cjk)),
        _number("balloons"),
        _number("captions"),
        _number("SFX", 5),
    )
    return Section("Panels", columns, len(panels), lambda: [_panel(one, cjk) for one in panels])


def _panel(one: PanelFigures, cjk: bool) -> FigureRow:
    numbers = (_amount(one.size, cjk), one.balloons, one.captions, one.sfx)
    return FigureRow(
        (_where(one.at), one.title, *(f"{number:,}" for number in numbers)),
        (one.at.row, one.title.casefold(), *numbers),
        one.at.row,
    )


def _places(places: list[PlaceFigures]) -> Section:
    columns = (Column("place"), _number("scenes", 7), _number("pages", 6), Column("first", 12))
    return Section("Places", columns, len(places), lambda: [_place(one) for one in places], sorted_by=3)


def _place(one: PlaceFigures) -> FigureRow:
    return FigureRow(
        (one.name, f"{one.scenes:,}", f"{one.pages:,}", _where(one.first)),
        (one.name.casefold(), one.scenes, one.pages, one.first.row),
        one.first.row,
    )


def _longest(balloons: list[BalloonFigures], cjk: bool) -> Section:
    columns = (_number(unit(cjk), 6), Column("at", 11), Column("who", 14), Column("balloon"))
    return Section("Longest", columns, len(balloons), lambda: [_balloon(one, cjk) for one in balloons])


def _balloon(one: BalloonFigures, cjk: bool) -> FigureRow:
    return FigureRow(
        (
            f"{_amount(one.size, cjk):,}",
            _where(one.at),
            one.speaker or one.kind.value,
            " ".join(one.text[:SHOWN].split()),
        ),
        (one.size.weight, one.at.row, one.speaker.casefold(), one.text[:SHOWN].casefold()),
        one.at.row,
    )
