"""Alami's backups: the checksum by its rule, the mistakes with it by name, and no record without a word."""

from __future__ import annotations

import gzip
import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.backup.work import Work
from core.content import Fate, Foreign
from core.errors import GenkoError
from core.legacy.alami import AlamiReader
from core.legacy.alami.reading import read_foreign
from core.legacy.checksums import Verdict, as_javascript, javascript_number, verdict
from core.legacy.sniffing import reader_of

NUMBERS = {1.0: "1", 0.5: "0.5", -0.0: "0", 1e21: "1e+21", 1e20: "100000000000000000000", 1e-7: "1e-7"}
NUMBERS |= {0.000001: "0.000001", 1.5e-9: "1.5e-9", 123456.789: "123456.789", 5e-324: "5e-324"}


def backup() -> dict[str, Any]:
    item = {
        "id": "i1",
        "productName": "Encre \u2028 \U0001f58b",
        "quantity": 2,
        "unitPrice": 12.5,
        "total": 25,
    }
    sale = {"id": "s1", "saleNumber": "V-1", "totalAmount": 25, "items": [item]}
    check = {"id": "c1", "checkNumber": "77", "amount": 1e-7}
    return {
        "metadata": {"version": "1.0", "exported_at": "2025-10-10T10:00:00.000Z", "total_records": 8},
        "company": {
            "settings": {"id": "x", "companyName": 'Atelier "É"'},
            "users": [{"id": "u1", "name": "Léa", "email": "lea@atelier.example"}],
        },
        "data": {
            "products": [{"id": "p1", "name": "Ink\n\t\u0007", "price": 12.5, "stock": 1e21}],
            "customers": [{"id": "k1", "name": "Marc", "sales": [sale]}],
            "suppliers": [{"id": "f1", "name": "Paper", "transactions": [{"id": "t1", "checks": [check]}]}],
            "standalone_sales": [],
            "invoices": [{"id": "n1", "invoiceNumber": "F-1", "totalAmount": None}],
            "quotes": [],
        },
    }


def signed(value: dict[str, Any], form: str | None = None) -> dict[str, Any]:
    """As Alami writes it: the checksum is made of the whole without one, and put in after it."""
    digest = sha256((as_javascript(value) if form is None else form).encode()).hexdigest()
    return {**value, "metadata": {**value["metadata"], "checksum": digest}}


def placed(folder: Path, value: Any, name: str = "alami-backup-2025-10-10.json") -> Path:
    file = folder / name
    file.write_bytes(value if isinstance(value, bytes) else as_javascript(value).encode())
    return file


def read(file: Path) -> Foreign:
    reader = reader_of(file)
    assert isinstance(reader, AlamiReader)
    return reader.read(file, work=Work())


def test_every_record_is_named_and_none_has_a_place(tmp_path: Path) -> None:
    found = read(placed(tmp_path, signed(backup())))
    assert {row.fate for row in found.rows} == {Fate.NO_PLACE}
    titles = {row.where: row.title for row in found.rows}
    assert titles["customers k1"] == "Marc"
    assert titles["customers k1 / sales s1"] == "V-1"
    assert titles["customers k1 / sales s1 / items i1"].startswith("Encre")
    assert titles["suppliers f1 / transactions t1 / checks c1"] == "77"
    assert titles["company.settings"] == 'Atelier "É"'
    assert len(found.rows) == 10
    assert "fits" in found.notes[0]
    assert any("counts 8 records itself, there are 10" in note for note in found.notes)
    assert any("Invoices without a total" in note for note in found.notes)
    assert not found.projects


def test_packed_or_not_whatever_its_name(tmp_path: Path) -> None:
    data = as_javascript(signed(backup())).encode()
    assert len(read(placed(tmp_path, gzip.compress(data), "a.json")).rows) == 10
    plain = read(placed(tmp_path, data, "b.json.gz"))
    assert any("not packed" in note for note in plain.notes)
    assert not any("not packed" in note for note in read(placed(tmp_path, data, "c.json")).notes)


