"""One project's import, worked out item by item and written as one edit: what plans is what does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import msgspec

from core.backup.importing.choices import Chooser, text_item
from core.backup.importing.reading.coming import Coming
from core.backup.importing.reading.states import State
from core.backup.importing.weaving.fields import differing, merge_fields
from core.backup.importing.weaving.packs import with_history
from core.backup.importing.weaving.rows import SectionWork, name_of, named, work_out_section
from core.backup.importing.weaving.scripts import ScriptWork, linked_pages, page_title, work_out_script
from core.backup.plan import Item, Outcome
from core.drafts.pack.draft import KIND
from core.story import PACK_SECTIONS, RECORD_SECTIONS, ProjectStore, Section
from core.story.aside import Written, beside
from core.story.clean import Json
from core.story.fields import TRASHED
from core.story.types import Frontier

TAKEN_OUT = "is not in the backup: to the trash"
_WORDS_OUT = "is not in the backup: out of the script"


@dataclass
class Weaving:
    """What would become of a project that is here."""

    items: list[Item] = field(default_factory=list)
    script: ScriptWork | None = None
    """None: the script stays as it is."""
    sections: dict[Section, SectionWork] = field(default_factory=dict)
    meta: dict[str, Json] = field(default_factory=dict)
    """Fields of meta that get another value, marks among them."""

    @property
    def conflicts(self) -> bool:
        """Whether anything differs that can't be told apart."""
        return any(item.outcome is Outcome.CONFLICT for item in self.items)


def work_out(ours: State, coming: Coming, chooser: Chooser, project: ProjectStore) -> Weaving:
    """Bring what comes into what is here; nothing is changed by this."""
    weaving, theirs, base = Weaving(), coming.theirs, coming.base
    if Section.SCRIPT in theirs.known and chooser.wants("script"):
        weaving.script = work_out_script(base, ours, theirs, chooser)
        weaving.items += weaving.script.items
    for section in RECORD_SECTIONS:
        if section in theirs.known and chooser.wants(section.value):
            work = work_out_section(section, base, ours, theirs, chooser, project.project_id)
            weaving.sections[section] = work
            weaving.items += work.items
    if Section.META in theirs.known and chooser.wants("meta"):
        _work_out_meta(weaving, base, ours, theirs, chooser)
    return weaving


def _work_out_meta(
    weaving: Weaving, base: State | None, ours: State, theirs: State, chooser: Chooser
) -> None:
    choice = chooser.choice("meta:")
    before = None if base is None else base.plain_meta
    merged = merge_fields(Section.META, before, ours.plain_meta, theirs.plain_meta, choice)
    changed = {key: value for key, value in merged.fields.items() if ours.meta.get(key) != value}
    marks = {key: value for key, value in theirs.marks.items() if key not in ours.meta}
    weaving.meta = {**changed, **marks}
    if merged.clashing:
        sides = [
            "\n".join(f"{key}: {side.meta.get(key)}" for key in merged.clashing) for side in (ours, theirs)
        ]
        item = Item("meta:", "meta", "project", Outcome.CONFLICT, named(merged.clashing), choice=choice)
        weaving.items.append(msgspec.structs.replace(item, ours=sides[0], theirs=sides[1]))
    elif weaving.meta:
        said = named([*changed, *(["notes of the project"] if marks else [])])
        weaving.items.append(Item("meta:", "meta", "project", Outcome.UPDATE, said))


def write(store: ProjectStore, ours: State, coming: Coming, weaving: Weaving) -> Frontier | None:
    """Do what was worked out, in a document; gives the point that reads as theirs did, if there is one.

    Whatever the merge of two documents took away of ours, a page or a record, stands there again.
    """
    if coming.contained:
        return coming.point
    point = coming.point if coming.blobs else None
    if coming.blobs:
        store.receive(coming.blobs)
    elif coming.point is None or weaving.conflicts:
        theirs = coming.theirs
        text = theirs.text if Section.SCRIPT in theirs.known else None
        blob, points = beside([Written(text, theirs.records, theirs.plain_meta)])
        store.receive([blob])
        point = points[0]
    _write_script(store, ours, weaving)
    for section in RECORD_SECTIONS:
        _write_section(store, section, ours, weaving.sections.get(section))
    _write_meta(store, ours, weaving)
    return point


def _write_script(store: ProjectStore, ours: State, weaving: Weaving) -> None:
    store.replace_text(ours.text if weaving.script is None else weaving.script.text)


