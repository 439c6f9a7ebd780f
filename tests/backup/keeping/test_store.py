"""The second place as a store that speaks S3: a real server, read back, its keys secret."""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import socket
import threading
import urllib.request
import zipfile
from collections.abc import Iterator
from pathlib import Path

import obstore
import pytest
from obstore.store import S3Store

from core.backup.keeping.elsewhere import last_elsewhere
from core.backup.keeping.places.keys import Keys, read_keys
from core.backup.keeping.places.place import PlaceError, place_of
from core.backup.keeping.places.store import Store
from core.backup.work import Step, StoppedError, Work
from tests.backup.keeping.making import Studio

KEY, SECRET = "AKIAGENKOTESTKEY", "very-secret-word-0123456789"
URL = "s3://shelf/genko/backups"


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    """A store on this machine, with one bucket."""
    from moto.server import ThreadedMotoServer

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    bucket = urllib.request.Request(f"http://{host}:{port}/shelf", method="PUT")
    urllib.request.urlopen(bucket).close()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture(autouse=True)
def keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """In the environment, and no others of this machine."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("GENKO_S3_KEY", KEY)
    monkeypatch.setenv("GENKO_S3_SECRET", SECRET)


def stored(endpoint: str) -> dict[str, bytes]:
    """Everything in the bucket."""
    store = S3Store(
        "shelf", endpoint=endpoint, client_options={"allow_http": True}, region="us-east-1",
        access_key_id=KEY, secret_access_key=SECRET,
    )  # fmt: skip
    names = [one["path"] for page in obstore.list(store) for one in page]
    return {name: bytes(obstore.get(store, name).bytes()) for name in names}


def test_a_backup_goes_up_is_read_back_and_counts_as_elsewhere(studio: Studio, endpoint: str) -> None:
    made = studio.back_up(table={"second": URL, "endpoint": endpoint})
    assert made.notes == ()
    name = f"genko/backups/{Path(made.entry.path).name}"
    assert stored(endpoint)[name] == Path(made.entry.path).read_bytes()
    assert last_elsewhere(studio.paths) == made.entry.copies[0].verified_at


def test_a_large_file_goes_up_in_pieces(endpoint: str, tmp_path: Path) -> None:
    source = tmp_path / "large.genko-backup"
    source.write_bytes(os.urandom(12 << 20))
    sha = hashlib.sha256(source.read_bytes()).hexdigest()
    steps: list[Step] = []
    Store(URL, Keys(KEY, SECRET), endpoint).put(source, sha, Work(steps.append))
    assert len([one for one in steps if one.what == "sending to the second place"]) == 3
    assert steps[-1].done == steps[-1].total == 12 << 20
    assert hashlib.sha256(stored(endpoint)["genko/backups/large.genko-backup"]).hexdigest() == sha


def test_stopping_in_the_middle_leaves_nothing_under_the_name(endpoint: str, tmp_path: Path) -> None:
    source = tmp_path / "stopped.genko-backup"
    source.write_bytes(os.urandom(12 << 20))
    work = Work(lambda step: work.stop.set())
    with pytest.raises(StoppedError):
        Store(URL, Keys(KEY, SECRET), endpoint).put(source, "0" * 64, work)
    assert "genko/backups/stopped.genko-backup" not in stored(endpoint)


def test_what_came_back_changed_does_not_count(studio: Studio, endpoint: str, tmp_path: Path) -> None:
    store = Store(URL, Keys(KEY, SECRET), endpoint)
    source = tmp_path / "changed.genko-backup"
    source.write_bytes(b"one")
    store.put(source, hashlib.sha256(b"one").hexdigest(), Work())
    with pytest.raises(PlaceError, match="not the same"):
        store.put(source, hashlib.sha256(b"two").hexdigest(), Work())
    with pytest.raises(PlaceError, match="not in"):
        store.check("never.genko-backup", "0" * 64, Work())


@pytest.fixture
def nobody() -> str:
    """Where nobody listens."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{listener.getsockname()[1]}"


