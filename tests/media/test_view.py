"""What stands in a picture's place when it can't be drawn, and that a newer wish wins over an older one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from screens.widgets.picture import PictureView
from tests.media.making import noise
from tests.media.viewing import ViewApp
from tests.screens.conftest import until


async def test_missing_and_damaged_files_are_said_so_and_a_file_that_comes_is_drawn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GENKO_PICTURES", "blocks")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.setattr("tests.media.viewing.check_terminal", lambda: None)  # there is none in a test
    app = ViewApp(noise(tmp_path / "one.png", 200, 120), tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        view = app.screen.query_one(PictureView)
        media, picture = app.media, view.picture
        assert picture is not None
        await until(pilot, lambda: view.words == "")
        assert view.render_line(0).text.startswith("▀▀")
        for kept in (tmp_path / "thumbnails").iterdir():  # a cache that a bad disk garbled
            kept.write_bytes(kept.read_bytes()[:50])
        view.look_again()
        assert view.words
        await until(pilot, lambda: view.words == "")
        view.show(replace(picture, sha="0" * 64, name="gone.png"))
        assert "gone.png, 200 × 120" in view.words  # at once, before anything is read
        await until(pilot, lambda: "gone.png is not on this machine" in view.words)
        bad = media.add(noise(tmp_path / "bad.png", seed=1))
        path = media.path(bad.sha)
        assert path is not None
        path.write_bytes(path.read_bytes()[:-1])
        view.show(picture)
        view.show(bad)  # right behind it
        await until(pilot, lambda: "bad.png is damaged" in view.words)
        media.add(tmp_path / "bad.png")
        view.look_again()
        await until(pilot, lambda: view.words == "")
        assert view.picture == bad
        view.show(None)
        assert view.render_line(0).text.strip() == ""
