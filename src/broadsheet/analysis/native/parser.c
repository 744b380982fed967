/* The moves of the arc-eager parser, as in fast/moves.py and fast/arcs.py, for a text at a time. */

#include "shared.h"

enum { SHIFT, REDUCE, LEFT, RIGHT, BREAK };
enum { MAY_SHIFT = 1, MAY_REDUCE = 2, MAY_ATTACH = 4, MAY_BREAK = 8 };
#define FEATURES 8
#define MOST_MOVES 512
#define MOST_HIDDEN 256
#define MOST_INPUTS 256

/* What scores the moves: the contribution of each token in each place, the missing token first; the weights of the
   hidden layer; and the term of each set of allowed moves. */
struct scorer {
    const float *table;
    const double *weights, *allowed;
    int64_t tokens, hidden, moves;
};

/* The best move for the words in the places of a state. Sums of the hidden layer are exact. */
static int64_t best_move(const struct scorer *scorer, const int32_t *words, int allowed) {
    const int64_t hidden = scorer->hidden, moves = scorer->moves;
    const float *rows[FEATURES];
    for (int place = 0; place < FEATURES; place++)
        rows[place] = scorer->table + (place * (scorer->tokens + 1) + 1 + words[place]) * 2 * hidden;
    float sums[2 * MOST_HIDDEN];
    for (int64_t k = 0; k < 2 * hidden; k++)
        sums[k] = ((rows[0][k] + rows[4][k]) + (rows[2][k] + rows[6][k])) +
                  ((rows[1][k] + rows[5][k]) + (rows[3][k] + rows[7][k]));
    double scores[MOST_MOVES] = {0};
    const double size = 1.5 * 4294967296.0;
    for (int64_t k = 0; k < hidden; k++) {
        const double larger = sums[k] > sums[hidden + k] ? sums[k] : sums[hidden + k];
        const double value = (larger + size) - size;
        const double *weights = scorer->weights + k * moves;
        for (int64_t move = 0; move < moves; move++)
            scores[move] += value * weights[move];
    }
    const double *terms = scorer->allowed + allowed * moves;
    int64_t best = 0;
    for (int64_t move = 0; move < moves; move++) {
        scores[move] += terms[move];
        if (scores[move] > scores[best])
            best = move;
    }
    return best;
}

/* Parses the tokens from first to last (exclusive); stack and returned have room for all of them. */
static void parse_text(const struct scorer *scorer, int32_t first, int32_t last, const int32_t *kinds, int32_t *heads,
                       int32_t *moves, int32_t *left, int32_t *right, int32_t *before, uint8_t *put_back,
                       uint8_t *opens, int32_t *stack, int32_t *returned) {
    int64_t depth = 0, back = 0;
    int32_t coming = first;
    for (;;) {
        int32_t next = -1, second = -1;
        if (back) {
            next = returned[back - 1];
            second = back > 1 ? returned[back - 2] : coming < last ? coming : -1;
        } else if (coming < last) {
            next = coming;
            second = coming + 1 < last ? coming + 1 : -1;
        } else if (!depth)
            return;
        int kind = REDUCE; /* the only move left at the end */
        int64_t move = -1;
        const int32_t top = depth ? stack[depth - 1] : -1;
        if (next >= 0) {
            int allowed = second == next + 1 && !opens[second] ? MAY_BREAK : 0;
            if (!depth)
                allowed |= MAY_SHIFT;
            else {
                allowed |= MAY_REDUCE;
                if (!opens[next])
                    allowed |= MAY_ATTACH | (second >= 0 && !put_back[next] ? MAY_SHIFT : 0);
            }
            const int32_t words[FEATURES] = {next,
                                             second,
                                             top,
                                             depth > 1 ? stack[depth - 2] : -1,
                                             depth > 2 ? stack[depth - 3] : -1,
                                             left[next],
                                             depth ? left[top] : -1,
                                             depth ? right[top] : -1};
            move = best_move(scorer, words, allowed);
            kind = kinds[move];
        }
        if (kind == LEFT) {
            depth--;
            if (heads[top] >= 0)
                right[heads[top]] = before[top];
            heads[top] = next;
            moves[top] = (int32_t)move;
            left[next] = top;
            put_back[next] = 0;
        } else if (kind == REDUCE) {
            depth--;
            if (depth && heads[top] < 0) {
                put_back[top] = 1;
                returned[back++] = top;
            }
        } else if (kind == BREAK) {
            opens[second] = 1;
        } else {
            if (kind == RIGHT) {
                heads[next] = top;
                moves[next] = (int32_t)move;
                before[next] = right[top];
                right[top] = next;
            }
            stack[depth++] = next;
            if (back)
                back--;
            else
                coming++;
        }
    }
}

