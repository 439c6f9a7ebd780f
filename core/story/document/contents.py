"""What stands in a project's document: its script, its records by path, and their order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import cast

import loro

from core.errors import DocumentError
from core.story.clean import Json
from core.story.events import Path, our_errors
from core.story.linediff import edits_between
from core.story.types import TextEdit

SCRIPT = "script"
FRAME = "frame"
"""Origin of commits that undo passes over."""
_PIECE = 4_000  # characters of an insert that are one change
_CHANGE_SECONDS = 1_000  # Loro's own default: changes closer than this are kept as one


class Contents:
    """Reads and writes in place. Belongs to one thread."""

    def __init__(self) -> None:
        self._doc = loro.LoroDoc()  # type: ignore[no-untyped-call]
        self._text = self._doc.get_text(SCRIPT)

    # --- the script -------------------------------------------------------------------

    @property
    def text(self) -> str:
        """The whole script."""
        return self._text.to_string()

    @property
    def text_length(self) -> int:
        """Length of the script in code points."""
        return self._text.len_unicode

    def text_slice(self, start: int, end: int) -> str:
        """The script between two code point positions that lie in it."""
        return self._text.slice(start, end)

    def splice(self, position: int, deleted: int, inserted: str) -> None:
        """Replace a range of the script; the caller has checked that it lies in it."""
        if deleted:
            self._text.delete(position, deleted)
        if len(inserted) > _PIECE:
            self._insert_in_pieces(position, inserted)
        elif inserted:
            self._text.insert(position, inserted)

    def _insert_in_pieces(self, position: int, text: str) -> None:
        # One large change would be one large block of Loro's store, and each later key next to it
        # would unpack it: 5 ms a key in a script of 3,000 pages, against 6 µs with small blocks.
        # The last piece goes first: pieces that follow one another in the text and in time become one
        # span of Loro's, and travelling through the history takes it the square of a span's length
        # (8 minutes for 4 MB; so 0.3 s).
        self._doc.set_change_merge_interval(-1)
        for start in reversed(range(0, len(text), _PIECE)):
            self._text.insert(position, text[start : start + _PIECE])
            self.commit_frame()
        self._doc.set_change_merge_interval(_CHANGE_SECONDS)

    def edits_to(self, text: str) -> tuple[TextEdit, ...]:
        """The small edits, from left to right, that turn the script into `text`."""
        return edits_between(self.text, text)

    # --- maps, lists and texts by path --------------------------------------------------

    def value(self, *path: str) -> Json:
        """What stands at `path`, children included; None if there is nothing."""
        if len(path) > 1:
            parent = self._container(path[:-1])
            found = parent.get(path[-1]) if isinstance(parent, loro.LoroMap) else None
            if isinstance(found, loro.ValueOrContainer.Value):
                return cast("Json", found.value)
        container = self._container(path)
        if isinstance(container, loro.LoroMap | loro.LoroList):
            return cast("Json", container.get_deep_value())
        return container.to_string() if isinstance(container, loro.LoroText) else None

    def keys(self, *path: str) -> list[str]:
        """The keys of a map."""
        return self._map(path).keys()

    def has(self, *path: str) -> bool:
        """Whether the last part of `path` is a key of the map that the rest leads to."""
        return path[-1] in self._map(path[:-1])

    def is_plain(self, path: Path) -> bool:
        """Whether a plain value, and not null, stands at `path`."""
        found = self._map(path[:-1]).get(path[-1])
        return isinstance(found, loro.ValueOrContainer.Value) and found.value is not None

    def set_value(self, path: Path, value: Json) -> None:
        """Set a plain value of a map."""
        with our_errors("A field could not be written."):
            self._map(path[:-1]).insert(path[-1], cast("loro.LoroValue", value))

    def set_values(self, path: Path, values: Mapping[str, Json]) -> None:
        """Set several plain values of the map at `path`."""
        with our_errors("A field could not be written."):
            found = self._map(path)
            for key, value in values.items():
                found.insert(key, cast("loro.LoroValue", value))

    def unset(self, path: Path) -> None:
        """Remove a key of a map, if it is there."""
        parent = self._map(path[:-1])
        if path[-1] in parent:
            parent.delete(path[-1])

    def ensure(self, path: Path, kind: str) -> bool:
        """Make the child container "map", "text" or "list" at `path`; whether it was missing."""
        parent = self._map(path[:-1])
        found = parent.get(path[-1])
        if isinstance(_container_in(found), _KINDS[kind]):
            return False
        if found is not None:  # a null, or a child of another kind: nothing that could stay
            parent.delete(path[-1])
        # Mergeable: made on two machines at once, it is one container and not two.
        getattr(parent, f"ensure_mergeable_{kind}")(path[-1])
        return True

    def set_prose(self, path: Path, text: str) -> None:
        """Turn the text container at `path` into `text` by small edits."""
        update_text(cast("loro.LoroText", self._container(path)), text)

    def splice_prose(self, path: Path, edits: Sequence[TextEdit]) -> None:
        """Apply edits that lie in the text container at `path`, one after another."""
        _apply(cast("loro.LoroText", self._container(path)), edits)

    def edit_list(self, path: Path, index: int, deleted: int, inserted: Sequence[Json]) -> None:
        """Replace a range of the list at `path`."""
        items = cast("loro.LoroList", self._container(path))
        if deleted:
            items.delete(index, deleted)
        for offset, item in enumerate(inserted):
            items.insert(index + offset, cast("loro.LoroValue", item))

    # --- the order of records, a movable list of ids at the root ----------------------------

    def order(self, name: str) -> list[str]:
        """The ids of a root list, as they stand."""
        return cast("list[str]", self._doc.get_movable_list(name).get_deep_value())

    def order_insert(self, name: str, index: int, record_id: str) -> None:
        """Put an id into a root list."""
        self._doc.get_movable_list(name).insert(index, record_id)

    def order_append(self, name: str, record_id: str) -> None:
        """Put an id at the end of a root list."""
        self._doc.get_movable_list(name).push(record_id)

    def order_move(self, name: str, index: int, to: int) -> None:
        """Move the id at `index` so that it stands at `to` afterwards."""
        self._doc.get_movable_list(name).mov(index, to)

    def order_delete(self, name: str, index: int) -> None:
        """Take the id at `index` out of a root list."""
        self._doc.get_movable_list(name).delete(index, 1)

    # --- cursors -----------------------------------------------------------------------------

    def cursor(self, position: int, side: int) -> bytes:
        """A mark that stays with the character at `position`; `side` is -1, 0 or 1."""
        sides = {-1: loro.Side.Left, 0: loro.Side.Middle, 1: loro.Side.Right}
        found = self._text.get_cursor(position, sides[side])
        if found is None:
            raise DocumentError("There is no such place in the script.")
        return found.encode()

    def cursor_position(self, cursor: bytes) -> int:
        """Where a mark is now."""
        with our_errors("A place in the script could not be found again."):
            return self._doc.get_cursor_pos(loro.Cursor.decode(cursor)).current.pos

    def character_id(self, position: int) -> str:
        """The identity "peer:counter" of the character at `position`; "" at the end."""
        found = self._text.get_cursor(position, loro.Side.Middle)
        if found is None or found.id is None or position >= self._text.len_unicode:
            return ""
        return f"{found.id.peer}:{found.id.counter}"

    def warm_up(self) -> None:
        """Unpack the script, which the first edit would do otherwise (0.1 s or more if it is long)."""
        self._text.get_cursor(0, loro.Side.Middle)

    # --- commits, and the way to what stands somewhere ----------------------------------------

    def commit_frame(self) -> None:
        """End an action that Loro's undo passes over: what isn't undone, or not by Loro."""
        self._doc.commit_with(origin=FRAME)

    def _map(self, path: Path) -> loro.LoroMap:
        return cast("loro.LoroMap", self._container(path))

    def _container(self, path: Path) -> loro.Container | None:
        found: loro.Container | None = self._doc.get_map(path[0])
        for key in path[1:]:
            if not isinstance(found, loro.LoroMap):
                return None
            found = _container_in(found.get(key))
        return found


_KINDS: dict[str, type] = {"map": loro.LoroMap, "text": loro.LoroText, "list": loro.LoroList}


def _container_in(value: loro.ValueOrContainer | None) -> loro.Container | None:
    return value.container if isinstance(value, loro.ValueOrContainer.Container) else None


def update_text(container: loro.LoroText, text: str) -> None:
    # Loro's own comparison by lines takes 10 s for a thousand changes in 5 MB, and ours half a second.
    _apply(container, edits_between(container.to_string(), text))


def _apply(container: loro.LoroText, edits: Iterable[TextEdit]) -> None:
    for edit in edits:
        if edit.deleted:
            container.delete(edit.position, edit.deleted)
        if edit.inserted:
            container.insert(edit.position, edit.inserted)
