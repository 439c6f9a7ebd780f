"""Only Loro's own errors mean damage: a mistake in our code must show as what it is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from core.errors import DocumentError
from core.story.document import Document
from core.story.events import our_errors
from core.story.types import Frontier, Version

OURS = [NameError, AttributeError, TypeError, AssertionError, MemoryError, KeyError, OSError, RecursionError]
STOPS = [KeyboardInterrupt, SystemExit, GeneratorExit]


@pytest.mark.parametrize("kind", [*OURS, *STOPS])
def test_mistakes_and_stops_are_not_taken_for_damage(kind: type[BaseException]) -> None:
    with pytest.raises(kind), our_errors("damaged"):
        raise kind("x")


def test_what_loro_raises_is_damage() -> None:
    document = Document()
    for junk in (b"x", b"junk" * 20, bytes(64)):
        with pytest.raises(DocumentError):
            document.import_all([junk])
    with pytest.raises(DocumentError):
        document.branch(Frontier(b"nonsense"), "")
    with pytest.raises(DocumentError):
        document.updates_since(Version(b"nonsense"))
    with pytest.raises(DocumentError):
        document.cursor_position(b"nonsense")


def test_a_panic_of_loro_is_damage() -> None:
    panic = type("PanicException", (BaseException,), {})
    with pytest.raises(DocumentError), our_errors("damaged"):
        raise panic("inside Loro")


def test_only_the_room_of_the_document_imports_the_crdt() -> None:
    root = Path(__file__).parents[2]
    imports = re.compile(r"^\s*(import|from) loro\b", re.MULTILINE)
    paths = [path for part in ("core", "screens", "tui") for path in (root / part).rglob("*.py")]
    knowing = {path for path in paths if imports.search(path.read_text())}
    room = root / "core" / "story" / "document"
    assert knowing == {room / f"{name}.py" for name in ("contents", "document", "told", "versions")}
