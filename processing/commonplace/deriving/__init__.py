"""Layers made of whole layers, as a mapping document's ``derive`` says.

They are made before rows are cut into parts, so neither the number of parts nor of workers
plays a role. Rows go through files: union and unpivot take a batch of memory, groups what
DuckDB is allowed (it spills), and only operators that need neighbours hold the geometries of
the layer, without its attributes.
"""

from commonplace.deriving.source import DerivedSource

__all__ = ["DerivedSource"]
