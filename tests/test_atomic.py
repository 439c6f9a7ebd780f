"""What files are made with: never over something that came meanwhile, never with another's umask."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from core import atomic
from tests.patience import PATIENCE


def test_two_threads_that_ask_for_the_umask_leave_it_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    real, asked, met = os.umask, threading.Event(), threading.Event()
    found: list[int] = []

    def slowly(mask: int) -> int:
        before = real(mask)
        if threading.current_thread().name == "slow" and not asked.is_set():
            asked.set()
            met.wait(0.5)  # the other one is through by then, or has to wait for this one
        return before

    def ask() -> None:
        found.append(atomic.umask())
        met.set()

    before = real(0o022)
    try:
        monkeypatch.setattr(os, "umask", slowly)
        slow, quick = threading.Thread(target=ask, name="slow"), threading.Thread(target=ask, name="quick")
        slow.start()
        assert asked.wait(PATIENCE)
        quick.start()
        slow.join(PATIENCE)
        quick.join(PATIENCE)
        monkeypatch.undo()
        assert found == [0o022, 0o022]
        assert real(0o022) == 0o022
    finally:
        real(before)


@pytest.mark.parametrize("by_the_system", [True, False])
def test_a_folder_never_takes_the_place_of_another_not_even_of_an_empty_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, by_the_system: bool
) -> None:
    if not by_the_system:
        import ctypes

        monkeypatch.setattr(ctypes, "CDLL", lambda *_, **__: object())
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "file").touch()
    (tmp_path / "old").mkdir()
    assert not atomic.rename_new(tmp_path / "new", tmp_path / "old")
    assert list((tmp_path / "old").iterdir()) == []
    assert atomic.rename_new(tmp_path / "new", tmp_path / "other")
    assert (tmp_path / "other" / "file").exists()
