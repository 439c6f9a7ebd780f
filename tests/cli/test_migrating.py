"""`genko migrate mangaka`: four steps, what they print, and honest exit statuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Genko
from tests.legacy.mangaka import samples


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    """A small database as a file."""
    path = tmp_path / "dump.json"
    tables = samples.tables()
    tables["manga_scripts"][0]["title"] = "Rain \x1b[31mred\x1b[0m [bold]"
    path.write_bytes(samples.as_json(tables))
    return path


def test_the_four_steps(genko: Genko, dump: Path) -> None:
    seen = genko("migrate", "mangaka", "audit", str(dump))
    assert seen.status == 0
    assert "table manga_scripts" in seen.out
    assert genko("migrate", "mangaka", "check", str(dump)).status == 1
    done = genko("migrate", "mangaka", "run", str(dump), "--no-server", "--json").json()
    assert done["actions"] == {"create": 2}
    assert Path(done["reports"][0]).is_file()
    again = genko("migrate", "mangaka", "run", str(dump), "--no-server")
    assert again.status == 0
    assert "2 projects as they were" in again.out
    told = genko("migrate", "mangaka", "check", str(dump))
    assert told.status == 0, told.out
    assert "12 rows of 12 found again" in told.out
    assert len(genko("projects", "--json").json()) == 2
    back = genko("migrate", "mangaka", "rollback")
    assert "2 projects went to the trash" in back.out
    assert genko("projects", "--json").json() == []
    on = genko("migrate", "mangaka", "run", str(dump), "--no-server")
    assert "2 projects came back out of the trash" in on.out
    assert len(genko("projects", "--json").json()) == 2


def test_what_a_row_says_is_never_obeyed_by_the_terminal(genko: Genko, dump: Path) -> None:
    told = genko("migrate", "mangaka", "check", str(dump))
    assert "\x1b" not in told.out + told.err
    assert told.status == 1


def test_wrong_calls(genko: Genko, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert genko("migrate", "mangaka", "audit").status == 2
    assert genko("migrate", "mangaka", "audit", str(tmp_path / "nowhere.json")).status == 1
    (tmp_path / "other.json").write_text("{}")
    refused = genko("migrate", "mangaka", "run", str(tmp_path / "other.json"), "--no-server")
    assert refused.status == 1
    assert "MANGAKA" in refused.err
    url = "postgresql://writer:s3cr3t@localhost:1/none"
    failed = genko("migrate", "mangaka", "audit", url)
    assert failed.status == 1
    assert "s3cr3t" not in failed.err + failed.out
    monkeypatch.setenv("GENKO_MANGAKA_URL", url)
    assert genko("migrate", "mangaka", "audit").status == 1
