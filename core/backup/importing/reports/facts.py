"""What a project's journal remembers of an import: where it was before and after, for undoing it."""

from __future__ import annotations

import base64

import msgspec

from core.story import Frontier

PREFIX = "import:"
INTO, OUT_OF = "into", "out of"


class ImportFact(msgspec.Struct, frozen=True):
    """One import, as far as it touched one project. Written in one transaction with what it did."""

    at: str
    action: str
    before: str = ""
    """The point of the history before; base64. Empty for a project that it made."""
    after: str = ""
    undo_of: str = ""
    trash: str = ""
    """`into` or `out of`: what it did with the project as a whole."""

    @property
    def before_point(self) -> Frontier:
        """Where the project was."""
        return Frontier(base64.b64decode(self.before))

    @property
    def after_point(self) -> Frontier:
        """Where it led."""
        return Frontier(base64.b64decode(self.after))


def point(frontier: Frontier) -> str:
    """A point of the history as text."""
    return base64.b64encode(frontier).decode()


def fact_name(import_id: str) -> str:
    """The fact of an import."""
    return f"{PREFIX}{import_id}"


def written(fact: ImportFact) -> str:
    """The fact as it is stored."""
    return msgspec.json.encode(fact).decode()


def read_fact(value: str | None) -> ImportFact | None:
    """The fact again; None for none, or what is none."""
    try:
        return msgspec.json.decode(value, type=ImportFact) if value else None
    except msgspec.MsgspecError:
        return None
