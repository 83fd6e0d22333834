# %% [markdown]
# # The functional inequality makes the mean smooth
#
# Conversely to `functional_inequality`: where the (L_A, L_B) inequality holds, f = mean f_i is smooth. All agents are
# displaced by the same vector.

# %%
from eftheory.proofkit import Theorem, mean, square

theorem = Theorem(
    "functional_implies_smooth",
    "The functional inequality makes the mean of the functions smooth with the root of L_A^2 + L_B^2",
    source="own, for the inequality of [GruntkowskaTyurinRichtarik2024]",
)

L_A, L_B = theorem.parameter("L_A", latex="L_A"), theorem.parameter("L_B", latex="L_B")
p = theorem.vector("p")
u = theorem.vector("u", indexed=True)
h = theorem.vector("h", indexed=True)
h_next = theorem.vector("h+", indexed=True, latex="h^{+}")

# %% [markdown]
# ## Hypotheses
# h_i and h+_i are the gradients of f_i at x and at x + u_i.

# %%
functional = theorem.given(
    "functional inequality", square(mean(h_next - h)) <= L_A**2 * mean(square(u)) + L_B**2 * square(mean(u))
)
equal = theorem.given("equal displacements", u.equals(p))

# %% [markdown]
# ## Claim

# %%
smooth = theorem.claim(square(mean(h_next) - mean(h)) <= (L_A**2 + L_B**2) * square(p))

# %% [markdown]
# ## Proof
# Both the mean of the ||u_i||^2 and ||mean u_i||^2 are ||p||^2.

# %%
own = theorem.combine("own length", square(u).equals(square(p)), [(u + p, equal)])
lengths = theorem.average("lengths", mean(square(u)).equals(square(p)), own)
middle = theorem.average("mean displacement", mean(u).equals(p), equal)
length = theorem.combine("its length", square(mean(u)).equals(square(p)), [(mean(u) + p, middle)])
theorem.qed(theorem.combine("smooth", smooth, [functional, (L_A**2, lengths), (L_B**2, length)]))

# %%
if __name__ == "__main__":
    theorem.print_lesson()