def test_a_store_that_does_not_answer_or_lacks_the_bucket_is_told_without_its_keys(
    endpoint: str, nobody: str, tmp_path: Path
) -> None:
    source = tmp_path / "x.genko-backup"
    source.write_bytes(b"x")
    for store, said in (
        (Store(URL, Keys(KEY, SECRET), nobody, retries=0), "did not answer"),
        (Store("s3://no-such-bucket/x", Keys(KEY, SECRET), endpoint, retries=0), "no such bucket"),
    ):
        with pytest.raises(PlaceError, match=said) as told:
            store.put(source, "0" * 64, Work())
        assert told.value.__cause__ is None
        assert "tried again" in str(told.value)
        for secret in (KEY, SECRET):
            assert secret not in f"{told.value!s}{told.value!r}{vars(store)!r}"


def test_a_store_that_breaks_off_in_the_middle_is_told(tmp_path: Path) -> None:
    source = tmp_path / "x.genko-backup"
    source.write_bytes(os.urandom(6 << 20))
    heard: list[int] = []

    def break_off(listener: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                line, _ = listener.accept()
                with line:
                    heard.append(len(line.recv(100_000)))

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=break_off, args=(listener,), daemon=True)
        thread.start()
        store = Store(URL, Keys(KEY, SECRET), f"http://127.0.0.1:{listener.getsockname()[1]}", retries=0)
        with pytest.raises(PlaceError, match="could not take the copy"):
            store.put(source, "0" * 64, Work())
        assert heard


def test_the_keys_are_in_no_backup_no_catalogue_and_no_setting(
    studio: Studio, endpoint: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.delenv("GENKO_S3_KEY")
    studio.paths.config.mkdir(parents=True)
    (studio.paths.config / "settings.toml").write_text(f'[backup]\nsecond = "{URL}"\n')
    file = studio.paths.config / "backup-keys.toml"
    file.write_text(f'key = "{KEY}"\nsecret = "{SECRET}"\n')
    file.chmod(0o600)
    made = studio.back_up(table={"second": URL, "endpoint": endpoint})
    assert made.notes == ()
    with zipfile.ZipFile(made.entry.path) as zipped:
        assert "settings/settings.toml" in zipped.namelist(), "the other settings are in it"
        everything = b"".join(zipped.read(name) for name in zipped.namelist())
    everything += (studio.paths.data / "backups.sqlite").read_bytes()
    everything += (studio.folder / ".genko-backups.json").read_bytes()
    everything += caplog.text.encode() + repr(made).encode()
    for secret in (KEY, SECRET):
        assert secret.encode() not in everything


def test_keys_that_others_can_read_are_not_used(tmp_path: Path) -> None:
    file = tmp_path / "backup-keys.toml"
    file.write_text(f'key = "{KEY}"\nsecret = "{SECRET}"\n')
    file.chmod(0o640)
    with pytest.raises(PlaceError, match="others can read"):
        read_keys(file, {})
    file.chmod(0o600)
    assert read_keys(file, {}) == Keys(KEY, SECRET)
    assert SECRET not in repr(read_keys(file, {}))
    assert read_keys(file, {"AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b"}) == Keys("a", "b")
    for text in ("", "key = 1\nsecret = 2", "no toml", 'key = "a"'):
        file.write_text(text)
        with pytest.raises(PlaceError) as told:
            read_keys(file, {})
        assert SECRET not in str(told.value)


def test_without_keys_the_backup_is_made_and_the_copy_waits(
    studio: Studio, endpoint: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GENKO_S3_SECRET")
    table = {"second": URL, "endpoint": endpoint}
    with pytest.raises(PlaceError, match="no keys"):
        place_of(studio.wishes(**table))
    missed = studio.back_up(table=table)
    assert missed.entry.is_sound
    assert "no keys" in missed.notes[0]
    monkeypatch.setenv("GENKO_S3_SECRET", SECRET)
    studio.back_up(table=table)
    with studio.catalogue() as catalogue:
        assert all(one.copies[0].verified_at for one in catalogue.entries())
