"""Stub."""

from __future__ import annotations

from screens.assembly.base import AssemblyBase


class Settling(AssemblyBase):
    """Stub."""
