"""The commands by name: each is imported when it is called, so that none waits for what another needs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from difflib import get_close_matches
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
    "methods": "List the methods: what each is, what is known of it, and where it comes from.",
    "prove": "Check proofs, line by line; a single one is printed as a lesson.",
    "compressor": "Test a compressor, search for its worst vector, and say what its constant buys.",
    "simulate": "Run methods on data, step sizes side by side; say which are stable, and how far bits go.",
    "experiment": "Run an experiment of a paper again: pictures, numbers, and what they show.",
    "compare": "Compare methods on the same agents; say which is proved to be faster than which.",
    "sweep": "Settle a grid of claims into a store; what is there is not computed again.",
    "site": "Build the site: proofs, methods, certificates, and how to use them, as pages that need no network.",
    "exercise": "List the exercises, or write one: a proof with holes, which eftheory prove marks.",
    "course": "List the lessons of the course, or write one as a notebook or as a script.",
    "plot": "Draw rates against the step size or alpha, maps of them, methods side by side, or a certificate.",
    "cite": "Print BibTeX: for eftheory itself, a method, a solver, or any key the docstrings cite.",
}
"""What each does, as its docstring says; it is the function of this name in its file of ``eftheory.cli``."""

HELP = ["--help", "-h"]
"""What asks for help, of every command: they take it over from the program."""

_PLAIN: dict[str, Any] = {"add_completion": False, "rich_markup_mode": None, "pretty_exceptions_enable": False}


class Deferred(TyperCommand):
    """A command that is known by its name and by what it does, until it is called."""

    def make_context(self, info_name: Any, args: list[str], *call: Any, **settings: Any) -> Any:
        """The context of the command itself, which is imported for it."""
        return load(str(self.name), args).make_context(info_name, args, *call, **settings)


class ToldOnce(TyperCommand):
    """A command that is told each option once, unless it may be repeated: a second value would replace the first."""

    @staticmethod
    def _names(option: Any) -> list[str]:
        """How it is written; arguments are not."""
        return [name for name in (*option.opts, *option.secondary_opts) if name.startswith("-")]

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """What is left of the words.

        Raises:
            ValueError: an option is given twice that takes one value, or another option where its value should be.
        """
        values, _, order = self.make_parser(ctx).parse_args(list(args))
        said = Counter(order)
        names = {name for option in self.get_params(ctx) for name in self._names(option)}
        for option in said:
            given = values.get(str(option.name))
            for value in given if isinstance(given, list) else [given]:
                if isinstance(value, str) and value in args and value.partition("=")[0] in names:
                    raise ValueError(
                        f"{option.opts[0]} {value}: {value} is an option itself, and {option.opts[0]} needs a value"
                    )
        for option, times in said.items():
            takes_one = option.param_type_name == "option" and not getattr(option, "multiple", False)
            if times > 1 and takes_one and (option.secondary_opts or not getattr(option, "is_flag", False)):
                raise ValueError(
                    f"{'/'.join([*option.opts, *option.secondary_opts])} is given {times} times: give it once"
                )
        return super().parse_args(ctx, args)


class Commands(TyperGroup):
    """The group of all commands, none of them imported."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        for name, says in COMMANDS.items():
            self.add_command(Deferred(name, help=says, short_help=says))

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command of the first word.

        Raises:
            ValueError: there is none; the message names the nearest one, or all.
        """
        if args and args[0][:1] != "-" and args[0] not in COMMANDS:
            near = get_close_matches(args[0], COMMANDS, n=1)
            which = f"did you mean {near[0]}?" if near else f"choose one of {', '.join(COMMANDS)}"
            raise ValueError(f"there is no command {args[0]!r}: {which}")
        return super().resolve_command(ctx, args)


app = typer.Typer(
    name="eftheory",
    help="Prove how fast error-feedback methods converge; every claim ends in a certificate that anyone can check.",
    cls=Commands,
    no_args_is_help=False,
    context_settings={"help_option_names": HELP},
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


def find_example(command: Any) -> str | None:
    """The example that a command's help shows; None without one."""
    _, _, rest = str(getattr(command, "help", None) or "").partition("Example: ")
    return rest.partition("\n")[0] or None


def load(name: str, arguments: Sequence[str] = ()) -> Any:
    """The command of a name, with its arguments and options; a file may ``choose`` them by what is asked.

    >>> load("cite").params[0].name
    'key'
    """
    program = typer.Typer(**_PLAIN)
    module = import_module(f"eftheory.cli.{name}")
    chosen = module.choose(arguments) if hasattr(module, "choose") else None
    program.command(name=name, cls=ToldOnce)(chosen or getattr(module, name))
    return typer.main.get_command(program)
