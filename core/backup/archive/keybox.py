"""The key of an encrypted archive, in a file that a passphrase opens: made and opened by another process.

Making a key of a passphrase takes up to half a gigabyte for a second, on purpose: who guesses pays it
for each guess. That memory must not be this process's.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
import sys
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from core.backup.archive.errors import ArchiveDamaged, ArchiveError, ArchiveLocked

KEY_START = b"-----BEGIN AGE ENCRYPTED FILE-----\n"
KEY_END = b"-----END AGE ENCRYPTED FILE-----\n"
_MOST_KEY = 4096
_TRIES = 3
_MOST_WORK = 20
"""Of the memory that a key asks for: 2 to the power of this, in KiB. A gigabyte."""
_STANZA = re.compile(rb"age-encryption\.org/v1\n-> scrypt [A-Za-z0-9+/]{22} ([1-9][0-9]?)\n")


@dataclass(frozen=True, slots=True)
class Lock:
    """What encrypts archives without asking for a passphrase again. Holds no secret."""

    recipient: str
    """The public key of age: `age1…`."""
    key: bytes
    """The private one, protected by the passphrase: a file of age's, as text."""


@dataclass(frozen=True, slots=True)
class NewLock:
    """A lock that was just made, and opened once with its passphrase."""

    lock: Lock
    secret: str
    """The private key, for the recovery sheet and nothing else."""


def make_lock(passphrase: str, check: Callable[[], None] = lambda: None) -> NewLock:
    """A new key behind a passphrase; blocks for some seconds. Raises ArchiveError."""
    passphrase = unicodedata.normalize("NFC", passphrase)
    if not passphrase.strip():
        raise ArchiveError("An empty passphrase protects nothing.")
    for _ in range(_TRIES):
        made = _ask({"do": "make", "passphrase": passphrase}, check)
        # How much work it takes is measured when it is made; on a busy machine that goes wrong at times.
        if made and _work_of(key := made["key"].encode()) <= _MOST_WORK:
            return NewLock(Lock(made["recipient"], key), made["secret"])
    raise ArchiveError("No key could be made that opens again with its passphrase.", todo="Try again.")


def opened_key(key: bytes, passphrase: str, check: Callable[[], None] = lambda: None) -> str:
    """The private key, `AGE-SECRET-KEY-1…`. Raises ArchiveLocked for a wrong passphrase, ArchiveDamaged."""
    if _work_of(key) > _MOST_WORK:
        raise ArchiveDamaged("The key in the encrypted backup would take all memory to open.")
    forms = dict.fromkeys((passphrase, *(unicodedata.normalize(form, passphrase) for form in ("NFC", "NFD"))))
    for form in forms:
        found = _ask({"do": "open", "passphrase": form, "key": key.decode("ascii")}, check)
        if "secret" in found:
            return str(found["secret"])
    raise ArchiveLocked("The passphrase does not open this backup.", todo="Try again.")


def _work_of(key: bytes) -> int:
    """How much work opening a key file takes, see _MOST_WORK. Raises ArchiveDamaged for what is none."""
    body = key.removeprefix(KEY_START).removesuffix(KEY_END).replace(b"\n", b"")
    try:
        head = _STANZA.match(base64.b64decode(body, validate=True)) if len(key) < _MOST_KEY else None
    except binascii.Error:
        head = None
    if head is None:
        raise ArchiveDamaged("The key in the encrypted backup is damaged.")
    return int(head[1])


def _ask(question: dict[str, str], check: Callable[[], None]) -> dict[str, Any]:
    from core.asking import ask_process, command_of

    answer = ask_process(command_of(__name__), json.dumps(question).encode(), check)
    try:
        found = json.loads(answer)
    except ValueError as error:
        raise ArchiveError(
            "There is not enough memory to work with a passphrase.",
            todo="Close other programs, and try again.",
        ) from error
    return found if isinstance(found, dict) else {}


def main() -> None:
    """Answer one question on standard input; see `_ask`."""
    question = json.loads(sys.stdin.buffer.read())
    answer = _made(question["passphrase"]) if question["do"] == "make" else _opened(**question)
    sys.stdout.write(json.dumps(answer))


def _made(passphrase: str) -> dict[str, str]:
    from core.backup.archive import age

    secret = age.new_secret()
    recipient = age.recipient_of(secret)
    text = f"# A key of Genko's backups\n# public key: {recipient}\n{secret}\n"
    key = age.protect(text, passphrase)
    if age.unprotect(key, passphrase) != text:
        return {}
    return {"recipient": recipient, "secret": secret, "key": key.rstrip("\n") + "\n"}


def _opened(passphrase: str, key: str, **_: str) -> dict[str, str]:
    from core.backup.archive import age

    try:
        text = age.unprotect(key, passphrase)
    except age.AgeError:
        return {}
    return {"secret": next((line for line in text.splitlines() if line.startswith(age.SECRET)), "")}
