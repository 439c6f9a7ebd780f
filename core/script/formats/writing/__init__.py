"""What goes out: one script in every form that others need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.lazy import lazy_names
from core.script.formats.writing.about import About, ScriptFormat, WritingStoppedError

if TYPE_CHECKING:
    from core.script.formats.writing.write import write_manuscript, write_script

__all__ = ["About", "ScriptFormat", "WritingStoppedError", "write_manuscript", "write_script"]

__getattr__ = lazy_names(__name__, {"write": ("write_manuscript", "write_script")})
