"""Commands of the drafts: of their list, and of one that is open. What makes things is in `drafts_making`."""

from __future__ import annotations

from screens.commands.base import Command, Scope
from screens.commands.drafts_making import DRAFT_MAKING, DRAFTS_MAKING


class DraftsCommand(Command):
    """A command of the list of drafts; letters are free there, since nothing is typed."""

    scope = Scope.DRAFTS
    priority = False


class OpenDraft(DraftsCommand):
    """Open the chosen draft: its assets, their prompts and pictures."""

    title = "Open the draft"
    keys = ("enter",)
    footer = "Open"


class RenameDraft(DraftsCommand):
    """Give the chosen draft another name. Its place in addresses stays what it is."""

    title = "Rename the draft"
    keys = ("e",)
    letter = "e"


class FilterDrafts(DraftsCommand):
    """Show only the drafts with these letters in name, theme or status."""

    title = "Filter the drafts"
    keys = ("slash",)
    footer = "Filter"
    letter = "/"


class FilterDraftStatus(DraftsCommand):
    """Show only drafts of one status; pressed again, of the next."""

    title = "Drafts of one status"
    keys = ("f",)
    letter = "f"


class ShowDraftTrash(DraftsCommand):
    """Show the drafts in the trash, or go back to the others."""

    title = "Show the trash of drafts"
    keys = ("t",)
    letter = "T"


class BackFromDrafts(DraftsCommand):
    """Take the filter away, go back from the trash, or back to the script or the projects."""

    title = "Back from the drafts"
    keys = ("escape",)


class DraftCommand(Command):
    """A command of an open draft; letters are free while no prompt is typed."""

    scope = Scope.DRAFT
    priority = False


class OpenAsset(DraftCommand):
    """Go to the details of the chosen asset: names, kind, prompts, candidates. Esc leads back."""

    title = "Open the asset"
    keys = ("enter",)


class BackFromDraft(DraftCommand):
    """Go back from the details to the assets, from there to the list of drafts."""

    title = "Back"
    keys = ("escape",)
    footer = "Back"  # shown where it leads to the assets


class AboutDraft(DraftCommand):
    """What holds for the draft as a whole: names, theme, style, cover, who may see it, its own prompts."""

    title = "About the draft"
    keys = ("o",)
    letter = "O"


class EditPrompt(DraftCommand):
    """Write the asset's prompt. Each letter is kept as it is typed; Esc makes a revision of it."""

    title = "Edit the prompt"
    keys = ("e",)
    footer = "Prompt"
    letter = "e"


class PromptHistory(DraftCommand):
    """All revisions of the asset's prompt, what differs between them, and using an older one again."""

    title = "History of the prompt"
    keys = ("h",)
    letter = "y"


class PromptFromBible(DraftCommand):
    """Write a prompt from what the bible says of the character, background or scene that is linked."""

    title = "Prompt from the bible"
    keys = ("s",)
    letter = "E"


class AcceptCandidate(DraftCommand):
    """Accept the newest candidate of the chosen or marked assets, or the one under the cursor."""

    title = "Accept"
    keys = ("a",)
    footer = "Accept"
    letter = "a"


class CompareCandidates(DraftCommand):
    """See the candidates of the asset side by side, and what each was made of."""

    title = "Compare candidates"
    keys = ("x",)
    letter = "x"


class ShowPicture(DraftCommand):
    """See the asset's picture as large as the window."""

    title = "Large preview"
    keys = ("p",)
    letter = "w"


class SwitchAssets(DraftCommand):
    """Show the assets as pictures or as a list."""

    title = "Pictures or list"
    keys = ("v",)
    footer = "View"
    letter = "i"


class SwitchMedium(DraftCommand):
    """Show pictures, clips or music: prompts, candidates and states are those of one medium."""

    title = "Pictures, clips or music"
    keys = ("m",)
    letter = "M"


class SelectAsset(DraftCommand):
    """Mark the chosen asset, or take the mark away. What is done next is done to all marked ones."""

    title = "Select the asset"
    keys = ("space",)


