"""The key of a provider: from the environment, or from a file that only its owner can read. Never shown."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from core.privatefile import NotPrivate, read_private
from core.providers.base import ProviderError

_KEY = re.compile(r"[\x21-\x7e]{1,4096}")
_SAFE = "Nothing was sent."


@dataclass(frozen=True, slots=True)
class Key:
    """What opens a provider's door; empty for one that needs none. Its text never holds it."""

    secret: str = field(default="", repr=False)

    def within(self, content: bytes) -> bool:
        """Whether somebody sent it back to us."""
        return bool(self.secret) and self.secret.encode() in content


class KeyPlace:
    """Where a key is looked for, each time that it is needed: it may change while we run."""

    def __init__(self, variable: str, file: str, environ: Mapping[str, str]) -> None:
        self._variable, self._environ = variable, environ
        self._file = Path(file).expanduser() if file else None

    def __repr__(self) -> str:
        return f"KeyPlace({self._variable!r}, {str(self._file or '')!r})"

    @property
    def told(self) -> str:
        """Where it comes from, in words."""
        if self._variable and self._environ.get(self._variable):
            return f"from the variable {self._variable}"
        return f"from {self._file}" if self._file else "none"

    def read(self) -> Key:
        """The key. Raises ProviderError where the file is missing, or others can read it."""
        secret = self._environ.get(self._variable, "").strip() if self._variable else ""
        if secret:
            return self._checked(secret, f"the variable {self._variable}")
        return Key() if self._file is None else self._checked(_first_line(self._file), str(self._file))

    def _checked(self, secret: str, where: str) -> Key:
        if not _KEY.fullmatch(secret):
            raise ProviderError(
                f"What stands in {where} is no key: a key is one line of letters, digits and signs.",
                safe=_SAFE,
            )
        return Key(secret)


def _first_line(file: Path) -> str:
    try:
        content = read_private(file)
    except OSError as error:
        raise ProviderError(
            f"The key in {file} can't be read: {error.strerror}.",
            safe=_SAFE,
            todo=f"Put the key into {file} (chmod 600), or into the variable that the settings name.",
        ) from None
    except NotPrivate:
        raise ProviderError(
            f"The key in {file} is not used: others can read it.", safe=_SAFE, todo=f"chmod 600 {file}"
        ) from None
    return content.decode("ascii", "replace").strip().partition("\n")[0].strip()
