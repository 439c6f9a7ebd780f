"""What stands in the way of an import."""

from __future__ import annotations

from core.errors import GenkoError

NOTHING = "Nothing was changed."


class ImportRefusedError(GenkoError):
    """It can't be imported as it is."""


class PlanChangedError(GenkoError):
    """What the plan was made of is no longer so: the file, or the project. Planning again is the way."""


class ImportBusyError(GenkoError):
    """Another import is under way on this machine."""


def changed_file() -> PlanChangedError:
    """The sentence for a file that is another one than the one that was planned with."""
    return PlanChangedError(
        "The file has changed since the preview was made.", safe=NOTHING, todo="Look at the preview again."
    )


def changed_project() -> PlanChangedError:
    """The sentence for a project that has moved on so far that other things would happen."""
    return PlanChangedError(
        "The project has changed since the preview was made, and the import would do something else now.",
        safe=NOTHING,
        todo="Look at the preview again.",
    )
