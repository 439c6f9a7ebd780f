"""Final Draft's XML: the types of its own comic template, notes as script notes on what they follow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from core.script.formats.spelling import shown_name
from core.script.formats.writing import xml
from core.script.formats.writing.about import About, Notice, Progress
from core.script.formats.writing.emphasis import Run, joined_runs, runs
from core.script.formats.writing.flow import Flow, Line, fact
from core.script.kinds import LETTERING, LineKind

_TYPES = {
    LineKind.CHAPTER: "New Act",
    LineKind.SCENE: "Scene Heading",
    LineKind.PAGE: "Scene Heading",
    LineKind.PANEL: "Shot",
}
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="no" ?>\n'


@dataclass(slots=True)
class _Paragraph:
    type: str
    runs: list[Run]
    notes: list[str] = field(default_factory=list)


def write_fdx(flow: Flow, about: About, progress: Progress, notice: Notice) -> bytes:
    """A Final Draft document, UTF-8."""
    paragraphs: list[_Paragraph] = []
    for at, line in enumerate(flow.lines):
        if at % 500 == 0:
            progress(at / len(flow.lines))
        xml.tell(line.text, notice)
        if line.kind is LineKind.NOTE:
            if not paragraphs:
                paragraphs.append(_Paragraph("Action", []))
            words = f"{line.label.upper()}: {line.text}" if line.label else line.text
            paragraphs[-1].notes.append(words)
        else:
            paragraphs += _paragraphs(line)
    body = "".join(_written(paragraphs))
    return (
        f'{_HEAD}<FinalDraft DocumentType="Script" Template="No" Version="1">\n'
        f"<Content>\n{body}</Content>\n{_title_page(flow)}</FinalDraft>\n"
    ).encode()


def _paragraphs(line: Line) -> Iterator[_Paragraph]:
    if line.level or line.kind is LineKind.SCENE:
        yield _Paragraph(_TYPES[line.kind], [Run(line.text)])
    elif line.kind in LETTERING:
        name = shown_name(line.cue)
        yield _Paragraph("Character", [Run(name)])
        yield from (_Paragraph("Parenthetical", [Run(f"({word})")]) for word in line.modifiers)
        yield _Paragraph("Dialogue", joined_runs(line.lines))
    else:
        words = [f"{line.label.upper()}: {' '.join(line.lines)}".rstrip()] if line.label else line.lines
        shown = [f"({part})" for part in words] if line.doubtful and not line.label else words
        yield from (_Paragraph("Action", runs(part)) for part in shown)


def _written(paragraphs: Iterable[_Paragraph]) -> Iterator[str]:
    number = 0
    for paragraph in paragraphs:
        notes = []
        for words in paragraph.notes:
            number += 1
            inside = "".join(
                f"<Paragraph><Text>{xml.text(line)}</Text></Paragraph>" for line in words.split("\n")
            )
            notes.append(f'<ScriptNote ID="{number}">{inside}</ScriptNote>')
        texts = "".join(f"<Text{_style(run)}>{xml.text(run.text)}</Text>" for run in paragraph.runs)
        yield f'<Paragraph Type="{paragraph.type}">{"".join(notes)}{texts or "<Text></Text>"}</Paragraph>\n'


def _style(run: Run) -> str:
    styles = [name for name, on in (("Bold", run.bold), ("Italic", run.italic)) if on]
    return f' Style="{"+".join(styles)}"' if styles else ""


def _title_page(flow: Flow) -> str:
    # The title is known by standing first; what has neither key nor words to know it by gets a sign.
    first = sorted(flow.front, key=lambda entry: entry.role != "title")
    lines = [
        entry.words
        if entry.role == "title"
        else fact(entry.key, entry.words)
        if entry.key
        else f"# {entry.words}"
        for entry in first
    ]
    if not any(lines):
        return ""
    shown = "".join(
        f'<Paragraph Alignment="Center"><Text>{xml.text(line)}</Text></Paragraph>\n' for line in lines if line
    )
    return f"<TitlePage>\n<Content>\n{shown}</Content>\n</TitlePage>\n"
