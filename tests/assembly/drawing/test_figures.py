"""Who is drawn how: by the words of bible and script, in three languages; and words that leave them room."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.assembly.drawing.acting import Acting, Feeling, Pose, acting_of, over_shoulder
from core.assembly.drawing.balloons import tail_tip
from core.assembly.drawing.faces import Faces
from core.assembly.drawing.framing import Shot, is_crowded, is_silhouette, shot_of
from core.assembly.drawing.shapes import Form, Words
from core.assembly.drawing.sketch import Look, draw_items
from core.assembly.drawing.traits import Hair, introduced, traits_of
from core.assembly.lettering import place_balloons
from core.assembly.plan import BalloonKind, Rect
from tests.assembly.drawing.books import balloon, book, page, panel

FACES = Faces(lambda: iter(()))
SPEECH = BalloonKind.SPEECH


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("thirty, cardigan, pencil in her bun", {"hair": Hair.BUN, "child": False}),
        ("eight, under her blanket", {"child": True, "old": False}),
        ("fifty, hat, overcoat", {"hat": True, "child": False}),
        ("huit ans, cheveux longs, lunettes", {"hair": Hair.LONG, "child": True, "glasses": True}),
        ("un vieillard chauve, barbe blanche", {"hair": Hair.BALD, "old": True, "beard": True}),
        ("八歳の少女、三つ編み、帽子", {"hair": Hair.TAIL, "child": True, "hat": True}),
        ("thirty-eight, a tall woman", {"child": False, "old": False}),
    ],
)
def test_looks_follow_the_words(words: str, wanted: dict[str, object]) -> None:
    found = traits_of("Somebody", words)
    assert {name: getattr(found, name) for name in wanted} == wanted


def test_the_script_introduces_whom_the_bible_does_not_know() -> None:
    assert introduced("Wren", "A bedroom. WREN, eight, in bed. It rains.") == "eight, in bed"
    assert introduced("Wren", "Wren opens the door.") == ""
    assert traits_of("Ann", "") == traits_of("Ann", "")
    assert len({traits_of(f"Somebody {at}", "") for at in range(20)}) > 10


@pytest.mark.parametrize(
    ("description", "wanted"),
    [
        ("Ann runs. Bob sits on the stairs.", Acting(Pose.RUN)),
        ("Ann, from behind, at the window.", Acting(back=True)),
        ("Anne ! Ann pleure, le combiné à la main.", Acting(Pose.CALL, Feeling.SAD)),
        ("Bob sits on the stairs.", Acting()),
    ],
)
def test_only_what_is_said_of_somebody_is_played(description: str, wanted: Acting) -> None:
    assert acting_of("Ann", description, alone=False) == wanted


def test_shots_are_known_in_three_languages() -> None:
    assert [shot_of(one) for one in ("Au loin, un phare.", "アップ。", "A tree.")] == [
        Shot.FAR,
        Shot.CLOSE,
        Shot.MEDIUM,
    ]
    assert is_silhouette("Elle, à contre-jour.")
    assert is_crowded("群衆の中。")
    assert over_shoulder("Over Ann's shoulder: Bob.")
    assert not is_silhouette("Ann.")
    assert not is_crowded("Ann.")
    assert not over_shoulder("Her shoulder hurts.")


def test_a_tail_crosses_no_other_balloon() -> None:
    box, head = Rect(0, 0, 100, 100), Rect(40, 70, 10, 12)
    high = balloon(SPEECH, "Oh.", 1, Rect(30, 2, 30, 14), "ANN")
    low = balloon(SPEECH, "No.", 2, Rect(30, 30, 30, 14), "BOB")
    free, barred = tail_tip(high, head, box), tail_tip(high, head, box, [high, low])
    assert free is not None
    assert barred is not None
    assert free[1] > 44
    assert barred[1] < 30


def test_words_leave_the_foot_of_a_panel_to_those_who_speak() -> None:
    room = Rect(14, 12, 76, 72)
    words = [
        (SPEECH, "A", "I have a train at seven, and a post to take up."),
        (SPEECH, "B", "Trains are late."),
    ]
    assert all(one.box.bottom < room.y + 0.7 * room.height for one in place_balloons(room, words))
    crowd = place_balloons(Rect(14, 12, 158, 231), words * 6)
    assert len({round(one.box.y) for one in crowd}) < len(crowd)
    assert all(one.box.width < 0.72 * 158 for one in crowd)


def test_a_page_has_one_size_of_words_and_no_word_is_cut() -> None:
    texts = ("Massachusetts?", "I have a post on the coast to take up. I have a train at seven.", "Oh.")
    boxes = (Rect(20, 20, 30, 14), Rect(60, 20, 36, 22), Rect(120, 20, 30, 20))
    said = [
        balloon(SPEECH, text, at, box) for at, (text, box) in enumerate(zip(texts, boxes, strict=True), 1)
    ]
    drawn = draw_items(page(1, panel("1", Rect(14, 12, 150, 100), *said)), book(), FACES, Look(margins=False))
    words = [item for item in drawn.items if isinstance(item, Words) and item.y > 16]
    assert len({round(item.size, 3) for item in words if item.text in ("Massachusetts?", "Oh.")}) == 1
    assert "Massachusetts?" in [item.text for item in words]
    sizes = [item.size for item in words]
    assert min(sizes) > 0.79 * max(sizes)
    assert all(1.6 <= size <= 3.2 for size in sizes)


def test_figures_look_different_and_shadows_have_no_faces() -> None:
    box = Rect(14, 12, 150, 100)
    seen = {}
    for says in ("Ann stands.", "Ann from behind.", "Ann sits, crying.", "Ann in silhouette."):
        drawn = draw_items(
            page(1, panel("1", box, who=("Ann",), says=says)), book(), FACES, Look(descriptions=False)
        )
        seen[says] = tuple(item for item in drawn.items if isinstance(item, Form))
    assert len(set(seen.values())) == 4
    assert len(seen["Ann in silhouette."]) < len(seen["Ann stands."])


def test_who_is_there_does_not_play_what_is_said_of_others() -> None:
    both = panel("1", Rect(14, 12, 70, 70), who=("Ann", "Bob"))
    drawn = []
    for says in ("Bob cries.", "Nothing happens.", "Cries."):
        alone = panel("2", Rect(14, 100, 70, 70), who=("Ann",), says=says)
        one = page(1, both, alone)
        whole = book()
        items = draw_items(one, replace(whole, pages=(one,)), FACES, Look(descriptions=False)).items
        drawn.append(tuple(item for item in items if isinstance(item, Form)))
    assert drawn[0] == drawn[1] != drawn[2]
