"""``python -m commonplace`` is the command line."""

from commonplace.cli import main

if __name__ == "__main__":
    main()
