<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="es" sourcelanguage="en">
<context>
    <name>Commonplace</name>
    <message>
        <source>The engine is version {engine} and the plugin {plugin}. Install the engine from the wheel in the plugin&apos;s folder if something doesn&apos;t fit.</source>
        <extracomment>algorithms/base.py</extracomment>
        <translation>El motor es de la versión {engine} y el complemento de la {plugin}. Instale el motor desde el wheel de la carpeta del complemento si algo no encaja.</translation>
    </message>
    <message>
        <source>{count} more kinds of findings are in the report.</source>
        <extracomment>algorithms/base.py</extracomment>
        <translation>Hay {count} clases más de hallazgos en el informe.</translation>
    </message>
    <message>
        <source>Engine {engine}, Python {python}</source>
        <extracomment>algorithms/base.py</extracomment>
        <translation>Motor {engine}, Python {python}</translation>
    </message>
    <message>
        <source>Cancelled. Nothing was written.</source>
        <extracomment>algorithms/base.py</extracomment>
        <translation>Cancelado. No se ha escrito nada.</translation>
    </message>
    <message>
        <source>There is no file {path}</source>
        <extracomment>addresses.py</extracomment>
        <translation>No existe el archivo {path}</translation>
    </message>
    <message>
        <source>Convert INSPIRE data</source>
        <extracomment>algorithms/convert.py</extracomment>
        <translation>Convertir datos INSPIRE</translation>
    </message>
    <message>
        <source>Makes INSPIRE GML usable in QGIS, and any encoding of it any other.</source>
        <extracomment>algorithms/convert.py</extracomment>
        <translation>Hace utilizable en QGIS el GML de INSPIRE y convierte cualquier codificación en cualquier otra.</translation>
    </message>
    <message>
        <source>Reads INSPIRE data (GML of any version, GeoPackage, GeoJSON, JSON-FG, GeoParquet, FlatGeobuf, CSV, or a Commonplace package) and writes it in another encoding. The ending of the output&apos;s name says which.
From GML, a GeoPackage has one table for each feature type, with related tables for what occurs more than once, code lists as value maps, and the reasons why values are missing. What an encoding can&apos;t hold is told.</source>
        <extracomment>algorithms/convert.py</extracomment>
        <translation>Lee datos INSPIRE (GML de cualquier versión, GeoPackage, GeoJSON, JSON-FG, GeoParquet, FlatGeobuf, CSV o un paquete de Commonplace) y los escribe en otra codificación. La extensión del nombre de salida dice en cuál.
A partir de GML, un GeoPackage tiene una tabla por tipo de objeto, con tablas relacionadas para lo que aparece más de una vez, las listas controladas como mapas de valores y las razones por las que faltan valores. Se informa de lo que una codificación no puede contener.</translation>
    </message>
    <message>
        <source>CRS of coordinates that state none</source>
        <extracomment>algorithms/convert.py</extracomment>
        <translation>SRC de las coordenadas que no indican ninguno</translation>
    </message>
    <message>
        <source>File or package to convert</source>
        <extracomment>algorithms/convert.py</extracomment>
        <translation>Archivo o paquete que convertir</translation>
    </message>
    <message>
        <source>Load the layers afterwards</source>
        <extracomment>algorithms/convert.py</extracomment>
        <translation>Cargar después las capas</translation>
    </message>
    <message>
        <source>Converted</source>
        <extracomment>algorithms/convert.py</extracomment>
        <translation>Convertido</translation>
    </message>
    <message>
        <source>Features written</source>
        <extracomment>algorithms/convert.py</extracomment>
        <translation>Objetos escritos</translation>
    </message>
    <message>
        <source>Explain mapping</source>
        <extracomment>algorithms/explain.py</extracomment>
        <translation>Explicar la correspondencia</translation>
    </message>
    <message>
        <source>Shows what a mapping does, property by property, as INSPIRE&apos;s matching table.</source>
        <extracomment>algorithms/explain.py</extracomment>
        <translation>Muestra lo que hace una correspondencia, propiedad por propiedad, como tabla de correspondencias de INSPIRE.</translation>
    </message>
    <message>
        <source>Writes the table that says, for each property, from which column or expression it comes, by which rule, and what stays empty.
Mapping or job file: of a job, all its mappings are explained, with values before and after from its first rows.
Matching table: a page to hand round. As CSV: the same for a spreadsheet.</source>
        <extracomment>algorithms/explain.py</extracomment>
        <translation>Escribe la tabla que dice, para cada propiedad, de qué columna o expresión viene, según qué regla, y qué queda vacío.
Archivo de correspondencia o de trabajo: de un trabajo se explican todas sus correspondencias, con valores de antes y después de sus primeras filas.
Tabla de correspondencias: una página para repartir. En CSV: lo mismo para una hoja de cálculo.</translation>
    </message>
    <message>
        <source>Mapping or job file</source>
        <extracomment>algorithms/explain.py</extracomment>
        <translation>Archivo de correspondencia o de trabajo</translation>
    </message>
    <message>
        <source>Matching table</source>
        <extracomment>algorithms/explain.py</extracomment>
        <translation>Tabla de correspondencias</translation>
    </message>
    <message>
        <source>As CSV</source>
        <extracomment>algorithms/explain.py</extracomment>
        <translation>En CSV</translation>
    </message>
    <message>
        <source>Properties with a rule</source>
        <extracomment>algorithms/explain.py</extracomment>
        <translation>Propiedades con una regla</translation>
    </message>
    <message>
        <source>Properties that stay empty</source>
        <extracomment>algorithms/explain.py</extracomment>
        <translation>Propiedades que quedan vacías</translation>
    </message>
    <message>
        <source>Harmonise and export</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Armonizar y exportar</translation>
    </message>
    <message>
        <source>Turns city layers into one interoperable INSPIRE package.</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Convierte capas municipales en un paquete INSPIRE interoperable.</translation>
    </message>
    <message>
        <source>Reprojects layers, harmonises them to INSPIRE as a mapping document says, checks them, and writes one package: data in the formats you choose, a report, and the documents that made it.
Either choose layers of the project and a mapping file, and say title, licence and attribution. Layers are taken as they are in the project: filter, joins, virtual fields and unsaved edits count. A mapping names the layers it reads by their name in the project, or by their table&apos;s or file&apos;s; with one layer chosen and one read, the name doesn&apos;t matter.
Or choose a job file, which says all that. Only the output folder and “replace” are taken from this form then.
Accuracy is the worst error, in metres, that the reprojection may bring. When no operation is that accurate the run stops and names the missing grids instead of writing coordinates that are off.
Rows with a bad value don&apos;t end the run: they are findings in the report.
The engine runs as a process of its own. If it isn&apos;t set up, the message says how to do that.</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Reproyecta capas, las armoniza con INSPIRE como dice un documento de correspondencia, las comprueba y escribe un paquete: los datos en los formatos elegidos, un informe y los documentos de los que salió.
Elija capas del proyecto y un archivo de correspondencia, e indique título, licencia y atribución. Las capas se toman tal como están en el proyecto: cuentan el filtro, las uniones, los campos virtuales y los cambios sin guardar. Una correspondencia nombra las capas que lee por su nombre en el proyecto, o por el de su tabla o archivo; con una capa elegida y una leída, el nombre no importa.
O elija un archivo de trabajo, que dice todo eso. De este formulario solo se toman entonces la carpeta de salida y «reemplazar».
La exactitud es el mayor error, en metros, que puede traer la reproyección. Si ninguna operación es tan exacta, la ejecución se detiene y nombra las rejillas que faltan en lugar de escribir coordenadas desplazadas.
Las filas con un valor incorrecto no detienen la ejecución: son hallazgos en el informe.
El motor funciona en un proceso propio. Si no está instalado, el mensaje dice cómo hacerlo.</translation>
    </message>
    <message>
        <source>Accuracy the reprojection must reach, in metres</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Exactitud que debe alcanzar la reproyección, en metros</translation>
    </message>
    <message>
        <source>Folder of PROJ grids</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Carpeta de rejillas de PROJ</translation>
    </message>
    <message>
        <source>Replace an existing package</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Reemplazar un paquete existente</translation>
    </message>
    <message>
        <source>Choose either a job file, or layers and a mapping file, not both.</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Elija un archivo de trabajo, o capas y un archivo de correspondencia, no ambas cosas.</translation>
    </message>
    <message>
        <source>Choose layers and a mapping file, or a job file.</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Elija capas y un archivo de correspondencia, o un archivo de trabajo.</translation>
    </message>
    <message>
        <source>Choose the mapping file that says what the layers mean.</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Elija el archivo de correspondencia que dice qué significan las capas.</translation>
    </message>
    <message>
        <source>Choose at least one format.</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Elija al menos un formato.</translation>
    </message>
    <message>
        <source>Layers</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Capas</translation>
    </message>
    <message>
        <source>Only selected features, where a layer has a selection</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Solo los objetos seleccionados, si una capa tiene una selección</translation>
    </message>
    <message>
        <source>Mapping file</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Archivo de correspondencia</translation>
    </message>
    <message>
        <source>Job file, instead of layers and mapping</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Archivo de trabajo, en lugar de capas y correspondencia</translation>
    </message>
    <message>
        <source>Title</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Título</translation>
    </message>
    <message>
        <source>Target CRS</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>SRC de destino</translation>
    </message>
    <message>
        <source>Formats</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Formatos</translation>
    </message>
    <message>
        <source>Load the GeoPackage&apos;s layers afterwards</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Cargar después las capas del GeoPackage</translation>
    </message>
    <message>
        <source>Package folder</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Carpeta del paquete</translation>
    </message>
    <message>
        <source>Report</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Informe</translation>
    </message>
    <message>
        <source>Objects written</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Objetos escritos</translation>
    </message>
    <message>
        <source>Rows rejected</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Filas rechazadas</translation>
    </message>
    <message>
        <source>Findings: errors</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Hallazgos: errores</translation>
    </message>
    <message>
        <source>Findings: warnings</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Hallazgos: advertencias</translation>
    </message>
    <message>
        <source>A package needs a licence and an attribution: state both. They could be found neither here nor in the layers&apos; metadata.</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Un paquete necesita una licencia y una atribución: indique ambas. No se encuentran ni aquí ni en los metadatos de las capas.</translation>
    </message>
    <message>
        <source>Choose a target CRS that has an EPSG code.</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Elija un SRC de destino que tenga código EPSG.</translation>
    </message>
    <message>
        <source>City layers</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Capas municipales</translation>
    </message>
    <message>
        <source>MIM7 report</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>Informe MIM7</translation>
    </message>
    <message>
        <source>Tells how data meet MIM7 (Places) of the Minimal Interoperability Mechanisms.</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>Dice cómo cumplen unos datos el MIM7 (Lugares) de los Minimal Interoperability Mechanisms.</translation>
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
        <translation>Cada requisito de MIM7 se cumple, no se cumple, no es aplicable o no puede comprobarse, con sus pruebas. No es una certificación.
Archivo o paquete: un paquete (su carpeta o su package.json), un GeoPackage, un GML u otro archivo. O bien:
Dirección: de una API OGC, un WFS o un broker NGSI-LD. Se leen los primeros 1000 objetos de cada capa, o todos si lo indica.
Estado anterior: el paquete o archivo de la última vez, para ver si los identificadores persisten.
Columna de identificadores: solo si su nombre no lo dice.
Autenticación: una configuración del gestor de autenticación de QGIS, para la dirección.
Informe: una página para leer. En JSON: lo mismo para programas.</translation>
    </message>
    <message>
        <source>Column of ids</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>Columna de identificadores</translation>
    </message>
    <message>
        <source>Tenant of the broker</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>Inquilino (tenant) del broker</translation>
    </message>
    <message>
        <source>Read all features of a service</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>Leer todos los objetos de un servicio</translation>
    </message>
    <message>
        <source>Folder of the official schemas</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>Carpeta de los esquemas oficiales</translation>
    </message>
    <message>
        <source>File or package</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>Archivo o paquete</translation>
    </message>
    <message>
        <source>Address of a service, instead of a file</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>Dirección de un servicio, en lugar de un archivo</translation>
    </message>
    <message>
        <source>Authentication for the address</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>Autenticación para la dirección</translation>
    </message>
    <message>
        <source>State of before</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>Estado anterior</translation>
    </message>
    <message>
        <source>As JSON</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>En JSON</translation>
    </message>
    <message>
        <source>Requirements that pass</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>Requisitos que se cumplen</translation>
    </message>
    <message>
        <source>Requirements that fail</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>Requisitos que no se cumplen</translation>
    </message>
    <message>
        <source>Requirements that don&apos;t apply</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>Requisitos no aplicables</translation>
    </message>
    <message>
        <source>Requirements that can&apos;t be checked</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>Requisitos que no pueden comprobarse</translation>
    </message>
    <message>
        <source>Choose either a file or package, or an address.</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>Elija un archivo o paquete, o bien una dirección.</translation>
    </message>
    <message>
        <source>An address begins with https:// or http://.</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>Una dirección empieza por https:// o http://.</translation>
    </message>
    <message>
        <source>Only packages and files can be compared with a state of before.</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>Solo pueden compararse paquetes y archivos con un estado anterior.</translation>
    </message>
    <message>
        <source>Export package</source>
        <extracomment>algorithms/package.py</extracomment>
        <translation>Exportar paquete</translation>
    </message>
    <message>
        <source>Runs a job file: sources, mappings, target CRS and formats, to one package.</source>
        <extracomment>algorithms/package.py</extracomment>
        <translation>Ejecuta un archivo de trabajo: fuentes, correspondencias, SRC de destino y formatos, en un paquete.</translation>
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
        <translation>Ejecuta un archivo de trabajo como la línea de órdenes («commonplace run»): lee sus fuentes, reproyecta, armoniza, comprueba y escribe un paquete con un informe.
