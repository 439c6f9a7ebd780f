"""The server dies, goes back in time or loses the program, under the real program in a terminal."""

from __future__ import annotations

import os
import random
import signal
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from core.journal import Journal
from core.server.embedded import EmbeddedServer
from tests.faults.desk import Desk, on_screen
from tests.server.postgres import PostgresForTests, plant
from tests.terminal.pty import Terminal

SAVE = "\x13"
TEXT = "SELECT document->'script'->>'content' FROM unified_documents WHERE project_id = %s"


@pytest.fixture
def database(postgres18: PostgresForTests, template18: str) -> Iterator[str]:
    """The conninfo of a database with the tables and no project."""
    conninfo = postgres18.make_database(template18)
    yield conninfo
    postgres18.drop_database(conninfo)


@pytest.fixture
def embedded(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Desk, EmbeddedServer]]:
    """A desk whose programs use its own embedded server."""
    desk = Desk(tmp_path)
    server = EmbeddedServer(desk.shelf.paths.data)
    plant(server.place, tmp_path_factory)
    yield desk, server
    server.stop()
    server.destroy()


def is_saved(terminal: Terminal) -> bool:
    header = terminal.screen.display[0]
    return "saved" in header and "unsaved" not in header and "not saved" not in header and "●" in header


def is_unsaved(terminal: Terminal) -> bool:
    header = terminal.screen.display[0]
    return "unsaved" in header or "not saved yet" in header


def write(terminal: Terminal, words: str) -> None:
    """Type, and wait until it is on the screen and no longer called saved."""
    terminal.send(words)
    terminal.wait_for(lambda screen: words.strip() in on_screen(screen))
    terminal.wait_for(lambda screen: not is_saved(screen))


def on_server(conninfo: str, desk: Desk) -> str:
    with psycopg.connect(conninfo) as link:
        row = link.execute(TEXT, [desk.project_id]).fetchone()
    return row[0] if row else ""


def versions(conninfo: str, desk: Desk) -> int:
    with psycopg.connect(conninfo) as link:
        found = link.execute("SELECT count(*) FROM versions WHERE project_id = %s", [desk.project_id])
        return int((found.fetchone() or (0,))[0])


def test_a_killed_postmaster_comes_back_and_the_save_goes_through_by_itself(
    embedded: tuple[Desk, EmbeddedServer],
) -> None:
    desk, server = embedded
    with desk.open(GENKO_DATABASE_URL="embedded") as terminal:
        terminal.wait_for(lambda _: server.status().running)
        write(terminal, "<one")
        terminal.send(SAVE)
        terminal.wait_for(is_saved)
        killed = server.status().pid
        assert killed
        os.kill(killed, signal.SIGKILL)
        write(terminal, " two")
        terminal.send(SAVE)
        terminal.wait_for(lambda screen: not is_unsaved(screen))
        write(terminal, " three")
        terminal.wait_for(lambda _: server.status().running and server.status().pid != killed)
        terminal.send(SAVE)
        terminal.wait_for(is_saved)
        assert on_server(server.start(), desk).startswith("<one two three")
        server.stop()  # and stopped in good order, perhaps in the middle of a save
        write(terminal, " four")
        terminal.send(SAVE)
        terminal.wait_for(is_saved)
        assert on_server(server.start(), desk).startswith("<one two three four")
        server.release()
        terminal.signal(signal.SIGTERM)
        assert terminal.wait_exit() == 128 + signal.SIGTERM
    assert not server.status().running
    assert desk.errors() == ""


def asked_for(desk: Desk) -> bool:
    """Whether a save waits in the outbox of a killed program's file."""
    journal, _ = Journal.open(desk.shelf.path_of(desk.project_id))
    waits = bool(journal.queued_saves())
    journal.close()
    return waits


def kill_during_a_save(desk: Desk, conninfo: str, chance: random.Random) -> None:
    """Type, save, kill -9 at a moment nobody chose; start again and look that all got through."""
    before = desk.typed()
    with desk.open(GENKO_DATABASE_URL=conninfo) as terminal:
        terminal.send("<" if not before else "\x1b[C" * (len(before) + 1))
        word = "".join(chance.choice("abcdefghij") for _ in range(5))
        write(terminal, word)
        terminal.send(SAVE)
        terminal.pump(chance.uniform(0, 0.15))
        terminal.kill()
    asked = asked_for(desk)
    with desk.open(GENKO_DATABASE_URL=conninfo) as terminal:
        assert desk.typed() == before + word
        if not asked:
            terminal.wait_for(lambda screen: is_unsaved(screen) or is_saved(screen))
            terminal.send(SAVE)  # killed before the save began, or after its end: no harm in one more
        # else nobody asks again: what waits in the outbox goes out by itself
        terminal.wait_for(is_saved)
    assert on_server(conninfo, desk).startswith(f"<{before}{word}")


