"""``python -m eftheory.cli`` is ``eftheory``."""

from eftheory.cli.app import main

main()
