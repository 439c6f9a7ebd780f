"""The parts of a Word file around its text: styles, relations, header, footer, properties."""

from __future__ import annotations

from core.script.formats.spelling import author_word
from core.script.formats.writing import xml
from core.script.formats.writing.flow import Flow
from core.script.formats.writing.paper import Paper

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_LANGUAGES = {"en": "en-GB", "fr": "fr-FR", "ja": "ja-JP"}
_PARTS = {
    "styles": "styles",
    "comments": "comments",
    "header1": "header",
    "footer1": "footer",
    "settings": "settings",
}


def files(flow: Flow, body: str, comments: str, paper: Paper) -> dict[str, str]:
    """All files of the package, by name, in the order they are written."""
    return {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations(
            [
                (f"{_R}/officeDocument", "word/document.xml"),
                (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            ]
        ),
        "docProps/core.xml": _properties(flow),
        "word/document.xml": _document(body, paper),
        "word/_rels/document.xml.rels": _relations(
            [(f"{_R}/{kind}", f"{name}.xml") for name, kind in _PARTS.items()]
        ),
        "word/styles.xml": _styles(flow.language),
        "word/settings.xml": _part("settings", '<w:defaultTabStop w:val="720"/>'),
        "word/comments.xml": _part("comments", comments),
        "word/header1.xml": _part("hdr", _aligned("Header", f"<w:r><w:t>{xml.text(flow.title)}</w:t></w:r>")),
        "word/footer1.xml": _part("ftr", _aligned("Footer", _FIELD)),
    }


_FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    '<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)


def _aligned(style: str, inside: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/><w:jc w:val="right"/></w:pPr>{inside}</w:p>'


def _part(name: str, inside: str) -> str:
    return f'{_XML}<w:{name} xmlns:w="{_W}" xmlns:r="{_R}">{inside}</w:{name}>'


def _document(body: str, paper: Paper) -> str:
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="rId3"/>'
        '<w:footerReference w:type="default" r:id="rId4"/>'
        f'<w:pgSz w:w="{paper.width * 20:.0f}" w:h="{paper.height * 20:.0f}"/>'
        '<w:pgMar w:top="1417" w:right="1417" w:bottom="1417" w:left="1417" '
        'w:header="708" w:footer="708" w:gutter="0"/><w:titlePg/></w:sectPr>'
    )
    return _part("document", f"<w:body>{body}{section}</w:body>")


def _content_types() -> str:
    kinds = {"document": "document.main", **_PARTS}
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_TYPES}.{kind}+xml"/>'
        for name, kind in kinds.items()
    )
    return (
        f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f"{overrides}"
        '<Override PartName="/docProps/core.xml" '
        'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
    )


def _relations(targets: list[tuple[str, str]]) -> str:
    inside = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{inside}</Relationships>'


def _properties(flow: Flow) -> str:
    return (
        f'{_XML}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{xml.text(flow.title)}</dc:title><dc:creator>{xml.text(flow.author)}</dc:creator>"
        f"<dc:language>{_LANGUAGES[flow.language]}</dc:language></cp:coreProperties>"
    )


def _styles(language: str) -> str:
    fonts = '<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Calibri" w:eastAsia="Yu Gothic"/>'
    default = (
        f'<w:docDefaults><w:rPrDefault><w:rPr>{fonts}<w:sz w:val="22"/>'
        f'<w:lang w:val="{_LANGUAGES[language]}" w:eastAsia="ja-JP"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:spacing w:after="80" w:line="264" w:lineRule="auto"/></w:pPr></w:pPrDefault>'
        "</w:docDefaults>"
    )
    author = _style("Author", author_word(language), '<w:jc w:val="center"/>', '<w:sz w:val="26"/>')
    return _part("styles", default + author + "".join(_style(*row) for row in _STYLES) + _SPEAKER)


_KEEP = "<w:keepNext/>"
_STYLES = [
    ("Normal", "Normal", "", ""),
    (
        "Title",
        "Title",
        '<w:spacing w:before="2400" w:after="240"/><w:jc w:val="center"/>',
        '<w:b/><w:sz w:val="48"/>',
    ),
    ("FrontMatter", "Front Matter", '<w:jc w:val="center"/>', '<w:sz w:val="22"/>'),
    (
        "Heading1",
        "heading 1",
        f'{_KEEP}<w:spacing w:before="480" w:after="160"/><w:outlineLvl w:val="0"/>',
        '<w:b/><w:sz w:val="34"/>',
    ),
    (
        "Heading2",
        "heading 2",
        f'{_KEEP}<w:spacing w:before="360" w:after="120"/><w:outlineLvl w:val="1"/>',
        '<w:b/><w:sz w:val="28"/>',
    ),
    (
        "Heading3",
        "heading 3",
        f'{_KEEP}<w:spacing w:before="200" w:after="60"/><w:outlineLvl w:val="2"/>',
        '<w:b/><w:sz w:val="22"/>',
    ),
    ("SceneHeading", "Scene Heading", f'{_KEEP}<w:spacing w:before="120"/>', ""),
    ("Description", "Description", "", ""),
    ("Dialogue", "Dialogue", '<w:ind w:left="720" w:right="720"/>', ""),
    ("ComicCaption", "Comic Caption", '<w:ind w:left="720" w:right="720"/>', ""),
    ("SoundEffect", "Sound Effect", '<w:ind w:left="720" w:right="720"/>', ""),
    ("ComicSign", "Comic Sign", '<w:ind w:left="720" w:right="720"/>', ""),
    ("Header", "header", "", '<w:color w:val="595959"/><w:sz w:val="18"/>'),
    ("Footer", "footer", "", '<w:color w:val="595959"/><w:sz w:val="18"/>'),
    ("CommentText", "annotation text", "", '<w:sz w:val="20"/>'),
]
_SPEAKER = (
    '<w:style w:type="character" w:styleId="Speaker"><w:name w:val="Speaker"/><w:rPr><w:b/></w:rPr></w:style>'
)


def _style(ident: str, name: str, paragraph: str, run: str) -> str:
    default = ' w:default="1"' if ident == "Normal" else ""
    based = "" if ident == "Normal" else '<w:basedOn w:val="Normal"/>'
    shown = "" if ident in ("Header", "Footer", "CommentText") else "<w:qFormat/>"
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{ident}"><w:name w:val="{name}"/>{based}{shown}'
        f"<w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )
