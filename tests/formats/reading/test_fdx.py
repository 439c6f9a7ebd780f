"""Final Draft comes in by its paragraph types, a comic's and a film's, with its notes and title page."""

from __future__ import annotations

import pytest

from core.errors import IncomingError
from core.incoming import Incoming, preview, read_bytes
from core.script.formats import Dialect


def fdx(body: str, rest: str = "") -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="no" ?>\n'
        '<FinalDraft DocumentType="Script" Template="No" Version="5">'
        f"<Content>{body}</Content>{rest}</FinalDraft>"
    ).encode()


def of(kind: str, text: str, inside: str = "") -> str:
    return f'<Paragraph Type="{kind}">{inside}<Text>{text}</Text></Paragraph>'


def come_in(data: bytes) -> Incoming:
    incoming = read_bytes(data, "script.fdx")
    assert incoming.dialect is Dialect.FDX
    return incoming


def lines(data: bytes) -> list[str]:
    return [line for line in come_in(data).text.split("\n") if line]


FILM = (
    of("Scene Heading", "INT. KITCHEN - DAY")
    + of("Action", "A pan boils over.")
    + of("Character", "NORA (O.S.)")
    + of("Parenthetical", "(bored)")
    + of("Dialogue", "It does that.")
    + of("Parenthetical", "(louder)")
    + of("Dialogue", "It does that.")
    + "<Paragraph><DualDialogue>"
    + of("Character", "ANA")
    + of("Dialogue", "Nora.")
    + of("Character", "LEO")
    + of("Dialogue", "Nora.")
    + "</DualDialogue></Paragraph>"
    + of("Transition", "CUT TO:")
    + of("Scene Heading", "EXT. GARDEN - LATER")
)


def test_a_film_gives_scenes_and_dialogue_and_no_pages() -> None:
    found = lines(fdx(FILM))
    assert found[:3] == ["INT. KITCHEN - DAY", "(A pan boils over.)", "NORA (O.S.) (bored): It does that."]
    assert "NORA (O.S.) (louder): It does that." in found
    assert found[4:6] == ["ANA: Nora.", "LEO: Nora."]
    assert any("CUT TO:" in line for line in found)
    shown = preview(come_in(fdx(FILM)))
    assert (shown.pages, shown.panels, shown.scenes, shown.balloons) == (0, 0, 2, 4)


def test_the_types_of_comic_templates_are_known() -> None:
    body = (
        of("Page", "PAGE ONE")
        + of("Panel", "Panel 1")
        + of("Panel Description", "A door.")
        + of("Caption", "Once.")
        + of("SFX", "KNOCK")
        + of("Character", "ANA")
        + of("Dialogue", "Who is it?")
        + of("Panel", "The door opens")
        + of("General", "CAPTION: Twice.")
        + of("Action", "PAGE 2")
        + of("Action", "Panel 1. Nobody.")
    )
    assert lines(fdx(body)) == [
        "PAGE 1:",
        "PANEL 1:",
        "(A door.)",
        "CAPTION: Once.",
        "SFX: KNOCK",
        "ANA: Who is it?",
        "PANEL 2: The door opens",
        "CAPTION: Twice.",
        "PAGE 2:",
        "PANEL 1: Nobody.",
    ]


def test_script_notes_hang_on_their_panel_and_the_title_page_is_read() -> None:
    note = '<ScriptNote ID="1" WriterName="Iris"><Paragraph><Text>Too dark?</Text></Paragraph></ScriptNote>'
    title = (
        '<TitlePage><Content><Paragraph Alignment="Center"><Text>The Door</Text></Paragraph>'
        "<Paragraph><Text>Written by</Text></Paragraph><Paragraph><Text>Nobody You Know</Text></Paragraph>"
        "</Content></TitlePage>"
    )
    body = (
        of("Action", "PAGE 1")
        + of("Action", "PANEL 1")
        + of("Action", "A door.", note)
        + of("Action", "Shut.")
    )
    incoming = come_in(fdx(body, title))
    assert incoming.title == "The Door"
    found = [line for line in incoming.text.split("\n") if line]
    assert "Author: Nobody You Know" in found
    assert "(Written by)" in found
    assert found[-3:] == ["(A door.)", "[[Iris: Too dark?]]", "(Shut.)"]


def test_every_word_of_every_type_arrives() -> None:
    types = ("General", "Cast List", "Lyrics", "", "Something Of A Plug-in", "Shot", "New Act", "Dialogue")
    body = "".join(of(kind, f"word{at}") for at, kind in enumerate(types))
    text = come_in(fdx(body)).text
    assert [at for at in range(len(types)) if f"word{at}" not in text] == []


@pytest.mark.parametrize("data", [fdx("").replace(b"Content", b"Contant"), fdx("<Paragraph>")])
def test_a_damaged_document_is_told(data: bytes) -> None:
    with pytest.raises(IncomingError, match=r"script\.fdx (?:is damaged|holds no script)"):
        read_bytes(data, "script.fdx")
