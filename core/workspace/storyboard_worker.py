"""Draws the pages of a project in a process of its own: Pillow holds the interpreter while it works.

Takes one msgpack-encoded `Job` on stdin; says `Report`s as lines of JSON on stdout. SIGTERM stops it, and
what was half written goes with it.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import BinaryIO
from uuid import UUID

import msgspec

from core.errors import GenkoError, UsageError
from core.media import MediaStore
from core.workspace.shelf import load_store
from core.workspace.storyboards import Job, Report, draw_store

STOPPED = 143


def work(job: Job, out: BinaryIO) -> None:
    """Draw, and say how it goes."""

    def say(report: Report) -> None:
        out.write(msgspec.json.encode(report) + b"\n")
        out.flush()

    told = -1.0

    def progress(done: float) -> None:
        nonlocal told
        if done - told >= 0.005 or done >= 1.0:
            told = done
            say(Report(done=done))

    try:
        store = load_store(UUID(job.project_id), job.blobs)
        media = MediaStore(Path(job.media), Path(job.thumbnails))
        outcome = draw_store(
            store, media, Path(job.target), job.wishes, progress=progress, replace=job.replace
        )
    except GenkoError as error:
        usage = isinstance(error, UsageError)
        say(Report(error=[error.what, error.safe, error.todo], usage=usage))
    else:
        say(Report(1.0, outcome.pages, outcome.size, list(outcome.warnings), ended=True))


def _stop(number: int, frame: FrameType | None) -> None:
    raise SystemExit(STOPPED)


def main() -> None:
    """Serve the one job on stdin."""
    signal.signal(signal.SIGTERM, _stop)
    job = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=Job)
    out = os.fdopen(os.dup(1), "wb")
    work(job, out)


if __name__ == "__main__":
    main()
