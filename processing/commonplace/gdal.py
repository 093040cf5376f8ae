"""GDAL's options, set for a while."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import pyogrio


@contextmanager
def configured(options: Mapping[str, str]) -> Iterator[None]:
    """GDAL with some options, and afterwards as it was: it may be somebody else's too."""
    before = {name: pyogrio.get_gdal_config_option(name) for name in options}
    pyogrio.set_gdal_config_options(options)
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options(before)
