"""The package: data, manifest, checksums, documents and report under one folder.

``docs/package.md`` describes it for those who receive one.
"""

from __future__ import annotations

from commonplace.package.assembly import assemble, complete, media_type, refuse_existing
from commonplace.package.hashes import hash_files
from commonplace.package.held import unpacked
from commonplace.package.manifest import Manifest, holds_package, is_package, read_manifest
from commonplace.package.verifying import verify, whole_manifest

__all__ = [
    "Manifest",
    "assemble",
    "complete",
    "hash_files",
    "holds_package",
    "is_package",
    "media_type",
    "read_manifest",
    "refuse_existing",
    "unpacked",
    "verify",
    "whole_manifest",
]
