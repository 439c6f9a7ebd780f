"""A proxy in front of a server that cuts the connection at a chosen request of the client."""

from __future__ import annotations

import contextlib
import select
import socket
import threading
from pathlib import Path
from types import TracebackType

from psycopg.conninfo import conninfo_to_dict, make_conninfo

READY = b"Z\x00\x00\x00\x05"
"""The server's ReadyForQuery, up to the byte with the transaction's state."""

SYNC = b"S\x00\x00\x00\x04"


class CuttingProxy:
    """Listens on a unix socket and passes everything on, until it is told to cut.

    A request is what the client sends before it waits for an answer. `cut(n)` cuts the connection
    at the n-th request from now on (0: the next): before the server has seen it, or after the server
    has answered, but before the client has the answer.
    """

    def __init__(self, conninfo: str, folder: Path) -> None:
        parts = conninfo_to_dict(conninfo)
        self._port = int(parts.get("port") or 5432)
        self._behind = f"{parts['host']}/.s.PGSQL.{self._port}"
        self.conninfo = make_conninfo(conninfo, host=str(folder), requirepeer="")
        self.cuts = 0
        self._left: int | None = None
        self._after = False
        self._lock = threading.Lock()
        self._open: list[socket.socket] = []
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(folder / f".s.PGSQL.{self._port}"))
        self._listener.listen()
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    def cut(self, requests: int, *, after: bool) -> None:
        """Cut at the request number `requests` from now on."""
        with self._lock:
            self._left, self._after = requests, after

    def stop_cutting(self) -> bool:
        """Pass everything on again; whether the cut that was ordered is still to come."""
        with self._lock:
            waiting, self._left = self._left is not None, None
            return waiting

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._serve, args=(client,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, client: socket.socket) -> None:
        with client, socket.socket(socket.AF_UNIX) as server, contextlib.suppress(OSError):
            server.connect(self._behind)
            self._open += [client, server]
            while True:
                readable, _, _ = select.select([client, server], [], [])
                if server in readable and not _pass_on(server, client):
                    return
                if client in readable and not self._request(client, server):
                    return

    def _request(self, client: socket.socket, server: socket.socket) -> bool:
        data = client.recv(1 << 20)
        cut, after = self._counted(data)
        if cut and not after:
            return False
        server.sendall(data)
        if cut:
            # Wait until the server has done it all; the client never hears of it.
            server.settimeout(10)
            answer = piece = server.recv(1 << 20)
            while piece and READY not in answer[-6:]:
                piece = server.recv(1 << 20)
                answer += piece
            return False
        return bool(data)

    def _counted(self, data: bytes) -> tuple[bool, bool]:
        with self._lock:
            # A long request comes in several pieces, of which the last ends with Sync.
            if self._left is None or not (data.endswith(SYNC) or data.startswith(b"Q")):
                return False, False
            self._left -= 1
            if self._left >= 0:
                return False, False
            self._left = None
            self.cuts += 1
            return True, self._after

    def __enter__(self) -> CuttingProxy:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # close() alone does not wake a thread that waits in accept() or select().
        for each in (self._listener, *self._open):
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in self._threads:
            thread.join(60)


def _pass_on(source: socket.socket, target: socket.socket) -> bool:
    data = source.recv(1 << 20)
    target.sendall(data)
    return bool(data)
