"""Small archives with a bit of everything."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from core.backup.archive import Lock, ManifestFacts, Written, write_archive
from core.backup.work import Work

AT = datetime(2026, 11, 21, 9, 12, 3, 456789, tzinfo=UTC)
FIRST, SECOND = UUID(int=0x1F2E << 100), UUID(int=2)
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4
SHA = hashlib.sha256(PICTURE).hexdigest()
TEXT = "PAGE 1 :\nPANEL 1 :\nAKIRA : été 👩‍🚀 \u2028 漢字（かんじ） e\u0301\u202eabc  \n"
FACTS = ManifestFacts(reason="manual", app_version="0.1.0", label="draft 1 done", created_at=AT)
DOCUMENT = (b"loro" * 50, b"", bytes(range(256)))


def write_sample(
    target: Path | BinaryIO,
    *,
    passphrase: str | Lock | None = None,
    work: Work | None = None,
    noise: bytes = b"",
    expected: int = 0,
) -> Written:
    """Two projects, the second one empty; `noise` is one more picture."""
    with write_archive(target, work=work or Work(), passphrase=passphrase, expected=expected) as writer:
        writer.manuscript("manuscript/01-the-dream.txt", TEXT)
        with writer.lines("projects") as lines:
            common = {"meta": {"language": "fr", "x": 1e-7, "deep": [[1, None, True]]}, "edited_at": AT}
            lines.write({"id": FIRST, "title": "The dream", "words": 7, "pages": 1, **common})
            lines.write(
                {"id": SECOND, "title": "[red]empty", "meta": {}, "edited_at": None, "words": 0, "pages": 0}
            )
        with writer.lines("pages") as lines:
            lines.write({"project": FIRST, "key": "k1", "position": 0, "text": TEXT})
            lines.write({"project": FIRST, "key": "k2", "position": 1, "text": "PAGE 2 :\n"})
        for section in ("characters", "backgrounds", "scenes", "assembly"):
            with writer.lines(section) as lines:
                record = {
                    "id": f"{section}-1",
                    "position": 0,
                    "fields": {"name": "Akira", "tags": ["a", "b"]},
                }
                lines.write({"project": FIRST, **record})
        with writer.lines("versions") as lines:
            lines.write(
                {"project": FIRST, "number": 1, "save_id": UUID(int=9), "author": "ann", "saved_at": AT}
                | {"message": "", "frontier": b"\x00\xff", "pages": 2, "words": 7, "update_bytes": 5}
                | {"pages_changed": 2, "records_changed": 4}
            )
        with writer.lines("pictures") as lines:
            lines.write(
                {"project": FIRST, "sha256": SHA, "size": len(PICTURE), "mime": "image/png", "name": "a.png"}
            )
        writer.document(FIRST, DOCUMENT)
        writer.document(SECOND, ())
        writer.file("settings/settings.toml", b'theme = "dark"\n')
        assert writer.media(SHA, BytesIO(PICTURE), len(PICTURE))
        assert not writer.media(SHA, BytesIO(b""), 0)
        if noise:
            writer.media(hashlib.sha256(noise).hexdigest(), BytesIO(noise), len(noise))
        return writer.finish(FACTS)
