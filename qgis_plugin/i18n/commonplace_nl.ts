<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="nl" sourcelanguage="en">
<context>
    <name>Commonplace</name>
    <message>
        <source>The engine is version {engine} and the plugin {plugin}. Install the engine from the wheel in the plugin&apos;s folder if something doesn&apos;t fit.</source>
        <extracomment>algorithms/base.py</extracomment>
        <translation>De engine heeft versie {engine} en de plug-in {plugin}. Installeer de engine uit de wheel in de map van de plug-in als iets niet past.</translation>
    </message>
    <message>
        <source>{count} more kinds of findings are in the report.</source>
        <extracomment>algorithms/base.py</extracomment>
        <translation>Nog {count} soorten bevindingen staan in het rapport.</translation>
    </message>
    <message>
        <source>Engine {engine}, Python {python}</source>
        <extracomment>algorithms/base.py</extracomment>
        <translation>Engine {engine}, Python {python}</translation>
    </message>
    <message>
        <source>Cancelled. Nothing was written.</source>
        <extracomment>algorithms/base.py</extracomment>
        <translation>Geannuleerd. Er is niets geschreven.</translation>
    </message>
    <message>
        <source>There is no file {path}</source>
        <extracomment>addresses.py</extracomment>
        <translation>Er is geen bestand {path}</translation>
    </message>
    <message>
        <source>Convert INSPIRE data</source>
        <extracomment>algorithms/convert.py</extracomment>
        <translation>INSPIRE-gegevens converteren</translation>
    </message>
    <message>
        <source>Makes INSPIRE GML usable in QGIS, and any encoding of it any other.</source>
        <extracomment>algorithms/convert.py</extracomment>
        <translation>Maakt INSPIRE-GML bruikbaar in QGIS, en van elke codering elke andere.</translation>
    </message>
    <message>
        <source>Reads INSPIRE data (GML of any version, GeoPackage, GeoJSON, JSON-FG, GeoParquet, FlatGeobuf, CSV, or a Commonplace package) and writes it in another encoding. The ending of the output&apos;s name says which.
From GML, a GeoPackage has one table for each feature type, with related tables for what occurs more than once, code lists as value maps, and the reasons why values are missing. What an encoding can&apos;t hold is told.</source>
        <extracomment>algorithms/convert.py</extracomment>
        <translation>Leest INSPIRE-gegevens (GML van elke versie, GeoPackage, GeoJSON, JSON-FG, GeoParquet, FlatGeobuf, CSV of een Commonplace-pakket) en schrijft ze in een andere codering. Welke, zegt de extensie van de uitvoernaam.
Uit GML krijgt een GeoPackage één tabel per objecttype, met gerelateerde tabellen voor wat vaker voorkomt, codelijsten als waardenlijsten en de redenen waarom waarden ontbreken. Wat een codering niet kan bevatten, wordt gemeld.</translation>
    </message>
    <message>
        <source>CRS of coordinates that state none</source>
        <extracomment>algorithms/convert.py</extracomment>
        <translation>CRS van coördinaten die er geen vermelden</translation>
    </message>
    <message>
        <source>File or package to convert</source>
        <extracomment>algorithms/convert.py</extracomment>
        <translation>Te converteren bestand of pakket</translation>
    </message>
    <message>
        <source>Load the layers afterwards</source>
        <extracomment>algorithms/convert.py</extracomment>
        <translation>Lagen daarna laden</translation>
    </message>
    <message>
        <source>Converted</source>
        <extracomment>algorithms/convert.py</extracomment>
        <translation>Geconverteerd</translation>
    </message>
    <message>
        <source>Features written</source>
        <extracomment>algorithms/convert.py</extracomment>
        <translation>Geschreven objecten</translation>
    </message>
    <message>
        <source>Explain mapping</source>
        <extracomment>algorithms/explain.py</extracomment>
        <translation>Mapping uitleggen</translation>
    </message>
    <message>
        <source>Shows what a mapping does, property by property, as INSPIRE&apos;s matching table.</source>
        <extracomment>algorithms/explain.py</extracomment>
        <translation>Toont per eigenschap wat een mapping doet, als de matchingtabel van INSPIRE.</translation>
    </message>
    <message>
        <source>Writes the table that says, for each property, from which column or expression it comes, by which rule, and what stays empty.
Mapping or job file: of a job, all its mappings are explained, with values before and after from its first rows.
Matching table: a page to hand round. As CSV: the same for a spreadsheet.</source>
        <extracomment>algorithms/explain.py</extracomment>
        <translation>Schrijft de tabel die voor elke eigenschap zegt uit welke kolom of expressie ze komt, volgens welke regel, en wat leeg blijft.
Mapping- of taakbestand: van een taak worden alle mappings uitgelegd, met waarden voor en na uit de eerste rijen.
Matchingtabel: een pagina om rond te delen. Als CSV: hetzelfde voor een spreadsheet.</translation>
    </message>
    <message>
        <source>Mapping or job file</source>
        <extracomment>algorithms/explain.py</extracomment>
        <translation>Mapping- of taakbestand</translation>
    </message>
    <message>
        <source>Matching table</source>
        <extracomment>algorithms/explain.py</extracomment>
        <translation>Matchingtabel</translation>
    </message>
    <message>
        <source>As CSV</source>
        <extracomment>algorithms/explain.py</extracomment>
        <translation>Als CSV</translation>
    </message>
    <message>
        <source>Properties with a rule</source>
        <extracomment>algorithms/explain.py</extracomment>
        <translation>Eigenschappen met een regel</translation>
    </message>
    <message>
        <source>Properties that stay empty</source>
        <extracomment>algorithms/explain.py</extracomment>
        <translation>Eigenschappen die leeg blijven</translation>
    </message>
    <message>
        <source>Harmonise and export</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Harmoniseren en exporteren</translation>
    </message>
    <message>
        <source>Turns city layers into one interoperable INSPIRE package.</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Maakt van stedelijke lagen één interoperabel INSPIRE-pakket.</translation>
    </message>
    <message>
        <source>Reprojects layers, harmonises them to INSPIRE as a mapping document says, checks them, and writes one package: data in the formats you choose, a report, and the documents that made it.
Either choose layers of the project and a mapping file, and say title, licence and attribution. Layers are taken as they are in the project: filter, joins, virtual fields and unsaved edits count. A mapping names the layers it reads by their name in the project, or by their table&apos;s or file&apos;s; with one layer chosen and one read, the name doesn&apos;t matter.
Or choose a job file, which says all that. Only the output folder and “replace” are taken from this form then.
Accuracy is the worst error, in metres, that the reprojection may bring. When no operation is that accurate the run stops and names the missing grids instead of writing coordinates that are off.
Rows with a bad value don&apos;t end the run: they are findings in the report.
The engine runs as a process of its own. If it isn&apos;t set up, the message says how to do that.</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Herprojecteert lagen, harmoniseert ze naar INSPIRE zoals een mappingdocument zegt, controleert ze en schrijft één pakket: gegevens in de gekozen indelingen, een rapport en de documenten waaruit het ontstond.
Kies lagen van het project en een mappingbestand, en vermeld titel, licentie en naamsvermelding. Lagen worden genomen zoals ze in het project zijn: filter, koppelingen, virtuele velden en niet-opgeslagen bewerkingen tellen mee. Een mapping noemt de lagen die ze leest bij hun naam in het project, of bij die van hun tabel of bestand; met één gekozen en één gelezen laag doet de naam er niet toe.
Of kies een taakbestand, dat dit alles zegt. Uit dit formulier gelden dan alleen de uitvoermap en “vervangen”.
Nauwkeurigheid is de grootste fout, in meters, die de herprojectie mag meebrengen. Is geen bewerking zo nauwkeurig, dan stopt de verwerking en noemt ze de ontbrekende grids in plaats van verschoven coördinaten te schrijven.
Rijen met een foute waarde beëindigen de verwerking niet: het zijn bevindingen in het rapport.
De engine draait als eigen proces. Is ze niet ingericht, dan zegt de melding hoe dat moet.</translation>
    </message>
    <message>
        <source>Accuracy the reprojection must reach, in metres</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Nauwkeurigheid die de herprojectie moet halen, in meters</translation>
    </message>
    <message>
        <source>Folder of PROJ grids</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Map met PROJ-grids</translation>
    </message>
    <message>
        <source>Replace an existing package</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Bestaand pakket vervangen</translation>
    </message>
    <message>
        <source>Choose either a job file, or layers and a mapping file, not both.</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Kies óf een taakbestand, óf lagen en een mappingbestand, niet allebei.</translation>
    </message>
    <message>
        <source>Choose layers and a mapping file, or a job file.</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Kies lagen en een mappingbestand, of een taakbestand.</translation>
    </message>
    <message>
        <source>Choose the mapping file that says what the layers mean.</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Kies het mappingbestand dat zegt wat de lagen betekenen.</translation>
    </message>
    <message>
        <source>Choose at least one format.</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Kies ten minste één indeling.</translation>
    </message>
    <message>
        <source>Layers</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Lagen</translation>
    </message>
    <message>
        <source>Only selected features, where a layer has a selection</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Alleen geselecteerde objecten, waar een laag een selectie heeft</translation>
    </message>
    <message>
        <source>Mapping file</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Mappingbestand</translation>
    </message>
    <message>
        <source>Job file, instead of layers and mapping</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Taakbestand, in plaats van lagen en mapping</translation>
    </message>
    <message>
        <source>Title</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Titel</translation>
    </message>
    <message>
        <source>Target CRS</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Doel-CRS</translation>
    </message>
    <message>
        <source>Formats</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Indelingen</translation>
    </message>
    <message>
        <source>Load the GeoPackage&apos;s layers afterwards</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Lagen van het GeoPackage daarna laden</translation>
    </message>
    <message>
        <source>Package folder</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Pakketmap</translation>
    </message>
    <message>
        <source>Report</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Rapport</translation>
    </message>
    <message>
        <source>Objects written</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Geschreven objecten</translation>
    </message>
    <message>
        <source>Rows rejected</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Afgewezen rijen</translation>
    </message>
    <message>
        <source>Findings: errors</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Bevindingen: fouten</translation>
    </message>
    <message>
        <source>Findings: warnings</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Bevindingen: waarschuwingen</translation>
    </message>
    <message>
        <source>A package needs a licence and an attribution: state both. They could be found neither here nor in the layers&apos; metadata.</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Een pakket heeft een licentie en een naamsvermelding nodig: vermeld beide. Ze staan hier niet en ook niet in de metadata van de lagen.</translation>
    </message>
    <message>
        <source>Choose a target CRS that has an EPSG code.</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Kies een doel-CRS dat een EPSG-code heeft.</translation>
    </message>
    <message>
        <source>City layers</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Stedelijke lagen</translation>
    </message>
    <message>
        <source>MIM7 report</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>MIM7-rapport</translation>
    </message>
    <message>
        <source>Tells how data meet MIM7 (Places) of the Minimal Interoperability Mechanisms.</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>Zegt hoe gegevens voldoen aan MIM7 (Plaatsen) van de Minimal Interoperability Mechanisms.</translation>
    </message>
    <message>
        <source>Each requirement of MIM7 passes, fails, does not apply or cannot be checked, with its evidence. This is no certification.
File or package: a package (its folder or its package.json), a GeoPackage, a GML or another file. Or:
Address: of an OGC API, a WFS or an NGSI-LD broker. The first 1,000 features of each layer are read, or all where you say so.
State of before: the package or file of the last time, to see whether ids persist.
Column of ids: only where its name doesn&apos;t tell.
Authentication: a configuration of QGIS&apos;s authentication manager, for the address.
Report: a page to read. As JSON: the same for programs.</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>Aan elke eis van MIM7 is voldaan of niet, ze is niet van toepassing of niet te controleren, met bewijs. Dit is geen certificering.
Bestand of pakket: een pakket (zijn map of zijn package.json), een GeoPackage, een GML of een ander bestand. Of:
Adres: van een OGC API, een WFS of een NGSI-LD-broker. De eerste 1.000 objecten van elke laag worden gelezen, of alle als u dat zegt.
Vroegere stand: het pakket of bestand van de vorige keer, om te zien of ID&apos;s blijven bestaan.
Kolom met ID&apos;s: alleen waar de naam het niet zegt.
Authenticatie: een configuratie van het authenticatiebeheer van QGIS, voor het adres.
Rapport: een pagina om te lezen. Als JSON: hetzelfde voor programma&apos;s.</translation>
    </message>
    <message>
        <source>Column of ids</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>Kolom met ID&apos;s</translation>
    </message>
    <message>
        <source>Tenant of the broker</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>Tenant van de broker</translation>
    </message>
    <message>
        <source>Read all features of a service</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>Alle objecten van een service lezen</translation>
    </message>
    <message>
        <source>Folder of the official schemas</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>Map met de officiële schema&apos;s</translation>
    </message>
    <message>
        <source>File or package</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>Bestand of pakket</translation>
    </message>
    <message>
        <source>Address of a service, instead of a file</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>Adres van een service, in plaats van een bestand</translation>
    </message>
    <message>
        <source>Authentication for the address</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>Authenticatie voor het adres</translation>
    </message>
    <message>
        <source>State of before</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>Vroegere stand</translation>
    </message>
    <message>
        <source>As JSON</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>Als JSON</translation>
    </message>
    <message>
        <source>Requirements that pass</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>Eisen waaraan is voldaan</translation>
    </message>
    <message>
        <source>Requirements that fail</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>Eisen waaraan niet is voldaan</translation>
    </message>
    <message>
        <source>Requirements that don&apos;t apply</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>Eisen die niet van toepassing zijn</translation>
    </message>
    <message>
        <source>Requirements that can&apos;t be checked</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>Eisen die niet te controleren zijn</translation>
    </message>
    <message>
        <source>Choose either a file or package, or an address.</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>Kies óf een bestand of pakket, óf een adres.</translation>
    </message>
    <message>
        <source>An address begins with https:// or http://.</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>Een adres begint met https:// of http://.</translation>
    </message>
    <message>
        <source>Only packages and files can be compared with a state of before.</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>Alleen pakketten en bestanden zijn met een vroegere stand te vergelijken.</translation>
    </message>
    <message>
        <source>Export package</source>
        <extracomment>algorithms/package.py</extracomment>
        <translation>Pakket exporteren</translation>
    </message>
    <message>
        <source>Runs a job file: sources, mappings, target CRS and formats, to one package.</source>
        <extracomment>algorithms/package.py</extracomment>
        <translation>Voert een taakbestand uit: bronnen, mappings, doel-CRS en indelingen, naar één pakket.</translation>
    </message>
    <message>
        <source>Runs a job file as the command line does (“commonplace run”): reads its sources, reprojects, harmonises, checks and writes one package with a report.