class SelectAllAssets(DraftCommand):
    """Mark all assets that are shown, or take all marks away."""

    title = "Select all assets"
    keys = ("ctrl+a",)
    letter = "*"


class AddAsset(DraftCommand):
    """Add an asset of the same kind as the chosen one, behind all others."""

    title = "New asset"
    keys = ("n",)
    letter = "n"


class RemoveAsset(DraftCommand):
    """Put the chosen or marked assets into the draft's trash, with all that was made for them."""

    title = "Asset to the trash"
    keys = ("delete",)
    letter = "d"


class ShowAssetTrash(DraftCommand):
    """Show the assets in the trash, or go back to the others."""

    title = "Show the assets in the trash"
    keys = ("t",)
    letter = "T"


class RestoreAsset(DraftCommand):
    """Take the chosen or marked assets out of the trash."""

    title = "Asset out of the trash"
    keys = ("u",)
    footer = "Take out"  # shown in the trash only
    letter = "u"


class MoveAssetUp(DraftCommand):
    """Move the chosen or marked assets one place to the front."""

    title = "Move the asset to the front"
    keys = ("alt+up", "alt+left", "K")
    letter = "-"


class MoveAssetDown(DraftCommand):
    """Move the chosen or marked assets one place to the end."""

    title = "Move the asset to the end"
    keys = ("alt+down", "alt+right", "J")
    letter = "+"


class RenameAsset(DraftCommand):
    """Give the asset its name in each of the draft's languages."""

    title = "Names of the asset"
    keys = ("N",)
    letter = "N"


class ChangeAssetKind(DraftCommand):
    """Say what the chosen or marked assets are: character, background, prop, cover or other."""

    title = "Kind of the asset"
    keys = ("k",)
    letter = "k"


class LinkAsset(DraftCommand):
    """Link the asset with a character, background or scene of a project, or with none."""

    title = "Link with a record"
    keys = ("l",)
    letter = "l"


class HangPicture(DraftCommand):
    """Hang the accepted picture on the record that the asset is linked with."""

    title = "Hang on the record"
    keys = ("w",)
    letter = "H"


class PlacePicture(DraftCommand):
    """Place the accepted picture in a panel of the linked project's assembly."""

    title = "Place in the assembly"
    keys = ("y",)
    letter = "L"


class FilterAssets(DraftCommand):
    """Show only the assets with these letters in a name, the kind or the state."""

    title = "Filter the assets"
    keys = ("slash",)
    letter = "/"


class FilterAssetState(DraftCommand):
    """Show only assets of one state; pressed again, of the next."""

    title = "Assets of one state"
    keys = ("f",)
    letter = "f"


class UndoInDraft(DraftCommand):
    """Take back your last step in this draft. What was made stays among the candidates."""

    title = "Undo"
    keys = ("ctrl+z",)


class RedoInDraft(DraftCommand):
    """Do again what was taken back."""

    title = "Redo"
    keys = ("ctrl+y",)


DRAFTS: tuple[type[Command], ...] = (
    OpenDraft,
    *DRAFTS_MAKING,
    FilterDrafts,
    RenameDraft,
    FilterDraftStatus,
    ShowDraftTrash,
    BackFromDrafts,
)
DRAFT: tuple[type[Command], ...] = (
    OpenAsset,
    EditPrompt,
    AcceptCandidate,
    SwitchAssets,
    *DRAFT_MAKING,
    CompareCandidates,
    ShowPicture,
    PromptHistory,
    PromptFromBible,
    SelectAsset,
    SelectAllAssets,
    AddAsset,
    RemoveAsset,
    ShowAssetTrash,
    RestoreAsset,
    MoveAssetUp,
    MoveAssetDown,
    AboutDraft,
    RenameAsset,
    ChangeAssetKind,
    LinkAsset,
    HangPicture,
    PlacePicture,
    SwitchMedium,
    FilterAssets,
    FilterAssetState,
    UndoInDraft,
    RedoInDraft,
    BackFromDraft,
)
