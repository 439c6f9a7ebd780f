"""The unified document goes out and in without loss, ours as well as what the old web app wrote."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import DocumentError
from core.story import PACK_SECTIONS, ProjectStore, Replica, Section
from core.story.summary import Summary
from core.story.unified import from_unified_json, to_unified_json
from tests.story.acting import ACTIONS, Action, state

ZERO = {"pages": 0, "panels": 0, "chapters": 0, "words": 0, "characters": 0, "dialogues": 0}
NOW = "2025-07-06T10:00:00.000Z"


def no_figures(_: str) -> Summary:
    return Summary(dict(ZERO), [])


def there_and_back(document: dict[str, Any]) -> dict[str, Any]:
    written = json.dumps(to_unified_json(from_unified_json(document), statistics=no_figures))
    return json.loads(written)  # type: ignore[no-any-return]


def old_document(**parts: Any) -> dict[str, Any]:
    """What the old app's server wrote."""
    return {
        "script": {"content": "PAGE 1 :\n", "title": "T", "stats": ZERO, "fileTree": [], "lastModified": NOW},
        "characters": {"characters": [], "lastModified": NOW},
        "backgrounds": {"backgrounds": [], "lastModified": NOW},
        "scenes": {"scenes": [], "lastModified": NOW},
        "assembly": {"pages": [], "currentPage": 1, "totalPages": 0, "lastModified": NOW},
        "metadata": {"version": 1, "savedAt": NOW, "savedBy": "u1"},
        **parts,
    }


def test_what_the_old_app_wrote_comes_back_whole() -> None:
    document = old_document(
        characters={
            "characters": [
                {
                    "id": "character_17",
                    "name": "Aki",
                    "description": "",
                    "traits": [],
                    "relationships": {"Bo": "friend"},
                    "image_url": None,
                    "created_at": NOW,
                    "metadata": {"name": "Aki", "traits": ["x"], "is_permanent": True},
                    "style": "shonen",
                }
            ],
            "lastModified": NOW,
        },
        decors={"decors": [{"id": str(uuid4()), "name": "Roof", "timeOfDay": "dawn"}]},
        scenes={"scenes": [{"id": "s1", "name": "S", "characters": ["character_17"], "panels": [{"id": 1}]}]},
        assembly={
            "pages": [{"id": "page-1", "number": 1, "panels": [], "layout": "splash", "lastModified": NOW}],
            "currentPage": 1,
            "totalPages": 1,
            "lastModified": NOW,
            "canvasState": {"position": {"x": 100, "y": 200}, "zoom": 50, "currentPageId": "page-1"},
        },
        somethingNew={"x": [1]},
    )
    back = there_and_back(document)
    for part in ("script", "somethingNew"):
        assert back[part] == document[part]
    assert back["assembly"]["canvasState"] == document["assembly"]["canvasState"]
    assert {k: v for k, v in back["metadata"].items() if k != "genko"} == document["metadata"]
    for part, name in (("characters",) * 2, ("decors",) * 2, ("scenes",) * 2, ("assembly", "pages")):
        for old, new in zip(document[part][name], back[part][name], strict=True):
            assert {k: v for k, v in new.items() if k != "genkoId"} == old
    again = there_and_back(back)
    assert again == back


def test_records_of_the_old_app_are_typed_here() -> None:
    store = from_unified_json(
        old_document(
            characters=[{"id": "c1", "name": "Aki", "traits": "brave"}],
            decors={"decors": [{"id": "d1", "name": "Roof", "timeOfDay": "dawn"}]},
            backgrounds={"backgrounds": [{"id": "d1", "name": "Sky", "type": "exterior"}, "odd"]},
        )
    )
    assert (store.meta.title, store.text) == ("T", "PAGE 1 :\n")
    (aki,) = store.characters()
    assert (aki.name, aki.traits, aki.extra) == ("Aki", (), {"id": "c1", "traits": "brave"})
    assert [(b.name, b.kind, b.time_of_day) for b in store.backgrounds()] == [
        ("Sky", "exterior", ""),
        ("Roof", "", "dawn"),
    ]
    assert to_unified_json(store, statistics=no_figures)["backgrounds"]["backgrounds"][1] == "odd"  # type: ignore[index,call-overload]
    assert not store.can_undo
    store.update_record(Section.CHARACTERS, aki.id, traits=["shy"])
    assert store.characters()[0].traits == ("shy",)