Job file: names sources, mapping documents, target CRS and formats. Relative paths in it are relative to its folder. Credentials never stand in it: it names a configuration of QGIS&apos;s authentication manager.
Formats: only where others are wanted than the job names.
Also as a zip: writes the package a second time, as one file beside the folder.
Go on from an interrupted run: parts that were done then are not done again.
Replace: an existing package in the folder is replaced; anything else never is.
Package folder: only where another is wanted than the job names.</source>
        <extracomment>algorithms/package.py</extracomment>
        <translation>Voert een taakbestand uit zoals de opdrachtregel (“commonplace run”): leest de bronnen, herprojecteert, harmoniseert, controleert en schrijft één pakket met een rapport.
Taakbestand: noemt bronnen, mappingdocumenten, doel-CRS en indelingen. Relatieve paden gelden vanaf zijn map. Inloggegevens staan er nooit in: het noemt een configuratie van het authenticatiebeheer van QGIS.
Indelingen: alleen waar andere gewenst zijn dan de taak noemt.
Ook als zip: schrijft het pakket een tweede keer, als één bestand naast de map.
Onderbroken verwerking voortzetten: delen die toen klaar waren, worden niet opnieuw gedaan.
Vervangen: een bestaand pakket in de map wordt vervangen; iets anders nooit.
Pakketmap: alleen waar een andere gewenst is dan de taak noemt.</translation>
    </message>
    <message>
        <source>Job file</source>
        <extracomment>algorithms/package.py</extracomment>
        <translation>Taakbestand</translation>
    </message>
    <message>
        <source>Formats (none chosen: as the job says)</source>
        <extracomment>algorithms/package.py</extracomment>
        <translation>Indelingen (geen gekozen: zoals in de taak)</translation>
    </message>
    <message>
        <source>Go on from an interrupted run</source>
        <extracomment>algorithms/package.py</extracomment>
        <translation>Onderbroken verwerking voortzetten</translation>
    </message>
    <message>
        <source>Also as a zip</source>
        <extracomment>algorithms/package.py</extracomment>
        <translation>Ook als zip</translation>
    </message>
    <message>
        <source>Package folder (empty: as the job says)</source>
        <extracomment>algorithms/package.py</extracomment>
        <translation>Pakketmap (leeg: zoals in de taak)</translation>
    </message>
    <message>
        <source>Publish to NGSI-LD</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>Naar NGSI-LD publiceren</translation>
    </message>
    <message>
        <source>Sends a package&apos;s entities to an NGSI-LD broker; running it again does no harm.</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>Stuurt de entiteiten van een pakket naar een NGSI-LD-broker; nog eens uitvoeren kan geen kwaad.</translation>
    </message>
    <message>
        <source>Sends the NGSI-LD entities of a package to a context broker. Entities that exist are updated; attributes that others wrote stay. Running it again does no harm.
Package or file: a package with the format NGSI-LD (its folder or its package.json), or a file of entities.
Broker: its address, such as https://broker.example.org. Passwords and keys never stand in it:
Authentication: a configuration of QGIS&apos;s authentication manager.
Rehearse: nothing is sent; it is told what would be.
Texts with forbidden characters: NGSI-LD forbids &lt; &gt; &quot; &apos; = ; ( ) in texts. They become JsonProperties, are percent-encoded, or are kept for brokers that don&apos;t mind.
Leave heights out: for brokers whose geo-queries mind them.
Delete attributes that are gone: of our own attributes, those an entity no longer has.
Delete entities that are gone: those whose features the package no longer has. It cannot be undone; rehearse first.</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>Stuurt de NGSI-LD-entiteiten van een pakket naar een context broker. Bestaande entiteiten worden bijgewerkt; attributen die anderen schreven, blijven. Nog eens uitvoeren kan geen kwaad.
Pakket of bestand: een pakket met de indeling NGSI-LD (zijn map of zijn package.json), of een bestand met entiteiten.
Broker: zijn adres, zoals https://broker.example.org. Wachtwoorden en sleutels staan er nooit in:
Authenticatie: een configuratie van het authenticatiebeheer van QGIS.
Repetitie: er wordt niets verstuurd; er wordt gezegd wat verstuurd zou worden.
Teksten met verboden tekens: NGSI-LD verbiedt &lt; &gt; &quot; &apos; = ; ( ) in teksten. Ze worden JsonProperties, worden procentgecodeerd, of blijven voor brokers die er geen last van hebben.
Hoogten weglaten: voor brokers waarvan de ruimtelijke zoekvragen er last van hebben.
Verdwenen attributen verwijderen: van onze eigen attributen, die welke een entiteit niet meer heeft.
Verdwenen entiteiten verwijderen: die waarvan het pakket de objecten niet meer heeft. Dit is niet ongedaan te maken; doe eerst een repetitie.</translation>
    </message>
    <message>
        <source>A password or key in the address would be seen by others. Put it into a configuration of QGIS&apos;s authentication manager and choose that.</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>Een wachtwoord of sleutel in het adres zou voor anderen zichtbaar zijn. Zet het in een configuratie van het authenticatiebeheer van QGIS en kies die.</translation>
    </message>
    <message>
        <source>Texts with forbidden characters</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>Teksten met verboden tekens</translation>
    </message>
    <message>
        <source>Leave heights out</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>Hoogten weglaten</translation>
    </message>
    <message>
        <source>Create the tenant if there is none</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>Tenant aanmaken als die er niet is</translation>
    </message>
    <message>
        <source>Delete attributes that are gone</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>Verdwenen attributen verwijderen</translation>
    </message>
    <message>
        <source>Delete entities that are gone</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>Verdwenen entiteiten verwijderen</translation>
    </message>
    <message>
        <source>Package or file</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>Pakket of bestand</translation>
    </message>
    <message>
        <source>Address of the broker</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>Adres van de broker</translation>
    </message>
    <message>
        <source>Authentication</source>
        <extracomment>algorithms/connect.py</extracomment>
        <translation>Authenticatie</translation>
    </message>
    <message>
        <source>Rehearse: send nothing</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>Repetitie: niets versturen</translation>
    </message>
    <message>
        <source>Entities</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>Entiteiten</translation>
    </message>
    <message>
        <source>Entities created</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>Aangemaakte entiteiten</translation>
    </message>
    <message>
        <source>Entities updated</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>Bijgewerkte entiteiten</translation>
    </message>
    <message>
        <source>Entities that failed</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>Mislukte entiteiten</translation>
    </message>
    <message>
        <source>Entities that are gone</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>Verdwenen entiteiten</translation>
    </message>
    <message>
        <source>Entities deleted</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>Verwijderde entiteiten</translation>
    </message>
    <message>
        <source>The broker took none of the entities.</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>De broker heeft geen van de entiteiten aangenomen.</translation>
    </message>
    <message>
        <source>become JsonProperties</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>worden JsonProperties</translation>
    </message>
    <message>
        <source>are percent-encoded</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>worden procentgecodeerd</translation>
    </message>
    <message>
        <source>are kept</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>blijven</translation>
    </message>
    <message>
        <source>Suggest mapping</source>
        <extracomment>algorithms/suggest.py</extracomment>
        <translation>Mapping voorstellen</translation>
    </message>
    <message>
        <source>Writes a mapping document to start from: feature type, properties and codes.</source>
        <extracomment>algorithms/suggest.py</extracomment>
        <translation>Schrijft een mappingdocument om mee te beginnen: objecttype, eigenschappen en codes.</translation>
    </message>
    <message>
        <source>Looks at names, values and geometries of a layer and writes a mapping document: which INSPIRE feature type or Smart Data Model it could be, which column is which property, which value is which code. Each line says how sure it is, and why. What a person has to look at is marked “todo”.
Nothing is sent anywhere, and nothing is random: the same layer gives the same document. Values of columns that look personal are shown nowhere.
Layer: any vector layer or table; its first 5,000 features are looked at, as filter, selection, joins and virtual fields leave them.
Feature type: only where you know it, as SCHEMA:TYPE, such as bu-core2d:Building or sdm/Streetlight:Streetlight. Without it the likeliest is taken, and up to three others are named.
Mapping document: the file to write. Use it in “Harmonise and export”.</source>
        <extracomment>algorithms/suggest.py</extracomment>
        <translation>Bekijkt namen, waarden en geometrieën van een laag en schrijft een mappingdocument: welk INSPIRE-objecttype of Smart Data Model het zou kunnen zijn, welke kolom welke eigenschap is, welke waarde welke code. Elke regel zegt hoe zeker ze is, en waarom. Wat een mens moet bekijken, is gemarkeerd met “todo”.
Er wordt niets verstuurd en niets is toevallig: dezelfde laag geeft hetzelfde document. Waarden van kolommen die persoonlijk lijken, worden nergens getoond.
Laag: een willekeurige vectorlaag of tabel; de eerste 5.000 objecten worden bekeken, zoals filter, selectie, koppelingen en virtuele velden ze laten.
Objecttype: alleen als u het kent, als SCHEMA:TYPE, zoals bu-core2d:Building of sdm/Streetlight:Streetlight. Anders wordt het waarschijnlijkste genomen, en worden er tot drie andere genoemd.
Mappingdocument: het te schrijven bestand. Gebruik het in “Harmoniseren en exporteren”.</translation>
    </message>
    <message>
        <source>Column {column} looks personal: {why}</source>
        <extracomment>algorithms/suggest.py</extracomment>
        <translation>Kolom {column} lijkt persoonlijk: {why}</translation>
    </message>
    <message>
        <source>Nothing is known of these columns: {columns}</source>
        <extracomment>algorithms/suggest.py</extracomment>
        <translation>Over deze kolommen is niets bekend: {columns}</translation>
    </message>
    <message>
        <source>“{stated}” has no schema: write it as bu-core2d:Building.</source>
        <extracomment>algorithms/suggest.py</extracomment>
        <translation>“{stated}” heeft geen schema: schrijf het als bu-core2d:Building.</translation>
    </message>
    <message>
        <source>Layer</source>
        <extracomment>algorithms/connect.py</extracomment>
        <translation>Laag</translation>
    </message>
    <message>
        <source>Feature type, where it is known</source>
        <extracomment>algorithms/suggest.py</extracomment>
        <translation>Objecttype, waar het bekend is</translation>
    </message>
    <message>
        <source>Mapping document</source>
        <extracomment>algorithms/suggest.py</extracomment>
        <translation>Mappingdocument</translation>
    </message>
    <message>
        <source>Feature type suggested</source>
        <extracomment>algorithms/suggest.py</extracomment>
        <translation>Voorgesteld objecttype</translation>
    </message>
    <message>
        <source>How sure it is, from 0 to 1</source>
        <extracomment>algorithms/suggest.py</extracomment>
        <translation>Hoe zeker het is, van 0 tot 1</translation>
    </message>
    <message>
        <source>Problems that are left to you</source>
        <extracomment>algorithms/suggest.py</extracomment>
        <translation>Problemen die u overhoudt</translation>
    </message>
    <message>
        <source>Validate INSPIRE data</source>
        <extracomment>algorithms/validate.py</extracomment>
        <translation>INSPIRE-gegevens valideren</translation>
    </message>
    <message>
        <source>Checks GML, GeoPackage, GeoJSON and packages, offline and at any size.</source>
        <extracomment>algorithms/validate.py</extracomment>
        <translation>Controleert GML, GeoPackage, GeoJSON en pakketten, offline en van elke omvang.</translation>
    </message>
    <message>
        <source>Checks a file, a folder or a zip of INSPIRE data: structure, multiplicities, code lists, identifiers, coordinate reference systems, geometries, references and the rules of the themes; against the official XML schemas too, where their folder is given. Nothing is sent anywhere and nothing is fetched.
Findings that have a place become points: rule, severity, feature, what is wrong and how to mend it. The report lists them all, with the clause each rule comes from.</source>
        <extracomment>algorithms/validate.py</extracomment>
        <translation>Controleert een bestand, een map of een zip met INSPIRE-gegevens: structuur, multipliciteiten, codelijsten, identificatoren, coördinatenreferentiesystemen, geometrieën, verwijzingen en de regels van de thema&apos;s; ook volgens de officiële XML-schema&apos;s, waar hun map is opgegeven. Er wordt niets verstuurd en niets opgehaald.
