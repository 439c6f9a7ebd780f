"""Lines that two programs could read differently, or no database could keep, are refused."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest

from core.backup.archive import ArchiveDamaged, open_archive, write_archive
from core.backup.work import Work
from tests.backup.archive.forging import forged, members_of, read_all, sample_bytes
from tests.backup.archive.samples import FACTS, FIRST, SECOND

MEMBERS = members_of(sample_bytes())
CAST = "data/characters.jsonl"
PAGES = "data/pages.jsonl"
LINE = MEMBERS[CAST]


def refusal(tmp_path: Path, name: str, data: bytes) -> str:
    path = tmp_path / "x"
    path.write_bytes(forged({**MEMBERS, name: data}))
    with pytest.raises(ArchiveDamaged) as caught:
        read_all(path)
    assert caught.value.member == name
    return caught.value.what


def field(value: bytes) -> bytes:
    """The line of a character with this as a field."""
    return LINE.replace(b'"name":"Akira"', b'"name":' + value)


@pytest.mark.parametrize(
    ("value", "what"),
    [
        (b"NaN", "NaN"),
        (b"Infinity", "Infinity"),
        (b"-Infinity", "Infinity"),
        (b"1e999", "number"),
        (b"9" * 30, "whole number"),
        (b"9" * 4000, "whole number"),
        (b"[" * 300 + b"]" * 300, "deep"),
        (b"[" * 100_000 + b"]" * 100_000, "deep"),
        (b'{"a":' * 300 + b"1" + b"}" * 300, "deep"),
        (b'{"a":1,"a":2}', "twice"),
        (b'"\\u0000"', "NUL"),
        (b'"\\ud800"', "half a character"),
        (b'"\\udc00x"', "half a character"),
        (b'"\xff"', "UTF-8"),
        (b'"\xed\xa0\x80"', "UTF-8"),
        (b'"\x01"', "JSON"),
        (b"{'a':1}", "JSON"),
        (b"01", "JSON"),
        (b"undefined", "JSON"),
    ],
)
def test_a_value_that_is_none_is_refused(tmp_path: Path, value: bytes, what: str) -> None:
    told = refusal(tmp_path, CAST, field(value))
    assert what in told
    assert "line 1" in told


@pytest.mark.parametrize(
    "line",
    [
        LINE[:-1],  # no line feed at its end
        LINE + b"\n",
        b"\xef\xbb\xbf" + LINE,
        b" " + LINE,
        LINE.decode().encode("utf-16"),
        LINE.replace(b"}\n", b"}}\n"),
        LINE + b"[]\n",
        LINE + b"null\n",
        LINE.replace(b'"position":0', b'"position":0.0'),
        LINE.replace(b'"position":0', b'"position":"0"'),
        LINE.replace(b'"position":0', b'"position":true'),
        LINE.replace(b'"position":0', b'"position":-1'),
        LINE.replace(b'"position":0', b'"position":9007199254740993'),
        LINE.replace(b',"position":0', b""),
        LINE.replace(b'"position":0', b'"position":0,"mood":1'),
        LINE.replace(b'"position":0', b'"position":0,"extra":{"a":1}'),
        LINE.replace(b'"fields":{', b'"fields":[{').replace(b"}}", b"}]}"),
        LINE.replace(str(FIRST).encode(), b"1f2e"),
        LINE.replace(str(FIRST).encode(), b"0" * 36),
        LINE + LINE,
        LINE + LINE.replace(b'"position":0', b'"position":1'),
        LINE + LINE.replace(b"characters-1", b"characters-2"),
    ],
)
def test_a_line_that_is_none_is_refused(tmp_path: Path, line: bytes) -> None:
    assert refusal(tmp_path, CAST, line)


def test_lines_of_projects_are_together_and_in_order(tmp_path: Path) -> None:
    first, second = MEMBERS[PAGES].splitlines(keepends=True)
    other = first.replace(str(FIRST).encode(), str(SECOND).encode())
    assert "together" in refusal(tmp_path, PAGES, first + other + second)
    assert "order" in refusal(tmp_path, PAGES, other + first)
    assert "place" in refusal(tmp_path, PAGES, second + first)


def test_projects_are_those_of_the_manifest(tmp_path: Path) -> None:
    name = "data/projects.jsonl"
    first, second = MEMBERS[name].splitlines(keepends=True)
    for lines in (first, second + first, first + second + second, first.replace(b'"words":7', b'"words":8')):
        assert refusal(tmp_path, name, lines)


@pytest.mark.parametrize(
    ("time", "fine"),
    [
        ("0002-01-01T00:00:00Z", True),
        ("9998-12-31T23:59:59.999999-14:00", True),
        ("0001-12-31T23:59:59Z", False),
        ("9999-01-01T00:00:00+14:00", False),
        ("2026-11-21T09:12:03+09:00", True),
        ("2026-11-21T09:12:03", False),
        ("2016-12-31T23:59:60Z", False),
        ("10000-01-01T00:00:00Z", False),
        ("2026-02-30T00:00:00Z", False),
        ("", False),
    ],
)
def test_times_at_the_edge_are_read_or_refused(tmp_path: Path, time: str, fine: bool) -> None:
    name = "data/projects.jsonl"
    data = MEMBERS[name].replace(b"2026-11-21T09:12:03.456789Z", time.encode())
    assert data != MEMBERS[name]
    if not fine:
        told = refusal(tmp_path, name, data)
        assert "edited_at" in told or "calendar" in told
        return
    (tmp_path / "x").write_bytes(forged({**MEMBERS, name: data}))
    assert read_all(tmp_path / "x")["contents"][0].edited_at.isoformat()[:10] == time[:10]


def test_one_long_line_is_refused_when_it_is_too_long(tmp_path: Path) -> None:
    assert "4 MB" in refusal(tmp_path, CAST, field(b'"' + b"\xc3\xa9x" * (2 << 20) + b'"'))


def test_lines_in_another_form_are_read_alike(tmp_path: Path) -> None:
    # What another program has written, as the format's description allows.
    line = LINE.replace(b'"position":0', b'"position" : 0 ')
    line = line.replace(b'"name":"Akira"', b'"name": "\\u0041kira"')
    path = tmp_path / "x"
    path.write_bytes(forged({**MEMBERS, CAST: line}))
    other = tmp_path / "y"
    other.write_bytes(forged(MEMBERS))
    assert read_all(path)["contents"] == read_all(other)["contents"]


def test_what_a_document_can_hold_comes_back(tmp_path: Path) -> None:
    texts = [
        *(
            "👩‍👩‍👧‍👦",
            "\u202eabc",
            "｜漢字《かんじ》",
            "é",
            "e\u0301",
            "a\u2028b\u2029c\x85",
            "x  \t ",
            "\x1b[31m",
            "\x7f",
        ),
        *(
            "[red]x[/]",
            '"\\u0000"',
            "\\ud800",
            "\ufeff",
            "\U0010ffff",
            "\ufffe",
            "1" * 40,
            "[" * 300,
            "\n" * 5,
        ),
    ]
    numbers = [0.1, 1e22, 1e-7, -0.0, 5e-324, 1.7976931348623157e308, 2**63, -(2**63), 2**53 + 1]
    fields = {"texts": texts, "numbers": numbers, "deep": _deep(150), "\u2028": None, "": {"": [True, False]}}
    path = tmp_path / "x"
    with write_archive(path, work=Work()) as writer:
        with writer.lines("projects") as lines:
            line = {"id": FIRST, "title": "\x1b]0;x\x07", "meta": fields, "edited_at": None}
            lines.write({**line, "words": 0, "pages": 0})
        with writer.lines("pages") as lines:
            for position, text in enumerate(texts):
                lines.write({"project": FIRST, "key": str(position), "position": position, "text": text})
        writer.finish(FACTS)
    content = read_all(path)["contents"][0]
    assert content.script == "".join(texts)
    assert content.meta == fields
    assert str(content.meta["numbers"]) == str(numbers)


def _deep(levels: int) -> object:
    value: object = "bottom"
    for _ in range(levels):
        value = [value]
    return value


def test_a_page_too_long_for_a_line_goes_on_in_the_next(tmp_path: Path) -> None:
    text = "\x01é👩" * 1_100_000
    path = tmp_path / "x"
    with write_archive(path, work=Work()) as writer:
        with writer.lines("projects") as lines:
            project = {"id": FIRST, "title": "", "meta": {}, "edited_at": None, "words": 0, "pages": 0}
            lines.write(project)
        with writer.lines("pages") as lines:
            lines.write({"project": FIRST, "key": "k", "position": 0, "text": text})
            lines.write({"project": FIRST, "key": "l", "position": 1, "text": "end"})
        with writer.lines("characters") as lines:
            fields = {"name": "A", "notes": "x" * (9 << 20)}
            lines.write({"project": FIRST, "id": "a", "position": 0, "fields": fields})
        writer.finish(FACTS)
    with open_archive(path, work=Work()) as archive:
        assert archive.content(FIRST).script == text + "end"
        assert len(list(archive.lines("pages"))) == 7
        (record,) = archive.lines("characters")
        assert (record.fields, record.cut) == ({"name": "A"}, ("notes",))  # type: ignore[attr-defined]


def test_the_writer_refuses_what_is_no_line(tmp_path: Path) -> None:
    with write_archive(BytesIO(), work=Work()) as writer, writer.lines("characters") as lines:
        for bad in ({}, {"project": FIRST}, {"project": FIRST, "id": "a", "position": -1, "fields": {}}):
            with pytest.raises(ValueError):
                lines.write(bad)
