"""A package as an OGC API: a real pygeoapi, configured from manifest and metadata.

Dependency: above the pipeline (it may convert), below the faces. pygeoapi, Flask and
waitress are imported by the modules that need them alone (extra ``serve``).
"""
