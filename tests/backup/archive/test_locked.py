"""An encrypted backup opens with its passphrase or its sheet, with nothing else, and leaves no plain text."""

from __future__ import annotations

import base64
import os
import subprocess
import tempfile
from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest

from core.backup.archive import (
    ArchiveDamaged,
    ArchiveError,
    ArchiveLocked,
    Limits,
    Lock,
    NewLock,
    NotAnArchive,
    Written,
    make_lock,
    open_archive,
    recovery_sheet,
    write_archive,
)
from core.backup.archive.age import decrypt, unprotect
from core.backup.archive.keybox import KEY_END, KEY_START
from core.backup.archive.locking import PREAMBLE
from core.backup.work import Step, StoppedError, Work
from tests.backup.archive.child import NOISE
from tests.backup.archive.forging import sample_bytes
from tests.backup.archive.samples import AT, FIRST, TEXT, write_sample

PASSPHRASE = "très long été"


CHEAP = NewLock(
    Lock(
        "age1ayucs8xehp5pjg53qey8v48sa2m02ghzxxgxan99svcaxwdmxyzqrkfp8f",
        b"""\
-----BEGIN AGE ENCRYPTED FILE-----
YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IHNjcnlwdCBBVnUrdDRnVW5URGYxUUY1
NjRxVS9BIDEwCmV6RTVLbFN2NFhyRCtXdW1xMjUvYXJaaVh3MG9TWFFCbUdYMXU4
Wkt4cW8KLS0tIDFCdmVaODg2ZnJhUnVHc3JDVnVjRzdEZlA0VkpKL3luelVJamU5
dURUcmsKkRMDbHKl2SQGF0AsYX1KRMZ444zu79ZaBB+/tMdr7q2Li2yD4oIlIce1
PXlv5w/Qg/fVjino/NY5dJDpUJwHi0mM9YkrQ/JPoRf/4Dipzd3GpE0vw7yZvh6V
c3aDGeet8+bgJD82rxSnLD351kJ0wv//wWUcnk5A9eVEXejb3nachWd2Cw0u0vXq
tsyEJyZn51avbD4TfYn1u2jR4d5mzJ6S06JBSSSGDplbn9XGfLvhM/tqjrgUvgFk
DDLQNaYaz31sjuK0BL4SAJuFOMj2tfIj1A==
-----END AGE ENCRYPTED FILE-----
""",
    ),
    "AGE-SECRET-KEY-18RXE7QMGJ3X2XG3NG9J4T9RYAN0LU232V3GEKMUP6JXRZY5V2J2QM092MV",
)
"""As Genko makes it, but for the work that opening it takes: a thousandth, for these tests."""
OTHER = "AGE-SECRET-KEY-1UE500JXNRHW584MGD6A98VKK73L3XLQCZVGRKCGR3978L5A8W4ES65XRQK"


@pytest.fixture
def made() -> NewLock:
    return CHEAP


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where decrypted copies go; there is nothing in it at the end."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield folder
    assert os.listdir(folder) == []


@pytest.fixture
def locked(made: NewLock, tmp_path: Path, scratch: Path) -> Written:
    return write_sample(tmp_path / "x.genko-backup.age", passphrase=made.lock, noise=NOISE)


def path_of(written: Written) -> Path:
    assert written.path is not None
    return written.path


def test_it_opens_with_the_key_of_the_sheet(locked: Written, made: NewLock) -> None:
    path = path_of(locked)
    data = path.read_bytes()
    assert b"AKIRA" not in data
    assert b"projects.jsonl" not in data
    sheet = recovery_sheet(made, AT)
    (key,) = (line.strip() for line in sheet.splitlines() if "AGE-SECRET-KEY-1" in line)
    with open_archive(path, work=Work(), passphrase=f" {key.lower()}\n") as archive:
        archive.verify()
        assert archive.manifest.encrypted
        assert (archive.sha256, archive.size) == (locked.sha256, len(data)) == (locked.sha256, locked.size)
        assert archive.content(FIRST).script == TEXT + "PAGE 2 :\n"
    assert sha256(path.read_bytes()).hexdigest() == locked.sha256
    assert locked.recovery_sheet == ""


def test_it_opens_with_the_passphrase_however_its_accents_are_typed(locked: Written) -> None:
    decomposed = "tre\u0300s long e\u0301te\u0301"
    with open_archive(path_of(locked), work=Work(), passphrase=decomposed) as archive:
        archive.verify()


def test_it_stays_closed_without_or_with_another(locked: Written, made: NewLock) -> None:
    path = path_of(locked)
    with pytest.raises(ArchiveLocked, match="is encrypted"):
        open_archive(path, work=Work())
    for key in (OTHER, "AGE-SECRET-KEY-1NONSENSE", "tres long ete"):
        with pytest.raises(ArchiveLocked, match="does not open"):
            open_archive(path, work=Work(), passphrase=key)


def test_it_opens_without_genko(locked: Written, tmp_path: Path) -> None:
    path = path_of(locked)
    recipe = [line[4:] for line in PREAMBLE.decode().splitlines() if line.startswith("    sed ")]
    for line in recipe:
        subprocess.run(line.replace("THIS-FILE", path.name), shell=True, check=True, cwd=tmp_path)
    key = unprotect((tmp_path / "key.age").read_text(), PASSPHRASE).splitlines()[-1]
    plain = BytesIO()
    decrypt(BytesIO((tmp_path / "backup.age").read_bytes()), plain, key)
    copy = tmp_path / "backup.zip"
    copy.write_bytes(plain.getvalue())
    with open_archive(copy, work=Work()) as archive:
        archive.verify()


