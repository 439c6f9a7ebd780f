"""How the commands of publishing tell what they found and did, to people and to programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.sizes import as_size
from screens.wording import counted
from tui.cli.outcome import cell_of, say, say_json, table

if TYPE_CHECKING:
    from core.drafts.publishing.preflight import Preflight, Problem
    from core.drafts.publishing.published import Published
    from core.drafts.publishing.reading import Revision

MOST_LINES = 40
"""Things to see to that are listed; more are counted (programs get all)."""


def preflight_json(found: Preflight) -> dict[str, Any]:
    """For a program."""
    changes = found.changes
    return {
        "ready": found.ready,
        "unchanged": found.unchanged,
        "public": found.taken.public,
        "public_now": found.public_now,
        "assets": len(found.manifest.assets),
        "bytes": found.bytes,
        "new_bytes": found.new_bytes,
        "revision": found.expected_revision,
        "shown": found.shown_revision,
        "problems": _problems(found.problems),
        "missing": _problems(found.missing),
        "notes": _problems(found.notes),
        "changes": {
            "pack": list(changes.pack),
            "added": list(changes.added),
            "removed": list(changes.removed),
            "changed": {key: list(parts) for key, parts in changes.changed},
            "moved": changes.moved,
        },
    }


def _problems(problems: tuple[Problem, ...]) -> list[dict[str, str]]:
    return [{"what": one.what, "asset": one.asset, "kind": one.kind} for one in problems]


def say_preflight(found: Preflight) -> None:
    """For a person."""
    names = {entry.id: entry.name for entry in found.manifest.assets}
    told = [("must be seen to", one) for one in found.problems]
    told += [("missing", one) for one in found.missing] + [("note", one) for one in found.notes]
    if told:
        rows: list[tuple[str, ...]] = [
            (kind, cell_of(names.get(one.asset, "")), one.what) for kind, one in told[:MOST_LINES]
        ]
        say(table(rows))
        if len(told) > MOST_LINES:
            say(f"and {len(told) - MOST_LINES:,} more (--json lists all)")
    if found.unchanged:
        say(f"The same is published already (revision {found.shown_revision}).")
        return
    changes = found.changes
    counts = (
        (len(changes.added), "added"),
        (len(changes.changed), "changed"),
        (len(changes.removed), "removed"),
        (changes.moved, "moved"),
    )
    parts = [f"{counted(number, 'asset')} {what}" for number, what in counts if number]
    say(f"{', '.join(parts) or 'No asset changes'}; {as_size(found.bytes)}, {as_size(found.new_bytes)} new.")
    say(f"It would be {'public' if found.taken.public else 'private'}.")


def say_published(done: Published, *, json: bool) -> None:
    """For either."""
    if json:
        say_json(
            {
                "id": str(done.pack),
                "slug": done.slug,
                "revision": done.revision,
                "shown": done.shown,
                "public": done.is_public,
                "author": done.author,
                "made_at": done.made_at.isoformat(),
                "again": done.again,
                "sent_bytes": done.sent_bytes,
                "rows": dict(done.rows),
            }
        )
        return
    if done.shown is None:
        say(f"{done.slug} is not published any more (revision {done.revision}).")
        return
    seen = "everybody who may use the server" if done.is_public else "this login alone"
    what = "was published before" if done.again else "is published"
    shown = "" if done.shown == done.revision else f" and shows revision {done.shown}"
    say(f"{done.slug} {what}: revision {done.revision}{shown}, for {seen}; {as_size(done.sent_bytes)} sent.")


def revision_json(one: Revision) -> dict[str, Any]:
    """For a program."""
    return {
        "revision": one.number,
        "action": one.action,
        "shown": one.shows,
        "public": one.is_public,
        "author": one.author,
        "made_at": one.made_at.isoformat(),
        "content": one.content or None,
    }


def revision_row(one: Revision) -> tuple[str, ...]:
    """For a person."""
    shows = "" if one.shows in (None, one.number) else f"shows {one.shows}"
    seen = "public" if one.is_public else "private"
    when = one.made_at.astimezone().strftime("%Y-%m-%d %H:%M")
    return (str(one.number), one.action, shows, seen, cell_of(one.author), when)
