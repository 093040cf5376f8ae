"""Memory does not grow with the number of pages: 80 of them against 4.

Each reading is a process of its own, with a server in it that makes each page when it is asked
for. ``make bench`` measures the same with a real pygeoapi.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

PAGE = 250
BYTES = 4_000  # of text in a feature: 80 pages hold 80 MB
FEW, MANY = 4, 80
NOISE = 24  # MB

READING = f"""
import resource, sys
import httpx
from commonplace.batch import Query
from commonplace.job import SourceSpec
from commonplace.sources.ngsild import NgsiLdSource
from commonplace.sources.ogcapi import OgcApiSource
from commonplace.sources.wfs import WfsSource
from servers import features, wfs
from servers.loopback import serving

protocol, count = sys.argv[1], int(sys.argv[2]) * {PAGE}

def feature(number):
    place = {{"type": "Point", "coordinates": [24 + number / count, 57]}}
    properties = {{"n": number, "text": "x" * {BYTES}}}
    return {{"type": "Feature", "id": str(number), "geometry": place, "properties": properties}}

class Features(features.Service):
    def collection(self):
        link = {{"rel": "items", "href": "/api/collections/trees/items"}}
        return {{"id": "trees", "links": [{{**link, "type": "application/geo+json"}}]}}

    def items(self, request):
        offset, limit = (int(request.url.params.get(one, 0)) for one in ("offset", "limit"))
        last = min(offset + limit, count)
        body = {{"features": [feature(one) for one in range(offset, last)], "numberMatched": count}}
        body["links"] = [self._next(request, last)] if last < count else []
        return httpx.Response(200, json=body)

def of_wfs(request, service=wfs.Wfs(list(range(count)))):
    answer = service(request)
    padded = answer.text.replace("</t:code>", "x" * {BYTES} + "</t:code>")
    return httpx.Response(200, text=padded, headers={{"content-type": "text/xml"}})

def of_broker(request):
    offset, limit = (int(request.url.params.get(one, 0)) for one in ("offset", "limit"))
    last = min(offset + limit, count)
    text = "x" * {BYTES}
    page = [{{"id": f"urn:x:{{n}}", "type": "T", "text": text}} for n in range(offset, last)]
    headers = {{"NGSILD-Results-Count": str(count)}}
    if last < count:
        headers["Link"] = f'<{{request.url.copy_set_param("offset", last)}}>; rel="next"'
    return httpx.Response(200, json=page, headers=headers)

kind, path, service = {{
    "ogcapi": (OgcApiSource, "/api", Features([])),
    "wfs": (WfsSource, "/wfs?service=WFS", of_wfs),
    "ngsild": (NgsiLdSource, "/ngsi-ld/v1/entities?type=T", of_broker),
}}[protocol]
with serving(service) as url:
    source = kind(SourceSpec(url=url + path, page_size={PAGE}))
    rows = sum(one.num_rows for one in source.batches(source.layer(), Query()))
assert rows == count, rows
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def peak(protocol: str, pages: int) -> float:
    """Megabytes."""
    here = {"PYTHONPATH": str(Path(__file__).parents[1])}
    command = [sys.executable, "-c", READING, protocol, str(pages)]
    done = subprocess.run(
        command, env=os.environ | here, stdout=subprocess.PIPE, text=True, check=True, timeout=300
    )
    return float(done.stdout)


@pytest.mark.parametrize("protocol", ["ogcapi", "wfs", "ngsild"])
def test_many_pages_need_no_more_than_few(protocol: str) -> None:
    assert peak(protocol, MANY) < peak(protocol, FEW) + NOISE
