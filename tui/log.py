"""The log: what went wrong and where in the program, never a writer's words or a secret.

An exception's own message is left out, since drivers put values into theirs; our errors' sentences
are made without them, so those are kept.
"""

from __future__ import annotations

import logging
import os
from logging.handlers import RotatingFileHandler
from pathlib import Path

from core.errors import GenkoError, HelperDied
from core.paths import Paths, private_folder
from core.places import places_of

FILE = "genko.log"
LARGEST = 500_000
"""Bytes of one log file; two older ones are kept."""

_log = logging.getLogger("genko")


class _PrivateFile(RotatingFileHandler):
    """A rotating file that nobody else can read."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  # logging's own name
        """A log that can't be written (a full disk) is left; a traceback on the screen helps nobody."""

    def _open(self):  # type: ignore[no-untyped-def]  # the base class doesn't type it either
        descriptor = os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        return os.fdopen(descriptor, "a", encoding="utf-8")


def open_log(paths: Paths) -> Path:
    """Begin to log into the user's log folder; a folder that can't be written means no log."""
    file = paths.logs / FILE
    try:
        private_folder(paths.logs)
        handler = _PrivateFile(file, maxBytes=LARGEST, backupCount=2, encoding="utf-8")
    except OSError:
        return file
    handler.setFormatter(logging.Formatter("%(asctime)s %(process)d %(levelname)s %(message)s"))
    _log.addHandler(handler)
    _log.setLevel(logging.INFO)
    _log.propagate = False
    return file


def log_error(error: GenkoError) -> None:
    """Something a person was told of."""
    cause = f" (from {type(error.__cause__).__name__})" if error.__cause__ else ""
    places = f"\n{error.places}" if isinstance(error, HelperDied) and error.places else ""
    _log.warning("%s: %s%s%s", type(error).__name__, error.what, cause, places)


def log_note(sentence: str) -> None:
    """Something that was done or left by itself, in a sentence without a writer's words."""
    _log.info("%s", sentence)


def log_crash(error: BaseException) -> None:
    """A fault of the program: its kind, and the places it went through."""
    _log.error("%s", places_of(error))