def _write_section(store: ProjectStore, section: Section, ours: State, work: SectionWork | None) -> None:
    """Every record of ours as it was, but for what is to be written; and those that are new."""
    writes = work.writes if work is not None else {}
    now = store.raw_records(section)
    for place, (key, raw) in enumerate(ours.raw(section).items()):
        wanted = {**raw, **writes.get(key, {})}
        _put(store, section, key, now.get(key), wanted, place)
    for key, raw in writes.items():
        if key not in ours.raw(section):
            index = None
            if work is not None and key not in now:
                index = _behind(store, section, work.after.get(key))
            _put(store, section, key, now.get(key), raw, index)


def _put(
    store: ProjectStore,
    section: Section,
    key: str,
    now: Mapping[str, Json] | None,
    wanted: Mapping[str, Json],
    index: int | None,
) -> None:
    """Make one record what it is to be."""
    gone: dict[str, Json] = {name: None for name in now or {} if name not in wanted}
    if now != wanted:
        store.put_raw(section, key, {**gone, **wanted}, index=index)


def _behind(store: ProjectStore, section: Section, key: str | None) -> int | None:
    """The place right behind a record; the front for None."""
    if key is None:
        return 0
    living = list(store.raw_records(section))
    return living.index(key) + 1 if key in living else None


def _write_meta(store: ProjectStore, ours: State, weaving: Weaving) -> None:
    now = store.raw_meta()
    wanted = {**ours.meta, **weaving.meta}
    changed = {key: value for key, value in wanted.items() if now.get(key) != value}
    if changed:
        store.put_meta(changed)


# --- the project becomes what the source has ------------------------------------------------


def work_out_restore(ours: State, theirs: State, chooser: Chooser) -> list[Item]:
    """What restoring would do, item by item."""
    items: list[Item] = []
    if Section.SCRIPT in theirs.known and chooser.wants("script"):
        links = linked_pages(theirs, ours, by_heading=True)
        for page in theirs.pages:
            mine = ours.by_key[links[page.key]] if page.key in links else None
            outcome = Outcome.CREATE if mine is None else Outcome.UPDATE
            outcome = Outcome.SAME if mine is not None and mine.text == page.text else outcome
            key = links.get(page.key, page.key)
            before = mine.text if mine is not None else ""
            items.append(text_item(f"page:{key}", "script", page_title(page), outcome, before, page.text))
        for page in ours.pages:
            if page.key not in links.values():
                item = text_item(
                    f"page:{page.key}", "script", page_title(page), Outcome.UPDATE, page.text, ""
                )
                items.append(msgspec.structs.replace(item, detail=_WORDS_OUT))
    for section in RECORD_SECTIONS:
        if section in theirs.known and chooser.wants(section.value):
            items += _restored_section(section, ours.raw(section), theirs.raw(section))
    return items


def _restored_section(
    section: Section, ours: Mapping[str, Mapping[str, Json]], theirs: Mapping[str, Mapping[str, Json]]
) -> list[Item]:
    items = []
    for key, raw in theirs.items():
        mine = ours.get(key)
        changed = differing(mine, raw)
        outcome = Outcome.CREATE if mine is None else Outcome.UPDATE if changed else Outcome.SAME
        detail = named(changed) if outcome is Outcome.UPDATE else ""
        items.append(Item(f"{section.value}:{key}", section.value, name_of(raw), outcome, detail))
    for key, raw in ours.items():
        if key not in theirs and not raw.get(TRASHED):
            ident = f"{section.value}:{key}"
            items.append(Item(ident, section.value, name_of(raw), Outcome.UPDATE, TAKEN_OUT))
    return items


def write_restored(store: ProjectStore, coming: Coming, chooser: Chooser, moment: str) -> None:
    """Make the project what the source has; what was made since goes to the trash. One undo step."""
    theirs = coming.theirs
    if coming.blobs:
        store.receive(coming.blobs)
    wanted: dict[str, dict[str, Mapping[str, Json]]] = {}
    for section in RECORD_SECTIONS:
        mine = store.raw_records(section)
        if section not in theirs.known or not chooser.wants(section.value):
            wanted[section.value] = dict(mine)
            continue
        then = theirs.raw(section)
        since = {key: {**raw, TRASHED: raw.get(TRASHED) or moment} for key, raw in mine.items()}
        wanted[section.value] = {**then, **{key: raw for key, raw in since.items() if key not in then}}
    text = theirs.text if Section.SCRIPT in theirs.known and chooser.wants("script") else None
    meta = theirs.plain_meta if Section.META in theirs.known and chooser.wants("meta") else None
    if store.meta.kind == KIND:
        now = {section: store.raw_records(section) for section in PACK_SECTIONS}
        wanted = {**wanted, **with_history(now, wanted, theirs.records)}
    store.checkpoint()
    store.restore(text, wanted, meta)
    store.checkpoint()
