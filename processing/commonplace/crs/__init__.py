"""Coordinate reference systems, accountably.

Which CRS a text means (:func:`identify`), what INSPIRE says of it (:func:`acceptance`,
:func:`inspire_equivalent`), and which coordinate operation leads from one to another,
chosen by accuracy where the data lie (:func:`choose`), never silently a ballpark.
"""

from commonplace.crs.area import bounds_to_lonlat, outside_area, to_lonlat
from commonplace.crs.choice import choose
from commonplace.crs.inspire import InspireCrs, acceptance, inspire_crss, inspire_equivalent
from commonplace.crs.names import identify, target_crs, uri
from commonplace.crs.operation import Operation

__all__ = [
    "InspireCrs",
    "Operation",
    "acceptance",
    "bounds_to_lonlat",
    "choose",
    "identify",
    "inspire_crss",
    "inspire_equivalent",
    "outside_area",
    "target_crs",
    "to_lonlat",
    "uri",
]
