"""``python -I -m commonplace.worker``: the supervisor."""

from commonplace.worker.supervisor import main

if __name__ == "__main__":
    raise SystemExit(main())
