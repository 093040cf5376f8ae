"""XML made regular: what it means stays what it was."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from commonplace.gml.reading import regular
from commonplace.gml.reading.tokens import elements_of

OUTER = {"": "urn:outer", "gml": "urn:gml"}


def _names(text: bytes) -> list[str]:
    found = elements_of(text, OUTER)
    return [found.paths[one].name for one in found.path]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            b'<a><I xmlns="urn:x"><l>1</l><n/></I><b/></a>',
            ["{urn:outer}a", "{urn:x}I", "{urn:x}l", "{urn:x}n", "{urn:outer}b"],
        ),
        (
            b'<a><I k="v"\n xmlns="urn:x" z="w"/><I xmlns="urn:y"><I2/></I><c/></a>',
            ["{urn:outer}a", "{urn:x}I", "{urn:y}I", "{urn:y}I2", "{urn:outer}c"],
        ),
        (
            b'<a><I xmlns="urn:x"><gml:p><q/></gml:p></I></a>',
            ["{urn:outer}a", "{urn:x}I", "{urn:gml}p", "{urn:x}q"],
        ),
        (b'<a><I xmlns="urn:x"><I>1</I></I></a>', ["{urn:outer}a", "{urn:x}I", "{urn:x}I"]),
        (
            b'<a><I xmlns="urn:x"><J xmlns="urn:y"/></I><b/></a>',
            ["{urn:outer}a", "{urn:x}I", "{urn:y}J", "{urn:outer}b"],
        ),
        (b'<a><I xmlns=""><l/></I><b/></a>', ["{urn:outer}a", "I", "l", "{urn:outer}b"]),
        (
            b'<a><gml:I xmlns="urn:x"><l/></gml:I><b/></a>',
            ["{urn:outer}a", "{urn:gml}I", "{urn:x}l", "{urn:outer}b"],
        ),
    ],
)
def test_default_namespaces_declared_inside(text: bytes, names: list[str]) -> None:
    assert _names(text) == names


def test_a_cadastre_that_declares_them_on_every_identifier(shared: Path) -> None:
    """The quick way and expat's give the same elements, and lines stay where they were."""
    name = "A.ES.SDGC.CP.40146.cadastralparcel.gml"
    data = (shared / "data" / "es_catastro_40146" / name).read_bytes()
    begin = data.index(b"<member>")
    root, body = data[:begin], data[begin : data.rindex(b"</FeatureCollection")]
    found = re.findall(rb'xmlns:?([\w-]*)="([^"]*)"', root)
    spaces = {prefix.decode(): uri.decode() for prefix, uri in found}
    quick, bound = regular.regular(body, spaces)
    assert any(one.startswith("default") for one in bound)
    assert quick.count(b"\n") == body.count(b"\n")
    slow, others = regular.rewritten(body, spaces)
    ours, theirs = elements_of(quick, bound), elements_of(slow, others)
    assert [one.name for one in ours.paths] == [one.name for one in theirs.paths]
    assert ours.path.tolist() == theirs.path.tolist()
    texts = [one.segments.take(one.text[one.text >= 0]).to_pylist() for one in (ours, theirs)]
    assert texts[0] == texts[1]
