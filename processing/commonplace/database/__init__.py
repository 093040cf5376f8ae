"""PostgreSQL, for who reads from it and who writes to it.

Dependency: beside :mod:`commonplace.http`; it knows addresses, users and connections, and
neither layers nor formats.
"""
