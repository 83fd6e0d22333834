"""Lines that follow each other with one idea, and their claims: the first is shown, the others for who asks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from eftheory.pages.fragments import Block

BELOW = ("idea", "reason", "failure")
"""Kinds of blocks that belong to the line above them."""


def together(blocks: Sequence[Block], ideas: Mapping[str, str]) -> Iterator[Block]:
    """The blocks; ``ideas``: what the file says of lines, by their names."""

    def of(block: Block) -> str:
        name = block.name if block.kind == "line" else "".join(block.leads) if block.kind == "claim" else ""
        return ideas.get(name, "")

    at = 0
    while at < len(blocks):
        first, end = blocks[at], _end(blocks, at)
        yield from blocks[at:end]
        at = end
        while of(first) and end < len(blocks) and blocks[end].kind == first.kind and of(blocks[end]) == of(first):
            end = _end(blocks, end)
        if end > at:
            others = tuple(blocks[at:end])
            names = [block.name for block in others if block.kind == first.kind]
            which = names[0] if len(names) == 1 else f"{names[0]} to {names[-1]}"
            yield Block("alike", (f"Likewise, and checked one by one: {which}.",), relation=others)
            at = end


def _end(blocks: Sequence[Block], at: int) -> int:
    """Where what belongs to a block ends."""
    end = at + 1
    while blocks[at].kind == "line" and end < len(blocks) and blocks[end].kind in BELOW:
        end += 1
    return end
