"""The assembly tab: pages put together from the script."""

from __future__ import annotations
