"""What the desk does for its open drafts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.drafts.making.asking import Workshop
from core.drafts.making.progress import ProgressHub

if TYPE_CHECKING:
    from core.drafts.making.loop import MakingLoop


@dataclass(frozen=True)
class Host:
    """What the desk does for its open drafts; all on their thread."""

    workshop: Callable[[], Workshop]
    bound: Callable[[], int]
    """The budget of the settings, in millionths; 0: none."""
    loop: Callable[[], MakingLoop | None]
    hub: ProgressHub
    soon: Callable[[Callable[[], None]], None]
    notice: Callable[[str], None]
    """A sentence that somebody has to be told."""
    server_id: Callable[[], str]
    """The server that answered last; empty: none yet."""
