"""The documents of drafts in an archive: `files` of its manifest, so that readers of 1.0 pass over them."""

from __future__ import annotations

import re
from uuid import UUID

from core.backup.archive.errors import damaged
from core.backup.archive.manifest import Manifest
from core.backup.archive.naming import DRAFTS, draft_member

_NAME = re.compile(r"^drafts/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.loro$")


def is_draft_document(name: str) -> bool:
    """Whether a member is the document of a draft."""
    return _NAME.match(name) is not None


def draft_documents(manifest: Manifest) -> dict[str, UUID]:
    """Name and draft of each. Raises ArchiveDamaged for what stands beside them and is none."""
    found: dict[str, UUID] = {}
    for file in manifest.files:
        if not file.name.startswith(DRAFTS):
            continue
        match = _NAME.match(file.name)
        if match is not None:
            found[file.name] = UUID(match[1])
        elif not manifest.newer:
            raise damaged(file.name, "it is no document of a draft")
    return found


def document_of(manifest: Manifest, draft: UUID) -> str:
    """The member with a draft's document; empty if the archive has none."""
    name = draft_member(draft)
    return name if any(file.name == name for file in manifest.files) else ""
