"""Scripts of our own in every convention we know of: exact pages and panels, and who says what."""

from __future__ import annotations

import pytest

from tests.script.readings import fixtures, reading

FIXTURES = fixtures()


@pytest.mark.parametrize(
    ("script", "right"), [case[1:] for case in FIXTURES], ids=[case[0] for case in FIXTURES]
)
def test_a_script_in_this_convention_is_read_right(script: str, right: str) -> None:
    assert reading(script) == right
