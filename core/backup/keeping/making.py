"""What is about to be made is written down first: should the program end, the next one knows it as ours."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import msgspec

from core.backup.keeping.register import Register

if TYPE_CHECKING:
    from core.backup.archive import Manifest

_KEY = "making/"
_SLACK = timedelta(minutes=5)
_OLD = timedelta(days=30)


class _Intent(msgspec.Struct, frozen=True):
    at: datetime
    scope: str
    reason: str


@contextmanager
def intended(register: Register, scope: str, reason: str) -> Iterator[None]:
    """Around making and writing down; what an error or an end leaves behind is of use to `was_being_made`."""
    key = f"{_KEY}{uuid4()}"
    intent = _Intent(datetime.now(UTC), scope, reason)
    register.remember(key, msgspec.json.encode(intent).decode())
    yield
    register.remember(key, "")


def was_being_made(register: Register, manifest: Manifest) -> str | None:
    """The scope of a backup that we were making when we ended; None if it is not from us."""
    scope = None
    for key, value in register.notes(_KEY).items():
        try:
            intent = msgspec.json.decode(value, type=_Intent)
        except msgspec.MsgspecError:
            continue  # another Genko's
        late = manifest.created_at - intent.at
        if intent.reason == manifest.reason and -_SLACK <= late <= timedelta(hours=6):
            scope = intent.scope
        elif datetime.now(UTC) - intent.at > _OLD:
            register.remember(key, "")
    return scope
