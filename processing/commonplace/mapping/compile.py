"""Compiles a mapping document against the target model."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from commonplace.batch import GEOMETRY, Layer
from commonplace.documents import did_you_mean, suggestion
from commonplace.errors import DocumentError, Problem
from commonplace.mapping.derive import DERIVED
from commonplace.mapping.derived import derived_layers, lost_columns
from commonplace.mapping.document import MappingDocument
from commonplace.mapping.evaluate import Session
from commonplace.mapping.expressions import AS_OF, FINGERPRINT, MADE, SOURCE_DATE
from commonplace.mapping.geometries import rises
from commonplace.mapping.joins import Join
from commonplace.mapping.objects import Objects
from commonplace.mapping.plan import Compiled, TypeMapping
from commonplace.mapping.scope import Scope, identity
from commonplace.mapping.shapes import Unlike, unite
from commonplace.mapping.sql import Parser
from commonplace.model import Model, UnknownName

__all__ = ["Compiled", "TypeMapping", "check_mapping", "compile_mapping", "with_derived"]

Layers = Mapping[str, Sequence[Layer]]

#: Columns that number rows, or are renumbered when a file is rewritten.
_ROW_NUMBERS: Final = re.compile(r"(row_?number|row_?id|fid|ogc_fid|index)", re.IGNORECASE)
_SHAKY: Final = re.compile(r"(objectid(_\d+)?|oid_?|gid|id_0)", re.IGNORECASE)


def compile_mapping(
    document: MappingDocument,
    model: Model,
    layers: Layers | None = None,
    overrides: Mapping[str, Sequence[str]] | None = None,
) -> Compiled:
    """Compile a mapping.

    Parameters
    ----------
    layers
        The layers of each source, where known: columns are then checked too.
    overrides
        Layer names by feature type, which replace those of the document.

    Raises
    ------
    DocumentError
        With all problems at once.
    """
    problems: list[Problem] = []
    known = with_derived(document, layers, problems)
    compiled = _compile(document, model, known, overrides or {})
    problems += compiled.problems
    if problems:
        raise DocumentError(document.name, tuple(problems))
    return compiled


def check_mapping(
    document: MappingDocument,
    model: Model,
    layers: Layers | None = None,
    overrides: Mapping[str, Sequence[str]] | None = None,
) -> list[Problem]:
    """All that is wrong or doubtful in a mapping, in the order of lines.

    Doubts have the codes ``UNUSED_COLUMN``, ``ID_UNSTABLE``, ``ID_FROM_GEOMETRY`` and
    ``CODE_UNCHECKED``; all others are errors.
    """
    found: list[Problem] = []
    layers = with_derived(document, layers, found)
    compiled = _compile(document, model, layers, overrides or {})
    found += [*compiled.problems, *compiled.warnings]
    if layers is not None:
        found += _layer_problems(document, compiled, layers)
        found += _type_problems(document, compiled, layers)
    return sorted(found, key=lambda one: (one.line or 0, one.path))


def with_derived(
    document: MappingDocument, layers: Layers | None, problems: list[Problem]
) -> Layers | None:
    """The layers of the sources, and those that the document derives of them."""
    if layers is None or not document.derived:
        return layers

    def tell(message: str, path: str, hint: str | None, code: str) -> None:
        problems.append(document.document.problem(message, path, hint=hint, code=code))

    return {**layers, DERIVED: derived_layers(document.derived, layers, tell)}


WARNINGS: Final = frozenset({"UNUSED_COLUMN", "ID_UNSTABLE", "ID_FROM_GEOMETRY", "CODE_UNCHECKED"})


def _compile(
    document: MappingDocument,
    model: Model,
    layers: Layers | None,
    overrides: Mapping[str, Sequence[str]],
) -> Compiled:
    problems: list[Problem] = []
    warnings: list[Problem] = []
    types: list[TypeMapping] = []
    found = _schema(document, model, problems)
    if found is not None:
        with Parser() as parser:
            for written in document.types:
                names = tuple(overrides.get(written.name, written.layers))
                section = replace(written, layers=names)
                known = _columns(names, layers, document.joins)
                scope = Scope(document, section, parser, known)
                compiled = _type(model, found, scope)
                problems += scope.problems
                warnings += scope.warnings
                if compiled is not None:
                    types.append(compiled)
    return Compiled(
        name=document.name,
        schema=found or document.schema,
        namespace=document.namespace,
        language=document.language,
        title=document.title,
        lineage=document.lineage,
        types=_linked(_of_one_shape(types, document, problems)),
        problems=tuple(problems),
        warnings=tuple(warnings),
        ignore=tuple(document.ignore.items()),
        joins=document.joins,
    )


def _schema(document: MappingDocument, model: Model, problems: list[Problem]) -> str | None:
    try:
        return model.schema(document.schema).key
    except UnknownName as error:
        hint = f"did you mean {error.nearest}?" if error.nearest else None
        message = f"there is no schema {document.schema!r}"
        problems.append(
            document.document.problem(message, "$.target.schema", hint=hint, code="UNKNOWN_SCHEMA")
        )
    return None


def _type(model: Model, schema: str, scope: Scope) -> TypeMapping | None:
    section = scope.section
    try:
        element = model.feature_type(schema, section.feature_type).name
    except UnknownName as error:
        hint = f"did you mean {error.nearest}?" if error.nearest else None
        message = f"{schema} has no feature type {section.feature_type!r}"
        scope.problem(message, section.path, hint, "UNKNOWN_TYPE")
        return None
    ids = _ids(scope)
    where = scope.sql(section.where, f"{section.path}.where") if section.where else None
    struct, shape, unfilled = Objects(model, schema, scope).feature(element, section.body)
    read = [one for one in scope.inputs if one not in MADE]
    all_rise, any_rises = rises(struct.parts)
    return TypeMapping(
        name=section.name,
        shape=shape,
        layers=section.layers,
        reads_layers=True,
        columns=(*read, GEOMETRY) if scope.uses_geometry else tuple(read),
        key=section.key,
        links=tuple(scope.links),
        unfilled=unfilled,
        parts=struct.parts,
        inputs=tuple(scope.inputs),
        outputs=tuple(scope.outputs),
        id_outputs=ids,
        where=where,
        nulls=section.nulls,
        own_layers=section.own_layers,
        aggregates_geometry=scope.aggregates_geometry,
        rises=all_rise,
        makes_heights=any_rises,
        path=section.path,
    )


def _ids(scope: Scope) -> tuple[int, ...]:
    """The outputs that the local id is made of."""
    section = scope.section
    texts = identity(section)
    word = "key" if section.key else "id" if section.id else "inspireId"
    path = f"{section.path}.{word}"
    if not texts:
        scope.problem(
            f"{section.name} has no identity: give inspireId, id or key", section.path, code="NO_ID"
        )
    if word != "key" and not any(text.startswith("=") for text in texts) and texts:
        scope.problem("an identifier must differ from row to row", path, code="ID_CONSTANT")
    found = [scope.text_output(text, path, word) for text in texts]
    for column in scope.inputs:
        _check_stable(scope, column, path)
    return tuple(one for one in found if one is not None)


def _check_stable(scope: Scope, column: str, path: str) -> None:
    if column == FINGERPRINT:
        scope.warning(
            "an id made of the geometry changes when the geometry is edited",
            path,
            None,
            "ID_FROM_GEOMETRY",
        )
    elif column in (AS_OF, SOURCE_DATE):
        scope.problem("an id made of a date of the run changes", path, None, "ID_ROW_NUMBER")
    elif _ROW_NUMBERS.fullmatch(column):
        scope.problem(
            f"{column!r} numbers rows: it is no stable identifier",
            path,
            "use a column that the provider keeps, or several with key:",
            "ID_ROW_NUMBER",
        )
    elif _SHAKY.fullmatch(column):
        scope.warning(
            f"{column!r} is often renumbered by software",
            path,
            "make sure it is kept",
            "ID_UNSTABLE",
        )


def _of_one_shape(
    types: Sequence[TypeMapping], document: MappingDocument, problems: list[Problem]
) -> list[TypeMapping]:
    """Several sections of one feature type get one shape, which holds what any of them fills."""
    result = []
    for one in types:
        sections = [other for other in types if other.shape.name == one.shape.name]
        if len(sections) > 1 and one.key:
            message = f"{one.shape.name} has a key, and so one section"
            problems.append(document.document.problem(message, one.path))
        try:
            result.append(replace(one, shape=unite([other.shape for other in sections])))
        except Unlike as error:
            problems.append(document.document.problem(str(error), one.path))
    return result


def _linked(types: Sequence[TypeMapping]) -> tuple[TypeMapping, ...]:
    """Fill in what one type must know of the others."""
    by_name = {one.name: one for one in types}
    result = []
    for one in types:
        referred = any(one.name in other.links for other in types)
        made = bool(one.key) and not one.own_layers and referred
        result.append(
            replace(
                one,
                columns=_all_columns(one, by_name),
                reads_layers=not made,
                layers=_layers_of(one, by_name) if made else one.layers,
            )
        )
    return tuple(result)


def _all_columns(one: TypeMapping, by_name: Mapping[str, TypeMapping]) -> tuple[str, ...]:
    waiting, seen, needed = [one.name], set[str](), dict[str, None]()
    while waiting:
        name = waiting.pop(0)
        if name in seen or name not in by_name:
            continue
        seen.add(name)
        needed.update(dict.fromkeys(by_name[name].columns))
        waiting.extend(by_name[name].links)
    return tuple(needed)


def _layers_of(one: TypeMapping, by_name: Mapping[str, TypeMapping]) -> tuple[str, ...]:
    """The layers of all types that make it, directly or through others."""
    found: dict[str, None] = {}
    waiting, seen = [one.name], set[str]()
    while waiting:
        name = waiting.pop(0)
        seen.add(name)
        for other in by_name.values():
            if name in other.links and other.name not in seen:
                found.update(dict.fromkeys(other.layers))
                waiting.append(other.name)
    return tuple(found)


def _columns(
    names: Sequence[str], layers: Layers | None, joins: Sequence[Join]
) -> frozenset[str] | None:
    """All columns of the named layers (of all, when none is named), where they are known.

    Those of joined layers are called ``join.column``.
    """
    if layers is None:
        return None
    found = list(_named(names, layers))
    joined = [(join, layer) for join in joins for layer in _named((join.layer,), layers)]
    if not found or not all(layer.fields for layer in [*found, *(layer for _, layer in joined)]):
        return None
    own = frozenset(name for layer in found for name in layer.field_names)
    return own | {f"{join.name}.{name}" for join, layer in joined for name in layer.field_names}


def _named(names: Sequence[str], layers: Layers) -> Iterable[Layer]:
    for listed in layers.values():
        for layer in listed:
            if not names or layer.name in names:
                yield layer


def _layer_problems(document: MappingDocument, compiled: Compiled, layers: Layers) -> list[Problem]:
    """Layers that aren't there, and columns that nothing reads."""
    tell = document.document.problem
    every = [layer.name for listed in layers.values() for layer in listed]
    found: dict[str, Problem] = {}
    wanted = {name: one for one in compiled.types for name in one.layers}
    for name, one in wanted.items():
        if name not in every:
            hint = suggestion(name, every)
            path = f"{one.path}.from.layers" if one.own_layers else "$.from.layers"
            found[name] = tell(f"no layer {name!r}", path, hint=hint, code="UNKNOWN_LAYER")
    for join in document.joins:
        found |= _join_problems(document, join, layers, every)
    unused = [
        tell(
            f"nothing reads the column {name!r}",
            "$.ignore",
            hint="map it, or list it under ignore with the reason",
            code="UNUSED_COLUMN",
        )
        for name in _unused(document, compiled, tuple(wanted), layers)
    ]
    names = (*wanted, *(base for one in document.derived for base in one.of))
    known = {name for layer in _named(names, layers) for name in layer.field_names}
    for name, _ in compiled.ignore:
        if known and name not in known:
            found[f"$.ignore.{name}"] = tell(
                f"the source has no column {name!r}",
                f"$.ignore.{name}",
                hint=did_you_mean(name, known),
                code="UNKNOWN_COLUMN",
            )
    return [*found.values(), *unused]


