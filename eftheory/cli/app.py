"""The program ``eftheory``: its commands, and errors as one readable line."""

from __future__ import annotations

import os
import sys
from typing import NoReturn

import typer

from eftheory import __version__
from eftheory.certificates.document import CertificateError
from eftheory.cli.certify import certify
from eftheory.cli.check import check
from eftheory.cli.cite import cite
from eftheory.cli.compressor import compressor
from eftheory.cli.methods import methods
from eftheory.cli.prove import prove
from eftheory.cli.rate import rate
from eftheory.cli.show import show
from eftheory.pages.escape import printable, shorten_numbers

NOT_ACCEPTED, USAGE, INCONCLUSIVE, INTERRUPTED = 1, 2, 3, 130
NOT_READ = 141
"""Nobody reads the output any more, as in ``| head -1``: 128 + SIGPIPE, which says nothing about any claim."""

app = typer.Typer(
    name="eftheory",
    help="Prove how fast error-feedback methods converge; every claim ends in a certificate that anyone can check.",
    no_args_is_help=False,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
for command in (certify, check, show, rate, methods, prove, compressor, cite):
    first = (command.__doc__ or "").partition("\n\n")[0]  # without it typer cuts the line
    app.command(name=command.__name__, short_help=first)(command)


@app.callback(invoke_without_command=True)
def _root(context: typer.Context, version: bool = typer.Option(False, "--version", help="Print the version.")) -> None:
    if version:
        typer.echo(f"eftheory {__version__}")
    elif context.invoked_subcommand is None:
        typer.echo(context.get_help())


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run the program; exit codes: 0 proved, 1 refuted or not accepted, 2 usage, 3 inconclusive, 141 not read."""
    try:
        code = _run(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        code = _drop_output(NOT_READ)
    except OSError as error:
        code = _drop_output(_complain(f"the output cannot be written: {error.strerror or error}", USAGE))
    sys.exit(code)


def _run(arguments: list[str] | None) -> int:
    try:
        code = app(args=arguments, prog_name="eftheory", standalone_mode=False)
        return code if isinstance(code, int) else 0
    except SystemExit as stop:  # typer ends with 1 where nobody reads
        if isinstance(stop.__context__, BrokenPipeError):
            raise stop.__context__ from None
        raise
    except (typer.Abort, KeyboardInterrupt):
        return _complain("interrupted", INTERRUPTED)
    except OSError as error:
        if error.filename is None:  # every input has a name, the output has none
            raise
        return _complain(f"{error.filename}: {error.strerror or error}", USAGE)
    except CertificateError as error:
        return _complain(str(error), NOT_ACCEPTED)
    except (ValueError, ImportError) as error:
        return _complain(str(error), USAGE)
    except Exception as error:
        if hasattr(error, "format_message"):  # a usage error of typer, whose class moved between its versions
            return _complain(error.format_message(), USAGE)
        return _complain(f"internal error, please report it: {type(error).__name__}: {error}", INCONCLUSIVE)


def _drop_output(code: int) -> int:
    """Let what is left of the output go nowhere: otherwise Python tries again at its end, and exits with 120."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.__stdout__.fileno() if sys.__stdout__ else 1)
    return code


def _complain(message: str, code: int) -> int:
    line = printable(shorten_numbers(" ".join(message.split())))
    print(f"eftheory: {line}", file=sys.stderr)  # which spells out what its encoding has not
    return code