Bevindingen die een plaats hebben, worden punten: regel, ernst, object, wat er mis is en hoe het te verhelpen. Het rapport vermeldt ze alle, met de bepaling waaruit elke regel komt.</translation>
    </message>
    <message>
        <source>File, folder or zip to check</source>
        <extracomment>algorithms/validate.py</extracomment>
        <translation>Te controleren bestand, map of zip</translation>
    </message>
    <message>
        <source>Findings</source>
        <extracomment>algorithms/validate.py</extracomment>
        <translation>Bevindingen</translation>
    </message>
    <message>
        <source>Features checked</source>
        <extracomment>algorithms/validate.py</extracomment>
        <translation>Gecontroleerde objecten</translation>
    </message>
    <message>
        <source>Validity against the official schemas was not checked.</source>
        <extracomment>algorithms/validate.py</extracomment>
        <translation>De geldigheid volgens de officiële schema&apos;s is niet gecontroleerd.</translation>
    </message>
    <message>
        <source>not checked against the official schemas</source>
        <extracomment>dialogs/findings.py</extracomment>
        <translation>niet gecontroleerd volgens de officiële schema&apos;s</translation>
    </message>
    <message>
        <source>Nothing has been validated yet.</source>
        <extracomment>dialogs/findings.py</extracomment>
        <translation>Er is nog niets gevalideerd.</translation>
    </message>
    <message>
        <source>Progress of the validation</source>
        <extracomment>dialogs/findings.py</extracomment>
        <translation>Voortgang van de validatie</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <extracomment>dialogs/findings.py</extracomment>
        <translation>&amp;Annuleren</translation>
    </message>
    <message>
        <source>Search in findings</source>
        <extracomment>dialogs/findings.py</extracomment>
        <translation>Zoeken in bevindingen</translation>
    </message>
    <message>
        <source>&amp;Validate…</source>
        <extracomment>dialogs/findings.py</extracomment>
        <translation>&amp;Valideren…</translation>
    </message>
    <message>
        <source>Check files or layers of the project</source>
        <extracomment>dialogs/findings.py</extracomment>
        <translation>Bestanden of lagen van het project controleren</translation>
    </message>
    <message>
        <source>Rules that were broken</source>
        <extracomment>dialogs/findings.py</extracomment>
        <translation>Overtreden regels</translation>
    </message>
    <message>
        <source>Explanation of the finding</source>
        <extracomment>dialogs/findings.py</extracomment>
        <translation>Uitleg van de bevinding</translation>
    </message>
    <message>
        <source>&amp;Zoom to the place</source>
        <extracomment>dialogs/findings.py</extracomment>
        <translation>&amp;Zoomen naar de plaats</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <extracomment>dialogs/findings.py</extracomment>
        <translation>&amp;Kopiëren</translation>
    </message>
    <message>
        <source>&amp;Only this rule</source>
        <extracomment>dialogs/findings.py</extracomment>
        <translation>Alleen deze &amp;regel</translation>
    </message>
    <message>
        <source>Show findings of this severity</source>
        <extracomment>dialogs/findings.py</extracomment>
        <translation>Bevindingen van deze ernst tonen</translation>
    </message>
    <message>
        <source>All rules ({count})</source>
        <extracomment>dialogs/findings.py</extracomment>
        <translation>Alle regels ({count})</translation>
    </message>
    <message>
        <source>new mapping</source>
        <extracomment>dialogs/harmonise.py</extracomment>
        <translation>nieuwe mapping</translation>
    </message>
    <message>
        <source>Read as a QGIS expression, and written as {text}</source>
        <extracomment>dialogs/harmonise.py</extracomment>
        <translation>Gelezen als QGIS-expressie en geschreven als {text}</translation>
    </message>
    <message>
        <source>Save the mapping document</source>
        <extracomment>dialogs/harmonise.py</extracomment>
        <translation>Het mappingdocument opslaan</translation>
    </message>
    <message>
        <source>Harmonise to INSPIRE</source>
        <extracomment>dialogs/harmonise.py</extracomment>
        <translation>Harmoniseren naar INSPIRE</translation>
    </message>
    <message>
        <source>The mapping has changes that aren&apos;t saved. Discard them?</source>
        <extracomment>dialogs/harmonise.py</extracomment>
        <translation>De mapping heeft wijzigingen die niet zijn opgeslagen. Verwerpen?</translation>
    </message>
    <message>
        <source>{path} has a value already. Remove it first (Del): only one can be given.</source>
        <extracomment>dialogs/harmonise.py</extracomment>
        <translation>{path} heeft al een waarde. Verwijder die eerst (Del): er kan er maar één worden opgegeven.</translation>
    </message>
    <message>
        <source>Open a mapping document</source>
        <extracomment>dialogs/harmonise.py</extracomment>
        <translation>Een mappingdocument openen</translation>
    </message>
    <message>
        <source>Leave out {columns}</source>
        <extracomment>dialogs/harmonise.py</extracomment>
        <translation>{columns} weglaten</translation>
    </message>
    <message>
        <source>For layer {layer}…</source>
        <extracomment>dialogs/harmonise.py</extracomment>
        <translation>Voor laag {layer}…</translation>
    </message>
    <message>
        <source>Remove {type}</source>
        <extracomment>dialogs/harmonise.py</extracomment>
        <translation>{type} verwijderen</translation>
    </message>
    <message>
        <source>from {layers}</source>
        <extracomment>dialogs/harmonise.py</extracomment>
        <translation>uit {layers}</translation>
    </message>
    <message>
        <source>Harmonise to INSPIRE: {name}</source>
        <extracomment>dialogs/harmonise.py</extracomment>
        <translation>Harmoniseren naar INSPIRE: {name}</translation>
    </message>
    <message>
        <source>{name} is {text}</source>
        <extracomment>dialogs/harmonise.py</extracomment>
        <translation>{name} is {text}</translation>
    </message>
    <message>
        <source>{distinct} different values in {rows} features; {empty} have none. Code list {name}, {count} codes.</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>{distinct} verschillende waarden in {rows} objecten; {empty} hebben er geen. Codelijst {name}, {count} codes.</translation>
    </message>
    <message>
        <source>{count} features have a value without a code.</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>{count} objecten hebben een waarde zonder code.</translation>
    </message>
    <message>
        <source>Values and their codes</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>Waarden en hun codes</translation>
    </message>
    <message>
        <source>What happens to other values</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>Wat er met andere waarden gebeurt</translation>
    </message>
    <message>
        <source>&amp;Take all suggestions</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>Alle &amp;voorstellen overnemen</translation>
    </message>
    <message>
        <source>&amp;No codes</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>&amp;Geen codes</translation>
    </message>
    <message>
        <source>Remove all translations: the values are the codes themselves</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>Alle vertalingen verwijderen: de waarden zijn zelf de codes</translation>
    </message>
    <message>
        <source>&amp;Other values:</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>&amp;Andere waarden:</translation>
    </message>
    <message>
        <source>Code</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>Code</translation>
    </message>
    <message>
        <source>Value in the layer</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>Waarde in de laag</translation>
    </message>
    <message>
        <source>Features</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>Objecten</translation>
    </message>
    <message>
        <source>Why</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>Waarom</translation>
    </message>
    <message>
        <source>a finding on the row</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>een bevinding bij de rij</translation>
    </message>
    <message>
        <source>no value</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>geen waarde</translation>
    </message>
    <message>
        <source>kept as they are</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>blijven zoals ze zijn</translation>
    </message>
    <message>
        <source>the code of the longest beginning that has one</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>de code van het langste begin dat er een heeft</translation>
    </message>
    <message>
        <source>Other codes aren&apos;t allowed.</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>Andere codes zijn niet toegestaan.</translation>
    </message>
    <message>
        <source>The code list has no such code.</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>De codelijst heeft zo&apos;n code niet.</translation>
    </message>
    <message>
        <source>Every value has a code.</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>Elke waarde heeft een code.</translation>
    </message>
    <message>
        <source>Codes of {property}</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>Codes van {property}</translation>
    </message>
    <message>
        <source>not in the layer</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>niet in de laag</translation>
    </message>
    <message>
        <source>Reading the layers…</source>
        <extracomment>dialogs/harmonise_editor.py</extracomment>
        <translation>Lagen lezen…</translation>
    </message>
    <message>
        <source>Counting values…</source>
        <extracomment>dialogs/harmonise_editor.py</extracomment>
        <translation>Waarden tellen…</translation>
    </message>
    <message>
        <source>Preview…</source>
        <extracomment>dialogs/harmonise_editor.py</extracomment>
        <translation>Voorbeeld…</translation>
    </message>
    <message>
        <source>The layers are no longer in the project.</source>
        <extracomment>dialogs/harmonise_editor.py</extracomment>
        <translation>De lagen zijn niet meer in het project.</translation>
    </message>
    <message>
        <source>Layer {layer} looks like {type} of schema {schema}. A document has one schema: make another one for it, or add it as something else.</source>
        <extracomment>dialogs/harmonise_editor.py</extracomment>
        <translation>Laag {layer} lijkt op {type} van schema {schema}. Een document heeft één schema: maak er een ander voor, of voeg de laag toe als iets anders.</translation>
    </message>
    <message>
        <source>Looking at {layer}…</source>
        <extracomment>dialogs/harmonise_editor.py</extracomment>
        <translation>{layer} bekijken…</translation>
    </message>
    <message>
        <source>Reading {file}…</source>
        <extracomment>dialogs/harmonise_editor.py</extracomment>
        <translation>{file} lezen…</translation>
    </message>
    <message>
        <source>{property} is {value}</source>
        <extracomment>dialogs/harmonise_editor.py</extracomment>
        <translation>{property} is {value}</translation>
    </message>
    <message>
        <source>Remove {property}</source>
        <extracomment>dialogs/harmonise_editor.py</extracomment>
        <translation>{property} verwijderen</translation>
    </message>
    <message>
        <source>Agree to {property}</source>
        <extracomment>dialogs/harmonise_editor.py</extracomment>
        <translation>Instemmen met {property}</translation>
    </message>
    <message>
        <source>Target type {type}</source>
        <extracomment>dialogs/harmonise_editor.py</extracomment>
        <translation>Doeltype {type}</translation>
    </message>
    <message>
        <source>Add {type}</source>
        <extracomment>dialogs/harmonise_editor.py</extracomment>
        <translation>{type} toevoegen</translation>
    </message>
    <message>
        <source>Take in {layer}</source>
        <extracomment>dialogs/harmonise_editor.py</extracomment>
        <translation>{layer} opnemen</translation>
    </message>
    <message>
        <source>Open…</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Openen…</translation>
    </message>
    <message>
        <source>Save</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Opslaan</translation>
    </message>
    <message>
        <source>Save as…</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Opslaan als…</translation>
    </message>
    <message>
        <source>Codes…</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Codes…</translation>
    </message>
    <message>
        <source>Agree</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Instemmen</translation>
    </message>
    <message>
        <source>Leave out unread columns</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Ongelezen weglaten</translation>
    </message>
    <message>
        <source>Read layers again</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Opnieuw lezen</translation>
    </message>
    <message>
        <source>Export…</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Exporteren…</translation>
    </message>
    <message>
        <source>Target type…</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Doeltype…</translation>
    </message>
    <message>
        <source>Add…</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Toevoegen…</translation>
    </message>
    <message>
        <source>Remove</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Verwijderen</translation>
    </message>
    <message>
        <source>Find</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Zoeken</translation>
    </message>
    <message>
        <source>Undo</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Ongedaan maken</translation>
    </message>
    <message>
        <source>Redo</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Opnieuw</translation>
    </message>
    <message>
        <source>About the property</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Over de eigenschap</translation>
    </message>
    <message>
        <source>Object types of the document</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Objecttypen van het document</translation>
    </message>
    <message>
        <source>O&amp;bject:</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>O&amp;bject:</translation>
    </message>
    <message>
        <source>&amp;Namespace:</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>&amp;Naamruimte:</translation>
    </message>
    <message>
        <source>Lan&amp;guage:</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>&amp;Taal:</translation>
    </message>
    <message>
        <source>&amp;Lineage:</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>&amp;Herkomst:</translation>
    </message>
    <message>
        <source>The namespace of your identifiers, such as DE.MYTOWN.BU</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>De naamruimte van uw identificatoren, zoals NL.MIJNSTAD.BU</translation>
    </message>
    <message>
        <source>The language of names, three letters: deu, fra, ita …</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>De taal van de namen, drie letters: deu, fra, ita …</translation>
    </message>
    <message>
        <source>How the data came about; goes into the metadata</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Hoe de gegevens tot stand kwamen; komt in de metadata</translation>
    </message>
    <message>
        <source>Find a property or column (Ctrl+F)</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Eigenschap of kolom zoeken (Ctrl+F)</translation>
    </message>
    <message>
        <source>Find a property or column</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Eigenschap of kolom zoeken</translation>
    </message>
    <message>
        <source>&amp;All properties</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>&amp;Alle eigenschappen</translation>
    </message>
    <message>
        <source>Also those that the schema doesn&apos;t ask for</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Ook die waar het schema niet om vraagt</translation>
    </message>
    <message>
        <source>Layers that are read</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Lagen die worden gelezen</translation>
    </message>
    <message>
        <source>Properties and what fills them</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Eigenschappen en wat ze vult</translation>
    </message>
    <message>
        <source>Remove the value</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>De waarde verwijderen</translation>
    </message>
    <message>
        <source>&amp;Layers to harmonise. They are taken as they are in the project: filter, joins, virtual fields and unsaved edits count.</source>
        <extracomment>dialogs/harmonise_layers.py</extracomment>
        <translation>Te harmoniseren &amp;lagen. Ze worden genomen zoals ze in het project zijn: filter, koppelingen, virtuele velden en niet-opgeslagen bewerkingen tellen mee.</translation>
    </message>
    <message>
        <source>Layers of the project</source>
        <extracomment>dialogs/harmonise_layers.py</extracomment>
        <translation>Lagen van het project</translation>
    </message>
    <message>
        <source>Only &amp;selected features, where a layer has a selection</source>
        <extracomment>dialogs/export_data.py</extracomment>
        <translation>Alleen ge&amp;selecteerde objecten, waar een laag een selectie heeft</translation>
    </message>
    <message>
        <source>filtered</source>
        <extracomment>dialogs/layerlists.py</extracomment>
        <translation>gefilterd</translation>
    </message>
    <message>
        <source>{count} selected</source>
        <extracomment>dialogs/layerlists.py</extracomment>
        <translation>{count} geselecteerd</translation>
    </message>
    <message>
        <source>Attribute</source>
        <extracomment>dialogs/harmonise_preview.py</extracomment>
        <translation>Attribuut</translation>
    </message>
    <message>
        <source>Value</source>
        <extracomment>dialogs/harmonise_preview.py</extracomment>
        <translation>Waarde</translation>
    </message>
    <message>
        <source>The feature&apos;s attributes</source>
        <extracomment>dialogs/harmonise_preview.py</extracomment>
        <translation>De attributen van het object</translation>
    </message>
    <message>
        <source>Property</source>
        <extracomment>dialogs/harmonise_preview.py</extracomment>
        <translation>Eigenschap</translation>
    </message>
    <message>
        <source>The INSPIRE object</source>
        <extracomment>dialogs/harmonise_preview.py</extracomment>
        <translation>Het INSPIRE-object</translation>
    </message>
    <message>
        <source>Problems and findings</source>
        <extracomment>dialogs/harmonise_preview.py</extracomment>
        <translation>Problemen en bevindingen</translation>
    </message>
    <message>
        <source>State of the preview</source>
        <extracomment>dialogs/harmonise_preview.py</extracomment>
        <translation>Stand van het voorbeeld</translation>
    </message>
    <message>
        <source>Feature before (Alt+Left)</source>
        <extracomment>dialogs/harmonise_preview.py</extracomment>
        <translation>Vorig object (Alt+Links)</translation>
    </message>
    <message>
        <source>Next feature (Alt+Right)</source>
        <extracomment>dialogs/harmonise_preview.py</extracomment>
        <translation>Volgend object (Alt+Rechts)</translation>
    </message>
    <message>
        <source>Which feature is shown</source>
        <extracomment>dialogs/harmonise_preview.py</extracomment>
        <translation>Welk object wordt getoond</translation>
    </message>
    <message>
        <source>{layer}: feature {number} of {count}</source>
        <extracomment>dialogs/harmonise_preview.py</extracomment>
        <translation>{layer}: object {number} van {count}</translation>
    </message>
    <message>
        <source>No preview while something is wrong: see the problems above.</source>
        <extracomment>dialogs/harmonise_preview.py</extracomment>
        <translation>Geen voorbeeld zolang er iets mis is: zie de problemen hierboven.</translation>
    </message>
    <message>
        <source>No feature</source>
        <extracomment>dialogs/harmonise_preview.py</extracomment>
        <translation>Geen object</translation>
    </message>
    <message>
        <source>Reading layers for harmonisation</source>
        <extracomment>dialogs/harmonise_staging.py</extracomment>
        <translation>Lagen lezen om te harmoniseren</translation>
    </message>
    <message>
        <source>Reading the layers was cancelled.</source>
        <extracomment>dialogs/harmonise_staging.py</extracomment>
        <translation>Het lezen van de lagen is geannuleerd.</translation>
    </message>
    <message>
        <source>Identifier (id)</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>Identificator (id)</translation>
    </message>
    <message>
        <source>One object for each (key)</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>Eén object per (key)</translation>
    </message>
    <message>
        <source>Only rows where (where)</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>Alleen rijen waarvoor (where)</translation>
    </message>
    <message>
        <source>needed</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>nodig</translation>
    </message>
    <message>
        <source>translate…</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>vertalen…</translation>
    </message>
    <message>
        <source>mandatory</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>verplicht</translation>
    </message>
    <message>
        <source>voidable</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>voidable</translation>
    </message>
    <message>
        <source>optional</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>optioneel</translation>
    </message>
    <message>
        <source>May have several values.</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>Mag meerdere waarden hebben.</translation>
    </message>
    <message>
        <source>Inherited from the document that this one extends.</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>Geërfd van het document dat dit uitbreidt.</translation>
    </message>
    <message>
        <source>Kept as it is written; it can be changed in a text editor only.</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>Blijft zoals het geschreven is; alleen in een teksteditor te wijzigen.</translation>
    </message>
    <message>
        <source>Column, expression or value</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>Kolom, expressie of waarde</translation>
    </message>
    <message>
        <source>Need</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>Vereist</translation>
    </message>
    <message>
        <source>Codes</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>Codes</translation>
    </message>
    <message>
        <source>Sure</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>Zeker</translation>
    </message>
    <message>
        <source>{path}: {need}, holds {holds}</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>{path}: {need}, bevat {holds}</translation>
    </message>
    <message>
        <source>{count} translated</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>{count} vertaald</translation>
    </message>
    <message>
        <source>A column of the layer</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>Een kolom van de laag</translation>
    </message>
    <message>
        <source>nothing</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>niets</translation>
    </message>
    <message>
        <source>Unit: {unit}</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>Eenheid: {unit}</translation>
    </message>
    <message>
        <source>A reference to another object</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>Een verwijzing naar een ander object</translation>
    </message>
    <message>
        <source>No value, and why</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>Geen waarde, en waarom</translation>
    </message>
    <message>
        <source>Choose the target type</source>
        <extracomment>dialogs/harmonise_types.py</extracomment>
        <translation>Het doeltype kiezen</translation>
    </message>
    <message>
        <source>&amp;What do the objects of the layer stand for?</source>
        <extracomment>dialogs/harmonise_types.py</extracomment>
        <translation>&amp;Waar staan de objecten van de laag voor?</translation>
    </message>
    <message>
        <source>building, Gebäude, bâtiment, gebouw, edificio …</source>
        <extracomment>dialogs/harmonise_types.py</extracomment>
        <translation>gebouw, building, Gebäude, bâtiment, edificio …</translation>
    </message>
    <message>
        <source>Words to search target types by</source>
        <extracomment>dialogs/harmonise_types.py</extracomment>
        <translation>Woorden om doeltypen mee te zoeken</translation>
    </message>
    <message>
        <source>Target types found</source>
        <extracomment>dialogs/harmonise_types.py</extracomment>
        <translation>Gevonden doeltypen</translation>
    </message>
    <message>
        <source>Definition of the type</source>
        <extracomment>dialogs/harmonise_types.py</extracomment>
        <translation>Definitie van het type</translation>
    </message>
    <message>
        <source>Searching…</source>
        <extracomment>dialogs/harmonise_types.py</extracomment>
        <translation>Zoeken…</translation>
    </message>
    <message>
        <source>Name</source>
        <extracomment>dialogs/harmonise_types.py</extracomment>
        <translation>Naam</translation>
    </message>
    <message>
        <source>Called</source>
        <extracomment>dialogs/harmonise_types.py</extracomment>
        <translation>Heet</translation>
    </message>
    <message>
        <source>Schema</source>
        <extracomment>dialogs/harmonise_types.py</extracomment>
        <translation>Schema</translation>
    </message>
    <message>
        <source>Definition</source>
        <extracomment>dialogs/harmonise_types.py</extracomment>
        <translation>Definitie</translation>
    </message>
    <message>
        <source>No target type is called like that.</source>
        <extracomment>dialogs/harmonise_types.py</extracomment>
        <translation>Geen doeltype heet zo.</translation>
    </message>
    <message>
        <source>{name} reads the clock; a mapping gives the same result on any day. State the date, or put it into a column.</source>
        <extracomment>dialogs/harmonise_words.py</extracomment>
        <translation>{name} leest de klok; een mapping geeft op elke dag hetzelfde resultaat. Vermeld de datum, of zet die in een kolom.</translation>
    </message>
    <message>
        <source>{name} gives another value each time. For an identifier that stays, use a column, key, =fingerprint(geometry) or =uuid5(…).</source>
        <extracomment>dialogs/harmonise_words.py</extracomment>
        <translation>{name} geeft elke keer een andere waarde. Gebruik voor een identificator die blijft een kolom, key, =fingerprint(geometry) of =uuid5(…).</translation>
    </message>
    <message>
        <source>{name} numbers rows and changes when the file is written anew. Use a column that identifies the object, or =fingerprint(geometry).</source>
        <extracomment>dialogs/harmonise_words.py</extracomment>
        <translation>{name} nummert rijen en verandert wanneer het bestand opnieuw wordt geschreven. Gebruik een kolom die het object identificeert, of =fingerprint(geometry).</translation>
    </message>
    <message>
        <source>{name} measures a geometry, which mappings can&apos;t. Add it to the layer as a virtual field with the field calculator: virtual fields are read like columns.</source>
        <extracomment>dialogs/harmonise_words.py</extracomment>
        <translation>{name} meet een geometrie, wat mappings niet kunnen. Voeg het met de veldberekening als virtueel veld aan de laag toe: virtuele velden worden gelezen als kolommen.</translation>
    </message>
    <message>
        <source>{name} compares places. Write a join with where: in the document, or add a virtual field.</source>
        <extracomment>dialogs/harmonise_words.py</extracomment>
        <translation>{name} vergelijkt plaatsen. Schrijf een koppeling met where: in het document, of voeg een virtueel veld toe.</translation>
    </message>
    <message>
        <source>{name} looks at many rows; an expression here sees one. Add a virtual field, or use key: to make one object of many rows.</source>
        <extracomment>dialogs/harmonise_words.py</extracomment>
        <translation>{name} kijkt naar veel rijen; een expressie ziet er hier één. Voeg een virtueel veld toe, of maak met key: één object van veel rijen.</translation>
    </message>
    <message>
        <source>{name} reads other features. Join the layers in QGIS or with join: in the document; joined columns are read.</source>
        <extracomment>dialogs/harmonise_words.py</extracomment>
        <translation>{name} leest andere objecten. Koppel de lagen in QGIS of met join: in het document; gekoppelde kolommen worden gelezen.</translation>
    </message>
    <message>
        <source>{name} shows a value&apos;s label. Take the column itself and translate its codes (F4).</source>
        <extracomment>dialogs/harmonise_words.py</extracomment>
        <translation>{name} toont het label van een waarde. Neem de kolom zelf en vertaal haar codes (F4).</translation>
    </message>
    <message>
        <source>{name} runs what it is given, which a shared document must not.</source>
        <extracomment>dialogs/harmonise_words.py</extracomment>
        <translation>{name} voert uit wat het krijgt, wat een gedeeld document niet mag.</translation>
    </message>
    <message>
        <source>{name} reads what lies outside of the layer, which mappings can&apos;t.</source>
        <extracomment>dialogs/harmonise_words.py</extracomment>
        <translation>{name} leest wat buiten de laag ligt, wat mappings niet kunnen.</translation>
    </message>
    <message>
        <source>{name} is a variable of QGIS, which the document doesn&apos;t know. Write the value itself.</source>
        <extracomment>dialogs/harmonise_words.py</extracomment>
        <translation>{name} is een variabele van QGIS, die het document niet kent. Schrijf de waarde zelf.</translation>
    </message>
    <message>
        <source>{name} isn&apos;t among the geometry operators of mappings. Do it in QGIS first, with “Geometry by expression”.</source>
        <extracomment>dialogs/harmonise_words.py</extracomment>
        <translation>{name} hoort niet bij de geometrieoperaties van mappings. Doe het eerst in QGIS, met “Geometrie door expressie”.</translation>
    </message>
    <message>
        <source>{name} is known here, but not with these arguments.</source>
        <extracomment>dialogs/harmonise_words.py</extracomment>
        <translation>{name} is hier bekend, maar niet met deze argumenten.</translation>
    </message>
    <message>
        <source>{name} has no counterpart here. Add a virtual field with this expression: virtual fields are read like columns.</source>
        <extracomment>dialogs/harmonise_words.py</extracomment>
        <translation>{name} heeft hier geen tegenhanger. Voeg een virtueel veld met deze expressie toe: virtuele velden worden gelezen als kolommen.</translation>
    </message>
    <message>
        <source>Set up the Commonplace engine</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>De Commonplace-engine inrichten</translation>
    </message>
    <message>
        <source>Progress of the set-up</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Voortgang van de inrichting</translation>
    </message>
    <message>
        <source>What the programs print</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Wat de programma&apos;s afdrukken</translation>
    </message>
    <message>
        <source>Make an environment for it in this QGIS profile</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Er een omgeving voor maken in dit QGIS-profiel</translation>
    </message>
    <message>
        <source>Python for the environment</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Python voor de omgeving</translation>
    </message>
    <message>
        <source>&amp;Python</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>&amp;Python</translation>
    </message>
    <message>
        <source>Another Python</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Een andere Python</translation>
    </message>
    <message>
        <source>Pro&amp;gram</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Pro&amp;gramma</translation>
    </message>
    <message>
        <source>Folder of wheels</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Map met wheels</translation>
    </message>
    <message>
        <source>the package index (internet)</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>de pakketindex (internet)</translation>
    </message>
    <message>
        <source>Packages &amp;from</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Pakketten &amp;uit</translation>
    </message>
    <message>
        <source>Without internet: a folder with the wheels of all packages that the engine needs</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Zonder internet: een map met de wheels van alle pakketten die de engine nodig heeft</translation>
    </message>
    <message>
        <source>Use an environment that has the engine already</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Een omgeving gebruiken die de engine al heeft</translation>
    </message>
    <message>
        <source>Python of the environment</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Python van de omgeving</translation>
    </message>
    <message>
        <source>P&amp;ython</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>P&amp;ython</translation>
    </message>
    <message>
        <source>&amp;Set up</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>&amp;Inrichten</translation>
    </message>
    <message>
        <source>Search &amp;again</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Opnieuw &amp;zoeken</translation>
    </message>
    <message>
        <source>Look for Pythons again, such as one just installed</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Opnieuw naar Pythons zoeken, zoals een pas geïnstalleerde</translation>
    </message>
    <message>
        <source>Open &amp;log</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>&amp;Logboek openen</translation>
    </message>
    <message>
        <source>Looking for Python…</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Python zoeken…</translation>
    </message>
    <message>
        <source>Another…</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Een andere…</translation>
    </message>
    <message>
        <source>The plugin is version {plugin}: some things may not fit together.</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>De plug-in heeft versie {plugin}: sommige dingen passen misschien niet bij elkaar.</translation>
    </message>
    <message>
        <source>&amp;Try again</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>&amp;Opnieuw proberen</translation>
    </message>
    <message>
        <source>Close</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Sluiten</translation>
    </message>
    <message>
        <source>&amp;Use it</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>&amp;Gebruiken</translation>
    </message>
    <message>
        <source>Cancel</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Annuleren</translation>
    </message>
    <message>
        <source>The engine, version {version}, is ready.</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>De engine, versie {version}, is gereed.</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Geannuleerd.</translation>
    </message>
    <message>
        <source>Data to check</source>
        <extracomment>dialogs/validate.py</extracomment>
        <translation>Te controleren gegevens</translation>
    </message>
    <message>
        <source>&amp;Validate</source>
        <extracomment>dialogs/validate.py</extracomment>
        <translation>&amp;Valideren</translation>
    </message>
    <message>
        <source>Files, folders and packages</source>
        <extracomment>dialogs/validate.py</extracomment>
        <translation>Bestanden, mappen en pakketten</translation>
    </message>
    <message>
        <source>Files to check</source>
        <extracomment>dialogs/validate.py</extracomment>
        <translation>Te controleren bestanden</translation>
    </message>
    <message>
        <source>For layers that hold INSPIRE data already; they are taken with their filter.</source>
        <extracomment>dialogs/validate.py</extracomment>
        <translation>Voor lagen die al INSPIRE-gegevens bevatten; ze worden met hun filter genomen.</translation>
    </message>
    <message>
        <source>Layers to check</source>
        <extracomment>dialogs/validate.py</extracomment>
        <translation>Te controleren lagen</translation>
    </message>
    <message>
        <source>Official schemas</source>
        <extracomment>dialogs/validate.py</extracomment>
        <translation>Officiële schema&apos;s</translation>
    </message>
    <message>
        <source>Folder; without it GML is checked by our own model</source>
        <extracomment>dialogs/validate.py</extracomment>
        <translation>Map; zonder map wordt GML met ons eigen model gecontroleerd</translation>
    </message>
    <message>
        <source>Folder or package to check</source>
        <extracomment>dialogs/validate.py</extracomment>
        <translation>Te controleren map of pakket</translation>
    </message>
    <message>
        <source>Add &amp;files…</source>
        <extracomment>dialogs/validate.py</extracomment>
        <translation>&amp;Bestanden toevoegen…</translation>
    </message>
    <message>
        <source>Add f&amp;older…</source>
        <extracomment>dialogs/validate.py</extracomment>
        <translation>&amp;Map toevoegen…</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <extracomment>dialogs/validate.py</extracomment>
        <translation>Ve&amp;rwijderen</translation>
    </message>
    <message>
        <source>Set up the &amp;engine…</source>
        <extracomment>faces/engine_setup.py</extracomment>
        <translation>De &amp;engine inrichten…</translation>
    </message>
    <message>
        <source>Make, renew or choose the environment that Commonplace works in</source>
        <extracomment>faces/engine_setup.py</extracomment>
        <translation>De omgeving waarin Commonplace werkt maken, vernieuwen of kiezen</translation>
    </message>
    <message>
        <source>Check INSPIRE data: files, packages and layers of the project</source>
        <extracomment>faces/findings.py</extracomment>
        <translation>INSPIRE-gegevens controleren: bestanden, pakketten en lagen van het project</translation>
    </message>
    <message>
        <source>Rules of the validation</source>
        <extracomment>faces/findings.py</extracomment>
        <translation>Regels van de validatie</translation>
    </message>
    <message>
        <source>This finding has no place: it is about the file as a whole.</source>
        <extracomment>faces/findings.py</extracomment>
        <translation>Deze bevinding heeft geen plaats: ze gaat over het bestand als geheel.</translation>
    </message>
    <message>
        <source>Nothing is on the map yet: add the data as a layer first.</source>
        <extracomment>faces/findings.py</extracomment>
        <translation>Er staat nog niets op de kaart: voeg de gegevens eerst toe als laag.</translation>
    </message>
    <message>
        <source>Validate {subject}</source>
        <extracomment>faces/findings.py</extracomment>
        <translation>{subject} valideren</translation>
    </message>
    <message>
        <source>&amp;Harmonise to INSPIRE…</source>
        <extracomment>faces/harmonise.py</extracomment>
        <translation>&amp;Harmoniseren naar INSPIRE…</translation>
    </message>
    <message>
        <source>Say what the columns of layers mean, with a live preview</source>
        <extracomment>faces/harmonise.py</extracomment>
        <translation>Zeggen wat de kolommen van lagen betekenen, met een voorbeeld</translation>
    </message>
    <message>
        <source>{subject} · errors: {errors} · warnings: {warnings} · hints: {infos}</source>
        <extracomment>findings.py</extracomment>
        <translation>{subject} · fouten: {errors} · waarschuwingen: {warnings} · hints: {infos}</translation>
    </message>
    <message>
        <source>{first} and {more} more</source>
        <extracomment>findings.py</extracomment>
        <translation>{first} en nog {more}</translation>
    </message>
    <message>
        <source>Error</source>
        <extracomment>findings.py</extracomment>
        <translation>Fout</translation>
    </message>
    <message>
        <source>Warning</source>
        <extracomment>findings.py</extracomment>
        <translation>Waarschuwing</translation>
    </message>
    <message>
        <source>Hint</source>
        <extracomment>findings.py</extracomment>
        <translation>Hint</translation>
    </message>
    <message>
        <source>Fix</source>
        <extracomment>findings.py</extracomment>
        <translation>Oplossing</translation>
    </message>
    <message>
        <source>Clause</source>
        <extracomment>findings.py</extracomment>
        <translation>Bepaling</translation>
    </message>
    <message>
        <source>Feature</source>
        <extracomment>findings.py</extracomment>
        <translation>Object</translation>
    </message>
    <message>
        <source>File</source>
        <extracomment>dialogs/packages.py</extracomment>
        <translation>Bestand</translation>
    </message>
    <message>
        <source>Occurs</source>
        <extracomment>findings.py</extracomment>
        <translation>Komt voor</translation>
    </message>
    <message>
        <source>No findings in {subject}.</source>
        <extracomment>findings.py</extracomment>
        <translation>Geen bevindingen in {subject}.</translation>
    </message>
    <message>
        <source>{file}, line {line}</source>
        <extracomment>findings.py</extracomment>
        <translation>{file}, regel {line}</translation>
    </message>
    <message>
        <source>the table shows {shown} examples</source>
        <extracomment>findings.py</extracomment>
        <translation>de tabel toont {shown} voorbeelden</translation>
    </message>
    <message>
        <source>{count} times</source>
        <extracomment>findings.py</extracomment>
        <translation>{count} keer</translation>
    </message>
    <message>
        <source>Severity</source>
        <extracomment>findingsmodel.py</extracomment>
        <translation>Ernst</translation>
    </message>
    <message>
        <source>What is wrong</source>
        <extracomment>findingsmodel.py</extracomment>
        <translation>Wat er mis is</translation>
    </message>
    <message>
        <source>Rule</source>
        <extracomment>findingsmodel.py</extracomment>
        <translation>Regel</translation>
    </message>
    <message>
        <source>Looking for Python</source>
        <extracomment>setuptasks.py</extracomment>
        <translation>Python zoeken</translation>
    </message>
    <message>
        <source>Setting up the Commonplace engine</source>
        <extracomment>setuptasks.py</extracomment>
        <translation>De Commonplace-engine inrichten</translation>
    </message>
    <message>
        <source>Trying the engine</source>
        <extracomment>setuptasks.py</extracomment>
        <translation>De engine proberen</translation>
    </message>
    <message>
        <source>Install it with your system&apos;s packages (on Debian and Ubuntu: apt install python3 python3-venv), then search again.</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Installeer het met de pakketten van uw systeem (op Debian en Ubuntu: apt install python3 python3-venv) en zoek dan opnieuw.</translation>
    </message>
    <message>
        <source>No Python was found. The engine needs Python {oldest} or newer.</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Er is geen Python gevonden. De engine heeft Python {oldest} of nieuwer nodig.</translation>
    </message>
    <message>
        <source>Install Python from python.org or the Microsoft Store, then search again.</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Installeer Python van python.org of uit de Microsoft Store en zoek dan opnieuw.</translation>
    </message>
    <message>
        <source>Install Python from python.org or with Homebrew, then search again.</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Installeer Python van python.org of met Homebrew en zoek dan opnieuw.</translation>
    </message>
    <message>
        <source>unknown</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>onbekend</translation>
    </message>
    <message>
        <source>The Pythons found can&apos;t make environments: they lack the module venv. The engine needs Python {oldest} or newer with it.</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>De gevonden Pythons kunnen geen omgevingen maken: ze missen de module venv. De engine heeft Python {oldest} of nieuwer met die module nodig.</translation>
    </message>
    <message>
        <source>The Pythons found don&apos;t do: {oldest} or newer is needed, with 64 bit.</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>De gevonden Pythons voldoen niet: {oldest} of nieuwer is nodig, met 64 bit.</translation>
    </message>
    <message>
        <source>Python could not make an environment.</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Python kon geen omgeving maken.</translation>
    </message>
    <message>
        <source>This Python has no pip to install packages with, and none could be fetched. On Debian and Ubuntu, apt install python3-venv mends that.</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Deze Python heeft geen pip om pakketten te installeren, en er kon geen worden opgehaald. Op Debian en Ubuntu verhelpt apt install python3-venv dat.</translation>
    </message>
    <message>
        <source>The disk is full. The engine needs about 1 GB.</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>De schijf is vol. De engine heeft ongeveer 1 GB nodig.</translation>
    </message>
    <message>
        <source>The package index can&apos;t be reached. Check the network and QGIS&apos;s proxy settings, or take the packages from a folder of wheels.</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>De pakketindex is niet te bereiken. Controleer het netwerk en de proxy-instellingen van QGIS, of neem de pakketten uit een map met wheels.</translation>
    </message>
    <message>
        <source>A file can&apos;t be written or replaced. Another QGIS may be using the engine: close it and try again.</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Een bestand kan niet worden geschreven of vervangen. Misschien gebruikt een andere QGIS de engine: sluit die en probeer het opnieuw.</translation>
    </message>
    <message>
        <source>A package doesn&apos;t go with this version of Python. Choose another Python.</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Een pakket past niet bij deze versie van Python. Kies een andere Python.</translation>
    </message>
    <message>
        <source>A package isn&apos;t there in a version that goes with this Python and computer. Choose another Python, or another folder of wheels.</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Een pakket is er niet in een versie die bij deze Python en computer past. Kies een andere Python, of een andere map met wheels.</translation>
    </message>
    <message>
        <source>The engine in this environment is version {detail}, which isn&apos;t this plugin&apos;s.</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>De engine in deze omgeving heeft versie {detail}, en dat is niet die van deze plug-in.</translation>
    </message>
    <message>
        <source>The engine was installed, but can&apos;t be started.</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>De engine is geïnstalleerd, maar kan niet worden gestart.</translation>
    </message>
    <message>
        <source>Installing the packages failed.</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Het installeren van de pakketten is mislukt.</translation>
    </message>
    <message>
        <source>The engine is set up: version {version}, in {python}</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>De engine is ingericht: versie {version}, in {python}</translation>
    </message>
    <message>
        <source>Commonplace does its work in an engine of its own, which isn&apos;t set up yet. It needs Python and about 1 GB in this QGIS profile; nothing else on this computer changes.</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Commonplace werkt in een eigen engine, die nog niet is ingericht. Ze heeft Python en ongeveer 1 GB in dit QGIS-profiel nodig; verder verandert er niets op deze computer.</translation>
    </message>
    <message>
        <source>The engine&apos;s Python can&apos;t be started: {python}</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>De Python van de engine kan niet worden gestart: {python}</translation>
    </message>
    <message>
        <source>The engine is version {version} and the plugin {plugin}: set it up again to renew it.</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>De engine heeft versie {version} en de plug-in {plugin}: richt haar opnieuw in om haar te vernieuwen.</translation>
    </message>
    <message>
        <source>Making the environment…</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>De omgeving maken…</translation>
    </message>
    <message>
        <source>Fetching the packages that the engine needs…</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>De pakketten ophalen die de engine nodig heeft…</translation>
    </message>
    <message>
        <source>Installing the packages…</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>De pakketten installeren…</translation>
    </message>
    <message>
        <source>Trying the engine…</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>De engine proberen…</translation>
    </message>
    <message>
        <source>The engine gave no answer.</source>
        <extracomment>tasks.py</extracomment>
        <translation>De engine gaf geen antwoord.</translation>
    </message>
    <message>
        <source>The mapping reads layer “{wanted}”, which isn&apos;t among those chosen: {chosen}</source>
        <extracomment>texts.py</extracomment>
        <translation>De mapping leest laag “{wanted}”, die niet bij de gekozen lagen is: {chosen}</translation>
    </message>
    <message>
        <source>“{python}” is not a Python interpreter that can be started.</source>
        <extracomment>texts.py</extracomment>
        <translation>“{python}” is geen Python-interpreter die gestart kan worden.</translation>
    </message>
    <message>
        <source>Correct the environment variable {variable} or the setting commonplace/python, or remove it and make an environment with these commands:</source>
        <extracomment>texts.py</extracomment>
        <translation>Verbeter de omgevingsvariabele {variable} of de instelling commonplace/python, of verwijder die en maak een omgeving met deze opdrachten:</translation>
    </message>
    <message>
        <source>The Commonplace engine is not set up yet: it needs a Python of its own.</source>
        <extracomment>texts.py</extracomment>
        <translation>De Commonplace-engine is nog niet ingericht: ze heeft een eigen Python nodig.</translation>
    </message>
    <message>
        <source>In QGIS, Plugins ▸ Commonplace ▸ Set up the engine… does that. By hand, with Python 3.11 or newer, these commands do (or name an interpreter that has it in the environment variable {variable}):</source>
        <extracomment>texts.py</extracomment>
        <translation>In QGIS doet Plug-ins ▸ Commonplace ▸ De engine inrichten… dat. Met de hand, met Python 3.11 of nieuwer, doen deze opdrachten het (of noem in de omgevingsvariabele {variable} een interpreter die haar heeft):</translation>
    </message>
    <message>
        <source>A layer can&apos;t be handed to the engine: {layer}</source>
        <extracomment>texts.py</extracomment>
        <translation>Een laag kan niet aan de engine worden doorgegeven: {layer}</translation>
    </message>
    <message>
        <source>The Commonplace engine can&apos;t be started.</source>
        <extracomment>texts.py</extracomment>
        <translation>De Commonplace-engine kan niet worden gestart.</translation>
    </message>
    <message>
        <source>The Commonplace engine doesn&apos;t answer. Is it installed in this Python?</source>
        <extracomment>texts.py</extracomment>
        <translation>De Commonplace-engine antwoordt niet. Is ze in deze Python geïnstalleerd?</translation>
    </message>
    <message>
        <source>The Commonplace engine and this plugin are of versions that don&apos;t fit together. Install the engine again from the wheel in the plugin&apos;s folder.</source>
        <extracomment>texts.py</extracomment>
        <translation>De versies van de Commonplace-engine en van deze plug-in passen niet bij elkaar. Installeer de engine opnieuw uit de wheel in de map van de plug-in.</translation>
    </message>
    <message>
        <source>The Commonplace engine ended unexpectedly.</source>
        <extracomment>texts.py</extracomment>
        <translation>De Commonplace-engine is onverwacht gestopt.</translation>
    </message>
    <message>
        <source>The Commonplace engine failed at this job. Nothing was written.</source>
        <extracomment>texts.py</extracomment>
        <translation>De Commonplace-engine is bij deze taak mislukt. Er is niets geschreven.</translation>
    </message>
    <message>
        <source>Its log is {log}</source>
        <extracomment>texts.py</extracomment>
        <translation>Haar logboek is {log}</translation>
    </message>
    <message>
        <source>Read {layers}</source>
        <extracomment>dialogs/harmonise_editor.py</extracomment>
        <translation>{layers} lezen</translation>
    </message>
    <message>
        <source>Layers that this object type reads (Ctrl+L)</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Lagen die dit objecttype leest (Ctrl+L)</translation>
    </message>
    <message>
        <source>Edit the value</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>De waarde bewerken</translation>
    </message>
    <message>
        <source>Licence (empty: from the layers&apos; metadata)</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Licentie (leeg: uit de metadata)</translation>
    </message>
    <message>
        <source>Attribution (empty: from the layers&apos; metadata)</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Naamsvermelding (leeg: uit de metadata)</translation>
    </message>
    <message>
        <source>A layer has changed. Read the layers again (F5) to see it here.</source>
        <extracomment>dialogs/harmonise_editor.py</extracomment>
        <translation>Een laag is gewijzigd. Lees de lagen opnieuw (F5) om het hier te zien.</translation>
    </message>
    <message>
        <source>Help</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Help</translation>
    </message>
    <message>
        <source>User &amp;guide</source>
        <extracomment>faces/guide.py</extracomment>
        <translation>&amp;Handleiding</translation>
    </message>
    <message>
        <source>A planner&apos;s first hour, step by step</source>
        <extracomment>faces/guide.py</extracomment>
        <translation>Het eerste uur, stap voor stap</translation>
    </message>
    <message>
        <source>Inspect source</source>
        <extracomment>algorithms/connect.py</extracomment>
        <translation>Bron onderzoeken</translation>
    </message>
    <message>
        <source>Load layer</source>
        <extracomment>algorithms/connect.py</extracomment>
        <translation>Laag laden</translation>
    </message>
    <message>
        <source>Reads a layer of any source that the engine knows, whole, into a GeoPackage. Of a service, only what lies in the extent and meets the filter is asked for, where the service can choose.
