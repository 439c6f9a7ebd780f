"""`genko db …`: the server's state, start, stop, schema and address."""

from __future__ import annotations

from cyclopts import App

from core.errors import ServerError
from core.server import Server
from core.server.address import named_server, without_secrets
from core.server.embedded import EmbeddedServer, Status
from core.sizes import as_size
from tui.cli.context import Context
from tui.cli.outcome import say, say_json, table
from tui.cli.projects import AsJson

db = App(name="db", help="The database server: the embedded one, or a studio's.")


def embedded_server(context: Context) -> EmbeddedServer | None:
    """The embedded server, or None when the settings name another."""
    settings = context.server_settings
    if named_server(settings.url) is not None:
        return None
    return EmbeddedServer(settings.home, settings.binaries)


def _only_embedded(context: Context, verb: str) -> EmbeddedServer:
    embedded = embedded_server(context)
    if embedded is None:
        raise ServerError(
            f"The settings name a server of somebody else's; Genko doesn't {verb} it.",
            todo="Unset GENKO_DATABASE_URL and PG* to use the embedded one.",
        )
    return embedded


@db.command
def status(*, json: AsJson = False) -> None:
    """Say where the server is and how it is; starts nothing."""
    context = Context()
    embedded = embedded_server(context)
    answer = _other_status(context) if embedded is None else _embedded_status(embedded.status())
    if json:
        say_json(answer)
    else:
        say(
            table(
                [
                    (key.replace("_", " "), "" if value is None else str(value))
                    for key, value in answer.items()
                ]
            )
        )


def _embedded_status(status: Status) -> dict[str, object]:
    return {
        "server": "embedded",
        "running": status.running,
        "pid": status.pid,
        "version": status.version,
        "data": str(status.data) if status.data else None,
        "size": as_size(status.data_bytes),
        "socket": str(status.socket) if status.socket else None,
        "programs_using_it": status.clients,
        "log": str(status.log),
    }


def _other_status(context: Context) -> dict[str, object]:
    server = Server(context.server_settings)
    try:
        identity = server.start(migrate=False)
        return {
            "server": identity.description,
            "running": True,
            "version": identity.version,
            "id": str(identity.server_id),
        }
    except ServerError as error:
        return {"server": "named by the settings", "running": False, "why": str(error)}
    finally:
        server.close()


@db.command
def start() -> None:
    """Start the embedded server and leave it running, until `genko db stop` or the next app's end."""
    embedded = _only_embedded(Context(), "start")
    embedded.start()
    embedded.leave_running()
    say(f"The embedded server runs (process {embedded.status().pid}).")


@db.command
def stop() -> None:
    """Stop the embedded server, whoever uses it. Nothing is lost: open programs go on and reconnect."""
    stopped = _only_embedded(Context(), "stop").stop()
    say("The embedded server is stopped." if stopped else "The embedded server was not running.")


@db.command
def migrate() -> None:
    """Bring the tables up to date."""
    context = Context()
    with context.server() as server:
        identity = server.migrate()
    say(f"The tables are up to date on {identity.description}.")


@db.command
def url() -> None:
    """Print the address for psql, without any password; an embedded server is left running.

    psql takes a studio's password from PGPASSWORD or ~/.pgpass, or asks for it.
    """
    server = Server(Context().server_settings)
    try:
        say(without_secrets(server.url()))
    finally:
        server.leave_running()
