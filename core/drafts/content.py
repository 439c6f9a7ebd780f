"""What a publication is made of, as one digest: equal on all machines for equal content."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from core.drafts.index import PackIndex
from core.drafts.prompts import MEDIA, PROMPT_MEDIA
from core.story import Asset, ProjectStore


class Contents:
    """Follows an index. After a change it looks at all assets again, but only at what is in memory."""

    def __init__(self, index: PackIndex) -> None:
        self._index = index
        self._name = ""
        self._seen = -1
        self._digest = ""
        self._lines: dict[str, tuple[Asset, tuple[object, ...], bytes]] = {}

    @classmethod
    def of(cls, store: ProjectStore) -> Contents:
        """The one that is kept with a document, made when it is first asked for."""
        kept = store.companions.get(cls) or cls(PackIndex.of(store))
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
        for asset in self._index.kept:
            whole.update(self._line(asset))
        return whole.hexdigest()

    def _line(self, asset: Asset) -> bytes:
        """What one asset adds; made anew only when it, or what is known of its choices, has changed."""
        attempts, prompts = self._index.attempts, self._index.prompts
        made = (attempts.get(getattr(asset, f"accepted_{medium}")) for medium in MEDIA)
        written = [prompts.get(getattr(asset, f"prompt_{medium}")) for medium in MEDIA]
        outputs = tuple(one.output if one is not None else "" for one in made)
        mark = (*outputs, *(one is not None for one in written))  # which they are, the asset itself says
        known = self._lines.get(asset.id)
        if known is not None and known[0] is asset and known[1] == mark:
            return known[2]
        link = [asset.project, asset.section, asset.record]
        told = [asset.id, asset.kind, asset.name, asset.names, *link, *outputs, *map(_text, written)]
        line = hashlib.sha256(_bytes(told)).digest()
        self._lines[asset.id] = (asset, mark, line)
        return line


def _text(revision: Any) -> str:
    return revision.text if revision is not None else ""


def _bytes(values: list[Any]) -> bytes:
    return json.dumps(values, ensure_ascii=False, sort_keys=True, default=_plain).encode("utf-8", "replace")


def _plain(value: Any) -> Any:
    return dict(value)
