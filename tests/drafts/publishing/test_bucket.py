"""Published media in a bucket: a real server, compared on both ends, its keys secret, damage mended."""

from __future__ import annotations

import hashlib
import logging
import os
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import obstore
import pytest
from obstore.store import S3Store

from core.backup.work import Step, StoppedError, Work
from core.bucket import Bucket, Keys
from core.drafts.mediastore import (
    MediaBucket,
    MediaFolder,
    MediaPlaceError,
    Sending,
    media_place,
    media_wishes_of,
)
from core.drafts.publishing.collecting import collect
from core.drafts.publishing.sending import send
from core.drafts.publishing.verifying import verify
from core.errors import UsageError
from core.paths import Paths
from tests.drafts.publishing.packs import Maker

KEY, SECRET = "AKIAGENKOTESTKEY", "very-secret-word-0123456789"
URL = "s3://shelf/genko/media"


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


@pytest.fixture
def inside(endpoint: str) -> S3Store:
    """The same bucket, from another program."""
    return S3Store(
        "shelf", endpoint=endpoint, client_options={"allow_http": True}, region="us-east-1",
        access_key_id=KEY, secret_access_key=SECRET,
    )  # fmt: skip


def stored(inside: S3Store) -> dict[str, bytes]:
    """Everything in the bucket, by the last part of its name."""
    names = [one["path"] for page in obstore.list(inside) for one in page]
    return {name.rpartition("/")[2]: bytes(obstore.get(inside, name).bytes()) for name in names}


def a_file(folder: Path, size: int) -> Sending:
    """Some bytes on this machine."""
    content = os.urandom(size)
    sha = hashlib.sha256(content).hexdigest()
    path = folder / f"{sha}.png"
    path.write_bytes(content)
    return Sending(path.name, path, sha, size)


def test_a_pack_is_published_to_a_bucket_and_what_is_spoilt_there_is_mended(
    maker: Maker, endpoint: str, inside: S3Store
) -> None:
    place = MediaBucket(URL, Keys(KEY, SECRET), endpoint)
    found = maker.look()
    assert send(found, maker.server, place).sent_bytes == found.bytes
    there = stored(inside)
    assert {name: there[name] for name in (f"{sha}.png" for sha in found.taken.files)} == {
        path.name: path.read_bytes() for path in found.taken.files.values()
    }
    assert not verify(maker.server, place, maker.pack).wrong
    spoilt, gone = sorted(found.taken.files)
    obstore.put(inside, f"genko/media/{spoilt}.png", b"x" * len(there[f"{spoilt}.png"]))
    obstore.delete(inside, f"genko/media/{gone}.png")
    told = verify(maker.server, place, maker.pack).wrong
    assert ["damaged" in one or "any more" in one for one in told] == [True, True]
    assert send(maker.look(), maker.server, place).sent_bytes == found.bytes
    assert not verify(maker.server, place, maker.pack).wrong
    assert collect(maker.server, place).kept == 2


@pytest.mark.soak
def test_a_large_file_goes_up_in_parts_and_a_stop_leaves_no_name(
    endpoint: str, inside: S3Store, tmp_path: Path
) -> None:
    place = MediaBucket(URL, Keys(KEY, SECRET), endpoint)
    large, stopped = a_file(tmp_path, 12 << 20), a_file(tmp_path, 6 << 20)
    heard: list[Step] = []
    assert place.put([large], Work(heard.append)) == large.size
    assert hashlib.sha256(b"".join(place.read(large.name))).hexdigest() == large.sha256
    assert heard[-1].done == heard[-1].total == large.size
    work = Work(lambda step: work.stop.set())
    with pytest.raises(StoppedError):
        place.put([stopped], work)
    assert stopped.name not in stored(inside)
    place.remove(large.name)
    assert large.name not in stored(inside)


@pytest.mark.soak
def test_a_source_that_is_not_what_it_is_called_never_arrives(
    endpoint: str, inside: S3Store, tmp_path: Path
) -> None:
    place = MediaBucket(URL, Keys(KEY, SECRET), endpoint)
    for size in (100, 6 << 20):
        sending = a_file(tmp_path, size)
        sending.path.write_bytes(b"?" * size)
        with pytest.raises(MediaPlaceError):
            place.put([sending], Work())
        assert sending.name not in stored(inside)


@pytest.mark.soak
def test_a_bucket_that_is_not_there_is_told_without_keys(endpoint: str, tmp_path: Path) -> None:
    place = MediaBucket("s3://no-such-bucket/x", Keys(KEY, SECRET), endpoint, retries=0)
    with pytest.raises(MediaPlaceError, match="no such bucket") as told:
        place.put([a_file(tmp_path, 10)], Work())
    for secret in (KEY, SECRET):
        assert secret not in f"{told.value!s}{told.value!r}{vars(place)!r}"


def test_what_a_bucket_keeps_otherwise_is_noticed_at_once(
    endpoint: str, inside: S3Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, sending = MediaBucket(URL, Keys(KEY, SECRET), endpoint), a_file(tmp_path, 100)
    put = Bucket.put

    def spoiling(self: Bucket, name: str, pieces: Iterator[bytes], size: int) -> None:
        """It has arrived, the store says."""
        put(self, name, pieces, size)
        obstore.put(inside, f"genko/media/{name}", b"x" * size)

    with monkeypatch.context() as patch:
        patch.setattr(Bucket, "put", spoiling)
        with pytest.raises(MediaPlaceError, match="damaged"):
            place.put([sending], Work())
    assert place.put([sending], Work()) == 100, "control"


def test_settings_name_a_folder_or_a_bucket_and_hold_no_keys(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("GENKO_S3_KEY", "GENKO_S3_SECRET", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name, raising=False)
    paths = Paths(tmp_path / "data", tmp_path / "config", tmp_path / "logs", tmp_path / "state")
    server = UUID(int=7)
    usual = media_place(media_wishes_of({}, paths), server)
    assert isinstance(usual, MediaFolder)
    assert usual.folder == tmp_path / "data" / "published" / "media" / str(server)
    with pytest.raises(MediaPlaceError, match="no keys"):
        media_place(media_wishes_of({"place": URL}, paths), server)
    monkeypatch.setenv("GENKO_S3_KEY", KEY)
    monkeypatch.setenv("GENKO_S3_SECRET", SECRET)
    assert media_place(media_wishes_of({"place": URL}, paths), server).name == f"{URL}/{server}"
    for table in (
        {"place": "here"},
        {"place": "s3://k:s@b"},
        {"endpoint": "ftp://x"},
        {"endpoint": "http://a@b"},
    ):
        with pytest.raises(UsageError):
            media_wishes_of(table, paths)
