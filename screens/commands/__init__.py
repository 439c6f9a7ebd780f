"""What a writer can ask for: the one registry behind keys, footer, palette, menu and help."""

from __future__ import annotations

from screens.commands.assembly import ASSEMBLY
from screens.commands.backup import BACKUP
from screens.commands.backup_importing import ALL_BRINGING, BRINGING, IMPORTED, REPORTED, SETTLING
from screens.commands.base import REGISTRY, Command, Scope, bindings, key_name
from screens.commands.bible import BIBLE
from screens.commands.bible_views import BIBLE_VIEWS
from screens.commands.drafts import DRAFT, DRAFTS
from screens.commands.everywhere import EVERYWHERE, TABS
from screens.commands.importing import IMPORTING, PASTING
from screens.commands.projects import PROJECTS
from screens.commands.script import SCRIPT
from screens.commands.versions import VERSIONS

__all__ = [
    "ALL_BRINGING",
    "ASSEMBLY",
    "BACKUP",
    "BIBLE",
    "BIBLE_VIEWS",
    "BRINGING",
    "DRAFT",
    "DRAFTS",
    "EVERYWHERE",
    "IMPORTED",
    "IMPORTING",
    "PASTING",
    "PROJECTS",
    "REGISTRY",
    "REPORTED",
    "SCRIPT",
    "SETTLING",
    "TABS",
    "VERSIONS",
    "Command",
    "Scope",
    "bindings",
    "key_name",
]
