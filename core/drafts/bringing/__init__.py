"""Old universes become drafts: looked at first, told in full, brought only into new drafts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.lazy import lazy_names

if TYPE_CHECKING:
    from core.drafts.bringing.arriving import Brought, bring
    from core.drafts.bringing.coming import Coming, ComingAsset, ComingFile, ComingPack, ComingSong
    from core.drafts.bringing.looking import look, look_at_database, look_at_kept

__all__ = [
    "Brought",
    "Coming",
    "ComingAsset",
    "ComingFile",
    "ComingPack",
    "ComingSong",
    "bring",
    "look",
    "look_at_database",
    "look_at_kept",
]

__getattr__ = lazy_names(
    __name__,
    {
        "arriving": ("Brought", "bring"),
        "coming": ("Coming", "ComingAsset", "ComingFile", "ComingPack", "ComingSong"),
        "looking": ("look", "look_at_database", "look_at_kept"),
    },
)