def test_any_damage_is_refused_and_nothing_plain_is_left(
    locked: Written, made: NewLock, tmp_path: Path, scratch: Path
) -> None:
    data = path_of(locked).read_bytes()
    start = data.index(KEY_END) + len(KEY_END)
    copy = tmp_path / "copy"
    head = data.index(b"---", start)
    cuts = [data[:end] for end in (10, 400, start, start + 5, head, head + 60, len(data) // 2, len(data) - 1)]
    places = (0, 30, start + 3, start + 40, head + 5, head + 50, head + 80, len(data) // 2, len(data) - 3)
    flips = [data[:at] + bytes([data[at] ^ 4]) + data[at + 1 :] for at in places]
    more = [data + b"x", data[:start] + data[start:].replace(b"X25519", b"X25518", 1)]
    for damaged in (*cuts, *flips, *more):
        copy.write_bytes(damaged)
        with pytest.raises(ArchiveError):
            open_archive(copy, work=Work(), passphrase=made.secret)
        assert os.listdir(scratch) == []


def test_a_damaged_key_is_refused_without_much_work(locked: Written, tmp_path: Path) -> None:
    data = path_of(locked).read_bytes()
    copy = tmp_path / "copy"
    key = data[len(PREAMBLE) : data.index(KEY_END)]
    costly = base64.b64encode(b"age-encryption.org/v1\n-> scrypt " + b"A" * 22 + b" 30\n" + b"A" * 43)
    for other in (
        KEY_START + b"AAAA\n",
        KEY_START + costly + b"\n",
        KEY_START,
        key.replace(b"\n", b"!\n", 3),
    ):
        copy.write_bytes(PREAMBLE + other + KEY_END + data[data.index(KEY_END) + len(KEY_END) :])
        with pytest.raises(ArchiveDamaged):
            open_archive(copy, work=Work(), passphrase="x")


def test_an_age_file_of_somebody_else_is_named(tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    copy.write_bytes(b"age-encryption.org/v1\n-> X25519 abc\n")
    with pytest.raises(NotAnArchive, match="not by Genko"):
        open_archive(copy, work=Work(), passphrase="x")


def test_what_is_decrypted_has_limits_and_can_be_stopped(locked: Written, made: NewLock) -> None:
    limits = Limits(file=path_of(locked).stat().st_size - 2000)
    with pytest.raises(ArchiveError, match="larger"):
        open_archive(path_of(locked), work=Work(), passphrase=made.secret, limits=limits)
    work = Work()

    def stop(step: Step) -> None:
        if step.what == "decrypting" and step.done > 300_000:
            work.stop.set()

    work.tell = stop
    with pytest.raises(StoppedError):
        open_archive(path_of(locked), work=work, passphrase=made.secret)


def test_a_writer_that_gives_up_leaves_nothing_that_opens(made: NewLock, tmp_path: Path) -> None:
    stream = BytesIO()
    with write_archive(stream, work=Work(), passphrase=made.lock) as writer:
        writer.file("settings/x", NOISE)
    copy = tmp_path / "copy"
    copy.write_bytes(stream.getvalue())
    with pytest.raises(ArchiveError):
        open_archive(copy, work=Work(), passphrase=made.secret)
    with write_archive(tmp_path / "y.genko-backup.age", work=Work(), passphrase=made.lock) as writer:
        writer.file("settings/x", NOISE)
    assert os.listdir(tmp_path) == ["copy"]


def test_a_reader_that_goes_away_ends_it(made: NewLock) -> None:
    source, pipe = os.pipe()
    os.close(source)
    with pytest.raises(ArchiveError, match="has gone"), open(pipe, "wb", buffering=0) as stream:
        write_sample(stream, noise=NOISE * 3, passphrase=made.lock)


def test_an_empty_passphrase_is_none() -> None:
    with pytest.raises(ArchiveError, match="empty"):
        make_lock("  ")


def test_a_plain_backup_needs_no_passphrase_and_minds_none(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(sample_bytes())
    with open_archive(tmp_path / "x", work=Work(), passphrase="whatever") as archive:
        archive.verify()


@pytest.mark.soak
def test_every_length_and_many_flips(locked: Written, made: NewLock, tmp_path: Path, scratch: Path) -> None:
    small = path_of(write_sample(tmp_path / "small.genko-backup.age", passphrase=made.lock)).read_bytes()
    copy = tmp_path / "copy"
    key_at, key_end = len(PREAMBLE), small.index(KEY_END)
    for at in range(len(small)):
        cut, flip = small[:at], small[:at] + bytes([small[at] ^ 1]) + small[at + 1 :]
        for damaged in (cut, flip):
            if damaged is flip and key_at <= at < key_end:
                continue  # the key that the passphrase opens; the sheet's does without it
            copy.write_bytes(damaged)
            with pytest.raises(ArchiveError):
                open_archive(copy, work=Work(), passphrase=made.secret)
    assert os.listdir(scratch) == []


@pytest.mark.soak
def test_a_new_key_is_made_behind_a_passphrase(tmp_path: Path, scratch: Path) -> None:
    # Takes seconds and half a gigabyte on purpose, in a process of its own.
    written = write_sample(tmp_path / "x.genko-backup.age", passphrase=PASSPHRASE)
    assert "AGE-SECRET-KEY-1" in written.recovery_sheet
    with open_archive(path_of(written), work=Work(), passphrase=PASSPHRASE) as archive:
        archive.verify()
    with pytest.raises(ArchiveLocked):
        open_archive(path_of(written), work=Work(), passphrase=PASSPHRASE + "x")
    with open_archive(path_of(written), work=Work(), passphrase=key_of(written)) as archive:
        archive.verify()


def key_of(written: Written) -> str:
    (key,) = (line for line in written.recovery_sheet.splitlines() if "AGE-SECRET-KEY-1" in line)
    return key
