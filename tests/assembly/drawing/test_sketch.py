"""What stands on a sketch: every word, everybody, and that it is a sketch."""

from __future__ import annotations

from dataclasses import replace

from core.assembly.drawing import draw_page, svg_page
from core.assembly.drawing.faces import Faces
from core.assembly.drawing.fitting import fit, paragraphs
from core.assembly.drawing.framing import Place, place_of
from core.assembly.drawing.margins import SKETCH
from core.assembly.drawing.shapes import Form, Words, clipped, clipped_line, extent
from core.assembly.drawing.sketch import Drawn, Look, draw_items
from core.assembly.drawing.vertical import columns
from core.assembly.plan import BalloonKind, Direction, Rect
from tests.assembly.drawing.books import ALL_KINDS, balloon, book, full_page, page, panel
from tests.assembly.pages.project import Project

FACES = Faces(lambda: iter(()))


def words_of(drawn: Drawn) -> str:
    return " ".join(item.text for item in drawn.items if isinstance(item, Words))


def letters_of(drawn: Drawn) -> str:
    return "".join(item.text for item in drawn.items if isinstance(item, Words)).replace(" ", "")


def test_every_word_of_every_balloon_is_there_and_who_is_seen_and_that_it_is_a_sketch() -> None:
    shown = letters_of(draw_items(full_page(), book(), FACES))
    for kind in ALL_KINDS:
        assert f"Wordsofa{kind}" in shown
    for wanted in ("Mara", "Tom", "Theharbour", SKETCH.replace(" ", ""), "LowWater"):
        assert wanted in shown


def test_each_kind_of_balloon_looks_another_way() -> None:
    looks = set()
    for kind in ALL_KINDS:
        words = balloon(kind, "Oh.", 1, Rect(30, 30, 40, 20), "MARA")
        drawn = draw_items(page(1, panel("1", Rect(14, 12, 150, 150), words)), book(), FACES)
        looks.add(tuple(item for item in drawn.items if isinstance(item, Form)))
    assert len(looks) == len(ALL_KINDS)


def test_figures_and_descriptions_can_be_left_out() -> None:
    bare = words_of(draw_items(full_page(), book(), FACES, Look(descriptions=False, figures=False)))
    assert "harbour" not in bare
    assert "Mara" not in bare
    assert "speech" in bare


def test_nothing_of_a_panel_lies_outside_of_it() -> None:
    for shot in ("Close-up.", "Wide.", ""):
        box = Rect(40, 60, 50, 44)
        who = ("Ann", "Bea", "Cy", "Dee", "Eve", "Flo")
        small = page(1, panel("1", box, who=who, says=f"{shot} Night, outside."))
        drawn = draw_items(small, book(), FACES, Look(margins=False))
        label_and_frame = 4.0
        for item in drawn.items:
            at = extent(item)
            if isinstance(item, Form):
                assert at.x >= box.x - label_and_frame
                assert at.right <= box.right + label_and_frame
                assert at.bottom <= box.bottom + label_and_frame


def test_a_crowd_is_counted() -> None:
    who = tuple(f"Extra {at}" for at in range(30))
    shown = words_of(draw_items(page(1, panel("1", Rect(10, 10, 160, 100), who=who)), book(), FACES))
    assert "+21" in shown


def test_words_shrink_until_they_fit_and_what_never_fits_is_said() -> None:
    text = paragraphs("never " * 60, FACES, japanese=False)
    large = fit(text, Rect(0, 0, 60, 40), FACES, largest=3.2, smallest=1.0, oval=True)
    assert 1.0 < large.size < 3.2
    assert not large.cut
    assert fit(text, Rect(0, 0, 12, 4), FACES, largest=3.2, smallest=1.0).cut
    words = balloon(BalloonKind.SPEECH, "never " * 900, 1, Rect(20, 20, 20, 10))
    assert draw_items(page(1, panel("1", Rect(14, 12, 100, 100), words)), book(), FACES).cut == 1


def test_lines_stay_within_their_balloon() -> None:
    for width, height in ((60.0, 20.0), (24.0, 50.0), (30.0, 30.0)):
        text = paragraphs("I said the tide keeps what it likes, and it does.", FACES, japanese=False)
        room = Rect(0, 0, width, height)
        found = fit(text, room, FACES, largest=3.2, smallest=0.8, oval=True)
        assert found.height <= height
        for line in found.lines:
            assert sum(FACES.measure(run.text, run.bold) for run in line) * found.size <= width


