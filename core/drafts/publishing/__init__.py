"""Publishing a draft: preflight, media, one transaction, reading back; and everything after."""

from __future__ import annotations
