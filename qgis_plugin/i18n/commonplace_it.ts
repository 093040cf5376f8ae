<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="it" sourcelanguage="en">
<context>
    <name>Commonplace</name>
    <message>
        <source>The engine is version {engine} and the plugin {plugin}. Install the engine from the wheel in the plugin&apos;s folder if something doesn&apos;t fit.</source>
        <extracomment>algorithms/base.py</extracomment>
        <translation>Il motore è alla versione {engine} e il plugin alla {plugin}. Installare il motore dal wheel nella cartella del plugin se qualcosa non va.</translation>
    </message>
    <message>
        <source>{count} more kinds of findings are in the report.</source>
        <extracomment>algorithms/base.py</extracomment>
        <translation>Altri {count} tipi di rilievi sono nel rapporto.</translation>
    </message>
    <message>
        <source>Engine {engine}, Python {python}</source>
        <extracomment>algorithms/base.py</extracomment>
        <translation>Motore {engine}, Python {python}</translation>
    </message>
    <message>
        <source>Cancelled. Nothing was written.</source>
        <extracomment>algorithms/base.py</extracomment>
        <translation>Annullato. Non è stato scritto nulla.</translation>
    </message>
    <message>
        <source>There is no file {path}</source>
        <extracomment>addresses.py</extracomment>
        <translation>Non esiste il file {path}</translation>
    </message>
    <message>
        <source>Convert INSPIRE data</source>
        <extracomment>algorithms/convert.py</extracomment>
        <translation>Converti dati INSPIRE</translation>
    </message>
    <message>
        <source>Makes INSPIRE GML usable in QGIS, and any encoding of it any other.</source>
        <extracomment>algorithms/convert.py</extracomment>
        <translation>Rende il GML INSPIRE utilizzabile in QGIS e converte ogni codifica in qualsiasi altra.</translation>
    </message>
    <message>
        <source>Reads INSPIRE data (GML of any version, GeoPackage, GeoJSON, JSON-FG, GeoParquet, FlatGeobuf, CSV, or a Commonplace package) and writes it in another encoding. The ending of the output&apos;s name says which.
From GML, a GeoPackage has one table for each feature type, with related tables for what occurs more than once, code lists as value maps, and the reasons why values are missing. What an encoding can&apos;t hold is told.</source>
        <extracomment>algorithms/convert.py</extracomment>
        <translation>Legge dati INSPIRE (GML di ogni versione, GeoPackage, GeoJSON, JSON-FG, GeoParquet, FlatGeobuf, CSV o un pacchetto Commonplace) e li scrive in un’altra codifica. Quale, lo dice l’estensione del nome di uscita.
Da GML, un GeoPackage ha una tabella per ogni tipo di oggetto, con tabelle collegate per ciò che ricorre più volte, gli elenchi di codici come mappe di valori e i motivi per cui mancano dei valori. Ciò che una codifica non può contenere viene segnalato.</translation>
    </message>
    <message>
        <source>CRS of coordinates that state none</source>
        <extracomment>algorithms/convert.py</extracomment>
        <translation>SR delle coordinate che non ne indicano uno</translation>
    </message>
    <message>
        <source>File or package to convert</source>
        <extracomment>algorithms/convert.py</extracomment>
        <translation>File o pacchetto da convertire</translation>
    </message>
    <message>
        <source>Load the layers afterwards</source>
        <extracomment>algorithms/convert.py</extracomment>
        <translation>Carica poi i layer</translation>
    </message>
    <message>
        <source>Converted</source>
        <extracomment>algorithms/convert.py</extracomment>
        <translation>Convertito</translation>
    </message>
    <message>
        <source>Features written</source>
        <extracomment>algorithms/convert.py</extracomment>
        <translation>Elementi scritti</translation>
    </message>
    <message>
        <source>Explain mapping</source>
        <extracomment>algorithms/explain.py</extracomment>
        <translation>Spiega la mappatura</translation>
    </message>
    <message>
        <source>Shows what a mapping does, property by property, as INSPIRE&apos;s matching table.</source>
        <extracomment>algorithms/explain.py</extracomment>
        <translation>Mostra che cosa fa una mappatura, proprietà per proprietà, come tabella di corrispondenza INSPIRE.</translation>
    </message>
    <message>
        <source>Writes the table that says, for each property, from which column or expression it comes, by which rule, and what stays empty.
Mapping or job file: of a job, all its mappings are explained, with values before and after from its first rows.
Matching table: a page to hand round. As CSV: the same for a spreadsheet.</source>
        <extracomment>algorithms/explain.py</extracomment>
        <translation>Scrive la tabella che dice, per ogni proprietà, da quale colonna o espressione proviene, secondo quale regola, e che cosa resta vuoto.
File di mappatura o di lavoro: di un lavoro sono spiegate tutte le mappature, con i valori prima e dopo delle prime righe.
Tabella di corrispondenza: una pagina da distribuire. In CSV: lo stesso per un foglio di calcolo.</translation>
    </message>
    <message>
        <source>Mapping or job file</source>
        <extracomment>algorithms/explain.py</extracomment>
        <translation>File di mappatura o di lavoro</translation>
    </message>
    <message>
        <source>Matching table</source>
        <extracomment>algorithms/explain.py</extracomment>
        <translation>Tabella di corrispondenza</translation>
    </message>
    <message>
        <source>As CSV</source>
        <extracomment>algorithms/explain.py</extracomment>
        <translation>In CSV</translation>
    </message>
    <message>
        <source>Properties with a rule</source>
        <extracomment>algorithms/explain.py</extracomment>
        <translation>Proprietà con una regola</translation>
    </message>
    <message>
        <source>Properties that stay empty</source>
        <extracomment>algorithms/explain.py</extracomment>
        <translation>Proprietà che restano vuote</translation>
    </message>
    <message>
        <source>Harmonise and export</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Armonizza ed esporta</translation>
    </message>
    <message>
        <source>Turns city layers into one interoperable INSPIRE package.</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Fa di layer comunali un pacchetto INSPIRE interoperabile.</translation>
    </message>
    <message>
        <source>Reprojects layers, harmonises them to INSPIRE as a mapping document says, checks them, and writes one package: data in the formats you choose, a report, and the documents that made it.
Either choose layers of the project and a mapping file, and say title, licence and attribution. Layers are taken as they are in the project: filter, joins, virtual fields and unsaved edits count. A mapping names the layers it reads by their name in the project, or by their table&apos;s or file&apos;s; with one layer chosen and one read, the name doesn&apos;t matter.
Or choose a job file, which says all that. Only the output folder and “replace” are taken from this form then.
Accuracy is the worst error, in metres, that the reprojection may bring. When no operation is that accurate the run stops and names the missing grids instead of writing coordinates that are off.
Rows with a bad value don&apos;t end the run: they are findings in the report.
The engine runs as a process of its own. If it isn&apos;t set up, the message says how to do that.</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Riproietta i layer, li armonizza a INSPIRE come dice un documento di mappatura, li verifica e scrive un pacchetto: i dati nei formati scelti, un rapporto e i documenti da cui è nato.
Scegliere dei layer del progetto e un file di mappatura, indicando titolo, licenza e attribuzione. I layer sono presi come sono nel progetto: filtro, join, campi virtuali e modifiche non salvate contano. Una mappatura nomina i layer che legge con il loro nome nel progetto o con quello della loro tabella o del loro file; con un solo layer scelto e uno solo letto, il nome non conta.
Oppure scegliere un file di lavoro, che dice tutto questo. Da questo modulo si prendono allora solo la cartella di uscita e “sostituisci”.
L’accuratezza è il massimo errore, in metri, che la riproiezione può introdurre. Se nessuna operazione è così accurata, l’esecuzione si ferma e nomina i grigliati mancanti invece di scrivere coordinate spostate.
Le righe con un valore errato non fermano l’esecuzione: sono rilievi nel rapporto.
Il motore gira in un processo proprio. Se non è installato, il messaggio dice come fare.</translation>
    </message>
    <message>
        <source>Accuracy the reprojection must reach, in metres</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Accuratezza che la riproiezione deve raggiungere, in metri</translation>
    </message>
    <message>
        <source>Folder of PROJ grids</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Cartella dei grigliati PROJ</translation>
    </message>
    <message>
        <source>Replace an existing package</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Sostituisci un pacchetto esistente</translation>
    </message>
    <message>
        <source>Choose either a job file, or layers and a mapping file, not both.</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Scegliere o un file di lavoro, o dei layer e un file di mappatura, non entrambi.</translation>
    </message>
    <message>
        <source>Choose layers and a mapping file, or a job file.</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Scegliere dei layer e un file di mappatura, o un file di lavoro.</translation>
    </message>
    <message>
        <source>Choose the mapping file that says what the layers mean.</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Scegliere il file di mappatura che dice che cosa significano i layer.</translation>
    </message>
    <message>
        <source>Choose at least one format.</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Scegliere almeno un formato.</translation>
    </message>
    <message>
        <source>Layers</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Layer</translation>
    </message>
    <message>
        <source>Only selected features, where a layer has a selection</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Solo gli elementi selezionati, dove un layer ha una selezione</translation>
    </message>
    <message>
        <source>Mapping file</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>File di mappatura</translation>
    </message>
    <message>
        <source>Job file, instead of layers and mapping</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>File di lavoro, invece di layer e mappatura</translation>
    </message>
    <message>
        <source>Title</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Titolo</translation>
    </message>
    <message>
        <source>Target CRS</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>SR di destinazione</translation>
    </message>
    <message>
        <source>Formats</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Formati</translation>
    </message>
    <message>
        <source>Load the GeoPackage&apos;s layers afterwards</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Carica poi i layer del GeoPackage</translation>
    </message>
    <message>
        <source>Package folder</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Cartella del pacchetto</translation>
    </message>
    <message>
        <source>Report</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Rapporto</translation>
    </message>
    <message>
        <source>Objects written</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Oggetti scritti</translation>
    </message>
    <message>
        <source>Rows rejected</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Righe respinte</translation>
    </message>
    <message>
        <source>Findings: errors</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Rilievi: errori</translation>
    </message>
    <message>
        <source>Findings: warnings</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Rilievi: avvisi</translation>
    </message>
    <message>
        <source>A package needs a licence and an attribution: state both. They could be found neither here nor in the layers&apos; metadata.</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Un pacchetto ha bisogno di una licenza e di un’attribuzione: indicarle entrambe. Non si trovano né qui né nei metadati dei layer.</translation>
    </message>
    <message>
        <source>Choose a target CRS that has an EPSG code.</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Scegliere un SR di destinazione che abbia un codice EPSG.</translation>
    </message>
    <message>
        <source>City layers</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Layer comunali</translation>
    </message>
    <message>
        <source>MIM7 report</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>Rapporto MIM7</translation>
    </message>
    <message>
        <source>Tells how data meet MIM7 (Places) of the Minimal Interoperability Mechanisms.</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>Dice come dei dati soddisfano MIM7 (Luoghi) dei Minimal Interoperability Mechanisms.</translation>
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
        <translation>Ogni requisito di MIM7 è soddisfatto, non soddisfatto, non applicabile o non verificabile, con le sue prove. Non è una certificazione.
File o pacchetto: un pacchetto (la sua cartella o il suo package.json), un GeoPackage, un GML o un altro file. Oppure:
Indirizzo: di una OGC API, di un WFS o di un broker NGSI-LD. Si leggono i primi 1.000 elementi di ogni layer, o tutti se lo si chiede.
Stato precedente: il pacchetto o il file della volta scorsa, per vedere se gli identificatori persistono.
Colonna degli identificatori: solo dove il nome non lo dice.
Autenticazione: una configurazione del gestore di autenticazione di QGIS, per l’indirizzo.
Rapporto: una pagina da leggere. In JSON: lo stesso per i programmi.</translation>
    </message>
    <message>
        <source>Column of ids</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>Colonna degli identificatori</translation>
    </message>
    <message>
        <source>Tenant of the broker</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>Tenant del broker</translation>
    </message>
    <message>
        <source>Read all features of a service</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>Leggi tutti gli elementi di un servizio</translation>
    </message>
    <message>
        <source>Folder of the official schemas</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>Cartella degli schemi ufficiali</translation>
    </message>
    <message>
        <source>File or package</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>File o pacchetto</translation>
    </message>
    <message>
        <source>Address of a service, instead of a file</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>Indirizzo di un servizio, invece di un file</translation>
    </message>
    <message>
        <source>Authentication for the address</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>Autenticazione per l’indirizzo</translation>
    </message>
    <message>
        <source>State of before</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>Stato precedente</translation>
    </message>
    <message>
        <source>As JSON</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>In JSON</translation>
    </message>
    <message>
        <source>Requirements that pass</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>Requisiti soddisfatti</translation>
    </message>
    <message>
        <source>Requirements that fail</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>Requisiti non soddisfatti</translation>
    </message>
    <message>
        <source>Requirements that don&apos;t apply</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>Requisiti non applicabili</translation>
    </message>
    <message>
        <source>Requirements that can&apos;t be checked</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>Requisiti non verificabili</translation>
    </message>
    <message>
        <source>Choose either a file or package, or an address.</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>Scegliere o un file o pacchetto, o un indirizzo.</translation>
    </message>
    <message>
        <source>An address begins with https:// or http://.</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>Un indirizzo comincia con https:// o http://.</translation>
    </message>
    <message>
        <source>Only packages and files can be compared with a state of before.</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>Solo pacchetti e file si possono confrontare con uno stato precedente.</translation>
    </message>
    <message>
        <source>Export package</source>
        <extracomment>algorithms/package.py</extracomment>
        <translation>Esporta pacchetto</translation>
    </message>
    <message>
        <source>Runs a job file: sources, mappings, target CRS and formats, to one package.</source>
        <extracomment>algorithms/package.py</extracomment>
        <translation>Esegue un file di lavoro: fonti, mappature, SR di destinazione e formati, in un pacchetto.</translation>
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
        <translation>Esegue un file di lavoro come la riga di comando (“commonplace run”): legge le sue fonti, riproietta, armonizza, verifica e scrive un pacchetto con un rapporto.
