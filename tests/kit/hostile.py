"""Certificates whose free text would like to be obeyed."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from eftheory.certificates import Block, Certificate
from tests.kit.examples import example

TEXTS = {
    "html": "<script>alert(1)</script><img src=x onerror=alert(2)> & \"quoted\" 'single' &amp;",
    "latex": r"\input{/etc/passwd} \end{proof} { } $ & # ^ _ ~ % ^^M \newwrite",
    "terminal": "\x1b[31mred\x1b[0m \x1b]0;title\x07 \r\x08\x9b2J \u202egnp.exe \u2028 \x00",
    "markup": "[bold red]x[/] [link=file:///]y[/link] :smiley: [/]",
    "lines": "one\ntwo\n\n% three\n\\begin{theorem}",
    "jinja": "{{ 7 * 191 }} {% include 'x' %}",
    "long": "a" * 100_000,
}


def hostile_provenance(name: str) -> Certificate:
    """A proved certificate with all texts in its provenance, as keys and as values."""
    both = TEXTS | {text: key for key, text in TEXTS.items()}
    return replace(example(name), provenance=both)


def hostile_templates() -> list[Certificate]:
    """Certificates that are not proved, with a text in place of what V may see, or with another template's name."""
    certificate = example("ef21, alike, memory")
    return [
        replace(
            certificate,
            upper=replace(certificate.upper, template=text),
            class_bound=replace(certificate.class_bound, template=text),
        )
        for text in (*TEXTS.values(), "", "values", "memory, values")
    ]


def hostile_names() -> Certificate:
    """A certificate that is not proved, with all texts as names of coordinates, inequalities and states."""
    certificate = example("ef21, two types")
    names = tuple(TEXTS.values())
    rows = tuple(tuple(Fraction(i == j) for j in range(i + 1)) for i in range(len(names)))
    upper = replace(
        certificate.upper,
        lyapunov=(Block(names, rows), *(Block((name,), ((Fraction(-1),),)) for name in names)),
        multipliers=dict.fromkeys(names, (Fraction(1),)),
        below=dict.fromkeys(names, (Fraction(1),)),
        above=dict.fromkeys(names, (Fraction(-1),)),
    )
    lower = replace(
        certificate.lower,
        server=dict.fromkeys(names, (Fraction(1),)),
        agents=dict.fromkeys(names, ((Fraction(1),), (Fraction(2),))),
    )
    gram = replace(certificate.class_bound, gram=(Block(names, rows),))
    return replace(certificate, upper=upper, lower=lower, class_bound=gram, provenance={})
