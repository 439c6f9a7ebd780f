"""XML read with expat into small trees, one for each block; no entities, no DTD, bounded depth and size."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from core.errors import IncomingError

DEEPEST = 200
"""Elements inside each other."""
MOST_ELEMENTS = 2_000_000
MOST_TEXT = 20_000_000
"""Characters of text in one file."""


@dataclass(slots=True)
class Node:
    """An element. `text` is all text directly in it; `tag` and keys of `attributes` have short prefixes."""

    tag: str
    attributes: dict[str, str]
    children: list[Node] = field(default_factory=list)
    text: str = ""

    def find(self, tag: str) -> Node | None:
        """The first child of that name."""
        return next((child for child in self.children if child.tag == tag), None)

    def all(self, tag: str) -> Iterator[Node]:
        """All children of that name."""
        return (child for child in self.children if child.tag == tag)

    def value(self, tag: str, key: str = "w:val") -> str | None:
        """An attribute of the first child of that name."""
        child = self.find(tag)
        return child.attributes.get(key) if child is not None else None

    def words(self) -> str:
        """All text inside; text of an element that holds others too comes first (unless read as mixed)."""
        return self.text + "".join(child.words() for child in self.children)


def whole_number(text: str | None) -> int | None:
    """A number of an attribute; None for what is none, or is longer than any that is meant."""
    return int(text) if text and len(text) < 7 and text.isascii() and text.isdigit() else None


def blocks(
    data: Iterable[bytes], within: str, prefixes: dict[str, str], name: str, *, mixed: bool = False
) -> Iterator[Node]:
    """The trees of the children of each element `within` (of any element that is the root if it is empty).

    `prefixes` gives the short prefix for each namespace; others are left out. Raises IncomingError for
    what is no XML, has a DTD, or is beyond the bounds. `name` says which file it is in the sentence.
    With `mixed`, text is kept in order as children without a tag.
    """
    reader = _Reader(within, prefixes, name, mixed)
    for chunk in data:
        reader.feed(chunk)
        yield from reader.take()
    reader.feed(b"", last=True)
    yield from reader.take()


class _Reader:
    """Builds a tree for each block and lets go of it when it is taken."""

    def __init__(self, within: str, prefixes: dict[str, str], name: str, mixed: bool) -> None:
        self._within, self._prefixes, self._name, self._mixed = within, prefixes, name, mixed
        self._open: list[Node] = []
        self._outside: list[str] = []
        self._done: list[Node] = []
        self._elements = self._text = 0
        self._names: dict[str, str] = {}
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters
        self._parser.StartDoctypeDeclHandler = self._refuse
        self._parser.EntityDeclHandler = self._refuse

    def feed(self, chunk: bytes, *, last: bool = False) -> None:
        try:
            self._parser.Parse(chunk, last)
        except expat.ExpatError as error:
            raise IncomingError(
                f"{self._name} is damaged: its XML breaks off or is wrong in line {error.lineno:,}.",
                safe="Nothing was changed.",
                todo="Save it again in the program that made it.",
            ) from error
        except (LookupError, ValueError) as error:
            raise IncomingError(
                f"{self._name} is in an encoding that can't be read.", todo="Save it again as UTF-8."
            ) from error

    def take(self) -> list[Node]:
        done, self._done = self._done, []
        return done

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._elements += 1
        if self._elements > MOST_ELEMENTS:
            raise self._too_much(f"more than {MOST_ELEMENTS:,} elements")
        if len(self._open) + len(self._outside) >= DEEPEST:
            raise self._too_much(f"elements more than {DEEPEST} deep inside each other")
        tag = self._short(name)
        if not self._open and self._outside[-1:] != [self._within] and (self._within or not self._outside):
            self._outside.append(tag)
            return
        node = Node(tag, {self._short(key): value for key, value in attributes.items()})
        if self._open:
            self._open[-1].children.append(node)
        self._open.append(node)

    def _end(self, _: str) -> None:
        if not self._open:
            self._outside.pop()
            return
        node = self._open.pop()
        if not self._open:
            self._done.append(node)

    def _characters(self, text: str) -> None:
        self._text += len(text)
        if self._text > MOST_TEXT:
            raise self._too_much(f"more than {MOST_TEXT:,} characters")
        if self._open and self._mixed:
            self._open[-1].children.append(Node("", {}, [], text))
        elif self._open:
            self._open[-1].text += text

    def _short(self, name: str) -> str:
        short = self._names.get(name)
        if short is None:
            space, _, local = name.rpartition(" ")
            prefix = self._prefixes.get(space, "")
            short = self._names[name] = f"{prefix}:{local}" if prefix else local
        return short

    def _refuse(self, *_: object) -> None:
        raise IncomingError(
            f"{self._name} defines entities (a DTD), which could name other files or grow without end.",
            safe="None of them was looked at, and nothing was changed.",
            todo="Save it again in the program that made it.",
        )

    def _too_much(self, what: str) -> IncomingError:
        return IncomingError(
            f"{self._name} has {what}; no script has.", safe="Nothing was changed.", todo="Save it as text."
        )