Layer: may be left out where the source has only one; Inspect source lists them.
Filter: CQL2, such as floors &gt; 3 AND kind = &apos;oak&apos;.</source>
        <extracomment>algorithms/connect.py</extracomment>
        <translation>Leest een laag van elke bron die de engine kent, in haar geheel, in een GeoPackage. Van een service wordt alleen gevraagd wat in het bereik ligt en aan het filter voldoet, waar de service kan kiezen.
Laag: mag wegblijven als de bron er maar één heeft; Bron onderzoeken somt ze op.
Filter: CQL2, zoals floors &gt; 3 AND kind = &apos;oak&apos;.</translation>
    </message>
    <message>
        <source>Address of a service, file or folder</source>
        <extracomment>algorithms/connect.py</extracomment>
        <translation>Adres van een service, bestand of map</translation>
    </message>
    <message>
        <source>The address carries a secret: use an authentication of QGIS instead.</source>
        <extracomment>addresses.py</extracomment>
        <translation>Het adres bevat een geheim: gebruik in plaats daarvan een authenticatie van QGIS.</translation>
    </message>
    <message>
        <source>Kind of source</source>
        <extracomment>algorithms/connect.py</extracomment>
        <translation>Soort bron</translation>
    </message>
    <message>
        <source>Names of the layers</source>
        <extracomment>algorithms/connect.py</extracomment>
        <translation>Namen van de lagen</translation>
    </message>
    <message>
        <source>Number of layers</source>
        <extracomment>algorithms/connect.py</extracomment>
        <translation>Aantal lagen</translation>
    </message>
    <message>
        <source>Extent</source>
        <extracomment>algorithms/connect.py</extracomment>
        <translation>Bereik</translation>
    </message>
    <message>
        <source>Largest number of features</source>
        <extracomment>algorithms/connect.py</extracomment>
        <translation>Grootste aantal objecten</translation>
    </message>
    <message>
        <source>Filter</source>
        <extracomment>algorithms/connect.py</extracomment>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Layer loaded</source>
        <extracomment>algorithms/connect.py</extracomment>
        <translation>Geladen laag</translation>
    </message>
    <message>
        <source>Features read</source>
        <extracomment>algorithms/connect.py</extracomment>
        <translation>Gelezen objecten</translation>
    </message>
    <message>
        <source>Recognises what an address, a file or a folder is (OGC API, WFS, CSW, SensorThings, NGSI-LD broker, INSPIRE GML and many more) and lists its layers, with CRS, number of features and licence.
