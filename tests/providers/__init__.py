"""Providers: what is drawn here, and what servers that misbehave can't do."""

from __future__ import annotations
