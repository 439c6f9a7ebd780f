"""The figures of a script: of all of it, and per speaker, page, panel, place and balloon."""

from __future__ import annotations

from core.script.figures.collecting import FiguresMaker, figures
from core.script.figures.model import (
    BalloonFigures,
    Figures,
    PageFigures,
    PanelFigures,
    PlaceFigures,
    SpeakerFigures,
    Spot,
    Words,
)
from core.script.figures.plain import as_json, totals_json
from core.script.figures.sparkline import sparkline

__all__ = [
    "BalloonFigures",
    "Figures",
    "FiguresMaker",
    "PageFigures",
    "PanelFigures",
    "PlaceFigures",
    "SpeakerFigures",
    "Spot",
    "Words",
    "as_json",
    "figures",
    "sparkline",
    "totals_json",
]
