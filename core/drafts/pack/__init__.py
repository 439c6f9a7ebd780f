"""One draft: its document as typed records, everything that can be read of it and done to it."""

from __future__ import annotations
