"""What came of an attempt, as changes of the draft. Worked out on its thread; the same in every program.

Nothing of it is an undo step, and doing it twice, here or in another program, changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from core.drafts.making.receiving import Outcome
from core.drafts.making.settings import CONCEPTS, NAMES, PICTURE
from core.drafts.pack.attempts import may_follow
from core.errors import UsageError
from core.media import MARK_KIND
from core.story import Attempt, Section
from core.story.clean import Json
from core.workspace.shelf import clean_title

if TYPE_CHECKING:
    from core.drafts.pack.draft import Draft
    from core.drafts.themes import Theme

Changes = dict[Section, dict[str, dict[str, object]]]
LONGEST_NAME = 200
"""Characters of a concept or a translated name that are taken."""


class Landing:
    """Gathers what came of several attempts, so that it is one commit."""

    def __init__(self, draft: Draft, theme: Theme | None) -> None:
        self._draft, self._theme = draft, theme
        self.changes: Changes = {Section.ATTEMPTS: {}, Section.ASSETS: {}}
        self.marks: dict[str, dict[str, Json]] = {MARK_KIND: {}}
        self.ended: list[str] = []

    def take(self, outcome: Outcome) -> None:
        """One end of an attempt; nothing where the draft has come further already."""
        attempt = self._draft.attempt(outcome.id)
        self.ended.append(outcome.id)
        if attempt is None or not may_follow(attempt, str(outcome.fields["status"])):
            return
        if attempt.output and outcome.fields.get("output") not in (None, attempt.output):
            return  # what was taken in first stays
        parameters: Mapping[str, Json] = {} if outcome.made is None else outcome.made.parameters
        fields: dict[str, object] = dict(outcome.fields)
        if parameters:
            fields["parameters"] = {**attempt.parameters, **parameters}
        if outcome.made is not None and outcome.made.seed:
            fields["seed"] = outcome.made.seed
        self.changes[Section.ATTEMPTS][outcome.id] = fields
        if outcome.picture is not None:
            self.marks[MARK_KIND][outcome.picture.sha] = outcome.picture.as_mark()
        if outcome.done:
            self._use(attempt, outcome)

    def _use(self, attempt: Attempt, outcome: Outcome) -> None:
        match attempt.step:
            case step if step == PICTURE:
                self._accept(attempt)
            case step if step == NAMES:
                self._name(attempt, outcome)
            case step if step == CONCEPTS:
                self._add(attempt, outcome)

    def _accept(self, attempt: Attempt) -> None:
        """The first that was made for an asset is accepted, and what replaces a file that is gone.

        All others are candidates.
        """
        asset = self._draft.asset(attempt.asset)
        field = f"accepted_{attempt.medium}"
        wanted = self.changes[Section.ASSETS].get(attempt.asset, {})
        if asset is None or attempt.parameters.get("accept") is False:
            return
        if wanted.get(field):
            return
        accepted = self._draft.accepted(asset.id, attempt.medium)
        gone = accepted is not None and accepted.output in self._draft.index.missing
        if gone or not (getattr(asset, field) or self._draft.candidates(asset.id, attempt.medium)):
            self._asset(asset.id)[field] = attempt.id

    def _name(self, attempt: Attempt, outcome: Outcome) -> None:
        """Where the asset has no name in a language yet, and is still called as it was."""
        asset = self._draft.asset(attempt.asset)
        if asset is None or outcome.made is None or asset.name != attempt.parameters.get("name"):
            return
        found: dict[str, str] = {}
        for language, names in outcome.made.names.items():
            name = _line(names.get(asset.name, ""))
            if name and not asset.names.get(language) and language != self._draft.languages[0]:
                found[language] = name
        if found:
            self._asset(asset.id)["names"] = {**asset.names, **found}

    def _add(self, attempt: Attempt, outcome: Outcome) -> None:
        """Concepts become assets, each under an id that all programs give it."""
        known = {asset.name.casefold() for asset in self._draft.assets()}
        wanted = attempt.parameters.get("count")
        most = wanted if isinstance(wanted, int) else 0
        added = 0
        for index, concept in enumerate(outcome.made.concepts if outcome.made is not None else ()):
            name = _line(concept)
            asset_id = asset_of(attempt.id, index)
            if not name or name.casefold() in known or added >= most:
                continue
            known.add(name.casefold())
            added += 1
            if self._draft.asset(asset_id) is None:
                self._asset(asset_id).update(name=name, kind=self._kind(name))

    def _kind(self, name: str) -> str:
        if self._theme is None:
            return "other"
        language = self._draft.languages[0]
        for concept in self._theme.concepts:
            if self._theme.concept_name(concept, language).casefold() == name.casefold():
                return self._theme.kind_of(concept)
        return self._theme.kinds[0]

    def _asset(self, asset_id: str) -> dict[str, object]:
        return self.changes[Section.ASSETS].setdefault(asset_id, {})


def asset_of(attempt: str, index: int) -> str:
    """The id of the asset that a concept becomes: the same in all programs."""
    return str(uuid5(UUID(attempt), str(index)))


def concepts_of(draft: Draft, attempt: Attempt) -> list[str]:
    """The ids of the assets that an attempt at concepts has become, without those thrown away since."""
    made = attempt.words.get("concepts")
    ids = [asset_of(attempt.id, index) for index in range(len(made) if isinstance(made, list) else 0)]
    return [one for one in ids if (asset := draft.asset(one)) is not None and not asset.trashed_at]


def _line(text: str) -> str:
    """A name that somebody else's program gave, on one line; empty if it is none."""
    try:
        return clean_title(text[:LONGEST_NAME])
    except UsageError:
        return ""
