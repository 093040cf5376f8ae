"""Publishing to an OGC API with transactions: what is new, what differs, what is gone.

What the service has is read first and compared, feature by feature; only what differs is
sent. A run that was interrupted is therefore just run again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import Any, Final

import shapely

from commonplace.errors import SourceError
from commonplace.http import shown_url
from commonplace.publish.changes import Changes, Counts
from commonplace.publish.collection import Collection, Refusal, Service, chosen_collection
from commonplace.publish.layers import Feature, FileLayer, read_features
from commonplace.publish.placing import moved
from commonplace.report import Finding, Observer, Severity, Silent

AT_ONCE: Final = 4
HOPELESS: Final = 20  # refused before any was taken: the fault lies elsewhere
TRIES: Final = 3
NEAR: Final = 2e-8  # degrees, about 2 mm: what a server's own CRS may make of coordinates
NAMESPACE: Final = "inspireId_namespace"


@dataclass(frozen=True, slots=True)
class FeaturesWish:
    """What is to be done.

    Parameters
    ----------
    collections
        Collections by feature type, where they are called otherwise.
    id_property
        The property that keeps our id, for services that give ids of their own.
    """

    collections: Mapping[str, str] = field(default_factory=dict)
    id_property: str | None = None
    delete_vanished: bool = False
    dry_run: bool = False


def publish_features(
    layers: Iterable[FileLayer],
    service: Service,
    wish: FeaturesWish,
    observer: Observer | None = None,
) -> Changes:
    """Bring collections in step with layers.

    Raises
    ------
    SourceError
        The service can't be reached, takes no features, or refuses all. What was sent until
        then stays; the run can be repeated.
    """
    changes = Changes(shown_url(service.url))
    known = service.collections()
    pairs = [(one, chosen_collection(one, known, wish.collections)) for one in layers]
    if not any(name for _, name in pairs):
        missing = ", ".join(one.feature_type for one, _ in pairs)
        raise SourceError(
            f"{changes.target} has no collection for {missing}",
            hint=f"it has {', '.join(known[:10]) or 'none'}; state --collection TYPE=NAME",
        )
    for layer, name in pairs:
        if name is None:
            changes.findings.add(_no_collection(layer))
            continue
        collection = service.collection(name)
        collection.require_editable()
        one = _Layer(layer, collection, wish, changes, observer or Silent())
        changes.layers[name] = one.counts
        one.run()
    return changes


def _no_collection(layer: FileLayer) -> Finding:
    return Finding(
        "COLLECTION_MISSING",
        Severity.ERROR,
        "the service has no collection of that name; nothing of the layer was sent",
        layer=layer.feature_type,
        fix="make it there, or state --collection TYPE=NAME",
    )


@dataclass(slots=True)
class _Layer:
    """A layer and its collection."""

    layer: FileLayer
    collection: Collection
    wish: FeaturesWish
    changes: Changes
    observer: Observer
    counts: Counts = field(default_factory=Counts)
    taken: int = 0
    crs: str | None = None  # of what is sent, where it isn't CRS84
    left: set[str] = field(default_factory=set)  # properties that the service doesn't know

    def run(self) -> None:
        there = {self._our_id(one): one for one in self.collection.features()}
        ids: set[str] = set()
        spaces: set[str] = set()
        pending: list[tuple[str, Feature]] = []
        for one in read_features(self.layer.path):
            ids.add(str(one["id"]))
            spaces.add(str((one.get("properties") or {}).get(NAMESPACE)))
            sent = self._fitted(one)
            known = there.get(str(one["id"]))
            if known is None:
                self.counts.new += 1
            elif same(known, sent):
                self.counts.same += 1
                continue
            else:
                self.counts.changed += 1
                sent = {**sent, "id": known["id"]}
            pending.append(("POST" if known is None else "PUT", sent))
        gone = [one for name, one in there.items() if name not in ids and _ours(one, spaces)]
        self.counts.vanished = len(gone)
        self._tell_left()
        if not self.wish.dry_run:
            self._send(pending)
            if self.wish.delete_vanished:
                self._delete(gone)

    def _our_id(self, there: Feature) -> str:
        if self.wish.id_property is None:
            return str(there.get("id"))
        return str((there.get("properties") or {}).get(self.wish.id_property))

    def _fitted(self, one: Feature) -> Feature:
        """A feature with the properties that the service's schema has, in their types."""
        own = dict(one.get("properties") or {})
        known = self.collection.properties
        if self.wish.id_property is not None:
            own[self.wish.id_property] = one["id"]
        if known:
            self.left |= own.keys() - known.keys()
            own = {name: _as(value, known[name]) for name, value in own.items() if name in known}
        kept = {"type": "Feature", "geometry": one.get("geometry"), "properties": own}
        return kept if self.wish.id_property is not None else {**kept, "id": one["id"]}

    def _tell_left(self) -> None:
        for name in sorted(self.left):
            self.changes.findings.add(
                Finding(
                    "PROPERTY_NOT_SENT",
                    Severity.WARNING,
                    "the collection's schema does not have the property",
                    layer=self.collection.name,
                    attribute=name,
                    fix="add it to the service's table, or leave it out of the mapping",
                )
            )

    # --- sending ---

    def _send(self, pending: list[tuple[str, Feature]]) -> None:
        """The first one alone: it shows whether the service keeps our ids and coordinates."""
        pending.sort(key=lambda one: one[0] != "POST")
        sure = False
        while pending and not sure:
            verb, feature = pending.pop(0)
            refusal, sure = self._sent_first(verb, feature)
            self._done(feature, refusal)
        with ThreadPoolExecutor(AT_ONCE) as pool:
            for start in range(0, len(pending), AT_ONCE * 8):
                some = pending[start : start + AT_ONCE * 8]
                for (_, feature), refusal in zip(some, pool.map(self._sent, some), strict=True):
                    self._done(feature, refusal)
                self.observer.progress("publish", start + len(some), len(pending))

    def _sent(self, one: tuple[str, Feature]) -> Refusal | None:
        verb, feature = one
        placed = feature if self.crs is None else moved(feature, self.crs)
        if verb == "PUT":
            name = str(feature["id"])
            return _again(lambda: self.collection.replace(name, placed, self.crs))
        created = self.collection.create(placed, self.crs)
        return created if isinstance(created, Refusal) else None

    def _sent_first(self, verb: str, feature: Feature) -> tuple[Refusal | None, bool]:
        """Send one and read it back: some services take coordinates for their own CRS's."""
        name = str(feature.get("id"))
        if verb == "PUT":
            refusal = self._sent((verb, feature))
        else:
            created = self.collection.create(feature)
            refusal = created if isinstance(created, Refusal) else None
            if not isinstance(created, Refusal):
                name = created or name
                self._require_our_id(name, feature)
        if refusal is not None:
            return refusal, False
        storage = self.collection.storage
        if not self._kept(name, feature) and storage is not None:
            self.crs = storage
            refusal = self._sent(("PUT", {**feature, "id": name}))
            if refusal is None and not self._kept(name, feature):
                self._tell_altered(feature)
        return refusal, True

    def _kept(self, name: str, feature: Feature) -> bool:
        there = self.collection.feature(name)
        return there is not None and same_place(there.get("geometry"), feature.get("geometry"))

    def _require_our_id(self, name: str, feature: Feature) -> None:
        if self.wish.id_property is None and name != feature["id"]:
            self.collection.delete(name)
            raise SourceError(
                f"the service gives ids of its own ({name} for {feature['id']})",
                hint="state the property that keeps ours: --id-property NAME",
            )

    def _tell_altered(self, feature: Feature) -> None:
        self.changes.findings.add(
            Finding(
                "GEOMETRY_ALTERED",
                Severity.WARNING,
                "the service gives other coordinates back than it was sent; it will be sent"
                " them each time",
                layer=self.collection.name,
                feature=str(feature.get("id")),
                fix="does it round, or misstate its storageCrs?",
            )
        )

    def _done(self, feature: Feature, refusal: Refusal | None) -> None:
        if refusal is None:
            self.taken += 1
            return
        self.counts.refused += 1
        name = feature.get("id") or feature["properties"].get(self.wish.id_property)
        self.changes.findings.add(
            Finding(
                "FEATURE_REFUSED",
                Severity.ERROR,
                f"the service refused it ({refusal.status}): {refusal.reason}",
                layer=self.collection.name,
                feature=str(name),
                fix="see what it says; its schema may differ",
            )
        )
        if not self.taken and self.counts.refused >= HOPELESS:
            raise SourceError(
                f"the service refuses every feature of {self.collection.name}: {refusal.reason}",
                hint="see what it says; address, credentials or schema may be wrong",
            )

    def _delete(self, gone: list[Feature]) -> None:
        for one in gone:
            name = str(one["id"])
            refusal = _again(partial(self.collection.delete, name))
            if refusal is None:
                self.counts.deleted += 1
            else:
                self.changes.findings.add(
                    Finding(
                        "VANISHED_NOT_DELETED",
                        Severity.ERROR,
                        f"the service refused it ({refusal.status}): {refusal.reason}",
                        layer=self.collection.name,
                        feature=name,
                    )
                )


