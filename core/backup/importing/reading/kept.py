"""Other programs' data out of a backup: packages that wait for their place come back, each once."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import BinaryIO

import msgspec

from core.backup.importing.errors import NOTHING, ImportRefusedError
from core.backup.plan import Action, Decisions, Item, Outcome, ProjectPlan
from core.backup.work import Work
from core.legacy.kept import bring_back, kept_packages
from core.legacy.kept_list import KeptFile, Listing, is_safe, kept_name
from core.paths import Paths

KEY = "kept"
"""The key of the plan for them, beside those of the projects; and their section."""
STAYS = "stays: it may be the only copy"


@dataclass(frozen=True)
class Package:
    """One that a source has."""

    listing: Listing
    opened: Callable[[KeptFile], AbstractContextManager[BinaryIO]]
    """The bytes of one of its files."""


def plan_kept(paths: Paths, packages: tuple[Package, ...], decisions: Decisions) -> ProjectPlan | None:
    """What would happen to them; None where there are none, or none is wanted."""
    wanted = not decisions.projects or KEY in decisions.projects
    if not packages or not wanted or (decisions.sections and KEY not in decisions.sections):
        return None
    here = {one.folder.name for one in kept_packages(paths.kept)}
    items = tuple(_item(package.listing, here) for package in packages)
    quiet = all(item.outcome is Outcome.SAME for item in items)
    action = decisions.actions.get(KEY)
    action = action if action is Action.SKIP else Action.SAME if quiet else Action.MERGE
    return ProjectPlan(KEY, "Other programs' data", action, items=() if action is Action.SKIP else items)


def bring_kept(paths: Paths, packages: tuple[Package, ...], planned: ProjectPlan, work: Work) -> ProjectPlan:
    """Put those that are lacking into the data folder; each is there whole, or not at all.

    Raises ForeignError, ImportRefusedError, StoppedError; those that are there by then do no harm.
    """
    wanted = {item.id for item in planned.items if item.outcome is Outcome.CREATE}
    for package in packages:
        if _ident(package.listing) in wanted:
            try:
                bring_back(package.listing, package.opened, paths.kept, work=work)
            except OSError as error:
                what = f"What has no place yet can't be kept in {paths.kept}: "
                raise ImportRefusedError(
                    f"{what}{error.strerror or error}.", safe=NOTHING, todo="Make room, or mend the folder."
                ) from error
    return planned


def is_kept(paths: Paths, planned: ProjectPlan) -> bool:
    """Whether all that was planned is there."""
    here = {f"{KEY}:{one.folder.name}" for one in kept_packages(paths.kept)}
    return all(item.id in here for item in planned.items if item.outcome is Outcome.CREATE)


def kept_back(done: ProjectPlan) -> ProjectPlan:
    """Taking an import back leaves them: another import may count on them by now."""
    items = tuple(
        msgspec.structs.replace(item, outcome=Outcome.SAME, detail=STAYS)
        for item in done.items
        if item.outcome is Outcome.CREATE
    )
    return msgspec.structs.replace(done, action=Action.SKIP, items=items)


def _ident(listing: Listing) -> str:
    return f"{KEY}:{kept_name(listing)}"


def _item(listing: Listing, here: set[str]) -> Item:
    ident, title = _ident(listing), f"{listing.system}: {listing.source}"
    if not is_safe(listing):
        return Item(ident, KEY, title, Outcome.REFUSED, "its list says what none of Genko's says")
    count = len(listing.files)
    size = sum({file.sha256: file.size for file in listing.files}.values())
    said = f"{count:,} file{'' if count == 1 else 's'}, {size / 1e6:,.1f} MB; kept until it has a place"
    return Item(ident, KEY, title, Outcome.SAME if kept_name(listing) in here else Outcome.CREATE, said)
