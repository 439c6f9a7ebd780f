"""Attacks the promise that a save interrupted anywhere, COMMIT included, is neither lost nor doubled."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from core.errors import ServerUnreachable
from core.server import SavePackage
from core.story import covers
from tests.server.saving.cutting import CuttingProxy
from tests.server.saving.machines import SCRIPT, UPDATES, VERSIONS, Machine, rows

CUT_ALL = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE pid <> pg_backend_pid() AND datname = current_database()
"""


@pytest.fixture
def proxy(conninfo: str) -> Iterator[CuttingProxy]:
    """A proxy in front of a fresh database; its folder's name is short enough for a socket."""
    with tempfile.TemporaryDirectory(prefix="gk") as folder, CuttingProxy(conninfo, Path(folder)) as made:
        yield made


def saved_as_left(machine: Machine) -> None:
    """The machine's next save finds the server as it left it: the short way."""
    machine.save()


def saved_from_afar(machine: Machine) -> None:
    """The machine's next save has others' words to merge: the long way."""
    machine.save()
    with Machine.fetching(machine.conninfo, machine.store.project_id) as other:
        other.store.splice(0, 0, "ailleurs ")
        other.save()


@pytest.mark.parametrize("prepare", [saved_as_left, saved_from_afar])
@pytest.mark.parametrize("after", [False, True], ids=["before-it", "after-it"])
def test_a_connection_cut_at_any_request_saves_exactly_once(
    proxy: CuttingProxy, prepare: object, after: bool
) -> None:
    assert callable(prepare)
    request = 0
    while True:
        with Machine.first(proxy.conninfo) as akira:
            prepare(akira)
            number, updates = len(akira.rows(VERSIONS)), len(akira.rows(UPDATES))
            akira.store.splice(20, 0, f"coupé en {request}\nPAGE 77 :\n")
            package = akira.package()
            proxy.cut(request, after=after)
            result = akira.save(package)  # the Saver itself asks again, on a new connection
            passed = proxy.stop_cutting()
            assert covers(result.acknowledged, package.version)
            assert not akira.is_dirty()
            assert akira.text_on_server() == akira.store.text
            assert len(akira.rows(VERSIONS)) == number + 1
            assert len(akira.rows(UPDATES)) == updates + 1
        if passed:
            break
        request += 1
    assert proxy.cuts == request >= 2


def test_the_same_package_sent_by_a_new_process_is_saved_once(proxy: CuttingProxy) -> None:
    with Machine.first(proxy.conninfo, saved=True) as akira:
        akira.store.splice(0, 0, "une fois ")
        package = akira.package()
        proxy.cut(0, after=True)
        first = akira.save(package)
        journal = [akira.store.snapshot()]
    assert proxy.cuts == 1
    with Machine(proxy.conninfo, akira.store, journal) as restarted:
        again = restarted.save(package)
        assert (again.number, again.saved_at) == (first.number, first.saved_at)
        third = restarted.save(package)
        assert third.number == first.number
        assert restarted.rows(VERSIONS) == [(1,), (2,)]
        assert len(restarted.rows(UPDATES)) == 2


def test_control_a_retry_under_a_new_id_would_be_seen_as_a_second_save(proxy: CuttingProxy) -> None:
    with Machine.first(proxy.conninfo, saved=True) as akira:
        akira.store.splice(0, 0, "une fois ")
        package = akira.package()
        akira.save(package)
        akira.save(SavePackage.of(uuid4(), package.version, package.frontier, package.blob))
        assert len(akira.rows(VERSIONS)) == 3


def test_a_server_that_stays_away_is_unreachable_and_the_package_goes_later(conninfo: str) -> None:
    with tempfile.TemporaryDirectory(prefix="gk") as folder:
        with CuttingProxy(conninfo, Path(folder)) as proxy:
            akira = Machine.first(proxy.conninfo, saved=True)
            akira.store.splice(0, 0, "hors ligne ")
            package = akira.package()
        with akira:
            with pytest.raises(ServerUnreachable):
                akira.save(package)
            next(Path(folder).iterdir()).unlink()
            with CuttingProxy(conninfo, Path(folder)):
                akira.save(package)
                assert akira.text_on_server() == akira.store.text
                akira.saver.close()


def test_a_connection_that_the_server_dropped_between_saves_is_not_noticed(conninfo: str) -> None:
    with Machine.first(conninfo, saved=True) as akira:
        rows(conninfo, CUT_ALL)
        akira.store.splice(0, len(SCRIPT) // 2, "")
        assert akira.save().number == 2
        assert akira.text_on_server() == akira.store.text
