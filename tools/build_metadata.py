"""Derive the vocabularies of metadata records from the reference material in ``../shared``.

Usage: ``python tools/build_metadata.py [SHARED]``. The same input gives the same bytes.
Labels of themes are INSPIRE's (Italian ones from the list of its validator, which names no
themes: they are told here), titles of the regulation are the Official Journal's.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Final

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "processing" / "commonplace" / "metadata" / "vocabulary.json"
LANGUAGES: Final = {"eng": "en", "ger": "de", "fre": "fr", "dut": "nl", "ita": "it"}
ITALIAN: Final = {
    "ac": "Condizioni atmosferiche",
    "ad": "Indirizzi",
    "af": "Impianti agricoli e di acquacoltura",
    "am": "Zone sottoposte a gestione/limitazioni/regolamentazione e unità con obbligo di"
    " comunicare dati",
    "au": "Unità amministrative",
    "br": "Regioni biogeografiche",
    "bu": "Edifici",
    "cp": "Parcelle catastali",
    "ef": "Impianti di monitoraggio ambientale",
    "el": "Elevazione",
    "er": "Risorse energetiche",
    "ge": "Geologia",
    "gg": "Sistemi di griglie geografiche",
    "gn": "Nomi geografici",
    "hb": "Habitat e biotopi",
    "hh": "Salute umana e sicurezza",
    "hy": "Idrografia",
    "lc": "Copertura del suolo",
    "lu": "Utilizzo del territorio",
    "mf": "Elementi geografici meteorologici",
    "mr": "Risorse minerarie",
    "nz": "Zone a rischio naturale",
    "of": "Elementi geografici oceanografici",
    "oi": "Orto immagini",
    "pd": "Distribuzione della popolazione — demografia",
    "pf": "Produzione e impianti industriali",
    "ps": "Siti protetti",
    "rs": "Sistemi di coordinate",
    "sd": "Distribuzione delle specie",
    "so": "Suolo",
    "sr": "Regioni marine",
    "su": "Unità statistiche",
    "tn": "Reti di trasporto",
    "us": "Servizi di pubblica utilità e servizi amministrativi",
}


def build(shared: Path) -> str:
    """The text of ``vocabulary.json``.

    Raises
    ------
    LookupError
        An Italian label is not one that the validator knows.
    """
    folder = shared / "inspire" / "codelists"
    themes = json.loads((folder / "inspire_themes_multilingual.json").read_text(encoding="utf-8"))
    common = json.loads(
        (folder / "inspire_common_enums_multilingual.json").read_text(encoding="utf-8")
    )
    if unknown := set(ITALIAN.values()) - set(common["ita"]["KeywordValue"]):
        raise LookupError(f"no theme is called {', '.join(sorted(unknown))}")
    labels = {}
    for uri, entry in sorted(themes.items()):
        code = uri.rsplit("/", 1)[-1]
        known = {**entry["label"], "it": ITALIAN[code]}
        labels[code] = {three: known[two] for three, two in LANGUAGES.items()}
    regulation = {three: common[three]["Title"][-1] for three in LANGUAGES}
    document = {"regulation": regulation, "themes": labels}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def main() -> None:
    shared = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared"
    TARGET.write_text(build(shared), encoding="utf-8")


if __name__ == "__main__":
    main()
