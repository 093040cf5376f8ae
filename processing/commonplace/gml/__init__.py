"""The GML codec, column-wise. The writer: :mod:`commonplace.gml.features` and ``document``."""
