"""What a new draft begins with: made in a thread, and on the disk when it is given back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from core.drafts.kinds import SHOWN
from core.drafts.making.wish import Wish
from core.drafts.prompting.from_bible import KIND_OF, prompt_of
from core.errors import GenkoError
from core.story import ProjectStore
from core.workspace.shelf import LONGEST_TITLE, clean_title
from screens.drafts.making.creating import IDEAS, LIST, NewDraft
from screens.drafts.making.picking import Found, Picked

if TYPE_CHECKING:
    from core.drafts import Draft, Drafts
    from core.drafts.themes.shelf import Themes
    from core.drafts.themes.theme import Theme

MOST_RECORDS = 2_000
"""Records of a project that are offered."""


def begin_draft(drafts: Drafts, themes: Themes, new: NewDraft) -> UUID:
    """Make it, with the theme's own assets if these are wanted. Blocks; raises GenkoError."""
    entry = drafts.create(new.name, theme=new.theme, languages=new.languages, description=new.about)
    theme = themes.get(new.theme)
    with drafts.edited(entry.project_id) as draft:
        if new.source == LIST:
            wanted = listed_assets(theme, new)
            if wanted:
                draft.add_assets(wanted)
        if new.prompt:
            draft.write_prompt(None, "image", new.prompt)
    return entry.project_id


def listed_assets(theme: Theme, new: NewDraft) -> list[Mapping[str, Any]]:
    """Assets of the theme's own list: of these kinds, as many as are wanted, named in each language."""
    first, *others = new.languages
    wanted: list[Mapping[str, Any]] = []
    for concept in theme.concepts:
        kind = theme.kind_of(concept)
        if kind in new.kinds and len(wanted) < new.count:
            names = {code: concept.names[code] for code in others if code in concept.names}
            wanted.append({"kind": kind, "name": theme.concept_name(concept, first), "names": names})
    return wanted


def first_wish(new: NewDraft) -> Wish | None:
    """What is offered to be made at once; None for a draft that begins empty."""
    names = ("names",) if len(new.languages) > 1 else ()
    if new.source == IDEAS:
        return Wish(steps=("concepts", *names, "picture"), count=new.count)
    return Wish(steps=(*names, "picture")) if new.source == LIST else None


def records_of(store: ProjectStore) -> Sequence[Found]:
    """Characters, backgrounds and scenes of a project. On the project's own thread."""
    found: list[Found] = []
    for section in SHOWN:
        for record in store.records(section):
            if record.trashed_at or len(found) >= MOST_RECORDS:
                continue
            name = str(getattr(record, "title", "") or getattr(record, "name", ""))
            found.append(Found(section, record.id, _as_title(name)))
    return found


def _as_title(name: str) -> str:
    """What an asset can be called; the bible has no such bounds."""
    return clean_title(name[:LONGEST_TITLE]) or "(no name)"


def with_prompts(store: ProjectStore, records: Iterable[Found]) -> tuple[Found, ...]:
    """The same, each with the prompt that its bible gives; without those that are gone by now. On the
    project's own thread."""
    kept = (one for one in records if store.record(one.section, one.id) is not None)
    return tuple(replace(one, prompt=prompt_of(store, one.section, one.id)) for one in kept)


def begin_from_records(drafts: Drafts, picked: Picked, project: UUID, language: str) -> UUID:
    """A draft with an asset for each record. Blocks; raises GenkoError."""
    entry = drafts.create(picked.name, theme=picked.theme, languages=(language or "en",))
    with drafts.edited(entry.project_id) as draft:
        add_records(draft, picked.records, project)
    return entry.project_id


def add_records(draft: Draft, records: Sequence[Found], project: UUID) -> list[str]:
    """An asset for each record, linked with it, with the prompt that its bible gives. Raises GenkoError."""
    wanted = [
        {
            "kind": KIND_OF[one.section],
            "name": one.name,
            "project": str(project),
            "section": one.section.value,
            "record": one.id,
        }
        for one in records
    ]
    ids = draft.add_assets(wanted)
    for asset_id, one in zip(ids, records, strict=True):
        draft.write_prompt(asset_id, "image", one.prompt, origin="bible")
    return ids


def language_of(store: ProjectStore) -> str:
    """The project's language as a code that a draft takes."""
    from core.drafts.languages import language_code

    try:
        return language_code(store.meta.language or "en")
    except GenkoError:
        return "en"
