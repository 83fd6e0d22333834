"""``python -m eftheory`` is ``eftheory``."""

from eftheory.cli.app import main

main()
