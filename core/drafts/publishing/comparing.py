"""What is different between what is published and what would be."""

from __future__ import annotations

from dataclasses import dataclass

from core.drafts.publishing.manifest import Entry, Manifest


@dataclass(frozen=True)
class Changes:
    """Assets by id, in their order."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    """Of what is published now."""
    removed_names: tuple[str, ...] = ()
    """What those were called."""
    changed: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Each with what is different of it: picture, clip, music, name, names, kind, prompts."""
    moved: int = 0
    """How many others stand in another place among those that stay."""
    pack: tuple[str, ...] = ()
    """What is different of the pack itself."""

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed or self.moved or self.pack)


_PARTS = {
    "image": "picture",
    "clip": "clip",
    "music": "music",
    "name": "name",
    "names": "names",
    "kind": "kind",
    "making": "prompts",
}
_WHOLE = ("slug", "name", "names", "description", "theme", "style", "languages", "colour", "cover", "prompts")


def compare(before: Manifest | None, after: Manifest) -> Changes:
    """From what is published (None: nothing) to what would be."""
    if before is None:
        return Changes(added=tuple(entry.id for entry in after.assets), pack=("new",))
    old = {entry.id: entry for entry in before.assets}
    new = {entry.id: entry for entry in after.assets}
    removed = [entry for key, entry in old.items() if key not in new]
    pack = [name for name in _WHOLE if getattr(before, name) != getattr(after, name)]
    return Changes(
        added=tuple(key for key in new if key not in old),
        removed=tuple(entry.id for entry in removed),
        removed_names=tuple(entry.name for entry in removed),
        changed=tuple(
            (key, _parts(old[key], new[key])) for key in new if key in old and old[key] != new[key]
        ),
        moved=_moved([key for key in old if key in new], [key for key in new if key in old]),
        pack=(*pack, *(("songs",) if before.songs != after.songs else ())),
    )


def _parts(before: Entry, after: Entry) -> tuple[str, ...]:
    found = [told for name, told in _PARTS.items() if getattr(before, name) != getattr(after, name)]
    return tuple(found) or ("history",)


def _moved(before: list[str], after: list[str]) -> int:
    return sum(1 for one, other in zip(before, after, strict=True) if one != other)
