"""A real pycsw on loopback: CSW 2.0.2 over ISO 19139 records.

It wants SQLAlchemy below 2 and an old OWSLib, so it lives in an environment of its own:
``.venv-pycsw``, made by ``make test``.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from servers.ports import free_port, wait_for

ROOT = Path(__file__).parents[2]
BIN = Path(os.environ.get("COMMONPLACE_PYCSW", ROOT / ".venv-pycsw" / "bin"))
_CONTACT = (
    "name url contactname contactposition contactaddress contactcity contactstateorprovince"
    " contactpostalcode contactcountry contactphone contactfax contactemail contacturl"
    " contacthours contactinstructions contactrole"
).split()


@contextmanager
def serve_pycsw(folder: Path, records: Sequence[str], *, most: int = 10) -> Iterator[str]:
    """Run pycsw over records (ISO 19139 documents); gives its address.

    ``most`` is how many records an answer has, whatever is asked for.
    """
    if not (BIN / "python").exists():
        pytest.skip("needs pycsw in .venv-pycsw (make test makes it) or $COMMONPLACE_PYCSW")
    store = folder / "records"
    store.mkdir()
    for number, text in enumerate(records):
        (store / f"{number:05d}.xml").write_text(text, encoding="utf-8")
    port = free_port()
    config, log = folder / "pycsw.cfg", folder / "pycsw.log"
    config.write_text(_config(folder, port, most), encoding="utf-8")
    environment = os.environ | {"PYCSW_CONFIG": str(config), "PYTHONWARNINGS": "ignore"}
    with log.open("w", encoding="utf-8") as sink:
        for command in (["setup_db"], ["load_records", "-p", store]):
            subprocess.run(
                [BIN / "python", BIN / "pycsw-admin.py", "-f", config, "-c", *command],
                env=environment,
                stdout=sink,
                stderr=sink,
                check=True,
            )
        process = subprocess.Popen(
            [BIN / "python", "-m", "pycsw.wsgi", str(port)],
            env=environment,
            stdout=sink,
            stderr=sink,
            cwd=folder,
        )
        try:
            url = f"http://127.0.0.1:{port}/"
            wait_for(f"{url}?service=CSW&version=2.0.2&request=GetCapabilities", process, log)
            yield f"{url}csw"
        finally:
            process.terminate()
            process.wait(timeout=30)


def _config(folder: Path, port: int, most: int) -> str:
    provider = "\n".join(f"provider_{one}=x" for one in ("name", "url"))
    contact = "\n".join(f"contact_{one.removeprefix('contact')}=x" for one in _CONTACT[2:])
    return f"""[server]
home={folder}
url=http://127.0.0.1:{port}/
mimetype=application/xml; charset=UTF-8
encoding=UTF-8
language=en-US
maxrecords={most}
profiles=apiso
[manager]
transactions=false
[metadata:main]
identification_title=City catalogue
identification_abstract=x
identification_keywords=x
identification_keywords_type=theme
identification_fees=None
identification_accessconstraints=None
{provider}
{contact}
[repository]
database=sqlite:///{folder / "records.db"}
table=records
[metadata:inspire]
enabled=false
"""
