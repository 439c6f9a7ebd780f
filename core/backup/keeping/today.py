"""The daily backup and what goes with it: sweeping, catching up on copies, reading old backups again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from core.backup.keeping.backing import OWN_FILES, What, back_up
from core.backup.keeping.catalogue import Catalogue
from core.backup.keeping.clock import Reading
from core.backup.keeping.copying import catch_up
from core.backup.keeping.daily import Decision, Past, Verdict, due, library_days, pause
from core.backup.keeping.elsewhere import BEGUN
from core.backup.keeping.entry import Entry, Reason, last_away
from core.backup.keeping.told import Today
from core.backup.keeping.verifying import reread
from core.backup.keeping.wishes import KeepingWishes
from core.backup.work import StoppedError, Work
from core.errors import GenkoError
from core.server.embedded.locks import FileLock

if TYPE_CHECKING:
    from core.server import Server
    from core.workspace import Shelf

LOCK = "backups.daily.lock"
_KEY = "daily"


def look_after(
    shelf: Shelf,
    wishes: KeepingWishes,
    *,
    server: Server | None = None,
    work: Work | None = None,
    clock: Reading | None = None,
) -> Today:
    """Make today's backup if it is due, catch up on copies, read some old backups again. Blocks for long.

    Never raises a GenkoError but StoppedError: what went wrong is in the answer, and written down.
    """
    work, clock = work or Work(), clock or Reading.now()
    lock = FileLock(shelf.paths.data / LOCK)
    try:
        if not _has_anything(shelf):
            return Today("empty")
        if not lock.take():
            return Today("busy")
    except OSError as error:
        return Today("failed", f"No backup today: {shelf.paths.data} can't be written ({error.strerror}).")
    try:
        return _Looking(shelf, wishes, server, work, clock).run()
    except StoppedError:
        raise
    except GenkoError as error:
        return Today("failed", str(error), wait=pause(1).total_seconds())
    finally:
        lock.free()


def _has_anything(shelf: Shelf) -> bool:
    """Projects, those in the trash too, or other programs' data, of which this may be the only copy."""
    journals = (any(folder.glob("*.genko")) for folder in (shelf.paths.projects, shelf.paths.drafts))
    return any(journals) or any(shelf.paths.kept.glob("*/kept.json"))


class _Looking:
    def __init__(
        self, shelf: Shelf, wishes: KeepingWishes, server: Server | None, work: Work, clock: Reading
    ) -> None:
        self._shelf, self._wishes, self._server = shelf, wishes, server
        self._work, self._clock = work, clock
        self._notes: list[str] = []

    def run(self) -> Today:
        """All of it, in the order in which it matters."""
        self._notes += sweep(self._wishes)
        with Catalogue(self._shelf.paths, self._wishes.place) as catalogue:
            self._notes += catalogue.rebuild(self._wishes.place)
            decision = self._decide(catalogue)
            verdict, trouble, path = str(decision.verdict), "", ""
            wait = decision.wait.total_seconds()
            if decision.verdict is Verdict.DUE:
                verdict, trouble, path, wait = self._make(catalogue)
            elif decision.verdict is Verdict.WAITING:
                trouble = read_past(catalogue).why
            if verdict != "made" and not trouble:
                trouble = " ".join(catch_up(catalogue, self._wishes, self._work))
            damaged = reread(catalogue, self._wishes.reread, work=self._work) if self._wishes.reread else []
            trouble = trouble or _damage(damaged or _known_damage(catalogue.entries(trashed=False)))
            away = last_away(catalogue.entries())
        return Today(verdict, trouble, tuple(self._notes), away, wait, path)

    def _decide(self, catalogue: Catalogue) -> Decision:
        from core.backup.exporting import content_id_of

        past = read_past(catalogue)
        days, newest = library_days(catalogue.entries(), self._clock)
        first = due(self._clock, past, days, enabled=self._wishes.daily, newest=newest)
        if first.verdict is not Verdict.DUE:
            return first
        content = content_id_of(self._shelf, work=self._work) if newest else None
        if content is not None and self._settings_changed(catalogue, newest):
            content = ""  # of settings nothing is said by the content id
        return due(self._clock, past, days, newest=newest, content=content)

    def _settings_changed(self, catalogue: Catalogue, newest: str) -> bool:
        """Whether the writer's own files are others than in the newest backup, as far as that is known."""
        from core.backup.exporting.settings import settings_id_of

        content, _, settings = catalogue.note(OWN_FILES).partition(" ")
        return content == newest and settings != settings_id_of(self._shelf.paths)

    def _make(self, catalogue: Catalogue) -> tuple[str, str, str, float]:
        """(verdict, trouble, path, seconds to wait)."""
        past = read_past(catalogue)
        begun = catalogue.note(BEGUN)
        catalogue.remember(BEGUN, str(int(begun) + 1 if begun.isdigit() else 1))
        try:
            done = back_up(
                self._shelf, self._wishes, What(Reason.DAILY), server=self._server, work=self._work
            )
        except StoppedError:
            raise
        except GenkoError as error:
            failed = Past(past.done, self._clock, past.failures + 1, f"No backup today. {error}")
            write_past(catalogue, failed)
            catalogue.remember(BEGUN, "")
            return "failed", failed.why, "", pause(failed.failures).total_seconds()
        write_past(catalogue, Past(done=self._clock))
        catalogue.remember(BEGUN, "")
        left = len(done.made.left_out)
        self._notes += done.notes[:left]
        return "made", " ".join(done.notes[left:]), done.entry.path, 0.0


def sweep(wishes: KeepingWishes) -> list[str]:
    """Take away what programs that were killed have left half-written, here and in a second folder."""
    from core.backup.archive import sweep as sweep_folder

    places = [wishes.place]
    if wishes.second and not wishes.second.startswith("s3://"):
        places.append(Path(wishes.second))
    gone = [path for place in places if place.is_dir() for path in sweep_folder(place)]
    noun = "backup" if len(gone) == 1 else "backups"
    return [f"Took away {len(gone)} half-written {noun}."] if gone else []


def read_past(catalogue: Catalogue) -> Past:
    """What is remembered of the last tries."""
    try:
        return msgspec.json.decode(catalogue.note(_KEY) or b"", type=Past)
    except msgspec.MsgspecError:
        return Past()


def write_past(catalogue: Catalogue, past: Past) -> None:
    """Remember it."""
    catalogue.remember(_KEY, msgspec.json.encode(past).decode())


def _known_damage(entries: Sequence[Entry]) -> list[Entry]:
    return [entry for entry in entries if entry.verify_failed and not entry.missing]


def _damage(damaged: Sequence[Entry]) -> str:
    if not damaged:
        return ""
    first = damaged[0]
    more = f" and {len(damaged) - 1} more" if len(damaged) > 1 else ""
    away = " Its copy in the second place is whole." if any(c.verified_at for c in first.copies) else ""
    return f"The backup of {first.day.isoformat()}{more} is damaged.{away}"
