"""The layers that a type has beside its history: its entities, the instances of an attribute."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, Protocol

import pyarrow as pa

from commonplace.batch import GEOMETRY, Field, Layer
from commonplace.job import NgsiSpec
from commonplace.ngsi.attributes import kind_of, plain_value
from commonplace.sources.ngsibroker import Broker, EntityType
from commonplace.sources.ngsicolumns import Parsed, instance_rows, members_of, parse_entities
from commonplace.sources.ngsihistory import DATASET, ENTITY
from commonplace.sources.ngsipages import Progress, entity_pages
from commonplace.sources.notes import Notebook

Entity = Mapping[str, Any]

NO_DATASET: Final = "@none"


class View(Protocol):
    """A layer of a type, with the pages it is read from."""

    @property
    def layer(self) -> Layer: ...

    def pages(self, progress: Progress) -> Iterator[Parsed]:
        """Columns, a page at a time."""
        ...

    def evidence(self) -> dict[str, object]: ...


@dataclass(slots=True)
class Shared:
    """What all views of a source share: the broker, what the job asks, where notes go."""

    broker: Broker
    spec: NgsiSpec
    notebook: Notebook
    page_size: int
    temporal: bool | None = None
    answered: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def entities(self, kind: EntityType, layer: str, progress: Progress) -> Iterator[list[Any]]:
        """A type's entities, page by page; those that a join brought along left out."""
        question = self.broker.question(kind.listed.asked, kind.form, self.page_size)
        for page in entity_pages(question, self.broker.ask, self.notebook, layer, progress):
            yield [one for one in page if not self.broker.asked.joins or is_of(one, kind)]


def is_of(entity: Entity, kind: EntityType) -> bool:
    """Whether an entity is of a type; one that doesn't say counts as such."""
    stated = members_of(entity).get("type")
    mine = stated if isinstance(stated, list) else [stated]
    return None in mine or kind.listed.asked in mine or kind.layer.name in mine


@dataclass(frozen=True, slots=True)
class Present:
    """The entities as they are: a row an entity."""

    shared: Shared
    kind: EntityType

    @property
    def layer(self) -> Layer:
        return self.kind.layer

    def pages(self, progress: Progress) -> Iterator[Parsed]:
        located = self.kind.layer.geometry_type is not None
        for page in self.shared.entities(self.kind, self.layer.name, progress):
            yield self.shared.broker.columns(page, with_geometry=located, renamed=self.kind.renamed)

    def evidence(self) -> dict[str, object]:
        undefined = self.shared.broker.undefined(self.kind.layer.name)
        return {"undefined_terms": undefined} if undefined else {}


@dataclass(frozen=True, slots=True)
class Instances:
    """All instances of one attribute: a row an instance, the default one's dataset empty."""

    shared: Shared
    kind: EntityType
    attribute: str

    @property
    def name(self) -> str:
        return f"{self.kind.layer.name}.{self.attribute}"

    @property
    def layer(self) -> Layer:
        described = described_by(self.name, self._columns(self.kind.sample), self.kind.layer.crs)
        expected = ["id", ENTITY, DATASET]
        if described.geometry_type is None:
            expected.append(self.attribute)
        missing = [one for one in expected if one not in described.field_names]
        return replace(
            described,
            title=f"{self.kind.layer.name}: instances of {self.attribute}",
            fields=(*described.fields, *(Field(one, "string") for one in missing)),
        )

    def pages(self, progress: Progress) -> Iterator[Parsed]:
        for page in self.shared.entities(self.kind, self.name, progress):
            yield self._columns(page)

    def _columns(self, entities: Sequence[Entity]) -> Parsed:
        rows = [
            {
                "id": f"{entity}@{dataset or NO_DATASET}",
                ENTITY: entity,
                DATASET: dataset,
                self.attribute: _alone(instance),
            }
            for entity, dataset, instance in instance_rows(entities, self.attribute)
        ]
        located = any(_is_geometry(one[self.attribute]) for one in rows)
        return parse_entities(
            rows,
            with_geometry=located,
            geometry_name=self.attribute if located else "",
            swap=self.shared.spec.swapped,
        )

    def evidence(self) -> dict[str, object]:
        return {}


def _alone(instance: Any) -> Any:
    if not isinstance(instance, dict):
        return instance
    return {name: one for name, one in instance.items() if name not in (DATASET, "instanceId")}


def _is_geometry(value: Any) -> bool:
    if isinstance(value, dict) and kind_of(value) == "GeoProperty":
        return True
    found = plain_value(value)
    return isinstance(found, dict) and "coordinates" in found and "type" in found


def described_by(name: str, made: Parsed, crs: str | None) -> Layer:
    """A layer as its sample shows it."""
    fields = tuple(
        Field(one.name, "string" if pa.types.is_null(one.type) else str(one.type))
        for one in made.batch.schema
        if one.name != GEOMETRY
    )
    kinds = set()
    if made.shapes is not None:
        kinds = {one.geom_type for one in made.shapes if one is not None}
    geometry = None
    if made.shapes is not None:
        geometry = str(next(iter(kinds))) if len(kinds) == 1 else "Unknown"
    return Layer(name=name, fields=fields, geometry_type=geometry, crs=crs)
