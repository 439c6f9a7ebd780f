"""The save that follows an import, refused or cut: the words are here and the report goes once."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import psycopg
import pytest

from core.backup.importing import apply_plan
from core.backup.plan import Decisions, ImportReport
from core.backup.work import Work
from core.journal import read_facts
from core.server import Server, ServerSettings
from core.story import text_at
from core.workspace.saving import save_project
from tests.backup.importing.desk import SCRIPT, Desk, foreign, given
from tests.server.conftest import conninfo, postgres18, template18
from tests.server.saving.cutting import CuttingProxy
from tests.server.saving.machines import rows

__all__ = ["conninfo", "postgres18", "template18"]


@pytest.fixture
def proxy(conninfo: str) -> Iterator[CuttingProxy]:
    """A proxy in front of a fresh database."""
    with tempfile.TemporaryDirectory(prefix="gk") as folder, CuttingProxy(conninfo, Path(folder)) as made:
        yield made


def bring(desk: Desk, server: Server, key: str) -> ImportReport:
    """An import of another program's book, and its save."""
    source = given(foreign(key=key, title=key), system="mangaka")
    return apply_plan(
        desk.shelf, source, desk.look(source), Decisions(), server=server, work=Work(), back_up=desk.back_up
    )


def waits(desk: Desk, project_id: str) -> bool:
    """Whether anything of an import waits for the server."""
    facts = read_facts(desk.shelf.path_of(UUID(project_id)))
    return any(name.startswith("brought:") for name in facts)


def check_saved_once(desk: Desk, server: Server, conninfo: str, report: ImportReport) -> None:
    """After the next save the server has the words, and the import once."""
    project_id = report.projects[0].project_id
    save_project(desk.shelf, UUID(project_id), server)
    assert not waits(desk, project_id)
    newest = server.versions(UUID(project_id))[0]
    assert text_at(server.load(UUID(project_id)).blobs, newest.frontier) == SCRIPT
    told = rows(conninfo, "SELECT count(*) FROM imports WHERE import_id = %s", report.import_id)
    assert told == [(1,)]


def test_what_the_server_refuses_is_a_note_and_goes_with_the_next_save(desk: Desk, conninfo: str) -> None:
    server = Server(ServerSettings(url=conninfo))
    try:
        save_project(desk.shelf, desk.shelf.create(title="First", text="One.").project_id, server)
        with psycopg.connect(conninfo, autocommit=True) as connection:
            connection.execute("ALTER TABLE imports ADD CONSTRAINT shut CHECK (false) NOT VALID")
            report = bring(desk, server, "one")
            assert "did not take it" in " ".join(report.notes)
            assert waits(desk, report.projects[0].project_id)
            connection.execute("ALTER TABLE imports DROP CONSTRAINT shut")
        check_saved_once(desk, server, conninfo, report)
        assert bring(desk, server, "two").notes == (), "the control: nothing is refused"
    finally:
        server.close()


def sweep(desk: Desk, proxy: CuttingProxy, conninfo: str, requests: range) -> int:
    """Cut at each of these requests; how many cuts there were."""
    cuts = 0
    for request in requests:
        for after in (False, True):
            server = Server(ServerSettings(url=proxy.conninfo))
            try:
                proxy.cut(request, after=after)
                report = bring(desk, server, f"book {request} {after}")
                cuts += not proxy.stop_cutting()
                assert desk.open(report.projects[0].project_id).text == SCRIPT
                assert report.notes or not waits(desk, report.projects[0].project_id)
                check_saved_once(desk, server, conninfo, report)
            finally:
                server.close()
    return cuts


def test_cut_at_a_request_of_its_save_it_is_there_once(
    desk: Desk, proxy: CuttingProxy, conninfo: str
) -> None:
    assert sweep(desk, proxy, conninfo, range(4, 5)) >= 1


@pytest.mark.soak
def test_cut_at_every_request_of_its_save_it_is_there_once(
    desk: Desk, proxy: CuttingProxy, conninfo: str
) -> None:
    assert sweep(desk, proxy, conninfo, range(40)) >= 15
