"""The outline: moving, folding, painting."""

from __future__ import annotations
