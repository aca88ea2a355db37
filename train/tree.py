"""The greatest tree over head scores, exactly one word at the root: Chu-Liu-Edmonds, on integers.

Integers make the result independent of the order of additions. Ties go to the lower head index at
each choice, cycles are taken up in the order of their lowest word; a twin that does the same steps
gives the same tree.
"""
import numpy as np

ROOT_COST = 1 << 40   # more than any sum of scores, so that a second root never pays


def greatest_tree(scores):
    """Heads (0 root, else 1..n) of words 1..n; scores[d][h] is the integer score of head h for word d + 1.

    The score of a word as its own head is not read.
    """
    n = len(scores)
    s = np.full((n + 1, n + 1), -(1 << 60), np.int64)      # s[d][h]
    s[1:, :] = scores
    s[range(n + 1), range(n + 1)] = -(1 << 60)
    heads = np.concatenate([[0], s[1:].argmax(1)])
    if (heads[1:] == 0).sum() == 1 and not find_cycle(heads):
        return heads[1:]
    s[1:, 0] -= ROOT_COST
    return solve(s)[1:]


def find_cycle(heads):
    """Words of the first cycle met going up from word 1, 2, ...; [] for none. heads[0] is not read."""
    state = [0] * len(heads)
    for start in range(1, len(heads)):
        path, v = [], start
        while v != 0 and state[v] == 0:
            state[v] = start
            path.append(v)
            v = heads[v]
        if v != 0 and state[v] == start and v in path:
            return path[path.index(v):]
    return []


def solve(s):
    """Heads of the greatest arborescence from 0 for scores s[d][h]; heads[0] is 0."""
    heads = np.concatenate([[0], s[1:].argmax(1)])
    cycle = find_cycle(heads)
    if not cycle:
        return heads
    inside = sorted(int(v) for v in cycle)
    outside = [v for v in range(len(s)) if v not in set(inside)]
    # The cycle becomes the last node of a smaller problem.
    m = len(outside)
    small = np.full((m + 1, m + 1), -(1 << 60), np.int64)
    small[:m, :m] = s[np.ix_(outside, outside)]
    own = np.array([s[v, heads[v]] for v in inside])
    leave = s[np.ix_(outside, inside)]                     # outside word, head inside
    leave_at = leave.argmax(1)
    small[:m, m] = leave.max(1)
    enter = s[np.ix_(inside, outside)] - own[:, None]      # inside word, head outside
    enter_at = enter.argmax(0)
    small[m, :m] = enter.max(0)
    small[0, :] = -(1 << 60)
    got = solve(small)
    out = heads.copy()
    for k, v in enumerate(outside):
        if v:
            out[v] = inside[leave_at[k]] if got[k] == m else outside[got[k]]
    breaker = inside[enter_at[got[m]]]
    out[breaker] = outside[got[m]]
    return out
