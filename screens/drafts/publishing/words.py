"""How publishing is spoken of: what would change, what is missing, what was done."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from core.cells import clean
from core.sizes import as_size
from screens.backup.wording import moment
from screens.bible.views.lines import Line, heading
from screens.drafts.wording import listed
from screens.wording import counted

if TYPE_CHECKING:
    from core.drafts import Draft
    from core.drafts.publishing.preflight import Preflight, Problem
    from core.drafts.publishing.published import Published
    from core.drafts.publishing.reading import Revision

MOST_LINES = 500
"""Things to see to that are listed; more are counted."""
ACTIONS = {
    "publish": "published",
    "return": "gone back to revision {shows}",
    "unpublish": "published no longer",
    "visibility": "{seen}",
}


class AssetNames:
    """What the assets of a draft are called, harmless and on one line."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft

    def of(self, asset_id: str) -> str:
        """One of them; what holds for the pack has none."""
        asset = self._draft.asset(asset_id) if asset_id else None
        return clean(asset.name[:100]) if asset is not None else ""


def headline(found: Preflight) -> str:
    """What publishing would do, in sentences."""
    if found.unchanged:
        return f"The same is published already, as revision {found.shown_revision}."
    lines = [f"{_changes(found)}."]
    size = f"{as_size(found.bytes)} in all, {as_size(found.new_bytes)} of it new"
    before = f"after revision {found.expected_revision}" if found.expected_revision else "for the first time"
    lines.append(f"{size}; {before}, in one moment or not at all.")
    seen = "everybody who can reach the server" if found.taken.public else "only your own login"
    was = {None: "", True: "; so far everybody could", False: "; so far only yours could"}[found.public_now]
    changed = found.public_now is not None and found.public_now != found.taken.public
    lines.append(f"Afterwards {seen} can see it{was if changed else ''}.")
    return "\n".join(lines)


def _changes(found: Preflight) -> str:
    changes = found.changes
    parts = []
    if changes.added:
        parts.append(f"{counted(len(changes.added), 'new asset')}")
    if changes.changed:
        kinds = Counter(part for _, what in changes.changed for part in what)
        told = listed([f"{count} {kind}" for kind, count in kinds.most_common(3)])
        parts.append(f"{len(changes.changed):,} changed ({told})")
    if changes.removed:
        parts.append(f"{len(changes.removed):,} taken away")
    if changes.moved:
        parts.append(f"{changes.moved:,} in another place")
    pack = [one for one in changes.pack if one != "new"]
    if pack:
        parts.append(f"the pack's {listed(pack)}")
    return f"Publishes {listed(parts)}" if parts else "Publishes who may see it, nothing else"


def problem_lines(found: Preflight, names: AssetNames) -> list[Line]:
    """What has to be seen to, what is missing, what may be meant: each with its asset."""
    rows: list[Line] = []
    for title, sign, colour, problems in (
        ("Has to be seen to first", "▲", "error", found.problems),
        ("Missing", "○", "warning", found.missing),
        ("May be meant so", "·", "quiet", found.notes),
    ):
        if problems:
            rows.append(heading(title, f"{len(problems):,}"))
            rows += [_line(one, sign, colour, names) for one in problems[:MOST_LINES]]
        if len(problems) > MOST_LINES:
            rows.append(Line(((f"and {len(problems) - MOST_LINES:,} more", "quiet"),)))
    for name in found.changes.removed_names[:MOST_LINES]:
        rows.append(
            Line((("− ", "error"), (clean(name[:100]), ""), (" is published now, and goes", "quiet")))
        )
    return rows


def _line(problem: Problem, sign: str, colour: str, names: AssetNames) -> Line:
    name = names.of(problem.asset)
    return Line(((f"{sign} ", colour), (f"{name}: " if name else "", "bold"), (clean(problem.what), "")))


def published_words(done: Published) -> str:
    """What came of it."""
    seen = "everybody may see it" if done.is_public else "only your login sees it"
    if done.again:
        return f"It was published already, as revision {done.revision}; {seen}."
    sent = f", {as_size(done.sent_bytes)} sent" if done.sent_bytes else ""
    return f"Published as revision {done.revision}{sent}, and read back; {seen}."


def revision_words(one: Revision) -> str:
    """What was done in a revision."""
    seen = "for everybody to see" if one.is_public else "for your login only"
    return ACTIONS.get(one.action, one.action).format(shows=one.shows, seen=f"made to be {seen}")


def revision_when(one: Revision) -> str:
    """When, and by whom."""
    return f"{moment(one.made_at)}  {clean(one.author[:40])}"