Archivo de trabajo: nombra fuentes, documentos de correspondencia, SRC de destino y formatos. Las rutas relativas lo son a su carpeta. Las credenciales nunca están en él: nombra una configuración del gestor de autenticación de QGIS.
Formatos: solo si se quieren otros que los del trabajo.
También como zip: escribe el paquete por segunda vez, en un archivo junto a la carpeta.
Continuar una ejecución interrumpida: las partes entonces terminadas no se repiten.
Reemplazar: se reemplaza un paquete existente en la carpeta; nunca otra cosa.
Carpeta del paquete: solo si se quiere otra que la del trabajo.</translation>
    </message>
    <message>
        <source>Job file</source>
        <extracomment>algorithms/package.py</extracomment>
        <translation>Archivo de trabajo</translation>
    </message>
    <message>
        <source>Formats (none chosen: as the job says)</source>
        <extracomment>algorithms/package.py</extracomment>
        <translation>Formatos (ninguno elegido: los del trabajo)</translation>
    </message>
    <message>
        <source>Go on from an interrupted run</source>
        <extracomment>algorithms/package.py</extracomment>
        <translation>Continuar una ejecución interrumpida</translation>
    </message>
    <message>
        <source>Also as a zip</source>
        <extracomment>algorithms/package.py</extracomment>
        <translation>También como zip</translation>
    </message>
    <message>
        <source>Package folder (empty: as the job says)</source>
        <extracomment>algorithms/package.py</extracomment>
        <translation>Carpeta del paquete (vacío: la del trabajo)</translation>
    </message>
    <message>
        <source>Publish to NGSI-LD</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>Publicar en NGSI-LD</translation>
    </message>
    <message>
        <source>Sends a package&apos;s entities to an NGSI-LD broker; running it again does no harm.</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>Envía las entidades de un paquete a un broker NGSI-LD; repetirlo no hace daño.</translation>
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
        <translation>Envía las entidades NGSI-LD de un paquete a un broker de contexto. Las entidades existentes se actualizan; los atributos escritos por otros permanecen. Repetirlo no hace daño.
Paquete o archivo: un paquete con el formato NGSI-LD (su carpeta o su package.json), o un archivo de entidades.
Broker: su dirección, como https://broker.example.org. Las contraseñas y claves nunca están en ella:
Autenticación: una configuración del gestor de autenticación de QGIS.
Ensayo: no se envía nada; se dice lo que se enviaría.
Textos con caracteres prohibidos: NGSI-LD prohíbe &lt; &gt; &quot; &apos; = ; ( ) en los textos. Se convierten en JsonProperties, se codifican con porcentaje, o se conservan para brokers a los que no les importa.
Omitir las alturas: para brokers a cuyas consultas espaciales les molestan.
Eliminar los atributos desaparecidos: de nuestros propios atributos, los que una entidad ya no tiene.
Eliminar las entidades desaparecidas: aquellas cuyos objetos el paquete ya no tiene. No puede deshacerse; haga antes un ensayo.</translation>
    </message>
    <message>
        <source>A password or key in the address would be seen by others. Put it into a configuration of QGIS&apos;s authentication manager and choose that.</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>Una contraseña o clave en la dirección sería visible para otros. Póngala en una configuración del gestor de autenticación de QGIS y elija esa.</translation>
    </message>
    <message>
        <source>Texts with forbidden characters</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>Textos con caracteres prohibidos</translation>
    </message>
    <message>
        <source>Leave heights out</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>Omitir las alturas</translation>
    </message>
    <message>
        <source>Create the tenant if there is none</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>Crear el inquilino (tenant) si no existe</translation>
    </message>
    <message>
        <source>Delete attributes that are gone</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>Eliminar los atributos desaparecidos</translation>
    </message>
    <message>
        <source>Delete entities that are gone</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>Eliminar las entidades desaparecidas</translation>
    </message>
    <message>
        <source>Package or file</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>Paquete o archivo</translation>
    </message>
    <message>
        <source>Address of the broker</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>Dirección del broker</translation>
    </message>
    <message>
        <source>Authentication</source>
        <extracomment>algorithms/connect.py</extracomment>
        <translation>Autenticación</translation>
    </message>
    <message>
        <source>Rehearse: send nothing</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>Ensayo: no enviar nada</translation>
    </message>
    <message>
        <source>Entities</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>Entidades</translation>
    </message>
    <message>
        <source>Entities created</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>Entidades creadas</translation>
    </message>
    <message>
        <source>Entities updated</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>Entidades actualizadas</translation>
    </message>
    <message>
        <source>Entities that failed</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>Entidades fallidas</translation>
    </message>
    <message>
        <source>Entities that are gone</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>Entidades desaparecidas</translation>
    </message>
    <message>
        <source>Entities deleted</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>Entidades eliminadas</translation>
    </message>
    <message>
        <source>The broker took none of the entities.</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>El broker no ha aceptado ninguna de las entidades.</translation>
    </message>
    <message>
        <source>become JsonProperties</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>se convierten en JsonProperties</translation>
    </message>
    <message>
        <source>are percent-encoded</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>se codifican con porcentaje</translation>
    </message>
    <message>
        <source>are kept</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>se conservan</translation>
    </message>
    <message>
        <source>Suggest mapping</source>
        <extracomment>algorithms/suggest.py</extracomment>
        <translation>Sugerir correspondencia</translation>
    </message>
    <message>
        <source>Writes a mapping document to start from: feature type, properties and codes.</source>
        <extracomment>algorithms/suggest.py</extracomment>
        <translation>Escribe un documento de correspondencia para empezar: tipo de objeto, propiedades y códigos.</translation>
    </message>
    <message>
        <source>Looks at names, values and geometries of a layer and writes a mapping document: which INSPIRE feature type or Smart Data Model it could be, which column is which property, which value is which code. Each line says how sure it is, and why. What a person has to look at is marked “todo”.
Nothing is sent anywhere, and nothing is random: the same layer gives the same document. Values of columns that look personal are shown nowhere.
Layer: any vector layer or table; its first 5,000 features are looked at, as filter, selection, joins and virtual fields leave them.
Feature type: only where you know it, as SCHEMA:TYPE, such as bu-core2d:Building or sdm/Streetlight:Streetlight. Without it the likeliest is taken, and up to three others are named.
Mapping document: the file to write. Use it in “Harmonise and export”.</source>
        <extracomment>algorithms/suggest.py</extracomment>
        <translation>Examina los nombres, valores y geometrías de una capa y escribe un documento de correspondencia: qué tipo de objeto de INSPIRE o Smart Data Model podría ser, qué columna es qué propiedad, qué valor es qué código. Cada línea dice lo segura que es, y por qué. Lo que una persona debe mirar está marcado con «todo».
No se envía nada a ninguna parte y nada es aleatorio: la misma capa da el mismo documento. Los valores de columnas que parecen personales no se muestran en ningún sitio.
Capa: cualquier capa vectorial o tabla; se examinan sus primeros 5000 objetos, tal como los dejan el filtro, la selección, las uniones y los campos virtuales.
Tipo de objeto: solo si lo conoce, como ESQUEMA:TIPO, por ejemplo bu-core2d:Building o sdm/Streetlight:Streetlight. Si no, se toma el más probable y se nombran hasta otros tres.
Documento de correspondencia: el archivo que se escribe. Úselo en «Armonizar y exportar».</translation>
    </message>
    <message>
        <source>Column {column} looks personal: {why}</source>
        <extracomment>algorithms/suggest.py</extracomment>
        <translation>La columna {column} parece personal: {why}</translation>
    </message>
    <message>
        <source>Nothing is known of these columns: {columns}</source>
        <extracomment>algorithms/suggest.py</extracomment>
        <translation>No se sabe nada de estas columnas: {columns}</translation>
    </message>
    <message>
        <source>“{stated}” has no schema: write it as bu-core2d:Building.</source>
        <extracomment>algorithms/suggest.py</extracomment>
        <translation>«{stated}» no tiene esquema: escríbalo como bu-core2d:Building.</translation>
    </message>
    <message>
        <source>Layer</source>
        <extracomment>algorithms/connect.py</extracomment>
        <translation>Capa</translation>
    </message>
    <message>
        <source>Feature type, where it is known</source>
        <extracomment>algorithms/suggest.py</extracomment>
        <translation>Tipo de objeto, si se conoce</translation>
    </message>
    <message>
        <source>Mapping document</source>
        <extracomment>algorithms/suggest.py</extracomment>
        <translation>Documento de correspondencia</translation>
    </message>
    <message>
        <source>Feature type suggested</source>
        <extracomment>algorithms/suggest.py</extracomment>
        <translation>Tipo de objeto sugerido</translation>
    </message>
    <message>
        <source>How sure it is, from 0 to 1</source>
        <extracomment>algorithms/suggest.py</extracomment>
        <translation>Lo seguro que es, de 0 a 1</translation>
    </message>
    <message>
        <source>Problems that are left to you</source>
        <extracomment>algorithms/suggest.py</extracomment>
        <translation>Problemas que quedan para usted</translation>
    </message>
    <message>
        <source>Validate INSPIRE data</source>
        <extracomment>algorithms/validate.py</extracomment>
        <translation>Validar datos INSPIRE</translation>
    </message>
    <message>
        <source>Checks GML, GeoPackage, GeoJSON and packages, offline and at any size.</source>
        <extracomment>algorithms/validate.py</extracomment>
        <translation>Comprueba GML, GeoPackage, GeoJSON y paquetes, sin conexión y de cualquier tamaño.</translation>
    </message>
    <message>
        <source>Checks a file, a folder or a zip of INSPIRE data: structure, multiplicities, code lists, identifiers, coordinate reference systems, geometries, references and the rules of the themes; against the official XML schemas too, where their folder is given. Nothing is sent anywhere and nothing is fetched.
Findings that have a place become points: rule, severity, feature, what is wrong and how to mend it. The report lists them all, with the clause each rule comes from.</source>
        <extracomment>algorithms/validate.py</extracomment>
        <translation>Comprueba un archivo, una carpeta o un zip de datos INSPIRE: estructura, multiplicidades, listas controladas, identificadores, sistemas de referencia de coordenadas, geometrías, referencias y las reglas de los temas; también según los esquemas XML oficiales, si se da su carpeta. No se envía nada a ninguna parte ni se descarga nada.
