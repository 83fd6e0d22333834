"""The commands by name: each is imported when it is called, so that none waits for what another needs."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from eftheory import __version__

COMMANDS = {
    "certify": "Prove upper and lower bounds on a worst-case rate.",
    "check": "Check certificates exactly; the same as python -m eftheory.check.",
    "show": "Check a certificate and explain it: claim, verdicts, guarantee, Lyapunov function, worst case.",
    "rate": "Print the closed-form rate, step size and stability limit of a method, or the numbers of a theorem.",
    "methods": "List the methods: which can be certified, and which theorems there are.",
    "prove": "Check proofs, line by line; a single one is printed as a lesson.",
    "compressor": "Test a compressor, search for its worst vector, and say what its constant buys.",
    "cite": "Print BibTeX: for eftheory itself, a method, a solver, or any key the docstrings cite.",
}
"""What each does, as its docstring says; it is the function of this name in its file of ``eftheory.cli``."""

_PLAIN: dict[str, Any] = {"add_completion": False, "rich_markup_mode": None, "pretty_exceptions_enable": False}


class Deferred(TyperCommand):
    """A command that is known by its name and by what it does, until it is called."""

    def make_context(self, info_name: Any, args: list[str], *call: Any, **settings: Any) -> Any:
        """The context of the command itself, which is imported for it."""
        return load(str(self.name), args).make_context(info_name, args, *call, **settings)


class Commands(TyperGroup):
    """The group of all commands, none of them imported."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        for name, says in COMMANDS.items():
            self.add_command(Deferred(name, help=says, short_help=says))


app = typer.Typer(
    name="eftheory",
    help="Prove how fast error-feedback methods converge; every claim ends in a certificate that anyone can check.",
    cls=Commands,
    no_args_is_help=False,
    **_PLAIN,
)


@app.callback(invoke_without_command=True)
def _root(context: typer.Context, version: bool = typer.Option(False, "--version", help="Print the version.")) -> None:
    if version:
        typer.echo(f"eftheory {__version__}")
    elif context.invoked_subcommand is None:
        typer.echo(context.get_help())


def call(arguments: list[str]) -> int:
    """Run the command that is asked for; its exit code."""
    try:
        code = app(args=arguments, prog_name="eftheory", standalone_mode=False)
    except typer.Abort:
        raise KeyboardInterrupt from None
    return code if isinstance(code, int) else 0


def load(name: str, arguments: Sequence[str] = ()) -> Any:
    """The command of a name, with its arguments and options; a file may ``choose`` them by what is asked.

    >>> load("cite").params[0].name
    'key'
    """
    program = typer.Typer(**_PLAIN)
    module = import_module(f"eftheory.cli.{name}")
    chosen = module.choose(arguments) if hasattr(module, "choose") else None
    program.command(name=name)(chosen or getattr(module, name))
    return typer.main.get_command(program)
