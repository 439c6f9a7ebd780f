"""Writes and reads a large archive in a process of its own, and says how much memory that took."""

from __future__ import annotations

import hashlib
import random
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from uuid import UUID

from core.backup.archive import ArchiveWriter, open_archive, write_archive
from core.backup.work import Work
from tests.backup.archive.samples import FACTS

WORDS = [f"w{number * 7919 % 9973}" for number in range(5000)]


def pages(projects: int, size: int) -> Iterator[dict[str, object]]:
    """Lines of about `size` bytes in all."""
    chance = random.Random(3)
    for project in range(projects):
        for position in range(size // projects // 2000):
            text = " ".join(chance.choices(WORDS, k=330))
            yield {"project": UUID(int=project), "key": str(position), "position": position, "text": text}


def fill(writer: ArchiveWriter, projects: int, size: int) -> None:
    """Half text, half documents and pictures."""
    with writer.lines("projects") as lines:
        for number in range(projects):
            common: dict[str, object] = {"meta": {}, "edited_at": None, "words": 0, "pages": 0}
            lines.write({"id": UUID(int=number), "title": f"no. {number}", **common})
    with writer.lines("pages") as lines:
        for line in pages(projects, size // 2):
            lines.write(line)
    chance = random.Random(4)
    for number in range(projects):
        writer.document(UUID(int=number), [chance.randbytes(size // 4 // projects)])
    for _ in range(size // 4 // 4_000_000):
        data = chance.randbytes(4_000_000)
        writer.media(hashlib.sha256(data).hexdigest(), BytesIO(data), len(data))


def most_memory() -> int:
    """The most memory that this process has had at once, in MB; Linux."""
    status = Path("/proc/self/status").read_text()  # the usual call counts the parent's from before exec
    return int(status.split("VmHWM:")[1].split()[0]) // 1024


def main() -> None:
    """`PATH SIZE`: the most memory in MB, and the file's size."""
    target, size = Path(sys.argv[1]), int(sys.argv[2])
    with write_archive(target, work=Work()) as writer:
        fill(writer, 50, size)
        writer.finish(FACTS)
    with open_archive(target, work=Work()) as archive:
        count = sum(len(content.script or "") for content in archive.contents())
    print(most_memory(), target.stat().st_size, count)  # noqa: T201


if __name__ == "__main__":
    main()