Los hallazgos que tienen un lugar se convierten en puntos: regla, gravedad, objeto, qué está mal y cómo remediarlo. El informe los enumera todos, con la cláusula de la que viene cada regla.</translation>
    </message>
    <message>
        <source>File, folder or zip to check</source>
        <extracomment>algorithms/validate.py</extracomment>
        <translation>Archivo, carpeta o zip que comprobar</translation>
    </message>
    <message>
        <source>Findings</source>
        <extracomment>algorithms/validate.py</extracomment>
        <translation>Hallazgos</translation>
    </message>
    <message>
        <source>Features checked</source>
        <extracomment>algorithms/validate.py</extracomment>
        <translation>Objetos comprobados</translation>
    </message>
    <message>
        <source>Validity against the official schemas was not checked.</source>
        <extracomment>algorithms/validate.py</extracomment>
        <translation>No se ha comprobado la validez según los esquemas oficiales.</translation>
    </message>
    <message>
        <source>not checked against the official schemas</source>
        <extracomment>dialogs/findings.py</extracomment>
        <translation>no comprobado según los esquemas oficiales</translation>
    </message>
    <message>
        <source>Nothing has been validated yet.</source>
        <extracomment>dialogs/findings.py</extracomment>
        <translation>Aún no se ha validado nada.</translation>
    </message>
    <message>
        <source>Progress of the validation</source>
        <extracomment>dialogs/findings.py</extracomment>
        <translation>Progreso de la validación</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <extracomment>dialogs/findings.py</extracomment>
        <translation>&amp;Cancelar</translation>
    </message>
    <message>
        <source>Search in findings</source>
        <extracomment>dialogs/findings.py</extracomment>
        <translation>Buscar en los hallazgos</translation>
    </message>
    <message>
        <source>&amp;Validate…</source>
        <extracomment>dialogs/findings.py</extracomment>
        <translation>&amp;Validar…</translation>
    </message>
    <message>
        <source>Check files or layers of the project</source>
        <extracomment>dialogs/findings.py</extracomment>
        <translation>Comprobar archivos o capas del proyecto</translation>
    </message>
    <message>
        <source>Rules that were broken</source>
        <extracomment>dialogs/findings.py</extracomment>
        <translation>Reglas incumplidas</translation>
    </message>
    <message>
        <source>Explanation of the finding</source>
        <extracomment>dialogs/findings.py</extracomment>
        <translation>Explicación del hallazgo</translation>
    </message>
    <message>
        <source>&amp;Zoom to the place</source>
        <extracomment>dialogs/findings.py</extracomment>
        <translation>&amp;Zum al lugar</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <extracomment>dialogs/findings.py</extracomment>
        <translation>C&amp;opiar</translation>
    </message>
    <message>
        <source>&amp;Only this rule</source>
        <extracomment>dialogs/findings.py</extracomment>
        <translation>Solo esta &amp;regla</translation>
    </message>
    <message>
        <source>Show findings of this severity</source>
        <extracomment>dialogs/findings.py</extracomment>
        <translation>Mostrar los hallazgos de esta gravedad</translation>
    </message>
    <message>
        <source>All rules ({count})</source>
        <extracomment>dialogs/findings.py</extracomment>
        <translation>Todas las reglas ({count})</translation>
    </message>
    <message>
        <source>new mapping</source>
        <extracomment>dialogs/harmonise.py</extracomment>
        <translation>correspondencia nueva</translation>
    </message>
    <message>
        <source>Read as a QGIS expression, and written as {text}</source>
        <extracomment>dialogs/harmonise.py</extracomment>
        <translation>Leído como expresión de QGIS y escrito {text}</translation>
    </message>
    <message>
        <source>Save the mapping document</source>
        <extracomment>dialogs/harmonise.py</extracomment>
        <translation>Guardar el documento de correspondencia</translation>
    </message>
    <message>
        <source>Harmonise to INSPIRE</source>
        <extracomment>dialogs/harmonise.py</extracomment>
        <translation>Armonizar con INSPIRE</translation>
    </message>
    <message>
        <source>The mapping has changes that aren&apos;t saved. Discard them?</source>
        <extracomment>dialogs/harmonise.py</extracomment>
        <translation>La correspondencia tiene cambios sin guardar. ¿Descartarlos?</translation>
    </message>
    <message>
        <source>{path} has a value already. Remove it first (Del): only one can be given.</source>
        <extracomment>dialogs/harmonise.py</extracomment>
        <translation>{path} ya tiene un valor. Quítelo antes (Supr): solo puede indicarse uno.</translation>
    </message>
    <message>
        <source>Open a mapping document</source>
        <extracomment>dialogs/harmonise.py</extracomment>
        <translation>Abrir un documento de correspondencia</translation>
    </message>
    <message>
        <source>Leave out {columns}</source>
        <extracomment>dialogs/harmonise.py</extracomment>
        <translation>Omitir {columns}</translation>
    </message>
    <message>
        <source>For layer {layer}…</source>
        <extracomment>dialogs/harmonise.py</extracomment>
        <translation>Para la capa {layer}…</translation>
    </message>
    <message>
        <source>Remove {type}</source>
        <extracomment>dialogs/harmonise.py</extracomment>
        <translation>Quitar {type}</translation>
    </message>
    <message>
        <source>from {layers}</source>
        <extracomment>dialogs/harmonise.py</extracomment>
        <translation>de {layers}</translation>
    </message>
    <message>
        <source>Harmonise to INSPIRE: {name}</source>
        <extracomment>dialogs/harmonise.py</extracomment>
        <translation>Armonizar con INSPIRE: {name}</translation>
    </message>
    <message>
        <source>{name} is {text}</source>
        <extracomment>dialogs/harmonise.py</extracomment>
        <translation>{name} es {text}</translation>
    </message>
    <message>
        <source>{distinct} different values in {rows} features; {empty} have none. Code list {name}, {count} codes.</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>{distinct} valores distintos en {rows} objetos; {empty} no tienen ninguno. Lista controlada {name}, {count} códigos.</translation>
    </message>
    <message>
        <source>{count} features have a value without a code.</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>{count} objetos tienen un valor sin código.</translation>
    </message>
    <message>
        <source>Values and their codes</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>Valores y sus códigos</translation>
    </message>
    <message>
        <source>What happens to other values</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>Qué ocurre con otros valores</translation>
    </message>
    <message>
        <source>&amp;Take all suggestions</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>Tomar todas las &amp;sugerencias</translation>
    </message>
    <message>
        <source>&amp;No codes</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>Si&amp;n códigos</translation>
    </message>
    <message>
        <source>Remove all translations: the values are the codes themselves</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>Quitar todas las traducciones: los valores son ellos mismos los códigos</translation>
    </message>
    <message>
        <source>&amp;Other values:</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>&amp;Otros valores:</translation>
    </message>
    <message>
        <source>Code</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>Código</translation>
    </message>
    <message>
        <source>Value in the layer</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>Valor en la capa</translation>
    </message>
    <message>
        <source>Features</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>Objetos</translation>
    </message>
    <message>
        <source>Why</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>Por qué</translation>
    </message>
    <message>
        <source>a finding on the row</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>un hallazgo en la fila</translation>
    </message>
    <message>
        <source>no value</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>sin valor</translation>
    </message>
    <message>
        <source>kept as they are</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>se dejan como están</translation>
    </message>
    <message>
        <source>the code of the longest beginning that has one</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>el código del comienzo más largo que tenga uno</translation>
    </message>
    <message>
        <source>Other codes aren&apos;t allowed.</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>No se admiten otros códigos.</translation>
    </message>
    <message>
        <source>The code list has no such code.</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>La lista controlada no tiene ese código.</translation>
    </message>
    <message>
        <source>Every value has a code.</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>Cada valor tiene un código.</translation>
    </message>
    <message>
        <source>Codes of {property}</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>Códigos de {property}</translation>
    </message>
    <message>
        <source>not in the layer</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>no está en la capa</translation>
    </message>
    <message>
        <source>Reading the layers…</source>
        <extracomment>dialogs/harmonise_editor.py</extracomment>
        <translation>Leyendo las capas…</translation>
    </message>
    <message>
        <source>Counting values…</source>
        <extracomment>dialogs/harmonise_editor.py</extracomment>
        <translation>Contando valores…</translation>
    </message>
    <message>
        <source>Preview…</source>
        <extracomment>dialogs/harmonise_editor.py</extracomment>
        <translation>Vista previa…</translation>
    </message>
    <message>
        <source>The layers are no longer in the project.</source>
        <extracomment>dialogs/harmonise_editor.py</extracomment>
        <translation>Las capas ya no están en el proyecto.</translation>
    </message>
    <message>
        <source>Layer {layer} looks like {type} of schema {schema}. A document has one schema: make another one for it, or add it as something else.</source>
        <extracomment>dialogs/harmonise_editor.py</extracomment>
        <translation>La capa {layer} parece {type} del esquema {schema}. Un documento tiene un solo esquema: haga otro para ella, o añádala como otra cosa.</translation>
    </message>
    <message>
        <source>Looking at {layer}…</source>
        <extracomment>dialogs/harmonise_editor.py</extracomment>
        <translation>Examinando {layer}…</translation>
    </message>
    <message>
        <source>Reading {file}…</source>
        <extracomment>dialogs/harmonise_editor.py</extracomment>
        <translation>Leyendo {file}…</translation>
    </message>
    <message>
        <source>{property} is {value}</source>
        <extracomment>dialogs/harmonise_editor.py</extracomment>
        <translation>{property} es {value}</translation>
    </message>
    <message>
        <source>Remove {property}</source>
        <extracomment>dialogs/harmonise_editor.py</extracomment>
        <translation>Quitar {property}</translation>
    </message>
    <message>
        <source>Agree to {property}</source>
        <extracomment>dialogs/harmonise_editor.py</extracomment>
        <translation>Aprobar {property}</translation>
    </message>
    <message>
        <source>Target type {type}</source>
        <extracomment>dialogs/harmonise_editor.py</extracomment>
        <translation>Tipo de destino {type}</translation>
    </message>
    <message>
        <source>Add {type}</source>
        <extracomment>dialogs/harmonise_editor.py</extracomment>
        <translation>Añadir {type}</translation>
    </message>
    <message>
        <source>Take in {layer}</source>
        <extracomment>dialogs/harmonise_editor.py</extracomment>
        <translation>Incluir {layer}</translation>
    </message>
    <message>
        <source>Open…</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Abrir…</translation>
    </message>
    <message>
        <source>Save</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Guardar</translation>
    </message>
    <message>
        <source>Save as…</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Guardar como…</translation>
    </message>
    <message>
        <source>Codes…</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Códigos…</translation>
    </message>
    <message>
        <source>Agree</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Aprobar</translation>
    </message>
    <message>
        <source>Leave out unread columns</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Omitir las no leídas</translation>
    </message>
    <message>
        <source>Read layers again</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Releer</translation>
    </message>
    <message>
        <source>Export…</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Exportar…</translation>
    </message>
    <message>
        <source>Target type…</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Tipo de destino…</translation>
    </message>
    <message>
        <source>Add…</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Añadir…</translation>
    </message>
    <message>
        <source>Remove</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Quitar</translation>
    </message>
    <message>
        <source>Find</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Buscar</translation>
    </message>
    <message>
        <source>Undo</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Deshacer</translation>
    </message>
    <message>
        <source>Redo</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Rehacer</translation>
    </message>
    <message>
        <source>About the property</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Sobre la propiedad</translation>
    </message>
    <message>
        <source>Object types of the document</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Tipos de objeto del documento</translation>
    </message>
    <message>
        <source>O&amp;bject:</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>O&amp;bjeto:</translation>
    </message>
    <message>
        <source>&amp;Namespace:</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Espacio de &amp;nombres:</translation>
    </message>
    <message>
        <source>Lan&amp;guage:</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>&amp;Idioma:</translation>
    </message>
    <message>
        <source>&amp;Lineage:</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>&amp;Linaje:</translation>
    </message>
    <message>
        <source>The namespace of your identifiers, such as DE.MYTOWN.BU</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>El espacio de nombres de sus identificadores, como ES.MICIUDAD.BU</translation>
    </message>
    <message>
        <source>The language of names, three letters: deu, fra, ita …</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>El idioma de los nombres, tres letras: deu, fra, ita …</translation>
    </message>
    <message>
        <source>How the data came about; goes into the metadata</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Cómo se produjeron los datos; va a los metadatos</translation>
    </message>
    <message>
        <source>Find a property or column (Ctrl+F)</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Buscar una propiedad o columna (Ctrl+F)</translation>
    </message>
    <message>
        <source>Find a property or column</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Buscar una propiedad o columna</translation>
    </message>
    <message>
        <source>&amp;All properties</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>&amp;Todas las propiedades</translation>
    </message>
    <message>
        <source>Also those that the schema doesn&apos;t ask for</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>También las que el esquema no pide</translation>
    </message>
    <message>
        <source>Layers that are read</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Capas que se leen</translation>
    </message>
    <message>
        <source>Properties and what fills them</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Propiedades y lo que las llena</translation>
    </message>
    <message>
        <source>Remove the value</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Quitar el valor</translation>
    </message>
    <message>
        <source>&amp;Layers to harmonise. They are taken as they are in the project: filter, joins, virtual fields and unsaved edits count.</source>
        <extracomment>dialogs/harmonise_layers.py</extracomment>
        <translation>&amp;Capas que armonizar. Se toman tal como están en el proyecto: cuentan el filtro, las uniones, los campos virtuales y los cambios sin guardar.</translation>
    </message>
    <message>
        <source>Layers of the project</source>
        <extracomment>dialogs/harmonise_layers.py</extracomment>
        <translation>Capas del proyecto</translation>
    </message>
    <message>
        <source>Only &amp;selected features, where a layer has a selection</source>
        <extracomment>dialogs/export_data.py</extracomment>
        <translation>Solo los objetos &amp;seleccionados, si una capa tiene una selección</translation>
    </message>
    <message>
        <source>filtered</source>
        <extracomment>dialogs/layerlists.py</extracomment>
        <translation>filtrada</translation>
    </message>
    <message>
        <source>{count} selected</source>
        <extracomment>dialogs/layerlists.py</extracomment>
        <translation>{count} seleccionados</translation>
    </message>
    <message>
        <source>Attribute</source>
        <extracomment>dialogs/harmonise_preview.py</extracomment>
        <translation>Atributo</translation>
    </message>
    <message>
        <source>Value</source>
        <extracomment>dialogs/harmonise_preview.py</extracomment>
        <translation>Valor</translation>
    </message>
    <message>
        <source>The feature&apos;s attributes</source>
        <extracomment>dialogs/harmonise_preview.py</extracomment>
        <translation>Los atributos del objeto</translation>
    </message>
    <message>
        <source>Property</source>
        <extracomment>dialogs/harmonise_preview.py</extracomment>
        <translation>Propiedad</translation>
    </message>
    <message>
        <source>The INSPIRE object</source>
        <extracomment>dialogs/harmonise_preview.py</extracomment>
        <translation>El objeto INSPIRE</translation>
    </message>
    <message>
        <source>Problems and findings</source>
        <extracomment>dialogs/harmonise_preview.py</extracomment>
        <translation>Problemas y hallazgos</translation>
    </message>
    <message>
        <source>State of the preview</source>
        <extracomment>dialogs/harmonise_preview.py</extracomment>
        <translation>Estado de la vista previa</translation>
    </message>
    <message>
        <source>Feature before (Alt+Left)</source>
        <extracomment>dialogs/harmonise_preview.py</extracomment>
        <translation>Objeto anterior (Alt+Izquierda)</translation>
    </message>
    <message>
        <source>Next feature (Alt+Right)</source>
        <extracomment>dialogs/harmonise_preview.py</extracomment>
        <translation>Objeto siguiente (Alt+Derecha)</translation>
    </message>
    <message>
        <source>Which feature is shown</source>
        <extracomment>dialogs/harmonise_preview.py</extracomment>
        <translation>Qué objeto se muestra</translation>
    </message>
    <message>
        <source>{layer}: feature {number} of {count}</source>
        <extracomment>dialogs/harmonise_preview.py</extracomment>
        <translation>{layer}: objeto {number} de {count}</translation>
    </message>
    <message>
        <source>No preview while something is wrong: see the problems above.</source>
        <extracomment>dialogs/harmonise_preview.py</extracomment>
        <translation>No hay vista previa mientras algo esté mal: vea los problemas de arriba.</translation>
    </message>
    <message>
        <source>No feature</source>
        <extracomment>dialogs/harmonise_preview.py</extracomment>
        <translation>Ningún objeto</translation>
    </message>
    <message>
        <source>Reading layers for harmonisation</source>
        <extracomment>dialogs/harmonise_staging.py</extracomment>
        <translation>Leyendo capas para armonizarlas</translation>
    </message>
    <message>
        <source>Reading the layers was cancelled.</source>
        <extracomment>dialogs/harmonise_staging.py</extracomment>
        <translation>Se canceló la lectura de las capas.</translation>
    </message>
    <message>
        <source>Identifier (id)</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>Identificador (id)</translation>
    </message>
    <message>
        <source>One object for each (key)</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>Un objeto por cada (key)</translation>
    </message>
    <message>
        <source>Only rows where (where)</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>Solo filas donde (where)</translation>
    </message>
    <message>
        <source>needed</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>necesario</translation>
    </message>
    <message>
        <source>translate…</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>traducir…</translation>
    </message>
    <message>
        <source>mandatory</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>obligatoria</translation>
    </message>
    <message>
        <source>voidable</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>voidable</translation>
    </message>
    <message>
        <source>optional</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>opcional</translation>
    </message>
    <message>
        <source>May have several values.</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>Puede tener varios valores.</translation>
    </message>
    <message>
        <source>Inherited from the document that this one extends.</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>Heredado del documento que este amplía.</translation>
    </message>
    <message>
        <source>Kept as it is written; it can be changed in a text editor only.</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>Se deja como está escrito; solo puede cambiarse en un editor de texto.</translation>
    </message>
    <message>
        <source>Column, expression or value</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>Columna, expresión o valor</translation>
    </message>
    <message>
        <source>Need</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>Exigencia</translation>
    </message>
    <message>
        <source>Codes</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>Códigos</translation>
    </message>
    <message>
        <source>Sure</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>Seguridad</translation>
    </message>
    <message>
        <source>{path}: {need}, holds {holds}</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>{path}: {need}, contiene {holds}</translation>
    </message>
    <message>
        <source>{count} translated</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>{count} traducidos</translation>
    </message>
    <message>
        <source>A column of the layer</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>Una columna de la capa</translation>
    </message>
    <message>
        <source>nothing</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>nada</translation>
    </message>
    <message>
        <source>Unit: {unit}</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>Unidad: {unit}</translation>
    </message>
    <message>
        <source>A reference to another object</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>Una referencia a otro objeto</translation>
    </message>
    <message>
        <source>No value, and why</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>Sin valor, y por qué</translation>
    </message>
    <message>
        <source>Choose the target type</source>
        <extracomment>dialogs/harmonise_types.py</extracomment>
        <translation>Elegir el tipo de destino</translation>
    </message>
    <message>
        <source>&amp;What do the objects of the layer stand for?</source>
        <extracomment>dialogs/harmonise_types.py</extracomment>
        <translation>¿&amp;Qué representan los objetos de la capa?</translation>
    </message>
    <message>
        <source>building, Gebäude, bâtiment, gebouw, edificio …</source>
        <extracomment>dialogs/harmonise_types.py</extracomment>
        <translation>edificio, building, Gebäude, bâtiment, gebouw …</translation>
    </message>
    <message>
        <source>Words to search target types by</source>
        <extracomment>dialogs/harmonise_types.py</extracomment>
        <translation>Palabras para buscar tipos de destino</translation>
    </message>
    <message>
        <source>Target types found</source>
        <extracomment>dialogs/harmonise_types.py</extracomment>
        <translation>Tipos de destino encontrados</translation>
    </message>
    <message>
        <source>Definition of the type</source>
        <extracomment>dialogs/harmonise_types.py</extracomment>
        <translation>Definición del tipo</translation>
    </message>
    <message>
        <source>Searching…</source>
        <extracomment>dialogs/harmonise_types.py</extracomment>
        <translation>Buscando…</translation>
    </message>
    <message>
        <source>Name</source>
        <extracomment>dialogs/harmonise_types.py</extracomment>
        <translation>Nombre</translation>
    </message>
    <message>
        <source>Called</source>
        <extracomment>dialogs/harmonise_types.py</extracomment>
        <translation>Llamado</translation>
    </message>
    <message>
        <source>Schema</source>
        <extracomment>dialogs/harmonise_types.py</extracomment>
        <translation>Esquema</translation>
    </message>
    <message>
        <source>Definition</source>
        <extracomment>dialogs/harmonise_types.py</extracomment>
        <translation>Definición</translation>
    </message>
    <message>
        <source>No target type is called like that.</source>
        <extracomment>dialogs/harmonise_types.py</extracomment>
        <translation>Ningún tipo de destino se llama así.</translation>
    </message>
    <message>
        <source>{name} reads the clock; a mapping gives the same result on any day. State the date, or put it into a column.</source>
        <extracomment>dialogs/harmonise_words.py</extracomment>
        <translation>{name} lee el reloj; una correspondencia da el mismo resultado cualquier día. Indique la fecha, o póngala en una columna.</translation>
    </message>
    <message>
        <source>{name} gives another value each time. For an identifier that stays, use a column, key, =fingerprint(geometry) or =uuid5(…).</source>
        <extracomment>dialogs/harmonise_words.py</extracomment>
        <translation>{name} da cada vez otro valor. Para un identificador que permanezca, use una columna, key, =fingerprint(geometry) o =uuid5(…).</translation>
    </message>
    <message>
        <source>{name} numbers rows and changes when the file is written anew. Use a column that identifies the object, or =fingerprint(geometry).</source>
        <extracomment>dialogs/harmonise_words.py</extracomment>
        <translation>{name} numera filas y cambia cuando el archivo se escribe de nuevo. Use una columna que identifique el objeto, o =fingerprint(geometry).</translation>
    </message>
    <message>
        <source>{name} measures a geometry, which mappings can&apos;t. Add it to the layer as a virtual field with the field calculator: virtual fields are read like columns.</source>
        <extracomment>dialogs/harmonise_words.py</extracomment>
        <translation>{name} mide una geometría, lo que las correspondencias no pueden. Añádalo a la capa como campo virtual con la calculadora de campos: los campos virtuales se leen como columnas.</translation>
    </message>
    <message>
        <source>{name} compares places. Write a join with where: in the document, or add a virtual field.</source>
        <extracomment>dialogs/harmonise_words.py</extracomment>
        <translation>{name} compara lugares. Escriba una unión con where: en el documento, o añada un campo virtual.</translation>
    </message>
    <message>
        <source>{name} looks at many rows; an expression here sees one. Add a virtual field, or use key: to make one object of many rows.</source>
        <extracomment>dialogs/harmonise_words.py</extracomment>
        <translation>{name} mira muchas filas; aquí una expresión ve una. Añada un campo virtual, o use key: para hacer un objeto de muchas filas.</translation>
    </message>
    <message>
        <source>{name} reads other features. Join the layers in QGIS or with join: in the document; joined columns are read.</source>
        <extracomment>dialogs/harmonise_words.py</extracomment>
        <translation>{name} lee otros objetos. Una las capas en QGIS o con join: en el documento; las columnas unidas se leen.</translation>
    </message>
    <message>
        <source>{name} shows a value&apos;s label. Take the column itself and translate its codes (F4).</source>
        <extracomment>dialogs/harmonise_words.py</extracomment>
        <translation>{name} muestra la etiqueta de un valor. Tome la columna misma y traduzca sus códigos (F4).</translation>
    </message>
    <message>
        <source>{name} runs what it is given, which a shared document must not.</source>
        <extracomment>dialogs/harmonise_words.py</extracomment>
        <translation>{name} ejecuta lo que se le da, lo que un documento compartido no debe hacer.</translation>
    </message>
    <message>
        <source>{name} reads what lies outside of the layer, which mappings can&apos;t.</source>
        <extracomment>dialogs/harmonise_words.py</extracomment>
        <translation>{name} lee lo que está fuera de la capa, lo que las correspondencias no pueden.</translation>
    </message>
    <message>
        <source>{name} is a variable of QGIS, which the document doesn&apos;t know. Write the value itself.</source>
        <extracomment>dialogs/harmonise_words.py</extracomment>
        <translation>{name} es una variable de QGIS, que el documento no conoce. Escriba el valor mismo.</translation>
    </message>
    <message>
        <source>{name} isn&apos;t among the geometry operators of mappings. Do it in QGIS first, with “Geometry by expression”.</source>
        <extracomment>dialogs/harmonise_words.py</extracomment>
        <translation>{name} no está entre los operadores de geometría de las correspondencias. Hágalo antes en QGIS, con «Geometría por expresión».</translation>
    </message>
    <message>
        <source>{name} is known here, but not with these arguments.</source>
        <extracomment>dialogs/harmonise_words.py</extracomment>
        <translation>{name} se conoce aquí, pero no con estos argumentos.</translation>
    </message>
    <message>
        <source>{name} has no counterpart here. Add a virtual field with this expression: virtual fields are read like columns.</source>
        <extracomment>dialogs/harmonise_words.py</extracomment>
        <translation>{name} no tiene equivalente aquí. Añada un campo virtual con esta expresión: los campos virtuales se leen como columnas.</translation>
    </message>
    <message>
        <source>Set up the Commonplace engine</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Instalar el motor de Commonplace</translation>
    </message>
    <message>
        <source>Progress of the set-up</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Progreso de la instalación</translation>
    </message>
    <message>
        <source>What the programs print</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Lo que escriben los programas</translation>
    </message>
    <message>
        <source>Make an environment for it in this QGIS profile</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Crear un entorno para él en este perfil de QGIS</translation>
    </message>
    <message>
        <source>Python for the environment</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Python para el entorno</translation>
    </message>
    <message>
        <source>&amp;Python</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>&amp;Python</translation>
    </message>
    <message>
        <source>Another Python</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Otro Python</translation>
    </message>
    <message>
        <source>Pro&amp;gram</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Pro&amp;grama</translation>
    </message>
    <message>
        <source>Folder of wheels</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Carpeta de wheels</translation>
    </message>
    <message>
        <source>the package index (internet)</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>el índice de paquetes (internet)</translation>
    </message>
    <message>
        <source>Packages &amp;from</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Paquetes &amp;de</translation>
    </message>
    <message>
        <source>Without internet: a folder with the wheels of all packages that the engine needs</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Sin internet: una carpeta con los wheels de todos los paquetes que el motor necesita</translation>
    </message>
    <message>
        <source>Use an environment that has the engine already</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Usar un entorno que ya tiene el motor</translation>
    </message>
    <message>
        <source>Python of the environment</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Python del entorno</translation>
    </message>
    <message>
        <source>P&amp;ython</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>P&amp;ython</translation>
    </message>
    <message>
        <source>&amp;Set up</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>&amp;Instalar</translation>
    </message>
    <message>
        <source>Search &amp;again</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>&amp;Buscar de nuevo</translation>
    </message>
    <message>
        <source>Look for Pythons again, such as one just installed</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Buscar de nuevo versiones de Python, como una recién instalada</translation>
    </message>
    <message>
        <source>Open &amp;log</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Abrir el &amp;registro</translation>
    </message>
    <message>
        <source>Looking for Python…</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Buscando Python…</translation>
    </message>
    <message>
        <source>Another…</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Otro…</translation>
    </message>
    <message>
        <source>The plugin is version {plugin}: some things may not fit together.</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>El complemento es de la versión {plugin}: puede que algunas cosas no encajen.</translation>
    </message>
    <message>
        <source>&amp;Try again</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>&amp;Reintentar</translation>
    </message>
    <message>
        <source>Close</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>&amp;Use it</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>&amp;Usar</translation>
    </message>
    <message>
        <source>Cancel</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>The engine, version {version}, is ready.</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>El motor, versión {version}, está listo.</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Cancelado.</translation>
    </message>
    <message>
        <source>Data to check</source>
        <extracomment>dialogs/validate.py</extracomment>
        <translation>Datos que comprobar</translation>
    </message>
    <message>
        <source>&amp;Validate</source>
        <extracomment>dialogs/validate.py</extracomment>
        <translation>&amp;Validar</translation>
    </message>
    <message>
        <source>Files, folders and packages</source>
        <extracomment>dialogs/validate.py</extracomment>
        <translation>Archivos, carpetas y paquetes</translation>
    </message>
    <message>
        <source>Files to check</source>
        <extracomment>dialogs/validate.py</extracomment>
        <translation>Archivos que comprobar</translation>
    </message>
    <message>
        <source>For layers that hold INSPIRE data already; they are taken with their filter.</source>
        <extracomment>dialogs/validate.py</extracomment>
        <translation>Para capas que ya contienen datos INSPIRE; se toman con su filtro.</translation>
    </message>
    <message>
        <source>Layers to check</source>
        <extracomment>dialogs/validate.py</extracomment>
        <translation>Capas que comprobar</translation>
    </message>
    <message>
        <source>Official schemas</source>
        <extracomment>dialogs/validate.py</extracomment>
        <translation>Esquemas oficiales</translation>
    </message>
    <message>
        <source>Folder; without it GML is checked by our own model</source>
        <extracomment>dialogs/validate.py</extracomment>
        <translation>Carpeta; sin ella, el GML se comprueba con nuestro propio modelo</translation>
    </message>
    <message>
        <source>Folder or package to check</source>
        <extracomment>dialogs/validate.py</extracomment>
        <translation>Carpeta o paquete que comprobar</translation>
    </message>
    <message>
        <source>Add &amp;files…</source>
        <extracomment>dialogs/validate.py</extracomment>
        <translation>Añadir &amp;archivos…</translation>
    </message>
    <message>
        <source>Add f&amp;older…</source>
        <extracomment>dialogs/validate.py</extracomment>
        <translation>Añadir &amp;carpeta…</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <extracomment>dialogs/validate.py</extracomment>
        <translation>&amp;Quitar</translation>
    </message>
    <message>
        <source>Set up the &amp;engine…</source>
        <extracomment>faces/engine_setup.py</extracomment>
        <translation>Instalar el &amp;motor…</translation>
    </message>
    <message>
        <source>Make, renew or choose the environment that Commonplace works in</source>
        <extracomment>faces/engine_setup.py</extracomment>
        <translation>Crear, renovar o elegir el entorno en el que trabaja Commonplace</translation>
    </message>
    <message>
        <source>Check INSPIRE data: files, packages and layers of the project</source>
        <extracomment>faces/findings.py</extracomment>
        <translation>Comprobar datos INSPIRE: archivos, paquetes y capas del proyecto</translation>
    </message>
    <message>
        <source>Rules of the validation</source>
        <extracomment>faces/findings.py</extracomment>
        <translation>Reglas de la validación</translation>
    </message>
    <message>
        <source>This finding has no place: it is about the file as a whole.</source>
        <extracomment>faces/findings.py</extracomment>
        <translation>Este hallazgo no tiene lugar: se refiere al archivo entero.</translation>
    </message>
    <message>
        <source>Nothing is on the map yet: add the data as a layer first.</source>
        <extracomment>faces/findings.py</extracomment>
        <translation>Todavía no hay nada en el mapa: añada primero los datos como capa.</translation>
    </message>
    <message>
        <source>Validate {subject}</source>
        <extracomment>faces/findings.py</extracomment>
        <translation>Validar {subject}</translation>
    </message>
    <message>
        <source>&amp;Harmonise to INSPIRE…</source>
        <extracomment>faces/harmonise.py</extracomment>
        <translation>&amp;Armonizar con INSPIRE…</translation>
    </message>
    <message>
        <source>Say what the columns of layers mean, with a live preview</source>
        <extracomment>faces/harmonise.py</extracomment>
        <translation>Decir qué significan las columnas de las capas, con vista previa</translation>
    </message>
    <message>
        <source>{subject} · errors: {errors} · warnings: {warnings} · hints: {infos}</source>
        <extracomment>findings.py</extracomment>
        <translation>{subject} · errores: {errors} · advertencias: {warnings} · avisos: {infos}</translation>
    </message>
    <message>
        <source>{first} and {more} more</source>
        <extracomment>findings.py</extracomment>
        <translation>{first} y {more} más</translation>
    </message>
    <message>
        <source>Error</source>
        <extracomment>findings.py</extracomment>
        <translation>Error</translation>
    </message>
    <message>
        <source>Warning</source>
        <extracomment>findings.py</extracomment>
        <translation>Advertencia</translation>
    </message>
    <message>
        <source>Hint</source>
        <extracomment>findings.py</extracomment>
        <translation>Aviso</translation>
    </message>
    <message>
        <source>Fix</source>
        <extracomment>findings.py</extracomment>
        <translation>Remedio</translation>
    </message>
    <message>
        <source>Clause</source>
        <extracomment>findings.py</extracomment>
        <translation>Cláusula</translation>
    </message>
    <message>
        <source>Feature</source>
        <extracomment>findings.py</extracomment>
        <translation>Objeto</translation>
    </message>
    <message>
        <source>File</source>
        <extracomment>dialogs/packages.py</extracomment>
        <translation>Archivo</translation>
    </message>
    <message>
        <source>Occurs</source>
        <extracomment>findings.py</extracomment>
        <translation>Apariciones</translation>
    </message>
    <message>
        <source>No findings in {subject}.</source>
        <extracomment>findings.py</extracomment>
        <translation>Ningún hallazgo en {subject}.</translation>
    </message>
    <message>
        <source>{file}, line {line}</source>
        <extracomment>findings.py</extracomment>
        <translation>{file}, línea {line}</translation>
    </message>
    <message>
        <source>the table shows {shown} examples</source>
        <extracomment>findings.py</extracomment>
        <translation>la tabla muestra {shown} ejemplos</translation>
    </message>
    <message>
        <source>{count} times</source>
        <extracomment>findings.py</extracomment>
        <translation>{count} veces</translation>
    </message>
    <message>
        <source>Severity</source>
        <extracomment>findingsmodel.py</extracomment>
        <translation>Gravedad</translation>
    </message>
    <message>
        <source>What is wrong</source>
        <extracomment>findingsmodel.py</extracomment>
        <translation>Qué está mal</translation>
    </message>
    <message>
        <source>Rule</source>
        <extracomment>findingsmodel.py</extracomment>
        <translation>Regla</translation>
    </message>
    <message>
        <source>Looking for Python</source>
        <extracomment>setuptasks.py</extracomment>
        <translation>Buscando Python</translation>
    </message>
    <message>
        <source>Setting up the Commonplace engine</source>
        <extracomment>setuptasks.py</extracomment>
        <translation>Instalando el motor de Commonplace</translation>
    </message>
    <message>
        <source>Trying the engine</source>
        <extracomment>setuptasks.py</extracomment>
        <translation>Probando el motor</translation>
    </message>
    <message>
        <source>Install it with your system&apos;s packages (on Debian and Ubuntu: apt install python3 python3-venv), then search again.</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Instálelo con los paquetes de su sistema (en Debian y Ubuntu: apt install python3 python3-venv) y busque de nuevo.</translation>
    </message>
    <message>
        <source>No Python was found. The engine needs Python {oldest} or newer.</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>No se ha encontrado Python. El motor necesita Python {oldest} o posterior.</translation>
    </message>
    <message>
        <source>Install Python from python.org or the Microsoft Store, then search again.</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Instale Python desde python.org o la Microsoft Store y busque de nuevo.</translation>
    </message>
    <message>
        <source>Install Python from python.org or with Homebrew, then search again.</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Instale Python desde python.org o con Homebrew y busque de nuevo.</translation>
    </message>
    <message>
        <source>unknown</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>desconocida</translation>
    </message>
    <message>
        <source>The Pythons found can&apos;t make environments: they lack the module venv. The engine needs Python {oldest} or newer with it.</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Las versiones de Python encontradas no pueden crear entornos: les falta el módulo venv. El motor necesita Python {oldest} o posterior con él.</translation>
    </message>
    <message>
        <source>The Pythons found don&apos;t do: {oldest} or newer is needed, with 64 bit.</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Las versiones de Python encontradas no sirven: hace falta {oldest} o posterior, de 64 bits.</translation>
    </message>
    <message>
        <source>Python could not make an environment.</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Python no ha podido crear un entorno.</translation>
    </message>
    <message>
        <source>This Python has no pip to install packages with, and none could be fetched. On Debian and Ubuntu, apt install python3-venv mends that.</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Este Python no tiene pip para instalar paquetes, y no se ha podido obtener. En Debian y Ubuntu, apt install python3-venv lo remedia.</translation>
    </message>
    <message>
        <source>The disk is full. The engine needs about 1 GB.</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>El disco está lleno. El motor necesita alrededor de 1 GB.</translation>
    </message>
    <message>
        <source>The package index can&apos;t be reached. Check the network and QGIS&apos;s proxy settings, or take the packages from a folder of wheels.</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>No se puede acceder al índice de paquetes. Compruebe la red y la configuración de proxy de QGIS, o tome los paquetes de una carpeta de wheels.</translation>
    </message>
    <message>
        <source>A file can&apos;t be written or replaced. Another QGIS may be using the engine: close it and try again.</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>No se puede escribir o reemplazar un archivo. Quizá otro QGIS esté usando el motor: ciérrelo e inténtelo de nuevo.</translation>
    </message>
    <message>
        <source>A package doesn&apos;t go with this version of Python. Choose another Python.</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Un paquete no es compatible con esta versión de Python. Elija otro Python.</translation>
    </message>
    <message>
        <source>A package isn&apos;t there in a version that goes with this Python and computer. Choose another Python, or another folder of wheels.</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Un paquete no existe en una versión adecuada para este Python y este equipo. Elija otro Python, u otra carpeta de wheels.</translation>
    </message>
    <message>
        <source>The engine in this environment is version {detail}, which isn&apos;t this plugin&apos;s.</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>El motor de este entorno es de la versión {detail}, que no es la de este complemento.</translation>
    </message>
    <message>
        <source>The engine was installed, but can&apos;t be started.</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>El motor se ha instalado, pero no se puede iniciar.</translation>
    </message>
    <message>
        <source>Installing the packages failed.</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>La instalación de los paquetes ha fallado.</translation>
    </message>
    <message>
        <source>The engine is set up: version {version}, in {python}</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>El motor está instalado: versión {version}, en {python}</translation>
    </message>
    <message>
        <source>Commonplace does its work in an engine of its own, which isn&apos;t set up yet. It needs Python and about 1 GB in this QGIS profile; nothing else on this computer changes.</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Commonplace trabaja en un motor propio, que aún no está instalado. Necesita Python y alrededor de 1 GB en este perfil de QGIS; nada más cambia en este equipo.</translation>
    </message>
    <message>
        <source>The engine&apos;s Python can&apos;t be started: {python}</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>No se puede iniciar el Python del motor: {python}</translation>
    </message>
    <message>
        <source>The engine is version {version} and the plugin {plugin}: set it up again to renew it.</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>El motor es de la versión {version} y el complemento de la {plugin}: instálelo de nuevo para renovarlo.</translation>
    </message>
    <message>
        <source>Making the environment…</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Creando el entorno…</translation>
    </message>
    <message>
        <source>Fetching the packages that the engine needs…</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Obteniendo los paquetes que el motor necesita…</translation>
    </message>
    <message>
        <source>Installing the packages…</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Instalando los paquetes…</translation>
    </message>
    <message>
        <source>Trying the engine…</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Probando el motor…</translation>
    </message>
    <message>
        <source>The engine gave no answer.</source>
        <extracomment>tasks.py</extracomment>
        <translation>El motor no ha respondido.</translation>
    </message>
    <message>
        <source>The mapping reads layer “{wanted}”, which isn&apos;t among those chosen: {chosen}</source>
        <extracomment>texts.py</extracomment>
        <translation>La correspondencia lee la capa «{wanted}», que no está entre las elegidas: {chosen}</translation>
    </message>
    <message>
        <source>“{python}” is not a Python interpreter that can be started.</source>
        <extracomment>texts.py</extracomment>
        <translation>«{python}» no es un intérprete de Python que se pueda iniciar.</translation>
    </message>
    <message>
        <source>Correct the environment variable {variable} or the setting commonplace/python, or remove it and make an environment with these commands:</source>
        <extracomment>texts.py</extracomment>
        <translation>Corrija la variable de entorno {variable} o el ajuste commonplace/python, o quítelo y cree un entorno con estas órdenes:</translation>
    </message>
    <message>
        <source>The Commonplace engine is not set up yet: it needs a Python of its own.</source>
        <extracomment>texts.py</extracomment>
        <translation>El motor de Commonplace aún no está instalado: necesita un Python propio.</translation>
    </message>
    <message>
        <source>In QGIS, Plugins ▸ Commonplace ▸ Set up the engine… does that. By hand, with Python 3.11 or newer, these commands do (or name an interpreter that has it in the environment variable {variable}):</source>
        <extracomment>texts.py</extracomment>
        <translation>En QGIS lo hace Complementos ▸ Commonplace ▸ Instalar el motor… A mano, con Python 3.11 o posterior, lo hacen estas órdenes (o nombre en la variable de entorno {variable} un intérprete que lo tenga):</translation>
    </message>
    <message>
        <source>A layer can&apos;t be handed to the engine: {layer}</source>
        <extracomment>texts.py</extracomment>
        <translation>No se puede entregar una capa al motor: {layer}</translation>
    </message>
    <message>
        <source>The Commonplace engine can&apos;t be started.</source>
        <extracomment>texts.py</extracomment>
        <translation>No se puede iniciar el motor de Commonplace.</translation>
    </message>
    <message>
        <source>The Commonplace engine doesn&apos;t answer. Is it installed in this Python?</source>
        <extracomment>texts.py</extracomment>
        <translation>El motor de Commonplace no responde. ¿Está instalado en este Python?</translation>
    </message>
    <message>
        <source>The Commonplace engine and this plugin are of versions that don&apos;t fit together. Install the engine again from the wheel in the plugin&apos;s folder.</source>
        <extracomment>texts.py</extracomment>
        <translation>Las versiones del motor de Commonplace y de este complemento no encajan. Instale de nuevo el motor desde el wheel de la carpeta del complemento.</translation>
    </message>
    <message>
        <source>The Commonplace engine ended unexpectedly.</source>
        <extracomment>texts.py</extracomment>
        <translation>El motor de Commonplace ha terminado inesperadamente.</translation>
    </message>
    <message>
        <source>The Commonplace engine failed at this job. Nothing was written.</source>
        <extracomment>texts.py</extracomment>
        <translation>El motor de Commonplace ha fallado en este trabajo. No se ha escrito nada.</translation>
    </message>
    <message>
        <source>Its log is {log}</source>
        <extracomment>texts.py</extracomment>
        <translation>Su registro es {log}</translation>
    </message>
    <message>
        <source>Read {layers}</source>
        <extracomment>dialogs/harmonise_editor.py</extracomment>
        <translation>Leer {layers}</translation>
    </message>
    <message>
        <source>Layers that this object type reads (Ctrl+L)</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Capas que lee este tipo de objeto (Ctrl+L)</translation>
    </message>
    <message>
        <source>Edit the value</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Editar el valor</translation>
    </message>
    <message>
        <source>Licence (empty: from the layers&apos; metadata)</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Licencia (vacío: de los metadatos)</translation>
    </message>
    <message>
        <source>Attribution (empty: from the layers&apos; metadata)</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Atribución (vacío: de los metadatos)</translation>
    </message>
    <message>
        <source>A layer has changed. Read the layers again (F5) to see it here.</source>
        <extracomment>dialogs/harmonise_editor.py</extracomment>
        <translation>Una capa ha cambiado. Vuelva a leer las capas (F5) para verlo aquí.</translation>
    </message>
    <message>
        <source>Help</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Ayuda</translation>
    </message>
    <message>
        <source>User &amp;guide</source>
        <extracomment>faces/guide.py</extracomment>
        <translation>&amp;Guía del usuario</translation>
    </message>
    <message>
        <source>A planner&apos;s first hour, step by step</source>
        <extracomment>faces/guide.py</extracomment>
        <translation>La primera hora, paso a paso</translation>
    </message>
    <message>
        <source>Inspect source</source>
        <extracomment>algorithms/connect.py</extracomment>
        <translation>Examinar fuente</translation>
    </message>
    <message>
        <source>Load layer</source>
        <extracomment>algorithms/connect.py</extracomment>
        <translation>Cargar capa</translation>
    </message>
    <message>
        <source>Reads a layer of any source that the engine knows, whole, into a GeoPackage. Of a service, only what lies in the extent and meets the filter is asked for, where the service can choose.
