"""A writer's pattern tried on pieces of text within a time limit, by a process that can be stopped."""

from __future__ import annotations

import contextlib
import json
import re
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import IO

from core.errors import GenkoError
from core.script.search import SearchError

LIMIT = 3.0
"""Seconds that a pattern may take for a whole script."""
_LOOK = 0.05
_WORKER = Path(__file__).with_name("pattern_worker.py")

Found = dict[str, list[tuple[int, int, str | None]]]
"""For each piece with matches: (start, end, replacement)."""


class SearchStopped(GenkoError):
    """Nobody wants the answer any more."""


def try_pattern(
    pattern: re.Pattern[str],
    pieces: Sequence[str],
    template: str | None = None,
    *,
    limit: float | None = None,
    cancelled: threading.Event | None = None,
) -> Found:
    """The matches in each piece, and what `template` makes of them. Blocks; for a worker thread.

    Raises SearchError after `limit` (None: LIMIT) seconds, SearchStopped when `cancelled` is set.
    """
    request = {
        "source": pattern.pattern,
        "flags": pattern.flags,
        "template": template,
        "pieces": list(pieces),
    }
    output = _run(json.dumps(request).encode(), LIMIT if limit is None else limit, cancelled)
    try:
        answer = json.loads(output)
    except ValueError:
        raise SearchError("The pattern could not be tried.") from None
    return {pieces[index]: [(s, e, new) for s, e, new in matches] for index, matches in answer}


def _run(request: bytes, limit: float, cancelled: threading.Event | None) -> bytes:
    process = subprocess.Popen(
        [sys.executable, "-I", "-S", str(_WORKER)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    pipe, process.stdin = process.stdin, None
    assert pipe is not None
    feeder = threading.Thread(target=_feed, args=(pipe, request), name="pattern", daemon=True)
    feeder.start()
    until = time.monotonic() + limit
    try:
        while True:
            try:
                return process.communicate(timeout=_LOOK)[0]
            except subprocess.TimeoutExpired:
                if cancelled is not None and cancelled.is_set():
                    raise SearchStopped("Stopped.") from None
                if time.monotonic() > until:
                    raise SearchError(f"This pattern takes longer than {limit:g} seconds.") from None
    finally:
        if process.poll() is None:
            process.kill()
            process.communicate()
        feeder.join()


def _feed(pipe: IO[bytes], request: bytes) -> None:
    with contextlib.suppress(BrokenPipeError), pipe:  # it may have been stopped meanwhile
        pipe.write(request)
