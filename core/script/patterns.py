"""A writer's pattern tried on pieces of text within a time limit, by a process that can be stopped."""

from __future__ import annotations

import json
import re
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from core.asking import ask_process
from core.errors import GenkoError
from core.script.search import SearchError

LIMIT = 3.0
"""Seconds that a pattern may take for a whole script."""
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
    seconds = LIMIT if limit is None else limit
    until = time.monotonic() + seconds

    def check() -> None:
        if cancelled is not None and cancelled.is_set():
            raise SearchStopped("Stopped.")
        if time.monotonic() > until:
            raise SearchError(f"This pattern takes longer than {seconds:g} seconds.")

    output = ask_process([sys.executable, "-I", "-S", str(_WORKER)], json.dumps(request).encode(), check)
    try:
        answer = json.loads(output)
    except ValueError:
        raise SearchError("The pattern could not be tried.") from None
    return {pieces[index]: [(s, e, new) for s, e, new in matches] for index, matches in answer}
