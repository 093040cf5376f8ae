"""``commonplace watch``."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace as replaced
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commonplace.commands.writing import print_json, say

if TYPE_CHECKING:
    from types import FrameType

    from commonplace.job import SourceSpec
    from commonplace.watching import Listening, Watched

EXAMPLES = """\b
Examples:
  commonplace watch https://broker.example.org --type Streetlight --to lights.gpkg
  commonplace watch job.yaml --source sensors --type AirQualityObserved --to air.gpkg
  commonplace watch URL --type Bench --to benches.gpkg --no-subscription --every 30
  commonplace watch URL --type Bench --to b.gpkg --listen 0.0.0.0:9000 \\
      --reachable-as http://gis.example.org:9000
"""


class _Until:
    """An observer that cancels when the user (or the system) asks to end."""

    def __init__(self, *, quiet: bool) -> None:
        self._ended = threading.Event()
        self._quiet = quiet

    def progress(self, step: str, done: int, total: int | None) -> None:
        return None

    def message(self, text: str) -> None:
        if not self._quiet:
            say(text, err=True)

    def cancelled(self) -> bool:
        return self._ended.is_set()

    def end(self, number: int, frame: FrameType | None) -> None:
        """The first signal ends the watch in good order, a second one at once."""
        if self._ended.is_set():
            raise KeyboardInterrupt
        self._ended.set()


@click.command(epilog=EXAMPLES)
@click.argument("source", metavar="JOB-or-URL")
@click.option("--type", "types", multiple=True, required=True, help="Entity type; repeatable.")
@click.option(
    "--to", "target", type=click.Path(path_type=Path), required=True, help="The GeoPackage."
)
@click.option("--source", "name", help="Which of the job's sources, where it has several.")
@click.option("--tenant", help="The broker's tenant.")
@click.option("--context", help="Address of the @context that names types and attributes.")
@click.option("--q", "condition", help="Only entities that meet it: 'powerState==\"on\"'.")
@click.option("--token-env", help="Environment variable that holds a bearer token.")
@click.option("--every", type=click.FloatRange(0.1), help="Seconds between whole readings.")
@click.option("--no-subscription", is_flag=True, help="Poll only.")
@click.option("--listen", metavar="HOST:PORT", help="Where notifications are received.")
@click.option("--reachable-as", metavar="URL", help="That address, as the broker reaches it.")
@click.option("--once", is_flag=True, help="Bring the file in step, then end.")
@click.option("--replace", is_flag=True, help="Replace a file that no watch has written.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON at the end, for machines.")
def watch(
    source: str,
    types: tuple[str, ...],
    target: Path,
    name: str | None,
    tenant: str | None,
    context: str | None,
    condition: str | None,
    token_env: str | None,
    every: float | None,
    no_subscription: bool,
    listen: str | None,
    reachable_as: str | None,
    once: bool,
    replace: bool,
    quiet: bool,
    as_json: bool,
) -> None:
    """Keep a GeoPackage in step with an NGSI-LD broker, until Ctrl-C.

    The broker notifies of changes; where it can't, or can't reach this machine, it is asked
    from time to time. What was deleted stands in the table <type>_tombstones.
    """
    from commonplace.watching import watch as run

    spec = _spec(source, name)
    ngsi = replaced(spec.ngsi, q=condition) if condition else spec.ngsi
    spec = replaced(
        spec,
        kind="ngsild",
        tenant=tenant or spec.tenant,
        context=context or spec.context,
        token_env=token_env or spec.token_env,
        ngsi=ngsi,
    )
    observer = _Until(quiet=quiet or as_json)
    with _signals(observer):
        told = run(
            spec,
            types,
            target,
            listening=_listening(listen, reachable_as, no_subscription),
            every=every,
            once=once,
            replace=replace,
            observer=observer,
        )
    if as_json:
        print_json(_to_json(told))
    elif not quiet:
        _show(told, target)


def _spec(source: str, name: str | None) -> SourceSpec:
    """The broker: an address, or one of a job's sources."""
    from commonplace.job import SourceSpec
    from commonplace.jobreading import read_job

    if source.startswith(("http://", "https://")):
        return SourceSpec(url=source)
    sources = read_job(Path(source)).sources
    if name is None and len(sources) > 1:
        brokers = [one for one, spec in sources.items() if spec.kind == "ngsild"]
        name = brokers[0] if len(brokers) == 1 else None
    if name is None and len(sources) == 1:
        (name,) = sources
    if name is None or name not in sources:
        listed = ", ".join(sources)
        raise click.BadParameter(f"one of the job's sources: {listed}", param_hint="--source")
    if sources[name].url is None:
        raise click.BadParameter(f"{name} is no broker's address", param_hint="--source")
    return sources[name]


def _listening(listen: str | None, reachable_as: str | None, nowhere: bool) -> Listening:
    from commonplace.watching import Listening

    if nowhere:
        return Listening(host=None)
    if listen is None:
        return Listening(reachable_as=reachable_as)
    host, colon, port = listen.rpartition(":")
    if not colon or not port.isdigit():
        raise click.BadParameter(f"{listen!r} is not HOST:PORT", param_hint="--listen")
    return Listening(host.strip("[]"), int(port), reachable_as)


@contextmanager
def _signals(observer: _Until) -> Iterator[None]:
    """Ctrl-C, and the system's request to end, end the watch in good order."""
    kinds = (signal.SIGINT, signal.SIGTERM)
    before = {one: signal.signal(one, observer.end) for one in kinds}
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


def _to_json(told: Watched) -> dict[str, Any]:
    return {
        "subscribed": told.subscribed,
        "notifications": told.notifications,
        "readings": told.readings,
        "layers": {
            name: {"added": one.added, "changed": one.changed, "removed": one.removed}
            for name, one in told.counts.items()
        },
        "findings": [
            {
                "code": one.code,
                "severity": one.severity.value,
                "message": one.message,
                "layer": one.layer,
                "attribute": one.attribute,
                "feature": one.feature,
                "value": one.value,
                "fix": one.fix,
                "count": one.count,
            }
            for one in told.findings
        ],
    }


def _show(told: Watched, target: Path) -> None:
    how = f"{told.notifications} notifications, " if told.subscribed else ""
    times = "once" if told.readings == 1 else f"{told.readings} times"
    say(f"{target.name}: {how}everything read {times}")
    for name, one in told.counts.items():
        say(f"  {name}: {one.added} added, {one.changed} changed, {one.removed} removed")
    for finding in told.findings:
        place = ".".join(filter(None, (finding.layer, finding.attribute)))
        what = f"{finding.count} × {finding.code} {place}".strip()
        say(f"  {finding.severity.value}: {what}: {finding.message}")
