"""`genko doctor` names what keeps the embedded server from running, and changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from core.filesystem import FilesystemKind
from core.server.embedded import EmbeddedServer, Finding, Health
from tests.server.embedded.conftest import Client
from tests.server.postgres import scratch_server


def about(findings: list[Finding], subject: str) -> list[Finding]:
    return [finding for finding in findings if finding.subject == subject]


def problems(findings: list[Finding]) -> list[str]:
    return [finding.subject for finding in findings if finding.health is Health.PROBLEM]


def test_before_the_first_start_all_is_well_and_nothing_is_made(cold: EmbeddedServer) -> None:
    findings = cold.diagnose()
    assert problems(findings) == []
    assert "will be made" in about(findings, "folder")[0].sentence
    assert any("18." in finding.sentence for finding in about(findings, "programs"))
    assert not cold.place.base.exists()


def test_a_running_server_and_its_users(server: EmbeddedServer, client: Callable[..., Client]) -> None:
    server.start()
    pid = client(server).ready()
    findings = server.diagnose()
    assert problems(findings) == []
    assert f"process {pid}, used by 2 Genko" in about(findings, "server")[0].sentence


def test_a_server_that_does_not_answer(server: EmbeddedServer, client: Callable[..., Client]) -> None:
    client(server).ready()
    socket = server.status().socket
    assert socket is not None
    socket.unlink()
    (finding,) = about(server.diagnose(), "server")
    assert finding.health is Health.PROBLEM
    assert finding.todo == "Run: genko db stop"
    assert server.stop()
    assert problems(server.diagnose()) == []


def test_missing_programs_and_a_shared_disk_are_named(tmp_path: Path) -> None:
    service = scratch_server(tmp_path).place.server.name
    server = EmbeddedServer(
        tmp_path / "home",
        tmp_path / "nothing",
        parent=tmp_path,
        service_user=service,
        filesystem=lambda path: FilesystemKind("cifs", network=True),
    )
    findings = server.diagnose()
    assert problems(findings) == ["programs", "disk"]
    assert all(finding.todo for finding in findings if finding.health is Health.PROBLEM)


def test_a_folder_open_to_others_is_noticed(server: EmbeddedServer) -> None:
    base = server.place.base
    mode = base.stat().st_mode
    base.chmod(0o777)
    try:
        (finding,) = about(server.diagnose(), "folder")
    finally:
        base.chmod(mode)
    assert finding.health is Health.NOTE


def test_databases_of_data_folders_that_are_gone_are_named(tmp_path: Path) -> None:
    service = scratch_server(tmp_path).place.server.name
    homes = [tmp_path / "here", tmp_path / "gone"]
    places = [EmbeddedServer(home, parent=tmp_path / "all", service_user=service).place for home in homes]
    homes[0].mkdir()
    for place in places:
        place.base.mkdir(parents=True)
        place.sign(place.base)
    assert places[0].orphans() == [places[1].base]
    server = EmbeddedServer(homes[0], parent=tmp_path / "all", service_user=service)
    places[0].base.chmod(0o711)
    if not places[0].apart:
        places[0].base.chmod(0o700)
    (finding,) = about(server.diagnose(), "folder")
    assert finding.health is Health.NOTE
    assert str(places[1].base) in finding.todo


def test_a_damaged_user_database_is_a_finding(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    server = EmbeddedServer(tmp_path)
    monkeypatch.setattr("os.geteuid", lambda: 54321)
    (finding,) = server.diagnose()
    assert finding.health is Health.PROBLEM
    assert "54321" in finding.sentence
