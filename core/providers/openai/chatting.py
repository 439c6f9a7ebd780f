"""Concepts and translated names of OpenAI's protocol: JSON is asked for, and nothing else is taken."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import msgspec

from core.money import MILLION, millionths
from core.placeholders import Masked, PlaceholderError, mask, placeholders, unmask
from core.providers.base import ProviderError
from core.providers.network.answers import decoded
from core.providers.network.web import Visit
from core.providers.request import Made, MakeRequest
from core.providers.settings import OpenAISettings

LONGEST_NAME = 120
MOST_CONCEPTS = 500
_FENCE = re.compile(r"\s*```(?:json)?\s*\n(.*)\n\s*```\s*", re.DOTALL)
_MOST_TOKENS = 10_000_000
T = TypeVar("T")


class _Message(msgspec.Struct):
    content: str | None = None


class _Choice(msgspec.Struct):
    message: _Message


class _Answer(msgspec.Struct):
    choices: list[_Choice]
    usage: msgspec.Raw = msgspec.Raw(b"null")


class _Usage(msgspec.Struct):
    total_tokens: int = 0


class _Concepts(msgspec.Struct):
    concepts: list[str]


def tokens_of(request: MakeRequest) -> int:
    """About as many tokens as the question and its answer have; rather too many."""
    words = sum(map(len, request.words)) + 8 * len(request.words)
    answered = request.count * 20 if request.step == "concepts" else words * max(1, len(request.languages))
    return (len(request.prompt) + words) // 2 + answered + 300


async def concepts(
    there: Visit,
    request: MakeRequest,
    settings: OpenAISettings,
    name: str,
    cost: int,
    progress: Callable[[float], None],
) -> Made:
    """Exactly as many as are wanted, each a new one. Raises ProviderError."""
    if not 1 <= request.count <= MOST_CONCEPTS:
        raise ProviderError(f"{request.count:,} concepts can't be asked for; 1 to {MOST_CONCEPTS} can.")
    rules = (
        "You list concepts for a set of pictures. Answer with JSON only, as "
        f'{{"concepts": ["...", "..."]}}, with exactly {request.count} different concepts in the language '
        f"with the code {request.language}. Each is a short name of one to four words, without numbers."
    )
    wish = request.prompt
    if request.words:
        wish += "\n\nThere already, so don't give: " + "; ".join(request.words)
    model, text, paid = await _chat(there, request, settings, name, cost, rules, wish)
    progress(0.9)
    found = [" ".join(one.split()) for one in _read(name, text, _Concepts, paid).concepts]
    if trouble := _trouble(found, request):
        safe = "They were thrown away; nothing was made up in their stead."
        raise ProviderError(f"{name} {trouble}.", safe=safe, retry=True, cost=paid)
    return Made(concepts=tuple(found), cost=paid, model=model)


def _trouble(found: Sequence[str], request: MakeRequest) -> str:
    """What is wrong with concepts; empty for nothing."""
    new = {one.casefold() for one in found} - {word.casefold() for word in request.words}
    if len(found) != request.count or len(new) != request.count:
        return f"gives {len(found):,} concepts, {len(new):,} of them new, instead of {request.count:,}"
    return "" if all(map(_is_name, found)) else "gives concepts that are no names"


async def names(
    there: Visit,
    request: MakeRequest,
    settings: OpenAISettings,
    name: str,
    cost: int,
    progress: Callable[[float], None],
) -> Made:
    """Each word in each language, or why not. Raises ProviderError where there is none at all."""
    masked = {f"n{at}": (word, mask(word)) for at, word in enumerate(request.words, 1)}
    into = [one for one in dict.fromkeys(request.languages) if one != request.language]
    own: dict[str, dict[str, str]] = {}
    if request.language in request.languages:
        own[request.language] = {word: word for word in request.words}
    if not into or not masked:
        return Made(names=own, model=request.model or settings.chat_model)
    rules = (
        "You translate short display names. Answer with JSON only: an object with a key for each of these "
        f"language codes: {', '.join(into)}. Its value is an object with the same keys as the question's and "
        f"the translated names. The names are in the language with the code {request.language}. "
        "Leave signs that begin with ZXQ and end with QXZ as they are."
    )
    asked = msgspec.json.encode({key: one.text for key, (_, one) in masked.items()}).decode()
    wish = f"What they belong to: {request.prompt}\n\n{asked}" if request.prompt else asked
    model, text, paid = await _chat(there, request, settings, name, cost, rules, wish)
    progress(0.9)
    good, bad = _sorted_out(_read(name, text, dict[str, Any], paid), into, masked, name)
    if not good:
        safe = "They are as they were."
        raise ProviderError(f"{name} translated none of the names.", safe=safe, retry=True, cost=paid)
    return Made(names={**own, **good}, unnamed=bad, cost=paid, model=model)


def _sorted_out(
    found: Mapping[str, Any], into: Sequence[str], masked: Mapping[str, tuple[str, Masked]], name: str
) -> tuple[dict[str, dict[str, str]], dict[str, dict[str, str]]]:
    """(Translations, why there is none), both language → word → name or sentence."""
    good: dict[str, dict[str, str]] = {}
    bad: dict[str, dict[str, str]] = {}
    for language in into:
        answers = found.get(language)
        for key, (word, hidden) in masked.items():
            told = answers.get(key) if isinstance(answers, dict) else None
            translated, why = _translated(told, hidden)
            if why:
                bad.setdefault(language, {})[word] = f"{name} {why}."
            else:
                good.setdefault(language, {})[word] = translated
    return good, bad


def _translated(told: object, hidden: Masked) -> tuple[str, str]:
    """(The name, "") or ("", what is wrong with it)."""
    if told is None:
        return "", "gave no translation of it"
    if not isinstance(told, str):
        return "", "gave something that is no name"
    text = " ".join(told.split())
    if not _is_name(text):
        return "", "gave something that is no name"
    try:
        text = unmask(text, hidden)
    except PlaceholderError:
        return "", "lost a place that is filled in later"
    if sorted(placeholders(text)) != sorted(one[1:-1] for one in hidden.pieces if one.strip("{}")):
        return "", "changed a place that is filled in later"
    return text, ""


def _is_name(text: str) -> bool:
    return 0 < len(text) <= LONGEST_NAME and text.isprintable() and any(map(str.isalnum, text))


async def _chat(
    there: Visit, request: MakeRequest, settings: OpenAISettings, name: str, cost: int, rules: str, wish: str
) -> tuple[str, str, int]:
    """The model, what it says, and what that costs."""
    model = request.model or settings.chat_model
    body = {
        "model": model,
        "messages": [{"role": "system", "content": rules}, {"role": "user", "content": wish}],
        "response_format": {"type": "json_object"},
    }
    headers = {"idempotency-key": str(request.id)}
    raw = await there.json("POST", "chat/completions", body=body, headers=headers, cost=cost)
    answer = decoded(name, raw, _Answer, cost)
    paid = _paid(answer.usage, settings, cost)
    if len(answer.choices) != 1 or not answer.choices[0].message.content:
        raise ProviderError(f"{name} answers with no words.", retry=True, cost=paid)
    return model, answer.choices[0].message.content, paid


def _paid(usage: msgspec.Raw, settings: OpenAISettings, cost: int) -> int:
    """By the tokens that it counted; as estimated where it says nothing, or nothing that makes sense."""
    try:
        tokens = msgspec.json.decode(usage, type=_Usage).total_tokens
    except (msgspec.MsgspecError, RecursionError):
        return cost
    if not 0 < tokens <= _MOST_TOKENS:
        return cost
    return -(-tokens * millionths(settings.price_tokens) // MILLION)


def _read(name: str, text: str, kind: type[T], cost: int) -> T:
    """JSON in an answer, also between the fences that models like."""
    fenced = _FENCE.fullmatch(text)
    return decoded(name, (fenced[1] if fenced else text).encode("utf-8", "replace"), kind, cost)
