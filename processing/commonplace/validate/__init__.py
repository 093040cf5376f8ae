"""Validation: what data in an encoding of the model breach, with place, clause and fix.

Rules are data, by families (:mod:`~commonplace.validate.catalogue`). GML is checked chunk by chunk
(:mod:`~commonplace.validate.chunks`), what several chunks decide afterwards
(:mod:`~commonplace.validate.whole`); flat encodings have a module each.
:mod:`commonplace.validation` runs it all.
"""
