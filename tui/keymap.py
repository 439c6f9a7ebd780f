"""The one keymap: defaults of the commands, the user's overrides, and what is wrong with them."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from screens.commands import REGISTRY, Command, Scope

# A terminal sends the same byte for each of these pairs, so the first can't be a key of its own.
_SAME_BYTE = {
    "ctrl+h": "Backspace",
    "ctrl+i": "Tab",
    "ctrl+m": "Enter",
    "ctrl+j": "Enter",
    "ctrl+left_square_bracket": "Escape",
}
_NAMED = {
    "up", "down", "left", "right", "home", "end", "pageup", "pagedown", "insert", "delete", "enter",
    "tab", "escape", "backspace", "space", "slash", "comma", "full_stop", "question_mark",
    "exclamation_mark", "plus", "minus", "equals_sign", "colon", "semicolon", "underscore", "backslash",
    "left_square_bracket", "right_square_bracket", "apostrophe", "grave_accent", "asterisk",
    "number_sign", "percent_sign", "ampersand", "at", "tilde", "less_than_sign", "greater_than_sign",
    "left_parenthesis", "right_parenthesis", "left_curly_bracket", "right_curly_bracket",
    "vertical_line", "circumflex_accent", "dollar_sign", "quotation_mark",
}  # fmt: skip
_SPELLINGS = {"/": "slash", "?": "question_mark", "+": "plus", "-": "minus", ".": "full_stop", ",": "comma",
              "esc": "escape", "return": "enter", "del": "delete", "ins": "insert", "page_up": "pageup",
              "page_down": "pagedown", "control": "ctrl", "\\": "backslash", "]": "right_square_bracket",
              "[": "left_square_bracket", "_": "underscore"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Keymap:
    """Which keys give which command, and one sentence for each override that was not taken."""

    keys: dict[str, tuple[str, ...]]
    """Command id → its keys."""
    problems: list[str] = field(default_factory=list)
    editor: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """The user's keys of the text editor, by the ids of its bindings (`editor.delete_line`)."""

    def of(self, command: type[Command]) -> tuple[str, ...]:
        """The keys of a command, the first being the one to show."""
        return self.keys.get(command.id, command.keys)

    def overrides(self) -> dict[str, str]:
        """What differs from the defaults, as `App.set_keymap` wants it."""
        changed = {name: keys for name, keys in self.keys.items() if keys != REGISTRY[name].keys}
        return {
            name: ",".join(keys) or f"unbound-{name}" for name, keys in {**changed, **self.editor}.items()
        }


def build_keymap(wanted: Mapping[str, str | Sequence[str]], leader: str) -> Keymap:
    """Put the user's keys and the leader over the defaults; what clashes keeps its default.

    The leader is the second key of the menu of places: one Ctrl key and a letter reach every
    place without function or Alt keys. `ctrl+l` is the default since tmux, screen, byobu and
    Textual leave it alone and browsers pass it on; what a shell means by it (redraw) is the
    leader twice.
    """
    problems: list[str] = []
    editor: dict[str, tuple[str, ...]] = {}
    keys = {name: command.keys for name, command in REGISTRY.items()}
    chosen: dict[str, tuple[str, ...]] = {}
    for name, value in wanted.items():
        if name.startswith("editor."):
            _editor_key(name, value, editor, problems)
        elif name not in REGISTRY:
            near = difflib.get_close_matches(name, REGISTRY, 1)
            hint = f" Did you mean {near[0]}?" if near else ""
            problems.append(f"The keymap names an unknown command: {name}.{hint}")
        elif (parsed := _parse(name, value, problems)) is not None:
            chosen[name] = parsed
    led = _parse("leader", leader, problems)
    chosen.setdefault("places", (*keys["places"], *(led if led is not None else ("ctrl+l",))))
    _settle(keys, chosen, problems)
    return Keymap(keys, problems, editor)


def _editor_key(
    name: str, value: str | Sequence[str], editor: dict[str, tuple[str, ...]], problems: list[str]
) -> None:
    """Take a key of the text editor, if there is such an action."""
    from screens.widgets.editor.bindings import editor_bindings

    if name not in (getattr(binding, "id", None) for binding in editor_bindings()):
        problems.append(f"The keymap names an unknown command: {name}.")
    elif (parsed := _parse(name, value, problems)) is not None:
        editor[name] = parsed


def _settle(
    keys: dict[str, tuple[str, ...]], chosen: dict[str, tuple[str, ...]], problems: list[str]
) -> None:
    """Take each wanted override into `keys`, unless another command has the key by then."""
    proposed = {**keys, **chosen}
    for name, own in chosen.items():
        clash = next(((key, other) for key in own if (other := _holder(key, name, proposed))), None)
        if clash is None:
            keys[name] = own
            continue
        key, other = clash
        problems.append(
            f"{key} can't be the key of {name}, since {other} has it; {name} keeps {_spoken(keys[name])}."
        )
        proposed[name] = keys[name]


def _holder(key: str, name: str, keys: Mapping[str, tuple[str, ...]]) -> str | None:
    """Another command that can be given where `name` can, and has `key`."""
    mine = {REGISTRY[name].scope, *REGISTRY[name].also}
    for other, held in keys.items():
        theirs = {REGISTRY[other].scope, *REGISTRY[other].also}
        meets = Scope.EVERYWHERE in mine | theirs or bool(mine & theirs)
        if other != name and meets and key in held:
            return other
    return None


def _parse(name: str, value: str | Sequence[str], problems: list[str]) -> tuple[str, ...] | None:
    """The keys in `value` as Textual spells them; None and a problem if one is no key."""
    parts = re.split(r"\s*,\s*", value.strip()) if isinstance(value, str) else list(value)
    keys = tuple(normal_key(part) for part in parts if part)
    for key, part in zip(keys, (part for part in parts if part), strict=True):
        if key is None:
            problems.append(f"The keymap gives {name} the key {part}, which is no key.")
            return None
        if key in _SAME_BYTE:
            problems.append(f"{key} can't be the key of {name}: terminals send it as {_SAME_BYTE[key]}.")
            return None
    return tuple(key for key in keys if key is not None)


def normal_key(text: str) -> str | None:
    """A key as Textual spells it (`Ctrl+S`, `C-s`, `^S` → `ctrl+s`), or None if it is none."""
    lowered = text.strip().lower() if len(text.strip()) > 1 else text.strip()
    if found := re.fullmatch(r"(?:\^|c-)(.)", lowered):
        lowered = f"ctrl+{found[1]}"
    *modifiers, last = lowered.split("+") if lowered not in ("+", "") else [lowered]
    if lowered.endswith("++"):
        modifiers, last = lowered[:-2].split("+"), "plus"
    modifiers = [_SPELLINGS.get(modifier, modifier) for modifier in modifiers]
    last = _SPELLINGS.get(last, last)
    if any(modifier not in ("ctrl", "alt", "shift", "super") for modifier in modifiers):
        return None
    if not (
        (len(last) == 1 and last.isalnum()) or last in _NAMED or re.fullmatch(r"f([1-9]|1\d|2[0-4])", last)
    ):
        return None
    ordered = [modifier for modifier in ("alt", "ctrl", "shift", "super") if modifier in modifiers]
    return "+".join([*ordered, last])


def _spoken(keys: tuple[str, ...]) -> str:
    return " and ".join(keys) if keys else "none"