File di lavoro: nomina fonti, documenti di mappatura, SR di destinazione e formati. I percorsi relativi valgono dalla sua cartella. Le credenziali non vi stanno mai: nomina una configurazione del gestore di autenticazione di QGIS.
Formati: solo dove se ne vogliono altri da quelli del lavoro.
Anche come zip: scrive il pacchetto una seconda volta, come un solo file accanto alla cartella.
Riprendi un’esecuzione interrotta: le parti allora finite non si rifanno.
Sostituisci: un pacchetto esistente nella cartella viene sostituito; nient’altro mai.
Cartella del pacchetto: solo dove se ne vuole un’altra da quella del lavoro.</translation>
    </message>
    <message>
        <source>Job file</source>
        <extracomment>algorithms/package.py</extracomment>
        <translation>File di lavoro</translation>
    </message>
    <message>
        <source>Formats (none chosen: as the job says)</source>
        <extracomment>algorithms/package.py</extracomment>
        <translation>Formati (nessuno scelto: come nel lavoro)</translation>
    </message>
    <message>
        <source>Go on from an interrupted run</source>
        <extracomment>algorithms/package.py</extracomment>
        <translation>Riprendi un’esecuzione interrotta</translation>
    </message>
    <message>
        <source>Also as a zip</source>
        <extracomment>algorithms/package.py</extracomment>
        <translation>Anche come zip</translation>
    </message>
    <message>
        <source>Package folder (empty: as the job says)</source>
        <extracomment>algorithms/package.py</extracomment>
        <translation>Cartella del pacchetto (vuoto: come nel lavoro)</translation>
    </message>
    <message>
        <source>Publish to NGSI-LD</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>Pubblica in NGSI-LD</translation>
    </message>
    <message>
        <source>Sends a package&apos;s entities to an NGSI-LD broker; running it again does no harm.</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>Invia le entità di un pacchetto a un broker NGSI-LD; ripeterlo non fa danni.</translation>
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
        <translation>Invia le entità NGSI-LD di un pacchetto a un context broker. Le entità esistenti sono aggiornate; gli attributi scritti da altri restano. Ripeterlo non fa danni.
Pacchetto o file: un pacchetto con il formato NGSI-LD (la sua cartella o il suo package.json) o un file di entità.
Broker: il suo indirizzo, come https://broker.example.org. Password e chiavi non vi stanno mai:
Autenticazione: una configurazione del gestore di autenticazione di QGIS.
Prova: non si invia nulla; si dice che cosa si invierebbe.
Testi con caratteri vietati: NGSI-LD vieta &lt; &gt; &quot; &apos; = ; ( ) nei testi. Diventano JsonProperties, sono codificati con la percentuale, o restano per i broker che non ci badano.
Ometti le quote: per i broker le cui interrogazioni spaziali ne risentono.
Elimina gli attributi scomparsi: dei nostri attributi, quelli che un’entità non ha più.
Elimina le entità scomparse: quelle di cui il pacchetto non ha più gli oggetti. Non si può annullare; fare prima una prova.</translation>
    </message>
    <message>
        <source>A password or key in the address would be seen by others. Put it into a configuration of QGIS&apos;s authentication manager and choose that.</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>Una password o una chiave nell’indirizzo sarebbe visibile ad altri. Metterla in una configurazione del gestore di autenticazione di QGIS e scegliere quella.</translation>
    </message>
    <message>
        <source>Texts with forbidden characters</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>Testi con caratteri vietati</translation>
    </message>
    <message>
        <source>Leave heights out</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>Ometti le quote</translation>
    </message>
    <message>
        <source>Create the tenant if there is none</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>Crea il tenant se non esiste</translation>
    </message>
    <message>
        <source>Delete attributes that are gone</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>Elimina gli attributi scomparsi</translation>
    </message>
    <message>
        <source>Delete entities that are gone</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>Elimina le entità scomparse</translation>
    </message>
    <message>
        <source>Package or file</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>Pacchetto o file</translation>
    </message>
    <message>
        <source>Address of the broker</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>Indirizzo del broker</translation>
    </message>
    <message>
        <source>Authentication</source>
        <extracomment>algorithms/connect.py</extracomment>
        <translation>Autenticazione</translation>
    </message>
    <message>
        <source>Rehearse: send nothing</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>Prova: non inviare nulla</translation>
    </message>
    <message>
        <source>Entities</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>Entità</translation>
    </message>
    <message>
        <source>Entities created</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>Entità create</translation>
    </message>
    <message>
        <source>Entities updated</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>Entità aggiornate</translation>
    </message>
    <message>
        <source>Entities that failed</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>Entità non riuscite</translation>
    </message>
    <message>
        <source>Entities that are gone</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>Entità scomparse</translation>
    </message>
    <message>
        <source>Entities deleted</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>Entità eliminate</translation>
    </message>
    <message>
        <source>The broker took none of the entities.</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>Il broker non ha accettato nessuna delle entità.</translation>
    </message>
    <message>
        <source>become JsonProperties</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>diventano JsonProperties</translation>
    </message>
    <message>
        <source>are percent-encoded</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>sono codificati con la percentuale</translation>
    </message>
    <message>
        <source>are kept</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>restano</translation>
    </message>
    <message>
        <source>Suggest mapping</source>
        <extracomment>algorithms/suggest.py</extracomment>
        <translation>Suggerisci mappatura</translation>
    </message>
    <message>
        <source>Writes a mapping document to start from: feature type, properties and codes.</source>
        <extracomment>algorithms/suggest.py</extracomment>
        <translation>Scrive un documento di mappatura da cui partire: tipo di oggetto, proprietà e codici.</translation>
    </message>
    <message>
        <source>Looks at names, values and geometries of a layer and writes a mapping document: which INSPIRE feature type or Smart Data Model it could be, which column is which property, which value is which code. Each line says how sure it is, and why. What a person has to look at is marked “todo”.
Nothing is sent anywhere, and nothing is random: the same layer gives the same document. Values of columns that look personal are shown nowhere.
Layer: any vector layer or table; its first 5,000 features are looked at, as filter, selection, joins and virtual fields leave them.
Feature type: only where you know it, as SCHEMA:TYPE, such as bu-core2d:Building or sdm/Streetlight:Streetlight. Without it the likeliest is taken, and up to three others are named.
Mapping document: the file to write. Use it in “Harmonise and export”.</source>
        <extracomment>algorithms/suggest.py</extracomment>
        <translation>Esamina nomi, valori e geometrie di un layer e scrive un documento di mappatura: quale tipo di oggetto INSPIRE o Smart Data Model potrebbe essere, quale colonna è quale proprietà, quale valore è quale codice. Ogni riga dice quanto è sicura, e perché. Ciò che una persona deve guardare è segnato con “todo”.
Nulla viene inviato altrove e nulla è casuale: lo stesso layer dà lo stesso documento. I valori di colonne che sembrano personali non sono mostrati da nessuna parte.
Layer: qualsiasi layer vettoriale o tabella; se ne esaminano i primi 5.000 elementi, come li lasciano filtro, selezione, join e campi virtuali.
Tipo di oggetto: solo se è noto, come SCHEMA:TIPO, ad esempio bu-core2d:Building o sdm/Streetlight:Streetlight. Altrimenti si prende il più probabile, e se ne nominano fino ad altri tre.
Documento di mappatura: il file da scrivere. Usarlo in “Armonizza ed esporta”.</translation>
    </message>
    <message>
        <source>Column {column} looks personal: {why}</source>
        <extracomment>algorithms/suggest.py</extracomment>
        <translation>La colonna {column} sembra personale: {why}</translation>
    </message>
    <message>
        <source>Nothing is known of these columns: {columns}</source>
        <extracomment>algorithms/suggest.py</extracomment>
        <translation>Di queste colonne non si sa nulla: {columns}</translation>
    </message>
    <message>
        <source>“{stated}” has no schema: write it as bu-core2d:Building.</source>
        <extracomment>algorithms/suggest.py</extracomment>
        <translation>“{stated}” non ha schema: scriverlo come bu-core2d:Building.</translation>
    </message>
    <message>
        <source>Layer</source>
        <extracomment>algorithms/connect.py</extracomment>
        <translation>Layer</translation>
    </message>
    <message>
        <source>Feature type, where it is known</source>
        <extracomment>algorithms/suggest.py</extracomment>
        <translation>Tipo di oggetto, dove è noto</translation>
    </message>
    <message>
        <source>Mapping document</source>
        <extracomment>algorithms/suggest.py</extracomment>
        <translation>Documento di mappatura</translation>
    </message>
    <message>
        <source>Feature type suggested</source>
        <extracomment>algorithms/suggest.py</extracomment>
        <translation>Tipo di oggetto suggerito</translation>
    </message>
    <message>
        <source>How sure it is, from 0 to 1</source>
        <extracomment>algorithms/suggest.py</extracomment>
        <translation>Quanto è sicuro, da 0 a 1</translation>
    </message>
    <message>
        <source>Problems that are left to you</source>
        <extracomment>algorithms/suggest.py</extracomment>
        <translation>Problemi lasciati a voi</translation>
    </message>
    <message>
        <source>Validate INSPIRE data</source>
        <extracomment>algorithms/validate.py</extracomment>
        <translation>Valida dati INSPIRE</translation>
    </message>
    <message>
        <source>Checks GML, GeoPackage, GeoJSON and packages, offline and at any size.</source>
        <extracomment>algorithms/validate.py</extracomment>
        <translation>Verifica GML, GeoPackage, GeoJSON e pacchetti, offline e di ogni dimensione.</translation>
    </message>
    <message>
        <source>Checks a file, a folder or a zip of INSPIRE data: structure, multiplicities, code lists, identifiers, coordinate reference systems, geometries, references and the rules of the themes; against the official XML schemas too, where their folder is given. Nothing is sent anywhere and nothing is fetched.
Findings that have a place become points: rule, severity, feature, what is wrong and how to mend it. The report lists them all, with the clause each rule comes from.</source>
        <extracomment>algorithms/validate.py</extracomment>
        <translation>Verifica un file, una cartella o uno zip di dati INSPIRE: struttura, molteplicità, elenchi di codici, identificatori, sistemi di riferimento di coordinate, geometrie, riferimenti e le regole dei temi; anche secondo gli schemi XML ufficiali, dove ne è data la cartella. Nulla viene inviato altrove e nulla viene scaricato.
