"""The engine as a process, for faces that can't import it (QGIS).

``python -I -m commonplace.worker`` starts a supervisor; it starts one child process for
each request that works. See ``docs/worker-protocol.md``.
"""
