"""Values of foreign JSON as what they should be, whatever somebody wrote into the file."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from typing import Any

from core.errors import GenkoError

MOST_BYTES = 64_000_000
"""Of a file; the old app's own limit was one megabyte a save."""
_NUMBER = re.compile(
    r"\s*([-+]?(?:\d{1,12}(?:\.\d{0,12})?|\.\d{1,12})(?:e[-+]?\d{1,2})?)\s*(?:px|%|pt)?\s*$", re.I
)


class ForeignError(GenkoError):
    """A file that can't be read as what it should be."""


def loads(data: bytes | str) -> Any:
    """JSON as plain values, surrogates and all. Raises ForeignError for what is none, or is too much."""
    if len(data) > MOST_BYTES:
        raise ForeignError(
            f"The file is larger than {MOST_BYTES // 1_000_000} MB.",
            safe="Nothing was read.",
            todo="Export fewer pages at a time.",
        )
    try:
        text = data.decode("utf-8-sig") if isinstance(data, bytes) else data
        return json.loads(text, parse_int=_whole)
    except UnicodeDecodeError as error:
        raise ForeignError("The file is not text in UTF-8.", safe="Nothing was read.") from error
    except RecursionError as error:
        raise ForeignError("The JSON is nested too deep.", safe="Nothing was read.") from error
    except ValueError as error:
        line = getattr(error, "lineno", 0)
        where = f" (line {line:,})" if line else ""
        raise ForeignError(f"The file is not JSON{where}.", safe="Nothing was read.") from error


def _whole(digits: str) -> float:
    """A whole number; one with thousands of digits is as good as none."""
    return int(digits) if len(digits) <= 18 else math.nan


def number(value: Any) -> float | None:
    """A finite number, also where it stands in a string; None for anything else."""
    if isinstance(value, str) and len(value) <= 40:
        found = _NUMBER.match(value)
        value = float(found[1]) if found else None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if math.isfinite(value) and abs(value) < 1e9 else None


def text(value: Any, most: int = 20_000) -> str:
    """A string of at most so many characters, without what no document can hold; "" for anything else."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    cut = str(value)[:most]
    if cut.isascii() and "\0" not in cut:
        return cut
    return cut.replace("\0", "\ufffd").encode("utf-8", "replace").decode("utf-8")


def mapping(value: Any) -> Mapping[str, Any]:
    """An object; an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def items(value: Any) -> list[Any]:
    """A list; an empty one for anything else."""
    return value if isinstance(value, list) else []
