"""The typed records of a draft: the pack, its assets, revisions of prompts, attempts to make things."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from core.story.clean import Json
from core.story.fields import Kind, Record, kept, kept_line, kept_names, kept_prose
from core.story.types import Section

PACK_ID = "pack"
"""The id of a draft's one record in `Section.PACK`: the same on all machines, so that it merges."""


@dataclass(frozen=True, kw_only=True)
class Pack(Record):
    """What holds for a draft as a whole. Its name is the title in meta."""

    slug: str = kept_line()
    """How it is called in addresses and old readers: a-z, 0-9 and hyphens."""
    names: Mapping[str, str] = kept(dict, Kind.PAIRS)
    """Its name in other languages, by language code."""
    description: str = kept_prose()
    theme: str = kept_line()
    """The key of a theme."""
    style: str = kept_line()
    languages: tuple[str, ...] = kept_names()
    """Codes; the first is the one that prompts are written in."""
    colour: str = kept_line()
    """`#rrggbb` or empty."""
    cover: str = kept_line()
    """The id of an asset."""
    visibility: str = kept_line()
    """"public", or private for anything else."""
    status: str = kept_line()
    """See core/drafts/status.py."""
    prompt_concepts: str = kept_line()
    """The revision of the prompt in use, here and below; empty: the theme's."""
    prompt_image: str = kept_line()
    prompt_clip: str = kept_line()
    prompt_music: str = kept_line()
    budget: int = kept(0)
    """What making may cost, in millionths of the currency of the prices; 0: no bound is set."""
    published: Mapping[str, Json] = kept(dict)
    """What this machine knows of the last publication: server, revision, content, when."""


@dataclass(frozen=True, kw_only=True)
class Asset(Record):
    """One thing of a pack. What is made for it stands in attempts; here is what was chosen."""

    kind: str = kept_line("type")
    """character, background, prop, cover or other."""
    name: str = kept_line()
    """In the pack's first language: the concept."""
    names: Mapping[str, str] = kept(dict, Kind.PAIRS)
    """In other languages, by language code."""
    project: str = kept_line()
    """The project, section and record that it shows, if it is one of somebody's bible."""
    section: str = kept_line()
    record: str = kept_line()
    prompt_image: str = kept_line()
    """The revision of the prompt in use, here and below; empty: the pack's."""
    prompt_clip: str = kept_line()
    prompt_music: str = kept_line()
    accepted_image: str = kept_line()
    """The attempt that was accepted, here and below; empty: none yet."""
    accepted_clip: str = kept_line()
    accepted_music: str = kept_line()


@dataclass(frozen=True, kw_only=True)
class PromptRevision(Record):
    """A prompt as it was written once. Revisions are added, never changed or removed."""

    asset: str = kept_line()
    """Empty: the pack's."""
    medium: str = kept_line()
    """image, clip, music or concepts."""
    text: str = kept_line()
    origin: str = kept_line()
    """theme, own, regenerated, bible or imported."""
    made_at: str = kept_line("madeAt")
    author: str = kept_line()


@dataclass(frozen=True, kw_only=True)
class Attempt(Record):
    """One try to make something; its id is the job's too. What it says has happened and is never undone."""

    asset: str = kept_line()
    """Empty: for the pack, as concepts are."""
    step: str = kept_line()
    """concepts, names or picture; "brought" for what an import or a person put there."""
    medium: str = kept_line()
    """image, clip or music; empty for words."""
    status: str = kept_line()
    """waiting, running, done, failed or cancelled."""
    revision: str = kept_line()
    """The prompt it was made from; empty: the theme's."""
    resolved: str = kept_line()
    """The prompt as it was sent."""
    provider: str = kept_line()
    model: str = kept_line()
    parameters: Mapping[str, Json] = kept(dict)
    seed: int = kept(0)
    asked_at: str = kept_line("askedAt")
    finished_at: str = kept_line("finishedAt")
    milliseconds: int = kept(0)
    """How long making took."""
    tries: int = kept(0)
    estimate: int = kept(0)
    """What it was expected to cost, in millionths."""
    cost: int = kept(0)
    """What it cost, in millionths."""
    output: str = kept_line()
    """The SHA-256 (hex) of the file that was made. It is not in `pictures` as well: a list in each of
    thousands of attempts would cost Loro's undo seconds."""
    mime: str = kept_line()
    words: Mapping[str, Json] = kept(dict)
    """What was made of words: concepts, names by language."""
    error: str = kept_line()
    """What went wrong, in a sentence."""
    worker: str = kept_line()


PACK_TYPES: dict[Section, type[Pack | Asset | PromptRevision | Attempt]] = {
    Section.PACK: Pack,
    Section.ASSETS: Asset,
    Section.PROMPTS: PromptRevision,
    Section.ATTEMPTS: Attempt,
}
