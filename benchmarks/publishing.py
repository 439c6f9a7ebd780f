"""Publishing a pack of 1,000 assets, against a bare COPY of the same rows and copies of the same files."""

from __future__ import annotations

import hashlib
import os
import shutil
import statistics
import tempfile
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.table import Benchmark, Figure
from core.drafts.mediastore import MediaFolder
from core.drafts.pack.draft import Draft, new_draft
from core.drafts.publishing.manifest import to_json
from core.drafts.publishing.preflight import preflight
from core.drafts.publishing.rows import TABLES, rows_of
from core.drafts.publishing.sending import send
from core.drafts.publishing.taking import Taken, take
from core.media import MediaStore
from core.server import Server, ServerSettings
from core.server.connection import Connection
from core.story import Section

ASSETS = 1000
FILE_BYTES = 100_000
LANGUAGES = ("fr", "en", "es", "it", "de")
GOAL = 3.0
ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Row:
    """Medians in seconds."""

    publish: float
    bare: float
    """With copies that are on the disk."""
    unsynced: float
    """With copies that nobody waited for."""
    preflight: float
    again: float
    """Publishing with one asset changed."""


def run(assets: int = ASSETS, rounds: int = ROUNDS) -> Row:
    """Each round publishes another draft to an empty place, the two ways in turn, on a server of our own."""
    taken: list[tuple[float, ...]] = []
    with tempfile.TemporaryDirectory(prefix="genko-bench-", dir="/tmp") as folder:
        home = Path(folder)
        server = Server(ServerSettings(home=home / "data"))
        try:
            server.start()
            taken = [_round(server, home / str(number), assets) for number in range(rounds + 1)][1:]
        finally:
            server.close()
    return Row(*(statistics.median(column) for column in zip(*taken, strict=True)))


def _round(server: Server, home: Path, assets: int) -> tuple[float, ...]:
    home.mkdir(parents=True)
    draft, media = _draft(home, assets)
    what = take(draft, media)
    bare = _bare(server, what, home / "bare")
    os.sync()
    start = time.perf_counter()
    found = preflight(what, media, server)
    looked = time.perf_counter()
    place = MediaFolder(home / "published")
    send(found, server, place)
    done = time.perf_counter()
    draft.update_asset(draft.assets()[assets // 2].id, name="changed")
    found = preflight(take(draft, media), media, server)
    again = time.perf_counter()
    send(found, server, place)
    last = time.perf_counter()
    shutil.rmtree(home)
    return done - looked, *bare, looked - start, last - again


def _draft(home: Path, assets: int) -> tuple[Draft, MediaStore]:
    """With files of random bytes: their names are true, and nobody decodes them here."""
    store = new_draft("Benchmark", "fr", slug=f"b-{uuid.uuid4().hex[:12]}", languages=list(LANGUAGES))
    draft, folder = Draft(store), home / "media"
    folder.mkdir()
    names = [{code: f"{code} {number}" for code in LANGUAGES} for number in range(assets)]
    ids = draft.add_assets([{"kind": "prop", "name": one["fr"], "names": one} for one in names])
    attempts: dict[str, dict[str, Any]] = {}
    chosen = {}
    for asset_id in ids:
        content = os.urandom(FILE_BYTES)
        sha = hashlib.sha256(content).hexdigest()
        (folder / f"{sha}.png").write_bytes(content)
        attempt = str(uuid.uuid4())
        told = {"step": "picture", "status": "done", "output": sha, "mime": "image/png"}
        attempts[attempt] = {"asset": asset_id, "medium": "image", **told, "resolved": "a prop, in ink"}
        chosen[asset_id] = attempt
    store.put_records({Section.ATTEMPTS: attempts})
    draft.accept_all(chosen)
    return draft, MediaStore(folder, home / "thumbnails")


def _bare(server: Server, what: Taken, target: Path) -> tuple[float, float]:
    """COPY into tables of the same shape, the manifest among them, and the files copied: seconds.

    First with the copies on the disk, then with copies that nobody waited for.
    """
    rows = rows_of(what.manifest, 1)
    with server.connect() as connection:
        connection.execute("DROP TABLE IF EXISTS bare_manifest; CREATE TABLE bare_manifest (manifest jsonb)")
        for table in TABLES:
            connection.execute(f"DROP TABLE IF EXISTS bare_{table.name}")
            connection.execute(f"CREATE TABLE bare_{table.name} (LIKE {table.name} INCLUDING ALL)")
        start = time.perf_counter()
        target.mkdir()
        copies = [shutil.copyfile(path, target / path.name) for path in what.files.values()]
        copied = time.perf_counter()
        for path in (*copies, target):
            _sync(path)
        synced = time.perf_counter()
        with connection.transaction():
            for table in TABLES:
                _copy(connection, f"bare_{table.name} ({', '.join(table.names)})", rows[table.name])
            _copy(connection, "bare_manifest", [(to_json(what.manifest),)])
        done = time.perf_counter()
    shutil.rmtree(target)
    return done - start, done - start - (synced - copied)


def _copy(connection: Connection, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
    with connection.cursor().copy(f"COPY {table} FROM STDIN") as copied:
        for row in rows:
            copied.write_row(row)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)


def measure(quick: bool) -> Sequence[Figure]:
    """The figures."""
    row = run(100 if quick else ASSETS, 2 if quick else ROUNDS)
    size = f"{FILE_BYTES // 1000} kB each, five languages"
    note = (
        f"{row.publish:.2f} s, compared with its names and read back / COPY and copies on the disk "
        f"{row.bare:.2f} s; preflight {row.preflight:.2f} s"
    )
    unsynced = f"{row.publish:.2f} s / {row.unsynced:.2f} s"
    changed = f"{row.again:.2f} s / {row.bare:.2f} s"
    return [
        Figure(f"publishing {ASSETS:,} assets, {size}", row.publish / row.bare, GOAL, "x", note),
        Figure(
            "the same, over copies that nobody waited for", row.publish / row.unsynced, GOAL, "x", unsynced
        ),
        Figure("publishing them again with one changed", row.again / row.bare, GOAL, "x", changed),
    ]


BENCHMARKS = (
    Benchmark("publishing", "publishing 1,000 assets / COPY of the rows and copies of the files", measure),
)
