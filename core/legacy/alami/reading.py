"""Reads a backup of Alami Gestion: its checksum by its own rule, every record counted and named."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from core.content import Fate, Foreign, RowFate
from core.incoming.files import file_bytes
from core.legacy.alami import LISTS
from core.legacy.checksums import Verdict, as_javascript, verdict
from core.legacy.packed import is_packed, unpacked
from core.legacy.strict_json import FOREIGN, decode_json
from core.legacy.values import ForeignError, items, mapping
from core.work import Work

_NO_PLACE = "Genko has nothing like it; it is not brought in."
_TITLES = (
    *("name", "companyName", "saleNumber", "invoiceNumber", "quoteNumber", "transactionNumber"),
    *("checkNumber", "productName", "customerName", "title"),
)
LONGEST_TITLE = 80
MOST_ROWS = 500_000


def read_foreign(source: Path, *, work: Work) -> Foreign:
    """All records as rows. Raises ForeignError, IncomingError, StoppedError."""
    work.step("Reading", 0, 0)
    data = file_bytes(source, FOREIGN.file, "a file to import")
    packed = is_packed(data)
    data = unpacked(data, FOREIGN.unpacked) if packed else data
    parsed = decode_json(data, FOREIGN)
    value = mapping(parsed.value)
    metadata = mapping(value.get("metadata"))
    if not isinstance(value.get("data"), dict):
        raise ForeignError("The file holds no data of Alami.", safe="Nothing was read.")
    notes = [checked(data, value, metadata)]
    if source.suffix.lower() == ".gz" and not packed:
        notes.append(
            "Its name says gzip and it is not packed: Alami's export did that, and its import then failed."
        )
    rows: list[RowFate] = []
    counts: Counter[str] = Counter()
    for row, name in _rows(value):
        if len(rows) % 1000 == 0:
            work.step("Reading rows", len(rows), 0, "rows")
        if len(rows) >= MOST_ROWS:
            raise ForeignError(f"There are more than {MOST_ROWS:,} records.", safe="Nothing was read.")
        rows.append(row)
        counts[name] += 1
    version = str(metadata.get("version", "unknown"))[:20]
    notes += _about(value, metadata, counts)
    return Foreign("alami", f"backup of Alami, version {version}", (), tuple(rows), tuple(notes))


def checked(data: bytes, value: Mapping[str, Any], metadata: Mapping[str, Any]) -> str:
    """What its checksum says, in a sentence. Raises ForeignError for a file that was changed or damaged."""
    digest = metadata.get("checksum")
    if digest in ("", "undefined"):
        return (
            "Its checksum is empty, as one release left it by taking it out to compare; nothing is verified."
        )
    found = verdict(data, digest)
    if found is Verdict.MISSING:
        return "It has no checksum, which Alami allowed: nothing tells whether it is whole."
    if found is Verdict.FITS:
        return "The checksum fits: the file is as it was written."
    broken = _broken_rule(value, metadata, str(digest).lower())
    if broken:
        return f"The checksum fits if made by a wrong rule ({broken}), so the file is as it was written."
    raise ForeignError(
        "The file is damaged or was changed: it is not what its checksum was made of.",
        safe="Nothing was read.",
    )


def _broken_rule(value: Mapping[str, Any], metadata: Mapping[str, Any], digest: str) -> str:
    """Which of the mistakes that are easily made with such a checksum gives this one; "" for none."""
    without = {name: item for name, item in metadata.items() if name != "checksum"}
    bare = {**value, "metadata": without}
    emptied = {**value, "metadata": {**metadata, "checksum": ""}}
    nothing = {**value, "metadata": {**metadata, "checksum": None}}
    forms = {
        "of the indented text": json.dumps(bare, ensure_ascii=False, indent=2),
        "with an empty checksum in it": as_javascript(emptied),
        "with null for a checksum in it": as_javascript(nothing),
        "of the data alone": as_javascript(value.get("data")),
    }
    encoded = ((name, form.encode("utf-8", "surrogatepass")) for name, form in forms.items())
    return next((name for name, form in encoded if hashlib.sha256(form).hexdigest() == digest), "")


def _rows(value: Mapping[str, Any]) -> Iterator[tuple[RowFate, str]]:
    company = mapping(value.get("company"))
    settings = company.get("settings")
    if isinstance(settings, dict):
        yield RowFate("company.settings", Fate.NO_PLACE, _title(settings), _NO_PLACE), "settings"
    for part in (company, mapping(value.get("data"))):
        for name, records in part.items():
            if name != "settings":
                yield from _records(_cut(name), "", records)
    for name in value.keys() - {"metadata", "company", "data"}:
        yield RowFate(_cut(name), Fate.NO_PLACE, why=_NO_PLACE), "other parts"


def _records(name: str, above: str, records: Any) -> Iterator[tuple[RowFate, str]]:
    """A list of records and the lists in each of them."""
    if not isinstance(records, list):
        yield RowFate(f"{above}{name}", Fate.REFUSED, why="It is no list of records."), name
        return
    for at, record in enumerate(records):
        key = mapping(record).get("id")
        where = f"{above}{name} {_cut(key)}" if isinstance(key, str) and key else f"{above}{name}[{at}]"
        if not isinstance(record, dict):
            yield RowFate(where, Fate.REFUSED, why="It is no record."), name
            continue
        yield RowFate(where, Fate.NO_PLACE, _title(record), _NO_PLACE), name
        for inner, found in record.items():
            if isinstance(found, list):
                yield from _records(_cut(inner), f"{where} / ", found)


def _about(value: Mapping[str, Any], metadata: Mapping[str, Any], counts: Counter[str]) -> Iterator[str]:
    told = ", ".join(f"{name.replace('_', ' ')} {count:,}" for name, count in counts.items())
    yield f"It holds {told or 'no record'}. None of it has a place in Genko."
    absent = sorted(LISTS - mapping(value.get("data")).keys())
    if absent:
        yield f"Lists that such a backup should have and this one has not: {', '.join(absent)}."
    total = metadata.get("total_records")
    if isinstance(total, int) and total != sum(counts.values()):
        yield f"It counts {total:,} records itself, there are {sum(counts.values()):,}: Alami left some out."
    invoices = items(mapping(value.get("data")).get("invoices"))
    lost = [one for one in invoices if mapping(one).get("totalAmount", 0) is None]
    if lost:
        yield f"Invoices without a total, which Alami lost when it wrote the file: {len(lost):,}."


def _title(record: Mapping[str, Any]) -> str:
    return next((_cut(found) for name in _TITLES if isinstance(found := record.get(name), str) and found), "")


def _cut(text: object) -> str:
    line = " ".join(str(text)[: LONGEST_TITLE * 4].split())
    return line if len(line) <= LONGEST_TITLE else line[: LONGEST_TITLE - 1] + "…"
