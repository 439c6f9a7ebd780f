"""A draft in lines: names, theme, style, who may see it, cover, its own prompts. Enter changes a line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from core.cells import clean, wrap
from core.money import MILLION, millionths
from screens.bible.views.lines import BLANK, Line, heading, quiet
from screens.drafts.details.labelled import LABEL, labelled
from screens.drafts.wording import ORIGINS, STATUS_SIGNS, WHAT, moment_of, money
from screens.widgets.project_rows import when
from screens.wording import counted

if TYPE_CHECKING:
    from core.drafts import Draft
    from core.drafts.themes import Themes

PROMPT_ROWS = 4
DESCRIPTION_ROWS = 5
NOT_SAID = "–"


class PackName(NamedTuple):
    """The draft's name in a language; "": the first one."""

    language: str


class PackField(NamedTuple):
    """A field of the pack."""

    name: str


class PackPrompt(NamedTuple):
    """The draft's own prompt for a medium."""

    medium: str


class PackHistory(NamedTuple):
    """The revisions of that."""

    medium: str


def pack_lines(draft: Draft, themes: Themes | None, width: int) -> list[Line]:
    """Everything about a draft."""
    return [*_head(draft), BLANK, *_names(draft), BLANK, *_facts(draft, themes, width), BLANK,
            *_prompts(draft, themes, width)]  # fmt: skip


def _head(draft: Draft) -> Iterator[Line]:
    status = str(draft.status)
    sign, colour = STATUS_SIGNS.get(status, ("·", "quiet"))
    yield Line(((clean(draft.name) or "(no name)", "bold"),), right=counted(len(draft.assets()), "asset"))
    yield Line(((f"{sign} ", colour), (status, "")))


def _names(draft: Draft) -> Iterator[Line]:
    first, *others = draft.languages
    yield labelled("name", clean(draft.name), PackName(""), first)
    for code in others:
        yield labelled("", clean(draft.pack.names.get(code, "")) or NOT_SAID, PackName(code), code)
    yield labelled("languages", ", ".join(draft.languages), PackField("languages"))
    yield labelled("address", draft.pack.slug or NOT_SAID, PackField("slug"))


def _facts(draft: Draft, themes: Themes | None, width: int) -> Iterator[Line]:
    pack = draft.pack
    theme = themes.by_key.get(pack.theme) if themes is not None else None
    yield labelled("theme", theme.name() if theme is not None else pack.theme or NOT_SAID, PackField("theme"))
    style = clean(pack.style) or (f"{theme.style} (the theme's)" if theme is not None else NOT_SAID)
    yield labelled("style", style, PackField("style"))
    about = wrap(pack.description, max(8, width - LABEL), DESCRIPTION_ROWS) or [NOT_SAID]
    for at, row in enumerate(about):
        yield labelled("" if at else "about", row, PackField("description"))
    cover = draft.asset(pack.cover) if pack.cover else None
    yield labelled("cover", clean(cover.name) if cover is not None else NOT_SAID, PackField("cover"))
    yield labelled("colour", pack.colour or NOT_SAID, PackField("colour"), swatch=pack.colour)
    yield labelled("seen by", "everybody" if draft.is_public else "only you", PackField("visibility"), "V")
    bound = f"at most {money(pack.budget)}" if pack.budget else "no bound of its own"
    yield labelled("budget", bound, PackField("budget"))


def _prompts(draft: Draft, themes: Themes | None, width: int) -> Iterator[Line]:
    if draft.pack.prompt:
        yield heading("A prompt is unfinished", "Enter goes on")
        for row in wrap(draft.pack.prompt, width, PROMPT_ROWS):
            yield Line(((row, ""),), PackPrompt(str(draft.pack.extra.get("promptMedium") or "image")))
        yield BLANK
    theme = themes.by_key.get(draft.pack.theme) if themes is not None else None
    for medium, what in WHAT.items():
        own = draft.own_prompt(None, medium)
        text = own.text if own is not None else theme.prompt(medium) if theme is not None else ""
        said = (
            f"{ORIGINS.get(own.origin, own.origin)} · {when(moment_of(own.made_at))}"
            if own
            else "the theme's"
        )
        yield heading(f"Prompt for {what}", said if text else "")
        for row in wrap(text, width, PROMPT_ROWS) if text else ["none yet"]:
            yield Line(((row, "" if own is not None else "quiet"),), PackPrompt(medium))
        if count := len(draft.prompts(None, medium)):
            yield Line(((counted(count, "revision"), "quiet"),), PackHistory(medium))
    yield quiet("They hold for assets that have none of their own.")


def budget_of(text: str) -> int | None:
    """What was typed, in millionths: `2.50`, `2,5`, empty for none; None for what is no amount."""
    try:
        amount = float(text.strip().replace(",", ".") or 0)
    except ValueError:
        return None
    return millionths(amount) if 0 <= amount < 1_000_000 else None


def budget_words(count: int) -> str:
    """So many millionths as `budget_of` reads them, to the last one; empty for none."""
    return f"{count / MILLION:.6f}".rstrip("0").rstrip(".") if count else ""
