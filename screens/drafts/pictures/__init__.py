"""Pictures of an asset: compared, and as large as the window."""

from __future__ import annotations
