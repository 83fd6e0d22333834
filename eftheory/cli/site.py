"""``eftheory site``: the site that teaches what is proved."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from eftheory.cli.waiting import waiting

FAULTY = 1
DEFAULT = "reports/site"


def site(
    out: Annotated[str, typer.Option("--out", metavar="DIR", help="Where it is, or will be.")] = DEFAULT,
    check: Annotated[
        bool, typer.Option("--check", help="Change nothing; name pages that are stale, or faulty HTML.")
    ] = False,
    with_kernel: Annotated[
        bool, typer.Option("--with-kernel", help="Put Python for the reader's browser in it; npm fetches it, 14 MB.")
    ] = False,
) -> int:
    """Build the site: proofs, methods, certificates, and how to use them, as pages that need no network.

    Example: eftheory site --out site

    It is built of the files of a clone, the folder it is called in. Exit code 1 if a link is dead or, with --check,
    if a page is not what would be built or breaks a rule of HTML or of accessibility. With --with-kernel, and read from
    an address, pages check certificates and mark exercises themselves.
    """
    from eftheory.site.builder import DeadLinkError

    if not out:
        raise ValueError("--out '': name a folder")
    try:
        return (_check if check else _build)(Path(out), with_kernel)
    except DeadLinkError as error:
        typer.echo(f"eftheory: {error}", err=True)
        return FAULTY


def _build(out: Path, with_kernel: bool) -> int:
    from eftheory.site.builder import build_site
    from eftheory.site.pyodide import fetched_pyodide

    with waiting("building the site") as show:
        more = list(fetched_pyodide()) if with_kernel else []
        pages = build_site(out, told=lambda text: show(f"building the site: {text}"), more=more)
    typer.echo(f"{pages} pages in {out}: open {out}/index.html")
    return 0


def _check(out: Path, with_kernel: bool) -> int:
    from eftheory.site.builder import gather, render, stale
    from eftheory.site.pyodide import fetched_pyodide, kept_pyodide
    from eftheory.site.validation import faults_of

    with waiting("building the site") as show:
        more = list(fetched_pyodide() if with_kernel else kept_pyodide(out))
        rendered = render(gather(told=lambda text: show(f"building the site: {text}"), more=more))
        faults = [*stale(out, rendered), *faults_of(rendered, lambda path: show(f"checking the site: {path}"))]
    for fault in faults:
        typer.echo(fault)
    told = f"{len(faults)} faults" if faults else f"{len(rendered)} files: as they would be built, and in order"
    typer.echo(told)
    return FAULTY if faults else 0
