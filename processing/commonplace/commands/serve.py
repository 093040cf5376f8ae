"""``commonplace serve``."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from commonplace.serving.contents import Contents

EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 - what the user may ask for
EXAMPLES = """\b
Examples:
  commonplace serve out/town
  commonplace serve out/town --port 8080 --dataset buildings
  commonplace serve out/town --host 0.0.0.0 --url http://gis.example.org:5000
  commonplace serve out/town --config api.yml --url https://gis.example.org/town
"""


@click.command(epilog=EXAMPLES)
@click.argument("package", type=click.Path(path_type=Path, exists=True))
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=5000,
    show_default=True,
    help="0: any that is free.",
)
@click.option("--dataset", help="Only this data set; INSPIRE wants one service a data set.")
@click.option("--url", help="The address that clients use, where it isn't the host's.")
@click.option(
    "--config",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write what a server of your own needs, and end.",
)
@click.option("-q", "--quiet", is_flag=True, help="Say nothing.")
def serve(
    package: Path,
    host: str,
    port: int,
    dataset: str | None,
    url: str | None,
    config: Path | None,
    quiet: bool,
) -> None:
    """Serve PACKAGE, a folder or a zip, as an OGC API by pygeoapi, until Ctrl-C.

    Its layers are collections of OGC API Features; metadata, styles and the files for
    download are linked as INSPIRE's good practice says.
    """
    from commonplace.commands.whole import whole_package
    from commonplace.serving.contents import contents_of
    from commonplace.serving.running import require_server

    require_server()
    if host in EVERYWHERE and url is None:
        raise click.UsageError(f"links can't begin with {host}: state --url, as clients know it")
    if config is not None and not package.is_dir():
        raise click.UsageError("--config wants a folder: a server reads the package's files")
    with whole_package(package) as folder:
        contents = contents_of(folder, dataset)
        if config is not None:
            _write(contents, config, url or f"http://{host}:{port}", host, port, quiet=quiet)
        else:
            _run(contents, host, port, url, quiet=quiet)


def _write(
    contents: Contents, config: Path, url: str, host: str, port: int, *, quiet: bool
) -> None:
    from commonplace import terminal
    from commonplace.serving.running import write_config

    with terminal.progress(quiet=quiet) as observer:
        written = write_config(contents, config, url, host=host, port=port, observer=observer)
    if quiet:
        return
    click.echo(f"{written.config}: {len(contents.layers)} layers, {written.features:,} features")
    click.echo("run it with any server of WSGI applications, such as")
    click.echo(
        f"  PYGEOAPI_CONFIG={written.config} PYGEOAPI_OPENAPI={written.openapi}"
        f" waitress-serve --listen {host}:{port} --call commonplace.serving.app:create"
    )


def _run(contents: Contents, host: str, port: int, url: str | None, *, quiet: bool) -> None:
    from commonplace.serving.running import address_of, application, listening

    with listening(host, port) as bound:
        address = url or address_of(bound, host)
        with application(contents, bound, address) as (server, written):
            if not quiet:
                click.echo(f"{address}  {written.features:,} features; Ctrl-C ends it")
                for one in contents.layers:
                    click.echo(f"  {address}/collections/{one.id}")
            for number in (signal.SIGINT, signal.SIGTERM):
                signal.signal(number, _end)
            server.run()


def _end(number: int, frame: object) -> None:
    raise KeyboardInterrupt