Layer: may be left out where the source has only one; Inspect source lists them.
Filter: CQL2, such as floors &gt; 3 AND kind = &apos;oak&apos;.</source>
        <extracomment>algorithms/connect.py</extracomment>
        <translation>Lee una capa de cualquier fuente que el motor conozca, entera, en un GeoPackage. A un servicio solo se le pide lo que está en la extensión y cumple el filtro, si el servicio sabe elegir.
Capa: puede omitirse si la fuente solo tiene una; Examinar fuente las enumera.
Filtro: CQL2, como floors &gt; 3 AND kind = &apos;oak&apos;.</translation>
    </message>
    <message>
        <source>Address of a service, file or folder</source>
        <extracomment>algorithms/connect.py</extracomment>
        <translation>Dirección de un servicio, archivo o carpeta</translation>
    </message>
    <message>
        <source>The address carries a secret: use an authentication of QGIS instead.</source>
        <extracomment>addresses.py</extracomment>
        <translation>La dirección contiene un secreto: use en su lugar una autenticación de QGIS.</translation>
    </message>
    <message>
        <source>Kind of source</source>
        <extracomment>algorithms/connect.py</extracomment>
        <translation>Clase de fuente</translation>
    </message>
    <message>
        <source>Names of the layers</source>
        <extracomment>algorithms/connect.py</extracomment>
        <translation>Nombres de las capas</translation>
    </message>
    <message>
        <source>Number of layers</source>
        <extracomment>algorithms/connect.py</extracomment>
        <translation>Número de capas</translation>
    </message>
    <message>
        <source>Extent</source>
        <extracomment>algorithms/connect.py</extracomment>
        <translation>Extensión</translation>
    </message>
    <message>
        <source>Largest number of features</source>
        <extracomment>algorithms/connect.py</extracomment>
        <translation>Número máximo de objetos</translation>
    </message>
    <message>
        <source>Filter</source>
        <extracomment>algorithms/connect.py</extracomment>
        <translation>Filtro</translation>
    </message>
    <message>
        <source>Layer loaded</source>
        <extracomment>algorithms/connect.py</extracomment>
        <translation>Capa cargada</translation>
    </message>
    <message>
        <source>Features read</source>
        <extracomment>algorithms/connect.py</extracomment>
        <translation>Objetos leídos</translation>
    </message>
    <message>
        <source>Recognises what an address, a file or a folder is (OGC API, WFS, CSW, SensorThings, NGSI-LD broker, INSPIRE GML and many more) and lists its layers, with CRS, number of features and licence.
