"""Importing this spares the process what it does not need: the first import of a fork server."""

from commonplace.startup import start_lean

start_lean()
