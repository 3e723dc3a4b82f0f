"""The binomial distribution, exactly: what a count of wrong drafts says about their share.

Exact rather than by an inequality: a draft is wrong or it isn't, so Hoeffding's and Bentkus'
bounds, which hold for every bounded loss, would only ask for more reviews. numpy alone; serving
loads no SciPy.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any

_HALVINGS = 60  # of the interval [0, 1]: closer than a float can tell


def probability_at_most(wrong: int, of: int, share: float) -> float:
    """P(Bin(of, share) ≤ wrong): how likely so few are, if this share is wrong.

    This is the p-value of “the share is more than `share`”, exact in finite samples: smaller
    shares make few wrong likelier, so the likeliest case of the hypothesis is its edge.
    """
    if wrong >= of or share <= 0.0:
        return 1.0
    if wrong < 0 or share >= 1.0:
        return 0.0
    import numpy as np

    logs = _log_factorials_for(of)
    k = np.arange(wrong + 1)
    terms = logs[of] - logs[k] - logs[of - k] + k * math.log(share) + (of - k) * math.log1p(-share)
    top = float(terms.max())
    return min(1.0, math.exp(top) * float(np.exp(terms - top).sum()))


def upper_bound_of_share(wrong: int, of: int, doubt: float) -> float:
    """The upper bound on the share that is wrong, true with confidence 1 − `doubt`.

    Clopper and Pearson 1934, one-sided. 1 where nothing was seen, or nothing was right.
    """
    low, high = 0.0, 1.0
    if wrong >= of:
        return high
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if probability_at_most(wrong, of, middle) > doubt:
            low = middle
        else:
            high = middle
    return high


@lru_cache(maxsize=8)
def _log_factorial_table(size: int) -> Any:
    import numpy as np

    return np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, size + 1)))])


def _log_factorials_for(of: int) -> Any:
    """log 0!, …, log of!, at least; in sizes of powers of two, so that few tables are kept."""
    return _log_factorial_table(1 << max(10, of.bit_length()))
