"""What the catalogue writes down of a backup that has just been made, or that was found."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from core.backup.keeping.entry import Entry, ProjectLine, Reason

if TYPE_CHECKING:
    from core.backup.archive import Manifest
    from core.backup.exporting import Made

LIBRARY = "library"
LONGEST_LABEL, LONGEST_TITLE = 200, 300
_LONGEST_REASON = 20


def entry_of_made(made: Made, scope: str) -> Entry:
    """A backup that was read back right after it was written; a stream only counts once it is confirmed."""
    facts = {
        "path": str(made.path.absolute()) if made.path is not None else "",
        "size": made.size,
        "sha256": made.sha256,
        "scope": scope,
    }
    if made.path is not None:
        facts["verified_at"] = datetime.now(UTC)
    return entry_of_manifest(made.manifest, **facts)


def entry_of_manifest(manifest: Manifest, **more: object) -> Entry:
    """What a manifest tells; `more` are fields that it can't."""
    from core.workspace.shelf import clean_title

    return Entry(
        id=str(manifest.archive_id),
        made_at=manifest.created_at.astimezone(UTC),
        offset=manifest.utc_offset,
        reason=clean_title(manifest.reason[:_LONGEST_REASON]),
        label=clean_title(manifest.label[:LONGEST_LABEL]),
        words=manifest.words,
        pages=manifest.pages,
        files=len(manifest.media),
        content_id=manifest.content_id,
        encrypted=manifest.encrypted,
        projects=(
            *(
                ProjectLine(str(one.id), clean_title(one.title[:LONGEST_TITLE]), one.words, one.pages)
                for one in manifest.projects
            ),
            *(
                ProjectLine(
                    str(one.id), clean_title(one.title[:LONGEST_TITLE]), kind="draft", assets=one.assets
                )
                for one in manifest.drafts
            ),
        ),
        pinned=manifest.reason == Reason.PRE_IMPORT,
        **more,  # type: ignore[arg-type]
    )


def scope_of(projects: Iterable[UUID | str] | None, sections: Iterable[str] | None) -> str:
    """A short name of what was chosen: backups of the same choice follow one another."""
    if projects is None and sections is None:
        return LIBRARY
    chosen = ["*"] if projects is None else sorted(map(str, projects))
    chosen += ["/", *(["*"] if sections is None else sorted(sections))]
    return hashlib.sha256("\n".join(chosen).encode()).hexdigest()[:16]


def scope_of_manifest(manifest: Manifest) -> str:
    """The same of a backup of which nothing else is known."""
    if manifest.reason == Reason.DAILY and manifest.sections_chosen is None:
        return LIBRARY
    ids = [*(one.id for one in manifest.projects), *(one.id for one in manifest.drafts)]
    return scope_of(ids, manifest.sections_chosen)
