"""The writer's own files are in a backup, and no password or key of them is."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from core.backup.archive import open_archive
from core.backup.exporting import create
from core.backup.exporting.settings import without_secrets
from core.backup.work import Work
from core.workspace import Shelf
from tests.backup.exporting.making import everything_in, project, wishes
from tui.settings import Settings, load_settings

PLAIN = """\
# my own
theme = "light"   # bright

[server]
url = "postgresql://ann@studio.example:5432/genko?sslmode=require"

[keymap]
save = ["ctrl+s", "f5"]
"editor.delete_line" = "ctrl+r"
"""

HIDDEN = "hunter2"
SECRETS = {
    "in an address": 'server.url = "postgresql://ann:hunter2@studio/genko"',
    "with odd signs": 'server.url = "postgresql://ann:hun/ter2@x@studio/genko"',
    "encoded": 'server.url = "postgresql://ann:hunter2%40@studio/genko"',
    "as a parameter": 'server.url = "postgresql://studio/genko?user=ann&password=hunter2&sslmode=require"',
    "as words": 'server.url = "host=studio user=ann password=hunter2 dbname=genko"',
    "as words with quotes": "server.url = \"host=studio password = 'hunter2 x' dbname=genko\"",
    "of a certificate": 'server.url = "host=studio sslpassword=hunter2"',
    "over several lines": 'server.url = """\\\n  postgresql://ann:hunter2@studio/genko"""',
    "in a comment": '# url = "postgresql://ann:hunter2@studio/genko"\ntheme = "dark"',
    "as a comment's parameter": '# password = "hunter2"\ntheme = "dark"',
    "in a table": '[store]\nsecret_access_key = "hunter2"\nname = "x"',
    "in tables of tables": '[[store.places]]\naccess_key_id = "hunter2"',
    "in a list": 'places = ["s3://a", "https://ann:hunter2@store/x"]',
    "as a table": '[store.secret]\nvalue = "hunter2"',
    "as a key": '[store]\nkey = "hunter2"\ns3-key = "hunter2"',
    "inline": 'store = { token = "hunter2", region = "x" }',
    "in another kind of quotes": "backup.passphrase = 'hunter2'",
}


@pytest.mark.parametrize("text", SECRETS.values(), ids=SECRETS)
def test_no_secret_is_left(text: str) -> None:
    cleaned, found = without_secrets(text)
    assert found
    assert "hunter2" not in cleaned
    assert "ter2" not in cleaned
    tomllib.loads(cleaned)


def test_control_what_is_no_secret_stays_to_the_byte() -> None:
    assert without_secrets(PLAIN) == (PLAIN, False)
    assert HIDDEN in SECRETS["inline"]


def test_what_stands_around_a_secret_stays() -> None:
    cleaned, _ = without_secrets(PLAIN.replace("ann@", "ann:hunter2@"))
    assert cleaned == PLAIN


def test_own_files_are_in_it_and_what_was_taken_out_is_said(shelf: Shelf, folder: Path) -> None:
    project(shelf)
    shelf.paths.config.mkdir()
    shelf.paths.settings_file.write_text(PLAIN.replace("ann@", "ann:hunter2@"))
    (shelf.paths.config / "words.txt").write_text("# mine\nribouldingue\n")
    (shelf.paths.config / "backup-keys.toml").write_text('secret = "hunter2"')
    made = create(shelf, wishes(folder))
    assert made.path is not None
    assert b"hunter2" not in everything_in(made.path)
    with open_archive(made.path, work=Work()) as archive:
        assert archive.file("settings/settings.toml").decode() == PLAIN
        assert archive.file("settings/words.txt") == b"# mine\nribouldingue\n"
    (left,) = made.left_out
    assert left.sentence == (
        "Passwords and keys of settings/settings.toml: they are never put into a backup."
    )
    shelf.paths.settings_file.write_text(PLAIN)
    assert not create(shelf, wishes(folder)).left_out, "control: without a secret nothing is said"


def test_settings_that_can_not_be_read_are_left_out_and_said(shelf: Shelf, folder: Path) -> None:
    shelf.paths.config.mkdir()
    for broken in (b'url = "postgresql://ann:hunter2@studio', b"\xff\xfe", b"[server\nurl = hunter2"):
        shelf.paths.settings_file.write_bytes(broken)
        made = create(shelf, wishes(folder))
        assert made.left_out[0].what == "settings/settings.toml"
        assert b"hunter2" not in everything_in(made.path or folder)


def test_settings_of_a_backup_are_settings(shelf: Shelf, tmp_path: Path) -> None:
    cleaned, _ = without_secrets(PLAIN.replace("ann@", "ann:hunter2@"))
    (tmp_path / "settings.toml").write_text(cleaned)
    assert load_settings(tmp_path / "settings.toml") != Settings()
