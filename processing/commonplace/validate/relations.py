"""Rules of themes that take several objects: what references must agree in.

Each rule is a query over the tables that chunks leave: ``refs``, ``ids``, ``facts``.
Objects that are not in the document are left alone: that they are missing is told
elsewhere.
"""

from __future__ import annotations

from typing import Final

from commonplace.validate.rules import ERROR, WARNING, Rule

AD_COUNTRY: Final = Rule(
    "AD_NO_COUNTRY",
    ERROR,
    "an address without an administrative unit of level 1 (country) among its components",
    "IR Annex I 5.5 (Address); ETS ad-as.b.1",
    "refer to an AdminUnitName of level 1stOrder",
)
AU_TOP: Final = Rule(
    "AU_TOP_HAS_UPPER",
    ERROR,
    "a unit of the highest level that refers to one above it",
    "IR Annex I 4.1 (AdministrativeUnit); ETS au-as.b.1",
    "remove upperLevelUnit, or correct nationalLevel",
)
AU_BOTTOM: Final = Rule(
    "AU_BOTTOM_HAS_LOWER",
    ERROR,
    "a unit of the lowest level that refers to one below it",
    "IR Annex I 4.1; ETS au-as.b.2",
    "remove lowerLevelUnit, or correct nationalLevel",
)
AU_CONDOMINIUM: Final = Rule(
    "AU_CONDOMINIUM_LEVEL",
    ERROR,
    "a condominium of a unit below country level",
    "IR Annex I 4.1; ETS au-as.b.3, au-dc.d.1",
    "only countries administer a condominium",
)
AU_UPPER: Final = Rule(
    "AU_NOT_ONE_UPPER",
    ERROR,
    "a unit that doesn't refer to exactly one unit above it",
    "IR Annex I 4.1 (AU consistency); ETS au-dc.a.1",
    "refer to the one unit of the next higher level",
)
AU_LOWER: Final = Rule(
    "AU_NO_LOWER",
    ERROR,
    "a unit that refers to no unit below it",
    "IR Annex I 4.1; ETS au-dc.b.1",
    "refer to the units of the next lower level",
)
AU_NEXT: Final = Rule(
    "AU_LOWER_NOT_NEXT",
    ERROR,
    "a reference to a lower unit that is not of the next level",
    "IR Annex I 4.1; ETS au-dc.b.2",
    "refer to units one level below",
)
AU_CO: Final = Rule(
    "AU_CO_ADMINISTERED",
    ERROR,
    "coAdminister and administeredBy don't answer each other",
    "IR Annex I 4.1; ETS au-dc.c.1",
    "write both directions",
)
CP_LEVEL: Final = Rule(
    "CP_ZONING_LEVEL",
    ERROR,
    "a cadastral zoning whose upper unit is not of a higher level",
    "IR Annex I 6.1 (zoningLevelHierarchy); ETS cp-as.d.4",
    "refer to the zoning of the next higher level",
)
TN_NETWORK: Final = Rule(
    "TN_OTHER_NETWORK",
    ERROR,
    "a sequence or set of links that belong to another network",
    "IR Annex I 7.1; ETS tn-as.b.9, b.10",
    "put links and sequence into the same network (inNetwork)",
)
TN_INTERMODAL: Final = Rule(
    "TN_INTERMODAL_SAME",
    ERROR,
    "an intermodal connection within one network",
    "IR Annex I 7.1; ETS tn-as.e.2",
    "connect elements of two networks, or use another type of connection",
)
TN_SERVICE: Final = Rule(
    "TN_SERVICE_NODE",
    ERROR,
    "a road service type of a node that is no service area",
    "IR Annex I 7.7; ETS tn-ro-as.b.8",
    "refer to a RoadServiceArea, or a RoadNode whose formOfRoadNode is roadServiceArea",
)

TN_FREE: Final = Rule(
    "TN_NODE_FREE",
    ERROR,
    "a transport node that is the end of no link",
    "IR Annex I 7.1 (no free transport nodes); ETS tn-as.c.1",
    "move the node to the end of its link (to the very same coordinates), or remove it",
)
NET_APART: Final = Rule(
    "NET_NODE_APART",
    WARNING,
    "a link that doesn't begin or end where the node lies that it names",
    "D2.10.1 Generic Network Model (connectivity); IR Annex I 7.9, 8.7",
    "take the node's coordinates for the end of the centreline",
)

RULES: Final = (
    AD_COUNTRY,
    AU_TOP,
    AU_BOTTOM,
    AU_CONDOMINIUM,
    AU_UPPER,
    AU_LOWER,
    AU_NEXT,
    AU_CO,
    CP_LEVEL,
    TN_NETWORK,
    TN_INTERMODAL,
    TN_SERVICE,
    TN_FREE,
    NET_APART,
)

_LEVEL: Final = "try_cast(regexp_extract({}, '([0-9])(st|nd|rd|th)Order', 1) AS INTEGER)"
_LEVELS: Final = f"""(SELECT file, id, any_value({_LEVEL.format("value")}) AS level,
    min(line) AS line, min("offset") AS "offset"
    FROM facts WHERE type = '{{}}' AND name = '{{}}' GROUP BY file, id)"""
