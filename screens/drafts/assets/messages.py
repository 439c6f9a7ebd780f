"""What the parts of an open draft tell it."""

from __future__ import annotations

from textual.message import Message


class AssetMoved(Message):
    """Another asset is under the cursor, or others are marked."""

    def can_replace(self, message: Message) -> bool:
        """Only the last one matters."""
        return isinstance(message, AssetMoved)


class AssetOpened(Message):
    """The chosen asset was clicked again."""
