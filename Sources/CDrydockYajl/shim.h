// What Swift cannot reach of yajl by itself, and the sweep over the bytes in front of it.
#ifndef DRYDOCK_YAJL_SHIM_H
#define DRYDOCK_YAJL_SHIM_H

#if defined(__has_include) && !__has_include(<yajl/yajl_parse.h>)
#error "Drydock needs the headers of yajl: apt-get install libyajl-dev (Debian), brew install yajl (Homebrew)"
#endif

#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <yajl/yajl_parse.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#elif defined(__aarch64__) && defined(__ARM_NEON)
#include <arm_neon.h>
#endif

/// `yajl_config` is variadic, which Swift cannot call; every option that is used here is a flag.
static inline int drydock_yajl_set_flag(yajl_handle handle, yajl_option option, int value) {
    return yajl_config(handle, option, value);
}

/// Where a line of the input begins in the screened bytes and in the input.
typedef struct {
    uint32_t screened;
    uint32_t source;
} drydock_line;

/// What a sweep has done.
typedef struct {
    /// How many bytes of the input were taken.
    size_t source;
    /// How many bytes were written.
    size_t screened;
    /// How many lines were begun, as far as `lines` tells.
    size_t lines;
    /// How many newlines were taken, and where in the input the line after the last begins.
    size_t newlines;
    size_t line_start;
    /// Whether a byte needs a closer look: beyond ASCII, a backslash, or a control character that
    /// is no newline.
    int suspicious;
} drydock_sweep;

// Sixteen bytes at a time, with SSE2 or NEON; without either the sweep goes byte by byte.
#if defined(__SSE2__)
#define DRYDOCK_VECTORS 1
typedef __m128i drydock_vector;

static inline drydock_vector drydock_load(const uint8_t *source) {
    return _mm_loadu_si128((const __m128i *)source);
}

static inline void drydock_store(uint8_t *out, drydock_vector bytes) {
    _mm_storeu_si128((__m128i *)out, bytes);
}

/// All bits of each byte that needs a closer look.
static inline drydock_vector drydock_odd(drydock_vector bytes) {
    // Signed: bytes beyond ASCII are below the space too.
    __m128i low = _mm_cmpgt_epi8(_mm_set1_epi8(' '), bytes);
    low = _mm_andnot_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('\n')), low);
    return _mm_or_si128(low, _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\')));
}

static inline drydock_vector drydock_or(drydock_vector one, drydock_vector other) {
    return _mm_or_si128(one, other);
}

static inline int drydock_any(drydock_vector bytes) { return _mm_movemask_epi8(bytes) != 0; }

/// A bit for each of 64 bytes that is `byte`.
static inline uint64_t drydock_places(const drydock_vector block[4], uint8_t byte) {
    uint64_t places = 0;
    for (int part = 0; part < 4; part++) {
        __m128i equal = _mm_cmpeq_epi8(block[part], _mm_set1_epi8((char)byte));
        places |= (uint64_t)(unsigned)_mm_movemask_epi8(equal) << (16 * part);
    }
    return places;
}
#elif defined(__aarch64__) && defined(__ARM_NEON)
#define DRYDOCK_VECTORS 1
typedef uint8x16_t drydock_vector;

static inline drydock_vector drydock_load(const uint8_t *source) { return vld1q_u8(source); }

static inline void drydock_store(uint8_t *out, drydock_vector bytes) { vst1q_u8(out, bytes); }

/// All bits of each byte that needs a closer look.
static inline drydock_vector drydock_odd(drydock_vector bytes) {
    uint8x16_t low = vbicq_u8(vcltq_u8(bytes, vdupq_n_u8(' ')), vceqq_u8(bytes, vdupq_n_u8('\n')));
    uint8x16_t high = vcgeq_u8(bytes, vdupq_n_u8(0x80));
    return vorrq_u8(vorrq_u8(low, high), vceqq_u8(bytes, vdupq_n_u8('\\')));
}

static inline drydock_vector drydock_or(drydock_vector one, drydock_vector other) {
    return vorrq_u8(one, other);
}

static inline int drydock_any(drydock_vector bytes) { return vmaxvq_u8(bytes) != 0; }

/// A bit for each of 64 bytes that is `byte`: each byte's own bit, and then sums of neighbours.
static inline uint64_t drydock_places(const drydock_vector block[4], uint8_t byte) {
    const uint8x16_t bits = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
    const uint8x16_t sought = vdupq_n_u8(byte);
    uint8x16_t equal[4];
    for (int part = 0; part < 4; part++) {
        equal[part] = vandq_u8(vceqq_u8(block[part], sought), bits);
    }
    uint8x16_t sums = vpaddq_u8(vpaddq_u8(equal[0], equal[1]), vpaddq_u8(equal[2], equal[3]));
    return vgetq_lane_u64(vreinterpretq_u64_u8(vpaddq_u8(sums, sums)), 0);
}
#endif

