"""The `genko` command."""

from __future__ import annotations

import gc
import sys


def main() -> None:
    """Run the command line. Opening the app, the common case, loads no parser."""
    arguments = sys.argv[1:]
    if arguments and arguments[0] == "open":
        arguments = arguments[1:]
        plain = len(arguments) <= 1 and not any(word.startswith("-") for word in arguments)
    else:
        plain = not arguments
    if plain:
        gc.disable()  # until the first paint; the app switches it on again
        from tui.cli.outcome import run
        from tui.launch import launch

        sys.exit(run(lambda: launch(arguments[0] if arguments else None)))
    from tui.cli.parser import run_command

    sys.exit(run_command(sys.argv[1:]))


if __name__ == "__main__":
    main()
