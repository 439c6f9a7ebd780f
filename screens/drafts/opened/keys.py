"""The keys of an open draft, a line each: what they do is done by those who own the matter."""

from __future__ import annotations

from textual import work

from screens.drafts.assets.acts import AssetActs
from screens.drafts.assets.shown import AssetsShown
from screens.drafts.details.shown import DetailsShown
from screens.drafts.hanging.hanging import Hanging
from screens.drafts.hanging.linking import Linking
from screens.drafts.jobs.following import JobsFollowing
from screens.drafts.pictures.looking import Looking
from screens.drafts.place import DraftsPlace
from screens.drafts.prompts.writing import Writing
from screens.drafts.seen import Seen
from screens.widgets.filter_line import FilterLine
from screens.wording import NOTHING_TO_REDO, NOTHING_TO_UNDO


class DraftKeys(DraftsPlace):
    """Textual looks for actions on the screen alone; they stand apart from it to be read as a list."""

    seen: Seen
    filter_line: FilterLine
    acts: AssetActs
    assets: AssetsShown
    details: DetailsShown
    hanging: Hanging
    jobs: JobsFollowing
    linking: Linking
    looking: Looking
    writing: Writing

    def action_switch_assets(self) -> None:
        """v: pictures or a list."""
        self.toggle_class("-list")
        self.assets.view.show()
        self.assets.view.focus()
        self.call_after_refresh(self.assets.grid.want_pictures)

    def action_undo_in_draft(self) -> None:
        """Ctrl+Z."""
        if not self.seen.store.undo():
            self.notify(NOTHING_TO_UNDO, timeout=3)

    def action_redo_in_draft(self) -> None:
        """Ctrl+Y."""
        if not self.seen.store.redo():
            self.notify(NOTHING_TO_REDO, timeout=3)

    def action_open_asset(self) -> None:
        """Enter."""
        self.details.go_to_asset()

    def action_about_draft(self) -> None:
        """o: and back to the asset."""
        self.details.go_to_pack()

    def action_select_asset(self) -> None:
        """Space."""
        self.acts.select()

    def action_select_all_assets(self) -> None:
        """Ctrl+A."""
        self.acts.select_all()

    def action_switch_medium(self) -> None:
        """m."""
        self.acts.switch_medium()

    def action_filter_assets(self) -> None:
        """/."""
        self.filter_line.open()

    def action_filter_asset_state(self) -> None:
        """f."""
        self.acts.next_state()

    def action_show_asset_trash(self) -> None:
        """t."""
        self.acts.show_trash()

    @work
    async def action_add_asset(self) -> None:
        """n."""
        await self.acts.add()

    def action_remove_asset(self) -> None:
        """Del."""
        self.acts.remove()

    def action_restore_asset(self) -> None:
        """u."""
        self.acts.restore()

    def action_move_asset_up(self) -> None:
        """To the front."""
        self.acts.move(-1)

    def action_move_asset_down(self) -> None:
        """To the end."""
        self.acts.move(1)

    @work
    async def action_rename_asset(self) -> None:
        """N: in the first language; the others are in the details."""
        await self.acts.name()

    @work
    async def action_change_asset_kind(self) -> None:
        """k."""
        await self.acts.change_kind()

    def action_accept_candidate(self) -> None:
        """a."""
        self.acts.accept()

    def action_compare_candidates(self) -> None:
        """x."""
        self.looking.compare()

    def action_show_picture(self) -> None:
        """p."""
        self.looking.closely()

    def action_edit_prompt(self) -> None:
        """e."""
        self.writing.edit()

    def action_prompt_history(self) -> None:
        """h."""
        self.writing.history()

    def action_prompt_from_bible(self) -> None:
        """s."""
        self.writing.from_bible()

    @work
    async def action_link_asset(self) -> None:
        """l."""
        await self.linking.link()

    @work(group="hanging", exit_on_error=False)
    async def action_hang_picture(self) -> None:
        """w."""
        await self.hanging.on_records()

    @work(exclusive=True, group="placing")
    async def action_place_picture(self) -> None:
        """y."""
        await self.hanging.in_panel()

    @work
    async def action_regenerate_asset(self) -> None:
        """r."""
        await self.asking.again()

    @work
    async def action_add_from_bible(self) -> None:
        """B."""
        await self.asking.add_from_bible()

    def action_show_jobs(self) -> None:
        """j."""
        self.jobs.show()

    def action_cancel_job(self) -> None:
        """c."""
        self.jobs.cancel_some()

    @work
    async def action_cancel_jobs(self) -> None:
        """C."""
        await self.jobs.cancel_all()
