"""Run the command with `python -m ledger`."""

from .cli import main

if __name__ == "__main__":
    main()
