"""Derive the table of ``@context`` terms from the reference material in ``../shared``.

Usage: ``python tools/build_contexts.py [SHARED]``. The same input gives the same bytes.
Only names and the IRIs they stand for are kept, with the hash of the document they are of.
"""

from __future__ import annotations

import hashlib
import json
import lzma
import sys
from pathlib import Path

from commonplace.ngsi.context import BUNDLE, defined_terms

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "processing" / "commonplace" / "ngsi" / BUNDLE
ETSI = "https://uri.etsi.org/ngsi-ld/v1/"
MODELS = (
    "https://raw.githubusercontent.com/smart-data-models/dataModel.{}/master/context.jsonld",
    "https://smart-data-models.github.io/dataModel.{}/context.jsonld",
)
VERSIONS = ("v1.0", "v1.3", "v1.4", "v1.9")
FLOATING = "v1.9"  # what the name without a version stands for


def build(shared: Path) -> bytes:
    """The packed table: a list of {urls, sha256, terms}."""
    folder = shared / "ngsild"
    entries = []
    for version in VERSIONS:
        urls = [f"{ETSI}ngsi-ld-core-context-{version}.jsonld"]
        if version == FLOATING:
            urls.append(f"{ETSI}ngsi-ld-core-context.jsonld")
        path = folder / "contexts" / f"ngsi-ld-core-context-{version}.jsonld"
        entries.append(_entry(path, urls))
    for path in sorted((folder / "sdm").glob("*/context.jsonld")):
        entries.append(_entry(path, [one.format(path.parent.name) for one in MODELS]))
    text = json.dumps(entries, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return lzma.compress(text.encode(), preset=9)


def _entry(path: Path, urls: list[str]) -> dict[str, object]:
    content = path.read_bytes()
    terms = defined_terms(json.loads(content)["@context"], {})
    return {"urls": urls, "sha256": hashlib.sha256(content).hexdigest(), "terms": terms}


def main() -> None:
    shared = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared"
    TARGET.write_bytes(build(shared))


if __name__ == "__main__":
    main()
