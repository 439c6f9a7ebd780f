"""Serifu: `# PAGE 1`, `- 1.1` for panels, `Source/Style: text`, `* sound (as written)`, `! note`."""

from __future__ import annotations

import re

from core.script.facts import LONGEST
from core.script.formats.reading.builder import Builder
from core.script.formats.reading.cueing import heading_in, letter, put_heading, reserved
from core.script.kinds import LineKind

_PANEL = re.compile(r"-\s*(?:[0-9]{1,4}\.(?P<number>[0-9]{1,4}))?\s*(?P<title>.*)$")
_SPEECH = re.compile(r"(?P<source>[^:/：]{0,60}?)(?:/(?P<style>[^:：]{0,40}))?\s*[:：](?!//)\s*(?P<text>.*)$")
_DIGITS = re.compile("[0-9]{1,4}")


def read_serifu(text: str, language: str) -> Builder:
    """Read a whole script. A speech without a source is said by the last one who spoke."""
    to = Builder()
    last = ""
    for line in map(str.strip, text.split("\n")):
        if not line:
            continue
        if len(line) > LONGEST:
            to.describe(line)
            continue
        speech = _SPEECH.match(line)
        if line[0] == "#":
            _page(to, line.lstrip("# "))
        elif line[0] == "-" and (found := _PANEL.match(line)):
            to.panel((int(found["number"]),) if found["number"] else (), found["title"])
        elif line[0] == "*" and line[1:2].isspace():
            to.letter(LineKind.SFX, line[1:])
        elif line[0] == "!":
            to.note(line[1:])
        elif speech and (speech["source"] or last):
            last = speech["source"] or last
            style = (speech["style"].strip(),) if (speech["style"] or "").strip() else ()
            about, _, sign = last.rpartition(" ")
            if about and reserved(sign, language) is LineKind.SIGN:  # Chapter Title: …
                to.letter(LineKind.SIGN, speech["text"], (about, *style))
            else:
                letter(to, last, speech["text"], language, style)
        else:
            to.describe(line)
    return to


def _page(to: Builder, words: str) -> None:
    heading = heading_in(words)
    if heading:
        put_heading(to, heading)
    elif _DIGITS.fullmatch(words):
        to.page((int(words),))
    else:
        to.chapter(words)
