"""pygeoapi's configuration of a package, with the links of INSPIRE's good practice.

``gp-ogc-api-features`` 1.0: ``describedby``, ``license`` and ``enclosure`` for the data set,
``tag`` for each feature type. pygeoapi writes configured links at collections only; those of
the data set are repeated at ``/collections`` by :mod:`commonplace.serving.app`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from commonplace.crs import identify, uri
from commonplace.publish.about import About
from commonplace.publish.placing import CRS84, ETRS89, is_etrs89
from commonplace.serving.contents import Contents, FileLink, ServedLayer

PROVIDER: Final = "commonplace.serving.provider.StoreProvider"
OURS: Final = "commonplace"
FILES: Final = "package"
WEB: Final = "EPSG:3857"
PROVENANCE: Final = "provenance.jsonld"
HAS_PROVENANCE: Final = "http://www.w3.org/ns/prov#has_provenance"
WORLD: Final = (-180.0, -90.0, 180.0, 90.0)
MOST: Final = 10_000
TILES: Final = {
    "url": "https://tile.openstreetmap.org/{z}/{x}/{y}.png",
    "attribution": '&copy; <a href="https://openstreetmap.org/copyright">OpenStreetMap</a>',
}
DESCRIBES: Final = ("application/xml", "text/html", "application/json", "application/ld+json")

Link = dict[str, Any]


def pygeoapi_config(contents: Contents, store: Path, url: str, host: str, port: int) -> Link:
    """The configuration document.

    Parameters
    ----------
    store
        The file that :func:`commonplace.serving.store.build_store` wrote.
    url
        The address that clients use; links begin with it.
    host, port
        Where the server listens.
    """
    about, manifest = contents.about, contents.manifest
    base = url.rstrip("/")
    licence = about.licence or f"{base}/{FILES}/README.md"
    organisation = about.contact.get("organization") or manifest.attribution or manifest.title
    return {
        "server": {
            "bind": {"host": host, "port": port},
            "url": base,
            "mimetype": "application/json; charset=UTF-8",
            "encoding": "utf-8",
            "gzip": True,
            "languages": [about.language],
            "limits": {"default_items": 100, "max_items": MOST},
            "map": dict(TILES),
        },
        "logging": {"level": "ERROR"},
        "metadata": {
            "identification": {
                "title": about.title,
                "description": about.description or about.title,
                "keywords": list(about.keywords) or [about.title],
                "keywords_type": "theme",
                "terms_of_service": licence,
                "url": base,
            },
            "license": {"name": manifest.licence or "see README", "url": licence},
            "provider": {"name": organisation, "url": about.homepage or base},
            "contact": _contact(about, organisation),
        },
        "resources": {one.id: _collection(one, contents, store, base) for one in contents.layers},
        OURS: {
            "package": str(contents.package.absolute()),
            "files": contents.files(),
            "links": dataset_links(contents, base),
        },
    }


def dataset_links(contents: Contents, base: str) -> list[Link]:
    """Links of the data set as a whole, for ``/collections``."""
    layers = contents.layers
    several = {one.path: one for layer in layers for one in layer.downloads}
    about = {one.path: (one, layer) for layer in layers for one in layer.metadata}
    described = [_describedby(one, layer, base) for one, layer in about.values()]
    return [
        *sorted(filter(None, described), key=lambda one: DESCRIBES.index(one["type"])),
        _licence(contents, base),
        *(_enclosure(one, contents, base) for one in several.values()),
        *(_tag(one, "Legislation") for one in _laws(contents)),
        *_provenance(contents, base),
    ]


def _collection(layer: ServedLayer, contents: Contents, store: Path, base: str) -> Link:
    about = layer.about
    same = [one for one in contents.layers if one.dataset == layer.dataset]
    title = about.title if len(same) == 1 else f"{layer.feature_type} ({about.title})"
    bounds = about.bounds or WORLD
    return {
        "type": "collection",
        "title": title,
        "description": about.description or title,
        "keywords": list(about.keywords) or [layer.feature_type],
        "links": _links(layer, contents, base),
        "extents": {"spatial": {"bbox": list(bounds), "crs": uri(CRS84)}},
        "providers": [
            {
                "type": "feature",
                "name": PROVIDER,
                "data": str(store.absolute()),
                "table": layer.id,
                "id_field": "id",
                "crs": _systems(layer.crs),
                "storage_crs": uri(CRS84),
            }
        ],
    }


def _links(layer: ServedLayer, contents: Contents, base: str) -> list[Link]:
    described = [_describedby(one, layer, base) for one in layer.metadata]
    concept = [] if layer.concept is None else [_tag(layer.concept, layer.feature_type)]
    return [
        *filter(None, described),
        *concept,
        _licence(contents, base),
        *(_enclosure(one, contents, base) for one in layer.downloads),
        *(_stylesheet(one, base) for one in layer.styles),
    ]


def _describedby(one: FileLink, layer: ServedLayer, base: str) -> Link | None:
    if one.media_type not in DESCRIBES:
        return None
    title = f"Metadata of {layer.about.title}"
    return {"rel": "describedby", "type": one.media_type, "title": title, "href": _at(base, one)}


def _tag(href: str, title: str) -> Link:
    return {"rel": "tag", "type": "text/html", "title": title, "href": href}


def _stylesheet(one: FileLink, base: str) -> Link:
    kind = one.media_type
    return {"rel": "stylesheet", "type": kind, "title": one.title, "href": _at(base, one)}


def _licence(contents: Contents, base: str) -> Link:
    href = contents.about.licence
    kind = "text/html" if href else "text/markdown"
    title = contents.manifest.licence or "Licence"
    return {
        "rel": "license",
        "type": kind,
        "title": title,
        "href": href or f"{base}/{FILES}/README.md",
    }


def _enclosure(one: FileLink, contents: Contents, base: str) -> Link:
    return {
        "rel": "enclosure",
        "type": one.media_type,
        "title": one.title,
        "href": _at(base, one),
        "hreflang": contents.about.language,
        "length": one.size,
    }


def _laws(contents: Contents) -> list[str]:
    return list(dict.fromkeys(tag for one in contents.layers for tag in one.about.tags))


def _provenance(contents: Contents, base: str) -> list[Link]:
    """PROV-AQ, section 3: where it is said how the data came about."""
    if PROVENANCE not in contents.files():
        return []
    kind, title = "application/ld+json", "Provenance"
    href = f"{base}/{FILES}/{PROVENANCE}"
    return [{"rel": HAS_PROVENANCE, "type": kind, "title": title, "href": href}]


def _at(base: str, one: FileLink) -> str:
    return f"{base}/{FILES}/{one.path}"


def _systems(crs: str | None) -> list[str]:
    """CRSs offered: INSPIRE's where the data are in ETRS89, the data's own, the web's."""
    own = [] if crs is None else [identify(crs)]
    geographic = [ETRS89] if own and is_etrs89(own[0]) else []
    return [uri(one) for one in dict.fromkeys([CRS84, *geographic, *own, WEB])]


def _contact(about: About, organisation: str) -> dict[str, str]:
    known = {"name": organisation, "email": about.email, "url": about.homepage}
    return {key: one for key, one in known.items() if one}
