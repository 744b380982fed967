/* Exact products: with or without fused multiply-add, and in any order, they have the same bits. */

#include "shared.h"

void multiply(const float *a, int64_t rows, int64_t row_step, int64_t step, const float *b, int64_t columns,
              int64_t depth, float *product) {
    for (int64_t start = 0; start < columns; start += LANES)
        for (int64_t first = 0; first < rows; first += BLOCK) {
            Floats sums[BLOCK][2] = {{{0}}};
            for (int64_t k = 0; k < depth; k++) {
                const Floats *from = (const Floats *)(b + k * columns + start);
                const float *by = a + first * row_step + k * step;
                for (int r = 0; r < BLOCK; r++) {
                    sums[r][0] += by[r * row_step] * from[0];
                    sums[r][1] += by[r * row_step] * from[1];
                }
            }
            for (int r = 0; r < BLOCK; r++)
                memcpy(product + (first + r) * columns + start, sums[r], sizeof sums[r]);
        }
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
