"""A whole script in each language goes out and comes back the same in every form that is read."""

from __future__ import annotations

import pytest

from core.incoming import read_bytes, read_text
from core.script import parse
from core.script.formats import Dialect
from core.script.formats.essence import essence
from core.script.formats.writing import About, ScriptFormat, write_script
from core.script.manuscript import manuscript
from tests.formats.writing.scripts import SCRIPTS
from tests.formats.writing.surviving import READ_BACK

MORE = {
    "en": 'PAGE 012\n\nPANEL 1: Wide\nTV: Storm.\nLOCATION CAP: Oslo\n"Who?"\nTOM: ***No!***\n(SFX!)\n',
    "fr": "PAGE 6 :\n\nCASE 1 :\nRÉCIT : Plus tard.\nONOMATOPÉE : KRAK\nMAËL : <Hola>\nLUMIÈRE : bleue\n",
    "ja": "ページ6\n\nコマ1\nモノローグ：夜\nマラ（……まさか）\n「お帰り」\n擬音：ザザ\n張り紙：閉店\n",
}
"""Lines that the fixtures have none of."""


@pytest.mark.parametrize("form", READ_BACK)
@pytest.mark.parametrize("language", sorted(SCRIPTS))
def test_a_whole_script_comes_back(language: str, form: ScriptFormat) -> None:
    script = parse(f"{SCRIPTS[language]}\n{MORE[language]}")
    data = write_script(script, form, About(language=language))
    back = read_bytes(data, f"script{form.ending}", language=language)
    assert essence(manuscript(parse(back.text))) == essence(manuscript(script))


def test_a_parenthetical_at_the_end_of_a_speech_is_not_dropped() -> None:
    text = "INT. STAIR - NIGHT\n\nMARA\nWho is there?\n(beat)\n\nShe waits.\n\nTOM\n(off)\n"
    back = read_text(text, dialect=Dialect.FOUNTAIN, language="en").text
    assert "MARA: Who is there?<br>(beat)\n" in back
    assert "TOM (off):" in back
