"""Where published media are kept: immutable files named by what they hold, in a folder or in a bucket."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.lazy import lazy_names

if TYPE_CHECKING:
    from core.drafts.mediastore.folder import MediaFolder
    from core.drafts.mediastore.place import Held, MediaPlace, MediaPlaceError, Sending

__all__ = ["Held", "MediaFolder", "MediaPlace", "MediaPlaceError", "Sending"]

__getattr__ = lazy_names(
    __name__, {"folder": ("MediaFolder",), "place": ("Held", "MediaPlace", "MediaPlaceError", "Sending")}
)
