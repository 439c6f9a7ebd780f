"""Where root's servers of the tests are: pytest's own folders are closed to the service user."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

SCRATCH = Path(f"/tmp/genko-tests-{os.geteuid()}")


def leave_nothing() -> None:
    """Remove the folder at the end of a run; not before, since another worker may just begin to use it."""
    with contextlib.suppress(OSError):
        SCRATCH.rmdir()
