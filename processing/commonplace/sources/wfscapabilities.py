"""A WFS's capabilities: what there is, and how it may be asked (OGC 09-025r2, 04-094).

OWSLib reads the bytes that our client fetched. It never opens a connection itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from lxml import etree
from owslib.wfs import WebFeatureService

from commonplace.bounds import Bounds
from commonplace.errors import MalformedAnswer
from commonplace.http import Response, shown_url
from commonplace.sources.wfsxml import child, local, meaningful, own_link, root_of, text_of

VERSIONS: Final = ("2.0.0", "1.1.0")
OWN: Final = frozenset(
    "service request version acceptversions typename typenames count maxfeatures startindex"
    " resulttype srsname outputformat namespaces namespace sections".split()
)
_XLINK_HREF: Final = "{http://www.w3.org/1999/xlink}href"
_CRS_NAMES: Final = ("DefaultCRS", "OtherCRS", "DefaultSRS", "OtherSRS")
_GML: Final = (
    re.compile(r"gml\W*3\.?2|version=3\.2", re.IGNORECASE),
    re.compile(r"gml\W*3", re.IGNORECASE),
    re.compile(r"gml\W*2", re.IGNORECASE),
)
_JSON: Final = re.compile(r"json", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FeatureKind:
    """A feature type as the capabilities describe it; ``crs`` as they spell it."""

    name: str
    title: str | None
    crs: str | None
    extent: Bounds | None
    formats: tuple[str, ...]

    @property
    def local(self) -> str:
        """The name without its prefix."""
        return self.name.rpartition(":")[2]


@dataclass(frozen=True, slots=True)
class StoredQuery:
    """A query that the server keeps; ``parameters`` are names and XSD types."""

    id: str
    title: str | None
    parameters: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Capabilities:
    """A service. ``addresses`` are of its operations, for GET.

    ``filters`` says that the service claims to compare properties.
    """

    version: str
    title: str | None
    licence: str | None
    addresses: Mapping[str, str]
    kinds: Mapping[str, FeatureKind]
    filters: bool

    @property
    def modern(self) -> bool:
        """Whether it is WFS 2.0."""
        return self.version.startswith("2.")

    def address(self, operation: str) -> str:
        """Where an operation is asked for."""
        return self.addresses.get(operation) or self.addresses[""]


def capabilities_of(response: Response, base: str) -> Capabilities:
    """Read a capabilities document that was asked for at ``base``.

    Raises
    ------
    MalformedAnswer
        It is something else, or of a version that is not read.
    """
    where = shown_url(response.url)
    root = root_of(response.body, where)
    if local(root) != "WFS_Capabilities":
        raise MalformedAnswer(
            f"{where} answered {local(root)}, not WFS_Capabilities",
            hint="give the address of a WFS",
        )
    version = root.get("version") or ""
    if not version.startswith(("2.0", "1.1")):
        raise MalformedAnswer(
            f"{where} speaks WFS {version or 'of no stated version'}; 2.0 and 1.1 are read",
            hint="ask the server's owner for WFS 2.0",
        )
    formats = _formats(root)
    parsed = _by_owslib(root, where, "2.0.0" if version.startswith("2") else "1.1.0")
    identification = getattr(parsed, "identification", None)  # not there where it isn't stated
    return Capabilities(
        version=version,
        title=meaningful(getattr(identification, "title", None)),
        licence=_licence(identification),
        addresses=_addresses(parsed, base),
        kinds={
            name: _kind(content, formats.get(name) or _operation_formats(parsed))
            for name, content in parsed.contents.items()
        },
        filters=any("Comparison" in local(one) for one in root.iter("{*}*")),
    )


def chosen_format(formats: tuple[str, ...], wanted: str | None, version: str) -> str | None:
    """The output format to ask for; None leaves it to the server.

    The newest GML first, as it says its CRS and its ids and holds nested properties; GeoJSON
    where that is wanted or all there is.

    Raises
    ------
    MalformedAnswer
        The server offers nothing that can be read, or not what is wanted.
    """
    if not formats:
        return wanted
    if wanted is not None:
        found = [one for one in formats if one.lower() == wanted.lower()]
        found += [one for one in formats if _letters(wanted) in _letters(one)]
        if not found:
            raise MalformedAnswer(
                f"the server offers no format {wanted!r}", hint=f"it offers {', '.join(formats)}"
            )
        return found[0]
    plain = [one for one in formats if "zip" not in one.lower()]
    usual = _GML[1:] if version.startswith("1.") else _GML
    for pattern in (*usual, _JSON):
        chosen = next((one for one in plain if pattern.search(one)), None)
        if chosen is not None:
            return chosen
    raise MalformedAnswer(
        "the server offers neither GML nor GeoJSON", hint=f"it offers {', '.join(formats)}"
    )


def _letters(text: str) -> str:
    """Letters and digits: ``GeoJSON`` is in ``application/vnd.geo+json``."""
    return "".join(one for one in text.lower() if one.isalnum())


def stored_queries(listed: Response) -> tuple[StoredQuery, ...]:
    """Read an answer to DescribeStoredQueries."""
    root = root_of(listed.body, shown_url(listed.url))
    return tuple(
        StoredQuery(
            id=one.get("id") or "",
            title=text_of(one, "Title"),
            parameters=tuple(
                (each.get("name") or "", (each.get("type") or "").rpartition(":")[2])
                for each in one.iterchildren("{*}Parameter")
            ),
        )
        for one in root.iterchildren("{*}StoredQueryDescription")
    )


def _by_owslib(root: etree._Element, where: str, version: str) -> Any:
    """OWSLib's reading of a tree in which nothing is missing that it takes for granted."""
    _complete(root)
    try:
        return WebFeatureService(where, version=version, xml=etree.tostring(root))
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
        raise MalformedAnswer(
            f"{where}: its capabilities can't be read: {error}",
            hint="its owner can have them validated against the WFS schema",
        ) from error


