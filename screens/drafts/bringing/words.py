"""How old universes are spoken of: what of them can come, with a line for each thing that is odd."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from core.cells import clean
from screens.bible.views.lines import BLANK, Line, heading, quiet
from screens.drafts.wording import listed
from screens.wording import counted

if TYPE_CHECKING:
    from core.drafts.bringing import Brought, Coming, ComingAsset, ComingPack

MOST = 500
"""Lines of one universe that are shown; more are counted."""
LONGEST = 400
"""Characters of somebody else's words on a line."""


def coming_lines(coming: Coming, ticked: Collection[UUID], unfolded: Collection[UUID]) -> list[Line]:
    """A line a universe; of those that are unfolded all that is known."""
    lines: list[Line] = []
    for pack in coming.packs:
        lines.append(_pack_line(pack, ticked))
        if pack.draft_id in unfolded:
            every = list(_details(pack))
            lines += every[:MOST]
            if len(every) > MOST:
                lines.append(quiet(f"      and {len(every) - MOST:,} more"))
    if coming.rows or coming.notes:
        lines += [BLANK, heading("Beside them")]
        lines += [_said("  ", note, "") for note in coming.notes[:MOST]]
        lines += [
            _said("  ", f"{row.where}: {row.why or row.fate.value}", "quiet") for row in coming.rows[:MOST]
        ]
    return lines


def _pack_line(pack: ComingPack, ticked: Collection[UUID]) -> Line:
    odd = len(_oddities(pack))
    mark = ("▲ ", "warning") if odd else ("  ", "")
    about = f"  {clean(pack.form[:60])}"
    right = "twice in it" if pack.same_as else pack.there or counted(len(pack.assets), "concept")
    box = pack.draft_id in ticked if pack.is_new else None
    room = "" if pack.is_new else "    "
    name = clean((pack.name or pack.slug)[:100])
    return Line(((room, ""), mark, (name, "bold" if pack.is_new else "quiet"), (about, "quiet")),
                pack.draft_id, right, box)  # fmt: skip


def _oddities(pack: ComingPack) -> list[str]:
    """What a person should know before it comes."""
    found = [*pack.warnings]
    found += [f"{one.name}: {remark}" for one in pack.assets for remark in one.remarks]
    found += [f"{one.name}: {one.trouble}" for one in pack.files if one.trouble]
    found += [f"{one.name}: belongs to no concept; it stays where it is" for one in pack.orphans]
    return found


def _details(pack: ComingPack) -> Iterator[Line]:
    spelt = f"; spelt {listed([clean(one[:60]) for one in pack.aliases[:5]])}" if pack.aliases else ""
    yield _said("      ", f"from {pack.where}{spelt}", "quiet")
    yield _said(
        "      ", f"languages {', '.join(pack.languages)}; theme {pack.theme or 'none of ours'}", "quiet"
    )
    for odd in _oddities(pack):
        yield _said("      ▲ ", odd, "warning")
    for asset in pack.assets:
        yield _said("      ", _asset_words(asset), "")
    for row in pack.rows:
        if row.why:
            yield _said("      · ", f"{row.where}: {row.why}", "quiet")


def _asset_words(asset: ComingAsset) -> str:
    parts = [counted(len(asset.images), "picture")]
    if asset.clips:
        parts.append(counted(len(asset.clips), "clip"))
    parts.append("a prompt" if asset.image_prompt is not None else "no prompt")
    if asset.names:
        parts.append(f"named in {', '.join(asset.names)}")
    return f"{asset.name} ({asset.kind}): {', '.join(parts)}"


def _said(before: str, words: str, role: str) -> Line:
    return Line(((before, role), (clean(words[:LONGEST]), role)))


def told_of(coming: Coming, ticked: int) -> str:
    """The sentence above the keys."""
    new = sum(1 for pack in coming.packs if pack.is_new)
    twice = sum(1 for pack in coming.packs if pack.same_as and not pack.there)
    here = len(coming.packs) - new - twice
    odd = sum(1 for pack in coming.packs if _oddities(pack))
    parts = [f"{counted(len(coming.packs), 'universe')} found"]
    if twice:
        parts.append(f"{twice:,} twice in it")
    if here:
        parts.append(f"{here:,} here already")
    if odd:
        parts.append(f"{odd:,} with something to know (Enter shows it)")
    return f"{'; '.join(parts)}.\n^G makes {counted(ticked, 'new draft')}; the originals stay untouched."


def brought_words(brought: Sequence[Brought]) -> str:
    """What came of it."""
    made = [one for one in brought if one.entry is not None]
    refused = sum(len(one.refused) for one in brought)
    parts = [f"{counted(len(made), 'new draft')}"]
    if refused:
        parts.append(f"{counted(refused, 'file')} refused: no picture, clip or music that can be taken")
    names = [f"“{one.entry.name}”" for one in made[:3] if one.entry is not None]
    if len(made) > len(names):
        names = [", ".join(names), "others"]
    return f"{'; '.join(parts)}. {listed(names)}"
