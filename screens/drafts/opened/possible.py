"""Which keys of an open draft mean something, by where the cursor is and what there is."""

from __future__ import annotations

from screens.commands import DRAFT

IN_TRASH = frozenset(
    {
        "open_asset",
        "about_draft",
        "show_asset_trash",
        "restore_asset",
        "select_asset",
        "select_all_assets",
        "show_picture",
    }
    | {"compare_candidates", "switch_assets", "switch_medium", "filter_assets", "filter_asset_state"}
    | {"undo_in_draft", "redo_in_draft", "back_from_draft"}
)
"""What can be done with assets in the trash."""
WITHOUT_ASSETS = frozenset(
    {
        "add_asset",
        "about_draft",
        "edit_prompt",
        "prompt_history",
        "show_asset_trash",
        "switch_assets",
        "switch_medium",
        "filter_assets",
        "filter_asset_state",
    }
    | {"undo_in_draft", "redo_in_draft", "back_from_draft"}
)
"""What can be done where no asset is shown."""
EVERY = frozenset(command.action for command in DRAFT)
AT_JOBS = frozenset({"show_jobs", "cancel_job", "cancel_jobs", "back_from_draft"})
"""What the last line shows while the cursor is on the jobs."""
AT_DETAILS = AT_JOBS - {"cancel_jobs"} | {"edit_prompt", "accept_candidate", "regenerate_asset"}
"""And on the details of an asset."""
AT_ASSETS = EVERY - {"cancel_jobs", "back_from_draft"}
OWN = frozenset(command.action for command in DRAFT if command.__module__.endswith(".drafts"))
