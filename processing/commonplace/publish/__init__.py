"""Sending what a package holds to a service.

Dependency: next to sources and formats; it reads the files that formats wrote, and knows
neither mapping nor model.
"""
