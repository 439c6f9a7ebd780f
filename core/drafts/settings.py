"""The table `[drafts]` of the settings."""

from __future__ import annotations

import msgspec


class DraftMediaSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The `[drafts.media]` table. `core.drafts.mediastore.media_wishes_of` checks it and makes paths of it."""

    place: str = ""
    """A folder, or `s3://bucket/prefix`; empty: `published/media` in the data folder."""
    endpoint: str = ""
    """The address of an S3-compatible store; empty: Amazon's."""
    region: str = ""
    keys: str = ""
    """A file only you can read with the keys of the store; empty: `media-keys.toml` beside the settings."""


class DraftsSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The `[drafts]` table."""

    media: DraftMediaSettings = msgspec.field(default_factory=DraftMediaSettings)
