"""Two characters that are one: nothing said of either is lost, and one undo brings both back."""

from __future__ import annotations

from typing import Any

import pytest

from core.bible import Cast, Presence, merge_characters, plan_merge
from core.errors import UsageError
from core.script import Script
from core.story import ProjectStore, Section
from core.story.replica import Replica

TEXT = "PAGE 1\n\nPANEL 1\nMARA: Hm.\nTHE CAPTAIN: Ha.\nThe Captain & Joss: Oh.\n"


def project() -> tuple[ProjectStore, Script, dict[str, str]]:
    store = ProjectStore.create(title="Well")
    store.splice(0, 0, TEXT)
    ids = {
        "Mara": store.add_record(
            Section.CHARACTERS,
            name="Mara",
            role="hero",
            description="Tall.",
            traits=["brave", "shy"],
            aliases=["M."],
            relationships={"Nell": "aunt"},
        ),
        "The Captain": store.add_record(
            Section.CHARACTERS,
            name="The Captain",
            role="villain",
            age="40",
            description="With a hat.",
            notes="Really Mara.",
            traits=["shy", "loud"],
            aliases=["Cap", "mara"],
            pictures=["f" * 64],
            relationships={},
            oddity=[1],
        ),
        "Joss": store.add_record(Section.CHARACTERS, name="Joss"),
        "Nell": store.add_record(Section.CHARACTERS, name="Nell"),
    }
    captain, mara = ids["The Captain"], ids["Mara"]
    store.update_record(Section.CHARACTERS, captain, relationships={mara: "disguise", ids["Joss"]: "mate"})
    store.update_record(Section.CHARACTERS, ids["Joss"], relationships={captain: "boss", mara: "sister"})
    store.update_record(Section.CHARACTERS, ids["Nell"], relationships={"the captain": "enemy", "Ghost": "x"})
    ids["scene"] = store.add_record(
        Section.SCENES,
        title="S",
        characters=[captain, mara, ids["Joss"]],
        panels=[{"characters": ["Cap", 5]}],
    )
    told: dict[str, Any] = {"panel:1:2:characters": ["The Captain", "Joss"], "panel:1:2:notes": "The Captain"}
    ids["page"] = store.add_record(Section.ASSEMBLY, **told)
    store.checkpoint()
    return store, Script(store.text, names=store.names()).complete(), ids


def everything(store: ProjectStore) -> object:
    sections = (Section.CHARACTERS, Section.SCENES, Section.ASSEMBLY)
    return [store.text, *([*store.records(one), *store.trashed(one)] for one in sections)]


def test_all_that_was_said_of_either_is_said_of_the_one_who_stays() -> None:
    store, script, ids = project()
    merged = merge_characters(store, script, ids["Mara"], ids["The Captain"])
    assert merged.differing == (("role", "hero", "villain"),)
    mara, joss, nell = store.characters()
    assert (mara.name, mara.role, mara.age) == ("Mara", "hero", "40")
    assert mara.aliases == ("M.", "The Captain", "Cap")
    assert (mara.description, mara.notes) == ("Tall.\n\nWith a hat.", "Really Mara.")
    assert (mara.traits, mara.pictures) == (("brave", "shy", "loud"), ("f" * 64,))
    assert mara.extra["oddity"] == [1]
    assert mara.relationships == {"Nell": "aunt", joss.id: "mate"}
    assert joss.relationships == {mara.id: "sister, boss"}
    assert nell.relationships == {mara.id: "enemy", "Ghost": "x"}
    (scene,) = store.scenes()
    assert (scene.characters, scene.panels) == ((mara.id, joss.id), ({"characters": ["Mara", 5]},))
    (page,) = store.pages()
    assert page.extra["panel:1:2:characters"] == ["Mara", "Joss"]
    assert page.extra["panel:1:2:notes"] == "The Captain"
    assert [one.id for one in store.trashed(Section.CHARACTERS)] == [ids["The Captain"]]
    assert store.text == TEXT
    presence = Presence(script, Cast(store.characters())).complete()
    assert (presence.of(mara.id).lines, presence.unknown()) == (3, [])


def test_one_undo_brings_both_back_and_redo_makes_them_one_again() -> None:
    store, script, ids = project()
    before = everything(store)
    merged = merge_characters(store, script, ids["Mara"], ids["The Captain"], rename_cues=True)
    assert merged.cues == 2
    assert store.text == TEXT.replace("THE CAPTAIN", "MARA").replace("The Captain &", "Mara &")
    after = everything(store)
    assert store.undo()
    assert everything(store) == before
    assert store.redo()
    assert everything(store) == after


def test_what_another_wrote_meanwhile_survives_the_merge_and_its_undo() -> None:
    store, script, ids = project()
    other = Replica([store.snapshot()])
    there = ProjectStore.load(store.project_id, [other.snapshot()])
    there.update_record(Section.CHARACTERS, ids["The Captain"], voice="Hoarse.")
    there.update_record(Section.CHARACTERS, ids["Mara"], traits=["brave", "shy", "old"])
    merge_characters(store, script, ids["Mara"], ids["The Captain"])
    store.receive([there.updates_since(store.version)])
    (captain,) = store.trashed(Section.CHARACTERS)
    assert getattr(captain, "voice") == "Hoarse."  # noqa: B009 - of a record of any kind
    assert set(store.characters()[0].traits) == {"brave", "shy", "old", "loud"}
    assert store.undo()
    assert {one.name for one in store.characters()} == {"Mara", "The Captain", "Joss", "Nell"}
    assert "old" in store.characters()[0].traits


def test_a_preview_changes_nothing_and_says_the_same() -> None:
    store, script, ids = project()
    before, can_undo = everything(store), store.can_undo
    plan = plan_merge(store, script, ids["Mara"], ids["The Captain"], rename_cues=True)
    assert everything(store) == before
    assert store.can_undo == can_undo
    done = merge_characters(store, script, ids["Mara"], ids["The Captain"], rename_cues=True)
    assert (plan.fields, plan.cues, plan.edits) == (done.fields, done.cues, done.edits)


@pytest.mark.parametrize("pair", [("Mara", "Mara"), ("Mara", "nobody"), ("nobody", "Mara")])
def test_who_is_not_there_or_already_one_is_refused(pair: tuple[str, str]) -> None:
    store, script, ids = project()
    before = everything(store)
    with pytest.raises(UsageError):
        merge_characters(store, script, *(ids.get(name, name) for name in pair))
    assert everything(store) == before


def test_names_that_differ_by_an_accent_become_one_with_both_spellings() -> None:
    store = ProjectStore.create()
    keep, gone = (store.add_record(Section.CHARACTERS, name=name) for name in ("Élodie", "Elodie"))
    merge_characters(store, Script("").complete(), keep, gone)
    (elodie,) = store.characters()
    assert (elodie.name, elodie.aliases) == ("Élodie", ("Elodie",))
