"""Whatever breaks off where: the old pack is published or the new one, whole; and it goes on from there."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from core.drafts import Drafts
from core.drafts.mediastore import MediaFolder
from core.drafts.publishing import standing
from core.drafts.publishing.sending import send
from core.drafts.publishing.verifying import published_manifest, verify
from core.drafts.status import Status
from core.errors import ServerUnreachable
from core.server import Server, ServerSettings
from tests.drafts.publishing import child
from tests.drafts.publishing.packs import NAMES, Maker, ask
from tests.server.postgres import PostgresForTests
from tests.server.saving.cutting import CuttingProxy

ROOT = Path(__file__).parents[3]
OLD, NEW = [("chose 0",), ("chose 1",)], [("nouvelle",), ("chose 1",), ("troisième",)]
COUNTS = "SELECT count(*), count(DISTINCT request_id) FROM univers_revisions"


@pytest.fixture
def proxy(conninfo: str) -> Iterator[CuttingProxy]:
    """In front of a fresh database; its folder's name is short enough for a socket."""
    with tempfile.TemporaryDirectory(prefix="gk") as folder, CuttingProxy(conninfo, Path(folder)) as made:
        yield made


def cut_at_each(proxy: CuttingProxy, conninfo: str, folder: Path, requests: range, after: bool) -> int:
    """Publish anew, cut at one request after the other; gives how often it was cut."""
    maker = Maker.at(folder, proxy.conninfo)
    maker.publish()
    cuts = 0
    for number in requests:
        name = f"coupé {number} {after}"
        maker.draft.update_asset(maker.draft.assets()[0].id, name=name)
        found = maker.look()
        proxy.cut(number, after=after)
        done = maker.publish(found)
        waiting = proxy.stop_cutting()
        assert done.revision == found.expected_revision + 1
        assert ask(conninfo, NAMES)[0] == (name,)
        assert ask(conninfo, COUNTS) == [(done.revision, done.revision)]
        cuts += not waiting
        if waiting:
            break
    assert not verify(maker.server, maker.place, maker.pack).wrong
    return cuts


@pytest.mark.parametrize("after", [False, True], ids=["before-it", "after-it"])
def test_a_connection_cut_at_chosen_requests_publishes_exactly_once(
    proxy: CuttingProxy, conninfo: str, tmp_path: Path, after: bool
) -> None:
    assert cut_at_each(proxy, conninfo, tmp_path, range(4, 60, 13), after) >= 3


@pytest.mark.soak
@pytest.mark.parametrize("after", [False, True], ids=["before-it", "after-it"])
def test_a_connection_cut_at_any_request_publishes_exactly_once(
    proxy: CuttingProxy, conninfo: str, tmp_path: Path, after: bool
) -> None:
    assert cut_at_each(proxy, conninfo, tmp_path, range(1000), after) > 30


def test_a_server_lost_between_upload_and_transaction_leaves_the_old_one(maker: Maker, conninfo: str) -> None:
    maker.publish()
    maker.add("après")
    found = maker.look()
    standing.begin(maker.draft, found)

    class Lost(MediaFolder):
        """The server goes right after all files have come, and stays away."""

        def put(self, *given: Any) -> int:
            sent = super().put(*given)
            ask(conninfo, CUT)
            return sent

    with pytest.raises(ServerUnreachable):
        send(found, maker.server, Lost(maker.place.folder))
    standing.failed(maker.draft)
    assert ask(conninfo, NAMES) == OLD
    assert len(list(maker.place.folder.iterdir())) == 3
    assert maker.publish(found).revision == 2
    assert ask(conninfo, NAMES)[-1] == ("après",)


