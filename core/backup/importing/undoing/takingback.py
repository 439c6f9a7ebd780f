"""What undoing an import makes of a project: as it was before, but for what was written since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import msgspec

from core.backup.importing.choices import text_item
from core.backup.importing.reading.states import State
from core.backup.importing.weaving.fields import differing
from core.backup.importing.weaving.rows import name_of, named
from core.backup.importing.weaving.scripts import linked_pages, page_title
from core.backup.plan import Item, Outcome
from core.story import RECORD_SECTIONS, Section, apply_edits, three_way
from core.story.clean import Json
from core.story.fields import Kind
from core.story.records import kind_of
from core.story.threeway import clashes

Raw = Mapping[str, Json]
EDITED_SINCE = "edited since; it stays"


@dataclass
class TakenBack:
    """What the project would be."""

    items: list[Item] = field(default_factory=list)
    text: str = ""
    records: dict[str, dict[str, dict[str, Json]]] = field(default_factory=dict)
    """By section and id, all of them, in order."""
    meta: dict[str, Json] = field(default_factory=dict)
    """Fields that get another value; None: they go."""


def take_back(before: State, after: State, now: State) -> TakenBack:
    """Undo what led from `before` to `after`, in a project that is `now`."""
    back = TakenBack()
    _script(back, before, after, now)
    for section in RECORD_SECTIONS:
        back.records[section.value] = _section(back, section, before, after, now)
    for key in {**before.meta, **after.meta}:
        was, became = before.meta.get(key), after.meta.get(key)
        if was != became and now.meta.get(key) == became:
            back.meta[key] = was
    return back


def _script(back: TakenBack, before: State, after: State, now: State) -> None:
    edits = three_way(after.text, now.text, before.text, keep_theirs=False)
    back.text = apply_edits(now.text, edits)
    result = State(back.text, cutter=now.cutter)
    links = linked_pages(result, now, by_heading=True)
    for page in result.pages:
        mine = now.by_key[links[page.key]] if page.key in links else None
        if mine is None or mine.text != page.text:
            key = links.get(page.key, page.key)
            outcome = Outcome.CREATE if mine is None else Outcome.UPDATE
            old = "" if mine is None else mine.text
            back.items.append(text_item(f"page:{key}", "script", page_title(page), outcome, old, page.text))
    for page in now.pages:
        if page.key not in links.values():
            item = text_item(f"page:{page.key}", "script", page_title(page), Outcome.UPDATE, page.text, "")
            back.items.append(msgspec.structs.replace(item, detail="goes again; the import brought it"))
    _kept_pages(back, before, after, now)


def _kept_pages(back: TakenBack, before: State, after: State, now: State) -> None:
    """Name the pages of which something stays because it was edited since."""
    named_already = {item.id for item in back.items}
    for page in now.pages:
        became = after.by_key.get(page.key)
        was = before.by_key.get(page.key)
        if became is None or page.text == became.text or (was is not None and was.text == became.text):
            continue
        if was is None or clashes(became.text, page.text, was.text):
            item = Item(f"page:{page.key}", "script", page_title(page), Outcome.SAME, EDITED_SINCE)
            if item.id not in named_already:
                back.items.append(item)


def _section(
    back: TakenBack, section: Section, before: State, after: State, now: State
) -> dict[str, dict[str, Json]]:
    """The records of a section as they are to be."""
    was, became, mine = before.raw(section), after.raw(section), now.raw(section)
    wanted: dict[str, dict[str, Json]] = {}
    order = [*was, *(key for key in mine if key not in was)] if list(mine) == list(became) else [*mine]
    order += [key for key in was if key not in order]
    for key in order:
        found = _record(back, section, key, (was.get(key), became.get(key), mine.get(key)))
        if found is not None:
            wanted[key] = found
    return wanted


def _record(
    back: TakenBack, section: Section, key: str, states: tuple[Raw | None, Raw | None, Raw | None]
) -> dict[str, Json] | None:
    """One record; None: it is not to be there."""
    was, became, mine = states
    ident, title = f"{section.value}:{key}", name_of(mine or was or {})
    if was == became or (mine is None and became is not None):
        return None if mine is None else dict(mine)
    if mine == became:
        outcome = Outcome.CREATE if mine is None else Outcome.UPDATE
        detail = named(differing(was, mine)) if was is not None else "goes again; the import brought it"
        back.items.append(Item(ident, section.value, title, outcome, detail))
        return None if was is None else dict(was)
    if was is None or became is None or mine is None:
        back.items.append(Item(ident, section.value, title, Outcome.SAME, EDITED_SINCE))
        return None if mine is None else dict(mine)
    fields, kept = _fields(section, was, became, mine)
    if fields != mine:
        said = named(differing(fields, mine))
        back.items.append(Item(ident, section.value, title, Outcome.UPDATE, said))
    if kept:
        said = f"{named(kept)}: {EDITED_SINCE}"
        back.items.append(Item(ident, section.value, title, Outcome.SAME, said))
    return fields


def _fields(section: Section, was: Raw, became: Raw, mine: Raw) -> tuple[dict[str, Json], list[str]]:
    """The fields as they were, but for those that were edited since, which are named."""
    found, kept = dict(mine), []
    for name in {**was, **became}:
        old, new, now = was.get(name), became.get(name), mine.get(name)
        if old == new:
            continue
        value, stays = _value(kind_of(section, name, now), old, new, now)
        if stays:
            kept.append(name)
        if value is None:
            found.pop(name, None)
        else:
            found[name] = value
    return found, kept


def _value(kind: Kind, old: Json, new: Json, now: Json) -> tuple[Json, bool]:
    """One field, and whether it stays because it was edited since."""
    if now == new:
        return old, False
    if kind is Kind.PROSE and all(isinstance(value, str | None) for value in (old, new, now)):
        texts = [value if isinstance(value, str) else "" for value in (new, now, old)]
        stays = bool(clashes(*texts))
        return apply_edits(texts[1], three_way(*texts, keep_theirs=False)), stays
    if kind is Kind.NAMES and isinstance(now, list):
        before, brought = (value if isinstance(value, list) else [] for value in (old, new))
        kept = [one for one in now if one in before or one not in brought]
        return [*kept, *(one for one in before if one not in kept and one not in brought)], False
    if kind is Kind.PAIRS and isinstance(now, dict):
        before_pairs, brought_pairs = (value if isinstance(value, dict) else {} for value in (old, new))
        pairs = dict(now)
        for name in {**before_pairs, **brought_pairs}:
            if pairs.get(name) == brought_pairs.get(name):
                pairs.pop(name, None)
                if name in before_pairs:
                    pairs[name] = before_pairs[name]
        return pairs, False
    return now, True
