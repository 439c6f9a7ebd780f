"""Backups and imports done by a process of its own: reading and packing hold the interpreter for long."""

from __future__ import annotations

import contextlib
import signal
import subprocess
import threading
from collections import deque
from collections.abc import Callable
from typing import IO, Any, TypeVar, get_args

import msgspec

from core.asking import command_of
from core.backup.answers import Leaf
from core.backup.jobs import KINDS, NOTHING, Apply, Compare, Job, Line, Place, Read, Request
from core.backup.plan import ImportPlan, ImportReport
from core.backup.slicing import Joining, Slice, slices_of, without_slices
from core.backup.work import StoppedError, Work
from core.errors import GenkoError, HelperDied
from core.places import harmless_places
from core.script.difference import Part

T = TypeVar("T")
LOOK = 0.05
GRACE = 3.0
"""Seconds between asking it to end and ending it."""
COMPLAINTS, LONGEST = 500, 2_000
"""Lines, and bytes of a line, of what it says when it dies."""
_PIECES: dict[type, type] = {Read: Leaf, Compare: Part}


def run(
    job: Job[T],
    place: Place,
    work: Work | None = None,
    *,
    piece: Callable[[Any], None] = lambda piece: None,
) -> T:
    """Have a job done and give its answer. Blocks: not for the UI's thread.

    `work.tell` hears how far it is and `piece` what comes before the answer, both on the calling thread.
    Raises StoppedError soon after `work.stop` is set, and the GenkoError that the process met.
    """
    work = work or Work()
    request = _request(place, job)
    wanted = get_args(type(job).__orig_bases__[0])[0]  # type: ignore[attr-defined]
    joining = Joining() if wanted in (ImportPlan, ImportReport) else None
    kind = _PIECES.get(type(job)) if joining is None else Slice
    hear = piece if joining is None else joining.take
    told = _Process(request, work, lambda raw: hear(msgspec.json.decode(raw, type=kind))).run()
    if told.answer != NOTHING:
        answer = msgspec.json.decode(told.answer, type=wanted)
        whole: T = answer if joining is None else joining.joined(answer)
        return whole
    if told.error is not None and not work.stop.is_set():
        what, safe, todo = told.error
        raise KINDS.get(told.kind, GenkoError)(what, safe=safe, todo=todo)
    raise StoppedError("Stopped.", safe="Nothing was changed.")


def _request(place: Place, job: Job[Any]) -> bytes:
    """All that the process is told; a plan in slices, so that other threads have their turn in between."""
    slices: list[msgspec.Raw] = []
    if isinstance(job, Apply):
        slices += (msgspec.Raw(msgspec.msgpack.encode(one)) for one in slices_of(job.plan))
        job = msgspec.structs.replace(job, plan=without_slices(job.plan))
    return msgspec.msgpack.encode(Request(place, job, tuple(slices)))  # type: ignore[arg-type]


class _Process:
    """The other process from its start to its end."""

    def __init__(self, request: bytes, work: Work, piece: Callable[[msgspec.Raw], None]) -> None:
        self._request, self._work, self._piece = request, work, piece

    def run(self) -> Line:
        """Its last line. Raises GenkoError where it ended without one, unless it was stopped."""
        if self._work.stop.is_set():
            return Line()
        process = subprocess.Popen(
            command_of("core.backup.process.worker"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        complaints = _Complaints(process)
        over = threading.Event()
        watch = threading.Thread(target=self._watch, args=(process, over), name="backup", daemon=True)
        watch.start()
        try:
            last = self._talk(process)
            # It has said its last line: it lets go of what it holds, the server for one, by itself.
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(GRACE)
        finally:
            over.set()
            _end(process)
            watch.join()
        if last.answer == NOTHING and last.error is None and not self._work.stop.is_set():
            raise _died(process.returncode, complaints.places())
        return last

    def _talk(self, process: subprocess.Popen[bytes]) -> Line:
        assert process.stdin is not None
        assert process.stdout is not None
        with contextlib.suppress(BrokenPipeError), process.stdin as pipe:
            pipe.write(self._request)
        last = Line()
        with process.stdout as lines:
            for raw in lines:
                try:
                    last = msgspec.json.decode(raw, type=Line)
                except msgspec.MsgspecError:
                    return Line()  # cut short: it was killed in the middle of it
                if last.answer != NOTHING or last.error is not None:
                    return last
                if last.piece != NOTHING:
                    self._piece(last.piece)
                elif last.what and not self._work.stop.is_set():
                    self._work.step(last.what, last.done, last.total, last.unit)
        return Line()

    def _watch(self, process: subprocess.Popen[bytes], over: threading.Event) -> None:
        """Stop it when the caller asks for that, whatever it is doing."""
        while not over.wait(LOOK):
            if self._work.stop.is_set():
                _end(process)
                return


class _Complaints:
    """What it says beside its lines, read so that it never waits for a reader; the last of it is kept."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._said: deque[bytes] = deque(maxlen=COMPLAINTS)
        assert process.stderr is not None
        self._reader = threading.Thread(target=self._read, args=(process.stderr,), name="backup", daemon=True)
        self._reader.start()

    def _read(self, pipe: IO[bytes]) -> None:
        with pipe:
            while line := pipe.readline(LONGEST):
                self._said.append(line)

    def places(self) -> str:
        """Where it was, once it is gone; without a word of what it was working on."""
        self._reader.join(GRACE)
        return harmless_places(b"".join(self._said.copy()).decode(errors="replace"))


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ask it to go, so that it takes what is half written with it; then make it go."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(GRACE)
        except subprocess.TimeoutExpired:
            process.kill()
    process.wait()


def _died(status: int, places: str) -> HelperDied:
    how = f"exit status {status}"
    if status < 0:
        with contextlib.suppress(ValueError):
            how = f"by {signal.Signals(-status).name}"
    return HelperDied(
        f"The helper process for backups ended early ({how}).",
        safe="What it had half written does not count; projects and older backups are as they were.",
        todo="Try again; if memory is short, choose fewer sections.",
        places=places,
    )
