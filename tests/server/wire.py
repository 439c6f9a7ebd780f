"""The few bytes of PostgreSQL's protocol that a server of a kind we can't install would send."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress


def message(kind: bytes, body: bytes) -> bytes:
    """One protocol message."""
    return kind + struct.pack("!I", len(body) + 4) + body


def refusal(state: str, text: str) -> bytes:
    """An ErrorResponse as the postmaster sends it instead of a login."""
    fields = {"S": "FATAL", "V": "FATAL", "C": state, "M": text}
    return message(
        b"E", b"".join(key.encode() + value.encode() + b"\0" for key, value in fields.items()) + b"\0"
    )


def welcome(version: str) -> bytes:
    """A login without a password on a server of this version."""
    parameters = {"server_version": version, "client_encoding": "UTF8", "standard_conforming_strings": "on"}
    said = b"".join(
        message(b"S", key.encode() + b"\0" + value.encode() + b"\0") for key, value in parameters.items()
    )
    return message(b"R", struct.pack("!I", 0)) + said + message(b"Z", b"I")


@contextmanager
def speaking(answer: bytes | None) -> Iterator[int]:
    """Listen on a port (given) and say `answer` to whoever comes, one at a time; None says nothing."""
    visitors: list[socket.socket] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=_serve, args=(listener, answer, visitors))
        thread.start()
        try:
            yield int(listener.getsockname()[1])
        finally:
            # A client that gave up may keep its end open: hang up on it.
            for each in (listener, *visitors):
                with suppress(OSError):
                    each.shutdown(socket.SHUT_RDWR)
            thread.join()


def _serve(listener: socket.socket, answer: bytes | None, visitors: list[socket.socket]) -> None:
    with suppress(OSError):  # at the end the listener is shut down
        while True:
            connection, _ = listener.accept()
            visitors.append(connection)
            with connection, suppress(ConnectionError):
                _talk(connection, answer)


def _talk(connection: socket.socket, answer: bytes | None) -> None:
    while asked := connection.recv(4096):
        # Length 8 and one of these codes: "may we speak TLS (or GSSAPI)?"
        if asked[4:8] in (struct.pack("!I", 80877103), struct.pack("!I", 80877104)):
            connection.sendall(b"N")
        elif answer is not None and asked[:1] != b"X":
            connection.sendall(answer)
