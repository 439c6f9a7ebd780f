"""What a draft says, as a text that a person can read without Genko: names, and every prompt there was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from core.story import PACK_ID, Json, Section

if TYPE_CHECKING:
    from core.backup.exporting.project import Exported

Raw = Mapping[str, Json]
_FACTS = ("description", "theme", "style", "languages", "colour", "slug", "visibility", "status")
_IN_USE, _BEFORE = "in use", "earlier"


def draft_text(draft: Exported) -> str:
    """Its facts, its own prompts, and asset for asset the names, the prompts, and what was sent to makers."""
    return "\n".join(_lines(draft)) + "\n"


def _lines(draft: Exported) -> Iterator[str]:
    pack = draft.records.get(Section.PACK, {}).get(PACK_ID, {})
    prompts: dict[str, dict[str, Raw]] = {}
    for key, raw in draft.records.get(Section.PROMPTS, {}).items():
        prompts.setdefault(str(raw.get("asset") or ""), {})[key] = raw
    sent: dict[str, dict[str, None]] = {}
    for raw in draft.records.get(Section.ATTEMPTS, {}).values():
        if resolved := str(raw.get("resolved") or ""):
            sent.setdefault(str(raw.get("asset") or ""), {})[resolved] = None
    for name in _FACTS:
        if said := _words(pack.get(name)):
            yield f"{name.capitalize()}: {said}"
    yield from _names(pack)
    yield from _prompts(pack, prompts.pop("", {}))
    yield from _sent(sent.get("", {}))
    for number, (key, raw) in enumerate(draft.records.get(Section.ASSETS, {}).items(), 1):
        kind = _words(raw.get("type"))
        yield ""
        yield f"{number}. {_words(raw.get('name')) or '(no name)'}{f' ({kind})' if kind else ''}"
        yield from _names(raw)
        yield from _prompts(raw, prompts.pop(key, {}))
        yield from _sent(sent.get(key, {}))
    for left in prompts.values():  # of assets that are gone
        yield ""
        yield "Of something that is not in it any more:"
        yield from _prompts({}, left)


def _names(raw: Raw) -> Iterator[str]:
    names = raw.get("names")
    if isinstance(names, Mapping):
        yield from (f"Name ({language}): {_words(name)}" for language, name in sorted(names.items()))


def _prompts(owner: Raw, revisions: Mapping[str, Raw]) -> Iterator[str]:
    used = {str(value) for key, value in owner.items() if key.startswith("prompt_")}
    for key, raw in revisions.items():
        when = f"{_IN_USE if key in used else _BEFORE}, {_words(raw.get('madeAt'))}".rstrip(", ")
        yield f"Prompt for {_words(raw.get('medium')) or 'image'} ({when}):"
        yield from (f"  {line}" for line in str(raw.get("text") or "").splitlines())


def _sent(texts: Iterable[str]) -> Iterator[str]:
    """What makers were really asked, with all places filled in; each once."""
    for text in texts:
        yield "As it was sent:"
        yield from (f"  {line}" for line in text.splitlines())


def _words(value: Json) -> str:
    """A value on one line."""
    if isinstance(value, list | tuple):
        return ", ".join(map(_words, value))
    return " ".join(str(value).split()) if value not in (None, "") else ""
