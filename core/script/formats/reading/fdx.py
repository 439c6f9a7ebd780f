"""Final Draft (.fdx): paragraphs by their types, script notes on what they hang on, the title page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from core.errors import IncomingError
from core.script.formats.reading.builder import Builder
from core.script.formats.reading.cueing import (
    heading_in,
    letter,
    letter_lines,
    put_cued,
    put_heading,
    put_note,
    put_place,
)
from core.script.formats.reading.markup import Node, blocks
from core.script.formats.spelling import author_word
from core.script.keywords import FRONT_KEYS, bare
from core.script.kinds import LineKind

_LETTERED = {
    "caption": LineKind.CAPTION,
    "narration": LineKind.CAPTION,
    "sfx": LineKind.SFX,
    "sound effect": LineKind.SFX,
    "sound": LineKind.SFX,
    "sign": LineKind.SIGN,
    "title card": LineKind.SIGN,
}
_SCENES = frozenset({"scene heading", "shot", "new act", "end of act", "act", "sequence"})
_MOST_DEPTH = 6
_WRITTEN_BY = re.compile(
    r"(?:(?:screenplay|script|story|written|created)\s+)?by$|(?:écrit |(?:un )?scénario )?(?:par|de)$",
    re.IGNORECASE,
)


def read_fdx(data: bytes, name: str, language: str | None = None) -> tuple[Builder, str]:
    """Read a document; the builder and the language it was read as. Raises IncomingError."""
    content, titles = _paragraphs(data, name)
    if not content and not titles:
        raise IncomingError(f"{name} holds no script.", todo="Save it again in Final Draft.")
    if language is None:
        from core.script.formats.reading.language import language_of

        language = language_of("\n".join(_words(node) for node in content))
    to = Builder()
    _title_page(to, titles, language)
    reader = _Reader(to, language)
    for node in content:
        reader.paragraph(node)
    return to, language


def is_fdx(data: bytes) -> bool:
    """Whether bytes begin as a Final Draft document does."""
    return b"<FinalDraft" in data[:4000]


def _paragraphs(data: bytes, name: str) -> tuple[list[Node], list[Node]]:
    """The paragraphs of the script, those of dual dialogue among them, and those of the title page."""
    content: list[Node] = []
    titles: list[Node] = []
    chunks = [data[at : at + 65536] for at in range(0, len(data), 65536)]
    for node in blocks(chunks, "FinalDraft", {}, name):
        if node.tag == "Content":
            content += _flat(node, 0)
        elif node.tag == "TitlePage":
            inner = node.find("Content")
            titles += _flat(inner, 0) if inner is not None else []
    return content, titles


def _flat(node: Node, depth: int) -> Iterator[Node]:
    for child in node.children:
        if child.tag != "Paragraph":
            if depth < _MOST_DEPTH and child.tag not in ("ScriptNote", "Text", "SceneProperties"):
                yield from _flat(child, depth + 1)
            continue
        yield child
        for held in child.children:
            if held.tag == "DualDialogue":
                yield from _flat(held, depth + 1)


def _words(node: Node) -> str:
    return "".join(child.text for child in node.children if child.tag == "Text")


def _marked(node: Node, *, wholly: bool) -> str:
    """The words with signs around what is emphasised; around all of them only if asked to."""
    texts = [child for child in node.children if child.tag == "Text" and child.text]
    marks = [_mark(child) for child in texts]
    if len(set(marks)) <= 1 and not wholly:
        return "".join(child.text for child in texts)
    return "".join(_dressed(child.text, mark) for child, mark in zip(texts, marks, strict=True))


def _mark(text: Node) -> str:
    style = text.attributes.get("Style", "")
    return "*" * (2 * ("Bold" in style) + ("Italic" in style))


def _dressed(text: str, mark: str) -> str:
    core = text.strip()
    if not core or not mark:
        return text
    marked = "\n".join(f"{mark}{line.strip()}{mark}" if line.strip() else "" for line in core.split("\n"))
    return text.replace(core, marked, 1)


def _title_page(to: Builder, nodes: list[Node], language: str) -> None:
    """The title first, then who wrote it, then whatever stands there."""
    author = ""
    for line in filter(None, (" ".join(_words(node).splitlines()).strip() for node in nodes)):
        label, colon, rest = line.partition(":")
        titled = bool(to.out.front) or bare(label) in FRONT_KEYS
        if line.startswith("# "):
            to.front("", line[2:])
        elif colon and len(label) <= 40 and titled and (rest.strip() or not _WRITTEN_BY.match(label)):
            to.front(label, rest)
        elif not to.out.front:
            to.front("", line)
        elif not author and _WRITTEN_BY.match(line):
            to.describe(line)
        elif not author and len(line.split()) <= 5 and not any(char.isdigit() for char in line):
            author = line
            to.front(author_word(language), line)
        else:
            to.describe(line)


class _Reader:
    def __init__(self, to: Builder, language: str) -> None:
        self._to = to
        self._language = language
        self._cue = ""
        self._modifiers: tuple[str, ...] = ()
        self._last = ""  # who spoke just before
        self._notes: list[str] = []

    def paragraph(self, node: Node) -> None:
        """One paragraph of any type."""
        kind = " ".join(node.attributes.get("Type", "").casefold().split())
        self._notes += [
            note for child in node.children if child.tag == "ScriptNote" and (note := _note(child))
        ]
        words = _marked(node, wholly=kind in ("dialogue", "action"))
        if words.strip():
            self._read(kind, words.strip())
        if not self._cue:
            for note in self._notes:
                put_note(self._to, note)
            self._notes = []

    def _read(self, kind: str, words: str) -> None:
        if kind == "character":
            self._flush()
            self._cue, self._modifiers = " ".join(words.split()), ()
        elif kind == "parenthetical" and self._cue:
            self._modifiers = (*self._modifiers, words.strip("()（） "))
        elif kind == "parenthetical" and self._last:
            self._cue, self._modifiers = self._last, (words.strip("()（） "),)  # said on, in another tone
        elif kind in ("dialogue", "parenthetical", "singing", "lyrics") and (self._cue or self._to.last):
            self._say(words)
        else:
            self._flush()
            self._plain(kind, words)

    def _say(self, words: str) -> None:
        if self._cue:
            self._last = self._cue
            letter_lines(self._to, self._cue, words.split("\n"), self._language, self._modifiers)
            self._cue = ""
        else:
            self._to.more(words, apart=True)

    def _flush(self) -> None:
        """A name without words is an empty balloon."""
        if self._cue:
            letter(self._to, self._cue, "", self._language, self._modifiers)
            self._cue = ""

    def _plain(self, kind: str, words: str) -> None:
        self._last = ""
        one_line = " ".join(words.split())
        heading = heading_in(one_line)
        if heading and heading.kind is not LineKind.SCENE:
            put_heading(self._to, heading)
        elif kind in ("page", "page heading", "comic page"):
            self._to.page(title=one_line)
        elif kind in ("panel", "panel heading", "comic panel"):
            self._to.panel(title=one_line)
        elif kind in _LETTERED:
            self._lettered(_LETTERED[kind], words)
        elif kind in _SCENES:
            put_place(self._to, one_line)
        else:
            for line in words.split("\n"):
                put_cued(self._to, line, self._language)

    def _lettered(self, kind: LineKind, words: str) -> None:
        """`CAPTION: words` in a paragraph of captions, or the words alone."""
        if not put_cued(self._to, words, self._language, only=True):
            self._to.letter(kind, words)


def _note(node: Node) -> str:
    lines = [" ".join(_words(child).split()) for child in node.children if child.tag == "Paragraph"]
    text = "\n".join(lines).strip() or " ".join(node.words().split())
    author = " ".join((node.attributes.get("WriterName") or node.attributes.get("Name") or "").split())
    return f"{author}: {text}" if author and text else text
