"""One web page, ready to print: nothing from elsewhere, headings in order, sheets broken at pages."""

from __future__ import annotations

from collections.abc import Iterator

from core.script.formats.spelling import Spelling
from core.script.formats.writing import xml
from core.script.formats.writing.about import About, Notice, Progress
from core.script.formats.writing.emphasis import runs
from core.script.formats.writing.flow import Flow, Line, fact
from core.script.kinds import LETTERING, LineKind

_STYLE = """
:root { color-scheme: light dark; }
body { font: 12pt/1.5 "Noto Sans", "Noto Sans JP", "Hiragino Sans", "Yu Gothic", sans-serif; max-width: 44em;
  margin: 2em auto; padding: 0 1em; overflow-wrap: anywhere; line-break: strict; }
header { text-align: center; margin: 4em 0; }
h2 { margin: 2.5em 0 .5em; border-bottom: 1px solid; break-after: avoid; }
h3 { margin: 2em 0 .5em; break-after: avoid; }
h4 { margin: 1.2em 0 .3em; break-after: avoid; }
p { margin: .4em 0; orphans: 2; widows: 2; }
.lettering { margin-left: 3em; position: relative; break-inside: avoid; }
.lettering .n { position: absolute; left: -2.6em; width: 2em; text-align: right; opacity: .7; }
.cue { font-weight: bold; }
.scene { font-weight: bold; }
.note { border-left: .25em solid; padding-left: .7em; font-style: italic; }
@page { margin: 22mm 20mm; }
@media print {
  body { max-width: none; margin: 0; padding: 0; font-size: 10.5pt; }
  header.sheet { break-after: page; margin-top: 30vh; }
  section.sheet { break-before: page; }
  header.sheet + main section.sheet:first-child { break-before: auto; }
}
"""
_NOTE = {"en": "Note", "fr": "Note", "ja": "メモ"}


def write_html(flow: Flow, about: About, progress: Progress, notice: Notice) -> bytes:
    """UTF-8, with the language of the script, and a section for each page."""
    title = xml.text(flow.title or {"fr": "Scénario", "ja": "脚本"}.get(flow.language, "Script"))
    out = [
        f'<!DOCTYPE html>\n<html lang="{flow.language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
    ]
    out += _header(flow, about, title)
    out.append("<main>\n")
    out += _body(flow, about, progress, notice)
    out.append("</main>\n</body>\n</html>\n")
    return "".join(out).encode()


def _header(flow: Flow, about: About, title: str) -> Iterator[str]:
    sheet = ' class="sheet"' if about.title_page else ""
    yield f"<header{sheet}>\n<h1>{title}</h1>\n"
    lines = [flow.author, *(fact(key, words, Spelling(flow.language).colon) for key, words in flow.facts)]
    yield from (f"<p>{xml.text(line)}</p>\n" for line in lines if line)
    yield "</header>\n"


def _body(flow: Flow, about: About, progress: Progress, notice: Notice) -> Iterator[str]:
    sheet = ' class="sheet"' if about.page_per_page else ""
    spelling = Spelling(about.language)
    opened = False
    for at, line in enumerate(flow.lines):
        if at % 500 == 0:
            progress(at / len(flow.lines))
        xml.tell(line.text, notice)
        if line.level in (1, 2):
            yield "</section>\n" if opened else ""
            opened = True
            yield f"<section{sheet if line.level == 2 else ''}>\n"
        yield _line(line, spelling)
    yield "</section>\n" if opened else ""


def _line(line: Line, spelling: Spelling) -> str:
    if line.level:
        level = 2 if line.level == 1 else line.level + 1
        return f"<h{level}>{xml.text(line.text)}</h{level}>\n"
    words = "<br>".join(_emphasised(part) for part in line.lines)
    if line.kind in LETTERING:
        cue = xml.text(spelling.spoken_by(line.cue, line.modifiers))
        return (
            f'<p class="lettering {line.kind.value}"><span class="n">{line.number}</span> '
            f'<span class="cue">{cue}</span> {words}</p>\n'
        )
    if line.kind is LineKind.NOTE:
        label = xml.text(line.label or _NOTE[spelling.code])
        return f'<p class="note" role="note"><strong>{label}{spelling.colon}</strong> {words}</p>\n'
    label = f"<strong>{xml.text(line.label)}{spelling.colon}</strong> " if line.label else ""
    return f'<p class="{line.kind.value}">{label}{words}</p>\n'


def _emphasised(words: str) -> str:
    out = []
    for run in runs(words):
        text = xml.text(run.text)
        text = f"<em>{text}</em>" if run.italic else text
        out.append(f"<strong>{text}</strong>" if run.bold else text)
    return "".join(out)
