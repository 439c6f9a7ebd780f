"""The process that `WorkerChild` starts: a worker that ends when its standard input is closed."""

from __future__ import annotations

import faulthandler
import os
import sys
import threading
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import Any, get_type_hints

import msgspec

from core.errors import GenkoError
from core.jobs.child import Start
from core.jobs.running import Until, WorkerRun, name_of_worker
from core.places import places_of
from core.server import Server, ServerSettings

FAILED = 3


def serve(start: Start) -> None:
    """Work until told to stop. Raises GenkoError."""
    binaries = Path(start.binaries) if start.binaries else None
    server = Server(ServerSettings(start.url, binaries, Path(start.home)))
    run = WorkerRun(
        providers_of(start),
        server,
        concurrency=start.concurrency,
        until=Until.IDLE if start.idle else Until.STOPPED,
        linger=start.linger,
        grace=start.grace,
        called=name_of_worker(start.token),
        gone=start.gone,
    )
    threading.Thread(target=_end_with_parent, args=(run,), name="parent", daemon=True).start()
    try:
        run.run(signals=True)
    finally:
        server.close()


def providers_of(start: Start) -> Any:
    """The providers of the settings."""
    module, _, name = start.factory.partition(":")
    make = getattr(import_module(module), name)
    kind = get_type_hints(make)["settings"]
    return make(msgspec.json.decode(start.providers, type=kind))


def _end_with_parent(run: WorkerRun) -> None:
    while os.read(0, 1024):
        pass
    run.stop()


def _fault(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """For the log of the app: where it was, and no word of what it was working on."""
    sys.stderr.write(f"{places_of(error)}\n")


def main() -> None:
    """Serve what stands in the first line of standard input."""
    sys.excepthook = _fault
    faulthandler.enable()
    line = sys.stdin.buffer.readline()
    if not line:
        return
    try:
        serve(msgspec.json.decode(line, type=Start))
    except GenkoError as error:
        _fault(type(error), error, error.__traceback__)
        sys.exit(FAILED)


if __name__ == "__main__":
    main()
