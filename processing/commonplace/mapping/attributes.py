"""XML attributes of values: units, code lists, what the model fixes."""

from __future__ import annotations

from commonplace.mapping.defaults import ISO_CODE_LISTS, unit
from commonplace.mapping.given import Given
from commonplace.mapping.plan import Leaf
from commonplace.mapping.scope import Scope
from commonplace.mapping.units import NoConversion, conversion
from commonplace.model import Model
from commonplace.model.types import Attribute, Property, QName, local_name
from commonplace.target import Node


class Attributes:
    """Attributes of the values of one feature type. Problems go to the scope."""

    def __init__(self, model: Model, scope: Scope) -> None:
        self._model = model
        self._scope = scope

    def scale(
        self, one: Property, given: Given, leaf: Leaf, attributes: dict[str, str]
    ) -> tuple[float, float] | None:
        """From the unit of the source to that of the property."""
        wanted = attributes.get("uom")
        if wanted is None or leaf.output is None or leaf.type.name != "float64":
            hint = "only an expression for a measure has a unit to be converted"
            self._scope.problem(f"{one.name!r} takes no 'unit'", given.path, hint, "UNIT")
            return None
        try:
            return conversion(given.text or "", wanted)
        except NoConversion as error:
            self._scope.problem(str(error), given.path, code="UNIT")
            return None

    def of(
        self, one: Property, stated: dict[str, str], leaf: Leaf, given: Given
    ) -> tuple[tuple[str, str], ...]:
        """The attributes of a value: those stated, and those that must be there."""
        found = dict(stated)
        if "uom" in found and one.element.unit and found["uom"] != one.element.unit:
            self._scope.problem(
                f"{one.name!r} is measured in {one.element.unit}",
                given.path,
                f"convert the value and write uom: {one.element.unit}",
                "UNIT",
            )
        for attribute in one.attributes:
            name = local_name(attribute.name)
            if name not in found and attribute.required:
                value = self._attribute(one, attribute, leaf)
                if value is None:
                    self._scope.problem(
                        f"{one.name!r} needs the attribute {name!r}",
                        given.path,
                        f"write {{value: …, {name}: …}}",
                        "ATTRIBUTE_MISSING",
                    )
                else:
                    found[name] = value
        return tuple(found.items())

    def _attribute(self, one: Property, attribute: Attribute, leaf: Leaf | None) -> str | None:
        name = local_name(attribute.name)
        if attribute.fixed or attribute.default:
            return attribute.fixed or attribute.default
        if name == "uom":
            return one.element.unit or self._unit(one)
        if name == "codeList" and one.wrapper is not None:
            return f"{ISO_CODE_LISTS}#{local_name(one.wrapper)}"
        if name == "codeListValue" and leaf is not None:
            return leaf.constant
        return None

    def _unit(self, one: Property) -> str | None:
        """The unit of a measure type, or of the type it is derived from."""
        name: QName | None = one.element.type
        while name is not None:
            found = unit(local_name(name))
            if found is not None:
                return found
            name = self._model.type(name).base
        return None

    def void(self, one: Property, reason: str) -> Node:
        """A property without a value, for a reason."""
        attributes = tuple(
            (local_name(each.name), self._attribute(one, each, None) or "unknown")
            for each in one.attributes
            if each.required
        )
        return Node(one, attributes=attributes, nil=reason, void=True)
