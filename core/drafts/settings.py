"""The table `[drafts]` of the settings."""

from __future__ import annotations

import msgspec

from core.drafts.making.settings import MakingSettings


class DraftMediaSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The `[drafts.media]` table. `core.drafts.mediastore.wishes` checks it and makes paths of it."""

    place: str = ""
    """A folder, or `s3://bucket/prefix`; empty: `published/media` in the data folder."""
    endpoint: str = ""
    """The address of an S3-compatible store; empty: Amazon's."""
    region: str = ""
    keys: str = ""
    """A file only you can read with the keys of the store; empty: `media-keys.toml` beside the settings."""


class DraftsSettings(MakingSettings, frozen=True, forbid_unknown_fields=True):
    """The `[drafts]` table: how things are made, and where what is published lies."""

    media: DraftMediaSettings = msgspec.field(default_factory=DraftMediaSettings)
