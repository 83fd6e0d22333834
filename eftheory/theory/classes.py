"""Classes of functions, and noise of the gradients, in the words in which theorems name them."""

NONCONVEX = "smooth, convex or not"
PL = "smooth and PL"
PROX = "smooth, and a convex function with a prox"
STRONGLY_CONVEX = "smooth and strongly convex"
CONVEX = "smooth and convex"
PROX_PL = "smooth, and a convex function with a prox, and proximal PL"

NONE, VARIANCE = "none", "bounded variance"
