"""The book: pages put together from the script and the assembly's records, and kept in step with both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.lazy import lazy_names

if TYPE_CHECKING:
    from core.assembly.book.checked import Checked
    from core.assembly.book.differences import Difference
    from core.assembly.book.facts import EMPTY_CELL, key
    from core.assembly.book.live import LiveBook
    from core.assembly.book.maker import BookMaker
    from core.assembly.book.making import View
    from core.assembly.book.progress import Progress, book_progress, next_status, page_progress
    from core.assembly.book.reconciling import (
        adopt,
        keep_difference,
        known_of,
        match_script,
        move_facts,
        show_again,
    )
    from core.assembly.book.sequence import Origin, PageKind
    from core.assembly.book.source import FIRST_SIDE, FORMAT, settings_of, source_of
    from core.assembly.book.writing import (
        bring_back,
        change_page,
        change_panels,
        insert_page,
        move_page,
        order_balloons,
        place_balloon,
        remove_page,
        set_panel,
    )

_HOMES = {
    "checked": ("Checked",),
    "differences": ("Difference",),
    "facts": ("EMPTY_CELL", "key"),
    "live": ("LiveBook",),
    "maker": ("BookMaker",),
    "making": ("View",),
    "progress": ("Progress", "book_progress", "next_status", "page_progress"),
    "reconciling": ("adopt", "keep_difference", "known_of", "match_script", "move_facts", "show_again"),
    "sequence": ("Origin", "PageKind"),
    "source": ("FIRST_SIDE", "FORMAT", "settings_of", "source_of"),
    "writing": (
        "bring_back",
        "change_page",
        "change_panels",
        "insert_page",
        "move_page",
        "order_balloons",
        "place_balloon",
        "remove_page",
        "set_panel",
    ),
}

__all__ = [
    "EMPTY_CELL",
    "FIRST_SIDE",
    "FORMAT",
    "BookMaker",
    "Checked",
    "Difference",
    "LiveBook",
    "Origin",
    "PageKind",
    "Progress",
    "View",
    "adopt",
    "book_progress",
    "bring_back",
    "change_page",
    "change_panels",
    "insert_page",
    "keep_difference",
    "key",
    "known_of",
    "match_script",
    "move_facts",
    "move_page",
    "next_status",
    "order_balloons",
    "page_progress",
    "place_balloon",
    "remove_page",
    "set_panel",
    "settings_of",
    "show_again",
    "source_of",
]

__getattr__ = lazy_names(__name__, _HOMES)