I rilievi che hanno un luogo diventano punti: regola, gravità, elemento, che cosa non va e come rimediare. Il rapporto li elenca tutti, con la clausola da cui viene ogni regola.</translation>
    </message>
    <message>
        <source>File, folder or zip to check</source>
        <extracomment>algorithms/validate.py</extracomment>
        <translation>File, cartella o zip da verificare</translation>
    </message>
    <message>
        <source>Findings</source>
        <extracomment>algorithms/validate.py</extracomment>
        <translation>Rilievi</translation>
    </message>
    <message>
        <source>Features checked</source>
        <extracomment>algorithms/validate.py</extracomment>
        <translation>Elementi verificati</translation>
    </message>
    <message>
        <source>Validity against the official schemas was not checked.</source>
        <extracomment>algorithms/validate.py</extracomment>
        <translation>La validità secondo gli schemi ufficiali non è stata verificata.</translation>
    </message>
    <message>
        <source>not checked against the official schemas</source>
        <extracomment>dialogs/findings.py</extracomment>
        <translation>non verificato secondo gli schemi ufficiali</translation>
    </message>
    <message>
        <source>Nothing has been validated yet.</source>
        <extracomment>dialogs/findings.py</extracomment>
        <translation>Non è ancora stato validato nulla.</translation>
    </message>
    <message>
        <source>Progress of the validation</source>
        <extracomment>dialogs/findings.py</extracomment>
        <translation>Avanzamento della validazione</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <extracomment>dialogs/findings.py</extracomment>
        <translation>&amp;Annulla</translation>
    </message>
    <message>
        <source>Search in findings</source>
        <extracomment>dialogs/findings.py</extracomment>
        <translation>Cerca nei rilievi</translation>
    </message>
    <message>
        <source>&amp;Validate…</source>
        <extracomment>dialogs/findings.py</extracomment>
        <translation>&amp;Valida…</translation>
    </message>
    <message>
        <source>Check files or layers of the project</source>
        <extracomment>dialogs/findings.py</extracomment>
        <translation>Verifica file o layer del progetto</translation>
    </message>
    <message>
        <source>Rules that were broken</source>
        <extracomment>dialogs/findings.py</extracomment>
        <translation>Regole violate</translation>
    </message>
    <message>
        <source>Explanation of the finding</source>
        <extracomment>dialogs/findings.py</extracomment>
        <translation>Spiegazione del rilievo</translation>
    </message>
    <message>
        <source>&amp;Zoom to the place</source>
        <extracomment>dialogs/findings.py</extracomment>
        <translation>&amp;Zoom al luogo</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <extracomment>dialogs/findings.py</extracomment>
        <translation>&amp;Copia</translation>
    </message>
    <message>
        <source>&amp;Only this rule</source>
        <extracomment>dialogs/findings.py</extracomment>
        <translation>Solo questa &amp;regola</translation>
    </message>
    <message>
        <source>Show findings of this severity</source>
        <extracomment>dialogs/findings.py</extracomment>
        <translation>Mostra i rilievi di questa gravità</translation>
    </message>
    <message>
        <source>All rules ({count})</source>
        <extracomment>dialogs/findings.py</extracomment>
        <translation>Tutte le regole ({count})</translation>
    </message>
    <message>
        <source>new mapping</source>
        <extracomment>dialogs/harmonise.py</extracomment>
        <translation>nuova mappatura</translation>
    </message>
    <message>
        <source>Read as a QGIS expression, and written as {text}</source>
        <extracomment>dialogs/harmonise.py</extracomment>
        <translation>Letto come espressione di QGIS e scritto {text}</translation>
    </message>
    <message>
        <source>Save the mapping document</source>
        <extracomment>dialogs/harmonise.py</extracomment>
        <translation>Salva il documento di mappatura</translation>
    </message>
    <message>
        <source>Harmonise to INSPIRE</source>
        <extracomment>dialogs/harmonise.py</extracomment>
        <translation>Armonizza a INSPIRE</translation>
    </message>
    <message>
        <source>The mapping has changes that aren&apos;t saved. Discard them?</source>
        <extracomment>dialogs/harmonise.py</extracomment>
        <translation>La mappatura ha modifiche non salvate. Scartarle?</translation>
    </message>
    <message>
        <source>{path} has a value already. Remove it first (Del): only one can be given.</source>
        <extracomment>dialogs/harmonise.py</extracomment>
        <translation>{path} ha già un valore. Toglierlo prima (Canc): se ne può indicare uno solo.</translation>
    </message>
    <message>
        <source>Open a mapping document</source>
        <extracomment>dialogs/harmonise.py</extracomment>
        <translation>Apri un documento di mappatura</translation>
    </message>
    <message>
        <source>Leave out {columns}</source>
        <extracomment>dialogs/harmonise.py</extracomment>
        <translation>Tralascia {columns}</translation>
    </message>
    <message>
        <source>For layer {layer}…</source>
        <extracomment>dialogs/harmonise.py</extracomment>
        <translation>Per il layer {layer}…</translation>
    </message>
    <message>
        <source>Remove {type}</source>
        <extracomment>dialogs/harmonise.py</extracomment>
        <translation>Togli {type}</translation>
    </message>
    <message>
        <source>from {layers}</source>
        <extracomment>dialogs/harmonise.py</extracomment>
        <translation>da {layers}</translation>
    </message>
    <message>
        <source>Harmonise to INSPIRE: {name}</source>
        <extracomment>dialogs/harmonise.py</extracomment>
        <translation>Armonizza a INSPIRE: {name}</translation>
    </message>
    <message>
        <source>{name} is {text}</source>
        <extracomment>dialogs/harmonise.py</extracomment>
        <translation>{name} è {text}</translation>
    </message>
    <message>
        <source>{distinct} different values in {rows} features; {empty} have none. Code list {name}, {count} codes.</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>{distinct} valori diversi in {rows} elementi; {empty} non ne hanno. Elenco di codici {name}, {count} codici.</translation>
    </message>
    <message>
        <source>{count} features have a value without a code.</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>{count} elementi hanno un valore senza codice.</translation>
    </message>
    <message>
        <source>Values and their codes</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>Valori e loro codici</translation>
    </message>
    <message>
        <source>What happens to other values</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>Che cosa accade agli altri valori</translation>
    </message>
    <message>
        <source>&amp;Take all suggestions</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>Prendi tutti i &amp;suggerimenti</translation>
    </message>
    <message>
        <source>&amp;No codes</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>&amp;Nessun codice</translation>
    </message>
    <message>
        <source>Remove all translations: the values are the codes themselves</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>Togli tutte le traduzioni: i valori sono essi stessi i codici</translation>
    </message>
    <message>
        <source>&amp;Other values:</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>&amp;Altri valori:</translation>
    </message>
    <message>
        <source>Code</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>Codice</translation>
    </message>
    <message>
        <source>Value in the layer</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>Valore nel layer</translation>
    </message>
    <message>
        <source>Features</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>Elementi</translation>
    </message>
    <message>
        <source>Why</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>Perché</translation>
    </message>
    <message>
        <source>a finding on the row</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>un rilievo sulla riga</translation>
    </message>
    <message>
        <source>no value</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>nessun valore</translation>
    </message>
    <message>
        <source>kept as they are</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>restano come sono</translation>
    </message>
    <message>
        <source>the code of the longest beginning that has one</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>il codice dell’inizio più lungo che ne ha uno</translation>
    </message>
    <message>
        <source>Other codes aren&apos;t allowed.</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>Altri codici non sono ammessi.</translation>
    </message>
    <message>
        <source>The code list has no such code.</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>L’elenco di codici non ha questo codice.</translation>
    </message>
    <message>
        <source>Every value has a code.</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>Ogni valore ha un codice.</translation>
    </message>
    <message>
        <source>Codes of {property}</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>Codici di {property}</translation>
    </message>
    <message>
        <source>not in the layer</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>non nel layer</translation>
    </message>
    <message>
        <source>Reading the layers…</source>
        <extracomment>dialogs/harmonise_editor.py</extracomment>
        <translation>Lettura dei layer…</translation>
    </message>
    <message>
        <source>Counting values…</source>
        <extracomment>dialogs/harmonise_editor.py</extracomment>
        <translation>Conteggio dei valori…</translation>
    </message>
    <message>
        <source>Preview…</source>
        <extracomment>dialogs/harmonise_editor.py</extracomment>
        <translation>Anteprima…</translation>
    </message>
    <message>
        <source>The layers are no longer in the project.</source>
        <extracomment>dialogs/harmonise_editor.py</extracomment>
        <translation>I layer non sono più nel progetto.</translation>
    </message>
    <message>
        <source>Layer {layer} looks like {type} of schema {schema}. A document has one schema: make another one for it, or add it as something else.</source>
        <extracomment>dialogs/harmonise_editor.py</extracomment>
        <translation>Il layer {layer} sembra {type} dello schema {schema}. Un documento ha un solo schema: farne un altro per esso, o aggiungerlo come qualcos’altro.</translation>
    </message>
    <message>
        <source>Looking at {layer}…</source>
        <extracomment>dialogs/harmonise_editor.py</extracomment>
        <translation>Esame di {layer}…</translation>
    </message>
    <message>
        <source>Reading {file}…</source>
        <extracomment>dialogs/harmonise_editor.py</extracomment>
        <translation>Lettura di {file}…</translation>
    </message>
    <message>
        <source>{property} is {value}</source>
        <extracomment>dialogs/harmonise_editor.py</extracomment>
        <translation>{property} è {value}</translation>
    </message>
    <message>
        <source>Remove {property}</source>
        <extracomment>dialogs/harmonise_editor.py</extracomment>
        <translation>Togli {property}</translation>
    </message>
    <message>
        <source>Agree to {property}</source>
        <extracomment>dialogs/harmonise_editor.py</extracomment>
        <translation>Approva {property}</translation>
    </message>
    <message>
        <source>Target type {type}</source>
        <extracomment>dialogs/harmonise_editor.py</extracomment>
        <translation>Tipo di destinazione {type}</translation>
    </message>
    <message>
        <source>Add {type}</source>
        <extracomment>dialogs/harmonise_editor.py</extracomment>
        <translation>Aggiungi {type}</translation>
    </message>
    <message>
        <source>Take in {layer}</source>
        <extracomment>dialogs/harmonise_editor.py</extracomment>
        <translation>Includi {layer}</translation>
    </message>
    <message>
        <source>Open…</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Apri…</translation>
    </message>
    <message>
        <source>Save</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Salva</translation>
    </message>
    <message>
        <source>Save as…</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Salva con nome…</translation>
    </message>
    <message>
        <source>Codes…</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Codici…</translation>
    </message>
    <message>
        <source>Agree</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Approva</translation>
    </message>
    <message>
        <source>Leave out unread columns</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Tralascia le non lette</translation>
    </message>
    <message>
        <source>Read layers again</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Rileggi</translation>
    </message>
    <message>
        <source>Export…</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Esporta…</translation>
    </message>
    <message>
        <source>Target type…</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Tipo…</translation>
    </message>
    <message>
        <source>Add…</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Aggiungi…</translation>
    </message>
    <message>
        <source>Remove</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Togli</translation>
    </message>
    <message>
        <source>Find</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Cerca</translation>
    </message>
    <message>
        <source>Undo</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Annulla</translation>
    </message>
    <message>
        <source>Redo</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Ripeti</translation>
    </message>
    <message>
        <source>About the property</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Sulla proprietà</translation>
    </message>
    <message>
        <source>Object types of the document</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Tipi di oggetto del documento</translation>
    </message>
    <message>
        <source>O&amp;bject:</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>&amp;Oggetto:</translation>
    </message>
    <message>
        <source>&amp;Namespace:</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Spazio dei &amp;nomi:</translation>
    </message>
    <message>
        <source>Lan&amp;guage:</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>&amp;Lingua:</translation>
    </message>
    <message>
        <source>&amp;Lineage:</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>&amp;Genealogia:</translation>
    </message>
    <message>
        <source>The namespace of your identifiers, such as DE.MYTOWN.BU</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Lo spazio dei nomi dei vostri identificatori, come IT.MIACITTA.BU</translation>
    </message>
    <message>
        <source>The language of names, three letters: deu, fra, ita …</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>La lingua dei nomi, tre lettere: deu, fra, ita …</translation>
    </message>
    <message>
        <source>How the data came about; goes into the metadata</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Come sono nati i dati; va nei metadati</translation>
    </message>
    <message>
        <source>Find a property or column (Ctrl+F)</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Cerca una proprietà o una colonna (Ctrl+F)</translation>
    </message>
    <message>
        <source>Find a property or column</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Cerca una proprietà o una colonna</translation>
    </message>
    <message>
        <source>&amp;All properties</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>&amp;Tutte le proprietà</translation>
    </message>
    <message>
        <source>Also those that the schema doesn&apos;t ask for</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Anche quelle che lo schema non chiede</translation>
    </message>
    <message>
        <source>Layers that are read</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Layer letti</translation>
    </message>
    <message>
        <source>Properties and what fills them</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Proprietà e ciò che le riempie</translation>
    </message>
    <message>
        <source>Remove the value</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Togli il valore</translation>
    </message>
    <message>
        <source>&amp;Layers to harmonise. They are taken as they are in the project: filter, joins, virtual fields and unsaved edits count.</source>
        <extracomment>dialogs/harmonise_layers.py</extracomment>
        <translation>&amp;Layer da armonizzare. Sono presi come sono nel progetto: filtro, join, campi virtuali e modifiche non salvate contano.</translation>
    </message>
    <message>
        <source>Layers of the project</source>
        <extracomment>dialogs/harmonise_layers.py</extracomment>
        <translation>Layer del progetto</translation>
    </message>
    <message>
        <source>Only &amp;selected features, where a layer has a selection</source>
        <extracomment>dialogs/export_data.py</extracomment>
        <translation>Solo gli elementi &amp;selezionati, dove un layer ha una selezione</translation>
    </message>
    <message>
        <source>filtered</source>
        <extracomment>dialogs/layerlists.py</extracomment>
        <translation>filtrato</translation>
    </message>
    <message>
        <source>{count} selected</source>
        <extracomment>dialogs/layerlists.py</extracomment>
        <translation>{count} selezionati</translation>
    </message>
    <message>
        <source>Attribute</source>
        <extracomment>dialogs/harmonise_preview.py</extracomment>
        <translation>Attributo</translation>
    </message>
    <message>
        <source>Value</source>
        <extracomment>dialogs/harmonise_preview.py</extracomment>
        <translation>Valore</translation>
    </message>
    <message>
        <source>The feature&apos;s attributes</source>
        <extracomment>dialogs/harmonise_preview.py</extracomment>
        <translation>Gli attributi dell’elemento</translation>
    </message>
    <message>
        <source>Property</source>
        <extracomment>dialogs/harmonise_preview.py</extracomment>
        <translation>Proprietà</translation>
    </message>
    <message>
        <source>The INSPIRE object</source>
        <extracomment>dialogs/harmonise_preview.py</extracomment>
        <translation>L’oggetto INSPIRE</translation>
    </message>
    <message>
        <source>Problems and findings</source>
        <extracomment>dialogs/harmonise_preview.py</extracomment>
        <translation>Problemi e rilievi</translation>
    </message>
    <message>
        <source>State of the preview</source>
        <extracomment>dialogs/harmonise_preview.py</extracomment>
        <translation>Stato dell’anteprima</translation>
    </message>
    <message>
        <source>Feature before (Alt+Left)</source>
        <extracomment>dialogs/harmonise_preview.py</extracomment>
        <translation>Elemento precedente (Alt+Sinistra)</translation>
    </message>
    <message>
        <source>Next feature (Alt+Right)</source>
        <extracomment>dialogs/harmonise_preview.py</extracomment>
        <translation>Elemento successivo (Alt+Destra)</translation>
    </message>
    <message>
        <source>Which feature is shown</source>
        <extracomment>dialogs/harmonise_preview.py</extracomment>
        <translation>Quale elemento è mostrato</translation>
    </message>
    <message>
        <source>{layer}: feature {number} of {count}</source>
        <extracomment>dialogs/harmonise_preview.py</extracomment>
        <translation>{layer}: elemento {number} di {count}</translation>
    </message>
    <message>
        <source>No preview while something is wrong: see the problems above.</source>
        <extracomment>dialogs/harmonise_preview.py</extracomment>
        <translation>Nessuna anteprima finché qualcosa non va: si vedano i problemi qui sopra.</translation>
    </message>
    <message>
        <source>No feature</source>
        <extracomment>dialogs/harmonise_preview.py</extracomment>
        <translation>Nessun elemento</translation>
    </message>
    <message>
        <source>Reading layers for harmonisation</source>
        <extracomment>dialogs/harmonise_staging.py</extracomment>
        <translation>Lettura dei layer per l’armonizzazione</translation>
    </message>
    <message>
        <source>Reading the layers was cancelled.</source>
        <extracomment>dialogs/harmonise_staging.py</extracomment>
        <translation>La lettura dei layer è stata annullata.</translation>
    </message>
    <message>
        <source>Identifier (id)</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>Identificatore (id)</translation>
    </message>
    <message>
        <source>One object for each (key)</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>Un oggetto per ogni (key)</translation>
    </message>
    <message>
        <source>Only rows where (where)</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>Solo le righe dove (where)</translation>
    </message>
    <message>
        <source>needed</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>necessario</translation>
    </message>
    <message>
        <source>translate…</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>traduci…</translation>
    </message>
    <message>
        <source>mandatory</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>obbligatoria</translation>
    </message>
    <message>
        <source>voidable</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>voidable</translation>
    </message>
    <message>
        <source>optional</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>facoltativa</translation>
    </message>
    <message>
        <source>May have several values.</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>Può avere più valori.</translation>
    </message>
    <message>
        <source>Inherited from the document that this one extends.</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>Ereditato dal documento che questo estende.</translation>
    </message>
    <message>
        <source>Kept as it is written; it can be changed in a text editor only.</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>Resta come è scritto; si può modificare solo in un editor di testo.</translation>
    </message>
    <message>
        <source>Column, expression or value</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>Colonna, espressione o valore</translation>
    </message>
    <message>
        <source>Need</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>Obbligo</translation>
    </message>
    <message>
        <source>Codes</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>Codici</translation>
    </message>
    <message>
        <source>Sure</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>Sicurezza</translation>
    </message>
    <message>
        <source>{path}: {need}, holds {holds}</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>{path}: {need}, contiene {holds}</translation>
    </message>
    <message>
        <source>{count} translated</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>{count} tradotti</translation>
    </message>
    <message>
        <source>A column of the layer</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>Una colonna del layer</translation>
    </message>
    <message>
        <source>nothing</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>nulla</translation>
    </message>
    <message>
        <source>Unit: {unit}</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>Unità: {unit}</translation>
    </message>
    <message>
        <source>A reference to another object</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>Un riferimento a un altro oggetto</translation>
    </message>
    <message>
        <source>No value, and why</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>Nessun valore, e perché</translation>
    </message>
    <message>
        <source>Choose the target type</source>
        <extracomment>dialogs/harmonise_types.py</extracomment>
        <translation>Scegli il tipo di destinazione</translation>
    </message>
    <message>
        <source>&amp;What do the objects of the layer stand for?</source>
        <extracomment>dialogs/harmonise_types.py</extracomment>
        <translation>&amp;Che cosa rappresentano gli oggetti del layer?</translation>
    </message>
    <message>
        <source>building, Gebäude, bâtiment, gebouw, edificio …</source>
        <extracomment>dialogs/harmonise_types.py</extracomment>
        <translation>edificio, building, Gebäude, bâtiment, gebouw …</translation>
    </message>
    <message>
        <source>Words to search target types by</source>
        <extracomment>dialogs/harmonise_types.py</extracomment>
        <translation>Parole con cui cercare i tipi di destinazione</translation>
    </message>
    <message>
        <source>Target types found</source>
        <extracomment>dialogs/harmonise_types.py</extracomment>
        <translation>Tipi di destinazione trovati</translation>
    </message>
    <message>
        <source>Definition of the type</source>
        <extracomment>dialogs/harmonise_types.py</extracomment>
        <translation>Definizione del tipo</translation>
    </message>
    <message>
        <source>Searching…</source>
        <extracomment>dialogs/harmonise_types.py</extracomment>
        <translation>Ricerca…</translation>
    </message>
    <message>
        <source>Name</source>
        <extracomment>dialogs/harmonise_types.py</extracomment>
        <translation>Nome</translation>
    </message>
    <message>
        <source>Called</source>
        <extracomment>dialogs/harmonise_types.py</extracomment>
        <translation>Chiamato</translation>
    </message>
    <message>
        <source>Schema</source>
        <extracomment>dialogs/harmonise_types.py</extracomment>
        <translation>Schema</translation>
    </message>
    <message>
        <source>Definition</source>
        <extracomment>dialogs/harmonise_types.py</extracomment>
        <translation>Definizione</translation>
    </message>
    <message>
        <source>No target type is called like that.</source>
        <extracomment>dialogs/harmonise_types.py</extracomment>
        <translation>Nessun tipo di destinazione si chiama così.</translation>
    </message>
    <message>
        <source>{name} reads the clock; a mapping gives the same result on any day. State the date, or put it into a column.</source>
        <extracomment>dialogs/harmonise_words.py</extracomment>
        <translation>{name} legge l’orologio; una mappatura dà lo stesso risultato in qualsiasi giorno. Indicare la data, o metterla in una colonna.</translation>
    </message>
    <message>
        <source>{name} gives another value each time. For an identifier that stays, use a column, key, =fingerprint(geometry) or =uuid5(…).</source>
        <extracomment>dialogs/harmonise_words.py</extracomment>
        <translation>{name} dà ogni volta un altro valore. Per un identificatore che resti, usare una colonna, key, =fingerprint(geometry) o =uuid5(…).</translation>
    </message>
    <message>
        <source>{name} numbers rows and changes when the file is written anew. Use a column that identifies the object, or =fingerprint(geometry).</source>
        <extracomment>dialogs/harmonise_words.py</extracomment>
        <translation>{name} numera le righe e cambia quando il file viene riscritto. Usare una colonna che identifichi l’oggetto, o =fingerprint(geometry).</translation>
    </message>
    <message>
        <source>{name} measures a geometry, which mappings can&apos;t. Add it to the layer as a virtual field with the field calculator: virtual fields are read like columns.</source>
        <extracomment>dialogs/harmonise_words.py</extracomment>
        <translation>{name} misura una geometria, cosa che le mappature non possono fare. Aggiungerlo al layer come campo virtuale con il calcolatore di campi: i campi virtuali si leggono come colonne.</translation>
    </message>
    <message>
        <source>{name} compares places. Write a join with where: in the document, or add a virtual field.</source>
        <extracomment>dialogs/harmonise_words.py</extracomment>
        <translation>{name} confronta luoghi. Scrivere un join con where: nel documento, o aggiungere un campo virtuale.</translation>
    </message>
    <message>
        <source>{name} looks at many rows; an expression here sees one. Add a virtual field, or use key: to make one object of many rows.</source>
        <extracomment>dialogs/harmonise_words.py</extracomment>
        <translation>{name} guarda molte righe; qui un’espressione ne vede una. Aggiungere un campo virtuale, o usare key: per fare un oggetto di molte righe.</translation>
    </message>
    <message>
        <source>{name} reads other features. Join the layers in QGIS or with join: in the document; joined columns are read.</source>
        <extracomment>dialogs/harmonise_words.py</extracomment>
        <translation>{name} legge altri elementi. Unire i layer in QGIS o con join: nel documento; le colonne unite si leggono.</translation>
    </message>
    <message>
        <source>{name} shows a value&apos;s label. Take the column itself and translate its codes (F4).</source>
        <extracomment>dialogs/harmonise_words.py</extracomment>
        <translation>{name} mostra l’etichetta di un valore. Prendere la colonna stessa e tradurne i codici (F4).</translation>
    </message>
    <message>
        <source>{name} runs what it is given, which a shared document must not.</source>
        <extracomment>dialogs/harmonise_words.py</extracomment>
        <translation>{name} esegue ciò che gli si dà, cosa che un documento condiviso non deve fare.</translation>
    </message>
    <message>
        <source>{name} reads what lies outside of the layer, which mappings can&apos;t.</source>
        <extracomment>dialogs/harmonise_words.py</extracomment>
        <translation>{name} legge ciò che sta fuori del layer, cosa che le mappature non possono fare.</translation>
    </message>
    <message>
        <source>{name} is a variable of QGIS, which the document doesn&apos;t know. Write the value itself.</source>
        <extracomment>dialogs/harmonise_words.py</extracomment>
        <translation>{name} è una variabile di QGIS, che il documento non conosce. Scrivere il valore stesso.</translation>
    </message>
    <message>
        <source>{name} isn&apos;t among the geometry operators of mappings. Do it in QGIS first, with “Geometry by expression”.</source>
        <extracomment>dialogs/harmonise_words.py</extracomment>
        <translation>{name} non è tra gli operatori geometrici delle mappature. Farlo prima in QGIS, con “Geometria da espressione”.</translation>
    </message>
    <message>
        <source>{name} is known here, but not with these arguments.</source>
        <extracomment>dialogs/harmonise_words.py</extracomment>
        <translation>{name} qui è noto, ma non con questi argomenti.</translation>
    </message>
    <message>
        <source>{name} has no counterpart here. Add a virtual field with this expression: virtual fields are read like columns.</source>
        <extracomment>dialogs/harmonise_words.py</extracomment>
        <translation>{name} qui non ha corrispondente. Aggiungere un campo virtuale con questa espressione: i campi virtuali si leggono come colonne.</translation>
    </message>
    <message>
        <source>Set up the Commonplace engine</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Installa il motore di Commonplace</translation>
    </message>
    <message>
        <source>Progress of the set-up</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Avanzamento dell’installazione</translation>
    </message>
    <message>
        <source>What the programs print</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Ciò che scrivono i programmi</translation>
    </message>
    <message>
        <source>Make an environment for it in this QGIS profile</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Crea per esso un ambiente in questo profilo di QGIS</translation>
    </message>
    <message>
        <source>Python for the environment</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Python per l’ambiente</translation>
    </message>
    <message>
        <source>&amp;Python</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>&amp;Python</translation>
    </message>
    <message>
        <source>Another Python</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Un altro Python</translation>
    </message>
    <message>
        <source>Pro&amp;gram</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Pro&amp;gramma</translation>
    </message>
    <message>
        <source>Folder of wheels</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Cartella di wheel</translation>
    </message>
    <message>
        <source>the package index (internet)</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>l’indice dei pacchetti (internet)</translation>
    </message>
    <message>
        <source>Packages &amp;from</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Pacchetti &amp;da</translation>
    </message>
    <message>
        <source>Without internet: a folder with the wheels of all packages that the engine needs</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Senza internet: una cartella con i wheel di tutti i pacchetti di cui il motore ha bisogno</translation>
    </message>
    <message>
        <source>Use an environment that has the engine already</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Usa un ambiente che ha già il motore</translation>
    </message>
    <message>
        <source>Python of the environment</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Python dell’ambiente</translation>
    </message>
    <message>
        <source>P&amp;ython</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>P&amp;ython</translation>
    </message>
    <message>
        <source>&amp;Set up</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>&amp;Installa</translation>
    </message>
    <message>
        <source>Search &amp;again</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>&amp;Cerca di nuovo</translation>
    </message>
    <message>
        <source>Look for Pythons again, such as one just installed</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Cerca di nuovo dei Python, come uno appena installato</translation>
    </message>
    <message>
        <source>Open &amp;log</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Apri il &amp;registro</translation>
    </message>
    <message>
        <source>Looking for Python…</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Ricerca di Python…</translation>
    </message>
    <message>
        <source>Another…</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Un altro…</translation>
    </message>
    <message>
        <source>The plugin is version {plugin}: some things may not fit together.</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Il plugin è alla versione {plugin}: alcune cose potrebbero non accordarsi.</translation>
    </message>
    <message>
        <source>&amp;Try again</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>&amp;Riprova</translation>
    </message>
    <message>
        <source>Close</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Chiudi</translation>
    </message>
    <message>
        <source>&amp;Use it</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>&amp;Usa</translation>
    </message>
    <message>
        <source>Cancel</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Annulla</translation>
    </message>
    <message>
        <source>The engine, version {version}, is ready.</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Il motore, versione {version}, è pronto.</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Annullato.</translation>
    </message>
    <message>
        <source>Data to check</source>
        <extracomment>dialogs/validate.py</extracomment>
        <translation>Dati da verificare</translation>
    </message>
    <message>
        <source>&amp;Validate</source>
        <extracomment>dialogs/validate.py</extracomment>
        <translation>&amp;Valida</translation>
    </message>
    <message>
        <source>Files, folders and packages</source>
        <extracomment>dialogs/validate.py</extracomment>
        <translation>File, cartelle e pacchetti</translation>
    </message>
    <message>
        <source>Files to check</source>
        <extracomment>dialogs/validate.py</extracomment>
        <translation>File da verificare</translation>
    </message>
    <message>
        <source>For layers that hold INSPIRE data already; they are taken with their filter.</source>
        <extracomment>dialogs/validate.py</extracomment>
        <translation>Per layer che contengono già dati INSPIRE; sono presi con il loro filtro.</translation>
    </message>
    <message>
        <source>Layers to check</source>
        <extracomment>dialogs/validate.py</extracomment>
        <translation>Layer da verificare</translation>
    </message>
    <message>
        <source>Official schemas</source>
        <extracomment>dialogs/validate.py</extracomment>
        <translation>Schemi ufficiali</translation>
    </message>
    <message>
        <source>Folder; without it GML is checked by our own model</source>
        <extracomment>dialogs/validate.py</extracomment>
        <translation>Cartella; senza di essa il GML è verificato secondo il nostro modello</translation>
    </message>
    <message>
        <source>Folder or package to check</source>
        <extracomment>dialogs/validate.py</extracomment>
        <translation>Cartella o pacchetto da verificare</translation>
    </message>
    <message>
        <source>Add &amp;files…</source>
        <extracomment>dialogs/validate.py</extracomment>
        <translation>Aggiungi &amp;file…</translation>
    </message>
    <message>
        <source>Add f&amp;older…</source>
        <extracomment>dialogs/validate.py</extracomment>
        <translation>Aggiungi &amp;cartella…</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <extracomment>dialogs/validate.py</extracomment>
        <translation>&amp;Togli</translation>
    </message>
    <message>
        <source>Set up the &amp;engine…</source>
        <extracomment>faces/engine_setup.py</extracomment>
        <translation>Installa il &amp;motore…</translation>
    </message>
    <message>
        <source>Make, renew or choose the environment that Commonplace works in</source>
        <extracomment>faces/engine_setup.py</extracomment>
        <translation>Crea, rinnova o scegli l’ambiente in cui lavora Commonplace</translation>
    </message>
    <message>
        <source>Check INSPIRE data: files, packages and layers of the project</source>
        <extracomment>faces/findings.py</extracomment>
        <translation>Verifica dati INSPIRE: file, pacchetti e layer del progetto</translation>
    </message>
    <message>
        <source>Rules of the validation</source>
        <extracomment>faces/findings.py</extracomment>
        <translation>Regole della validazione</translation>
    </message>
    <message>
        <source>This finding has no place: it is about the file as a whole.</source>
        <extracomment>faces/findings.py</extracomment>
        <translation>Questo rilievo non ha un luogo: riguarda il file intero.</translation>
    </message>
    <message>
        <source>Nothing is on the map yet: add the data as a layer first.</source>
        <extracomment>faces/findings.py</extracomment>
        <translation>Sulla mappa non c’è ancora nulla: aggiungere prima i dati come layer.</translation>
    </message>
    <message>
        <source>Validate {subject}</source>
        <extracomment>faces/findings.py</extracomment>
        <translation>Valida {subject}</translation>
    </message>
    <message>
        <source>&amp;Harmonise to INSPIRE…</source>
        <extracomment>faces/harmonise.py</extracomment>
        <translation>&amp;Armonizza a INSPIRE…</translation>
    </message>
    <message>
        <source>Say what the columns of layers mean, with a live preview</source>
        <extracomment>faces/harmonise.py</extracomment>
        <translation>Dire che cosa significano le colonne dei layer, con un’anteprima</translation>
    </message>
    <message>
        <source>{subject} · errors: {errors} · warnings: {warnings} · hints: {infos}</source>
        <extracomment>findings.py</extracomment>
        <translation>{subject} · errori: {errors} · avvisi: {warnings} · note: {infos}</translation>
    </message>
    <message>
        <source>{first} and {more} more</source>
        <extracomment>findings.py</extracomment>
        <translation>{first} e altri {more}</translation>
    </message>
    <message>
        <source>Error</source>
        <extracomment>findings.py</extracomment>
        <translation>Errore</translation>
    </message>
    <message>
        <source>Warning</source>
        <extracomment>findings.py</extracomment>
        <translation>Avviso</translation>
    </message>
    <message>
        <source>Hint</source>
        <extracomment>findings.py</extracomment>
        <translation>Nota</translation>
    </message>
    <message>
        <source>Fix</source>
        <extracomment>findings.py</extracomment>
        <translation>Rimedio</translation>
    </message>
    <message>
        <source>Clause</source>
        <extracomment>findings.py</extracomment>
        <translation>Clausola</translation>
    </message>
    <message>
        <source>Feature</source>
        <extracomment>findings.py</extracomment>
        <translation>Elemento</translation>
    </message>
    <message>
        <source>File</source>
        <extracomment>dialogs/packages.py</extracomment>
        <translation>File</translation>
    </message>
    <message>
        <source>Occurs</source>
        <extracomment>findings.py</extracomment>
        <translation>Occorrenze</translation>
    </message>
    <message>
        <source>No findings in {subject}.</source>
        <extracomment>findings.py</extracomment>
        <translation>Nessun rilievo in {subject}.</translation>
    </message>
    <message>
        <source>{file}, line {line}</source>
        <extracomment>findings.py</extracomment>
        <translation>{file}, riga {line}</translation>
    </message>
    <message>
        <source>the table shows {shown} examples</source>
        <extracomment>findings.py</extracomment>
        <translation>la tabella mostra {shown} esempi</translation>
    </message>
    <message>
        <source>{count} times</source>
        <extracomment>findings.py</extracomment>
        <translation>{count} volte</translation>
    </message>
    <message>
        <source>Severity</source>
        <extracomment>findingsmodel.py</extracomment>
        <translation>Gravità</translation>
    </message>
    <message>
        <source>What is wrong</source>
        <extracomment>findingsmodel.py</extracomment>
        <translation>Che cosa non va</translation>
    </message>
    <message>
        <source>Rule</source>
        <extracomment>findingsmodel.py</extracomment>
        <translation>Regola</translation>
    </message>
    <message>
        <source>Looking for Python</source>
        <extracomment>setuptasks.py</extracomment>
        <translation>Ricerca di Python</translation>
    </message>
    <message>
        <source>Setting up the Commonplace engine</source>
        <extracomment>setuptasks.py</extracomment>
        <translation>Installazione del motore di Commonplace</translation>
    </message>
    <message>
        <source>Trying the engine</source>
        <extracomment>setuptasks.py</extracomment>
        <translation>Prova del motore</translation>
    </message>
    <message>
        <source>Install it with your system&apos;s packages (on Debian and Ubuntu: apt install python3 python3-venv), then search again.</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Installarlo con i pacchetti del sistema (su Debian e Ubuntu: apt install python3 python3-venv), poi cercare di nuovo.</translation>
    </message>
    <message>
        <source>No Python was found. The engine needs Python {oldest} or newer.</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Non è stato trovato nessun Python. Il motore ha bisogno di Python {oldest} o più recente.</translation>
    </message>
    <message>
        <source>Install Python from python.org or the Microsoft Store, then search again.</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Installare Python da python.org o dal Microsoft Store, poi cercare di nuovo.</translation>
    </message>
    <message>
        <source>Install Python from python.org or with Homebrew, then search again.</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Installare Python da python.org o con Homebrew, poi cercare di nuovo.</translation>
    </message>
    <message>
        <source>unknown</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>sconosciuta</translation>
    </message>
    <message>
        <source>The Pythons found can&apos;t make environments: they lack the module venv. The engine needs Python {oldest} or newer with it.</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>I Python trovati non possono creare ambienti: manca loro il modulo venv. Il motore ha bisogno di Python {oldest} o più recente con esso.</translation>
    </message>
    <message>
        <source>The Pythons found don&apos;t do: {oldest} or newer is needed, with 64 bit.</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>I Python trovati non vanno bene: occorre {oldest} o più recente, a 64 bit.</translation>
    </message>
    <message>
        <source>Python could not make an environment.</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Python non ha potuto creare un ambiente.</translation>
    </message>
    <message>
        <source>This Python has no pip to install packages with, and none could be fetched. On Debian and Ubuntu, apt install python3-venv mends that.</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Questo Python non ha pip per installare i pacchetti, e non è stato possibile ottenerlo. Su Debian e Ubuntu, apt install python3-venv rimedia.</translation>
    </message>
    <message>
        <source>The disk is full. The engine needs about 1 GB.</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Il disco è pieno. Il motore ha bisogno di circa 1 GB.</translation>
    </message>
    <message>
        <source>The package index can&apos;t be reached. Check the network and QGIS&apos;s proxy settings, or take the packages from a folder of wheels.</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>L’indice dei pacchetti non è raggiungibile. Verificare la rete e le impostazioni proxy di QGIS, o prendere i pacchetti da una cartella di wheel.</translation>
    </message>
    <message>
        <source>A file can&apos;t be written or replaced. Another QGIS may be using the engine: close it and try again.</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Un file non può essere scritto o sostituito. Forse un altro QGIS usa il motore: chiuderlo e riprovare.</translation>
    </message>
    <message>
        <source>A package doesn&apos;t go with this version of Python. Choose another Python.</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Un pacchetto non va d’accordo con questa versione di Python. Scegliere un altro Python.</translation>
    </message>
    <message>
        <source>A package isn&apos;t there in a version that goes with this Python and computer. Choose another Python, or another folder of wheels.</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Un pacchetto non esiste in una versione adatta a questo Python e a questo computer. Scegliere un altro Python, o un’altra cartella di wheel.</translation>
    </message>
    <message>
        <source>The engine in this environment is version {detail}, which isn&apos;t this plugin&apos;s.</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Il motore in questo ambiente è alla versione {detail}, che non è quella di questo plugin.</translation>
    </message>
    <message>
        <source>The engine was installed, but can&apos;t be started.</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Il motore è stato installato, ma non può essere avviato.</translation>
    </message>
    <message>
        <source>Installing the packages failed.</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>L’installazione dei pacchetti non è riuscita.</translation>
    </message>
    <message>
        <source>The engine is set up: version {version}, in {python}</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Il motore è installato: versione {version}, in {python}</translation>
    </message>
    <message>
        <source>Commonplace does its work in an engine of its own, which isn&apos;t set up yet. It needs Python and about 1 GB in this QGIS profile; nothing else on this computer changes.</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Commonplace lavora in un motore proprio, che non è ancora installato. Ha bisogno di Python e di circa 1 GB in questo profilo di QGIS; nient’altro cambia su questo computer.</translation>
    </message>
    <message>
        <source>The engine&apos;s Python can&apos;t be started: {python}</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Il Python del motore non può essere avviato: {python}</translation>
    </message>
    <message>
        <source>The engine is version {version} and the plugin {plugin}: set it up again to renew it.</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Il motore è alla versione {version} e il plugin alla {plugin}: installarlo di nuovo per rinnovarlo.</translation>
    </message>
    <message>
        <source>Making the environment…</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Creazione dell’ambiente…</translation>
    </message>
    <message>
        <source>Fetching the packages that the engine needs…</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Scaricamento dei pacchetti di cui il motore ha bisogno…</translation>
    </message>
    <message>
        <source>Installing the packages…</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Installazione dei pacchetti…</translation>
    </message>
    <message>
        <source>Trying the engine…</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Prova del motore…</translation>
    </message>
    <message>
        <source>The engine gave no answer.</source>
        <extracomment>tasks.py</extracomment>
        <translation>Il motore non ha risposto.</translation>
    </message>
    <message>
        <source>The mapping reads layer “{wanted}”, which isn&apos;t among those chosen: {chosen}</source>
        <extracomment>texts.py</extracomment>
        <translation>La mappatura legge il layer “{wanted}”, che non è tra quelli scelti: {chosen}</translation>
    </message>
    <message>
        <source>“{python}” is not a Python interpreter that can be started.</source>
        <extracomment>texts.py</extracomment>
        <translation>“{python}” non è un interprete Python che si possa avviare.</translation>
    </message>
    <message>
        <source>Correct the environment variable {variable} or the setting commonplace/python, or remove it and make an environment with these commands:</source>
        <extracomment>texts.py</extracomment>
        <translation>Correggere la variabile d’ambiente {variable} o l’impostazione commonplace/python, oppure toglierla e creare un ambiente con questi comandi:</translation>
    </message>
    <message>
        <source>The Commonplace engine is not set up yet: it needs a Python of its own.</source>
        <extracomment>texts.py</extracomment>
        <translation>Il motore di Commonplace non è ancora installato: ha bisogno di un Python proprio.</translation>
    </message>
    <message>
        <source>In QGIS, Plugins ▸ Commonplace ▸ Set up the engine… does that. By hand, with Python 3.11 or newer, these commands do (or name an interpreter that has it in the environment variable {variable}):</source>
        <extracomment>texts.py</extracomment>
        <translation>In QGIS lo fa Plugin ▸ Commonplace ▸ Installa il motore… A mano, con Python 3.11 o più recente, lo fanno questi comandi (oppure nominare nella variabile d’ambiente {variable} un interprete che lo ha):</translation>
    </message>
    <message>
        <source>A layer can&apos;t be handed to the engine: {layer}</source>
        <extracomment>texts.py</extracomment>
        <translation>Un layer non può essere passato al motore: {layer}</translation>
    </message>
    <message>
        <source>The Commonplace engine can&apos;t be started.</source>
        <extracomment>texts.py</extracomment>
        <translation>Il motore di Commonplace non può essere avviato.</translation>
    </message>
    <message>
        <source>The Commonplace engine doesn&apos;t answer. Is it installed in this Python?</source>
        <extracomment>texts.py</extracomment>
        <translation>Il motore di Commonplace non risponde. È installato in questo Python?</translation>
    </message>
    <message>
        <source>The Commonplace engine and this plugin are of versions that don&apos;t fit together. Install the engine again from the wheel in the plugin&apos;s folder.</source>
        <extracomment>texts.py</extracomment>
        <translation>Le versioni del motore di Commonplace e di questo plugin non si accordano. Installare di nuovo il motore dal wheel nella cartella del plugin.</translation>
    </message>
    <message>
        <source>The Commonplace engine ended unexpectedly.</source>
        <extracomment>texts.py</extracomment>
        <translation>Il motore di Commonplace si è fermato inaspettatamente.</translation>
    </message>
    <message>
        <source>The Commonplace engine failed at this job. Nothing was written.</source>
        <extracomment>texts.py</extracomment>
        <translation>Il motore di Commonplace non è riuscito in questo lavoro. Non è stato scritto nulla.</translation>
    </message>
    <message>
        <source>Its log is {log}</source>
        <extracomment>texts.py</extracomment>
        <translation>Il suo registro è {log}</translation>
    </message>
    <message>
        <source>Read {layers}</source>
        <extracomment>dialogs/harmonise_editor.py</extracomment>
        <translation>Leggi {layers}</translation>
    </message>
    <message>
        <source>Layers that this object type reads (Ctrl+L)</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Layer che legge questo tipo di oggetto (Ctrl+L)</translation>
    </message>
    <message>
        <source>Edit the value</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Modifica il valore</translation>
    </message>
    <message>
        <source>Licence (empty: from the layers&apos; metadata)</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Licenza (vuoto: dai metadati dei layer)</translation>
    </message>
    <message>
        <source>Attribution (empty: from the layers&apos; metadata)</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Attribuzione (vuoto: dai metadati)</translation>
    </message>
    <message>
        <source>A layer has changed. Read the layers again (F5) to see it here.</source>
        <extracomment>dialogs/harmonise_editor.py</extracomment>
        <translation>Un layer è cambiato. Rileggere i layer (F5) per vederlo qui.</translation>
    </message>
    <message>
        <source>Help</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Aiuto</translation>
    </message>
    <message>
        <source>User &amp;guide</source>
        <extracomment>faces/guide.py</extracomment>
        <translation>&amp;Guida per l’utente</translation>
    </message>
    <message>
        <source>A planner&apos;s first hour, step by step</source>
        <extracomment>faces/guide.py</extracomment>
        <translation>La prima ora, passo per passo</translation>
    </message>
    <message>
        <source>Inspect source</source>
        <extracomment>algorithms/connect.py</extracomment>
        <translation>Esamina fonte</translation>
    </message>
    <message>
        <source>Load layer</source>
        <extracomment>algorithms/connect.py</extracomment>
        <translation>Carica layer</translation>
    </message>
    <message>
        <source>Reads a layer of any source that the engine knows, whole, into a GeoPackage. Of a service, only what lies in the extent and meets the filter is asked for, where the service can choose.
