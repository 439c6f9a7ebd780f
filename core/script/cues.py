"""Speakers and labels: `NAME (off): text`, `[NAME] : text`, `名前「…」`, and names alone on their line."""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.script.headings import Part
from core.script.keywords import DOUBTFUL, MODIFIERS, RESERVED, SPEECH, bare, fold, pattern, words_of
from core.script.kinds import LineKind, Role
from core.script.normal import Normal

MOST_LETTERS, MOST_WORDS, WEAK_WORDS = 44, 5, 4

_NAME = r"[^:()\[\]<>|{}\"“”«»「」『』\\]{1,60}?"
_MODIFIERS = r"(?P<mods>(?:\s*\([^()]{0,60}\))*)"
_CUE = re.compile(
    rf"(?P<at>@)?(?P<open>\[)?\s*(?P<name>{_NAME})\s*(?P<close>\])?{_MODIFIERS}"
    r"(?:/(?P<style>[^:/()]{1,30}))?\s*(?P<colon>:)(?!//)\s*(?P<text>.*)$"
)
_NAMELESS = re.compile(r"\((?P<name>[^()]{1,30})\)(?P<mods>)\s*(?P<colon>:)\s*(?P<text>.*)$")
_OWN_LINE = re.compile(rf"(?P<at>@)?(?P<name>{_NAME}){_MODIFIERS}$")
_QUOTED = re.compile(
    r"(?P<name>[^\s:()「」『』、。!?,.]{1,12}?)(?P<mods>(?:\s*\([^()]{0,30}\))*)\s*(?P<text>[「『].*[」』])$"
)
# 彼は「…」と言った is a sentence: a name does not end in these.
_PARTICLES = ("は", "が", "を", "に", "って", "した", "から")
_INSIDE = re.compile(r"\(([^()]*)\)")
_SHORTENED = re.compile(
    r"\b(?:[^\W\d_]|Dr|Mr|Mrs|Ms|Mme|Mlle|St|Ste|Sgt|Prof|Lt|Capt|Jr|Sr|No)\.", re.IGNORECASE
)
_STOPS = re.compile(r"[.!?。…;]")
_COUNTER = re.compile(r"\s*#?[0-9]{1,3}$")
_QUOTES = "\"“«„'‘「『"


@dataclass(frozen=True, slots=True)
class Cue:
    """Who speaks, or which label it is; places are those of the normalised body."""

    name: str
    kind: LineKind
    """DIALOGUE, CAPTION, SFX or SIGN; NOTE and DESCRIPTION for a label."""
    parts: tuple[Part, ...]
    modifiers: tuple[str, ...]
    text: str
    forced: bool = False
    """`@NAME` or `[NAME]`: taken at its word everywhere."""
    strong: bool = False
    """Capitals, or a text that opens with a quotation mark."""
    marked: bool = False
    """Bold, bulleted or indented: believed inside a story."""
    weak: bool = False
    """Any other name in front of a colon: believed when the script has it more than once."""
    capitals: bool = False
    own_line: bool = False
    """No colon: only a speaker when words follow on the next line."""
    key: str = ""
    """The folded name, to count candidates by."""


def match_cue(normal: Normal) -> Cue | None:
    """The cue that a normalised line may be, or None. Whether it is one depends on its neighbours."""
    body = normal.body
    if ":" in body:
        found = _NAMELESS.match(body) or _CUE.match(body)
        if found and (cue := _with_colon(normal, found)):
            return cue
    if body[-1] in "」』" and (found := _QUOTED.match(body)):
        return _japanese(found)
    return _alone(normal)


def _with_colon(normal: Normal, found: re.Match[str]) -> Cue | None:
    body = normal.body
    groups = found.groupdict()
    name, text = found["name"].strip(), found["text"]
    nameless = body[0] == "("
    word = None if _doubted(name, body[: found.start("colon")], text) else _reserved(name)
    if nameless and not isinstance(word, LineKind):
        return None
    if groups.get("open") and not groups.get("close"):
        return None
    if word == SPEECH:
        return _announced(normal, found)
    # 12:30, and ratios
    if (
        name[-1:].isdigit()
        and text[:1].isdigit()
        and body[found.end("colon") : found.end("colon") + 1] != " "
    ):
        return None
    forced = bool(groups.get("at") or groups.get("close"))
    if not (forced or word) and not _is_name(name):
        return None
    style = groups.get("style")
    modifiers = (*_INSIDE.findall(found["mods"] or ""), *((style.strip(),) if style else ()))
    capitals = name.upper() == name and name.lower() != name
    return Cue(
        name,
        word if isinstance(word, LineKind) else LineKind.DIALOGUE,
        _parts(found, word, style),
        tuple(part.strip() for part in modifiers),
        text,
        forced=forced,
        strong=(capitals and len(name) > 1) or (text[:1] in _QUOTES and bool(text)),
        # A name in a script without capitals can't show itself in any other way.
        marked=nameless
        or bool(style)
        or normal.bold
        or normal.bullet
        or normal.indent >= 2
        or name.lower() == name.upper(),
        weak=len(name.split()) <= WEAK_WORDS,
        capitals=capitals,
        key="" if word else fold(name),
    )


