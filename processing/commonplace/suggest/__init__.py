"""Suggestions: which feature type, property and code a layer's name, columns and values mean.

All that is known stands in ``lexicon/*.yaml``; all weights in :mod:`.weights`. Nothing is
learned and nothing is random: the same layer gives the same suggestions.
"""

from __future__ import annotations

from commonplace.suggest.suggesting import LayerSuggestion, suggest_layer
from commonplace.suggest.writing import write_mapping

__all__ = ["LayerSuggestion", "suggest_layer", "write_mapping"]
