"""Importing this leaves pandas out of the process: the first import of a fork server."""

from commonplace.startup import leave_out_pandas

leave_out_pandas()
