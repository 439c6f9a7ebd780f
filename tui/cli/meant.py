"""Assets of a draft and records of a bible, as a command names them: by id, name, or beginning."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from core.drafts import Draft
from core.errors import NotFound
from core.story import Asset, Character, ProjectStore, Section
from core.story.records import AnyRecord
from core.workspace.choosing import MOST_TOLD, fitting
from tui.cli.outcome import cell_of


def needed(draft: Draft, wanted: str, among: Sequence[Asset] | None = None) -> Asset:
    """The asset meant by an id, a name, or a beginning that fits only one. Raises NotFound."""
    fits = fitting(
        draft.assets() if among is None else among, wanted, lambda one: one.id, lambda one: one.name
    )
    if len(fits) == 1:
        return fits[0]
    if not fits:
        raise NotFound("No asset of this draft fits.", todo="`genko drafts assets` lists them.")
    raise _several("assets", [f"{one.id} {cell_of(one.name)}" for one in fits])


def record_meant(store: ProjectStore, wanted: str, sections: Iterable[Section]) -> tuple[Section, AnyRecord]:
    """The record of a bible that is meant, and its section. Raises NotFound."""
    every = [(section, one) for section in sections for one in store.records(section)]
    fits = fitting(every, wanted, lambda one: one[1].id, lambda one: name_of_record(one[1]))
    if len(fits) == 1:
        return fits[0]
    if not fits:
        raise NotFound(
            "No character, background or scene of this project fits.",
            todo="`genko characters`, `backgrounds` and `scenes` list them.",
        )
    raise _several("records", [f"{at.value} {one.id} {cell_of(name_of_record(one))}" for at, one in fits])


def name_of_record(record: AnyRecord) -> str:
    """A record by its name; scenes have titles."""
    if isinstance(record, Character):
        return record.name
    return str(getattr(record, "title", "") or getattr(record, "name", ""))


def _several(what: str, shown: Sequence[str]) -> NotFound:
    listed = "; ".join(shown[:MOST_TOLD])
    return NotFound(f"{len(shown)} {what} fit: {listed}.", todo="Name one by its id.", ambiguous=True)
