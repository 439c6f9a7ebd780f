"""The one family of errors a user can meet; each says what happened, what is safe, what to do."""

from __future__ import annotations


class GenkoError(Exception):
    """Something that a person must be told.

    `what` is one sentence on what happened and where; `safe` on what is not lost; `todo` on
    what to do about it. None of them ever holds a writer's words or a secret. Screens make a
    toast or a dialog of it, the command line one line on stderr and `exit_status`.
    """

    exit_status = 1

    def __init__(self, what: str, *, safe: str = "", todo: str = "") -> None:
        self.what, self.safe, self.todo = what, safe, todo
        super().__init__(" ".join(part for part in (what, safe, todo) if part))

    def amend(self, *, safe: str, todo: str) -> None:
        """Say something else of what is safe and what to do: who passes it on may know more."""
        self.safe, self.todo = safe, todo
        self.args = (" ".join(part for part in (self.what, safe, todo) if part),)


class UsageError(GenkoError):
    """The request itself makes no sense: exit status 2."""

    exit_status = 2


class LockedError(GenkoError):
    """It is encrypted, and what was given does not open it: worth asking again."""


class HelperDied(GenkoError):
    """A process of ours ended early. `places` says where in it, for the log; often nobody knows."""

    def __init__(self, what: str, *, safe: str = "", todo: str = "", places: str = "") -> None:
        super().__init__(what, safe=safe, todo=todo)
        self.places = places


class DocumentError(GenkoError):
    """Bytes or records that are no Genko document, or an action it can't do."""


class JournalError(GenkoError):
    """The project's file on this machine can't be read or written."""


class ServerError(GenkoError):
    """Postgres can't be reached, refuses, or isn't what we need."""


class ServerUnreachable(ServerError):
    """No answer, or the connection broke: worth trying again later."""


class NotFound(GenkoError):
    """No such project, version or file; or more than one fits (then `ambiguous`)."""

    def __init__(self, what: str, *, safe: str = "", todo: str = "", ambiguous: bool = False) -> None:
        super().__init__(what, safe=safe, todo=todo)
        self.ambiguous = ambiguous


class IncomingError(GenkoError):
    """A file that can't be brought in."""
