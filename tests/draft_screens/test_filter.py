"""The filter of assets goes through an asset when it has changed, and only then."""

from __future__ import annotations

from uuid import UUID

from core.story import Asset
from screens.drafts.filter import AssetFilter
from screens.drafts.list.rows import DraftRow


def test_an_asset_is_looked_at_again_only_when_somebody_says_that_it_was_touched() -> None:
    states, asked = {"a": "accepted", "b": "none"}, list[str]()

    def state_of(asset: Asset) -> str:
        asked.append(asset.id)
        return states[asset.id]

    assets = [Asset(id="a", name="Fox"), Asset(id="b", name="Owl")]
    found = AssetFilter(state_of)
    found.only_state = "accepted"
    assert found.passing(assets, "") == found.passing(assets, "") == ["a"]
    assert asked == ["a", "b"]
    states["b"] = "accepted"
    assert found.passing(assets, "") == ["a"]  # the control: nobody has said so
    assert not found.look_again(assets[:1])
    assert found.look_again(assets[1:])
    assert found.passing(assets, "") == ["a", "b"]
    assets[1] = Asset(id="b", name="Fox too")
    found.touched(["b"])
    assert found.passing(assets, "fox") == ["a", "b"]


def test_letters_are_found_whatever_their_accents_and_case() -> None:
    found = AssetFilter(lambda asset: "")
    assets = [Asset(id="a", name="Pêcheur"), Asset(id="b", name="Owl", names={"fr": "Chouette de l'Été"})]
    assert found.passing(assets, "PECH") == found.passing(assets, "pêch") == ["a"]
    assert found.passing(assets, "ete") == found.passing(assets, "E\u0301T") == ["b"]
    row = DraftRow(UUID(int=1), "Été à la mer", "ready")
    assert row.has("ete MER")
    assert row.has("été")
    assert not row.has("hiver")
