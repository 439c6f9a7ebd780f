"""The parts of the script tab share one object: no two may give the same private name to different things."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections import defaultdict
from collections.abc import Iterator

from textual.screen import Screen

from screens.ahead import AheadScreen
from screens.workspace import WorkspaceScreen

MEANT: dict[type, set[str]] = {
    AheadScreen: {
        *("_layout_required", "_repaint_required", "_scroll_required"),
        *("_compositor_refresh", "_invoke_and_clear_callbacks"),
    }
}
"""Textual's own, taken on purpose: what was asked for while a screen was hidden is in its first paint, and
that of the app is not held up by one that nobody sees."""


def own_names(cls: type) -> Iterator[str]:
    """What a class defines: methods, class attributes, what its methods set on `self`."""
    body = ast.parse(textwrap.dedent(inspect.getsource(cls))).body[0]
    assert isinstance(body, ast.ClassDef)
    for node in body.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        yield from (target.id for target in targets if isinstance(target, ast.Name))
    for inner in ast.walk(body):
        match inner:
            case ast.Attribute(value=ast.Name(id="self"), attr=name, ctx=ast.Store()):
                yield name


def clashes(top: type) -> dict[str, list[str]]:
    """Private names that several of our classes above `top` define, or that Textual's screens have."""
    owners: dict[str, list[str]] = defaultdict(list)
    for cls in top.__mro__:
        if cls.__module__.split(".")[0] in ("screens", "tests"):
            names = {name for name in own_names(cls) if not name.endswith("__")}
            for name in names - MEANT.get(cls, set()):
                owners[name].append(cls.__name__)
    theirs = set(dir(Screen)) | set(vars(Screen()))
    return {
        name: found
        for name, found in owners.items()
        if name.startswith("_") and (len(found) > 1 or name in theirs)
    }


class One:
    """A part for the control."""

    def __init__(self) -> None:
        self._row = 0


class Other:
    """Another, with the same name for another thing, and one that Textual has."""

    def _row(self) -> None: ...
    def _render(self) -> None: ...


class Both(One, Other):  # type: ignore[misc]
    """The clash."""


def test_no_private_name_stands_for_two_things() -> None:
    assert clashes(Both) == {"_row": ["One", "Other"], "_render": ["Other"]}
    assert clashes(WorkspaceScreen) == {}
