"""What there can be in a draft: kinds of assets, media, ends of attempts; words that are stored."""

from __future__ import annotations

from collections.abc import Mapping

from core.story import Section

KINDS = ("character", "background", "prop", "cover", "other")
"""Of assets."""
MEDIA = ("image", "clip", "music")
"""What an asset can have."""
PROMPT_MEDIA = (*MEDIA, "concepts")
"""What prompts can be for; those for concepts are the draft's own."""
MIME_OF: Mapping[str, str] = {"image": "image/", "clip": "video/", "music": "audio/"}
"""How the mime type of a medium's files begins."""
THINGS: Mapping[str, str] = {"image": "pictures", "clip": "clips", "music": "music", "concepts": "concepts"}
"""What prompts are for, in sentences."""
SHOWN = (Section.CHARACTERS, Section.BACKGROUNDS, Section.SCENES)
"""Sections of a bible whose records an asset can show."""

UNDER_WAY = ("waiting", "running")
OVER = ("done", "failed", "cancelled")
"""Statuses of attempts, and of the jobs that they are on a server."""
