"""Every kind of line and every figure can be read: in both themes, with 256 and 16 colours, and without."""

from __future__ import annotations

from uuid import UUID

import pytest
from rich.color import Color, ColorSystem
from rich.style import Style
from rich.terminal_theme import DEFAULT_TERMINAL_THEME

from core.paths import Paths
from screens.widgets.editor.few_colours import SHADES, in_16
from screens.widgets.editor.paint import CURRENT_LINE, CURSOR, GHOST, MATCH, SELECTION
from screens.widgets.editor.styling import PREFIX, ROLES
from tests.screens.conftest import paths, project, quiet_environment, running, shelf
from tests.screens.test_workspace import desk
from tui.settings import Settings

__all__ = ["paths", "project", "quiet_environment", "shelf"]

LEAST = 4.5
"""WCAG's contrast for text of ordinary size."""
# What xterm, VTE and the Linux console show, but for shades that change nothing here.
PALETTE = [
    (0, 0, 0), (205, 0, 0), (0, 205, 0), (205, 205, 0), (0, 0, 238), (205, 0, 205), (0, 205, 205),
    (229, 229, 229), (127, 127, 127), (255, 0, 0), (0, 255, 0), (255, 255, 0), (92, 92, 255),
    (255, 0, 255), (0, 255, 255), (255, 255, 255),
]  # fmt: skip


def luminance(rgb: tuple[int, int, int]) -> float:
    parts = [one / 255 for one in rgb]
    red, green, blue = (one / 12.92 if one <= 0.03928 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(style: Style) -> float:
    """The contrast of what is written with what it is written on."""
    assert style.color is not None
    assert style.bgcolor is not None
    low, high = sorted(luminance(shown(color)) for color in (style.color, style.bgcolor))
    return (high + 0.05) / (low + 0.05)


def shown(color: Color) -> tuple[int, int, int]:
    if color.number is not None and color.number < 16:
        return PALETTE[color.number]
    return tuple(color.get_truecolor(DEFAULT_TERMINAL_THEME))  # type: ignore[return-value]


def as_sent(style: Style) -> Style:
    assert style.color is not None
    assert style.bgcolor is not None
    return Style(
        color=style.color.downgrade(ColorSystem.STANDARD),
        bgcolor=style.bgcolor.downgrade(ColorSystem.STANDARD),
    )


def in_256(style: Style) -> Style:
    assert style.color is not None
    assert style.bgcolor is not None
    return Style(
        color=style.color.downgrade(ColorSystem.EIGHT_BIT),
        bgcolor=style.bgcolor.downgrade(ColorSystem.EIGHT_BIT),
    )


@pytest.mark.parametrize("theme", ["dark", "light"])
async def test_all_roles_can_be_read(paths: Paths, project: UUID, theme: str) -> None:
    pairs = [
        (role, line) for role in (*ROLES, GHOST) for line in ((), (CURRENT_LINE,), (SELECTION,), (MATCH,))
    ]
    async with running(paths, project, settings=Settings(theme=theme)) as (app, _):  # type: ignore[arg-type]
        faint: list[str] = []
        for role, line in pairs:
            roles = (role, *line) if line in ((SELECTION,), (MATCH,)) else (*line, role)
            style = desk(app).editor.get_visual_style(*(PREFIX + one for one in roles)).rich_style
            ways = [("all", style), ("16", as_sent(in_16(style, roles, dark=theme == "dark")))]
            if not line:
                ways.append(("256", in_256(style)))
            faint += [
                f"{roles} in {name}: {contrast(way):.1f}" for name, way in ways if contrast(way) < LEAST
            ]
        assert faint == [], "\n".join(faint)
    # The control: what the measure says of grey on grey.
    assert contrast(Style.parse("#777777 on #aaaaaa")) < LEAST


def test_in_16_colours_kinds_have_colours_of_their_own() -> None:
    for dark in (True, False):
        kinds = ("page", "speaker", "caption", "dialogue")
        assert len({in_16(Style(), (kind,), dark=dark).color for kind in kinds}) == len(kinds)
        plain, chosen = (in_16(Style(), roles, dark=dark) for roles in (("dialogue",), ("dialogue", CURSOR)))
        assert (chosen.color, chosen.bgcolor) == (plain.bgcolor, plain.color)


def test_the_shades_are_sent_as_the_numbers_that_are_meant() -> None:
    for number, shade in enumerate(SHADES):
        assert Color.from_rgb(*shade).downgrade(ColorSystem.STANDARD).number == number
