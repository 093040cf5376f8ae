"""Commonplace makes city layers interoperable. The engine; it imports no QGIS."""
