"""Whatever a script looks like: no word is lost by a new heading, nothing breaks, what is offered fits."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from core.script import LineKind, Script, parse
from core.script.completion import Completer, speaking
from core.script.inserting import Insertion, heading, line

LINES = [
    *("", " ", "PAGE 1", "PAGE 2 :", "## PAGE THREE", "PAGES 4-5", "Page", "PAGE #", "PAGE 1, Panel 1."),
    *("PANEL 1", "**Panel 2 (Wide):**", "Panel 3: A street.", "1.2", "①", "コマ１", "3ページ", "第三話　朝"),
    *("CHAPTER 2: Dawn", "ACT II", "SPLASH PAGE", "MARA: Run!", "MARA", "(softly)", "[TOM] : Hm."),
    *("- **Tom (off):** “No.”", "ミナ「走れ」", "CAPTION: Later.", "SFX : KRAK", "[[a note", "that ends]]"),
    *("INT. QUAY - NIGHT", "A street in the rain.", "---", "Title: Rain", "\tTOM: tabs", "\u200bPAGE 9"),
    *("e\u0301le\u0300ve : oui", "(", ":", "「", "#", "**", "M", "pa"),
]
ANY = st.text(max_size=8).map(lambda text: text.replace("\n", ""))
SCRIPTS = st.lists(st.sampled_from(LINES) | ANY, max_size=14)
KINDS = (LineKind.PAGE, LineKind.PANEL, LineKind.CHAPTER)


def done(text: str, insertion: Insertion) -> str:
    offset, deleted, inserted, cursor = insertion
    after = text[:offset] + inserted + text[offset + deleted :]
    assert 0 <= cursor <= len(after)
    return after


@settings(max_examples=120, deadline=None)
@given(SCRIPTS, st.data())
def test_a_heading_or_line_adds_words_and_takes_none(lines: list[str], data: st.DataObject) -> None:
    text = "\n".join(lines)
    script = parse(text)
    row = data.draw(st.integers(0, len(script.lines) - 1))
    language = data.draw(st.sampled_from(["en", "fr", "ja", "xx"]))
    for made in (
        *(heading(script, row, kind, language) for kind in KINDS),
        line(script, row, "SFX: "),
        line(script, row, "[[", "]]"),
    ):
        after = [one for one in done(text, made).split("\n") if one.strip()]
        before = [one for one in text.split("\n") if one.strip()]
        assert len(after) == len(before) + 1
        same = [one == other for one, other in zip(before, after, strict=False)]
        at = same.index(False) if False in same else len(before)
        assert after[at + 1 :] == before[at:]


@settings(max_examples=120, deadline=None)
@given(SCRIPTS, st.data())
def test_what_is_offered_goes_on_from_what_is_typed(lines: list[str], data: st.DataObject) -> None:
    script = Script("\n".join(lines))
    if data.draw(st.booleans()):
        script.complete()  # else the parser has not come by yet
    completer = Completer(script)
    completer.people, completer.backgrounds = ("Mara", "Élève", "M"), ("Quay",)
    for row in range(len(script.lines)):
        raw = script.lines[row]
        offer = completer.offer(row, len(raw), "en")
        if offer is not None:
            assert offer.ghost.strip()
            assert offer.text.endswith(offer.ghost)
            assert 0 <= offer.column <= len(raw)
            assert "\n" not in offer.text
        called = speaking(script, row, "en")
        assert called is None or all(cue.strip() for cue in called.cues)