Layer: may be left out where the source has only one; Inspect source lists them.
Filter: CQL2, such as floors &gt; 3 AND kind = &apos;oak&apos;.</source>
        <extracomment>algorithms/connect.py</extracomment>
        <translation>Legge un layer di qualsiasi fonte che il motore conosca, per intero, in un GeoPackage. A un servizio si chiede solo ciò che sta nell’estensione e soddisfa il filtro, dove il servizio sa scegliere.
Layer: si può omettere se la fonte ne ha uno solo; Esamina fonte li elenca.
Filtro: CQL2, ad esempio floors &gt; 3 AND kind = &apos;oak&apos;.</translation>
    </message>
    <message>
        <source>Address of a service, file or folder</source>
        <extracomment>algorithms/connect.py</extracomment>
        <translation>Indirizzo di un servizio, file o cartella</translation>
    </message>
    <message>
        <source>The address carries a secret: use an authentication of QGIS instead.</source>
        <extracomment>addresses.py</extracomment>
        <translation>L’indirizzo contiene un segreto: usare invece un’autenticazione di QGIS.</translation>
    </message>
    <message>
        <source>Kind of source</source>
        <extracomment>algorithms/connect.py</extracomment>
        <translation>Tipo di fonte</translation>
    </message>
    <message>
        <source>Names of the layers</source>
        <extracomment>algorithms/connect.py</extracomment>
        <translation>Nomi dei layer</translation>
    </message>
    <message>
        <source>Number of layers</source>
        <extracomment>algorithms/connect.py</extracomment>
        <translation>Numero di layer</translation>
    </message>
    <message>
        <source>Extent</source>
        <extracomment>algorithms/connect.py</extracomment>
        <translation>Estensione</translation>
    </message>
    <message>
        <source>Largest number of features</source>
        <extracomment>algorithms/connect.py</extracomment>
        <translation>Numero massimo di elementi</translation>
    </message>
    <message>
        <source>Filter</source>
        <extracomment>algorithms/connect.py</extracomment>
        <translation>Filtro</translation>
    </message>
    <message>
        <source>Layer loaded</source>
        <extracomment>algorithms/connect.py</extracomment>
        <translation>Layer caricato</translation>
    </message>
    <message>
        <source>Features read</source>
        <extracomment>algorithms/connect.py</extracomment>
        <translation>Elementi letti</translation>
    </message>
    <message>
        <source>Recognises what an address, a file or a folder is (OGC API, WFS, CSW, SensorThings, NGSI-LD broker, INSPIRE GML and many more) and lists its layers, with CRS, number of features and licence.
