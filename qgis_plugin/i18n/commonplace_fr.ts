<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr" sourcelanguage="en">
<context>
    <name>Commonplace</name>
    <message>
        <source>The engine is version {engine} and the plugin {plugin}. Install the engine from the wheel in the plugin&apos;s folder if something doesn&apos;t fit.</source>
        <extracomment>algorithms/base.py</extracomment>
        <translation>Le moteur est en version {engine} et l’extension en version {plugin}. Installez le moteur depuis le wheel du dossier de l’extension si quelque chose ne va pas.</translation>
    </message>
    <message>
        <source>{count} more kinds of findings are in the report.</source>
        <extracomment>algorithms/base.py</extracomment>
        <translation>{count} autres sortes de constats figurent dans le rapport.</translation>
    </message>
    <message>
        <source>Engine {engine}, Python {python}</source>
        <extracomment>algorithms/base.py</extracomment>
        <translation>Moteur {engine}, Python {python}</translation>
    </message>
    <message>
        <source>Cancelled. Nothing was written.</source>
        <extracomment>algorithms/base.py</extracomment>
        <translation>Annulé. Rien n’a été écrit.</translation>
    </message>
    <message>
        <source>There is no file {path}</source>
        <extracomment>addresses.py</extracomment>
        <translation>Il n’y a pas de fichier {path}</translation>
    </message>
    <message>
        <source>Convert INSPIRE data</source>
        <extracomment>algorithms/convert.py</extracomment>
        <translation>Convertir des données INSPIRE</translation>
    </message>
    <message>
        <source>Makes INSPIRE GML usable in QGIS, and any encoding of it any other.</source>
        <extracomment>algorithms/convert.py</extracomment>
        <translation>Rend le GML INSPIRE utilisable dans QGIS, et convertit tout encodage en tout autre.</translation>
    </message>
    <message>
        <source>Reads INSPIRE data (GML of any version, GeoPackage, GeoJSON, JSON-FG, GeoParquet, FlatGeobuf, CSV, or a Commonplace package) and writes it in another encoding. The ending of the output&apos;s name says which.
From GML, a GeoPackage has one table for each feature type, with related tables for what occurs more than once, code lists as value maps, and the reasons why values are missing. What an encoding can&apos;t hold is told.</source>
        <extracomment>algorithms/convert.py</extracomment>
        <translation>Lit des données INSPIRE (GML de toute version, GeoPackage, GeoJSON, JSON-FG, GeoParquet, FlatGeobuf, CSV ou un paquet Commonplace) et les écrit dans un autre encodage. L’extension du nom de sortie dit lequel.
À partir de GML, un GeoPackage a une table par type d’objet, avec des tables liées pour ce qui apparaît plusieurs fois, les listes de codes en listes de valeurs et les raisons pour lesquelles des valeurs manquent. Ce qu’un encodage ne peut contenir est signalé.</translation>
    </message>
    <message>
        <source>CRS of coordinates that state none</source>
        <extracomment>algorithms/convert.py</extracomment>
        <translation>SCR des coordonnées qui n’en indiquent aucun</translation>
    </message>
    <message>
        <source>File or package to convert</source>
        <extracomment>algorithms/convert.py</extracomment>
        <translation>Fichier ou paquet à convertir</translation>
    </message>
    <message>
        <source>Load the layers afterwards</source>
        <extracomment>algorithms/convert.py</extracomment>
        <translation>Charger les couches ensuite</translation>
    </message>
    <message>
        <source>Converted</source>
        <extracomment>algorithms/convert.py</extracomment>
        <translation>Converti</translation>
    </message>
    <message>
        <source>Features written</source>
        <extracomment>algorithms/convert.py</extracomment>
        <translation>Entités écrites</translation>
    </message>
    <message>
        <source>Explain mapping</source>
        <extracomment>algorithms/explain.py</extracomment>
        <translation>Expliquer la correspondance</translation>
    </message>
    <message>
        <source>Shows what a mapping does, property by property, as INSPIRE&apos;s matching table.</source>
        <extracomment>algorithms/explain.py</extracomment>
        <translation>Montre ce que fait une correspondance, propriété par propriété, sous forme de table de correspondance INSPIRE.</translation>
    </message>
    <message>
        <source>Writes the table that says, for each property, from which column or expression it comes, by which rule, and what stays empty.
Mapping or job file: of a job, all its mappings are explained, with values before and after from its first rows.
Matching table: a page to hand round. As CSV: the same for a spreadsheet.</source>
        <extracomment>algorithms/explain.py</extracomment>
        <translation>Écrit la table qui dit, pour chaque propriété, de quelle colonne ou expression elle vient, selon quelle règle, et ce qui reste vide.
Fichier de correspondance ou de tâche&#xa0;: pour une tâche, toutes ses correspondances sont expliquées, avec les valeurs avant et après de ses premières lignes.
Table de correspondance&#xa0;: une page à faire circuler. En CSV&#xa0;: la même pour un tableur.</translation>
    </message>
    <message>
        <source>Mapping or job file</source>
        <extracomment>algorithms/explain.py</extracomment>
        <translation>Fichier de correspondance ou de tâche</translation>
    </message>
    <message>
        <source>Matching table</source>
        <extracomment>algorithms/explain.py</extracomment>
        <translation>Table de correspondance</translation>
    </message>
    <message>
        <source>As CSV</source>
        <extracomment>algorithms/explain.py</extracomment>
        <translation>En CSV</translation>
    </message>
    <message>
        <source>Properties with a rule</source>
        <extracomment>algorithms/explain.py</extracomment>
        <translation>Propriétés avec une règle</translation>
    </message>
    <message>
        <source>Properties that stay empty</source>
        <extracomment>algorithms/explain.py</extracomment>
        <translation>Propriétés qui restent vides</translation>
    </message>
    <message>
        <source>Harmonise and export</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Harmoniser et exporter</translation>
    </message>
    <message>
        <source>Turns city layers into one interoperable INSPIRE package.</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Fait de couches communales un paquet INSPIRE interopérable.</translation>
    </message>
    <message>
        <source>Reprojects layers, harmonises them to INSPIRE as a mapping document says, checks them, and writes one package: data in the formats you choose, a report, and the documents that made it.
Either choose layers of the project and a mapping file, and say title, licence and attribution. Layers are taken as they are in the project: filter, joins, virtual fields and unsaved edits count. A mapping names the layers it reads by their name in the project, or by their table&apos;s or file&apos;s; with one layer chosen and one read, the name doesn&apos;t matter.
Or choose a job file, which says all that. Only the output folder and “replace” are taken from this form then.
Accuracy is the worst error, in metres, that the reprojection may bring. When no operation is that accurate the run stops and names the missing grids instead of writing coordinates that are off.
Rows with a bad value don&apos;t end the run: they are findings in the report.
The engine runs as a process of its own. If it isn&apos;t set up, the message says how to do that.</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Reprojette des couches, les harmonise selon INSPIRE comme le dit un document de correspondance, les vérifie et écrit un paquet&#xa0;: les données dans les formats choisis, un rapport et les documents dont il est issu.
Choisissez soit des couches du projet et un fichier de correspondance, en indiquant titre, licence et attribution. Les couches sont prises telles qu’elles sont dans le projet&#xa0;: filtre, jointures, champs virtuels et modifications non enregistrées comptent. Une correspondance nomme les couches qu’elle lit par leur nom dans le projet, ou par celui de leur table ou de leur fichier&#xa0;; avec une seule couche choisie et une seule lue, le nom est sans importance.
Soit un fichier de tâche, qui dit tout cela. Seuls le dossier de sortie et «&#xa0;remplacer&#xa0;» sont alors pris dans ce formulaire.
La précision est la plus grande erreur, en mètres, que la reprojection peut introduire. Si aucune opération n’est aussi précise, le traitement s’arrête et nomme les grilles manquantes au lieu d’écrire des coordonnées décalées.
Les lignes ayant une mauvaise valeur n’arrêtent pas le traitement&#xa0;: ce sont des constats dans le rapport.
Le moteur tourne dans son propre processus. S’il n’est pas installé, le message dit comment faire.</translation>
    </message>
    <message>
        <source>Accuracy the reprojection must reach, in metres</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Précision que la reprojection doit atteindre, en mètres</translation>
    </message>
    <message>
        <source>Folder of PROJ grids</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Dossier des grilles PROJ</translation>
    </message>
    <message>
        <source>Replace an existing package</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Remplacer un paquet existant</translation>
    </message>
    <message>
        <source>Choose either a job file, or layers and a mapping file, not both.</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Choisissez soit un fichier de tâche, soit des couches et un fichier de correspondance, pas les deux.</translation>
    </message>
    <message>
        <source>Choose layers and a mapping file, or a job file.</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Choisissez des couches et un fichier de correspondance, ou un fichier de tâche.</translation>
    </message>
    <message>
        <source>Choose the mapping file that says what the layers mean.</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Choisissez le fichier de correspondance qui dit ce que signifient les couches.</translation>
    </message>
    <message>
        <source>Choose at least one format.</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Choisissez au moins un format.</translation>
    </message>
    <message>
        <source>Layers</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Couches</translation>
    </message>
    <message>
        <source>Only selected features, where a layer has a selection</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Seulement les entités sélectionnées, si une couche a une sélection</translation>
    </message>
    <message>
        <source>Mapping file</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Fichier de correspondance</translation>
    </message>
    <message>
        <source>Job file, instead of layers and mapping</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Fichier de tâche, au lieu de couches et d’une correspondance</translation>
    </message>
    <message>
        <source>Title</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Titre</translation>
    </message>
    <message>
        <source>Target CRS</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>SCR cible</translation>
    </message>
    <message>
        <source>Formats</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Formats</translation>
    </message>
    <message>
        <source>Load the GeoPackage&apos;s layers afterwards</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Charger les couches du GeoPackage ensuite</translation>
    </message>
    <message>
        <source>Package folder</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Dossier du paquet</translation>
    </message>
    <message>
        <source>Report</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Rapport</translation>
    </message>
    <message>
        <source>Objects written</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Objets écrits</translation>
    </message>
    <message>
        <source>Rows rejected</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Lignes rejetées</translation>
    </message>
    <message>
        <source>Findings: errors</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Constats&#xa0;: erreurs</translation>
    </message>
    <message>
        <source>Findings: warnings</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Constats&#xa0;: avertissements</translation>
    </message>
    <message>
        <source>A package needs a licence and an attribution: state both. They could be found neither here nor in the layers&apos; metadata.</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Un paquet a besoin d’une licence et d’une attribution&#xa0;: indiquez les deux. Elles ne se trouvent ni ici ni dans les métadonnées des couches.</translation>
    </message>
    <message>
        <source>Choose a target CRS that has an EPSG code.</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Choisissez un SCR cible qui a un code EPSG.</translation>
    </message>
    <message>
        <source>City layers</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Couches communales</translation>
    </message>
    <message>
        <source>MIM7 report</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>Rapport MIM7</translation>
    </message>
    <message>
        <source>Tells how data meet MIM7 (Places) of the Minimal Interoperability Mechanisms.</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>Dit comment des données satisfont MIM7 (Lieux) des Minimal Interoperability Mechanisms.</translation>
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
        <translation>Chaque exigence de MIM7 est satisfaite, non satisfaite, sans objet ou invérifiable, avec ses preuves. Ce n’est pas une certification.
