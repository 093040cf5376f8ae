"""What a source noticed while it was read: findings, repeats counted; and layer names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from commonplace.batch import Layer
from commonplace.documents import suggestion
from commonplace.errors import LayerNotFound
from commonplace.report import Finding, Severity


@dataclass(slots=True)
class Notebook:
    """Findings by (code, layer, attribute): the first one kept, the repeats counted."""

    _found: dict[tuple[str, str | None, str | None], Finding] = field(default_factory=dict)

    def add(self, finding: Finding) -> None:
        key = (finding.code, finding.layer, finding.attribute)
        known = self._found.get(key)
        self._found[key] = (
            finding if known is None else replace(known, count=known.count + finding.count)
        )

    def extend(self, findings: Iterable[Finding]) -> None:
        for finding in findings:
            self.add(finding)

    def note(
        self,
        code: str,
        severity: Severity,
        message: str,
        *,
        layer: str | None = None,
        attribute: str | None = None,
        value: str | None = None,
        fix: str | None = None,
        count: int = 1,
    ) -> None:
        self.add(
            Finding(
                code,
                severity,
                message,
                layer,
                attribute=attribute,
                value=value,
                fix=fix,
                count=count,
            )
        )

    def count_differs(self, counted: int, sent: int, *, layer: str) -> None:
        """The server counts other than what came."""
        self.note(
            "COUNT_DIFFERS",
            Severity.WARNING,
            f"the server counts {counted} features and sent {sent}",
            layer=layer,
            fix="read again: the data may have changed meanwhile",
            count=abs(counted - sent),
        )

    def driver_notes(self, notes: Sequence[str], *, layer: str | None) -> None:
        """A driver's own warnings, which would otherwise be lost."""
        for text in notes:
            self.note("DRIVER_WARNING", Severity.WARNING, text[:500], layer=layer)

    def findings(self) -> list[Finding]:
        return list(self._found.values())


def find_layer(layers: Sequence[Layer], name: str | None, source: str) -> Layer:
    """The named layer, or the only one.

    Raises
    ------
    LayerNotFound
        With the names there are, and the nearest one.
    """
    names = [one.name for one in layers]
    if name is None:
        if len(layers) == 1:
            return layers[0]
        raise LayerNotFound(
            f"{source} has {len(layers)} layers and none is named",
            hint=f"there are: {', '.join(names)}",
        )
    if name in names:
        return layers[names.index(name)]
    hint = suggestion(name, names)
    raise LayerNotFound(f"{source} has no layer {name!r}", hint=hint)
