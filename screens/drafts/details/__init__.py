"""What is told of one asset, or of the draft as a whole, and changed there."""

from __future__ import annotations
