"""``datapackage.json``: the package as a Data Package 2.0 (datapackage.org).

CSV files are tables with a schema; other encodings describe their columns themselves.
"""

from __future__ import annotations

import json
import re
from typing import Any, Final

from commonplace.metadata.bundle import Bundle, BundledFile
from commonplace.metadata.vocabulary import encoding_of, licence_of

NAME: Final = "datapackage.json"
PROFILE: Final = "https://datapackage.org/profiles/2.0/datapackage.json"
_NOT_PLAIN: Final = re.compile(r"[^a-z0-9._-]+")


def data_package(bundle: Bundle) -> str:
    """The text of the descriptor."""
    described = [one for one in bundle.files if one.format or one.columns]
    document = {
        "$schema": PROFILE,
        "name": _name(bundle.name),
        "title": bundle.title,
        "description": bundle.description,
        "created": bundle.as_of,
        "keywords": list(bundle.keywords),
        "licenses": [_licence(bundle)],
        "contributors": [_contributor(bundle)],
        "sources": [_source(one.name, one.address) for one in bundle.sources],
        "resources": [_resource(one) for one in described],
    }
    stated = {key: value for key, value in document.items() if value not in (None, "", [])}
    return json.dumps(stated, ensure_ascii=False, indent=1) + "\n"


def _name(text: str) -> str:
    return _NOT_PLAIN.sub("-", text.lower()).strip("-") or "package"


def _licence(bundle: Bundle) -> dict[str, str]:
    known = licence_of(bundle.licence)
    if bundle.licence.startswith(("http://", "https://")):
        return {"path": bundle.licence, "title": bundle.licence}
    name = re.sub(r"[^-a-zA-Z0-9._]+", "-", bundle.licence).strip("-") or "licence"
    stated = {"name": name, "title": bundle.licence}
    return stated if known is None else {**stated, "path": known.uri}


def _contributor(bundle: Bundle) -> dict[str, Any]:
    stated = {
        "title": bundle.contact or bundle.publisher,
        "roles": ["publisher"],
        "email": bundle.email,
        "path": bundle.url,
    }
    return {key: value for key, value in stated.items() if value is not None}


def _source(name: str, address: str) -> dict[str, str]:
    is_url = address.startswith(("http://", "https://"))
    return {"title": name, **({"path": address} if is_url else {})}


def _resource(file: BundledFile) -> dict[str, Any]:
    encoding = encoding_of(file.format)
    suffix = file.path.rpartition(".")[2]
    stated: dict[str, Any] = {
        "name": _name(file.path.removeprefix("data/").replace("/", "-")),
        "path": file.path,
        "title": file.title,
        "description": ", ".join(f"{count} {name}" for name, count in file.counts.items()),
        "format": "csv" if file.columns else suffix if encoding is None else encoding.name.lower(),
        "mediatype": file.media_type.partition(";")[0],
        "encoding": "utf-8" if file.columns else None,
        "bytes": file.size,
        "hash": None if file.sha256 is None else f"sha256:{file.sha256}",
    }
    if file.columns:
        stated["type"] = "table"
        stated["schema"] = {
            "fields": [{"name": name, "type": kind} for name, kind in file.columns],
            "missingValues": [""],
        }
    return {key: value for key, value in stated.items() if value not in (None, "")}
