"""Speakers and labels: `NAME (off): text`, `[NAME] : text`, `名前「…」`, and names alone on their line."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

from core.script.cue import Cue
from core.script.heading import Part
from core.script.keywords import (
    DOUBTFUL,
    MODIFIERS,
    SPEECH,
    STAGING,
    audience_of,
    bare,
    fold,
    words_of,
)
from core.script.kinds import LETTERING, LineKind, Role
from core.script.names import (
    MOST_LETTERS,
    WEAK_WORDS,
    Added,
    added,
    doubted,
    is_cast,
    is_likely,
    is_name,
    is_ratio,
    is_second,
    reserved,
    together,
)
from core.script.normal import Normal

__all__ = ["Cue", "match_cue"]

_NAME = r"[^:()\[\]<>|{}\"“”«»「」『』\\]{1,60}?"
_MODIFIERS = r"(?P<mods>(?:\s*+\([^()]{0,60}\))*)"
_CUE = re.compile(
    rf"(?P<at>@)?(?P<open>\[)?\s*+(?P<name>{_NAME})\s*+(?P<close>\])?{_MODIFIERS}"
    r"(?:/(?P<style>[^:/()]{1,30}))?\s*+(?P<colon>:)(?!//|\\)\s*+(?P<text>.*)$"
)
_NAMELESS = re.compile(r"\((?P<name>[^()]{1,30})\)(?P<mods>)\s*+(?P<colon>:)\s*+(?P<text>.*)$")
# (NOTE: …), [Note: …]
_BRACKETED = re.compile(
    r"(?P<wrap>[(\[])\s*+(?P<name>[^\[\]():]{1,44}?)(?P<mods>)\s*+(?P<colon>:)(?!//|\\)\s*+(?P<text>[^\[\]()]*)[)\]]$"
)
_BALLOON_NUMBER = re.compile(
    r"(?:#?[0-9]{1,3}[./)-]?|[A-Z][.)]|\([0-9]{1,3}\)|\[[0-9]{1,3}\])\s+(?=[^\W\d_@])"
)
_OWN_LINE = re.compile(rf"(?P<at>@)?(?P<name>{_NAME}){_MODIFIERS}$")
_QUOTED = re.compile(
    r"(?:(?P<label>モノローグ|心の声|M)\s+)?(?P<name>[^\s:()「」『』、。!?,.]{1,12}?)"
    r"(?P<mods>(?:\s*+\([^()]{0,30}\))*?)\s*+(?P<text>[「『].*[」』]|\([^()]{2,}\))$"
)
_THOUGHT = "モノローグ"
_KANA = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")
_SPOKEN = re.compile("[…。!?ー~]")
_NOTHING = frozenset({"—", "-", "–", "--"} | {bare(word) for word in words_of("nothing")})
# 彼は「…」と言った is a sentence: a name does not end in these.
_PARTICLES = ("は", "が", "を", "に", "って", "した", "から")
_INSIDE = re.compile(r"\(([^()]*)\)")
_QUOTES = "\"“«„'‘「『"


def match_cue(normal: Normal) -> Cue | None:
    """The cue that a normalised line may be, or None. Whether it is one depends on its neighbours."""
    body = normal.body
    if (body[0] in "0123456789#([" or body[1:2] in (".", ")")) and (numbered := _BALLOON_NUMBER.match(body)):
        cue = _numbered(normal, numbered.end())
        if cue:
            return cue
    if ":" in body:
        found = _NAMELESS.match(body) or _BRACKETED.match(body) or _CUE.match(body)
        if found and (cue := _with_colon(normal, found)):
            return cue
    # # 原作「黒板」 is a title.
    if (
        body[-1] in "」』)"
        and normal.level not in (1, 2)
        and (found := _QUOTED.match(body))
        and (cue := _japanese(found))
    ):
        return cue
    return _alone(normal)


def _numbered(normal: Normal, start: int) -> Cue | None:
    """`3 GUARD (off): Halt`: letterers count balloons; a name in small letters counts men."""
    columns = normal.columns[start:] if normal.columns else None
    cue = match_cue(normal._replace(body=normal.body[start:], shift=normal.shift + start, columns=columns))
    if cue is None or cue.own_line or not (cue.capitals or not cue.key or cue.forced):
        return None
    if normal.body[0].isalpha() and (cue.key or cue.kind not in LETTERING):
        return None  # A. SFX: sounds are lettered; J. SMITH: is somebody
    parts = tuple((a + start, b + start, role) for a, b, role in cue.parts)
    return replace(cue, parts=((0, len(normal.body[:start].rstrip()), Role.NUMBER), *parts))


class _Called(NamedTuple):
    """What stands before the colon, taken apart."""

    name: str
    word: LineKind | str | None
    """What the name says that it is: a caption, a sound."""
    tail: Added | None
    style: str | None
    forced: bool
    nameless: bool


def _with_colon(normal: Normal, found: re.Match[str]) -> Cue | None:
    body, groups = normal.body, found.groupdict()
    name, text = found["name"].strip(), found["text"]
    nameless = body[0] in "([" and not groups.get("close")
    word = None if doubted(name, body[: found.start("colon")], text) else reserved(name)
    if nameless and not isinstance(word, LineKind):
        return None
    if "]" in (groups.get("wrap") or "") and word is not LineKind.NOTE:
        return None
    if word == SPEECH:
        return _announced(normal, found)
    if is_ratio(name, body, found.end("colon")):
        return None
    tail = added(name) if word is None else None
    if tail:
        name = tail.name
        word = reserved(name)
    style = groups.get("style")
    if style and is_second(name, style, word):
        name, style = f"{name}/{style}".strip(), None
    forced = bool(groups.get("at") or groups.get("close"))
    if not (forced or word) and (not is_name(name) or (normal.level and text[:1] not in _QUOTES)):
        return None  # ## Diagram 1: a cell
    if tail and "," in found["name"] and not name.isupper() and text[:1].islower():
        return None  # Marc, dans l'embrasure : il a tout entendu
    return _cue(normal, found, _Called(name, word, tail, style, forced, nameless))


def _cue(normal: Normal, found: re.Match[str], called: _Called) -> Cue:
    """The cue of somebody, or something, that may speak."""
    name, word, tail, style, forced, nameless = called
    text = found["text"]
    inside = _INSIDE.findall(found["mods"] or "")
    more = ((tail.tail,) if tail else (), tuple(inside), (style,) if style else ())
    kind = word if isinstance(word, LineKind) else LineKind.DIALOGUE
    if word in LETTERING and len(text) < 8 and bare(text) in _NOTHING:
        kind = LineKind.DESCRIPTION
    capitals = (name.upper() == name and name.lower() != name) or name[0] in "?？"
    parts = _with_tail(_parts(found, word, len(name), style), tail)
    return Cue(
        name,
        kind,
        tuple(parts),
        tuple(part.strip() for some in more for part in some),
        text,
        forced=forced,
        strong=(capitals and (len(name) > 1 or name == "？")) or (text[:1] in _QUOTES and bool(text)),
        marked=nameless or bool(style) or (_is_marked(normal, name) and not _is_point(normal, name, text)),
        weak=len(name.split()) <= WEAK_WORDS,
        likely=is_likely(name, text),
        proper=not any(part[0].islower() for part in name.split()),
        capitals=capitals,
        key="" if word else fold(name),
        together=() if word else together(fold(name)),
        audience=audience_of(name) if kind is LineKind.NOTE else None,
        cast=word is LineKind.DESCRIPTION and not text and is_cast(name, normal.level),
    )


def _with_tail(parts: list[Part], tail: Added | None) -> list[Part]:
    """The first part is the name: put what is added to it beside it."""
    if tail is None:
        return parts
    start, _, role = parts[0]
    name = (start + tail.name_at, start + tail.name_at + len(tail.name), role)
    way = (start + tail.tail_at, start + tail.tail_at + len(tail.tail), Role.MODIFIER)
    return [*sorted((name, way)), *parts[1:]]


def _is_marked(normal: Normal, name: str) -> bool:
    if normal.bold or normal.bullet or normal.indent >= 2 or (normal.item and name[0].isupper()):
        return True
    # A name in a script without capitals can't show itself in any other way.
    return name.lower() == name.upper()


def _is_point(normal: Normal, name: str, text: str) -> bool:
    """`- Change the tone: darker or lighter`: a point in a list."""
    words = name.split()
    small = any(word[0].islower() for word in words[1:])
    return (normal.bullet or normal.item) and not normal.bold and small and text[:1].islower()


def _announced(normal: Normal, found: re.Match[str]) -> Cue | None:
    """`Dialogue: NAME: "…"`: the speaker stands behind the label, or there is none."""
    text, start = found["text"], found.start("text")
    if text and (inside := list(_INSIDE.finditer(found["mods"] or ""))):
        return _announced_for(found, inside)
    inner = match_cue(Normal(text, 0, None)) if text else None
    label = (found.start("name"), found.end("name"), Role.LABEL)
    if inner and not inner.own_line:
        parts = (label, *((a + start, b + start, role) for a, b, role in inner.parts))
        return replace(inner, parts=parts, strong=True)
    if text and text[0] in _QUOTES:
        return Cue(
            "", LineKind.DIALOGUE, (label, (start, len(normal.body), Role.TEXT)), (), text, strong=True
        )
    parts = (label, (start, len(normal.body), Role.TEXT)) if text else (label,)
    return Cue(found["name"].strip(), LineKind.DESCRIPTION, parts, (), text, strong=True)


def _announced_for(found: re.Match[str], inside: list[re.Match[str]]) -> Cue | None:
    """`Dialogue (Mara): …`: the speaker stands in the label's parentheses."""
    name = inside[0][1].strip()
    if not is_name(name) or bare(name) in MODIFIERS:
        return None
    at = found.start("mods")
    parts = (
        (found.start("name"), found.end("name"), Role.LABEL),
        (at + inside[0].start(1), at + inside[0].end(1), Role.SPEAKER),
        *((at + way.start(), at + way.end(), Role.MODIFIER) for way in inside[1:]),
        (found.start("text"), found.end("text"), Role.TEXT),
    )
    ways = tuple(way[1].strip() for way in inside[1:])
    return Cue(name, LineKind.DIALOGUE, parts, ways, found["text"], strong=True, key=fold(name))


