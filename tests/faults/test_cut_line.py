"""A terminal that goes away in mid-word: everything is on the disk, nothing is left running."""

from __future__ import annotations

import signal
from pathlib import Path

from core.server.embedded import EmbeddedServer
from tests.faults.desk import Desk


def test_a_dropped_connection_saves_everything_and_ends(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    with desk.open() as terminal:
        terminal.send("<halfaw")
        terminal.wait_for("<halfaw")
        terminal.send("ord")
        terminal.hang_up()
        status = terminal.wait_exit()
    assert status == 128 + signal.SIGHUP
    assert desk.typed().startswith("halfaw")
    assert "Traceback" not in (desk.home / "stderr").read_text()


def test_the_last_one_out_stops_the_server(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    server = EmbeddedServer(desk.shelf.paths.data)
    try:
        with desk.open(GENKO_DATABASE_URL="embedded") as terminal:
            terminal.wait_for("server")
            terminal.wait_for(lambda _: server.status().running)
            terminal.send("<word")
            terminal.wait_for("<word")
            terminal.hang_up()
            terminal.wait_exit()
        assert not server.status().running
        assert desk.typed() == "word"
    finally:
        server.stop()
        server.destroy()
