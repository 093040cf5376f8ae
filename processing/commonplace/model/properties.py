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
)

XLINK_HREF: Final = "{http://www.w3.org/1999/xlink}href"
ABSTRACT_GEOMETRY: Final = "{http://www.opengis.net/gml/3.2}AbstractGeometry"


class Declarations(Protocol):
    """The part of the model that classification asks."""

    def type(self, name: QName) -> ComplexType: ...
    def element(self, name: QName) -> Element: ...
    def has_element(self, name: QName) -> bool: ...
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
    return tuple(
        replace(
            classify(model, _repeated(element) if place.repeated else element, schema),
            choice=place.choice,
            optional_group=place.optional,
        )
        for element, place in _placed(object_type.content, _Place(), [0])
    )


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
    """A property without content: a code, a reference, or an empty element (text "")."""
    if not by_reference:
        return replace(prop, value_type="string")
    if prop.element.code_list is not None:
        return replace(prop, kind=Kind.CODE, form=Form.HREF)
    target = prop.element.target
    objects = model.substitutes(target) if target and model.has_element(target) else ()
    return replace(prop, kind=Kind.REFERENCE, form=Form.HREF, objects=objects)


def _holding(model: Declarations, prop: Property, heads: list[QName], schema: str) -> Property:
    """A property whose content is one object element out of those that ``heads`` allow."""
    objects = tuple(dict.fromkeys(one for head in heads for one in model.substitutes(head, schema)))
    if all(model.is_a(head, ABSTRACT_GEOMETRY) for head in heads):
        return replace(prop, kind=Kind.GEOMETRY, objects=objects)
    if not objects and prop.form is Form.BOTH:  # only foreign schemas have concrete ones
        return replace(prop, kind=Kind.REFERENCE, form=Form.HREF)
    types = [model.type(model.element(one).type) for one in objects]
    if types and all(one.text is not None for one in types):
        return replace(
            prop,
            kind=Kind.VALUE,
            value_type=types[0].text,
            values=types[0].values,
            attributes=types[0].attributes,
            wrapper=objects[0],
            objects=objects if len(objects) > 1 else (),
        )
    return replace(prop, kind=Kind.OBJECT, objects=objects)


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
