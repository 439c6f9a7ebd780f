"""Does one job on backups in a process of its own.

Takes a msgpack-encoded `Request` on stdin; says `Line`s of JSON on stdout. SIGTERM stops it, and what was
half written goes with it.
"""

from __future__ import annotations

import faulthandler
import os
import signal
import sys
import time
from types import FrameType, TracebackType
from typing import Any, BinaryIO

import msgspec

from core.backup.jobs import KINDS, AnyJob, Apply, Line, Request
from core.backup.plan import ImportPlan, ImportReport
from core.backup.slicing import Joining, Slice, slices_of, without_slices
from core.backup.work import Step, Work
from core.errors import GenkoError
from core.places import places_of

STOPPED = 143
EVERY = 0.05
"""Seconds between two steps that are told."""


class Teller:
    """Says lines to whoever has asked; once nobody listens any more, the work is given up."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._last: tuple[float, str] = (0.0, "")

    def say(self, line: Line) -> None:
        """One line."""
        try:
            self._out.write(msgspec.json.encode(line) + b"\n")
            self._out.flush()
        except BrokenPipeError:
            raise SystemExit(STOPPED) from None

    def step(self, step: Step) -> None:
        """How far it is; not more often than anybody can see."""
        now = time.monotonic()
        if step.what != self._last[1] or now - self._last[0] >= EVERY or step.done == step.total:
            self._last = now, step.what
            self.say(Line(step.what, step.done, step.total, step.unit))

    def piece(self, piece: Any) -> None:
        """Something that goes before the answer."""
        self.say(Line(piece=msgspec.Raw(msgspec.json.encode(piece))))


def serve(request: Request, out: BinaryIO) -> None:
    """Do it, and say how it goes."""
    from core.backup.process.doing import do

    teller = Teller(out)
    try:
        answer = do(_whole(request), request.place, Work(teller.step), teller.piece)
    except GenkoError as error:
        kind = next((name for name, known in KINDS.items() if isinstance(error, known)), "")
        teller.say(Line(error=(error.what, error.safe, error.todo), kind=kind))
    else:
        if isinstance(answer, ImportPlan | ImportReport):
            for one in slices_of(answer):
                teller.piece(one)
            answer = without_slices(answer)
        teller.say(Line(answer=msgspec.Raw(msgspec.json.encode(answer))))


def _whole(request: Request) -> AnyJob:
    """The job, with all of its plan if it has one."""
    if not isinstance(request.job, Apply):
        return request.job
    joining = Joining()
    for raw in request.slices:
        joining.take(msgspec.msgpack.decode(raw, type=Slice))
    return msgspec.structs.replace(request.job, plan=joining.joined(request.job.plan))


def _stop(number: int, frame: FrameType | None) -> None:
    raise SystemExit(STOPPED)


def _fault(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """For the log of whoever has asked: where it was, and no word of what it was working on."""
    sys.stderr.write(f"{places_of(error)}\n")


def main() -> None:
    """Serve the one job on stdin."""
    sys.excepthook = _fault
    faulthandler.enable()
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(number, _stop)
    request = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=Request)
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever else is printed by a library is no line of ours
    serve(request, out)


if __name__ == "__main__":
    main()
