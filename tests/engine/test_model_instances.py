"""The smallest document of every feature type, made from the model alone, is valid.

What it proves, by the official XSDs: order, occurrence, nillable, namespaces, required
attributes, substitution and simple content of everything that is mandatory.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from commonplace.model import Model, load_model
from commonplace.model.types import ComplexType, Element, Group, Particle, local_name

XSI_NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"
XLINK_HREF = "{http://www.w3.org/1999/xlink}href"
GML_ID = "{http://www.opengis.net/gml/3.2}id"
TEXT = {
    "boolean": "true",
    "date": "2020-01-01",
    "dateTime": "2020-01-01T00:00:00Z",
    "duration": "P1D",
    "positiveInteger": "2",
}  # and "1" for the others: a string and a number
# Its element is concrete but its type is abstract: the XSD lets nobody write one.
UNWRITABLE = {("tn-w/5.0", "TrafficSeparationScheme")}


class Smallest:
    """Writes what a type demands and nothing else."""

    def __init__(self, model: Model, schema: str) -> None:
        self.model = model
        self.schema = schema
        self.ids = 0

    def document(self, element: Element) -> etree._Element:
        root = etree.Element(element.name)
        self.fill(root, element, nil=False)
        return root

    def fill(self, node: etree._Element, element: Element, *, nil: bool = True) -> None:
        held = self.model.type(element.type)
        self.attributes(node, held)
        if nil and element.nillable:
            node.set(XSI_NIL, "true")
        elif held.text is not None:
            node.text = held.values[0] if held.values else TEXT.get(held.text, "1")
        elif held.content is not None and not may_be_empty(held.content):
            self.particle(node, held.content)
        elif held.attribute("href") is not None:
            node.set(XLINK_HREF, "http://example.org/1")

    def attributes(self, node: etree._Element, held: ComplexType) -> None:
        for one in held.attributes:
            if one.name == GML_ID:
                self.ids += 1
                node.set(GML_ID, f"i{self.ids}")
            elif one.required:
                node.set(one.name, one.fixed or one.default or TEXT.get(one.type, "1"))

    def particle(self, node: etree._Element, particle: Particle) -> None:
        for _ in range(particle.minimum):
            if isinstance(particle, Element):
                self.element(node, particle)
            elif isinstance(particle, Group):
                chosen = particle.items
                if particle.kind == "choice":
                    chosen = tuple(one for one in particle.items if self.possible(one))[:1]
                for one in chosen:
                    self.particle(node, one)

    def element(self, node: etree._Element, particle: Element) -> None:
        written = particle
        if particle.abstract:
            written = self.model.element(self.model.substitutes(particle.name, self.schema)[0])
        self.fill(etree.SubElement(node, written.name), written)

    def possible(self, particle: Particle) -> bool:
        if not isinstance(particle, Element) or not particle.abstract:
            return True
        return bool(self.model.substitutes(particle.name, self.schema))


def may_be_empty(particle: Particle) -> bool:
    if particle.minimum == 0:
        return True
    if not isinstance(particle, Group):
        return False
    branches = [may_be_empty(one) for one in particle.items]
    return any(branches) if particle.kind == "choice" else all(branches)


@pytest.mark.parametrize("key", [one.key for one in load_model().schemas() if one.feature_types])
def test_smallest_documents_are_valid(shared: Path, key: str):
    model = load_model()
    path = model.schema(key).location.partition("://")[2]
    xsd = etree.XMLSchema(etree.parse(shared / "inspire" / "schemas" / path))
    for element in model.feature_types(key):
        if (key, local_name(element.name)) in UNWRITABLE:
            continue
        root = Smallest(model, key).document(element)
        xsd.validate(etree.fromstring(etree.tostring(root)))
        assert [str(one) for one in xsd.error_log] == [], etree.tostring(root, pretty_print=True)
