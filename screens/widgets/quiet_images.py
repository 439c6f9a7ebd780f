"""Brings in textual-image without the questions that it asks the terminal.

Importing its widgets or its choice of renderables writes to the terminal and reads the answers from
standard input, where our own driver reads the keys. Its single renderables ask nothing, but live in
the package that does; so that package is put in place without being run, and the size of a cell,
which it would ask for when it draws, is given to it.
"""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.machinery import PathFinder
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType

_PACKAGE = "textual_image"
_ASKING = "textual_image.renderable"


def load(name: str, cell: tuple[int, int]) -> ModuleType:
    """A renderable's module (`tgp`), quiet. `cell` is a cell's width and height in pixels."""
    _set_aside()
    terminal = import_module("textual_image._terminal")
    terminal.get_cell_size._result = terminal.CellSize(*cell)
    return import_module(f"{_ASKING}.{name}")


def load_sixel() -> ModuleType:
    """The encoder of sixels, which asks nothing."""
    return import_module("textual_image._sixel")


def _set_aside() -> None:
    """The package that asks at import stands there as an empty one, with its modules to be found."""
    if _ASKING in sys.modules:
        return
    parent = import_module(_PACKAGE)
    spec = spec_from_loader(_ASKING, loader=None, is_package=True)
    found = PathFinder.find_spec(_ASKING, parent.__path__)
    if spec is None or found is None or found.origin is None:
        raise ImportError(f"{_ASKING} is not where it was", name=_ASKING)
    spec.submodule_search_locations = [str(Path(found.origin).parent)]
    sys.modules[_ASKING] = module_from_spec(spec)
