"""Makes requests of a wish: for which assets, with which words, by whom. Nothing is changed here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from core.drafts.making.notes import Stage
from core.drafts.making.settings import CONCEPTS, NAMES, PICTURE, MakingSettings
from core.drafts.making.targets import languages_to_make
from core.drafts.making.wish import Wish
from core.drafts.pack.base import moment_after
from core.errors import GenkoError, UsageError
from core.providers.request import MakeRequest
from core.story.clean import Json

if TYPE_CHECKING:
    from core.drafts.pack.draft import Draft
    from core.drafts.themes import Concept, Theme, Themes
    from core.providers.base import Provider
    from core.story.pack_records import Asset

LONGEST_PROMPT = 1 << 20
"""Characters of a resolved prompt that are sent."""
SIDE = 1024
"""Pixels of a picture where no theme says how large it is."""


@dataclass(frozen=True)
class Workshop:
    """What planning needs beside the draft."""

    settings: MakingSettings
    providers: Mapping[str, Provider]
    themes: Themes

    def provider(self, name: str) -> Provider:
        """A provider that the settings know. Raises UsageError."""
        from core.providers.choosing import provider_named

        return provider_named(self.providers, name)


@dataclass(frozen=True)
class Planned:
    """One request and the record of its attempt."""

    request: MakeRequest
    fields: Mapping[str, Json]


@dataclass
class Planner:
    """Plans the requests of one stage. Belongs to the draft's thread."""

    draft: Draft
    workshop: Workshop
    stage: Stage
    _themes: list[Theme | None] = field(default_factory=list, init=False)
    _looked_at: dict[tuple[str, str, str], GenkoError | None] = field(default_factory=dict, init=False)

    @property
    def wish(self) -> Wish:
        """What is wanted."""
        return self.stage.wish

    def attempt_id(self, step: str, asset: str, number: int) -> UUID:
        """The same in every program that asks for this stage, so that nothing is asked for twice."""
        return uuid5(self.stage.id, f"{step}:{asset}:{self.wish.medium}:{number}")

    def ids(self) -> Iterator[UUID]:
        """Of all attempts of the stage's targets."""
        for step, asset in self.stage.targets:
            yield from self.ids_of(step, asset)

    def ids_of(self, step: str, asset: str) -> list[UUID]:
        """Of the attempts of one target."""
        return [self.attempt_id(step, asset, number) for number in range(self.attempts_of(step))]

    def attempts_of(self, step: str) -> int:
        """How many attempts a target of this step has."""
        return self.wish.each if step == PICTURE else 1

    def plan(self, step: str, asset_id: str) -> list[Planned]:
        """The requests of one target; none for an asset that is gone, or has no name to translate.

        Raises GenkoError: a prompt with a place that nothing stands for, no such provider.
        """
        if step == CONCEPTS:
            made = self._concepts()
        else:
            asset = self.draft.asset(asset_id)
            if asset is None or asset.trashed_at:
                return []
            made = self._names(asset) if step == NAMES else self._pictures(asset)
        return [self._with_estimate(one) for one in made]

    def refusals(self) -> dict[str, GenkoError]:
        """Why no picture can be asked for, by asset: of those targets whose prompt can't be sent.

        Quick for thousands: each prompt is looked at once, not once for each asset.
        """
        wanted = (self.draft.asset(asset) for step, asset in self.stage.targets if step == PICTURE)
        found = ((one.id, self._refusal(one)) for one in wanted if one is not None)
        return {asset: error for asset, error in found if error is not None}

    def _refusal(self, asset: Asset) -> GenkoError | None:
        used = self.draft.prompt_in_use(asset.id, self.wish.medium)
        # what stands for a place must be none itself, and not nothing
        odd = asset.name if "{" in asset.name or not asset.name.strip() else "a name"
        key = (used.id if used is not None else "", asset.kind, odd)
        if key not in self._looked_at:
            try:
                self._prompt(asset, self.wish.medium)
            except GenkoError as error:
                self._looked_at[key] = error
            else:
                self._looked_at[key] = None
        return self._looked_at[key]

    def failed(self, step: str, asset: str, error: GenkoError) -> dict[str, object]:
        """The record of an attempt that could not even be asked for."""
        medium = self.wish.medium if step == PICTURE else ""
        before = self.draft.index.attempts.at(asset, medium)
        return {
            "asset": asset,
            "step": step,
            "medium": medium,
            "status": "failed",
            "provider": provider_of(step, self.wish, self.workshop.settings),
            "asked_at": moment_after(before[-1].asked_at if before else ""),
            "error": str(error),
        }

    def guess(self, step: str) -> int:
        """What one request of a step would cost for an asset that is not there yet."""
        request = self._base(step, "", self.ids_of(step, "")[0])
        width, height = self.theme.size if self.theme is not None else (SIDE, SIDE)
        others = tuple(self.draft.languages[1:])
        request = replace_request(request, width=width, height=height, languages=others, words=("x" * 20,))
        return self.workshop.provider(request.provider).estimate(request)

    # one step each

    def _concepts(self) -> list[Planned]:
        listed = tuple(dict(one.names) for one in self._listed)
        text, revision = self._prompt(None, CONCEPTS)
        known = tuple(asset.name for asset in self.draft.assets() if asset.name)
        request = replace_request(
            self._base(CONCEPTS, "", self.ids_of(CONCEPTS, "")[0]),
            prompt=text,
            count=self.wish.count,
            words=known,
            listed=listed,
        )
        return [self._planned(request, revision, "")]

    def _names(self, asset: Asset) -> list[Planned]:
        wanted = languages_to_make(self.draft, asset, self.wish)
        if not wanted or not asset.name.strip():
            return []
        language = self._language
        listed = tuple(
            dict(one.names)
            for one in self._listed
            if one.names.get(language, "").casefold() == asset.name.casefold()
        )
        request = replace_request(
            self._base(NAMES, asset.id, self.ids_of(NAMES, asset.id)[0]),
            words=(asset.name,),
            languages=wanted,
            listed=listed,
            kind=asset.kind,
            name=asset.name,
        )
        return [self._planned(request, "", "")]

    def _pictures(self, asset: Asset) -> list[Planned]:
        text, revision = self._prompt(asset, self.wish.medium)
        width, height = self.theme.size if self.theme is not None else (SIDE, SIDE)
        made = []
        for number, attempt in enumerate(self.ids_of(PICTURE, asset.id)):
            request = replace_request(
                self._base(PICTURE, asset.id, attempt),
                prompt=text,
                width=width,
                height=height,
                palette=tuple(self.theme.palette) if self.theme is not None else (),
                kind=asset.kind,
                name=asset.name,
                seed=self._seed(attempt, number),
            )
            made.append(self._planned(request, revision, self.wish.medium))
        return made

    # what they have in common

    @property
    def theme(self) -> Theme | None:
        """The draft's; None where it has none. Raises ThemeError."""
        from core.drafts.prompting.resolving import theme_of

        if not self._themes:
            self._themes.append(theme_of(self.draft.pack, self.workshop.themes))
        return self._themes[0]

    @property
    def _listed(self) -> Sequence[Concept]:
        return self.theme.concepts if self.theme is not None else ()

    @property
    def _language(self) -> str:
        return self.draft.languages[0]

    def _base(self, step: str, asset: str, attempt: UUID) -> MakeRequest:
        return MakeRequest(
            id=attempt,
            draft=self.draft.store.project_id,
            asset=asset,
            step=step,
            provider=provider_of(step, self.wish, self.workshop.settings),
            prompt="",
            language=self._language,
            theme=self.theme.name(self._language) if self.theme is not None else "",
            seconds=self.workshop.settings.seconds,
            seed=self._seed(attempt, 0),
        )

    def _seed(self, attempt: UUID, number: int) -> int:
        return attempt.int & 0x7FFFFFFF if self.wish.seed is None else self.wish.seed + number

    def _prompt(self, asset: Asset | None, medium: str) -> tuple[str, str]:
        """Resolved, and the revision that it is of."""
        from core.drafts.prompting.resolving import resolved_prompt

        count = self.wish.count if medium == CONCEPTS else 0
        found = resolved_prompt(self.draft, asset, medium, self.workshop.themes, count=count)
        if len(found.text) > LONGEST_PROMPT:
            raise UsageError(
                f"The prompt has {len(found.text):,} characters; {LONGEST_PROMPT:,} can be sent.",
                safe="It is kept as it was written. Nothing was sent.",
                todo="Write a shorter one.",
            )
        return found.text, found.revision

    def _planned(self, request: MakeRequest, revision: str, medium: str) -> Planned:
        parameters: dict[str, Json] = {}
        if request.step == PICTURE:
            parameters = {"width": request.width, "height": request.height}
            if not self.wish.accept:
                parameters["accept"] = False
        elif request.step == CONCEPTS:
            parameters = {"count": request.count}
        else:
            parameters = {"languages": list(request.languages), "name": request.name}
        before = self.draft.index.attempts.at(request.asset, medium)
        fields: dict[str, Json] = {
            "asset": request.asset,
            "step": request.step,
            "medium": medium,
            "status": "waiting",
            "revision": revision,
            "resolved": request.prompt,
            "provider": request.provider,
            "parameters": parameters,
            "seed": request.seed,
            "asked_at": moment_after(before[-1].asked_at if before else ""),
        }
        return Planned(request, fields)

    def _with_estimate(self, planned: Planned) -> Planned:
        request = planned.request
        cost = self.workshop.provider(request.provider).estimate(request)
        return replace(
            planned,
            request=replace_request(request, estimate=cost),
            fields={**planned.fields, "estimate": cost},
        )


def replace_request(request: MakeRequest, **changes: object) -> MakeRequest:
    """The same request with other fields."""
    import msgspec

    return msgspec.structs.replace(request, **changes)


def provider_of(step: str, wish: Wish, settings: MakingSettings) -> str:
    """Who does a step of a wish."""
    own = wish.pictures if step == PICTURE else wish.words
    return own or settings.provider_of(step)
