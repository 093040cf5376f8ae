"""QGIS expressions, recognised and put into the SQL of mapping documents.

Standard library only, no Qt: what the user reads is worded by the caller.
"""
