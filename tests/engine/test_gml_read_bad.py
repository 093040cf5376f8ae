"""GML that is broken or hostile: refused with the place, in bounded time and memory."""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from commonplace.errors import MalformedAnswer
from commonplace.gml import members as cuts
from commonplace.gml.reading import open_gml, scan
from support.gml_text import PARCEL, document, parcels

LIMIT_SECONDS = 20


def refusal(path: Path, **options: Any) -> MalformedAnswer:
    start = time.monotonic()
    with pytest.raises(MalformedAnswer) as caught, open_gml(path, **options):
        pass
    assert time.monotonic() - start < LIMIT_SECONDS
    assert path.name in caught.value.message
    assert caught.value.hint
    return caught.value


def written(tmp_path: Path, text: str | bytes, name: str = "document.gml") -> Path:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.99])
def test_cut_off(tmp_path: Path, share: float) -> None:
    whole = document(*parcels(200)).encode()
    problem = refusal(written(tmp_path, whole[: int(len(whole) * share)]))
    assert "line" in problem.message


def test_cut_off_between_members(tmp_path: Path) -> None:
    whole = document(*parcels(50))
    refusal(written(tmp_path, whole[: whole.rindex("</wfs:member>") + len("</wfs:member>")]))


def test_tags_that_do_not_match_name_their_byte(tmp_path: Path) -> None:
    text = document(*parcels(3000)).replace("parcel-1500</cp:label>", "parcel-1500</cp:lable>")
    problem = refusal(written(tmp_path, text))
    where = text.encode().index(b"</cp:lable>")
    stated = int(problem.message.partition("byte ")[2].partition(",")[0])
    assert abs(stated - where) <= len("</cp:lable>")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<cp:label>", "<cp:label a=1>"),
        ("<cp:label>", '<cp:label a="1" a="2">'),
        ("<cp:label>", "<cp:label>&nothing;"),
        ("<cp:label>", "<cp:label>&#0;"),
        ("<cp:label>", "<cp:label>&"),
        ("<cp:label>", "<cp:label>]]>"),
        ("<cp:label>", "<cp:label>\x01"),
        ("<cp:label>", "<cp:label>\ufffe"),
        ("<cp:label>", "<cp:label><!-- a -- b -->"),
        ("<cp:label>", "<no:label/><cp:label>"),
        ("<cp:label>", '<cp:label no:a="1">'),
        ("<cp:label>", "<cp:label><"),
        ("<cp:label>", "</cp:x><cp:label>"),
        ("<cp:label>", "<1x/><cp:label>"),
        ("<cp:label>", '<cp:label a="<">'),
        ("<cp:label>", '<cp:label a="1"b="2">'),
        ("<cp:label>", "<![CDATA[<cp:label>"),
    ],
)
def test_what_is_not_well_formed_is_refused(tmp_path: Path, before: str, after: str) -> None:
    refusal(written(tmp_path, document(*parcels(3)).replace(before, after, 1)))


def test_a_wrong_encoding_declaration(tmp_path: Path) -> None:
    text = document(*parcels(3)).replace("parcel-1<", "Grundstück<")
    problem = refusal(written(tmp_path, text.encode("latin-1")))
    assert "encoding" in (problem.hint or "")
    path = written(tmp_path, text.encode("latin-1"))
    with open_gml(path, encoding="latin-1") as reading:
        labels = [
            row
            for b in reading.batches("CadastralParcel")
            for row in b.columns["label"].to_pylist()
        ]
    assert "Grundstück" in labels


@pytest.mark.parametrize("encoding", ["iso-8859-1", "utf-16", "windows-1252"])
def test_other_encodings(tmp_path: Path, encoding: str) -> None:
    text = document(*parcels(3)).replace("parcel-1<", "Grundstück<")
    path = written(tmp_path, text.replace("UTF-8", encoding).encode(encoding))
    with open_gml(path) as reading:
        (batch,) = reading.batches("CadastralParcel")
        assert "Grundstück" in batch.columns["label"].to_pylist()


