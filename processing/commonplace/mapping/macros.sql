-- Functions for mappings beside SQL's own, by name. Scalar, of their arguments alone, and
-- never much larger than them (see functions.py). Names with _ in front are for use here.

CREATE MACRO _text(given) AS trim(CAST(given AS VARCHAR));
CREATE MACRO _dashed(given) AS replace(replace(replace(_text(given), '. ', '-'), '/', '-'), '.', '-');

-- A date as cities write it: 2021-12-03, 3.12.2021, 03/12/2021 (day first), 20211203,
-- 2021-12, 12/2021, 2021. A month or year alone is its first day; null if it is none.
CREATE MACRO parse_date(given) AS CAST(CASE
  WHEN regexp_full_match(_text(given), '\d{4}(\.0)?')
    THEN try_strptime(left(_text(given), 4) || '-1-1', '%Y-%m-%d')
  WHEN regexp_full_match(_text(given), '\d{8}')
    THEN try_strptime(_text(given), '%Y%m%d')
  WHEN regexp_full_match(_dashed(given), '\d{4}-\d{1,2}-\d{1,2}([T ].*)?')
    THEN try_strptime(regexp_extract(_dashed(given), '^[-\d]+'), '%Y-%m-%d')
  WHEN regexp_full_match(_dashed(given), '\d{1,2}-\d{1,2}-\d{4}([T ].*)?')
    THEN try_strptime(regexp_extract(_dashed(given), '^[-\d]+'), '%d-%m-%Y')
  WHEN regexp_full_match(_dashed(given), '\d{4}-\d{1,2}')
    THEN try_strptime(_dashed(given) || '-1', '%Y-%m-%d')
  WHEN regexp_full_match(_dashed(given), '\d{1,2}-\d{4}')
    THEN try_strptime('1-' || _dashed(given), '%d-%m-%Y')
END AS DATE);

-- Parts of an address line, the number first (12 bis rue de la Paix; 12 A-2) or last
-- (Hauptstraße 12a-c; Via Roma, 12/A; Calle Mayor 12, 3º B). Null where there is none.
CREATE MACRO _begins_with_number(given) AS regexp_matches(_text(given), '^\d');
CREATE MACRO _number_first() AS '^(\d+)(?:\s*[-/]?\s*((?i:bis|ter|quater|[a-z])))?(?:[\s,/-]+(.*))?$';
CREATE MACRO _number_last() AS
  '^(.*[\pL.])[\s,]+(?:[nN][.º°]?\s*)?(\d+)(?:\s*[-/]?\s*((?i:bis|ter|quater|[a-z])))?(?:[\s,/-]+(.*))?$';
CREATE MACRO _behind_first(given) AS regexp_extract(_text(given), _number_first(), 3);
CREATE MACRO _has_word(given) AS regexp_matches(given, '\pL\pL');

CREATE MACRO address_number(given) AS nullif(CASE
  WHEN _begins_with_number(given) THEN regexp_extract(_text(given), '^\d+')
  ELSE regexp_extract(_text(given), _number_last(), 2)
END, '');
CREATE MACRO address_extension(given) AS nullif(CASE
  WHEN _begins_with_number(given) THEN regexp_extract(_text(given), _number_first(), 2)
  ELSE regexp_extract(_text(given), _number_last(), 3)
END, '');
CREATE MACRO address_addition(given) AS nullif(CASE
  WHEN NOT _begins_with_number(given) THEN regexp_extract(_text(given), _number_last(), 4)
  WHEN NOT _has_word(_behind_first(given)) THEN _behind_first(given)
END, '');
CREATE MACRO address_street(given) AS nullif(CASE
  WHEN _begins_with_number(given) THEN CASE WHEN _has_word(_behind_first(given)) THEN _behind_first(given) END
  WHEN address_number(given) IS NULL THEN _text(given)
  ELSE regexp_replace(regexp_extract(_text(given), _number_last(), 1), '[\s,]+[nN][.º°]?$', '')
END, '');

-- RUE DE LA PAIX → Rue De La Paix.
CREATE MACRO initcap(given) AS array_to_string(list_transform(
  string_split(lower(CAST(given AS VARCHAR)), ' '),
  lambda word: upper(left(word, 1)) || substr(word, 2)), ' ');

-- The UUID of a text, the same everywhere and for ever: version 5 in the namespace of URLs
-- (RFC 9562, 5.5).
CREATE MACRO _uuid5(hex) AS concat_ws('-', left(hex, 8), substr(hex, 9, 4), '5' || substr(hex, 14, 3),
  substr('89ab', 1 + CAST('0x' || substr(hex, 17, 1) AS INTEGER) % 4, 1) || substr(hex, 18, 3),
  substr(hex, 21, 12));
CREATE MACRO uuid5(given) AS
  _uuid5(sha1(unhex('6ba7b8119dad11d180b400c04fd430c8') || encode(CAST(given AS VARCHAR))));
