<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>Commonplace</name>
    <message>
        <source>The engine is version {engine} and the plugin {plugin}. Install the engine from the wheel in the plugin&apos;s folder if something doesn&apos;t fit.</source>
        <extracomment>algorithms/base.py</extracomment>
        <translation>Die Engine hat die Version {engine}, das Plugin {plugin}. Installieren Sie die Engine aus dem Wheel im Ordner des Plugins, falls etwas nicht zusammenpasst.</translation>
    </message>
    <message>
        <source>{count} more kinds of findings are in the report.</source>
        <extracomment>algorithms/base.py</extracomment>
        <translation>{count} weitere Arten von Befunden stehen im Bericht.</translation>
    </message>
    <message>
        <source>Engine {engine}, Python {python}</source>
        <extracomment>algorithms/base.py</extracomment>
        <translation>Engine {engine}, Python {python}</translation>
    </message>
    <message>
        <source>Cancelled. Nothing was written.</source>
        <extracomment>algorithms/base.py</extracomment>
        <translation>Abgebrochen. Es wurde nichts geschrieben.</translation>
    </message>
    <message>
        <source>There is no file {path}</source>
        <extracomment>addresses.py</extracomment>
        <translation>Es gibt keine Datei {path}</translation>
    </message>
    <message>
        <source>Convert INSPIRE data</source>
        <extracomment>algorithms/convert.py</extracomment>
        <translation>INSPIRE-Daten umwandeln</translation>
    </message>
    <message>
        <source>Makes INSPIRE GML usable in QGIS, and any encoding of it any other.</source>
        <extracomment>algorithms/convert.py</extracomment>
        <translation>Macht INSPIRE-GML in QGIS nutzbar und jede Kodierung zu jeder anderen.</translation>
    </message>
    <message>
        <source>Reads INSPIRE data (GML of any version, GeoPackage, GeoJSON, JSON-FG, GeoParquet, FlatGeobuf, CSV, or a Commonplace package) and writes it in another encoding. The ending of the output&apos;s name says which.
From GML, a GeoPackage has one table for each feature type, with related tables for what occurs more than once, code lists as value maps, and the reasons why values are missing. What an encoding can&apos;t hold is told.</source>
        <extracomment>algorithms/convert.py</extracomment>
        <translation>Liest INSPIRE-Daten (GML jeder Version, GeoPackage, GeoJSON, JSON-FG, GeoParquet, FlatGeobuf, CSV oder ein Commonplace-Paket) und schreibt sie in einer anderen Kodierung. Welche, sagt die Endung des Ausgabenamens.
Aus GML entsteht ein GeoPackage mit einer Tabelle je Objektart, mit verknüpften Tabellen für alles, was mehrfach vorkommt, Codelisten als Wertabbildungen und den Gründen, warum Werte fehlen. Was eine Kodierung nicht fassen kann, wird gemeldet.</translation>
    </message>
    <message>
        <source>CRS of coordinates that state none</source>
        <extracomment>algorithms/convert.py</extracomment>
        <translation>KBS von Koordinaten, die keines angeben</translation>
    </message>
    <message>
        <source>File or package to convert</source>
        <extracomment>algorithms/convert.py</extracomment>
        <translation>Umzuwandelnde Datei oder Paket</translation>
    </message>
    <message>
        <source>Load the layers afterwards</source>
        <extracomment>algorithms/convert.py</extracomment>
        <translation>Layer danach laden</translation>
    </message>
    <message>
        <source>Converted</source>
        <extracomment>algorithms/convert.py</extracomment>
        <translation>Umgewandelt</translation>
    </message>
    <message>
        <source>Features written</source>
        <extracomment>algorithms/convert.py</extracomment>
        <translation>Geschriebene Objekte</translation>
    </message>
    <message>
        <source>Explain mapping</source>
        <extracomment>algorithms/explain.py</extracomment>
        <translation>Zuordnung erklären</translation>
    </message>
    <message>
        <source>Shows what a mapping does, property by property, as INSPIRE&apos;s matching table.</source>
        <extracomment>algorithms/explain.py</extracomment>
        <translation>Zeigt Eigenschaft für Eigenschaft, was eine Zuordnung tut, als Matching-Tabelle von INSPIRE.</translation>
    </message>
    <message>
        <source>Writes the table that says, for each property, from which column or expression it comes, by which rule, and what stays empty.
Mapping or job file: of a job, all its mappings are explained, with values before and after from its first rows.
Matching table: a page to hand round. As CSV: the same for a spreadsheet.</source>
        <extracomment>algorithms/explain.py</extracomment>
        <translation>Schreibt die Tabelle, die zu jeder Eigenschaft sagt, aus welcher Spalte oder welchem Ausdruck sie kommt, nach welcher Regel, und was leer bleibt.
Zuordnungs- oder Auftragsdatei: Bei einem Auftrag werden alle seine Zuordnungen erklärt, mit Werten vorher und nachher aus den ersten Zeilen.
Matching-Tabelle: eine Seite zum Weitergeben. Als CSV: dasselbe für die Tabellenkalkulation.</translation>
    </message>
    <message>
        <source>Mapping or job file</source>
        <extracomment>algorithms/explain.py</extracomment>
        <translation>Zuordnungs- oder Auftragsdatei</translation>
    </message>
    <message>
        <source>Matching table</source>
        <extracomment>algorithms/explain.py</extracomment>
        <translation>Matching-Tabelle</translation>
    </message>
    <message>
        <source>As CSV</source>
        <extracomment>algorithms/explain.py</extracomment>
        <translation>Als CSV</translation>
    </message>
    <message>
        <source>Properties with a rule</source>
        <extracomment>algorithms/explain.py</extracomment>
        <translation>Eigenschaften mit Regel</translation>
    </message>
    <message>
        <source>Properties that stay empty</source>
        <extracomment>algorithms/explain.py</extracomment>
        <translation>Eigenschaften, die leer bleiben</translation>
    </message>
    <message>
        <source>Harmonise and export</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Harmonisieren und exportieren</translation>
    </message>
    <message>
        <source>Turns city layers into one interoperable INSPIRE package.</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Macht aus städtischen Layern ein interoperables INSPIRE-Paket.</translation>
    </message>
    <message>
        <source>Reprojects layers, harmonises them to INSPIRE as a mapping document says, checks them, and writes one package: data in the formats you choose, a report, and the documents that made it.
Either choose layers of the project and a mapping file, and say title, licence and attribution. Layers are taken as they are in the project: filter, joins, virtual fields and unsaved edits count. A mapping names the layers it reads by their name in the project, or by their table&apos;s or file&apos;s; with one layer chosen and one read, the name doesn&apos;t matter.
Or choose a job file, which says all that. Only the output folder and “replace” are taken from this form then.
Accuracy is the worst error, in metres, that the reprojection may bring. When no operation is that accurate the run stops and names the missing grids instead of writing coordinates that are off.
Rows with a bad value don&apos;t end the run: they are findings in the report.
The engine runs as a process of its own. If it isn&apos;t set up, the message says how to do that.</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Transformiert Layer, harmonisiert sie nach INSPIRE, wie es ein Zuordnungsdokument sagt, prüft sie und schreibt ein Paket: Daten in den gewählten Formaten, einen Bericht und die Dokumente, aus denen es entstand.
Wählen Sie entweder Layer des Projekts und eine Zuordnungsdatei und geben Sie Titel, Lizenz und Namensnennung an. Layer werden genommen, wie sie im Projekt sind: Filter, Verknüpfungen, virtuelle Felder und nicht gespeicherte Änderungen zählen. Eine Zuordnung nennt die Layer, die sie liest, nach ihrem Namen im Projekt oder nach dem ihrer Tabelle oder Datei; ist ein Layer gewählt und wird einer gelesen, ist der Name gleichgültig.
Oder wählen Sie eine Auftragsdatei, in der all das steht. Aus diesem Formular gelten dann nur der Ausgabeordner und „ersetzen“.
Die Genauigkeit ist der größte Fehler in Metern, den die Transformation mitbringen darf. Ist keine Operation so genau, hält der Lauf an und nennt die fehlenden Gitter, statt verschobene Koordinaten zu schreiben.
Zeilen mit einem falschen Wert beenden den Lauf nicht: Sie sind Befunde im Bericht.
Die Engine läuft als eigener Prozess. Ist sie nicht eingerichtet, sagt die Meldung, wie das geht.</translation>
    </message>
    <message>
        <source>Accuracy the reprojection must reach, in metres</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Genauigkeit, die die Transformation erreichen muss, in Metern</translation>
    </message>
    <message>
        <source>Folder of PROJ grids</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Ordner mit PROJ-Gittern</translation>
    </message>
    <message>
        <source>Replace an existing package</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Vorhandenes Paket ersetzen</translation>
    </message>
    <message>
        <source>Choose either a job file, or layers and a mapping file, not both.</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Wählen Sie entweder eine Auftragsdatei oder Layer und eine Zuordnungsdatei, nicht beides.</translation>
    </message>
    <message>
        <source>Choose layers and a mapping file, or a job file.</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Wählen Sie Layer und eine Zuordnungsdatei oder eine Auftragsdatei.</translation>
    </message>
    <message>
        <source>Choose the mapping file that says what the layers mean.</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Wählen Sie die Zuordnungsdatei, die sagt, was die Layer bedeuten.</translation>
    </message>
    <message>
        <source>Choose at least one format.</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Wählen Sie mindestens ein Format.</translation>
    </message>
    <message>
        <source>Layers</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Layer</translation>
    </message>
    <message>
        <source>Only selected features, where a layer has a selection</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Nur gewählte Objekte, wo ein Layer eine Auswahl hat</translation>
    </message>
    <message>
        <source>Mapping file</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Zuordnungsdatei</translation>
    </message>
    <message>
        <source>Job file, instead of layers and mapping</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Auftragsdatei statt Layern und Zuordnung</translation>
    </message>
    <message>
        <source>Title</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Titel</translation>
    </message>
    <message>
        <source>Target CRS</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Ziel-KBS</translation>
    </message>
    <message>
        <source>Formats</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Formate</translation>
    </message>
    <message>
        <source>Load the GeoPackage&apos;s layers afterwards</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Layer des GeoPackage danach laden</translation>
    </message>
    <message>
        <source>Package folder</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Paketordner</translation>
    </message>
    <message>
        <source>Report</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Bericht</translation>
    </message>
    <message>
        <source>Objects written</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Geschriebene Objekte</translation>
    </message>
    <message>
        <source>Rows rejected</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Zurückgewiesene Zeilen</translation>
    </message>
    <message>
        <source>Findings: errors</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Befunde: Fehler</translation>
    </message>
    <message>
        <source>Findings: warnings</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Befunde: Warnungen</translation>
    </message>
    <message>
        <source>A package needs a licence and an attribution: state both. They could be found neither here nor in the layers&apos; metadata.</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Ein Paket braucht eine Lizenz und eine Namensnennung: Geben Sie beide an. Sie stehen weder hier noch in den Metadaten der Layer.</translation>
    </message>
    <message>
        <source>Choose a target CRS that has an EPSG code.</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Wählen Sie ein Ziel-KBS, das einen EPSG-Code hat.</translation>
    </message>
    <message>
        <source>City layers</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Städtische Layer</translation>
    </message>
    <message>
        <source>MIM7 report</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>MIM7-Bericht</translation>
    </message>
    <message>
        <source>Tells how data meet MIM7 (Places) of the Minimal Interoperability Mechanisms.</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>Sagt, wie Daten MIM7 (Orte) der Minimal Interoperability Mechanisms erfüllen.</translation>
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
        <translation>Jede Anforderung von MIM7 ist erfüllt, verfehlt, trifft nicht zu oder lässt sich nicht prüfen, mit Nachweis. Das ist keine Zertifizierung.
Datei oder Paket: ein Paket (sein Ordner oder seine package.json), ein GeoPackage, ein GML oder eine andere Datei. Oder:
Adresse: einer OGC-API, eines WFS oder eines NGSI-LD-Brokers. Gelesen werden die ersten 1.000 Objekte jedes Layers, oder alle, wenn Sie es sagen.
Früherer Stand: das Paket oder die Datei vom letzten Mal, um zu sehen, ob Kennungen bestehen bleiben.
Spalte der Kennungen: nur, wo der Name es nicht verrät.
Authentifizierung: eine Konfiguration der Authentifizierungsverwaltung von QGIS für die Adresse.
Bericht: eine Seite zum Lesen. Als JSON: dasselbe für Programme.</translation>
    </message>
    <message>
        <source>Column of ids</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>Spalte der Kennungen</translation>
    </message>
    <message>
        <source>Tenant of the broker</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>Mandant (Tenant) des Brokers</translation>
    </message>
    <message>
        <source>Read all features of a service</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>Alle Objekte eines Dienstes lesen</translation>
    </message>
    <message>
        <source>Folder of the official schemas</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>Ordner der offiziellen Schemata</translation>
    </message>
    <message>
        <source>File or package</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>Datei oder Paket</translation>
    </message>
    <message>
        <source>Address of a service, instead of a file</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>Adresse eines Dienstes statt einer Datei</translation>
    </message>
    <message>
        <source>Authentication for the address</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>Authentifizierung für die Adresse</translation>
    </message>
    <message>
        <source>State of before</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>Früherer Stand</translation>
    </message>
    <message>
        <source>As JSON</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>Als JSON</translation>
    </message>
    <message>
        <source>Requirements that pass</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>Erfüllte Anforderungen</translation>
    </message>
    <message>
        <source>Requirements that fail</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>Verfehlte Anforderungen</translation>
    </message>
    <message>
        <source>Requirements that don&apos;t apply</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>Anforderungen, die nicht zutreffen</translation>
    </message>
    <message>
        <source>Requirements that can&apos;t be checked</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>Anforderungen, die sich nicht prüfen lassen</translation>
    </message>
    <message>
        <source>Choose either a file or package, or an address.</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>Wählen Sie entweder eine Datei oder ein Paket oder eine Adresse.</translation>
    </message>
    <message>
        <source>An address begins with https:// or http://.</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>Eine Adresse beginnt mit https:// oder http://.</translation>
    </message>
    <message>
        <source>Only packages and files can be compared with a state of before.</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>Nur Pakete und Dateien lassen sich mit einem früheren Stand vergleichen.</translation>
    </message>
    <message>
        <source>Export package</source>
        <extracomment>algorithms/package.py</extracomment>
        <translation>Paket exportieren</translation>
    </message>
    <message>
        <source>Runs a job file: sources, mappings, target CRS and formats, to one package.</source>
        <extracomment>algorithms/package.py</extracomment>
        <translation>Führt eine Auftragsdatei aus: Quellen, Zuordnungen, Ziel-KBS und Formate, zu einem Paket.</translation>
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
        <translation>Führt eine Auftragsdatei aus wie die Kommandozeile („commonplace run“): liest ihre Quellen, transformiert, harmonisiert, prüft und schreibt ein Paket mit Bericht.