Load layer reads what is listed.</source>
        <extracomment>algorithms/connect.py</extracomment>
        <translation>Reconoce qué es una dirección, un archivo o una carpeta (API OGC, WFS, CSW, SensorThings, broker NGSI-LD, GML de INSPIRE y muchos más) y enumera sus capas, con SRC, número de objetos y licencia.
Cargar capa lee lo enumerado.</translation>
    </message>
    <message>
        <source>Tells what an address, a file or a folder is, and lists its layers.</source>
        <extracomment>algorithms/connect.py</extracomment>
        <translation>Dice qué es una dirección, un archivo o una carpeta, y enumera sus capas.</translation>
    </message>
    <message>
        <source>Reads a layer of any source, whole or a part of it, into a GeoPackage.</source>
        <extracomment>algorithms/connect.py</extracomment>
        <translation>Lee una capa de cualquier fuente, entera o en parte, en un GeoPackage.</translation>
    </message>
    <message>
        <source>Type or paste an address, or choose a file or a folder.</source>
        <extracomment>addresses.py</extracomment>
        <translation>Escriba o pegue una dirección, o elija un archivo o una carpeta.</translation>
    </message>
    <message>
        <source>{kind}, layers: {count}</source>
        <extracomment>connections.py</extracomment>
        <translation>{kind}, capas: {count}</translation>
    </message>
    <message>
        <source>Connect to a source</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>Conectar con una fuente</translation>
    </message>
    <message>
        <source>OGC API, WFS, CSW, SensorThings, NGSI-LD broker, file or folder.</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>API OGC, WFS, CSW, SensorThings, broker NGSI-LD, archivo o carpeta.</translation>
    </message>
    <message>
        <source>Looking…</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>Examinando…</translation>
    </message>
    <message>
        <source>&amp;Look</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>&amp;Examinar</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>&amp;Dirección</translation>
    </message>
    <message>
        <source>Layers of the source</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>Capas de la fuente</translation>
    </message>
    <message>
        <source>Only a part of it</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>Solo una parte</translation>
    </message>
    <message>
        <source>What lies in the &amp;map&apos;s extent</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>Lo que está en la extensión del &amp;mapa</translation>
    </message>
    <message>
        <source>all</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>todos</translation>
    </message>
    <message>
        <source>CQL2; for an NGSI-LD broker its query language (q)</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>CQL2; para un broker NGSI-LD, su lenguaje de consulta (q)</translation>
    </message>
    <message>
        <source>A&amp;dd layer</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>&amp;Añadir capa</translation>
    </message>
    <message>
        <source>&amp;Save connection…</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>&amp;Guardar la conexión…</translation>
    </message>
    <message>
        <source>File to connect to</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>Archivo con el que conectar</translation>
    </message>
    <message>
        <source>Save connection</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>Guardar la conexión</translation>
    </message>
    <message>
        <source>Name of the connection</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>Nombre de la conexión</translation>
    </message>
    <message>
        <source>&amp;File…</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>A&amp;rchivo…</translation>
    </message>
    <message>
        <source>F&amp;older…</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>&amp;Carpeta…</translation>
    </message>
    <message>
        <source>Folder to connect to</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>Carpeta con la que conectar</translation>
    </message>
    <message>
        <source>Geometry</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>Geometría</translation>
    </message>
    <message>
        <source>CRS</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>SRC</translation>
    </message>
    <message>
        <source>Licence</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>Licencia</translation>
    </message>
    <message>
        <source>Loading {layer}…</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>Cargando {layer}…</translation>
    </message>
    <message>
        <source>&amp;Connect…</source>
        <extracomment>faces/browser.py</extracomment>
        <translation>&amp;Conectar…</translation>
    </message>
    <message>
        <source>Look what an address, a file or a folder holds, and add layers of it</source>
        <extracomment>faces/connect.py</extracomment>
        <translation>Ver qué contiene una dirección, un archivo o una carpeta, y añadir capas de ella</translation>
    </message>
    <message>
        <source>Refresh from its source</source>
        <extracomment>faces/connect.py</extracomment>
        <translation>Actualizar desde su fuente</translation>
    </message>
    <message>
        <source>{layer} is loaded, features: {count}</source>
        <extracomment>faces/connect.py</extracomment>
        <translation>{layer} está cargada, objetos: {count}</translation>
    </message>
    <message>
        <source>Look at {source}</source>
        <extracomment>faces/connect.py</extracomment>
        <translation>Examinar {source}</translation>
    </message>
    <message>
        <source>Connection “{name}” is saved.</source>
        <extracomment>faces/connect.py</extracomment>
        <translation>La conexión «{name}» está guardada.</translation>
    </message>
    <message>
        <source>Load {layer}</source>
        <extracomment>sourcelayers.py</extracomment>
        <translation>Cargar {layer}</translation>
    </message>
    <message>
        <source>QGIS can&apos;t open {path}</source>
        <extracomment>sourcelayers.py</extracomment>
        <translation>QGIS no puede abrir {path}</translation>
    </message>
    <message>
        <source>Sa&amp;ved</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>&amp;Guardadas</translation>
    </message>
    <message>
        <source>Saved connections</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>Conexiones guardadas</translation>
    </message>
    <message>
        <source>&amp;Forget</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>&amp;Olvidar</translation>
    </message>
    <message>
        <source>Connection “{name}” is forgotten.</source>
        <extracomment>faces/connect.py</extracomment>
        <translation>La conexión «{name}» se ha olvidado.</translation>
    </message>
    <message>
        <source>The feature {feature} is in none of the project&apos;s layers.</source>
        <extracomment>faces/findings.py</extracomment>
        <translation>El objeto {feature} no está en ninguna capa del proyecto.</translation>
    </message>
    <message>
        <source>Look for {feature}</source>
        <extracomment>findinglayers.py</extracomment>
        <translation>Buscar {feature}</translation>
    </message>
    <message>
        <source>Catalogue (CSW)</source>
        <extracomment>kinds.py</extracomment>
        <translation>Catálogo (CSW)</translation>
    </message>
    <message>
        <source>Catalogue (OGC API Records)</source>
        <extracomment>kinds.py</extracomment>
        <translation>Catálogo (OGC API Records)</translation>
    </message>
    <message>
        <source>ATOM download service</source>
        <extracomment>kinds.py</extracomment>
        <translation>Servicio de descarga ATOM</translation>
    </message>
    <message>
        <source>NGSI-LD broker</source>
        <extracomment>kinds.py</extracomment>
        <translation>Broker NGSI-LD</translation>
    </message>
    <message>
        <source>Linked data event stream</source>
        <extracomment>kinds.py</extracomment>
        <translation>Flujo de eventos de datos enlazados</translation>
    </message>
    <message>
        <source>File on a server</source>
        <extracomment>kinds.py</extracomment>
        <translation>Archivo en un servidor</translation>
    </message>
    <message>
        <source>Commonplace package</source>
        <extracomment>kinds.py</extracomment>
        <translation>Paquete de Commonplace</translation>
    </message>
    <message>
        <source>Timetable (GTFS)</source>
        <extracomment>kinds.py</extracomment>
        <translation>Horarios (GTFS)</translation>
    </message>
    <message>
        <source>{layer} follows its broker; a click on the sign beside it stops that.</source>
        <extracomment>faces/following.py</extracomment>
        <translation>{layer} sigue a su broker; un clic en la señal de al lado lo detiene.</translation>
    </message>
    <message>
        <source>Follow this broker</source>
        <extracomment>faces/following.py</extracomment>
        <translation>Seguir a este broker</translation>
    </message>
    <message>
        <source>Follows its broker. Click to stop.</source>
        <extracomment>faces/following.py</extracomment>
        <translation>Sigue a su broker. Un clic lo detiene.</translation>
    </message>
    <message>
        <source>{layer} is being edited: save or discard the edits first.</source>
        <extracomment>following.py</extracomment>
        <translation>{layer} se está editando: guarde o descarte antes los cambios.</translation>
    </message>
    <message>
        <source>{layer} follows its broker</source>
        <extracomment>following.py</extracomment>
        <translation>{layer} sigue a su broker</translation>
    </message>
    <message>
        <source>what the INSPIRE directive asks for: the whole model, nested as it is</source>
        <extracomment>formats.py</extracomment>
        <translation>lo que pide la directiva INSPIRE: todo el modelo, anidado como es</translation>
    </message>
    <message>
        <source>for QGIS and other GIS; styles come with it</source>
        <extracomment>formats.py</extracomment>
        <translation>para QGIS y otros SIG; con los estilos</translation>
    </message>
    <message>
        <source>for web maps and scripts, in longitude and latitude</source>
        <extracomment>formats.py</extracomment>
        <translation>para mapas web y scripts, en longitud y latitud</translation>
    </message>
    <message>
        <source>GeoJSON that keeps the target CRS, times and solids</source>
        <extracomment>formats.py</extracomment>
        <translation>GeoJSON que conserva el SRC de destino, tiempos y sólidos</translation>
    </message>
    <message>
        <source>for data science and large data sets, small and fast</source>
        <extracomment>formats.py</extracomment>
        <translation>para análisis y grandes conjuntos, pequeño y rápido</translation>
    </message>
    <message>
        <source>for web maps over large data sets, read by parts</source>
        <extracomment>formats.py</extracomment>
        <translation>para mapas web de grandes conjuntos, leídos por partes</translation>
    </message>
    <message>
        <source>a table for spreadsheets; geometry as text</source>
        <extracomment>formats.py</extracomment>
        <translation>una tabla para hojas de cálculo; geometría como texto</translation>
    </message>
    <message>
        <source>3D city models: buildings and what is around them</source>
        <extracomment>formats.py</extracomment>
        <translation>modelos urbanos 3D: edificios y su entorno</translation>
    </message>
    <message>
        <source>the same in lines, for streaming and large cities</source>
        <extracomment>formats.py</extracomment>
        <translation>lo mismo por líneas, para flujos y grandes ciudades</translation>
    </message>
    <message>
        <source>entities for context brokers and digital twins</source>
        <extracomment>formats.py</extracomment>
        <translation>entidades para context brokers y gemelos digitales</translation>
    </message>
    <message>
        <source>The mapping doesn&apos;t read layer {layer}: it is left out.</source>
        <extracomment>staging.py</extracomment>
        <translation>La correspondencia no lee la capa {layer}: se omite.</translation>
    </message>
    <message>
        <source>Writing {layer}</source>
        <extracomment>staging.py</extracomment>
        <translation>Escribiendo {layer}</translation>
    </message>
    <message>
        <source>Missing grid files: {grids}. To reach the better accuracy, download them into a folder of their own, and choose that as “Folder of grids”.</source>
        <extracomment>crsadvice.py</extracomment>
        <translation>Faltan archivos de rejilla: {grids}. Para la mejor exactitud, descárguelos en una carpeta aparte y elíjala como «Carpeta de rejillas».</translation>
    </message>
    <message>
        <source>Worse than the {length} demanded: the export would stop.</source>
        <extracomment>crsadvice.py</extracomment>
        <translation>Peor que los {length} exigidos: la exportación se detendría.</translation>
    </message>
    <message>
        <source>not known</source>
        <extracomment>crsadvice.py</extracomment>
        <translation>desconocida</translation>
    </message>
    <message>
        <source>exact</source>
        <extracomment>crsadvice.py</extracomment>
        <translation>exacta</translation>
    </message>
    <message>
        <source>The layer is in this CRS already.</source>
        <extracomment>crsadvice.py</extracomment>
        <translation>La capa ya está en este SRC.</translation>
    </message>
    <message>
        <source>Nobody states an accuracy: compare with known points.</source>
        <extracomment>crsadvice.py</extracomment>
        <translation>Nadie indica una exactitud: compare con puntos conocidos.</translation>
    </message>
    <message>
        <source>The datum stays, so nothing is lost.</source>
        <extracomment>crsadvice.py</extracomment>
        <translation>El datum se mantiene, no se pierde nada.</translation>
    </message>
    <message>
        <source>no way found</source>
        <extracomment>crsadvice.py</extracomment>
        <translation>ninguna vía encontrada</translation>
    </message>
    <message>
        <source>up to {length} off</source>
        <extracomment>crsadvice.py</extracomment>
        <translation>hasta {length} de error</translation>
    </message>
    <message>
        <source>It would be better with the grid {grid}.</source>
        <extracomment>crsadvice.py</extracomment>
        <translation>Sería mejor con la rejilla {grid}.</translation>
    </message>
    <message>
        <source>Export a package</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>Exportar un paquete</translation>
    </message>
    <message>
        <source>Parts of the form</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>Partes del formulario</translation>
    </message>
    <message>
        <source>Folder for the package</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>Carpeta para el paquete</translation>
    </message>
    <message>
        <source>Package &amp;folder</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>Carpe&amp;ta del paquete</translation>
    </message>
    <message>
        <source>&amp;Replace it</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>&amp;Reemplazarlo</translation>
    </message>
    <message>
        <source>Progress of the export</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>Progreso de la exportación</translation>
    </message>
    <message>
        <source>&amp;Export</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>&amp;Exportar</translation>
    </message>
    <message>
        <source>Canc&amp;el</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>Canc&amp;elar</translation>
    </message>
    <message>
        <source>Open repor&amp;t</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>A&amp;brir informe</translation>
    </message>
    <message>
        <source>Show fol&amp;der</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>Mostrar la carpeta (&amp;d)</translation>
    </message>
    <message>
        <source>O&amp;pen in QGIS</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>Abrir en &amp;QGIS</translation>
    </message>
    <message>
        <source>&amp;1 Data</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>&amp;1 Datos</translation>
    </message>
    <message>
        <source>&amp;2 Coordinates</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>&amp;2 Coordenadas</translation>
    </message>
    <message>
        <source>&amp;3 Formats</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>&amp;3 Formatos</translation>
    </message>
    <message>
        <source>&amp;4 About the data</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>&amp;4 Sobre los datos</translation>
    </message>
    <message>
        <source>as the job says</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>como dice el trabajo</translation>
    </message>
    <message>
        <source>The engine starts.</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>El motor arranca.</translation>
    </message>
    <message>
        <source>Still needed: {things}</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>Aún falta: {things}</translation>
    </message>
    <message>
        <source>Choose a CRS that has an EPSG code.</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>Elija un SRC con código EPSG.</translation>
    </message>
    <message>
        <source>The mapping makes: {types}</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>La correspondencia produce: {types}</translation>
    </message>
    <message>
        <source>No package was written.</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>No se ha escrito ningún paquete.</translation>
    </message>
    <message>
        <source>INSPIRE&apos;s record would lack: {gaps}. The report says so.</source>
        <extracomment>dialogs/export_about.py</extracomment>
        <translation>Al registro INSPIRE le faltaría: {gaps}. El informe lo dice.</translation>
    </message>
    <message>
        <source>* needed      ° asked for by INSPIRE&apos;s metadata</source>
        <extracomment>dialogs/export_about.py</extracomment>
        <translation>* necesario      ° lo piden los metadatos INSPIRE</translation>
    </message>
    <message>
        <source>T&amp;itle *</source>
        <extracomment>dialogs/export_about.py</extracomment>
        <translation>Tít&amp;ulo *</translation>
    </message>
    <message>
        <source>&amp;Abstract °</source>
        <extracomment>dialogs/export_about.py</extracomment>
        <translation>Resu&amp;men °</translation>
    </message>
    <message>
        <source>&amp;Keywords</source>
        <extracomment>dialogs/export_about.py</extracomment>
        <translation>Pa&amp;labras clave</translation>
    </message>
    <message>
        <source>several, with commas between them</source>
        <extracomment>dialogs/export_about.py</extracomment>
        <translation>varias, separadas por comas</translation>
    </message>
    <message>
        <source>an SPDX identifier, or an address</source>
        <extracomment>dialogs/export_about.py</extracomment>
        <translation>un identificador SPDX o una dirección</translation>
    </message>
    <message>
        <source>Li&amp;cence *</source>
        <extracomment>dialogs/export_about.py</extracomment>
        <translation>Li&amp;cencia *</translation>
    </message>
    <message>
        <source>Attri&amp;bution *</source>
        <extracomment>dialogs/export_about.py</extracomment>
        <translation>Atribució&amp;n *</translation>
    </message>
    <message>
        <source>who is to be named, such as © Town of Lindenau</source>
        <extracomment>dialogs/export_about.py</extracomment>
        <translation>a quién nombrar, como © Ciudad de Lindenau</translation>
    </message>
    <message>
        <source>Or&amp;ganisation °</source>
        <extracomment>dialogs/export_about.py</extracomment>
        <translation>Or&amp;ganización °</translation>
    </message>
    <message>
        <source>E-mai&amp;l °</source>
        <extracomment>dialogs/export_about.py</extracomment>
        <translation>Correo electrón&amp;ico °</translation>
    </message>
    <message>
        <source>the organisation&apos;s, no person&apos;s</source>
        <extracomment>dialogs/export_about.py</extracomment>
        <translation>el de la organización, de ninguna persona</translation>
    </message>
    <message>
        <source>Lang&amp;uage of these texts</source>
        <extracomment>dialogs/export_about.py</extracomment>
        <translation>Idi&amp;oma de estos textos</translation>
    </message>
    <message>
        <source>Where the data come from and how they were made</source>
        <extracomment>dialogs/export_about.py</extracomment>
        <translation>De dónde vienen los datos y cómo se hicieron</translation>
    </message>
    <message>
        <source>&amp;How the layers are reprojected, with what is on this computer:</source>
        <extracomment>dialogs/export_crs.py</extracomment>
        <translation>Cómo se re&amp;proyectan las capas, con lo que hay en este equipo:</translation>
    </message>
    <message>
        <source>EPSG:4258 (degrees) and EPSG:3035 (metres) are usual for INSPIRE</source>
        <extracomment>dialogs/export_crs.py</extracomment>
        <translation>EPSG:4258 (grados) y EPSG:3035 (metros) son habituales en INSPIRE</translation>
    </message>
    <message>
        <source>whatever can be reached</source>
        <extracomment>dialogs/export_crs.py</extracomment>
        <translation>la que se alcance</translation>
    </message>
    <message>
        <source>The worst error that reprojection may bring; with a worse one nothing is written</source>
        <extracomment>dialogs/export_crs.py</extracomment>
        <translation>El peor error que puede traer la reproyección; con uno peor no se escribe nada</translation>
    </message>
    <message>
        <source>Accuracy demanded</source>
        <extracomment>dialogs/export_crs.py</extracomment>
        <translation>Exactitud exigida</translation>
    </message>
    <message>
        <source>A&amp;ccuracy demanded</source>
        <extracomment>dialogs/export_crs.py</extracomment>
        <translation>E&amp;xactitud exigida</translation>
    </message>
    <message>
        <source>Folder of grids</source>
        <extracomment>dialogs/export_crs.py</extracomment>
        <translation>Carpeta de rejillas</translation>
    </message>
    <message>
        <source>none: without grid files</source>
        <extracomment>dialogs/export_crs.py</extracomment>
        <translation>ninguna: sin rejillas</translation>
    </message>
    <message>
        <source>Folder of &amp;grids</source>
        <extracomment>dialogs/export_crs.py</extracomment>
        <translation>Carpeta de re&amp;jillas</translation>
    </message>
    <message>
        <source>Expected accuracy of each layer</source>
        <extracomment>dialogs/export_crs.py</extracomment>
        <translation>Exactitud esperada de cada capa</translation>
    </message>
    <message>
        <source>Its CRS</source>
        <extracomment>dialogs/export_crs.py</extracomment>
        <translation>Su SRC</translation>
    </message>
    <message>
        <source>Expected accuracy</source>
        <extracomment>dialogs/export_crs.py</extracomment>
        <translation>Exactitud esperada</translation>
    </message>
    <message>
        <source>What to know</source>
        <extracomment>dialogs/export_crs.py</extracomment>
        <translation>Qué saber</translation>
    </message>
    <message>
        <source>&amp;Layers of the project, by a mapping</source>
        <extracomment>dialogs/export_data.py</extracomment>
        <translation>&amp;Capas del proyecto, con una correspondencia</translation>
    </message>
    <message>
        <source>A &amp;job file, which names sources, mappings and texts</source>
        <extracomment>dialogs/export_data.py</extracomment>
        <translation>&amp;Un archivo de trabajo, que nombra fuentes, correspondencias y textos</translation>
    </message>
    <message>
        <source>Layers are taken as they are in the project: filter, joins, virtual fields and unsaved edits count.</source>
        <extracomment>dialogs/export_data.py</extracomment>
        <translation>Las capas se toman como están en el proyecto: cuentan filtro, uniones, campos virtuales y ediciones sin guardar.</translation>
    </message>
    <message>
        <source>Layers to export</source>
        <extracomment>dialogs/export_data.py</extracomment>
        <translation>Capas a exportar</translation>
    </message>
    <message>
        <source>What the columns mean; “Harmonise to INSPIRE…” makes one</source>
        <extracomment>dialogs/export_data.py</extracomment>
        <translation>Qué significan las columnas; «Armonizar con INSPIRE…» crea uno</translation>
    </message>
    <message>
        <source>&amp;Mapping file</source>
        <extracomment>dialogs/export_data.py</extracomment>
        <translation>Archivo de corresponde&amp;ncia</translation>
    </message>
    <message>
        <source>J&amp;ob file</source>
        <extracomment>dialogs/export_data.py</extracomment>
        <translation>Archi&amp;vo de trabajo</translation>
    </message>
    <message>
        <source>&amp;Other formats than the job names</source>
        <extracomment>dialogs/export_formats.py</extracomment>
        <translation>&amp;Otros formatos que los del trabajo</translation>
    </message>
    <message>
        <source>Also as a &amp;zip, to send it</source>
        <extracomment>dialogs/export_formats.py</extracomment>
        <translation>También como &amp;zip, para enviarlo</translation>
    </message>
    <message>
        <source>C&amp;heck the files afterwards, as “Validate…” does; takes longer</source>
        <extracomment>dialogs/export_formats.py</extracomment>
        <translation>Comprobar luego los arc&amp;hivos, como «Validar…»; tarda más</translation>
    </message>
    <message>
        <source>unsaved edits</source>
        <extracomment>dialogs/layerlists.py</extracomment>
        <translation>ediciones sin guardar</translation>
    </message>
    <message>
        <source>Why: {reason}</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>Por qué: {reason}</translation>
    </message>
    <message>
        <source>Packages and GML</source>
        <extracomment>dialogs/packages.py</extracomment>
        <translation>Paquetes y GML</translation>
    </message>
    <message>
        <source>Open a package or INSPIRE GML</source>
        <extracomment>dialogs/packages.py</extracomment>
        <translation>Abrir un paquete o GML INSPIRE</translation>
    </message>
    <message>
        <source>Package or GML</source>
        <extracomment>dialogs/packages.py</extracomment>
        <translation>Paquete o GML</translation>
    </message>
    <message>
        <source>Folder, zip or GML; it may be dropped here</source>
        <extracomment>dialogs/packages.py</extracomment>
        <translation>Carpeta, zip o GML; se puede soltar aquí</translation>
    </message>
    <message>
        <source>&amp;Package or GML</source>
        <extracomment>dialogs/packages.py</extracomment>
        <translation>&amp;Paquete o GML</translation>
    </message>
    <message>
        <source>Format</source>
        <extracomment>dialogs/packages.py</extracomment>
        <translation>Formato</translation>
    </message>
    <message>
        <source>Layers of the package</source>
        <extracomment>dialogs/packages.py</extracomment>
        <translation>Capas del paquete</translation>
    </message>
    <message>
        <source>What was found</source>
        <extracomment>dialogs/packages.py</extracomment>
        <translation>Lo que se ha encontrado</translation>
    </message>
    <message>
        <source>Open it &amp;although it is damaged</source>
        <extracomment>dialogs/packages.py</extracomment>
        <translation>Abrir &amp;aunque esté dañado</translation>
    </message>
    <message>
        <source>Add to the &amp;map</source>
        <extracomment>dialogs/packages.py</extracomment>
        <translation>Añadir al &amp;mapa</translation>
    </message>
    <message>
        <source>&amp;Report</source>
        <extracomment>dialogs/packages.py</extracomment>
        <translation>&amp;Informe</translation>
    </message>
    <message>
        <source>How the data were made and checked, in the browser</source>
        <extracomment>dialogs/packages.py</extracomment>
        <translation>Cómo se hicieron y comprobaron los datos, en el navegador</translation>
    </message>
    <message>
        <source>&amp;GeoPackage to make</source>
        <extracomment>dialogs/packages.py</extracomment>
        <translation>&amp;GeoPackage nuevo</translation>
    </message>
    <message>
        <source>&amp;Unpack into</source>
        <extracomment>dialogs/packages.py</extracomment>
        <translation>&amp;Descomprimir en</translation>
    </message>
    <message>
        <source>Folder of a package or of GML</source>
        <extracomment>dialogs/packages.py</extracomment>
        <translation>Carpeta de un paquete o de GML</translation>
    </message>
    <message>
        <source>Opening {title}…</source>
        <extracomment>dialogs/packages.py</extracomment>
        <translation>Abriendo {title}…</translation>
    </message>
    <message>
        <source>The folder holds other things. Choose a new one: only packages are replaced.</source>
        <extracomment>exporting.py</extracomment>
        <translation>La carpeta contiene otras cosas. Elija una nueva: solo se reemplazan paquetes.</translation>
    </message>
    <message>
        <source>The package is written. Objects: {written}; rows left out: {rejected}.</source>
        <extracomment>exporting.py</extracomment>
        <translation>El paquete está escrito. Objetos: {written}; filas omitidas: {rejected}.</translation>
    </message>
    <message>
        <source>Checking the files written</source>
        <extracomment>exporting.py</extracomment>
        <translation>Comprobación de los archivos escritos</translation>
    </message>
    <message>
        <source>a target CRS that has an EPSG code</source>
        <extracomment>exporting.py</extracomment>
        <translation>un SRC de destino con código EPSG</translation>
    </message>
    <message>
        <source>abstract</source>
        <extracomment>exporting.py</extracomment>
        <translation>resumen</translation>
    </message>
    <message>
        <source>organisation</source>
        <extracomment>exporting.py</extracomment>
        <translation>organización</translation>
    </message>
    <message>
        <source>e-mail</source>
        <extracomment>exporting.py</extracomment>
        <translation>correo electrónico</translation>
    </message>
    <message>
        <source>access</source>
        <extracomment>exporting.py</extracomment>
        <translation>acceso</translation>
    </message>
    <message>
        <source>The folder will be made.</source>
        <extracomment>exporting.py</extracomment>
        <translation>La carpeta se creará.</translation>
    </message>
    <message>
        <source>There is a package already.</source>
        <extracomment>exporting.py</extracomment>
        <translation>Ya hay un paquete.</translation>
    </message>
    <message>
        <source>a title</source>
        <extracomment>exporting.py</extracomment>
        <translation>un título</translation>
    </message>
    <message>
        <source>a licence</source>
        <extracomment>exporting.py</extracomment>
        <translation>una licencia</translation>
    </message>
    <message>
        <source>an attribution</source>
        <extracomment>exporting.py</extracomment>
        <translation>una atribución</translation>
    </message>
    <message>
        <source>a folder of grids that is there</source>
        <extracomment>exporting.py</extracomment>
        <translation>una carpeta de rejillas que exista</translation>
    </message>
    <message>
        <source>a folder for the package</source>
        <extracomment>exporting.py</extracomment>
        <translation>una carpeta para el paquete</translation>
    </message>
    <message>
        <source>layers</source>
        <extracomment>exporting.py</extracomment>
        <translation>capas</translation>
    </message>
    <message>
        <source>a mapping file</source>
        <extracomment>exporting.py</extracomment>
        <translation>un archivo de correspondencia</translation>
    </message>
    <message>
        <source>This is a file. A package is a folder.</source>
        <extracomment>exporting.py</extracomment>
        <translation>Esto es un archivo. Un paquete es una carpeta.</translation>
    </message>
    <message>
        <source>Nothing can be written there.</source>
        <extracomment>exporting.py</extracomment>
        <translation>Ahí no se puede escribir.</translation>
    </message>
    <message>
        <source>The folder is empty.</source>
        <extracomment>exporting.py</extracomment>
        <translation>La carpeta está vacía.</translation>
    </message>
    <message>
        <source>Harmonising and writing, parts done: {done}</source>
        <extracomment>exporting.py</extracomment>
        <translation>Armonización y escritura, partes hechas: {done}</translation>
    </message>
    <message>
        <source>Reading {layer}</source>
        <extracomment>exporting.py</extracomment>
        <translation>Lectura de {layer}</translation>
    </message>
    <message>
        <source>a format</source>
        <extracomment>exporting.py</extracomment>
        <translation>un formato</translation>
    </message>
    <message>
        <source>a job file</source>
        <extracomment>exporting.py</extracomment>
        <translation>un archivo de trabajo</translation>
    </message>
    <message>
        <source>another folder for the package</source>
        <extracomment>exporting.py</extracomment>
        <translation>otra carpeta para el paquete</translation>
    </message>
    <message>
        <source>leave to replace the package there</source>
        <extracomment>exporting.py</extracomment>
        <translation>permiso para reemplazar el paquete que hay</translation>
    </message>
    <message>
        <source>E&amp;xport a package…</source>
        <extracomment>faces/export.py</extracomment>
        <translation>E&amp;xportar un paquete…</translation>
    </message>
    <message>
        <source>Reproject, harmonise and write layers in all formats, with metadata and a report</source>
        <extracomment>faces/export.py</extracomment>
        <translation>Reproyectar, armonizar y escribir capas en todos los formatos, con metadatos e informe</translation>
    </message>
    <message>
        <source>Export {title}</source>
        <extracomment>faces/export.py</extracomment>
        <translation>Exportar {title}</translation>
    </message>
    <message>
        <source>&amp;Open package…</source>
        <extracomment>faces/packages.py</extracomment>
        <translation>Abrir &amp;paquete…</translation>
    </message>
    <message>
        <source>Add a package&apos;s layers, or those of INSPIRE GML, with styles and relations</source>
        <extracomment>faces/packages.py</extracomment>
        <translation>Añadir las capas de un paquete o de GML INSPIRE, con estilos y relaciones</translation>
    </message>
    <message>
        <source>{title} is open, layers: {count}</source>
        <extracomment>faces/packages.py</extracomment>
        <translation>{title} está abierto, capas: {count}</translation>
    </message>
    <message>
        <source>These can&apos;t be opened: {layers}</source>
        <extracomment>faces/packages.py</extracomment>
        <translation>No se pueden abrir: {layers}</translation>
    </message>
    <message>
        <source>Open {title}</source>
        <extracomment>packagelayers.py</extracomment>
        <translation>Abrir {title}</translation>
    </message>
    <message>
        <source>Read {path}</source>
        <extracomment>packagelayers.py</extracomment>
        <translation>Leer {path}</translation>
    </message>
    <message>
        <source>No layer of {title} can be opened.</source>
        <extracomment>packagelayers.py</extracomment>
        <translation>No se puede abrir ninguna capa de {title}.</translation>
    </message>
    <message>
        <source>{path} can&apos;t be read.</source>
        <extracomment>packageproject.py</extracomment>
        <translation>No se puede leer {path}.</translation>
    </message>
    <message>
        <source>{path} is too large.</source>
        <extracomment>packageproject.py</extracomment>
        <translation>{path} es demasiado grande.</translation>
    </message>
    <message>
        <source>It is opened as a GeoPackage, which you keep.</source>
        <extracomment>packages.py</extracomment>
        <translation>Se abre como GeoPackage, que usted conserva.</translation>
    </message>
    <message>
        <source>It is unpacked into a folder, which you keep.</source>
        <extracomment>packages.py</extracomment>
        <translation>Se descomprime en una carpeta, que usted conserva.</translation>
    </message>
    <message>
        <source>QGIS can&apos;t open any of its files.</source>
        <extracomment>packages.py</extracomment>
        <translation>QGIS no puede abrir ninguno de sus archivos.</translation>
    </message>
    <message>
        <source>The package is whole: every file is there and unchanged.</source>
        <extracomment>packages.py</extracomment>
        <translation>El paquete está íntegro: cada archivo está y no ha cambiado.</translation>
    </message>
    <message>
        <source>GML, files: {count}.</source>
        <extracomment>packages.py</extracomment>
        <translation>GML, archivos: {count}.</translation>
    </message>
    <message>
        <source>licence {licence}</source>
        <extracomment>packages.py</extracomment>
        <translation>licencia {licence}</translation>
    </message>
    <message>
        <source>state of {date}</source>
        <extracomment>packages.py</extracomment>
        <translation>estado a {date}</translation>
    </message>
    <message>
        <source>The package is damaged, files: {count}. Ask for it again.</source>
        <extracomment>packages.py</extracomment>
        <translation>El paquete está dañado, archivos: {count}. Pídalo de nuevo.</translation>
    </message>
    <message>
        <source>With the grid {grid}: {accuracy}.</source>
        <extracomment>crsadvice.py</extracomment>
        <translation>Con la rejilla {grid}: {accuracy}.</translation>
    </message>
    <message>
        <source>The export goes on; QGIS tells when it is done</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>La exportación continúa; QGIS avisará cuando termine</translation>
    </message>
    <message>
        <source>as the mapping says</source>
        <extracomment>dialogs/export_about.py</extracomment>
        <translation>como dice la correspondencia</translation>
    </message>
    <message>
        <source>Findings in the report – errors: {errors}, warnings: {warnings}.</source>
        <extracomment>exporting.py</extracomment>
        <translation>Hallazgos en el informe – errores: {errors}, advertencias: {warnings}.</translation>
    </message>
    <message>
        <source>Say where to put it.</source>
        <extracomment>packages.py</extracomment>
        <translation>Diga dónde ponerlo.</translation>
    </message>
    <message>
        <source>{path} is there already: choose another name.</source>
        <extracomment>packages.py</extracomment>
        <translation>{path} ya existe: elija otro nombre.</translation>
    </message>
    <message>
        <source>Li&amp;neage</source>
        <extracomment>dialogs/export_about.py</extracomment>
        <translation>Lin&amp;aje</translation>
    </message>
    <message>
        <source>There are no li&amp;mits to public access °</source>
        <extracomment>dialogs/export_about.py</extracomment>
        <translation>El acceso &amp;público no está limitado °</translation>
    </message>
    <message>
        <source>&amp;New connection…</source>
        <extracomment>faces/browser.py</extracomment>
        <translation>&amp;Nueva conexión…</translation>
    </message>
    <message>
        <source>No layers</source>
        <extracomment>faces/browser.py</extracomment>
        <translation>Ninguna capa</translation>
    </message>
    <message>
        <source>&amp;Refresh</source>
        <extracomment>faces/browser.py</extracomment>
        <translation>&amp;Actualizar</translation>
    </message>
    <message>
        <source>By the grid {grid}.</source>
        <extracomment>crsadvice.py</extracomment>
        <translation>Con la rejilla {grid}.</translation>
    </message>
    <message>
        <source>Target CR&amp;S</source>
        <extracomment>dialogs/export_crs.py</extracomment>
        <translation>SR&amp;C de destino</translation>
    </message>
    <message>
        <source>Its CRS isn&apos;t known: set it in the layer&apos;s properties, under Source.</source>
        <extracomment>crsadvice.py</extracomment>
        <translation>Su SRC es desconocido: asígnelo en las propiedades de la capa, en Fuente.</translation>
    </message>
</context>
</TS>
