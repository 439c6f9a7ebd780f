"""Which assets a wish is for: what each lacks, or all, or those that were chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.drafts.making.settings import CONCEPTS, NAMES, PICTURE
from core.drafts.making.wish import Wish

if TYPE_CHECKING:
    from core.drafts.pack.draft import Draft
    from core.story.pack_records import Asset


def languages_to_make(draft: Draft, asset: Asset, wish: Wish) -> tuple[str, ...]:
    """Into which languages the asset's name is to be translated."""
    first, *others = draft.languages
    wanted = [code for code in (wish.languages or others) if code != first]
    if wish.which == "missing":
        wanted = [code for code in wanted if not asset.names.get(code)]
    return tuple(dict.fromkeys(wanted))


def targets(draft: Draft, wish: Wish, steps: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Step and asset of all that these steps are to be asked for: names before pictures."""
    found: list[tuple[str, str]] = [(CONCEPTS, "")] if CONCEPTS in steps else []
    chosen = _chosen(draft, wish)
    if NAMES in steps:
        found += ((NAMES, one.id) for one in chosen if languages_to_make(draft, one, wish))
    if PICTURE in steps:
        missing = wish.which == "missing"
        found += ((PICTURE, one.id) for one in chosen if not missing or lacks(draft, one, wish.medium))
    return tuple(found)


def lacks(draft: Draft, asset: Asset, medium: str) -> bool:
    """Whether an asset has nothing in a medium, nor anything on its way."""
    return draft.state_of(asset, medium).status.value in ("none", "failed", "missing")


def _chosen(draft: Draft, wish: Wish) -> list[Asset]:
    every = draft.assets()
    if not wish.assets:
        return every
    wanted = set(wish.assets)
    return [one for one in every if one.id in wanted]
