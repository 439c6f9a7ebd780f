"""`genko drafts export`, `verify` and `collect`: what is done with what is published."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import msgspec

from core.errors import UsageError
from core.sizes import as_size
from screens.wording import counted
from tui.cli.context import Context
from tui.cli.drafts import drafts, opened_drafts
from tui.cli.drafts_publishing import Flag, publishing_desk
from tui.cli.outcome import FAILED, say, say_json
from tui.cli.projects import AsJson


@drafts.command
def export(
    draft: str,
    target: Path,
    /,
    *,
    revision: int | None = None,
    zip: Flag = False,
    force: Flag = False,
    json: AsJson = False,
) -> None:
    """Write what is published as the earlier mobile reader expects it: a folder, or a ZIP archive.

    Parameters
    ----------
    draft
        An id, a slug, a name, or a beginning that fits only one.
    target
        A new folder, or the archive's name.
    revision
        An older revision instead of the one that is published.
    zip
        An archive; so is a target that ends in .zip.
    force
        Replace an archive that is there.
    """
    from core.drafts.publishing.mobile import export_mobile
    from core.drafts.publishing.verifying import published_manifest

    archive = zip or target.suffix.lower() == ".zip"
    with publishing_desk(draft) as desk:
        manifest = published_manifest(desk.server, desk.draft, revision)
        done = export_mobile(manifest, desk.place, target, archive=archive, replace=force)
    if json:
        say_json({"path": str(done.path), "files": done.files, "bytes": done.bytes})
    else:
        say(f"{done.path}: {counted(done.files, 'file')}, {as_size(done.bytes)}")


@drafts.command
def verify(draft: str, /, *, json: AsJson = False) -> int:
    """Read all that is published of a draft: rows against the revision, files against their names."""
    from core.drafts.publishing.verifying import verify as look

    with publishing_desk(draft) as desk:
        found = look(desk.server, desk.place, desk.draft)
    if json:
        say_json(
            {
                "sound": not found.wrong,
                "revision": found.revision,
                "shown": found.shown,
                "files": found.files,
                "bytes": found.bytes,
                "wrong": list(found.wrong),
            }
        )
    else:
        for line in found.wrong:
            say(line)
        shown = f"revision {found.shown}" if found.shown is not None else "nothing is published"
        verdict = "not all is well" if found.wrong else "all is well"
        say(f"{shown}: {counted(found.files, 'file')}, {as_size(found.bytes)}; {verdict}")
    return FAILED if found.wrong else 0


@drafts.command
def collect(*, remove: Flag = False, days: float = 7.0, json: AsJson = False) -> None:
    """Find files in the media store that no revision and no draft names any more.

    Parameters
    ----------
    remove
        Remove them; otherwise they are only listed.
    days
        Younger files are left alone.
    """
    from core.drafts.mediastore import media_place, media_wishes_of
    from core.drafts.publishing.collecting import collect as clear

    if not 0 < days < 100_000:
        raise UsageError("An age is a number of days, more than 0; 0.05 is about an hour.")
    context = Context()
    wishes = media_wishes_of(msgspec.to_builtins(context.settings.drafts.media), context.paths)
    with context.server() as server:
        place = media_place(wishes, server.start().server_id)
        found = clear(server, place, opened_drafts(), age=timedelta(days=days), remove=remove)
    if json:
        names = [one.name for one in found.files]
        told = {"removed": found.removed, "files": names, "bytes": found.bytes}
        say_json({**told, "kept": found.kept, "young": found.young})
        return
    what = "removed" if found.removed else "could be removed (--remove)"
    say(f"{counted(len(found.files), 'file')}, {as_size(found.bytes)}, {what}.")
    say(f"{counted(found.kept, 'file')} named by revisions or drafts, {found.young} too young.")
