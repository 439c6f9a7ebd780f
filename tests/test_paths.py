"""Folders of ours are closed to others; those of everybody are left alone."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from core.paths import private_folder


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_folder_of_ours_is_closed_and_one_of_everybody_stays_open(tmp_path: Path) -> None:
    ours, everybodys = tmp_path / "ours", tmp_path / "everybodys"
    for folder in (ours, everybodys):
        folder.mkdir()
    ours.chmod(0o755)
    everybodys.chmod(0o1777)
    private_folder(ours / "new")
    private_folder(ours)
    private_folder(everybodys)
    assert [mode(one) for one in (ours, ours / "new", everybodys)] == [0o700, 0o700, 0o1777]


def test_what_leads_to_it_is_closed_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        private_folder(tmp_path / "data" / "backups" / "imports")
        (tmp_path / "control").mkdir()
    finally:
        os.umask(before)
    made = ("data", "data/backups", "data/backups/imports")
    assert [mode(tmp_path / one) for one in made] == [0o700] * 3
    assert mode(tmp_path / "control") == 0o777
