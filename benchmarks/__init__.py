"""What Genko costs, measured; `make bench` runs all of it."""

from __future__ import annotations
