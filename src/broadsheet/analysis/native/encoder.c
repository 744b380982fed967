/* The encoder's loops that take many passes over memory in NumPy, each in one. */

#include "shared.h"

#define HEAD 32
#define ONE (127 << 23)
#define HALF (VECTOR / sizeof(double))

typedef float HalfFloats __attribute__((vector_size(VECTOR / 2), aligned(4), may_alias));

/* Rows as bytes, of which 128 means 0, and what a unit of each row is worth. */
EXPORTED void quantise(const float *rows, int64_t count, int64_t width, uint8_t *bytes, float *units) {
    for (int64_t i = 0; i < count; i++) {
        const float *row = rows + i * width;
        int32_t largest = bits_of(1e-20f);
        for (int64_t k = 0; k < width; k++) {
            int32_t size = bits_of(row[k]) & INT32_MAX;
            largest = size > largest ? size : largest;
        }
        const float unit = float_of(largest) / 127.0f;
        uint8_t *out = bytes + i * width;
        for (int64_t k = 0; k < width; k++)
            out[k] = (uint8_t)(int32_t)(row[k] / unit + 128.5f);
        units[i] = unit;
    }
}

/* Sums of products as floats, and the largest size in each column. */
EXPORTED void dequantise(const int32_t *sums, int64_t count, int64_t width, const float *units, const float *scale,
                         const float *bias, float *rows, float *largest) {
    for (int64_t k = 0; k < width; k++)
        largest[k] = 1e-20f;
    int32_t *sizes = (int32_t *)largest;
    for (int64_t i = 0; i < count; i++) {
        const int32_t *sum = sums + i * width;
        float *row = rows + i * width;
        const float unit = units[i];
        for (int64_t k = 0; k < width; k++) {
            const float value = (float)sum[k] * unit * scale[k] + bias[k];
            const int32_t size = bits_of(value) & INT32_MAX;
            row[k] = value;
            sizes[k] = size > sizes[k] ? size : sizes[k];
        }
    }
}

/* Sums of products as floats, looked up in a table of an activation; the results as bytes, of which 0 means 0. */
EXPORTED void activate(const int32_t *sums, int64_t count, int64_t width, const float *units, const float *scale,
                       const float *bias, const float *table, int64_t size, float least, int32_t *steps, float *values,
                       uint8_t *bytes, float *found_units) {
    const float bound = (float)(size - 1);
    for (int64_t i = 0; i < count; i++) {
        const int32_t *sum = sums + i * width;
        const float unit = units[i];
        int32_t highest = 0;
        for (int64_t k = 0; k < width; k++) {
            float value = (float)sum[k] * unit * scale[k] + bias[k];
            value = value < bound ? value : bound;
            value = value > 0.0f ? value : 0.0f;
            const int32_t step = (int32_t)value;
            steps[k] = step;
            highest = step > highest ? step : highest;
        }
        const float largest = table[highest];
        const float worth = (largest > least ? largest : least) / 255.0f;
        uint8_t *out = bytes + i * width;
        for (int64_t k = 0; k < width; k++)
            values[k] = table[steps[k]];
        for (int64_t k = 0; k < width; k++)
            out[k] = (uint8_t)(int32_t)(values[k] / worth + 0.5f);
        found_units[i] = worth;
    }
}

/* Normalises a row of whole numbers of 1/4096. */
static void normalise_row(float *row, int64_t width, const float *norm_scale, const float *norm_shift) {
    Doubles totals = {0}, squares = {0};
    for (int64_t k = 0; k < width; k += HALF) {
        const Doubles whole = __builtin_convertvector(*(const HalfFloats *)(row + k), Doubles);
        totals += whole;
        squares += whole * whole;
    }
    double total = 0, square = 0;
    for (int lane = 0; lane < (int)HALF; lane++) {
        total += totals[lane];
        square += squares[lane];
    }
    const double mean = total / (double)width;
    const double variance = square / (double)width - mean * mean;
    const double deviation = sqrt((variance > 0.0 ? variance : 0.0) + 1e-12 * 4096 * 4096);
    const float centre = (float)mean, inverse = (float)(1 / deviation);
    for (int64_t k = 0; k < width; k++)
        row[k] = (row[k] - centre) * inverse * norm_scale[k] + norm_shift[k];
}

