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
}

__all__ = [
    "binding",
    "page_size",
    "place_cells",
    "MAX_PANELS",
    "Layout",
    "LayoutError",
    "parse_layout",
    "default_layout",
    "Cell",
    "order_problems",
    "MAX_DEPTH",
    "Group",
    "Inset",
    "Leaf",
    "Node",
    "depth",
    "plain",
    "Shaped",
    "TEMPLATES",
    "Template",
    "templates_for",
    "effective_side",
    "split_cell",
    "merge_cells",
    "resize_cell",
    "swap_cells",
    "toggle_bleed",
    "toggle_borderless",
    "add_inset",
    "toggle_inset",
    "move_inset",
    "move_gutter",
    "own_templates",
    "Gutter",
    "gutters",
]

__getattr__ = lazy_names(__name__, _HOMES)
