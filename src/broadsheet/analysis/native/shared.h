/* What the loops share: vectors, products, and the bits of numbers.

Compiled when the package is installed, if there is a compiler; without it, the same steps run in NumPy. Both give the
same bits: every step is element by element in IEEE 754, without contraction to fused operations, or a sum that is exact
(products.c), or a sum in the order that the NumPy functions define.
*/

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#if defined(_WIN32)
#define EXPORTED __declspec(dllexport)
#else
#define EXPORTED __attribute__((visibility("default")))
#endif

/* Bytes of a vector register of the processor that this is compiled for. */
#if !defined(VECTOR)
#define VECTOR 16
#endif

typedef float Floats __attribute__((vector_size(VECTOR), aligned(4), may_alias));
typedef double Doubles __attribute__((vector_size(VECTOR), aligned(8), may_alias));

/* Products of whole numbers, or of numbers on grids, whose sums are exact. */
enum {
    ROWS = VECTOR < 64 ? 4 : 8,            /* rows of single precision that there are registers for */
    BLOCK = 4,                             /* rows of double precision; weights are in blocks of it */
    LANES = VECTOR / sizeof(float),        /* columns of single precision are a multiple of it */
    COLUMNS = 2 * VECTOR / sizeof(double), /* columns of double precision that are computed together */
};

/* The product of a and b. An item of a is at its row and column times their steps; its rows are a multiple of ROWS,
   and the columns of b of LANES. */
void multiply(const float *a, int64_t rows, int64_t row_step, int64_t step, const float *b, int64_t columns,
              int64_t depth, float *product);

/* The product of BLOCK rows and COLUMNS columns; an item of a is at its column times BLOCK and its row. */
void multiply_block(const double *a, const double *b, int64_t depth, double *product);

static inline int32_t bits_of(float value) {
    int32_t bits;
    memcpy(&bits, &value, 4);
    return bits;
}

static inline float float_of(int32_t bits) {
    float value;
    memcpy(&value, &bits, 4);
    return value;
}

/* Adds rows to each other, halves at a time, until one is left in the buffer. */
static inline __attribute__((always_inline)) void add_rows(const float *rows, int64_t count, int64_t width,
                                                           float *buffer) {
    const float *from = rows;
    if (count == 1)
        memcpy(buffer, rows, (size_t)width * sizeof(float));
    while (count > 1) {
        const int64_t half = count / 2;
        for (int64_t k = 0; k < half * width; k++)
            buffer[k] = from[k] + from[half * width + k];
        if (count % 2)
            for (int64_t k = 0; k < width; k++)
                buffer[k] += from[2 * half * width + k];
        from = buffer;
        count = half;
    }
}
