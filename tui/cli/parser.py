"""All commands under one name."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.metadata import version
from pkgutil import resolve_name

from cyclopts import App, CycloptsError, UnusedCliTokensError

from tui.cli.outcome import USAGE, complain, run

COMMANDS = {
    "projects": "projects:projects",
    "import": "importing:import_",
    "export": "exporting:export_",
    "handoff": "exporting:handoff",
    "handoffs": "exporting:handoffs_",
    "stats": "figures:stats",
    "characters": "bible:characters",
    "backgrounds": "bible:backgrounds",
    "scenes": "bible:scenes",
    "map": "bible:map_",
    "pages": "pages:pages",
    "canvas": "canvas:canvas",
    "migrate": "migrate:migrate",
    "pictures": "pictures:pictures",
    "save": "projects:save",
    "rename": "projects:rename",
    "rename-character": "renaming:rename_character_",
    "duplicate": "projects:duplicate",
    "trash": "projects:trash",
    "restore": "projects:restore",
    "link": "linking:link",
    "unlink": "linking:unlink",
    "links": "linking:links",
    "backup": "whole_backup:backup",
    "drafts": "whole_drafts:drafts",
    "worker": "worker:worker",
    "db": "database:db",
    "doctor": "health:doctor",
    "where": "health:where",
}
"""Where each command is. Loading them all takes twice as long as most of them do."""


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


def build(arguments: Sequence[str] = ()) -> App:
    """The command line's parser; where the first word is a command, only that one is loaded."""
    known = bool(arguments) and arguments[0] in COMMANDS
    app = App(
        name="genko",
        help="The manga and comic writer's studio for the terminal.",
        version=version("genko"),
        default_command=start,
        help_format="plaintext",
        suppress_keyboard_interrupt=False,
    )
    app.command(open_, name="open")
    for name, place in COMMANDS.items():
        path = f"tui.cli.{place}"
        app.command(path if known else resolve_name(path), name=name)
    return app


def run_command(arguments: Sequence[str]) -> int:
    """Parse and run; gives the exit status. A usage error is one line on stderr and 2."""
    try:
        return run(
            lambda: build(arguments)(
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
