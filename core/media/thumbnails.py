"""Small pictures, made once and kept until there are too many of them; all can be made again."""

from __future__ import annotations

import contextlib
import os
import threading
import weakref
from collections.abc import Callable
from pathlib import Path

from core.atomic import whole_file
from core.media.asking import Asker
from core.media.taking import cant_use
from core.paths import private_folder

MOST_BYTES = 128 << 20
MOST_FILES = 4000
LARGEST = 2048
"""Pixels on a side."""
_IDLE = 5.0
"""Seconds after which the decoding process is ended."""
_SUFFIX = ".png"
_LEFT = 0.8
"""How much of what is allowed stays when room is made."""


class _Decoder:
    """One process for all who ask, one after another; it is ended when nobody has asked for a while."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._asker = Asker()
        self._ending: threading.Timer | None = None

    def ask(self, make: Callable[[Asker], bytes], check: Callable[[], None]) -> bytes:
        with self._turn:
            check()
            self._asker.check = check
            if self._ending is not None:
                self._ending.cancel()
            try:
                return make(self._asker)
            finally:
                self._ending = threading.Timer(_IDLE, self.end)
                self._ending.daemon = True
                self._ending.start()

    def end(self) -> None:
        with self._turn:
            self._asker.close()


class Thumbnails:
    """A folder of PNG files named by picture and size. Blocks; any thread may ask."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._decoder = _Decoder()
        weakref.finalize(self, self._decoder.end)

    def get(
        self, picture: Path, sha: str, width: int, height: int, name: str, check: Callable[[], None]
    ) -> Path:
        """The thumbnail of a file, made if it isn't there. Raises MediaError naming `name`."""
        width, height = (min(max(side, 1), LARGEST) for side in (width, height))
        path = self._folder / f"{sha}-{width}x{height}{_SUFFIX}"
        if path.is_file() and not path.is_symlink():
            with contextlib.suppress(OSError):
                os.utime(path)  # the one used longest ago goes first
            return path
        made = self._decoder.ask(lambda asker: asker.thumbnail(picture, sha, width, height, name), check)
        try:
            private_folder(self._folder)
            self._make_room(len(made))
            with whole_file(path) as stream:
                stream.write(made)
        except OSError as error:
            raise cant_use(self._folder, error) from error
        return path

    def _make_room(self, wanted: int) -> None:
        with os.scandir(self._folder) as found:
            known = [(e.stat(follow_symlinks=False), e.path) for e in found if e.name.endswith(_SUFFIX)]
        held = sum(status.st_size for status, _ in known)
        if held + wanted <= MOST_BYTES and len(known) < MOST_FILES:
            return
        known.sort(key=lambda item: item[0].st_mtime)
        left = len(known)
        for status, path in known:
            if held + wanted <= MOST_BYTES * _LEFT and left < MOST_FILES * _LEFT:
                return
            with contextlib.suppress(OSError):
                os.unlink(path)
            held, left = held - status.st_size, left - 1
