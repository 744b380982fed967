"""The moves of the arc-eager dependency parser over one text, one at a time.

They follow spaCy's ``arc_eager`` (non-monotonic, with sentence breaks): a stack of words, the buffer of words to come,
and the words that were put back into it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence


SHIFT, REDUCE, LEFT, RIGHT, BREAK = range(5)
"""Kinds of moves."""

MAY_SHIFT, MAY_REDUCE, MAY_ATTACH, MAY_BREAK = 1, 2, 4, 8
"""Bits of the moves that are allowed."""

ParserState = tuple[int, int, int, int, int, int, int, int, int]
"""The first two words of the buffer, the top three of the stack, the last left child of the first in the buffer, the
last left and right children of the top; then the bits of the allowed moves. A missing word is -1.
"""


class Tree(NamedTuple):
    """The result of the moves, with one entry per token of all texts; -1 if not yet set.

    Attributes:
        heads: The head of each token.
        moves: The move that attached it.
        left: The last dependent on its left.
        right: The last dependent on its right.
        before: The previous right dependent of its head.
        put_back: Whether it was put back once, and may not be shifted again at once.
        opens: Whether a sentence begins at it.
    """

    heads: list[int]
    moves: list[int]
    left: list[int]
    right: list[int]
    before: list[int]
    put_back: list[bool]
    opens: list[bool]

    @classmethod
    def of(cls, opens: Sequence[bool]) -> Tree:
        """An empty tree with one token per item of ``opens``, which marks those known to start a sentence."""
        none = [-1] * len(opens)
        return cls(none, none[:], none[:], none[:], none[:], [False] * len(opens), list(opens))


def parse(first: int, last: int, tree: Tree, kinds: Sequence[int]) -> Generator[ParserState, int, None]:
    """Parses the tokens ``first`` to ``last`` (exclusive): yields the state for the next move, and is sent the move.

    ``kinds`` maps each move to its kind.
    """
    heads, moves, left, right, before, put_back, opens = tree
    stack: list[int] = []
    returned: list[int] = []
    coming = first
    while True:
        if returned:
            next_ = returned[-1]
            second = returned[-2] if len(returned) > 1 else coming if coming < last else -1
        elif coming < last:
            next_ = coming
            second = coming + 1 if coming + 1 < last else -1
        elif stack:
            # Reducing is the only move left.
            _reduce(tree, stack, returned)
            continue
        else:
            return
        may_break = MAY_BREAK if second == next_ + 1 and not opens[second] else 0
        if not stack:
            move = yield next_, second, -1, -1, -1, left[next_], -1, -1, MAY_SHIFT | may_break
        else:
            top = stack[-1]
            depth = len(stack)
            may_shift = MAY_SHIFT if second >= 0 and not put_back[next_] else 0
            allowed = MAY_REDUCE | may_break | (0 if opens[next_] else MAY_ATTACH | may_shift)
            move = yield (
                next_,
                second,
                top,
                stack[-2] if depth > 1 else -1,
                stack[-3] if depth > 2 else -1,
                left[next_],
                left[top],
                right[top],
                allowed,
            )
        kind = kinds[move]
        if kind == LEFT:
            stack.pop()
            _attach_left(tree, top, next_, move)
        elif kind == REDUCE:
            _reduce(tree, stack, returned)
        elif kind == BREAK:
            opens[second] = True
        else:
            if kind == RIGHT:
                heads[next_] = top
                moves[next_] = move
                before[next_] = right[top]
                right[top] = next_
            stack.append(next_)
            if returned:
                returned.pop()
            else:
                coming += 1


def _reduce(tree: Tree, stack: list[int], returned: list[int]) -> None:
    """Pops the stack; a word without a head goes back into the buffer."""
    top = stack.pop()
    if stack and tree.heads[top] < 0:
        tree.put_back[top] = True
        returned.append(top)


def _attach_left(tree: Tree, token: int, head: int, move: int) -> None:
    """Makes ``token`` a left dependent of ``head``, instead of a right one of its current head."""
    previous = tree.heads[token]
    if previous >= 0:
        tree.right[previous] = tree.before[token]
    tree.heads[token] = head
    tree.moves[token] = move
    tree.left[head] = token
    tree.put_back[head] = False
