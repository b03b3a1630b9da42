"""How a web process keeps its memory: what it was started with stays, the rest is seldom looked through."""

import gc

# So many things are made and kept before Python looks for what nobody needs any more (its own default: 700).
# A page of a large area makes thousands, and at every tenth request all that the process holds would be
# looked through, for 80 ms.
MADE = 50_000


def settle() -> None:
    """To be called once, when everything is loaded."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(MADE, 10, 10)
