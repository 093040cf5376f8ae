"""Building blocks of ISO 19139 (2007) documents: texts, anchors, codes, citations, parties."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from lxml import etree

from commonplace.metadata.vocabulary import two_letters
from commonplace.metadataform import ContactSpec

Element = etree._Element

GMD: Final = "http://www.isotc211.org/2005/gmd"
GCO: Final = "http://www.isotc211.org/2005/gco"
GMX: Final = "http://www.isotc211.org/2005/gmx"
GML: Final = "http://www.opengis.net/gml/3.2"
XLINK: Final = "http://www.w3.org/1999/xlink"
XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"
NAMESPACES: Final = {
    "gmd": GMD,
    "gco": GCO,
    "gmx": GMX,
    "gml": GML,
    "xlink": XLINK,
    "xsi": XSI,
}
LISTS: Final = "http://standards.iso.org/iso/19139/resources/gmxCodelists.xml"
LANGUAGES: Final = "http://www.loc.gov/standards/iso639-2/"


def add(parent: Element, *names: str) -> Element:
    """Append elements of gmd, one in the other (``gco:Date`` for another prefix)."""
    for name in names:
        prefix, _, local = name.rpartition(":")
        parent = etree.SubElement(parent, f"{{{NAMESPACES[prefix or 'gmd']}}}{local}")
    return parent


def text(parent: Element, name: str, value: str | None) -> Element:
    """A free text; a missing one has a nil reason (ISO 19139, 8.4.1)."""
    element = add(parent, name)
    if value is None or not value.strip():
        element.set(f"{{{GCO}}}nilReason", "missing")
    else:
        add(element, "gco:CharacterString").text = value.strip()
    return element


def free_text(
    parent: Element, name: str, value: str | None, others: Mapping[str, str | None]
) -> Element:
    """A free text with its translations by language (TG requirement C.4, option 3)."""
    element = text(parent, name, value)
    known = {language: other for language, other in others.items() if other}
    if not known or value is None:
        return element
    element.set(f"{{{XSI}}}type", "gmd:PT_FreeText_PropertyType")
    block = add(element, "PT_FreeText")
    for language, other in known.items():
        localised = add(block, "textGroup", "LocalisedCharacterString")
        localised.set("locale", f"#{locale_id(language)}")
        localised.text = other
    return element


def locale_id(language: str) -> str:
    """The id that translations refer to their language by."""
    return f"locale-{two_letters(language)}"


def anchor(parent: Element, name: str, href: str, value: str) -> Element:
    """A free text with an address (TG requirement C.4, option 2)."""
    element = add(parent, name)
    linked = add(element, "gmx:Anchor")
    linked.set(f"{{{XLINK}}}href", href)
    linked.text = value
    return element


def code(parent: Element, name: str, list_name: str, value: str) -> Element:
    """A value of an ISO code list (TG requirement C.3)."""
    element = add(parent, name, list_name)
    element.set("codeList", f"{LISTS}#{list_name}")
    element.set("codeListValue", value)
    element.text = value
    return element


def language(parent: Element, name: str, value: str) -> Element:
    """A language as ISO 639-2/B (TG requirements C.5 and 1.6)."""
    element = add(parent, name, "LanguageCode")
    element.set("codeList", LANGUAGES)
    element.set("codeListValue", value)
    element.text = value
    return element


def date(parent: Element, day: str, kind: str) -> None:
    """``gmd:date`` of a citation."""
    outer = add(parent, "date", "CI_Date")
    add(outer, "date", "gco:Date").text = day
    code(outer, "dateType", "CI_DateTypeCode", kind)


def citation(parent: Element, name: str, title: tuple[str | None, str], day: str) -> Element:
    """A citation of a published document: (address, title) and date of publication."""
    cited = add(parent, name, "CI_Citation")
    address, words = title
    if address is None:
        text(cited, "title", words)
    else:
        anchor(cited, "title", address, words)
    date(cited, day, "publication")
    return cited


def party(parent: Element, name: str, contact: ContactSpec, role: str) -> None:
    """A responsible party (TG requirements C.6 and C.10)."""
    who = add(parent, name, "CI_ResponsibleParty")
    text(who, "organisationName", contact.organisation)
    reached = add(who, "contactInfo", "CI_Contact")
    text(add(reached, "address", "CI_Address"), "electronicMailAddress", contact.email)
    if contact.url is not None:
        add(reached, "onlineResource", "CI_OnlineResource", "linkage", "URL").text = contact.url
    code(who, "role", "CI_RoleCode", role)


def locale(parent: Element, value: str) -> None:
    """A language that texts are translated to."""
    one = add(parent, "locale", "PT_Locale")
    one.set("id", locale_id(value))
    language(one, "languageCode", value)
    code(one, "characterEncoding", "MD_CharacterSetCode", "utf8")
