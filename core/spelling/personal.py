"""Words that writers have taught: to one project, or to all of theirs in a text file, one word a line."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from core.atomic import whole_file
from core.errors import GenkoError
from core.paths import private_folder
from core.spelling.dictionary import folded

LARGEST = 4_000_000
"""Bytes of the file that are read."""
WORD_MARK = "word"
"""Of the marks in a project (see `ProjectStore.set_mark`), named by the folded word."""


def project_words(marks: Mapping[str, Any]) -> frozenset[str]:
    """The folded words that are known in a project, from its marks of this kind."""
    return frozenset(word for word, known in marks.items() if known)


class PersonalWordsError(GenkoError):
    """The file of one's own words can't be read or written."""


class PersonalWords:
    """Read once; each new word is written at once. Lines that begin with # are left alone."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._words: frozenset[str] | None = None

    def __contains__(self, word: str) -> bool:
        """Whether a folded word is among them; an unreadable file holds none."""
        return self._words is not None and word in self._words

    def load(self) -> None:
        """Read the file; missing is empty. Raises PersonalWordsError."""
        try:
            with self._file.open("rb") as stream:
                text = stream.read(LARGEST).decode("utf-8", "replace")
        except FileNotFoundError:
            text = ""
        except OSError as error:
            raise PersonalWordsError(f"{self._file} can't be read: {error.strerror}.") from None
        lines = (line.strip() for line in text.splitlines())
        self._words = frozenset(folded(line) for line in lines if line and not line.startswith("#"))

    def add(self, word: str) -> None:
        """One word more, in the file too; what others have put there meanwhile stays.

        Raises PersonalWordsError; the word is known until the end of the program even so.
        """
        self._words = (self._words or frozenset()) | {folded(word)}
        try:
            private_folder(self._file.parent)
            before = self._file.read_bytes() if self._file.exists() else b""
            end = b"" if not before or before.endswith(b"\n") else b"\n"
            with whole_file(self._file) as stream:
                stream.write(before + end + word.encode("utf-8", "replace") + b"\n")
        except OSError as error:
            raise PersonalWordsError(
                f"{self._file} can't be written: {error.strerror}.",
                safe="The word is known until Genko is closed.",
            ) from None
