"""Only Loro's own errors mean damage: a mistake in our code must show as what it is."""

from __future__ import annotations

import pytest

from core.errors import DocumentError
from core.story.document import Document, _our_errors
from core.story.types import Frontier, Version

OURS = [NameError, AttributeError, TypeError, AssertionError, MemoryError, KeyError, OSError, RecursionError]
STOPS = [KeyboardInterrupt, SystemExit, GeneratorExit]


@pytest.mark.parametrize("kind", [*OURS, *STOPS])
def test_mistakes_and_stops_are_not_taken_for_damage(kind: type[BaseException]) -> None:
    with pytest.raises(kind), _our_errors("damaged"):
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
    with pytest.raises(DocumentError), _our_errors("damaged"):
        raise panic("inside Loro")
