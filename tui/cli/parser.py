"""All commands under one name."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.metadata import version

from cyclopts import App, CycloptsError, UnusedCliTokensError

from tui.cli import (
    backup,
    backup_changing,
    backup_daily,
    backup_estimating,
    backup_importing,
    backup_keeping,
    backup_locking,
    backup_restoring,
    bible,
    canvas,
    database,
    drafts,
    drafts_assets,
    drafts_changing,
    drafts_importing,
    drafts_jobs,
    drafts_linking,
    drafts_making,
    drafts_providers,
    drafts_published,
    drafts_publishing,
    drafts_themes,
    exporting,
    figures,
    health,
    importing,
    linking,
    migrate,
    pages,
    pictures,
    projects,
    renaming,
    worker,
)
from tui.cli.outcome import USAGE, complain, run

ADDED = (
    backup_changing,
    backup_daily,
    backup_estimating,
    backup_importing,
    backup_keeping,
    backup_locking,
    backup_restoring,
    drafts_assets,
    drafts_changing,
    drafts_linking,
    drafts_making,
    drafts_providers,
    drafts_importing,
    drafts_jobs,
    drafts_published,
    drafts_publishing,
    drafts_themes,
)
"""Modules that add their commands to `genko backup` and `genko drafts` when they are loaded."""


def open_(wanted: str | None = None, /, *, encoding: str | None = None) -> int:
    """Open a project or a script file; without either, show the projects.

    Parameters
    ----------
    wanted
        An id, a title, a beginning that fits only one, or a file.
    encoding
        Read the file in this encoding instead of guessing.
    """
    from tui.launch import launch

    return launch(wanted, encoding=encoding)


def start() -> int:
    """Show the projects of this machine."""
    from tui.launch import launch

    return launch()


def build() -> App:
    """The command line's parser."""
    app = App(
        name="genko",
        help="The manga and comic writer's studio for the terminal.",
        version=version("genko"),
        default_command=start,
        help_format="plaintext",
        suppress_keyboard_interrupt=False,
    )
    app.command(open_, name="open")
    app.command(projects.projects)
    app.command(importing.import_, name="import")
    app.command(exporting.export_, name="export")
    app.command(exporting.handoff)
    app.command(exporting.handoffs_, name="handoffs")
    app.command(figures.stats)
    app.command(bible.characters)
    app.command(bible.backgrounds)
    app.command(bible.scenes)
    app.command(bible.map_, name="map")
    app.command(pages.pages)
    app.command(canvas.canvas)
    app.command(migrate.migrate)
    app.command(pictures.pictures)
    app.command(projects.save)
    app.command(projects.rename)
    app.command(renaming.rename_character_, name="rename-character")
    app.command(projects.duplicate)
    app.command(projects.trash)
    app.command(projects.restore)
    app.command(linking.link)
    app.command(linking.unlink)
    app.command(linking.links)
    app.command(backup.backup)
    app.command(drafts.drafts)
    app.command(worker.worker)
    app.command(database.db)
    app.command(health.doctor)
    app.command(health.where)
    return app


def run_command(arguments: Sequence[str]) -> int:
    """Parse and run; gives the exit status. A usage error is one line on stderr and 2."""
    try:
        return run(
            lambda: build()(
                _joined(arguments), exit_on_error=False, print_error=False, result_action="return_value"
            )
        )
    except UnusedCliTokensError as error:
        complain(
            f"Nothing is known of “{' '.join(error.unused_tokens or ())}”. `genko --help` lists the commands."
        )
        return USAGE
    except CycloptsError as error:
        complain(f"{error} `genko --help` lists the commands.")
        return USAGE


def _joined(arguments: Sequence[str]) -> list[str]:
    """`--to -` as `--to=-`: the parser takes a lone hyphen for an option, where it is standard output."""
    joined: list[str] = []
    for word in arguments:
        if word == "-" and joined and joined[-1] == "--to":
            joined[-1] = "--to=-"
        else:
            joined.append(word)
    return joined


def main(arguments: Sequence[str] | None = None) -> None:
    """The whole command line."""
    sys.exit(run_command(sys.argv[1:] if arguments is None else arguments))
