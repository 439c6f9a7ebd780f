"""The comic-script language: lines, parser, outline, statistics; one parser feeds everything."""

from __future__ import annotations

from core.script.lines import LineBuffer, LineSplice

__all__ = ["LineBuffer", "LineSplice"]
