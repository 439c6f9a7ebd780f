"""The parts of a manuscript as lines of our markup, each in all the ways that it may be written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from core.script.formats.essence import (
    Essential,
    essentials,
    heading_essential,
    panel_essential,
    unwrapped,
)
from core.script.formats.spelling import Spelling
from core.script.formats.wording import own_word, spelling_for
from core.script.keywords import TITLE_KEYS, bare, fold
from core.script.kinds import LETTERING, LineKind
from core.script.manuscript import Element, Heading, Manuscript, Page, Panel
from core.script.normal import normalise

_NOT_IN_NAMES = re.compile(r"[:()\[\]<>|{}\"“”«»「」『』\\\s]+")
_LONGEST_MODIFIER = 60


@dataclass(slots=True)
class Piece:
    """An element or a heading with the ways it may be written, the best-looking first."""

    wanted: list[Essential]
    """What has to be read from it."""
    ways: list[str]
    """The last one is taken even if something else is read from it; it holds all the words."""
    blank_before: bool = False
    blank_after: bool = False
    way: int = 0
    row: int = 0

    @property
    def text(self) -> str:
        """The way that is tried now."""
        return self.ways[self.way]

    @property
    def open_ended(self) -> bool:
        """Whether the next line would be read as a part of it."""
        return self.blank_after or (self.wanted[0].kind in LETTERING and "\n" in self.text)


def pieces(manuscript: Manuscript, language: str) -> list[Piece]:
    """All of a manuscript in order, with the keywords of a language."""
    return list(_Pieces(spelling_for(manuscript, language)).all(manuscript))


class _Pieces:
    def __init__(self, spelling: Spelling) -> None:
        self._spelling = spelling
        self._ja = spelling.code == "ja"

    def all(self, manuscript: Manuscript) -> Iterator[Piece]:
        front = manuscript.front
        count = next((at for at, e in enumerate(front) if e.kind is not LineKind.TITLE), len(front))
        if titles := self._titles(front[:count]):
            yield titles
        yield from self._elements(front[count:])
        yield from self._panels(manuscript.loose_panels)
        for part in manuscript.parts:
            yield self._heading(part)
            yield from self._elements(part.elements)
            yield from self._panels(part.panels)

    def _titles(self, elements: list[Element]) -> Piece | None:
        wanted = [essential for element in elements for essential in essentials(element)]
        if not wanted:
            return None
        named = [element.label for element in elements if essentials(element)]
        keys = [self._spelling.title_key() if bare(key) in {"", *TITLE_KEYS} else key for key in named]
        lines = [self._spelling.labelled(key, one.text) for key, one in zip(keys, wanted, strict=True)]
        plain = "\n".join(lines)
        return Piece(wanted, [plain, f"---\n{plain}\n---"], blank_after=True)

    def _heading(self, part: Heading | Page) -> Piece:
        wanted = [heading_essential(part)]
        spelling = self._spelling
        ways = [spelling.page(part) if isinstance(part, Page) else spelling.heading(part)]
        if wanted[0].text:
            if isinstance(part, Heading):
                ways.append(ways[0].replace("　", "：", 1))  # 第1話　12時 is prose, 第1話：12時 a chapter
                ways.append(f"{self._bare(part).rstrip(' :')}) {wanted[0].text}")  # called `Page 3`
            ways += [f"{self._bare(part)}\n{way}" for way in self._aside(wanted[0].text)]
        return Piece(wanted, ways, blank_before=True)

    def _bare(self, part: Heading | Page) -> str:
        """The heading without the words that make something else of it."""
        if isinstance(part, Page):
            bare = Page(part.index, part.key, part.numbers, part.written, 0, 0, spread=part.spread)
            return self._spelling.page(bare)
        return self._spelling.heading(Heading(part.kind, 0, part.numbers, "", label=part.label))

    def _panels(self, panels: list[Panel]) -> Iterator[Piece]:
        for panel in panels:
            wanted = panel_essential(panel)
            ways = [self._spelling.panel(panel)]
            if wanted.text:
                bare = self._spelling.panel(Panel(panel.numbers, panel.written, 0, 0))
                ways += [f"{bare}\n{way}" for way in self._aside(wanted.text)]
            yield Piece([wanted], ways, blank_before=True)
            yield from self._elements(panel.elements)

    def _elements(self, elements: list[Element]) -> Iterator[Piece]:
        for element in elements:
            yield from self._element(element)

    def _element(self, element: Element) -> Iterator[Piece]:
        for wanted in essentials(element):
            if wanted.kind in LETTERING:
                yield self._lettering(element, wanted)
            elif wanted.kind is LineKind.NOTE:
                yield Piece([wanted], [*self._note(element.label, wanted.text), *self._aside(wanted.text)])
            elif wanted.kind is LineKind.SCENE:
                scene = self._spelling.scene(element.label, (), " ".join(element.text.split()))
                yield Piece([wanted], [scene, *self._aside(scene)])
            elif element.label:
                label = self._spelling.labelled(element.label.upper(), wanted.text)
                written = self._spelling.labelled(element.label, wanted.text)
                cast = [] if wanted.text else [f"# {element.label}"]
                yield Piece([wanted], [label, written, f"@{label}", *cast, *self._aside(written)])
            else:
                yield Piece([wanted], self._aside(wanted.text))

    def _aside(self, text: str) -> list[str]:
        """A description, in parentheses or escaped."""
        text = unwrapped(" ".join(text.split("\n")))
        return [f"（{text}）" if self._ja else f"({text})", f"({text})", f"\\{text}"]

    def _note(self, label: str, text: str) -> list[str]:
        if label:
            upper = self._spelling.labelled(label.upper(), text)
            return [upper, self._spelling.labelled(label, text), f"@{upper}"]
        one_line = " ".join(text.split("\n")).replace("]]", "] ]")
        return [f"[[{text}]]", f"[[ {text} ]]", f"[[{text}\n]]", f"[[ {one_line} ]]"]

    def _lettering(self, element: Element, wanted: Essential) -> Piece:
        modifiers = [_clean_modifier(modifier) for modifier in wanted.modifiers]
        if element.kind is LineKind.DIALOGUE:
            names = self._names(element.speaker)
        else:
            own = own_word(element.kind, element.keyword)
            words = [*([own] if own else []), self._spelling.word(element.kind)]
            names = [
                way for word in words for way in (word, f"@{word}")
            ]  # without capitals it may need force
        lines = wanted.text.split("\n") if wanted.text else []
        ways = [way for name in names for way in self._spoken(name, modifiers, lines)]
        if not element.speaker and element.kind is LineKind.DIALOGUE:
            ways.append(wanted.text)  # a quotation by itself is speech too
        told = self._spelling.labelled(element.speaker or names[0], " ".join(lines))
        mods = " ".join(f"({modifier})" for modifier in modifiers)
        return Piece(
            [wanted], [*ways, f"\\{mods} {told}" if mods else f"\\{told}"], blank_after=len(lines) != 1
        )

    def _names(self, speaker: str) -> list[str]:
        """A speaker's name: in capitals, as written, forced; last without what no name may have."""
        if not speaker:
            return [self._spelling.nobody]
        clean = _NOT_IN_NAMES.sub(" ", normalise(speaker).body if speaker.strip() else "").strip()[:60]
        upper = speaker.upper()
        first = [upper] if fold(upper) == fold(speaker) else []
        forced = [f"@{upper}"] if first else []
        return list(dict.fromkeys([*first, *forced, f"@{speaker}", f"@{clean or '?'}"]))

    def _spoken(self, name: str, modifiers: list[str], lines: list[str]) -> Iterator[str]:
        colon, gap = self._spelling.colon, self._spelling.gap
        if any(len(modifier) > _LONGEST_MODIFIER for modifier in modifiers):
            below = [f"({modifier})" for modifier in modifiers]
            yield "\n".join([f"{name}{colon}", *below, *lines])
            return
        quoted = len(lines) == 1 and lines[0][0] in "「『" and lines[0][-1] in "」』"
        if self._ja or (quoted and name.upper() == name.lower()):
            cue = name + "".join(f"（{modifier}）" for modifier in modifiers)
        else:
            cue = name + "".join(f" ({modifier})" for modifier in modifiers)
        if len(lines) == 1:
            if quoted and cue.startswith(f"{name}（") | (cue == name):
                yield f"{cue}{lines[0]}"
            yield f"{cue}{colon}{gap}{lines[0]}"
            yield f"{cue}: {lines[0]}"
            yield f"{cue}\n{lines[0]}"
            return
        yield "\n".join([f"{cue}{colon}", *lines])
        if lines:
            yield f"{cue}{colon}{gap}{'<br>'.join(lines)}"
            yield "\n".join([cue, *lines])


def _clean_modifier(modifier: str) -> str:
    return (
        " ".join(modifier.split()).replace("(", "[").replace(")", "]").replace("（", "[").replace("）", "]")
    )
