"""A draft: everything that can be read of it and done to it, over its document."""

from __future__ import annotations

from core.drafts.pack.assets import AssetActions
from core.drafts.pack.attempts import AttemptActions
from core.drafts.pack.content import Contents
from core.drafts.pack.prompts import PromptActions
from core.story import PACK_ID, ProjectStore, Section

KIND = "draft"
"""`meta.kind` of a draft."""


class Draft(AssetActions, PromptActions, AttemptActions):
    """Over a ProjectStore, on its thread. Reads are from memory and cheap with ten thousand assets."""

    def __init__(self, store: ProjectStore) -> None:
        super().__init__(store)
        self._contents = Contents.of(store)

    @property
    def content(self) -> str:
        """A digest of what a publication would be made of; see core/drafts/pack/content.py."""
        return self._contents.digest(self.name)


def is_draft(store: ProjectStore) -> bool:
    """Whether a document is a draft's."""
    return store.meta.kind == KIND


def new_draft(name: str, language: str, **fields: object) -> ProjectStore:
    """The document of a new draft, with these fields of its pack. Making it is no undo step."""
    store = ProjectStore.create(title=name, language=language)
    store.put_meta({"kind": KIND})
    store.put_records({Section.PACK: {PACK_ID: {"status": "draft", **fields}}})
    return store
