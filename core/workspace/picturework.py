"""What the save loop does with pictures when no save and no load is waiting."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from random import uniform
from typing import TYPE_CHECKING
from uuid import UUID

from core.errors import GenkoError
from core.media import MediaStore, Picture
from core.workspace.transfer import PictureNews, Transfer

if TYPE_CHECKING:
    from core.server import Server

FIRST_PAUSE = 5.0
"""Seconds until it is tried again, when pictures could not be moved or are not on the server yet."""
LONGEST_PAUSE = 120.0


class PictureWork:
    """One project's pictures, moved step by step. `ask` may be called by any thread that holds the
    loop's lock, all else by the loop's thread alone.
    """

    def __init__(
        self, server: Server, project_id: UUID, media: MediaStore, report: Callable[[PictureNews], None]
    ) -> None:
        self._transfer = Transfer(server, project_id, media)
        self._report = report
        self._wanted: Mapping[str, Picture] | None = None
        self._send = False
        self._request = 0
        self._answering = 0
        self._steps: Iterator[PictureNews | None] | None = None
        self._again: float | None = None
        self._pause = FIRST_PAUSE
        self._last = PictureNews(0, 0)

    def ask(self, pictures: Mapping[str, Picture], *, send: bool, request: int) -> None:
        """These are the pictures that the document names now; whoever asked before is answered with them."""
        self._wanted = pictures
        self._request = request
        self._send = self._send or send
        self._steps = None
        self._again = time.monotonic()
        self._pause = FIRST_PAUSE

    @property
    def is_due(self) -> bool:
        """Whether there is something to do now."""
        return self._steps is not None or (self._again is not None and self._again <= time.monotonic())

    @property
    def seconds(self) -> float | None:
        """Until there is something to do again; None: not before somebody asks."""
        if self._steps is not None:
            return 0.0
        return None if self._again is None else max(0.0, self._again - time.monotonic())

    def step(self) -> None:
        """One step: a question to the server, or a part on its way."""
        steps = self._steps  # another thread may ask meanwhile, which lets go of these
        if steps is None:
            if self._wanted is None:
                return
            self._again, self._answering = None, self._request
            steps = self._steps = self._transfer.steps(self._wanted, send=self._send)
        try:
            news = next(steps)
        except StopIteration:
            news = replace(self._last, over=True)
        except GenkoError as error:  # none can be moved now; the words go their own way
            news = PictureNews(self._last.to_send, self._last.to_come, failures=(error,), over=True)
        if news is None:
            return
        self._last = news
        if news.over:
            self._rest(news)
        self._report(replace(news, request=self._answering))

    def stop(self) -> None:
        """End; what is half done is begun again some day."""
        self._steps = None

    def _rest(self, news: PictureNews) -> None:
        self._steps = None
        if (news.to_send or news.to_come) and self._again is None:
            self._again = time.monotonic() + self._pause * uniform(0.8, 1.0)
            self._pause = min(LONGEST_PAUSE, self._pause * 2)
