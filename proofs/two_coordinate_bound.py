# %% [markdown]
# # A lower bound for agents that differ: two coordinates (Finding E)
#
# In one coordinate the agents have the curvatures L_i and the state changes its sign at every step, in the other mu_i
# and it does not; at every step it is multiplied by lambda. If one inequality holds between the two moves p1 and p2,
# such a trajectory of EF21 exists, and no analysis can show a rate below lambda^2. u_i = g_i - d_i, G = mean g_i, and
# N is the mean of the lengths n_i of the changes (L_i p1, mu_i p2) of the gradients.

# %%
from eftheory.proofkit import Theorem, mean

theorem = Theorem(
    "two_coordinate_bound", "Where two coordinates allow it, EF21's state is multiplied by lambda for ever"
)

s = theorem.parameter("s", above=0, below=1)
growth = theorem.parameter("lambda", above=s, below=1, latex=r"\lambda")
step = theorem.parameter("step", above=0, latex=r"\gamma")
N = theorem.parameter("N", above=0)
n = theorem.parameter("n", at_least=0, indexed=True)
mu = theorem.parameter("mu", above=0, indexed=True, latex=r"\mu")
L = theorem.parameter("L", at_least=mu, indexed=True)
p1, p2 = theorem.scalar("p1", latex="p_1"), theorem.scalar("p2", latex="p_2")
o1, o2 = theorem.scalar("o1", latex="o_1"), theorem.scalar("o2", latex="o_2")

# %% [markdown]
# ## The state
# G is what is multiplied by -lambda and by lambda when the move p is made; that p is this move says what the mean of
# the u_i must be. They are taken from the balls of `balls_add`, all in one direction.

# %%
spread = growth**2 - s**2
G1, G2 = -mean(L) * p1 / (1 + growth), -mean(mu) * p2 / (1 - growth)
u1 = s**2 / spread * L * p1 + n / N * o1
u2 = s**2 / spread * mu * p2 + n / N * o2

# %% [markdown]
# ## Hypotheses
# o is what the mean of the u_i must be, less the centre of the mean ball; the last one is the condition on lambda.

# %%
theorem.positive("spread", spread > 0)
lengths = theorem.given("lengths", (L**2 * p1**2 + mu**2 * p2**2).equals(n**2))
mean_length = theorem.given("N", mean(n).equals(N))
first = theorem.given("o1", o1.equals(G1 + p1 / step - s**2 / spread * mean(L) * p1))
second = theorem.given("o2", o2.equals(G2 + p2 / step - s**2 / spread * mean(mu) * p2))
feasible = theorem.given("feasible", o1**2 + o2**2 <= (s * growth / spread * N) ** 2)

# %% [markdown]
# ## Claims
# 1., 2. p is the move -step mean d_i, with mean d_i = G - mean u_i. 3., 4. G is multiplied. 5. A compressor of relative
# error s may leave (-lambda u1, lambda u2) of its input u_i + (L_i p1, mu_i p2).

# %%
claims = theorem.claim(
    (-step * (G1 - mean(u1))).equals(p1),
    (-step * (G2 - mean(u2))).equals(p2),
    (G1 + mean(L) * p1).equals(-growth * G1),
    (G2 + mean(mu) * p2).equals(growth * G2),
    (-growth * u1) ** 2 + (growth * u2) ** 2 <= s**2 * ((u1 + L * p1) ** 2 + (u2 + mu * p2) ** 2),
)

# %% [markdown]
# ## Proof

# %%
theorem.qed(
    theorem.identity("first move", claims[0], modulo=[mean_length, first]),
    theorem.identity("second move", claims[1], modulo=[mean_length, second]),
    theorem.identity("first gradient", claims[2]),
    theorem.identity("second gradient", claims[3]),
    theorem.combine("errors", claims[4], [(spread * (n / N) ** 2, feasible), (-(s**2) * growth**2 / spread, lengths)]),
)

# %%
theorem.survivors = {
    "the lower bound of s not strict": "holds at the end of the range, too",
    "the lower bound of n_i *": "not needed; it says where the statement is meant",
    "the lower bound of mu_i *": "not needed; it says where the statement is meant",
    "the lower bound of L_i *": "not needed; it says where the statement is meant",
    "step 'spread' dropped": "for the reader: the sign is seen without it",
}

# %%
if __name__ == "__main__":
    theorem.print_lesson()
