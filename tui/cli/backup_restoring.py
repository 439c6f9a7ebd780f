"""`genko backup restore` and `compare`: one page or record back, and what has changed since."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from core.errors import UsageError
from tui.cli.backup import backup, keeping_wishes, progress
from tui.cli.backup_importing import asked, secret_of
from tui.cli.backup_telling import tell_report
from tui.cli.context import Context
from tui.cli.outcome import cell_of, say, say_json, table
from tui.cli.projects import AsJson

if TYPE_CHECKING:
    from core.backup.importing import Since


@backup.command
def restore(
    file: Path,
    /,
    *,
    page: str = "",
    character: str = "",
    background: str = "",
    scene: str = "",
    book_page: str = "",
    project: str = "",
    server: bool = True,
    passphrase_file: Path | None = None,
    json: AsJson = False,
) -> None:
    """Bring one page or one record back from a backup; all else stays as it is.

    Parameters
    ----------
    file
        The backup.
    page
        A page of the script: its number, heading or key.
    character
        A character by name or id.
    background
        A background by name or id.
    scene
        A scene by title or id.
    book_page
        A page of the assembly by title or id.
    project
        Its id or title, where the backup has several.
    server
        --no-server: don't save to the database server now; it waits for the next save.
    passphrase_file
        The passphrase is the first line of this file.
    """
    from core.backup.importing import find_part, open_source, restore_from
    from core.backup.importing.doing import backing_up

    given = {
        "page": page,
        "characters": character,
        "backgrounds": background,
        "scenes": scene,
        "assembly": book_page,
    }
    chosen = [(kind, name) for kind, name in given.items() if name]
    if len(chosen) != 1:
        raise UsageError("Name one thing to restore.", todo="--page 12, --character Akira …")
    context, secret = Context(), secret_of(passphrase_file)
    work = progress(quiet=json)
    with open_source(file, work=work, passphrase=secret) as source, asked(context, wanted=server) as link:
        project_id, part = find_part(source, project, *chosen[0])
        taking = backing_up(context.shelf, keeping_wishes(context), link, work)
        report = restore_from(context.shelf, source, project_id, part, work=work, back_up=taking, server=link)
    tell_report(report, as_json=json)


@backup.command
def compare(
    file: Path, /, *, project: str = "", passphrase_file: Path | None = None, json: AsJson = False
) -> None:
    """Say what has changed since a backup, by page and panel.

    Parameters
    ----------
    file
        The backup.
    project
        Its id or title, where the backup has several.
    passphrase_file
        The passphrase is the first line of this file.
    """
    from core.backup.importing import compare_with_now

    context, secret = Context(), secret_of(passphrase_file)
    work = progress(quiet=json)
    since = compare_with_now(context.shelf, file, project, work=work, passphrase=secret)
    if json:
        say_json(msgspec.to_builtins(since))
    else:
        _tell_since(since)


def _tell_since(since: Since) -> None:
    if since.whole.is_empty:
        say("Nothing has changed since.")
        return
    say(f"+{since.whole.words_added:,} words, −{since.whole.words_removed:,} since.")
    rows: list[tuple[str, ...]] = []
    for page in since.pages:
        panels = ", ".join(f"panel {panel.number}" if panel.number else "heading" for panel in page.panels)
        words = f"+{page.words_added:,} −{page.words_removed:,}"
        rows.append((cell_of(page.title), page.kind, words, panels))
    rows += [
        (cell_of(one.name) or one.record_id[:8], one.kind, one.section, ", ".join(one.fields))
        for one in since.whole.records
    ]
    say(table(rows))
