"""What is asked before something is made: a new draft, what is missing, one picture again."""

from __future__ import annotations