Load layer reads what is listed.</source>
        <extracomment>algorithms/connect.py</extracomment>
        <translation>Riconosce che cos’è un indirizzo, un file o una cartella (OGC API, WFS, CSW, SensorThings, broker NGSI-LD, GML INSPIRE e molto altro) e ne elenca i layer, con SR, numero di elementi e licenza.
Carica layer legge ciò che è elencato.</translation>
    </message>
    <message>
        <source>Tells what an address, a file or a folder is, and lists its layers.</source>
        <extracomment>algorithms/connect.py</extracomment>
        <translation>Dice che cos’è un indirizzo, un file o una cartella, e ne elenca i layer.</translation>
    </message>
    <message>
        <source>Reads a layer of any source, whole or a part of it, into a GeoPackage.</source>
        <extracomment>algorithms/connect.py</extracomment>
        <translation>Legge un layer di qualsiasi fonte, per intero o in parte, in un GeoPackage.</translation>
    </message>
    <message>
        <source>Type or paste an address, or choose a file or a folder.</source>
        <extracomment>addresses.py</extracomment>
        <translation>Scrivere o incollare un indirizzo, o scegliere un file o una cartella.</translation>
    </message>
    <message>
        <source>{kind}, layers: {count}</source>
        <extracomment>connections.py</extracomment>
        <translation>{kind}, layer: {count}</translation>
    </message>
    <message>
        <source>Connect to a source</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>Connetti a una fonte</translation>
    </message>
    <message>
        <source>OGC API, WFS, CSW, SensorThings, NGSI-LD broker, file or folder.</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>OGC API, WFS, CSW, SensorThings, broker NGSI-LD, file o cartella.</translation>
    </message>
    <message>
        <source>Looking…</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>Esame in corso…</translation>
    </message>
    <message>
        <source>&amp;Look</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>&amp;Esamina</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>&amp;Indirizzo</translation>
    </message>
    <message>
        <source>Layers of the source</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>Layer della fonte</translation>
    </message>
    <message>
        <source>Only a part of it</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>Solo una parte</translation>
    </message>
    <message>
        <source>What lies in the &amp;map&apos;s extent</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>Ciò che sta nell’estensione della &amp;mappa</translation>
    </message>
    <message>
        <source>all</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>tutti</translation>
    </message>
    <message>
        <source>CQL2; for an NGSI-LD broker its query language (q)</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>CQL2; per un broker NGSI-LD il suo linguaggio di interrogazione (q)</translation>
    </message>
    <message>
        <source>A&amp;dd layer</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>&amp;Aggiungi layer</translation>
    </message>
    <message>
        <source>&amp;Save connection…</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>&amp;Salva la connessione…</translation>
    </message>
    <message>
        <source>File to connect to</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>File a cui connettersi</translation>
    </message>
    <message>
        <source>Save connection</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>Salva la connessione</translation>
    </message>
    <message>
        <source>Name of the connection</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>Nome della connessione</translation>
    </message>
    <message>
        <source>&amp;File…</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>&amp;File…</translation>
    </message>
    <message>
        <source>F&amp;older…</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>&amp;Cartella…</translation>
    </message>
    <message>
        <source>Folder to connect to</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>Cartella a cui connettersi</translation>
    </message>
    <message>
        <source>Geometry</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>Geometria</translation>
    </message>
    <message>
        <source>CRS</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>SR</translation>
    </message>
    <message>
        <source>Licence</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>Licenza</translation>
    </message>
    <message>
        <source>Loading {layer}…</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>Caricamento di {layer}…</translation>
    </message>
    <message>
        <source>&amp;Connect…</source>
        <extracomment>faces/browser.py</extracomment>
        <translation>&amp;Connetti…</translation>
    </message>
    <message>
        <source>Look what an address, a file or a folder holds, and add layers of it</source>
        <extracomment>faces/connect.py</extracomment>
        <translation>Vedere che cosa contiene un indirizzo, un file o una cartella, e aggiungerne dei layer</translation>
    </message>
    <message>
        <source>Refresh from its source</source>
        <extracomment>faces/connect.py</extracomment>
        <translation>Aggiorna dalla fonte</translation>
    </message>
    <message>
        <source>{layer} is loaded, features: {count}</source>
        <extracomment>faces/connect.py</extracomment>
        <translation>{layer} è caricato, elementi: {count}</translation>
    </message>
    <message>
        <source>Look at {source}</source>
        <extracomment>faces/connect.py</extracomment>
        <translation>Esamina {source}</translation>
    </message>
    <message>
        <source>Connection “{name}” is saved.</source>
        <extracomment>faces/connect.py</extracomment>
        <translation>La connessione “{name}” è salvata.</translation>
    </message>
    <message>
        <source>Load {layer}</source>
        <extracomment>sourcelayers.py</extracomment>
        <translation>Carica {layer}</translation>
    </message>
    <message>
        <source>QGIS can&apos;t open {path}</source>
        <extracomment>sourcelayers.py</extracomment>
        <translation>QGIS non può aprire {path}</translation>
    </message>
    <message>
        <source>Sa&amp;ved</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>Sal&amp;vate</translation>
    </message>
    <message>
        <source>Saved connections</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>Connessioni salvate</translation>
    </message>
    <message>
        <source>&amp;Forget</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>&amp;Dimentica</translation>
    </message>
    <message>
        <source>Connection “{name}” is forgotten.</source>
        <extracomment>faces/connect.py</extracomment>
        <translation>La connessione «{name}» è dimenticata.</translation>
    </message>
    <message>
        <source>The feature {feature} is in none of the project&apos;s layers.</source>
        <extracomment>faces/findings.py</extracomment>
        <translation>L’elemento {feature} non è in alcun layer del progetto.</translation>
    </message>
    <message>
        <source>Look for {feature}</source>
        <extracomment>findinglayers.py</extracomment>
        <translation>Cercare {feature}</translation>
    </message>
    <message>
        <source>Catalogue (CSW)</source>
        <extracomment>kinds.py</extracomment>
        <translation>Catalogo (CSW)</translation>
    </message>
    <message>
        <source>Catalogue (OGC API Records)</source>
        <extracomment>kinds.py</extracomment>
        <translation>Catalogo (OGC API Records)</translation>
    </message>
    <message>
        <source>ATOM download service</source>
        <extracomment>kinds.py</extracomment>
        <translation>Servizio di scaricamento ATOM</translation>
    </message>
    <message>
        <source>NGSI-LD broker</source>
        <extracomment>kinds.py</extracomment>
        <translation>Broker NGSI-LD</translation>
    </message>
    <message>
        <source>Linked data event stream</source>
        <extracomment>kinds.py</extracomment>
        <translation>Flusso di eventi di dati collegati</translation>
    </message>
    <message>
        <source>File on a server</source>
        <extracomment>kinds.py</extracomment>
        <translation>File su un server</translation>
    </message>
    <message>
        <source>Commonplace package</source>
        <extracomment>kinds.py</extracomment>
        <translation>Pacchetto Commonplace</translation>
    </message>
    <message>
        <source>Timetable (GTFS)</source>
        <extracomment>kinds.py</extracomment>
        <translation>Orari (GTFS)</translation>
    </message>
    <message>
        <source>{layer} follows its broker; a click on the sign beside it stops that.</source>
        <extracomment>faces/following.py</extracomment>
        <translation>{layer} segue il suo broker; un clic sul segno accanto lo ferma.</translation>
    </message>
    <message>
        <source>Follow this broker</source>
        <extracomment>faces/following.py</extracomment>
        <translation>Segui questo broker</translation>
    </message>
    <message>
        <source>Follows its broker. Click to stop.</source>
        <extracomment>faces/following.py</extracomment>
        <translation>Segue il suo broker. Un clic lo ferma.</translation>
    </message>
    <message>
        <source>{layer} is being edited: save or discard the edits first.</source>
        <extracomment>following.py</extracomment>
        <translation>{layer} è in modifica: salvare o annullare prima le modifiche.</translation>
    </message>
    <message>
        <source>{layer} follows its broker</source>
        <extracomment>following.py</extracomment>
        <translation>{layer} segue il suo broker</translation>
    </message>
    <message>
        <source>what the INSPIRE directive asks for: the whole model, nested as it is</source>
        <extracomment>formats.py</extracomment>
        <translation>ciò che chiede la direttiva INSPIRE: tutto il modello, annidato com’è</translation>
    </message>
    <message>
        <source>for QGIS and other GIS; styles come with it</source>
        <extracomment>formats.py</extracomment>
        <translation>per QGIS e altri GIS; con gli stili</translation>
    </message>
    <message>
        <source>for web maps and scripts, in longitude and latitude</source>
        <extracomment>formats.py</extracomment>
        <translation>per mappe web e script, in longitudine e latitudine</translation>
    </message>
    <message>
        <source>GeoJSON that keeps the target CRS, times and solids</source>
        <extracomment>formats.py</extracomment>
        <translation>GeoJSON che conserva SR di destinazione, tempi e solidi</translation>
    </message>
    <message>
        <source>for data science and large data sets, small and fast</source>
        <extracomment>formats.py</extracomment>
        <translation>per analisi e grandi insiemi di dati, piccolo e veloce</translation>
    </message>
    <message>
        <source>for web maps over large data sets, read by parts</source>
        <extracomment>formats.py</extracomment>
        <translation>per mappe web di grandi insiemi, letti a parti</translation>
    </message>
    <message>
        <source>a table for spreadsheets; geometry as text</source>
        <extracomment>formats.py</extracomment>
        <translation>una tabella per fogli di calcolo; geometria come testo</translation>
    </message>
    <message>
        <source>3D city models: buildings and what is around them</source>
        <extracomment>formats.py</extracomment>
        <translation>modelli 3D di città: edifici e dintorni</translation>
    </message>
    <message>
        <source>the same in lines, for streaming and large cities</source>
        <extracomment>formats.py</extracomment>
        <translation>lo stesso a righe, per flussi e grandi città</translation>
    </message>
    <message>
        <source>entities for context brokers and digital twins</source>
        <extracomment>formats.py</extracomment>
        <translation>entità per context broker e gemelli digitali</translation>
    </message>
    <message>
        <source>The mapping doesn&apos;t read layer {layer}: it is left out.</source>
        <extracomment>staging.py</extracomment>
        <translation>La mappatura non legge il layer {layer}: viene tralasciato.</translation>
    </message>
    <message>
        <source>Writing {layer}</source>
        <extracomment>staging.py</extracomment>
        <translation>Scrittura di {layer}</translation>
    </message>
    <message>
        <source>Missing grid files: {grids}. To reach the better accuracy, download them into a folder of their own, and choose that as “Folder of grids”.</source>
        <extracomment>crsadvice.py</extracomment>
        <translation>File di grigliati mancanti: {grids}. Per l’accuratezza migliore, scaricateli in una cartella a parte e sceglietela come «Cartella dei grigliati».</translation>
    </message>
    <message>
        <source>Worse than the {length} demanded: the export would stop.</source>
        <extracomment>crsadvice.py</extracomment>
        <translation>Peggio dei {length} richiesti: l’esportazione si fermerebbe.</translation>
    </message>
    <message>
        <source>not known</source>
        <extracomment>crsadvice.py</extracomment>
        <translation>non nota</translation>
    </message>
    <message>
        <source>exact</source>
        <extracomment>crsadvice.py</extracomment>
        <translation>esatta</translation>
    </message>
    <message>
        <source>The layer is in this CRS already.</source>
        <extracomment>crsadvice.py</extracomment>
        <translation>Il layer è già in questo SR.</translation>
    </message>
    <message>
        <source>Nobody states an accuracy: compare with known points.</source>
        <extracomment>crsadvice.py</extracomment>
        <translation>Nessuno indica un’accuratezza: confrontate con punti noti.</translation>
    </message>
    <message>
        <source>The datum stays, so nothing is lost.</source>
        <extracomment>crsadvice.py</extracomment>
        <translation>Il datum resta, nulla va perso.</translation>
    </message>
    <message>
        <source>no way found</source>
        <extracomment>crsadvice.py</extracomment>
        <translation>nessuna via trovata</translation>
    </message>
    <message>
        <source>up to {length} off</source>
        <extracomment>crsadvice.py</extracomment>
        <translation>fino a {length} di scarto</translation>
    </message>
    <message>
        <source>It would be better with the grid {grid}.</source>
        <extracomment>crsadvice.py</extracomment>
        <translation>Sarebbe meglio con il grigliato {grid}.</translation>
    </message>
    <message>
        <source>Export a package</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>Esportare un pacchetto</translation>
    </message>
    <message>
        <source>Parts of the form</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>Parti del modulo</translation>
    </message>
    <message>
        <source>Folder for the package</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>Cartella per il pacchetto</translation>
    </message>
    <message>
        <source>Package &amp;folder</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>Cartella del &amp;pacchetto</translation>
    </message>
    <message>
        <source>&amp;Replace it</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>Sostitui&amp;rlo</translation>
    </message>
    <message>
        <source>Progress of the export</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>Avanzamento dell’esportazione</translation>
    </message>
    <message>
        <source>&amp;Export</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>&amp;Esporta</translation>
    </message>
    <message>
        <source>Canc&amp;el</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>A&amp;nnulla</translation>
    </message>
    <message>
        <source>Open repor&amp;t</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>&amp;Apri rapporto</translation>
    </message>
    <message>
        <source>Show fol&amp;der</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>&amp;Vedi la cartella</translation>
    </message>
    <message>
        <source>O&amp;pen in QGIS</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>Apri in &amp;QGIS</translation>
    </message>
    <message>
        <source>&amp;1 Data</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>&amp;1 Dati</translation>
    </message>
    <message>
        <source>&amp;2 Coordinates</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>&amp;2 Coordinate</translation>
    </message>
    <message>
        <source>&amp;3 Formats</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>&amp;3 Formati</translation>
    </message>
    <message>
        <source>&amp;4 About the data</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>&amp;4 Sui dati</translation>
    </message>
    <message>
        <source>as the job says</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>come dice il lavoro</translation>
    </message>
    <message>
        <source>The engine starts.</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>Il motore si avvia.</translation>
    </message>
    <message>
        <source>Still needed: {things}</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>Manca ancora: {things}</translation>
    </message>
    <message>
        <source>Choose a CRS that has an EPSG code.</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>Scegliete un SR con codice EPSG.</translation>
    </message>
    <message>
        <source>The mapping makes: {types}</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>La mappatura produce: {types}</translation>
    </message>
    <message>
        <source>No package was written.</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>Nessun pacchetto è stato scritto.</translation>
    </message>
    <message>
        <source>INSPIRE&apos;s record would lack: {gaps}. The report says so.</source>
        <extracomment>dialogs/export_about.py</extracomment>
        <translation>Alla scheda INSPIRE mancherebbe: {gaps}. Il rapporto lo dice.</translation>
    </message>
    <message>
        <source>* needed      ° asked for by INSPIRE&apos;s metadata</source>
        <extracomment>dialogs/export_about.py</extracomment>
        <translation>* necessario      ° chiesto dai metadati INSPIRE</translation>
    </message>
    <message>
        <source>T&amp;itle *</source>
        <extracomment>dialogs/export_about.py</extracomment>
        <translation>T&amp;itolo *</translation>
    </message>
    <message>
        <source>&amp;Abstract °</source>
        <extracomment>dialogs/export_about.py</extracomment>
        <translation>&amp;Descrizione °</translation>
    </message>
    <message>
        <source>&amp;Keywords</source>
        <extracomment>dialogs/export_about.py</extracomment>
        <translation>Parole c&amp;hiave</translation>
    </message>
    <message>
        <source>several, with commas between them</source>
        <extracomment>dialogs/export_about.py</extracomment>
        <translation>più d’una, separate da virgole</translation>
    </message>
    <message>
        <source>an SPDX identifier, or an address</source>
        <extracomment>dialogs/export_about.py</extracomment>
        <translation>un identificatore SPDX o un indirizzo</translation>
    </message>
    <message>
        <source>Li&amp;cence *</source>
        <extracomment>dialogs/export_about.py</extracomment>
        <translation>&amp;Licenza *</translation>
    </message>
    <message>
        <source>Attri&amp;bution *</source>
        <extracomment>dialogs/export_about.py</extracomment>
        <translation>Attri&amp;buzione *</translation>
    </message>
    <message>
        <source>who is to be named, such as © Town of Lindenau</source>
        <extracomment>dialogs/export_about.py</extracomment>
        <translation>chi va nominato, come © Comune di Lindenau</translation>
    </message>
    <message>
        <source>Or&amp;ganisation °</source>
        <extracomment>dialogs/export_about.py</extracomment>
        <translation>En&amp;te °</translation>
    </message>
    <message>
        <source>E-mai&amp;l °</source>
        <extracomment>dialogs/export_about.py</extracomment>
        <translation>E-&amp;mail °</translation>
    </message>
    <message>
        <source>the organisation&apos;s, no person&apos;s</source>
        <extracomment>dialogs/export_about.py</extracomment>
        <translation>quella dell’ente, di nessuna persona</translation>
    </message>
    <message>
        <source>Lang&amp;uage of these texts</source>
        <extracomment>dialogs/export_about.py</extracomment>
        <translation>Lin&amp;gua di questi testi</translation>
    </message>
    <message>
        <source>Where the data come from and how they were made</source>
        <extracomment>dialogs/export_about.py</extracomment>
        <translation>Da dove vengono i dati e come sono nati</translation>
    </message>
    <message>
        <source>&amp;How the layers are reprojected, with what is on this computer:</source>
        <extracomment>dialogs/export_crs.py</extracomment>
        <translation>&amp;Come i layer sono riproiettati, con ciò che c’è su questo computer:</translation>
    </message>
    <message>
        <source>EPSG:4258 (degrees) and EPSG:3035 (metres) are usual for INSPIRE</source>
        <extracomment>dialogs/export_crs.py</extracomment>
        <translation>EPSG:4258 (gradi) ed EPSG:3035 (metri) sono usuali per INSPIRE</translation>
    </message>
    <message>
        <source>whatever can be reached</source>
        <extracomment>dialogs/export_crs.py</extracomment>
        <translation>quella raggiungibile</translation>
    </message>
    <message>
        <source>The worst error that reprojection may bring; with a worse one nothing is written</source>
        <extracomment>dialogs/export_crs.py</extracomment>
        <translation>Il peggior errore che la riproiezione può portare; oltre, nulla viene scritto</translation>
    </message>
    <message>
        <source>Accuracy demanded</source>
        <extracomment>dialogs/export_crs.py</extracomment>
        <translation>Accuratezza richiesta</translation>
    </message>
    <message>
        <source>A&amp;ccuracy demanded</source>
        <extracomment>dialogs/export_crs.py</extracomment>
        <translation>Acc&amp;uratezza richiesta</translation>
    </message>
    <message>
        <source>Folder of grids</source>
        <extracomment>dialogs/export_crs.py</extracomment>
        <translation>Cartella dei grigliati</translation>
    </message>
    <message>
        <source>none: without grid files</source>
        <extracomment>dialogs/export_crs.py</extracomment>
        <translation>nessuna: senza grigliati</translation>
    </message>
    <message>
        <source>Folder of &amp;grids</source>
        <extracomment>dialogs/export_crs.py</extracomment>
        <translation>Cartella dei &amp;grigliati</translation>
    </message>
    <message>
        <source>Expected accuracy of each layer</source>
        <extracomment>dialogs/export_crs.py</extracomment>
        <translation>Accuratezza attesa di ogni layer</translation>
    </message>
    <message>
        <source>Its CRS</source>
        <extracomment>dialogs/export_crs.py</extracomment>
        <translation>Il suo SR</translation>
    </message>
    <message>
        <source>Expected accuracy</source>
        <extracomment>dialogs/export_crs.py</extracomment>
        <translation>Accuratezza attesa</translation>
    </message>
    <message>
        <source>What to know</source>
        <extracomment>dialogs/export_crs.py</extracomment>
        <translation>Cosa sapere</translation>
    </message>
    <message>
        <source>&amp;Layers of the project, by a mapping</source>
        <extracomment>dialogs/export_data.py</extracomment>
        <translation>&amp;Layer del progetto, con una mappatura</translation>
    </message>
    <message>
        <source>A &amp;job file, which names sources, mappings and texts</source>
        <extracomment>dialogs/export_data.py</extracomment>
        <translation>&amp;Un file di lavoro, che nomina fonti, mappature e testi</translation>
    </message>
    <message>
        <source>Layers are taken as they are in the project: filter, joins, virtual fields and unsaved edits count.</source>
        <extracomment>dialogs/export_data.py</extracomment>
        <translation>I layer sono presi come sono nel progetto: filtro, join, campi virtuali e modifiche non salvate contano.</translation>
    </message>
    <message>
        <source>Layers to export</source>
        <extracomment>dialogs/export_data.py</extracomment>
        <translation>Layer da esportare</translation>
    </message>
    <message>
        <source>What the columns mean; “Harmonise to INSPIRE…” makes one</source>
        <extracomment>dialogs/export_data.py</extracomment>
        <translation>Cosa significano le colonne; «Armonizza a INSPIRE…» ne crea uno</translation>
    </message>
    <message>
        <source>&amp;Mapping file</source>
        <extracomment>dialogs/export_data.py</extracomment>
        <translation>File di &amp;mappatura</translation>
    </message>
    <message>
        <source>J&amp;ob file</source>
        <extracomment>dialogs/export_data.py</extracomment>
        <translation>File di lav&amp;oro</translation>
    </message>
    <message>
        <source>&amp;Other formats than the job names</source>
        <extracomment>dialogs/export_formats.py</extracomment>
        <translation>Formati diversi da quelli del lav&amp;oro</translation>
    </message>
    <message>
        <source>Also as a &amp;zip, to send it</source>
        <extracomment>dialogs/export_formats.py</extracomment>
        <translation>Anche come &amp;zip, da inviare</translation>
    </message>
    <message>
        <source>C&amp;heck the files afterwards, as “Validate…” does; takes longer</source>
        <extracomment>dialogs/export_formats.py</extracomment>
        <translation>&amp;Controllare poi i file, come fa «Valida…»; richiede più tempo</translation>
    </message>
    <message>
        <source>unsaved edits</source>
        <extracomment>dialogs/layerlists.py</extracomment>
        <translation>modifiche non salvate</translation>
    </message>
    <message>
        <source>Why: {reason}</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>Perché: {reason}</translation>
    </message>
    <message>
        <source>Packages and GML</source>
        <extracomment>dialogs/packages.py</extracomment>
        <translation>Pacchetti e GML</translation>
    </message>
    <message>
        <source>Open a package or INSPIRE GML</source>
        <extracomment>dialogs/packages.py</extracomment>
        <translation>Aprire un pacchetto o GML INSPIRE</translation>
    </message>
    <message>
        <source>Package or GML</source>
        <extracomment>dialogs/packages.py</extracomment>
        <translation>Pacchetto o GML</translation>
    </message>
    <message>
        <source>Folder, zip or GML; it may be dropped here</source>
        <extracomment>dialogs/packages.py</extracomment>
        <translation>Cartella, zip o GML; si può trascinare qui</translation>
    </message>
    <message>
        <source>&amp;Package or GML</source>
        <extracomment>dialogs/packages.py</extracomment>
        <translation>&amp;Pacchetto o GML</translation>
    </message>
    <message>
        <source>Format</source>
        <extracomment>dialogs/packages.py</extracomment>
        <translation>Formato</translation>
    </message>
    <message>
        <source>Layers of the package</source>
        <extracomment>dialogs/packages.py</extracomment>
        <translation>Layer del pacchetto</translation>
    </message>
    <message>
        <source>What was found</source>
        <extracomment>dialogs/packages.py</extracomment>
        <translation>Che cosa è stato trovato</translation>
    </message>
    <message>
        <source>Open it &amp;although it is damaged</source>
        <extracomment>dialogs/packages.py</extracomment>
        <translation>Aprire &amp;anche se è danneggiato</translation>
    </message>
    <message>
        <source>Add to the &amp;map</source>
        <extracomment>dialogs/packages.py</extracomment>
        <translation>Aggiungi alla &amp;mappa</translation>
    </message>
    <message>
        <source>&amp;Report</source>
        <extracomment>dialogs/packages.py</extracomment>
        <translation>&amp;Rapporto</translation>
    </message>
    <message>
        <source>How the data were made and checked, in the browser</source>
        <extracomment>dialogs/packages.py</extracomment>
        <translation>Come i dati sono stati prodotti e verificati, nel browser</translation>
    </message>
    <message>
        <source>&amp;GeoPackage to make</source>
        <extracomment>dialogs/packages.py</extracomment>
        <translation>&amp;GeoPackage da creare</translation>
    </message>
    <message>
        <source>&amp;Unpack into</source>
        <extracomment>dialogs/packages.py</extracomment>
        <translation>&amp;Decomprimi in</translation>
    </message>
    <message>
        <source>Folder of a package or of GML</source>
        <extracomment>dialogs/packages.py</extracomment>
        <translation>Cartella di un pacchetto o di GML</translation>
    </message>
    <message>
        <source>Opening {title}…</source>
        <extracomment>dialogs/packages.py</extracomment>
        <translation>Apertura di {title}…</translation>
    </message>
    <message>
        <source>The folder holds other things. Choose a new one: only packages are replaced.</source>
        <extracomment>exporting.py</extracomment>
        <translation>La cartella contiene altro. Sceglietene una nuova: si sostituiscono solo pacchetti.</translation>
    </message>
    <message>
        <source>The package is written. Objects: {written}; rows left out: {rejected}.</source>
        <extracomment>exporting.py</extracomment>
        <translation>Il pacchetto è scritto. Oggetti: {written}; righe scartate: {rejected}.</translation>
    </message>
    <message>
        <source>Checking the files written</source>
        <extracomment>exporting.py</extracomment>
        <translation>Controllo dei file scritti</translation>
    </message>
    <message>
        <source>a target CRS that has an EPSG code</source>
        <extracomment>exporting.py</extracomment>
        <translation>un SR di destinazione con codice EPSG</translation>
    </message>
    <message>
        <source>abstract</source>
        <extracomment>exporting.py</extracomment>
        <translation>descrizione</translation>
    </message>
    <message>
        <source>organisation</source>
        <extracomment>exporting.py</extracomment>
        <translation>ente</translation>
    </message>
    <message>
        <source>e-mail</source>
        <extracomment>exporting.py</extracomment>
        <translation>e-mail</translation>
    </message>
    <message>
        <source>access</source>
        <extracomment>exporting.py</extracomment>
        <translation>accesso</translation>
    </message>
    <message>
        <source>The folder will be made.</source>
        <extracomment>exporting.py</extracomment>
        <translation>La cartella sarà creata.</translation>
    </message>
    <message>
        <source>There is a package already.</source>
        <extracomment>exporting.py</extracomment>
        <translation>C’è già un pacchetto.</translation>
    </message>
    <message>
        <source>a title</source>
        <extracomment>exporting.py</extracomment>
        <translation>un titolo</translation>
    </message>
    <message>
        <source>a licence</source>
        <extracomment>exporting.py</extracomment>
        <translation>una licenza</translation>
    </message>
    <message>
        <source>an attribution</source>
        <extracomment>exporting.py</extracomment>
        <translation>un’attribuzione</translation>
    </message>
    <message>
        <source>a folder of grids that is there</source>
        <extracomment>exporting.py</extracomment>
        <translation>una cartella di grigliati che esista</translation>
    </message>
    <message>
        <source>a folder for the package</source>
        <extracomment>exporting.py</extracomment>
        <translation>una cartella per il pacchetto</translation>
    </message>
    <message>
        <source>layers</source>
        <extracomment>exporting.py</extracomment>
        <translation>layer</translation>
    </message>
    <message>
        <source>a mapping file</source>
        <extracomment>exporting.py</extracomment>
        <translation>un file di mappatura</translation>
    </message>
    <message>
        <source>This is a file. A package is a folder.</source>
        <extracomment>exporting.py</extracomment>
        <translation>Questo è un file. Un pacchetto è una cartella.</translation>
    </message>
    <message>
        <source>Nothing can be written there.</source>
        <extracomment>exporting.py</extracomment>
        <translation>Lì non si può scrivere.</translation>
    </message>
    <message>
        <source>The folder is empty.</source>
        <extracomment>exporting.py</extracomment>
        <translation>La cartella è vuota.</translation>
    </message>
    <message>
        <source>Harmonising and writing, parts done: {done}</source>
        <extracomment>exporting.py</extracomment>
        <translation>Armonizzazione e scrittura, parti fatte: {done}</translation>
    </message>
    <message>
        <source>Reading {layer}</source>
        <extracomment>exporting.py</extracomment>
        <translation>Lettura di {layer}</translation>
    </message>
    <message>
        <source>a format</source>
        <extracomment>exporting.py</extracomment>
        <translation>un formato</translation>
    </message>
    <message>
        <source>a job file</source>
        <extracomment>exporting.py</extracomment>
        <translation>un file di lavoro</translation>
    </message>
    <message>
        <source>another folder for the package</source>
        <extracomment>exporting.py</extracomment>
        <translation>un’altra cartella per il pacchetto</translation>
    </message>
    <message>
        <source>leave to replace the package there</source>
        <extracomment>exporting.py</extracomment>
        <translation>il consenso a sostituire il pacchetto che c’è</translation>
    </message>
    <message>
        <source>E&amp;xport a package…</source>
        <extracomment>faces/export.py</extracomment>
        <translation>E&amp;sportare un pacchetto…</translation>
    </message>
    <message>
        <source>Reproject, harmonise and write layers in all formats, with metadata and a report</source>
        <extracomment>faces/export.py</extracomment>
        <translation>Riproiettare, armonizzare e scrivere layer in tutti i formati, con metadati e rapporto</translation>
    </message>
    <message>
        <source>Export {title}</source>
        <extracomment>faces/export.py</extracomment>
        <translation>Esportare {title}</translation>
    </message>
    <message>
        <source>&amp;Open package…</source>
        <extracomment>faces/packages.py</extracomment>
        <translation>Apri &amp;pacchetto…</translation>
    </message>
    <message>
        <source>Add a package&apos;s layers, or those of INSPIRE GML, with styles and relations</source>
        <extracomment>faces/packages.py</extracomment>
        <translation>Aggiungi i layer di un pacchetto o di GML INSPIRE, con stili e relazioni</translation>
    </message>
    <message>
        <source>{title} is open, layers: {count}</source>
        <extracomment>faces/packages.py</extracomment>
        <translation>{title} è aperto, layer: {count}</translation>
    </message>
    <message>
        <source>These can&apos;t be opened: {layers}</source>
        <extracomment>faces/packages.py</extracomment>
        <translation>Non si possono aprire: {layers}</translation>
    </message>
    <message>
        <source>Open {title}</source>
        <extracomment>packagelayers.py</extracomment>
        <translation>Aprire {title}</translation>
    </message>
    <message>
        <source>Read {path}</source>
        <extracomment>packagelayers.py</extracomment>
        <translation>Leggere {path}</translation>
    </message>
    <message>
        <source>No layer of {title} can be opened.</source>
        <extracomment>packagelayers.py</extracomment>
        <translation>Nessun layer di {title} si può aprire.</translation>
    </message>
    <message>
        <source>{path} can&apos;t be read.</source>
        <extracomment>packageproject.py</extracomment>
        <translation>{path} non si può leggere.</translation>
    </message>
    <message>
        <source>{path} is too large.</source>
        <extracomment>packageproject.py</extracomment>
        <translation>{path} è troppo grande.</translation>
    </message>
    <message>
        <source>It is opened as a GeoPackage, which you keep.</source>
        <extracomment>packages.py</extracomment>
        <translation>Si apre come GeoPackage, che resta a voi.</translation>
    </message>
    <message>
        <source>It is unpacked into a folder, which you keep.</source>
        <extracomment>packages.py</extracomment>
        <translation>Si decomprime in una cartella, che resta a voi.</translation>
    </message>
    <message>
        <source>QGIS can&apos;t open any of its files.</source>
        <extracomment>packages.py</extracomment>
        <translation>QGIS non può aprire nessuno dei suoi file.</translation>
    </message>
    <message>
        <source>The package is whole: every file is there and unchanged.</source>
        <extracomment>packages.py</extracomment>
        <translation>Il pacchetto è integro: ogni file c’è ed è immutato.</translation>
    </message>
    <message>
        <source>GML, files: {count}.</source>
        <extracomment>packages.py</extracomment>
        <translation>GML, file: {count}.</translation>
    </message>
    <message>
        <source>licence {licence}</source>
        <extracomment>packages.py</extracomment>
        <translation>licenza {licence}</translation>
    </message>
    <message>
        <source>state of {date}</source>
        <extracomment>packages.py</extracomment>
        <translation>stato al {date}</translation>
    </message>
    <message>
        <source>The package is damaged, files: {count}. Ask for it again.</source>
        <extracomment>packages.py</extracomment>
        <translation>Il pacchetto è danneggiato, file: {count}. Richiedetelo di nuovo.</translation>
    </message>
    <message>
        <source>With the grid {grid}: {accuracy}.</source>
        <extracomment>crsadvice.py</extracomment>
        <translation>Con il grigliato {grid}: {accuracy}.</translation>
    </message>
    <message>
        <source>The export goes on; QGIS tells when it is done</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>L’esportazione continua; QGIS dirà quando è finita</translation>
    </message>
    <message>
        <source>as the mapping says</source>
        <extracomment>dialogs/export_about.py</extracomment>
        <translation>come dice la mappatura</translation>
    </message>
    <message>
        <source>Findings in the report – errors: {errors}, warnings: {warnings}.</source>
        <extracomment>exporting.py</extracomment>
        <translation>Rilievi nel rapporto – errori: {errors}, avvisi: {warnings}.</translation>
    </message>
    <message>
        <source>Say where to put it.</source>
        <extracomment>packages.py</extracomment>
        <translation>Dite dove metterlo.</translation>
    </message>
    <message>
        <source>{path} is there already: choose another name.</source>
        <extracomment>packages.py</extracomment>
        <translation>{path} esiste già: scegliete un altro nome.</translation>
    </message>
    <message>
        <source>Li&amp;neage</source>
        <extracomment>dialogs/export_about.py</extracomment>
        <translation>Ge&amp;nealogia</translation>
    </message>
    <message>
        <source>There are no li&amp;mits to public access °</source>
        <extracomment>dialogs/export_about.py</extracomment>
        <translation>L’a&amp;ccesso pubblico non è limitato °</translation>
    </message>
    <message>
        <source>&amp;New connection…</source>
        <extracomment>faces/browser.py</extracomment>
        <translation>&amp;Nuova connessione…</translation>
    </message>
    <message>
        <source>No layers</source>
        <extracomment>faces/browser.py</extracomment>
        <translation>Nessun layer</translation>
    </message>
    <message>
        <source>&amp;Refresh</source>
        <extracomment>faces/browser.py</extracomment>
        <translation>&amp;Aggiorna</translation>
    </message>
    <message>
        <source>By the grid {grid}.</source>
        <extracomment>crsadvice.py</extracomment>
        <translation>Con il grigliato {grid}.</translation>
    </message>
    <message>
        <source>Target CR&amp;S</source>
        <extracomment>dialogs/export_crs.py</extracomment>
        <translation>SR di des&amp;tinazione</translation>
    </message>
    <message>
        <source>Its CRS isn&apos;t known: set it in the layer&apos;s properties, under Source.</source>
        <extracomment>crsadvice.py</extracomment>
        <translation>Il suo SR non è noto: impostatelo nelle proprietà del layer, in Sorgente.</translation>
    </message>
</context>
</TS>
