"""Backups encrypted though nobody types a passphrase: never in the clear, and none without a lock."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from core.backup import archive
from core.backup.archive import ArchiveLocked, Lock, NewLock, open_archive
from core.backup.keeping import verify_again
from core.backup.keeping.locks import NoLockError, lock_of, new_lock
from core.backup.keeping.today import look_after
from core.backup.keeping.wishes import KeepingWishes
from core.backup.work import Work
from tests.backup.keeping.making import Studio

WORD = "correct horse battery staple"


PUBLIC = "age1vj5g7x22arlk54hg5an0qjkduww3ud7xvuhsv599yjvfr5rv650qcy4kr4"
LOCK = f"""\
# Encrypts Genko's backups, and opens none without its passphrase. Public key: {PUBLIC}
-----BEGIN AGE ENCRYPTED FILE-----
YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IHNjcnlwdCBES2ZmTldWOFdseTlmZTcw
aGJ1ODZnIDE5Clp2Tm4xd2JzSzd4WkgrZ3pIT2QwTHhtZU9sOTdjMGJONCtYUEE4
SmQrL0kKLS0tIEIzRGRLcmFvSVlmVmZIOFBwR003MkQzYWZ5SGJBeWVYcGFMYU9t
eDJVZWcKMTCzdvsLrnSCti5VpRfEgvlV0TscZIumvQVNMkDzHh/9be36IXL0imKQ
x+6i3GXZ8Lvoioly5lhLgx7+WpHJU+zZ/NLdVc7lUZ/DmzXjCe4O7ZoVGqALR7MC
CWj9n6d/YqyUiOffG/j5MigyFonbar3/DMB5tzfI6HzeTuG8bfLm9nk9NtgDjvoY
l4XraPHEChR6KgTmtkL7gRG5B5b4TVKdG42rM5V0kjB8AYtVTHyxzb7ptSSnAPx/
EegMcCcog0XQcOGhqOyxRR3GYNzjZpb3Pg==
-----END AGE ENCRYPTED FILE-----
"""
SECRET = "AGE-SECRET-KEY-1YZLVDV960TX4V0UJ2MJKF92Q7AHJMCCUZKUZL8VZW6GW4E6UN72QL73REG"
"""What the lock's passphrase opens; of no other use than here. Making a lock takes seconds, on purpose."""


@pytest.mark.soak
def test_a_lock_is_made_once_and_holds_no_secret(tmp_path: Path) -> None:
    file = tmp_path / "backup-lock.age"
    made = new_lock(file, WORD)
    assert file.stat().st_mode & 0o777 == 0o600
    assert made.secret not in file.read_text()
    with pytest.raises(NoLockError, match="already"):
        new_lock(file, "another")


class Killed(BaseException):
    """The end of a program, in the middle of something."""


def test_a_lock_that_is_half_written_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "backup-lock.age"
    lock = Lock("age1", b"-----BEGIN AGE")
    monkeypatch.setattr(archive, "make_lock", lambda *_: NewLock(lock, SECRET))

    def cut(descriptor: int) -> None:
        raise Killed

    with monkeypatch.context() as power:
        power.setattr(os, "fsync", cut)
        with pytest.raises(Killed):
            new_lock(file, WORD)
    assert not file.exists(), "nobody could ever make another one"
    new_lock(file, WORD)
    assert lock_of(KeepingWishes(folder="", encrypt=True, lock=str(file))) == lock
    with pytest.raises(NoLockError, match="already"):
        new_lock(file, WORD)


def put_lock(studio: Studio, text: bytes) -> None:
    studio.paths.config.mkdir(parents=True, exist_ok=True)
    Path(studio.wishes().lock).write_bytes(text)


def test_the_daily_backup_is_encrypted_by_itself_and_opened_by_the_passphrase(
    studio: Studio,
) -> None:
    put_lock(studio, LOCK.encode())
    today = look_after(studio.shelf, studio.wishes(encrypt=True))
    assert (today.verdict, today.trouble) == ("made", "")
    path = Path(today.path)
    assert path.name.endswith(".genko-backup.age")
    assert b"AKIRA" not in path.read_bytes()
    beside = (studio.folder / ".genko-backups.json").read_bytes()
    assert b"Night" not in beside, "what is encrypted is not told beside it"
    with pytest.raises(ArchiveLocked):
        open_archive(path, work=Work())
    with open_archive(path, work=Work(), passphrase=SECRET) as archive:  # as on the recovery sheet
        archive.verify()
        assert archive.manifest.projects[0].title == "Night"
    with studio.catalogue() as catalogue:
        (entry,) = catalogue.entries()
        assert entry.encrypted
        assert verify_again(catalogue, entry.id).is_sound, "without the passphrase, by its hash"
        whole = path.read_bytes()
        path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
        assert verify_again(catalogue, entry.id).verify_failed


def test_a_lost_catalogue_knows_encrypted_backups_again(studio: Studio) -> None:
    put_lock(studio, LOCK.encode())
    studio.back_up("daily", table={"encrypt": True})
    with studio.catalogue() as catalogue:
        (before,) = catalogue.entries()
    (studio.paths.data / "backups.sqlite").unlink()
    with studio.catalogue() as catalogue:
        (again,) = catalogue.entries()
        assert (again.id, again.words, again.sha256) == (before.id, before.words, before.sha256)
        assert again.is_sound
    (studio.paths.data / "backups.sqlite").unlink()
    (studio.folder / ".genko-backups.json").unlink()
    with studio.catalogue() as catalogue:
        (named,) = catalogue.entries()
        assert (named.reason, named.encrypted, named.never_expires) == ("daily", True, True)
        assert abs((named.made_at - before.made_at).total_seconds()) <= 1


@pytest.mark.parametrize("text", [None, b"", b"nothing", b"# age1", b"\xff\xfe"], ids=str)
def test_without_a_lock_none_is_made_and_it_is_said(studio: Studio, text: bytes | None) -> None:
    if text is not None:
        put_lock(studio, text)
    wishes = studio.wishes(encrypt=True)
    with pytest.raises(NoLockError):
        lock_of(wishes)
    today = look_after(studio.shelf, wishes)
    assert today.verdict == "failed"
    assert "no lock" in today.trouble
    assert not studio.folder.exists() or not list(studio.folder.glob("*.genko-backup*"))
