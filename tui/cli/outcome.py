"""How a command ends: words on stdout, one line on stderr, an honest exit status."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable
from typing import Any

from core.cells import width as cells_of
from core.errors import GenkoError

FAILED = 1
USAGE = 2
INTERRUPTED = 130
LONGEST_CELL = 100
"""Characters of a name that a table shows; programs get all of them (`--json`)."""
# What commands a terminal or turns the direction of what follows; names that come from others may have it.
_COMMANDS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def run(command: Callable[[], object]) -> int:
    """Run `command` and give the exit status: its own if it gives one, 0, 1 (failed), 2 (usage), 130."""
    _fill_closed_streams()
    try:
        status = command()
        sys.stdout.flush()
    except GenkoError as error:
        complain(str(error))
        return error.exit_status
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # the reader (head, less) has gone: nothing more to say
        _drop_output()
        return FAILED
    except OSError as error:
        _drop_output()
        about = f" ({error.filename})" if error.filename else ""
        complain(f"The system refused to read or write: {error.strerror or error}{about}.")
        return FAILED
    return status if isinstance(status, int) else 0


def _drop_output() -> None:
    """No complaint at shutdown about what is still in the buffer."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _fill_closed_streams() -> None:
    """Where the shell closed a stream, put nothing: else the next file, a journal, gets its number."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest free number
    if sys.stdout is None:
        sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 it stays open
    if sys.stderr is None:
        sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115


def complain(sentence: str) -> None:
    """One line on stderr."""
    print(f"genko: {harmless(' '.join(sentence.split()))}", file=sys.stderr)


def say(text: str) -> None:
    """A line for a person on stdout."""
    print(harmless(text))


def harmless(text: str) -> str:
    """The same without what a terminal would obey instead of show."""
    return text if text.isascii() and text.isprintable() else _COMMANDS.sub("\ufffd", text)


def cell_of(text: str) -> str:
    """A name as one cell of a table: on one line, and not wider than any screen."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_CELL else f"{line[: LONGEST_CELL - 1]}…"


def say_json(value: Any) -> None:
    """A value for a program on stdout."""
    print(json.dumps(value, ensure_ascii=False, indent=2))


def table(rows: list[tuple[str, ...]]) -> str:
    """Columns as wide as their widest cell in a terminal."""
    if not rows:
        return ""
    widths = [max(cells_of(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = (
        "  ".join(
            cell + " " * (width - cells_of(cell)) for cell, width in zip(row, widths, strict=True)
        ).rstrip()
        for row in rows
    )
    return "\n".join(lines)
