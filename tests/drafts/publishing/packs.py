"""Small packs to publish: real drafts, with files whose bytes are only good for being compared."""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg

from core.drafts.mediastore import MediaFolder
from core.drafts.pack.draft import Draft, new_draft
from core.drafts.publishing.preflight import Preflight, preflight
from core.drafts.publishing.published import Published
from core.drafts.publishing.sending import send
from core.drafts.publishing.taking import take
from core.media import MediaStore
from core.server import Server, ServerSettings

PNG = b"\x89PNG\r\n\x1a\n"
SUFFIX_OF = {"image": ".png", "clip": ".mp4", "music": ".mp3"}
MIME_OF = {"image": "image/png", "clip": "video/mp4", "music": "audio/mpeg"}


@dataclass
class Maker:
    """Somebody with a draft, a server and a place for media."""

    draft: Draft
    media: MediaStore
    server: Server
    place: MediaFolder

    @classmethod
    def at(cls, folder: Path, conninfo: str, assets: int = 2, **pack: Any) -> Maker:
        """A draft “Été” with so many assets, each with a picture."""
        fields: dict[str, Any] = {"slug": "ete", "languages": ["fr", "en"], "visibility": "private", **pack}
        store = new_draft("Été", "fr", **fields)
        media = folder / "drafts.media"
        media.mkdir(parents=True, exist_ok=True)
        made = cls(
            Draft(store),
            MediaStore(media, folder / "thumbnails"),
            Server(ServerSettings(url=conninfo)),
            MediaFolder(folder / "published"),
        )
        made.add(*(f"chose {number}" for number in range(assets)))
        return made

    @property
    def pack(self) -> UUID:
        """The draft's id."""
        return self.draft.store.project_id

    def add(self, *names: str) -> list[str]:
        """Add assets with a picture each."""
        ids = self.draft.add_assets([{"kind": "prop", "name": n, "names": {"en": n}} for n in names])
        for asset_id, name in zip(ids, names, strict=True):
            self.make(asset_id, "image", name.encode())
        return ids

    def make(self, asset_id: str, medium: str, words: bytes, **fields: Any) -> str:
        """Make something for an asset and accept it; gives the file's SHA-256."""
        content = (PNG if medium == "image" else b"") + words
        sha = hashlib.sha256(content).hexdigest()
        (self.media.folder / f"{sha}{SUFFIX_OF[medium]}").write_bytes(content)
        attempt = str(uuid.uuid4())
        told = {"step": "picture", "status": "done", "output": sha, "mime": MIME_OF[medium]}
        told |= {"resolved": f"a drawing of {words!r}", "finished_at": "2026-01-02T03:04:05+00:00"}
        self.draft.put_attempts({attempt: {"asset": asset_id, "medium": medium, **told, **fields}})
        if asset_id:
            self.draft.accept(asset_id, attempt)
        return sha

    def look(self, *, request: UUID | None = None) -> Preflight:
        """The preflight of the draft as it is now."""
        return preflight(take(self.draft, self.media), self.media, self.server, request=request)

    def publish(self, found: Preflight | None = None) -> Published:
        """Publish it as it is."""
        return send(found or self.look(), self.server, self.place)


def ask(conninfo: str, query: str, *values: Any) -> list[tuple[Any, ...]]:
    """What psql sees."""
    with psycopg.connect(conninfo, autocommit=True) as connection:
        cursor = connection.execute(query.encode(), values or None)
        return cursor.fetchall() if cursor.description else []


NAMES = "SELECT display_name FROM univers_assets ORDER BY sort_order"
EVERYTHING = """
SELECT u.slug, u.revision, a.sort_order, a.display_name, encode(a.image_sha256, 'hex'),
       p.custom_image_prompt, t.language, t.display_name
FROM univers u JOIN univers_assets a ON a.univers_id = u.id
JOIN univers_assets_prompts p ON p.asset_id = a.id
JOIN univers_assets_translations t ON t.asset_id = a.id
ORDER BY a.sort_order, t.language
"""
