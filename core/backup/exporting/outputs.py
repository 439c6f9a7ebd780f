"""All files of a project or draft: those that its marks name, and whatever attempts have made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from core.media import Picture, is_sha
from core.story import Json, Section

Records = Mapping[Section, Mapping[str, Mapping[str, Json]]]


def with_outputs(named: Iterable[Picture], records: Records) -> list[Picture]:
    """The pictures that are named, and what attempts have made that no mark names; each once."""
    found = {picture.sha: picture for picture in named}
    for raw in records.get(Section.ATTEMPTS, {}).values():
        sha, mime = raw.get("output"), raw.get("mime")
        if isinstance(sha, str) and isinstance(mime, str) and is_sha(sha):
            found.setdefault(sha, Picture(sha, mime, 0, 0, 0, ""))
    return list(found.values())
