"""The script outside of Genko: other editors, exports, hand-offs."""

from __future__ import annotations

from screens.script.base import ScriptBase


class Outside(ScriptBase):
    """Nothing yet."""
