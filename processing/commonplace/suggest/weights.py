"""How much each sign counts, in one place. Scores are between 0 and 1.

Signs of the same thing are joined as independent doubts: 1 − Π(1 − weight × strength).
"""

from __future__ import annotations

from typing import Final

# -- a name and a term of the lexicon ----------------------------------------------------------
EXACT: Final = 1.0  # the whole name is the term
CUT: Final = 0.8  # the name is the term cut short, as shapefiles do after ten letters
SHORTENED: Final = 0.75  # each word of the name begins the term's word (date_creat)
WITHIN: Final = 0.6  # the term stands among other words of the name …
WITHIN_SHARE: Final = 0.3  # … more, the more of the name it makes up
COMPOUND: Final = 0.5  # the name's one word begins or ends with the term (Hauptwohngebäude)
COMPOUND_SHARE: Final = 0.3
INSIDE: Final = 0.45  # the term stands somewhere inside a word
ENDS_IN_ID: Final = 0.55  # a name whose letters end in “id”

# -- a column and a property -------------------------------------------------------------------
MODEL_PATH: Final = 0.97  # the column has the name of the model's own property path
MODEL_LEAF: Final = 0.8  # … of its last step
SCHEMA_COLUMN: Final = 0.95  # a well-known schema says what the column is
VALUES_AGREE: Final = 1.08  # the values look as the property's do: a little surer
VALUES_DIFFER: Final = 0.4  # they don't: much less sure
ALL_THE_SAME: Final = 0.45  # a name or identifier that is the same in every row
NO_VALUES: Final = 0.9  # an empty column
OF_TYPE: Final = 1.05  # the lexicon says that the property belongs to just this feature type
CODES_OVERLAP: Final = 0.35  # added where all values are known codes of the property's list
ONLY_IDENTIFIER: Final = 0.55  # no column is called an identifier, this one is all different

# -- a layer and a feature type ----------------------------------------------------------------
LAYER_NAME: Final = 0.8  # the layer is called as the lexicon calls such things
FILE_NAME: Final = 0.5  # its file is
TYPE_NAME: Final = 0.97  # the layer has the model's own name of the type
SCHEMA_LAYER: Final = 0.95  # a well-known schema has this layer
COLUMN_OF_TYPE: Final = 0.3  # each column that only such objects have
MODEL_COLUMNS: Final = 0.6  # all columns are called as the type's properties
VALUES_OF_TYPE: Final = 0.6  # all rows hold a word for such objects
BUILDING_SIZED: Final = 0.3  # polygons of the size of buildings
OTHER_GEOMETRY: Final = 0.35  # the type has another geometry

# -- what is made of the scores ----------------------------------------------------------------
SURE: Final = 0.8  # below: marked todo
LEAST: Final = 0.5  # below: left out of the document, but named in it as a todo
WORTH_NAMING: Final = 0.3  # below: not mentioned
SURE_CODE: Final = 0.85
LEAST_CODE: Final = 0.6
