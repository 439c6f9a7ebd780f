"""`genko drafts import`: universes of MagikSwipe, in whatever form they lie there, become drafts."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from core.sizes import as_size
from core.work import Work
from screens.wording import counted
from tui.cli.drafts import drafts, opened_drafts
from tui.cli.outcome import FAILED, say, say_json
from tui.cli.projects import AsJson

if TYPE_CHECKING:
    from core.drafts import Drafts
    from core.drafts.bringing import Brought, Coming, ComingAsset, ComingFile, ComingPack

Switch = Annotated[bool, Parameter(negative="")]
MOST = 40
"""Lines of one sort that people are shown; programs get all of them."""
LONGEST_LINE = 400
MARKS = ("postgres://", "postgresql://")
"""How the address of a Postgres begins."""


@drafts.command(name="import")
def import_(
    path: str | None = None,
    /,
    *,
    media: Path | None = None,
    kept: Switch = False,
    dry_run: Switch = False,
    json: AsJson = False,
) -> int | None:
    """Bring universes of MagikSwipe in, each as a new draft. What lies there is only read.

    Bringing the same once more changes nothing.

    Parameters
    ----------
    path
        A universe's folder, a folder of them, the whole storage, the database alone, or the address of a
        Postgres (postgresql://…; a password belongs into ~/.pgpass).
    media
        Where the folders with the media of a Postgres lie.
    kept
        Instead of a path: all universes that earlier imports have kept for now.
    dry_run
        Only say what would become of each concept and file.
    """
    from core.drafts.bringing import bring
    from core.drafts.themes import themes

    shelf, work = opened_drafts(), Work()
    found = themes(shelf.paths)
    with _looked(path, media, kept, shelf, work, dry_run) as coming:
        brought = [] if dry_run else bring(coming, shelf, found, work=work)
    if json:
        say_json(_as_json(coming, brought))
    else:
        say("\n".join(_lines(coming, brought)))
    return FAILED if any(one.refused for one in brought) else None


def _looked(
    path: str | None, media: Path | None, kept: bool, shelf: Drafts, work: Work, decoded: bool
) -> AbstractContextManager[Coming]:
    from core.drafts.bringing import look, look_at_database, look_at_kept
    from core.drafts.themes import themes
    from core.errors import UsageError

    if (path is None) != kept:
        raise UsageError("Name a path, or say --kept.", todo="`genko drafts import --help` says more.")
    if path is not None and path.startswith(MARKS):
        return look_at_database(path, media, shelf, themes(shelf.paths), work=work, decoded=decoded)
    if media is not None:
        raise UsageError("--media goes with the address of a Postgres only.")
    if path is None:
        return look_at_kept(shelf, themes(shelf.paths), work=work, decoded=decoded)
    return look(Path(path).absolute(), shelf, themes(shelf.paths), work=work, decoded=decoded)


def _lines(coming: Coming, brought: list[Brought]) -> list[str]:
    lines: list[str] = []
    by_id = {one.pack.where: one for one in brought}
    for pack in coming.packs:
        lines += [*_pack_lines(pack), *_outcome(pack, by_id.get(pack.where)), ""]
    rows = [f"  {row.where}: {row.why}" for row in coming.rows if row.why]
    lines += [*(["Beside them"] if rows else []), *_some(rows), *coming.notes]
    return [line.replace("\n", " ")[:LONGEST_LINE] for line in lines]


def _pack_lines(pack: ComingPack) -> list[str]:
    about = ", ".join(
        counted(len(some), what)
        for some, what in ((pack.assets, "concept"), (pack.songs, "song"), (pack.files, "file"))
    )
    lines = [f"{pack.name} ({pack.slug}): {pack.form}, {about}; from {pack.where}"]
    lines += [f"  {warning}" for warning in pack.warnings]
    lines += _some([f"  {_asset_line(asset)}" for asset in pack.assets])
    lines += _some(
        [f"  {_file_line(file)}" for file in pack.files if file.trouble or file.same_as or not file.of]
    )
    told = [row for row in pack.rows if row.why]
    return lines + _some([f"  {row.where}: {row.why}" for row in told])


def _asset_line(asset: ComingAsset) -> str:
    names = ", ".join(f"{code}: {name}" for code, name in asset.names.items())
    media = f"{counted(len(asset.images), 'picture')}, {counted(len(asset.clips), 'clip')}"
    said = "; ".join(asset.remarks)
    return f"{asset.name} ({asset.kind}): {media}{f'; {names}' if names else ''}{f'; {said}' if said else ''}"


def _file_line(file: ComingFile) -> str:
    told = [file.trouble, f"the same bytes as {file.same_as}" if file.same_as else "", ""]
    told[2] = "" if file.of else "belongs to no concept"
    return f"{file.name} ({as_size(file.size)}): {'; '.join(one for one in told if one)}"


def _outcome(pack: ComingPack, brought: Brought | None) -> list[str]:
    if brought is not None:
        return [brought.sentence, *(f"  {name}: {why}" for name, why in brought.refused)]
    if pack.same_as:
        return [f"  Would change nothing: {pack.same_as} holds exactly the same."]
    if pack.there:
        return [f"  Would change nothing: its draft is {pack.there} already."]
    return ["  Would become a new draft."]


def _some(lines: list[str]) -> list[str]:
    return [*lines[:MOST], f"  … and {len(lines) - MOST:,} more"] if len(lines) > MOST else lines


def _as_json(coming: Coming, brought: list[Brought]) -> dict[str, Any]:
    from core.drafts.bringing.telling import as_json

    return as_json(coming, brought)
