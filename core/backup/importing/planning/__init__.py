"""The dry run: what an import would do, found out before anything is done."""

from __future__ import annotations
