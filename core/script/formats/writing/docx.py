"""A Word document: headings for pages and panels, styles for speech, notes as real comments."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from core.script.formats.spelling import Spelling, author_word
from core.script.formats.writing import docx_parts as parts
from core.script.formats.writing import xml
from core.script.formats.writing.about import About, Notice, Progress
from core.script.formats.writing.emphasis import Run, joined_runs, runs
from core.script.formats.writing.flow import Entry, Flow, Line, fact
from core.script.formats.writing.paper import PAPERS
from core.script.kinds import LETTERING, LineKind

_STYLES = {
    LineKind.DIALOGUE: "Dialogue",
    LineKind.CAPTION: "ComicCaption",
    LineKind.SFX: "SoundEffect",
    LineKind.SIGN: "ComicSign",
}
_SIGNED = re.compile(r"(?P<who>[^\n:：]{1,40})[:：]\s+(?P<words>.+)", re.DOTALL)
_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(slots=True)
class _Paragraph:
    style: str
    speaker: str
    """The cue with its colon; its own character style."""
    runs: list[Run]
    new_sheet: bool = False
    notes: list[str] = field(default_factory=list)


def write_docx(flow: Flow, about: About, progress: Progress, notice: Notice) -> bytes:
    """A .docx file; notes are comments on what they follow, so that they stay on their panel."""
    paragraphs = _title_page(flow, about)
    spelling = Spelling(about.language)
    for at, line in enumerate(flow.lines):
        if at % 500 == 0:
            progress(at / len(flow.lines) / 2)
        xml.tell(line.text, notice)
        if line.kind is LineKind.NOTE:
            if not paragraphs:
                paragraphs.append(_Paragraph("Description", "", []))
            paragraphs[-1].notes.append(f"{line.label.upper()}: {line.text}" if line.label else line.text)
        else:
            paragraphs += _paragraphs(line, about, spelling)
    comments: list[str] = []
    body = [_written(paragraph, comments) for paragraph in paragraphs]
    progress(0.7)
    return _zipped(
        parts.files(flow, "".join(body), _comments(comments), PAPERS.get(about.paper, PAPERS["a4"]))
    )


def _title_page(flow: Flow, about: About) -> list[_Paragraph]:
    found = [_Paragraph(*_front(entry, flow)) for entry in flow.front]
    if found and about.title_page:
        found.append(_Paragraph("Normal", "", [], new_sheet=True))
    return found


def _front(entry: Entry, flow: Flow) -> tuple[str, str, list[Run]]:
    """Title and author by themselves, all else with its key; the styles tell a reader which is which."""
    if entry.role == "title":
        return "Title", "", [Run(entry.words)]
    if entry.role == "author" and entry.key == author_word(flow.language):
        return "Author", "", [Run(entry.words)]
    shown = fact(entry.key, entry.words, Spelling(flow.language).colon) if entry.key else f"# {entry.words}"
    return "FrontMatter", "", [Run(shown)]


def _paragraphs(line: Line, about: About, spelling: Spelling) -> Iterator[_Paragraph]:
    if line.level:
        new_sheet = about.page_per_page and line.kind is LineKind.PAGE
        yield _Paragraph(f"Heading{line.level}", "", [Run(line.text)], new_sheet)
    elif line.kind in LETTERING:
        cue = spelling.spoken_by(line.cue, line.modifiers)
        yield _Paragraph(_STYLES[line.kind], cue, joined_runs(line.lines))
    elif line.kind is LineKind.SCENE:
        yield _Paragraph("SceneHeading", "", [Run(line.text)])
    elif line.label:
        yield _Paragraph("Description", f"{line.label.upper()}{spelling.colon}", runs(" ".join(line.lines)))
    else:
        for part in line.lines:
            # What another program's reader would take for a heading or a speaker stands in parentheses.
            yield _Paragraph("Description", "", runs(f"({part})" if line.doubtful else part))


def _written(paragraph: _Paragraph, comments: list[str]) -> str:
    first = len(comments)
    comments += paragraph.notes
    numbers = range(first, len(comments))
    inside = "".join(f'<w:commentRangeStart w:id="{number}"/>' for number in numbers)
    if paragraph.speaker:
        inside += f'<w:r><w:rPr><w:rStyle w:val="Speaker"/></w:rPr>{_text(paragraph.speaker)}</w:r>'
        if paragraph.runs and not paragraph.speaker.endswith("："):
            inside += f"<w:r>{_text(' ')}</w:r>"
    inside += "".join(_run(run) for run in paragraph.runs)
    for number in numbers:
        inside += f'<w:commentRangeEnd w:id="{number}"/><w:r><w:commentReference w:id="{number}"/></w:r>'
    sheet = "<w:pageBreakBefore/>" if paragraph.new_sheet else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{paragraph.style}"/>{sheet}</w:pPr>{inside}</w:p>'


def _run(run: Run) -> str:
    looks = ("<w:b/>" if run.bold else "") + ("<w:i/>" if run.italic else "")
    return f"<w:r>{f'<w:rPr>{looks}</w:rPr>' if looks else ''}{_text(run.text)}</w:r>"


def _text(words: str) -> str:
    pieces = words.replace("\t", " ").split("\n")
    return "<w:br/>".join(
        f'<w:t xml:space="preserve">{xml.text(piece)}</w:t>' if piece else "" for piece in pieces
    )


def _comments(notes: list[str]) -> str:
    return "".join(_comment(number, words) for number, words in enumerate(notes))


def _comment(number: int, words: str) -> str:
    """`INES: check the stair` is a comment of hers, as it was where it came from."""
    found = _SIGNED.match(words)
    author, words = (found["who"], found["words"]) if found else ("", words)
    initials = "".join(word[0] for word in author.split())[:3]
    paragraphs = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="CommentText"/></w:pPr><w:r>{_text(line)}</w:r></w:p>'
        for line in words.split("\n")
    )
    return (
        f'<w:comment w:id="{number}" w:author={xml.attribute(author)} w:initials={xml.attribute(initials)}>'
        f"{paragraphs}</w:comment>"
    )


def _zipped(files: dict[str, str]) -> bytes:
    """A zip file whose bytes depend on nothing but what is in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, words in files.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            archive.writestr(entry, words.encode())
    return out.getvalue()