def test_japanese_pages_read_from_the_right_have_columns_and_others_lines() -> None:
    says = balloon(BalloonKind.SPEECH, "「潮は、気に入ったものは返さん！」", 1, Rect(30, 20, 30, 44))
    one = panel("1", Rect(14, 12, 150, 150), says)
    japanese = book(language="ja", direction=Direction.RTL)
    upright = draw_items(page(1, one, direction=Direction.RTL), japanese, FACES)
    lines = draw_items(page(1, one), book(), FACES)
    assert "潮は" in words_of(lines)
    assert "潮は" not in words_of(upright)
    tide = next(i for i in upright.items if isinstance(i, Words) and i.text == "潮")
    after = next(i for i in upright.items if isinstance(i, Words) and i.text == "は")
    assert after.y > tide.y
    assert "「" not in words_of(upright)


def test_no_column_begins_with_a_full_stop() -> None:
    for length in range(3, 9):
        found = columns("あいうえお。かきくけこ。さしす、せ", float(length), FACES)
        assert all(column[0].text not in "。、" for column in found if column)


def test_the_same_page_gives_the_same_picture_at_the_size_that_was_asked_for() -> None:
    one = draw_page(full_page(), book(), dpi=72)
    two = draw_page(full_page(), book(), dpi=72, faces=Faces())
    assert one.tobytes() == two.tobytes()
    assert one.size == (round(182 / 25.4 * 72), round(257 / 25.4 * 72))
    bled = draw_page(full_page(), book(), dpi=72, trim_only=False)
    assert bled.size == (round(188 / 25.4 * 72), round(263 / 25.4 * 72))
    changed = replace(full_page(), panels=full_page().panels[:1])
    assert draw_page(changed, book(), dpi=72).tobytes() != one.tobytes()


def test_bands_of_a_large_picture_fit_together() -> None:
    from core.assembly.drawing import raster

    whole = raster.Painter(FACES).paint(
        draw_items(full_page(), book(), FACES).items, Rect(0, 0, 182, 60), 150
    )
    before, raster._BAND = raster._BAND, 100_000
    try:
        banded = raster.Painter(FACES).paint(
            draw_items(full_page(), book(), FACES).items, Rect(0, 0, 182, 60), 150
        )
    finally:
        raster._BAND = before
    assert whole.size == banded.size
    pairs = zip(whole.tobytes(), banded.tobytes(), strict=True)
    assert sum(abs(a - b) > 40 for a, b in pairs) < 0.004 * len(whole.tobytes())


def test_clipping_keeps_what_is_inside() -> None:
    box = Rect(0, 0, 10, 10)
    assert clipped([(20, 20), (30, 20), (30, 30)], box) == ()
    assert set(clipped([(-5, -5), (5, -5), (5, 5), (-5, 5)], box)) == {(0, 0), (5, 0), (5, 5), (0, 5)}
    assert clipped_line([(-5, 5), (15, 5)], box) == ((0, 5), (10, 5))


def test_an_svg_has_the_words_for_who_listens_and_no_script() -> None:
    hostile = balloon(
        BalloonKind.SPEECH, "<script>alert(1)</script>&\x00\x0b ]]>", 1, Rect(20, 20, 60, 30), "M"
    )
    text = svg_page(page(1, panel("1", Rect(14, 12, 150, 100), hostile)), book(title='"><b>'))
    assert "<script" not in text
    assert "&lt;script&gt;" in text
    assert "\x00" not in text


def test_a_description_that_says_where_it_is_holds_against_the_heading() -> None:
    assert place_of("", "INT. OFFICE", "Wide. EXT. The roof bursts open.") is Place.OUTSIDE
    assert place_of("exterior", "", "INT. A bedroom, dark.") is Place.INSIDE
    assert place_of("", "INT. OFFICE", "The roof, seen in a drawing.") is Place.INSIDE


def test_no_word_is_cut_in_two_while_smaller_letters_would_do() -> None:
    text = paragraphs("Motif de la demande ?", FACES, japanese=False)
    wide = 0.98 * FACES.measure("demande ?") * 3.2
    fitted = fit(text, Rect(0, 0, wide, 40), FACES, largest=3.2, smallest=1.1)
    assert ["".join(run.text for run in line) for line in fitted.lines][-1].endswith("demande ?")
    tiny = fit(text, Rect(0, 0, 4, 40), FACES, largest=3.2, smallest=3.0)
    assert len(tiny.lines) > len(fitted.lines)


def test_what_the_script_stresses_is_drawn_bold_and_nowhere_with_its_signs() -> None:
    project = Project.with_text(
        "PAGE 1\n\nPANEL 1\n(A roof.)\nMARA: I **never** said *that*.\nSFX: **KRAK**\n"
    )
    written = project.anew().book()
    drawn = draw_items(written.pages[0], written, FACES)
    words = [item for item in drawn.items if isinstance(item, Words)]
    assert {item.text.strip(" .") for item in words if item.bold} >= {"never", "that"}
    assert not any("*" in item.text for item in words)
    assert [balloon.text for balloon in written.pages[0].panels[0].balloons] == ["I never said that.", "KRAK"]
