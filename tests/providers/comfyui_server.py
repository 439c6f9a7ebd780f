"""A server that speaks ComfyUI's protocol, for tests: a queue that goes on when it is asked after."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.providers.servers import Asked, Serving, png


@dataclass
class ComfyUIServer(Serving):
    """Each question after the queue brings the first one in it a step further."""

    picture: bytes = b""
    """Instead of one that fits."""
    pictures: int = 1
    steps: int = 2
    """Questions until it is done; -1: never."""
    broken: bool = False
    """The workflow fails."""
    pending: bool = False
    """Nothing is ever begun."""
    waiting: dict[str, int] = field(default_factory=dict)
    graphs: dict[str, Any] = field(default_factory=dict)
    history: dict[str, Any] = field(default_factory=dict)
    interrupted: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)

    def answer(self, asked: Asked) -> tuple[int, str, bytes]:
        """As the protocol wants it."""
        parts = urlsplit(asked.path)
        match asked.method, parts.path.split("/")[1]:
            case "GET", "system_stats":
                return _json({"system": {"comfyui_version": "0.3.60"}, "devices": []})
            case "POST", "prompt":
                return self._queued(asked.body)
            case "GET", "history":
                key = parts.path.rpartition("/")[2]
                return _json({key: self.history[key]} if key in self.history else {})
            case "GET", "queue":
                return self._queue()
            case "GET", "view":
                return self._view(parse_qs(parts.query)["filename"][0])
            case "POST", "interrupt":
                self.interrupted.append(asked.body["prompt_id"])
                return 200, "text/plain", b""
            case "POST", "queue":
                self.deleted += asked.body["delete"]
                return 200, "text/plain", b""
        return 404, "text/plain", b"404: Not Found"

    def _queued(self, body: dict[str, Any]) -> tuple[int, str, bytes]:
        key = body["prompt_id"]
        self.graphs[key] = body["prompt"]
        self.waiting[key] = self.steps
        return _json({"prompt_id": key, "number": len(self.graphs), "node_errors": {}})

    def _queue(self) -> tuple[int, str, bytes]:
        keys = list(self.waiting)
        entries = [[at, key, {}, {}, []] for at, key in enumerate(keys)]
        begun = 0 if self.pending else 1
        running, pending = entries[:begun], entries[begun:]
        for key in keys[:begun]:
            self.waiting[key] -= 1
            if self.waiting[key] == 0:
                del self.waiting[key]
                self.history[key] = self._done(key)
        return _json({"queue_running": running, "queue_pending": pending})

    def _done(self, key: str) -> dict[str, Any]:
        if self.broken:
            return {"outputs": {}, "status": {"status_str": "error", "completed": False, "messages": []}}
        images = [
            {"filename": f"genko_{at}_{key}.png", "subfolder": "", "type": "output"}
            for at in range(self.pictures)
        ]
        status = {"status_str": "success", "completed": True, "messages": []}
        return {"prompt": [], "outputs": {"7": {"images": images}}, "status": status}

    def _view(self, name: str) -> tuple[int, str, bytes]:
        key = name.rpartition("_")[2].removesuffix(".png")
        if self.picture:
            return 200, "image/png", self.picture
        sizes = [node["inputs"] for node in self.graphs[key].values() if "width" in node["inputs"]]
        return 200, "image/png", png(sizes[0]["width"], sizes[0]["height"], key)


def _json(value: Any) -> tuple[int, str, bytes]:
    return 200, "application/json", json.dumps(value).encode()


def main() -> None:
    """Serve until the input ends; the first line of the output is the address for the settings."""
    with ComfyUIServer() as server:
        print(server.url, flush=True)  # noqa: T201 - a program of its own
        sys.stdin.read()


if __name__ == "__main__":
    main()
