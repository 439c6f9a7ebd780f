"""Characters for tests."""

from __future__ import annotations

import uuid

from core.bible import Cast
from core.story.records import Character


def person(name: str, *aliases: str, **fields: object) -> Character:
    """A character whose id follows from the name, so that a failure can be read."""
    return Character(
        id=str(uuid.uuid5(uuid.NAMESPACE_DNS, name)),
        name=name,
        aliases=aliases,
        **fields,  # type: ignore[arg-type]
    )


def cast(*names: str) -> Cast:
    """A cast of people without aliases."""
    return Cast([person(name) for name in names])