Fichier ou paquet&#xa0;: un paquet (son dossier ou son package.json), un GeoPackage, un GML ou un autre fichier. Ou bien&#xa0;:
Adresse&#xa0;: d’une API OGC, d’un WFS ou d’un broker NGSI-LD. Les 1 000 premières entités de chaque couche sont lues, ou toutes si vous le demandez.
État antérieur&#xa0;: le paquet ou le fichier de la fois précédente, pour voir si les identifiants persistent.
Colonne des identifiants&#xa0;: seulement si son nom ne le dit pas.
Authentification&#xa0;: une configuration du gestionnaire d’authentification de QGIS, pour l’adresse.
Rapport&#xa0;: une page à lire. En JSON&#xa0;: la même pour des programmes.</translation>
    </message>
    <message>
        <source>Column of ids</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>Colonne des identifiants</translation>
    </message>
    <message>
        <source>Tenant of the broker</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>Locataire (tenant) du broker</translation>
    </message>
    <message>
        <source>Read all features of a service</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>Lire toutes les entités d’un service</translation>
    </message>
    <message>
        <source>Folder of the official schemas</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>Dossier des schémas officiels</translation>
    </message>
    <message>
        <source>File or package</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>Fichier ou paquet</translation>
    </message>
    <message>
        <source>Address of a service, instead of a file</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>Adresse d’un service, au lieu d’un fichier</translation>
    </message>
    <message>
        <source>Authentication for the address</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>Authentification pour l’adresse</translation>
    </message>
    <message>
        <source>State of before</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>État antérieur</translation>
    </message>
    <message>
        <source>As JSON</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>En JSON</translation>
    </message>
    <message>
        <source>Requirements that pass</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>Exigences satisfaites</translation>
    </message>
    <message>
        <source>Requirements that fail</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>Exigences non satisfaites</translation>
    </message>
    <message>
        <source>Requirements that don&apos;t apply</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>Exigences sans objet</translation>
    </message>
    <message>
        <source>Requirements that can&apos;t be checked</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>Exigences invérifiables</translation>
    </message>
    <message>
        <source>Choose either a file or package, or an address.</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>Choisissez soit un fichier ou un paquet, soit une adresse.</translation>
    </message>
    <message>
        <source>An address begins with https:// or http://.</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>Une adresse commence par https:// ou http://.</translation>
    </message>
    <message>
        <source>Only packages and files can be compared with a state of before.</source>
        <extracomment>algorithms/mim7.py</extracomment>
        <translation>Seuls les paquets et les fichiers peuvent être comparés à un état antérieur.</translation>
    </message>
    <message>
        <source>Export package</source>
        <extracomment>algorithms/package.py</extracomment>
        <translation>Exporter un paquet</translation>
    </message>
    <message>
        <source>Runs a job file: sources, mappings, target CRS and formats, to one package.</source>
        <extracomment>algorithms/package.py</extracomment>
        <translation>Exécute un fichier de tâche&#xa0;: sources, correspondances, SCR cible et formats, en un paquet.</translation>
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
        <translation>Exécute un fichier de tâche comme la ligne de commande («&#xa0;commonplace run »)&#xa0;: lit ses sources, reprojette, harmonise, vérifie et écrit un paquet avec un rapport.
Fichier de tâche&#xa0;: nomme les sources, les documents de correspondance, le SCR cible et les formats. Les chemins relatifs y sont relatifs à son dossier. Les identifiants de connexion n’y figurent jamais&#xa0;: il nomme une configuration du gestionnaire d’authentification de QGIS.
Formats&#xa0;: seulement si d’autres que ceux de la tâche sont voulus.
Aussi en zip&#xa0;: écrit le paquet une seconde fois, en un fichier à côté du dossier.
Reprendre un traitement interrompu&#xa0;: les parties alors terminées ne sont pas refaites.
Remplacer&#xa0;: un paquet existant dans le dossier est remplacé&#xa0;; rien d’autre ne l’est jamais.
Dossier du paquet&#xa0;: seulement si un autre que celui de la tâche est voulu.</translation>
    </message>
    <message>
        <source>Job file</source>
        <extracomment>algorithms/package.py</extracomment>
        <translation>Fichier de tâche</translation>
    </message>
    <message>
        <source>Formats (none chosen: as the job says)</source>
        <extracomment>algorithms/package.py</extracomment>
        <translation>Formats (aucun choisi&#xa0;: ceux de la tâche)</translation>
    </message>
    <message>
        <source>Go on from an interrupted run</source>
        <extracomment>algorithms/package.py</extracomment>
        <translation>Reprendre un traitement interrompu</translation>
    </message>
    <message>
        <source>Also as a zip</source>
        <extracomment>algorithms/package.py</extracomment>
        <translation>Aussi en zip</translation>
    </message>
    <message>
        <source>Package folder (empty: as the job says)</source>
        <extracomment>algorithms/package.py</extracomment>
        <translation>Dossier du paquet (vide&#xa0;: celui de la tâche)</translation>
    </message>
    <message>
        <source>Publish to NGSI-LD</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>Publier en NGSI-LD</translation>
    </message>
    <message>
        <source>Sends a package&apos;s entities to an NGSI-LD broker; running it again does no harm.</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>Envoie les entités d’un paquet à un broker NGSI-LD&#xa0;; recommencer est sans danger.</translation>
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
        <translation>Envoie les entités NGSI-LD d’un paquet à un broker de contexte. Les entités existantes sont mises à jour&#xa0;; les attributs écrits par d’autres restent. Recommencer est sans danger.
Paquet ou fichier&#xa0;: un paquet au format NGSI-LD (son dossier ou son package.json), ou un fichier d’entités.
Broker&#xa0;: son adresse, comme https://broker.example.org. Les mots de passe et les clés n’y figurent jamais&#xa0;:
Authentification&#xa0;: une configuration du gestionnaire d’authentification de QGIS.
Essai à blanc&#xa0;: rien n’est envoyé&#xa0;; il est dit ce qui le serait.
Textes avec des caractères interdits&#xa0;: NGSI-LD interdit &lt; &gt; &quot; &apos; = ; ( ) dans les textes. Ils deviennent des JsonProperties, sont encodés en pourcent, ou sont gardés pour les brokers qui s’en accommodent.
Omettre les altitudes&#xa0;: pour les brokers dont les requêtes spatiales s’en accommodent mal.
Supprimer les attributs disparus&#xa0;: parmi nos propres attributs, ceux qu’une entité n’a plus.
Supprimer les entités disparues&#xa0;: celles dont le paquet n’a plus les objets. C’est irréversible&#xa0;; faites d’abord une répétition.</translation>
    </message>
    <message>
        <source>A password or key in the address would be seen by others. Put it into a configuration of QGIS&apos;s authentication manager and choose that.</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>Un mot de passe ou une clé dans l’adresse serait visible par d’autres. Mettez-le dans une configuration du gestionnaire d’authentification de QGIS et choisissez celle-ci.</translation>
    </message>
    <message>
        <source>Texts with forbidden characters</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>Textes avec des caractères interdits</translation>
    </message>
    <message>
        <source>Leave heights out</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>Omettre les altitudes</translation>
    </message>
    <message>
        <source>Create the tenant if there is none</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>Créer le locataire (tenant) s’il n’existe pas</translation>
    </message>
    <message>
        <source>Delete attributes that are gone</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>Supprimer les attributs disparus</translation>
    </message>
    <message>
        <source>Delete entities that are gone</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>Supprimer les entités disparues</translation>
    </message>
    <message>
        <source>Package or file</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>Paquet ou fichier</translation>
    </message>
    <message>
        <source>Address of the broker</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>Adresse du broker</translation>
    </message>
    <message>
        <source>Authentication</source>
        <extracomment>algorithms/connect.py</extracomment>
        <translation>Authentification</translation>
    </message>
    <message>
        <source>Rehearse: send nothing</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>Essai à blanc&#xa0;: ne rien envoyer</translation>
    </message>
    <message>
        <source>Entities</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>Entités</translation>
    </message>
    <message>
        <source>Entities created</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>Entités créées</translation>
    </message>
    <message>
        <source>Entities updated</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>Entités mises à jour</translation>
    </message>
    <message>
        <source>Entities that failed</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>Entités en échec</translation>
    </message>
    <message>
        <source>Entities that are gone</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>Entités disparues</translation>
    </message>
    <message>
        <source>Entities deleted</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>Entités supprimées</translation>
    </message>
    <message>
        <source>The broker took none of the entities.</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>Le broker n’a accepté aucune des entités.</translation>
    </message>
    <message>
        <source>become JsonProperties</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>deviennent des JsonProperties</translation>
    </message>
    <message>
        <source>are percent-encoded</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>sont encodés en pourcent</translation>
    </message>
    <message>
        <source>are kept</source>
        <extracomment>algorithms/publish.py</extracomment>
        <translation>sont gardés</translation>
    </message>
    <message>
        <source>Suggest mapping</source>
        <extracomment>algorithms/suggest.py</extracomment>
        <translation>Suggérer une correspondance</translation>
    </message>
    <message>
        <source>Writes a mapping document to start from: feature type, properties and codes.</source>
        <extracomment>algorithms/suggest.py</extracomment>
        <translation>Écrit un document de correspondance pour commencer&#xa0;: type d’objet, propriétés et codes.</translation>
    </message>
    <message>
        <source>Looks at names, values and geometries of a layer and writes a mapping document: which INSPIRE feature type or Smart Data Model it could be, which column is which property, which value is which code. Each line says how sure it is, and why. What a person has to look at is marked “todo”.
Nothing is sent anywhere, and nothing is random: the same layer gives the same document. Values of columns that look personal are shown nowhere.
Layer: any vector layer or table; its first 5,000 features are looked at, as filter, selection, joins and virtual fields leave them.
Feature type: only where you know it, as SCHEMA:TYPE, such as bu-core2d:Building or sdm/Streetlight:Streetlight. Without it the likeliest is taken, and up to three others are named.
Mapping document: the file to write. Use it in “Harmonise and export”.</source>
        <extracomment>algorithms/suggest.py</extracomment>
        <translation>Examine les noms, valeurs et géométries d’une couche et écrit un document de correspondance&#xa0;: quel type d’objet INSPIRE ou Smart Data Model ce pourrait être, quelle colonne est quelle propriété, quelle valeur est quel code. Chaque ligne dit à quel point elle est sûre, et pourquoi. Ce qu’une personne doit regarder est marqué «&#xa0;todo ».
Rien n’est envoyé nulle part, et rien n’est aléatoire&#xa0;: la même couche donne le même document. Les valeurs des colonnes qui semblent personnelles ne sont montrées nulle part.
Couche&#xa0;: toute couche vectorielle ou table&#xa0;; ses 5 000 premières entités sont examinées, telles que filtre, sélection, jointures et champs virtuels les laissent.
Type d’objet&#xa0;: seulement si vous le connaissez, sous la forme SCHÉMA:TYPE, comme bu-core2d:Building ou sdm/Streetlight:Streetlight. Sinon le plus probable est pris, et jusqu’à trois autres sont nommés.
Document de correspondance&#xa0;: le fichier à écrire. Utilisez-le dans «&#xa0;Harmoniser et exporter ».</translation>
    </message>
    <message>
        <source>Column {column} looks personal: {why}</source>
        <extracomment>algorithms/suggest.py</extracomment>
        <translation>La colonne {column} semble personnelle&#xa0;: {why}</translation>
    </message>
    <message>
        <source>Nothing is known of these columns: {columns}</source>
        <extracomment>algorithms/suggest.py</extracomment>
        <translation>Rien n’est connu de ces colonnes&#xa0;: {columns}</translation>
    </message>
    <message>
        <source>“{stated}” has no schema: write it as bu-core2d:Building.</source>
        <extracomment>algorithms/suggest.py</extracomment>
        <translation>«&#xa0;{stated}&#xa0;» n’a pas de schéma&#xa0;: écrivez-le comme bu-core2d:Building.</translation>
    </message>
    <message>
        <source>Layer</source>
        <extracomment>algorithms/connect.py</extracomment>
        <translation>Couche</translation>
    </message>
    <message>
        <source>Feature type, where it is known</source>
        <extracomment>algorithms/suggest.py</extracomment>
        <translation>Type d’objet, s’il est connu</translation>
    </message>
    <message>
        <source>Mapping document</source>
        <extracomment>algorithms/suggest.py</extracomment>
        <translation>Document de correspondance</translation>
    </message>
    <message>
        <source>Feature type suggested</source>
        <extracomment>algorithms/suggest.py</extracomment>
        <translation>Type d’objet suggéré</translation>
    </message>
    <message>
        <source>How sure it is, from 0 to 1</source>
        <extracomment>algorithms/suggest.py</extracomment>
        <translation>À quel point il est sûr, de 0 à 1</translation>
    </message>
    <message>
        <source>Problems that are left to you</source>
        <extracomment>algorithms/suggest.py</extracomment>
        <translation>Problèmes qui vous restent</translation>
    </message>
    <message>
        <source>Validate INSPIRE data</source>
        <extracomment>algorithms/validate.py</extracomment>
        <translation>Valider des données INSPIRE</translation>
    </message>
    <message>
        <source>Checks GML, GeoPackage, GeoJSON and packages, offline and at any size.</source>
        <extracomment>algorithms/validate.py</extracomment>
        <translation>Vérifie GML, GeoPackage, GeoJSON et paquets, hors ligne et à toute taille.</translation>
    </message>
    <message>
        <source>Checks a file, a folder or a zip of INSPIRE data: structure, multiplicities, code lists, identifiers, coordinate reference systems, geometries, references and the rules of the themes; against the official XML schemas too, where their folder is given. Nothing is sent anywhere and nothing is fetched.
Findings that have a place become points: rule, severity, feature, what is wrong and how to mend it. The report lists them all, with the clause each rule comes from.</source>
        <extracomment>algorithms/validate.py</extracomment>
        <translation>Vérifie un fichier, un dossier ou un zip de données INSPIRE&#xa0;: structure, multiplicités, listes de codes, identifiants, systèmes de coordonnées de référence, géométries, références et règles des thèmes&#xa0;; selon les schémas XML officiels aussi, si leur dossier est donné. Rien n’est envoyé nulle part et rien n’est téléchargé.
Les constats qui ont un lieu deviennent des points&#xa0;: règle, gravité, entité, ce qui ne va pas et comment y remédier. Le rapport les énumère tous, avec l’article dont vient chaque règle.</translation>
    </message>
    <message>
        <source>File, folder or zip to check</source>
        <extracomment>algorithms/validate.py</extracomment>
        <translation>Fichier, dossier ou zip à vérifier</translation>
    </message>
    <message>
        <source>Findings</source>
        <extracomment>algorithms/validate.py</extracomment>
        <translation>Constats</translation>
    </message>
    <message>
        <source>Features checked</source>
        <extracomment>algorithms/validate.py</extracomment>
        <translation>Entités vérifiées</translation>
    </message>
    <message>
        <source>Validity against the official schemas was not checked.</source>
        <extracomment>algorithms/validate.py</extracomment>
        <translation>La validité selon les schémas officiels n’a pas été vérifiée.</translation>
    </message>
    <message>
        <source>not checked against the official schemas</source>
        <extracomment>dialogs/findings.py</extracomment>
        <translation>non vérifié selon les schémas officiels</translation>
    </message>
    <message>
        <source>Nothing has been validated yet.</source>
        <extracomment>dialogs/findings.py</extracomment>
        <translation>Rien n’a encore été validé.</translation>
    </message>
    <message>
        <source>Progress of the validation</source>
        <extracomment>dialogs/findings.py</extracomment>
        <translation>Avancement de la validation</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <extracomment>dialogs/findings.py</extracomment>
        <translation>&amp;Annuler</translation>
    </message>
    <message>
        <source>Search in findings</source>
        <extracomment>dialogs/findings.py</extracomment>
        <translation>Chercher dans les constats</translation>
    </message>
    <message>
        <source>&amp;Validate…</source>
        <extracomment>dialogs/findings.py</extracomment>
        <translation>&amp;Valider…</translation>
    </message>
    <message>
        <source>Check files or layers of the project</source>
        <extracomment>dialogs/findings.py</extracomment>
        <translation>Vérifier des fichiers ou des couches du projet</translation>
    </message>
    <message>
        <source>Rules that were broken</source>
        <extracomment>dialogs/findings.py</extracomment>
        <translation>Règles enfreintes</translation>
    </message>
    <message>
        <source>Explanation of the finding</source>
        <extracomment>dialogs/findings.py</extracomment>
        <translation>Explication du constat</translation>
    </message>
    <message>
        <source>&amp;Zoom to the place</source>
        <extracomment>dialogs/findings.py</extracomment>
        <translation>&amp;Zoomer sur le lieu</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <extracomment>dialogs/findings.py</extracomment>
        <translation>&amp;Copier</translation>
    </message>
    <message>
        <source>&amp;Only this rule</source>
        <extracomment>dialogs/findings.py</extracomment>
        <translation>Cette &amp;règle seulement</translation>
    </message>
    <message>
        <source>Show findings of this severity</source>
        <extracomment>dialogs/findings.py</extracomment>
        <translation>Montrer les constats de cette gravité</translation>
    </message>
    <message>
        <source>All rules ({count})</source>
        <extracomment>dialogs/findings.py</extracomment>
        <translation>Toutes les règles ({count})</translation>
    </message>
    <message>
        <source>new mapping</source>
        <extracomment>dialogs/harmonise.py</extracomment>
        <translation>nouvelle correspondance</translation>
    </message>
    <message>
        <source>Read as a QGIS expression, and written as {text}</source>
        <extracomment>dialogs/harmonise.py</extracomment>
        <translation>Lu comme une expression QGIS, et écrit {text}</translation>
    </message>
    <message>
        <source>Save the mapping document</source>
        <extracomment>dialogs/harmonise.py</extracomment>
        <translation>Enregistrer le document de correspondance</translation>
    </message>
    <message>
        <source>Harmonise to INSPIRE</source>
        <extracomment>dialogs/harmonise.py</extracomment>
        <translation>Harmoniser selon INSPIRE</translation>
    </message>
    <message>
        <source>The mapping has changes that aren&apos;t saved. Discard them?</source>
        <extracomment>dialogs/harmonise.py</extracomment>
        <translation>La correspondance a des modifications non enregistrées. Les abandonner&#xa0;?</translation>
    </message>
    <message>
        <source>{path} has a value already. Remove it first (Del): only one can be given.</source>
        <extracomment>dialogs/harmonise.py</extracomment>
        <translation>{path} a déjà une valeur. Retirez-la d’abord (Suppr)&#xa0;: une seule peut être donnée.</translation>
    </message>
    <message>
        <source>Open a mapping document</source>
        <extracomment>dialogs/harmonise.py</extracomment>
        <translation>Ouvrir un document de correspondance</translation>
    </message>
    <message>
        <source>Leave out {columns}</source>
        <extracomment>dialogs/harmonise.py</extracomment>
        <translation>Laisser de côté {columns}</translation>
    </message>
    <message>
        <source>For layer {layer}…</source>
        <extracomment>dialogs/harmonise.py</extracomment>
        <translation>Pour la couche {layer}…</translation>
    </message>
    <message>
        <source>Remove {type}</source>
        <extracomment>dialogs/harmonise.py</extracomment>
        <translation>Retirer {type}</translation>
    </message>
    <message>
        <source>from {layers}</source>
        <extracomment>dialogs/harmonise.py</extracomment>
        <translation>de {layers}</translation>
    </message>
    <message>
        <source>Harmonise to INSPIRE: {name}</source>
        <extracomment>dialogs/harmonise.py</extracomment>
        <translation>Harmoniser selon INSPIRE&#xa0;: {name}</translation>
    </message>
    <message>
        <source>{name} is {text}</source>
        <extracomment>dialogs/harmonise.py</extracomment>
        <translation>{name} est {text}</translation>
    </message>
    <message>
        <source>{distinct} different values in {rows} features; {empty} have none. Code list {name}, {count} codes.</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>{distinct} valeurs différentes dans {rows} entités&#xa0;; {empty} n’en ont pas. Liste de codes {name}, {count} codes.</translation>
    </message>
    <message>
        <source>{count} features have a value without a code.</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>{count} entités ont une valeur sans code.</translation>
    </message>
    <message>
        <source>Values and their codes</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>Valeurs et leurs codes</translation>
    </message>
    <message>
        <source>What happens to other values</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>Ce qu’il advient des autres valeurs</translation>
    </message>
    <message>
        <source>&amp;Take all suggestions</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>Prendre toutes les &amp;suggestions</translation>
    </message>
    <message>
        <source>&amp;No codes</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>A&amp;ucun code</translation>
    </message>
    <message>
        <source>Remove all translations: the values are the codes themselves</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>Retirer toutes les traductions&#xa0;: les valeurs sont elles-mêmes les codes</translation>
    </message>
    <message>
        <source>&amp;Other values:</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>&amp;Autres valeurs&#xa0;:</translation>
    </message>
    <message>
        <source>Code</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>Code</translation>
    </message>
    <message>
        <source>Value in the layer</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>Valeur dans la couche</translation>
    </message>
    <message>
        <source>Features</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>Entités</translation>
    </message>
    <message>
        <source>Why</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>Pourquoi</translation>
    </message>
    <message>
        <source>a finding on the row</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>un constat sur la ligne</translation>
    </message>
    <message>
        <source>no value</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>pas de valeur</translation>
    </message>
    <message>
        <source>kept as they are</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>gardées telles quelles</translation>
    </message>
    <message>
        <source>the code of the longest beginning that has one</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>le code du plus long début qui en a un</translation>
    </message>
    <message>
        <source>Other codes aren&apos;t allowed.</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>D’autres codes ne sont pas admis.</translation>
    </message>
    <message>
        <source>The code list has no such code.</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>La liste de codes n’a pas ce code.</translation>
    </message>
    <message>
        <source>Every value has a code.</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>Chaque valeur a un code.</translation>
    </message>
    <message>
        <source>Codes of {property}</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>Codes de {property}</translation>
    </message>
    <message>
        <source>not in the layer</source>
        <extracomment>dialogs/harmonise_codes.py</extracomment>
        <translation>pas dans la couche</translation>
    </message>
    <message>
        <source>Reading the layers…</source>
        <extracomment>dialogs/harmonise_editor.py</extracomment>
        <translation>Lecture des couches…</translation>
    </message>
    <message>
        <source>Counting values…</source>
        <extracomment>dialogs/harmonise_editor.py</extracomment>
        <translation>Comptage des valeurs…</translation>
    </message>
    <message>
        <source>Preview…</source>
        <extracomment>dialogs/harmonise_editor.py</extracomment>
        <translation>Aperçu…</translation>
    </message>
    <message>
        <source>The layers are no longer in the project.</source>
        <extracomment>dialogs/harmonise_editor.py</extracomment>
        <translation>Les couches ne sont plus dans le projet.</translation>
    </message>
    <message>
        <source>Layer {layer} looks like {type} of schema {schema}. A document has one schema: make another one for it, or add it as something else.</source>
        <extracomment>dialogs/harmonise_editor.py</extracomment>
        <translation>La couche {layer} ressemble à {type} du schéma {schema}. Un document a un seul schéma&#xa0;: faites-en un autre pour elle, ou ajoutez-la comme autre chose.</translation>
    </message>
    <message>
        <source>Looking at {layer}…</source>
        <extracomment>dialogs/harmonise_editor.py</extracomment>
        <translation>Examen de {layer}…</translation>
    </message>
    <message>
        <source>Reading {file}…</source>
        <extracomment>dialogs/harmonise_editor.py</extracomment>
        <translation>Lecture de {file}…</translation>
    </message>
    <message>
        <source>{property} is {value}</source>
        <extracomment>dialogs/harmonise_editor.py</extracomment>
        <translation>{property} est {value}</translation>
    </message>
    <message>
        <source>Remove {property}</source>
        <extracomment>dialogs/harmonise_editor.py</extracomment>
        <translation>Retirer {property}</translation>
    </message>
    <message>
        <source>Agree to {property}</source>
        <extracomment>dialogs/harmonise_editor.py</extracomment>
        <translation>Approuver {property}</translation>
    </message>
    <message>
        <source>Target type {type}</source>
        <extracomment>dialogs/harmonise_editor.py</extracomment>
        <translation>Type cible {type}</translation>
    </message>
    <message>
        <source>Add {type}</source>
        <extracomment>dialogs/harmonise_editor.py</extracomment>
        <translation>Ajouter {type}</translation>
    </message>
    <message>
        <source>Take in {layer}</source>
        <extracomment>dialogs/harmonise_editor.py</extracomment>
        <translation>Prendre en compte {layer}</translation>
    </message>
    <message>
        <source>Open…</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Ouvrir…</translation>
    </message>
    <message>
        <source>Save</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Enregistrer</translation>
    </message>
    <message>
        <source>Save as…</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Enregistrer sous…</translation>
    </message>
    <message>
        <source>Codes…</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Codes…</translation>
    </message>
    <message>
        <source>Agree</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Approuver</translation>
    </message>
    <message>
        <source>Leave out unread columns</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Omettre les non lues</translation>
    </message>
    <message>
        <source>Read layers again</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Relire</translation>
    </message>
    <message>
        <source>Export…</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Exporter…</translation>
    </message>
    <message>
        <source>Target type…</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Type cible…</translation>
    </message>
    <message>
        <source>Add…</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Ajouter…</translation>
    </message>
    <message>
        <source>Remove</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Retirer</translation>
    </message>
    <message>
        <source>Find</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Chercher</translation>
    </message>
    <message>
        <source>Undo</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Redo</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Rétablir</translation>
    </message>
    <message>
        <source>About the property</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>À propos de la propriété</translation>
    </message>
    <message>
        <source>Object types of the document</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Types d’objet du document</translation>
    </message>
    <message>
        <source>O&amp;bject:</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>O&amp;bjet&#xa0;:</translation>
    </message>
    <message>
        <source>&amp;Namespace:</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Espace de &amp;noms&#xa0;:</translation>
    </message>
    <message>
        <source>Lan&amp;guage:</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>&amp;Langue&#xa0;:</translation>
    </message>
    <message>
        <source>&amp;Lineage:</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>&amp;Généalogie&#xa0;:</translation>
    </message>
    <message>
        <source>The namespace of your identifiers, such as DE.MYTOWN.BU</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>L’espace de noms de vos identifiants, comme FR.MAVILLE.BU</translation>
    </message>
    <message>
        <source>The language of names, three letters: deu, fra, ita …</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>La langue des noms, en trois lettres&#xa0;: deu, fra, ita …</translation>
    </message>
    <message>
        <source>How the data came about; goes into the metadata</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Comment les données ont été produites&#xa0;; figure dans les métadonnées</translation>
    </message>
    <message>
        <source>Find a property or column (Ctrl+F)</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Chercher une propriété ou une colonne (Ctrl+F)</translation>
    </message>
    <message>
        <source>Find a property or column</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Chercher une propriété ou une colonne</translation>
    </message>
    <message>
        <source>&amp;All properties</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>&amp;Toutes les propriétés</translation>
    </message>
    <message>
        <source>Also those that the schema doesn&apos;t ask for</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Aussi celles que le schéma ne demande pas</translation>
    </message>
    <message>
        <source>Layers that are read</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Couches lues</translation>
    </message>
    <message>
        <source>Properties and what fills them</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Propriétés et ce qui les remplit</translation>
    </message>
    <message>
        <source>Remove the value</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Retirer la valeur</translation>
    </message>
    <message>
        <source>&amp;Layers to harmonise. They are taken as they are in the project: filter, joins, virtual fields and unsaved edits count.</source>
        <extracomment>dialogs/harmonise_layers.py</extracomment>
        <translation>&amp;Couches à harmoniser. Elles sont prises telles qu’elles sont dans le projet&#xa0;: filtre, jointures, champs virtuels et modifications non enregistrées comptent.</translation>
    </message>
    <message>
        <source>Layers of the project</source>
        <extracomment>dialogs/harmonise_layers.py</extracomment>
        <translation>Couches du projet</translation>
    </message>
    <message>
        <source>Only &amp;selected features, where a layer has a selection</source>
        <extracomment>dialogs/export_data.py</extracomment>
        <translation>Seulement les entités &amp;sélectionnées, si une couche a une sélection</translation>
    </message>
    <message>
        <source>filtered</source>
        <extracomment>dialogs/layerlists.py</extracomment>
        <translation>filtrée</translation>
    </message>
    <message>
        <source>{count} selected</source>
        <extracomment>dialogs/layerlists.py</extracomment>
        <translation>{count} sélectionnées</translation>
    </message>
    <message>
        <source>Attribute</source>
        <extracomment>dialogs/harmonise_preview.py</extracomment>
        <translation>Attribut</translation>
    </message>
    <message>
        <source>Value</source>
        <extracomment>dialogs/harmonise_preview.py</extracomment>
        <translation>Valeur</translation>
    </message>
    <message>
        <source>The feature&apos;s attributes</source>
        <extracomment>dialogs/harmonise_preview.py</extracomment>
        <translation>Les attributs de l’entité</translation>
    </message>
    <message>
        <source>Property</source>
        <extracomment>dialogs/harmonise_preview.py</extracomment>
        <translation>Propriété</translation>
    </message>
    <message>
        <source>The INSPIRE object</source>
        <extracomment>dialogs/harmonise_preview.py</extracomment>
        <translation>L’objet INSPIRE</translation>
    </message>
    <message>
        <source>Problems and findings</source>
        <extracomment>dialogs/harmonise_preview.py</extracomment>
        <translation>Problèmes et constats</translation>
    </message>
    <message>
        <source>State of the preview</source>
        <extracomment>dialogs/harmonise_preview.py</extracomment>
        <translation>État de l’aperçu</translation>
    </message>
    <message>
        <source>Feature before (Alt+Left)</source>
        <extracomment>dialogs/harmonise_preview.py</extracomment>
        <translation>Entité précédente (Alt+Gauche)</translation>
    </message>
    <message>
        <source>Next feature (Alt+Right)</source>
        <extracomment>dialogs/harmonise_preview.py</extracomment>
        <translation>Entité suivante (Alt+Droite)</translation>
    </message>
    <message>
        <source>Which feature is shown</source>
        <extracomment>dialogs/harmonise_preview.py</extracomment>
        <translation>Quelle entité est montrée</translation>
    </message>
    <message>
        <source>{layer}: feature {number} of {count}</source>
        <extracomment>dialogs/harmonise_preview.py</extracomment>
        <translation>{layer}&#xa0;: entité {number} sur {count}</translation>
    </message>
    <message>
        <source>No preview while something is wrong: see the problems above.</source>
        <extracomment>dialogs/harmonise_preview.py</extracomment>
        <translation>Pas d’aperçu tant que quelque chose ne va pas&#xa0;: voir les problèmes ci-dessus.</translation>
    </message>
    <message>
        <source>No feature</source>
        <extracomment>dialogs/harmonise_preview.py</extracomment>
        <translation>Pas d’entité</translation>
    </message>
    <message>
        <source>Reading layers for harmonisation</source>
        <extracomment>dialogs/harmonise_staging.py</extracomment>
        <translation>Lecture des couches pour l’harmonisation</translation>
    </message>
    <message>
        <source>Reading the layers was cancelled.</source>
        <extracomment>dialogs/harmonise_staging.py</extracomment>
        <translation>La lecture des couches a été annulée.</translation>
    </message>
    <message>
        <source>Identifier (id)</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>Identifiant (id)</translation>
    </message>
    <message>
        <source>One object for each (key)</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>Un objet par (key)</translation>
    </message>
    <message>
        <source>Only rows where (where)</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>Seulement les lignes où (where)</translation>
    </message>
    <message>
        <source>needed</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>nécessaire</translation>
    </message>
    <message>
        <source>translate…</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>traduire…</translation>
    </message>
    <message>
        <source>mandatory</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>obligatoire</translation>
    </message>
    <message>
        <source>voidable</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>voidable</translation>
    </message>
    <message>
        <source>optional</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>facultatif</translation>
    </message>
    <message>
        <source>May have several values.</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>Peut avoir plusieurs valeurs.</translation>
    </message>
    <message>
        <source>Inherited from the document that this one extends.</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>Hérité du document que celui-ci étend.</translation>
    </message>
    <message>
        <source>Kept as it is written; it can be changed in a text editor only.</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>Gardé tel qu’il est écrit&#xa0;; modifiable seulement dans un éditeur de texte.</translation>
    </message>
    <message>
        <source>Column, expression or value</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>Colonne, expression ou valeur</translation>
    </message>
    <message>
        <source>Need</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>Besoin</translation>
    </message>
    <message>
        <source>Codes</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>Codes</translation>
    </message>
    <message>
        <source>Sure</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>Sûr</translation>
    </message>
    <message>
        <source>{path}: {need}, holds {holds}</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>{path}&#xa0;: {need}, contient {holds}</translation>
    </message>
    <message>
        <source>{count} translated</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>{count} traduites</translation>
    </message>
    <message>
        <source>A column of the layer</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>Une colonne de la couche</translation>
    </message>
    <message>
        <source>nothing</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>rien</translation>
    </message>
    <message>
        <source>Unit: {unit}</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>Unité&#xa0;: {unit}</translation>
    </message>
    <message>
        <source>A reference to another object</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>Une référence à un autre objet</translation>
    </message>
    <message>
        <source>No value, and why</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>Pas de valeur, et pourquoi</translation>
    </message>
    <message>
        <source>Choose the target type</source>
        <extracomment>dialogs/harmonise_types.py</extracomment>
        <translation>Choisir le type cible</translation>
    </message>
    <message>
        <source>&amp;What do the objects of the layer stand for?</source>
        <extracomment>dialogs/harmonise_types.py</extracomment>
        <translation>&amp;Que représentent les objets de la couche&#xa0;?</translation>
    </message>
    <message>
        <source>building, Gebäude, bâtiment, gebouw, edificio …</source>
        <extracomment>dialogs/harmonise_types.py</extracomment>
        <translation>bâtiment, building, Gebäude, gebouw, edificio …</translation>
    </message>
    <message>
        <source>Words to search target types by</source>
        <extracomment>dialogs/harmonise_types.py</extracomment>
        <translation>Mots pour chercher des types cibles</translation>
    </message>
    <message>
        <source>Target types found</source>
        <extracomment>dialogs/harmonise_types.py</extracomment>
        <translation>Types cibles trouvés</translation>
    </message>
    <message>
        <source>Definition of the type</source>
        <extracomment>dialogs/harmonise_types.py</extracomment>
        <translation>Définition du type</translation>
    </message>
    <message>
        <source>Searching…</source>
        <extracomment>dialogs/harmonise_types.py</extracomment>
        <translation>Recherche…</translation>
    </message>
    <message>
        <source>Name</source>
        <extracomment>dialogs/harmonise_types.py</extracomment>
        <translation>Nom</translation>
    </message>
    <message>
        <source>Called</source>
        <extracomment>dialogs/harmonise_types.py</extracomment>
        <translation>Appelé</translation>
    </message>
    <message>
        <source>Schema</source>
        <extracomment>dialogs/harmonise_types.py</extracomment>
        <translation>Schéma</translation>
    </message>
    <message>
        <source>Definition</source>
        <extracomment>dialogs/harmonise_types.py</extracomment>
        <translation>Définition</translation>
    </message>
    <message>
        <source>No target type is called like that.</source>
        <extracomment>dialogs/harmonise_types.py</extracomment>
        <translation>Aucun type cible ne s’appelle ainsi.</translation>
    </message>
    <message>
        <source>{name} reads the clock; a mapping gives the same result on any day. State the date, or put it into a column.</source>
        <extracomment>dialogs/harmonise_words.py</extracomment>
        <translation>{name} lit l’horloge&#xa0;; une correspondance donne le même résultat n’importe quel jour. Indiquez la date, ou mettez-la dans une colonne.</translation>
    </message>
    <message>
        <source>{name} gives another value each time. For an identifier that stays, use a column, key, =fingerprint(geometry) or =uuid5(…).</source>
        <extracomment>dialogs/harmonise_words.py</extracomment>
        <translation>{name} donne chaque fois une autre valeur. Pour un identifiant qui demeure, utilisez une colonne, key, =fingerprint(geometry) ou =uuid5(…).</translation>
    </message>
    <message>
        <source>{name} numbers rows and changes when the file is written anew. Use a column that identifies the object, or =fingerprint(geometry).</source>
        <extracomment>dialogs/harmonise_words.py</extracomment>
        <translation>{name} numérote les lignes et change quand le fichier est réécrit. Utilisez une colonne qui identifie l’objet, ou =fingerprint(geometry).</translation>
    </message>
    <message>
        <source>{name} measures a geometry, which mappings can&apos;t. Add it to the layer as a virtual field with the field calculator: virtual fields are read like columns.</source>
        <extracomment>dialogs/harmonise_words.py</extracomment>
        <translation>{name} mesure une géométrie, ce que les correspondances ne peuvent pas faire. Ajoutez-le à la couche comme champ virtuel avec la calculatrice de champ&#xa0;: les champs virtuels sont lus comme des colonnes.</translation>
    </message>
    <message>
        <source>{name} compares places. Write a join with where: in the document, or add a virtual field.</source>
        <extracomment>dialogs/harmonise_words.py</extracomment>
        <translation>{name} compare des lieux. Écrivez une jointure avec where: dans le document, ou ajoutez un champ virtuel.</translation>
    </message>
    <message>
        <source>{name} looks at many rows; an expression here sees one. Add a virtual field, or use key: to make one object of many rows.</source>
        <extracomment>dialogs/harmonise_words.py</extracomment>
        <translation>{name} regarde plusieurs lignes&#xa0;; ici une expression n’en voit qu’une. Ajoutez un champ virtuel, ou utilisez key: pour faire un objet de plusieurs lignes.</translation>
    </message>
    <message>
        <source>{name} reads other features. Join the layers in QGIS or with join: in the document; joined columns are read.</source>
        <extracomment>dialogs/harmonise_words.py</extracomment>
        <translation>{name} lit d’autres entités. Joignez les couches dans QGIS ou avec join: dans le document&#xa0;; les colonnes jointes sont lues.</translation>
    </message>
    <message>
        <source>{name} shows a value&apos;s label. Take the column itself and translate its codes (F4).</source>
        <extracomment>dialogs/harmonise_words.py</extracomment>
        <translation>{name} montre l’étiquette d’une valeur. Prenez la colonne elle-même et traduisez ses codes (F4).</translation>
    </message>
    <message>
        <source>{name} runs what it is given, which a shared document must not.</source>
        <extracomment>dialogs/harmonise_words.py</extracomment>
        <translation>{name} exécute ce qu’on lui donne, ce qu’un document partagé ne doit pas faire.</translation>
    </message>
    <message>
        <source>{name} reads what lies outside of the layer, which mappings can&apos;t.</source>
        <extracomment>dialogs/harmonise_words.py</extracomment>
        <translation>{name} lit ce qui est hors de la couche, ce que les correspondances ne peuvent pas faire.</translation>
    </message>
    <message>
        <source>{name} is a variable of QGIS, which the document doesn&apos;t know. Write the value itself.</source>
        <extracomment>dialogs/harmonise_words.py</extracomment>
        <translation>{name} est une variable de QGIS, que le document ne connaît pas. Écrivez la valeur elle-même.</translation>
    </message>
    <message>
        <source>{name} isn&apos;t among the geometry operators of mappings. Do it in QGIS first, with “Geometry by expression”.</source>
        <extracomment>dialogs/harmonise_words.py</extracomment>
        <translation>{name} n’est pas parmi les opérateurs géométriques des correspondances. Faites-le d’abord dans QGIS, avec «&#xa0;Géométrie par expression ».</translation>
    </message>
    <message>
        <source>{name} is known here, but not with these arguments.</source>
        <extracomment>dialogs/harmonise_words.py</extracomment>
        <translation>{name} est connu ici, mais pas avec ces arguments.</translation>
    </message>
    <message>
        <source>{name} has no counterpart here. Add a virtual field with this expression: virtual fields are read like columns.</source>
        <extracomment>dialogs/harmonise_words.py</extracomment>
        <translation>{name} n’a pas d’équivalent ici. Ajoutez un champ virtuel avec cette expression&#xa0;: les champs virtuels sont lus comme des colonnes.</translation>
    </message>
    <message>
        <source>Set up the Commonplace engine</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Installer le moteur Commonplace</translation>
    </message>
    <message>
        <source>Progress of the set-up</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Avancement de l’installation</translation>
    </message>
    <message>
        <source>What the programs print</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Ce qu’affichent les programmes</translation>
    </message>
    <message>
        <source>Make an environment for it in this QGIS profile</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Créer un environnement pour lui dans ce profil QGIS</translation>
    </message>
    <message>
        <source>Python for the environment</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Python pour l’environnement</translation>
    </message>
    <message>
        <source>&amp;Python</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>&amp;Python</translation>
    </message>
    <message>
        <source>Another Python</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Un autre Python</translation>
    </message>
    <message>
        <source>Pro&amp;gram</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Pro&amp;gramme</translation>
    </message>
    <message>
        <source>Folder of wheels</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Dossier de wheels</translation>
    </message>
    <message>
        <source>the package index (internet)</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>l’index de paquets (internet)</translation>
    </message>
    <message>
        <source>Packages &amp;from</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Paquets &amp;depuis</translation>
    </message>
    <message>
        <source>Without internet: a folder with the wheels of all packages that the engine needs</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Sans internet&#xa0;: un dossier avec les wheels de tous les paquets dont le moteur a besoin</translation>
    </message>
    <message>
        <source>Use an environment that has the engine already</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Utiliser un environnement qui a déjà le moteur</translation>
    </message>
    <message>
        <source>Python of the environment</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Python de l’environnement</translation>
    </message>
    <message>
        <source>P&amp;ython</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>P&amp;ython</translation>
    </message>
    <message>
        <source>&amp;Set up</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>&amp;Installer</translation>
    </message>
    <message>
        <source>Search &amp;again</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>&amp;Chercher à nouveau</translation>
    </message>
    <message>
        <source>Look for Pythons again, such as one just installed</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Chercher à nouveau des Python, par exemple un qui vient d’être installé</translation>
    </message>
    <message>
        <source>Open &amp;log</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Ouvrir le &amp;journal</translation>
    </message>
    <message>
        <source>Looking for Python…</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Recherche de Python…</translation>
    </message>
    <message>
        <source>Another…</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Un autre…</translation>
    </message>
    <message>
        <source>The plugin is version {plugin}: some things may not fit together.</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>L’extension est en version {plugin}&#xa0;: il se peut que certaines choses ne s’accordent pas.</translation>
    </message>
    <message>
        <source>&amp;Try again</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>&amp;Réessayer</translation>
    </message>
    <message>
        <source>Close</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>&amp;Use it</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>&amp;Utiliser</translation>
    </message>
    <message>
        <source>Cancel</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>The engine, version {version}, is ready.</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Le moteur, version {version}, est prêt.</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <extracomment>dialogs/setup.py</extracomment>
        <translation>Annulé.</translation>
    </message>
    <message>
        <source>Data to check</source>
        <extracomment>dialogs/validate.py</extracomment>
        <translation>Données à vérifier</translation>
    </message>
    <message>
        <source>&amp;Validate</source>
        <extracomment>dialogs/validate.py</extracomment>
        <translation>&amp;Valider</translation>
    </message>
    <message>
        <source>Files, folders and packages</source>
        <extracomment>dialogs/validate.py</extracomment>
        <translation>Fichiers, dossiers et paquets</translation>
    </message>
    <message>
        <source>Files to check</source>
        <extracomment>dialogs/validate.py</extracomment>
        <translation>Fichiers à vérifier</translation>
    </message>
    <message>
        <source>For layers that hold INSPIRE data already; they are taken with their filter.</source>
        <extracomment>dialogs/validate.py</extracomment>
        <translation>Pour des couches qui contiennent déjà des données INSPIRE&#xa0;; elles sont prises avec leur filtre.</translation>
    </message>
    <message>
        <source>Layers to check</source>
        <extracomment>dialogs/validate.py</extracomment>
        <translation>Couches à vérifier</translation>
    </message>
    <message>
        <source>Official schemas</source>
        <extracomment>dialogs/validate.py</extracomment>
        <translation>Schémas officiels</translation>
    </message>
    <message>
        <source>Folder; without it GML is checked by our own model</source>
        <extracomment>dialogs/validate.py</extracomment>
        <translation>Dossier&#xa0;; sans lui, le GML est vérifié selon notre propre modèle</translation>
    </message>
    <message>
        <source>Folder or package to check</source>
        <extracomment>dialogs/validate.py</extracomment>
        <translation>Dossier ou paquet à vérifier</translation>
    </message>
    <message>
        <source>Add &amp;files…</source>
        <extracomment>dialogs/validate.py</extracomment>
        <translation>Ajouter des &amp;fichiers…</translation>
    </message>
    <message>
        <source>Add f&amp;older…</source>
        <extracomment>dialogs/validate.py</extracomment>
        <translation>Ajouter un &amp;dossier…</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <extracomment>dialogs/validate.py</extracomment>
        <translation>&amp;Retirer</translation>
    </message>
    <message>
        <source>Set up the &amp;engine…</source>
        <extracomment>faces/engine_setup.py</extracomment>
        <translation>Installer le &amp;moteur…</translation>
    </message>
    <message>
        <source>Make, renew or choose the environment that Commonplace works in</source>
        <extracomment>faces/engine_setup.py</extracomment>
        <translation>Créer, renouveler ou choisir l’environnement dans lequel Commonplace travaille</translation>
    </message>
    <message>
        <source>Check INSPIRE data: files, packages and layers of the project</source>
        <extracomment>faces/findings.py</extracomment>
        <translation>Vérifier des données INSPIRE&#xa0;: fichiers, paquets et couches du projet</translation>
    </message>
    <message>
        <source>Rules of the validation</source>
        <extracomment>faces/findings.py</extracomment>
        <translation>Règles de la validation</translation>
    </message>
    <message>
        <source>This finding has no place: it is about the file as a whole.</source>
        <extracomment>faces/findings.py</extracomment>
        <translation>Ce constat n’a pas de lieu&#xa0;: il concerne le fichier entier.</translation>
    </message>
    <message>
        <source>Nothing is on the map yet: add the data as a layer first.</source>
        <extracomment>faces/findings.py</extracomment>
        <translation>La carte est encore vide&#xa0;: ajoutez d’abord les données comme couche.</translation>
    </message>
    <message>
        <source>Validate {subject}</source>
        <extracomment>faces/findings.py</extracomment>
        <translation>Valider {subject}</translation>
    </message>
    <message>
        <source>&amp;Harmonise to INSPIRE…</source>
        <extracomment>faces/harmonise.py</extracomment>
        <translation>&amp;Harmoniser selon INSPIRE…</translation>
    </message>
    <message>
        <source>Say what the columns of layers mean, with a live preview</source>
        <extracomment>faces/harmonise.py</extracomment>
        <translation>Dire ce que signifient les colonnes de couches, avec un aperçu</translation>
    </message>
    <message>
        <source>{subject} · errors: {errors} · warnings: {warnings} · hints: {infos}</source>
        <extracomment>findings.py</extracomment>
        <translation>{subject} · erreurs&#xa0;: {errors} · avertissements&#xa0;: {warnings} · remarques&#xa0;: {infos}</translation>
    </message>
    <message>
        <source>{first} and {more} more</source>
        <extracomment>findings.py</extracomment>
        <translation>{first} et {more} autres</translation>
    </message>
    <message>
        <source>Error</source>
        <extracomment>findings.py</extracomment>
        <translation>Erreur</translation>
    </message>
    <message>
        <source>Warning</source>
        <extracomment>findings.py</extracomment>
        <translation>Avertissement</translation>
    </message>
    <message>
        <source>Hint</source>
        <extracomment>findings.py</extracomment>
        <translation>Remarque</translation>
    </message>
    <message>
        <source>Fix</source>
        <extracomment>findings.py</extracomment>
        <translation>Remède</translation>
    </message>
    <message>
        <source>Clause</source>
        <extracomment>findings.py</extracomment>
        <translation>Article</translation>
    </message>
    <message>
        <source>Feature</source>
        <extracomment>findings.py</extracomment>
        <translation>Entité</translation>
    </message>
    <message>
        <source>File</source>
        <extracomment>dialogs/packages.py</extracomment>
        <translation>Fichier</translation>
    </message>
    <message>
        <source>Occurs</source>
        <extracomment>findings.py</extracomment>
        <translation>Occurrences</translation>
    </message>
    <message>
        <source>No findings in {subject}.</source>
        <extracomment>findings.py</extracomment>
        <translation>Aucun constat dans {subject}.</translation>
    </message>
    <message>
        <source>{file}, line {line}</source>
        <extracomment>findings.py</extracomment>
        <translation>{file}, ligne {line}</translation>
    </message>
    <message>
        <source>the table shows {shown} examples</source>
        <extracomment>findings.py</extracomment>
        <translation>la table montre {shown} exemples</translation>
    </message>
    <message>
        <source>{count} times</source>
        <extracomment>findings.py</extracomment>
        <translation>{count} fois</translation>
    </message>
    <message>
        <source>Severity</source>
        <extracomment>findingsmodel.py</extracomment>
        <translation>Gravité</translation>
    </message>
    <message>
        <source>What is wrong</source>
        <extracomment>findingsmodel.py</extracomment>
        <translation>Ce qui ne va pas</translation>
    </message>
    <message>
        <source>Rule</source>
        <extracomment>findingsmodel.py</extracomment>
        <translation>Règle</translation>
    </message>
    <message>
        <source>Looking for Python</source>
        <extracomment>setuptasks.py</extracomment>
        <translation>Recherche de Python</translation>
    </message>
    <message>
        <source>Setting up the Commonplace engine</source>
        <extracomment>setuptasks.py</extracomment>
        <translation>Installation du moteur Commonplace</translation>
    </message>
    <message>
        <source>Trying the engine</source>
        <extracomment>setuptasks.py</extracomment>
        <translation>Essai du moteur</translation>
    </message>
    <message>
        <source>Install it with your system&apos;s packages (on Debian and Ubuntu: apt install python3 python3-venv), then search again.</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Installez-le avec les paquets de votre système (sous Debian et Ubuntu&#xa0;: apt install python3 python3-venv), puis cherchez à nouveau.</translation>
    </message>
    <message>
        <source>No Python was found. The engine needs Python {oldest} or newer.</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Aucun Python n’a été trouvé. Le moteur a besoin de Python {oldest} ou plus récent.</translation>
    </message>
    <message>
        <source>Install Python from python.org or the Microsoft Store, then search again.</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Installez Python depuis python.org ou le Microsoft Store, puis cherchez à nouveau.</translation>
    </message>
    <message>
        <source>Install Python from python.org or with Homebrew, then search again.</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Installez Python depuis python.org ou avec Homebrew, puis cherchez à nouveau.</translation>
    </message>
    <message>
        <source>unknown</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>inconnu</translation>
    </message>
    <message>
        <source>The Pythons found can&apos;t make environments: they lack the module venv. The engine needs Python {oldest} or newer with it.</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Les Python trouvés ne peuvent pas créer d’environnements&#xa0;: il leur manque le module venv. Le moteur a besoin de Python {oldest} ou plus récent avec ce module.</translation>
    </message>
    <message>
        <source>The Pythons found don&apos;t do: {oldest} or newer is needed, with 64 bit.</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Les Python trouvés ne conviennent pas&#xa0;: il faut {oldest} ou plus récent, en 64 bits.</translation>
    </message>
    <message>
        <source>Python could not make an environment.</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Python n’a pas pu créer d’environnement.</translation>
    </message>
    <message>
        <source>This Python has no pip to install packages with, and none could be fetched. On Debian and Ubuntu, apt install python3-venv mends that.</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Ce Python n’a pas de pip pour installer des paquets, et aucun n’a pu être obtenu. Sous Debian et Ubuntu, apt install python3-venv y remédie.</translation>
    </message>
    <message>
        <source>The disk is full. The engine needs about 1 GB.</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Le disque est plein. Le moteur a besoin d’environ 1 Go.</translation>
    </message>
    <message>
        <source>The package index can&apos;t be reached. Check the network and QGIS&apos;s proxy settings, or take the packages from a folder of wheels.</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>L’index de paquets est injoignable. Vérifiez le réseau et les réglages de proxy de QGIS, ou prenez les paquets dans un dossier de wheels.</translation>
    </message>
    <message>
        <source>A file can&apos;t be written or replaced. Another QGIS may be using the engine: close it and try again.</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Un fichier ne peut être écrit ou remplacé. Un autre QGIS utilise peut-être le moteur&#xa0;: fermez-le et réessayez.</translation>
    </message>
    <message>
        <source>A package doesn&apos;t go with this version of Python. Choose another Python.</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Un paquet ne va pas avec cette version de Python. Choisissez un autre Python.</translation>
    </message>
    <message>
        <source>A package isn&apos;t there in a version that goes with this Python and computer. Choose another Python, or another folder of wheels.</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Un paquet n’existe pas dans une version qui aille avec ce Python et cet ordinateur. Choisissez un autre Python, ou un autre dossier de wheels.</translation>
    </message>
    <message>
        <source>The engine in this environment is version {detail}, which isn&apos;t this plugin&apos;s.</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Le moteur de cet environnement est en version {detail}, qui n’est pas celle de cette extension.</translation>
    </message>
    <message>
        <source>The engine was installed, but can&apos;t be started.</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Le moteur a été installé, mais ne peut être démarré.</translation>
    </message>
    <message>
        <source>Installing the packages failed.</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>L’installation des paquets a échoué.</translation>
    </message>
    <message>
        <source>The engine is set up: version {version}, in {python}</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Le moteur est installé&#xa0;: version {version}, dans {python}</translation>
    </message>
    <message>
        <source>Commonplace does its work in an engine of its own, which isn&apos;t set up yet. It needs Python and about 1 GB in this QGIS profile; nothing else on this computer changes.</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Commonplace travaille dans son propre moteur, qui n’est pas encore installé. Il a besoin de Python et d’environ 1 Go dans ce profil QGIS&#xa0;; rien d’autre ne change sur cet ordinateur.</translation>
    </message>
    <message>
        <source>The engine&apos;s Python can&apos;t be started: {python}</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Le Python du moteur ne peut être démarré&#xa0;: {python}</translation>
    </message>
    <message>
        <source>The engine is version {version} and the plugin {plugin}: set it up again to renew it.</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Le moteur est en version {version} et l’extension en version {plugin}&#xa0;: réinstallez-le pour le renouveler.</translation>
    </message>
    <message>
        <source>Making the environment…</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Création de l’environnement…</translation>
    </message>
    <message>
        <source>Fetching the packages that the engine needs…</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Téléchargement des paquets dont le moteur a besoin…</translation>
    </message>
    <message>
        <source>Installing the packages…</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Installation des paquets…</translation>
    </message>
    <message>
        <source>Trying the engine…</source>
        <extracomment>setuptexts.py</extracomment>
        <translation>Essai du moteur…</translation>
    </message>
    <message>
        <source>The engine gave no answer.</source>
        <extracomment>tasks.py</extracomment>
        <translation>Le moteur n’a pas répondu.</translation>
    </message>
    <message>
        <source>The mapping reads layer “{wanted}”, which isn&apos;t among those chosen: {chosen}</source>
        <extracomment>texts.py</extracomment>
        <translation>La correspondance lit la couche «&#xa0;{wanted} », qui n’est pas parmi celles choisies&#xa0;: {chosen}</translation>
    </message>
    <message>
        <source>“{python}” is not a Python interpreter that can be started.</source>
        <extracomment>texts.py</extracomment>
        <translation>«&#xa0;{python}&#xa0;» n’est pas un interpréteur Python qui puisse être démarré.</translation>
    </message>
    <message>
        <source>Correct the environment variable {variable} or the setting commonplace/python, or remove it and make an environment with these commands:</source>
        <extracomment>texts.py</extracomment>
        <translation>Corrigez la variable d’environnement {variable} ou le paramètre commonplace/python, ou supprimez-le et créez un environnement avec ces commandes&#xa0;:</translation>
    </message>
    <message>
        <source>The Commonplace engine is not set up yet: it needs a Python of its own.</source>
        <extracomment>texts.py</extracomment>
        <translation>Le moteur Commonplace n’est pas encore installé&#xa0;: il lui faut son propre Python.</translation>
    </message>
    <message>
        <source>In QGIS, Plugins ▸ Commonplace ▸ Set up the engine… does that. By hand, with Python 3.11 or newer, these commands do (or name an interpreter that has it in the environment variable {variable}):</source>
        <extracomment>texts.py</extracomment>
        <translation>Dans QGIS, Extensions ▸ Commonplace ▸ Installer le moteur… le fait. À la main, avec Python 3.11 ou plus récent, ces commandes le font (ou nommez dans la variable d’environnement {variable} un interpréteur qui l’a)&#xa0;:</translation>
    </message>
    <message>
        <source>A layer can&apos;t be handed to the engine: {layer}</source>
        <extracomment>texts.py</extracomment>
        <translation>Une couche ne peut être remise au moteur&#xa0;: {layer}</translation>
    </message>
    <message>
        <source>The Commonplace engine can&apos;t be started.</source>
        <extracomment>texts.py</extracomment>
        <translation>Le moteur Commonplace ne peut être démarré.</translation>
    </message>
    <message>
        <source>The Commonplace engine doesn&apos;t answer. Is it installed in this Python?</source>
        <extracomment>texts.py</extracomment>
        <translation>Le moteur Commonplace ne répond pas. Est-il installé dans ce Python&#xa0;?</translation>
    </message>
    <message>
        <source>The Commonplace engine and this plugin are of versions that don&apos;t fit together. Install the engine again from the wheel in the plugin&apos;s folder.</source>
        <extracomment>texts.py</extracomment>
        <translation>Les versions du moteur Commonplace et de cette extension ne s’accordent pas. Réinstallez le moteur depuis le wheel du dossier de l’extension.</translation>
    </message>
    <message>
        <source>The Commonplace engine ended unexpectedly.</source>
        <extracomment>texts.py</extracomment>
        <translation>Le moteur Commonplace s’est arrêté de façon inattendue.</translation>
    </message>
    <message>
        <source>The Commonplace engine failed at this job. Nothing was written.</source>
        <extracomment>texts.py</extracomment>
        <translation>Le moteur Commonplace a échoué à cette tâche. Rien n’a été écrit.</translation>
    </message>
    <message>
        <source>Its log is {log}</source>
        <extracomment>texts.py</extracomment>
        <translation>Son journal est {log}</translation>
    </message>
    <message>
        <source>Read {layers}</source>
        <extracomment>dialogs/harmonise_editor.py</extracomment>
        <translation>Lire {layers}</translation>
    </message>
    <message>
        <source>Layers that this object type reads (Ctrl+L)</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Couches que lit ce type d’objet (Ctrl+L)</translation>
    </message>
    <message>
        <source>Edit the value</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Modifier la valeur</translation>
    </message>
    <message>
        <source>Licence (empty: from the layers&apos; metadata)</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Licence (vide&#xa0;: des métadonnées)</translation>
    </message>
    <message>
        <source>Attribution (empty: from the layers&apos; metadata)</source>
        <extracomment>algorithms/harmonise.py</extracomment>
        <translation>Attribution (vide&#xa0;: des métadonnées)</translation>
    </message>
    <message>
        <source>A layer has changed. Read the layers again (F5) to see it here.</source>
        <extracomment>dialogs/harmonise_editor.py</extracomment>
        <translation>Une couche a changé. Relisez les couches (F5) pour le voir ici.</translation>
    </message>
    <message>
        <source>Help</source>
        <extracomment>dialogs/harmonise_form.py</extracomment>
        <translation>Aide</translation>
    </message>
    <message>
        <source>User &amp;guide</source>
        <extracomment>faces/guide.py</extracomment>
        <translation>&amp;Guide d’utilisation</translation>
    </message>
    <message>
        <source>A planner&apos;s first hour, step by step</source>
        <extracomment>faces/guide.py</extracomment>
        <translation>La première heure, pas à pas</translation>
    </message>
    <message>
        <source>Inspect source</source>
        <extracomment>algorithms/connect.py</extracomment>
        <translation>Examiner une source</translation>
    </message>
    <message>
        <source>Load layer</source>
        <extracomment>algorithms/connect.py</extracomment>
        <translation>Charger une couche</translation>
    </message>
    <message>
        <source>Reads a layer of any source that the engine knows, whole, into a GeoPackage. Of a service, only what lies in the extent and meets the filter is asked for, where the service can choose.
Layer: may be left out where the source has only one; Inspect source lists them.
Filter: CQL2, such as floors &gt; 3 AND kind = &apos;oak&apos;.</source>
        <extracomment>algorithms/connect.py</extracomment>
        <translation>Lit une couche de toute source que connaît le moteur, en entier, dans un GeoPackage. À un service, on ne demande que ce qui est dans l’emprise et satisfait le filtre, là où le service sait choisir.
Couche&#xa0;: peut être omise si la source n’en a qu’une&#xa0;; «&#xa0;Examiner une source&#xa0;» les énumère.
Filtre&#xa0;: CQL2, comme floors &gt; 3 AND kind = &apos;oak&apos;.</translation>
    </message>
    <message>
        <source>Address of a service, file or folder</source>
        <extracomment>algorithms/connect.py</extracomment>
        <translation>Adresse d’un service, fichier ou dossier</translation>
    </message>
    <message>
        <source>The address carries a secret: use an authentication of QGIS instead.</source>
        <extracomment>addresses.py</extracomment>
        <translation>L’adresse contient un secret&#xa0;: utilisez plutôt une authentification de QGIS.</translation>
    </message>
    <message>
        <source>Kind of source</source>
        <extracomment>algorithms/connect.py</extracomment>
        <translation>Sorte de source</translation>
    </message>
    <message>
        <source>Names of the layers</source>
        <extracomment>algorithms/connect.py</extracomment>
        <translation>Noms des couches</translation>
    </message>
    <message>
        <source>Number of layers</source>
        <extracomment>algorithms/connect.py</extracomment>
        <translation>Nombre de couches</translation>
    </message>
    <message>
        <source>Extent</source>
        <extracomment>algorithms/connect.py</extracomment>
        <translation>Emprise</translation>
    </message>
    <message>
        <source>Largest number of features</source>
        <extracomment>algorithms/connect.py</extracomment>
        <translation>Nombre maximal d’entités</translation>
    </message>
    <message>
        <source>Filter</source>
        <extracomment>algorithms/connect.py</extracomment>
        <translation>Filtre</translation>
    </message>
    <message>
        <source>Layer loaded</source>
        <extracomment>algorithms/connect.py</extracomment>
        <translation>Couche chargée</translation>
    </message>
    <message>
        <source>Features read</source>
        <extracomment>algorithms/connect.py</extracomment>
        <translation>Entités lues</translation>
    </message>
    <message>
        <source>Recognises what an address, a file or a folder is (OGC API, WFS, CSW, SensorThings, NGSI-LD broker, INSPIRE GML and many more) and lists its layers, with CRS, number of features and licence.
Load layer reads what is listed.</source>
        <extracomment>algorithms/connect.py</extracomment>
        <translation>Reconnaît ce qu’est une adresse, un fichier ou un dossier (API OGC, WFS, CSW, SensorThings, broker NGSI-LD, GML INSPIRE et bien d’autres) et énumère ses couches, avec SCR, nombre d’entités et licence.
«&#xa0;Charger une couche&#xa0;» lit ce qui est énuméré.</translation>
    </message>
    <message>
        <source>Tells what an address, a file or a folder is, and lists its layers.</source>
        <extracomment>algorithms/connect.py</extracomment>
        <translation>Dit ce qu’est une adresse, un fichier ou un dossier, et énumère ses couches.</translation>
    </message>
    <message>
        <source>Reads a layer of any source, whole or a part of it, into a GeoPackage.</source>
        <extracomment>algorithms/connect.py</extracomment>
        <translation>Lit une couche de toute source, en entier ou en partie, dans un GeoPackage.</translation>
    </message>
    <message>
        <source>Type or paste an address, or choose a file or a folder.</source>
        <extracomment>addresses.py</extracomment>
        <translation>Tapez ou collez une adresse, ou choisissez un fichier ou un dossier.</translation>
    </message>
    <message>
        <source>{kind}, layers: {count}</source>
        <extracomment>connections.py</extracomment>
        <translation>{kind}, couches&#xa0;: {count}</translation>
    </message>
    <message>
        <source>Connect to a source</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>Se connecter à une source</translation>
    </message>
    <message>
        <source>OGC API, WFS, CSW, SensorThings, NGSI-LD broker, file or folder.</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>API OGC, WFS, CSW, SensorThings, broker NGSI-LD, fichier ou dossier.</translation>
    </message>
    <message>
        <source>Looking…</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>Examen…</translation>
    </message>
    <message>
        <source>&amp;Look</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>&amp;Examiner</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>&amp;Adresse</translation>
    </message>
    <message>
        <source>Layers of the source</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>Couches de la source</translation>
    </message>
    <message>
        <source>Only a part of it</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>Une partie seulement</translation>
    </message>
    <message>
        <source>What lies in the &amp;map&apos;s extent</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>Ce qui est dans l’e&amp;mprise de la carte</translation>
    </message>
    <message>
        <source>all</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>toutes</translation>
    </message>
    <message>
        <source>CQL2; for an NGSI-LD broker its query language (q)</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>CQL2&#xa0;; pour un broker NGSI-LD, son langage de requête (q)</translation>
    </message>
    <message>
        <source>A&amp;dd layer</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>A&amp;jouter la couche</translation>
    </message>
    <message>
        <source>&amp;Save connection…</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>Enregi&amp;strer la connexion…</translation>
    </message>
    <message>
        <source>File to connect to</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>Fichier auquel se connecter</translation>
    </message>
    <message>
        <source>Save connection</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>Enregistrer la connexion</translation>
    </message>
    <message>
        <source>Name of the connection</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>Nom de la connexion</translation>
    </message>
    <message>
        <source>&amp;File…</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>&amp;Fichier…</translation>
    </message>
    <message>
        <source>F&amp;older…</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>D&amp;ossier…</translation>
    </message>
    <message>
        <source>Folder to connect to</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>Dossier auquel se connecter</translation>
    </message>
    <message>
        <source>Geometry</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>Géométrie</translation>
    </message>
    <message>
        <source>CRS</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>SCR</translation>
    </message>
    <message>
        <source>Licence</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>Licence</translation>
    </message>
    <message>
        <source>Loading {layer}…</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>Chargement de {layer}…</translation>
    </message>
    <message>
        <source>&amp;Connect…</source>
        <extracomment>faces/browser.py</extracomment>
        <translation>Se &amp;connecter…</translation>
    </message>
    <message>
        <source>Look what an address, a file or a folder holds, and add layers of it</source>
        <extracomment>faces/connect.py</extracomment>
        <translation>Voir ce que contient une adresse, un fichier ou un dossier, et en ajouter des couches</translation>
    </message>
    <message>
        <source>Refresh from its source</source>
        <extracomment>faces/connect.py</extracomment>
        <translation>Actualiser depuis sa source</translation>
    </message>
    <message>
        <source>{layer} is loaded, features: {count}</source>
        <extracomment>faces/connect.py</extracomment>
        <translation>{layer} est chargée, entités&#xa0;: {count}</translation>
    </message>
    <message>
        <source>Look at {source}</source>
        <extracomment>faces/connect.py</extracomment>
        <translation>Examiner {source}</translation>
    </message>
    <message>
        <source>Connection “{name}” is saved.</source>
        <extracomment>faces/connect.py</extracomment>
        <translation>La connexion «&#xa0;{name}&#xa0;» est enregistrée.</translation>
    </message>
    <message>
        <source>Load {layer}</source>
        <extracomment>sourcelayers.py</extracomment>
        <translation>Charger {layer}</translation>
    </message>
    <message>
        <source>QGIS can&apos;t open {path}</source>
        <extracomment>sourcelayers.py</extracomment>
        <translation>QGIS ne peut pas ouvrir {path}</translation>
    </message>
    <message>
        <source>Sa&amp;ved</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>Enregist&amp;rées</translation>
    </message>
    <message>
        <source>Saved connections</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>Connexions enregistrées</translation>
    </message>
    <message>
        <source>&amp;Forget</source>
        <extracomment>dialogs/connect.py</extracomment>
        <translation>&amp;Oublier</translation>
    </message>
    <message>
        <source>Connection “{name}” is forgotten.</source>
        <extracomment>faces/connect.py</extracomment>
        <translation>La connexion « {name} » est oubliée.</translation>
    </message>
    <message>
        <source>The feature {feature} is in none of the project&apos;s layers.</source>
        <extracomment>faces/findings.py</extracomment>
        <translation>L’entité {feature} n’est dans aucune couche du projet.</translation>
    </message>
    <message>
        <source>Look for {feature}</source>
        <extracomment>findinglayers.py</extracomment>
        <translation>Chercher {feature}</translation>
    </message>
    <message>
        <source>Catalogue (CSW)</source>
        <extracomment>kinds.py</extracomment>
        <translation>Catalogue (CSW)</translation>
    </message>
    <message>
        <source>Catalogue (OGC API Records)</source>
        <extracomment>kinds.py</extracomment>
        <translation>Catalogue (OGC API Records)</translation>
    </message>
    <message>
        <source>ATOM download service</source>
        <extracomment>kinds.py</extracomment>
        <translation>Service de téléchargement ATOM</translation>
    </message>
    <message>
        <source>NGSI-LD broker</source>
        <extracomment>kinds.py</extracomment>
        <translation>Broker NGSI-LD</translation>
    </message>
    <message>
        <source>Linked data event stream</source>
        <extracomment>kinds.py</extracomment>
        <translation>Flux d’événements de données liées</translation>
    </message>
    <message>
        <source>File on a server</source>
        <extracomment>kinds.py</extracomment>
        <translation>Fichier sur un serveur</translation>
    </message>
    <message>
        <source>Commonplace package</source>
        <extracomment>kinds.py</extracomment>
        <translation>Paquet Commonplace</translation>
    </message>
    <message>
        <source>Timetable (GTFS)</source>
        <extracomment>kinds.py</extracomment>
        <translation>Horaires (GTFS)</translation>
    </message>
    <message>
        <source>{layer} follows its broker; a click on the sign beside it stops that.</source>
        <extracomment>faces/following.py</extracomment>
        <translation>{layer} suit son broker&#xa0;; un clic sur le signe à côté l’arrête.</translation>
    </message>
    <message>
        <source>Follow this broker</source>
        <extracomment>faces/following.py</extracomment>
        <translation>Suivre ce broker</translation>
    </message>
    <message>
        <source>Follows its broker. Click to stop.</source>
        <extracomment>faces/following.py</extracomment>
        <translation>Suit son broker. Cliquez pour arrêter.</translation>
    </message>
    <message>
        <source>{layer} is being edited: save or discard the edits first.</source>
        <extracomment>following.py</extracomment>
        <translation>{layer} est en cours d’édition&#xa0;: enregistrez ou abandonnez d’abord les modifications.</translation>
    </message>
    <message>
        <source>{layer} follows its broker</source>
        <extracomment>following.py</extracomment>
        <translation>{layer} suit son broker</translation>
    </message>
    <message>
        <source>what the INSPIRE directive asks for: the whole model, nested as it is</source>
        <extracomment>formats.py</extracomment>
        <translation>ce que demande la directive INSPIRE : tout le modèle, avec ses imbrications</translation>
    </message>
    <message>
        <source>for QGIS and other GIS; styles come with it</source>
        <extracomment>formats.py</extracomment>
        <translation>pour QGIS et d’autres SIG ; les styles sont joints</translation>
    </message>
    <message>
        <source>for web maps and scripts, in longitude and latitude</source>
        <extracomment>formats.py</extracomment>
        <translation>pour cartes web et scripts, en longitude et latitude</translation>
    </message>
    <message>
        <source>GeoJSON that keeps the target CRS, times and solids</source>
        <extracomment>formats.py</extracomment>
        <translation>du GeoJSON qui garde SCR cible, temps et solides</translation>
    </message>
    <message>
        <source>for data science and large data sets, small and fast</source>
        <extracomment>formats.py</extracomment>
        <translation>pour l’analyse et les grands jeux, petit et rapide</translation>
    </message>
    <message>
        <source>for web maps over large data sets, read by parts</source>
        <extracomment>formats.py</extracomment>
        <translation>pour cartes web de grands jeux, lus par parties</translation>
    </message>
    <message>
        <source>a table for spreadsheets; geometry as text</source>
        <extracomment>formats.py</extracomment>
        <translation>un tableau pour tableurs ; géométrie en texte</translation>
    </message>
    <message>
        <source>3D city models: buildings and what is around them</source>
        <extracomment>formats.py</extracomment>
        <translation>modèles urbains 3D : bâtiments et alentours</translation>
    </message>
    <message>
        <source>the same in lines, for streaming and large cities</source>
        <extracomment>formats.py</extracomment>
        <translation>le même par lignes, pour flux et grandes villes</translation>
    </message>
    <message>
        <source>entities for context brokers and digital twins</source>
        <extracomment>formats.py</extracomment>
        <translation>entités pour brokers de contexte et jumeaux numériques</translation>
    </message>
    <message>
        <source>The mapping doesn&apos;t read layer {layer}: it is left out.</source>
        <extracomment>staging.py</extracomment>
        <translation>La correspondance ne lit pas la couche {layer}&#xa0;: elle est laissée de côté.</translation>
    </message>
    <message>
        <source>Writing {layer}</source>
        <extracomment>staging.py</extracomment>
        <translation>Écriture de {layer}</translation>
    </message>
    <message>
        <source>Missing grid files: {grids}. To reach the better accuracy, download them into a folder of their own, and choose that as “Folder of grids”.</source>
        <extracomment>crsadvice.py</extracomment>
        <translation>Grilles manquantes : {grids}. Pour la meilleure précision, téléchargez-les dans un dossier à part et choisissez-le comme « Dossier des grilles ».</translation>
    </message>
    <message>
        <source>Worse than the {length} demanded: the export would stop.</source>
        <extracomment>crsadvice.py</extracomment>
        <translation>Moins bon que les {length} exigés : l’export s’arrêterait.</translation>
    </message>
    <message>
        <source>not known</source>
        <extracomment>crsadvice.py</extracomment>
        <translation>inconnue</translation>
    </message>
    <message>
        <source>exact</source>
        <extracomment>crsadvice.py</extracomment>
        <translation>exacte</translation>
    </message>
    <message>
        <source>The layer is in this CRS already.</source>
        <extracomment>crsadvice.py</extracomment>
        <translation>La couche est déjà dans ce SCR.</translation>
    </message>
    <message>
        <source>Nobody states an accuracy: compare with known points.</source>
        <extracomment>crsadvice.py</extracomment>
        <translation>Personne n’indique de précision : comparez avec des points connus.</translation>
    </message>
    <message>
        <source>The datum stays, so nothing is lost.</source>
        <extracomment>crsadvice.py</extracomment>
        <translation>Le datum reste, rien n’est perdu.</translation>
    </message>
    <message>
        <source>no way found</source>
        <extracomment>crsadvice.py</extracomment>
        <translation>aucune voie trouvée</translation>
    </message>
    <message>
        <source>up to {length} off</source>
        <extracomment>crsadvice.py</extracomment>
        <translation>jusqu’à {length} d’écart</translation>
    </message>
    <message>
        <source>It would be better with the grid {grid}.</source>
        <extracomment>crsadvice.py</extracomment>
        <translation>Ce serait mieux avec la grille {grid}.</translation>
    </message>
    <message>
        <source>Export a package</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>Exporter un paquet</translation>
    </message>
    <message>
        <source>Parts of the form</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>Parties du formulaire</translation>
    </message>
    <message>
        <source>Folder for the package</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>Dossier pour le paquet</translation>
    </message>
    <message>
        <source>Package &amp;folder</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>D&amp;ossier du paquet</translation>
    </message>
    <message>
        <source>&amp;Replace it</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>L&amp;e remplacer</translation>
    </message>
    <message>
        <source>Progress of the export</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>Avancement de l’export</translation>
    </message>
    <message>
        <source>&amp;Export</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>E&amp;xporter</translation>
    </message>
    <message>
        <source>Canc&amp;el</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>&amp;Annuler</translation>
    </message>
    <message>
        <source>Open repor&amp;t</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>Ouvrir le rappor&amp;t</translation>
    </message>
    <message>
        <source>Show fol&amp;der</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>Montrer le &amp;dossier</translation>
    </message>
    <message>
        <source>O&amp;pen in QGIS</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>Ouvrir dans &amp;QGIS</translation>
    </message>
    <message>
        <source>&amp;1 Data</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>&amp;1 Données</translation>
    </message>
    <message>
        <source>&amp;2 Coordinates</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>&amp;2 Coordonnées</translation>
    </message>
    <message>
        <source>&amp;3 Formats</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>&amp;3 Formats</translation>
    </message>
    <message>
        <source>&amp;4 About the data</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>&amp;4 À propos des données</translation>
    </message>
    <message>
        <source>as the job says</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>comme le dit la tâche</translation>
    </message>
    <message>
        <source>The engine starts.</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>Le moteur démarre.</translation>
    </message>
    <message>
        <source>Still needed: {things}</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>Il manque encore : {things}</translation>
    </message>
    <message>
        <source>Choose a CRS that has an EPSG code.</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>Choisissez un SCR qui a un code EPSG.</translation>
    </message>
    <message>
        <source>The mapping makes: {types}</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>La correspondance produit : {types}</translation>
    </message>
    <message>
        <source>No package was written.</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>Aucun paquet n’a été écrit.</translation>
    </message>
    <message>
        <source>INSPIRE&apos;s record would lack: {gaps}. The report says so.</source>
        <extracomment>dialogs/export_about.py</extracomment>
        <translation>Il manquerait à la fiche INSPIRE : {gaps}. Le rapport le dit.</translation>
    </message>
    <message>
        <source>* needed      ° asked for by INSPIRE&apos;s metadata</source>
        <extracomment>dialogs/export_about.py</extracomment>
        <translation>* nécessaire      ° demandé par les métadonnées INSPIRE</translation>
    </message>
    <message>
        <source>T&amp;itle *</source>
        <extracomment>dialogs/export_about.py</extracomment>
        <translation>T&amp;itre *</translation>
    </message>
    <message>
        <source>&amp;Abstract °</source>
        <extracomment>dialogs/export_about.py</extracomment>
        <translation>Rés&amp;umé °</translation>
    </message>
    <message>
        <source>&amp;Keywords</source>
        <extracomment>dialogs/export_about.py</extracomment>
        <translation>Mots-&amp;clés</translation>
    </message>
    <message>
        <source>several, with commas between them</source>
        <extracomment>dialogs/export_about.py</extracomment>
        <translation>plusieurs, séparés par des virgules</translation>
    </message>
    <message>
        <source>an SPDX identifier, or an address</source>
        <extracomment>dialogs/export_about.py</extracomment>
        <translation>un identifiant SPDX ou une adresse</translation>
    </message>
    <message>
        <source>Li&amp;cence *</source>
        <extracomment>dialogs/export_about.py</extracomment>
        <translation>&amp;Licence *</translation>
    </message>
    <message>
        <source>Attri&amp;bution *</source>
        <extracomment>dialogs/export_about.py</extracomment>
        <translation>Attri&amp;bution *</translation>
    </message>
    <message>
        <source>who is to be named, such as © Town of Lindenau</source>
        <extracomment>dialogs/export_about.py</extracomment>
        <translation>qui nommer, par exemple © Ville de Lindenau</translation>
    </message>
    <message>
        <source>Or&amp;ganisation °</source>
        <extracomment>dialogs/export_about.py</extracomment>
        <translation>Or&amp;ganisme °</translation>
    </message>
    <message>
        <source>E-mai&amp;l °</source>
        <extracomment>dialogs/export_about.py</extracomment>
        <translation>Cou&amp;rriel °</translation>
    </message>
    <message>
        <source>the organisation&apos;s, no person&apos;s</source>
        <extracomment>dialogs/export_about.py</extracomment>
        <translation>celui de l’organisme, d’aucune personne</translation>
    </message>
    <message>
        <source>Lang&amp;uage of these texts</source>
        <extracomment>dialogs/export_about.py</extracomment>
        <translation>L&amp;angue de ces textes</translation>
    </message>
    <message>
        <source>Where the data come from and how they were made</source>
        <extracomment>dialogs/export_about.py</extracomment>
        <translation>D’où viennent les données et comment elles ont été faites</translation>
    </message>
    <message>
        <source>&amp;How the layers are reprojected, with what is on this computer:</source>
        <extracomment>dialogs/export_crs.py</extracomment>
        <translation>Comment les couches sont re&amp;projetées, avec ce qu’il y a sur cet ordinateur :</translation>
    </message>
    <message>
        <source>EPSG:4258 (degrees) and EPSG:3035 (metres) are usual for INSPIRE</source>
        <extracomment>dialogs/export_crs.py</extracomment>
        <translation>EPSG:4258 (degrés) et EPSG:3035 (mètres) sont usuels pour INSPIRE</translation>
    </message>
    <message>
        <source>whatever can be reached</source>
        <extracomment>dialogs/export_crs.py</extracomment>
        <translation>ce qui peut être atteint</translation>
    </message>
    <message>
        <source>The worst error that reprojection may bring; with a worse one nothing is written</source>
        <extracomment>dialogs/export_crs.py</extracomment>
        <translation>La pire erreur que la reprojection peut apporter ; au-delà, rien n’est écrit</translation>
    </message>
    <message>
        <source>Accuracy demanded</source>
        <extracomment>dialogs/export_crs.py</extracomment>
        <translation>Précision exigée</translation>
    </message>
    <message>
        <source>A&amp;ccuracy demanded</source>
        <extracomment>dialogs/export_crs.py</extracomment>
        <translation>Pré&amp;cision exigée</translation>
    </message>
    <message>
        <source>Folder of grids</source>
        <extracomment>dialogs/export_crs.py</extracomment>
        <translation>Dossier des grilles</translation>
    </message>
    <message>
        <source>none: without grid files</source>
        <extracomment>dialogs/export_crs.py</extracomment>
        <translation>aucun : sans grilles</translation>
    </message>
    <message>
        <source>Folder of &amp;grids</source>
        <extracomment>dialogs/export_crs.py</extracomment>
        <translation>Dossier des &amp;grilles</translation>
    </message>
    <message>
        <source>Expected accuracy of each layer</source>
        <extracomment>dialogs/export_crs.py</extracomment>
        <translation>Précision attendue de chaque couche</translation>
    </message>
    <message>
        <source>Its CRS</source>
        <extracomment>dialogs/export_crs.py</extracomment>
        <translation>Son SCR</translation>
    </message>
    <message>
        <source>Expected accuracy</source>
        <extracomment>dialogs/export_crs.py</extracomment>
        <translation>Précision attendue</translation>
    </message>
    <message>
        <source>What to know</source>
        <extracomment>dialogs/export_crs.py</extracomment>
        <translation>Ce qu’il faut savoir</translation>
    </message>
    <message>
        <source>&amp;Layers of the project, by a mapping</source>
        <extracomment>dialogs/export_data.py</extracomment>
        <translation>&amp;Couches du projet, avec une correspondance</translation>
    </message>
    <message>
        <source>A &amp;job file, which names sources, mappings and texts</source>
        <extracomment>dialogs/export_data.py</extracomment>
        <translation>&amp;Un fichier de tâche, qui nomme sources, correspondances et textes</translation>
    </message>
    <message>
        <source>Layers are taken as they are in the project: filter, joins, virtual fields and unsaved edits count.</source>
        <extracomment>dialogs/export_data.py</extracomment>
        <translation>Les couches sont prises telles qu’elles sont dans le projet : filtre, jointures, champs virtuels et modifications non enregistrées comptent.</translation>
    </message>
    <message>
        <source>Layers to export</source>
        <extracomment>dialogs/export_data.py</extracomment>
        <translation>Couches à exporter</translation>
    </message>
    <message>
        <source>What the columns mean; “Harmonise to INSPIRE…” makes one</source>
        <extracomment>dialogs/export_data.py</extracomment>
        <translation>Ce que signifient les colonnes ; « Harmoniser selon INSPIRE… » en fait un</translation>
    </message>
    <message>
        <source>&amp;Mapping file</source>
        <extracomment>dialogs/export_data.py</extracomment>
        <translation>Fichier de correspo&amp;ndance</translation>
    </message>
    <message>
        <source>J&amp;ob file</source>
        <extracomment>dialogs/export_data.py</extracomment>
        <translation>Fichier de tâc&amp;he</translation>
    </message>
    <message>
        <source>&amp;Other formats than the job names</source>
        <extracomment>dialogs/export_formats.py</extracomment>
        <translation>D’&amp;autres formats que ceux de la tâche</translation>
    </message>
    <message>
        <source>Also as a &amp;zip, to send it</source>
        <extracomment>dialogs/export_formats.py</extracomment>
        <translation>Aussi en &amp;zip, pour l’envoyer</translation>
    </message>
    <message>
        <source>C&amp;heck the files afterwards, as “Validate…” does; takes longer</source>
        <extracomment>dialogs/export_formats.py</extracomment>
        <translation>Vérifier les fic&amp;hiers ensuite, comme « Valider… » ; plus long</translation>
    </message>
    <message>
        <source>unsaved edits</source>
        <extracomment>dialogs/layerlists.py</extracomment>
        <translation>modifications non enregistrées</translation>
    </message>
    <message>
        <source>Why: {reason}</source>
        <extracomment>dialogs/harmonise_table.py</extracomment>
        <translation>Pourquoi : {reason}</translation>
    </message>
    <message>
        <source>Packages and GML</source>
        <extracomment>dialogs/packages.py</extracomment>
        <translation>Paquets et GML</translation>
    </message>
    <message>
        <source>Open a package or INSPIRE GML</source>
        <extracomment>dialogs/packages.py</extracomment>
        <translation>Ouvrir un paquet ou du GML INSPIRE</translation>
    </message>
    <message>
        <source>Package or GML</source>
        <extracomment>dialogs/packages.py</extracomment>
        <translation>Paquet ou GML</translation>
    </message>
    <message>
        <source>Folder, zip or GML; it may be dropped here</source>
        <extracomment>dialogs/packages.py</extracomment>
        <translation>Dossier, zip ou GML ; peut être déposé ici</translation>
    </message>
    <message>
        <source>&amp;Package or GML</source>
        <extracomment>dialogs/packages.py</extracomment>
        <translation>&amp;Paquet ou GML</translation>
    </message>
    <message>
        <source>Format</source>
        <extracomment>dialogs/packages.py</extracomment>
        <translation>Format</translation>
    </message>
    <message>
        <source>Layers of the package</source>
        <extracomment>dialogs/packages.py</extracomment>
        <translation>Couches du paquet</translation>
    </message>
    <message>
        <source>What was found</source>
        <extracomment>dialogs/packages.py</extracomment>
        <translation>Ce qui a été trouvé</translation>
    </message>
    <message>
        <source>Open it &amp;although it is damaged</source>
        <extracomment>dialogs/packages.py</extracomment>
        <translation>Ouvrir m&amp;algré les dommages</translation>
    </message>
    <message>
        <source>Add to the &amp;map</source>
        <extracomment>dialogs/packages.py</extracomment>
        <translation>Ajouter à la &amp;carte</translation>
    </message>
    <message>
        <source>&amp;Report</source>
        <extracomment>dialogs/packages.py</extracomment>
        <translation>&amp;Rapport</translation>
    </message>
    <message>
        <source>How the data were made and checked, in the browser</source>
        <extracomment>dialogs/packages.py</extracomment>
        <translation>Comment les données ont été produites et vérifiées, dans le navigateur</translation>
    </message>
    <message>
        <source>&amp;GeoPackage to make</source>
        <extracomment>dialogs/packages.py</extracomment>
        <translation>&amp;GeoPackage à créer</translation>
    </message>
    <message>
        <source>&amp;Unpack into</source>
        <extracomment>dialogs/packages.py</extracomment>
        <translation>&amp;Décompresser dans</translation>
    </message>
    <message>
        <source>Folder of a package or of GML</source>
        <extracomment>dialogs/packages.py</extracomment>
        <translation>Dossier d’un paquet ou de GML</translation>
    </message>
    <message>
        <source>Opening {title}…</source>
        <extracomment>dialogs/packages.py</extracomment>
        <translation>Ouverture de {title}…</translation>
    </message>
    <message>
        <source>The folder holds other things. Choose a new one: only packages are replaced.</source>
        <extracomment>exporting.py</extracomment>
        <translation>Le dossier contient autre chose. Choisissez-en un nouveau : seuls des paquets sont remplacés.</translation>
    </message>
    <message>
        <source>The package is written. Objects: {written}; rows left out: {rejected}.</source>
        <extracomment>exporting.py</extracomment>
        <translation>Le paquet est écrit. Objets : {written} ; lignes écartées : {rejected}.</translation>
    </message>
    <message>
        <source>Checking the files written</source>
        <extracomment>exporting.py</extracomment>
        <translation>Vérification des fichiers écrits</translation>
    </message>
    <message>
        <source>a target CRS that has an EPSG code</source>
        <extracomment>exporting.py</extracomment>
        <translation>un SCR cible qui a un code EPSG</translation>
    </message>
    <message>
        <source>abstract</source>
        <extracomment>exporting.py</extracomment>
        <translation>résumé</translation>
    </message>
    <message>
        <source>organisation</source>
        <extracomment>exporting.py</extracomment>
        <translation>organisme</translation>
    </message>
    <message>
        <source>e-mail</source>
        <extracomment>exporting.py</extracomment>
        <translation>courriel</translation>
    </message>
    <message>
        <source>access</source>
        <extracomment>exporting.py</extracomment>
        <translation>accès</translation>
    </message>
    <message>
        <source>The folder will be made.</source>
        <extracomment>exporting.py</extracomment>
        <translation>Le dossier sera créé.</translation>
    </message>
    <message>
        <source>There is a package already.</source>
        <extracomment>exporting.py</extracomment>
        <translation>Il y a déjà un paquet.</translation>
    </message>
    <message>
        <source>a title</source>
        <extracomment>exporting.py</extracomment>
        <translation>un titre</translation>
    </message>
    <message>
        <source>a licence</source>
        <extracomment>exporting.py</extracomment>
        <translation>une licence</translation>
    </message>
    <message>
        <source>an attribution</source>
        <extracomment>exporting.py</extracomment>
        <translation>une attribution</translation>
    </message>
    <message>
        <source>a folder of grids that is there</source>
        <extracomment>exporting.py</extracomment>
        <translation>un dossier de grilles qui existe</translation>
    </message>
    <message>
        <source>a folder for the package</source>
        <extracomment>exporting.py</extracomment>
        <translation>un dossier pour le paquet</translation>
    </message>
    <message>
        <source>layers</source>
        <extracomment>exporting.py</extracomment>
        <translation>des couches</translation>
    </message>
    <message>
        <source>a mapping file</source>
        <extracomment>exporting.py</extracomment>
        <translation>un fichier de correspondance</translation>
    </message>
    <message>
        <source>This is a file. A package is a folder.</source>
        <extracomment>exporting.py</extracomment>
        <translation>C’est un fichier. Un paquet est un dossier.</translation>
    </message>
    <message>
        <source>Nothing can be written there.</source>
        <extracomment>exporting.py</extracomment>
        <translation>Rien ne peut être écrit là.</translation>
    </message>
    <message>
        <source>The folder is empty.</source>
        <extracomment>exporting.py</extracomment>
        <translation>Le dossier est vide.</translation>
    </message>
    <message>
        <source>Harmonising and writing, parts done: {done}</source>
        <extracomment>exporting.py</extracomment>
        <translation>Harmonisation et écriture, parties faites : {done}</translation>
    </message>
    <message>
        <source>Reading {layer}</source>
        <extracomment>exporting.py</extracomment>
        <translation>Lecture de {layer}</translation>
    </message>
    <message>
        <source>a format</source>
        <extracomment>exporting.py</extracomment>
        <translation>un format</translation>
    </message>
    <message>
        <source>a job file</source>
        <extracomment>exporting.py</extracomment>
        <translation>un fichier de tâche</translation>
    </message>
    <message>
        <source>another folder for the package</source>
        <extracomment>exporting.py</extracomment>
        <translation>un autre dossier pour le paquet</translation>
    </message>
    <message>
        <source>leave to replace the package there</source>
        <extracomment>exporting.py</extracomment>
        <translation>l’accord pour remplacer le paquet qui s’y trouve</translation>
    </message>
    <message>
        <source>E&amp;xport a package…</source>
        <extracomment>faces/export.py</extracomment>
        <translation>E&amp;xporter un paquet…</translation>
    </message>
    <message>
        <source>Reproject, harmonise and write layers in all formats, with metadata and a report</source>
        <extracomment>faces/export.py</extracomment>
        <translation>Reprojeter, harmoniser et écrire des couches dans tous les formats, avec métadonnées et rapport</translation>
    </message>
    <message>
        <source>Export {title}</source>
        <extracomment>faces/export.py</extracomment>
        <translation>Exporter {title}</translation>
    </message>
    <message>
        <source>&amp;Open package…</source>
        <extracomment>faces/packages.py</extracomment>
        <translation>&amp;Ouvrir un paquet…</translation>
    </message>
    <message>
        <source>Add a package&apos;s layers, or those of INSPIRE GML, with styles and relations</source>
        <extracomment>faces/packages.py</extracomment>
        <translation>Ajouter les couches d’un paquet ou de GML INSPIRE, avec styles et relations</translation>
    </message>
    <message>
        <source>{title} is open, layers: {count}</source>
        <extracomment>faces/packages.py</extracomment>
        <translation>{title} est ouvert, couches : {count}</translation>
    </message>
    <message>
        <source>These can&apos;t be opened: {layers}</source>
        <extracomment>faces/packages.py</extracomment>
        <translation>Impossible d’ouvrir : {layers}</translation>
    </message>
    <message>
        <source>Open {title}</source>
        <extracomment>packagelayers.py</extracomment>
        <translation>Ouvrir {title}</translation>
    </message>
    <message>
        <source>Read {path}</source>
        <extracomment>packagelayers.py</extracomment>
        <translation>Lire {path}</translation>
    </message>
    <message>
        <source>No layer of {title} can be opened.</source>
        <extracomment>packagelayers.py</extracomment>
        <translation>Aucune couche de {title} ne peut être ouverte.</translation>
    </message>
    <message>
        <source>{path} can&apos;t be read.</source>
        <extracomment>packageproject.py</extracomment>
        <translation>{path} ne peut pas être lu.</translation>
    </message>
    <message>
        <source>{path} is too large.</source>
        <extracomment>packageproject.py</extracomment>
        <translation>{path} est trop grand.</translation>
    </message>
    <message>
        <source>It is opened as a GeoPackage, which you keep.</source>
        <extracomment>packages.py</extracomment>
        <translation>Il est ouvert sous forme de GeoPackage, que vous gardez.</translation>
    </message>
    <message>
        <source>It is unpacked into a folder, which you keep.</source>
        <extracomment>packages.py</extracomment>
        <translation>Il est décompressé dans un dossier, que vous gardez.</translation>
    </message>
    <message>
        <source>QGIS can&apos;t open any of its files.</source>
        <extracomment>packages.py</extracomment>
        <translation>QGIS ne peut ouvrir aucun de ses fichiers.</translation>
    </message>
    <message>
        <source>The package is whole: every file is there and unchanged.</source>
        <extracomment>packages.py</extracomment>
        <translation>Le paquet est complet : chaque fichier est là, inchangé.</translation>
    </message>
    <message>
        <source>GML, files: {count}.</source>
        <extracomment>packages.py</extracomment>
        <translation>GML, fichiers : {count}.</translation>
    </message>
    <message>
        <source>licence {licence}</source>
        <extracomment>packages.py</extracomment>
        <translation>licence {licence}</translation>
    </message>
    <message>
        <source>state of {date}</source>
        <extracomment>packages.py</extracomment>
        <translation>état du {date}</translation>
    </message>
    <message>
        <source>The package is damaged, files: {count}. Ask for it again.</source>
        <extracomment>packages.py</extracomment>
        <translation>Le paquet est endommagé, fichiers : {count}. Demandez-le à nouveau.</translation>
    </message>
    <message>
        <source>With the grid {grid}: {accuracy}.</source>
        <extracomment>crsadvice.py</extracomment>
        <translation>Avec la grille {grid} : {accuracy}.</translation>
    </message>
    <message>
        <source>The export goes on; QGIS tells when it is done</source>
        <extracomment>dialogs/export.py</extracomment>
        <translation>L’export continue ; QGIS dira quand il est fini</translation>
    </message>
    <message>
        <source>as the mapping says</source>
        <extracomment>dialogs/export_about.py</extracomment>
        <translation>comme le dit la correspondance</translation>
    </message>
    <message>
        <source>Findings in the report – errors: {errors}, warnings: {warnings}.</source>
        <extracomment>exporting.py</extracomment>
        <translation>Constats dans le rapport – erreurs : {errors}, avertissements : {warnings}.</translation>
    </message>
    <message>
        <source>Say where to put it.</source>
        <extracomment>packages.py</extracomment>
        <translation>Dites où le mettre.</translation>
    </message>
    <message>
        <source>{path} is there already: choose another name.</source>
        <extracomment>packages.py</extracomment>
        <translation>{path} existe déjà : choisissez un autre nom.</translation>
    </message>
    <message>
        <source>Li&amp;neage</source>
        <extracomment>dialogs/export_about.py</extracomment>
        <translation>Gé&amp;néalogie</translation>
    </message>
    <message>
        <source>There are no li&amp;mits to public access °</source>
        <extracomment>dialogs/export_about.py</extracomment>
        <translation>L’accès &amp;public n’est pas limité °</translation>
    </message>
    <message>
        <source>&amp;New connection…</source>
        <extracomment>faces/browser.py</extracomment>
        <translation>&amp;Nouvelle connexion…</translation>
    </message>
    <message>
        <source>No layers</source>
        <extracomment>faces/browser.py</extracomment>
        <translation>Aucune couche</translation>
    </message>
    <message>
        <source>&amp;Refresh</source>
        <extracomment>faces/browser.py</extracomment>
        <translation>&amp;Actualiser</translation>
    </message>
    <message>
        <source>By the grid {grid}.</source>
        <extracomment>crsadvice.py</extracomment>
        <translation>Par la grille {grid}.</translation>
    </message>
    <message>
        <source>Target CR&amp;S</source>
        <extracomment>dialogs/export_crs.py</extracomment>
        <translation>SCR ci&amp;ble</translation>
    </message>
    <message>
        <source>Its CRS isn&apos;t known: set it in the layer&apos;s properties, under Source.</source>
        <extracomment>crsadvice.py</extracomment>
        <translation>Son SCR est inconnu : définissez-le dans les propriétés de la couche, sous Source.</translation>
    </message>
</context>
</TS>
