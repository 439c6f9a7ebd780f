"""What JSON from outside may hold; each refusal is beside a text that differs in one thing and is read."""

from __future__ import annotations

import gzip
import json
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import GenkoError
from core.legacy.packed import unpacked
from core.legacy.strict_json import FOREIGN, OWN, JsonError, Limits, decode_json, read_json
from core.legacy.values import ForeignError

STRICT = Limits()

REFUSED = {
    "empty": (b"", 0, 0),
    "spaces": (b" \n\n ", 0, 0),
    "nan": (b'{"a": 1,\n "b": NaN}', 2, 7),
    "infinity": (b"[1, -Infinity]", 1, 5),
    "over": (b'{"rating": 1e999}', 1, 12),
    "four thousand digits": (b"[" + b"9" * 4000 + b"]", 1, 2),
    "beyond 2**53": (b"[0, 9007199254740993]", 1, 5),
    "long real": (b"[0." + b"1" * 5000 + b"]", 1, 2),
    "twice": (b'{"a": {"id": 1,\n  "id": 2}}', 2, 3),
    "twice by an escape": (rb'{"id": 1, "\u0069d": 2}', 1, 11),
    "deep": (b"[" * 100_000 + b"]" * 100_000, 1, 65),
    "deep and never closed": (b'{"a":' * 100_000, 1, 5 * 64 + 1),
    "half a character": (rb'{"a": "ok", "b": "cut \ud83d"}', 1, 18),
    "half a character in a key": (rb'{"\udc00": 1}', 1, 2),
    "nul": (rb'["a\u0000b"]', 1, 2),
    "bare control": (b'["a\x00b"]', 1, 4),
    "latin-1": (b'{"a": 1,\n"b": "caf\xe9"}', 2, 10),
    "encoded surrogate": (b'["\xed\xa0\x80"]', 1, 3),
    "utf-16": ('{"a": 1}'.encode("utf-16"), 0, 0),
    "utf-16 without a mark": ('{"a": 1}'.encode("utf-16-le"), 0, 0),
    "cut": (b'{"a": [1, 2', 1, 12),
    "more behind": (b'{"a": 1} {"b": 2}', 1, 10),
    "trailing comma": (b"[1,]", 1, 4),
    "leading zero": (b"[01]", 1, 3),
    "web page": (b"<!doctype html>", 1, 1),
}

READ = {
    "at 2**53": (b"[9007199254740992, -9007199254740992]", [2**53, -(2**53)]),
    "same key in two objects": (b'{"a": {"id": 1}, "b": {"id": 1}, "id": "id"}', None),
    "deep enough": (b"[" * 64 + b"]" * 64, None),
    "brackets in strings": (json.dumps(["[" * 500, "\\", '"[', "]"]).encode(), ["[" * 500, "\\", '"[', "]"]),
    "a whole emoji in escapes": (rb'["\ud83d\ude00"]', ["\U0001f600"]),
    "what only looks escaped": (rb'["\\ud83d \\u0000"]', ["\\ud83d \\u0000"]),
    "a byte order mark": (b'\xef\xbb\xbf{"a": 1}', {"a": 1}),
    "numbers": (b"[-0, 1.5, 1e300, -2E-3]", [0, 1.5, 1e300, -0.002]),
    "words of constants in strings": (b'["NaN", "Infinity", "1e999"]', ["NaN", "Infinity", "1e999"]),
    "line ends that JSON allows": ('["\u2028\u2029\x85"]'.encode(), ["\u2028\u2029\x85"]),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_read_alike_everywhere_is_refused_with_its_place(name: str) -> None:
    data, line, column = REFUSED[name]
    with pytest.raises(JsonError) as caught:
        decode_json(data, STRICT)
    assert (caught.value.line, caught.value.column) == (line, column), caught.value


@pytest.mark.parametrize("name", READ)
def test_what_only_resembles_it_is_read(name: str) -> None:
    data, expected = READ[name]
    found = decode_json(data, STRICT)
    assert found.value == (json.loads(data.decode("utf-8-sig")) if expected is None else expected)
    assert not found.mended


def test_half_a_character_is_mended_and_counted_for_other_programs_files() -> None:
    found = decode_json(rb'{"a\u0000": ["cut \ud83d", "\ude00\ude00"]}', FOREIGN)
    assert found.value == {"a\ufffd": ["cut \ufffd", "\ufffd\ufffd"]}
    assert found.mended == 4
    with pytest.raises(JsonError):  # two keys must not become one
        decode_json(rb'{"\u0000": 1, "\ud800": 2}', FOREIGN)


def test_what_is_packed_is_known_by_its_bytes(tmp_path: Path) -> None:
    file = tmp_path / "export.json"
    file.write_bytes(gzip.compress(b'{"a": ') + gzip.compress(b"1}"))
    assert read_json(file).value == {"a": 1}
    plain = tmp_path / "export.json.gz"
    plain.write_bytes(b'{"a": 1}')
    assert read_json(plain).value == {"a": 1}


@pytest.mark.parametrize("cut", [1, 5, 12, 20])
def test_a_packed_file_without_its_end_is_refused(cut: int) -> None:
    whole = gzip.compress(b'{"a": "hello hello hello"}')
    with pytest.raises(ForeignError):
        unpacked(whole[:-cut], 1000)
    with pytest.raises(ForeignError):
        unpacked(whole + b"junk", 1000)
    with pytest.raises(ForeignError):
        unpacked(whole[:-6] + b"\0\0" + whole[-4:], 1000)
    assert unpacked(whole, 1000) == b'{"a": "hello hello hello"}'


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = gzip.compress(b"[" + b" " * 50_000_000 + b"]")
    assert len(bomb) < 100_000
    with pytest.raises(ForeignError, match="unpacks to more"):
        unpacked(bomb, 2**40)  # by its ratio
    with pytest.raises(ForeignError, match="unpacks to more"):
        unpacked(gzip.compress(b"[1, 2, 3]"), 5)  # by its size


def test_what_is_no_ordinary_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GenkoError):
        read_json(tmp_path)
    with pytest.raises(GenkoError):
        read_json(tmp_path / "none")
    large = tmp_path / "large.json"
    large.write_bytes(b"[" + b" " * 2_000_000 + b"]")
    with pytest.raises(GenkoError):
        read_json(large, Limits(file=1_000_000))
    with pytest.raises(GenkoError):
        read_json(large, Limits(unpacked=1_000_000))