Auftragsdatei: nennt Quellen, Zuordnungsdokumente, Ziel-KBS und Formate. Relative Pfade darin gelten ab ihrem Ordner. Zugangsdaten stehen nie darin: Sie nennt eine Konfiguration der Authentifizierungsverwaltung von QGIS.
Formate: nur, wo andere gewünscht sind, als der Auftrag nennt.
Auch als Zip: schreibt das Paket ein zweites Mal, als eine Datei neben den Ordner.
Unterbrochenen Lauf fortsetzen: Teile, die damals fertig wurden, werden nicht noch einmal gemacht.
Ersetzen: Ein vorhandenes Paket im Ordner wird ersetzt; anderes nie.
Paketordner: nur, wo ein anderer gewünscht ist, als der Auftrag nennt.</translation>
    </message>
    <message>
        <source>Job file</source>
        <extracomment>algorithms/package.py</extracomment>
        <translation>Auftragsdatei</translation>
    </message>
    <message>
        <source>Formats (none chosen: as the job says)</source>
        <extracomment>algorithms/package.py</extracomment>
        <translation>Formate (keines gewählt: wie im Auftrag)</translation>
    </message>
    <message>
        <source>Go on from an interrupted run</source>
        <extracomment>algorithms/package.py</extracomment>
        <translation>Unterbrochenen Lauf fortsetzen</translation>
    </message>
    <message>
        <source>Also as a zip</source>
        <extracomment>algorithms/package.py</extracomment>
        <translation>Auch als Zip</translation>
    </message>
    <message>
        <source>Package folder (empty: as the job says)</source>
        <extracomment>algorithms/package.py</extracomment>
        <translation>Paketordner (leer: wie im Auftrag)</translation>
    </message>
    <message>
        <source>Publish to NGSI-LD</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>In NGSI-LD veröffentlichen</translation>
    </message>
    <message>
        <source>Sends a package&apos;s entities to an NGSI-LD broker; running it again does no harm.</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>Sendet die Entitäten eines Pakets an einen NGSI-LD-Broker; ein zweites Mal schadet nicht.</translation>
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
        <translation>Sendet die NGSI-LD-Entitäten eines Pakets an einen Context Broker. Vorhandene Entitäten werden aktualisiert; Attribute, die andere geschrieben haben, bleiben. Ein zweites Mal schadet nicht.
Paket oder Datei: ein Paket mit dem Format NGSI-LD (sein Ordner oder seine package.json) oder eine Datei mit Entitäten.
Broker: seine Adresse, etwa https://broker.example.org. Passwörter und Schlüssel stehen nie darin:
Authentifizierung: eine Konfiguration der Authentifizierungsverwaltung von QGIS.
Probelauf: Es wird nichts gesendet, nur gesagt, was gesendet würde.
Texte mit verbotenen Zeichen: NGSI-LD verbietet &lt; &gt; &quot; &apos; = ; ( ) in Texten. Sie werden JsonProperties, werden prozentkodiert oder bleiben, für Broker, die sich nicht daran stören.
Höhen auslassen: für Broker, deren Geo-Abfragen sich an ihnen stören.
Verschwundene Attribute löschen: von unseren eigenen Attributen die, die eine Entität nicht mehr hat.
Verschwundene Entitäten löschen: die, deren Objekte das Paket nicht mehr hat. Das lässt sich nicht rückgängig machen; machen Sie vorher einen Probelauf.</translation>
    </message>
    <message>
        <source>A password or key in the address would be seen by others. Put it into a configuration of QGIS&apos;s authentication manager and choose that.</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>Ein Passwort oder Schlüssel in der Adresse wäre für andere sichtbar. Legen Sie ihn in einer Konfiguration der Authentifizierungsverwaltung von QGIS ab und wählen Sie diese.</translation>
    </message>
    <message>
        <source>Texts with forbidden characters</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>Texte mit verbotenen Zeichen</translation>
    </message>
    <message>
        <source>Leave heights out</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>Höhen auslassen</translation>
    </message>
    <message>
        <source>Create the tenant if there is none</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>Mandanten (Tenant) anlegen, wenn es ihn nicht gibt</translation>
    </message>
    <message>
        <source>Delete attributes that are gone</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>Verschwundene Attribute löschen</translation>
    </message>
    <message>
        <source>Delete entities that are gone</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>Verschwundene Entitäten löschen</translation>
    </message>
    <message>
        <source>Package or file</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>Paket oder Datei</translation>
    </message>
    <message>
        <source>Address of the broker</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>Adresse des Brokers</translation>
    </message>
    <message>
        <source>Authentication</source>
        <extracomment>algorithms/connect.py</extracomment>
        <translation>Authentifizierung</translation>
    </message>
    <message>
        <source>Rehearse: send nothing</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>Probelauf: nichts senden</translation>
    </message>
    <message>
        <source>Entities</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>Entitäten</translation>
    </message>
    <message>
        <source>Entities created</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>Angelegte Entitäten</translation>
    </message>
    <message>
        <source>Entities updated</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>Aktualisierte Entitäten</translation>
    </message>
    <message>
        <source>Entities that failed</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>Fehlgeschlagene Entitäten</translation>
    </message>
    <message>
        <source>Entities that are gone</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>Verschwundene Entitäten</translation>
    </message>
    <message>
        <source>Entities deleted</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>Gelöschte Entitäten</translation>
    </message>
    <message>
        <source>The broker took none of the entities.</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>Der Broker hat keine der Entitäten angenommen.</translation>
    </message>
    <message>
        <source>become JsonProperties</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>werden JsonProperties</translation>
    </message>
    <message>
        <source>are percent-encoded</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>werden prozentkodiert</translation>
    </message>
    <message>
        <source>are kept</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>bleiben</translation>
    </message>
    <message>
        <source>Suggest mapping</source>
        <extracomment>algorithms/suggest.py</extracomment>
        <translation>Zuordnung vorschlagen</translation>
    </message>
    <message>
        <source>Writes a mapping document to start from: feature type, properties and codes.</source>
        <extracomment>algorithms/suggest.py</extracomment>
        <translation>Schreibt ein Zuordnungsdokument für den Anfang: Objektart, Eigenschaften und Codes.</translation>
    </message>
    <message>
        <source>Looks at names, values and geometries of a layer and writes a mapping document: which INSPIRE feature type or Smart Data Model it could be, which column is which property, which value is which code. Each line says how sure it is, and why. What a person has to look at is marked “todo”.
Nothing is sent anywhere, and nothing is random: the same layer gives the same document. Values of columns that look personal are shown nowhere.
Layer: any vector layer or table; its first 5,000 features are looked at, as filter, selection, joins and virtual fields leave them.
Feature type: only where you know it, as SCHEMA:TYPE, such as bu-core2d:Building or sdm/Streetlight:Streetlight. Without it the likeliest is taken, and up to three others are named.
Mapping document: the file to write. Use it in “Harmonise and export”.</source>
        <extracomment>algorithms/suggest.py</extracomment>
        <translation>Sieht sich Namen, Werte und Geometrien eines Layers an und schreibt ein Zuordnungsdokument: welche INSPIRE-Objektart oder welches Smart Data Model es sein könnte, welche Spalte welche Eigenschaft ist, welcher Wert welcher Code. Jede Zeile sagt, wie sicher sie ist und warum. Was sich ein Mensch ansehen muss, ist mit „todo“ markiert.
Nichts wird irgendwohin gesendet, und nichts ist zufällig: Derselbe Layer gibt dasselbe Dokument. Werte von Spalten, die nach Personen aussehen, werden nirgends gezeigt.
Layer: ein beliebiger Vektorlayer oder eine Tabelle; angesehen werden die ersten 5.000 Objekte, wie Filter, Auswahl, Verknüpfungen und virtuelle Felder sie lassen.
Objektart: nur, wenn Sie sie kennen, als SCHEMA:TYP, etwa bu-core2d:Building oder sdm/Streetlight:Streetlight. Sonst wird die wahrscheinlichste genommen, und bis zu drei weitere werden genannt.
Zuordnungsdokument: die Datei, die geschrieben wird. Verwenden Sie sie in „Harmonisieren und exportieren“.</translation>
    </message>
    <message>
        <source>Column {column} looks personal: {why}</source>
        <extracomment>algorithms/suggest.py</extracomment>
        <translation>Spalte {column} sieht nach Personen aus: {why}</translation>
    </message>
    <message>
        <source>Nothing is known of these columns: {columns}</source>
        <extracomment>algorithms/suggest.py</extracomment>
        <translation>Über diese Spalten ist nichts bekannt: {columns}</translation>
    </message>
    <message>
        <source>“{stated}” has no schema: write it as bu-core2d:Building.</source>
        <extracomment>algorithms/suggest.py</extracomment>
        <translation>„{stated}“ hat kein Schema: Schreiben Sie es wie bu-core2d:Building.</translation>
    </message>
    <message>
        <source>Layer</source>
        <extracomment>algorithms/connect.py</extracomment>
        <translation>Layer</translation>
    </message>
    <message>
        <source>Feature type, where it is known</source>
        <extracomment>algorithms/suggest.py</extracomment>
        <translation>Objektart, wo sie bekannt ist</translation>
    </message>
    <message>
        <source>Mapping document</source>
        <extracomment>algorithms/suggest.py</extracomment>
        <translation>Zuordnungsdokument</translation>
    </message>
    <message>
        <source>Feature type suggested</source>
        <extracomment>algorithms/suggest.py</extracomment>
        <translation>Vorgeschlagene Objektart</translation>
    </message>
    <message>
        <source>How sure it is, from 0 to 1</source>
        <extracomment>algorithms/suggest.py</extracomment>
        <translation>Wie sicher sie ist, von 0 bis 1</translation>
    </message>
    <message>
        <source>Problems that are left to you</source>
        <extracomment>algorithms/suggest.py</extracomment>
        <translation>Probleme, die Ihnen bleiben</translation>
    </message>
    <message>
        <source>Validate INSPIRE data</source>
        <extracomment>algorithms/validate.py</extracomment>
        <translation>INSPIRE-Daten prüfen</translation>
    </message>
    <message>
        <source>Checks GML, GeoPackage, GeoJSON and packages, offline and at any size.</source>
        <extracomment>algorithms/validate.py</extracomment>
        <translation>Prüft GML, GeoPackage, GeoJSON und Pakete, offline und in jeder Größe.</translation>
    </message>
    <message>
        <source>Checks a file, a folder or a zip of INSPIRE data: structure, multiplicities, code lists, identifiers, coordinate reference systems, geometries, references and the rules of the themes; against the official XML schemas too, where their folder is given. Nothing is sent anywhere and nothing is fetched.
Findings that have a place become points: rule, severity, feature, what is wrong and how to mend it. The report lists them all, with the clause each rule comes from.</source>
        <extracomment>algorithms/validate.py</extracomment>
        <translation>Prüft eine Datei, einen Ordner oder ein Zip mit INSPIRE-Daten: Struktur, Multiplizitäten, Codelisten, Kennungen, Koordinatenbezugssysteme, Geometrien, Verweise und die Regeln der Themen; auch gegen die offiziellen XML-Schemata, wo deren Ordner angegeben ist. Nichts wird irgendwohin gesendet und nichts abgerufen.
