"""The command line: every screen's main actions without the screen, for scripts and servers."""

from __future__ import annotations
