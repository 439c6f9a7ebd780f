"""What a screen needs of the app, so that screens need not import it."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from core.errors import GenkoError
from screens.commands import Command

if TYPE_CHECKING:
    from core.drafts import Draft, Drafts
    from core.drafts.making.wish import Asked, Estimate, Wish
    from core.drafts.mediastore import MediaWishes
    from core.script.hints import Thresholds
    from core.server import Server
    from core.workspace import ProjectSession, Shelf
    from screens.picture_ways import PictureSpace


class GoalWish(Protocol):
    """The goal of projects that have none of their own; a count of 0 is none."""

    @property
    def count(self) -> int: ...
    @property
    def unit(self) -> str: ...
    @property
    def per(self) -> str: ...


class HintWish(Protocol):
    """How hints are wanted."""

    @property
    def shown(self) -> bool: ...
    @property
    def off(self) -> list[str]: ...
    def thresholds(self) -> Thresholds: ...


class BackupWish(Protocol):
    """How backups are wanted: the table [backup], which `core.backup.keeping.wishes_of` checks."""

    @property
    def daily(self) -> bool: ...
    @property
    def folder(self) -> str: ...
    @property
    def second(self) -> str: ...


class MakingWish(Protocol):
    """Who makes what: the table [drafts]."""

    @property
    def pictures(self) -> str: ...
    @property
    def words(self) -> str: ...


class ProviderWish(Protocol):
    """One maker: set up where it has an address."""

    @property
    def url(self) -> str: ...


class ProvidersWish(Protocol):
    """Makers beside the one that is built in: the table [providers]."""

    @property
    def openai(self) -> ProviderWish: ...
    @property
    def comfyui(self) -> ProviderWish: ...


class Preferences(Protocol):
    """The settings that change what a screen shows; read-only."""

    @property
    def theme(self) -> str: ...
    @property
    def line_numbers(self) -> bool: ...
    @property
    def wrap(self) -> bool: ...
    @property
    def outline(self) -> bool: ...
    @property
    def outline_width(self) -> int: ...
    @property
    def completion(self) -> bool: ...
    @property
    def encodings(self) -> list[str]: ...
    @property
    def goal(self) -> GoalWish: ...
    @property
    def spelling(self) -> str: ...
    @property
    def hints(self) -> HintWish: ...
    @property
    def backup(self) -> BackupWish: ...
    @property
    def drafts(self) -> MakingWish: ...
    @property
    def providers(self) -> ProvidersWish: ...


class OpenDraft(Protocol):
    """A draft that is open: its session keeps it, as a project's does."""

    @property
    def session(self) -> ProjectSession: ...
    @property
    def draft(self) -> Draft: ...


class JobNews(Protocol):
    """How an attempt stands."""

    @property
    def state(self) -> str: ...
    @property
    def fraction(self) -> float: ...
    @property
    def error(self) -> str: ...


class DraftDesk(Protocol):
    """What owns the open drafts, and what is being made for them. All of it belongs to the UI's thread."""

    @property
    def opened(self) -> Mapping[UUID, OpenDraft]:
        """The open drafts."""

    def open(self, draft_id: UUID) -> OpenDraft:
        """A draft; the same one while it is open. Raises GenkoError."""

    def opening(self, draft_id: UUID) -> Generator[None, None, None]:
        """Open a draft in slices, for whoever can do something between. Raises GenkoError."""

    @property
    def left_alone(self) -> frozenset[str]:
        """Providers whose jobs nobody takes."""

    def on_left_alone(self, callback: Callable[[frozenset[str]], None]) -> Callable[[], None]:
        """Call back when that has changed; gives how to stop that."""

    def on_progress(self, callback: Callable[[Mapping[str, JobNews]], None]) -> Callable[[], None]:
        """Call back with news by attempt; gives how to stop that."""

    def estimate(self, draft_id: UUID, wish: Wish) -> Estimate:
        """What a wish would ask for and cost; nothing is asked for. Raises GenkoError."""

    def generate(self, draft_id: UUID, wish: Wish) -> Asked:
        """Have it made. Raises GenkoError; nothing was asked for then."""

    def cancel(self, attempts: Iterable[str]) -> int:
        """Stop these; what is made already stays. Gives how many were under way."""

    def yet_to_ask(self, draft_id: UUID) -> int:
        """How many attempts were wished of a draft and are yet to be asked for."""

    def cancel_all(self, draft_id: UUID) -> int:
        """Stop all of a draft, also what was not asked for yet. Gives how many were."""

    def let_go(self, draft_id: UUID, seconds: float = 5.0) -> bool:
        """Close a draft if it is open; False if not all of it is on the disk yet."""

    def progress(self, attempt: str) -> JobNews | None:
        """What was last heard of an attempt that is under way."""


