"""Commands on what a panel holds: status, picture, place, people, notes, balloons."""

from __future__ import annotations

from screens.commands.assembly.base import AssemblyCommand
from screens.commands.base import Command


class StatusForward(AssemblyCommand):
    """The panel is a step further: script, thumbnails, pencils, inks, letters, done."""

    title = "Status forward"
    keys = ("t",)
    footer = "Status"
    letter = "+"


class StatusBack(AssemblyCommand):
    """The panel goes a step back."""

    title = "Status back"
    keys = ("T", "shift+t")


class PageStatusForward(AssemblyCommand):
    """All panels of the page are a step further than the one that is least far."""

    title = "Status of the page forward"
    keys = ("alt+t",)
    letter = ">"


class PageStatusBack(AssemblyCommand):
    """All panels of the page go a step back."""

    title = "Status of the page back"
    keys = ("alt+shift+t",)


class PanelPicture(AssemblyCommand):
    """Put a picture of the project, or one from a file, into the panel."""

    title = "Picture"
    keys = ("p",)
    letter = "P"


class PanelBackground(AssemblyCommand):
    """Say where the panel takes place."""

    title = "Background"
    keys = ("b",)
    letter = "b"


class PanelCharacters(AssemblyCommand):
    """Say who is in the panel, where the script doesn't."""

    title = "Characters in it"
    keys = ("c",)
    letter = "w"


class PanelNotes(AssemblyCommand):
    """Write a note on the panel."""

    title = "Notes"
    keys = ("n",)
    letter = "n"


class NextBalloon(AssemblyCommand):
    """Choose the panel's next balloon."""

    title = "The next balloon"
    keys = ("full_stop",)
    letter = "."


class PreviousBalloon(AssemblyCommand):
    """Choose the balloon before."""

    title = "The balloon before"
    keys = ("comma",)
    letter = ","


class BalloonLeft(AssemblyCommand):
    """Move the chosen balloon to the left."""

    title = "Balloon to the left"
    keys = ("alt+left",)


class BalloonRight(AssemblyCommand):
    """Move the chosen balloon to the right."""

    title = "Balloon to the right"
    keys = ("alt+right",)


class BalloonUp(AssemblyCommand):
    """Move the chosen balloon up."""

    title = "Balloon up"
    keys = ("alt+up",)


class BalloonDown(AssemblyCommand):
    """Move the chosen balloon down."""

    title = "Balloon down"
    keys = ("alt+down",)


class BalloonEarlier(AssemblyCommand):
    """Let the chosen balloon be read before the one before it."""

    title = "Balloon earlier"
    keys = ("left_parenthesis",)
    letter = "("


class BalloonLater(AssemblyCommand):
    """Let the chosen balloon be read after the next one."""

    title = "Balloon later"
    keys = ("right_parenthesis",)
    letter = ")"


class BalloonBack(AssemblyCommand):
    """Give the chosen balloon the place and order that it has by itself."""

    title = "Balloon to its own place"
    keys = ("u",)
    letter = "u"


FILLING: tuple[type[Command], ...] = (
    StatusForward,
    StatusBack,
    PageStatusForward,
    PageStatusBack,
    PanelPicture,
    PanelBackground,
    PanelCharacters,
    PanelNotes,
    NextBalloon,
    PreviousBalloon,
    BalloonLeft,
    BalloonRight,
    BalloonUp,
    BalloonDown,
    BalloonEarlier,
    BalloonLater,
    BalloonBack,
)