_UNITS: Final = _LEVELS.format("AdministrativeUnit", "nationalLevel")
_ADMIN: Final = _LEVELS.format("AdminUnitName", "level")
_ZONES: Final = _LEVELS.format("CadastralZoning", "level")
_NETWORKS: Final = "(SELECT file, id, value FROM facts WHERE name = 'inNetwork')"
_SETS: Final = (
    "'RoadLinkSequence','RailwayLinkSequence','CablewayLinkSequence','WaterLinkSequence',"
    "'AirLinkSequence','Road','ERoad','RailwayLine','CablewayLinkSet','FerryCrossing',"
    "'MarineWaterway','InlandWaterway','AirRoute'"
)


def _ends(path: str) -> str:
    return f"r.path = 'AdministrativeUnit.{path}'"


def _of_level(path: str, condition: str, message: str) -> str:
    return f"""SELECT r.file, r.id, r.path, '#' || r.href, {message}, r.line, r."offset"
        FROM refs r JOIN {_UNITS} u ON u.file = r.file AND u.id = r.id
        WHERE {_ends(path)} AND {condition}"""


_ENDS: Final = """(SELECT file, code, x0 AS x, y0 AS y FROM shapes WHERE role LIKE 'link %'
    UNION ALL SELECT file, code, x1, y1 FROM shapes WHERE role LIKE 'link %')"""
# Links drawn as one line, with the node that is to lie at its first or last point.
_NAMED: Final = """(SELECT r.file, r.id, r.href, r.path, r.line, r."offset", l.code,
        CASE WHEN r.path LIKE '%.startNode' THEN l.x0 ELSE l.x1 END AS x,
        CASE WHEN r.path LIKE '%.startNode' THEN l.y0 ELSE l.y1 END AS y
    FROM refs r JOIN (
        SELECT file, id, any_value(code) AS code, any_value(x0) AS x0, any_value(y0) AS y0,
               any_value(x1) AS x1, any_value(y1) AS y1
        FROM shapes WHERE role LIKE 'link %' GROUP BY file, id HAVING count(*) = 1) l
      ON l.file = r.file AND l.id = r.id
    WHERE r.path LIKE '%Link.startNode' OR r.path LIKE '%Link.endNode')"""

