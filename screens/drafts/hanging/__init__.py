"""Records of a project that assets show, and pictures hung there."""

from __future__ import annotations