def test_indented_or_escaped_since_the_checksum_still_fits(tmp_path: Path) -> None:
    value = signed(backup())
    for text in (json.dumps(value, indent=2), json.dumps(value, ensure_ascii=False)):
        assert "The checksum fits: " in read(placed(tmp_path, text.encode())).notes[0]


@pytest.mark.parametrize("path", ["data.products.0.price", "company.users.0.email", "metadata.exported_at"])
def test_a_changed_value_is_refused(tmp_path: Path, path: str) -> None:
    value = signed(backup())
    place: Any = value
    *above, last = path.split(".")
    for step in above:
        place = place[int(step)] if step.isdecimal() else place[step]
    place[last] = "changed"
    with pytest.raises(GenkoError, match="checksum"):
        read(placed(tmp_path, value))


def test_mistakes_that_were_made_with_checksums_are_told_by_name(tmp_path: Path) -> None:
    value = backup()
    emptied = {**value, "metadata": {**value["metadata"], "checksum": ""}}
    forms = {
        "indented": json.dumps(value, ensure_ascii=False, indent=2),
        "empty checksum": as_javascript(emptied),
        "data alone": as_javascript(value["data"]),
    }
    for name, form in forms.items():
        note = read(placed(tmp_path, signed(value, form))).notes[0]
        assert "wrong rule" in note
        assert name in note
    assert "no checksum" in read(placed(tmp_path, value)).notes[0]
    assert "nothing is verified" in read(placed(tmp_path, emptied)).notes[0]
    with pytest.raises(GenkoError):
        read(placed(tmp_path, signed(value, "something else")))


def test_other_shapes_inside_are_told_of(tmp_path: Path) -> None:
    value = backup()
    value["data"] |= {"products": {"a": 1}, "quotes": [7, {"name": "x" * 500}], "invoices": 7, "robots": [{}]}
    value["more"] = 1
    found = read(placed(tmp_path, value))
    fates = {row.where: row.fate for row in found.rows}
    assert fates["products"] is fates["quotes[0]"] is fates["invoices"] is Fate.REFUSED
    assert fates["quotes[1]"] is fates["robots[0]"] is fates["more"] is Fate.NO_PLACE
    del value["data"]["suppliers"]
    assert any("suppliers" in note for note in read(placed(tmp_path, value)).notes)


def test_a_damaged_backup_is_known_and_refused(tmp_path: Path) -> None:
    data = as_javascript(signed(backup())).encode()
    for end in (len(data) - 1, len(data) // 2):
        with pytest.raises(GenkoError):
            read(placed(tmp_path, data[:end]))


def test_other_json_is_left_to_others(tmp_path: Path) -> None:
    others: list[Any] = [{}, {"metadata": {}, "data": {}}, {"data": {"products": []}}, {"products": []}]
    for value in others:
        assert not isinstance(reader_of(placed(tmp_path, value)), AlamiReader)


@pytest.mark.parametrize("number", NUMBERS)
def test_numbers_are_written_as_javascript_writes_them(number: float) -> None:
    assert javascript_number(number) == NUMBERS[number]


_JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(st.characters(codec="utf-8")),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(codec="utf-8")), inner, max_size=4)
    ),
    max_leaves=10,
)


@given(_JSON, st.booleans(), st.booleans())
def test_any_document_fits_its_checksum_and_no_other(value: Any, escaped: bool, indented: bool) -> None:
    whole = {"metadata": {"a": 1}, "data": value}
    digest = sha256(as_javascript(whole).encode()).hexdigest()
    signed_whole = {"metadata": {"a": 1, "checksum": digest}, "data": value}
    data = json.dumps(signed_whole, ensure_ascii=escaped, indent=1 if indented else None).encode()
    assert verdict(data, digest) is Verdict.FITS
    assert verdict(data.replace(b'"a"', b'"b"', 1), digest) is Verdict.WRONG
    assert verdict(data, None) is Verdict.MISSING
    assert verdict(data, 7) is Verdict.WRONG


def test_the_reader_says_what_is_wrong_when_it_is_asked_for_another_file(tmp_path: Path) -> None:
    others: list[Any] = [[], {"data": []}]
    for value in others:
        with pytest.raises(GenkoError):
            read_foreign(placed(tmp_path, value), work=Work())
