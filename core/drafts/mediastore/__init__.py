"""Where published media are kept: immutable files named by what they hold, in a folder or in a bucket."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.lazy import lazy_names

if TYPE_CHECKING:
    from core.drafts.mediastore.folder import MediaFolder
    from core.drafts.mediastore.objects import MediaBucket
    from core.drafts.mediastore.place import Held, MediaPlace, MediaPlaceError, Sending
    from core.drafts.mediastore.wishes import MediaWishes, media_place, media_wishes_of

__all__ = [
    "Held",
    "MediaBucket",
    "MediaFolder",
    "MediaPlace",
    "MediaPlaceError",
    "MediaWishes",
    "Sending",
    "media_place",
    "media_wishes_of",
]

__getattr__ = lazy_names(
    __name__,
    {
        "folder": ("MediaFolder",),
        "objects": ("MediaBucket",),
        "place": ("Held", "MediaPlace", "MediaPlaceError", "Sending"),
        "wishes": ("MediaWishes", "media_place", "media_wishes_of"),
    },
)
