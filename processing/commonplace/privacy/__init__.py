"""Personal data: what looks like it, and what the job decides about it.

MIMs Plus principle 4 asks that the citizen controls what is shared; the General Data
Protection Regulation (EU) 2016/679, article 4(1), says what personal data are. Columns are
found by their names in eight languages and by the shape of their values; nothing is
exported before the job says what becomes of each.
"""

from __future__ import annotations

from commonplace.privacy.gate import Gate
from commonplace.privacy.signs import Sign, signs_of_names, signs_of_values

__all__ = ["Gate", "Sign", "signs_of_names", "signs_of_values"]