@pytest.mark.parametrize(
    "data",
    [
        b"[" * 2_000_000,
        b"[" * 1_000_000 + b"]" * 1_000_000,
        b'["' + b"\\\\" * 500_000 + b'", NaN]',
        b'["' + b"\\u0000" * 300_000 + b'"]',
        b'["",' * 300_000,
        b'["' + b"a" * 3_000_000,
        b'{"a":' * 400_000 + b"}" * 400_000,
    ],
)
def test_what_is_made_to_take_long_is_refused_with_little_memory(data: bytes) -> None:
    tracemalloc.start()
    try:
        with pytest.raises(JsonError):
            decode_json(data, STRICT)
        assert tracemalloc.get_traced_memory()[1] < 25 * len(data) + 1_000_000
    finally:
        tracemalloc.stop()


def test_brackets_in_strings_count_for_nothing_whatever_is_escaped() -> None:
    for text in ("\\", '\\"', '"[', "[[[\n", "\\\\[[[[", '\\\\"[['):
        value = {text * 3: [text, [text * 2]]}
        assert decode_json(json.dumps(value).encode(), Limits(depth=3)).value == value
        with pytest.raises(JsonError, match="deep"):
            decode_json(json.dumps(value).encode(), Limits(depth=2))


def many_keys(count: int) -> bytes:
    return b"{" + b",".join(b'"%d":%d' % (n, n) for n in range(count)) + b"}"


def test_many_keys_are_read() -> None:
    assert len(decode_json(many_keys(50_000), STRICT).value) == 50_000


@pytest.mark.soak
def test_a_million_keys_are_read() -> None:
    assert len(decode_json(many_keys(1_000_000), STRICT).value) == 1_000_000


_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(_VALUES, st.booleans())
def test_all_that_json_can_say_comes_back(value: object, escaped: bool) -> None:
    assume_storable = json.dumps(value, ensure_ascii=escaped)
    if "\\u0000" in assume_storable:
        return
    assert decode_json(assume_storable.encode(), STRICT).value == value


@given(st.binary(max_size=200) | st.text('[]{}",:\\u0d8N.1e-I \n', max_size=80).map(str.encode))
def test_whatever_is_given_is_read_as_others_read_it_or_refused(data: bytes) -> None:
    for limits in (STRICT, FOREIGN, OWN):
        try:
            found = decode_json(data, limits)
        except JsonError:
            continue
        if not found.mended:
            assert found.value == json.loads(data.decode("utf-8-sig"))
