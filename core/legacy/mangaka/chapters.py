"""Scripts that the earlier app kept as chapters, scenes and panels, written as a script."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from core.legacy.values import items, mapping
from core.script.formats.canonical import canonical
from core.script.formats.reading.builder import Builder
from core.script.formats.reading.language import language_of
from core.script.kinds import LineKind

_LABELS = {
    "en": ("SHOT", "ANGLE", "MOOD", "LIGHTING", "TRANSITION", "LOCATION", "TIME", "SYNOPSIS"),
    "fr": ("PLAN", "CADRAGE", "AMBIANCE", "LUMIÈRE", "TRANSITION", "LIEU", "MOMENT", "SYNOPSIS"),
    "ja": ("カメラ", "ANGLE", "MOOD", "LIGHTING", "TRANSITION", "場所", "時間", "あらすじ"),
}
_SCENES = {"en": "SCENE", "fr": "SCÈNE", "ja": "シーン"}
_SHOT, _ANGLE, _MOOD, _LIGHTING, _TRANSITION, _LOCATION, _TIME, _SYNOPSIS = range(8)
_OF_PANEL = (
    ("shotType", _SHOT),
    ("cameraAngle", _ANGLE),
    ("mood", _MOOD),
    ("lighting", _LIGHTING),
    ("timing", _TIME),
)
_SAID = {"narration": LineKind.CAPTION, "caption": LineKind.CAPTION, "sound": LineKind.SFX}
_MOST = 100_000
"""Panels that are written; nobody has drawn so many."""


def plain(value: Any) -> str:
    """A string or a number as text, whole; "" for anything else."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return str(value)


def has_chapters(value: Any) -> bool:
    """Whether there is a chapter with anything in it."""
    return any(mapping(one) or plain(one).strip() for one in items(value))


def written(data: Mapping[str, Any], chapters: Sequence[Any]) -> str:
    """The script of a structure, in our markup, in the language that it seems to be in."""
    language = language_of(" ".join(_some_words(chapters)))
    writer = _Writer(language)
    if about := plain(data.get("description")).strip():
        writer.out.describe(about, label=writer.label(_SYNOPSIS))
    for chapter in chapters:
        writer.chapter(chapter)
    return canonical(writer.out.out, language)


def _some_words(chapters: Sequence[Any]) -> list[str]:
    """Enough to tell the language by."""
    found: list[str] = []
    waiting: list[Any] = list(chapters[:20])[::-1]
    while waiting and len(found) < 500:
        one = waiting.pop()
        if isinstance(one, str):
            found.append(one[:400])
        elif isinstance(one, Mapping):
            waiting += [held for name, held in one.items() if name not in ("id", "shotType", "cameraAngle")]
        elif isinstance(one, list):
            waiting += one[:40][::-1]
    return found


class _Writer:
    """Takes chapters one after another."""

    def __init__(self, language: str) -> None:
        self.out = Builder()
        self._labels = _LABELS[language]
        self._page: int | None = None
        self._scenes = 0
        self._language = language
        self._count = 0

    def label(self, which: int) -> str:
        """What a line of this kind begins with."""
        return self._labels[which]

    def chapter(self, raw: Any) -> None:
        """A chapter, its scenes, and panels that stand in no scene."""
        value = mapping(raw)
        if not value:
            self.out.describe(plain(raw))
            return
        self._page = None
        self._scenes = 0
        self.out.chapter(_line(value.get("title")))
        self._about(value)
        for scene in items(value.get("scenes")):
            self._scene(scene)
        self._panels(value.get("panels"))
        for page in items(value.get("pages")):
            self._panels(mapping(page).get("panels"))

    def _scene(self, raw: Any) -> None:
        value = mapping(raw)
        if not value:
            self.out.describe(plain(raw))
            return
        self._scenes += 1
        panels = [mapping(panel) for panel in items(value.get("panels"))[:1]]
        if panels:
            self._open_page(panels[0])  # a scene stands on the page that it begins on
        if title := _line(value.get("title") or value.get("name")):
            self.out.scene(title, (self._scenes,), "" if self._page is None else self._scene_word())
        for name, label in (("location", _LOCATION), ("timeOfDay", _TIME)):
            if told := _line(value.get(name)):
                self.out.describe(told, label=self.label(label))
        self._about(value)
        self._panels(value.get("panels"))

    def _about(self, value: Mapping[str, Any]) -> None:
        self.out.describe(_line(value.get("description")))
        self.out.note(plain(value.get("notes")))

    def _panels(self, panels: Any) -> None:
        for panel in items(panels):
            self._count += 1
            if self._count > _MOST:
                return
            self._panel(mapping(panel), plain(panel))

    def _scene_word(self) -> str:
        return f"{_SCENES[self._language]} {self._scenes}"

    def _open_page(self, value: Mapping[str, Any]) -> None:
        """The page of a panel, if it is another one."""
        page = _number(value.get("pageNumber"))
        if page is not None and page != self._page:
            self.out.page((page,))
            self._page = page

    def _panel(self, value: Mapping[str, Any], alone: str) -> None:
        self._open_page(value)
        number = _number(value.get("panelNumber"))
        self.out.panel((number,) if number is not None else ())
        self.out.describe(_line(value.get("description")) or alone)
        for name, label in _OF_PANEL:
            if told := _line(value.get(name)):
                self.out.describe(told, label=self.label(label))
        if names := [name for one in items(value.get("characters")) if (name := _line(one))]:
            self.out.note(", ".join(names))
        self._lettering(value)
        self.out.note(plain(value.get("notes")))
        if told := _line(value.get("transition")):
            self.out.describe(told, label=self.label(_TRANSITION))

    def _lettering(self, value: Mapping[str, Any]) -> None:
        for dialogue in items(value.get("dialogues")):
            if isinstance(dialogue, str):
                self._spoken(dialogue)
            else:
                self._dialogue(mapping(dialogue))
        if isinstance(told := value.get("dialogue"), str):
            for line in told.split("\n"):
                self._spoken(line)
        for sound in items(value.get("soundEffects")):
            about = mapping(sound)
            words = _line(about.get("text")) if about else _line(sound)
            ways = _ways(about, "style", "size", "position")
            if words:
                self.out.letter(LineKind.SFX, words, ways)

    def _dialogue(self, value: Mapping[str, Any]) -> None:
        kind = _line(value.get("type"))
        ways = _ways(value, "bubbleStyle", "position")
        speaker, words = _line(value.get("character")), plain(value.get("text")).strip()
        if kind in _SAID:
            self.out.letter(_SAID[kind], words, (*((speaker,) if speaker else ()), *ways))
            return
        if speaker or words:
            self.out.say(speaker, words, (*((kind,) if kind not in ("", "speech") else ()), *ways))

    def _spoken(self, line: str) -> None:
        """`Name: "words"`, as templates and the oldest files have it."""
        name, colon, words = line.strip().partition(":")
        if colon and 0 < len(name) <= 44 and "://" not in line:
            self.out.say(name.strip(), _unquoted(words.strip()))
        elif line.strip():
            self.out.say("", line.strip())


def _ways(value: Mapping[str, Any], *names: str) -> tuple[str, ...]:
    return tuple(told for name in names if (told := _line(value.get(name))) not in ("", "normal", "medium"))


def _unquoted(words: str) -> str:
    quoted = len(words) > 2 and words[0] == words[-1] == '"' and '"' not in words[1:-1]
    return words[1:-1] if quoted else words


def _line(value: Any) -> str:
    return " ".join(plain(value).split())


def _number(value: Any) -> int | None:
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 6:
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < 100_000:
        return None
    return int(value) if value == int(value) else None
