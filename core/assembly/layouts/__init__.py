"""Page layouts: the language, where panels lie on paper, the order of reading, changes by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.lazy import lazy_names

if TYPE_CHECKING:
    from core.assembly.layouts.geometry import (
        Cell,
        Gutter,
        binding,
        effective_side,
        gutters,
        page_size,
        place_cells,
    )
    from core.assembly.layouts.layout import (
        MAX_DEPTH,
        MAX_PANELS,
        Group,
        Inset,
        Layout,
        LayoutError,
        Leaf,
        Node,
        depth,
        parse_layout,
    )
    from core.assembly.layouts.order import order_problems
    from core.assembly.layouts.shaping import (
        Shaped,
        add_inset,
        merge_cells,
        move_gutter,
        move_inset,
        resize_cell,
        split_cell,
        swap_cells,
        toggle_bleed,
        toggle_borderless,
        toggle_inset,
    )
    from core.assembly.layouts.templates import (
        TEMPLATES,
        Template,
        default_layout,
        own_templates,
        plain,
        templates_for,
    )
    from core.assembly.layouts.tokens import is_spread

_HOMES = {
    "geometry": ("Cell", "Gutter", "binding", "effective_side", "gutters", "page_size", "place_cells"),
    "layout": (
        "MAX_DEPTH",
        "MAX_PANELS",
        "Group",
        "Inset",
        "Layout",
        "LayoutError",
        "Leaf",
        "Node",
        "depth",
        "parse_layout",
    ),
    "order": ("order_problems",),
    "shaping": (
        "Shaped",
        "add_inset",
        "merge_cells",
        "move_gutter",
        "move_inset",
        "resize_cell",
        "split_cell",
        "swap_cells",
        "toggle_bleed",
        "toggle_borderless",
        "toggle_inset",
    ),
    "templates": ("TEMPLATES", "Template", "default_layout", "own_templates", "plain", "templates_for"),
    "tokens": ("is_spread",),
}

__all__ = [
    "MAX_DEPTH",
    "MAX_PANELS",
    "TEMPLATES",
    "Cell",
    "Group",
    "Gutter",
    "Inset",
    "Layout",
    "LayoutError",
    "Leaf",
    "Node",
    "Shaped",
    "Template",
    "add_inset",
    "binding",
    "default_layout",
    "depth",
    "effective_side",
    "gutters",
    "is_spread",
    "merge_cells",
    "move_gutter",
    "move_inset",
    "order_problems",
    "own_templates",
    "page_size",
    "parse_layout",
    "place_cells",
    "plain",
    "resize_cell",
    "split_cell",
    "swap_cells",
    "templates_for",
    "toggle_bleed",
    "toggle_borderless",
    "toggle_inset",
]

__getattr__ = lazy_names(__name__, _HOMES)
