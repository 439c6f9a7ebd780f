"""Attacks the promise that saving merges and never overwrites, and that psql sees the merged text."""

from __future__ import annotations

import threading

from core.server import Server, ServerSettings
from core.story import Section, covers
from tests.server.saving.machines import TEXT, UPDATES, VERSIONS, Machine


def test_a_saved_script_is_what_psql_reads(each_conninfo: str) -> None:
    with Machine.first(each_conninfo) as akira:
        assert akira.is_dirty()
        result = akira.save()
        assert not akira.is_dirty()
        assert result.number == 1
        assert akira.text_on_server() == akira.store.text


def test_every_later_save_keeps_the_rows_the_merged_text(each_conninfo: str) -> None:
    with Machine.first(each_conninfo, saved=True) as akira:
        for edit in (
            (0, 0, "x"),
            (20, 5, "PAGE 9 :\n"),
            (0, 30, ""),
            (0, 0, "PAGE 1 :\n"),
            (9, 0, "PAGE 4\n"),
        ):
            akira.store.splice(*edit)
            akira.save()
            assert akira.text_on_server() == akira.store.text
        akira.store.replace_text("")
        akira.save()
        assert akira.text_on_server() == ""


def test_two_machines_offline_then_both_saving_lose_nothing(each_conninfo: str) -> None:
    with (
        Machine.first(each_conninfo, saved=True) as akira,
        Machine.fetching(each_conninfo, akira.store.project_id) as ryo,
    ):
        assert ryo.store.text == akira.store.text
        akira.store.splice(akira.store.text.index("dort"), 4, "rêve")
        ryo.store.splice(ryo.store.text.index("夢"), 0, "また")
        ryo.store.splice(ryo.store.text_length, 0, "\nPAGE 4 :\n")
        akira.save()
        ryo.save()
        assert "rêve." in ryo.store.text
        assert "また夢か" in ryo.store.text
        assert ryo.text_on_server() == ryo.store.text
        akira.save()
        assert akira.store.text == ryo.store.text
        assert akira.rows(VERSIONS) == [(1,), (2,), (3,), (4,)]


def test_control_a_client_that_overwrites_would_be_caught(conninfo: str) -> None:
    with (
        Machine.first(conninfo, saved=True) as akira,
        Machine.fetching(conninfo, akira.store.project_id) as ryo,
    ):
        akira.store.splice(0, 0, "AKIRA'S WORDS\n")
        akira.save()
        ryo.store.splice(0, 0, "RYO'S WORDS\n")
        ryo.rows("UPDATE pages SET text = %s WHERE page_key = 'front'", ryo.store.text.split("PAGE")[0])
        assert "AKIRA'S WORDS" not in ryo.text_on_server()


def test_rows_that_somebody_changed_by_hand_are_mended_by_a_new_session(conninfo: str) -> None:
    with Machine.first(conninfo, saved=True) as akira:
        akira.rows(
            "UPDATE pages SET text = 'nonsense' WHERE page_key <> 'front'",
        )
        akira.rows("DELETE FROM pages WHERE page_key = 'front'")
        akira.saver.close()
        with Machine(conninfo, akira.store, [akira.store.snapshot()]) as again:
            again.save()
            assert again.text_on_server() == akira.store.text


