"""What a job gave, looked at and put into the draft's media, as fields of its attempt. Runs in a worker."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from core.drafts.making.queue import DONE, FAILED, JobEnd
from core.drafts.making.settings import PICTURE
from core.errors import DocumentError, GenkoError
from core.media import MediaError, MediaFolderError, MediaStore, Picture
from core.media.asking import Asker
from core.media.kinds import clean_name
from core.providers.request import Made
from core.story.clean import Json, clean_value
from core.work import StoppedError

LONGEST_ERROR = 600
"""Characters of what went wrong that are kept."""
LONGEST_WORD, MOST_WORDS = 200, 200
"""Characters of a concept or a name, and how many of them are kept."""
MOST_PARAMETERS = 16_384
"""Bytes of what a provider says of how it made something."""
_CALLED = "The picture that was made"
_NOTHING = "The provider said that it is done, and sent nothing."


@dataclass(frozen=True)
class Outcome:
    """The end of an attempt, with its file in the media already."""

    id: str
    step: str
    fields: Mapping[str, Json]
    picture: Picture | None = None
    made: Made | None = None

    @property
    def done(self) -> bool:
        """Whether something was made."""
        return self.fields["status"] == DONE

    @property
    def error(self) -> str:
        """What went wrong; empty if nothing did."""
        return str(self.fields.get("error") or "")


def outcome_of(
    end: JobEnd, step: str, media: MediaStore, asker: Asker, check: Callable[[], None] = lambda: None
) -> Outcome:
    """The attempt's fields. What is no honest picture is a failure that says why.

    Raises MediaFolderError when the disk takes nothing: then it is tried again later.
    """
    fields = _facts(end)
    if end.state != DONE or end.made is None:
        if end.state == DONE:
            fields |= {"status": FAILED, "error": _NOTHING}
        return Outcome(str(end.id), step, fields)
    try:
        picture = _picture(end.made, media, asker, check) if step == PICTURE else None
    except (MediaFolderError, StoppedError):
        raise
    except GenkoError as error:
        return Outcome(str(end.id), step, {**fields, "status": FAILED, "error": _short(error.what)})
    if picture is not None:
        fields |= {"output": picture.sha, "mime": picture.mime}
    made = msgspec.structs.replace(end.made, files=(), parameters=_small(end.made.parameters))
    return Outcome(str(end.id), step, {**fields, "words": _words(made), "error": ""}, picture, made)


def _picture(made: Made, media: MediaStore, asker: Asker, check: Callable[[], None]) -> Picture:
    if not made.files:
        raise MediaError(_NOTHING)
    file = made.files[0]
    picture = media.add_bytes(asker, file.content, _CALLED, check)
    return replace(picture, name=clean_name(file.name) if file.name else "made.png")


def _facts(end: JobEnd) -> dict[str, Json]:
    made = end.made
    fields: dict[str, Json] = {
        "status": end.state,
        "error": _short(end.error),
        "cost": made.cost if made is not None else end.cost,
        "milliseconds": end.milliseconds,
        "tries": end.tries,
        "worker": end.worker,
        "finished_at": end.finished_at,
    }
    if made is not None:
        fields |= {"model": made.model[:LONGEST_WORD]}
    return fields


def _words(made: Made) -> Json:
    """What was made of words, no more of it than anybody would read."""
    words: dict[str, Json] = {}
    if made.concepts:
        words["concepts"] = [one[:LONGEST_WORD] for one in made.concepts[:MOST_WORDS]]
    if made.names:
        words["names"] = _by_language(made.names)
    if made.unnamed:
        words["unnamed"] = _by_language(made.unnamed)
    if made.note:
        words["note"] = made.note[:LONGEST_ERROR]
    return words


def _by_language(names: Mapping[str, Mapping[str, str]]) -> Json:
    return {
        code[:LONGEST_WORD]: {
            name[:LONGEST_WORD]: said[:LONGEST_ERROR] for name, said in [*each.items()][:MOST_WORDS]
        }
        for code, each in [*names.items()][:MOST_WORDS]
    }


def _small(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """What a provider says that it used; left out where that is no small JSON value."""
    try:
        cleaned = clean_value(parameters)
        if isinstance(cleaned, dict) and len(msgspec.json.encode(cleaned)) <= MOST_PARAMETERS:
            return cleaned
    except (DocumentError, TypeError, ValueError):
        pass
    return {}


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_ERROR else f"{line[: LONGEST_ERROR - 1]}…"