CUT = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE pid <> pg_backend_pid() AND datname = current_database()
"""


# killed

_CALL = re.compile(r"^(?:(\d+) +)?(\w+)\(")
needs_strace = pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace")


def run(conninfo: str, home: Path, *options: str) -> subprocess.CompletedProcess[bytes]:
    """The program that publishes, watched."""
    command = ["strace", "-f", "-qq", "-e", "trace=%file,%desc,%network", *options]
    program = [sys.executable, "-m", "tests.drafts.publishing.child", conninfo, str(home)]
    return subprocess.run([*command, *program], cwd=ROOT, capture_output=True, check=False)


def calls(conninfo: str, home: Path) -> list[tuple[str, int]]:
    """Every call of publishing: its name, and the how manieth of that name it is."""
    log = home / "log"
    assert run(conninfo, home, "-o", str(log)).returncode == 0
    counts: Counter[tuple[str, str]] = Counter()
    found, inside = list[tuple[str, int]](), False
    for line in log.read_text(errors="replace").splitlines():
        match = _CALL.match(line)
        if match:
            thread, name = match[1] or "", match[2]
            counts[thread, name] += 1  # strace counts each thread's calls for themselves, too
            inside = (inside or child.BEGIN in line) and child.END not in line
            if inside and child.BEGIN not in line:
                found.append((name, counts[thread, name]))
    return list(dict.fromkeys(found))


def killed_at(conninfo: str, home: Path, name: str, when: int) -> bool:
    """Whatever is there then is whole; the next start knows what is true; the next try goes through.

    Gives whether the draft was being published when it was killed.
    """
    survived = run(conninfo, home, "-e", f"inject={name}:signal=KILL:when={when}").returncode == 0
    server, place = Server(ServerSettings(url=conninfo)), MediaFolder(home / "published")
    drafts = Drafts(child.paths_of(home))
    (entry,) = drafts.list()
    request = standing.under_way(drafts.read(entry.draft_id))
    if request is not None:
        true = standing.found_of(server, entry.draft_id, request)  # waits for a COMMIT that is on its way
        with drafts.edited(entry.draft_id) as draft:
            status = standing.reconcile(draft, true)
        assert (status is Status.PUBLISHED) == (ask(conninfo, NAMES) == NEW)
    assert ask(conninfo, NAMES) in ((NEW,) if survived else (OLD, NEW))
    assert not verify(server, place, entry.draft_id).wrong
    child.publish(conninfo, home)
    assert ask(conninfo, NAMES) == NEW
    assert published_manifest(server, entry.draft_id).assets[0].name == "nouvelle"
    assert ask(conninfo, COUNTS) == [(2, 2)]
    return not survived and request is not None


@needs_strace
@pytest.mark.parametrize(
    ("name", "when"),
    [pytest.param("fsync", 3, marks=pytest.mark.soak), ("sendto", 50)],
    ids=["upload", "transaction"],
)
def test_a_kill_leaves_the_old_or_the_new_one(conninfo: str, tmp_path: Path, name: str, when: int) -> None:
    child.prepare(conninfo, tmp_path)
    assert killed_at(conninfo, tmp_path, name, when)


@needs_strace
@pytest.mark.soak
def test_a_kill_at_every_step(postgres18: PostgresForTests, template18: str, tmp_path: Path) -> None:
    def database(number: int) -> tuple[str, Path]:
        conninfo, home = postgres18.make_database(template18), tmp_path / str(number)
        child.prepare(conninfo, home)
        return conninfo, home

    watched = database(0)
    inside = [one for one in calls(*watched) if one[0] not in NOISE]
    assert {"fsync", "rename", "sendto"} <= {name for name, _ in inside}
    killed = 0
    for number, (name, when) in enumerate(inside, 1):
        conninfo, home = database(number)
        killed += killed_at(conninfo, home, name, when)
        postgres18.drop_database(conninfo)
    assert killed > len(inside) // 2


NOISE = frozenset(
    (
        *("read", "pread64", "recvfrom", "fstat", "newfstatat", "stat", "lstat", "lseek", "getdents64"),
        *("close", "fcntl", "ioctl", "poll", "mmap", "epoll_create1", "epoll_ctl", "epoll_wait"),
        *("getsockopt", "getsockname", "access", "readlink"),
    )
)
"""Calls that change nothing, between those that do."""
