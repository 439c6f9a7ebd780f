"""One door for all forms of a script."""

from __future__ import annotations

from collections.abc import Callable

from core.script.formats.writing.about import About, Notice, Progress, ScriptFormat
from core.script.formats.writing.flow import Flow, flow
from core.script.manuscript import Manuscript, manuscript
from core.script.script import Script

Writer = Callable[[Flow, About, Progress, Notice], bytes]


def write_script(
    script: Script,
    format: ScriptFormat,  # the word of the product
    about: About,
    *,
    progress: Progress | None = None,
    notice: Notice | None = None,
) -> bytes:
    """A script as a file's bytes; costs up to seconds: call it from a worker, on a script of its own.

    Raises IncomingError if a plain text's encoding lacks a character, and WritingStoppedError if
    `progress` did. `notice` is told what the form can't carry.
    """
    script.complete()
    if format is ScriptFormat.TXT:
        from core.incoming import render_bytes

        text = "\n".join(script.lines)
        return render_bytes(text, newline=about.newline, bom=about.bom, encoding=about.encoding)
    return write_manuscript(manuscript(script), format, about, progress=progress, notice=notice)


def write_manuscript(
    manuscript: Manuscript,
    format: ScriptFormat,
    about: About,
    *,
    progress: Progress | None = None,
    notice: Notice | None = None,
) -> bytes:
    """The same for a manuscript; every form but `txt`, which needs the text itself."""
    progress = progress or _nobody
    progress(0.0)
    if format is ScriptFormat.GENKO:
        from core.script.formats.canonical import canonical

        data = canonical(manuscript, about.language).encode()
    elif format is ScriptFormat.SCRIPT_JSON:
        from core.script.formats.writing.structure import write_structure

        data = write_structure(manuscript, about)
    else:
        data = _writer(format)(flow(manuscript, about), about, progress, notice or _nobody)
    progress(1.0)
    return data


def _nobody(_: object) -> None:
    """Nobody listens."""


def _writer(format: ScriptFormat) -> Writer:
    """Each is loaded when it is asked for: some bring large libraries."""
    match format:
        case ScriptFormat.MARKDOWN:
            from core.script.formats.writing.markdown import write_markdown as writer
        case ScriptFormat.FOUNTAIN:
            from core.script.formats.writing.fountain import write_fountain as writer
        case ScriptFormat.FDX:
            from core.script.formats.writing.fdx import write_fdx as writer
        case ScriptFormat.DOCX:
            from core.script.formats.writing.docx import write_docx as writer
        case ScriptFormat.HTML:
            from core.script.formats.writing.html import write_html as writer
        case ScriptFormat.PDF:
            from core.script.formats.writing.pdf import write_pdf as writer
        case ScriptFormat.LETTERING_TSV:
            from core.script.formats.writing.lettering import write_tsv as writer
        case ScriptFormat.LETTERING_TXT:
            from core.script.formats.writing.lettering import write_text as writer
        case ScriptFormat.CSP:
            from core.script.formats.writing.lettering import write_csp as writer
        case _:
            raise AssertionError(format)  # the others are written without a flow
    return writer
