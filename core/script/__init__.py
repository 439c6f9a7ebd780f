"""The comic-script language: one parser feeds colours, outline, statistics, saving and every export."""

from __future__ import annotations

from core.script.keywords import LANGUAGES, fold, meaning_of
from core.script.kinds import HEADINGS, LETTERING, Audience, LineKind, ParsedLine, Role, Span
from core.script.lines import LineBuffer, LineSplice
from core.script.page_journal import PageChanges
from core.script.pages import Pages, PageSpan, Place
from core.script.script import Script, ScriptSplice, parse
from core.script.statistics import OutlineItem, Statistics

__all__ = [
    "HEADINGS",
    "LANGUAGES",
    "LETTERING",
    "Audience",
    "LineBuffer",
    "LineKind",
    "LineSplice",
    "OutlineItem",
    "PageChanges",
    "PageSpan",
    "Pages",
    "ParsedLine",
    "Place",
    "Role",
    "Script",
    "ScriptSplice",
    "Span",
    "Statistics",
    "fold",
    "meaning_of",
    "parse",
]
