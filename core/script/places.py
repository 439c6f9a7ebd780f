"""The place that a scene line names, without the time of day behind it."""

from __future__ import annotations

import re

_TIMES = (
    *("DAY", "NIGHT", "MORNING", "EVENING", "AFTERNOON", "NOON", "MIDNIGHT", "DAWN", "DUSK", "SUNSET"),
    *("SUNRISE", "LATER", "MOMENTS LATER", "CONTINUOUS", "SAME", "SAME TIME", "PRESENT DAY", "TWILIGHT"),
    *("JOUR", "NUIT", "MATIN", "SOIR", "MIDI", "MINUIT", "AUBE", "CRÉPUSCULE", "APRÈS-MIDI", "PLUS TARD"),
    *("SOIRÉE", "MATINÉE", "SUITE", "CONTINU"),
    *("朝", "昼", "夕", "夕方", "夜", "深夜", "早朝", "夜明け", "昼間", "翌日", "翌朝", "同"),
)
_TIME = "|".join(sorted(map(re.escape, _TIMES), key=len, reverse=True))
# `KITCHEN - NIGHT`, `KITCHEN, EARLY MORNING`, `屋上(夜)`, `屋上 夜`
_BEHIND = re.compile(
    rf"\s*(?:[-–—,/.]\s*(?:[\w']+\s+){{0,2}}(?:{_TIME})\b.*|[(（][^()（）]*(?:{_TIME})[^()（）]*[)）]"
    rf"|[\s・、]+(?:{_TIME}))\s*$",
    re.IGNORECASE,
)


def place_name(title: str) -> str:
    """`KITCHEN` for `KITCHEN - NIGHT`; the whole title where it names no time, or nothing else."""
    name = _BEHIND.sub("", title, count=1).strip(" .-–—:")
    return name or title.strip()
