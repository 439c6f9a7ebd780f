"""Hub-Lib's exports hold passwords and keys; what is kept of an export does not."""

from __future__ import annotations

import json
import re
from typing import Any

from core.legacy.hublib import PREFIX

_SECRET = re.compile(r"password|passwd|salt|token|secret|api_?key", re.I)
_TABLES = ("tables", "data")
_ACCOUNTS = frozenset({f"{PREFIX}auth", f"{PREFIX}auth-data"})
_KEYS = frozenset({f"{PREFIX}api-tokens", f"{PREFIX}api-auth"})


def without_secrets(document: Any) -> bytes:
    """The document as JSON. Accounts keep whose they are; what isn't Hub-Lib's own is left behind."""
    if isinstance(document, dict):
        if any(key.startswith(PREFIX) for key in document):
            own = {key: value for key, value in document.items() if key.startswith(PREFIX)}
            document = {key: _text(key, value) for key, value in own.items() if key not in _KEYS}
        else:
            # The tables themselves have no such columns, but words that may look like it.
            document = {
                key: value if key in _TABLES else _clean(key, value) for key, value in document.items()
            }
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def _text(key: str, value: Any) -> Any:
    """A value of a browser's storage, which is a text with JSON in it."""
    if key not in _ACCOUNTS:
        return value
    try:
        inner = json.loads(value) if isinstance(value, str) else value
    except (ValueError, RecursionError):
        return None
    return json.dumps(_clean("auth", inner), ensure_ascii=False)


def _clean(name: str, value: Any) -> Any:
    if name not in ("auth", "authData"):
        return value
    if isinstance(value, dict):
        return {key: _clean(name, item) for key, item in value.items() if not _SECRET.search(key)}
    return [_clean(name, item) for item in value] if isinstance(value, list) else value