Befunde, die einen Ort haben, werden Punkte: Regel, Schwere, Objekt, was falsch ist und wie man es behebt. Der Bericht führt alle auf, mit dem Abschnitt, aus dem jede Regel stammt.</translation>
    </message>
    <message>
        <source>File, folder or zip to check</source>
        <extracomment>algorithms/validate.py</extracomment>
        <translation>Zu prüfende Datei, Ordner oder Zip</translation>
    </message>
    <message>
        <source>Findings</source>
        <extracomment>algorithms/validate.py</extracomment>
        <translation>Befunde</translation>
    </message>
    <message>
        <source>Features checked</source>
        <extracomment>algorithms/validate.py</extracomment>
        <translation>Geprüfte Objekte</translation>
    </message>
    <message>
        <source>Validity against the official schemas was not checked.</source>
        <extracomment>algorithms/validate.py</extracomment>
        <translation>Die Gültigkeit gegen die offiziellen Schemata wurde nicht geprüft.</translation>
    </message>
    <message>
        <source>not checked against the official schemas</source>
        <extracomment>dialogs/findings.py</extracomment>
        <translation>nicht gegen die offiziellen Schemata geprüft</translation>
    </message>
    <message>
        <source>Nothing has been validated yet.</source>
        <extracomment>dialogs/findings.py</extracomment>
        <translation>Es wurde noch nichts geprüft.</translation>
    </message>
    <message>
        <source>Progress of the validation</source>
        <extracomment>dialogs/findings.py</extracomment>
        <translation>Fortschritt der Prüfung</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <extracomment>dialogs/findings.py</extracomment>
        <translation>&amp;Abbrechen</translation>
    </message>
    <message>
        <source>Search in findings</source>
        <extracomment>dialogs/findings.py</extracomment>
        <translation>In Befunden suchen</translation>
    </message>
    <message>
        <source>&amp;Validate…</source>
        <extracomment>dialogs/findings.py</extracomment>
        <translation>&amp;Prüfen…</translation>
    </message>
    <message>
        <source>Check files or layers of the project</source>
        <extracomment>dialogs/findings.py</extracomment>
        <translation>Dateien oder Layer des Projekts prüfen</translation>
    </message>
    <message>
        <source>Rules that were broken</source>
        <extracomment>dialogs/findings.py</extracomment>
        <translation>Verletzte Regeln</translation>
    </message>
    <message>
        <source>Explanation of the finding</source>
        <extracomment>dialogs/findings.py</extracomment>
        <translation>Erklärung des Befunds</translation>
    </message>
    <message>
        <source>&amp;Zoom to the place</source>
        <extracomment>dialogs/findings.py</extracomment>
        <translation>&amp;Zum Ort zoomen</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <extracomment>dialogs/findings.py</extracomment>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>&amp;Only this rule</source>
        <extracomment>dialogs/findings.py</extracomment>
        <translation>&amp;Nur diese Regel</translation>
    </message>
    <message>
        <source>Show findings of this severity</source>
        <extracomment>dialogs/findings.py</extracomment>
        <translation>Befunde dieser Schwere zeigen</translation>
    </message>
    <message>
        <source>All rules ({count})</source>
        <extracomment>dialogs/findings.py</extracomment>
        <translation>Alle Regeln ({count})</translation>
    </message>
    <message>
        <source>new mapping</source>
        <extracomment>dialogs/harmonise.py</extracomment>
        <translation>neue Zuordnung</translation>
    </message>
    <message>
        <source>Read as a QGIS expression, and written as {text}</source>
        <extracomment>dialogs/harmonise.py</extracomment>
        <translation>Als QGIS-Ausdruck gelesen und so geschrieben: {text}</translation>
    </message>
    <message>
        <source>Save the mapping document</source>
        <extracomment>dialogs/harmonise.py</extracomment>
        <translation>Zuordnungsdokument speichern</translation>
    </message>
    <message>
        <source>Harmonise to INSPIRE</source>
        <extracomment>dialogs/harmonise.py</extracomment>
        <translation>Nach INSPIRE harmonisieren</translation>
    </message>
    <message>
        <source>The mapping has changes that aren&apos;t saved. Discard them?</source>
        <extracomment>dialogs/harmonise.py</extracomment>
        <translation>Die Zuordnung hat Änderungen, die nicht gespeichert sind. Verwerfen?</translation>
    </message>
    <message>
        <source>{path} has a value already. Remove it first (Del): only one can be given.</source>
        <extracomment>dialogs/harmonise.py</extracomment>
        <translation>{path} hat schon einen Wert. Entfernen Sie ihn zuerst (Entf): Nur einer von beiden kann angegeben werden.</translation>
    </message>
    <message>
        <source>Open a mapping document</source>
        <extracomment>dialogs/harmonise.py</extracomment>
        <translation>Zuordnungsdokument öffnen</translation>
    </message>
    <message>
        <source>Leave out {columns}</source>
        <extracomment>dialogs/harmonise.py</extracomment>
        <translation>{columns} auslassen</translation>
    </message>
    <message>
        <source>For layer {layer}…</source>
        <extracomment>dialogs/harmonise.py</extracomment>
        <translation>Für Layer {layer}…</translation>
    </message>
    <message>
        <source>Remove {type}</source>
        <extracomment>dialogs/harmonise.py</extracomment>
        <translation>{type} entfernen</translation>
    </message>
    <message>
        <source>from {layers}</source>
        <extracomment>dialogs/harmonise.py</extracomment>
        <translation>aus {layers}</translation>
    </message>
    <message>
        <source>Harmonise to INSPIRE: {name}</source>
        <extracomment>dialogs/harmonise.py</extracomment>
        <translation>Nach INSPIRE harmonisieren: {name}</translation>
    </message>
    <message>
        <source>{name} is {text}</source>
        <extracomment>dialogs/harmonise.py</extracomment>
        <translation>{name} ist {text}</translation>
    </message>
    <message>
        <source>{distinct} different values in {rows} features; {empty} have none. Code list {name}, {count} codes.</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>{distinct} verschiedene Werte in {rows} Objekten; {empty} haben keinen. Codeliste {name}, {count} Codes.</translation>
    </message>
    <message>
        <source>{count} features have a value without a code.</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>{count} Objekte haben einen Wert ohne Code.</translation>
    </message>
    <message>
        <source>Values and their codes</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>Werte und ihre Codes</translation>
    </message>
    <message>
        <source>What happens to other values</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>Was mit anderen Werten geschieht</translation>
    </message>
    <message>
        <source>&amp;Take all suggestions</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>Alle &amp;Vorschläge übernehmen</translation>
    </message>
    <message>
        <source>&amp;No codes</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>&amp;Keine Codes</translation>
    </message>
    <message>
        <source>Remove all translations: the values are the codes themselves</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>Alle Übersetzungen entfernen: Die Werte sind selbst die Codes</translation>
    </message>
    <message>
        <source>&amp;Other values:</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>&amp;Andere Werte:</translation>
    </message>
    <message>
        <source>Code</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>Code</translation>
    </message>
    <message>
        <source>Value in the layer</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>Wert im Layer</translation>
    </message>
    <message>
        <source>Features</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>Objekte</translation>
    </message>
    <message>
        <source>Why</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>Warum</translation>
    </message>
    <message>
        <source>a finding on the row</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>ein Befund zur Zeile</translation>
    </message>
    <message>
        <source>no value</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>kein Wert</translation>
    </message>
    <message>
        <source>kept as they are</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>bleiben, wie sie sind</translation>
    </message>
    <message>
        <source>the code of the longest beginning that has one</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>der Code des längsten Anfangs, der einen hat</translation>
    </message>
    <message>
        <source>Other codes aren&apos;t allowed.</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>Andere Codes sind nicht erlaubt.</translation>
    </message>
    <message>
        <source>The code list has no such code.</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>Die Codeliste hat keinen solchen Code.</translation>
    </message>
    <message>
        <source>Every value has a code.</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>Jeder Wert hat einen Code.</translation>
    </message>
    <message>
        <source>Codes of {property}</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>Codes von {property}</translation>
    </message>
    <message>
        <source>not in the layer</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>nicht im Layer</translation>
    </message>
    <message>
        <source>Reading the layers…</source>
        <extracomment>dialogs/harmonise_editor.py</extracomment>
        <translation>Layer werden gelesen…</translation>
    </message>
    <message>
        <source>Counting values…</source>
        <extracomment>dialogs/harmonise_editor.py</extracomment>
        <translation>Werte werden gezählt…</translation>
    </message>
    <message>
        <source>Preview…</source>
        <extracomment>dialogs/harmonise_editor.py</extracomment>
        <translation>Vorschau…</translation>
    </message>
    <message>
        <source>The layers are no longer in the project.</source>
        <extracomment>dialogs/harmonise_editor.py</extracomment>
        <translation>Die Layer sind nicht mehr im Projekt.</translation>
    </message>
    <message>
        <source>Layer {layer} looks like {type} of schema {schema}. A document has one schema: make another one for it, or add it as something else.</source>
        <extracomment>dialogs/harmonise_editor.py</extracomment>
        <translation>Layer {layer} sieht nach {type} des Schemas {schema} aus. Ein Dokument hat ein Schema: Legen Sie dafür ein eigenes an, oder fügen Sie ihn als etwas anderes hinzu.</translation>
    </message>
    <message>
        <source>Looking at {layer}…</source>
        <extracomment>dialogs/harmonise_editor.py</extracomment>
        <translation>{layer} wird angesehen…</translation>
    </message>
    <message>
        <source>Reading {file}…</source>
        <extracomment>dialogs/harmonise_editor.py</extracomment>
        <translation>{file} wird gelesen…</translation>
    </message>
    <message>
        <source>{property} is {value}</source>
        <extracomment>dialogs/harmonise_editor.py</extracomment>
        <translation>{property} ist {value}</translation>
    </message>
    <message>
        <source>Remove {property}</source>
        <extracomment>dialogs/harmonise_editor.py</extracomment>
        <translation>{property} entfernen</translation>
    </message>
    <message>
        <source>Agree to {property}</source>
        <extracomment>dialogs/harmonise_editor.py</extracomment>
        <translation>{property} zustimmen</translation>
    </message>
    <message>
        <source>Target type {type}</source>
        <extracomment>dialogs/harmonise_editor.py</extracomment>
        <translation>Zieltyp {type}</translation>
    </message>
    <message>
        <source>Add {type}</source>
        <extracomment>dialogs/harmonise_editor.py</extracomment>
        <translation>{type} hinzufügen</translation>
    </message>
    <message>
        <source>Take in {layer}</source>
        <extracomment>dialogs/harmonise_editor.py</extracomment>
        <translation>{layer} aufnehmen</translation>
    </message>
    <message>
        <source>Open…</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Öffnen…</translation>
    </message>
    <message>
        <source>Save</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Save as…</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Speichern als…</translation>
    </message>
    <message>
        <source>Codes…</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Codes…</translation>
    </message>
    <message>
        <source>Agree</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Zustimmen</translation>
    </message>
    <message>
        <source>Leave out unread columns</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Ungelesene auslassen</translation>
    </message>
    <message>
        <source>Read layers again</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Neu lesen</translation>
    </message>
    <message>
        <source>Export…</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Exportieren…</translation>
    </message>
    <message>
        <source>Target type…</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Zieltyp…</translation>
    </message>
    <message>
        <source>Add…</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Hinzufügen…</translation>
    </message>
    <message>
        <source>Remove</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Find</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Undo</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Redo</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>About the property</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Zur Eigenschaft</translation>
    </message>
    <message>
        <source>Object types of the document</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Objektarten des Dokuments</translation>
    </message>
    <message>
        <source>O&amp;bject:</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>O&amp;bjekt:</translation>
    </message>
    <message>
        <source>&amp;Namespace:</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>&amp;Namensraum:</translation>
    </message>
    <message>
        <source>Lan&amp;guage:</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>S&amp;prache:</translation>
    </message>
    <message>
        <source>&amp;Lineage:</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Her&amp;kunft:</translation>
    </message>
    <message>
        <source>The namespace of your identifiers, such as DE.MYTOWN.BU</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Der Namensraum Ihrer Kennungen, etwa DE.MEINESTADT.BU</translation>
    </message>
    <message>
        <source>The language of names, three letters: deu, fra, ita …</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Die Sprache der Namen, drei Buchstaben: deu, fra, ita …</translation>
    </message>
    <message>
        <source>How the data came about; goes into the metadata</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Wie die Daten entstanden sind; kommt in die Metadaten</translation>
    </message>
    <message>
        <source>Find a property or column (Ctrl+F)</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Eigenschaft oder Spalte suchen (Strg+F)</translation>
    </message>
    <message>
        <source>Find a property or column</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Eigenschaft oder Spalte suchen</translation>
    </message>
    <message>
        <source>&amp;All properties</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>&amp;Alle Eigenschaften</translation>
    </message>
    <message>
        <source>Also those that the schema doesn&apos;t ask for</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Auch die, die das Schema nicht verlangt</translation>
    </message>
    <message>
        <source>Layers that are read</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Gelesene Layer</translation>
    </message>
    <message>
        <source>Properties and what fills them</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Eigenschaften und was sie füllt</translation>
    </message>
    <message>
        <source>Remove the value</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Wert entfernen</translation>
    </message>
    <message>
        <source>&amp;Layers to harmonise. They are taken as they are in the project: filter, joins, virtual fields and unsaved edits count.</source>
        <extracomment>dialogs/harmonise_layers.py</extracomment>
        <translation>Zu harmonisierende &amp;Layer. Sie werden genommen, wie sie im Projekt sind: Filter, Verknüpfungen, virtuelle Felder und nicht gespeicherte Änderungen zählen.</translation>
    </message>
    <message>
        <source>Layers of the project</source>
        <extracomment>dialogs/harmonise_layers.py</extracomment>
        <translation>Layer des Projekts</translation>
    </message>
    <message>
        <source>Only &amp;selected features, where a layer has a selection</source>
        <extracomment>dialogs/export_data.py</extracomment>
        <translation>Nur &amp;gewählte Objekte, wo ein Layer eine Auswahl hat</translation>
    </message>
    <message>
        <source>filtered</source>
        <extracomment>dialogs/layerlists.py</extracomment>
        <translation>gefiltert</translation>
    </message>
    <message>
        <source>{count} selected</source>
        <extracomment>dialogs/layerlists.py</extracomment>
        <translation>{count} gewählt</translation>
    </message>
    <message>
        <source>Attribute</source>
        <extracomment>dialogs/harmonise_preview.py</extracomment>
        <translation>Attribut</translation>
    </message>
    <message>
        <source>Value</source>
        <extracomment>dialogs/harmonise_preview.py</extracomment>
        <translation>Wert</translation>
    </message>
    <message>
        <source>The feature&apos;s attributes</source>
        <extracomment>dialogs/harmonise_preview.py</extracomment>
        <translation>Attribute des Objekts</translation>
    </message>
    <message>
        <source>Property</source>
        <extracomment>dialogs/harmonise_preview.py</extracomment>
        <translation>Eigenschaft</translation>
    </message>
    <message>
        <source>The INSPIRE object</source>
        <extracomment>dialogs/harmonise_preview.py</extracomment>
        <translation>Das INSPIRE-Objekt</translation>
    </message>
    <message>
        <source>Problems and findings</source>
        <extracomment>dialogs/harmonise_preview.py</extracomment>
        <translation>Probleme und Befunde</translation>
    </message>
    <message>
        <source>State of the preview</source>
        <extracomment>dialogs/harmonise_preview.py</extracomment>
        <translation>Stand der Vorschau</translation>
    </message>
    <message>
        <source>Feature before (Alt+Left)</source>
        <extracomment>dialogs/harmonise_preview.py</extracomment>
        <translation>Voriges Objekt (Alt+Links)</translation>
    </message>
    <message>
        <source>Next feature (Alt+Right)</source>
        <extracomment>dialogs/harmonise_preview.py</extracomment>
        <translation>Nächstes Objekt (Alt+Rechts)</translation>
    </message>
    <message>
        <source>Which feature is shown</source>
        <extracomment>dialogs/harmonise_preview.py</extracomment>
        <translation>Welches Objekt gezeigt wird</translation>
    </message>
    <message>
        <source>{layer}: feature {number} of {count}</source>
        <extracomment>dialogs/harmonise_preview.py</extracomment>
        <translation>{layer}: Objekt {number} von {count}</translation>
    </message>
    <message>
        <source>No preview while something is wrong: see the problems above.</source>
        <extracomment>dialogs/harmonise_preview.py</extracomment>
        <translation>Keine Vorschau, solange etwas falsch ist: siehe die Probleme oben.</translation>
    </message>
    <message>
        <source>No feature</source>
        <extracomment>dialogs/harmonise_preview.py</extracomment>
        <translation>Kein Objekt</translation>
    </message>
    <message>
        <source>Reading layers for harmonisation</source>
        <extracomment>dialogs/harmonise_staging.py</extracomment>
        <translation>Layer werden für die Harmonisierung gelesen</translation>
    </message>
    <message>
        <source>Reading the layers was cancelled.</source>
        <extracomment>dialogs/harmonise_staging.py</extracomment>
        <translation>Das Lesen der Layer wurde abgebrochen.</translation>
    </message>
    <message>
        <source>Identifier (id)</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>Kennung (id)</translation>
    </message>
    <message>
        <source>One object for each (key)</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>Ein Objekt je (key)</translation>
    </message>
    <message>
        <source>Only rows where (where)</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>Nur Zeilen, für die (where)</translation>
    </message>
    <message>
        <source>needed</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>nötig</translation>
    </message>
    <message>
        <source>translate…</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>übersetzen…</translation>
    </message>
    <message>
        <source>mandatory</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>Pflicht</translation>
    </message>
    <message>
        <source>voidable</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>voidable</translation>
    </message>
    <message>
        <source>optional</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>optional</translation>
    </message>
    <message>
        <source>May have several values.</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>Darf mehrere Werte haben.</translation>
    </message>
    <message>
        <source>Inherited from the document that this one extends.</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>Geerbt vom Dokument, das dieses erweitert.</translation>
    </message>
    <message>
        <source>Kept as it is written; it can be changed in a text editor only.</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>Bleibt, wie es geschrieben ist; ändern lässt es sich nur in einem Texteditor.</translation>
    </message>
    <message>
        <source>Column, expression or value</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>Spalte, Ausdruck oder Wert</translation>
    </message>
    <message>
        <source>Need</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>Bedarf</translation>
    </message>
    <message>
        <source>Codes</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>Codes</translation>
    </message>
    <message>
        <source>Sure</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>Sicher</translation>
    </message>
    <message>
        <source>{path}: {need}, holds {holds}</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>{path}: {need}, enthält {holds}</translation>
    </message>
    <message>
        <source>{count} translated</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>{count} übersetzt</translation>
    </message>
    <message>
        <source>A column of the layer</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>Eine Spalte des Layers</translation>
    </message>
    <message>
        <source>nothing</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>nichts</translation>
    </message>
    <message>
        <source>Unit: {unit}</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>Einheit: {unit}</translation>
    </message>
    <message>
        <source>A reference to another object</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>Ein Verweis auf ein anderes Objekt</translation>
    </message>
    <message>
        <source>No value, and why</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>Kein Wert, und warum</translation>
    </message>
    <message>
        <source>Choose the target type</source>
        <extracomment>dialogs/harmonise_types.py</extracomment>
        <translation>Zieltyp wählen</translation>
    </message>
    <message>
        <source>&amp;What do the objects of the layer stand for?</source>
        <extracomment>dialogs/harmonise_types.py</extracomment>
        <translation>&amp;Wofür stehen die Objekte des Layers?</translation>
    </message>
    <message>
        <source>building, Gebäude, bâtiment, gebouw, edificio …</source>
        <extracomment>dialogs/harmonise_types.py</extracomment>
        <translation>Gebäude, building, bâtiment, gebouw, edificio …</translation>
    </message>
    <message>
        <source>Words to search target types by</source>
        <extracomment>dialogs/harmonise_types.py</extracomment>
        <translation>Wörter für die Suche nach Zieltypen</translation>
    </message>
    <message>
        <source>Target types found</source>
        <extracomment>dialogs/harmonise_types.py</extracomment>
        <translation>Gefundene Zieltypen</translation>
    </message>
    <message>
        <source>Definition of the type</source>
        <extracomment>dialogs/harmonise_types.py</extracomment>
        <translation>Definition des Typs</translation>
    </message>
    <message>
        <source>Searching…</source>
        <extracomment>dialogs/harmonise_types.py</extracomment>
        <translation>Suche…</translation>
    </message>
    <message>
        <source>Name</source>
        <extracomment>dialogs/harmonise_types.py</extracomment>
        <translation>Name</translation>
    </message>
    <message>
        <source>Called</source>
        <extracomment>dialogs/harmonise_types.py</extracomment>
        <translation>Heißt</translation>
    </message>
    <message>
        <source>Schema</source>
        <extracomment>dialogs/harmonise_types.py</extracomment>
        <translation>Schema</translation>
    </message>
    <message>
        <source>Definition</source>
        <extracomment>dialogs/harmonise_types.py</extracomment>
        <translation>Definition</translation>
    </message>
    <message>
        <source>No target type is called like that.</source>
        <extracomment>dialogs/harmonise_types.py</extracomment>
        <translation>Kein Zieltyp heißt so.</translation>
    </message>
    <message>
        <source>{name} reads the clock; a mapping gives the same result on any day. State the date, or put it into a column.</source>
        <extracomment>dialogs/harmonise_words.py</extracomment>
        <translation>{name} liest die Uhr; eine Zuordnung gibt an jedem Tag dasselbe Ergebnis. Geben Sie das Datum an oder legen Sie es in eine Spalte.</translation>
    </message>
    <message>
        <source>{name} gives another value each time. For an identifier that stays, use a column, key, =fingerprint(geometry) or =uuid5(…).</source>
        <extracomment>dialogs/harmonise_words.py</extracomment>
        <translation>{name} gibt jedes Mal einen anderen Wert. Für eine Kennung, die bleibt, nehmen Sie eine Spalte, key, =fingerprint(geometry) oder =uuid5(…).</translation>
    </message>
    <message>
        <source>{name} numbers rows and changes when the file is written anew. Use a column that identifies the object, or =fingerprint(geometry).</source>
        <extracomment>dialogs/harmonise_words.py</extracomment>
        <translation>{name} nummeriert Zeilen und ändert sich, wenn die Datei neu geschrieben wird. Nehmen Sie eine Spalte, die das Objekt kennzeichnet, oder =fingerprint(geometry).</translation>
    </message>
    <message>
        <source>{name} measures a geometry, which mappings can&apos;t. Add it to the layer as a virtual field with the field calculator: virtual fields are read like columns.</source>
        <extracomment>dialogs/harmonise_words.py</extracomment>
        <translation>{name} misst eine Geometrie, was Zuordnungen nicht können. Fügen Sie es dem Layer mit dem Feldrechner als virtuelles Feld hinzu: Virtuelle Felder werden wie Spalten gelesen.</translation>
    </message>
    <message>
        <source>{name} compares places. Write a join with where: in the document, or add a virtual field.</source>
        <extracomment>dialogs/harmonise_words.py</extracomment>
        <translation>{name} vergleicht Orte. Schreiben Sie im Dokument eine Verknüpfung mit where:, oder fügen Sie ein virtuelles Feld hinzu.</translation>
    </message>
    <message>
        <source>{name} looks at many rows; an expression here sees one. Add a virtual field, or use key: to make one object of many rows.</source>
        <extracomment>dialogs/harmonise_words.py</extracomment>
        <translation>{name} betrachtet viele Zeilen; ein Ausdruck hier sieht eine. Fügen Sie ein virtuelles Feld hinzu, oder machen Sie mit key: aus vielen Zeilen ein Objekt.</translation>
    </message>
    <message>
        <source>{name} reads other features. Join the layers in QGIS or with join: in the document; joined columns are read.</source>
        <extracomment>dialogs/harmonise_words.py</extracomment>
        <translation>{name} liest andere Objekte. Verknüpfen Sie die Layer in QGIS oder mit join: im Dokument; verknüpfte Spalten werden gelesen.</translation>
    </message>
    <message>
        <source>{name} shows a value&apos;s label. Take the column itself and translate its codes (F4).</source>
        <extracomment>dialogs/harmonise_words.py</extracomment>
        <translation>{name} zeigt die Beschriftung eines Werts. Nehmen Sie die Spalte selbst und übersetzen Sie ihre Codes (F4).</translation>
    </message>
    <message>
        <source>{name} runs what it is given, which a shared document must not.</source>
        <extracomment>dialogs/harmonise_words.py</extracomment>
        <translation>{name} führt aus, was man ihm gibt; ein geteiltes Dokument darf das nicht.</translation>
    </message>
    <message>
        <source>{name} reads what lies outside of the layer, which mappings can&apos;t.</source>
        <extracomment>dialogs/harmonise_words.py</extracomment>
        <translation>{name} liest, was außerhalb des Layers liegt; Zuordnungen können das nicht.</translation>
    </message>
    <message>
        <source>{name} is a variable of QGIS, which the document doesn&apos;t know. Write the value itself.</source>
        <extracomment>dialogs/harmonise_words.py</extracomment>
        <translation>{name} ist eine Variable von QGIS, die das Dokument nicht kennt. Schreiben Sie den Wert selbst.</translation>
    </message>
    <message>
        <source>{name} isn&apos;t among the geometry operators of mappings. Do it in QGIS first, with “Geometry by expression”.</source>
        <extracomment>dialogs/harmonise_words.py</extracomment>
        <translation>{name} gehört nicht zu den Geometrieoperationen von Zuordnungen. Führen Sie es vorher in QGIS mit „Geometrie nach Ausdruck“ aus.</translation>
    </message>
    <message>
        <source>{name} is known here, but not with these arguments.</source>
        <extracomment>dialogs/harmonise_words.py</extracomment>
        <translation>{name} ist hier bekannt, aber nicht mit diesen Argumenten.</translation>
    </message>
    <message>
        <source>{name} has no counterpart here. Add a virtual field with this expression: virtual fields are read like columns.</source>
        <extracomment>dialogs/harmonise_words.py</extracomment>
        <translation>{name} hat hier keine Entsprechung. Fügen Sie ein virtuelles Feld mit diesem Ausdruck hinzu: Virtuelle Felder werden wie Spalten gelesen.</translation>
    </message>
    <message>
        <source>Set up the Commonplace engine</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Commonplace-Engine einrichten</translation>
    </message>
    <message>
        <source>Progress of the set-up</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Fortschritt der Einrichtung</translation>
    </message>
    <message>
        <source>What the programs print</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Was die Programme ausgeben</translation>
    </message>
    <message>
        <source>Make an environment for it in this QGIS profile</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Dafür eine Umgebung in diesem QGIS-Profil anlegen</translation>
    </message>
    <message>
        <source>Python for the environment</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Python für die Umgebung</translation>
    </message>
    <message>
        <source>&amp;Python</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>&amp;Python</translation>
    </message>
    <message>
        <source>Another Python</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Ein anderes Python</translation>
    </message>
    <message>
        <source>Pro&amp;gram</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Pro&amp;gramm</translation>
    </message>
    <message>
        <source>Folder of wheels</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Ordner mit Wheels</translation>
    </message>
    <message>
        <source>the package index (internet)</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>dem Paketindex (Internet)</translation>
    </message>
    <message>
        <source>Packages &amp;from</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Pakete &amp;aus</translation>
    </message>
    <message>
        <source>Without internet: a folder with the wheels of all packages that the engine needs</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Ohne Internet: ein Ordner mit den Wheels aller Pakete, die die Engine braucht</translation>
    </message>
    <message>
        <source>Use an environment that has the engine already</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Eine Umgebung verwenden, in der die Engine schon ist</translation>
    </message>
    <message>
        <source>Python of the environment</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Python der Umgebung</translation>
    </message>
    <message>
        <source>P&amp;ython</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>P&amp;ython</translation>
    </message>
    <message>
        <source>&amp;Set up</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>&amp;Einrichten</translation>
    </message>
    <message>
        <source>Search &amp;again</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>E&amp;rneut suchen</translation>
    </message>
    <message>
        <source>Look for Pythons again, such as one just installed</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Noch einmal nach Pythons suchen, etwa nach einem eben installierten</translation>
    </message>
    <message>
        <source>Open &amp;log</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Protoko&amp;ll öffnen</translation>
    </message>
    <message>
        <source>Looking for Python…</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Python wird gesucht…</translation>
    </message>
    <message>
        <source>Another…</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Anderes…</translation>
    </message>
    <message>
        <source>The plugin is version {plugin}: some things may not fit together.</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Das Plugin hat die Version {plugin}: Manches passt vielleicht nicht zusammen.</translation>
    </message>
    <message>
        <source>&amp;Try again</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>&amp;Noch einmal versuchen</translation>
    </message>
    <message>
        <source>Close</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>&amp;Use it</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>&amp;Verwenden</translation>
    </message>
    <message>
        <source>Cancel</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>The engine, version {version}, is ready.</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Die Engine, Version {version}, ist bereit.</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Abgebrochen.</translation>
    </message>
    <message>
        <source>Data to check</source>
        <extracomment>dialogs/validate.py</extracomment>
        <translation>Zu prüfende Daten</translation>
    </message>
    <message>
        <source>&amp;Validate</source>
        <extracomment>dialogs/validate.py</extracomment>
        <translation>&amp;Prüfen</translation>
    </message>
    <message>
        <source>Files, folders and packages</source>
        <extracomment>dialogs/validate.py</extracomment>
        <translation>Dateien, Ordner und Pakete</translation>
    </message>
    <message>
        <source>Files to check</source>
        <extracomment>dialogs/validate.py</extracomment>
        <translation>Zu prüfende Dateien</translation>
    </message>
    <message>
        <source>For layers that hold INSPIRE data already; they are taken with their filter.</source>
        <extracomment>dialogs/validate.py</extracomment>
        <translation>Für Layer, die schon INSPIRE-Daten enthalten; sie werden mit ihrem Filter genommen.</translation>
    </message>
    <message>
        <source>Layers to check</source>
        <extracomment>dialogs/validate.py</extracomment>
        <translation>Zu prüfende Layer</translation>
    </message>
    <message>
        <source>Official schemas</source>
        <extracomment>dialogs/validate.py</extracomment>
        <translation>Offizielle Schemata</translation>
    </message>
    <message>
        <source>Folder; without it GML is checked by our own model</source>
        <extracomment>dialogs/validate.py</extracomment>
        <translation>Ordner; ohne ihn wird GML nach unserem eigenen Modell geprüft</translation>
    </message>
    <message>
        <source>Folder or package to check</source>
        <extracomment>dialogs/validate.py</extracomment>
        <translation>Zu prüfender Ordner oder Paket</translation>
    </message>
    <message>
        <source>Add &amp;files…</source>
        <extracomment>dialogs/validate.py</extracomment>
        <translation>&amp;Dateien hinzufügen…</translation>
    </message>
    <message>
        <source>Add f&amp;older…</source>
        <extracomment>dialogs/validate.py</extracomment>
        <translation>&amp;Ordner hinzufügen…</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <extracomment>dialogs/validate.py</extracomment>
        <translation>&amp;Entfernen</translation>
    </message>
    <message>
        <source>Set up the &amp;engine…</source>
        <extracomment>faces/engine_setup.py</extracomment>
        <translation>&amp;Engine einrichten…</translation>
    </message>
    <message>
        <source>Make, renew or choose the environment that Commonplace works in</source>
        <extracomment>faces/engine_setup.py</extracomment>
        <translation>Die Umgebung, in der Commonplace arbeitet, anlegen, erneuern oder wählen</translation>
    </message>
    <message>
        <source>Check INSPIRE data: files, packages and layers of the project</source>
        <extracomment>faces/findings.py</extracomment>
        <translation>INSPIRE-Daten prüfen: Dateien, Pakete und Layer des Projekts</translation>
    </message>
    <message>
        <source>Rules of the validation</source>
        <extracomment>faces/findings.py</extracomment>
        <translation>Regeln der Prüfung</translation>
    </message>
    <message>
        <source>This finding has no place: it is about the file as a whole.</source>
        <extracomment>faces/findings.py</extracomment>
        <translation>Dieser Befund hat keinen Ort: Er betrifft die Datei als Ganzes.</translation>
    </message>
    <message>
        <source>Nothing is on the map yet: add the data as a layer first.</source>
        <extracomment>faces/findings.py</extracomment>
        <translation>Auf der Karte ist noch nichts: Fügen Sie zuerst die Daten als Layer hinzu.</translation>
    </message>
    <message>
        <source>Validate {subject}</source>
        <extracomment>faces/findings.py</extracomment>
        <translation>{subject} prüfen</translation>
    </message>
    <message>
        <source>&amp;Harmonise to INSPIRE…</source>
        <extracomment>faces/harmonise.py</extracomment>
        <translation>Nach INSPIRE &amp;harmonisieren…</translation>
    </message>
    <message>
        <source>Say what the columns of layers mean, with a live preview</source>
        <extracomment>faces/harmonise.py</extracomment>
        <translation>Sagen, was die Spalten von Layern bedeuten, mit Vorschau</translation>
    </message>
    <message>
        <source>{subject} · errors: {errors} · warnings: {warnings} · hints: {infos}</source>
        <extracomment>findings.py</extracomment>
        <translation>{subject} · Fehler: {errors} · Warnungen: {warnings} · Hinweise: {infos}</translation>
    </message>
    <message>
        <source>{first} and {more} more</source>
        <extracomment>findings.py</extracomment>
        <translation>{first} und {more} weitere</translation>
    </message>
    <message>
        <source>Error</source>
        <extracomment>findings.py</extracomment>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Warning</source>
        <extracomment>findings.py</extracomment>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>Hint</source>
        <extracomment>findings.py</extracomment>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>Fix</source>
        <extracomment>findings.py</extracomment>
        <translation>Abhilfe</translation>
    </message>
    <message>
        <source>Clause</source>
        <extracomment>findings.py</extracomment>
        <translation>Abschnitt</translation>
    </message>
    <message>
        <source>Feature</source>
        <extracomment>findings.py</extracomment>
        <translation>Objekt</translation>
    </message>
    <message>
        <source>File</source>
        <extracomment>dialogs/packages.py</extracomment>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Occurs</source>
        <extracomment>findings.py</extracomment>
        <translation>Vorkommen</translation>
    </message>
    <message>
        <source>No findings in {subject}.</source>
        <extracomment>findings.py</extracomment>
        <translation>Keine Befunde in {subject}.</translation>
    </message>
    <message>
        <source>{file}, line {line}</source>
        <extracomment>findings.py</extracomment>
        <translation>{file}, Zeile {line}</translation>
    </message>
    <message>
        <source>the table shows {shown} examples</source>
        <extracomment>findings.py</extracomment>
        <translation>die Tabelle zeigt {shown} Beispiele</translation>
    </message>
    <message>
        <source>{count} times</source>
        <extracomment>findings.py</extracomment>
        <translation>{count}-mal</translation>
    </message>
    <message>
        <source>Severity</source>
        <extracomment>findingsmodel.py</extracomment>
        <translation>Schwere</translation>
    </message>
    <message>
        <source>What is wrong</source>
        <extracomment>findingsmodel.py</extracomment>
        <translation>Was falsch ist</translation>
    </message>
    <message>
        <source>Rule</source>
        <extracomment>findingsmodel.py</extracomment>
        <translation>Regel</translation>
    </message>
    <message>
        <source>Looking for Python</source>
        <extracomment>setuptasks.py</extracomment>
        <translation>Suche nach Python</translation>
    </message>
    <message>
        <source>Setting up the Commonplace engine</source>
        <extracomment>setuptasks.py</extracomment>
        <translation>Commonplace-Engine wird eingerichtet</translation>
    </message>
    <message>
        <source>Trying the engine</source>
        <extracomment>setuptasks.py</extracomment>
        <translation>Engine wird ausprobiert</translation>
    </message>
    <message>
        <source>Install it with your system&apos;s packages (on Debian and Ubuntu: apt install python3 python3-venv), then search again.</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Installieren Sie es mit den Paketen Ihres Systems (in Debian und Ubuntu: apt install python3 python3-venv), und suchen Sie dann erneut.</translation>
    </message>
    <message>
        <source>No Python was found. The engine needs Python {oldest} or newer.</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Es wurde kein Python gefunden. Die Engine braucht Python {oldest} oder neuer.</translation>
    </message>
    <message>
        <source>Install Python from python.org or the Microsoft Store, then search again.</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Installieren Sie Python von python.org oder aus dem Microsoft Store, und suchen Sie dann erneut.</translation>
    </message>
    <message>
        <source>Install Python from python.org or with Homebrew, then search again.</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Installieren Sie Python von python.org oder mit Homebrew, und suchen Sie dann erneut.</translation>
    </message>
    <message>
        <source>unknown</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>The Pythons found can&apos;t make environments: they lack the module venv. The engine needs Python {oldest} or newer with it.</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Die gefundenen Pythons können keine Umgebungen anlegen: Ihnen fehlt das Modul venv. Die Engine braucht Python {oldest} oder neuer mit diesem Modul.</translation>
    </message>
    <message>
        <source>The Pythons found don&apos;t do: {oldest} or newer is needed, with 64 bit.</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Die gefundenen Pythons genügen nicht: Nötig ist {oldest} oder neuer, mit 64 Bit.</translation>
    </message>
    <message>
        <source>Python could not make an environment.</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Python konnte keine Umgebung anlegen.</translation>
    </message>
    <message>
        <source>This Python has no pip to install packages with, and none could be fetched. On Debian and Ubuntu, apt install python3-venv mends that.</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Dieses Python hat kein pip, um Pakete zu installieren, und es ließ sich keines holen. In Debian und Ubuntu behebt das apt install python3-venv.</translation>
    </message>
    <message>
        <source>The disk is full. The engine needs about 1 GB.</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Der Datenträger ist voll. Die Engine braucht etwa 1 GB.</translation>
    </message>
    <message>
        <source>The package index can&apos;t be reached. Check the network and QGIS&apos;s proxy settings, or take the packages from a folder of wheels.</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Der Paketindex ist nicht erreichbar. Prüfen Sie das Netzwerk und die Proxy-Einstellungen von QGIS, oder nehmen Sie die Pakete aus einem Ordner mit Wheels.</translation>
    </message>
    <message>
        <source>A file can&apos;t be written or replaced. Another QGIS may be using the engine: close it and try again.</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Eine Datei lässt sich nicht schreiben oder ersetzen. Vielleicht verwendet ein anderes QGIS die Engine: Schließen Sie es, und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>A package doesn&apos;t go with this version of Python. Choose another Python.</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Ein Paket passt nicht zu dieser Python-Version. Wählen Sie ein anderes Python.</translation>
    </message>
    <message>
        <source>A package isn&apos;t there in a version that goes with this Python and computer. Choose another Python, or another folder of wheels.</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Ein Paket gibt es nicht in einer Version, die zu diesem Python und diesem Rechner passt. Wählen Sie ein anderes Python oder einen anderen Ordner mit Wheels.</translation>
    </message>
    <message>
        <source>The engine in this environment is version {detail}, which isn&apos;t this plugin&apos;s.</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Die Engine in dieser Umgebung hat die Version {detail}, nicht die dieses Plugins.</translation>
    </message>
    <message>
        <source>The engine was installed, but can&apos;t be started.</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Die Engine wurde installiert, lässt sich aber nicht starten.</translation>
    </message>
    <message>
        <source>Installing the packages failed.</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Die Pakete ließen sich nicht installieren.</translation>
    </message>
    <message>
        <source>The engine is set up: version {version}, in {python}</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Die Engine ist eingerichtet: Version {version}, in {python}</translation>
    </message>
    <message>
        <source>Commonplace does its work in an engine of its own, which isn&apos;t set up yet. It needs Python and about 1 GB in this QGIS profile; nothing else on this computer changes.</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Commonplace arbeitet in einer eigenen Engine, die noch nicht eingerichtet ist. Sie braucht Python und etwa 1 GB in diesem QGIS-Profil; sonst ändert sich auf diesem Rechner nichts.</translation>
    </message>
    <message>
        <source>The engine&apos;s Python can&apos;t be started: {python}</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Das Python der Engine lässt sich nicht starten: {python}</translation>
    </message>
    <message>
        <source>The engine is version {version} and the plugin {plugin}: set it up again to renew it.</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Die Engine hat die Version {version}, das Plugin {plugin}: Richten Sie sie noch einmal ein, um sie zu erneuern.</translation>
    </message>
    <message>
        <source>Making the environment…</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Umgebung wird angelegt…</translation>
    </message>
    <message>
        <source>Fetching the packages that the engine needs…</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Pakete, die die Engine braucht, werden geholt…</translation>
    </message>
    <message>
        <source>Installing the packages…</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Pakete werden installiert…</translation>
    </message>
    <message>
        <source>Trying the engine…</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Engine wird ausprobiert…</translation>
    </message>
    <message>
        <source>The engine gave no answer.</source>
        <extracomment>tasks.py</extracomment>
        <translation>Die Engine hat nicht geantwortet.</translation>
    </message>
    <message>
        <source>The mapping reads layer “{wanted}”, which isn&apos;t among those chosen: {chosen}</source>
        <extracomment>texts.py</extracomment>
        <translation>Die Zuordnung liest den Layer „{wanted}“, der nicht unter den gewählten ist: {chosen}</translation>
    </message>
    <message>
        <source>“{python}” is not a Python interpreter that can be started.</source>
        <extracomment>texts.py</extracomment>
        <translation>„{python}“ ist kein Python-Interpreter, der sich starten lässt.</translation>
    </message>
    <message>
        <source>Correct the environment variable {variable} or the setting commonplace/python, or remove it and make an environment with these commands:</source>
        <extracomment>texts.py</extracomment>
        <translation>Berichtigen Sie die Umgebungsvariable {variable} oder die Einstellung commonplace/python, oder entfernen Sie sie und legen Sie mit diesen Befehlen eine Umgebung an:</translation>
    </message>
    <message>
        <source>The Commonplace engine is not set up yet: it needs a Python of its own.</source>
        <extracomment>texts.py</extracomment>
        <translation>Die Commonplace-Engine ist noch nicht eingerichtet: Sie braucht ein eigenes Python.</translation>
    </message>
    <message>
        <source>In QGIS, Plugins ▸ Commonplace ▸ Set up the engine… does that. By hand, with Python 3.11 or newer, these commands do (or name an interpreter that has it in the environment variable {variable}):</source>
        <extracomment>texts.py</extracomment>
        <translation>In QGIS erledigt das Erweiterungen ▸ Commonplace ▸ Engine einrichten… Von Hand, mit Python 3.11 oder neuer, tun es diese Befehle (oder nennen Sie in der Umgebungsvariablen {variable} einen Interpreter, der sie hat):</translation>
    </message>
    <message>
        <source>A layer can&apos;t be handed to the engine: {layer}</source>
        <extracomment>texts.py</extracomment>
        <translation>Ein Layer lässt sich nicht an die Engine übergeben: {layer}</translation>
    </message>
    <message>
        <source>The Commonplace engine can&apos;t be started.</source>
        <extracomment>texts.py</extracomment>
        <translation>Die Commonplace-Engine lässt sich nicht starten.</translation>
    </message>
    <message>
        <source>The Commonplace engine doesn&apos;t answer. Is it installed in this Python?</source>
        <extracomment>texts.py</extracomment>
        <translation>Die Commonplace-Engine antwortet nicht. Ist sie in diesem Python installiert?</translation>
    </message>
    <message>
        <source>The Commonplace engine and this plugin are of versions that don&apos;t fit together. Install the engine again from the wheel in the plugin&apos;s folder.</source>
        <extracomment>texts.py</extracomment>
        <translation>Die Versionen der Commonplace-Engine und dieses Plugins passen nicht zusammen. Installieren Sie die Engine noch einmal aus dem Wheel im Ordner des Plugins.</translation>
    </message>
    <message>
        <source>The Commonplace engine ended unexpectedly.</source>
        <extracomment>texts.py</extracomment>
        <translation>Die Commonplace-Engine hat unerwartet geendet.</translation>
    </message>
    <message>
        <source>The Commonplace engine failed at this job. Nothing was written.</source>
        <extracomment>texts.py</extracomment>
        <translation>Die Commonplace-Engine ist an diesem Auftrag gescheitert. Es wurde nichts geschrieben.</translation>
    </message>
    <message>
        <source>Its log is {log}</source>
        <extracomment>texts.py</extracomment>
        <translation>Ihr Protokoll ist {log}</translation>
    </message>
    <message>
        <source>Read {layers}</source>
        <extracomment>dialogs/harmonise_editor.py</extracomment>
        <translation>{layers} lesen</translation>
    </message>
    <message>
        <source>Layers that this object type reads (Ctrl+L)</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Layer, die diese Objektart liest (Strg+L)</translation>
    </message>
    <message>
        <source>Edit the value</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Wert bearbeiten</translation>
    </message>
    <message>
        <source>Licence (empty: from the layers&apos; metadata)</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Lizenz (leer: aus den Layer-Metadaten)</translation>
    </message>
    <message>
        <source>Attribution (empty: from the layers&apos; metadata)</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Namensnennung (leer: aus Layer-Metadaten)</translation>
    </message>
    <message>
        <source>A layer has changed. Read the layers again (F5) to see it here.</source>
        <extracomment>dialogs/harmonise_editor.py</extracomment>
        <translation>Ein Layer hat sich geändert. Lesen Sie die Layer neu (F5), um es hier zu sehen.</translation>
    </message>
    <message>
        <source>Help</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>User &amp;guide</source>
        <extracomment>faces/guide.py</extracomment>
        <translation>&amp;Anleitung</translation>
    </message>
    <message>
        <source>A planner&apos;s first hour, step by step</source>
        <extracomment>faces/guide.py</extracomment>
        <translation>Die erste Stunde, Schritt für Schritt</translation>
    </message>
    <message>
        <source>Inspect source</source>
        <extracomment>algorithms/connect.py</extracomment>
        <translation>Quelle untersuchen</translation>
    </message>
    <message>
        <source>Load layer</source>
        <extracomment>algorithms/connect.py</extracomment>
        <translation>Layer laden</translation>
    </message>
    <message>
        <source>Reads a layer of any source that the engine knows, whole, into a GeoPackage. Of a service, only what lies in the extent and meets the filter is asked for, where the service can choose.
