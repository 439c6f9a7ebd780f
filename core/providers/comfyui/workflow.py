"""A workflow in ComfyUI's API format, its inputs found by the titles of their nodes."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from core.providers.base import ProviderError

OWN = Path(__file__).with_name("default.json")
LARGEST = 4 << 20
"""Bytes of a workflow."""
INPUTS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "prompt": (("text", "prompt", "value", "string"),),
    "negative": (("text", "prompt", "value", "string"),),
    "size": (("width",), ("height",)),
    "seed": (("seed", "noise_seed", "value"),),
    "model": (("ckpt_name", "unet_name", "model_name"),),
}
"""By the title `genko …`: for each value that is put in, the names that its input may have."""
OUTPUT = "genko output"
_SAFE = "Nothing was sent."


@dataclass(frozen=True, slots=True)
class Workflow:
    """All nodes, and which of them take or give what."""

    nodes: dict[str, Any]
    places: Mapping[str, str]
    """What is put in → the node's id."""
    output: str
    """The node whose pictures count; empty for all."""
    shown: str
    """The file, for sentences."""

    def filled(self, values: Mapping[str, tuple[Any, ...]]) -> dict[str, Any]:
        """The nodes with these values in them; those that it has no place for are left out."""
        nodes = copy.deepcopy(self.nodes)
        for what, given in values.items():
            node = self.places.get(what)
            if node is None:
                continue
            inputs = nodes[node]["inputs"]
            for names, value in zip(INPUTS[what], given, strict=True):
                inputs[next(name for name in names if name in inputs)] = value
        return nodes


def workflow_in(file: str) -> Workflow:
    """Read a workflow; empty: the one that Genko has. Raises ProviderError saying what is wrong with it."""
    path = Path(file).expanduser() if file else OWN
    try:
        with path.open("rb") as stream:
            content = stream.read(LARGEST + 1)
    except OSError as error:
        raise _wrong(path, f"can't be read: {error.strerror}") from None
    if len(content) > LARGEST:
        raise _wrong(path, "is too large for a workflow")
    try:
        nodes = msgspec.json.decode(content)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        raise _wrong(path, "is no JSON") from None
    if isinstance(nodes, dict) and isinstance(nodes.get("nodes"), list):
        raise _wrong(path, "is saved as the editor shows it", "Export it in ComfyUI in the API format.")
    if not isinstance(nodes, dict) or not nodes or not all(map(_is_node, nodes.values())):
        raise _wrong(path, "is no workflow in ComfyUI's API format")
    return _arranged(nodes, path)


def _is_node(value: object) -> bool:
    return (
        isinstance(value, dict)
        and isinstance(value.get("class_type"), str)
        and isinstance(value.get("inputs"), dict)
    )


def _arranged(nodes: dict[str, Any], path: Path) -> Workflow:
    titled: dict[str, str] = {}
    for key, node in nodes.items():
        about = node.get("_meta")
        title = about.get("title") if isinstance(about, dict) else None
        if not isinstance(title, str):
            continue
        words = " ".join(title.lower().split())
        if not words.startswith("genko "):
            continue
        if words in titled:
            raise _wrong(path, f"has two nodes with the title “{words[:40]}”")
        titled[words] = key
    places = {what: titled[f"genko {what}"] for what in INPUTS if f"genko {what}" in titled}
    if "prompt" not in places:
        raise _wrong(
            path,
            "has no node with the title “genko prompt”",
            "Give the node that takes the prompt this title in ComfyUI, and export the workflow again.",
        )
    for what, node in places.items():
        inputs = nodes[node]["inputs"]
        for names in INPUTS[what]:
            if not any(name in inputs for name in names):
                raise _wrong(path, f"has no input {names[0]} in its node “genko {what}”")
    return Workflow(nodes, places, titled.get(OUTPUT, ""), path.name)


def _wrong(path: Path, what: str, todo: str = "") -> ProviderError:
    return ProviderError(
        f"The workflow {path} {what}.",
        safe=_SAFE,
        todo=todo or "Look at providers.comfyui.workflow in the settings.",
    )
