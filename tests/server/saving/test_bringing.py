"""What imports bring with a save: versions made elsewhere, and reports; each once, whatever is cut."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest

from core.errors import ServerError
from core.server import Brought, SavedVersion
from tests.server.saving.cutting import CuttingProxy
from tests.server.saving.machines import Machine

ROWS = """
SELECT number, author, message, brought_by IS NOT NULL, import_id FROM versions
WHERE project_id = %s ORDER BY number
"""
REPORTS = "SELECT import_id, report, versions FROM imports WHERE project_id = %s"


def made_elsewhere(machine: Machine, count: int = 3) -> Brought:
    """So many saves of another server."""
    moment = datetime(2025, 5, 12, 9, tzinfo=UTC)
    versions = tuple(
        SavedVersion(at + 1, uuid4(), "mika", moment, f"save {at}", machine.store.frontier, 3, 20, 9, 1, 0)
        for at in range(count)
    )
    return Brought(uuid4(), datetime.now(UTC), json.dumps({"project": "夢 “ok”"}), versions)


def test_they_come_with_their_authors_and_numbers_without_gaps(each_conninfo: str) -> None:
    with Machine.first(each_conninfo) as akira:
        brought = made_elsewhere(akira)
        result = akira.saver.save(akira.package("mine"), [brought])
        login = akira.rows("SELECT session_user")[0][0]
        assert result.brought == (brought.import_id,)
        assert akira.rows(ROWS) == [
            (1, "mika", "save 0", True, brought.import_id),
            (2, "mika", "save 1", True, brought.import_id),
            (3, "mika", "save 2", True, brought.import_id),
            (4, login, "mine", False, None),
        ]
        assert akira.rows(REPORTS) == [(brought.import_id, {"project": "夢 “ok”"}, 3)]
        akira.acknowledged = result.acknowledged
        akira.store.splice(0, 0, "x")
        assert akira.save().number == 5


def test_brought_again_nothing_is_twice(conninfo: str) -> None:
    with Machine.first(conninfo) as akira:
        brought = made_elsewhere(akira)
        akira.saver.save(akira.package(), [brought])
        again = Brought(uuid4(), brought.at, brought.report, brought.versions)
        akira.saver.save(akira.package(), [brought])
        akira.saver.save(akira.package(), [again])
        assert [row[1] for row in akira.rows(ROWS)].count("mika") == 3
        assert sorted(row[2] for row in akira.rows(REPORTS)) == [0, 3]


@pytest.fixture
def proxy(conninfo: str) -> Iterator[CuttingProxy]:
    """A proxy in front of a fresh database."""
    with tempfile.TemporaryDirectory(prefix="gk") as folder, CuttingProxy(conninfo, Path(folder)) as made:
        yield made


@pytest.mark.parametrize("after", [False, True], ids=["before-it", "after-it"])
def test_cut_at_any_request_all_of_it_is_there_once(proxy: CuttingProxy, after: bool) -> None:
    """COMMIT is among the requests: whether it went through is found out by looking for the rows."""
    request = 0
    while True:
        with Machine.first(proxy.conninfo, saved=True) as akira:
            brought = made_elsewhere(akira)
            akira.store.splice(0, 0, f"{request} ")
            proxy.cut(request, after=after)
            result = akira.saver.save(akira.package("mine"), [brought])
            passed = proxy.stop_cutting()
            assert [row[2] for row in akira.rows(ROWS)] == ["", "save 0", "save 1", "save 2", "mine"]
            assert [row[0] for row in akira.rows(ROWS)] == [1, 2, 3, 4, 5]
            assert [row[0] for row in akira.rows(REPORTS)] == [brought.import_id]
            assert result.brought == (brought.import_id,)
        if passed:
            break
        request += 1
    assert proxy.cuts == request >= 5


def test_what_the_server_changes_on_the_way_is_found_before_the_commit(conninfo: str) -> None:
    with Machine.first(conninfo, saved=True) as akira:
        akira.rows(
            "CREATE FUNCTION cheat() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN NEW.author := 'nobody'; RETURN NEW; END $$"
        )
        akira.rows("CREATE TRIGGER cheat BEFORE INSERT ON versions FOR EACH ROW EXECUTE FUNCTION cheat()")
        with pytest.raises(ServerError):
            akira.saver.save(akira.package(), [made_elsewhere(akira)])
        assert len(akira.rows(ROWS)) == 1
        assert akira.rows(REPORTS) == []


def test_reports_are_only_added(conninfo: str) -> None:
    with Machine.first(conninfo) as akira:
        brought = made_elsewhere(akira)
        akira.saver.save(akira.package(), [brought])
        for attack in ("UPDATE imports SET versions = 0", "DELETE FROM imports", "TRUNCATE imports"):
            with pytest.raises(psycopg.errors.IntegrityConstraintViolation):
                akira.rows(attack)
        assert isinstance(akira.rows(REPORTS)[0][0], UUID)


def test_control_without_a_look_for_the_row_a_report_would_stand_twice(conninfo: str) -> None:
    """The same import under another id is another row: only the id makes it one."""
    with Machine.first(conninfo) as akira:
        brought = made_elsewhere(akira, 0)
        akira.saver.save(akira.package(), [brought])
        akira.saver.save(akira.package(), [Brought(uuid4(), brought.at, brought.report)])
        assert len(akira.rows(REPORTS)) == 2
