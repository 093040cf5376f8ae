"""The version's one truth is ``metadata.txt``, which QGIS reads too; all else is in pyproject."""

from configparser import ConfigParser
from pathlib import Path

from setuptools import setup

manifest = ConfigParser(interpolation=None)
manifest.read_string(Path(__file__).with_name("metadata.txt").read_text(encoding="utf-8"))
setup(version=manifest["general"]["version"])