def _again(ask: Callable[[], Refusal | None]) -> Refusal | None:
    """Ask once more where the reason may pass: replacing and deleting may be done twice."""
    refusal = ask()
    for _ in range(TRIES - 1):
        if refusal is None or refusal.lasting:
            break
        refusal = ask()
    return refusal


def _ours(there: Feature, spaces: set[str]) -> bool:
    """Whether a feature of the service may be one of ours that is gone: not another's."""
    space = (there.get("properties") or {}).get(NAMESPACE)
    return space is None or str(space) in spaces


def _as(value: Any, kind: str) -> Any:
    """A value as a property of a JSON type takes it: texts hold anything."""
    if kind != "string" or value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)


# --- comparing ---


def same(there: Feature, ours: Feature) -> bool:
    """Whether a service's feature holds what ours does; what it holds besides is its own."""
    theirs = there.get("properties") or {}
    for name, value in ours["properties"].items():
        if not _alike(theirs.get(name), value):
            return False
    return same_place(there.get("geometry"), ours.get("geometry"))


def _alike(one: Any, other: Any) -> bool:
    if one == other or (one in (None, [], "") and other in (None, [], "")):
        return True
    if isinstance(one, float) and isinstance(other, (int, float)):
        return abs(one - other) <= 1e-9 * max(abs(one), abs(other), 1.0)
    if isinstance(one, str) and isinstance(other, str):
        moment = _moment(one)
        return moment is not None and moment == _moment(other)
    return False


def _moment(text: str) -> datetime | None:
    """A point in time; without a zone UTC, without a time midnight."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)


def same_place(one: Any, other: Any) -> bool:
    """Whether two GeoJSON geometries are the same, however they are written."""
    if one is None or other is None:
        return one is other
    found = shapely.from_geojson([json.dumps(one), json.dumps(other)], "ignore")
    if found[0] is None or found[1] is None:
        return False
    if found[0].geom_type != found[1].geom_type:
        found = [_multiple(each) for each in found]
    first, second = (shapely.normalize(each) for each in found)
    return bool(shapely.equals_exact(first, second, NEAR))


def _multiple(geometry: Any) -> Any:
    """A single geometry as a multiple of one, as some tables keep it."""
    kinds = {"Point": shapely.multipoints, "LineString": shapely.multilinestrings}
    kinds["Polygon"] = shapely.multipolygons
    make = kinds.get(geometry.geom_type)
    return geometry if make is None else make([geometry])
