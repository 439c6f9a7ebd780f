"""A program that uses the embedded server like Genko does, to be killed, multiplied or run as someone else.

Run as: python -m tests.server.embedded.client HOME PARENT SERVICE_USER [UID] ("-" for none). It says
"ready PID" when the server runs (or "error SENTENCE"), and gives the server up when its input ends.
With UID, root becomes that user first: its Python may be in a folder that the user can't enter.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from core.errors import GenkoError
from core.server.embedded import EmbeddedServer


def main(home: str, parent: str, service_user: str, uid: str = "") -> int:
    """Start, wait for the end of stdin, release."""
    if uid:
        os.setgroups([])
        os.setgid(int(uid))
        os.setuid(int(uid))
    server = EmbeddedServer(
        Path(home),
        parent=None if parent == "-" else Path(parent),
        service_user=None if service_user == "-" else service_user,
    )
    try:
        server.start()
    except GenkoError as error:
        sys.stdout.write(f"error {error}\n")
        return 1
    sys.stdout.write(f"ready {server.status().pid}\n")
    sys.stdout.flush()
    sys.stdin.read()
    server.release()
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
