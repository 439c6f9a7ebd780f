"""How many edits are made between two turns of the screen's loop, wherever thousands are one command."""

from __future__ import annotations

AT_ONCE = 400
"""So many edits are made at once; more are made some at a time."""
SOME = 100
PAUSE = 0.005
"""Seconds between two of those, in which the screen goes on."""
