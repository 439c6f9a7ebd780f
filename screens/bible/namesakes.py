"""Who else is called so: names that are the same, or differ only by case, width or accents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from core.story import AnyRecord
from screens.bible.values import name_of

NAME_FIELDS = ("name", "title", "aliases")
LONGEST = 200
"""Characters of a name that are compared."""
SHOWN = 40


class Namesakes:
    """The names of a section's records, looked up again only after `forget`."""

    def __init__(self) -> None:
        self._known: dict[str, list[tuple[str, str]]] | None = None

    def forget(self) -> None:
        """Somebody is called otherwise now."""
        self._known = None

    def hints(self, record: AnyRecord, field: str, records: Iterable[AnyRecord]) -> list[str]:
        """What is to be told below a field of names; `records` are all that may have the same."""
        if field not in NAME_FIELDS:
            return []
        if self._known is None:
            self._known = _by_name(records)
        mine = getattr(record, field, "")
        asked = [mine] if isinstance(mine, str) else list(mine)
        return [hint for name in asked for hint in self._said(record.id, name)][:2]

    def _said(self, record_id: str, name: str) -> Iterator[str]:
        assert self._known is not None
        for other, written in self._known.get(_plain(name), ()):
            if other == record_id or not name.strip():
                continue
            if " ".join(written.split()) == " ".join(name.split()):
                yield f"▲ Another one is called “{_short(written)}”, too."
            else:
                yield f"▲ There is “{_short(written)}”, too: only case or accents differ."


def _by_name(records: Iterable[AnyRecord]) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for record in records:
        for name in (name_of(record), *getattr(record, "aliases", ())):
            if name.strip():
                found.setdefault(_plain(name), []).append((record.id, name))
    return found


def _plain(name: str) -> str:
    from core.bible import plain_name

    return plain_name(" ".join(name[:LONGEST].split()))


def _short(name: str) -> str:
    line = " ".join(name[: 4 * SHOWN].split())
    return line if len(line) <= SHOWN else line[: SHOWN - 1] + "…"
