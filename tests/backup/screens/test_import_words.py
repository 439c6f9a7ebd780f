"""An import is told in words before it is done: nothing is left out, nothing harms, nothing is given away."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.backup.plan import Action, Choice, Decisions, ImportReport, Outcome, ProjectPlan
from core.content import Fate
from core.paths import Paths
from screens.backup.importing.arriving import Kind, address_in, is_sealed, kind_of, paths_in, spoken_path
from screens.backup.importing.deciding import (
    choice_of,
    open_differences,
    with_action,
    with_all,
    with_choice,
)
from screens.backup.importing.recent import MOST, recent_folders, remember_folder
from screens.backup.importing.rows import ALL, CHANGES, Listing
from screens.backup.importing.sides import marks_between
from screens.backup.importing.undoing import undo_sentence
from screens.backup.importing.wording import report_sentence, sentence, shown, source_line
from tests.backup.screens.plans import EVIL, OURS, SOURCE, THEIRS, differing, item, merged, plan_of

ANY = Decisions()
STEERING = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def test_the_sentence_says_what_comes_what_is_chosen_and_that_nothing_goes() -> None:
    assert sentence(differing(2), ANY) == (
        "Brings 1 new project (1,020 words) and 1 changed page; 2 of yours differ from it: you choose; "
        "nothing is deleted."
    )


@pytest.mark.parametrize(
    ("section", "outcome", "words"),
    [
        ("script", Outcome.CREATE, "2 new pages"),
        ("assembly", Outcome.UPDATE, "2 changed pages of the book"),
        ("meta", Outcome.UPDATE, "2 changed details of the project"),
        ("versions", Outcome.CREATE, "2 new versions"),
    ],
)
def test_things_are_called_by_their_names(section: str, outcome: Outcome, words: str) -> None:
    plan = plan_of(merged(item("1", outcome, section), item("2", outcome, section)))
    assert sentence(plan, ANY) == f"Brings {words}; nothing is deleted."


def test_what_would_change_nothing_is_not_called_an_import() -> None:
    same = ProjectPlan("a", "A", Action.SAME, "id", (item("1", Outcome.SAME),))
    assert "would change nothing" in sentence(plan_of(same), ANY)
    assert "it was; undo" in sentence(plan_of(ProjectPlan("a", "A", Action.RESTORE, "id")), ANY)
    assert "can't be imported" in sentence(plan_of(same, problems=("it is damaged",)), ANY)


def test_who_has_gone_on_since_a_backup_is_told_so_and_how_to_go_back() -> None:
    newer = item("1", Outcome.SAME, detail="you went on since; it stays as it is")
    plans = [
        ProjectPlan("a", "Night", Action.SAME, "id", (one,), 10, 10)
        for one in (item("1", Outcome.SAME), newer)
    ]
    same, gone_on = (sentence(plan_of(plan), Decisions()) for plan in plans)
    assert "you have gone on since" in gone_on
    assert "r makes a project again what it was" in gone_on
    assert "gone on" not in same
    kept = ProjectPlan("k", "", Action.SAME, "", (item("1", Outcome.SAME, "kept", detail="10 files"),))
    assert "gone on" not in sentence(plan_of(kept), ANY), "nobody goes on with those"
    rows = [Listing((plan,), (), Decisions()).lines("what changes")[0] for plan in plans]
    assert [row.outcome for row in rows] == ["the same already", "yours is newer"]


def test_what_is_settled_at_once_is_not_asked_any_more() -> None:
    plan = differing(3)
    assert "3 of yours differ from it: you choose" in sentence(plan, ANY)
    settled = with_all(ANY, plan, Choice.THEIRS)
    assert list(open_differences(plan, settled)) == []
    assert "you choose" not in sentence(plan, settled)


def test_settling_all_that_are_left_leaves_what_was_settled_one_by_one() -> None:
    plan = differing(3)
    project = plan.projects[0]
    first = with_choice(ANY, project, project.conflicts[1], Choice.BOTH)
    assert len(list(open_differences(plan, first))) == 2
    settled = with_all(first, plan, Choice.THEIRS)
    chosen = [choice_of(settled, project, one) for one in project.conflicts]
    assert chosen == [Choice.THEIRS, Choice.BOTH, Choice.THEIRS]


def test_what_happens_by_itself_is_no_decision() -> None:
    project = differing().projects[0]
    left_out = with_action(ANY, project, Action.SKIP)
    assert left_out.actions == {"night": Action.SKIP}
    assert with_action(left_out, project, None) == ANY


@pytest.mark.parametrize("outcome", list(Outcome))
def test_every_item_is_in_the_list_of_everything_and_under_its_outcome(outcome: Outcome) -> None:
    plan = plan_of(merged(*(item(str(at), one) for at, one in enumerate(Outcome))))
    listing = Listing(plan.projects, (), ANY)
    assert sum(row.kind == "item" for row in listing.lines(ALL)) == len(Outcome)
    names = dict(listing.filters())
    assert names[ALL] == len(Outcome)
    from screens.backup.importing.wording import OUTCOMES

    (only,) = [row.item for row in listing.lines(OUTCOMES[outcome]) if row.item is not None]
    assert only.outcome is outcome


@pytest.mark.parametrize("fate", list(Fate))
def test_every_row_of_old_data_is_told_with_its_fate(fate: Fate) -> None:
    rows = tuple({"where": f"table {one}", "fate": one.value, "title": "", "why": "why"} for one in Fate)
    listing = Listing((), rows, ANY)
    assert sum(row.kind == "row" for row in listing.lines(ALL)) == len(Fate)
    from screens.backup.importing.wording import FATES

    (only,) = [row for row in listing.lines(f"rows: {FATES[fate]}") if row.kind == "row"]
    assert (only.fate or {})["fate"] == fate.value


def test_every_problem_and_every_note_has_a_line_of_its_own() -> None:
    problems = tuple(f"it is damaged in {at} places" for at in range(30))
    listing = Listing((), (), ANY, problems=problems, notes=("it lacks versions",))
    assert [row.detail for row in listing.lines(CHANGES)] == [*problems, "it lacks versions"]


def test_the_filters_count_what_they_show() -> None:
    plan = differing(3)
    listing = Listing(plan.projects, ({"where": "row 1", "fate": "no place"},), ANY)
    for name, count in listing.filters():
        assert count == sum(row.kind in ("item", "row") for row in listing.lines(name)), name


def test_no_title_steers_the_terminal_or_pushes_the_rest_away() -> None:
    evil = merged(item("1", Outcome.CONFLICT, title=EVIL, detail=EVIL), title=EVIL)
    rows = ({"where": EVIL, "fate": "refused", "title": EVIL, "why": EVIL},)
    plan = plan_of(evil, rows=rows)
    said = [sentence(plan, ANY), source_line(plan)]
    said += [f"{row.what}{row.detail}" for row in Listing(plan.projects, rows, ANY).lines(ALL)]
    report = ImportReport("1", SOURCE, "2026-11-21T09:12:03+00:00", (evil,))
    said += [report_sentence(report), undo_sentence(report)]
    for text in said:
        assert not STEERING.search(text), text
        assert len(text) < 1_000
    assert STEERING.search(EVIL)  # the titles do try
    assert "[b]bold[/b]" in shown(EVIL)


@given(st.text(max_size=400))
def test_whatever_is_shown_is_one_line_of_bounded_length(text: str) -> None:
    line = shown(text, 50)
    assert len(line) <= 50
    assert not STEERING.search(line)


def test_both_sides_are_marked_where_they_differ() -> None:
    marks = marks_between(OURS, THEIRS)
    assert [OURS[start:end].strip() for start, end in marks.ours] == [", rain", "Now!"]
    assert [THEIRS[start:end].strip() for start, end in marks.theirs] == ["MARIE", ": Where to?"]


@given(st.text("ab \n", max_size=60), st.text("ab \n", max_size=60))
def test_what_is_not_marked_is_the_same_on_both_sides(ours: str, theirs: str) -> None:
    marks = marks_between(ours, theirs)

    def rest(text: str, places: tuple[tuple[int, int], ...]) -> str:
        return "".join(
            letter for at, letter in enumerate(text) if not any(start <= at < end for start, end in places)
        )

    assert rest(ours, marks.ours) == rest(theirs, marks.theirs)


def test_a_report_says_what_was_done_and_how_to_undo_it() -> None:
    done = differing(1)
    report = ImportReport(
        "1", SOURCE, "2026-11-21T09:12:03+00:00", done.projects, words_before=10, words_after=1040
    )
    said = report_sentence(report)
    assert "2 projects" in said
    assert "10 words before, 1,040 now" in said
    undo = undo_sentence(report)
    assert "“Jungle” goes to the trash" in undo
    assert "In “Night”" in undo
    assert "What you wrote since stays" in undo


# ways in


@pytest.fixture
def night(tmp_path: Path) -> Path:
    """A file with everything in its name that terminals escape."""
    path = tmp_path / "Nuit d'été (2) & [b].genko-backup"
    path.write_bytes(b"PK")
    return path


def test_a_path_is_understood_however_a_terminal_writes_it(night: Path, tmp_path: Path) -> None:
    import shlex
    from urllib.parse import quote

    escaped = re.sub(r"([^\w/.-])", r"\\\1", str(night))
    double = f'"{night}"'
    for text in (str(night), f"{night}\n", f" {shlex.quote(str(night))} ", escaped, double, night.as_uri()):
        assert paths_in(text) == [night], text
    assert quote("é") in night.as_uri()


def test_several_dropped_files_are_several_paths(night: Path, tmp_path: Path) -> None:
    import shlex

    other = tmp_path / "jungle.json"
    other.write_text("{}")
    both = [night, other]
    assert paths_in(f"{shlex.quote(str(night))} {other} ") == both
    assert paths_in(f"{night}\r\n{other}\r\n") == both
    assert paths_in(f"{night.as_uri()} {other.as_uri()}") == both


@pytest.mark.parametrize(
    "text",
    [
        "",
        "AKIRA : Run!",
        "It's late",
        "PAGE 1 :\n\nPANEL 1 :\n",
        "/no/such/file",
        "relative.txt",
        "/tmp\0",
        "/ and /",
    ],
)
def test_a_text_is_not_taken_for_a_path(text: str) -> None:
    assert paths_in(text) == []


def test_folders_are_remembered_newest_first_and_only_while_they_are_there(tmp_path: Path) -> None:
    paths = Paths(*(tmp_path / name for name in ("data", "config", "logs", "state")))
    assert recent_folders(paths) == []
    folders = [tmp_path / str(at) for at in range(MOST + 3)]
    for folder in folders:
        folder.mkdir()
        remember_folder(paths, folder)
    remember_folder(paths, folders[5])
    found = recent_folders(paths)
    assert found[:2] == [folders[5], folders[-1]]
    assert len(found) == len(set(found)) == MOST
    folders[5].rmdir()
    assert folders[5] not in recent_folders(paths)
    (paths.state / "import-folders.json").write_bytes(b"[[")
    assert recent_folders(paths) == []


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://anna:s3cret@db.example.org:5432/mangaka?password=s3cret",
        "postgres://anna:s3cret@db/mangaka",
        "postgresql://s3cret%40@[::1/x",
        "postgresql:///mangaka?user=anna&password=s3cret",
    ],
)
def test_a_password_in_an_address_is_never_shown(address: str) -> None:
    assert address_in(f" {address}\n") == address
    assert not address_in(f"{address}\nPAGE 1")
    spoken = spoken_path(address)
    assert "s3cret" not in spoken
    assert spoken


def test_what_a_file_is_is_told_by_its_content_never_by_its_name(tmp_path: Path) -> None:
    import zipfile

    backup, other = tmp_path / "script.txt", tmp_path / "archive.genko-backup"
    with zipfile.ZipFile(backup, "w") as zipped:
        zipped.writestr("README.txt", "read me")
        zipped.writestr("MANIFEST.json", "{}")
    with zipfile.ZipFile(other, "w") as zipped:
        zipped.writestr("[Content_Types].xml", "")
    assert kind_of(backup) is Kind.BACKUP
    assert kind_of(other) is Kind.SCRIPT
    backup.write_bytes(backup.read_bytes()[:60])  # cut short, and still meant to be one
    assert kind_of(backup) is Kind.BACKUP
    other.write_bytes(b"age-encryption.org/v1\n-> X25519")  # opening it says that it is none of ours
    assert kind_of(other) is Kind.BACKUP
    assert not is_sealed(str(other))
    other.write_bytes(b"GENKO ENCRYPTED BACKUP 1\n")
    assert kind_of(other) is Kind.BACKUP
    assert is_sealed(str(other))
    assert not is_sealed(str(backup))
    other.write_text("PAGE 1 :\n\nPANEL 1 :\n")
    assert kind_of(other) is Kind.SCRIPT


def test_lines_are_where_they_are_looked_for_however_many_there_are() -> None:
    many = [item(f"{at}", Outcome.UPDATE if at % 3 else Outcome.SAME, "script") for at in range(3_000)]
    people = [item(f"p{at}", Outcome.CREATE, "characters") for at in range(5)]
    plan = plan_of(merged(*many, *people), ProjectPlan("b", "B", Action.CREATE), notes=("A note.",))
    places = Listing(plan.projects, (), Decisions(), notes=plan.notes).places("what changes")
    assert len(places) == len(list(places)) == 1 + 1 + 2_000 + 1 + 5 + 1 + 1
    assert [one[2] for one in places[2:2_002]] == [one for one in many if one.outcome is Outcome.UPDATE]
    assert (places[2_002][1], places[2_003][2]) == ("characters", people[0])
    assert places.at_project("b") == 2_008
    assert places[2_008][0] == plan.projects[1]
    assert places.at_project("c") is None
    assert places[len(places) - 1][1:] == ("note", "A note.")
    with pytest.raises(IndexError):
        places[len(places)]
