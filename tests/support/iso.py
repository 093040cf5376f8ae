"""ISO 19139 records of a made-up catalogue."""

from __future__ import annotations

from xml.sax.saxutils import escape

_NAMESPACES = (
    'xmlns:gmd="http://www.isotc211.org/2005/gmd" xmlns:gco="http://www.isotc211.org/2005/gco"'
)


def _text(name: str, text: str) -> str:
    return f"<gmd:{name}><gco:CharacterString>{escape(text)}</gco:CharacterString></gmd:{name}>"


def iso_record(
    identifier: str,
    title: str,
    theme: str,
    extent: tuple[float, float, float, float],
    links: list[tuple[str, str, str]],
) -> str:
    """A record; ``links`` are (URL, protocol, name)."""
    edges = ("westBoundLongitude", "southBoundLatitude", "eastBoundLongitude", "northBoundLatitude")
    box = "".join(
        f"<gmd:{name}><gco:Decimal>{value}</gco:Decimal></gmd:{name}>"
        for name, value in zip(edges, extent, strict=True)
    )
    online = "".join(
        f"<gmd:onLine><gmd:CI_OnlineResource><gmd:linkage><gmd:URL>{escape(url)}</gmd:URL>"
        f"</gmd:linkage>{_text('protocol', protocol)}{_text('name', name)}"
        "</gmd:CI_OnlineResource></gmd:onLine>"
        for url, protocol, name in links
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<gmd:MD_Metadata {_NAMESPACES}>{_text("fileIdentifier", identifier)}
<gmd:language><gmd:LanguageCode codeList="x" codeListValue="eng">eng</gmd:LanguageCode>
</gmd:language><gmd:hierarchyLevel><gmd:MD_ScopeCode codeList="x" codeListValue="dataset">dataset
</gmd:MD_ScopeCode></gmd:hierarchyLevel><gmd:contact><gmd:CI_ResponsibleParty>
{_text("organisationName", "City")}
<gmd:role><gmd:CI_RoleCode codeList="x" codeListValue="owner">owner</gmd:CI_RoleCode></gmd:role>
</gmd:CI_ResponsibleParty></gmd:contact><gmd:dateStamp><gco:Date>2026-01-02</gco:Date>
</gmd:dateStamp><gmd:identificationInfo><gmd:MD_DataIdentification><gmd:citation><gmd:CI_Citation>
{_text("title", title)}<gmd:date><gmd:CI_Date><gmd:date><gco:Date>2026-01-01</gco:Date></gmd:date>
<gmd:dateType><gmd:CI_DateTypeCode codeList="x" codeListValue="creation">creation
</gmd:CI_DateTypeCode></gmd:dateType></gmd:CI_Date></gmd:date></gmd:CI_Citation></gmd:citation>
{_text("abstract", f"About {title}")}<gmd:descriptiveKeywords><gmd:MD_Keywords>
{_text("keyword", theme)}</gmd:MD_Keywords></gmd:descriptiveKeywords><gmd:resourceConstraints>
<gmd:MD_LegalConstraints>{_text("otherConstraints", "CC BY 4.0")}</gmd:MD_LegalConstraints>
</gmd:resourceConstraints><gmd:language><gmd:LanguageCode codeList="x" codeListValue="eng">eng
</gmd:LanguageCode></gmd:language><gmd:extent><gmd:EX_Extent><gmd:geographicElement>
<gmd:EX_GeographicBoundingBox>{box}</gmd:EX_GeographicBoundingBox></gmd:geographicElement>
</gmd:EX_Extent></gmd:extent></gmd:MD_DataIdentification></gmd:identificationInfo>
<gmd:distributionInfo><gmd:MD_Distribution><gmd:transferOptions><gmd:MD_DigitalTransferOptions>
{online}</gmd:MD_DigitalTransferOptions></gmd:transferOptions></gmd:MD_Distribution>
</gmd:distributionInfo></gmd:MD_Metadata>"""
