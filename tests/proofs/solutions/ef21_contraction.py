# %% [markdown]
# # EF21's contraction
#
# The lemma on which EF21 rests. The estimate g moves by c, the compressed difference to the new gradient h+. Prove
# that its error shrinks, up to how far the gradient has moved, for every y > 0. Set a = h - g and b = h+ - h: the
# compressor is given a + b.

# %%
from eftheory.proofkit import Theorem, expectation, square

theorem = Theorem("ef21_contraction", "EF21's contraction")

s = theorem.parameter("s", above=0, below=1)
y = theorem.parameter("y", above=0)
g, h, h_next = theorem.vector("g"), theorem.vector("h"), theorem.vector("h+")
c = theorem.vector("c", random=True)
compressor = theorem.given("compressor", expectation(square(c - (h_next - g))) <= s**2 * square(h_next - g))
error, moved = square(h - g), square(h_next - h)
claim = theorem.claim(expectation(square(g + c - h_next)) <= s**2 * (1 + y) * error + s**2 * (1 + 1 / y) * moved)

# %% [markdown]
# The holes are filled.

# %%
weight, body = s**2 / y, y * (h - g) - (h_next - h)
theorem.qed(theorem.combine("contraction", claim, [compressor], squares=[(weight, body)]))
