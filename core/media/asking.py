"""Asks the process that decodes pictures; this one never looks into a file that somebody gave us."""

from __future__ import annotations

import contextlib
import json
import os
import select
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any

from core.asking import command_of
from core.media.kinds import LONGEST_SIDE, MOST_PIXELS, PICTURES, TAKEN, MediaError, damaged

PATIENCE = 60.0
"""Seconds for one picture; its own limit of 20 s of computing is nearly always met first."""
_LOOK = 0.05
_LONGEST_LINE = 4096
_LARGEST_BODY = 64 << 20
_WORKER = "core.media.looking"
_SAFE = "Nothing was changed."


class Asker:
    """Keeps one decoding process for several pictures, and begins a new one when it ended.

    Belongs to one thread at a time; use it with `with`. Every method blocks.
    """

    def __init__(self, check: Callable[[], None] | None = None) -> None:
        """`check` is called every 50 ms while a picture is decoded; when it raises, that ends."""
        self.check = check or (lambda: None)
        self._process: subprocess.Popen[bytes] | None = None

    def look(self, path: Path, name: str) -> tuple[str, int, int]:
        """Mime type, width and height of a file, all of it decoded. Raises MediaError naming `name`."""
        answer, _ = self._ask({"do": "look", "path": str(path)}, name)
        mime, width, height = answer.get("mime"), answer.get("width"), answer.get("height")
        if mime not in PICTURES or not isinstance(width, int) or not isinstance(height, int):
            raise refusal({"refused": "corrupt"}, name)
        return str(mime), width, height

    def thumbnail(self, path: Path, sha: str, width: int, height: int, name: str) -> bytes:
        """A PNG of at most this many pixels. Raises MediaError, also when the file is not what `sha` says."""
        wanted = {"do": "thumbnail", "path": str(path), "sha": sha, "width": width, "height": height}
        return self._ask(wanted, name)[1]

    def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    with contextlib.suppress(OSError):
                        pipe.close()
            process.wait()

    def __enter__(self) -> Asker:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _ask(self, request: dict[str, Any], name: str) -> tuple[dict[str, Any], bytes]:
        try:
            answer, body = self._exchange(json.dumps(request).encode() + b"\n")
        except _EndedError as error:  # killed by its own limits: the picture is at fault
            self.close()
            raise refusal({"refused": "gave up"}, name) from error
        except BaseException:
            self.close()  # half an answer must not become the next one's beginning
            raise
        if "refused" in answer:
            raise refusal(answer, name)
        return answer, body

    def _exchange(self, line: bytes) -> tuple[dict[str, Any], bytes]:
        if self._process is None or self._process.poll() is not None:
            self.close()
            self._process = self._start()
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            self._process.stdin.write(line)
            self._process.stdin.flush()
        except OSError as error:
            raise _EndedError from error
        source = self._process.stdout.fileno()
        until = time.monotonic() + PATIENCE
        got = bytearray()
        while b"\n" not in got:
            got += self._read(source, until)
            if len(got) > _LONGEST_LINE and b"\n" not in got[:_LONGEST_LINE]:
                raise _EndedError
        head, _, rest = bytes(got).partition(b"\n")
        try:
            answer = json.loads(head)
            length = int(answer["bytes"])
        except (ValueError, KeyError, TypeError) as error:
            raise _EndedError from error
        body = bytearray(rest)
        if length > _LARGEST_BODY:
            raise _EndedError
        while len(body) < length:
            body += self._read(source, until)
        return answer, bytes(body)

    def _read(self, source: int, until: float) -> bytes:
        while not select.select([source], [], [], _LOOK)[0]:
            self.check()
            if time.monotonic() > until:
                raise _EndedError
        piece = os.read(source, 1 << 16)
        if not piece:
            raise _EndedError
        return piece

    def _start(self) -> subprocess.Popen[bytes]:
        try:
            return subprocess.Popen(
                command_of(_WORKER),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                bufsize=0,
            )
        except OSError as error:
            raise MediaError(
                f"The program that reads pictures could not be started ({error.strerror}).", safe=_SAFE
            ) from error


class _EndedError(Exception):
    """The process ended, or takes too long, or makes no sense."""


def refusal(answer: dict[str, Any], name: str) -> MediaError:
    """The sentence for a picture that the decoding process does not take."""
    match answer.get("refused"):
        case "kind":
            kind = str(answer.get("kind"))
            return MediaError(f"{name} is {kind}.", safe=_SAFE, todo=f"Genko takes {TAKEN}.")
        case "unknown":
            return MediaError(f"{name} is not a picture.", safe=_SAFE, todo=f"Genko takes {TAKEN}.")
        case "pixels":
            width, height = answer.get("width"), answer.get("height")
            shown = f"{width} × {height} pixels" if width else "far too many pixels"
            most = f"{MOST_PIXELS // 1_000_000} million pixels and {LONGEST_SIDE:,} on a side"
            return MediaError(
                f"{name} has {shown}; Genko takes up to {most}.", safe=_SAFE, todo="Make it smaller."
            )
        case "lies":
            return MediaError(
                f"{name} lies about its size: its pixels are not as many as its header says.",
                safe=_SAFE,
                todo="Save it again from a drawing program.",
            )
        case "changed":
            return damaged(name)
        case "gave up" | "memory":
            return MediaError(
                f"{name} could not be read: it takes more time or memory than any picture should.",
                safe=_SAFE,
            )
    return MediaError(
        f"{name} is damaged or cut off: it could not be read to its end.",
        safe=_SAFE,
        todo="Save it again from where it came from.",
    )
