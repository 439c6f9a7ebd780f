"""What words on an old canvas are: balloons, captions, sounds; and how its pictures were called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from core.assembly.plan import BalloonKind
from core.legacy.canvas_pages import Element
from core.legacy.html import plain_words
from core.legacy.values import items, mapping, number, text

_DIALOGUE = {
    "speech": BalloonKind.SPEECH,
    "thought": BalloonKind.THOUGHT,
    "shout": BalloonKind.SHOUT,
    "whisper": BalloonKind.WHISPER,
    "explosion": BalloonKind.SHOUT,
}
_LARGE = 28.0
"""From this size of letters on a word or two are a sound."""


def kind_of_words(element: Element) -> tuple[BalloonKind, str]:
    """What the words of a balloon or free text are; and what to say of it in the report."""
    if element.kind == "text":
        style = mapping(element.raw.get("textStyle"))
        words = element.words
        short = len(words) <= 24 and len(words.split()) <= 2
        large = (number(style.get("fontSize")) or 0.0) >= _LARGE
        if short and (large or (words.isupper() and any(char.isalpha() for char in words))):
            return BalloonKind.SFX, " (free text: a sound, by its size or capitals)"
        return BalloonKind.CAPTION, " (free text: a caption)"
    style = mapping(element.raw.get("dialogueStyle"))
    named = text(style.get("type") or element.raw.get("bubbleType"), 20).lower()
    if named and named not in _DIALOGUE:
        return BalloonKind.SPEECH, f" (its kind, {named}, is not known)"
    drawn_anew = "; its tail is drawn anew" if _has_tail(style) else ""
    if named == "explosion":
        return BalloonKind.SHOUT, f" (explosion: a shout){drawn_anew}"
    return _DIALOGUE.get(named, BalloonKind.SPEECH), drawn_anew


def _has_tail(style: Mapping[str, Any]) -> bool:
    return any(name in style for name in ("queue", "tailPosition", "tailAngleDegrees"))


def image_name(value: Mapping[str, Any]) -> str:
    """How a picture was called: its name and address; of one that was embedded, only that it was."""
    about = mapping(value.get("metadata"))
    names = (value.get("alt"), about.get("name"), mapping(value.get("properties")).get("name"))
    name = next((one for found in names if (one := " ".join(text(found, 200).split()))), "")
    nested = mapping(value.get("imageData"))
    sources = (value.get("src"), value.get("imageUrl"), value.get("image_url"), nested.get("src"))
    source = next((one for found in sources if (one := text(found, 600).strip())), "")
    if source.startswith("data:"):
        source = "embedded in the file"
    elif len(source) > 500:
        source = source[:500] + "…"
    return ", ".join(part for part in (name, source) if part)


def told(element: Element) -> tuple[dict[str, Any], str]:
    """The facts of a panel of the store: (facts by name, what is left of it)."""
    raw = element.raw
    words = plain_words(text(raw.get("content"))).strip()
    facts: dict[str, Any] = {}
    lettering: list[dict[str, str]] = []
    kind = {"dialogue": BalloonKind.SPEECH, "narration": BalloonKind.CAPTION}.get(text(raw.get("type"), 20))
    if words and kind is not None:
        lettering.append({"kind": kind.value, "speaker": "", "text": words})
    elif words:
        facts["description"] = words
    sounds = (plain_words(text(effect, 200)).strip() for effect in items(raw.get("effects"))[:50])
    lettering += [{"kind": BalloonKind.SFX.value, "speaker": "", "text": sound} for sound in sounds if sound]
    if lettering:
        facts["words"] = lettering
    names = [name for one in items(raw.get("characters"))[:50] if (name := text(one, 200).strip())]
    if names:
        facts["characters"] = names
    if place := text(raw.get("background"), 500).strip():
        facts["background"] = place
    known = {"id", "type", "content", "effects", "characters", "background"}
    left = ", ".join(sorted(text(name, 30) for name in raw if name not in known)[:5])
    return facts, left
