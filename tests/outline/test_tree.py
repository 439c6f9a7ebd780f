"""Folding: what is shown, what is remembered, and that a page is known by its key."""

from __future__ import annotations

from core.script import Script, parse
from screens.widgets.outline_tree import Folds, OutlineTree, figures, label, turns

TEXT = """\
CHAPTER 1 : Night

PAGE 1 :
PANEL 1 :
A
PANEL 2 :
B

PAGE 2 :
PANEL 1 :
C

CHAPTER 2 : Day

PAGES 3-4 :
PANEL 1 :
D
"""


def shown(tree: OutlineTree) -> list[str]:
    return [label(tree.items[tree.item_at(row)]) for row in range(tree.height)]


def tree_of(script: Script, folds: Folds | None = None, cursor: int = 0) -> OutlineTree:
    tree = OutlineTree(script.outline(), folds)
    tree.follow(cursor)
    return tree


def test_only_the_page_with_the_cursor_shows_its_panels_until_the_writer_says_otherwise() -> None:
    tree = tree_of(parse(TEXT), cursor=8)
    assert shown(tree) == ["Chapter 1  Night", "Page 1", "Page 2", "Panel 1  C", "Chapter 2  Day", "Page 3–4"]
    tree.fold(1, opened=True)
    tree.fold(4, opened=False)
    assert shown(tree)[:5] == ["Chapter 1  Night", "Page 1", "Panel 1  A", "Panel 2  B", "Page 2"]


def test_a_folded_chapter_hides_its_pages_and_holds_the_cursor() -> None:
    tree = tree_of(parse(TEXT), cursor=9)
    tree.fold(0, opened=False)
    assert shown(tree) == ["Chapter 1  Night", "Chapter 2  Day", "Page 3–4"]
    assert tree.current == 0
    tree.fold_all(opened=False)
    assert shown(tree) == ["Chapter 1  Night", "Chapter 2  Day"]
    tree.fold_all(opened=True)
    assert tree.height == len(tree.items)


def test_every_row_is_the_row_of_its_item() -> None:
    tree = tree_of(parse(TEXT))
    for opened in (True, False):
        tree.fold_all(opened=opened)
        assert [tree.row_of(tree.item_at(row)) for row in range(tree.height)] == list(range(tree.height))


def test_folds_stay_with_their_page_when_text_is_put_in_above() -> None:
    script, folds = parse(TEXT), Folds()
    tree_of(script, folds).fold(1, opened=True)
    script.splice(0, 0, "PAGE 0 :\nPANEL 1 :\n\n")
    script.complete()
    tree = tree_of(script, folds)
    assert "Panel 2  B" in shown(tree)
    script.splice(script.lines.text().index("PAGE 1"), 0, "\n")
    assert "Panel 2  B" in shown(tree_of(script.complete(), folds))


def test_a_folded_chapter_stays_folded_when_it_gets_another_title() -> None:
    script, folds = parse(TEXT), Folds()
    tree_of(script, folds).fold(0, opened=False)
    script.splice(TEXT.index("Night"), 5, "Dawn")
    assert shown(tree_of(script.complete(), folds)) == ["Chapter 1  Dawn", "Chapter 2  Day", "Page 3–4"]


def test_a_scene_in_the_middle_of_a_page_is_under_the_page() -> None:
    tree = tree_of(parse("PAGE 1\nPANEL 1\nA\nSCENE 2 : Bar\nPANEL 2\nB\nSCENE 3 : End\nPAGE 2\n"))
    heads = [label(item) for at, item in enumerate(tree.items) if tree.parent(at) is None]
    assert heads == ["Page 1", "End", "Page 2"]


def test_the_leaf_is_turned_behind_odd_pages_and_hints_are_counted() -> None:
    items = [item for item in parse(TEXT).outline() if item.key]
    assert [turns(item) for item in items] == [True, False, False]
    assert figures(items[0], {items[0].key: 2}) == "▲2 2 · 0"
    assert figures(items[1], {items[0].key: 2}) == "1 · 0"
