"""The line to the server is cut at any request of the app: all is made once and comes home."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.drafts import Drafts
from core.drafts.making.desk import DraftDesk
from core.drafts.making.wish import Wish
from core.jobs import WorkerRun, states_of_draft
from core.providers import ProvidersSettings, providers
from core.server import Server, ServerSettings
from core.workspace.saving import Inbox
from tests.patience import PATIENCE
from tests.server.conftest import conninfo, postgres18, template18
from tests.server.saving.cutting import CuttingProxy

__all__ = ["conninfo", "postgres18", "template18"]


@pytest.fixture
def proxy(conninfo: str) -> Iterator[CuttingProxy]:
    """In front of a fresh database; its folder's name is short enough for a socket."""
    with tempfile.TemporaryDirectory(prefix="gk") as folder, CuttingProxy(conninfo, Path(folder)) as made:
        yield made


@pytest.fixture
def worker(conninfo: str) -> Iterator[None]:
    """It has a line of its own, which nobody cuts."""
    server = Server(ServerSettings(url=conninfo))
    run = WorkerRun(providers(ProvidersSettings()), server, concurrency=2)
    thread = threading.Thread(target=run.run)
    thread.start()
    yield
    run.stop(0.0)
    thread.join()
    server.close()


def made_with_a_cut(proxy: CuttingProxy, conninfo: str, drafts: Drafts, at: int, *, after: bool) -> bool:
    """Make two pictures, the line cut at this request; whether there was that many."""
    draft = drafts.create(f"Cut at {at}", theme="jungle").draft_id
    with drafts.edited(draft) as edited:
        edited.add_assets([{"kind": "prop", "name": name} for name in ("lamp", "kite")])
    server, inbox = Server(ServerSettings(url=proxy.conninfo)), Inbox()
    desk = DraftDesk(drafts, inbox.put, worker=False)
    proxy.cut(at, after=after)
    desk.connect(server)
    opened = desk.open(draft)
    asked = desk.generate(draft, Wish())
    assert inbox.run_until(lambda: not opened.busy, PATIENCE), f"cut at {at}, it did not come home"
    assert inbox.run_until(lambda: not opened.session.journal.names("making."), PATIENCE)
    was_cut = not proxy.stop_cutting()
    attempts = opened.draft.index.attempts
    assert {one.status for one in attempts.values()} == {"done"}
    assert attempts.keys() == set(asked.attempts)
    assert desk.close()
    server.close()
    direct = Server(ServerSettings(url=conninfo))
    with direct.connect() as connection:
        jobs = states_of_draft(connection, draft)
    direct.close()
    assert {str(job.id) for job in jobs} == set(asked.attempts)
    assert all(job.tries == 1 and job.collected for job in jobs)
    return was_cut


@pytest.mark.usefixtures("worker")
def test_a_line_that_is_cut_makes_nothing_twice_and_loses_nothing(
    proxy: CuttingProxy, conninfo: str, drafts: Drafts
) -> None:
    assert made_with_a_cut(proxy, conninfo, drafts, 14, after=True)


@pytest.mark.soak
@pytest.mark.timeout(900)
@pytest.mark.usefixtures("worker")
@pytest.mark.parametrize("after", [False, True], ids=["before-it", "after-it"])
def test_a_line_that_is_cut_at_any_request_makes_nothing_twice_and_loses_nothing(
    proxy: CuttingProxy, conninfo: str, drafts: Drafts, after: bool
) -> None:
    cuts = [made_with_a_cut(proxy, conninfo, drafts, at, after=after) for at in range(1, 60, 2)]
    assert sum(cuts) > 15
