"""`genko backup` with all its commands: these modules add theirs when they are loaded."""

from __future__ import annotations

from tui.cli import (
    backup_changing,
    backup_daily,
    backup_estimating,
    backup_importing,
    backup_keeping,
    backup_locking,
    backup_restoring,
)
from tui.cli.backup import backup

ADDED = (
    backup_changing,
    backup_daily,
    backup_estimating,
    backup_importing,
    backup_keeping,
    backup_locking,
    backup_restoring,
)
__all__ = ["ADDED", "backup"]
