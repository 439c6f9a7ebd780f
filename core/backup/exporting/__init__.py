"""What goes into a backup: projects of this machine and of the server, pictures, the writer's own files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.lazy import lazy_names

if TYPE_CHECKING:
    from core.backup.exporting.as_json import JsonMade, create_json
    from core.backup.exporting.asking import content_id_of
    from core.backup.exporting.creating import create
    from core.backup.exporting.estimating import Forecast, estimate
    from core.backup.exporting.wishes import SECTIONS, CreateWishes, Left, Made

__all__ = [
    "SECTIONS",
    "CreateWishes",
    "Forecast",
    "JsonMade",
    "Left",
    "Made",
    "content_id_of",
    "create",
    "create_json",
    "estimate",
]

__getattr__ = lazy_names(
    __name__,
    {
        "as_json": ("JsonMade", "create_json"),
        "asking": ("content_id_of",),
        "creating": ("create",),
        "estimating": ("Forecast", "estimate"),
        "wishes": ("SECTIONS", "CreateWishes", "Left", "Made"),
    },
)