def _complete(root: etree._Element) -> None:
    namespace = etree.QName(root).namespace
    ows = "http://www.opengis.net/ows/1.1" if "2.0" in str(namespace) else None
    ows = ows or "http://www.opengis.net/ows"
    if child(root, "OperationsMetadata") is None:
        root.append(etree.Element(f"{{{ows}}}OperationsMetadata"))
    if child(root, "FeatureTypeList") is None:
        root.append(etree.Element(f"{{{namespace}}}FeatureTypeList"))
    for one in list(root.iterfind("{*}OperationsMetadata/{*}Operation")):
        if one.get("name") is None:
            _remove(one)
    for kind in list(root.iter("{*}FeatureType")):
        if text_of(kind, "Name") is None:
            _remove(kind)
            continue
        if child(kind, "Title") is None:
            title = etree.SubElement(kind, f"{{{namespace}}}Title")
            title.text = text_of(kind, "Name")
        for one in list(kind):
            if (local(one) in _CRS_NAMES and text_of(one) is None) or (
                local(one) == "MetadataURL" and one.get(_XLINK_HREF) is None
            ):
                kind.remove(one)


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _formats(root: etree._Element) -> dict[str, tuple[str, ...]]:
    """Output formats by feature type, where the capabilities say so there."""
    found = {}
    for kind in root.iter("{*}FeatureType"):
        stated = [text_of(one) for one in kind.iterfind("{*}OutputFormats/{*}Format")]
        found[text_of(kind, "Name") or ""] = tuple(one for one in stated if one)
    return found


def _operation_formats(parsed: Any) -> tuple[str, ...]:
    for one in parsed.operations:
        if one.name == "GetFeature":
            stated = getattr(one, "parameters", {}).get("outputFormat", {}).get("values", ())
            return tuple(str(each) for each in stated if each)
    return ()


def _addresses(parsed: Any, base: str) -> dict[str, str]:
    """Operations' addresses: on the server that was asked, with the parameters it was given."""
    found = {"": base}
    for one in parsed.operations:
        for method in getattr(one, "methods", ()):  # not there where no HTTP is stated
            if str(method.get("type")).lower() == "get" and method.get("url"):
                link = own_link(str(method["url"]).rstrip("?&"), base)
                found[str(one.name)] = _with_missing(link, base)
                break
    return found


def _with_missing(link: str, base: str) -> str:
    """Parameters of the given address (``map=``) that the operation's lacks."""
    given = [one.partition("=") for one in base.partition("?")[2].split("&") if one]
    there = {one.partition("=")[0].lower() for one in link.partition("?")[2].split("&")}
    missing = [f"{name}={value}" for name, _, value in given if name.lower() not in there]
    if not missing:
        return link
    joint = "&" if "?" in link else "?"
    return f"{link}{joint}{'&'.join(missing)}"


def _kind(content: Any, formats: tuple[str, ...]) -> FeatureKind:
    crs = content.crsOptions[0].id if content.crsOptions else None
    box = content.boundingBoxWGS84
    return FeatureKind(
        name=str(content.id).strip(),
        title=meaningful(content.title),
        crs=crs,
        extent=box if box and -180 <= box[0] <= box[2] <= 180 and -90 <= box[1] <= 90 else None,
        formats=formats,
    )


def _licence(identification: Any) -> str | None:
    """Access constraints, else fees, where they say something."""
    stated = (getattr(identification, name, None) for name in ("accessconstraints", "fees"))
    return next((text for one in stated if (text := meaningful(one))), None)
