"""What was tried to be made, what came of it, and which of it was accepted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from core.drafts.errors import DraftError
from core.drafts.kinds import MEDIA, UNDER_WAY
from core.drafts.pack.base import DraftBase, moment_after
from core.drafts.status import MediumState, MediumStatus
from core.media import MARK_KIND, Picture
from core.story import Asset, Attempt, Section


class AttemptActions(DraftBase):
    """What has happened is put without an undo step; accepting is one."""

    def attempts(self, asset_id: str | None = None, medium: str | None = None) -> list[Attempt]:
        """Those for an asset (None: for the pack), of one medium or of all, the oldest first."""
        places = self.index.attempts
        if medium is not None:
            return places.at(asset_id or "", medium)
        found = [one for each in (*MEDIA, "") for one in places.at(asset_id or "", each)]
        return sorted(found, key=lambda one: (one.asked_at, one.id))

    def attempt(self, attempt_id: str) -> Attempt | None:
        """One attempt by its id."""
        return self.index.attempts.get(attempt_id)

    def under_way(self) -> list[Attempt]:
        """All that wait or run, whatever they are for."""
        return [one for one in self.index.attempts.values() if is_under_way(one)]

    def candidates(self, asset_id: str, medium: str) -> list[Attempt]:
        """What was made and can be accepted, the oldest first."""
        return [one for one in self.index.attempts.at(asset_id, medium) if one.output and medium in MEDIA]

    def accepted(self, asset_id: str, medium: str) -> Attempt | None:
        """The one that was accepted, if any."""
        asset = self.asset(asset_id)
        return self.attempt(getattr(asset, f"accepted_{medium}", "")) if asset is not None else None

    def accept(self, asset_id: str, attempt_id: str) -> None:
        """Take a candidate for its asset; one undo step. Raises DraftError."""
        self.accept_all({asset_id: attempt_id})

    def accept_all(self, chosen: Mapping[str, str]) -> None:
        """Take a candidate for each of several assets (asset → attempt), as one undo step."""
        changes: dict[str, dict[str, str]] = {}
        for asset_id, attempt_id in chosen.items():
            self._needed(asset_id)
            attempt = self.attempt(attempt_id)
            if attempt is None or attempt not in self.candidates(asset_id, attempt.medium):
                raise DraftError("There is no such candidate for this asset.", safe="Nothing was changed.")
            changes[asset_id] = {f"accepted_{attempt.medium}": attempt_id}
        self.store.checkpoint()
        self.store.change_records(Section.ASSETS, changes)

    def reject(self, asset_id: str, medium: str) -> None:
        """Accept none any more; the candidates stay. One undo step. Raises DraftError."""
        self._needed(asset_id)
        if medium not in MEDIA:
            raise DraftError("There is no such medium.", safe="Nothing was changed.")
        self.store.checkpoint()
        self.store.change_records(Section.ASSETS, {asset_id: {f"accepted_{medium}": ""}})

    def put_attempts(
        self, attempts: Mapping[str, Mapping[str, Any]], pictures: Iterable[Picture] = ()
    ) -> frozenset[str]:
        """Say what happened, attempt → fields: one commit, no undo step. Gives which are changed by it.

        `pictures` are the facts of files that they name as outputs; those must be in the media store. What
        is done stays done, and what failed or was cancelled never runs again under the same id.
        """
        wanted: dict[str, dict[str, Any]] = {}
        for attempt_id, fields in attempts.items():
            before = self.attempt(attempt_id)
            if before is None or may_follow(before, str(fields.get("status", before.status))):
                wanted[attempt_id] = self._filled(before, fields)
        marks = {picture.sha: picture.as_mark() for picture in pictures}
        self.store.put_records({Section.ATTEMPTS: wanted}, {MARK_KIND: marks})
        return frozenset(wanted)

    def state_of(self, asset: Asset, medium: str) -> MediumState:
        """Where a medium of an asset stands; from memory."""
        tried = self.index.attempts.at(asset.id, medium)
        wanted = getattr(asset, f"accepted_{medium}", "")
        if not tried and not wanted:
            return _NOTHING
        made = sum(bool(one.output) for one in tried)
        accepted = self.attempt(wanted) if wanted else None
        latest = tried[-1] if tried else None
        error = latest.error if latest is not None and latest.status == "failed" else ""
        return MediumState(self._status_of(tried, wanted), made, accepted, latest, error)

    def _status_of(self, tried: list[Attempt], wanted: str) -> MediumStatus:
        under_way = {one.status for one in tried if is_under_way(one)}
        if under_way:
            return MediumStatus.RUNNING if "running" in under_way else MediumStatus.WAITING
        outputs = [one.output for one in tried if one.output and (not wanted or one.id == wanted)]
        if wanted and (not outputs or outputs[0] in self.index.missing):
            return MediumStatus.MISSING
        if wanted:
            return MediumStatus.ACCEPTED
        if outputs:
            return MediumStatus.MISSING if self.index.missing.issuperset(outputs) else MediumStatus.CANDIDATES
        return MediumStatus.FAILED if tried and tried[-1].status == "failed" else MediumStatus.NONE

    def _filled(self, before: Attempt | None, fields: Mapping[str, Any]) -> dict[str, Any]:
        filled = dict(fields)
        if before is None and not filled.get("asked_at"):
            same = self.index.attempts.at(str(filled.get("asset", "")), str(filled.get("medium", "")))
            filled["asked_at"] = moment_after(same[-1].asked_at if same else "")
        return filled


_NOTHING = MediumState(MediumStatus.NONE)


def is_under_way(attempt: Attempt) -> bool:
    """Whether something may still come of it."""
    return attempt.status in UNDER_WAY and not attempt.output


def may_follow(before: Attempt, status: str) -> bool:
    """Whether an attempt may go on to this status: late news never take back what came of it."""
    if before.output or before.status == "done":
        return status == "done"
    return is_under_way(before) or status in (before.status, "done")
