"""A question answered by a process of its own: it holds nobody's interpreter, and it can be stopped."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO

_LOOK = 0.05
_ROOT = Path(__file__).resolve().parents[1]


def command_of(module: str) -> list[str]:
    """The command that runs `main` of a module of ours in a process of its own."""
    # -P and our own root: a folder named `core` where the writer happens to stand is not ours.
    code = f"import sys; sys.path.insert(0, sys.argv[1]); from {module} import main; main()"
    return [sys.executable, "-P", "-c", code, str(_ROOT)]


def ask_process(command: Sequence[str], request: bytes, check: Callable[[], None]) -> bytes:
    """What a process writes to its standard output, given `request` on its standard input. Blocks.

    `check` is called every 50 ms meanwhile; when it raises, the process is ended and the error goes on.
    """
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    # A thread feeds it: `communicate` forgets the rest of its input at the first timeout.
    pipe, process.stdin = process.stdin, None
    assert pipe is not None
    feeder = threading.Thread(target=_feed, args=(pipe, request), name="asking", daemon=True)
    feeder.start()
    try:
        while True:
            try:
                return process.communicate(timeout=_LOOK)[0]
            except subprocess.TimeoutExpired:
                check()
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()  # lets go of its pipe, too: it may have ended just before it was stopped
        feeder.join()


def _feed(pipe: IO[bytes], request: bytes) -> None:
    with contextlib.suppress(BrokenPipeError), pipe:  # it may have been stopped meanwhile
        pipe.write(request)
