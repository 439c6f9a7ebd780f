"""The provider `sketch`: draws cards from a prompt's words, and knows the words of the theme."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from core.providers.base import ProviderError, Standing
from core.providers.request import Made, MadeFile, MakeRequest

if TYPE_CHECKING:
    from core.providers.sketch.studio import Studio

LEAST, MOST = 64, 4096
"""Pixels on a side."""
MODEL = "sketch-1"
LIST = "theme's own list"
"""The model of words: nobody made them up."""


class Sketch:
    """Needs no network, no key and no money. The same request gives the same bytes."""

    name = "sketch"
    at_once = 2

    def __init__(self) -> None:
        self._idle: list[Studio] = []

    def standing(self) -> Standing:
        """It is always there."""
        steps = ("concepts", "names", "picture")
        return Standing(self.name, steps, "", (MODEL, LIST), "none", 0, 0, self.at_once)

    async def check(self) -> tuple[str, ...]:
        """Nothing can be wrong with it."""
        return ("Draws sketches on this machine; its concepts and names are the theme's own list.",)

    def estimate(self, request: MakeRequest) -> int:
        """Nothing."""
        return 0

    async def make(self, request: MakeRequest, progress: Callable[[float], None]) -> Made:
        """A card as PNG, or words of the theme's list. Raises ProviderError."""
        match request.step:
            case "picture":
                return await self._picture(request, progress)
            case "concepts":
                return _concepts(request)
            case "names":
                return _names(request)
        raise ProviderError(f"Sketches have no step {request.step!r}.")

    async def _picture(self, request: MakeRequest, progress: Callable[[float], None]) -> Made:
        if not (LEAST <= request.width <= MOST and LEAST <= request.height <= MOST):
            raise ProviderError(
                f"A sketch of {request.width} × {request.height} pixels can't be drawn.",
                todo=f"Choose {LEAST} to {MOST:,} pixels on a side.",
            )
        progress(0.1)
        content = await asyncio.to_thread(self._draw, request)
        progress(1.0)
        size = {"width": request.width, "height": request.height}
        file = MadeFile(content, "image/png", f"sketch-{request.seed}.png")
        return Made(files=(file,), model=MODEL, seed=request.seed, parameters=size, note="A sketch.")

    def _draw(self, request: MakeRequest) -> bytes:
        from core.providers.sketch.studio import Studio

        try:
            studio = self._idle.pop()
        except IndexError:
            studio = Studio()
        try:
            return studio.draw(request)
        finally:
            self._idle.append(studio)


def _concepts(request: MakeRequest) -> Made:
    taken = {word.casefold() for word in request.words}
    free: list[str] = []
    for one in request.listed:
        word = one.get(request.language) or one.get("en") or ""
        if word and word.casefold() not in taken:
            taken.add(word.casefold())
            free.append(word)
    if len(free) < request.count:
        raise ProviderError(
            f"The theme's own list has {_counted(len(free))} left; {request.count:,} are wanted.",
            todo="Ask for fewer, write them yourself, or choose a provider of words in the settings.",
        )
    note = "These concepts are the theme's own list; nothing was made up."
    lacking = sum(not one.get(request.language) for one in request.listed)
    if lacking:
        note += " Where it has no name in this language, it is the English one."
    return Made(concepts=tuple(free[: request.count]), model=LIST, note=note)


def _counted(count: int) -> str:
    return "1 concept" if count == 1 else f"{count:,} concepts"


def _names(request: MakeRequest) -> Made:
    known = {one[request.language].casefold(): one for one in request.listed if one.get(request.language)}
    names: dict[str, dict[str, str]] = {}
    unnamed: dict[str, dict[str, str]] = {}
    for language in request.languages:
        for word in request.words:
            found = known.get(word.casefold(), {}).get(language, "")
            if language == request.language:
                found = word
            if found:
                names.setdefault(language, {})[word] = found
            else:
                why = "The theme's own list has no such name in this language."
                unnamed.setdefault(language, {})[word] = why
    if unnamed and not names:
        raise ProviderError(
            "The theme's own list has none of these names in other languages.",
            todo="Write them yourself, or choose a provider of words in the settings.",
        )
    note = "These names are the theme's own list; nothing was translated."
    return Made(names=names, unnamed=unnamed, model=LIST, note=note)
