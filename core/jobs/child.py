"""The worker of the app: a process of its own, which ends when the app does, however that ends."""

from __future__ import annotations

import contextlib
import os
import subprocess
import threading
from collections.abc import Callable, Iterable
from typing import Any
from uuid import uuid4

import msgspec

from core.asking import command_of
from core.errors import HelperDied
from core.places import harmless_places
from core.server.exchange import ServerSettings

FACTORY = "core.providers.choosing:providers"
"""What makes providers of settings, as `module:name`."""
SHORT_GRACE = 5.0
"""Seconds that jobs have to end when the app does."""
LINGER = 20.0
"""Seconds without anything to do before it ends, if it is to: the next wish may come soon."""
PATIENCE = 15.0
"""Seconds beyond those that jobs have, after which it is killed: nobody waits for it for ever."""
FIRST_PAUSE, LONGEST_WAIT = 1.0, 60.0
"""Seconds until one that has died is started again, and the longest such pause."""
LONGEST = 20_000
"""Bytes of its complaints that are read after its end."""


class Start(msgspec.Struct, frozen=True):
    """All that the process is told. No keys of providers: it looks for them where the app would."""

    home: str
    url: str | None
    binaries: str | None
    providers: msgspec.Raw
    """The settings of providers, as JSON."""
    concurrency: int
    token: str
    """Its name, so that its end can be told apart from others'."""
    gone: tuple[str, ...] = ()
    """Names of earlier ones that have ended."""
    idle: bool = False
    """Whether it ends when there is nothing to do."""
    factory: str = FACTORY
    grace: float = SHORT_GRACE
    linger: float = 0.0


class WorkerChild:
    """Started at most once; while it is wanted, one that died is started again after a while.

    `start` and `stop` may be called by any thread and block only shortly (`stop` until it has ended).
    """

    def __init__(
        self,
        settings: Any,
        server: ServerSettings,
        *,
        concurrency: int = 4,
        until_idle: bool = False,
        linger: float = LINGER,
        grace: float = SHORT_GRACE,
        patience: float = PATIENCE,
        factory: str = FACTORY,
        on_trouble: Callable[[HelperDied], None] = lambda error: None,
    ) -> None:
        """`settings`: of the providers (`ProvidersSettings`). `on_trouble` is called on another thread."""
        self._start = Start(
            str(server.home),
            server.url,
            str(server.binaries) if server.binaries else None,
            msgspec.Raw(msgspec.json.encode(settings)),
            concurrency,
            "",
            idle=until_idle,
            factory=factory,
            grace=grace,
            linger=linger,
        )
        self._patience = grace + patience
        self._on_trouble = on_trouble
        self._lock = threading.Lock()
        self._wanted = threading.Event()
        self._over = threading.Event()
        self._thread: threading.Thread | None = None
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        """Of the process, while there is one."""
        process = self._process
        return process.pid if process is not None and process.poll() is None else None

    def start(self) -> None:
        """See that it runs: also after it has ended because there was nothing to do."""
        with self._lock:
            if self._thread is not None and self._thread.is_alive():
                self._wanted.set()
                return
            self._over.clear()
            self._wanted.set()
            self._thread = threading.Thread(target=self._keep, name="worker-child", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Let what runs end for a short while, put the rest back, and see it gone."""
        with self._lock:
            self._over.set()
            self._wanted.set()
            thread, process = self._thread, self._process
            if process is not None and process.stdin is not None:
                with contextlib.suppress(OSError):
                    process.stdin.close()
        if thread is not None:
            thread.join(self._patience)
            if thread.is_alive() and process is not None:
                process.kill()  # it hears nothing any more; what it had is found lost, and made again
                thread.join()

    def _keep(self) -> None:
        gone: list[str] = []
        pause = FIRST_PAUSE
        while not self._over.is_set():
            self._wanted.wait()
            self._wanted.clear()
            if self._over.is_set():
                return
            token = uuid4().hex[:12]
            status, places = self._run(token, gone)
            if status == 0 or self._over.is_set():
                pause, gone = FIRST_PAUSE, []
                continue
            gone.append(token)
            how = f"exit status {status}" if status > 0 else f"by signal {-status}"
            self._on_trouble(
                HelperDied(
                    f"The worker that makes pictures ended early ({how}).",
                    safe="What it was making is made again.",
                    places=places,
                )
            )
            self._over.wait(pause)
            pause = min(2 * pause, LONGEST_WAIT)
            self._wanted.set()

    def _run(self, token: str, gone: Iterable[str]) -> tuple[int, str]:
        """One process from its start to its end: its exit status, and where in the program it ended."""
        start = msgspec.structs.replace(self._start, token=token, gone=tuple(gone))
        with self._lock:
            if self._over.is_set():
                return 0, ""
            process = self._process = subprocess.Popen(
                command_of("core.jobs.worker"),
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
            )
        assert process.stdin is not None
        assert process.stderr is not None
        with contextlib.suppress(OSError, ValueError):  # it died at once, or is stopped meanwhile
            process.stdin.write(msgspec.json.encode(start) + b"\n")
            process.stdin.flush()
        said = b""
        with process.stderr as pipe:
            while piece := os.read(pipe.fileno(), LONGEST):
                said = (said + piece)[-LONGEST:]
        status = process.wait()
        with contextlib.suppress(OSError):
            process.stdin.close()
        return status, harmless_places(said.decode(errors="replace"))
