# %% [markdown]
# # The best constant step of EF and EF21 with equal agents
#
# The rate of a step is r^2, where tau = r - s/r is the larger of (1 - s) - (1 + s) step mu and (1 + s) step L - (1 - s)
# (`tight_rate`, `tight_lower_bound`). No step has tau below (1 - s) k with k = (L - mu)/(L + mu), and the step
# (2/(L + mu)) (1 - s)/(1 + s) has it.

# %%
from eftheory.proofkit import Theorem

theorem = Theorem(
    "optimal_step",
    "No constant step of EF or EF21 has a better rate than (2/(L + mu)) (1 - s)/(1 + s)",
    source="[ThomsenTaylorDieuleveut2026], Theorems 3.1 and 3.2",
)

s = theorem.parameter("s", above=0, below=1)
mu = theorem.parameter("mu", at_least=0, latex=r"\mu")
L = theorem.parameter("L", above=mu)
step = theorem.scalar("step", latex=r"\gamma")
r = theorem.parameter("r", above=0)
q = theorem.parameter("q", above=0)

# %% [markdown]
# ## Hypotheses
# r belongs to some step, and q to the best one.

# %%
k, best = (L - mu) / (L + mu), 2 / (L + mu) * (1 - s) / (1 + s)
flat = theorem.given("flat", (1 - s) - (1 + s) * step * mu <= r - s / r)
steep = theorem.given("steep", (1 + s) * step * L - (1 - s) <= r - s / r)
root = theorem.given("q", (q - s / q).equals((1 - s) * k))

# %% [markdown]
# ## Claims
# 1., 2. At the best step both numbers are (1 - s) k. 3. None is better. 4. So r is at least q.

# %%
claims = theorem.claim(
    ((1 - s) - (1 + s) * best * mu).equals((1 - s) * k),
    ((1 + s) * best * L - (1 - s)).equals((1 - s) * k),
    (1 - s) * k <= r - s / r,
    q <= r,
)

# %% [markdown]
# ## Proof
# The mean of the two numbers with weights L and mu does not depend on the step. And r - s/r grows with r:
# (r - q)(1 + s/(r q)) is the difference of two of its values.

# %%
equal = [theorem.identity("flat at best", claims[0]), theorem.identity("steep at best", claims[1])]
least = theorem.combine("least tau", claims[2], [(L / (L + mu), flat), (mu / (L + mu), steep)])
difference = theorem.combine("difference", (1 + s / (r * q)) * q <= (1 + s / (r * q)) * r, [least, root])
theorem.qed(*equal, least, theorem.cancel("q <= r", claims[3], difference, 1 + s / (r * q)))

# %%
theorem.survivors = {
    "the lower bound of s not strict": "holds at the end of the range, too",
    "the upper bound of s *": "not needed; it says where the statement is meant",
}

# %%
if __name__ == "__main__":
    theorem.print_lesson()
