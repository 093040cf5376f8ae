"""What a child does for an editor of mapping documents; each answer is one message."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from commonplace.authoring.comments import Comments, notes
from commonplace.authoring.counting import count_values, with_codes
from commonplace.authoring.describing import describe_type, find_types, list_codes
from commonplace.authoring.previewing import preview
from commonplace.authoring.suggesting import suggest_tree
from commonplace.authoring.trees import parse_tree, read_tree, write_tree
from commonplace.batch import Source
from commonplace.errors import ProtocolError
from commonplace.executor import confine
from commonplace.job import SourceSpec
from commonplace.mapping.sql import Parser
from commonplace.model import load_model
from commonplace.report import Observer
from commonplace.sources import open_source
from commonplace.worker.child import Handler
from commonplace.worker.protocol import Message

Json = dict[str, Any]

#: What a user's expressions may take in a child, which ends when the client says so.
MEMORY_MB: Final = 2_048


def get_ready() -> None:
    """Load what most requests of an editor need, before one comes."""
    load_model().code_lists()
    with Parser() as parser:
        parser.expression("1")


def types(request: Message, observer: Observer) -> list[Message]:
    """``types``: target types that words name, in several languages."""
    return [_result(types=find_types(request["text"], request.get("language", "en")))]


def describe(request: Message, observer: Observer) -> list[Message]:
    """``describe``: a feature type and its properties."""
    return [_result(**describe_type(request["target"], request.get("language", "en")))]


def codes(request: Message, observer: Observer) -> list[Message]:
    """``codes``: the code list of a property."""
    return [_result(**list_codes(request["target"], request["path"]))]


def suggest(request: Message, observer: Observer) -> list[Message]:
    """``suggest_tree``: a mapping document for a layer, with reasons."""
    suggested = suggest_tree(
        _opened(request, observer),
        request.get("layer"),
        file=request.get("file", ""),
        feature_type=request.get("feature_type"),
        language=request.get("language", "en"),
    )
    return [_result(**suggested)]


def values(request: Message, observer: Observer) -> list[Message]:
    """``values``: the values of an expression, counted, and what they may mean."""
    confine(MEMORY_MB)
    source = _opened(request, observer)
    counted = count_values(source, request["layers"], request["expression"], observer)
    if "feature_type" in request and "property" in request:
        counted = with_codes(counted, request["feature_type"], request["property"])
    return [_result(**counted)]


def read_document(request: Message, observer: Observer) -> list[Message]:
    """``read_document``: a mapping document as a tree to edit, with its comments."""
    read = read_tree(request["document"], _folder(request), request.get("name", "mapping"))
    told = {path: asdict(one) for path, one in notes(read.comments.beside).items()}
    comments = asdict(read.comments)
    return [_result(tree=read.tree, whole=read.whole, comments=comments, notes=told)]


def write_document(request: Message, observer: Observer) -> list[Message]:
    """``write_document``: the tree as a document again."""
    kept = _object(request, "comments") if "comments" in request else {}
    comments = Comments(kept.get("above", {}), kept.get("beside", {}))
    return [_result(document=write_tree(parse_tree(request["tree"]), comments))]


def preview_document(request: Message, observer: Observer) -> list[Message]:
    """``preview``: problems of a document, and its first rows mapped."""
    confine(MEMORY_MB)
    previewed = preview(
        request["document"],
        Path(request["source"]),
        _object(request, "tables"),
        observer,
        folder=_folder(request),
        crs=request.get("crs"),
    )
    return [_result(**previewed)]


def _result(**fields: object) -> Message:
    return {"type": "result", **fields}


def _opened(request: Message, observer: Observer) -> Source:
    return open_source(SourceSpec(path=Path(request["source"])), observer)


def _folder(request: Message) -> Path | None:
    return Path(request["beside"]) if request.get("beside") else None


def _object(request: Message, name: str) -> Json:
    """A field that holds an object as JSON.

    Raises
    ------
    ProtocolError
    """
    try:
        found = json.loads(request[name])
    except ValueError as error:
        raise ProtocolError(f"{request['type']}.{name}: no JSON: {error}") from error
    if not isinstance(found, dict):
        raise ProtocolError(f"{request['type']}.{name}: expected an object")
    return found


AUTHORING: Final[Mapping[str, Handler]] = {
    "types": types,
    "describe": describe,
    "codes": codes,
    "suggest_tree": suggest,
    "values": values,
    "read_document": read_document,
    "write_document": write_document,
    "preview": preview_document,
}
