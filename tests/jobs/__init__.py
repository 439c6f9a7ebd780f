"""Jobs: handed over, made by workers, collected; and all that may go wrong on the way."""

from __future__ import annotations