/* Vectors of pieces, with those of their places added, normalised. */
EXPORTED void embed(const int64_t *pieces, int64_t count, int64_t width, const int8_t *vectors, const float *units,
                    const float *places, const float *norm_scale, const float *norm_shift, float *rows) {
    for (int64_t i = 0; i < count; i++) {
        const int8_t *vector = vectors + pieces[i] * width;
        const float *place = places + i * width, unit = units[pieces[i]];
        float *row = rows + i * width;
        for (int64_t k = 0; k < width; k++)
            row[k] = rintf(((float)vector[k] * unit + place[k]) * 4096.0f);
        normalise_row(row, width, norm_scale, norm_shift);
    }
}

/* Sums of products as floats, added to the inputs of the layer and normalised. */
EXPORTED void normalise(const int32_t *sums, int64_t count, int64_t width, const float *units, const float *scale,
                        const float *bias, const float *inputs, const float *norm_scale, const float *norm_shift,
                        float *rows) {
    for (int64_t i = 0; i < count; i++) {
        const int32_t *sum = sums + i * width;
        const float *input = inputs + i * width, unit = units[i];
        float *row = rows + i * width;
        for (int64_t k = 0; k < width; k++)
            row[k] = rintf(((float)sum[k] * unit * scale[k] + bias[k] + input[k]) * 4096.0f);
        normalise_row(row, width, norm_scale, norm_shift);
    }
}

/* Attention; rows are queries, keys and values of all heads, each a third of the width. Returns 0 if memory is out. */
EXPORTED int attend(const float *rows, int64_t count, int64_t width, const int64_t *places, int64_t asked,
                    const float *factors, const float *powers, const float *worth, float *found) {
    const int64_t columns = (asked + LANES - 1) / LANES * LANES, keys = (count + ROWS - 1) / ROWS * ROWS;
    float *memory = calloc((size_t)(HEAD * columns * 2 + HEAD * keys * 2 + keys * columns * 2), sizeof(float));
    if (!memory)
        return 0;
    float *query = memory, *mixed = query + HEAD * columns, *key = mixed + HEAD * columns, *value = key + HEAD * keys;
    float *shares = value + HEAD * keys, *buffer = shares + keys * columns;
    const float bound = (float)(50 << 23);
    for (int64_t head = 0; head < width / HEAD; head++) {
        const int64_t offset = head * HEAD;
        for (int64_t i = 0; i < asked; i++)
            for (int64_t d = 0; d < HEAD; d++)
                query[d * columns + i] =
                    rintf(rows[places[i] * 3 * width + offset + d] * factors[offset + d]) * powers[head];
        for (int64_t j = 0; j < count; j++)
            for (int64_t d = 0; d < HEAD; d++) {
                const float *row = rows + j * 3 * width + offset + d;
                key[j * HEAD + d] = rintf(row[width] * factors[width + offset + d]);
                value[j * HEAD + d] = rintf(row[2 * width] * factors[2 * width + offset + d]);
            }
        multiply(key, keys, HEAD, 1, query, columns, HEAD, shares);
        for (int64_t k = 0; k < count * columns; k++) {
            float half = shares[k];
            half = half < bound ? half : bound;
            half = half > -bound ? half : -bound;
            const int32_t up = (int32_t)half + ONE;
            shares[k] = float_of(up) / float_of(2 * ONE - up);
        }
        add_rows(shares, count, columns, buffer);
        for (int64_t i = 0; i < columns; i++)
            buffer[i] = 65535.0f / buffer[i];
        for (int64_t j = 0; j < count; j++)
            for (int64_t i = 0; i < columns; i++)
                shares[j * columns + i] = rintf(shares[j * columns + i] * buffer[i]);
        multiply(value, HEAD, 1, HEAD, shares, columns, count, mixed);
        for (int64_t i = 0; i < asked; i++)
            for (int64_t d = 0; d < HEAD; d++)
                found[i * width + offset + d] = mixed[d * columns + i] * worth[offset + d];
    }
    free(memory);
    return 1;
}