Layer: may be left out where the source has only one; Inspect source lists them.
Filter: CQL2, such as floors &gt; 3 AND kind = &apos;oak&apos;.</source>
        <extracomment>algorithms/connect.py</extracomment>
        <translation>Liest einen Layer einer beliebigen Quelle, die die Engine kennt, ganz in ein GeoPackage. Von einem Dienst wird nur verlangt, was in der Ausdehnung liegt und den Filter erfüllt, wo der Dienst auswählen kann.
Layer: kann entfallen, wo die Quelle nur einen hat; „Quelle untersuchen“ führt sie auf.
Filter: CQL2, etwa floors &gt; 3 AND kind = &apos;oak&apos;.</translation>
    </message>
    <message>
        <source>Address of a service, file or folder</source>
        <extracomment>algorithms/connect.py</extracomment>
        <translation>Adresse eines Dienstes, Datei oder Ordner</translation>
    </message>
    <message>
        <source>The address carries a secret: use an authentication of QGIS instead.</source>
        <extracomment>addresses.py</extracomment>
        <translation>Die Adresse enthält ein Geheimnis: Verwenden Sie stattdessen eine Authentifizierung von QGIS.</translation>
    </message>
    <message>
        <source>Kind of source</source>
        <extracomment>algorithms/connect.py</extracomment>
        <translation>Art der Quelle</translation>
    </message>
    <message>
        <source>Names of the layers</source>
        <extracomment>algorithms/connect.py</extracomment>
        <translation>Namen der Layer</translation>
    </message>
    <message>
        <source>Number of layers</source>
        <extracomment>algorithms/connect.py</extracomment>
        <translation>Anzahl der Layer</translation>
    </message>
    <message>
        <source>Extent</source>
        <extracomment>algorithms/connect.py</extracomment>
        <translation>Ausdehnung</translation>
    </message>
    <message>
        <source>Largest number of features</source>
        <extracomment>algorithms/connect.py</extracomment>
        <translation>Größte Anzahl an Objekten</translation>
    </message>
    <message>
        <source>Filter</source>
        <extracomment>algorithms/connect.py</extracomment>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Layer loaded</source>
        <extracomment>algorithms/connect.py</extracomment>
        <translation>Geladener Layer</translation>
    </message>
    <message>
        <source>Features read</source>
        <extracomment>algorithms/connect.py</extracomment>
        <translation>Gelesene Objekte</translation>
    </message>
    <message>
        <source>Recognises what an address, a file or a folder is (OGC API, WFS, CSW, SensorThings, NGSI-LD broker, INSPIRE GML and many more) and lists its layers, with CRS, number of features and licence.
