"""Whether the daily backup is well, in a few words and, if not, in sentences that say what to do."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from core.backup.keeping.entry import Reason
from screens.backup.messages import Listed
from screens.backup.wording import moment

AGAIN = "It is tried again by itself, later and later; b makes one now."


class DailyState(NamedTuple):
    """A sign, words, a colour of the theme; and what is to be explained."""

    sign: str
    words: str
    colour: str
    explained: str = ""


def daily_state(enabled: bool, listed: Listed, now: datetime, trouble: str = "") -> DailyState:
    """What is said on top of the screen; `trouble` is what the app knows to be wrong."""
    explained = f"▲ {trouble}" if trouble else ""
    if listed.failed:
        explained = f"▲ {listed.failed} {AGAIN}" if enabled else ""
    if not enabled:
        return DailyState("○", "daily off (d: on)", "warning", explained)
    if listed.failed:
        return DailyState("▲", "daily failed", "error", explained)
    today = now.astimezone().date()
    sound = [entry for entry in listed.entries if entry.is_sound]
    done = next((one for one in sound if one.made_at.astimezone().date() == today), None)
    if done is not None:
        what = "daily" if done.reason == Reason.DAILY else "made"
        return DailyState("●", f"{what} {moment(done.made_at)}", "success", explained)
    last = next((one for one in sound if one.reason == Reason.DAILY), None)
    return DailyState("○", f"daily {moment(last.made_at)}" if last else "daily: none yet", "quiet", explained)
