"""The first picture waits for nothing but itself: no other work is done, and none of its own twice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from textual._compositor import Compositor
from textual.app import App
from textual.css.stylesheet import Stylesheet
from textual.screen import Screen

from core.paths import Paths
from core.script import Script
from tests.screens.conftest import until
from tui.app import GenkoApp
from tui.settings import Settings

SHOWN = "shown"


def watch(monkeypatch: pytest.MonkeyPatch, seen: list[str]) -> None:
    """Write down what is done, in its order: painting, styling all, reading rules, parsing, showing."""

    def told(
        owner: type, name: str, what: str, counts: Callable[..., bool] = lambda *given, **named: True
    ) -> None:
        does = getattr(owner, name)

        def tell(self: Any, *given: Any, **named: Any) -> Any:
            if counts(self, *given, **named):
                seen.append(what)
            return does(self, *given, **named)

        monkeypatch.setattr(owner, name, tell)

    def visible(app: App[None], screen: Screen[Any], update: object) -> bool:
        return not app._batch_count and update is not None

    told(Compositor, "render_update", "painted")
    told(Screen, "update_node_styles", "styled anew", lambda screen, **named: bool(screen.children))
    told(Stylesheet, "reparse", "read rules")
    told(Script, "advance", "parsed")
    told(App, "_display", SHOWN, visible)


@pytest.mark.parametrize(("opens", "reads"), [(True, 1), (False, 2)], ids=["the script", "the projects"])
async def test_nothing_is_done_before_the_first_picture_that_it_does_not_need(
    paths: Paths, project: UUID, monkeypatch: pytest.MonkeyPatch, opens: bool, reads: int
) -> None:
    seen: list[str] = []
    watch(monkeypatch, seen)
    app = GenkoApp(paths, Settings(), opening=project if opens else None, server=False)
    async with app.run_test() as pilot:
        await until(pilot, lambda: SHOWN in seen)
        before = seen[: seen.index(SHOWN)]
        assert before == [*["read rules"] * reads, "painted"]  # the projects' rules are read when they come
        if opens:
            await until(pilot, lambda: "parsed" in seen)
    app.close()


@pytest.mark.parametrize(
    ("size", "classes"), [((140, 40), {"-wide", "-tall"}), ((80, 20), {"-narrow", "-low"})]
)
async def test_it_has_the_look_of_its_size(
    paths: Paths, project: UUID, size: tuple[int, int], classes: set[str]
) -> None:
    app = GenkoApp(paths, Settings(), opening=project, server=False)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert app.screen.classes == classes
        await pilot.resize_terminal(size[0], 60 - size[1])
        await until(pilot, lambda: app.screen.classes != classes)
    app.close()


async def test_textual_holds_the_picture_back_until_the_app_is_mounted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A canary of names that nobody promised, and of the waste that `AheadScreen` avoids."""
    seen: list[str] = []
    watch(monkeypatch, seen)
    mounted: list[bool] = []

    class Plain(App[int]):
        DEFAULT_MODE = "first"
        MODES = {"first": Screen}

        def on_mount(self) -> None:
            mounted.append(self._is_mounted)

    app = Plain()
    async with app.run_test() as pilot:
        await until(pilot, lambda: SHOWN in seen)
        assert mounted == [False]
        assert app._is_mounted
        assert seen[: seen.index(SHOWN)].count("painted") > 1
