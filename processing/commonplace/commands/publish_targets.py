"""The targets of ``commonplace publish``: options into wishes, outcomes into words."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

import click

from commonplace.commands.parameters import assignment
from commonplace.commands.writing import say

if TYPE_CHECKING:
    from commonplace.http import Client
    from commonplace.publish.changes import Changes
    from commonplace.publish.ngsild import Done
    from commonplace.report import Findings, Observer

SHOWN: Final = 10

Options = Mapping[str, Any]
MakeClient = Callable[[], "Client"]


class Told(Protocol):
    """What came of it, for people and for machines."""

    @property
    def failed(self) -> int: ...

    def json(self) -> str: ...

    def show(self) -> None: ...


def to_broker(
    package: Path, target: str, options: Options, observer: Observer, client: MakeClient
) -> Told:
    """Entities to an NGSI-LD broker."""
    from commonplace.publish.broker import Broker
    from commonplace.publish.files import published
    from commonplace.publish.ngsild import Wish
    from commonplace.publish.ngsild import publish as send
    from commonplace.publish.profiles import PROFILES

    chosen = PROFILES[options["profile"]]
    wish = Wish(
        profile=replace(
            chosen,
            heights=not options["flat"],
            batch_bytes=options["batch_bytes"] or chosen.batch_bytes,
            batch_entities=options["batch_entities"] or chosen.batch_entities,
        ),
        policy=options["policy"],
        delete_vanished=options["delete_vanished"],
        create_tenant=options["create_tenant"],
        dry_run=options["dry_run"],
    )
    source = published(package)
    with client() as asking:
        done = send(source, Broker(target, asking, options["tenant"]), wish, observer)
    return _Entities(done, wish.delete_vanished, wish.dry_run)


def to_ogcapi(
    package: Path, target: str, options: Options, observer: Observer, client: MakeClient
) -> Told:
    """Features to an OGC API with transactions."""
    from commonplace.publish.collection import Service
    from commonplace.publish.features import FeaturesWish, publish_features
    from commonplace.publish.layers import layers_of

    wish = FeaturesWish(
        collections=dict(assignment(one, "--collection") for one in options["collection"]),
        id_property=options["id_property"],
        delete_vanished=options["delete_vanished"],
        dry_run=options["dry_run"],
    )
    layers = layers_of(package)
    with client() as asking:
        changes = publish_features(layers, Service(target, asking), wish, observer)
    return _Changed(changes, options)


def to_postgis(
    package: Path, target: str, options: Options, observer: Observer, client: MakeClient
) -> Told:
    """Tables to PostGIS."""
    from commonplace.database.user import signed_in
    from commonplace.job import SourceSpec
    from commonplace.publish.postgis import PostgisWish, publish_postgis
    from commonplace.publish.tables import tables_of

    spec = SourceSpec(url=target, token_env=options["token_env"], auth=options["auth"])
    wish = PostgisWish(
        schema=options["schema"],
        delete_vanished=options["delete_vanished"],
        dry_run=options["dry_run"],
    )
    return _Changed(publish_postgis(tables_of(package), signed_in(spec), wish, observer), options)


def to_folder(
    package: Path, target: str, options: Options, observer: Observer, client: MakeClient
) -> Told:
    """Files and feeds to a folder."""
    from commonplace.publish.atom import AtomWish, publish_atom

    if not options["url"]:
        raise click.UsageError("state --url, the address under which the folder is published")
    wish = AtomWish(
        url=options["url"],
        title=options["title"],
        service_metadata=options["service_metadata"],
        delete_vanished=options["delete_vanished"],
        dry_run=options["dry_run"],
    )
    return _Changed(publish_atom(package, Path(target), wish, observer), options)


TARGETS: Final[Mapping[str, Callable[[Path, str, Options, Observer, MakeClient], Told]]] = {
    "ngsild": to_broker,
    "ogcapi": to_ogcapi,
    "postgis": to_postgis,
    "atom": to_folder,
}


def _findings(findings: Findings, *, called: str) -> list[dict[str, Any]]:
    return [
        {
            "code": first.code,
            "severity": first.severity.value,
            "message": first.message,
            "layer": first.layer,
            called: first.feature,
            "attribute": first.attribute,
            "value": first.value,
            "fix": first.fix,
            "count": count,
        }
        for first, count, _ in findings.grouped()
    ]


def _show_findings(findings: Findings) -> None:
    for first, count, kept in findings.grouped():
        what = ".".join(filter(None, (first.layer, first.attribute)))
        place = f" {what}" if what else ""
        say(f"  {first.severity.value}: {count} × {first.code}{place}: {first.message}")
        if first.severity == "error":
            for one in kept[:3]:
                value = f" ({one.value[:60]})" if one.value else ""
                if one.feature:
                    say(f"    {one.feature}{value}")


@dataclass(frozen=True, slots=True)
class _Changed:
    """Layers, with what was new, changed, the same and gone."""

    changes: Changes
    options: Options

    @property
    def failed(self) -> int:
        from commonplace.report import Severity

        return self.changes.findings.count(Severity.ERROR)

    def json(self) -> str:
        document = {
            "target": self.changes.target,
            "dry_run": self.options["dry_run"],
            "layers": {name: asdict(one) for name, one in self.changes.layers.items()},
            "findings": _findings(self.changes.findings, called="feature"),
        }
        return json.dumps(document, indent=2, ensure_ascii=False)

    def show(self) -> None:
        dry = self.options["dry_run"]
        say(f"{self.changes.target}{': nothing was changed, this is what would be' * dry}")
        for name, one in self.changes.layers.items():
            told = [f"{one.new} new", f"{one.changed} changed", f"{one.same} the same"]
            if one.refused:
                told.append(f"{one.refused} refused")
            if one.vanished:
                told.append(f"{one.vanished} gone here, {self._of_vanished(one)}")
            say(f"  {name}: {', '.join(told)}")
        _show_findings(self.changes.findings)

    def _of_vanished(self, one: Any) -> str:
        if self.options["dry_run"] and self.options["delete_vanished"]:
            return "would be deleted there"
        return f"{one.deleted} deleted there" if one.deleted else "left there"


@dataclass(frozen=True, slots=True)
class _Entities:
    """Entities that a broker took."""

    done: Done
    delete_vanished: bool
    dry_run: bool

    @property
    def failed(self) -> int:
        return self.done.failed

    def json(self) -> str:
        done = self.done
        document = {
            "dry_run": self.dry_run,
            "entities": done.entities,
            "created": done.created,
            "updated": done.updated,
            "failed": done.failed,
            "retried": done.retried,
            "attributes_deleted": done.attributes_deleted,
            "vanished": done.vanished,
            "deleted": done.deleted,
            "batches": done.batches,
            "bytes": done.bytes,
            "findings": _findings(done.findings, called="entity"),
        }
        return json.dumps(document, indent=2, ensure_ascii=False)

    def show(self) -> None:
        done = self.done
        size = f"{done.batches} batches, {done.bytes / 1e6:.1f} MB"
        if self.dry_run:
            say(f"would send {done.entities - done.failed} of {done.entities} entities: {size}")
            self._show_vanished("would delete" if self.delete_vanished else "gone, would be left")
        else:
            told = f"{done.created} created, {done.updated} updated, {done.failed} failed"
            say(f"{done.entities} entities: {told} ({size})")
            if done.retried:
                say(f"{done.retried} sent again")
            if done.attributes_deleted:
                say(f"{done.attributes_deleted} attributes deleted that are no longer there")
            if self.delete_vanished:
                say(f"{done.deleted} of {len(done.vanished)} vanished entities deleted")
        _show_findings(done.findings)

    def _show_vanished(self, verb: str) -> None:
        gone = self.done.vanished
        if gone:
            say(f"{verb}: {len(gone)} entities whose features are gone")
            for one in gone[:SHOWN]:
                say(f"    {one}")
            if len(gone) > SHOWN:
                say(f"    … and {len(gone) - SHOWN} more")
