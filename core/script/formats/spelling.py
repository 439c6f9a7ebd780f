"""How the studio spells headings, cues and labels in each of its languages."""

from __future__ import annotations

import re
from dataclasses import replace

from core.script.keywords import LANGUAGES, bare, fold, words_of
from core.script.keywords.table import Language
from core.script.kinds import LineKind
from core.script.manuscript import Heading, Page, Panel

SPLASHES, SPREADS = tuple(words_of("splash")), tuple(words_of("spread"))
"""In all languages: a heading that says one of them is one."""
_PLACES = tuple(word for table in LANGUAGES.values() for word in table.place)


class Spelling:
    """Keywords and signs of one language; unknown languages are written as English."""

    def __init__(self, language: str, *, page: str = "", panel: str = "") -> None:
        self.code = language if language in LANGUAGES else "en"
        self.table: Language = LANGUAGES[self.code]
        self._page = _both(page, self.table.page)
        self._panel = _both(panel, self.table.panel)
        self.colon = {"fr": " :", "ja": "："}.get(self.code, ":")
        self.gap = "" if self.code == "ja" else " "
        """Between a keyword and its number, a colon and the words behind it."""
        self.nobody = self.table.speech[0]
        """In front of speech that no speaker is named for."""

    def word(self, kind: LineKind) -> str:
        """The plain keyword of a kind of lettering, or the label of notes."""
        words = {
            LineKind.CAPTION: self.table.caption,
            LineKind.SFX: self.table.sfx,
            LineKind.SIGN: self.table.sign,
            LineKind.NOTE: self.table.note,
        }
        return words[kind][0]

    def title_key(self) -> str:
        """The key of a script's title."""
        return self.table.front[0].capitalize()

    def labelled(self, label: str, words: str) -> str:
        """`LABEL: words`."""
        return f"{label}{self.colon}{self.gap}{words}".rstrip() if words else f"{label}{self.colon}"

    def page(self, page: Page) -> str:
        """`PAGE 3: title`, `PAGES 4-5:`, `SPLASH PAGE 6:`, `PAGE 7 (5 panels):`."""
        written = page.numbers if page.written else ()
        several = len(written) > 1
        word = self._page_word(page, several)
        title = page.title if not _shared(page) else ""
        promised = ""
        if page.stated_panels is not None and (not title or is_promise(title)):
            title, promised = "", self._promised(page.stated_panels)
        return self._headed(word, written, title, forced=page.forced, promised=promised)

    def _page_word(self, page: Page, several: bool) -> str:
        table = self.table
        if page.splash and not says(page.title, SPLASHES):
            return table.splash[0]
        if page.spread and not several and not says(page.title, SPREADS):
            return table.spread[0]
        return self._page[several]

    def _promised(self, count: int) -> str:
        if self.code == "ja":
            return f"（{count}コマ）"
        return f" ({count} {self._panel[count != 1].lower()})"

    def panel(self, panel: Panel) -> str:
        """`PANEL 2: title`, `PANELS 2-4:`."""
        several = panel.written and len(panel.numbers) > 1
        return self._headed(self._panel[several], panel.numbers if panel.written else (), panel.title)

    def heading(self, heading: Heading) -> str:
        """A chapter, or a scene by its number or its place."""
        if heading.kind is LineKind.SCENE:
            return self.scene(heading.label, heading.numbers, heading.title)
        if self.code == "ja" and heading.numbers:
            return f"第{_range(heading.numbers)}{self.table.suffixed['chapter'][0]}　{heading.title}".rstrip()
        return self._headed(self.table.chapter[0], heading.numbers, heading.title)

    def scene(self, label: str, numbers: tuple[int, ...], title: str) -> str:
        """A scene as it was opened: by number, or by its place."""
        if not label and not numbers and title.startswith(_PLACES):
            return title
        if label and not any(char.isdigit() or char == "#" for char in label) and not numbers:
            return f"{label}{'' if label in self.table.place and self.code == 'ja' else ' '}{title}".rstrip()
        if label and any(char.isdigit() for char in label):
            return f"{label}{self.colon} {title}".rstrip()
        return self._headed(self.table.scene[0], numbers, title)

    def shown_page(self, page: Page) -> str:
        """A page's heading for people: with its number, written or counted, and without a lone colon."""
        return self.page(replace(page, written=True)).rstrip(" :")

    def shown_panel(self, panel: Panel) -> str:
        """A panel's heading for people."""
        return self.panel(replace(panel, written=True)).rstrip(" :")

    def shown_heading(self, heading: Heading) -> str:
        """A chapter's or scene's heading for people."""
        return self.heading(heading).rstrip(" :")

    def spoken_by(self, name: str, modifiers: tuple[str, ...]) -> str:
        """`NAME (off):` for people, in capitals where the name has any."""
        marks = "（{}）" if self.code == "ja" else " ({})"
        return shown_name(name) + "".join(marks.format(word) for word in modifiers) + self.colon

    def _headed(
        self, word: str, numbers: tuple[int, ...], title: str, *, forced: bool = False, promised: str = ""
    ) -> str:
        number = _range(numbers, forced=forced) if numbers else "#"
        title = " ".join(title.split())
        start = f"{word}{self.gap}{number}{promised}"
        if title:
            return f"{start}{self.colon}{self.gap}{title}"
        return start if self.code == "ja" else f"{start}{self.colon}"