Load layer reads what is listed.</source>
        <extracomment>algorithms/connect.py</extracomment>
        <translation>Erkennt, was eine Adresse, eine Datei oder ein Ordner ist (OGC-API, WFS, CSW, SensorThings, NGSI-LD-Broker, INSPIRE-GML und vieles mehr), und führt die Layer auf, mit KBS, Anzahl der Objekte und Lizenz.
„Layer laden“ liest, was aufgeführt ist.</translation>
    </message>
    <message>
        <source>Tells what an address, a file or a folder is, and lists its layers.</source>
        <extracomment>algorithms/connect.py</extracomment>
        <translation>Sagt, was eine Adresse, eine Datei oder ein Ordner ist, und führt die Layer auf.</translation>
    </message>
    <message>
        <source>Reads a layer of any source, whole or a part of it, into a GeoPackage.</source>
        <extracomment>algorithms/connect.py</extracomment>
        <translation>Liest einen Layer einer beliebigen Quelle, ganz oder zum Teil, in ein GeoPackage.</translation>
    </message>
    <message>
        <source>Type or paste an address, or choose a file or a folder.</source>
        <extracomment>addresses.py</extracomment>
        <translation>Geben oder fügen Sie eine Adresse ein, oder wählen Sie eine Datei oder einen Ordner.</translation>
    </message>
    <message>
        <source>{kind}, layers: {count}</source>
        <extracomment>connections.py</extracomment>
        <translation>{kind}, Layer: {count}</translation>
    </message>
    <message>
        <source>Connect to a source</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>Mit einer Quelle verbinden</translation>
    </message>
    <message>
        <source>OGC API, WFS, CSW, SensorThings, NGSI-LD broker, file or folder.</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>OGC-API, WFS, CSW, SensorThings, NGSI-LD-Broker, Datei oder Ordner.</translation>
    </message>
    <message>
        <source>Looking…</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>Wird untersucht…</translation>
    </message>
    <message>
        <source>&amp;Look</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>&amp;Untersuchen</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>&amp;Adresse</translation>
    </message>
    <message>
        <source>Layers of the source</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>Layer der Quelle</translation>
    </message>
    <message>
        <source>Only a part of it</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>Nur ein Teil davon</translation>
    </message>
    <message>
        <source>What lies in the &amp;map&apos;s extent</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>Was in der &amp;Kartenausdehnung liegt</translation>
    </message>
    <message>
        <source>all</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>alle</translation>
    </message>
    <message>
        <source>CQL2; for an NGSI-LD broker its query language (q)</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>CQL2; bei einem NGSI-LD-Broker dessen Abfragesprache (q)</translation>
    </message>
    <message>
        <source>A&amp;dd layer</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>&amp;Layer hinzufügen</translation>
    </message>
    <message>
        <source>&amp;Save connection…</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>Verbindung &amp;speichern…</translation>
    </message>
    <message>
        <source>File to connect to</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>Zu verbindende Datei</translation>
    </message>
    <message>
        <source>Save connection</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>Verbindung speichern</translation>
    </message>
    <message>
        <source>Name of the connection</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>Name der Verbindung</translation>
    </message>
    <message>
        <source>&amp;File…</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>&amp;Datei…</translation>
    </message>
    <message>
        <source>F&amp;older…</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>&amp;Ordner…</translation>
    </message>
    <message>
        <source>Folder to connect to</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>Zu verbindender Ordner</translation>
    </message>
    <message>
        <source>Geometry</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>Geometrie</translation>
    </message>
    <message>
        <source>CRS</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>KBS</translation>
    </message>
    <message>
        <source>Licence</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>Lizenz</translation>
    </message>
    <message>
        <source>Loading {layer}…</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>{layer} wird geladen…</translation>
    </message>
    <message>
        <source>&amp;Connect…</source>
        <extracomment>faces/browser.py</extracomment>
        <translation>&amp;Verbinden…</translation>
    </message>
    <message>
        <source>Look what an address, a file or a folder holds, and add layers of it</source>
        <extracomment>faces/connect.py</extracomment>
        <translation>Nachsehen, was eine Adresse, eine Datei oder ein Ordner enthält, und Layer daraus hinzufügen</translation>
    </message>
    <message>
        <source>Refresh from its source</source>
        <extracomment>faces/connect.py</extracomment>
        <translation>Aus der Quelle aktualisieren</translation>
    </message>
    <message>
        <source>{layer} is loaded, features: {count}</source>
        <extracomment>faces/connect.py</extracomment>
        <translation>{layer} ist geladen, Objekte: {count}</translation>
    </message>
    <message>
        <source>Look at {source}</source>
        <extracomment>faces/connect.py</extracomment>
        <translation>{source} untersuchen</translation>
    </message>
    <message>
        <source>Connection “{name}” is saved.</source>
        <extracomment>faces/connect.py</extracomment>
        <translation>Die Verbindung „{name}“ ist gespeichert.</translation>
    </message>
    <message>
        <source>Load {layer}</source>
        <extracomment>sourcelayers.py</extracomment>
        <translation>{layer} laden</translation>
    </message>
    <message>
        <source>QGIS can&apos;t open {path}</source>
        <extracomment>sourcelayers.py</extracomment>
        <translation>QGIS kann {path} nicht öffnen</translation>
    </message>
    <message>
        <source>Sa&amp;ved</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>Gesp&amp;eicherte</translation>
    </message>
    <message>
        <source>Saved connections</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>Gespeicherte Verbindungen</translation>
    </message>
    <message>
        <source>&amp;Forget</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>&amp;Vergessen</translation>
    </message>
    <message>
        <source>Connection “{name}” is forgotten.</source>
        <extracomment>faces/connect.py</extracomment>
        <translation>Die Verbindung „{name}“ ist vergessen.</translation>
    </message>
    <message>
        <source>The feature {feature} is in none of the project&apos;s layers.</source>
        <extracomment>faces/findings.py</extracomment>
        <translation>Das Objekt {feature} ist in keinem Layer des Projekts.</translation>
    </message>
    <message>
        <source>Look for {feature}</source>
        <extracomment>findinglayers.py</extracomment>
        <translation>{feature} suchen</translation>
    </message>
    <message>
        <source>Catalogue (CSW)</source>
        <extracomment>kinds.py</extracomment>
        <translation>Katalog (CSW)</translation>
    </message>
    <message>
        <source>Catalogue (OGC API Records)</source>
        <extracomment>kinds.py</extracomment>
        <translation>Katalog (OGC API Records)</translation>
    </message>
    <message>
        <source>ATOM download service</source>
        <extracomment>kinds.py</extracomment>
        <translation>ATOM-Downloaddienst</translation>
    </message>
    <message>
        <source>NGSI-LD broker</source>
        <extracomment>kinds.py</extracomment>
        <translation>NGSI-LD-Broker</translation>
    </message>
    <message>
        <source>Linked data event stream</source>
        <extracomment>kinds.py</extracomment>
        <translation>Linked Data Event Stream</translation>
    </message>
    <message>
        <source>File on a server</source>
        <extracomment>kinds.py</extracomment>
        <translation>Datei auf einem Server</translation>
    </message>
    <message>
        <source>Commonplace package</source>
        <extracomment>kinds.py</extracomment>
        <translation>Commonplace-Paket</translation>
    </message>
    <message>
        <source>Timetable (GTFS)</source>
        <extracomment>kinds.py</extracomment>
        <translation>Fahrplan (GTFS)</translation>
    </message>
    <message>
        <source>{layer} follows its broker; a click on the sign beside it stops that.</source>
        <extracomment>faces/following.py</extracomment>
        <translation>{layer} folgt seinem Broker; ein Klick auf das Zeichen daneben beendet es.</translation>
    </message>
    <message>
        <source>Follow this broker</source>
        <extracomment>faces/following.py</extracomment>
        <translation>Diesem Broker folgen</translation>
    </message>
    <message>
        <source>Follows its broker. Click to stop.</source>
        <extracomment>faces/following.py</extracomment>
        <translation>Folgt seinem Broker. Klicken beendet es.</translation>
    </message>
    <message>
        <source>{layer} is being edited: save or discard the edits first.</source>
        <extracomment>following.py</extracomment>
        <translation>{layer} wird gerade bearbeitet: Speichern oder verwerfen Sie zuerst die Änderungen.</translation>
    </message>
    <message>
        <source>{layer} follows its broker</source>
        <extracomment>following.py</extracomment>
        <translation>{layer} folgt seinem Broker</translation>
    </message>
    <message>
        <source>what the INSPIRE directive asks for: the whole model, nested as it is</source>
        <extracomment>formats.py</extracomment>
        <translation>was die INSPIRE-Richtlinie verlangt: das ganze Modell mit seiner Verschachtelung</translation>
    </message>
    <message>
        <source>for QGIS and other GIS; styles come with it</source>
        <extracomment>formats.py</extracomment>
        <translation>für QGIS und andere GIS; Stile sind dabei</translation>
    </message>
    <message>
        <source>for web maps and scripts, in longitude and latitude</source>
        <extracomment>formats.py</extracomment>
        <translation>für Webkarten und Skripte, in Länge und Breite</translation>
    </message>
    <message>
        <source>GeoJSON that keeps the target CRS, times and solids</source>
        <extracomment>formats.py</extracomment>
        <translation>GeoJSON, das Ziel-KBS, Zeiten und Körper behält</translation>
    </message>
    <message>
        <source>for data science and large data sets, small and fast</source>
        <extracomment>formats.py</extracomment>
        <translation>für Datenanalyse und große Bestände, klein und schnell</translation>
    </message>
    <message>
        <source>for web maps over large data sets, read by parts</source>
        <extracomment>formats.py</extracomment>
        <translation>für Webkarten großer Bestände, in Teilen gelesen</translation>
    </message>
    <message>
        <source>a table for spreadsheets; geometry as text</source>
        <extracomment>formats.py</extracomment>
        <translation>eine Tabelle für Tabellenprogramme; Geometrie als Text</translation>
    </message>
    <message>
        <source>3D city models: buildings and what is around them</source>
        <extracomment>formats.py</extracomment>
        <translation>3D-Stadtmodelle: Gebäude und was um sie ist</translation>
    </message>
    <message>
        <source>the same in lines, for streaming and large cities</source>
        <extracomment>formats.py</extracomment>
        <translation>dasselbe in Zeilen, für Datenströme und große Städte</translation>
    </message>
    <message>
        <source>entities for context brokers and digital twins</source>
        <extracomment>formats.py</extracomment>
        <translation>Entitäten für Context Broker und digitale Zwillinge</translation>
    </message>
    <message>
        <source>The mapping doesn&apos;t read layer {layer}: it is left out.</source>
        <extracomment>staging.py</extracomment>
        <translation>Die Zuordnung liest den Layer {layer} nicht: Er wird ausgelassen.</translation>
    </message>
    <message>
        <source>Writing {layer}</source>
        <extracomment>staging.py</extracomment>
        <translation>{layer} wird geschrieben</translation>
    </message>
    <message>
        <source>Missing grid files: {grids}. To reach the better accuracy, download them into a folder of their own, and choose that as “Folder of grids”.</source>
        <extracomment>crsadvice.py</extracomment>
        <translation>Fehlende Gitterdateien: {grids}. Für die bessere Genauigkeit laden Sie sie in einen eigenen Ordner herunter und wählen ihn als „Ordner mit Gittern“.</translation>
    </message>
    <message>
        <source>Worse than the {length} demanded: the export would stop.</source>
        <extracomment>crsadvice.py</extracomment>
        <translation>Schlechter als die verlangten {length}: Der Export würde anhalten.</translation>
    </message>
    <message>
        <source>not known</source>
        <extracomment>crsadvice.py</extracomment>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>exact</source>
        <extracomment>crsadvice.py</extracomment>
        <translation>exakt</translation>
    </message>
    <message>
        <source>The layer is in this CRS already.</source>
        <extracomment>crsadvice.py</extracomment>
        <translation>Der Layer liegt schon in diesem KBS.</translation>
    </message>
    <message>
        <source>Nobody states an accuracy: compare with known points.</source>
        <extracomment>crsadvice.py</extracomment>
        <translation>Niemand nennt eine Genauigkeit: Vergleichen Sie mit bekannten Punkten.</translation>
    </message>
    <message>
        <source>The datum stays, so nothing is lost.</source>
        <extracomment>crsadvice.py</extracomment>
        <translation>Das Datum bleibt, es geht nichts verloren.</translation>
    </message>
    <message>
        <source>no way found</source>
        <extracomment>crsadvice.py</extracomment>
        <translation>kein Weg gefunden</translation>
    </message>
    <message>
        <source>up to {length} off</source>
        <extracomment>crsadvice.py</extracomment>
        <translation>bis {length} Abweichung</translation>
    </message>
    <message>
        <source>It would be better with the grid {grid}.</source>
        <extracomment>crsadvice.py</extracomment>
        <translation>Mit dem Gitter {grid} wäre es besser.</translation>
    </message>
    <message>
        <source>Export a package</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>Paket exportieren</translation>
    </message>
    <message>
        <source>Parts of the form</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>Teile des Formulars</translation>
    </message>
    <message>
        <source>Folder for the package</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>Ordner für das Paket</translation>
    </message>
    <message>
        <source>Package &amp;folder</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>Paket&amp;ordner</translation>
    </message>
    <message>
        <source>&amp;Replace it</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>E&amp;rsetzen</translation>
    </message>
    <message>
        <source>Progress of the export</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>Fortschritt des Exports</translation>
    </message>
    <message>
        <source>&amp;Export</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>E&amp;xportieren</translation>
    </message>
    <message>
        <source>Canc&amp;el</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>Abbr&amp;echen</translation>
    </message>
    <message>
        <source>Open repor&amp;t</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>Berich&amp;t öffnen</translation>
    </message>
    <message>
        <source>Show fol&amp;der</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>Or&amp;dner zeigen</translation>
    </message>
    <message>
        <source>O&amp;pen in QGIS</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>In QGIS &amp;öffnen</translation>
    </message>
    <message>
        <source>&amp;1 Data</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>&amp;1 Daten</translation>
    </message>
    <message>
        <source>&amp;2 Coordinates</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>&amp;2 Koordinaten</translation>
    </message>
    <message>
        <source>&amp;3 Formats</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>&amp;3 Formate</translation>
    </message>
    <message>
        <source>&amp;4 About the data</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>&amp;4 Über die Daten</translation>
    </message>
    <message>
        <source>as the job says</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>wie im Auftrag</translation>
    </message>
    <message>
        <source>The engine starts.</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>Die Engine startet.</translation>
    </message>
    <message>
        <source>Still needed: {things}</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>Noch nötig: {things}</translation>
    </message>
    <message>
        <source>Choose a CRS that has an EPSG code.</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>Wählen Sie ein KBS mit EPSG-Code.</translation>
    </message>
    <message>
        <source>The mapping makes: {types}</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>Die Zuordnung ergibt: {types}</translation>
    </message>
    <message>
        <source>No package was written.</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>Es wurde kein Paket geschrieben.</translation>
    </message>
    <message>
        <source>INSPIRE&apos;s record would lack: {gaps}. The report says so.</source>
        <extracomment>dialogs/export_about.py</extracomment>
        <translation>Im INSPIRE-Metadatensatz würde fehlen: {gaps}. Der Bericht sagt es.</translation>
    </message>
    <message>
        <source>* needed      ° asked for by INSPIRE&apos;s metadata</source>
        <extracomment>dialogs/export_about.py</extracomment>
        <translation>* nötig      ° für INSPIRE-Metadaten verlangt</translation>
    </message>
    <message>
        <source>T&amp;itle *</source>
        <extracomment>dialogs/export_about.py</extracomment>
        <translation>T&amp;itel *</translation>
    </message>
    <message>
        <source>&amp;Abstract °</source>
        <extracomment>dialogs/export_about.py</extracomment>
        <translation>Kurzbeschreibun&amp;g °</translation>
    </message>
    <message>
        <source>&amp;Keywords</source>
        <extracomment>dialogs/export_about.py</extracomment>
        <translation>Sc&amp;hlagwörter</translation>
    </message>
    <message>
        <source>several, with commas between them</source>
        <extracomment>dialogs/export_about.py</extracomment>
        <translation>mehrere, durch Kommas getrennt</translation>
    </message>
    <message>
        <source>an SPDX identifier, or an address</source>
        <extracomment>dialogs/export_about.py</extracomment>
        <translation>eine SPDX-Kennung oder eine Adresse</translation>
    </message>
    <message>
        <source>Li&amp;cence *</source>
        <extracomment>dialogs/export_about.py</extracomment>
        <translation>Lizen&amp;z *</translation>
    </message>
    <message>
        <source>Attri&amp;bution *</source>
        <extracomment>dialogs/export_about.py</extracomment>
        <translation>&amp;Namensnennung *</translation>
    </message>
    <message>
        <source>who is to be named, such as © Town of Lindenau</source>
        <extracomment>dialogs/export_about.py</extracomment>
        <translation>wer zu nennen ist, etwa © Stadt Lindenau</translation>
    </message>
    <message>
        <source>Or&amp;ganisation °</source>
        <extracomment>dialogs/export_about.py</extracomment>
        <translation>Org&amp;anisation °</translation>
    </message>
    <message>
        <source>E-mai&amp;l °</source>
        <extracomment>dialogs/export_about.py</extracomment>
        <translation>E-Mai&amp;l °</translation>
    </message>
    <message>
        <source>the organisation&apos;s, no person&apos;s</source>
        <extracomment>dialogs/export_about.py</extracomment>
        <translation>die der Organisation, keiner Person</translation>
    </message>
    <message>
        <source>Lang&amp;uage of these texts</source>
        <extracomment>dialogs/export_about.py</extracomment>
        <translation>&amp;Sprache dieser Texte</translation>
    </message>
    <message>
        <source>Where the data come from and how they were made</source>
        <extracomment>dialogs/export_about.py</extracomment>
        <translation>Woher die Daten stammen und wie sie entstanden</translation>
    </message>
    <message>
        <source>&amp;How the layers are reprojected, with what is on this computer:</source>
        <extracomment>dialogs/export_crs.py</extracomment>
        <translation>Wie die Layer mit dem, was auf diesem Rechner ist, trans&amp;formiert werden:</translation>
    </message>
    <message>
        <source>EPSG:4258 (degrees) and EPSG:3035 (metres) are usual for INSPIRE</source>
        <extracomment>dialogs/export_crs.py</extracomment>
        <translation>EPSG:4258 (Grad) und EPSG:3035 (Meter) sind bei INSPIRE üblich</translation>
    </message>
    <message>
        <source>whatever can be reached</source>
        <extracomment>dialogs/export_crs.py</extracomment>
        <translation>was erreichbar ist</translation>
    </message>
    <message>
        <source>The worst error that reprojection may bring; with a worse one nothing is written</source>
        <extracomment>dialogs/export_crs.py</extracomment>
        <translation>Der größte Fehler, den die Transformation mitbringen darf; bei einem größeren wird nichts geschrieben</translation>
    </message>
    <message>
        <source>Accuracy demanded</source>
        <extracomment>dialogs/export_crs.py</extracomment>
        <translation>Verlangte Genauigkeit</translation>
    </message>
    <message>
        <source>A&amp;ccuracy demanded</source>
        <extracomment>dialogs/export_crs.py</extracomment>
        <translation>&amp;Verlangte Genauigkeit</translation>
    </message>
    <message>
        <source>Folder of grids</source>
        <extracomment>dialogs/export_crs.py</extracomment>
        <translation>Ordner mit Gittern</translation>
    </message>
    <message>
        <source>none: without grid files</source>
        <extracomment>dialogs/export_crs.py</extracomment>
        <translation>keiner: ohne Gitterdateien</translation>
    </message>
    <message>
        <source>Folder of &amp;grids</source>
        <extracomment>dialogs/export_crs.py</extracomment>
        <translation>Ordner mit &amp;Gittern</translation>
    </message>
    <message>
        <source>Expected accuracy of each layer</source>
        <extracomment>dialogs/export_crs.py</extracomment>
        <translation>Erwartete Genauigkeit jedes Layers</translation>
    </message>
    <message>
        <source>Its CRS</source>
        <extracomment>dialogs/export_crs.py</extracomment>
        <translation>Sein KBS</translation>
    </message>
    <message>
        <source>Expected accuracy</source>
        <extracomment>dialogs/export_crs.py</extracomment>
        <translation>Erwartete Genauigkeit</translation>
    </message>
    <message>
        <source>What to know</source>
        <extracomment>dialogs/export_crs.py</extracomment>
        <translation>Was zu wissen ist</translation>
    </message>
    <message>
        <source>&amp;Layers of the project, by a mapping</source>
        <extracomment>dialogs/export_data.py</extracomment>
        <translation>&amp;Layer des Projekts, mit einer Zuordnung</translation>
    </message>
    <message>
        <source>A &amp;job file, which names sources, mappings and texts</source>
        <extracomment>dialogs/export_data.py</extracomment>
        <translation>Eine &amp;Auftragsdatei, die Quellen, Zuordnungen und Texte nennt</translation>
    </message>
    <message>
        <source>Layers are taken as they are in the project: filter, joins, virtual fields and unsaved edits count.</source>
        <extracomment>dialogs/export_data.py</extracomment>
        <translation>Layer werden genommen, wie sie im Projekt sind: Filter, Verknüpfungen, virtuelle Felder und nicht gespeicherte Änderungen zählen.</translation>
    </message>
    <message>
        <source>Layers to export</source>
        <extracomment>dialogs/export_data.py</extracomment>
        <translation>Zu exportierende Layer</translation>
    </message>
    <message>
        <source>What the columns mean; “Harmonise to INSPIRE…” makes one</source>
        <extracomment>dialogs/export_data.py</extracomment>
        <translation>Was die Spalten bedeuten; „Nach INSPIRE harmonisieren…“ macht eine</translation>
    </message>
    <message>
        <source>&amp;Mapping file</source>
        <extracomment>dialogs/export_data.py</extracomment>
        <translation>&amp;Zuordnungsdatei</translation>
    </message>
    <message>
        <source>J&amp;ob file</source>
        <extracomment>dialogs/export_data.py</extracomment>
        <translation>A&amp;uftragsdatei</translation>
    </message>
    <message>
        <source>&amp;Other formats than the job names</source>
        <extracomment>dialogs/export_formats.py</extracomment>
        <translation>&amp;Andere Formate als der Auftrag nennt</translation>
    </message>
    <message>
        <source>Also as a &amp;zip, to send it</source>
        <extracomment>dialogs/export_formats.py</extracomment>
        <translation>Auch als &amp;Zip, zum Verschicken</translation>
    </message>
    <message>
        <source>C&amp;heck the files afterwards, as “Validate…” does; takes longer</source>
        <extracomment>dialogs/export_formats.py</extracomment>
        <translation>Die Dateien danach &amp;prüfen, wie „Prüfen…“; dauert länger</translation>
    </message>
    <message>
        <source>unsaved edits</source>
        <extracomment>dialogs/layerlists.py</extracomment>
        <translation>nicht gespeicherte Änderungen</translation>
    </message>
    <message>
        <source>Why: {reason}</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>Warum: {reason}</translation>
    </message>
    <message>
        <source>Packages and GML</source>
        <extracomment>dialogs/packages.py</extracomment>
        <translation>Pakete und GML</translation>
    </message>
    <message>
        <source>Open a package or INSPIRE GML</source>
        <extracomment>dialogs/packages.py</extracomment>
        <translation>Paket oder INSPIRE-GML öffnen</translation>
    </message>
    <message>
        <source>Package or GML</source>
        <extracomment>dialogs/packages.py</extracomment>
        <translation>Paket oder GML</translation>
    </message>
    <message>
        <source>Folder, zip or GML; it may be dropped here</source>
        <extracomment>dialogs/packages.py</extracomment>
        <translation>Ordner, Zip oder GML; auch hierher ziehen</translation>
    </message>
    <message>
        <source>&amp;Package or GML</source>
        <extracomment>dialogs/packages.py</extracomment>
        <translation>&amp;Paket oder GML</translation>
    </message>
    <message>
        <source>Format</source>
        <extracomment>dialogs/packages.py</extracomment>
        <translation>Format</translation>
    </message>
    <message>
        <source>Layers of the package</source>
        <extracomment>dialogs/packages.py</extracomment>
        <translation>Layer des Pakets</translation>
    </message>
    <message>
        <source>What was found</source>
        <extracomment>dialogs/packages.py</extracomment>
        <translation>Was gefunden wurde</translation>
    </message>
    <message>
        <source>Open it &amp;although it is damaged</source>
        <extracomment>dialogs/packages.py</extracomment>
        <translation>&amp;Trotz Schaden öffnen</translation>
    </message>
    <message>
        <source>Add to the &amp;map</source>
        <extracomment>dialogs/packages.py</extracomment>
        <translation>Zur &amp;Karte hinzufügen</translation>
    </message>
    <message>
        <source>&amp;Report</source>
        <extracomment>dialogs/packages.py</extracomment>
        <translation>&amp;Bericht</translation>
    </message>
    <message>
        <source>How the data were made and checked, in the browser</source>
        <extracomment>dialogs/packages.py</extracomment>
        <translation>Wie die Daten entstanden und geprüft sind, im Browser</translation>
    </message>
    <message>
        <source>&amp;GeoPackage to make</source>
        <extracomment>dialogs/packages.py</extracomment>
        <translation>Neues &amp;GeoPackage</translation>
    </message>
    <message>
        <source>&amp;Unpack into</source>
        <extracomment>dialogs/packages.py</extracomment>
        <translation>&amp;Entpacken nach</translation>
    </message>
    <message>
        <source>Folder of a package or of GML</source>
        <extracomment>dialogs/packages.py</extracomment>
        <translation>Ordner eines Pakets oder mit GML</translation>
    </message>
    <message>
        <source>Opening {title}…</source>
        <extracomment>dialogs/packages.py</extracomment>
        <translation>{title} wird geöffnet…</translation>
    </message>
    <message>
        <source>The folder holds other things. Choose a new one: only packages are replaced.</source>
        <extracomment>exporting.py</extracomment>
        <translation>Der Ordner enthält anderes. Wählen Sie einen neuen: Nur Pakete werden ersetzt.</translation>
    </message>
    <message>
        <source>The package is written. Objects: {written}; rows left out: {rejected}.</source>
        <extracomment>exporting.py</extracomment>
        <translation>Das Paket ist geschrieben. Objekte: {written}; ausgelassene Zeilen: {rejected}.</translation>
    </message>
    <message>
        <source>Checking the files written</source>
        <extracomment>exporting.py</extracomment>
        <translation>Die geschriebenen Dateien werden geprüft</translation>
    </message>
    <message>
        <source>a target CRS that has an EPSG code</source>
        <extracomment>exporting.py</extracomment>
        <translation>ein Ziel-KBS mit EPSG-Code</translation>
    </message>
    <message>
        <source>abstract</source>
        <extracomment>exporting.py</extracomment>
        <translation>Kurzbeschreibung</translation>
    </message>
    <message>
        <source>organisation</source>
        <extracomment>exporting.py</extracomment>
        <translation>Organisation</translation>
    </message>
    <message>
        <source>e-mail</source>
        <extracomment>exporting.py</extracomment>
        <translation>E-Mail</translation>
    </message>
    <message>
        <source>access</source>
        <extracomment>exporting.py</extracomment>
        <translation>Zugang</translation>
    </message>
    <message>
        <source>The folder will be made.</source>
        <extracomment>exporting.py</extracomment>
        <translation>Der Ordner wird angelegt.</translation>
    </message>
    <message>
        <source>There is a package already.</source>
        <extracomment>exporting.py</extracomment>
        <translation>Dort liegt schon ein Paket.</translation>
    </message>
    <message>
        <source>a title</source>
        <extracomment>exporting.py</extracomment>
        <translation>ein Titel</translation>
    </message>
    <message>
        <source>a licence</source>
        <extracomment>exporting.py</extracomment>
        <translation>eine Lizenz</translation>
    </message>
    <message>
        <source>an attribution</source>
        <extracomment>exporting.py</extracomment>
        <translation>eine Namensnennung</translation>
    </message>
    <message>
        <source>a folder of grids that is there</source>
        <extracomment>exporting.py</extracomment>
        <translation>ein Ordner mit Gittern, den es gibt</translation>
    </message>
    <message>
        <source>a folder for the package</source>
        <extracomment>exporting.py</extracomment>
        <translation>ein Ordner für das Paket</translation>
    </message>
    <message>
        <source>layers</source>
        <extracomment>exporting.py</extracomment>
        <translation>Layer</translation>
    </message>
    <message>
        <source>a mapping file</source>
        <extracomment>exporting.py</extracomment>
        <translation>eine Zuordnungsdatei</translation>
    </message>
    <message>
        <source>This is a file. A package is a folder.</source>
        <extracomment>exporting.py</extracomment>
        <translation>Das ist eine Datei. Ein Paket ist ein Ordner.</translation>
    </message>
    <message>
        <source>Nothing can be written there.</source>
        <extracomment>exporting.py</extracomment>
        <translation>Dort lässt sich nichts schreiben.</translation>
    </message>
    <message>
        <source>The folder is empty.</source>
        <extracomment>exporting.py</extracomment>
        <translation>Der Ordner ist leer.</translation>
    </message>
    <message>
        <source>Harmonising and writing, parts done: {done}</source>
        <extracomment>exporting.py</extracomment>
        <translation>Harmonisieren und Schreiben, fertige Teile: {done}</translation>
    </message>
    <message>
        <source>Reading {layer}</source>
        <extracomment>exporting.py</extracomment>
        <translation>{layer} wird gelesen</translation>
    </message>
    <message>
        <source>a format</source>
        <extracomment>exporting.py</extracomment>
        <translation>ein Format</translation>
    </message>
    <message>
        <source>a job file</source>
        <extracomment>exporting.py</extracomment>
        <translation>eine Auftragsdatei</translation>
    </message>
    <message>
        <source>another folder for the package</source>
        <extracomment>exporting.py</extracomment>
        <translation>ein anderer Ordner für das Paket</translation>
    </message>
    <message>
        <source>leave to replace the package there</source>
        <extracomment>exporting.py</extracomment>
        <translation>die Erlaubnis, das Paket dort zu ersetzen</translation>
    </message>
    <message>
        <source>E&amp;xport a package…</source>
        <extracomment>faces/export.py</extracomment>
        <translation>Paket e&amp;xportieren…</translation>
    </message>
    <message>
        <source>Reproject, harmonise and write layers in all formats, with metadata and a report</source>
        <extracomment>faces/export.py</extracomment>
        <translation>Layer transformieren, harmonisieren und in allen Formaten schreiben, mit Metadaten und Bericht</translation>
    </message>
    <message>
        <source>Export {title}</source>
        <extracomment>faces/export.py</extracomment>
        <translation>{title} exportieren</translation>
    </message>
    <message>
        <source>&amp;Open package…</source>
        <extracomment>faces/packages.py</extracomment>
        <translation>Paket ö&amp;ffnen…</translation>
    </message>
    <message>
        <source>Add a package&apos;s layers, or those of INSPIRE GML, with styles and relations</source>
        <extracomment>faces/packages.py</extracomment>
        <translation>Layer eines Pakets oder von INSPIRE-GML mit Stilen und Beziehungen hinzufügen</translation>
    </message>
    <message>
        <source>{title} is open, layers: {count}</source>
        <extracomment>faces/packages.py</extracomment>
        <translation>{title} ist geöffnet, Layer: {count}</translation>
    </message>
    <message>
        <source>These can&apos;t be opened: {layers}</source>
        <extracomment>faces/packages.py</extracomment>
        <translation>Nicht zu öffnen: {layers}</translation>
    </message>
    <message>
        <source>Open {title}</source>
        <extracomment>packagelayers.py</extracomment>
        <translation>{title} öffnen</translation>
    </message>
    <message>
        <source>Read {path}</source>
        <extracomment>packagelayers.py</extracomment>
        <translation>{path} lesen</translation>
    </message>
    <message>
        <source>No layer of {title} can be opened.</source>
        <extracomment>packagelayers.py</extracomment>
        <translation>Kein Layer von {title} lässt sich öffnen.</translation>
    </message>
    <message>
        <source>{path} can&apos;t be read.</source>
        <extracomment>packageproject.py</extracomment>
        <translation>{path} ist nicht lesbar.</translation>
    </message>
    <message>
        <source>{path} is too large.</source>
        <extracomment>packageproject.py</extracomment>
        <translation>{path} ist zu groß.</translation>
    </message>
    <message>
        <source>It is opened as a GeoPackage, which you keep.</source>
        <extracomment>packages.py</extracomment>
        <translation>Geöffnet wird es als GeoPackage, das Ihnen bleibt.</translation>
    </message>
    <message>
        <source>It is unpacked into a folder, which you keep.</source>
        <extracomment>packages.py</extracomment>
        <translation>Es wird in einen Ordner entpackt, der Ihnen bleibt.</translation>
    </message>
    <message>
        <source>QGIS can&apos;t open any of its files.</source>
        <extracomment>packages.py</extracomment>
        <translation>QGIS kann keine seiner Dateien öffnen.</translation>
    </message>
    <message>
        <source>The package is whole: every file is there and unchanged.</source>
        <extracomment>packages.py</extracomment>
        <translation>Das Paket ist vollständig: jede Datei ist da und unverändert.</translation>
    </message>
    <message>
        <source>GML, files: {count}.</source>
        <extracomment>packages.py</extracomment>
        <translation>GML, Dateien: {count}.</translation>
    </message>
    <message>
        <source>licence {licence}</source>
        <extracomment>packages.py</extracomment>
        <translation>Lizenz {licence}</translation>
    </message>
    <message>
        <source>state of {date}</source>
        <extracomment>packages.py</extracomment>
        <translation>Stand {date}</translation>
    </message>
    <message>
        <source>The package is damaged, files: {count}. Ask for it again.</source>
        <extracomment>packages.py</extracomment>
        <translation>Das Paket ist beschädigt, Dateien: {count}. Lassen Sie es sich noch einmal geben.</translation>
    </message>
    <message>
        <source>With the grid {grid}: {accuracy}.</source>
        <extracomment>crsadvice.py</extracomment>
        <translation>Mit dem Gitter {grid}: {accuracy}.</translation>
    </message>
    <message>
        <source>The export goes on; QGIS tells when it is done</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>Der Export läuft weiter; QGIS meldet, wenn er fertig ist</translation>
    </message>
    <message>
        <source>as the mapping says</source>
        <extracomment>dialogs/export_about.py</extracomment>
        <translation>wie in der Zuordnung</translation>
    </message>
    <message>
        <source>Findings in the report – errors: {errors}, warnings: {warnings}.</source>
        <extracomment>exporting.py</extracomment>
        <translation>Befunde im Bericht – Fehler: {errors}, Warnungen: {warnings}.</translation>
    </message>
    <message>
        <source>Say where to put it.</source>
        <extracomment>packages.py</extracomment>
        <translation>Sagen Sie, wohin damit.</translation>
    </message>
    <message>
        <source>{path} is there already: choose another name.</source>
        <extracomment>packages.py</extracomment>
        <translation>{path} gibt es schon: wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <source>Li&amp;neage</source>
        <extracomment>dialogs/export_about.py</extracomment>
        <translation>Her&amp;kunft</translation>
    </message>
    <message>
        <source>There are no li&amp;mits to public access °</source>
        <extracomment>dialogs/export_about.py</extracomment>
        <translation>Der Zugang ist nicht &amp;beschränkt °</translation>
    </message>
    <message>
        <source>&amp;New connection…</source>
        <extracomment>faces/browser.py</extracomment>
        <translation>&amp;Neue Verbindung…</translation>
    </message>
    <message>
        <source>No layers</source>
        <extracomment>faces/browser.py</extracomment>
        <translation>Keine Layer</translation>
    </message>
    <message>
        <source>&amp;Refresh</source>
        <extracomment>faces/browser.py</extracomment>
        <translation>&amp;Aktualisieren</translation>
    </message>
    <message>
        <source>By the grid {grid}.</source>
        <extracomment>crsadvice.py</extracomment>
        <translation>Mit dem Gitter {grid}.</translation>
    </message>
    <message>
        <source>Target CR&amp;S</source>
        <extracomment>dialogs/export_crs.py</extracomment>
        <translation>Ziel-&amp;KBS</translation>
    </message>
    <message>
        <source>Its CRS isn&apos;t known: set it in the layer&apos;s properties, under Source.</source>
        <extracomment>crsadvice.py</extracomment>
        <translation>Sein KBS ist unbekannt: Setzen Sie es in den Eigenschaften des Layers, unter Quelle.</translation>
    </message>
</context>
</TS>
