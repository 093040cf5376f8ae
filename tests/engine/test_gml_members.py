"""The cut of GML documents into chunks of members."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from commonplace.gml import members
from commonplace.gml.members import Members, NotWhole, member_offsets
from support.gml_town import ROOT, building, document


def _write(folder: Path, text: str | bytes) -> Path:
    path = folder / "a.gml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def _cut(path: Path, **limits: int) -> tuple[Members, list[bytes]]:
    found = Members(path, **limits)
    data = path.read_bytes()
    return found, [data[one.start : one.end] for one in found.chunks()]


def test_chunks_hold_every_member_with_offset_and_line(tmp_path: Path) -> None:
    path = _write(tmp_path, document(*(building(one) for one in range(25))))
    data = path.read_bytes()
    chunks = list(Members(path, chunk_members=10).chunks())
    assert [len(one.members) for one in chunks] == [10, 10, 5]
    for chunk in chunks:
        assert chunk.line == data.count(b"\n", 0, chunk.start) + 1
        for member in chunk.members:
            assert data[member:].startswith(b"<wfs:member>")
    assert sum(data.count(b"<wfs:member>", one.start, one.end) for one in chunks) == 25


@pytest.mark.parametrize("block", [7, 64, 1000])
def test_marks_in_comments_cdata_and_attributes_are_no_members(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, block: int
) -> None:
    monkeypatch.setattr(members, "BLOCK", block)
    text = (
        "<!-- <wfs:member> --><?pi <wfs:member>?>"
        '<c:FeatureCollection xmlns:c="x" a="&lt;>" b=\'"/>\'>'
        "<!-- <c:member/> --><c:boundedBy>x</c:boundedBy>"
        '<c:member x=">"><a><![CDATA[</c:member>]]><!-- </c:member> --><?p </c:member>?></a>'
        "<c:member>inside</c:member><c:member/></c:member>"
        "<c:memberX><c:member/></c:memberX>"
        "<c:member/><c:member >last</c:member\n></c:FeatureCollection><!-- end -->\n"
    )
    path = _write(tmp_path, text)
    found, chunks = _cut(path, chunk_members=1)
    assert len(chunks) == 3
    for one in chunks:
        etree.fromstring(b'<r xmlns:c="x">' + one + b"</r>")
    assert [text[one.start : one.end] for one in found.frame] == [
        "<c:boundedBy>x</c:boundedBy>",
        "<c:memberX><c:member/></c:memberX>",
    ]


def test_default_namespace_and_feature_members(tmp_path: Path) -> None:
    text = (
        '<FeatureCollection xmlns="http://www.opengis.net/gml/3.2"><featureMembers id="w">'
        "<A/><B><A/></B><A>1</A></featureMembers><featureMember><A/></featureMember>"
        "</FeatureCollection>"
    )
    found = list(Members(_write(tmp_path, text)).chunks())
    assert [(len(one.members), one.around[1:], one.features) for one in found] == [
        (3, (b'<featureMembers id="w">',), True),
        (1, (), False),
    ]


def test_collections_in_members_are_opened(tmp_path: Path) -> None:
    text = (
        "<w:FeatureCollection><w:member><A/></w:member><w:member>\n<w:FeatureCollection n='2'>"
        "<w:boundedBy/><w:member><A/></w:member><w:member><A/></w:member></w:FeatureCollection>"
        "</w:member><w:member><A/></w:member></w:FeatureCollection>"
    )
    found = list(Members(_write(tmp_path, text)).chunks())
    assert [(len(one.members), one.around) for one in found] == [
        (1, (b"<w:FeatureCollection>",)),
        (2, (b"<w:FeatureCollection>", b"<w:member>", b"<w:FeatureCollection n='2'>")),
        (1, (b"<w:FeatureCollection>",)),
    ]


def test_cuts_by_tags_have_the_lines_of_the_exact_ones(tmp_path: Path) -> None:
    path = _write(tmp_path, document(*(building(one) for one in range(2000))))
    found = Members(path, chunk_bytes=200_000)
    found.read_head()
    data = path.read_bytes()
    chunks = list(found.cut_by_tags() or ())
    assert len(chunks) > 5
    assert chunks[0].start == data.index(b"<wfs:member>")
    assert all(one.start == other.end for one, other in zip(chunks[1:], chunks, strict=False))
    assert data[chunks[-1].end :].startswith(b"</wfs:FeatureCollection>")
    for one in chunks:
        assert one.line == data.count(b"\n", 0, one.start) + 1
        assert member_offsets(data[one.start : one.end])[0] >= 0
    counted = sum(len(member_offsets(data[one.start : one.end])) for one in chunks)
    assert counted == 2000


@pytest.mark.parametrize(
    "text",
    [
        document(building(1))[:-5],
        document(building(1)) + "<more/>",
        '<F xmlns="x"><featureMembers><A/></featureMembers></F>',
        building(1),
    ],
)
def test_where_tags_are_no_guide(tmp_path: Path, text: str) -> None:
    found = Members(_write(tmp_path, text))
    found.read_head()
    assert found.cut_by_tags() is None


def test_single_feature_is_all_frame(tmp_path: Path) -> None:
    found, chunks = _cut(_write(tmp_path, building()))
    assert chunks == []
    assert not found.head.collection


@pytest.mark.parametrize("block", [16, 1 << 20])
@pytest.mark.parametrize("cut", [-3, -40, -200])
def test_whole_members_come_before_the_break(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, block: int, cut: int
) -> None:
    monkeypatch.setattr(members, "BLOCK", block)
    whole = document(*(building(one) for one in range(3)))
    path = _write(tmp_path, whole[:cut])
    found = Members(path)
    counted = 0
    with pytest.raises(NotWhole) as caught:
        for chunk in found.chunks():
            counted += len(chunk.members)
    assert caught.value.code == "XML_BROKEN"
    assert counted == (3 if cut == -3 else 2 if cut == -200 else counted)


def test_a_doctype_stops_before_anything(tmp_path: Path) -> None:
    found, chunks = _cut(_write(tmp_path, f'<!DOCTYPE a [<!ENTITY b "c">]>{ROOT}'))
    assert chunks == []
    assert found.head.doctype == 0


@pytest.mark.parametrize("text", ["", "   ", "no xml", "<!-- open", "<a", "</a>"])
def test_what_is_no_document(tmp_path: Path, text: str) -> None:
    with pytest.raises(NotWhole):
        _cut(_write(tmp_path, text))


def test_one_line_is_read_in_blocks(tmp_path: Path) -> None:
    path = _write(tmp_path, document(*(building(one) for one in range(9000)), between=""))
    assert path.stat().st_size > 2 * members.BLOCK
    chunks = list(Members(path).chunks())
    assert sum(len(one.members) for one in chunks) == 9000
    assert max(one.end - one.start for one in chunks) < 3 * 1024 * 1024
