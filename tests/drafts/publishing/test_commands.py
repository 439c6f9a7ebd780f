"""The same by command, for scripts: publish, look, go back, export, clear; and after a kill."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.drafts import Drafts
from core.drafts.publishing import standing
from core.paths import Paths
from tests.cli.conftest import Genko
from tests.drafts.publishing.child import maker_of
from tests.drafts.publishing.packs import NAMES, ask


@pytest.fixture
def drafts(home: Path, conninfo: str, monkeypatch: pytest.MonkeyPatch) -> Drafts:
    """A library with one draft of two assets, and a server named by the environment."""
    monkeypatch.setenv("GENKO_DATABASE_URL", conninfo)
    drafts = Drafts(Paths.from_environment())
    entry = drafts.create("Été", languages=("fr", "en"))
    with drafts.edited(entry.draft_id) as draft:
        maker_of(drafts, draft, conninfo, home).add("chose 0", "chose 1")
    return drafts


def test_a_draft_is_published_by_command(
    drafts: Drafts,
    genko: Genko,
    conninfo: str,
    tmp_path: Path,
) -> None:
    (entry,) = drafts.list()
    looked = genko("drafts", "preflight", "ete", "--json").json()
    assert (looked["ready"], looked["revision"], len(looked["changes"]["added"])) == (True, 0, 2)
    done = genko("drafts", "publish", "ete", "--json").json()
    assert (done["revision"], done["public"], done["sent_bytes"] > 0) == (1, False, True)
    assert ask(conninfo, NAMES) == [("chose 0",), ("chose 1",)]
    assert drafts.entry(entry.draft_id).status.value == "published"
    again = genko("drafts", "publish", "ete")
    assert (again.status, "was published before" in again.out) == (0, True)
    with drafts.edited(entry.draft_id) as draft:
        draft.update_asset(draft.assets()[0].id, name="nouvelle")
    assert genko("drafts", "publish", "ete").status == 0
    assert genko("drafts", "rollback", "ete", "1", "--json").json()["shown"] == 1
    assert drafts.entry(entry.draft_id).status.value == "modified"
    assert genko("drafts", "visibility", "ete", "public", "--json").json()["public"] is True
    told = genko("drafts", "revisions", "ete", "--json").json()
    assert [one["action"] for one in told] == ["visibility", "return", "publish", "publish"]
    assert [one["shown"] for one in told] == [1, 1, 2, 1]  # the word that all answers have
    assert genko("drafts", "verify", "ete", "--json").json()["sound"] is True
    target = tmp_path / "out.zip"
    assert genko("drafts", "export", "ete", target, "--json").json()["files"] == 4
    assert genko("drafts", "collect", "--json").json()["kept"] == 2
    assert genko("drafts", "unpublish", "ete", "--json").json()["shown"] is None
    assert ask(conninfo, NAMES) == []
    refused = genko("drafts", "export", "ete", tmp_path / "x")
    assert (refused.status, "not published now" in refused.err) == (1, True)


def test_after_a_kill_the_next_command_says_what_is_true(
    drafts: Drafts,
    genko: Genko,
    conninfo: str,
    home: Path,
) -> None:
    (entry,) = drafts.list()
    with drafts.edited(entry.draft_id) as draft:
        maker = maker_of(drafts, draft, conninfo, home)
        found = maker.look()
        standing.begin(draft, found)
        maker.publish(found)  # and killed before the draft could say so
    assert drafts.entry(entry.draft_id).status.value == "publishing"
    assert genko("drafts", "publish", "ete", "--json").json()["again"] is True
    assert drafts.entry(entry.draft_id).status.value == "published"
    with drafts.edited(entry.draft_id) as draft:
        draft.add_asset("prop", "sans image")
    lacking = genko("drafts", "publish", "ete")
    assert (lacking.status, "No picture is accepted." in lacking.out) == (1, True)
    assert drafts.entry(entry.draft_id).status.value == "modified"