def _announced(normal: Normal, found: re.Match[str]) -> Cue | None:
    """`Dialogue: NAME: "…"`: the speaker stands behind the label, or there is none."""
    text, start = found["text"], found.start("text")
    inner = match_cue(Normal(text, 0, None)) if text else None
    label = (found.start("name"), found.end("name"), Role.LABEL)
    if inner and not inner.own_line:
        parts = (label, *((a + start, b + start, role) for a, b, role in inner.parts))
        return Cue(inner.name, inner.kind, parts, inner.modifiers, inner.text, strong=True, key=inner.key)
    if text and text[0] in _QUOTES:
        return Cue(
            "", LineKind.DIALOGUE, (label, (start, len(normal.body), Role.TEXT)), (), text, strong=True
        )
    parts = (label, (start, len(normal.body), Role.TEXT)) if text else (label,)
    return Cue(found["name"].strip(), LineKind.DESCRIPTION, parts, (), text, strong=True)


def _japanese(found: re.Match[str]) -> Cue | None:
    name = found["name"]
    word = _reserved(name)  # the brackets are Japanese already
    if name.endswith(_PARTICLES) and not word:
        return None
    kind = word if isinstance(word, LineKind) else LineKind.DIALOGUE
    mods = tuple(part.strip() for part in _INSIDE.findall(found["mods"] or ""))
    key = "" if word else fold(name)
    return Cue(name, kind, _parts(found, word), mods, found["text"], strong=True, key=key)


def _alone(normal: Normal) -> Cue | None:
    """A name by itself: in capitals, capitalised like a name, or forced with `@`."""
    found = _OWN_LINE.match(normal.body) if len(normal.body) <= 2 * MOST_LETTERS else None
    if not found:
        return None
    name = found["name"].strip()
    if not found["at"] and not _is_name(name):
        return None
    capitals = name.upper() == name and name.lower() != name and len(name) > 1
    titled = (
        name[-1] != "-"
        and "," not in name
        and all(word[0].isupper() or not word[0].isalpha() for word in name.split())
        and name.lower() != name
    )
    word = None if bare(name) in DOUBTFUL else _reserved(name)
    if not (found["at"] or capitals or (titled and len(name.split()) <= 3)):
        return None
    if word in (SPEECH, LineKind.DESCRIPTION, LineKind.NOTE):
        return None
    kind = word if isinstance(word, LineKind) else LineKind.DIALOGUE
    mods = tuple(part.strip() for part in _INSIDE.findall(found["mods"] or ""))
    return Cue(
        name,
        kind,
        _parts(found, word),
        mods,
        "",
        forced=bool(found["at"]),
        strong=capitals,
        marked=normal.bold or normal.bullet or normal.level > 0,
        capitals=capitals,
        own_line=True,
        key="" if word else fold(name),
    )


def _parts(found: re.Match[str], word: LineKind | str | None, style: str | None = None) -> tuple[Part, ...]:
    groups = found.groupdict()
    role = Role.SPEAKER if word is None else Role.KEYWORD
    if word in (LineKind.NOTE, LineKind.DESCRIPTION):
        role = Role.LABEL
    start = found.start("name")
    parts: list[Part] = [(start, start + len(found["name"].rstrip()), role)]
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
    return tuple(parts)


def _doubted(name: str, before_colon: str, text: str) -> bool:
    """SON: is somebody's son, SON : a sound; M: is a person, M：「…」 a thought."""
    language = DOUBTFUL.get(bare(name))
    if language == "fr":
        return not before_colon.endswith(" ")
    return language is not None and not any(char > "\u3000" for char in text)


def _reserved(name: str) -> LineKind | str | None:
    """The class of a reserved word; a number behind it (`SFX 1`) does not matter."""
    word = bare(name)
    found = RESERVED.get(word)
    if found is None and word and word[-1].isdigit():
        found = RESERVED.get(_COUNTER.sub("", word))
    return found


def _is_name(name: str) -> bool:
    if not 0 < len(name) <= MOST_LETTERS or len(name.split()) > MOST_WORDS:
        return False
    if not any(char.isalpha() for char in name):
        return False
    if _STOPS.search(name) and _STOPS.search(_SHORTENED.sub("", name)):
        return False
    return bare(name) not in _NEVER and not _HEADED.match(name)


# PANEL 3 ARTIST is about a panel, nobody says it.
_HEADED = re.compile(
    rf"(?:{pattern(w for f in ('chapter', 'page', 'panel') for w in words_of(f) if len(w) > 3)})\s+[0-9]",
    re.IGNORECASE,
)
_NEVER = frozenset(
    {
        bare(word)
        for word in ("PAGE", "PANEL", "CHAPTER", "CHAPITRE", "CASE", "PLANCHE", "SCENE", "HTTP", "HTTPS")
    }
    | {word for word in MODIFIERS if word.startswith("cont")}
)
