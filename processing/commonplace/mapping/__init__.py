"""Mapping: from the columns of layers to objects of the model, as a document says.

A document is read (:mod:`~commonplace.mapping.document`), checked and compiled against the model
(:mod:`~commonplace.mapping.compile`) to a plan that travels to workers, and evaluated by whole
batches in DuckDB (:mod:`~commonplace.mapping.evaluate`).
"""
