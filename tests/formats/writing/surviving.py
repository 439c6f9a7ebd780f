"""What survives in each format, found out by writing and reading: the table of docs/formats.md."""

from __future__ import annotations

import io
import re
from html.parser import HTMLParser

from core.incoming import read_bytes
from core.script import parse
from core.script.formats.canonical import canonical
from core.script.formats.essence import essence
from core.script.formats.writing import About, ScriptFormat, write_script
from core.script.manuscript import manuscript

PAGE, PANEL = "PAGE 1:\n\nPANEL 1:\n", "PAGE 1:\n\nPANEL 1:\n(Zinnober.)\n"
FEATURES = {
    "Title": ("Title: Azurit\n\nPAGE 1:\n", "Azurit"),
    "Author": ("Title: Azurit\nAuthor: Beryl\n\nPAGE 1:\n", "Beryl"),
    "Other front matter": ("Title: Azurit\nVersion: Citrin\n\nPAGE 1:\n", "Citrin"),
    "Chapter": ("CHAPTER 2: Diamant\n\nPAGE 1:\n", "Diamant"),
    "Scene by its place": (f"{PAGE}INT. EPIDOT - NIGHT\n", "EPIDOT"),
    "Scene by its number": (f"{PAGE}SCENE 3: Fluorit\n", "Fluorit"),
    "Page, its title": ("PAGE 7: Granat\n\nPANEL 1:\n(Zinnober.)\n", "Granat"),
    "Panels that a page promises": ("PAGE 7: 5 panels\n\nPANEL 1:\n(Zinnober.)\n", "7"),
    "Splash page": ("SPLASH PAGE 3: Howlit\n\nPANEL 1:\n(Zinnober.)\n", "Howlit"),
    "Spread": ("PAGES 4-5: Iolith\n\nPANEL 1:\n(Zinnober.)\n", "Iolith"),
    "Forced number": ("PAGE 012: Jade\n\nPANEL 1:\n(Zinnober.)\n", "Jade"),
    "Number left to be counted": ("PAGE #: Kyanit\n\nPANEL 1:\n(Zinnober.)\n", "Kyanit"),
    "Panel, its title": ("PAGE 1:\n\nPANEL 3: Larimar\n(Zinnober.)\n", "Larimar"),
    "Several panels at once": ("PAGE 1:\n\nPANELS 2-4: Malachit\n(Zinnober.)\n", "Malachit"),
    "Description": (f"{PANEL}(Nephrit.)\n", "Nephrit"),
    "Description that looks like speech": (f"{PANEL}(BOB: Opal.)\n", "Opal"),
    "Labelled description": (f"{PANEL}SETTING: Perlen.\n", "Perlen"),
    "Dialogue": (f"{PANEL}BOB: Quarz.\n", "Quarz"),
    "Speech that names nobody": (f'{PANEL}"Tsavorit!"\n', "Tsavorit"),
    "Modifiers": (f"{PANEL}BOB (whisper) (Rubin): yes.\n", "Rubin"),
    "Balloon of several lines": (f"{PANEL}BOB:\nSaphir,\nand more.\n", "Saphir"),
    "Emphasis": (f"{PANEL}BOB: so **Topas** now.\n", "Topas"),
    "Foreign speech <…>": (f"{PANEL}BOB: <Uvarovit>\n", "Uvarovit"),
    "Caption": (f"{PANEL}CAPTION: Variscit.\n", "Variscit"),
    "Sound effect": (f"{PANEL}SFX: WULFENIT\n", "WULFENIT"),
    "Sign": (f"{PANEL}SIGN: XENOTIM\n", "XENOTIM"),
    "The word that announces it": (f"{PANEL}TV: Yowahit\nLOCATION CAP: Yowahit.\n", "Yowahit"),
    "Note": (f"{PANEL}[[Yttrium.]]\n", "Yttrium"),
    "Note of several lines": (f"{PANEL}[[Zirkon,\nand more.]]\n", "Zirkon"),
    "Note with a label": (f"{PANEL}ARTIST: Amethyst.\n", "Amethyst"),
}
"""A script for each feature, and a word to look for."""

READ_BACK = (
    ScriptFormat.GENKO,
    ScriptFormat.MARKDOWN,
    ScriptFormat.FOUNTAIN,
    ScriptFormat.FDX,
    ScriptFormat.DOCX,
)
ONE_WAY = (
    ScriptFormat.HTML,
    ScriptFormat.PDF,
    ScriptFormat.LETTERING_TSV,
    ScriptFormat.LETTERING_TXT,
    ScriptFormat.CSP,
)
SAME, WORDS, SHOWN, GONE = "same", "words", "shown", "–"
RANKS = (GONE, WORDS, SHOWN, SAME)


def table() -> str:
    """Markdown: a row for each feature, a column for each format."""
    columns = [*READ_BACK, *ONE_WAY]
    shown = {form: _shown(form) for form in ONE_WAY}
    rows = [["What", *(form.value for form in columns)], ["---"] * (len(columns) + 1)]
    for name, (text, word) in FEATURES.items():
        cells = [_worst(text, word, form) for form in READ_BACK]
        cells += [SHOWN if word in shown[form] else GONE for form in ONE_WAY]
        rows.append([name, *cells])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _worst(text: str, word: str, form: ScriptFormat) -> str:
    """Over the three languages."""
    return min((survives(text, word, form, language) for language in ("en", "fr", "ja")), key=RANKS.index)


def survives(text: str, word: str, form: ScriptFormat, language: str) -> str:
    """Write it, read it, compare."""
    before = manuscript(parse(canonical(manuscript(parse(text)), language)))
    script = parse(canonical(before, language))
    data = write_script(script, form, About(language=language))
    back = read_bytes(data, f"script{form.ending}", language=language)
    after = manuscript(parse(back.text))
    if essence(before) == essence(after):
        return SAME
    return WORDS if word in back.text else GONE


def _shown(form: ScriptFormat) -> str:
    """All features one after another, as somebody reads them."""
    bodies = [
        text.partition("\n\n")[2] if text.startswith("Title") else text for text, _ in FEATURES.values()
    ]
    front = "Title: Azurit\nAuthor: Beryl\nVersion: Citrin\n\n"
    data = write_script(parse(front + "\n\n".join(bodies)), form, About())
    if form is ScriptFormat.PDF:
        return pdf_text(data)
    return html_text(data.decode()) if form is ScriptFormat.HTML else data.decode()


def pdf_text(data: bytes) -> str:
    """The words of all pages."""
    from pypdf import PdfReader

    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)


def html_text(page: str) -> str:
    """The words that are shown, with spaces as a browser makes them."""
    found: list[str] = []

    class Reader(HTMLParser):
        def handle_data(self, data: str) -> None:
            if self.get_starttag_text() != "<style>":
                found.append(data)

    reader = Reader()
    reader.feed(page)
    reader.close()
    return re.sub(r"\s+", " ", "".join(found))
