"""Commands of the drafts that begin something: making, publishing, bringing in, and what is under way."""

from __future__ import annotations

from screens.commands.base import Command, Scope


class DraftsMakingCommand(Command):
    """Given in the list of drafts and in an open one; letters are free there, since nothing is typed."""

    scope = Scope.DRAFTS
    also = frozenset({Scope.DRAFT})
    priority = False


class OnlyInList(DraftsMakingCommand):
    """Given in the list of drafts."""

    also = frozenset()


class OnlyInDraft(DraftsMakingCommand):
    """Given in an open draft."""

    scope = Scope.DRAFT
    also = frozenset()


class NewDraft(OnlyInList):
    """Begin a draft from a theme: its prompts are shown as they will be sent, and what making may cost."""

    title = "New draft"
    keys = ("n",)
    footer = "New"
    letter = "n"


class NewDraftFromBible(OnlyInList):
    """Begin a draft of what a project's bible has: characters, backgrounds, scenes, with their prompts."""

    title = "Draft from the story's bible"
    keys = ("b",)
    letter = "b"


class AddFromBible(OnlyInDraft):
    """Add characters, backgrounds and scenes of a project to this draft, with prompts from its bible."""

    title = "Assets from the bible"
    keys = ("B",)
    letter = "I"


class GenerateMissing(DraftsMakingCommand):
    """Make what is missing, or what is marked. What it may cost is said before anything is asked for."""

    title = "Make what is missing"
    keys = ("g",)
    footer = "Make missing"
    letter = "g"


class GenerateAll(DraftsMakingCommand):
    """Make everything once more. What was accepted stays until something else is accepted."""

    title = "Make everything"
    keys = ("G",)
    letter = "G"


class RegenerateAsset(OnlyInDraft):
    """Make one picture again, with another prompt. It comes beside the others, to be accepted or not."""

    title = "Make again with a prompt"
    keys = ("r",)
    footer = "Again"
    letter = "R"


class PublishDraft(DraftsMakingCommand):
    """Publish the draft to the server: first what is missing and what would change, then all or nothing."""

    title = "Publish"
    keys = ("P",)
    footer = "Publish"
    letter = "P"


class DraftRevisions(DraftsMakingCommand):
    """See what was published when, go back to one of these, or publish it no longer."""

    title = "Published revisions"
    keys = ("R",)
    letter = "Y"


class DraftVisibility(DraftsMakingCommand):
    """Say who may see the pack once it is published: only you, or everybody."""

    title = "Visibility"
    keys = ("V",)
    letter = "V"


class DuplicateDraft(DraftsMakingCommand):
    """Make a draft of its own with the same assets, prompts and pictures."""

    title = "Duplicate the draft"
    keys = ("d",)
    letter = "D"


class TrashDraft(OnlyInList):
    """Put the chosen draft into the trash. It can be taken out again; what is published stays so."""

    title = "Draft to the trash"
    keys = ("delete",)
    letter = "d"


class RestoreDraft(OnlyInList):
    """Take the chosen draft out of the trash."""

    title = "Draft out of the trash"
    keys = ("u",)
    footer = "Take out"  # shown in the trash only
    letter = "u"


class ImportDrafts(OnlyInList):
    """Bring in universes that were made with MagikSwipe. A report says first what of them can come."""

    title = "Import old universes"
    keys = ("i",)
    footer = "Import"
    letter = "i"


class ShowJobs(DraftsMakingCommand):
    """Show or hide what is being made, and go to it. Enter on a job tells all that is known of it."""

    title = "Jobs"
    keys = ("j",)
    footer = "Jobs"
    letter = "j"


class CancelJob(DraftsMakingCommand):
    """Cancel the job under the cursor, or what is being made for the chosen asset."""

    title = "Cancel a job"
    keys = ("c",)
    footer = "Cancel"  # shown while there are jobs
    letter = "c"


class CancelJobs(DraftsMakingCommand):
    """Cancel everything that is being made for this draft. What is made stays."""

    title = "Cancel all jobs"
    keys = ("C",)
    footer = "Cancel all"  # shown where the cursor is on the jobs
    letter = "X"


_SHARED: tuple[type[Command], ...] = (
    ShowJobs,
    CancelJob,
    GenerateAll,
    DraftRevisions,
    DraftVisibility,
    DuplicateDraft,
    CancelJobs,
)
DRAFTS_MAKING: tuple[type[Command], ...] = (
    NewDraft,
    GenerateMissing,
    PublishDraft,
    ImportDrafts,
    NewDraftFromBible,
    TrashDraft,
    RestoreDraft,
    *_SHARED,
)
"""In the list of drafts; what stands in the footer comes first."""
DRAFT_MAKING: tuple[type[Command], ...] = (
    GenerateMissing,
    RegenerateAsset,
    PublishDraft,
    AddFromBible,
    *_SHARED,
)
"""In an open draft."""
NEEDS_DRAFT = frozenset(
    command.action
    for command in (
        GenerateMissing,
        GenerateAll,
        PublishDraft,
        DraftRevisions,
        DraftVisibility,
        DuplicateDraft,
        TrashDraft,
        RestoreDraft,
    )
)
"""Actions that mean nothing while no draft is chosen."""
