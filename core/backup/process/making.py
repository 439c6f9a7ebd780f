"""Makes, forecasts and reads again backups."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from core.backup.answers import Forecast, Made, SectionFacts, Verified
from core.backup.jobs import BackUp, Estimate, Refresh, Verify
from core.backup.keeping.wishes import wishes_or_usual
from core.backup.work import StoppedError, Work
from core.errors import GenkoError, UsageError

if TYPE_CHECKING:
    from core.server import Server
    from core.workspace import Shelf

NOTHING = "Nothing was written."


def answer(job: BackUp | Estimate | Verify | Refresh, shelf: Shelf, server: Server | None, work: Work) -> Any:
    """Do one of these jobs. Raises GenkoError."""
    match job:
        case BackUp():
            return back_up(job, shelf, server, work)
        case Estimate():
            return estimate(job, shelf, work)
        case Verify():
            return verify(job, shelf, work)
        case Refresh():
            return refresh(job, shelf)


def back_up(job: BackUp, shelf: Shelf, server: Server | None, work: Work) -> Made:
    """Write, read back, record, copy, prune."""
    from core.backup.keeping.backing import What
    from core.backup.keeping.backing import back_up as keep

    folder = Path(job.folder).expanduser() if job.folder else None
    if folder is not None and not folder.is_dir():
        raise UsageError(
            f"There is no folder {folder}.", safe=NOTHING, todo="Make it first, or choose another."
        )
    what = What(
        reason=job.reason,
        label=job.label,
        projects=tuple(map(UUID, job.projects)) or None,
        sections=job.sections or None,
        passphrase=job.passphrase or None,
        folder=folder,
    )
    with _sheet(job) as write:
        done = keep(shelf, wishes_or_usual(job.wishes, shelf.paths), what, server=server, work=work)
        write(done.made.recovery_sheet)
    entry = done.entry
    return Made(entry.id, entry.path, entry.size, entry.words, entry.pages, done.seconds, done.notes)


@contextmanager
def _sheet(job: BackUp) -> Iterator[Callable[[str], object]]:
    """Takes the recovery sheet; whether its file can be there is known before anything is made."""
    if not job.sheet or not job.passphrase:
        yield lambda text: None
        return
    from core.outgoing import named_file

    with named_file(Path(job.sheet).expanduser(), private=True) as stream:
        yield lambda text: stream.write(text.encode())


def estimate(job: Estimate, shelf: Shelf, work: Work) -> Forecast:
    """What `back_up` would make, about."""
    from core.backup.exporting import SECTIONS
    from core.backup.exporting import estimate as forecast

    projects = tuple(map(UUID, job.projects)) or None
    found = forecast(shelf, projects, job.sections or SECTIONS, work=work)
    sections = tuple(SectionFacts(name, 0, size) for name, size in found.sections.items())
    notes = tuple(found.notes)
    return Forecast(found.projects, found.pages, found.words, found.size, sections, notes, found.drafts)


def refresh(job: Refresh, shelf: Shelf) -> tuple[str, ...]:
    """What was put into the folder or taken from it by hand is known then."""
    from core.backup.keeping.catalogue import Catalogue

    place = wishes_or_usual(job.wishes, shelf.paths).place
    with Catalogue(shelf.paths, place) as catalogue:
        return tuple(catalogue.rebuild(place))


def verify(job: Verify, shelf: Shelf, work: Work) -> tuple[Verified, ...]:
    """Read each again; one that is damaged does not keep the others from being read."""
    from core.backup.keeping.catalogue import Catalogue
    from core.backup.keeping.verifying import verify_again

    found = []
    with Catalogue(shelf.paths, wishes_or_usual(job.wishes, shelf.paths).place) as catalogue:
        for wanted in job.ids:
            try:
                entry = verify_again(catalogue, wanted, work=work, passphrase=job.passphrase or None)
            except StoppedError:
                raise
            except GenkoError as error:
                found.append(Verified(wanted, error.what))
            else:
                found.append(Verified(entry.id, entry.verify_failed))
    return tuple(found)
