"""The bytes of a file that may be anything: too large, a folder, a pipe, not ours to read, not text."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import BinaryIO

from core.errors import IncomingError

MOST = 50_000_000
"""Bytes of the largest file that is read; the longest comic scripts are below one million."""

_PIECE = 1 << 20

_SAVE_AS_TEXT = "Save it as plain text and import that."
# First bytes -> what it is, what to do.
_SIGNATURES: tuple[tuple[bytes, str, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "a PNG picture", ""),
    (b"\xff\xd8\xff", "a JPEG picture", ""),
    (b"GIF8", "a GIF picture", ""),
    (b"RIFF", "a picture, sound or film (RIFF)", ""),
    (b"BM\x00\x00", "a picture (BMP)", ""),
    (b"II*\x00", "a TIFF picture", ""),
    (b"MM\x00*", "a TIFF picture", ""),
    (b"8BPS", "a Photoshop picture", ""),
    (b"%PDF-", "a PDF document", _SAVE_AS_TEXT),
    (b"PK\x03\x04", "a ZIP archive (or a Word or LibreOffice document)", _SAVE_AS_TEXT),
    (b"PK\x05\x06", "an empty ZIP archive", ""),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word document", _SAVE_AS_TEXT),
    (b"{\\rtf", "an RTF document", _SAVE_AS_TEXT),
    (b"\x1f\x8b", "a gzip archive", "Unpack it and import what is inside."),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", "Unpack it and import what is inside."),
    (b"Rar!\x1a\x07", "a RAR archive", "Unpack it and import what is inside."),
    (b"BZh", "a bzip2 archive", "Unpack it and import what is inside."),
    (b"\xfd7zXZ\x00", "an xz archive", "Unpack it and import what is inside."),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive", "Unpack it and import what is inside."),
    (b"SQLite format 3\x00", "an SQLite database (perhaps a Genko project)", ""),
    (b"\x7fELF", "a program", ""),
    (b"MZ\x90\x00", "a program", ""),
    (b"\xcf\xfa\xed\xfe", "a program", ""),
    (b"OggS", "a sound or film", ""),
    (b"ID3", "a sound", ""),
    (b"fLaC", "a sound", ""),
)
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\r\x0b\x0c\x1a\x1b\x1c\x1d\x1e\x1f")
_MOST_CONTROLS = 0.01
"""Part of the bytes that may be control characters in a text."""


def file_bytes(path: Path, most: int = MOST, what: str = "a script") -> bytes:
    """All bytes of an ordinary file of at most `most` bytes. Raises IncomingError for anything else."""
    try:
        # Without NONBLOCK a pipe nobody writes to would hold the program for ever.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except (OSError, ValueError) as error:
        raise _refusal(path, error) from error
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise _not_ordinary(path, status.st_mode)
        if status.st_size > most:
            raise _too_large(path, status.st_size, most, what)
        with open(descriptor, "rb", closefd=False) as stream:
            data = _read(stream, most)
    except OSError as error:
        raise _refusal(path, error) from error
    finally:
        os.close(descriptor)
    if len(data) > most:
        raise _too_large(path, len(data), most, what)
    return data


def _read(stream: BinaryIO, most: int) -> bytes:
    """All bytes, or one more. In pieces: one large `read` would take its memory for small files too."""
    pieces: list[bytes] = []
    left = most + 1
    while left > 0 and (piece := stream.read(min(left, _PIECE))):
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces)


def refuse_binary(data: bytes, path: Path) -> None:
    """Raise IncomingError for what is plainly no text. Bytes of UTF-16 and UTF-32 must not come here."""
    for start, name, todo in _SIGNATURES:
        if data.startswith(start):
            raise IncomingError(f"{path} is {name}, not a text.", safe="Nothing was changed.", todo=todo)
    if data[4:8] == b"ftyp":
        raise IncomingError(f"{path} is a film or picture, not a text.", safe="Nothing was changed.")
    sample = data[:1_000_000]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if sample and controls / len(sample) > _MOST_CONTROLS:
        raise IncomingError(
            f"{path} is not a text: {controls / len(sample):.0%} of it is control characters.",
            safe="Nothing was changed.",
        )


def _refusal(path: Path, error: OSError | ValueError) -> IncomingError:
    if isinstance(error, FileNotFoundError):
        return IncomingError(f"There is no file {path}.", todo="Check the name.")
    if isinstance(error, PermissionError):
        return IncomingError(
            f"You may not read {path}.", todo="Ask its owner, or copy it to a place of yours."
        )
    if isinstance(error, IsADirectoryError):
        return _not_ordinary(path, stat.S_IFDIR)
    if isinstance(error, OSError):
        return IncomingError(f"{path} can't be read: {error.strerror}.")
    return IncomingError("That is no file name: it holds a NUL character.")


def _not_ordinary(path: Path, mode: int) -> IncomingError:
    if stat.S_ISDIR(mode):
        return IncomingError(f"{path} is a folder.", todo="Name a file in it.")
    kind = "a pipe" if stat.S_ISFIFO(mode) else "a socket" if stat.S_ISSOCK(mode) else "a device"
    return IncomingError(f"{path} is {kind}, not a file.", todo="Write it to a file and import that.")


def _too_large(path: Path, size: int, most: int, what: str) -> IncomingError:
    return IncomingError(
        f"{path} has {size / 1e6:,.0f} MB; {what} may have at most {most / 1e6:,.0f} MB.",
        safe="Nothing was read or changed.",
        todo="Split it into volumes." if what == "a script" else "",
    )
