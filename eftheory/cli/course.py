"""``eftheory course``: the lessons of the course, as scripts and as notebooks."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path
from typing import Annotated

import typer

from eftheory.cli.printing import print_facts


def course(
    name: Annotated[str, typer.Argument(help="Which lesson; without it, they are listed.")] = "",
    output: Annotated[
        str | None, typer.Option("-o", "--output", help="The file to write: a notebook, .ipynb, or a script, .py.")
    ] = None,
) -> int:
    """List the lessons of the course, or write one as a notebook or as a script.

    Example: eftheory course 01_compression -o lesson.ipynb

    Without --output the script is printed.
    """
    from eftheory.course import find_lessons

    lessons = find_lessons()
    if not name:
        if output is not None:
            raise ValueError(
                f"--output {output}: name a lesson, as in eftheory course {next(iter(lessons))} -o {output}"
            )
        print_facts([(lesson.name, lesson.title) for lesson in lessons.values()])
        return 0
    fitting = [each for each in lessons if name in (each, each.partition("_")[0], str(lessons[each].number))]
    if not fitting:
        near = get_close_matches(name, lessons, n=1, cutoff=0.4)
        advice = f"did you mean {near[0]}?" if near else f"choose one of {', '.join(lessons)}"
        raise ValueError(f"there is no lesson {name[:40]!r}: {advice}")
    lesson = lessons[fitting[0]]
    if output is None:
        typer.echo(lesson.path.read_text("utf-8"), nl=False)
        return 0
    if not output.endswith((".ipynb", ".py")):
        raise ValueError(f"--output {output}: name a file that ends in .ipynb or .py")
    if Path(output).exists():
        raise ValueError(f"--output {output}: it is there already, perhaps with your own work in it; name another file")
    text = lesson.as_notebook() if output.endswith(".ipynb") else lesson.path.read_text("utf-8")
    Path(output).write_text(text, "utf-8")
    typer.echo(f"{output}: {lesson.title}")
    return 0
