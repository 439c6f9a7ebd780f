"""The forms that a script can be written in, and what is asked of a writer of one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from core.errors import GenkoError

Progress = Callable[[float], None]
"""Is told the share that is done, 0 to 1, from the thread that writes. It may raise
WritingStoppedError: then nothing is written."""
Notice = Callable[[str], None]
"""Is told, in a sentence for a person, what a form could not carry."""


class WritingStoppedError(GenkoError):
    """The caller asked to stop; nothing is wrong and nothing was written."""


class ScriptFormat(StrEnum):
    """What a script can be written as. Values are those of the command line."""

    TXT = "txt"
    """The script exactly as it is."""
    GENKO = "genko"
    """Our own markup, strict."""
    MARKDOWN = "md"
    FOUNTAIN = "fountain"
    FDX = "fdx"
    DOCX = "docx"
    SCRIPT_JSON = "script-json"
    """The structure of the script: pages, panels, elements."""
    HTML = "html"
    PDF = "pdf"
    LETTERING_TSV = "lettering-tsv"
    LETTERING_TXT = "lettering-txt"
    CSP = "csp"
    """One line a balloon, for Clip Studio's story editor."""

    @property
    def title(self) -> str:  # type: ignore[override]  # a str has a method of this name that nobody needs here
        """What a person calls it."""
        return _TITLES[self]

    @property
    def ending(self) -> str:
        """The usual ending of its files, with the dot."""
        return _ENDINGS[self]

    @property
    def binary(self) -> bool:
        """Whether it can't be shown on a terminal."""
        return self in (ScriptFormat.DOCX, ScriptFormat.PDF)


_TITLES = {
    ScriptFormat.TXT: "plain text, exactly as it is",
    ScriptFormat.GENKO: "Genko markup",
    ScriptFormat.MARKDOWN: "Markdown",
    ScriptFormat.FOUNTAIN: "Fountain",
    ScriptFormat.FDX: "Final Draft",
    ScriptFormat.DOCX: "Word",
    ScriptFormat.SCRIPT_JSON: "the script's structure as JSON",
    ScriptFormat.HTML: "web page, ready to print",
    ScriptFormat.PDF: "PDF",
    ScriptFormat.LETTERING_TSV: "lettering script as a table",
    ScriptFormat.LETTERING_TXT: "lettering script as text",
    ScriptFormat.CSP: "Clip Studio story editor text",
}
_ENDINGS = {
    ScriptFormat.TXT: ".txt",
    ScriptFormat.GENKO: ".genko.txt",
    ScriptFormat.MARKDOWN: ".md",
    ScriptFormat.FOUNTAIN: ".fountain",
    ScriptFormat.FDX: ".fdx",
    ScriptFormat.DOCX: ".docx",
    ScriptFormat.SCRIPT_JSON: ".script.json",
    ScriptFormat.HTML: ".html",
    ScriptFormat.PDF: ".pdf",
    ScriptFormat.LETTERING_TSV: ".tsv",
    ScriptFormat.LETTERING_TXT: ".lettering.txt",
    ScriptFormat.CSP: ".csp.txt",
}


@dataclass(frozen=True, slots=True)
class About:
    """What a form needs beside the script."""

    title: str = ""
    """The project's; a title in the script goes before it."""
    author: str = ""
    """The script's own, if it names one, goes before it."""
    language: str = "en"
    """Of the keywords and of the document: en, fr or ja."""
    newline: str = "lf"
    """For txt: the line ends to write (see core.incoming.newlines)."""
    bom: bool = False
    encoding: str = "utf-8"
    title_page: bool = True
    """For PDF, HTML and DOCX: a page of its own for the title."""
    page_per_page: bool = False
    """For PDF, HTML and DOCX: each comic page begins on a new sheet."""
    paper: str = "a4"
    """For PDF and DOCX: a4 or letter."""