Load layer reads what is listed.</source>
        <extracomment>algorithms/connect.py</extracomment>
        <translation>Herkent wat een adres, een bestand of een map is (OGC API, WFS, CSW, SensorThings, NGSI-LD-broker, INSPIRE-GML en nog veel meer) en somt de lagen op, met CRS, aantal objecten en licentie.
Laag laden leest wat is opgesomd.</translation>
    </message>
    <message>
        <source>Tells what an address, a file or a folder is, and lists its layers.</source>
        <extracomment>algorithms/connect.py</extracomment>
        <translation>Zegt wat een adres, een bestand of een map is, en somt de lagen op.</translation>
    </message>
    <message>
        <source>Reads a layer of any source, whole or a part of it, into a GeoPackage.</source>
        <extracomment>algorithms/connect.py</extracomment>
        <translation>Leest een laag van elke bron, geheel of gedeeltelijk, in een GeoPackage.</translation>
    </message>
    <message>
        <source>Type or paste an address, or choose a file or a folder.</source>
        <extracomment>addresses.py</extracomment>
        <translation>Typ of plak een adres, of kies een bestand of een map.</translation>
    </message>
    <message>
        <source>{kind}, layers: {count}</source>
        <extracomment>connections.py</extracomment>
        <translation>{kind}, lagen: {count}</translation>
    </message>
    <message>
        <source>Connect to a source</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>Met een bron verbinden</translation>
    </message>
    <message>
        <source>OGC API, WFS, CSW, SensorThings, NGSI-LD broker, file or folder.</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>OGC API, WFS, CSW, SensorThings, NGSI-LD-broker, bestand of map.</translation>
    </message>
    <message>
        <source>Looking…</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>Onderzoeken…</translation>
    </message>
    <message>
        <source>&amp;Look</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>&amp;Onderzoeken</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>&amp;Adres</translation>
    </message>
    <message>
        <source>Layers of the source</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>Lagen van de bron</translation>
    </message>
    <message>
        <source>Only a part of it</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>Alleen een deel ervan</translation>
    </message>
    <message>
        <source>What lies in the &amp;map&apos;s extent</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>Wat in het bereik van de &amp;kaart ligt</translation>
    </message>
    <message>
        <source>all</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>alle</translation>
    </message>
    <message>
        <source>CQL2; for an NGSI-LD broker its query language (q)</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>CQL2; voor een NGSI-LD-broker zijn zoektaal (q)</translation>
    </message>
    <message>
        <source>A&amp;dd layer</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>&amp;Laag toevoegen</translation>
    </message>
    <message>
        <source>&amp;Save connection…</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>Verbinding op&amp;slaan…</translation>
    </message>
    <message>
        <source>File to connect to</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>Te verbinden bestand</translation>
    </message>
    <message>
        <source>Save connection</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>Verbinding opslaan</translation>
    </message>
    <message>
        <source>Name of the connection</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>Naam van de verbinding</translation>
    </message>
    <message>
        <source>&amp;File…</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>&amp;Bestand…</translation>
    </message>
    <message>
        <source>F&amp;older…</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>&amp;Map…</translation>
    </message>
    <message>
        <source>Folder to connect to</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>Te verbinden map</translation>
    </message>
    <message>
        <source>Geometry</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>Geometrie</translation>
    </message>
    <message>
        <source>CRS</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>CRS</translation>
    </message>
    <message>
        <source>Licence</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>Licentie</translation>
    </message>
    <message>
        <source>Loading {layer}…</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>{layer} laden…</translation>
    </message>
    <message>
        <source>&amp;Connect…</source>
        <extracomment>faces/browser.py</extracomment>
        <translation>&amp;Verbinden…</translation>
    </message>
    <message>
        <source>Look what an address, a file or a folder holds, and add layers of it</source>
        <extracomment>faces/connect.py</extracomment>
        <translation>Bekijken wat een adres, een bestand of een map bevat, en er lagen van toevoegen</translation>
    </message>
    <message>
        <source>Refresh from its source</source>
        <extracomment>faces/connect.py</extracomment>
        <translation>Vernieuwen uit de bron</translation>
    </message>
    <message>
        <source>{layer} is loaded, features: {count}</source>
        <extracomment>faces/connect.py</extracomment>
        <translation>{layer} is geladen, objecten: {count}</translation>
    </message>
    <message>
        <source>Look at {source}</source>
        <extracomment>faces/connect.py</extracomment>
        <translation>{source} onderzoeken</translation>
    </message>
    <message>
        <source>Connection “{name}” is saved.</source>
        <extracomment>faces/connect.py</extracomment>
        <translation>Verbinding “{name}” is opgeslagen.</translation>
    </message>
    <message>
        <source>Load {layer}</source>
        <extracomment>sourcelayers.py</extracomment>
        <translation>{layer} laden</translation>
    </message>
    <message>
        <source>QGIS can&apos;t open {path}</source>
        <extracomment>sourcelayers.py</extracomment>
        <translation>QGIS kan {path} niet openen</translation>
    </message>
    <message>
        <source>Sa&amp;ved</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>Opge&amp;slagen</translation>
    </message>
    <message>
        <source>Saved connections</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>Opgeslagen verbindingen</translation>
    </message>
    <message>
        <source>&amp;Forget</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>&amp;Vergeten</translation>
    </message>
    <message>
        <source>Connection “{name}” is forgotten.</source>
        <extracomment>faces/connect.py</extracomment>
        <translation>De verbinding “{name}” is vergeten.</translation>
    </message>
    <message>
        <source>The feature {feature} is in none of the project&apos;s layers.</source>
        <extracomment>faces/findings.py</extracomment>
        <translation>Het object {feature} zit in geen van de lagen van het project.</translation>
    </message>
    <message>
        <source>Look for {feature}</source>
        <extracomment>findinglayers.py</extracomment>
        <translation>{feature} zoeken</translation>
    </message>
    <message>
        <source>Catalogue (CSW)</source>
        <extracomment>kinds.py</extracomment>
        <translation>Catalogus (CSW)</translation>
    </message>
    <message>
        <source>Catalogue (OGC API Records)</source>
        <extracomment>kinds.py</extracomment>
        <translation>Catalogus (OGC API Records)</translation>
    </message>
    <message>
        <source>ATOM download service</source>
        <extracomment>kinds.py</extracomment>
        <translation>ATOM-downloadservice</translation>
    </message>
    <message>
        <source>NGSI-LD broker</source>
        <extracomment>kinds.py</extracomment>
        <translation>NGSI-LD-broker</translation>
    </message>
    <message>
        <source>Linked data event stream</source>
        <extracomment>kinds.py</extracomment>
        <translation>Linked data event stream</translation>
    </message>
    <message>
        <source>File on a server</source>
        <extracomment>kinds.py</extracomment>
        <translation>Bestand op een server</translation>
    </message>
    <message>
        <source>Commonplace package</source>
        <extracomment>kinds.py</extracomment>
        <translation>Commonplace-pakket</translation>
    </message>
    <message>
        <source>Timetable (GTFS)</source>
        <extracomment>kinds.py</extracomment>
        <translation>Dienstregeling (GTFS)</translation>
    </message>
    <message>
        <source>{layer} follows its broker; a click on the sign beside it stops that.</source>
        <extracomment>faces/following.py</extracomment>
        <translation>{layer} volgt zijn broker; een klik op het teken ernaast stopt dat.</translation>
    </message>
    <message>
        <source>Follow this broker</source>
        <extracomment>faces/following.py</extracomment>
        <translation>Deze broker volgen</translation>
    </message>
    <message>
        <source>Follows its broker. Click to stop.</source>
        <extracomment>faces/following.py</extracomment>
        <translation>Volgt zijn broker. Klik om te stoppen.</translation>
    </message>
    <message>
        <source>{layer} is being edited: save or discard the edits first.</source>
        <extracomment>following.py</extracomment>
        <translation>{layer} wordt bewerkt: sla de bewerkingen eerst op of verwerp ze.</translation>
    </message>
    <message>
        <source>{layer} follows its broker</source>
        <extracomment>following.py</extracomment>
        <translation>{layer} volgt zijn broker</translation>
    </message>
    <message>
        <source>what the INSPIRE directive asks for: the whole model, nested as it is</source>
        <extracomment>formats.py</extracomment>
        <translation>wat de INSPIRE-richtlijn vraagt: het hele model, genest zoals het is</translation>
    </message>
    <message>
        <source>for QGIS and other GIS; styles come with it</source>
        <extracomment>formats.py</extracomment>
        <translation>voor QGIS en andere GIS; stijlen zijn erbij</translation>
    </message>
    <message>
        <source>for web maps and scripts, in longitude and latitude</source>
        <extracomment>formats.py</extracomment>
        <translation>voor webkaarten en scripts, in lengte en breedte</translation>
    </message>
    <message>
        <source>GeoJSON that keeps the target CRS, times and solids</source>
        <extracomment>formats.py</extracomment>
        <translation>GeoJSON dat doel-CRS, tijden en lichamen bewaart</translation>
    </message>
    <message>
        <source>for data science and large data sets, small and fast</source>
        <extracomment>formats.py</extracomment>
        <translation>voor data-analyse en grote datasets, klein en snel</translation>
    </message>
    <message>
        <source>for web maps over large data sets, read by parts</source>
        <extracomment>formats.py</extracomment>
        <translation>voor webkaarten van grote datasets, in delen gelezen</translation>
    </message>
    <message>
        <source>a table for spreadsheets; geometry as text</source>
        <extracomment>formats.py</extracomment>
        <translation>een tabel voor rekenbladen; geometrie als tekst</translation>
    </message>
    <message>
        <source>3D city models: buildings and what is around them</source>
        <extracomment>formats.py</extracomment>
        <translation>3D-stadsmodellen: gebouwen en wat eromheen is</translation>
    </message>
    <message>
        <source>the same in lines, for streaming and large cities</source>
        <extracomment>formats.py</extracomment>
        <translation>hetzelfde in regels, voor streams en grote steden</translation>
    </message>
    <message>
        <source>entities for context brokers and digital twins</source>
        <extracomment>formats.py</extracomment>
        <translation>entiteiten voor context brokers en digitale tweelingen</translation>
    </message>
    <message>
        <source>The mapping doesn&apos;t read layer {layer}: it is left out.</source>
        <extracomment>staging.py</extracomment>
        <translation>De mapping leest laag {layer} niet: die wordt weggelaten.</translation>
    </message>
    <message>
        <source>Writing {layer}</source>
        <extracomment>staging.py</extracomment>
        <translation>{layer} schrijven</translation>
    </message>
    <message>
        <source>Missing grid files: {grids}. To reach the better accuracy, download them into a folder of their own, and choose that as “Folder of grids”.</source>
        <extracomment>crsadvice.py</extracomment>
        <translation>Ontbrekende gridbestanden: {grids}. Download ze voor de betere nauwkeurigheid in een eigen map en kies die als ‘Map met grids’.</translation>
    </message>
    <message>
        <source>Worse than the {length} demanded: the export would stop.</source>
        <extracomment>crsadvice.py</extracomment>
        <translation>Slechter dan de geëiste {length}: de export zou stoppen.</translation>
    </message>
    <message>
        <source>not known</source>
        <extracomment>crsadvice.py</extracomment>
        <translation>onbekend</translation>
    </message>
    <message>
        <source>exact</source>
        <extracomment>crsadvice.py</extracomment>
        <translation>exact</translation>
    </message>
    <message>
        <source>The layer is in this CRS already.</source>
        <extracomment>crsadvice.py</extracomment>
        <translation>De laag heeft dit CRS al.</translation>
    </message>
    <message>
        <source>Nobody states an accuracy: compare with known points.</source>
        <extracomment>crsadvice.py</extracomment>
        <translation>Niemand noemt een nauwkeurigheid: vergelijk met bekende punten.</translation>
    </message>
    <message>
        <source>The datum stays, so nothing is lost.</source>
        <extracomment>crsadvice.py</extracomment>
        <translation>Het datum blijft, er gaat niets verloren.</translation>
    </message>
    <message>
        <source>no way found</source>
        <extracomment>crsadvice.py</extracomment>
        <translation>geen weg gevonden</translation>
    </message>
    <message>
        <source>up to {length} off</source>
        <extracomment>crsadvice.py</extracomment>
        <translation>tot {length} ernaast</translation>
    </message>
    <message>
        <source>It would be better with the grid {grid}.</source>
        <extracomment>crsadvice.py</extracomment>
        <translation>Met het grid {grid} zou het beter zijn.</translation>
    </message>
    <message>
        <source>Export a package</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>Een pakket exporteren</translation>
    </message>
    <message>
        <source>Parts of the form</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>Delen van het formulier</translation>
    </message>
    <message>
        <source>Folder for the package</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>Map voor het pakket</translation>
    </message>
    <message>
        <source>Package &amp;folder</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>Pakketma&amp;p</translation>
    </message>
    <message>
        <source>&amp;Replace it</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>Ve&amp;rvangen</translation>
    </message>
    <message>
        <source>Progress of the export</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>Voortgang van de export</translation>
    </message>
    <message>
        <source>&amp;Export</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>&amp;Exporteren</translation>
    </message>
    <message>
        <source>Canc&amp;el</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>Annul&amp;eren</translation>
    </message>
    <message>
        <source>Open repor&amp;t</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>Rapp&amp;ort openen</translation>
    </message>
    <message>
        <source>Show fol&amp;der</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>Map tonen (&amp;d)</translation>
    </message>
    <message>
        <source>O&amp;pen in QGIS</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>Openen in &amp;QGIS</translation>
    </message>
    <message>
        <source>&amp;1 Data</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>&amp;1 Gegevens</translation>
    </message>
    <message>
        <source>&amp;2 Coordinates</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>&amp;2 Coördinaten</translation>
    </message>
    <message>
        <source>&amp;3 Formats</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>&amp;3 Formaten</translation>
    </message>
    <message>
        <source>&amp;4 About the data</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>&amp;4 Over de gegevens</translation>
    </message>
    <message>
        <source>as the job says</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>zoals de taak zegt</translation>
    </message>
    <message>
        <source>The engine starts.</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>De engine start.</translation>
    </message>
    <message>
        <source>Still needed: {things}</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>Nog nodig: {things}</translation>
    </message>
    <message>
        <source>Choose a CRS that has an EPSG code.</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>Kies een CRS met EPSG-code.</translation>
    </message>
    <message>
        <source>The mapping makes: {types}</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>De mapping maakt: {types}</translation>
    </message>
    <message>
        <source>No package was written.</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>Er is geen pakket geschreven.</translation>
    </message>
    <message>
        <source>INSPIRE&apos;s record would lack: {gaps}. The report says so.</source>
        <extracomment>dialogs/export_about.py</extracomment>
        <translation>Aan het INSPIRE-record zou ontbreken: {gaps}. Het rapport zegt het.</translation>
    </message>
    <message>
        <source>* needed      ° asked for by INSPIRE&apos;s metadata</source>
        <extracomment>dialogs/export_about.py</extracomment>
        <translation>* nodig      ° gevraagd door de INSPIRE-metadata</translation>
    </message>
    <message>
        <source>T&amp;itle *</source>
        <extracomment>dialogs/export_about.py</extracomment>
        <translation>T&amp;itel *</translation>
    </message>
    <message>
        <source>&amp;Abstract °</source>
        <extracomment>dialogs/export_about.py</extracomment>
        <translation>S&amp;amenvatting °</translation>
    </message>
    <message>
        <source>&amp;Keywords</source>
        <extracomment>dialogs/export_about.py</extracomment>
        <translation>&amp;Trefwoorden</translation>
    </message>
    <message>
        <source>several, with commas between them</source>
        <extracomment>dialogs/export_about.py</extracomment>
        <translation>meerdere, met komma’s ertussen</translation>
    </message>
    <message>
        <source>an SPDX identifier, or an address</source>
        <extracomment>dialogs/export_about.py</extracomment>
        <translation>een SPDX-code of een adres</translation>
    </message>
    <message>
        <source>Li&amp;cence *</source>
        <extracomment>dialogs/export_about.py</extracomment>
        <translation>Li&amp;centie *</translation>
    </message>
    <message>
        <source>Attri&amp;bution *</source>
        <extracomment>dialogs/export_about.py</extracomment>
        <translation>Naamsvermelding (&amp;b) *</translation>
    </message>
    <message>
        <source>who is to be named, such as © Town of Lindenau</source>
        <extracomment>dialogs/export_about.py</extracomment>
        <translation>wie te noemen is, zoals © Gemeente Lindenau</translation>
    </message>
    <message>
        <source>Or&amp;ganisation °</source>
        <extracomment>dialogs/export_about.py</extracomment>
        <translation>Or&amp;ganisatie °</translation>
    </message>
    <message>
        <source>E-mai&amp;l °</source>
        <extracomment>dialogs/export_about.py</extracomment>
        <translation>E-mai&amp;l °</translation>
    </message>
    <message>
        <source>the organisation&apos;s, no person&apos;s</source>
        <extracomment>dialogs/export_about.py</extracomment>
        <translation>dat van de organisatie, van geen persoon</translation>
    </message>
    <message>
        <source>Lang&amp;uage of these texts</source>
        <extracomment>dialogs/export_about.py</extracomment>
        <translation>Taal van deze te&amp;ksten</translation>
    </message>
    <message>
        <source>Where the data come from and how they were made</source>
        <extracomment>dialogs/export_about.py</extracomment>
        <translation>Waar de gegevens vandaan komen en hoe ze gemaakt zijn</translation>
    </message>
    <message>
        <source>&amp;How the layers are reprojected, with what is on this computer:</source>
        <extracomment>dialogs/export_crs.py</extracomment>
        <translation>&amp;Hoe de lagen worden geherprojecteerd, met wat er op deze computer is:</translation>
    </message>
    <message>
        <source>EPSG:4258 (degrees) and EPSG:3035 (metres) are usual for INSPIRE</source>
        <extracomment>dialogs/export_crs.py</extracomment>
        <translation>EPSG:4258 (graden) en EPSG:3035 (meters) zijn gebruikelijk voor INSPIRE</translation>
    </message>
    <message>
        <source>whatever can be reached</source>
        <extracomment>dialogs/export_crs.py</extracomment>
        <translation>wat haalbaar is</translation>
    </message>
    <message>
        <source>The worst error that reprojection may bring; with a worse one nothing is written</source>
        <extracomment>dialogs/export_crs.py</extracomment>
        <translation>De grootste fout die herprojectie mag brengen; bij een grotere wordt niets geschreven</translation>
    </message>
    <message>
        <source>Accuracy demanded</source>
        <extracomment>dialogs/export_crs.py</extracomment>
        <translation>Geëiste nauwkeurigheid</translation>
    </message>
    <message>
        <source>A&amp;ccuracy demanded</source>
        <extracomment>dialogs/export_crs.py</extracomment>
        <translation>Geëiste nau&amp;wkeurigheid</translation>
    </message>
    <message>
        <source>Folder of grids</source>
        <extracomment>dialogs/export_crs.py</extracomment>
        <translation>Map met grids</translation>
    </message>
    <message>
        <source>none: without grid files</source>
        <extracomment>dialogs/export_crs.py</extracomment>
        <translation>geen: zonder gridbestanden</translation>
    </message>
    <message>
        <source>Folder of &amp;grids</source>
        <extracomment>dialogs/export_crs.py</extracomment>
        <translation>Map met &amp;grids</translation>
    </message>
    <message>
        <source>Expected accuracy of each layer</source>
        <extracomment>dialogs/export_crs.py</extracomment>
        <translation>Verwachte nauwkeurigheid van elke laag</translation>
    </message>
    <message>
        <source>Its CRS</source>
        <extracomment>dialogs/export_crs.py</extracomment>
        <translation>CRS</translation>
    </message>
    <message>
        <source>Expected accuracy</source>
        <extracomment>dialogs/export_crs.py</extracomment>
        <translation>Verwachte nauwkeurigheid</translation>
    </message>
    <message>
        <source>What to know</source>
        <extracomment>dialogs/export_crs.py</extracomment>
        <translation>Wat te weten</translation>
    </message>
    <message>
        <source>&amp;Layers of the project, by a mapping</source>
        <extracomment>dialogs/export_data.py</extracomment>
        <translation>&amp;Lagen van het project, met een mapping</translation>
    </message>
    <message>
        <source>A &amp;job file, which names sources, mappings and texts</source>
        <extracomment>dialogs/export_data.py</extracomment>
        <translation>Een taakbestand, dat &amp;bronnen, mappings en teksten noemt</translation>
    </message>
    <message>
        <source>Layers are taken as they are in the project: filter, joins, virtual fields and unsaved edits count.</source>
        <extracomment>dialogs/export_data.py</extracomment>
        <translation>Lagen worden genomen zoals ze in het project zijn: filter, koppelingen, virtuele velden en niet-opgeslagen bewerkingen tellen mee.</translation>
    </message>
    <message>
        <source>Layers to export</source>
        <extracomment>dialogs/export_data.py</extracomment>
        <translation>Te exporteren lagen</translation>
    </message>
    <message>
        <source>What the columns mean; “Harmonise to INSPIRE…” makes one</source>
        <extracomment>dialogs/export_data.py</extracomment>
        <translation>Wat de kolommen betekenen; ‘Harmoniseren naar INSPIRE…’ maakt er een</translation>
    </message>
    <message>
        <source>&amp;Mapping file</source>
        <extracomment>dialogs/export_data.py</extracomment>
        <translation>&amp;Mappingbestand</translation>
    </message>
    <message>
        <source>J&amp;ob file</source>
        <extracomment>dialogs/export_data.py</extracomment>
        <translation>T&amp;aakbestand</translation>
    </message>
    <message>
        <source>&amp;Other formats than the job names</source>
        <extracomment>dialogs/export_formats.py</extracomment>
        <translation>&amp;Andere formaten dan de taak noemt</translation>
    </message>
    <message>
        <source>Also as a &amp;zip, to send it</source>
        <extracomment>dialogs/export_formats.py</extracomment>
        <translation>Ook als &amp;zip, om te versturen</translation>
    </message>
    <message>
        <source>C&amp;heck the files afterwards, as “Validate…” does; takes longer</source>
        <extracomment>dialogs/export_formats.py</extracomment>
        <translation>De bestanden daarna controleren, als ‘&amp;Valideren…’; duurt langer</translation>
    </message>
    <message>
        <source>unsaved edits</source>
        <extracomment>dialogs/layerlists.py</extracomment>
        <translation>niet-opgeslagen bewerkingen</translation>
    </message>
    <message>
        <source>Why: {reason}</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>Waarom: {reason}</translation>
    </message>
    <message>
        <source>Packages and GML</source>
        <extracomment>dialogs/packages.py</extracomment>
        <translation>Pakketten en GML</translation>
    </message>
    <message>
        <source>Open a package or INSPIRE GML</source>
        <extracomment>dialogs/packages.py</extracomment>
        <translation>Pakket of INSPIRE-GML openen</translation>
    </message>
    <message>
        <source>Package or GML</source>
        <extracomment>dialogs/packages.py</extracomment>
        <translation>Pakket of GML</translation>
    </message>
    <message>
        <source>Folder, zip or GML; it may be dropped here</source>
        <extracomment>dialogs/packages.py</extracomment>
        <translation>Map, zip of GML; slepen hierheen mag ook</translation>
    </message>
    <message>
        <source>&amp;Package or GML</source>
        <extracomment>dialogs/packages.py</extracomment>
        <translation>&amp;Pakket of GML</translation>
    </message>
    <message>
        <source>Format</source>
        <extracomment>dialogs/packages.py</extracomment>
        <translation>Formaat</translation>
    </message>
    <message>
        <source>Layers of the package</source>
        <extracomment>dialogs/packages.py</extracomment>
        <translation>Lagen van het pakket</translation>
    </message>
    <message>
        <source>What was found</source>
        <extracomment>dialogs/packages.py</extracomment>
        <translation>Wat er gevonden is</translation>
    </message>
    <message>
        <source>Open it &amp;although it is damaged</source>
        <extracomment>dialogs/packages.py</extracomment>
        <translation>&amp;Toch openen, ondanks de schade</translation>
    </message>
    <message>
        <source>Add to the &amp;map</source>
        <extracomment>dialogs/packages.py</extracomment>
        <translation>Aan de &amp;kaart toevoegen</translation>
    </message>
    <message>
        <source>&amp;Report</source>
        <extracomment>dialogs/packages.py</extracomment>
        <translation>&amp;Rapport</translation>
    </message>
    <message>
        <source>How the data were made and checked, in the browser</source>
        <extracomment>dialogs/packages.py</extracomment>
        <translation>Hoe de gegevens gemaakt en gecontroleerd zijn, in de browser</translation>
    </message>
    <message>
        <source>&amp;GeoPackage to make</source>
        <extracomment>dialogs/packages.py</extracomment>
        <translation>Nieuw &amp;GeoPackage</translation>
    </message>
    <message>
        <source>&amp;Unpack into</source>
        <extracomment>dialogs/packages.py</extracomment>
        <translation>&amp;Uitpakken in</translation>
    </message>
    <message>
        <source>Folder of a package or of GML</source>
        <extracomment>dialogs/packages.py</extracomment>
        <translation>Map van een pakket of met GML</translation>
    </message>
    <message>
        <source>Opening {title}…</source>
        <extracomment>dialogs/packages.py</extracomment>
        <translation>{title} openen…</translation>
    </message>
    <message>
        <source>The folder holds other things. Choose a new one: only packages are replaced.</source>
        <extracomment>exporting.py</extracomment>
        <translation>De map bevat andere dingen. Kies een nieuwe: alleen pakketten worden vervangen.</translation>
    </message>
    <message>
        <source>The package is written. Objects: {written}; rows left out: {rejected}.</source>
        <extracomment>exporting.py</extracomment>
        <translation>Het pakket is geschreven. Objecten: {written}; weggelaten rijen: {rejected}.</translation>
    </message>
    <message>
        <source>Checking the files written</source>
        <extracomment>exporting.py</extracomment>
        <translation>De geschreven bestanden worden gecontroleerd</translation>
    </message>
    <message>
        <source>a target CRS that has an EPSG code</source>
        <extracomment>exporting.py</extracomment>
        <translation>een doel-CRS met EPSG-code</translation>
    </message>
    <message>
        <source>abstract</source>
        <extracomment>exporting.py</extracomment>
        <translation>samenvatting</translation>
    </message>
    <message>
        <source>organisation</source>
        <extracomment>exporting.py</extracomment>
        <translation>organisatie</translation>
    </message>
    <message>
        <source>e-mail</source>
        <extracomment>exporting.py</extracomment>
        <translation>e-mail</translation>
    </message>
    <message>
        <source>access</source>
        <extracomment>exporting.py</extracomment>
        <translation>toegang</translation>
    </message>
    <message>
        <source>The folder will be made.</source>
        <extracomment>exporting.py</extracomment>
        <translation>De map wordt gemaakt.</translation>
    </message>
    <message>
        <source>There is a package already.</source>
        <extracomment>exporting.py</extracomment>
        <translation>Er is al een pakket.</translation>
    </message>
    <message>
        <source>a title</source>
        <extracomment>exporting.py</extracomment>
        <translation>een titel</translation>
    </message>
    <message>
        <source>a licence</source>
        <extracomment>exporting.py</extracomment>
        <translation>een licentie</translation>
    </message>
    <message>
        <source>an attribution</source>
        <extracomment>exporting.py</extracomment>
        <translation>een naamsvermelding</translation>
    </message>
    <message>
        <source>a folder of grids that is there</source>
        <extracomment>exporting.py</extracomment>
        <translation>een map met grids die bestaat</translation>
    </message>
    <message>
        <source>a folder for the package</source>
        <extracomment>exporting.py</extracomment>
        <translation>een map voor het pakket</translation>
    </message>
    <message>
        <source>layers</source>
        <extracomment>exporting.py</extracomment>
        <translation>lagen</translation>
    </message>
    <message>
        <source>a mapping file</source>
        <extracomment>exporting.py</extracomment>
        <translation>een mappingbestand</translation>
    </message>
    <message>
        <source>This is a file. A package is a folder.</source>
        <extracomment>exporting.py</extracomment>
        <translation>Dit is een bestand. Een pakket is een map.</translation>
    </message>
    <message>
        <source>Nothing can be written there.</source>
        <extracomment>exporting.py</extracomment>
        <translation>Daar kan niet geschreven worden.</translation>
    </message>
    <message>
        <source>The folder is empty.</source>
        <extracomment>exporting.py</extracomment>
        <translation>De map is leeg.</translation>
    </message>
    <message>
        <source>Harmonising and writing, parts done: {done}</source>
        <extracomment>exporting.py</extracomment>
        <translation>Harmoniseren en schrijven, delen klaar: {done}</translation>
    </message>
    <message>
        <source>Reading {layer}</source>
        <extracomment>exporting.py</extracomment>
        <translation>{layer} wordt gelezen</translation>
    </message>
    <message>
        <source>a format</source>
        <extracomment>exporting.py</extracomment>
        <translation>een formaat</translation>
    </message>
    <message>
        <source>a job file</source>
        <extracomment>exporting.py</extracomment>
        <translation>een taakbestand</translation>
    </message>
    <message>
        <source>another folder for the package</source>
        <extracomment>exporting.py</extracomment>
        <translation>een andere map voor het pakket</translation>
    </message>
    <message>
        <source>leave to replace the package there</source>
        <extracomment>exporting.py</extracomment>
        <translation>toestemming om het pakket daar te vervangen</translation>
    </message>
    <message>
        <source>E&amp;xport a package…</source>
        <extracomment>faces/export.py</extracomment>
        <translation>Pakket e&amp;xporteren…</translation>
    </message>
    <message>
        <source>Reproject, harmonise and write layers in all formats, with metadata and a report</source>
        <extracomment>faces/export.py</extracomment>
        <translation>Lagen herprojecteren, harmoniseren en in alle formaten schrijven, met metadata en rapport</translation>
    </message>
    <message>
        <source>Export {title}</source>
        <extracomment>faces/export.py</extracomment>
        <translation>{title} exporteren</translation>
    </message>
    <message>
        <source>&amp;Open package…</source>
        <extracomment>faces/packages.py</extracomment>
        <translation>Pakket &amp;openen…</translation>
    </message>
    <message>
        <source>Add a package&apos;s layers, or those of INSPIRE GML, with styles and relations</source>
        <extracomment>faces/packages.py</extracomment>
        <translation>Lagen van een pakket of van INSPIRE-GML toevoegen, met stijlen en relaties</translation>
    </message>
    <message>
        <source>{title} is open, layers: {count}</source>
        <extracomment>faces/packages.py</extracomment>
        <translation>{title} is geopend, lagen: {count}</translation>
    </message>
    <message>
        <source>These can&apos;t be opened: {layers}</source>
        <extracomment>faces/packages.py</extracomment>
        <translation>Niet te openen: {layers}</translation>
    </message>
    <message>
        <source>Open {title}</source>
        <extracomment>packagelayers.py</extracomment>
        <translation>{title} openen</translation>
    </message>
    <message>
        <source>Read {path}</source>
        <extracomment>packagelayers.py</extracomment>
        <translation>{path} lezen</translation>
    </message>
    <message>
        <source>No layer of {title} can be opened.</source>
        <extracomment>packagelayers.py</extracomment>
        <translation>Geen laag van {title} kan geopend worden.</translation>
    </message>
    <message>
        <source>{path} can&apos;t be read.</source>
        <extracomment>packageproject.py</extracomment>
        <translation>{path} kan niet gelezen worden.</translation>
    </message>
    <message>
        <source>{path} is too large.</source>
        <extracomment>packageproject.py</extracomment>
        <translation>{path} is te groot.</translation>
    </message>
    <message>
        <source>It is opened as a GeoPackage, which you keep.</source>
        <extracomment>packages.py</extracomment>
        <translation>Het wordt geopend als GeoPackage, dat u houdt.</translation>
    </message>
    <message>
        <source>It is unpacked into a folder, which you keep.</source>
        <extracomment>packages.py</extracomment>
        <translation>Het wordt uitgepakt in een map, die u houdt.</translation>
    </message>
    <message>
        <source>QGIS can&apos;t open any of its files.</source>
        <extracomment>packages.py</extracomment>
        <translation>QGIS kan geen van de bestanden openen.</translation>
    </message>
    <message>
        <source>The package is whole: every file is there and unchanged.</source>
        <extracomment>packages.py</extracomment>
        <translation>Het pakket is heel: elk bestand is er, onveranderd.</translation>
    </message>
    <message>
        <source>GML, files: {count}.</source>
        <extracomment>packages.py</extracomment>
        <translation>GML, bestanden: {count}.</translation>
    </message>
    <message>
        <source>licence {licence}</source>
        <extracomment>packages.py</extracomment>
        <translation>licentie {licence}</translation>
    </message>
    <message>
        <source>state of {date}</source>
        <extracomment>packages.py</extracomment>
        <translation>stand van {date}</translation>
    </message>
    <message>
        <source>The package is damaged, files: {count}. Ask for it again.</source>
        <extracomment>packages.py</extracomment>
        <translation>Het pakket is beschadigd, bestanden: {count}. Vraag het opnieuw aan.</translation>
    </message>
    <message>
        <source>With the grid {grid}: {accuracy}.</source>
        <extracomment>crsadvice.py</extracomment>
        <translation>Met het grid {grid}: {accuracy}.</translation>
    </message>
    <message>
        <source>The export goes on; QGIS tells when it is done</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>De export gaat door; QGIS meldt het als hij klaar is</translation>
    </message>
    <message>
        <source>as the mapping says</source>
        <extracomment>dialogs/export_about.py</extracomment>
        <translation>zoals de mapping zegt</translation>
    </message>
    <message>
        <source>Findings in the report – errors: {errors}, warnings: {warnings}.</source>
        <extracomment>exporting.py</extracomment>
        <translation>Bevindingen in het rapport – fouten: {errors}, waarschuwingen: {warnings}.</translation>
    </message>
    <message>
        <source>Say where to put it.</source>
        <extracomment>packages.py</extracomment>
        <translation>Zeg waar het heen moet.</translation>
    </message>
    <message>
        <source>{path} is there already: choose another name.</source>
        <extracomment>packages.py</extracomment>
        <translation>{path} bestaat al: kies een andere naam.</translation>
    </message>
    <message>
        <source>Li&amp;neage</source>
        <extracomment>dialogs/export_about.py</extracomment>
        <translation>Herko&amp;mst</translation>
    </message>
    <message>
        <source>There are no li&amp;mits to public access °</source>
        <extracomment>dialogs/export_about.py</extracomment>
        <translation>De toegang is &amp;niet beperkt °</translation>
    </message>
    <message>
        <source>&amp;New connection…</source>
        <extracomment>faces/browser.py</extracomment>
        <translation>&amp;Nieuwe verbinding…</translation>
    </message>
    <message>
        <source>No layers</source>
        <extracomment>faces/browser.py</extracomment>
        <translation>Geen lagen</translation>
    </message>
    <message>
        <source>&amp;Refresh</source>
        <extracomment>faces/browser.py</extracomment>
        <translation>&amp;Vernieuwen</translation>
    </message>
    <message>
        <source>By the grid {grid}.</source>
        <extracomment>crsadvice.py</extracomment>
        <translation>Met het grid {grid}.</translation>
    </message>
    <message>
        <source>Target CR&amp;S</source>
        <extracomment>dialogs/export_crs.py</extracomment>
        <translation>Doel-&amp;CRS</translation>
    </message>
    <message>
        <source>Its CRS isn&apos;t known: set it in the layer&apos;s properties, under Source.</source>
        <extracomment>crsadvice.py</extracomment>
        <translation>Het CRS is onbekend: stel het in bij de eigenschappen van de laag, onder Bron.</translation>
    </message>
</context>
</TS>
