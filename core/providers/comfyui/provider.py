"""Pictures from ComfyUI: a workflow is queued, asked after, and its picture fetched."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Mapping
from typing import Annotated, Any
from uuid import uuid4

import msgspec

from core.money import millionths
from core.providers.base import ProviderError, Standing
from core.providers.comfyui.workflow import workflow_in
from core.providers.network.answers import decoded, within
from core.providers.network.keys import KeyPlace
from core.providers.network.pictures import taken
from core.providers.network.web import Visit, Way, visit
from core.providers.request import Made, MakeRequest
from core.providers.settings import ComfyUISettings

NAME = "comfyui"
_SAID = "ComfyUI"
_STEP = 8
"""Sides are whole multiples of so many pixels."""
_SEEDS = 1 << 63
_CHECK = 20.0
_LEAVING = 5.0
"""Seconds for telling it that nobody waits any more."""
LONGEST_PROMPT = 100_000


class _Queued(msgspec.Struct):
    prompt_id: Annotated[str, msgspec.Meta(pattern=r"^[0-9A-Za-z-]{1,64}$")]


class _Image(msgspec.Struct):
    filename: str
    subfolder: str = ""
    type: str = "output"


class _Output(msgspec.Struct):
    images: list[_Image] = []


class _Status(msgspec.Struct):
    status_str: str = ""
    completed: bool = False


class _Done(msgspec.Struct):
    outputs: dict[str, _Output] = {}
    status: _Status | None = None


class _Queue(msgspec.Struct):
    queue_running: list[list[Any]]
    queue_pending: list[list[Any]]

    def has(self, prompt: str) -> bool:
        """Whether it waits or runs."""
        return self.runs(prompt) or any(prompt in one[:3] for one in self.queue_pending)

    def runs(self, prompt: str) -> bool:
        """Whether it is being made."""
        return any(prompt in one[:3] for one in self.queue_running)


class ComfyUI:
    """One ComfyUI."""

    name = NAME

    def __init__(self, settings: ComfyUISettings, environ: Mapping[str, str]) -> None:
        self._settings = settings
        key = KeyPlace(settings.key_env, settings.key_file, environ)
        self._way = Way(
            _SAID, settings.url, key, settings.connect_seconds, settings.read_seconds, settings.proxy
        )
        self.at_once = settings.at_once

    def standing(self) -> Standing:
        """From the settings."""
        said = self._settings
        price = millionths(said.price_image)
        return Standing(
            self.name, ("picture",), said.url, (said.model,), self._way.key.told, price, 0, said.at_once
        )

    async def check(self) -> tuple[str, ...]:
        """Look whether it answers, and whether the workflow can be used. Raises ProviderError."""
        workflow = workflow_in(self._settings.workflow)
        async with within(_CHECK, self._way.name, 0), visit(self._way) as there:
            decoded(self._way.name, await there.json("GET", "system_stats"), dict[str, Any])
        places = ", ".join(workflow.places)
        return ("It answers.", f"The workflow {workflow.shown} takes: {places}.")

    def estimate(self, request: MakeRequest) -> int:
        """What the settings say a picture costs, which is usually nothing."""
        return millionths(self._settings.price_image) if request.step == "picture" else 0

    async def make(self, request: MakeRequest, progress: Callable[[float], None]) -> Made:
        """Raises ProviderError. A cancelled request is taken out of the queue, or interrupted."""
        if request.step != "picture":
            raise ProviderError(
                "ComfyUI makes pictures only.", todo="Choose another provider of words in the settings."
            )
        if len(request.prompt) > LONGEST_PROMPT:
            raise ProviderError(
                f"The prompt has {len(request.prompt):,} characters; {LONGEST_PROMPT:,} are the most.",
                safe="Nothing was sent.",
            )
        cost = self.estimate(request)
        async with within(request.seconds, _SAID, cost), visit(self._way) as there:
            return await _Making(there, request, self._settings, self._way, cost).done(progress)


class _Making:
    """One request from the queue to the picture."""

    def __init__(
        self, there: Visit, request: MakeRequest, settings: ComfyUISettings, way: Way, cost: int
    ) -> None:
        self._there, self._request, self._settings = there, request, settings
        self._way, self._cost = way, cost
        self._workflow = workflow_in(settings.workflow)
        self._used: dict[str, Any] = {}

    async def done(self, progress: Callable[[float], None]) -> Made:
        """The picture."""
        prompt = await self._begun(progress)
        try:
            done = await self._awaited(prompt, progress)
        except asyncio.CancelledError:  # after another fault it goes on there: the next try takes it
            await self._left(prompt)
            raise
        image = self._chosen(done)
        progress(0.9)
        query = {"filename": image.filename, "subfolder": image.subfolder, "type": image.type}
        content = await self._there.picture(self._there.address("view"), query=query, cost=self._cost)
        file = taken(_SAID, content, f"comfyui-{self._request.id}", self._cost)
        progress(1.0)
        seed = self._used.get("seed", 0)
        return Made(files=(file,), cost=self._cost, model=self._model, seed=seed, parameters=self._used)

    @property
    def _model(self) -> str:
        return self._request.model or self._settings.model

    def _nodes(self) -> dict[str, Any]:
        asked = self._request
        width, height = (max(_STEP, side // _STEP * _STEP) for side in (asked.width, asked.height))
        negative = asked.parameters.get("negative", "")
        values: dict[str, tuple[Any, ...]] = {
            "prompt": (asked.prompt,),
            "negative": (negative if isinstance(negative, str) else "",),
            "size": (width, height),
            "seed": (asked.seed % _SEEDS,),
            "model": (self._model,),
        }
        self._used = {"seed": asked.seed % _SEEDS, "width": width, "height": height,
                      "workflow": self._workflow.shown}  # fmt: skip
        return self._workflow.filled(values)

    async def _begun(self, progress: Callable[[float], None]) -> str:
        """The id in ComfyUI's queue; what another try has begun is not begun again."""
        nodes, known = self._nodes(), str(self._request.id)
        before = await self._history(known)
        if before is None and not (await self._queue()).has(known):
            wanted = known
        elif before is not None and not before.outputs:
            wanted = str(uuid4())  # that one failed
        else:
            return known
        progress(0.05)
        body = {"prompt": nodes, "client_id": "genko", "prompt_id": wanted}
        try:
            raw = await self._there.json("POST", "prompt", body=body, cost=self._cost)
        except asyncio.CancelledError:  # it may have come there though nobody said so yet
            await self._left(wanted)
            raise
        return decoded(_SAID, raw, _Queued, self._cost).prompt_id

    async def _awaited(self, prompt: str, progress: Callable[[float], None]) -> _Done:
        missed = 0
        share = 0.1
        while True:
            done = await self._history(prompt)
            if done is not None:
                return done
            queue = await self._queue()
            missed = 0 if queue.has(prompt) else missed + 1
            if missed > 2:  # between the queue and the history it may be in neither for a moment
                raise ProviderError(
                    "ComfyUI has forgotten the picture; was it taken out of the queue?", cost=self._cost
                )
            if queue.runs(prompt):
                share += (0.85 - share) * 0.08
            progress(share)
            await asyncio.sleep(self._settings.poll_seconds)

    async def _history(self, prompt: str) -> _Done | None:
        raw = await self._there.json("GET", f"history/{prompt}", most=16 << 20, cost=self._cost)
        return decoded(_SAID, raw, dict[str, _Done], self._cost).get(prompt)

    async def _queue(self) -> _Queue:
        raw = await self._there.json("GET", "queue", most=64 << 20, cost=self._cost)
        return decoded(_SAID, raw, _Queue, self._cost)

    def _chosen(self, done: _Done) -> _Image:
        if done.status is not None and done.status.status_str == "error":
            raise ProviderError(
                "The workflow failed in ComfyUI.",
                safe="The prompt is kept.",
                todo="Its own window or log says why: often the model is not there, or memory is short.",
                cost=self._cost,
            )
        wanted = self._workflow.output
        found = [
            image
            for node, output in done.outputs.items()
            for image in output.images
            if (node == wanted if wanted else image.type == "output")
        ]
        if len(found) != 1:
            raise ProviderError(
                f"The workflow gives {len(found):,} pictures instead of one.",
                todo="Give the node of the one that counts the title “genko output”, and make one at a time.",
                cost=self._cost,
            )
        return found[0]

    async def _left(self, prompt: str) -> None:
        """Nobody waits for it any more: out of the queue with it, or out of the machine."""
        with contextlib.suppress(ProviderError):
            async with within(_LEAVING, _SAID, 0), visit(self._way) as there:
                raw = await there.json("GET", "queue", most=64 << 20)
                queue = decoded(_SAID, raw, _Queue)
                if queue.runs(prompt):
                    await there.told("interrupt", {"prompt_id": prompt})
                elif queue.has(prompt):
                    await there.told("queue", {"delete": [prompt]})
