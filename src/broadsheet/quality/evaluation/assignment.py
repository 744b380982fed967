"""Solves the linear sum assignment problem: pairs rows and columns of a matrix to maximize the total."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_INFINITY = float("inf")


def assign(values: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """Assigns rows to columns one to one so that the total of the chosen cells is as large as possible.

    It uses shortest augmenting paths (D. F. Crouse, "On implementing 2D rectangular assignment algorithms", 2016), like
    ``scipy.optimize.linear_sum_assignment``, and breaks ties in the same way.

    Args:
        values: A matrix of finite numbers, rows of equal length.

    Returns:
        Row and column of each pair, by row. The shorter side is assigned completely.
    """
    if not values or not values[0]:
        return []
    costs = [[-value for value in row] for row in values]
    if len(costs) > len(costs[0]):
        return sorted((row, column) for column, row in enumerate(_columns_of_rows([*zip(*costs, strict=True)])))
    return list(enumerate(_columns_of_rows(costs)))


def _columns_of_rows(costs: Sequence[Sequence[float]]) -> list[int]:
    """Returns the column of each row at minimal total cost; needs at least as many columns as rows."""
    n_columns = len(costs[0])
    of_rows, of_columns = [0.0] * len(costs), [0.0] * n_columns  # the dual variables
    column_of, row_of = [-1] * len(costs), [-1] * n_columns
    for row in range(len(costs)):
        path, distances, seen_rows, seen_columns, sink = _shortest_path(costs, row, of_rows, of_columns, row_of)
        least = distances[sink]
        of_rows[row] += least
        for other in seen_rows:
            if other != row:
                of_rows[other] += least - distances[column_of[other]]
        for column in seen_columns:
            of_columns[column] -= least - distances[column]
        column = sink
        while True:
            previous = path[column]
            row_of[column] = previous
            column_of[previous], column = column, column_of[previous]
            if previous == row:
                break
    return column_of


def _shortest_path(
    costs: Sequence[Sequence[float]],
    row: int,
    of_rows: Sequence[float],
    of_columns: Sequence[float],
    row_of: Sequence[int],
) -> tuple[list[int], list[float], list[int], list[int], int]:
    """Finds the shortest path from a row to a free column with Dijkstra's algorithm.

    Returns:
        The row before each column, the distance of each column, the visited rows and columns, and the free column.
    """
    n_columns = len(of_columns)
    path, distances = [-1] * n_columns, [_INFINITY] * n_columns
    left = list(range(n_columns - 1, -1, -1))
    seen_rows: list[int] = []
    seen_columns: list[int] = []
    so_far = 0.0
    while True:
        seen_rows.append(row)
        place, lowest = -1, _INFINITY
        for at, column in enumerate(left):
            distance = so_far + costs[row][column] - of_rows[row] - of_columns[column]
            if distance < distances[column]:
                path[column], distances[column] = row, distance
            if distances[column] < lowest or (distances[column] == lowest and row_of[column] == -1):
                lowest, place = distances[column], at
        so_far, nearest = lowest, left[place]
        seen_columns.append(nearest)
        if row_of[nearest] == -1:
            return path, distances, seen_rows, seen_columns, nearest
        row = row_of[nearest]
        left[place] = left[-1]
        left.pop()
