"""What a worker says about itself, for a person and for programs."""

from __future__ import annotations

from uuid import UUID

import msgspec

_SENTENCES = {
    "ready": "ready as {text}",
    "begun": "{job} begun: {text} by {provider}, try {tries}",
    "done": "{job} done",
    "again": "{job} was made twice; the first answer counts",
    "failed": "{job} failed: {text}",
    "again later": "{job} is tried again in {seconds:.0f} s: {text}",
    "cancelled": "{job} given up, as asked",
    "put back": "{job} put back into the queue",
    "lost": "{job} lost: {text}",
    "fault": "{job} fault at {text}",
    "away": "the database can't be reached; going on by itself when it can",
    "reaped": "{job} had lost its worker",
    "stopping": "stopping; whatever runs has {seconds:.0f} s to end",
    "ended": "ended",
}


class Word(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing that has happened. Holds no prompt and no writer's word."""

    what: str
    job: UUID | None = None
    provider: str = ""
    text: str = ""
    tries: int = 0
    cost: int = 0
    """In millionths."""
    seconds: float = 0.0

    def sentence(self) -> str:
        """For a person."""
        return _SENTENCES[self.what].format(**msgspec.structs.asdict(self))