def _unused(
    document: MappingDocument, compiled: Compiled, wanted: tuple[str, ...], layers: Layers
) -> Iterable[str]:
    """Columns of the layers wanted that no type reads, and those that groups of rows lose."""
    columns: dict[str, None] = {}
    for layer in _named(wanted, layers):
        columns.update(dict.fromkeys(compiled.unused_columns(layer)))
    read = {name for one in compiled.types for name in one.columns}
    known = read | {name for name, _ in compiled.ignore}
    bases = {source: listed for source, listed in layers.items() if source != DERIVED}
    lost = lost_columns(document.derived, bases)
    found = {name: None for name in columns if name not in read}
    for name in wanted:
        found.update(dict.fromkeys(one for one in lost.get(name, ()) if one not in known))
    return found


def _with_joined(layer: Layer, joins: Sequence[Join], layers: Layers) -> Layer:
    """A layer with the fields that joins add to it."""
    joined = [
        replace(
            field,
            name=f"{join.name}.{field.name}",
            type=f"{field.type}[]" if join.many else field.type,
        )
        for join in joins
        for other in _named((join.layer,), layers)
        for field in other.fields
    ]
    return replace(layer, fields=(*layer.fields, *joined))


def _join_problems(
    document: MappingDocument, join: Join, layers: Layers, every: Sequence[str]
) -> dict[str, Problem]:
    """A join's layer and columns that aren't there."""
    tell = document.document.problem
    if join.layer not in every:
        hint = suggestion(join.layer, every)
        message = f"no layer {join.layer!r}"
        return {join.path: tell(message, join.path, hint=hint, code="UNKNOWN_LAYER")}
    found = {}
    known = {name for layer in _named((join.layer,), layers) for name in layer.field_names}
    for _, other in join.on:
        if known and other not in known:
            likely = did_you_mean(other, known)
            message = f"the layer {join.layer!r} has no column {other!r}"
            path = f"{join.path}.on"
            found[f"{path}.{other}"] = tell(message, path, hint=likely, code="UNKNOWN_COLUMN")
    return found


def _type_problems(
    document: MappingDocument, compiled: Compiled, layers: Layers
) -> Iterable[Problem]:
    """Expressions that don't fit the types of the columns."""
    with Session() as session:
        for one in compiled.types:
            for layer in _named(one.layers, layers):
                whole = _with_joined(layer, compiled.joins, layers)
                for message in session.check(one, whole) if layer.fields else ():
                    yield document.document.problem(message, one.path, code="WRONG_TYPE")
