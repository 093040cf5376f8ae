"""A WFS 2.0 that hands out the members of a real GML document, page by page."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

import httpx

ROOT = "https://inspire.example/wfs"
_MEMBER = re.compile(rb"<(\w+:)?(member|featureMember)\b[^>]*>.*?</\1?\2>", re.DOTALL)


@dataclass
class GmlPages:
    """Serves the document ``path`` as the feature type ``name``, in the CRS ``crs``."""

    path: Path
    name: str
    crs: str
    schema: str = ""
    head: bytes = b""
    tail: bytes = b""
    members: list[bytes] = field(default_factory=list)
    requests: list[httpx.Request] = field(default_factory=list)

    def __post_init__(self) -> None:
        text = self.path.read_bytes()
        found = list(_MEMBER.finditer(text))
        self.members = [one[0] for one in found]
        self.head, self.tail = text[: found[0].start()], text[found[-1].end() :]

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        asked = {name.lower(): value for name, value in request.url.params.items()}
        kind = asked.get("request")
        if kind == "GetCapabilities":
            return httpx.Response(200, text=self._capabilities())
        if kind == "DescribeFeatureType":
            return httpx.Response(200, text=self.schema)
        if asked.get("resulttype") == "hits":
            return httpx.Response(
                200,
                text='<wfs:FeatureCollection xmlns:wfs="http://www.opengis.net/wfs/2.0" '
                f'numberMatched="{len(self.members)}" numberReturned="0"/>',
            )
        start = int(asked.get("startindex", 0))
        chosen = self.members[start : start + int(asked.get("count", len(self.members)))]
        return httpx.Response(200, content=b"".join((self.head, *chosen, self.tail)))

    def _capabilities(self) -> str:
        return f"""<wfs:WFS_Capabilities version="2.0.0" xmlns:wfs="http://www.opengis.net/wfs/2.0"
 xmlns:ows="http://www.opengis.net/ows/1.1" xmlns:xlink="http://www.w3.org/1999/xlink">
 <ows:OperationsMetadata/><wfs:FeatureTypeList><wfs:FeatureType><wfs:Name>{self.name}</wfs:Name>
 <wfs:Title>x</wfs:Title><wfs:DefaultCRS>{self.crs}</wfs:DefaultCRS></wfs:FeatureType>
 </wfs:FeatureTypeList></wfs:WFS_Capabilities>"""
