"""Which data model a layer of a foreign target declares: by its schema or its entity type."""

from __future__ import annotations

from collections.abc import Sequence

from commonplace.mim7.evidence import LayerFacts
from commonplace.model import load_model
from commonplace.model.types import local_name


def model_of(layer: LayerFacts, kind: str, schemas: Sequence[str]) -> str | None:
    """The model's key (``bu-core2d/4.0``, ``sdm/Building``); None where none is declared.

    GML declares it by its namespaces; entities by their type, if the Smart Data Models know
    it and define one of the layer's attributes at least. A table's name declares nothing.
    """
    if kind == "gml" and schemas:
        return ", ".join(schemas)
    if kind == "ngsild":
        return _entity_model(layer)
    return None


def _entity_model(layer: LayerFacts) -> str | None:
    model = load_model()
    local = layer.name.rpartition("/")[2].rpartition("#")[2]
    columns = {one.partition("_")[0] for one in layer.columns} - {"id", "type"}
    columns |= {"location"} if layer.located else set()
    for schema in model.entity_schemas():
        if local in schema.feature_types:
            name = model.feature_type(schema.key, local).name
            known = {local_name(one.element.name) for one in model.properties(name, schema.key)}
            if known & columns:
                return schema.key
    return None
