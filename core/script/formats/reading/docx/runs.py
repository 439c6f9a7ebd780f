"""The words of a Word paragraph in order, wherever Word hides them: insertions, fields, controls, boxes."""

from __future__ import annotations

from dataclasses import dataclass, field

from core.script.formats.reading.docx.styles import OFF, Styles, capitals_of
from core.script.formats.reading.markup import Node

_SIGNS = {"w:tab": "\t", "w:ptab": "\t", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "-"}
_PASSED = frozenset({"w:pPr", "w:rPr", "w:sectPr", "w:sdtPr", "w:sdtEndPr", "w:instrText", "w:delInstrText"})
_LEFT_OUT = frozenset({"w:del", "w:moveFrom"})


@dataclass(slots=True)
class Words:
    """A paragraph's pieces with their emphasis, and what hangs on it."""

    pieces: list[tuple[str, str]] = field(default_factory=list)
    """Text and its emphasis: "", "*", "**" or "***"."""
    comments: list[str] = field(default_factory=list)
    """Ids, in order."""
    footnotes: list[tuple[str, str]] = field(default_factory=list)
    """Which kind (`footnotes`, `endnotes`) and id, in order."""
    boxes: list[Node] = field(default_factory=list)
    """Contents of text boxes."""
    deleted: int = 0
    """Words that were deleted with changes tracked."""


class Collector:
    """Goes through paragraphs. Of a field the result is taken, which is what Word shows."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles

    def collect(self, paragraph: Node) -> Words:
        """The words of a paragraph."""
        words = Words()
        self._children(paragraph, words, "", False)
        return words

    def _children(self, node: Node, words: Words, emphasis: str, capitals: bool) -> None:
        for child in node.children:
            self._node(child, words, emphasis, capitals)

    def _node(self, node: Node, words: Words, emphasis: str, capitals: bool) -> None:
        tag = node.tag
        if tag in ("w:t", "m:t", "a:t"):
            self._text(node.text, words, emphasis, capitals)
        elif tag == "w:r":
            self._children(node, words, *self._dress(node, capitals))
        elif tag in _SIGNS:
            self._text(
                "\n" if node.attributes.get("w:type") == "page" else _SIGNS[tag], words, emphasis, False
            )
        elif tag in _LEFT_OUT:
            words.deleted += len(_deleted(node).split())
        elif tag == "mc:AlternateContent":
            self._alternatives(node, words, emphasis, capitals)
        elif tag == "w:txbxContent":
            words.boxes.append(node)
        elif tag == "w:ruby":
            self._ruby(node, words, emphasis, capitals)
        elif tag not in _PASSED:
            self._marks(node, words)
            self._children(node, words, emphasis, capitals)

    def _marks(self, node: Node, words: Words) -> None:
        mark = node.attributes.get("w:id", "")
        if node.tag in ("w:commentReference", "w:commentRangeEnd"):
            words.comments.append(mark)
        elif node.tag in ("w:footnoteReference", "w:endnoteReference"):
            words.footnotes.append((node.tag[2:-9] + "s", mark))
        elif node.tag == "w:sym":
            code = node.attributes.get("w:char", "")
            words.pieces.append((_symbol(code), ""))

    def _text(self, text: str, words: Words, emphasis: str, capitals: bool) -> None:
        if text:
            words.pieces.append((text.upper() if capitals else text, emphasis))

    def _dress(self, run: Node, capitals: bool) -> tuple[str, bool]:
        properties = run.find("w:rPr")
        if properties is None:
            return "", capitals
        own = capitals_of(properties)
        style = self._styles[properties.value("w:rStyle")]
        bold, italic = _on(properties, "w:b"), _on(properties, "w:i")
        return "*" * (2 * bold + italic), own if own is not None else style.capitals or capitals

    def _alternatives(self, node: Node, words: Words, emphasis: str, capitals: bool) -> None:
        """The first alternative that says anything; the others say the same for older programs."""
        for child in node.children:
            inside = Words()
            self._children(child, inside, emphasis, capitals)
            if inside.pieces or inside.boxes:
                words.pieces += inside.pieces
                words.boxes += inside.boxes
                words.comments += inside.comments
                words.footnotes += inside.footnotes
                words.deleted += inside.deleted
                return

    def _ruby(self, node: Node, words: Words, emphasis: str, capitals: bool) -> None:
        """Words with their reading behind them: 漢字（かんじ）."""
        for tag in ("w:rubyBase", "w:rt"):
            part = node.find(tag)
            inside = Words()
            if part is not None:
                self._children(part, inside, emphasis, capitals)
            text = "".join(piece for piece, _ in inside.pieces)
            if text:
                words.pieces.append((text if tag == "w:rubyBase" else f"（{text}）", emphasis))


def _on(properties: Node, tag: str) -> bool:
    found = properties.find(tag)
    return found is not None and found.attributes.get("w:val", "1") not in OFF


def _deleted(node: Node) -> str:
    if node.tag in ("w:delText", "w:t"):
        return node.text
    return "".join(_deleted(child) for child in node.children)


def _symbol(code: str) -> str:
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        return "\ufffd"
