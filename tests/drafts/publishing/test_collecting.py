"""The media store is cleared late and never of what anybody names, with nobody publishing meanwhile."""

from __future__ import annotations

import hashlib
import os
import time
from datetime import timedelta
from pathlib import Path

import pytest

from core.drafts import Drafts
from core.drafts.publishing import sql
from core.drafts.publishing.collecting import collect
from core.drafts.publishing.manifest import PublishError
from core.drafts.publishing.sending import unpublish
from core.paths import Paths
from core.story import Section
from tests.drafts.publishing.packs import Maker

MONTH = 30 * 86_400


def leftover(maker: Maker, words: bytes, age: float = MONTH) -> Path:
    """A file that some publication put there before it broke off."""
    maker.place.folder.mkdir(parents=True, exist_ok=True)
    path = maker.place.folder / f"{hashlib.sha256(words).hexdigest()}.png"
    path.write_bytes(words)
    then = time.time() - age
    os.utime(path, (then, then))
    return path


def old(maker: Maker) -> None:
    """All files there were put there long ago."""
    for path in maker.place.folder.iterdir():
        os.utime(path, (time.time() - MONTH,) * 2)


def test_only_old_files_that_nobody_names_go_and_are_shown_first(maker: Maker) -> None:
    maker.publish()
    maker.draft.remove_assets([maker.draft.assets()[0].id])
    maker.publish()
    unpublish(maker.server, maker.pack, 2)
    old(maker)
    lost, young = leftover(maker, b"lost"), leftover(maker, b"young", 86_400)
    other = maker.place.folder / "notes.txt"
    other.write_text("mine")
    os.utime(other, (0, 0))
    shown = collect(maker.server, maker.place)
    assert [one.name for one in shown.files] == [lost.name]
    assert (shown.kept, shown.young, shown.removed, shown.bytes) == (2, 1, False, 4)
    assert lost.exists()
    assert collect(maker.server, maker.place, remove=True).removed
    assert (lost.exists(), young.exists(), other.exists()) == (False, True, True)
    assert len(list(maker.place.folder.glob("*.png"))) == 3
    assert collect(maker.server, maker.place, age=timedelta(0), remove=True).young == 0
    assert leftover(maker, b"just now", 60).exists()
    assert collect(maker.server, maker.place, age=timedelta(0)).young == 1


def test_what_a_draft_on_this_machine_names_stays(maker: Maker, tmp_path: Path) -> None:
    home = tmp_path / "home"
    drafts = Drafts(Paths(home / "data", home / "config", home / "logs", home / "state"))
    named, lost = leftover(maker, b"a candidate"), leftover(maker, b"nobody's")
    entry = drafts.create("Reste")
    with drafts.edited(entry.draft_id) as draft:
        draft.store.put_records({Section.ATTEMPTS: {"x": {"output": named.stem, "status": "done"}}})
    drafts.trash(entry.draft_id)
    found = collect(maker.server, maker.place, drafts)
    assert [one.name for one in found.files] == [lost.name]
    assert len(collect(maker.server, maker.place).files) == 2  # without the draft both would go


def test_nobody_clears_while_somebody_publishes_nor_publishes_meanwhile(maker: Maker) -> None:
    leftover(maker, b"lost")
    with maker.server.connect() as publisher:
        publisher.execute(sql.SHARE_GUARD)
        with pytest.raises(PublishError, match="publishing just now"):
            collect(maker.server, maker.place, remove=True)
    with maker.server.connect() as clearing:
        clearing.execute(sql.TAKE_GUARD)
        with maker.server.connect() as waiting:
            waiting.execute("SET lock_timeout = '20ms'")
            with pytest.raises(Exception, match="lock timeout"):
                waiting.execute(sql.SHARE_GUARD)
    assert len(collect(maker.server, maker.place, remove=True).files) == 1
