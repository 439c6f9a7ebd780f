"""The built-in provider: reference cards drawn on this machine, said plainly to be sketches."""

from __future__ import annotations
