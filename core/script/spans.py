"""A decided line with its parts, in columns of the writer's own line."""

from __future__ import annotations

import re
from dataclasses import replace

from core.script.facts import LONGEST, Facts
from core.script.grammar import OPENED, PLACE, YAML
from core.script.headings import Heading
from core.script.keywords import TITLE_KEYS, bare
from core.script.kinds import LETTERING, LineKind, ParsedLine, Role, Span
from core.script.normal import Normal, normalise

_IN_QUOTES = re.compile(r"""(?:"([^"]*)"|'([^']*)')\s*(?:#.*)?$""")
_COMMENT = re.compile(r"\s+#")


def parsed_line(raw: str, facts: Facts, kind: LineKind, state: int, owner: Facts | None = None) -> ParsedLine:
    """Put a line's facts and the decision about it together; `owner` is the line that names the speaker."""
    line = _parsed(raw, facts, kind, state, owner)
    return line if len(raw) <= LONGEST else _lengthened(line, raw)


def _lengthened(line: ParsedLine, raw: str) -> ParsedLine:
    """With the end of a long line, which is looked at no further but belongs to its words."""
    if not line.spans or line.spans[-1].role is not Role.TEXT:
        return line
    start, end, _ = line.spans[-1]
    last = len(raw.rstrip())
    if end >= last:
        return line
    spans = (*line.spans[:-1], Span(start, last, Role.TEXT))
    return replace(line, spans=spans, text=line.text and line.text + raw[end:last])


def _parsed(raw: str, facts: Facts, kind: LineKind, state: int, owner: Facts | None) -> ParsedLine:
    if kind in (LineKind.BLANK, LineKind.RULE):
        return ParsedLine(kind)
    normal = normalise(raw[:LONGEST])
    heading = facts.heading
    if heading and kind in (LineKind.PAGE, LineKind.PANEL, LineKind.CHAPTER, LineKind.SCENE):
        return _heading(normal, heading, kind)
    if kind is LineKind.NOTE and not (facts.cue and facts.cue.kind is LineKind.NOTE):
        return ParsedLine(kind, _whole(raw, Role.NOTE), text=_unwrapped(raw), continued=not _begins(raw))
    if kind is LineKind.TITLE:
        return _title(raw, normal, facts, yaml=state & PLACE == YAML)
    cue = facts.cue
    if kind in LETTERING and not state & OPENED:
        return _below(raw, kind, owner)
    if kind is LineKind.MODIFIER:
        spans = _whole(raw, Role.MODIFIER)
        speaker = owner.cue.name if owner and owner.cue else None
        return ParsedLine(kind, spans, speaker, (normal.body.strip("() "),), continued=True)
    if (
        cue is None
        or (kind not in LETTERING and cue.kind is not kind)
        or (cue.own_line and not state & OPENED)
    ):
        return ParsedLine(kind, _whole(raw, Role.TEXT), text=_plain(normal))
    spans = _spans(normal, cue.parts)
    if kind in LETTERING:
        speaker = cue.name if kind is LineKind.DIALOGUE and cue.name else None
        return ParsedLine(kind, spans, speaker, cue.modifiers, text=cue.text)
    return ParsedLine(kind, spans, label=cue.name, text=cue.text, audience=cue.audience)


def _heading(normal: Normal, heading: Heading, kind: LineKind) -> ParsedLine:
    both = heading.panels is not None
    return ParsedLine(
        kind,
        tuple(Span(*part) for part in heading.parts) if heading.item else _spans(normal, heading.parts),
        numbers=heading.panels or () if both and kind is LineKind.PANEL else heading.numbers,
        panel=heading.panels[0] if heading.panels and kind is LineKind.PAGE else None,
        opens_panel=both and kind is LineKind.PAGE,
        title=heading.title,
        stated_panels=heading.stated,
        splash=heading.splash,
        spread=heading.spread,
        forced=heading.forced,
    )


def _title(raw: str, normal: Normal, facts: Facts, *, yaml: bool = False) -> ParsedLine:
    body = normal.body
    if yaml and raw.lstrip()[:1] == "#":
        return ParsedLine(LineKind.TITLE, _whole(raw, Role.NOTE), label="#", text=body)
    if not facts.key or ":" not in body:
        return ParsedLine(LineKind.TITLE, _whole(raw, Role.TEXT), title=body)
    colon = body.index(":")
    start = colon + 1 + len(body[colon + 1 :]) - len(body[colon + 1 :].lstrip())
    parts = [(0, len(body[:colon].rstrip()), Role.KEYWORD)]
    if start < len(body):
        parts.append((start, len(body), Role.TEXT))
    title = _value(body[start:].strip(), yaml) if start < len(body) else ""
    return ParsedLine(LineKind.TITLE, _spans(normal, tuple(parts)), label=body[:colon].rstrip(), title=title)


def _value(words: str, yaml: bool) -> str:
    """A value of front matter without its quotation marks, and without the comment behind it in YAML."""
    quoted = _IN_QUOTES.match(words)
    if quoted:
        return (quoted[1] if quoted[1] is not None else quoted[2]).strip()
    return _COMMENT.split(words, maxsplit=1)[0] if yaml else words


def title_in(raw: str, facts: Facts, state: int) -> str:
    """The script's title, if this line of front matter (with the state after it) gives it."""
    yaml = state & PLACE == YAML
    line = _title(raw, normalise(raw[:LONGEST]), facts, yaml=yaml)
    return line.title if not (line.label or yaml) or bare(line.label) in TITLE_KEYS else ""


def _below(raw: str, kind: LineKind, owner: Facts | None) -> ParsedLine:
    cue = owner.cue if owner else None
    speaker = cue.name if cue and kind is LineKind.DIALOGUE else None
    modifiers = cue.modifiers if cue else ()
    return ParsedLine(kind, _whole(raw, Role.TEXT), speaker, modifiers, text=raw.strip(), continued=True)


def _spans(normal: Normal, parts: tuple[tuple[int, int, Role], ...]) -> tuple[Span, ...]:
    """Parts of the body as spans of the raw line; empty parts are left out."""
    return tuple(
        Span(normal.column(start), normal.column(end - 1) + 1, role)
        for start, end, role in parts
        if start < end
    )


def _whole(raw: str, role: Role) -> tuple[Span, ...]:
    """The line without its edges."""
    left = len(raw) - len(raw.lstrip())
    right = len(raw.rstrip())
    return (Span(left, right, role),) if left < right else ()


def _plain(normal: Normal) -> str:
    return normal.body.removeprefix("\\")


def _begins(raw: str) -> bool:
    return raw.lstrip().startswith(("[[", "/*", "!"))


def _unwrapped(raw: str) -> str:
    text = raw.strip()
    for opening in ("[[", "/*", "!"):
        text = text.removeprefix(opening)
    for closing in ("]]", "*/"):
        text = text.removesuffix(closing)
    return text.strip()
