"""What a script says, in a few lines that a person can write down and compare."""

from __future__ import annotations

from pathlib import Path

from core.script import LineKind, parse
from core.script.manuscript import Element, Heading, Manuscript, Page, Panel, manuscript

FOLDER = Path(__file__).parent / "conventions"


def fixtures() -> list[tuple[str, str, str]]:
    """(name, script, its right reading) of every `%%` in the files of the folder."""
    found = []
    for file in sorted(FOLDER.glob("*.txt")):
        for part in file.read_text(encoding="utf-8").split("\n%% "):
            name, _, rest = part.removeprefix("%% ").partition("\n")
            script, _, right = rest.partition("\n%%=\n")
            found.append((f"{file.stem}: {name}", script, right.strip()))
    return found


def reading(text: str) -> str:
    """Pages with their panels, then everything that is no description, with where it stands."""
    whole = manuscript(parse(text))
    lines = [_pages(whole), *_lines(whole)]
    return "\n".join(line.replace("*", "").rstrip() for line in lines)


def _pages(whole: Manuscript) -> str:
    told = [f"{_range(page.numbers)}({page.panel_count})" for page in whole.pages]
    return " ".join(["PAGES:", *told])


def _range(numbers: tuple[int, ...]) -> str:
    return str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}-{numbers[-1]}"


def _lines(whole: Manuscript) -> list[str]:
    out = _elements("-.-", whole.front)
    for panel in whole.loose_panels:
        out += _panel("-", panel)
    for part in whole.parts:
        if isinstance(part, Heading):
            out.append(
                f"-.- <{part.kind}> {' '.join(map(str, part.numbers))}: {part.title}".replace(" :", ":")
            )
        page = _range(part.numbers) if isinstance(part, Page) else "-"
        out += _elements(f"{page}.-", part.elements)
        for panel in part.panels:
            out += _panel(page, panel)
    return out


def _panel(page: str, panel: Panel) -> list[str]:
    return _elements(f"{page}.{_range(panel.numbers)}", panel.elements)


def _elements(place: str, elements: list[Element]) -> list[str]:
    return [f"{place} {_element(e)}" for e in elements if e.kind is not LineKind.DESCRIPTION]


def _element(element: Element) -> str:
    who = element.speaker
    if element.kind is not LineKind.DIALOGUE or not who:
        audience = element.audience
        who = f"<{element.kind} {audience}>" if audience else f"<{element.kind}>"
    modifiers = "".join(f" ({modifier})" for modifier in element.modifiers)
    return f"{who}{modifiers}: {element.text}".replace("\n", " / ")
