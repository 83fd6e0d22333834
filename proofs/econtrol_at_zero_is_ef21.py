# %% [markdown]
# # EControl without its error term is EF21
#
# EControl compresses weight e + g - h, adds the message c to h, moves by the mean of h, and then keeps e + g - h. At
# weight 0 its h, after it has moved, is EF21's d: both move x alike, compress the same vector, and add the message to
# the same. It starts as EF21 with d = C(g), if h is zero at first.

# %%
from eftheory.proofkit import Theorem, mean

theorem = Theorem(
    "econtrol_at_zero_is_ef21",
    "One round of EControl with error weight 0 is one of EF21",
    source="[GaoIslamovStich2024]",
)

step = theorem.parameter("step", above=0, latex=r"\gamma")
x = theorem.vector("x")
h, e = theorem.vector("h", indexed=True), theorem.vector("e", indexed=True)
g_after = theorem.vector("g+", indexed=True, latex="g^+")
c = theorem.vector("c", indexed=True, random=True)

# %% [markdown]
# ## The methods
# From the state in which h is up to date and x is not: EControl moves x, differentiates there, and compresses what it
# says it does; c is whatever the compressor returns.


# %%
def econtrol(weight):
    """The new point, what is compressed there, and the new h."""
    return x - step * mean(h), weight * e + g_after - h, h + c


def ef21(d):
    """The new point, what is compressed there, and the new d."""
    return x - step * mean(d), g_after - d, d + c


# %% [markdown]
# ## Claim and proof
# The three agree, and so, by induction, do all that follow.

# %%
pairs = list(zip(econtrol(0), ef21(h)))
theorem.claim(*(ours.equals(theirs) for ours, theirs in pairs))
names = [
    theorem.identity(name, ours.equals(theirs))
    for name, (ours, theirs) in zip(("the point", "what is compressed", "the estimate"), pairs)
]
theorem.qed(*names)

# %%
theorem.survivors = {
    "the lower bound of step *": "not needed; it says where the statement is meant",
}

# %%
if __name__ == "__main__":
    theorem.print_lesson()
