"""The document of a project: the store the screens use, headless replicas, history, JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.lazy import lazy_names
from core.story.types import (
    BOOK_SECTIONS,
    PACK_SECTIONS,
    RECORD_SECTIONS,
    Change,
    Frontier,
    Origin,
    ProseChange,
    Received,
    Section,
    TextEdit,
    Version,
    apply_edits,
)

if TYPE_CHECKING:
    from core.story.clean import Clean, Json, clean_text
    from core.story.comparison import Comparison, Hunk, RecordChange
    from core.story.document import (
        blob_version,
        covers,
        merge_versions,
        operation_count,
    )
    from core.story.history import (
        HistoryCancelledError,
        compare,
        left_behind,
        state_at,
        text_at,
    )
    from core.story.meanwhile import Meanwhile
    from core.story.pack_records import PACK_ID, Asset, Attempt, Pack, PromptRevision
    from core.story.pages import (
        PageMark,
        Relinked,
        fingerprint,
        relink,
    )
    from core.story.records import (
        AnyRecord,
        AssemblyPage,
        Background,
        Character,
        Meta,
        Scene,
    )
    from core.story.replica import Replica, branch
    from core.story.store import ProjectStore, salvage
    from core.story.strays import LeftBehind
    from core.story.threeway import three_way
    from core.story.unified import from_unified_json, to_unified_json

__all__ = [
    "BOOK_SECTIONS",
    "PACK_ID",
    "PACK_SECTIONS",
    "RECORD_SECTIONS",
    "AnyRecord",
    "AssemblyPage",
    "Asset",
    "Attempt",
    "Background",
    "Change",
    "Character",
    "Clean",
    "Comparison",
    "Frontier",
    "HistoryCancelledError",
    "Hunk",
    "Json",
    "LeftBehind",
    "Meanwhile",
    "Meta",
    "Origin",
    "Pack",
    "PageMark",
    "ProjectStore",
    "PromptRevision",
    "ProseChange",
    "Received",
    "RecordChange",
    "Relinked",
    "Replica",
    "Scene",
    "Section",
    "TextEdit",
    "Version",
    "apply_edits",
    "blob_version",
    "branch",
    "clean_text",
    "compare",
    "covers",
    "fingerprint",
    "from_unified_json",
    "left_behind",
    "merge_versions",
    "operation_count",
    "relink",
    "salvage",
    "state_at",
    "text_at",
    "three_way",
    "to_unified_json",
]

__getattr__ = lazy_names(
    __name__,
    {
        "clean": (
            "Clean",
            "Json",
            "clean_text",
        ),
        "comparison": (
            "Comparison",
            "Hunk",
            "RecordChange",
        ),
        "document": (
            "blob_version",
            "covers",
            "merge_versions",
            "operation_count",
        ),
        "history": (
            "HistoryCancelledError",
            "compare",
            "left_behind",
            "state_at",
            "text_at",
        ),
        "pack_records": ("PACK_ID", "Asset", "Attempt", "Pack", "PromptRevision"),
        "pages": (
            "PageMark",
            "Relinked",
            "fingerprint",
            "relink",
        ),
        "records": (
            "AnyRecord",
            "AssemblyPage",
            "Background",
            "Character",
            "Meta",
            "Scene",
        ),
        "replica": (
            "Replica",
            "branch",
        ),
        "store": (
            "ProjectStore",
            "salvage",
        ),
        "strays": ("LeftBehind",),
        "meanwhile": ("Meanwhile",),
        "threeway": ("three_way",),
        "unified": (
            "from_unified_json",
            "to_unified_json",
        ),
    },
)
