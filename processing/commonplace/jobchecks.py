"""What a job must be beyond its types."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from commonplace.documents import Document, suggestion
from commonplace.errors import Problem
from commonplace.job import FORMATS, Job, OptionsSpec, SourceSpec

_NAME_IT: Final = "name a credential (auth) or an environment variable (token_env)"
_NO_FILE_SIGNS: Final = frozenset('<>:"/\\|?*')
_SECRET_PARAMETERS: Final = frozenset(
    "key apikey accesskey xapikey subscriptionkey authkey token accesstoken authtoken apitoken"
    " password passwd pwd secret clientsecret sig signature auth".split()
)


def problems_of(document: Document, job: Job) -> Iterator[Problem]:
    """What types alone don't tell: names that there aren't, numbers out of range, secrets."""
    for name in ("title", "licence", "attribution"):
        if not getattr(job, name).strip():
            yield document.problem("must not be empty", f"$.{name}")
    for name, source in job.sources.items():
        yield from _check_source(document, source, f"$.sources.{name}")
    yield from _check_datasets(document, job)
    for one in job.output.formats:
        if one not in FORMATS:
            hint = suggestion(one, FORMATS)
            yield document.problem(f"no format {one!r}", "$.output.formats", hint=hint)
    yield from option_problems(document, job.output.options, "$.output.options")
    yield from _check_metadata(document, job)
    if job.scheduler is not None and job.engine != "dask":
        yield document.problem("needs engine: dask", "$.scheduler")
    if job.limits.connections < 1:
        yield document.problem("expected 1 or more", "$.limits.connections")
    if job.limits.requests_per_second is not None and job.limits.requests_per_second <= 0:
        yield document.problem("expected more than 0", "$.limits.requests_per_second")
    if job.max_rejected is not None:
        number = job.max_rejected.removesuffix("%")
        if not number.replace(".", "", 1).isdigit():
            yield document.problem("expected a count (100) or a share (1%)", "$.max_rejected")


def option_problems(document: Document, options: OptionsSpec, path: str) -> Iterator[Problem]:
    """The same of options of encodings, which stand at ``path``."""
    split = options.gml.split
    if split is None:
        return
    stated = [one for one in (split.features, split.size_mb) if one is not None]
    if len(stated) != 1 or stated[0] <= 0:
        message = "needs either features or size_mb, above 0"
        yield document.problem(message, f"{path}.gml.split")


def _check_metadata(document: Document, job: Job) -> Iterator[Problem]:
    form = job.metadata
    names = [one.name or one.mapping.stem for one in job.datasets]
    for name in form.datasets:
        if name not in names:
            hint = suggestion(name, names)
            yield document.problem(
                f"there is no dataset {name!r}", "$.metadata.datasets", hint=hint
            )
    for index, link in enumerate(form.links):
        yield from _check_url(document, link.url, f"$.metadata.links[{index}].url")
    if form.published_at is not None:
        yield from _check_url(document, form.published_at, "$.metadata.published_at")
    if form.contact.url is not None:
        yield from _check_url(document, form.contact.url, "$.metadata.contact.url")
    email = form.contact.email
    if email is not None and ("@" not in email or any(map(str.isspace, email))):
        yield document.problem("expected an e-mail address", "$.metadata.contact.email")
    dates = {"created": form.created, "published": form.published, "revised": form.revised}
    dates |= {"temporal.begin": form.temporal.begin, "temporal.end": form.temporal.end}
    for name, value in dates.items():
        if value is not None and not _is_date(value):
            message = f"expected a date (2026-11-24), not {value!r}"
            yield document.problem(message, f"$.metadata.{name}")
    if form.scale is not None and form.distance is not None:
        yield document.problem("needs either scale or distance", "$.metadata")


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _check_datasets(document: Document, job: Job) -> Iterator[Problem]:
    if not job.datasets:
        yield document.problem("needs at least one dataset", "$.datasets")
    for index, dataset in enumerate(job.datasets):
        if not _names_files(dataset.name or dataset.mapping.stem):
            path = f"$.datasets[{index}].{'mapping' if dataset.name is None else 'name'}"
            message = f"{dataset.name or dataset.mapping.stem!r} can't name files"
            hint = "name: a plain word, which begins the names of the dataset's files"
            yield document.problem(message, path, hint=hint)
        for name in dataset.source:
            if name not in job.sources:
                hint = suggestion(name, job.sources)
                path = f"$.datasets[{index}].source"
                yield document.problem(f"there is no source {name!r}", path, hint=hint)


def _names_files(name: str) -> bool:
    """Whether files of any system may be called so: a dataset's name begins theirs."""
    plain = name.isprintable() and not set(name) & _NO_FILE_SIGNS
    return plain and not name.startswith(".") and not name.endswith((".", " ")) and len(name) <= 100


def _check_source(document: Document, source: SourceSpec, path: str) -> Iterator[Problem]:
    if (source.path is None) == (source.url is None):
        yield document.problem("needs either path or url", path)
    if source.url is not None:
        yield from _check_url(document, source.url, f"{path}.url")
    if (source.points.x is None) != (source.points.y is None):
        yield document.problem("needs both x and y", f"{path}.points")
    if source.date is not None and not _is_time(source.date):
        yield document.problem("expected a date, 2026-01-31, or a time", f"{path}.date")


def _is_time(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _check_url(document: Document, url: str, path: str) -> Iterator[Problem]:
    parts = urlsplit(url)
    database = parts.scheme in ("postgresql", "postgres")  # its user is no secret
    if not database and (parts.scheme not in ("http", "https") or not parts.hostname):
        yield document.problem("expected http(s)://… or postgresql://…", path)
    if (parts.username and not database) or parts.password:
        yield document.problem("secrets do not belong in a job", path, hint=_NAME_IT)
    for name, _ in parse_qsl(parts.query):
        if name.casefold().replace("_", "").replace("-", "") in _SECRET_PARAMETERS:
            message = f"the secret {name} does not belong in a job"
            yield document.problem(message, path, hint=_NAME_IT)
