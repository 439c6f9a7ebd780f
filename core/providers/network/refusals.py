"""What an answer that is none means: the sentence, whether to try again, and when."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import msgspec

from core.providers.base import ProviderError

LONGEST_WAIT = 3600.0
"""Seconds; who says more is asked again after that."""
_REASONS: Mapping[str, tuple[str, str]] = {
    "insufficient_quota": ("says that the account has no money left", "Look at the account's balance."),
    "billing_hard_limit_reached": (
        "says that the account's limit is reached",
        "Look at the account's limits.",
    ),
    "content_policy_violation": ("refuses this prompt by its rules on content", "Change the prompt."),
    "moderation_blocked": ("refuses this prompt by its rules on content", "Change the prompt."),
    "invalid_api_key": ("does not know the key", "Look at the key."),
    "model_not_found": ("does not know the model", "Look at the model in the settings."),
    "context_length_exceeded": ("finds the prompt too long", "Make the prompt shorter."),
}
"""Its own words are never passed on: they may repeat the key."""
_STATUS: Mapping[int, tuple[str, str]] = {
    400: ("does not understand the request", "Look at the model and the sizes in the settings."),
    401: ("does not accept the key", "Look at the key: its variable or file is named in the settings."),
    402: ("wants to be paid first", "Look at the account's balance."),
    403: ("does not let us in", "Look at the key and what it may do."),
    404: ("has nothing at this address", "Look at the address in the settings, and at the model."),
    413: ("finds the request too large", "Make the prompt shorter."),
    422: ("does not understand the request", "Look at the model and the sizes in the settings."),
}
_SAFE = "The prompt is kept."


class _Reason(msgspec.Struct):
    code: Any = None
    type: Any = None


class _Body(msgspec.Struct):
    error: _Reason | None = None


def refused(name: str, status: int, headers: Mapping[str, str], body: bytes) -> ProviderError:
    """The error for a status of 400 and more."""
    known = _REASONS.get(_code_in(body))
    if known is not None:
        return ProviderError(f"{name} {known[0]} ({status}).", safe=_SAFE, todo=known[1])
    if status == 429:
        return ProviderError(
            f"{name} has too much to do (429).",
            safe=_SAFE,
            todo="It is asked again later.",
            retry=True,
            retry_after=seconds_in(headers.get("retry-after", "")),
        )
    if status >= 500 or status in (408, 409, 425):
        return ProviderError(
            f"{name} failed ({status}).",
            safe=_SAFE,
            todo="It is asked again later.",
            retry=True,
            retry_after=seconds_in(headers.get("retry-after", "")),
        )
    what, todo = _STATUS.get(status, ("refuses the request", "Look at the settings of this provider."))
    return ProviderError(f"{name} {what} ({status}).", safe=_SAFE, todo=todo)


def _code_in(body: bytes) -> str:
    try:
        error = msgspec.json.decode(body, type=_Body).error
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        return ""
    return next((one for one in (error.code, error.type) if isinstance(one, str)), "") if error else ""


def seconds_in(text: str, now: datetime | None = None) -> float | None:
    """A Retry-After, as seconds or as a date; None for what is neither. At most an hour."""
    text = text.strip()[:100]
    try:
        seconds = float(text)
    except ValueError:
        try:
            date = parsedate_to_datetime(text)
        except (ValueError, TypeError, IndexError, OverflowError):
            return None
        date = date if date.tzinfo else date.replace(tzinfo=UTC)
        seconds = (date - (now or datetime.now(UTC))).total_seconds()
    return None if math.isnan(seconds) else min(max(seconds, 0.0), LONGEST_WAIT)
