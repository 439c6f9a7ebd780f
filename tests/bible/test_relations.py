"""What two are to each other is said on both records, and nothing is lost when one of them is."""

from __future__ import annotations

import pytest

from core.bible import Cast, RelationMap, inverses, relate, relation_words, relations_of, unrelate
from core.bible.kinship import KINSHIP
from core.errors import UsageError
from core.script.renaming import same_name
from core.story import ProjectStore, Section


def project(*names: str) -> tuple[ProjectStore, list[str]]:
    store = ProjectStore.create()
    return store, [store.add_record(Section.CHARACTERS, name=name) for name in names]


def told(store: ProjectStore) -> dict[str, dict[str, str]]:
    return {one.name: dict(one.relationships) for one in store.characters()}


def test_both_sides_are_said_in_one_step() -> None:
    store, (mara, joss) = project("Mara", "Joss")
    relate(store, mara, joss, "brother", "sister")
    assert told(store) == {"Mara": {joss: "brother"}, "Joss": {mara: "sister"}}
    store.undo()
    assert told(store) == {"Mara": {}, "Joss": {}}
    store.redo()
    relate(store, mara, joss, "", "twin")
    assert told(store) == {"Mara": {}, "Joss": {mara: "twin"}}
    unrelate(store, mara, joss)
    assert told(store) == {"Mara": {}, "Joss": {}}
    for pair in ((mara, mara), (mara, "nobody")):
        with pytest.raises(UsageError):
            relate(store, *pair, "a", "b")


def test_two_writers_relations_both_survive() -> None:
    store, (mara, joss, nell) = project("Mara", "Joss", "Nell")
    there = ProjectStore.load(store.project_id, [store.snapshot()])
    relate(store, mara, joss, "brother", "sister")
    relate(there, mara, nell, "friend", "friend")
    store.receive([there.updates_since(store.version)])
    assert told(store)["Mara"] == {joss: "brother", nell: "friend"}


def test_a_relation_by_name_of_an_old_document_is_the_same_relation() -> None:
    store, (mara, joss) = project("Mara", "Joss")
    store.update_record(Section.CHARACTERS, mara, relationships={"JOSS": "brother", "Ghost": "mother"})
    (character, _) = store.characters()
    assert [
        (one.name, one.word, one.other is None) for one in relations_of(character, Cast(store.characters()))
    ] == [*(("Ghost", "mother", True), ("Joss", "brother", False))]
    relate(store, mara, joss, "twin", "twin")
    assert told(store)["Mara"] == {joss: "twin", "Ghost": "mother"}
    unrelate(store, mara, "Ghost")
    assert told(store)["Mara"] == {joss: "twin"}


def test_who_was_deleted_elsewhere_is_on_the_map_by_name_and_stays_in_the_record() -> None:
    store, (mara, joss) = project("Mara", "Joss")
    relate(store, mara, joss, "brother", "sister")
    there = ProjectStore.load(store.project_id, [store.snapshot()])
    there.delete_record(Section.CHARACTERS, joss)
    store.receive([there.updates_since(store.version)])
    former = store.former_names(Section.CHARACTERS)
    drawn = RelationMap(store.characters(), former)
    assert [(node.name, node.lost) for node in drawn.nodes] == [("Mara", False), ("Joss", True)]
    assert "(Joss)" in "".join(text for line in drawn.text(40, 9) for text, _ in line)
    assert told(store) == {"Mara": {joss: "brother"}}
    assert [node.name for node in RelationMap(store.characters()).nodes] == ["Mara", "somebody deleted"]


def test_the_most_connected_come_first_and_each_pair_once() -> None:
    store, ids = project("A", "B", "C", "D")
    a, b, c, _ = ids
    relate(store, b, c, "x", "y")
    relate(store, c, a, "z", "")
    store.update_record(Section.CHARACTERS, b, relationships={c: "x", b: "self", "c": "w"})
    drawn = RelationMap(store.characters())
    assert [node.name for node in drawn.nodes] == ["C", "A", "B", "D"]
    edges = {(edge.first, edge.second): ({*edge.forth.split(", ")}, edge.back) for edge in drawn.edges}
    assert edges == {(b, c): ({"x", "w"}, "y"), (a, c): ({""}, "z")}


@pytest.mark.parametrize("language", KINSHIP)
def test_every_word_has_an_inverse_whose_inverse_it_is(language: str) -> None:
    for word in relation_words(language):
        answers = inverses(word, language)
        assert answers
        assert all(word in inverses(answer, language) for answer in answers)


def test_the_words_that_are_offered() -> None:
    assert inverses("Mother") == ("child", "daughter", "son")
    assert inverses("sister") == ("sibling", "brother", "sister")
    assert inverses("MÈRE", "fr") == ("enfant", "fille", "fils")
    assert inverses("姉", "ja") == ("妹", "弟")
    assert inverses("rival", "fr")[0] == "rivale"
    assert inverses("nemesis") == ()
    assert relation_words("xx") == relation_words("en")
    for language in KINSHIP:
        words = relation_words(language)
        assert len({same_name(word) for word in words}) == len(words)
