"""`genko pages` and `genko canvas` on the command line."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Genko

SCRIPT = (
    "PAGE 1\n\nPANEL 1\nMara.\nMARA: Hi.\n\nPANEL 2\nTOM: Yes?\n\nPAGES 2-3 (3 panels)\n\nPANEL 1\nThe sea.\n"
)
CANVAS = {
    "page_number": 1,
    "content": {
        "stage": {
            "children": [
                {"type": "panel", "x": 0, "y": 0, "width": 1200, "height": 800},
                {"type": "panel", "x": 0, "y": 820, "width": 1200, "height": 780},
                {"type": "dialogue", "text": "Hello", "x": 50, "y": 900, "width": 200, "height": 90},
                {"type": "vector"},
            ]
        }
    },
}


def test_the_book_is_listed_with_what_differs_and_how_far_it_is(genko: Genko, tmp_path: Path) -> None:
    path = tmp_path / "lampe.txt"
    path.write_text(SCRIPT, encoding="utf-8")
    assert genko("import", path, "--as", "Lampe").status == 0
    for wanted in ("Lampe", path):
        listed = genko("pages", wanted)
        assert listed.status == 0
        assert "2–3   both   1" in listed.out
        assert "page 2–3: The heading says 3 panels; the script has 1." in listed.out
        assert "page 1: Panel 2 has no description." in listed.out
        assert "3 panels: 3 script. 0 % of the work." in listed.out
    found = genko("pages", "Lampe", "--json").json()
    assert [page["numbers"] for page in found["pages"]] == [[1], [2, 3]]
    assert found["differences"] == {"stated": 1}
    assert found["progress"]["statuses"]["script"] == 3
    assert genko("pages", "nothing like it").status == 1


def test_an_old_canvas_is_reported_and_comes_in_once(genko: Genko, tmp_path: Path) -> None:
    script, old = tmp_path / "lampe.txt", tmp_path / "canvas.json"
    script.write_text(SCRIPT, encoding="utf-8")
    old.write_text(json.dumps(CANVAS), encoding="utf-8")
    assert genko("import", script, "--as", "Lampe").status == 0
    told = genko("canvas", old)
    assert told.status == 0
    assert "1 page, 4 elements: 1 can't come in." in told.out
    assert "Nothing was changed" in told.out
    assert len(genko("pages", "Lampe", "--json").json()["pages"]) == 2
    brought = genko("canvas", old, "--into", "Lampe", "--json").json()
    assert brought["brought"] == {"pages": 1, "there_before": 0}
    assert [row["mapped"] for row in brought["elements"]] == [True, True, True, False]
    page = genko("pages", "Lampe", "--json").json()["pages"][-1]
    assert (page["origin"], page["numbers"], len(page["panels"])) == ("inserted", [4], 2)
    assert page["panels"][1]["balloons"] == 1
    assert "had come in before" in genko("canvas", old, "--into", "Lampe").out
    old.write_text("{", encoding="utf-8")
    broken = genko("canvas", old, "--into", "Lampe")
    assert (broken.status, broken.out) == (1, "")
    assert "not JSON" in broken.err
    assert genko("canvas", tmp_path / "none.json").status == 1
