"""What a publication is made of, as one digest: equal on all machines for equal content."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from core.drafts.kinds import MEDIA, PROMPT_MEDIA
from core.drafts.pack.index import PackIndex
from core.story import Asset, Change, ProjectStore, Section


class Contents:
    """Follows a document. An edit costs the line of what it touched, and putting all lines together."""

    def __init__(self, store: ProjectStore) -> None:
        self._index = PackIndex.of(store)
        self._name = ""
        self._seen = -1
        self._digest = ""
        self._lines: dict[str, tuple[Asset, bytes]] = {}
        """What each asset adds, as it was when that was made."""
        self._named_by: dict[str, set[str]] = {}
        """Attempt or revision → the assets whose lines were made of it."""
        for section in (Section.ATTEMPTS, Section.PROMPTS):
            store.subscribe(section, self._touched, first=True)

    @classmethod
    def of(cls, store: ProjectStore) -> Contents:
        """The one that is kept with a document, made when it is first asked for."""
        kept = store.companions.get(cls) or cls(store)
        store.companions[cls] = kept
        assert isinstance(kept, cls)
        return kept

    def digest(self, name: str) -> str:
        """Of the pack under this name, in hex."""
        if (self._seen, self._name) != (self._index.changes, name):
            self._seen, self._name = self._index.changes, name
            self._digest = self._count(name)
        return self._digest

    def _count(self, name: str) -> str:
        pack, prompts = self._index.pack, self._index.prompts
        used = [getattr(pack, f"prompt_{medium}") for medium in PROMPT_MEDIA]
        head = [name, pack.slug, pack.names, pack.description, pack.theme, pack.style, pack.languages]
        told = [*head, pack.colour, pack.cover, pack.visibility, *(_text(prompts.get(key)) for key in used)]
        music = self._index.attempts.at("", "music")  # a pack's own, by language
        songs = [[one.id, one.resolved, one.parameters, one.output] for one in music]
        whole = hashlib.sha256(_bytes([*told, songs]))
        whole.update(b"".join(map(self._line, self._index.kept)))
        return whole.hexdigest()

    def _touched(self, change: Change) -> None:
        for key in change.records & self._named_by.keys():
            for asset in self._named_by.pop(key):
                self._lines.pop(asset, None)

    def _line(self, asset: Asset) -> bytes:
        known = self._lines.get(asset.id)
        if known is not None and known[0] is asset:
            return known[1]
        attempts, prompts = self._index.attempts, self._index.prompts
        accepted = [getattr(asset, f"accepted_{medium}") for medium in MEDIA]
        written = [getattr(asset, f"prompt_{medium}") for medium in MEDIA]
        for key in filter(None, (*accepted, *written)):
            self._named_by.setdefault(key, set()).add(asset.id)
        made = [one.output if (one := attempts.get(key)) is not None else "" for key in accepted]
        told = [asset.id, asset.kind, asset.name, asset.names, asset.project, asset.section, asset.record]
        line = hashlib.sha256(_bytes([*told, *made, *(_text(prompts.get(key)) for key in written)])).digest()
        self._lines[asset.id] = (asset, line)
        return line


def _text(revision: Any) -> str:
    return revision.text if revision is not None else ""


def _bytes(values: list[Any]) -> bytes:
    return json.dumps(values, ensure_ascii=False, sort_keys=True, default=_plain).encode("utf-8", "replace")


def _plain(value: Any) -> Any:
    return dict(value)