@pytest.mark.parametrize(
    "scene",
    [
        {"camera_plan": "close-up"},
        {"cameraAngle": "close-up"},
        {"camera_plan": "", "cameraAngle": "close-up"},
        {"scene_settings": {"cameraAngle": "close-up", "mood": "calm", "additionalDetails": "rain"}},
        {"metadata": {"scene_settings": {"camera_plan": "close-up"}}},
        {"camera_plan": "close-up", "cameraAngle": "wide"},
    ],
)
def test_the_camera_of_an_old_scene_is_read_whatever_it_is_called(scene: dict[str, Any]) -> None:
    document = old_document(scenes={"scenes": [{"id": "s1", "name": "S", **scene}]})
    (read,) = from_unified_json(document).scenes()
    assert read.camera == "close-up"
    if "additionalDetails" in str(scene):
        assert (read.mood, read.details) == ("calm", "rain")
    back = there_and_back(document)["scenes"]["scenes"][0]
    assert {key: back[key] for key in scene if scene[key]} == {k: v for k, v in scene.items() if v}


@pytest.mark.parametrize("odd", [{"cameraAngle": 5}, {"scene_settings": "wide"}, {"scene_settings": [1]}, {}])
def test_an_old_scene_with_an_odd_camera_has_none(odd: dict[str, Any]) -> None:
    (read,) = from_unified_json(old_document(scenes=[{"id": "s1", **odd}])).scenes()
    assert read.camera == ""
    assert {key: read.extra[key] for key in odd} == odd


def test_figures_are_counted_and_not_believed() -> None:
    text = "CHAPITRE 1 : Le rêve\n\nPAGE 1 :\n\nPANEL 1 :\n(He wakes.)\nAKIRA : Hm.\n"
    document = old_document(script={"content": text, "title": "T", "stats": {"pages": 99}, "fileTree": [1]})
    out = to_unified_json(from_unified_json(document), modified=NOW)
    script: Any = out["script"]
    assert script["stats"]["pages"] == script["stats"]["panels"] == script["stats"]["chapters"] == 1
    assert set(script["stats"]) == set(ZERO)
    (chapter,) = script["fileTree"]
    assert (chapter["type"], chapter["lineNumber"]) == ("chapter", 1)
    assert chapter["children"][0]["children"][0]["content"] == "PANEL 1 :"
    assert script["lastModified"] == out["assembly"]["lastModified"] == NOW  # type: ignore[index,call-overload]


@pytest.mark.parametrize("bad", [{}, [], {"script": []}, {"script": {"content": 5}}, {"script": None}])
def test_what_is_no_unified_document_is_refused(bad: Any) -> None:
    with pytest.raises(DocumentError, match="no unified document"):
        from_unified_json(bad)


def test_words_no_database_can_hold_are_replaced_at_the_door() -> None:
    document = old_document(
        script={"content": "a\x00b\r\nc\ud800"}, scenes=[{"title": "x\x00", "\x00": "\udfff"}]
    )
    store = from_unified_json(document)
    assert store.text == "a\ufffdb\nc\ufffd"
    assert store.scenes()[0].title == "x\ufffd"
    json.dumps(to_unified_json(store)).encode()


NUMBERS = st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False)
JSON = st.recursive(
    st.none() | st.booleans() | NUMBERS | st.text("ab\n原"),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from("abc"), inner, max_size=2),
    max_leaves=4,
)
ODD_RECORD = st.dictionaries(
    st.sampled_from(["name", "description", "traits", "relationships", "panels", "number", "metadata", "x"]),
    JSON,
    max_size=4,
)


@settings(max_examples=100, deadline=None)
@given(st.lists(ODD_RECORD, max_size=3), st.lists(ODD_RECORD, max_size=2), JSON, JSON)
def test_any_fields_come_back_as_they_were(
    people: list[dict[str, Any]], pages: list[dict[str, Any]], extra: Any, more: Any
) -> None:
    document = old_document(
        characters={"characters": people, "note": extra, "lastModified": NOW},
        assembly={"pages": pages, "currentPage": more, "totalPages": len(pages), "lastModified": NOW},
        metadata={"version": 1, "genko": {"language": "fr", "goal": [more]}},
    )
    back = there_and_back(document)
    assert [{k: v for k, v in r.items() if k != "id"} for r in back["characters"]["characters"]] == people
    assert [{k: v for k, v in r.items() if k != "id"} for r in back["assembly"]["pages"]] == pages
    assert back["characters"]["note"] == extra
    assert back["assembly"]["currentPage"] == more
    assert back["metadata"]["genko"]["goal"] == [more]
    assert there_and_back(back) == back


def book_state(store: ProjectStore) -> dict[str, Any]:
    return {key: value for key, value in state(store).items() if key not in PACK_SECTIONS}


@settings(max_examples=60, deadline=None)
@given(st.lists(ACTIONS, min_size=3, max_size=14))
def test_a_project_comes_back_from_its_own_document(actions: list[Action]) -> None:
    store = ProjectStore.create(title="T", language="fr", direction="rtl")
    for action in actions:
        action(store)
    document = json.loads(json.dumps(to_unified_json(store, statistics=no_figures)))
    again = from_unified_json(document)
    assert book_state(again) == book_state(store), "a draft's records have no place in that form"
    assert to_unified_json(Replica([again.snapshot()]), statistics=no_figures) == document
