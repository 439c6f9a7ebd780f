"""The pictures of a project: files named by their SHA-256, decoded only in a process of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.lazy import lazy_names

if TYPE_CHECKING:
    from core.media.attaching import (
        MARK_KIND,
        attach,
        detach,
        known_picture,
        known_pictures,
        move_picture,
        name_pictures,
        unused,
        used,
    )
    from core.media.folder import Added, add_all, pictures_in
    from core.media.kinds import (
        LARGEST_FILE,
        MOST_PIXELS,
        MediaCancelledError,
        MediaError,
        MediaFolderError,
        Picture,
        is_sha,
    )
    from core.media.store import MediaStore, copy_folder

__all__ = [
    "LARGEST_FILE",
    "MARK_KIND",
    "MOST_PIXELS",
    "Added",
    "MediaCancelledError",
    "MediaError",
    "MediaFolderError",
    "MediaStore",
    "Picture",
    "add_all",
    "attach",
    "copy_folder",
    "detach",
    "is_sha",
    "known_picture",
    "known_pictures",
    "move_picture",
    "name_pictures",
    "pictures_in",
    "unused",
    "used",
]

__getattr__ = lazy_names(
    __name__,
    {
        "attaching": (
            "MARK_KIND",
            "attach",
            "detach",
            "known_picture",
            "known_pictures",
            "move_picture",
            "name_pictures",
            "unused",
            "used",
        ),
        "folder": ("Added", "add_all", "pictures_in"),
        "kinds": (
            "LARGEST_FILE",
            "MOST_PIXELS",
            "MediaCancelledError",
            "MediaError",
            "MediaFolderError",
            "Picture",
            "is_sha",
        ),
        "store": ("MediaStore", "copy_folder"),
    },
)
