/* What the loops share: versions for generations of processors, vectors, and the bits of numbers.

Compiled when the package is installed, if there is a compiler; without it, the same steps run in NumPy. Both give the
same bits: every step is element by element in IEEE 754, without contraction to fused operations, or a sum of whole
numbers that is exact, or a sum in the order that the NumPy functions define.
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

/* A version of each loop for each generation of processors; the loader picks one. */
#if defined(MANY_PROCESSORS)
#define WIDE __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define WIDE
#endif
#define FUSED WIDE __attribute__((optimize("fp-contract=fast")))

#define HEAD 32
#define LANES 16
#define BLOCK 8
#define ONE (127 << 23)

typedef float Lanes __attribute__((vector_size(LANES * sizeof(float)), aligned(4), may_alias));
typedef float Eight __attribute__((vector_size(8 * sizeof(float)), aligned(4), may_alias));
typedef double Doubles __attribute__((vector_size(8 * sizeof(double))));

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
