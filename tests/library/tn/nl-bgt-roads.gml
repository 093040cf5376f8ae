<?xml version="1.0" encoding="UTF-8"?>
<!-- Invented road parts in the form of the BGT's download, with arcs; one is superseded. -->
<CityModel xmlns="http://www.opengis.net/citygml/2.0" xmlns:gml="http://www.opengis.net/gml" xmlns:imgeo="http://www.geostandaarden.nl/imgeo/2.1">
<cityObjectMember>
<TrafficArea xmlns="http://www.opengis.net/citygml/transportation/2.0" gml:id="b1">
<creationDate xmlns="http://www.opengis.net/citygml/2.0">2014-07-01</creationDate>
<imgeo:relatieveHoogteligging>0</imgeo:relatieveHoogteligging>
<imgeo:tijdstipRegistratie>2016-01-20T10:48:43.000</imgeo:tijdstipRegistratie>
<imgeo:identificatie><imgeo:NEN3610ID><imgeo:namespace>NL.IMGeo</imgeo:namespace><imgeo:lokaalID>G9999.00000000000000000000000000000001</imgeo:lokaalID></imgeo:NEN3610ID></imgeo:identificatie>
<imgeo:bronhouder>G9999</imgeo:bronhouder>
<function>rijbaan lokale weg</function>
<surfaceMaterial>gesloten verharding</surfaceMaterial>
<imgeo:geometrie2dWegdeel><gml:Polygon srsName="urn:ogc:def:crs:EPSG::28992"><gml:exterior><gml:Ring><gml:curveMember><gml:Curve><gml:segments><gml:LineStringSegment><gml:posList srsDimension="2">142000 470000 142020 470000</gml:posList></gml:LineStringSegment><gml:Arc><gml:posList srsDimension="2">142020 470000 142024 470004 142020 470008</gml:posList></gml:Arc><gml:LineStringSegment><gml:posList srsDimension="2">142020 470008 142000 470008 142000 470000</gml:posList></gml:LineStringSegment></gml:segments></gml:Curve></gml:curveMember></gml:Ring></gml:exterior></gml:Polygon></imgeo:geometrie2dWegdeel>
</TrafficArea>
</cityObjectMember>
<cityObjectMember>
<TrafficArea xmlns="http://www.opengis.net/citygml/transportation/2.0" gml:id="b2">
<creationDate xmlns="http://www.opengis.net/citygml/2.0">2014-07-01</creationDate>
<imgeo:relatieveHoogteligging>0</imgeo:relatieveHoogteligging>
<imgeo:tijdstipRegistratie>2016-01-20T10:48:43.000</imgeo:tijdstipRegistratie>
<imgeo:identificatie><imgeo:NEN3610ID><imgeo:namespace>NL.IMGeo</imgeo:namespace><imgeo:lokaalID>G9999.00000000000000000000000000000002</imgeo:lokaalID></imgeo:NEN3610ID></imgeo:identificatie>
<imgeo:bronhouder>G9999</imgeo:bronhouder>
<function>voetpad</function>
<surfaceMaterial>open verharding</surfaceMaterial>
<imgeo:geometrie2dWegdeel><gml:Polygon srsName="urn:ogc:def:crs:EPSG::28992"><gml:exterior><gml:LinearRing><gml:posList srsDimension="2">142040 470000 142060 470000 142060 470008 142040 470008 142040 470000</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></imgeo:geometrie2dWegdeel>
</TrafficArea>
</cityObjectMember>
<cityObjectMember>
<TrafficArea xmlns="http://www.opengis.net/citygml/transportation/2.0" gml:id="b3">
<creationDate xmlns="http://www.opengis.net/citygml/2.0">2014-07-01</creationDate>
<imgeo:relatieveHoogteligging>0</imgeo:relatieveHoogteligging>
<imgeo:tijdstipRegistratie>2016-01-20T10:48:43.000</imgeo:tijdstipRegistratie>
<imgeo:identificatie><imgeo:NEN3610ID><imgeo:namespace>NL.IMGeo</imgeo:namespace><imgeo:lokaalID>G9999.00000000000000000000000000000003</imgeo:lokaalID></imgeo:NEN3610ID></imgeo:identificatie>
<imgeo:bronhouder>G9999</imgeo:bronhouder>
<function>fietspad</function>
<surfaceMaterial>half verhard</surfaceMaterial>
<imgeo:geometrie2dWegdeel><gml:Polygon srsName="urn:ogc:def:crs:EPSG::28992"><gml:exterior><gml:Ring><gml:curveMember><gml:Curve><gml:segments><gml:LineStringSegment><gml:posList srsDimension="2">142080 470000 142100 470000</gml:posList></gml:LineStringSegment><gml:Arc><gml:posList srsDimension="2">142100 470000 142104 470004 142100 470008</gml:posList></gml:Arc><gml:LineStringSegment><gml:posList srsDimension="2">142100 470008 142080 470008 142080 470000</gml:posList></gml:LineStringSegment></gml:segments></gml:Curve></gml:curveMember></gml:Ring></gml:exterior></gml:Polygon></imgeo:geometrie2dWegdeel>
</TrafficArea>
</cityObjectMember>
<cityObjectMember>
<TrafficArea xmlns="http://www.opengis.net/citygml/transportation/2.0" gml:id="b4">
<creationDate xmlns="http://www.opengis.net/citygml/2.0">2014-07-01</creationDate>
<imgeo:relatieveHoogteligging>0</imgeo:relatieveHoogteligging>
<imgeo:tijdstipRegistratie>2016-01-20T10:48:43.000</imgeo:tijdstipRegistratie>
<imgeo:identificatie><imgeo:NEN3610ID><imgeo:namespace>NL.IMGeo</imgeo:namespace><imgeo:lokaalID>G9999.00000000000000000000000000000004</imgeo:lokaalID></imgeo:NEN3610ID></imgeo:identificatie>
<imgeo:bronhouder>G9999</imgeo:bronhouder>
<function>parkeervlak</function>
<surfaceMaterial>open verharding</surfaceMaterial>
<imgeo:geometrie2dWegdeel><gml:Polygon srsName="urn:ogc:def:crs:EPSG::28992"><gml:exterior><gml:LinearRing><gml:posList srsDimension="2">142120 470000 142140 470000 142140 470008 142120 470008 142120 470000</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></imgeo:geometrie2dWegdeel>
</TrafficArea>
</cityObjectMember>
<cityObjectMember>
<TrafficArea xmlns="http://www.opengis.net/citygml/transportation/2.0" gml:id="b5">
<creationDate xmlns="http://www.opengis.net/citygml/2.0">2014-07-01</creationDate>
<imgeo:relatieveHoogteligging>1</imgeo:relatieveHoogteligging>
<imgeo:tijdstipRegistratie>2016-01-20T10:48:43.000</imgeo:tijdstipRegistratie>
<imgeo:identificatie><imgeo:NEN3610ID><imgeo:namespace>NL.IMGeo</imgeo:namespace><imgeo:lokaalID>G9999.00000000000000000000000000000005</imgeo:lokaalID></imgeo:NEN3610ID></imgeo:identificatie>
<imgeo:bronhouder>G9999</imgeo:bronhouder>
<function>voetgangersgebied</function>
<surfaceMaterial>transitie</surfaceMaterial>
<imgeo:geometrie2dWegdeel><gml:Polygon srsName="urn:ogc:def:crs:EPSG::28992"><gml:exterior><gml:LinearRing><gml:posList srsDimension="2">142000 470040 142020 470040 142020 470048 142000 470048 142000 470040</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></imgeo:geometrie2dWegdeel>
</TrafficArea>
</cityObjectMember>
<cityObjectMember>
<TrafficArea xmlns="http://www.opengis.net/citygml/transportation/2.0" gml:id="b6">
<creationDate xmlns="http://www.opengis.net/citygml/2.0">2014-07-01</creationDate>
<imgeo:relatieveHoogteligging>0</imgeo:relatieveHoogteligging>
<imgeo:tijdstipRegistratie>2016-01-20T10:48:43.000</imgeo:tijdstipRegistratie>
<imgeo:identificatie><imgeo:NEN3610ID><imgeo:namespace>NL.IMGeo</imgeo:namespace><imgeo:lokaalID>G9999.00000000000000000000000000000006</imgeo:lokaalID></imgeo:NEN3610ID></imgeo:identificatie>
<imgeo:bronhouder>G9999</imgeo:bronhouder>
<function>inrit</function>
<surfaceMaterial>onverhard</surfaceMaterial>
<imgeo:geometrie2dWegdeel><gml:Polygon srsName="urn:ogc:def:crs:EPSG::28992"><gml:exterior><gml:Ring><gml:curveMember><gml:Curve><gml:segments><gml:LineStringSegment><gml:posList srsDimension="2">142040 470040 142060 470040</gml:posList></gml:LineStringSegment><gml:Arc><gml:posList srsDimension="2">142060 470040 142064 470044 142060 470048</gml:posList></gml:Arc><gml:LineStringSegment><gml:posList srsDimension="2">142060 470048 142040 470048 142040 470040</gml:posList></gml:LineStringSegment></gml:segments></gml:Curve></gml:curveMember></gml:Ring></gml:exterior></gml:Polygon></imgeo:geometrie2dWegdeel>
</TrafficArea>
</cityObjectMember>
<cityObjectMember>
<TrafficArea xmlns="http://www.opengis.net/citygml/transportation/2.0" gml:id="b1">
<creationDate xmlns="http://www.opengis.net/citygml/2.0">2014-07-01</creationDate><terminationDate xmlns="http://www.opengis.net/citygml/2.0">2018-10-26</terminationDate>
<imgeo:relatieveHoogteligging>0</imgeo:relatieveHoogteligging><imgeo:eindRegistratie>2018-10-26T14:21:15</imgeo:eindRegistratie>
<imgeo:tijdstipRegistratie>2016-01-20T10:48:43.000</imgeo:tijdstipRegistratie>
<imgeo:identificatie><imgeo:NEN3610ID><imgeo:namespace>NL.IMGeo</imgeo:namespace><imgeo:lokaalID>G9999.00000000000000000000000000000001</imgeo:lokaalID></imgeo:NEN3610ID></imgeo:identificatie>
<imgeo:bronhouder>G9999</imgeo:bronhouder>
<function>rijbaan lokale weg</function>
<surfaceMaterial>open verharding</surfaceMaterial>
<imgeo:geometrie2dWegdeel><gml:Polygon srsName="urn:ogc:def:crs:EPSG::28992"><gml:exterior><gml:LinearRing><gml:posList srsDimension="2">142000 470000 142020 470000 142020 470008 142000 470008 142000 470000</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></imgeo:geometrie2dWegdeel>
</TrafficArea>
</cityObjectMember>
</CityModel>
