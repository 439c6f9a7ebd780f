"""Whether the daily backup is well, in a few words and, if not, in a sentence that says what to do."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from core.backup.keeping.entry import Reason
from screens.backup.messages import Listed
from screens.backup.wording import moment


class DailyState(NamedTuple):
    """A sign, words, a colour of the theme; and what is to be explained."""

    sign: str
    words: str
    colour: str
    explained: str = ""


def daily_state(enabled: bool, listed: Listed, now: datetime) -> DailyState:
    """What is said on top of the screen."""
    if not enabled:
        return DailyState("○", "daily backup off, d: on", "warning")
    if listed.trouble:
        explained = f"▲ {listed.trouble} It is tried again by itself; b makes one now."
        return DailyState("▲", "daily backup failed", "error", explained)
    sound = [entry for entry in listed.entries if entry.is_sound and not entry.label]
    today = now.astimezone().date()
    done = next((one for one in sound if one.made_at.astimezone().date() == today), None)
    if done is not None:
        what = "daily" if done.reason == Reason.DAILY else "backed up"
        return DailyState("●", f"{what} {moment(done.made_at)}", "success")
    last = next((one for one in sound if one.reason == Reason.DAILY), None)
    return DailyState("○", f"daily {moment(last.made_at)}" if last else "daily: none yet", "quiet")
