"""The script tab in parts: each module is one thing a writer is at, a mixin of `WorkspaceScreen`."""

from __future__ import annotations
