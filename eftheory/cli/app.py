"""The program ``eftheory``: its commands, and errors as one readable line."""

from __future__ import annotations

import sys
from typing import NoReturn

import typer

from eftheory import __version__
from eftheory.cli.certify import certify
from eftheory.cli.check import check
from eftheory.cli.cite import cite
from eftheory.cli.compressor import compressor
from eftheory.cli.prove import prove
from eftheory.cli.rate import rate
from eftheory.cli.show import show
from eftheory.pages.escape import printable

USAGE, INCONCLUSIVE = 2, 3

app = typer.Typer(
    name="eftheory",
    help="Prove how fast error-feedback methods converge; every claim ends in a certificate that anyone can check.",
    no_args_is_help=False,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
for command in (certify, check, show, rate, prove, compressor, cite):
    app.command(name=command.__name__)(command)


@app.callback(invoke_without_command=True)
def _root(context: typer.Context, version: bool = typer.Option(False, "--version", help="Print the version.")) -> None:
    if version:
        typer.echo(f"eftheory {__version__}")
    elif context.invoked_subcommand is None:
        typer.echo(context.get_help())


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run the program; exit codes: 0 proved, 1 refuted or not accepted, 2 usage, 3 inconclusive."""
    sys.exit(_run(arguments))


def _run(arguments: list[str] | None) -> int:
    try:
        code = app(args=arguments, prog_name="eftheory", standalone_mode=False)
        return code if isinstance(code, int) else 0
    except (typer.Abort, KeyboardInterrupt):
        return _complain("interrupted", 130)
    except OSError as error:
        return _complain(f"{error.filename or 'file'}: {error.strerror or error}", USAGE)
    except (ValueError, ImportError) as error:
        return _complain(str(error), USAGE)
    except Exception as error:
        if hasattr(error, "format_message"):  # a usage error of typer, whose class moved between its versions
            return _complain(error.format_message(), USAGE)
        return _complain(f"internal error, please report it: {type(error).__name__}: {error}", INCONCLUSIVE)


def _complain(message: str, code: int) -> int:
    line = printable(" ".join(message.split())).encode("ascii", "backslashreplace").decode("ascii")
    print(f"eftheory: {line}", file=sys.stderr)
    return code
