"""Scripts for filmed or read comics: panels are codes, `[1-10-010]`, speakers stand alone as `-Sam-`."""

from __future__ import annotations

import re

from core.script.formats.reading.builder import Builder
from core.script.formats.reading.cueing import heading_in, letter, put_heading
from core.script.formats.reading.front import read_front
from core.script.formats.reading.remarks import NOTE, take_remarks

_PANEL = re.compile(r"(?P<code>\[[0-9]{1,4}(?:-[0-9]{1,4}){1,2}[a-z]?\])\s*(?P<words>.*)$")
_SPEAKER = re.compile(r"-(?P<cue>[^\W\d_][^-:]{0,40})-\s*(?P<words>.*)$")
_STROKE = re.compile(r"(?<![\w|])\|(?![\w|])")


def read_codes(text: str, language: str) -> Builder:
    """Read a whole script. A stroke that stands for the letter I is that letter again."""
    to = Builder()
    lines = take_remarks(text).split("\n")
    cue, said = "", False
    for line in lines[read_front(to, lines) :]:
        words = line.strip()
        panel, speaker = _PANEL.match(words), _SPEAKER.match(words)
        if line.startswith(NOTE):
            to.note(line[1:])
        elif panel:
            cue = ""
            to.panel((), panel["code"])
            to.describe(panel["words"])
        elif speaker:
            cue, said = speaker["cue"], bool(speaker["words"])
            if said:
                letter(to, cue, _STROKE.sub("I", speaker["words"]), language)
        elif not words:
            cue = "" if said else cue
        elif cue and said:
            to.more(_STROKE.sub("I", words))
        elif cue:
            letter(to, cue, _STROKE.sub("I", words), language)
            said = True
        elif heading := heading_in(words):
            put_heading(to, heading)
        else:
            to.describe(words)
    return to
