"""A pack is published in one piece: read with plain SQL, sent twice, changed, taken back, gone back to."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from core.backup.work import Step, StoppedError, Work
from core.drafts.mediastore import MediaPlaceError
from core.drafts.pack.draft import Draft
from core.drafts.publishing import standing
from core.drafts.publishing.manifest import PublishError
from core.drafts.publishing.published import Published
from core.drafts.publishing.reading import revisions
from core.drafts.publishing.sending import Incomplete, go_back, send, set_visibility, unpublish
from core.drafts.publishing.transaction import Superseded
from core.drafts.publishing.verifying import verify
from core.drafts.status import Status
from tests.drafts.publishing.packs import EVERYTHING, NAMES, Maker, ask


def test_two_assets_are_read_back_with_sql_and_their_files_are_private(maker: Maker, conninfo: str) -> None:
    found = maker.look()
    assert (found.ready, found.changes.added, found.expected_revision) == (
        True,
        tuple(asset.id for asset in maker.draft.assets()),
        0,
    )
    assert found.new_bytes == found.bytes > 0
    done = maker.publish(found)
    assert (done.revision, done.shown, done.is_public, done.sent_bytes) == (1, 1, False, found.bytes)
    rows = ask(conninfo, EVERYTHING)
    assert [(row[2], row[3], row[6], row[7]) for row in rows] == [
        (0, "chose 0", "en", "chose 0"),
        (0, "chose 0", "fr", "chose 0"),
        (1, "chose 1", "en", "chose 1"),
        (1, "chose 1", "fr", "chose 1"),
    ]
    assert rows[0][5] == "a drawing of b'chose 0'"
    for row in rows:
        path = maker.place.folder / f"{row[4]}.png"
        assert path.read_bytes() == (maker.media.folder / path.name).read_bytes()
        assert path.stat().st_mode & 0o777 == 0o600
    assert maker.place.folder.stat().st_mode & 0o777 == 0o700
    assert len(list(maker.place.folder.iterdir())) == 2
    assert not verify(maker.server, maker.place, maker.pack).wrong


def test_the_same_request_sent_again_gives_the_same_answer(maker: Maker, conninfo: str) -> None:
    found = maker.look()
    first, second = maker.publish(found), maker.publish(found)
    assert (second.again, second.sent_bytes) == (True, 0)
    assert (first.revision, first.made_at, first.author) == (second.revision, second.made_at, second.author)
    assert ask(conninfo, "SELECT count(*) FROM univers_revisions") == [(1,)]


def test_what_is_published_already_makes_no_revision_and_mends_its_files(maker: Maker, conninfo: str) -> None:
    maker.publish()
    gone, spoilt = sorted(maker.place.folder.iterdir())
    gone.unlink()
    spoilt.write_bytes(b"other")
    assert len(verify(maker.server, maker.place, maker.pack).wrong) == 2
    found = maker.look()
    assert found.unchanged
    assert maker.publish(found).again
    assert not verify(maker.server, maker.place, maker.pack).wrong
    assert ask(conninfo, "SELECT count(*) FROM univers_revisions") == [(1,)]


def test_only_rows_that_differ_are_written(maker: Maker, conninfo: str) -> None:
    maker.publish()
    before = ask(conninfo, "SELECT id, xmin::text FROM univers_assets ORDER BY sort_order")
    maker.draft.update_asset(maker.draft.assets()[1].id, name="autre chose")
    (new,) = maker.add("troisième")
    found = maker.look()
    assert found.changes.added == (new,)
    assert [parts for _, parts in found.changes.changed] == [("name", "names")]
    done = maker.publish(found)
    assert (done.rows["univers_assets"], done.rows["univers_assets_translations"]) == (2, 3)
    after = ask(conninfo, "SELECT id, xmin::text FROM univers_assets ORDER BY sort_order")
    assert before[0] == after[0]
    assert before[1][1] != after[1][1]
    maker.draft.move_assets([new], 0)
    maker.draft.remove_assets([maker.draft.assets()[1].id])
    maker.publish()
    assert ask(conninfo, NAMES) == [("troisième",), ("autre chose",)]


def test_who_has_not_seen_the_last_revision_is_told_and_loses_nothing(maker: Maker, conninfo: str) -> None:
    stale = maker.look()
    maker.draft.update_asset(maker.draft.assets()[0].id, name="plus tard")
    maker.publish()
    with pytest.raises(Superseded, match="Somebody else has published"):
        maker.publish(stale)
    assert ask(conninfo, NAMES) == [("plus tard",), ("chose 1",)]


def test_two_who_publish_at_once_one_wins_and_the_other_is_told(maker: Maker, conninfo: str) -> None:
    found = [maker.look(), maker.look()]
    maker.draft.update_asset(maker.draft.assets()[0].id, name="l'autre")
    found[1] = maker.look()
    ready, results = threading.Barrier(2), list[Published | PublishError]()

    def go(number: int) -> None:
        ready.wait()
        try:
            results.append(send(found[number], maker.server, maker.place))
        except PublishError as error:
            results.append(error)

    threads = [threading.Thread(target=go, args=(number,)) for number in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (won,) = (one for one in results if isinstance(one, Published))
    (told,) = (one for one in results if isinstance(one, Superseded))
    assert (won.revision, "revision 1" in str(told)) == (1, True)
    assert not verify(maker.server, maker.place, maker.pack).wrong
    assert ask(conninfo, "SELECT count(*) FROM univers_revisions") == [(1,)]


def test_unpublishing_and_going_back_are_one_call_each(maker: Maker, conninfo: str) -> None:
    maker.publish()
    identity = ask(conninfo, "SELECT id FROM univers")
    maker.draft.update_asset(maker.draft.assets()[0].id, name="nouveau")
    maker.publish()
    done = go_back(maker.server, maker.place, maker.pack, 1, 2)
    assert (done.revision, done.shown) == (3, 1)
    assert ask(conninfo, NAMES) == [("chose 0",), ("chose 1",)]
    assert unpublish(maker.server, maker.pack, 3).shown is None
    assert ask(conninfo, "SELECT (SELECT count(*) FROM univers) + (SELECT count(*) FROM univers_assets)") == [
        (0,)
    ]
    assert not verify(maker.server, maker.place, maker.pack).wrong
    go_back(maker.server, maker.place, maker.pack, 2, 4)
    assert ask(conninfo, NAMES) == [("nouveau",), ("chose 1",)]
    assert ask(conninfo, "SELECT id FROM univers") == identity
    assert set_visibility(maker.server, maker.pack, 5, public=True).is_public
    with maker.server.connect() as connection:
        told = [(one.number, one.action, one.shows) for one in revisions(connection, maker.pack)]
    assert told == [
        (6, "visibility", 2),
        (5, "return", 2),
        (4, "unpublish", None),
        (3, "return", 1),
        (2, "publish", 2),
        (1, "publish", 1),
    ]
    with pytest.raises(PublishError, match="published nothing"):
        go_back(maker.server, maker.place, maker.pack, 4, 6)
    with pytest.raises(Superseded):
        unpublish(maker.server, maker.pack, 5)


def test_nothing_is_gone_back_to_whose_files_are_lost(maker: Maker, conninfo: str) -> None:
    maker.publish()
    old = set(maker.place.folder.iterdir())
    maker.make(maker.draft.assets()[0].id, "image", b"another")
    maker.publish()
    for path in old:
        path.write_bytes(b"altered")
    with pytest.raises(MediaPlaceError, match="damaged"):
        go_back(maker.server, maker.place, maker.pack, 1, 2)
    assert ask(conninfo, "SELECT revision FROM univers") == [(2,)]


def test_what_is_missing_or_altered_is_said_and_nothing_is_published(maker: Maker, conninfo: str) -> None:
    maker.draft.add_asset("prop", "sans image")
    first = maker.draft.assets()[0]
    sha = maker.make(first.id, "image", b"soon altered")
    (maker.media.folder / f"{sha}.png").write_bytes(b"\x89PNG\r\n\x1a\nsoon alter?d")
    maker.draft.add_prompt(None, "image", "a {concept}")
    maker.draft.write_prompt(None, "clip", "{konzept} moves")
    found = maker.look()
    assert {one.kind for one in found.problems} == {"file", "placeholder"}
    assert [one.kind for one in found.missing] == ["picture"]
    assert {one.kind for one in found.notes} == {"names"}
    with pytest.raises(Incomplete, match="2 things"):
        send(found, maker.server, maker.place, anyway=True)
    maker.make(first.id, "image", b"made again")
    maker.draft.use_prompt(None, "clip", "")
    found = maker.look()
    with pytest.raises(Incomplete, match="1 thing"):
        send(found, maker.server, maker.place)
    assert ask(conninfo, "SELECT count(*) FROM univers_packs") == [(0,)]
    assert send(found, maker.server, maker.place, anyway=True).revision == 1
    assert ask(conninfo, "SELECT count(*) FROM univers_assets WHERE image_sha256 IS NULL") == [(1,)]


def test_a_file_altered_after_the_preflight_is_never_published(maker: Maker, conninfo: str) -> None:
    found = maker.look()
    path = next(iter(found.taken.files.values()))
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    with pytest.raises(MediaPlaceError, match="altered"):
        maker.publish(found)
    assert ask(conninfo, "SELECT count(*) FROM univers_packs") == [(0,)]
    assert [one.name for one in maker.place.folder.iterdir() if path.stem in one.name] == []


def test_a_slug_that_another_pack_has_is_refused_before_and_at_the_last_moment(
    maker: Maker, conninfo: str, tmp_path: Path
) -> None:
    other = Maker.at(tmp_path / "other", conninfo)
    late = other.look()
    maker.publish()
    assert [one.kind for one in other.look().problems] == ["slug"]
    with pytest.raises(PublishError, match="slug"):
        other.publish(late)
    assert ask(conninfo, "SELECT count(*) FROM univers_packs") == [(1,)]


def test_progress_only_grows_and_a_stop_leaves_the_old_one(maker: Maker, conninfo: str) -> None:
    maker.publish()
    maker.add(*(f"plus {number}" for number in range(70)))
    heard: list[Step] = []
    work = Work(heard.append)
    found = maker.look()

    def stop(step: Step) -> None:
        heard.append(step)
        if step.done > step.total / 2:
            work.stop.set()

    work.tell = stop
    with pytest.raises(StoppedError):
        send(found, maker.server, maker.place, work)
    assert ask(conninfo, "SELECT revision FROM univers") == [(1,)]
    heard.clear()
    done = send(found, maker.server, maker.place, Work(heard.append))
    assert done.revision == 2
    counts = [step.done for step in heard if step.total]
    assert counts == sorted(counts)
    assert counts[-1] == found.bytes


def stands(draft: Draft) -> Status:
    """Asked anew each time."""
    return draft.status


def test_the_draft_says_where_it_stands(maker: Maker) -> None:
    draft = maker.draft
    draft.move_status(Status.READY)
    found = maker.look()
    standing.begin(draft, found)
    assert stands(draft) == Status.PUBLISHING
    assert standing.under_way(draft) == found.request
    standing.failed(draft)
    assert (draft.status, draft.pack.published) == (Status.READY, {})
    standing.begin(draft, found)
    done = maker.publish(found)
    standing.finished(draft, done, found.taken.content)
    assert (draft.status, draft.pack.published["revision"]) == (Status.PUBLISHED, 1)
    draft.update_asset(draft.assets()[0].id, name="changé")
    assert stands(draft) == Status.MODIFIED
    with pytest.raises(PublishError, match="changed after the preflight"):
        standing.begin(draft, found)
    again = maker.look()
    standing.begin(draft, again)
    standing.failed(draft)
    assert stands(draft) == Status.MODIFIED
    standing.taken_back(draft, unpublish(maker.server, maker.pack, 1))
    assert stands(draft) == Status.READY


def test_after_a_crash_the_draft_says_what_is_true(maker: Maker) -> None:
    draft = maker.draft
    found = maker.look()
    standing.begin(draft, found)
    request = standing.under_way(draft)
    assert request is not None
    assert standing.found_of(maker.server, maker.pack, request) is None
    assert standing.reconcile(draft, None) is Status.DRAFT
    standing.begin(draft, found)
    maker.publish(found)  # and the program dies before it can say so
    true = standing.found_of(maker.server, maker.pack, request)
    assert true is not None
    assert standing.reconcile(draft, true) is Status.PUBLISHED


@pytest.mark.parametrize("meanwhile", [Status.READY, Status.FAILED, Status.GENERATING])
def test_whoever_took_it_for_broken_off_does_not_hide_that_it_is_published(
    maker: Maker, meanwhile: Status
) -> None:
    draft, found = maker.draft, maker.look()
    standing.begin(draft, found)
    standing.reconcile(draft, None)  # in another terminal, before the transaction
    if meanwhile is not Status.READY:
        draft.move_status(Status.GENERATING)
    if meanwhile is not Status.GENERATING:
        draft.move_status(meanwhile)
    assert "revision" not in draft.pack.published
    standing.finished(draft, maker.publish(found), found.taken.content)
    if meanwhile is Status.GENERATING:
        assert stands(draft) == Status.GENERATING
        draft.move_status(Status.PUBLISHED)
    assert (stands(draft), draft.pack.published["revision"]) == (Status.PUBLISHED, 1)


def test_who_was_too_slow_takes_nothing_back_of_who_was_quicker(maker: Maker) -> None:
    draft, slow, quick = maker.draft, maker.look(), maker.look()
    standing.begin(draft, slow)
    standing.begin(draft, quick)  # another window, that took the first for broken off
    standing.failed(draft, slow.request)
    assert standing.under_way(draft) == quick.request
    standing.finished(draft, maker.publish(quick), quick.taken.content)
    standing.failed(draft, slow.request)
    assert stands(draft) == Status.PUBLISHED
    standing.failed(draft)
    assert stands(draft) == Status.DRAFT, "control: without knowing whose it is it would be taken back"


def test_a_publication_whose_answer_was_lost_is_noticed(maker: Maker) -> None:
    draft = maker.draft
    found = maker.look()
    assert not standing.noticed(draft, found)
    standing.begin(draft, found)
    maker.publish(found)
    standing.failed(draft)  # nobody knew better then
    assert stands(draft) == Status.DRAFT
    assert standing.noticed(draft, maker.look())
    assert stands(draft) == Status.PUBLISHED
    assert not standing.noticed(draft, maker.look())


def test_a_revision_can_not_be_changed(maker: Maker, conninfo: str) -> None:
    maker.publish()
    for statement in (
        "UPDATE univers_revisions SET author = 'x'",
        "DELETE FROM univers_revisions",
        "TRUNCATE univers_revisions CASCADE",
        "DELETE FROM univers_media",
    ):
        with pytest.raises(Exception, match="only added"):
            ask(conninfo, statement)
