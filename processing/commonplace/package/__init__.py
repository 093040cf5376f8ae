"""The package: data, manifest, checksums, documents and report under one folder.

``docs/package.md`` describes it for those who receive one.
"""

from __future__ import annotations

from commonplace.package.assembly import assemble, complete, media_type, refuse_existing
from commonplace.package.hashes import hash_files
from commonplace.package.manifest import Manifest, read_manifest, verify

__all__ = [
    "Manifest",
    "assemble",
    "complete",
    "hash_files",
    "media_type",
    "read_manifest",
    "refuse_existing",
    "verify",
]
