"""Dumps with random damage: read, or refused with a sentence; nothing else comes out, and nothing hangs."""

from __future__ import annotations

import csv
import gzip
import io
import json
import random
import time
from pathlib import Path
from typing import Any

import pytest

from core.backup.work import Work
from core.errors import GenkoError
from core.legacy.mangaka.reading import foreign_of, staged
from tests.legacy.mangaka import samples
from tests.legacy.mangaka.samples import OTHER, PROJECT, USER, row_id, script_row

ROWS = [script_row(samples.D, 1), script_row(samples.A, 2, project=OTHER), script_row(samples.C, 3)]


def as_sql() -> bytes:
    """A dump with a block of COPY, statements of INSERT and a function."""
    columns = ", ".join(ROWS[0])
    lines = ["-- PostgreSQL database dump", "SET standard_conforming_strings = on;", ""]
    lines += [
        "CREATE FUNCTION public.f() RETURNS trigger AS $fn$",
        "BEGIN",
        "INSERT INTO x VALUES ('",
        "$fn$;",
    ]
    lines.append(f"COPY public.manga_scripts ({columns}) FROM stdin;")
    for row in ROWS:
        texts = [json.dumps(v, ensure_ascii=False) if isinstance(v, dict) else str(v) for v in row.values()]
        escaped = [text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t") for text in texts]
        lines.append("\t".join(escaped))
    lines += ["\\.", ""]
    for row in ROWS:
        texts = [json.dumps(v) if isinstance(v, dict) else str(v) for v in row.values()]
        values = ", ".join("'" + text.replace("'", "''") + "'" for text in texts)
        lines.append(f'INSERT INTO "public"."manga_scripts" ({columns}) VALUES ({values});')  # noqa: S608
    return "\n".join(lines).encode()


def as_csv() -> bytes:
    """The rows as CSV."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(ROWS[0])
    for row in ROWS:
        writer.writerow([json.dumps(v) if isinstance(v, dict) else v for v in row.values()])
    return out.getvalue().encode()


def files() -> dict[str, bytes]:
    """A file of each form."""
    return {
        "dump.sql": as_sql(),
        "dump.csv": as_csv(),
        "rows.json": samples.as_json(ROWS),
        "tables.json": samples.as_json(samples.tables()),
        "rows.jsonl": b"\n".join(samples.as_json(row) for row in ROWS),
        "store.json": samples.as_json(samples.STORE),
        "dump.sql.gz": gzip.compress(as_sql(), mtime=0),
    }


def damaged(data: bytes, chance: random.Random) -> bytes:
    """The same with something wrong."""
    broken = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        at = chance.randrange(len(broken))
        match chance.randrange(5):
            case 0:
                broken[at] = chance.randrange(256)
            case 1:
                del broken[at : at + chance.choice((1, 3, 200))]
            case 2:
                broken[at:at] = chance.choice(
                    (b"'", b'"', b"\\", b"\x00", b"{", b"]", b"\t", b"\n", b"$$", b"\xff")
                )
            case 3:
                broken[at:at] = broken[at : at + chance.choice((5, 500))]
            case _:
                del broken[at:]
        if not broken:
            return b" "
    return bytes(broken)


def read_all(path: Path) -> Any:
    """Everything of a file."""
    with staged(str(path), work=Work()) as found:
        return foreign_of(found, Work())


def test_undamaged_files_all_say_the_same(tmp_path: Path) -> None:
    for name, data in files().items():
        (tmp_path / name).write_bytes(data)
        keys = {project.key for project in read_all(tmp_path / name).projects}
        wanted = {f"{PROJECT}/"} if name == "store.json" else {f"{PROJECT}/{USER}", f"{OTHER}/{USER}"}
        assert keys == wanted, name


def _try(tmp_path: Path, seed: int, times: int) -> None:
    chance = random.Random(seed)
    for name, data in files().items():
        read = refused = 0
        path = tmp_path / name
        for _ in range(times):
            path.write_bytes(damaged(data, chance))
            begun = time.monotonic()
            try:
                read_all(path)
                read += 1
            except GenkoError as error:
                assert error.what  # noqa: PT017 whatever else is raised fails the test by itself
                refused += 1
            assert time.monotonic() - begun < 30  # a hang, not a measurement
        assert read + refused == times


def test_random_damage(tmp_path: Path) -> None:
    _try(tmp_path, 5, 12)


@pytest.mark.soak
def test_much_random_damage(tmp_path: Path) -> None:
    _try(tmp_path, random.randrange(1 << 30), 1_500)


@pytest.mark.parametrize(
    "text",
    [
        '{"content": ' * 20_000,
        "[" * 100_000,
        '{"content": "x", "n": 1e999, "m": ' + "9" * 5000 + "}",
        '{"content": "one", "content": "two"}',
        '{"content": "x", "n": NaN}',
        '{"content": "half \\ud83d and NUL \\u0000"}',
        '{"a": ' * 300 + '"deep down"' + "}" * 300,
        "\ufeff{}",
    ],
)
def test_hostile_json_in_a_row_is_read_or_stands_in_the_report(tmp_path: Path, text: str) -> None:
    row = {**script_row(None), "script_data": text}
    path = tmp_path / "rows.json"
    path.write_bytes(samples.as_json([row, script_row(samples.C, 2, project=row_id(9))]))
    found = read_all(path)
    assert any(project.script == samples.C["content"] for project in found.projects)
    told = "\n".join([*(fate.why for fate in found.rows), *(p.script or "" for p in found.projects)])
    for word in ("one", "two") if "one" in text else ():
        assert word in told