RELATIONS: Final[tuple[tuple[Rule, str], ...]] = (
    (
        AD_COUNTRY,
        f"""SELECT i.file, i.id, 'Address.component', NULL,
                   'no component is an AdminUnitName of level 1', i.line, i."offset"
            FROM ids i
            WHERE i.type = 'Address' AND i.feature
              AND EXISTS (SELECT 1 FROM refs r JOIN ids t ON t.file = r.file AND t.id = r.href
                          WHERE r.file = i.file AND r.id = i.id AND r.path = 'Address.component')
              AND NOT EXISTS (
                SELECT 1 FROM refs r JOIN {_ADMIN} a ON a.file = r.file AND a.id = r.href
                WHERE r.file = i.file AND r.id = i.id AND r.path = 'Address.component'
                  AND a.level = 1)""",
    ),
    (AU_TOP, _of_level("upperLevelUnit", "u.level = 1", "'a unit of level 1 has none above'")),
    (AU_BOTTOM, _of_level("lowerLevelUnit", "u.level = 6", "'a unit of level 6 has none below'")),
    (
        AU_CONDOMINIUM,
        _of_level("condominium", "u.level > 1", "'the unit is of level ' || u.level"),
    ),
    (
        AU_CONDOMINIUM,
        f"""SELECT r.file, r.id, r.path, '#' || r.href,
                   'it is administered by a unit of level ' || u.level, r.line, r."offset"
            FROM refs r JOIN {_UNITS} u ON u.file = r.file AND u.id = r.href
            WHERE r.path = 'Condominium.admUnit' AND u.level > 1""",
    ),
    (
        AU_UPPER,
        f"""SELECT u.file, u.id, 'AdministrativeUnit.upperLevelUnit', NULL,
                   count(r.href) || ' units above', any_value(u.line), any_value(u."offset")
            FROM {_UNITS} u LEFT JOIN refs r
              ON r.file = u.file AND r.id = u.id AND {_ends("upperLevelUnit")}
            WHERE u.level > 1 AND NOT EXISTS (SELECT 1 FROM refs c
              WHERE c.file = u.file AND c.id = u.id
                AND c.path = 'AdministrativeUnit.administeredBy')
            GROUP BY u.file, u.id HAVING count(r.href) <> 1""",
    ),
    (
        AU_LOWER,
        f"""SELECT u.file, u.id, 'AdministrativeUnit.lowerLevelUnit', NULL,
                   'a unit of level ' || any_value(u.level) || ' refers to none below',
                   any_value(u.line), any_value(u."offset")
            FROM {_UNITS} u
            WHERE u.level < (SELECT max(m.level) FROM {_UNITS} m WHERE m.file = u.file)
              AND NOT EXISTS (SELECT 1 FROM refs r WHERE r.file = u.file AND r.id = u.id
                              AND {_ends("lowerLevelUnit")})
            GROUP BY u.file, u.id""",
    ),
    (
        AU_NEXT,
        f"""SELECT r.file, r.id, r.path, '#' || r.href,
                   'a unit of level ' || t.level || ' below one of level ' || u.level,
                   r.line, r."offset"
            FROM refs r JOIN {_UNITS} u ON u.file = r.file AND u.id = r.id
            JOIN {_UNITS} t ON t.file = r.file AND t.id = r.href
            WHERE {_ends("lowerLevelUnit")} AND t.level <> u.level + 1""",
    ),
    (
        AU_CO,
        """SELECT r.file, r.id, r.path, '#' || r.href, 'the other unit doesn''t answer',
                  r.line, r."offset"
           FROM refs r JOIN ids i ON i.file = r.file AND i.id = r.href
           WHERE r.path IN ('AdministrativeUnit.administeredBy', 'AdministrativeUnit.coAdminister')
             AND i.type = 'AdministrativeUnit'
             AND NOT EXISTS (SELECT 1 FROM refs b
               WHERE b.file = r.file AND b.id = r.href AND b.href = r.id AND b.path <> r.path
                 AND b.path IN ('AdministrativeUnit.administeredBy',
                                'AdministrativeUnit.coAdminister'))""",
    ),
    (
        CP_LEVEL,
        f"""SELECT r.file, r.id, r.path, '#' || r.href,
                   'a zoning of level ' || t.level || ' above one of level ' || u.level,
                   r.line, r."offset"
            FROM refs r JOIN {_ZONES} u ON u.file = r.file AND u.id = r.id
            JOIN {_ZONES} t ON t.file = r.file AND t.id = r.href
            WHERE r.path = 'CadastralZoning.upperLevelUnit' AND t.level <> u.level - 1""",
    ),
    (
        TN_NETWORK,
        f"""SELECT r.file, r.id, r.path, '#' || r.href,
                   '#' || r.href || ' is not in the network of ' || r.id, r.line, r."offset"
            FROM refs r JOIN ids i ON i.file = r.file AND i.id = r.href AND i.feature
            WHERE r.type IN ({_SETS}) AND r.path = r.type || '.link.link'
              AND NOT EXISTS (SELECT 1 FROM {_NETWORKS} a JOIN {_NETWORKS} b
                ON a.file = b.file AND a.value = b.value
                WHERE a.file = r.file AND a.id = r.id AND b.id = r.href)""",
    ),
    (
        TN_INTERMODAL,
        f"""SELECT f.file, f.id, 'NetworkConnection.element', NULL,
                   'all elements are of one network', any_value(f.line), any_value(f."offset")
            FROM facts f
            JOIN refs r ON r.file = f.file AND r.id = f.id AND r.path = 'NetworkConnection.element'
            JOIN {_NETWORKS} n ON n.file = r.file AND n.id = r.href
            WHERE f.type = 'NetworkConnection' AND f.name = 'type'
              AND (f.value = 'intermodal' OR f.value LIKE '%/intermodal')
            GROUP BY f.file, f.id
            HAVING count(DISTINCT n.value) = 1 AND count(DISTINCT r.href) > 1""",
    ),
    (
        TN_SERVICE,
        """SELECT r.file, r.id, r.path, '#' || r.href,
                  '#' || r.href || ' is a road node, and no service area', r.line, r."offset"
           FROM refs r JOIN facts f ON f.file = r.file AND f.id = r.href
           WHERE r.path = 'RoadServiceType.networkRef.element' AND f.name = 'formOfRoadNode'
             AND f.value NOT LIKE '%roadServiceArea'""",
    ),
    (
        TN_FREE,
        f"""SELECT n.file, n.id, n.type || '.geometry', NULL, 'no link ends here',
                   n.line, n."offset"
            FROM shapes n
            WHERE n.role LIKE 'node %' AND n.role <> 'node hydro'
              AND EXISTS (SELECT 1 FROM shapes l WHERE l.file = n.file
                          AND l.role = 'link ' || split_part(n.role, ' ', 2))
              AND NOT EXISTS (SELECT 1 FROM {_ENDS} e
                WHERE e.file = n.file AND e.code = n.code AND e.x = n.x0 AND e.y = n.y0)
              AND NOT EXISTS (SELECT 1 FROM refs r WHERE r.file = n.file AND r.href = n.id
                AND (r.path LIKE '%.startNode' OR r.path LIKE '%.endNode'))""",
    ),
    (
        NET_APART,
        f"""SELECT k.file, k.id, k.path, '#' || k.href,
                   'the node #' || k.href || ' lies ' ||
                   printf('%g', sqrt((k.x - n.x0) ** 2 + (k.y - n.y0) ** 2)) || ' apart',
                   k.line, k."offset"
            FROM {_NAMED} k JOIN shapes n ON n.file = k.file AND n.id = k.href
              AND n.role LIKE 'node %' AND n.code = k.code
            WHERE greatest(abs(n.x0 - k.x), abs(n.y0 - k.y)) > 1e-7""",
    ),
)
