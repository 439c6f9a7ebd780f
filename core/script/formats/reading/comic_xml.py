"""XML whose elements are named after what they hold: page, panel, caption; the rest is description."""

from __future__ import annotations

import re

from core.script.formats.reading.builder import Builder
from core.script.formats.reading.cueing import letter
from core.script.formats.reading.language import language_of
from core.script.formats.reading.markup import Node, blocks
from core.script.kinds import LineKind

_KINDS = {
    "chapter": "chapter chapitre issue episode act part volume",
    "page": "page planche",
    "spread": "spread doublepage dps",
    "panel": "panel case vignette frame",
    "dialogue": "dialogue dialog speech balloon bubble bulle line say said thought whisper shout",
    "caption": "caption cap narration narrative recitatif récitatif cartouche",
    "sfx": "sfx sound soundeffect effect onomatopee onomatopée",
    "sign": "sign signage",
    "note": "note comment artistnote",
    "front": "title subtitle author writer artist letterer series credit date version copyright",
}
_KIND_OF = {word: kind for kind, words in _KINDS.items() for word in words.split()}
_LETTERED = {"caption": LineKind.CAPTION, "sfx": LineKind.SFX, "sign": LineKind.SIGN}
_SPEAKER = ("speaker", "character", "name", "who", "by", "personnage", "from", "source")
_MODIFIER = ("modifier", "type", "style", "tone", "delivery", "parenthetical", "how")
_NUMBER = ("number", "num", "no", "n", "id", "numbers", "pages")
_TITLE = ("title", "description", "desc", "label")
_DIGITS = re.compile(r"[0-9]{1,4}")
_PARTS = frozenset({*_SPEAKER, *_MODIFIER})


def read_comic_xml(data: bytes, name: str, language: str | None = None) -> tuple[Builder, str]:
    """Read a document; the builder and the language it was read as. Raises IncomingError."""
    chunks = [data[at : at + 65536] for at in range(0, len(data), 65536)]
    nodes = list(blocks(chunks, "", {}, name, mixed=True))
    if language is None:
        language = language_of(" ".join(node.words() for node in nodes))
    to = Builder()
    structured: set[int] = set()
    for node in nodes:
        _mark(node, structured)
    for node in nodes:
        _read(to, node, language, structured)
    return to, language


def _read(to: Builder, node: Node, language: str, structured: set[int]) -> None:
    kind = _kind(node)
    if kind in ("chapter", "page", "spread", "panel"):
        _open(to, node, kind)
        _inside(to, node, language, structured)
    elif kind == "dialogue":
        _speech(to, node, language)
    elif kind in _LETTERED:
        how = _named(node, _MODIFIER)
        to.letter(_LETTERED[kind], _flat(node), (how,) if how else ())
    elif kind == "note":
        author = _named(node, ("author", *_SPEAKER))
        to.note(f"{author}: {_flat(node)}" if author else _flat(node))
    elif kind == "front" and not to.in_story and _flat(node):
        to.front("" if node.tag.casefold() == "title" else node.tag, _flat(node))
    elif id(node) in structured:
        _attributes(to, node)
        _inside(to, node, language, structured)
    else:
        _attributes(to, node)
        to.describe(_flat(node))


def _mark(node: Node, structured: set[int]) -> bool:
    """Note which elements hold a page, a balloon or the like somewhere inside; whether this one does."""
    holds = [_mark(child, structured) for child in node.children]
    if any(holds):
        structured.add(id(node))
    return any(holds) or bool(_kind(node))


def _kind(node: Node) -> str:
    return _KIND_OF.get(re.sub(r"[-_.]", "", node.tag.casefold()), "")


def _open(to: Builder, node: Node, kind: str) -> None:
    numbers = tuple(int(digits) for digits in _DIGITS.findall(_attribute(node, _NUMBER)))
    if len(numbers) == 2 and 0 < numbers[1] - numbers[0] < 10:
        numbers = tuple(range(numbers[0], numbers[1] + 1))
    elif len(numbers) != 1:
        numbers = ()
    title = _attribute(node, _TITLE)
    if kind == "panel":
        to.panel(numbers, title)
    elif kind == "chapter":
        to.chapter(title, numbers)
    else:
        to.page(numbers, title, spread=kind == "spread")


def _inside(to: Builder, node: Node, language: str, structured: set[int]) -> None:
    for child in node.children:
        if child.tag:
            _read(to, child, language, structured)
        else:
            to.describe(" ".join(child.text.split()))


def _speech(to: Builder, node: Node, language: str) -> None:
    speaker, how = _named(node, _SPEAKER), _named(node, _MODIFIER)
    words = " ".join(
        " ".join(child.words() for child in node.children if child.tag.casefold() not in _PARTS).split()
    )
    modifiers = tuple(
        part for part in (how, node.tag if node.tag in ("thought", "whisper", "shout") else "") if part
    )
    if speaker:
        letter(to, speaker, words, language, modifiers)
    else:
        to.say("", words, modifiers)


def _named(node: Node, names: tuple[str, ...]) -> str:
    """An attribute of one of these names, else the words of a child element."""
    found = _attribute(node, names)
    if found:
        return found
    return next((_flat(child) for child in node.children if child.tag.casefold() in names), "")


def _attribute(node: Node, names: tuple[str, ...]) -> str:
    return next((node.attributes[name].strip() for name in names if name in node.attributes), "")


def _attributes(to: Builder, node: Node) -> None:
    """Whatever an unknown element says of itself is kept as a note."""
    said = ", ".join(f"{key}: {value}" for key, value in node.attributes.items() if value.strip())
    if said:
        to.note(said)


def _flat(node: Node) -> str:
    return " ".join(node.words().split())
