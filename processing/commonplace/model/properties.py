"""The GML object-property view of a type (ISO 19136, 7.1.3; ISO/TS 19139, 8).

Objects hold properties, properties hold objects or values, by turns. An object's name
begins with a capital, a property's with a small letter.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, Protocol

from commonplace.model.types import (
    ComplexType,
    Element,
    Form,
    Group,
    Kind,
    Particle,
    Property,
    QName,
    Wildcard,
    local_name,
    namespace_of,
)

GML: Final = "http://www.opengis.net/gml/3.2"
ABSTRACT_GEOMETRY: Final = f"{{{GML}}}AbstractGeometry"


class Declarations(Protocol):
    """The part of the model that classification asks."""

    def type(self, name: QName) -> ComplexType: ...
    def element(self, name: QName) -> Element: ...
    def has_element(self, name: QName) -> bool: ...
    def has_type(self, name: QName) -> bool: ...
    def substitutes(self, name: QName, schema: str | None = None) -> tuple[QName, ...]: ...
    def is_a(self, name: QName, head: QName) -> bool: ...


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an element stands among groups: see :class:`Property`."""

    choice: tuple[tuple[int, int], ...] = ()
    optional: bool = False
    repeated: bool = False


def object_properties(
    model: Declarations, object_type: ComplexType, schema: str
) -> tuple[Property, ...]:
    """The properties of objects of a type, in schema order. Wildcards are left out."""
    if object_type.content is None:
        return ()
    found = [
        replace(
            classify(model, _repeated(element) if place.repeated else element, schema),
            choice=place.choice,
            optional_group=place.optional,
        )
        for element, place in _placed(object_type.content, _Place(), [0])
    ]
    return tuple(_named(found))


def _named(properties: list[Property]) -> Iterator[Property]:
    """Properties with names of their own: GML's gives way to the schema's (``gml_name``)."""
    own = {one.name for one in properties if namespace_of(one.element.name) != GML}
    for one in properties:
        taken = namespace_of(one.element.name) == GML and one.name in own
        yield replace(one, alias=f"gml_{one.name}") if taken else one


def _placed(group: Group, place: _Place, counter: list[int]) -> Iterator[tuple[Element, _Place]]:
    """Elements below a group. Branches of a choice that may repeat don't exclude each other,
    but none of them is forced either.
    """
    many = group.maximum is None or group.maximum > 1
    inside = replace(
        place,
        optional=place.optional or group.minimum == 0,
        repeated=place.repeated or many,
    )
    counter[0] += 1
    number = counter[0]
    for branch, item in enumerate(group.items):
        here = inside
        if group.kind == "choice" and len(group.items) > 1:
            if many:
                here = replace(inside, optional=True)
            else:
                here = replace(inside, choice=(*inside.choice, (number, branch)))
        if isinstance(item, Group):
            yield from _placed(item, here, counter)
        elif isinstance(item, Element):
            yield item, here


def _repeated(element: Element) -> Element:
    return replace(element, maximum=None)


def classify(model: Declarations, element: Element, schema: str) -> Property:
    """What one property element holds."""
    held = model.type(element.type)
    prop = Property(element, Kind.VALUE, attributes=held.attributes)
    if held.text is not None:
        return replace(prop, value_type=held.text, values=held.values)
    particles = list(_leaves(held.content)) if held.content else []
    by_reference = held.attribute("href") is not None
    if not particles:
        return _reference(model, prop, by_reference)
    if any(isinstance(one, Wildcard) for one in particles):
        return replace(prop, kind=Kind.ANY, form=Form.BOTH if by_reference else Form.INLINE)
    elements = [one for one in particles if isinstance(one, Element)]
    form = Form.BOTH if by_reference and _may_be_empty(held.content) else Form.INLINE
    prop = replace(prop, form=form)
    if not all(_is_object(model, one.name) for one in elements):
        return replace(prop, kind=Kind.OBJECT, objects=(held.name,), direct=True)
    return _holding(model, prop, [one.name for one in elements], schema)


def _reference(model: Declarations, prop: Property, by_reference: bool) -> Property:
    """A property without content: a code, a reference, or an empty element (type "")."""
    if not by_reference:
        return replace(prop, value_type="")
    if prop.element.code_list is not None:
        return replace(prop, kind=Kind.CODE, form=Form.HREF)
    objects = _substitutes(model, _targets(model, prop.element.target), None)
    return replace(prop, kind=Kind.REFERENCE, form=Form.HREF, objects=objects)


def _targets(model: Declarations, target: QName | None) -> list[QName]:
    """The elements a reference points to. Some schemas name a property type instead, or a
    mixin (``hy:HydroObject``) that only has a property type.
    """
    if target is None:
        return []
    if model.has_element(target):
        return [target]
    for name in (target, f"{target}PropertyType"):
        content = model.type(name).content if model.has_type(name) else None
        if content is not None:
            return [one.name for one in _leaves(content) if isinstance(one, Element)]
    return []


def _substitutes(model: Declarations, heads: list[QName], schema: str | None) -> tuple[QName, ...]:
    found = (one for head in heads for one in model.substitutes(head, schema))
    return tuple(dict.fromkeys(found))


def _holding(model: Declarations, prop: Property, heads: list[QName], schema: str) -> Property:
    """A property whose content is one object element out of those that ``heads`` allow."""
    objects = _substitutes(model, heads, schema)
    if all(model.is_a(head, ABSTRACT_GEOMETRY) for head in heads):
        return replace(prop, kind=Kind.GEOMETRY, objects=objects)
    if not objects and prop.form is Form.BOTH:  # only foreign schemas have concrete ones
        foreign = _substitutes(model, heads, None)
        return replace(prop, kind=Kind.REFERENCE, form=Form.HREF, objects=foreign)
    wrappers = _wrappers(model, model.type(prop.element.type), heads, objects)
    if not wrappers:
        return replace(prop, kind=Kind.OBJECT, objects=objects)
    written = model.type(model.element(wrappers[0]).type)
    return replace(
        prop,
        kind=Kind.VALUE,
        value_type=written.text,
        values=written.values,
        attributes=written.attributes,
        wrapper=wrappers[0],
        objects=wrappers if len(wrappers) > 1 else (),
    )


def _wrappers(
    model: Declarations, held: ComplexType, heads: list[QName], objects: tuple[QName, ...]
) -> tuple[QName, ...]:
    """The elements of simple text that a property holds, the usual one first; none when it
    holds objects.

    ``gmd:PT_FreeText_PropertyType`` is a text followed by optional translations.
    """

    def is_text(name: QName) -> bool:
        declared = model.element(name)
        return not declared.abstract and model.type(declared.type).text is not None

    translated = is_text(heads[0]) and held.content is not None and not _has_choice(held.content)
    if translated or all(is_text(one) for one in heads):
        return tuple(heads)
    return objects if objects and all(is_text(one) for one in objects) else ()


def _has_choice(group: Group) -> bool:
    return group.kind == "choice" or any(
        _has_choice(one) for one in group.items if isinstance(one, Group)
    )


def _leaves(group: Group) -> Iterator[Element | Wildcard]:
    for item in group.items:
        if isinstance(item, Group):
            yield from _leaves(item)
        else:
            yield item


def _is_object(model: Declarations, name: QName) -> bool:
    return local_name(name)[0].isupper() and model.has_element(name)


def _may_be_empty(particle: Particle | None) -> bool:
    if particle is None or particle.minimum == 0:
        return True
    if not isinstance(particle, Group):
        return False
    some = any if particle.kind == "choice" else all
    return some(_may_be_empty(one) for one in particle.items)
