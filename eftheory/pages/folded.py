"""Lessons as HTML: claims with numbers, lines that unfold to rule and evidence, links where the page has a way."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

from eftheory.pages.fragments import Block, Link, Mathematics, words
from eftheory.pages.html import sentence, table

LISTS = {"reason": "why", "range": "symbols"}
"""Kinds of blocks that follow each other as the points of a list, and what class the list has."""

_LINK = re.compile(r"</?a\b[^>]*>")


def _nothing(asked: object) -> str:
    """No link, no picture."""
    return ""


@dataclass(frozen=True)
class Way:
    """Where links of a page lead, and the pictures it can show.

    Attributes:
        href: of a link to another page; empty where there is none.
        picture: a drawing in SVG, by name; empty where there is none.
    """

    href: Callable[[Link], str] = _nothing
    picture: Callable[[str], str] = _nothing


NOWHERE = Way()


def blocks_as_html(blocks: Sequence[Block], maths: Mathematics, way: Way = NOWHERE) -> str:
    """Blocks, without the page around them."""
    return "\n".join(_Writer(blocks, maths, way).all(blocks)) + "\n"


class _Writer:
    """Writes the blocks of one page."""

    def __init__(self, blocks: Sequence[Block], maths: Mathematics, way: Way) -> None:
        self.maths, self.way = maths, way
        found = list(_unfolded(blocks))
        lines = [block.name for block in found if block.kind in ("line", "hypothesis")]
        self.places = {("line", name): f"line-{j}" for j, name in enumerate(dict.fromkeys(lines), 1)}
        claims = [block.name for block in found if block.kind == "claim"]
        self.places |= {("claim", name): name.replace(" ", "-") or "claim-1" for name in claims}
        self.evidence = {row[0]: row[1:] for block in found if block.kind == "evidence" for row in block.relation.rows}

    def all(self, blocks: Sequence[Block]) -> Iterator[str]:
        waiting = list(blocks)
        while waiting:
            block = waiting.pop(0)
            if block.kind in LISTS:
                points = [block, *_taken(waiting, (block.kind,))]
                yield f'<ul class="{LISTS[block.kind]}">'
                yield from (f"<li>{self.words(point)}</li>" for point in points)
                yield "</ul>"
            elif block.kind == "line":
                yield self.step(block, _taken(waiting, ("idea", "reason", "failure")))
            else:
                yield self.block(block)

    def step(self, block: Block, below: list[Block]) -> str:
        """A line, which unfolds to why it holds."""
        ideas = [self.words(each) for each in below if each.kind == "idea"]
        idea = self.words(block) or "".join(ideas)
        failures = [each for each in below if each.kind == "failure"]
        told = f'<span class="idea">{idea}</span>' * bool(idea)
        told += f'<span class="line">{self.maths.displayed(block.relation, block.name)}</span>'
        why = [*self.all([each for each in below if each.kind == "reason"]), *self.at_example(block.name)]
        if block.leads:
            why.append(f'<p class="leads">This is {self.listed(block.leads)}.</p>')
        inside = "\n".join(why)
        opened = ' open=""' * bool(failures)
        place = self.places["line", block.name]
        told = _LINK.sub("", told)  # what unfolds is one thing to press; below it the reasons have the links
        step = f'<details class="step" id="{place}"{opened}>\n<summary>{told}</summary>\n{inside}\n</details>'
        return "\n".join([step, *map(self.block, failures)])

    def at_example(self, name: str) -> list[str]:
        """Both sides of a line at the example, and the room between."""
        if name not in self.evidence:
            return []
        left, right, room = map(number, self.evidence[name])
        said = f"{left} on the left, {right} on the right" if left != right else f"{left} on both sides"
        return [f'<p class="evidence">At the example below: {said}; room {room}.</p>']

    def block(self, block: Block) -> str:
        told = self.words(block)
        if block.kind in ("title", "heading"):
            tag = "h1" if block.kind == "title" else "h2"
            return f"<{tag}>{told}</{tag}>"
        if block.kind == "table":
            return table(block.relation, sentence)
        if block.kind == "evidence":
            return _fold("all", "All lines at the example", table(block.relation, self.cell))
        if block.kind == "alike":
            return _fold("alike", told, "\n".join(self.all(block.relation)))
        if block.kind == "picture":
            drawing = self.way.picture(block.name)
            return f"<figure>{drawing}<figcaption>{told}</figcaption></figure>" * bool(drawing)
        if block.kind in ("hypothesis", "claim"):
            return self.stated(block, told)
        if block.kind == "verdict":
            return f'<p class="verdict {"proved" if told == "PROVED" else "open"}">{told}</p>'
        tag = "div" if block.kind == "definition" else "p"
        return f'<{tag} class="{block.kind}">{told}</{tag}>'

    def stated(self, block: Block, told: str) -> str:
        """A hypothesis or a claim."""
        claim = block.kind == "claim"
        place = self.places["claim" if claim else "line", block.name]
        name = block.name.capitalize() if claim else block.name
        formula = self.maths.displayed(block.relation, name)
        proof = f' <span class="proof">{self.listed(block.leads)}</span>' * (claim and bool(block.leads))
        before = f"<p>{told}</p>\n" * bool(told)
        return f'{before}<div class="{"claim" if claim else "line"}" id="{place}">{formula}{proof}</div>'

    def listed(self, leads: Sequence[str]) -> str:
        """Links to lines, or to claims: the names of the latter are words."""
        links = [self.link(Link(f"({name})", "line", name)) for name in leads if ("line", name) in self.places]
        links += [
            self.link(Link(name.capitalize(), "claim", name)) if name else "what is claimed"
            for name in leads
            if ("line", name) not in self.places
        ]
        return " and ".join([", ".join(links[:-1]), links[-1]] if len(links) > 1 else links)

    def cell(self, text: str) -> str:
        """The name of a line, or a number in print."""
        is_line = ("line", text) in self.places
        return self.link(Link(text, "line", text)) if is_line else escape(number(text))

    def words(self, block: Block) -> str:
        write: Callable[[str], str] = sentence
        if block.kind in ("source", "verdict", "failure", "example"):
            write = _value if block.kind == "example" else escape
        return words(block.parts, block.kind, self.maths, write, self.link)

    def link(self, link: Link) -> str:
        """Words that lead somewhere, if there is a way."""
        shown = sentence(link.words)
        place = self.places.get((link.kind, link.to))
        href = f"#{place}" if place else self.way.href(link)
        return f'<a href="{escape(href, quote=True)}">{shown}</a>' if href else shown


def _unfolded(blocks: Sequence[Block]) -> Iterator[Block]:
    for block in blocks:
        yield block
        if block.kind == "alike":
            yield from _unfolded(block.relation)


def _taken(waiting: list[Block], kinds: Sequence[str]) -> list[Block]:
    """The next ones of these kinds, which are taken from those that wait."""
    found = next((list(group) for there, group in groupby(waiting, lambda b: b.kind in kinds) if there), [])
    found = found if waiting and waiting[0].kind in kinds else []
    del waiting[: len(found)]
    return found


def _fold(kind: str, summary: str, inside: str) -> str:
    return f'<details class="{kind}">\n<summary>{summary}</summary>\n{inside}\n</details>'


def number(text: str) -> str:
    """A number of a table as in print.

    >>> number("-3/2"), number("about -1e-05"), number("sqrt(2)")
    ('−3/2', 'about −1·10⁻⁵', '√2')
    """
    text = re.sub(r"e([+-])0*(\d+)", lambda power: f"·10{_raised(power[1] + power[2])}", text)
    text = re.sub(r"sqrt\((\w+)\)", r"√\1", text).replace("sqrt(", "√(")
    return text.replace("-", "−")


def _value(text: str) -> str:
    """Words, or a number behind the sign that says what it is the value of."""
    return escape(number(text) if text.startswith(" = ") else text)


def _raised(power: str) -> str:
    return power.lstrip("+").translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
