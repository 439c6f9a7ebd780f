"""From a line of text to the strip that a painted widget gives."""

from __future__ import annotations

from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual.strip import Strip


def strip_of(text: Text, width: int, ground: Style, console: Console) -> Strip:
    """The line in exactly `width` cells, on the widget's own ground."""
    if text.style:
        text.stylize_before(text.style)
    segments = list(Segment.apply_style(text.render(console), ground))
    return Strip(segments).adjust_cell_length(width, ground)
