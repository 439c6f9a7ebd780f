"""Speaks OpenAI's protocol, for tests; `python -m tests.providers.openai_server` runs it alone."""

from __future__ import annotations

import base64
import json
import re
import sys
from dataclasses import dataclass, field
from typing import Any

from tests.providers.servers import Asked, Serving, png

WORDS = (
    *("Lantern", "Bridge", "Fox", "Library", "Umbrella", "Harbour", "Clock", "Owl", "Bakery", "Lighthouse"),
    *("Bicycle", "Well", "Kite", "Tower", "Garden", "Teapot", "Map", "Violin", "Windmill", "Boat"),
)


@dataclass
class OpenAIServer(Serving):
    """Pictures of one colour, twenty concepts, and translations that say their language."""

    by_url: bool = False
    """Pictures are answered as addresses."""
    picture: bytes = b""
    """Instead of one that fits."""
    pictures: int = 1
    """How many are answered."""
    address: str = ""
    """Instead of the picture's own."""
    said: str = ""
    """Instead of what a chat would answer."""
    kept: dict[str, bytes] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """For the setting providers.openai.url."""
        return f"{self.origin}/v1"

    def answer(self, asked: Asked) -> tuple[int, str, bytes]:
        """As the protocol wants it."""
        path = asked.path.partition("?")[0]
        if path == "/v1/models":
            return _json({"object": "list", "data": [{"id": "gpt-image-1"}, {"id": "gpt-4o-mini"}]})
        if path == "/v1/images/generations":
            return self._images(asked)
        if path == "/v1/chat/completions":
            return self._chat(asked)
        if path in self.kept:
            return 200, "image/png", self.kept[path]
        return 404, "application/json", b'{"error": {"message": "no such thing"}}'

    def _images(self, asked: Asked) -> tuple[int, str, bytes]:
        width, _, height = asked.body["size"].partition("x")
        made = self.picture or png(int(width), int(height), asked.body["prompt"])
        items: list[dict[str, str]] = []
        for at in range(self.pictures):
            if self.by_url:
                path = f"/pictures/{len(self.kept)}-{at}.png"
                self.kept[path] = made
                items.append({"url": self.address or f"{self.origin}{path}"})
            else:
                items.append({"b64_json": base64.b64encode(made).decode()})
        return _json({"created": 1_700_000_000, "data": items})

    def _chat(self, asked: Asked) -> tuple[int, str, bytes]:
        rules, wish = (one["content"] for one in asked.body["messages"])
        said = self.said or json.dumps(_words(rules, wish), ensure_ascii=False)
        message = {"role": "assistant", "content": said}
        usage = {"prompt_tokens": 100, "completion_tokens": 50, "total_tokens": 150}
        choices = [{"index": 0, "message": message, "finish_reason": "stop"}]
        return _json({"id": "chat", "model": asked.body["model"], "choices": choices, "usage": usage})


def _words(rules: str, wish: str) -> dict[str, Any]:
    if found := re.search(r"exactly (\d+) different", rules):
        taken = wish.casefold()
        free = [word for word in WORDS if word.casefold() not in taken]
        free += [f"{first} and {second}" for first in WORDS for second in WORDS if first != second]
        return {"concepts": free[: int(found[1])]}
    names = json.loads(wish[wish.rindex('{"n1"') :])
    languages = re.search(r"language codes: ([\w, -]+)\.", rules)
    assert languages is not None
    return {one: {key: f"{name} ({one})" for key, name in names.items()} for one in languages[1].split(", ")}


def _json(value: Any) -> tuple[int, str, bytes]:
    return 200, "application/json", json.dumps(value).encode()


def main() -> None:
    """Serve until the input ends; the first line of the output is the address for the settings."""
    server = OpenAIServer(by_url="--by-url" in sys.argv)
    for word in sys.argv[1:]:
        if word.startswith("--port="):
            server.port = int(word.partition("=")[2])
    with server:
        print(server.url, flush=True)  # noqa: T201 - a program of its own
        sys.stdin.read()


if __name__ == "__main__":
    main()
