"""Other ways to write a comic down: what comes in from outside and what goes out."""

from __future__ import annotations

from enum import StrEnum


class Dialect(StrEnum):
    """How a text that came in was written. Values are those of the command line."""

    GENKO = "genko"
    """Our own markup, as the studio writes it."""
    PLAIN = "plain"
    MARKDOWN = "markdown"
    FOUNTAIN = "fountain"
    FDX = "fdx"
    DOCX = "docx"
    SERIFU = "serifu"
    PANELS = "panels"
    AMES = "ames"
    """Pages, panels and speakers are Markdown headings of the levels 1, 2 and 3."""
    LISTS = "lists"
    """Pages and panels are items of nested numbered lists."""
    CODES = "codes"
    """Panels are codes, `[1-10-010]`, and speakers stand between dashes, `-Sam-`."""
    CSXML = "csxml"
    """XML whose elements are named after what they hold: page, panel, caption."""

    FOLDED = "folded"
    """Lines that hold several things: speech inside a description, columns, tables, headings run together."""
    HTML = "html"
    STRUCTURE = "json"
    """The structure of a script as this program writes it."""

    @property
    def title(self) -> str:  # type: ignore[override]  # a str has a method of this name that nobody needs here
        """What a person calls it."""
        return _TITLES[self]

    @property
    def kept(self) -> bool:
        """Whether a text in it is taken as it is, byte for byte; all others are converted."""
        return self in (Dialect.GENKO, Dialect.PLAIN, Dialect.MARKDOWN)


_TITLES = {
    Dialect.GENKO: "Genko markup",
    Dialect.PLAIN: "plain text",
    Dialect.MARKDOWN: "Markdown",
    Dialect.FOUNTAIN: "Fountain",
    Dialect.FDX: "Final Draft",
    Dialect.DOCX: "Word",
    Dialect.SERIFU: "Serifu",
    Dialect.PANELS: "Panels",
    Dialect.AMES: "headings by level",
    Dialect.LISTS: "nested lists",
    Dialect.CODES: "panel codes",
    Dialect.CSXML: "comic script XML",
    Dialect.FOLDED: "several things on a line",
    Dialect.HTML: "web page",
    Dialect.STRUCTURE: "Genko JSON",
}

__all__ = ["Dialect"]
