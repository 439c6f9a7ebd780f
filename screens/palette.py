"""The command palette: everything that can be done on this screen, by its name."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import cast

from textual.command import DiscoveryHit, Hit, Hits, Provider

from screens.commands import EVERYWHERE, Command, key_name
from screens.ports import Desk

NEEDS_PROJECT = ("save", "script", "versions")
"""Actions that mean nothing while no project is open."""


class CommandsProvider(Provider):
    """Offers the commands of the screen and those that work everywhere, if they mean something now."""

    async def discover(self) -> Hits:
        """Everything, before a letter is typed."""
        for command in self._possible():
            yield DiscoveryHit(self._label(command), partial(self._desk.give, command), help=command.help())

    async def search(self, query: str) -> Hits:
        """What fits the letters, in the title or the help."""
        matcher = self.matcher(query)
        for command in self._possible():
            label = self._label(command)
            if (score := matcher.match(label)) > 0:
                yield Hit(
                    score, matcher.highlight(label), partial(self._desk.give, command), help=command.help()
                )
            elif query.casefold() in command.help().casefold():
                yield Hit(0.1, label, partial(self._desk.give, command), help=command.help())

    @property
    def _desk(self) -> Desk:
        return cast(Desk, self.app)

    def _label(self, command: type[Command]) -> str:
        keys = self._desk.keys_of(command)
        return f"{command.title}  ({key_name(keys[0])})" if keys else command.title

    def _possible(self) -> Iterator[type[Command]]:
        here: tuple[type[Command], ...] = getattr(self.screen, "commands", ())
        for command in (*here, *EVERYWHERE):
            if command in here:
                fits = bool(self.screen.check_action(command.action, ()))
            else:  # the app would answer for the palette, the screen in front
                fits = command.action not in NEEDS_PROJECT or self._desk.session is not None
            if command.id != "palette" and fits:
                yield command
