# %% [markdown]
# # The memory shrinks, up to a new gradient
#
# The memory after a step is what the compressor loses of e + gamma g: at most s^2 of its square. Prove that the old
# memory counts with s^2 (1 + y), for any y > 0. What is left over is the square of a vector; find it, and its
# weight.

# %%
from eftheory.proofkit import Theorem, square

theorem = Theorem("memory_shrinks", "The memory shrinks, up to a new gradient")

s = theorem.parameter("s", above=0, below=1)
y, gamma = theorem.parameter("y", above=0), theorem.parameter("gamma", above=0)
e, e_next, g = theorem.vector("e"), theorem.vector("e+"), theorem.vector("g")
lost = theorem.given("lost", square(e_next) <= s**2 * square(e + gamma * g))
claim = theorem.claim(square(e_next) <= s**2 * (1 + y) * square(e) + s**2 * (1 + 1 / y) * gamma**2 * square(g))

# %% [markdown]
# Put what is to be found in place of each `theorem.hole(...)`; then `eftheory prove memory_shrinks.py`.

# %%
weight, body = theorem.hole("the weight of the square"), theorem.hole("what is squared", vector=True)
theorem.qed(theorem.combine("memory", claim, [lost], squares=[(weight, body)]))

# %% [markdown]
# ## Hints
# 1. Take the hypothesis away from the claim: s^2 (y ||e||^2 + gamma^2/y ||g||^2 - 2 gamma <e, g>) is left.
# 2. A square with -2 gamma <e, g> in it: of a multiple of e minus a multiple of g.
# 3. With y e in it, compare the factors before ||e||^2: they say how often the square counts.

# %% [markdown]
# ## Place
# lesson 02_error_feedback, level 3

# %%
if __name__ == "__main__":
    theorem.print_lesson()
