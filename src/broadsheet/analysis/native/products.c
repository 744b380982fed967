/* Exact products: with or without fused multiply-add, and in any order, they have the same bits. */

#include "shared.h"

/* Some columns of the product: as many vectors as there are registers for. */
static inline __attribute__((always_inline)) void multiply_some(const float *a, int64_t rows, int64_t row_step,
                                                                int64_t step, const float *b, int64_t columns,
                                                                int64_t depth, float *product, const int vectors) {
    for (int64_t first = 0; first < rows; first += ROWS) {
        Floats sums[ROWS][2] = {{{0}}};
        for (int64_t k = 0; k < depth; k++) {
            const Floats *from = (const Floats *)(b + k * columns);
            const float *by = a + first * row_step + k * step;
            for (int r = 0; r < ROWS; r++)
                for (int v = 0; v < vectors; v++)
                    sums[r][v] += by[r * row_step] * from[v];
        }
        for (int r = 0; r < ROWS; r++)
            memcpy(product + (first + r) * columns, sums[r], vectors * sizeof(Floats));
    }
}

void multiply(const float *a, int64_t rows, int64_t row_step, int64_t step, const float *b, int64_t columns,
              int64_t depth, float *product) {
    int64_t start = 0;
    for (; start + 2 * LANES <= columns; start += 2 * LANES)
        multiply_some(a, rows, row_step, step, b + start, columns, depth, product + start, 2);
    if (start < columns)
        multiply_some(a, rows, row_step, step, b + start, columns, depth, product + start, 1);
}

void multiply_block(const double *a, const double *b, int64_t depth, double *product) {
    Doubles sums[BLOCK][2] = {{{0}}};
    for (int64_t k = 0; k < depth; k++) {
        const Doubles *from = (const Doubles *)(b + k * COLUMNS);
        for (int r = 0; r < BLOCK; r++) {
            sums[r][0] += a[k * BLOCK + r] * from[0];
            sums[r][1] += a[k * BLOCK + r] * from[1];
        }
    }
    memcpy(product, sums, sizeof sums);
}
