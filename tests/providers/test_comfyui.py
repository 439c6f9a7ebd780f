"""ComfyUI as it should be: the queue, the picture, and being left alone when nobody waits."""

from __future__ import annotations

import asyncio
import io
import json
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from core.providers import ProviderError
from core.providers.comfyui.workflow import OWN, workflow_in
from tests.providers.asking import comfyui, make, request_for
from tests.providers.comfyui_server import ComfyUIServer


class Failing(list[float]):
    """Hears of progress, and has the server fail once the picture is in its queue."""

    def __init__(self, server: ComfyUIServer) -> None:
        self._server = server

    def append(self, share: float) -> None:
        """From now on."""
        if share >= 0.1:
            self._server.fault, self._server.at = "failing", "/"


def test_the_workflow_of_ours_is_filled_in_queued_and_fetched() -> None:
    heard: list[float] = []
    with ComfyUIServer(steps=4) as server:
        made = make(comfyui(server.url), request_for("picture", parameters={"negative": "text"}), heard)
    (graph,) = server.graphs.values()
    assert graph["2"]["inputs"]["text"] == "An old lantern of brass, on a table"
    assert graph["3"]["inputs"]["text"] == "text"
    assert (graph["4"]["inputs"]["width"], graph["5"]["inputs"]["seed"]) == (80, 41)
    assert Image.open(io.BytesIO(made.files[0].content)).size == (80, 64)
    assert (made.seed, made.cost) == (41, 10_000)
    assert heard == sorted(heard)
    assert heard[-1] == 1.0


def test_another_try_takes_what_the_first_one_has_made() -> None:
    with ComfyUIServer() as server:
        server.fault, server.at = "failing", "/view"
        with pytest.raises(ProviderError):
            make(comfyui(server.url), request_for("picture"))
        server.fault = ""
        assert make(comfyui(server.url), request_for("picture")).files
        assert len(server.graphs) == 1  # it was made once


def test_a_question_that_fails_does_not_end_what_is_being_made() -> None:
    with ComfyUIServer(steps=3) as server:
        with pytest.raises(ProviderError) as caught:
            make(comfyui(server.url), request_for("picture"), Failing(server))
        server.fault = ""
        assert caught.value.retry
        assert make(comfyui(server.url), request_for("picture")).files
        assert len(server.graphs) == 1
        assert not server.interrupted


def test_another_try_after_a_workflow_that_failed_begins_again() -> None:
    with ComfyUIServer(broken=True) as server:
        with pytest.raises(ProviderError, match="failed in ComfyUI"):
            make(comfyui(server.url), request_for("picture"))
        server.broken = False
        assert make(comfyui(server.url), request_for("picture")).files
        assert len(server.graphs) == 2


@pytest.mark.parametrize("pending", [False, True])
def test_a_cancelled_request_is_taken_out_of_the_machine(pending: bool) -> None:
    with ComfyUIServer(steps=-1, pending=pending) as server:

        async def begin_and_leave() -> None:
            begun = asyncio.Event()

            def hear(share: float) -> None:
                if share >= 0.1:
                    begun.set()

            task = asyncio.create_task(comfyui(server.url).make(request_for("picture"), hear))
            await begun.wait()
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task

        asyncio.run(begin_and_leave())
        (prompt,) = server.graphs
        assert (server.interrupted, server.deleted) == (([], [prompt]) if pending else ([prompt], []))


def test_a_request_that_is_cancelled_before_its_answer_came_is_taken_out_as_well() -> None:
    with ComfyUIServer(steps=-1, fault="slow", at="/prompt") as server:

        async def leave_at_once() -> None:
            task = asyncio.create_task(comfyui(server.url).make(request_for("picture"), lambda share: None))
            while not server.graphs:
                await asyncio.sleep(0.01)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task

        asyncio.run(leave_at_once())
        assert server.interrupted == list(server.graphs)


def test_what_vanishes_from_the_queue_is_said() -> None:
    with ComfyUIServer(steps=-1) as server:

        async def forget() -> None:
            heard: list[float] = []

            def hear(share: float) -> None:
                heard.append(share)
                if share >= 0.1:
                    server.waiting.clear()

            await comfyui(server.url).make(request_for("picture"), hear)

        with pytest.raises(ProviderError, match="forgotten"):
            asyncio.run(forget())


def test_several_pictures_need_a_title() -> None:
    with ComfyUIServer(pictures=2) as server, pytest.raises(ProviderError, match="2 pictures instead of one"):
        make(comfyui(server.url), request_for("picture"))


def test_words_are_not_its_work() -> None:
    with ComfyUIServer() as server, pytest.raises(ProviderError, match="pictures only"):
        make(comfyui(server.url), request_for("names"))


def _nodes() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(OWN.read_text())
    return loaded


def _without_prompt(nodes: dict[str, Any]) -> object:
    del nodes["2"]
    return nodes


def _twice(nodes: dict[str, Any]) -> object:
    nodes["3"]["_meta"]["title"] = " Genko  Prompt"
    return nodes


def _no_input(nodes: dict[str, Any]) -> object:
    del nodes["4"]["inputs"]["height"]
    return nodes


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda nodes: {"nodes": list(nodes), "links": []}, "as the editor shows it"),
        (lambda nodes: [nodes], "no workflow"),
        (lambda nodes: {}, "no workflow"),
        (lambda nodes: {"1": 3}, "no workflow"),
        (_without_prompt, "no node with the title “genko prompt”"),
        (_twice, "two nodes with the title “genko prompt”"),
        (_no_input, "no input height in its node “genko size”"),
    ],
)
def test_a_workflow_that_can_not_be_used_is_told_before_anything_is_sent(
    change: Any, said: str, tmp_path: Path
) -> None:
    file = tmp_path / "mine.json"
    file.write_text(json.dumps(change(_nodes())))
    with ComfyUIServer() as server:
        with pytest.raises(ProviderError, match=said):
            make(comfyui(server.url, workflow=str(file)), request_for("picture"))
        assert not server.asked


def test_ones_own_workflow_is_used(tmp_path: Path) -> None:
    nodes = _nodes()
    nodes["5"]["inputs"]["noise_seed"] = nodes["5"]["inputs"].pop("seed")
    del nodes["3"]["_meta"]
    file = tmp_path / "mine.json"
    file.write_text(json.dumps(nodes))
    with ComfyUIServer() as server:
        make(comfyui(server.url, workflow=str(file)), request_for("picture"))
    (graph,) = server.graphs.values()
    assert graph["5"]["inputs"]["noise_seed"] == 41
    assert "seed" not in graph["5"]["inputs"]
    for wrong, said in ((tmp_path / "none.json", "can't be read"), (tmp_path, "can't be read")):
        with pytest.raises(ProviderError, match=said):
            workflow_in(str(wrong))
