"""Mapping documents as an editor needs them: read to trees and written back, target types
found and described, suggestions with their reasons, values counted, rows previewed.

What is here answers one question of an editor each, as JSON types; the worker passes it on.
"""