def test_a_program_killed_during_a_save_finishes_it_at_the_next_start(tmp_path: Path, database: str) -> None:
    desk = Desk(tmp_path)
    kill_during_a_save(desk, database, random.Random(1))
    assert 1 <= versions(database, desk) <= 2


@pytest.mark.soak
def test_a_program_killed_during_many_saves_finishes_each(tmp_path: Path, database: str) -> None:
    desk, chance = Desk(tmp_path), random.Random(20261121)
    for _ in range(40):
        kill_during_a_save(desk, database, chance)


def test_a_server_restored_from_an_older_dump_gets_every_later_word(
    tmp_path: Path, postgres18: PostgresForTests, database: str
) -> None:
    desk = Desk(tmp_path)
    with desk.open(GENKO_DATABASE_URL=database) as terminal:
        write(terminal, "<old")
        terminal.send(SAVE)
        terminal.wait_for(is_saved)
        cut_connections(postgres18, database)
        dump = postgres18.make_database(template=postgres18.name_of(database))
        write(terminal, " lost")
        terminal.send(SAVE)
        terminal.wait_for(is_saved)
        assert on_server(database, desk).startswith("<old lost")
        restore(postgres18, database, dump)
        assert on_server(database, desk).startswith("<oldPAGE")
        write(terminal, " later")
        terminal.send(SAVE)
        terminal.wait_for(is_saved)
        assert on_server(database, desk) == desk.text()
    assert desk.text().startswith("<old lost later")


def test_a_restore_while_the_program_was_closed_is_noticed_at_the_next_start(
    tmp_path: Path, postgres18: PostgresForTests, database: str
) -> None:
    desk = Desk(tmp_path)
    with desk.open(GENKO_DATABASE_URL=database) as terminal:
        write(terminal, "<old")
        terminal.send(SAVE)
        terminal.wait_for(is_saved)
        cut_connections(postgres18, database)
        dump = postgres18.make_database(template=postgres18.name_of(database))
        write(terminal, " lost")
        terminal.send(SAVE)
        terminal.wait_for(is_saved)
        terminal.kill()
    restore(postgres18, database, dump)
    with desk.open(GENKO_DATABASE_URL=database) as terminal:
        terminal.wait_for(is_unsaved)  # "saved" would not be true any more
        terminal.send(SAVE)
        terminal.wait_for(is_saved)
    assert on_server(database, desk).startswith("<old lost")


def test_a_ruined_file_is_filled_again_from_the_server(tmp_path: Path, database: str) -> None:
    desk = Desk(tmp_path)
    with desk.open(GENKO_DATABASE_URL=database) as terminal:
        write(terminal, "<saved")
        terminal.send(SAVE)
        terminal.wait_for(is_saved)
        terminal.kill()
    path = desk.shelf.path_of(desk.project_id)
    path.write_text("Dear diary.\n" * 100)
    for beside in path.parent.glob(f"{path.name}-*"):
        beside.unlink()
    with desk.start(str(desk.project_id), GENKO_DATABASE_URL=database) as terminal:
        terminal.wait_for("held nothing")
        terminal.send("\r")
        terminal.wait_for("<saved")
        terminal.kill()
    assert desk.text().startswith("<savedPAGE 1 :")


def cut_connections(server: PostgresForTests, conninfo: str) -> None:
    with psycopg.connect(server.admin, autocommit=True) as link:
        link.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
            [server.name_of(conninfo)],
        )


def restore(server: PostgresForTests, conninfo: str, dump: str) -> None:
    """Put the older database in the place of the newer one."""
    names = (sql.Identifier(server.name_of(dump)), sql.Identifier(server.name_of(conninfo)))
    server.drop_database(conninfo)
    with psycopg.connect(server.admin, autocommit=True) as link:
        link.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(*names))