class Desk(Protocol):
    """The app, as screens see it."""

    @property
    def shelf(self) -> Shelf:
        """The projects of this machine."""

    @property
    def drafts(self) -> Drafts:
        """The drafts of this machine."""

    @property
    def draft_desk(self) -> DraftDesk:
        """The open drafts."""

    @property
    def media_wishes(self) -> MediaWishes:
        """Where published media are kept, as the settings say. Raises UsageError."""

    @property
    def server(self) -> Server | None:
        """The server, None if there is none (yet); its methods block."""

    @property
    def server_note(self) -> str:
        """Where the server is or why there is none, in a few words."""

    @property
    def server_starting(self) -> bool:
        """Whether it has yet to be seen if there is a server."""

    @property
    def elsewhere(self) -> datetime | None:
        """When a backup last left this machine; None for never, or not known yet."""

    @property
    def elsewhere_known(self) -> bool:
        """Whether the catalogue has been read."""

    @property
    def backup_trouble(self) -> str:
        """What is wrong with the backups, in sentences; empty when all is well."""

    def read_elsewhere(self) -> None:
        """A backup was made, copied or confirmed: header and badge are to follow."""

    @property
    def session(self) -> ProjectSession | None:
        """The open project."""

    @property
    def preferences(self) -> Preferences:
        """The user's settings."""

    @property
    def pictures(self) -> PictureSpace:
        """How this terminal shows pictures."""

    def send_graphics(self, data: str) -> None:
        """Send the terminal a picture, or take one back; it must move neither cursor nor text."""

    def keep_sixel(self, data: str, columns: int, rows: int) -> str:
        """Show a picture over so many cells; gives the sign that all of these must hold."""

    def drop_sixel(self, sign: str) -> None:
        """The picture with this sign is not shown any more."""

    def keys_of(self, command: type[Command]) -> tuple[str, ...]:
        """The keys of a command after the user's own keymap."""

    def give(self, command: type[Command]) -> None:
        """Carry out a command as if its key had been pressed."""

    def can_give(self, command: type[Command]) -> bool:
        """Whether the command means something on the current screen."""

    def open_project(self, project_id: UUID) -> None:
        """Open a project at its script; another open one is closed, its words kept."""

    def show_in_script(self, row: int) -> None:
        """Go to the script with the cursor at a row (from 0); the command BackFromScript leads here again."""

    @property
    def script_row(self) -> int:
        """The row (from 0) where the cursor of the script is."""

    def hold_keys(self) -> None:
        """A project is about to be opened: keys wait for its script."""

    def drop_keys(self) -> None:
        """It is not opened after all: the keys that waited are forgotten."""

    def release_keys(self) -> None:
        """The script is shown and takes the keys that waited."""

    def leave_project(self, project_id: UUID) -> bool:
        """Close this project if it is the open one; False, and said why, if it has to stay open."""

    def rest(self) -> None:
        """Something large has been made and will stay: the app may put its memory in order."""

    def set_preference(self, name: str, value: bool | int | str | list[str]) -> None:
        """Change a setting (`theme`, `hints.off`) now and in the user's file."""

    def report(self, error: GenkoError) -> None:
        """Tell the writer what happened, what is safe, what to do."""