def _japanese(found: re.Match[str]) -> Cue | None:
    """名前「…」, 名前（小声）「…」, and the thought 名前（…）."""
    name, text = found["name"], found["text"]
    thought = text[0] == "("
    word = None if thought and bare(name) in DOUBTFUL else reserved(name)  # 「 is Japanese already
    if (name.endswith(_PARTICLES) and not word) or name.isascii() > (word is not None):
        return None
    inside = text[1:-1]
    if thought and (word or bare(inside) in MODIFIERS or not _KANA.search(inside)):
        return None
    kind = word if isinstance(word, LineKind) else LineKind.DIALOGUE
    mods = [part.strip() for part in _INSIDE.findall(found["mods"] or "")]
    said = found["label"] or (_THOUGHT if thought else "")
    parts = _parts(found, word, len(name))
    if found["label"]:
        parts.insert(0, (found.start("label"), found.end("label"), Role.MODIFIER))
    return Cue(
        name,
        kind,
        tuple(parts),
        (*((said,) if said else ()), *mods),
        text,
        strong=not thought or bool(found["label"]) or bool(_SPOKEN.search(inside)),
        proper=True,
        weak=True,
        key="" if word else fold(name),
        audience=audience_of(name) if kind is LineKind.NOTE else None,
    )


def _alone(normal: Normal) -> Cue | None:
    """A name by itself: in capitals, capitalised like a name, or forced with `@`."""
    found = _OWN_LINE.match(normal.body) if len(normal.body) <= 2 * MOST_LETTERS else None
    if not found:
        return None
    name = found["name"].strip()
    if not name:
        return None  # a lone "@"
    if not found["at"] and is_cast(name, normal.level):
        return Cue(name, LineKind.DESCRIPTION, (), (), "", strong=True, cast=True, capitals=name.isupper())
    if not found["at"] and not is_name(name, own_line=True):
        return None
    capitals = name.upper() == name and name.lower() != name and len(name) > 1
    titled = (
        name[-1] != "-"
        and "," not in name
        and all(word[0].isupper() or not word[0].isalpha() for word in name.split())
        and name.lower() != name
    )
    word = None if bare(name) in DOUBTFUL else reserved(name)
    tail = added(name) if word is None else None
    if tail:
        name, word = tail.name, reserved(tail.name)
    if not (found["at"] or capitals or (titled and len(name.split()) <= 3)):
        return None
    if word in (SPEECH, LineKind.DESCRIPTION, LineKind.NOTE):
        return None
    kind = word if isinstance(word, LineKind) else LineKind.DIALOGUE
    mods = tuple(part.strip() for part in _INSIDE.findall(found["mods"] or ""))
    parts = _with_tail(_parts(found, word, len(name)), tail)
    return Cue(
        name,
        kind,
        tuple(parts),
        (*((tail.tail,) if tail else ()), *mods),
        "",
        forced=bool(found["at"]),
        strong=capitals,
        marked=normal.bold or normal.bullet or normal.level > 0 or bare(name.split()[0]) in STAGING,
        weak=len(name.split()) <= WEAK_WORDS,
        capitals=capitals,
        own_line=True,
        key="" if word else fold(name),
    )


def _parts(
    found: re.Match[str], word: LineKind | str | None, length: int, style: str | None = None
) -> list[Part]:
    groups = found.groupdict()
    role = Role.SPEAKER if word is None else Role.KEYWORD
    if word in (LineKind.NOTE, LineKind.DESCRIPTION):
        role = Role.LABEL
    start = found.start("name")
    parts: list[Part] = [(start, start + length, role)]
    if found["mods"]:
        shift = found.start("mods")
        parts += [
            (shift + inner.start(), shift + inner.end(), Role.MODIFIER)
            for inner in _INSIDE.finditer(found["mods"])
        ]
    if style:
        parts.append((found.start("style"), found.end("style"), Role.MODIFIER))
    if groups.get("text"):
        parts.append((found.start("text"), found.end("text"), Role.TEXT))
    return parts
