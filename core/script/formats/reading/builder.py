"""A manuscript put together piece by piece by a reader of another dialect."""

from __future__ import annotations

from core.script.formats.reading.remarks import LINE_END
from core.script.kinds import LineKind
from core.script.manuscript import Element, Heading, Manuscript, Page, Panel

Modifiers = tuple[str, ...]


class Builder:
    """Takes what a reader understands, in order, and hangs each where it belongs."""

    def __init__(self) -> None:
        self.out = Manuscript()
        self._part: Heading | Page | None = None
        self._panel: Panel | None = None
        self._pages = 0
        self._chapters = 0
        self.last: Element | None = None
        """The element that was added last, for words that go on with it; None after a heading."""

    @property
    def in_story(self) -> bool:
        """Whether a heading has been seen."""
        return self._part is not None or bool(self.out.loose_panels)

    @property
    def in_page(self) -> bool:
        """Whether what comes next stands on a page."""
        return isinstance(self._part, Page)

    # --- headings

    def chapter(self, title: str = "", numbers: tuple[int, ...] = ()) -> None:
        """A chapter; without numbers it takes the next."""
        self._chapters = numbers[-1] if numbers else self._chapters + 1
        self._open(Heading(LineKind.CHAPTER, 0, numbers or (self._chapters,), title.strip()))

    def scene(self, title: str, numbers: tuple[int, ...] = (), label: str = "") -> None:
        """A scene, by number or by place (`label` is INT. then); inside a page the page goes on."""
        if isinstance(self._part, Page):
            self._add(Element(LineKind.SCENE, 0, 1, title.strip(), label=label))
        else:
            self._open(Heading(LineKind.SCENE, 0, numbers, title.strip(), label=label))

    def page(
        self,
        numbers: tuple[int, ...] = (),
        title: str = "",
        *,
        stated: int | None = None,
        splash: bool = False,
        spread: bool = False,
        forced: bool = False,
    ) -> None:
        """A page; without numbers it takes the next, a spread the next two."""
        if not numbers:
            numbers = tuple(range(self._pages + 1, self._pages + (3 if spread else 2)))
        self._pages = numbers[-1]
        spread = spread or len(numbers) > 1
        page = Page(0, 0, numbers, True, 0, 0, title.strip(), stated, splash, spread, forced)
        self._open(page)

    def panel(self, numbers: tuple[int, ...] = (), title: str = "") -> None:
        """A panel; without numbers it takes the next of its page."""
        panels = self._part.panels if self._part else self.out.loose_panels
        last = panels[-1].numbers[-1] if panels else 0
        self._panel = Panel(numbers or (last + 1,), True, 0, 0, title.strip())
        panels.append(self._panel)
        self.last = None

    def _open(self, part: Heading | Page) -> None:
        self.out.parts.append(part)
        self._part, self._panel, self.last = part, None, None

    # --- what stands under them

    def front(self, label: str, text: str) -> None:
        """A line of front matter, `Title: …`, above all else; the title itself has no label."""
        front = self.out.front
        at = next((at for at, one in enumerate(front) if one.kind is not LineKind.TITLE), len(front))
        self.last = Element(LineKind.TITLE, 0, 1, text.strip(), label=label.strip())
        front.insert(at, self.last)

    def describe(self, text: str, label: str = "") -> None:
        """A line of description; nothing for an empty one without a label."""
        self._words(LineKind.DESCRIPTION, text, label=label)

    def note(self, text: str, label: str = "") -> None:
        """A note, for the artist or the letterer if `label` says so."""
        self._words(LineKind.NOTE, text.replace(LINE_END, "\n"), label=label)

    def say(self, speaker: str, text: str, modifiers: Modifiers = ()) -> None:
        """A balloon; it may be empty."""
        self._add(Element(LineKind.DIALOGUE, 0, 1, text.strip(), speaker.strip(), modifiers))

    def letter(self, kind: LineKind, text: str, modifiers: Modifiers = (), keyword: str = "") -> None:
        """A caption, sound effect or sign; `keyword` is the word that announced it."""
        self._add(Element(kind, 0, 1, text.strip(), modifiers=modifiers, keyword=keyword))

    def more(self, text: str, *, apart: bool = False) -> None:
        """Words that go on with the last element, on a line of their own if `apart`."""
        if self.last is None:
            self.describe(text)
        else:
            between = ("\n" if apart else " ") if self.last.text else ""
            self.last.text = f"{self.last.text}{between}{text.strip()}"

    def _words(self, kind: LineKind, text: str, label: str = "") -> None:
        if text.strip() or label:
            self._add(Element(kind, 0, 1, text.strip(), label=label))

    def _add(self, element: Element) -> None:
        holder = self._panel or self._part
        (holder.elements if holder else self.out.front).append(element)
        self.last = element
