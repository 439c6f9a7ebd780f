"""The story bible: who and what is in the story, and how it is connected with the script."""

from __future__ import annotations
