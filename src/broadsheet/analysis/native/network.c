/* The convolutions of a token-to-vector network, as in fast/network.py: every second token is in one of two arrays, in
   which each token is a column, so that steps over the parts of a vector are over adjacent numbers. */

#include "shared.h"

#define WIDTH 96
#define PIECES 3
#define PAIRS COLUMNS

/* The largest piece of each output for PAIRS pairs of tokens, with four products for the six of a direct convolution.
   Weights are in blocks of BLOCK outputs, for each of the four products; even and odd have the tokens of a pair, and
   those before and after. */
static void convolve(const double *weights, const double *bias, const float *even, const float *odd, int64_t stride,
                     float *best) {
    double inputs[4][WIDTH][PAIRS];
    for (int k = 0; k < WIDTH; k++)
        for (int p = 0; p < PAIRS; p++) {
            const float *a = even + k * stride + p, *b = odd + k * stride + p;
            inputs[0][k][p] = a[0] - a[1];
            inputs[1][k][p] = b[0] + a[1];
            inputs[2][k][p] = a[1] - b[0];
            inputs[3][k][p] = b[0] - b[1];
        }
    for (int first = 0; first < WIDTH; first += BLOCK) {
        double sums[4][PIECES][BLOCK][PAIRS];
        for (int product = 0; product < 4; product++) /* each has inputs of its own, which stay in the cache */
            for (int piece = 0; piece < PIECES; piece++)
                multiply_block(weights + ((product * PIECES + piece) * WIDTH + first) * WIDTH, inputs[product][0],
                               WIDTH, sums[product][piece][0]);
        for (int piece = 0; piece < PIECES; piece++)
            for (int r = 0; r < BLOCK; r++) {
                float *largest = best + (first + r) * 2 * PAIRS;
                for (int p = 0; p < PAIRS; p++) {
                    const double middle = sums[1][piece][r][p] + bias[piece * WIDTH + first + r];
                    const double second = sums[2][piece][r][p];
                    const float one = (float)(sums[0][piece][r][p] + middle + second);
                    const float other = (float)(middle - second - sums[3][piece][r][p]);
                    largest[p] = !piece || one > largest[p] ? one : largest[p];
                    largest[PAIRS + p] = !piece || other > largest[PAIRS + p] ? other : largest[PAIRS + p];
                }
            }
    }
}

/* The same for the first layer: sums of what words add as the one before, as themselves and as the one after. */
static void look_up(const float *added, int64_t words, const float *bias, const int64_t *numbers, float *best) {
    const int64_t outputs = PIECES * WIDTH;
    for (int token = 0; token < 2 * PAIRS; token++) {
        const float *before = added + numbers[token] * outputs;
        const float *at = added + (words + numbers[token + 1]) * outputs;
        const float *after = added + (2 * words + numbers[token + 2]) * outputs;
        float sums[PIECES * WIDTH];
        for (int64_t k = 0; k < outputs; k++)
            sums[k] = before[k] + at[k] + after[k] + bias[k];
        for (int k = 0; k < WIDTH; k++) {
            float largest = sums[k];
            for (int piece = 1; piece < PIECES; piece++)
                largest = sums[piece * WIDTH + k] > largest ? sums[piece * WIDTH + k] : largest;
            best[(k * 2 + token % 2) * PAIRS + token / 2] = largest;
        }
    }
}

/* Normalises each column, adds the inputs and moves the sums to the grid of vectors. */
static void finish(float *best, const float *scale, const float *shift, float limit, float size, const float *even,
                   const float *odd, int64_t stride, float *next_even, float *next_odd) {
    enum { TOKENS = 2 * PAIRS };
    float buffer[WIDTH / 2 * TOKENS];
    add_rows(best, WIDTH, TOKENS, buffer);
    for (int i = 0; i < TOKENS; i++)
        buffer[i] /= (float)WIDTH;
    for (int k = 0; k < WIDTH; k++)
        for (int i = 0; i < TOKENS; i++)
            best[k * TOKENS + i] -= buffer[i];
    float squares[WIDTH * TOKENS];
    for (int i = 0; i < WIDTH * TOKENS; i++)
        squares[i] = best[i] * best[i];
    add_rows(squares, WIDTH, TOKENS, buffer);
    for (int i = 0; i < TOKENS; i++)
        buffer[i] = 1.0f / sqrtf(buffer[i] / (float)WIDTH + 1e-8f);
    for (int k = 0; k < WIDTH; k++)
        for (int i = 0; i < TOKENS; i++) {
            float value = best[k * TOKENS + i] * buffer[i] * scale[k] + shift[k];
            const int64_t place = k * stride + i % PAIRS;
            value += i < PAIRS ? odd[place] : even[place + 1];
            value = value < limit ? value : limit;
            value = value > -limit ? value : -limit;
            value = (value + size) - size;
            if (i < PAIRS)
                next_odd[place] = value;
            else
                next_even[place + 1] = value;
        }
}

/* The vectors of tokens in context. Numbers are those of words, with one at both ends that adds nothing; weights, scale
   and shift are those of all layers, but the first layer has no weights. Returns 0 if there is no memory for it. */
EXPORTED int encode(const float *vectors, const float *added, int64_t words, const int64_t *numbers, int64_t pairs,
                    int64_t layers, const double *weights, const double *bias, const float *first_bias,
                    const float *scale, const float *shift, float limit, float size, const int64_t *places,
                    int64_t asked, double *found) {
    const int64_t stride = pairs + 2 * PAIRS, half = WIDTH * stride;
    float *memory = calloc((size_t)(4 * half), sizeof(float));
    int64_t *padded = calloc((size_t)(2 * stride), sizeof(int64_t));
    if (!memory || !padded) {
        free(memory);
        free(padded);
        return 0;
    }
    memcpy(padded, numbers, (size_t)(2 * pairs + 2) * sizeof(int64_t));
    float *even = memory, *odd = even + half, *next_even = odd + half, *next_odd = next_even + half;
    for (int64_t token = 0; token < 2 * pairs + 2; token++)
        for (int k = 0; k < WIDTH; k++)
            (token % 2 ? odd : even)[k * stride + token / 2] = vectors[numbers[token] * WIDTH + k];
    for (int64_t layer = 0; layer < layers; layer++) {
        for (int64_t first = 0; first < pairs; first += PAIRS) {
            float best[WIDTH * 2 * PAIRS];
            if (layer)
                convolve(weights + (layer - 1) * 4 * PIECES * WIDTH * WIDTH, bias + layer * PIECES * WIDTH,
                         even + first, odd + first, stride, best);
            else
                look_up(added, words, first_bias, padded + 2 * first, best);
            finish(best, scale + layer * WIDTH, shift + layer * WIDTH, limit, size, even + first, odd + first, stride,
                   next_even + first, next_odd + first);
        }
        for (int k = 0; k < WIDTH; k++) { /* the ends add nothing */
            memset(next_even + k * stride + pairs + 1, 0, (PAIRS - 1) * sizeof(float));
            memset(next_odd + k * stride + pairs, 0, PAIRS * sizeof(float));
        }
        float *last = even;
        even = next_even;
        next_even = last;
        last = odd;
        odd = next_odd;
        next_odd = last;
    }
    for (int64_t i = 0; i < asked; i++)
        for (int k = 0; k < WIDTH; k++)
            found[i * WIDTH + k] = (places[i] % 2 ? odd : even)[k * stride + places[i] / 2];
    free(memory);
    free(padded);
    return 1;
}
