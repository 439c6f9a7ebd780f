"""Somebody starts while somebody else removes the folder, or was killed while making one."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from core.errors import ServerError
from core.server.embedded import EmbeddedServer, postmaster, sockets
from core.server.embedded.locks import FileLock
from core.server.embedded.place import Place
from tests.patience import PATIENCE
from tests.server.postgres import scratch_server


class Reached(ServerError):
    """The folder is there, and its lock is ours."""


def test_who_waits_to_start_while_the_database_is_removed_begins_with_a_new_folder(
    open_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = scratch_server(open_folder).place.server.name
    server = EmbeddedServer(open_folder / "home", parent=open_folder / "all", service_user=service)
    place = server.place
    place.prepare()
    half = place.data(18) / "half removed"
    half.mkdir(parents=True)
    waits = threading.Event()
    found: list[object] = []
    take = FileLock.take

    def told(lock: FileLock, *, shared: bool = False) -> bool:
        taken = take(lock, shared=shared)
        if not taken:
            waits.set()
        return taken

    def reached(at: Place, *_: object) -> None:
        found.append(half.parent.exists())
        raise Reached("Here.")

    def start() -> None:
        try:
            server.start()
        except ServerError as error:
            found.append(error)

    remover = FileLock(place.start_lock)
    assert remover.take()
    monkeypatch.setattr(FileLock, "take", told)
    monkeypatch.setattr(postmaster, "ensure", reached)
    starting = threading.Thread(target=start)
    starting.start()
    assert waits.wait(PATIENCE)
    place.destroy()
    remover.free()
    starting.join(PATIENCE)
    assert found[0] is False, found
    assert isinstance(found[1], Reached)
    assert list(place.base.parent.iterdir()) == [place.base]


class Killed(BaseException):
    """The end of a program, in the middle of something."""


def test_a_start_that_is_killed_while_it_makes_the_sockets_folder_leaves_it_to_the_next(
    tmp_path: Path,
) -> None:
    place = scratch_server(tmp_path / "home").place
    place.prepare()

    class Interrupted(Place):
        def give(self, folder: Path) -> None:
            raise Killed

    try:
        with pytest.raises(Killed):
            sockets.choose_folder(Interrupted(place.home, place.base, place.user, place.server))
        folder = sockets.choose_folder(place)
        assert folder == place.base / "run", "another one had to be found"
        assert folder.stat().st_uid == place.server.uid
        assert sockets.choose_folder(place) == folder
    finally:
        place.destroy()
