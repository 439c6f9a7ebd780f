"""Time and memory of each format for a long script: `python -m tests.formats.writing.measure`."""

from __future__ import annotations

import subprocess
import sys
import time

from core.script import parse
from core.script.formats.writing import About, ScriptFormat, write_script
from tests.formats.writing.scripts import SCRIPTS


def long_script(language: str, size: int = 187_000) -> str:
    """A script of so many bytes: the pages of the fixture again and again."""
    head, _, pages = SCRIPTS[language].partition("\n\nPAGE " if language != "ja" else "\n\nページ")
    lines = pages.split("\n")
    spoken = [line for line in lines if line and line[0] not in "0123456789["]
    out, length, number = [head], len(head.encode()), 0
    while length < size:
        number += 1
        heading = f"ページ{number}" if language == "ja" else f"PAGE {number}:"
        page = "\n".join(["", heading, "", *spoken, *spoken])
        out.append(page)
        length += len(page.encode())
    return "\n".join(out)


def main(form: ScriptFormat, language: str) -> None:
    """One format, in a process of its own."""
    import resource

    script = parse(long_script(language))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.perf_counter()
    data = write_script(script, form, About(language=language))
    seconds = time.perf_counter() - started
    more = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    sys.stdout.write(f"{form:14} {language}  {seconds:6.2f} s  {more:6.1f} MB  {len(data):>9,} bytes\n")


if __name__ == "__main__":
    if len(sys.argv) == 3:
        main(ScriptFormat(sys.argv[1]), sys.argv[2])
    else:
        for form in ScriptFormat:
            for language in ("fr", "ja"):
                subprocess.run(
                    [sys.executable, "-m", "tests.formats.writing.measure", form, language], check=True
                )
