"""Whatever the bible holds, its records become assets: what is too long is cut, what is gone is left out."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest

from core.drafts import Drafts
from core.paths import Paths
from core.story import ProjectStore, Section
from screens.drafts.making.beginning import begin_from_records, records_of, with_prompts
from screens.drafts.making.picking import Picked
from tests.screens.conftest import paths, quiet_environment

__all__ = ["paths", "quiet_environment"]


@pytest.mark.parametrize("name", ["Akira", "", "\u0007", "long " * 8_000])
def test_a_record_becomes_an_asset_whatever_it_is_called(paths: Paths, name: str) -> None:
    store, drafts = ProjectStore.create(), Drafts(paths)
    store.add_record(Section.CHARACTERS, name=name, description="Runs. " * 8_000)
    store.add_record(Section.SCENES, title=name, summary=name)
    store.add_record(Section.BACKGROUNDS, name="Roof")
    picked = Picked(with_prompts(store, records_of(store)), "Night")
    draft_id = begin_from_records(drafts, picked, uuid4(), "en")
    assets = drafts.read(draft_id).assets()
    assert [asset.section for asset in assets] == ["characters", "backgrounds", "scenes"]
    assert all(asset.name.strip() for asset in assets)
    assert all(drafts.read(draft_id).own_prompt(asset.id, "image") for asset in assets)


def test_a_record_that_is_gone_by_now_is_left_out() -> None:
    store = ProjectStore.create()
    store.add_record(Section.CHARACTERS, name="Akira")
    [akira] = records_of(store)
    gone = replace(akira, id=str(uuid4()))
    assert [one.id for one in with_prompts(store, [gone, akira])] == [akira.id]
