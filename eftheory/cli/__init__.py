"""The command line; every command is a thin layer over the library."""

from eftheory.cli.app import main as main
