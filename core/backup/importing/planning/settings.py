"""The writer's own files out of a backup: settings, keymap, words. They come only when that is asked for."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec

from core.atomic import whole_file
from core.backup.exporting.settings import is_own_file
from core.backup.importing.choices import counted
from core.backup.importing.errors import NOTHING
from core.backup.importing.reading.given import Source
from core.backup.importing.reports.ledger import reports_folder
from core.backup.plan import Action, Item, Outcome, ProjectPlan
from core.errors import GenkoError
from core.paths import Paths, private_folder

OFFER = (
    "Settings, words or themes of your own are in it, too; they come only when you ask for them (--settings)."
)
KEY = "settings"
"""The key of the plan for them, beside those of the projects."""
MINE = ("server", "backup")
"""Tables of the settings that belong to this machine and stay: a backup holds no password."""


def plan_settings(paths: Paths, source: Source) -> ProjectPlan | None:
    """What would happen to them; None where the source has none, or the same."""
    found = {name: data for name, data in source.settings().items() if is_own_file(name)}
    items = tuple(_item(paths, name, data) for name, data in sorted(found.items()))
    if all(item.outcome is Outcome.SAME for item in items):
        return None
    return ProjectPlan(KEY, "Settings", Action.MERGE, items=items)


def bring_settings(paths: Paths, source: Source, planned: ProjectPlan, import_id: str) -> ProjectPlan:
    """Put them in the place of ours; what was there is kept beside the reports, for undoing."""
    data = source.settings()
    for item in planned.items:
        name = item.title
        if item.outcome in (Outcome.CREATE, Outcome.UPDATE) and is_own_file(name):
            merged = _merged(paths, name, data[name])
            _keep(paths, name, import_id)
            _put(_kept(paths, import_id) / f"{name}.brought", sha256(merged).hexdigest().encode())
            _put(paths.config / name, merged)
    return planned


def settings_are_brought(paths: Paths, planned: ProjectPlan, import_id: str) -> bool:
    """Whether any of them is what an import made of it; one may be, where it ended between two."""
    wanted = [item.title for item in planned.items if item.outcome in (Outcome.CREATE, Outcome.UPDATE)]
    folder = _kept(paths, import_id)
    return any(_sum(paths.config / name).encode() == _read(folder / f"{name}.brought") for name in wanted)


def settings_back(paths: Paths, done: ProjectPlan, import_id: str, *, dry: bool = False) -> ProjectPlan:
    """Take that back; a file that was changed since stays. `dry`: only find out which."""
    items = []
    for item in done.items:
        kept = _kept(paths, import_id) / item.title
        brought = _kept(paths, import_id) / f"{item.title}.brought"
        if item.outcome not in (Outcome.CREATE, Outcome.UPDATE) or not is_own_file(item.title):
            continue
        if _sum(paths.config / item.title) != _read(brought).decode("ascii", "replace"):
            items.append(msgspec.structs.replace(item, outcome=Outcome.SAME, detail="edited since; it stays"))
            continue
        if not dry and kept.exists():
            _put(paths.config / item.title, _read(kept))
        elif not dry:
            (paths.config / item.title).unlink(missing_ok=True)
        items.append(msgspec.structs.replace(item, outcome=Outcome.UPDATE, detail=""))
    return msgspec.structs.replace(done, action=Action.RESTORE, items=tuple(items))


def _item(paths: Paths, name: str, data: bytes) -> Item:
    ident = f"settings:{name}"
    try:
        merged = _merged(paths, name, data)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError, GenkoError):
        return Item(ident, "settings", name, Outcome.REFUSED, "it can't be read")
    ours = _read(paths.config / name)
    outcome = Outcome.SAME if merged == ours else Outcome.UPDATE if ours else Outcome.CREATE
    return Item(ident, "settings", name, outcome, _changes(name, ours, merged))


def _changes(name: str, ours: bytes, merged: bytes) -> str:
    """What would be another, in words; values are not told, as they may be of any kind."""
    if not ours or ours == merged:
        return ""
    if name != "settings.toml":
        mine, theirs = (set(text.decode("utf-8", "replace").split("\n")) - {""} for text in (ours, merged))
        new, gone = len(theirs - mine), len(mine - theirs)
        said = [f"{counted(new, 'line', 'lines')} would come" if new else ""]
        said.append(f"{counted(gone, 'line', 'lines')} of yours would go" if gone else "")
        return ", ".join(filter(None, said)) or "in another order"
    before, after = (_flat(tomllib.loads(text.decode())) for text in (ours, merged))
    changed = sorted(key for key in before.keys() | after.keys() if before.get(key) != after.get(key))
    more = f" and {counted(len(changed) - 5, 'other', 'others')}" if len(changed) > 5 else ""
    return f"{', '.join(changed[:5])}{more}" or "only remarks and order"


def _flat(table: Mapping[str, Any], start: str = "") -> dict[str, Any]:
    """Settings by their whole names: `editor.wrap`."""
    found: dict[str, Any] = {}
    for key, value in table.items():
        found |= _flat(value, f"{start}{key}.") if isinstance(value, dict) else {f"{start}{key}": value}
    return found


def _merged(paths: Paths, name: str, data: bytes) -> bytes:
    """What the file would say: theirs, with the tables of ours that belong to this machine."""
    if name != "settings.toml":
        data.decode()
        return data
    import tomlkit

    tomllib.loads(data.decode())
    theirs: Any = tomlkit.parse(data.decode())
    ours = _read(paths.config / name)
    try:
        own: Mapping[str, Any] = tomlkit.parse(ours.decode()) if ours else {}
    except ValueError as error:
        raise GenkoError(
            "The settings on this machine can't be read.", safe="Nothing was changed."
        ) from error
    for table in MINE:
        if table in own:
            theirs[table] = own[table]
        elif table in theirs:
            del theirs[table]
    return tomlkit.dumps(theirs).encode()


def _keep(paths: Paths, name: str, import_id: str) -> None:
    if (paths.config / name).exists():
        _put(_kept(paths, import_id) / name, _read(paths.config / name))


def _kept(paths: Paths, import_id: str) -> Path:
    return reports_folder(paths) / f"{import_id}.settings"


def _put(target: Path, data: bytes) -> None:
    try:
        private_folder(target.parent)
        with whole_file(target) as stream:
            stream.write(data)
    except OSError as error:
        raise GenkoError(f"{target} can't be written: {error.strerror or error}.") from error


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return b""
    except OSError as error:  # taken for an empty one, it would be lost
        raise GenkoError(f"{path} can't be read: {error.strerror or error}.", safe=NOTHING) from error


def _sum(path: Path) -> str:
    return sha256(_read(path)).hexdigest()