def test_many_writers_saving_at_once_end_in_one_text(conninfo: str) -> None:
    with Machine.first(conninfo, saved=True) as akira:
        others = [Machine.fetching(conninfo, akira.store.project_id) for _ in range(4)]

        def write(machine: Machine, name: str) -> None:
            for turn in range(5):
                machine.store.splice(0, 0, f"[{name}{turn}]")
                machine.save()
            machine.saver.close()

        threads = [
            threading.Thread(target=write, args=(machine, name))
            for machine, name in zip(others, "abcd", strict=True)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        akira.save()
        for name in "abcd":
            assert all(f"[{name}{turn}]" in akira.store.text for turn in range(5))
        assert akira.text_on_server() == akira.store.text
        assert akira.rows(VERSIONS) == [(number,) for number in range(1, 23)]


def test_two_machines_that_save_a_new_project_first_at_the_same_time_both_get_through(conninfo: str) -> None:
    akira = Machine.first(conninfo)
    ryo = Machine(conninfo, akira.store.load(akira.store.project_id, [akira.store.snapshot()]))
    ryo.store.splice(0, 0, "Ryo\n")
    threads = [threading.Thread(target=machine.save) for machine in (akira, ryo)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    akira.save()
    assert "Ryo" in akira.store.text
    assert akira.text_on_server() == akira.store.text
    akira.saver.close()
    ryo.saver.close()


def test_records_of_the_bible_are_merged_rows_too(each_conninfo: str) -> None:
    query = """
        SELECT content->>'name' FROM records
        WHERE project_id = %s AND section = 'characters' ORDER BY position
    """
    with Machine.first(each_conninfo) as akira:
        first = akira.store.add_record(Section.CHARACTERS, name="Akira", traits=("calme",))
        akira.store.add_record(Section.CHARACTERS, name="Ryo")
        akira.save()
        assert akira.rows(query) == [("Akira",), ("Ryo",)]
        with Machine.fetching(each_conninfo, akira.store.project_id) as ryo:
            ryo.store.move_record(Section.CHARACTERS, first, 1)
            ryo.store.add_record(Section.SCENES, name="Toit")
            akira.store.update_record(Section.CHARACTERS, first, role="héros")
            ryo.save()
            akira.save()
        assert akira.rows(query) == [("Ryo",), ("Akira",)]
        document = akira.rows("SELECT document FROM unified_documents WHERE project_id = %s")[0][0]
        assert document["characters"]["characters"][1]["role"] == "héros"
        assert document["scenes"]["scenes"][0]["name"] == "Toit"
        akira.store.delete_record(Section.CHARACTERS, first)
        akira.save()
        assert akira.rows(query) == [("Ryo",)]


def test_a_second_machine_gets_the_project_whole_and_then_only_what_is_new(conninfo: str) -> None:
    server = Server(ServerSettings(url=conninfo))
    with Machine.first(conninfo, saved=True) as akira:
        here = akira.store.version
        assert server.load(akira.store.project_id, here).blobs == []
        akira.store.splice(0, 0, "plus ")
        akira.save()
        news = server.load(akira.store.project_id, here)
        assert len(news.blobs) == 1
        assert covers(news.held, akira.store.version)
        assert len(news.blobs[0]) < 500


def test_a_project_the_server_does_not_know_is_empty_and_no_error(conninfo: str) -> None:
    with Machine.first(conninfo) as akira:
        received = akira.server.load(akira.store.project_id)
        assert received.blobs == []
        assert not received.held


def test_lists_of_projects_and_versions_say_who_when_and_how_much(conninfo: str) -> None:
    with Machine.first(conninfo) as akira:
        akira.save(akira.package("premier jet"))
        akira.store.splice(0, 0, "un mot ")
        akira.save()
        (project,) = akira.server.projects()
        assert (project.title, project.pages, project.number) == ("Le rêve", 3, 2)
        newest, oldest = akira.server.versions(akira.store.project_id)
        assert (newest.number, oldest.number, oldest.message) == (2, 1, "premier jet")
        assert newest.words == oldest.words + 2
        assert newest.author == akira.rows("SELECT session_user")[0][0]
        assert akira.server.versions(akira.store.project_id, before=2) == [oldest]


def test_the_versions_frontier_brings_back_the_text_of_then(conninfo: str) -> None:
    from core.story.history import text_at

    with Machine.first(conninfo, saved=True) as akira:
        then = akira.store.text
        akira.store.splice(0, 10, "")
        akira.save()
        _, oldest = akira.server.versions(akira.store.project_id)
        assert text_at([akira.store.snapshot()], oldest.frontier) == then


def test_saving_with_nothing_new_is_still_a_version(conninfo: str) -> None:
    with Machine.first(conninfo, saved=True) as akira:
        akira.save(akira.package("relu"))
        assert len(akira.rows(VERSIONS)) == 2
        assert len(akira.rows(UPDATES)) == 1
        assert akira.rows(TEXT)[0][0] == akira.store.text
