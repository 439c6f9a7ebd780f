"""Pictures of a project: files by their SHA-256 on this machine and on the server."""

from __future__ import annotations
