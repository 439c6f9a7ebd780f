"""The age format, by pyrage: the only module that knows that library."""

from __future__ import annotations

from typing import Protocol

import pyrage  # type: ignore[import-untyped]

from core.errors import GenkoError

SECRET = "AGE-SECRET-KEY-1"
"""How a private key begins."""


class AgeError(GenkoError):
    """Something is no age file, is damaged, or does not open. `key`: because of the key."""

    def __init__(self, what: str, *, key: bool = False) -> None:
        super().__init__(what)
        self.key = key


class Reader(Protocol):
    """What is read from."""

    def read(self, size: int = -1, /) -> bytes: ...


class Writer(Protocol):
    """What is written to."""

    def write(self, data: bytes, /) -> int: ...
    def flush(self) -> None: ...


def new_secret() -> str:
    """A new private key."""
    return str(pyrage.x25519.Identity.generate())


def recipient_of(secret: str) -> str:
    """Its public key, `age1…`. Raises AgeError."""
    try:
        return str(pyrage.x25519.Identity.from_str(secret).to_public())
    except pyrage.IdentityError as error:
        raise AgeError("That is no private key of age.", key=True) from error


def encrypt(source: Reader, target: Writer, recipients: list[str]) -> None:
    """All of `source`, for all of `recipients`, in bounded memory. Raises AgeError.

    What source and target raise becomes an AgeError too, so they had better remember it.
    """
    try:
        known = [pyrage.x25519.Recipient.from_str(recipient) for recipient in recipients]
        pyrage.encrypt_io(source, target, known)
    except (pyrage.EncryptError, pyrage.RecipientError, OSError) as error:
        raise AgeError(f"{error}") from error


def decrypt(source: Reader, target: Writer, secret: str) -> None:
    """All of `source`. What was written counts only once this returns. Raises AgeError, as `encrypt` does."""
    try:
        pyrage.decrypt_io(source, target, [pyrage.x25519.Identity.from_str(secret)])
    except (pyrage.DecryptError, pyrage.IdentityError, OSError) as error:
        raise AgeError(f"{error}", key="matching keys" in str(error)) from error


def protect(text: str, passphrase: str) -> str:
    """A small text, behind a passphrase. Takes a second and up to a gigabyte, on purpose."""
    return str(pyrage.passphrase.encrypt(text.encode(), passphrase, armored=True).decode("ascii"))


def unprotect(text: str, passphrase: str) -> str:
    """What is behind the passphrase. Raises AgeError."""
    try:
        return str(pyrage.passphrase.decrypt(text.encode("ascii"), passphrase).decode())
    except (pyrage.DecryptError, UnicodeError) as error:
        raise AgeError(f"{error}", key=True) from error
