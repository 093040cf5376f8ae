"""Job documents become jobs. A job is refused as a whole, each problem named by ``$.path`` and
line. Relative paths are relative to the job file.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Literal, TypeVar, get_args, get_origin

import cattrs
from cattrs.errors import ForbiddenExtraKeysError
from cattrs.gen import make_dict_structure_fn, override
from cattrs.v import transform_error

from commonplace.documents import Document, Tree, parse_document, read_document, suggestion
from commonplace.errors import DocumentError, Problem
from commonplace.job import (
    CrsSpec,
    CsvSpec,
    DatasetSpec,
    EdrSpec,
    GeoJsonSpec,
    GeometrySpec,
    GeoQuery,
    GmlSpec,
    HttpSpec,
    Job,
    LdesSpec,
    LimitsSpec,
    NgsiLdSpec,
    NgsiSpec,
    OptionsSpec,
    OutputSpec,
    SensorThingsSpec,
    SourceSpec,
    SplitSpec,
)
from commonplace.jobchecks import option_problems, problems_of
from commonplace.library import document_path, is_library_name
from commonplace.metadataform import FORMS

Number = TypeVar("Number", int, float)
Spec = TypeVar("Spec", Job, OptionsSpec, SourceSpec)


def read_job(path: Path, overrides: Mapping[str, str] | None = None) -> Job:
    """Read a job file. ``overrides`` replace values by dotted path (``output.folder``).

    Raises
    ------
    DocumentError
        With all problems found.
    """
    return _job(read_document(path), overrides or {})


def parse_job(text: str, folder: Path, overrides: Mapping[str, str] | None = None) -> Job:
    """Parse a job from text; relative paths are relative to ``folder``.

    Raises
    ------
    DocumentError
        With all problems found.
    """
    return _job(parse_document(text, name="job", folder=folder), overrides or {})


def parse_options(settings: Mapping[str, str]) -> OptionsSpec:
    """Options of encodings from dotted names (``gml.split.features``).

    Raises
    ------
    DocumentError
    """
    document = Document("options", {}, {})
    options = _structured(document, settings, OptionsSpec)
    if problems := tuple(option_problems(document, options, "$")):
        raise DocumentError(document.name, problems)
    return options


def parse_source(stated: SourceSpec, settings: Mapping[str, str]) -> SourceSpec:
    """A source with more of a job's keys by dotted name (``edr.coords``, ``bbox``).

    Raises
    ------
    DocumentError
    """
    found = _structured(Document("source", {}, {}), settings, SourceSpec)
    keys = {dotted.partition(".")[0] for dotted in settings}
    return replace(stated, **{key: getattr(found, key) for key in keys})


def _job(document: Document, overrides: Mapping[str, str]) -> Job:
    job = _structured(document, overrides, Job)
    if problems := tuple(problems_of(document, job)):
        raise DocumentError(document.name, problems)
    return replace(job, name=Path(document.name).stem, text=document.text)


def _structured(document: Document, settings: Mapping[str, str], kind: type[Spec]) -> Spec:
    """A document as a dataclass, with ``settings`` set by dotted name.

    Raises
    ------
    DocumentError
        Keys are unknown or missing, values of other types.
    """
    tree = dict(document.tree)
    for dotted, value in settings.items():
        _override(tree, dotted.split("."), value)
    try:
        return _converter(document.folder or Path()).structure(tree, kind)
    except cattrs.BaseValidationError as error:
        messages = transform_error(error, format_exception=_explain)
        problems = tuple(_problem(document, message) for message in messages)
        raise DocumentError(document.name, problems) from None


def _override(tree: dict[str, Tree], steps: list[str], value: str) -> None:
    for step in steps[:-1]:
        below = tree.get(step)
        tree[step] = below = dict(below) if isinstance(below, dict) else {}
        tree = below
    tree[steps[-1]] = [*value.split(",")] if steps[-1] in ("formats", "bbox") else value


def _explain(error: BaseException, kind: type | None) -> str:
    if isinstance(error, ForbiddenExtraKeysError):
        known = [one.name for one in fields(error.cl)]
        return "; ".join(
            f"unknown key {key!r}, {suggestion(key, known)}" for key in sorted(error.extra_fields)
        )
    if isinstance(error, KeyError):
        return f"{error.args[0]} is missing"
    return str(error) if isinstance(error, ValueError) else f"expected {kind}"


def _problem(document: Document, message: str) -> Problem:
    text, _, path = message.rpartition(" @ ")
    path = path.replace("['", ".").replace("']", "")
    return document.problem(text, path)


def _converter(folder: Path) -> cattrs.Converter:
    """Text trees to dataclasses: unknown keys refused, paths made relative to ``folder``."""
    converter = cattrs.Converter(forbid_extra_keys=True)
    converter.register_structure_hook(Path, lambda value, _: _path(_text(value), folder))
    converter.register_structure_hook(str, lambda value, _: _text(value))
    converter.register_structure_hook(bool, lambda value, _: _boolean(_text(value)))
    converter.register_structure_hook(int, lambda value, _: _number(_text(value), int))
    converter.register_structure_hook(float, lambda value, _: _number(_text(value), float))
    converter.register_structure_hook_func(_is_literal, _one_of)
    converter.register_structure_hook_func(
        lambda kind: kind == list[str], lambda value, _: _texts(value)
    )
    for kind in (
        GeoQuery,
        NgsiSpec,
        HttpSpec,
        SensorThingsSpec,
        LdesSpec,
        EdrSpec,
        SourceSpec,
        CrsSpec,
        GeometrySpec,
        SplitSpec,
        GmlSpec,
        CsvSpec,
        GeoJsonSpec,
        NgsiLdSpec,
        OptionsSpec,
        OutputSpec,
        LimitsSpec,
        DatasetSpec,
        *reversed(FORMS),
    ):
        converter.register_structure_hook(kind, make_dict_structure_fn(kind, converter))
    not_in_the_document = override(omit=True)
    converter.register_structure_hook(
        Job,
        make_dict_structure_fn(Job, converter, name=not_in_the_document, text=not_in_the_document),
    )
    return converter


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("expected a text")
    return value


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if not isinstance(value, list):
        raise ValueError("expected a list of texts")
    return [_text(one) for one in value]


def _number(text: str, kind: type[Number]) -> Number:
    try:
        return kind(text)
    except ValueError:
        expected = "a whole number" if kind is int else "a number"
        raise ValueError(f"expected {expected}, not {text!r}") from None


def _is_literal(kind: object) -> bool:
    return get_origin(kind) is Literal


def _one_of(value: object, kind: type) -> str:
    text, known = _text(value), get_args(kind)
    if text not in known:
        raise ValueError(f"{text!r} is not one of {', '.join(known)}")
    return text


def _boolean(text: str) -> bool:
    if text.lower() not in ("true", "false", "yes", "no"):
        raise ValueError("expected true or false")
    return text.lower() in ("true", "yes")


def _in_library(text: str) -> Path:
    try:
        return document_path(Path(text))
    except DocumentError as error:
        found = error.problems[0]
        raise ValueError(f"{found.message}, {found.hint}") from None


def _path(text: str, folder: Path) -> Path:
    if is_library_name(text):
        return _in_library(text)
    return Path(os.path.normpath(folder / Path(text).expanduser()))
