"""A font in a PDF: cut down to the letters that are used, with a table by which they can be searched."""

from __future__ import annotations

import io
import logging
import zlib
from typing import Protocol

from core.assembly.drawing.faces import Face


class Objects(Protocol):
    """What takes the objects of a PDF."""

    def put(self, body: str, number: int = 0) -> int:
        """An object; gives its number."""

    def put_stream(self, entries: str, data: bytes, number: int = 0) -> int:
        """An object with bytes; gives its number."""


def embedded(out: Objects, face: Face, used: set[str], number: int) -> None:
    """Put a font that has (at least) the used characters under a number."""
    chars = sorted(used)
    data = _subset(face, chars)
    packed = zlib.compress(data, 6)
    file = out.put_stream(f"/Filter /FlateDecode /Length1 {len(data)}", packed)
    font, scale = face.font, 1000 / face.units
    name = f"GENKOA+MPLUS1p-{face.key.title()}"
    box = " ".join(
        str(round(font["head"].__dict__[side] * scale)) for side in ("xMin", "yMin", "xMax", "yMax")
    )
    ascent, descent = round(font["hhea"].ascent * scale), round(font["hhea"].descent * scale)
    descriptor = out.put(
        f"<< /Type /FontDescriptor /FontName /{name} /Flags 4 /FontBBox [{box}] /ItalicAngle 0 "
        f"/Ascent {ascent} /Descent {descent} /CapHeight 730 /StemV 80 /FontFile2 {file} 0 R >>"
    )
    widths = " ".join(f"{face.number(char)} [{round(face.width(char) * 1000)}]" for char in chars)
    inner = out.put(
        f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{name} /FontDescriptor {descriptor} 0 R "
        f"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
        f"/CIDToGIDMap /Identity /DW 1000 /W [{widths}] >>"
    )
    table = out.put_stream("/Filter /FlateDecode", zlib.compress(_to_unicode(face, chars), 6))
    out.put(
        f"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H "
        f"/DescendantFonts [{inner} 0 R] /ToUnicode {table} 0 R >>",
        number,
    )


def _subset(face: Face, chars: list[str]) -> bytes:
    from fontTools.subset import Options, Subsetter  # type: ignore[import-untyped]
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    logging.getLogger("fontTools").setLevel(logging.ERROR)
    font = TTFont(io.BytesIO(face.path.read_bytes()), lazy=True, recalcTimestamp=False)
    options = Options(retain_gids=True, notdef_outline=True, hinting=False, layout_features=[])
    options.drop_tables += ["GPOS", "GSUB", "GDEF", "vhea", "vmtx", "name", "post", "OS/2"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[ord(char) for char in chars])
    subsetter.subset(font)
    stream = io.BytesIO()
    font.save(stream)
    return stream.getvalue()


def _to_unicode(face: Face, chars: list[str]) -> bytes:
    pairs = [f"<{face.number(char):04x}> <{char.encode('utf-16-be').hex()}>" for char in chars]
    blocks = []
    for at in range(0, len(pairs), 100):
        part = pairs[at : at + 100]
        blocks.append(f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar")
    middle = "\n".join(blocks)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        f"{middle}\nendcmap CMapName currentdict /CMap defineresource pop end end\n"
    ).encode("ascii")
