"""Compiles the properties of an object: what a document gives, against what the model says."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from commonplace.mapping.attributes import Attributes
from commonplace.mapping.defaults import default
from commonplace.mapping.document import TYPE_WORDS
from commonplace.mapping.given import Given
from commonplace.mapping.leaves import Leaves
from commonplace.mapping.plan import TEXT, Item, Leaf, Part, Struct
from commonplace.mapping.scope import Scope
from commonplace.mapping.shapes import Unlike, as_column, repeat
from commonplace.model import Model
from commonplace.model.types import Form, Kind, Property, QName, local_name, namespace_of
from commonplace.target import Node, Shape

GML: Final = "http://www.opengis.net/gml/3.2"
UNPOPULATED: Final = "Unpopulated"
UNKNOWN: Final = "Unknown"
IDENTIFIER: Final = "Identifier"
NAME: Final = "GeographicalName"
_LANGUAGE: Final = re.compile("[a-z]{3}")


@dataclass(frozen=True, slots=True)
class Filled:
    """One occurrence of a property: where it comes from and what comes out.

    ``item`` is None for a void.
    """

    item: Item | None
    node: Node


class Objects:
    """Compiles objects of one schema for one feature type. Problems go to the scope."""

    def __init__(self, model: Model, schema: str, scope: Scope) -> None:
        self._model = model
        self._schema = schema
        self._scope = scope
        self._leaves = Leaves(model, scope)
        self._attributes = Attributes(model, scope)

    def properties(self, element: QName) -> dict[str, Property]:
        """Properties by name; an application schema's own hide GML's of the same name."""
        found: dict[str, Property] = {}
        for one in self._model.properties(element, self._schema):
            if one.name in found and namespace_of(one.element.name) == GML:
                continue
            found.pop(one.name, None)
            found[one.name] = one
        return found

    def feature(self, element: QName, given: Given) -> tuple[Struct, Shape, tuple[str, ...]]:
        """A feature type's section: its parts, its shape, and the properties unfilled."""
        fields = given.fields(self._twice)
        for word in TYPE_WORDS:
            fields.pop(word, None)
        struct, shape = self._object(element, fields, given.path, "", feature=True)
        filled = {node.name for node in shape.nodes if not node.void} | {
            name.removesuffix("[]") for name in fields
        }
        unfilled = tuple(
            name
            for name, one in self.properties(element).items()
            if name not in filled and namespace_of(one.element.name) != GML
        )
        return struct, shape, unfilled

    def _twice(self, name: str, path: str) -> None:
        self._scope.problem(f"{name!r} is given twice", path)

    # -- objects ---------------------------------------------------------------------------

    def _object(
        self,
        element: QName,
        fields: dict[str, Given],
        at: str,
        path: str,
        *,
        feature: bool = False,
        many: bool = False,
    ) -> tuple[Struct, Shape]:
        properties = self.properties(element)
        given: dict[str, tuple[Given, bool]] = {}
        for key, value in fields.items():
            name = key.removesuffix("[]")
            if name not in properties:
                what = local_name(element)
                self._scope.unknown(what, name, properties, value.path, "UNKNOWN_PROPERTY")
            elif name in given:
                self._twice(name, value.path)
            else:
                given[name] = (value, key.endswith("[]"))
        parts: list[Part] = []
        nodes: list[Node] = []
        for name, one in properties.items():
            below = f"{path}.{name}" if path else name
            if name in given:
                value, listed = given[name]
                found = self._property(one, value, below, listed=listed, inside_many=many)
            else:
                found = self._left_out(element, one, at, below, feature=feature)
            if found is not None:
                part, node = found
                nodes.append(node)
                if part is not None:
                    parts.append(part)
        self._check_choices(properties, [node.name for node in nodes], at)
        shape = Shape(
            element=element,
            nodes=tuple(nodes),
            identified=self._identified(element),
            feature=feature,
        )
        return Struct(path, local_name(element), tuple(parts)), shape

    def _identified(self, element: QName) -> bool:
        if not self._model.has_element(element):
            return self._model.type(element).identified
        return self._model.type(self._model.element(element).type).identified

    def _check_choices(self, properties: dict[str, Property], names: list[str], at: str) -> None:
        """Two branches of one choice exclude each other."""
        taken: dict[int, tuple[int, str]] = {}
        for name in names:
            for group, branch in properties[name].choice:
                other = taken.setdefault(group, (branch, name))
                if other[0] != branch:
                    self._scope.problem(
                        f"{other[1]!r} and {name!r} exclude each other", at, code="CHOICE"
                    )

    def _left_out(
        self, element: QName, one: Property, at: str, path: str, *, feature: bool
    ) -> tuple[Part | None, Node] | None:
        """What stands for a property that the document doesn't give."""
        filling = default(local_name(element)).fill.get(one.name)
        if filling is not None:
            text = self._header(filling, at)
            if text is None:
                return None
            if text:
                return self._property(one, Given(text, at), path)
        if not one.mandatory:
            return None
        if feature and self._is_identifier(one) and self._has_own_identity():
            return self._property(one, Given({"localId": _OWN_ID}, at), path)
        if one.element.nillable:
            return None, self._attributes.void(one, UNPOPULATED)
        hint = one.element.definition
        self._scope.problem(
            f"{local_name(element)} needs {one.name!r}", at, hint, "MANDATORY_UNMAPPED"
        )
        return None

    def _header(self, filling: str, at: str) -> str | None:
        if filling == "$language":
            language = self._scope.document.language
            return language if language != "und" else ""
        if filling != "$namespace":
            return filling
        if not self._scope.document.namespace:
            self._scope.problem("an identifier needs target.namespace", at)
            return None
        return self._scope.document.namespace

    def _has_own_identity(self) -> bool:
        return bool(self._scope.section.key or self._scope.section.id)

    def _is_identifier(self, one: Property) -> bool:
        return one.kind is Kind.OBJECT and [local_name(name) for name in one.objects] == [
            IDENTIFIER
        ]

    # -- properties ------------------------------------------------------------------------

    def _property(
        self,
        one: Property,
        given: Given,
        path: str,
        *,
        listed: bool = False,
        inside_many: bool = False,
    ) -> tuple[Part | None, Node] | None:
        items = list(given.items()) if isinstance(given.value, list) else [given]
        if not items:
            self._scope.problem("expected at least one item", given.path)
            return None
        if listed and inside_many:
            self._scope.problem("[] inside [] is not in the language", given.path)
            return None
        if not one.repeated and (listed or len(items) > 1):
            self._scope.problem(
                f"{one.name!r} takes one value only", given.path, code="NOT_REPEATED"
            )
            return None
        many = listed or inside_many
        typed = [self._keyed(one, item) for item in items]
        found = [
            [item] if group is None else group for item, group in zip(items, typed, strict=True)
        ]
        filled = [self._item(one, item, path, many=many) for group in found for item in group]
        whole = [each for each in filled if each is not None]
        if len(whole) < len(filled) or not whole:
            return None
        return self._joined(one, whole, given, path, listed=listed)

    def _joined(
        self, one: Property, filled: list[Filled], given: Given, path: str, *, listed: bool
    ) -> tuple[Part | None, Node] | None:
        items = tuple(replace(each.item, many=listed) for each in filled if each.item is not None)
        nodes = [each.node for each in filled]
        try:
            node = repeat(nodes) if len(filled) > 1 or (listed and items) else nodes[0]
        except Unlike as error:
            self._scope.problem(str(error), given.path)
            return None
        if not items:
            return None, node
        dynamic = any(item.value.dynamic for item in items)
        if dynamic and node.nil is None and one.mandatory and one.element.nillable:
            node = replace(node, nil=UNKNOWN)
        if node.is_constant and dynamic:  # its only column is whether it is there
            node = as_column(node)
        required = one.mandatory and not one.element.nillable
        return Part(one.name, path, items, required), node

    def _keyed(self, one: Property, given: Given) -> list[Given] | None:
        """The items of a list that is keyed by codes or languages; None where it isn't."""
        if one.kind is not Kind.OBJECT or len(one.objects) != 1 or not given.is_object:
            return None
        if local_name(one.objects[0]) == NAME:
            return self._names(given)
        return self._typed_list(one, given)

    def _typed_list(self, one: Property, given: Given) -> list[Given] | None:
        """``{codeA: x, codeB: y}`` for objects of a code and a value: one item a code."""
        properties = self.properties(one.objects[0])
        codes = [each for each in properties.values() if each.kind is Kind.CODE]
        fields = given.fields(self._twice)
        if len(codes) != 1 or not fields or "void" in fields:
            return None
        if any(key.removesuffix("[]") in properties for key in fields):
            return None
        main = self._main(one.objects[0], but=codes[0].name)
        if main is None:
            return None
        known = self._leaves.known_codes(codes[0])
        unknown = [key for key in fields if known and key not in known]
        if len(unknown) == len(fields) and len(fields) > 1:
            return None
        for key in unknown:
            list_name = local_name(one.objects[0])
            words = (*known, *properties)
            self._scope.unknown(list_name, key, words, fields[key].path, "UNKNOWN_CODE")
        return [
            Given(None, value.path, ((main, value), (codes[0].name, Given(key, value.path))))
            for key, value in fields.items()
            if key not in unknown
        ]

    def _names(self, given: Given) -> list[Given] | None:
        """Names keyed by ISO 639-3 codes; None where the object is written otherwise."""
        fields = given.fields(self._twice)
        if not fields or not all(_LANGUAGE.fullmatch(key) for key in fields):
            return None
        return [
            Given(None, value.path, (("spelling", value), ("language", Given(key, value.path))))
            for key, value in fields.items()
        ]

    def _item(self, one: Property, given: Given, path: str, *, many: bool) -> Filled | None:
        if given.value is None and given.merged is None:
            self._scope.problem(
                "expected a value", given.path, "{void: Unpopulated} says that there is none"
            )
            return None
        if given.words == ("void",):
            reason = self._reason(one, given)
            return Filled(None, self._attributes.void(one, reason)) if reason else None
        if one.kind is Kind.ANY:
            self._scope.problem(f"{one.name!r} can't be filled by a mapping", given.path)
            return None
        if one.kind is not Kind.OBJECT:
            return self._leaf(one, given, path)
        if given.text is not None and given.text.startswith("=>"):
            return self._leaf(replace(one, kind=Kind.REFERENCE, attributes=()), given, path)
        return self._object_item(one, given, path, many=many)

    def _object_item(self, one: Property, given: Given, path: str, *, many: bool) -> Filled | None:
        single = given.text is not None or self._is_spec(one, given)
        if single:
            simple = self._simple_element(one)
            if simple is not None:
                return self._leaf(simple, given, path)
        fields = {} if single else given.fields(self._twice)
        nil = None
        if "void" in fields:
            nil = self._reason(one, given)
            fields.pop("void")
        element = self._element(one, fields, given)
        if element is None:
            return None
        if single:
            main = self._main(element)
            if main is None and one.form is not Form.INLINE and _is_address(given):
                return self._leaf(replace(one, kind=Kind.REFERENCE, attributes=()), given, path)
            if main is None:
                names = ", ".join(self.properties(element))
                self._scope.problem(
                    f"{local_name(element)} needs more than one value", given.path, names
                )
                return None
            fields = {main: given}
        elif [local_name(each) for each in one.objects if local_name(each) in fields]:
            fields = fields[local_name(element)].fields(self._twice)
        struct, shape = self._object(element, fields, given.path, path, many=many)
        node = Node(one, nil=nil, objects=(shape,))
        return Filled(Item(struct), node)

    def _is_spec(self, one: Property, given: Given) -> bool:
        """``{value: …, codes: …}`` for an object that has no property of that name."""
        return "value" in given.words and not any(
            "value" in self.properties(name) for name in one.objects
        )

    def _simple_element(self, one: Property) -> Property | None:
        """The property as a value, where one of its objects is a mere text (gco:…)."""
        for name in one.objects:
            if one.direct or not self._model.has_element(name):
                continue
            held = self._model.type(self._model.element(name).type)
            if held.text is not None:
                return replace(
                    one,
                    kind=Kind.VALUE,
                    value_type=held.text,
                    wrapper=name,
                    attributes=held.attributes,
                    objects=(),
                    values=held.values,
                )
        return None

    def _element(self, one: Property, fields: dict[str, Given], given: Given) -> QName | None:
        """The object element meant: the only one, the one named, or the first that fits."""
        if len(one.objects) == 1:
            return one.objects[0]
        if len(fields) == 1:
            for name in one.objects:
                if local_name(name) in fields:
                    return name
        for name in one.objects:
            names = self.properties(name)
            if all(key.removesuffix("[]") in names for key in fields):
                return name
        words = [local_name(name) for name in one.objects]
        self._scope.unknown(one.name, next(iter(fields), ""), words, given.path, "UNKNOWN_PROPERTY")
        return None

    def _main(self, element: QName, but: str | None = None) -> str | None:
        """The property that a plain text fills."""
        named = default(local_name(element)).main
        properties = self.properties(element)
        if named is not None and named in properties:
            return named
        forced = [
            name
            for name, one in properties.items()
            if one.mandatory and not one.element.nillable and name != but
        ]
        if not forced:
            forced = [name for name in properties if name != but]
        return forced[0] if len(forced) == 1 else None

    # -- values ----------------------------------------------------------------------------

    def _leaf(self, one: Property, given: Given, path: str) -> Filled | None:
        if given.text == _OWN_ID:
            return Filled(Item(Leaf(path, TEXT, own_id=True)), Node(one))
        written = self._leaves.read(one, given)
        if written is None:
            return None
        leaf = self._leaves.leaf(one, written, path)
        if leaf is None:
            return None
        nil = None
        if written.void is not None:
            nil = self._reason(one, written.void)
        attributes = self._attributes.of(one, written.attributes, leaf, given)
        if written.unit is not None:
            leaf = replace(
                leaf, scale=self._attributes.scale(one, written.unit, leaf, dict(attributes))
            )
        return Filled(Item(leaf), Node(one, constant=leaf.constant, attributes=attributes, nil=nil))

    def _reason(self, one: Property, given: Given) -> str | None:
        stated = given if given.text is not None else given.fields().get("void", given)
        reason = self._leaves.void_reason(stated.text or "", stated.path)
        if reason is not None and not one.element.nillable:
            self._scope.problem(f"{one.name!r} can't be void", given.path, code="NOT_NILLABLE")
            return None
        return reason


def _is_address(given: Given) -> bool:
    """Whether a constant says where an object is: a URI, or ``#`` and its id."""
    text = given.text or ""
    return text.startswith("#") or "://" in text.partition(" ")[0]


#: Stands in a document tree for "the object's own local id"; no document can hold it.
_OWN_ID: Final = "\0id"
