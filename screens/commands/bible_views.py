"""Commands of the bible's tabs beyond a record's own fields: script, relations, pictures."""

from __future__ import annotations

from screens.commands.base import Command, Scope


class BibleViewCommand(Command):
    """A command of a bible tab. Its key belongs to a field while something is typed there."""

    scope = Scope.BIBLE
    priority = False


class ShowInScript(BibleViewCommand):
    """See all that the script has of the record: figures, pages, every line. Enter there goes to it."""

    title = "In the script"
    keys = ("l",)
    footer = "Lines"
    letter = "l"


class GoToScript(BibleViewCommand):
    """Go to the first place of the script where the record comes up; Alt+J leads back."""

    title = "Go to the script"
    keys = ("g",)
    letter = "g"


class AddFromScript(BibleViewCommand):
    """See who is in the script and not in the bible, and add them; and who is only in the bible."""

    title = "Only in the script"
    keys = ("a",)
    letter = "a"


class MergeCharacters(BibleViewCommand):
    """Make two characters that are one into one, after a preview."""

    title = "Merge two characters"
    keys = ("m",)
    letter = "j"


class RenameInScript(BibleViewCommand):
    """Give the character another name here and in every cue of the script, after a preview."""

    title = "Rename, cues too"
    keys = ("r",)
    letter = "k"


class EditRelations(BibleViewCommand):
    """Say who the others are to this character, and the other way round."""

    title = "Relations"
    keys = ("o",)
    letter = "R"


class ShowMap(BibleViewCommand):
    """See all characters and what they are to each other, and write that to a file."""

    title = "Map of the relations"
    keys = ("M",)
    letter = "M"


class EditPictures(BibleViewCommand):
    """Add, order and take away the record's pictures; the first one stands for it."""

    title = "Pictures"
    keys = ("p",)
    letter = "i"


class LinkScene(BibleViewCommand):
    """Choose the pages of the script that the scene is on."""

    title = "Pages of the scene"
    keys = ("k",)
    letter = "P"


class SceneCharacters(BibleViewCommand):
    """Choose who is in the scene."""

    title = "Characters of the scene"
    keys = ("c",)
    letter = "w"


class SceneBackground(BibleViewCommand):
    """Choose where the scene is."""

    title = "Background of the scene"
    keys = ("b",)
    letter = "b"


EVERY_TAB: tuple[type[Command], ...] = (ShowInScript, GoToScript, EditPictures)
"""What all tabs of the bible have."""
OF_CHARACTERS: tuple[type[Command], ...] = (
    ShowInScript,
    AddFromScript,
    GoToScript,
    RenameInScript,
    MergeCharacters,
    EditRelations,
    ShowMap,
    EditPictures,
)
OF_SCENES: tuple[type[Command], ...] = (
    LinkScene,
    SceneCharacters,
    SceneBackground,
    AddFromScript,
    *EVERY_TAB,
)
OF_BACKGROUNDS: tuple[type[Command], ...] = (AddFromScript, *EVERY_TAB)
BIBLE_VIEWS: tuple[type[Command], ...] = tuple(dict.fromkeys((*OF_CHARACTERS, *OF_BACKGROUNDS, *OF_SCENES)))
"""Of any of the tabs."""
