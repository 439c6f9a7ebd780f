"""`genko drafts providers`: what is set up is told and asked, and no key is shown anywhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.backup.exporting.settings import without_secrets
from core.paths import Paths
from tests.cli.conftest import Genko
from tests.providers.comfyui_server import ComfyUIServer
from tests.providers.openai_server import OpenAIServer
from tests.providers.servers import KEY


def settle(text: str) -> Path:
    file = Paths.from_environment().settings_file
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def test_with_no_settings_there_is_the_one_that_draws(genko: Genko) -> None:
    (told,) = genko("drafts", "providers", "--check", "--json").json()
    assert (told["name"], told["chosen_for"], told["error"]) == ("sketch", ["pictures", "words"], "")
    assert "sketch" in genko("drafts", "providers").out


def test_each_is_asked_and_who_does_not_answer_is_named(
    genko: Genko, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    with OpenAIServer() as openai, ComfyUIServer() as comfyui:
        settle(
            f'[providers.openai]\nurl = "{openai.url}"\nimage_model = "other"\nprice_image = 0.04\n'
            f'[providers.comfyui]\nurl = "{comfyui.url}"\n'
        )
        ended = genko("drafts", "providers", "--check")
        assert ended.status == 0
        assert "It does not list other" in ended.out
        assert "0.04 a picture" in ended.out
        assert "key from the variable OPENAI_API_KEY" in ended.out
        assert openai.paths() == ["/v1/models"]
        assert comfyui.paths() == ["/system_stats"]
        openai.fault = "key echoed"
        ended = genko("drafts", "providers", "--check")
    assert ended.status == 1
    assert "does not accept the key (401)" in ended.out
    assert KEY not in ended.out + ended.err


@pytest.mark.parametrize(
    ("content", "mode", "said"),
    [(KEY, 0o644, "others can read it"), (None, 0o600, "can't be read"), ("two words\n", 0o600, "is no key")],
)
def test_a_key_that_others_can_read_is_not_used(
    genko: Genko, tmp_path: Path, content: str | None, mode: int, said: str
) -> None:
    file = tmp_path / "key"
    if content is not None:
        file.write_text(content)
        file.chmod(mode)
    with OpenAIServer() as openai:
        settle(f'[providers.openai]\nurl = "{openai.url}"\nkey_env = ""\nkey_file = "{file}"\n')
        ended = genko("drafts", "providers", "--check")
        assert ended.status == 1
        assert said in ended.out
        assert not openai.asked
        file.write_text(f"{KEY}\n")
        file.chmod(0o600)
        assert genko("drafts", "providers", "--check").status == 0
        assert openai.asked[0].headers["authorization"] == f"Bearer {KEY}"
    assert KEY not in ended.out + ended.err


@pytest.mark.parametrize(
    "line",
    [
        f'key_env = "{KEY}"',
        'key_file = "key"',
        'url = "https://me:secret@example.org/v1"',
        'url = "ftp://example.org"',
        'sizes = ["large"]',
        "price_image = -1",
        f'api_key = "{KEY}"',
    ],
)
def test_settings_that_make_no_sense_are_named_without_their_secrets(genko: Genko, line: str) -> None:
    settle(f"[providers.openai]\n{line}\n")
    ended = genko("drafts", "providers")
    assert ended.status == 2
    assert line.split(" = ")[0] in ended.err
    assert "line 2" in ended.err
    assert "regex" not in ended.err
    assert KEY not in ended.err
    assert "secret" not in ended.err


def test_no_key_of_a_provider_is_in_a_backup(genko: Genko) -> None:
    text = (
        f'[providers.openai]\nurl = "https://example.org/v1"\nkey_env = "A_KEY"\nkey_file = "~/key"\n'
        f'api_key = "{KEY}"\nkey = "{KEY}"\n# password = {KEY}\n'
    )
    cleaned, found = without_secrets(text)
    assert found
    assert KEY not in cleaned
    assert 'key_env = "A_KEY"' in cleaned  # a name, which is no secret