#if defined(DRYDOCK_VECTORS)
/// Copies 32 bytes at a time: up to 31 too many are read and written.
static inline void drydock_copy(uint8_t *out, const uint8_t *source, size_t count) {
    size_t done = 0;
    do {
        drydock_vector first = drydock_load(source + done);
        drydock_vector second = drydock_load(source + done + 16);
        drydock_store(out + done, first);
        drydock_store(out + done + 16, second);
        done += 32;
    } while (done < count);
}
#endif

/// Copies bytes without the spaces that begin a line, which are two fifths of a printed dump and of
/// yajl's time. A newline cannot stand inside a JSON string, so that no string loses a space.
///
/// `out` has room for `count + 32` bytes. The sweep ends early when it has begun `line_capacity`
/// lines. Nothing is read beyond the input.
///
/// Blocks of 64 bytes are searched whole, and their lines found among the bits of the result:
///
///     bytes     { \n . . " a " : . 1 \n . . . . " b
///     ends        1                  1
///     begins        1                  1              ends, one further
///     spaces        1 1         1      1 1 1 1
///     contents          1                      1      where begins, added to spaces, carries to
///
/// To look for one line's end and then for the next one's content would make each step wait for the
/// one before it, and takes twice as long.
///
/// `uses_vectors` is a constant where this is called.
__attribute__((always_inline)) static inline drydock_sweep
drydock_screen_with(int uses_vectors, const uint8_t *source, size_t count, int at_line_start,
                    uint8_t *out, drydock_line *lines, size_t line_capacity) {
    drydock_sweep sweep = {0, 0, 0, 0, 0, 0};
    size_t in = 0;
    int in_indent = at_line_start;
#if defined(DRYDOCK_VECTORS)
    drydock_vector odd = {0};
    // What was not copied yet of the line that `in` stands in.
    size_t content = 0;
    while (uses_vectors && in + 64 + 32 <= count) {
        drydock_vector block[4];
        for (int part = 0; part < 4; part++) {
            block[part] = drydock_load(source + in + 16 * part);
            odd = drydock_or(odd, drydock_odd(block[part]));
        }
        uint64_t ends = drydock_places(block, '\n');
        uint64_t spaces = drydock_places(block, ' ');
        uint64_t begins = ends << 1 | (uint64_t)in_indent;
        unsigned long long carried;
        int goes_on = __builtin_uaddll_overflow(spaces, begins & spaces, &carried);
        uint64_t contents = (carried | begins) & ~spaces;
        goes_on |= (int)(ends >> 63);
        if (ends == 0 && !in_indent) {
            drydock_copy(out + sweep.screened, source + content, in + 64 - content);
            sweep.screened += in + 64 - content;
            content = in + 64;
        }
        int has_content = !in_indent;
        for (;;) {
            if (has_content) {
                if (ends == 0) break;
                size_t end = in + (size_t)__builtin_ctzll(ends) + 1;
                ends &= ends - 1;
                drydock_copy(out + sweep.screened, source + content, end - content);
                sweep.screened += end - content;
                sweep.newlines++;
                sweep.line_start = end;
            }
            if (contents == 0) break;
            content = in + (size_t)__builtin_ctzll(contents);
            contents &= contents - 1;
            if (sweep.lines == line_capacity) {
                in = content;
                goto full;
            }
            lines[sweep.lines].screened = (uint32_t)sweep.screened;
            lines[sweep.lines].source = (uint32_t)content;
            sweep.lines++;
            has_content = 1;
        }
        in_indent = goes_on;
        in += 64;
    }
    if (uses_vectors && !in_indent) {
        memcpy(out + sweep.screened, source + content, in - content);
        sweep.screened += in - content;
    }
#endif
    while (in < count) {
        uint8_t byte = source[in];
        if (in_indent && byte != ' ') {
            if (sweep.lines == line_capacity) break;
            lines[sweep.lines].screened = (uint32_t)sweep.screened;
            lines[sweep.lines].source = (uint32_t)in;
            sweep.lines++;
            in_indent = 0;
        }
        in++;
        if (in_indent) continue;
        out[sweep.screened++] = byte;
        if (byte == '\n') {
            sweep.newlines++;
            sweep.line_start = in;
            in_indent = 1;
        } else if (byte < 0x20 || byte >= 0x80 || byte == '\\') {
            sweep.suspicious = 1;
        }
    }
#if defined(DRYDOCK_VECTORS)
full:
    if (drydock_any(odd)) sweep.suspicious = 1;
#endif
    sweep.source = in;
    return sweep;
}

/// The sweep.
static inline drydock_sweep drydock_screen(const uint8_t *source, size_t count, int at_line_start,
                                           uint8_t *out, drydock_line *lines,
                                           size_t line_capacity) {
    return drydock_screen_with(1, source, count, at_line_start, out, lines, line_capacity);
}

/// The same byte by byte, for processors without vectors, and for a test of the other.
static inline drydock_sweep drydock_screen_scalar(const uint8_t *source, size_t count,
                                                  int at_line_start, uint8_t *out,
                                                  drydock_line *lines, size_t line_capacity) {
    return drydock_screen_with(0, source, count, at_line_start, out, lines, line_capacity);
}

#endif