/* What each token adds in each place, the missing token first: products with weights in blocks of BLOCK outputs. */
static void fill(float *table, const double *vectors, int64_t tokens, int64_t inputs, const double *weights,
                 const float *padding, const float *bias, int64_t width, float limit) {
    const int64_t rows = tokens + 1;
    for (int64_t place = 0; place < FEATURES; place++)
        memcpy(table + place * rows * width, padding + place * width, (size_t)width * sizeof(float));
    for (int64_t start = 0; start < tokens; start += COLUMNS) {
        const int64_t count = tokens - start < COLUMNS ? tokens - start : COLUMNS;
        double columns[MOST_INPUTS * COLUMNS] = {0}, sums[BLOCK * COLUMNS];
        for (int64_t c = 0; c < count; c++)
            for (int64_t k = 0; k < inputs; k++)
                columns[k * COLUMNS + c] = vectors[(start + c) * inputs + k];
        for (int64_t place = 0; place < FEATURES; place++)
            for (int64_t first = 0; first < width; first += BLOCK) {
                multiply_block(weights + (place * width + first) * inputs, columns, inputs, sums);
                for (int64_t c = 0; c < count; c++)
                    for (int r = 0; r < BLOCK; r++)
                        table[(place * rows + 1 + start + c) * width + first + r] = (float)sums[r * COLUMNS + c];
            }
    }
    for (int64_t k = 0; k < rows * width; k++)
        table[k] += bias[k % width];
    for (int64_t k = 0; k < FEATURES * rows * width; k++) {
        const float value = table[k] < limit ? table[k] : limit;
        table[k] = value > -limit ? value : -limit;
    }
}

/* Parses texts, one after another, by the vectors of their tokens. Returns 0 if there is no memory for it. */
EXPORTED int parse(const double *vectors, int64_t tokens, int64_t inputs, const double *lower, const float *padding,
                   const float *bias, float limit, const double *weights, int64_t hidden, const double *allowed,
                   int64_t moves, const int32_t *kinds, const int32_t *spans, int64_t texts, int32_t *tree,
                   uint8_t *put_back, uint8_t *opens) {
    float *table = malloc((size_t)(FEATURES * (tokens + 1) * 2 * hidden) * sizeof(float));
    int32_t *memory = malloc((size_t)(2 * tokens + 2) * sizeof(int32_t));
    const int fits = table && memory && hidden <= MOST_HIDDEN && moves <= MOST_MOVES && inputs <= MOST_INPUTS;
    if (fits) {
        const struct scorer scorer = {table, weights, allowed, tokens, hidden, moves};
        fill(table, vectors, tokens, inputs, lower, padding, bias, 2 * hidden, limit);
        for (int64_t text = 0; text < texts; text++)
            parse_text(&scorer, spans[2 * text], spans[2 * text + 1], kinds, tree, tree + tokens, tree + 2 * tokens,
                       tree + 3 * tokens, tree + 4 * tokens, put_back, opens, memory, memory + tokens + 1);
    }
    free(table);
    free(memory);
    return fits;
}
