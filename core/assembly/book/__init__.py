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
        change_page,
        change_panels,
        commit,
        insert_page,
        move_page,
        order_balloons,
        place_balloon,
        remove_page,
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
        "change_page",
        "change_panels",
        "commit",
        "insert_page",
        "move_page",
        "order_balloons",
        "place_balloon",
        "remove_page",
    ),
}

__all__ = [
    "BookMaker",
    "source_of",
    "key",
    "EMPTY_CELL",
    "View",
    "Origin",
    "PageKind",
    "insert_page",
    "remove_page",
    "commit",
    "move_page",
    "change_page",
    "FIRST_SIDE",
    "FORMAT",
    "settings_of",
    "Difference",
    "change_panels",
    "place_balloon",
    "order_balloons",
    "keep_difference",
    "show_again",
    "match_script",
    "adopt",
    "known_of",
    "move_facts",
    "next_status",
    "LiveBook",
    "Checked",
    "Progress",
    "book_progress",
    "page_progress",
]

__getattr__ = lazy_names(__name__, _HOMES)
