"""Where the embedded server's files are, and who owns them."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from core.errors import ServerError

from .accounts import SERVICE_HOME, Account, account_of, current_account, service_account

PARENT_SETTING = "GENKO_PG_DATA"
SAFE = "Projects stay on this machine and can be written."
_SIGN = "data-folder"
PORT = 5432
"""Only a part of the socket's name: the server listens on no network."""


@dataclass(frozen=True, slots=True)
class Place:
    """One embedded server's folder (`base`), who uses it and whom the server runs as.

    The two differ only for root: then `base` is owned by root and can be entered but not read by
    others, while the data and the socket folder below it belong to the service account alone.
    """

    home: Path
    base: Path
    user: Account
    server: Account

    @property
    def apart(self) -> bool:
        """Whether the server runs as somebody else."""
        return self.user.uid != self.server.uid

    @property
    def start_lock(self) -> Path:
        """Held while somebody starts or stops the server."""
        return self.base / "start.lock"

    @property
    def clients_lock(self) -> Path:
        """Held, shared, by each Genko that uses the server, for as long as it does."""
        return self.base / "clients.lock"

    @property
    def running_lock(self) -> Path:
        """Inherited, and so held, by each process of the server (and by initdb)."""
        return self.base / "running.lock"

    @property
    def log(self) -> Path:
        """What the server says: starts, stops and what ended it, never a statement."""
        return self.base / "server.log"

    @property
    def record(self) -> Path:
        """What is known of the running server, see records.py."""
        return self.base / "server.json"

    def data(self, major: int) -> Path:
        """PGDATA for one major version of PostgreSQL."""
        return self.base / f"pg{major}"

    def majors(self) -> frozenset[int]:
        """The versions that data is there for."""
        found = (folder.parent.name.removeprefix("pg") for folder in self.base.glob("pg*/PG_VERSION"))
        return frozenset(int(name) for name in found if name.isdecimal())

    def prepare(self) -> None:
        """Make `base`. Never changes the mode of a folder that was there before. Raises ServerError."""
        try:
            for folder in reversed(self.base.parents):
                if not folder.exists():
                    make_whole(folder, 0o755 if self.apart else 0o700)
            if not self.base.exists():
                make_whole(self.base, 0o711 if self.apart else 0o700, self.sign)
            owner = self.base.stat().st_uid
        except OSError as error:
            raise ServerError(
                f"The embedded server's folder {self.base} can't be made: {error.strerror}.", safe=SAFE
            ) from error
        if owner != self.user.uid:
            raise ServerError(
                f"The embedded server's folder {self.base} belongs to another user (id {owner}).",
                safe=SAFE,
                todo="Set GENKO_HOME to a folder of your own.",
            )
        closed = unreachable(self.base, self.server) if self.apart else None
        if closed is not None:
            raise ServerError(
                f"The embedded server runs as {self.server.name}, who can't enter {closed}.",
                safe=SAFE,
                todo=f"Let others pass (chmod o+x {closed}), or set {PARENT_SETTING} to another folder.",
            )

    def sign(self, base: Path) -> None:
        """Say whose database it is where the folder's name doesn't, so that it can be cleared away."""
        if not self._inside:
            sign = base / _SIGN
            sign.touch(mode=0o600)
            sign.write_bytes(os.fsencode(self.home))

    def orphans(self) -> list[Path]:
        """Folders beside this one whose data folder is gone: of a test, or of a writer who moved it."""
        found = []
        for sign in sorted(self.base.parent.glob(f"*/{_SIGN}")) if not self._inside else ():
            try:
                home = Path(os.fsdecode(sign.read_bytes()))
            except OSError:
                continue
            if not home.exists():
                found.append(sign.parent)
        return found

    @property
    def _inside(self) -> bool:
        return self.base.is_relative_to(self.home)

    def give(self, folder: Path) -> None:
        """Make the folder the server's own. `folder` must be a new one, below a folder of ours."""
        if self.apart:
            os.chown(folder, self.server.uid, self.server.gid, follow_symlinks=False)

    def destroy(self) -> None:
        """Remove everything: the database and all that was saved in it. Nobody may be using it.

        It loses its name first: who waits to start meanwhile never begins in what is half removed.
        """
        try:
            gone = Path(tempfile.mkdtemp(prefix=".gone-", dir=self.base.parent))
            self.base.rename(gone)
        except OSError:
            gone = self.base
        shutil.rmtree(gone, ignore_errors=True)


def find_place(
    home: Path,
    parent: Path | None = None,
    *,
    environment: Mapping[str, str] = os.environ,
    service_user: str | None = None,
    make_user: bool = False,
) -> Place:
    """The place for the data folder `home`. Makes nothing; with `make_user`, root's service user if it lacks.

    An ordinary user's is in `home` itself. Root's is under /var/lib/genko, since the service user
    can't enter a closed home. `parent`, else GENKO_PG_DATA, names another folder for it, for either.
    Raises ServerError.
    """
    user = current_account()
    real = Path(os.path.realpath(home))
    if parent is None and environment.get(PARENT_SETTING):
        parent = Path(environment[PARENT_SETTING]).expanduser()
    if parent is None and user.uid != 0:
        return Place(real, real / "postgres", user, user)
    name = hashlib.sha256(os.fsencode(real)).hexdigest()[:16]
    base = Path(os.path.realpath(parent or SERVICE_HOME)) / name
    server = user
    if user.uid == 0:
        server = _data_owner(base) or service_account(service_user, make=make_user)
    return Place(real, base, user, server)


def _data_owner(base: Path) -> Account | None:
    """Who the data that is there belongs to: a service user made later could not read it."""
    for folder in sorted(base.glob("pg*"), reverse=True):
        uid = folder.stat().st_uid
        if uid != 0:
            return account_of(uid)
    return None


def make_whole(folder: Path, mode: int, fill: Callable[[Path], None] = lambda made: None) -> None:
    """Make a folder that has its mode and its files from the moment it is there. Raises OSError.

    Others start at the same time, and a folder whose mode is set after it was made is closed to them for
    a moment; for good, if we are killed in that moment.
    """
    made = Path(tempfile.mkdtemp(prefix=".new-", dir=folder.parent))
    try:
        fill(made)
        made.chmod(mode)
        made.rename(folder)
    except OSError:
        shutil.rmtree(made, ignore_errors=True)
        if not folder.exists():  # else somebody else has just made it
            raise


def unreachable(folder: Path, account: Account) -> Path | None:
    """The first folder on the way to `folder`, itself included, that `account` can't enter."""
    for step in (*reversed(folder.parents), folder):
        facts = step.stat()
        shift = 6 if facts.st_uid == account.uid else 3 if facts.st_gid == account.gid else 0
        if not facts.st_mode >> shift & 0o1:
            return step
    return None
