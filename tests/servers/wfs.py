"""A WFS 2.0 as a function of requests, with the faults of the field."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

import httpx

ROOT = "https://city.example/wfs"
_WFS = "http://www.opengis.net/wfs/2.0"
_GML = "http://www.opengis.net/gml/3.2"
_NAMESPACES = f'xmlns:wfs="{_WFS}" xmlns:gml="{_GML}" xmlns:t="https://city.example/t"'


@dataclass
class Wfs:
    """One feature type ``t:tree``; tree ``n`` stands at (11 + n/1000, 48 + n/1000).

    Parameters
    ----------
    most
        Pages are clamped to it without a word.
    counts
        ``numberMatched`` is there; otherwise ``unknown``.
    links
        ``next`` is there: ``own`` with a startIndex, ``opaque`` without one, or not at all.
    pages
        False: startIndex is ignored.
    refuses_count
        False: count is ignored (the clamp isn't).
    tail
        Behind the end: ``empty``, ``last`` (the last feature again), ``error``.
    random_ids, shared_ids
        Ids are made up anew with each answer; two features have the same one.
    shuffles
        Pages behind the first begin a feature too early: the order isn't stable.
    before
        Called before each answer to GetFeature; may change :attr:`keys`.
    """

    keys: list[int]
    most: int = 1_000_000
    counts: bool = True
    links: str = ""
    pages: bool = True
    takes_count: bool = True
    tail: str = "empty"
    random_ids: bool = False
    shared_ids: bool = False
    shuffles: bool = False
    swaps: bool = False
    before: Callable[[Wfs], None] = lambda _: None
    answer: Callable[[httpx.Request], httpx.Response | None] = lambda _: None
    requests: list[httpx.Request] = field(default_factory=list)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        asked = {name.lower(): value for name, value in request.url.params.items()}
        special = self.answer(request)
        if special is not None:
            return special
        kind = asked.get("request", "")
        body = {
            "GetCapabilities": self.capabilities,
            "DescribeFeatureType": self.schema,
            "DescribeStoredQueries": self.stored,
        }.get(kind)
        text = body() if body else self.features(asked)
        return httpx.Response(200, headers={"content-type": "text/xml"}, text=text)

    def asked(self, name: str = "GetFeature") -> list[httpx.Request]:
        return [one for one in self.requests if one.url.params.get("request") == name]

    def capabilities(self) -> str:
        operations = "".join(
            f'<ows:Operation name="{one}"><ows:DCP><ows:HTTP><ows:Get '
            f'xlink:href="http://inner:8080/wfs?"/></ows:HTTP></ows:DCP></ows:Operation>'
            for one in ("GetCapabilities", "DescribeFeatureType", "GetFeature")
        )
        return f"""<wfs:WFS_Capabilities version="2.0.0" xmlns:wfs="{_WFS}"
 xmlns:ows="http://www.opengis.net/ows/1.1" xmlns:xlink="http://www.w3.org/1999/xlink">
 <ows:ServiceIdentification><ows:Title>City</ows:Title><ows:Fees>NONE</ows:Fees>
 <ows:AccessConstraints>CC BY 4.0</ows:AccessConstraints></ows:ServiceIdentification>
 <ows:OperationsMetadata>{operations}</ows:OperationsMetadata>
 <wfs:FeatureTypeList><wfs:FeatureType xmlns:t="https://city.example/t"><wfs:Name>t:tree</wfs:Name>
 <wfs:Title>Trees</wfs:Title><wfs:DefaultCRS>urn:ogc:def:crs:EPSG::4258</wfs:DefaultCRS>
 <wfs:OtherCRS></wfs:OtherCRS><ows:WGS84BoundingBox><ows:LowerCorner>10 47</ows:LowerCorner>
 <ows:UpperCorner>14 52</ows:UpperCorner></ows:WGS84BoundingBox></wfs:FeatureType>
 </wfs:FeatureTypeList></wfs:WFS_Capabilities>"""

    def schema(self) -> str:
        return f"""<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:gml="{_GML}"
 xmlns:t="https://city.example/t" targetNamespace="https://city.example/t">
 <xs:element name="tree" type="t:treeType" substitutionGroup="gml:AbstractFeature"/>
 <xs:complexType name="treeType"><xs:complexContent><xs:extension base="gml:AbstractFeatureType">
 <xs:sequence><xs:element name="key" type="xs:int"/><xs:element name="code" type="xs:string"/>
 <xs:element name="release"><xs:simpleType><xs:restriction base="xs:string"/></xs:simpleType>
 </xs:element><xs:element name="gone" type="xs:date"/>
 <xs:element name="place" type="gml:PointPropertyType"/></xs:sequence></xs:extension>
 </xs:complexContent></xs:complexType></xs:schema>"""

    def stored(self) -> str:
        return f"<wfs:DescribeStoredQueriesResponse {_NAMESPACES}/>"

    def features(self, asked: dict[str, str]) -> str:
        self.before(self)
        keys = self._inside(asked.get("bbox"))
        if asked.get("resulttype") == "hits":
            return self._collection([], len(keys), "")
        start = int(asked.get("startindex", 0)) if self.pages else 0
        count = int(asked.get("count", self.most)) if self.takes_count else self.most
        count = min(count, self.most)
        if start >= len(keys) and self.tail != "empty" and start:
            if self.tail == "error":
                return exception("OperationParsingFailed", "startIndex is out of range")
            return self._collection(keys[-1:], len(keys), "")
        first = start - 1 if self.shuffles and start else start
        chosen = keys[first : first + count]
        following = ""
        if self.links and start + count < len(keys):
            following = f"http://inner:8080/wfs?request=GetFeature&count={count}&"
            named = "startindex" if self.links == "own" else "cursor"
            following += f"{named}={start + count}"
        if asked.get("cursor"):
            return self.features({**asked, "startindex": asked["cursor"], "cursor": ""})
        return self._collection(chosen, len(keys), following)

    def _inside(self, bbox: str | None) -> list[int]:
        if bbox is None:
            return list(self.keys)
        south, west, north, east = map(float, bbox.split(",")[:4])
        return [
            one
            for one in self.keys
            if west <= 11 + one / 1000 <= east and south <= 48 + one / 1000 <= north
        ]

    def _collection(self, keys: list[int], total: int, following: str) -> str:
        matched = str(total) if self.counts else "unknown"
        link = f' next="{escape(following)}"' if following else ""
        members = "".join(self._member(one) for one in keys)
        return (
            f'<?xml version="1.0"?><wfs:FeatureCollection {_NAMESPACES} numberMatched="{matched}"'
            f' numberReturned="{len(keys)}"{link}>{members}</wfs:FeatureCollection>'
        )

    def _member(self, key: int) -> str:
        identifier = f"tree.{key // 2 * 2 if self.shared_ids else key}"
        if self.random_ids:
            identifier = f"fid--{len(self.requests)}_{key}"
        place = f"{48 + key / 1000} {11 + key / 1000}"
        if self.swaps:
            place = f"{11 + key / 1000} {48 + key / 1000}"
        return (
            f'<wfs:member><t:tree gml:id="{identifier}"><t:key>{key}</t:key>'
            f"<t:code>{key}</t:code><t:release>1.{key % 10}0</t:release><t:place>"
            f'<gml:Point gml:id="p{key}" srsName="urn:ogc:def:crs:EPSG::4258"><gml:pos>{place}'
            "</gml:pos></gml:Point></t:place></t:tree></wfs:member>"
        )


def exception(code: str, text: str) -> str:
    return (
        '<ows:ExceptionReport xmlns:ows="http://www.opengis.net/ows/1.1" version="2.0.0">'
        f'<ows:Exception exceptionCode="{code}"><ows:ExceptionText>{text}</ows:ExceptionText>'
        "</ows:Exception></ows:ExceptionReport>"
    )