def test_an_unknown_encoding(tmp_path: Path) -> None:
    refusal(written(tmp_path, document(*parcels(1)).replace("UTF-8", "KLINGON")))


def test_bytes_that_are_not_in_the_encoding(tmp_path: Path) -> None:
    text = document(*parcels(1)).replace("UTF-8", "ascii").replace("parcel-0<", "ü<")
    refusal(written(tmp_path, text))


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    "declaration",
    [
        f'<!DOCTYPE x [<!ENTITY l0 "lol">{LAUGHS}]>',
        '<!DOCTYPE x [<!ENTITY l9 SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x [<!ENTITY l9 SYSTEM "http://127.0.0.1:9/x">]>',
        '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">',
        '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x"> %p;]>',
    ],
)
def test_document_types_are_refused(tmp_path: Path, declaration: str) -> None:
    text = document(*parcels(1)).replace("?>", f"?>{declaration}", 1)
    problem = refusal(written(tmp_path, text.replace("parcel-0<", "&l9;<")))
    assert "entities" in problem.message


def test_nesting_without_end(tmp_path: Path) -> None:
    deep = "<cp:a>" * 100_000 + "</cp:a>" * 100_000
    refusal(written(tmp_path, document(*parcels(1)).replace("<cp:label>", f"{deep}<cp:label>")))


def test_members_larger_than_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "MOST", 1 << 20)
    monkeypatch.setattr(scan, "CHUNK", 1 << 18)
    monkeypatch.setattr(cuts, "STEP", 1 << 16)
    large = "x" * (3 << 20)
    text = document(*parcels(2)).replace("parcel-1<", f"{large}<")
    refusal(written(tmp_path, text))
    monkeypatch.setattr(scan, "MOST", 8 << 20)
    with open_gml(written(tmp_path, text)) as reading:
        assert reading.counts == {"CadastralParcel": 2}


def test_a_text_of_64_megabytes_in_one_line(tmp_path: Path) -> None:
    """Read in a process of its own, so that its memory can be told."""
    path = tmp_path / "line.gml"
    start, _, end = document(*parcels(2)).partition("parcel-1<")
    with path.open("w") as file:
        file.write(start)
        for _ in range(64):
            file.write("x" * (1 << 20))
        file.write("<" + end)
    script = (
        "import sys; from pathlib import Path; from commonplace.gml.reading import open_gml\n"
        "with open_gml(Path(sys.argv[1])) as reading: print(reading.counts)\n"
        "import resource; print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(path)],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_DATA, (2 << 30, 2 << 30)),
    )
    counts, kilobytes = done.stdout.split("\n")[:2]
    assert counts == "{'CadastralParcel': 2}"
    assert int(kilobytes) < 1_200_000


def test_no_gml(tmp_path: Path) -> None:
    refusal(written(tmp_path, "<a><b/></a>"))
    refusal(written(tmp_path, ""))
    refusal(written(tmp_path, "{}"))
    refusal(written(tmp_path, b"\x00\x01\x02"))


def test_schema_addresses_are_not_visited(tmp_path: Path) -> None:
    """Sockets are blocked: a visit would fail."""
    text = document(*parcels(1)).replace(
        "<wfs:FeatureCollection",
        '<wfs:FeatureCollection xsi:schemaLocation="http://a.example http://a.example/x.xsd"',
    )
    with open_gml(written(tmp_path, text)) as reading:
        assert reading.counts == {"CadastralParcel": 1}
        assert {one.code for one in reading.findings()} == {"SCHEMA_NOT_FETCHED"}


def test_versions_that_do_not_exist_and_mixtures(tmp_path: Path) -> None:
    old = PARCEL.replace("cp:", "old:").format(number=7, x=0)
    text = document(*parcels(2), old).replace(
        "<wfs:FeatureCollection",
        '<wfs:FeatureCollection xmlns:old="http://inspire.ec.europa.eu/schemas/cp/5.0"',
    )
    with open_gml(written(tmp_path, text)) as reading:
        assert reading.counts == {"CadastralParcel": 3}
        codes = {one.code for one in reading.findings()}
    assert {"TYPE_MAPPED", "VERSIONS_MIXED"} <= codes
