"""The text editor: a widget over the store's text that opens, types and merges at any length."""

from __future__ import annotations

from screens.widgets.editor.editor import ScriptEditor
from screens.widgets.editor.find_bar import FindBar
from screens.widgets.editor.finding import Found
from screens.widgets.editor.scrolling import ViewState
from screens.widgets.editor.styling import LineStyler, StyledSpan

__all__ = ["FindBar", "Found", "LineStyler", "ScriptEditor", "StyledSpan", "ViewState"]
