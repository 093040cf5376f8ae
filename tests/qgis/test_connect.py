"""*Inspect source* and *Load layer* through ``qgis_process``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyogrio


def test_a_source_is_inspected_and_a_layer_loaded(
    staged: Any, houses: Path, tmp_path: Path
) -> None:
    looked = staged.process("run", "commonplace:inspect", f"--INPUT={houses}")
    assert looked.returncode == 0, looked.stderr
    assert "LAYERS:\thouses" in looked.stdout
    target = tmp_path / "out.gpkg"
    loaded = staged.process(
        *("run", "commonplace:load", f"--INPUT={houses}", "--LIMIT=5", "--FILTER=floors > 3"),
        *("--EXTENT=500000,500185,5499990,5500020 [EPSG:25832]", f"--OUTPUT={target}"),
    )
    assert loaded.returncode == 0, loaded.stdout + loaded.stderr
    assert "FEATURES:\t5" in loaded.stdout
    about = pyogrio.read_info(target)
    assert (about["crs"], about["features"]) == ("EPSG:25832", 5)


def test_a_secret_in_an_address_is_refused(staged: Any) -> None:
    url = "https://user:hush@example.org/api"
    done = staged.process("run", "commonplace:inspect", f"--INPUT={url}")
    assert done.returncode != 0
    assert "authentication" in done.stdout + done.stderr