_PLURALS = {
    "PAGE": "PAGES",
    "PLANCHE": "PLANCHES",
    "PANEL": "PANELS",
    "CASE": "CASES",
    "VIGNETTE": "VIGNETTES",
}
_SINGULARS = {several: one for one, several in _PLURALS.items()}
_WHOLE = frozenset((*_PLURALS, "ページ", "頁", "コマ"))
"""Words for a page or a panel that are kept if a script uses them; others are short for one of these."""


def _both(word: str, known: tuple[str, ...]) -> tuple[str, str]:
    """A word for one and for several: the given one if the language knows it, else the language's own."""
    one = _SINGULARS.get(word, word)
    if one not in _WHOLE or one not in known:
        one = known[0]
    return one, _PLURALS.get(one, one)


def is_promise(title: str) -> bool:
    """Whether a page's title says nothing but how many panels it has: `5 panels`, `cinq cases`."""
    words = title.strip("()（）:： ").split()
    if len(words) == 1 and (found := _PROMISED.fullmatch(words[0])):
        words = [found[1], found[2]]
    return len(words) == 2 and bare(words[1]) in _PANELS


_PROMISED = re.compile(r"([0-9]+)([^\W\d_]+)")
_PANELS = frozenset(bare(word) for word in words_of("panel"))


def author_word(language: str) -> str:
    """What an author is called where the script doesn't say."""
    return {"fr": "Auteur", "ja": "作者"}.get(language, "Author")


def shown_name(name: str) -> str:
    """A speaker in capitals, if they change nothing but the case."""
    return name.upper() if fold(name.upper()) == fold(name) else name


def _range(numbers: tuple[int, ...], *, forced: bool = False) -> str:
    shown = [f"0{number}" if forced else str(number) for number in numbers]
    return shown[0] if len(shown) == 1 else f"{shown[0]}-{shown[-1]}"


def _shared(page: Page) -> bool:
    """Whether page and first panel stand on one line, and so share a title."""
    first = page.panels[0] if page.panels else None
    return first is not None and first.row == page.row and first.title == page.title and page.row > 0


def says(title: str, words: tuple[str, ...]) -> bool:
    """Whether a heading's title holds one of the words."""
    return any(word.casefold() in title.casefold() for word in words)


def own_title(page: Page) -> str:
    """A page's title, empty where it belongs to the panel on the same line."""
    return "" if _shared(page) else page.title
