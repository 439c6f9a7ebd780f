"""The script outside of Genko: another editor, a linked file, git."""

from __future__ import annotations
