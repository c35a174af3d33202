// What Swift cannot reach of yajl by itself, and the sweep over the bytes in front of it.
#ifndef DRYDOCK_CYAJL_SHIM_H
#define DRYDOCK_CYAJL_SHIM_H

#include <stddef.h>
#include <stdint.h>
#include <yajl/yajl_parse.h>
#if defined(__SSE2__)
#include <emmintrin.h>
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

/// Copies bytes without the spaces that begin a line, which are two fifths of a printed dump and of
/// yajl's time. A newline cannot stand inside a JSON string, so that no string loses a space.
///
/// `out` has room for `count + 16` bytes. The sweep ends early when it has begun `line_capacity`
/// lines. Nothing is read beyond the input.
static inline drydock_sweep drydock_screen(const uint8_t *source, size_t count, int at_line_start,
                                           uint8_t *out, drydock_line *lines,
                                           size_t line_capacity) {
    size_t in = 0, written = 0, line_count = 0, newlines = 0, line_start = 0;
    int suspicious = 0;
    int in_indent = at_line_start;
#if defined(__SSE2__)
    const __m128i newline = _mm_set1_epi8('\n');
    const __m128i space = _mm_set1_epi8(' ');
    const __m128i backslash = _mm_set1_epi8('\\');
    __m128i seen = _mm_setzero_si128();
#endif
    for (;;) {
        if (in_indent) {
#if defined(__SSE2__)
            while (in + 16 <= count) {
                __m128i block = _mm_loadu_si128((const __m128i *)(source + in));
                unsigned other = 0xFFFFu ^ (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(block, space));
                if (other != 0) {
                    in += (size_t)__builtin_ctz(other);
                    goto indent_done;
                }
                in += 16;
            }
#endif
            while (in < count && source[in] == ' ') in++;
#if defined(__SSE2__)
        indent_done:
#endif
            if (line_count == line_capacity) break;
            lines[line_count].screened = (uint32_t)written;
            lines[line_count].source = (uint32_t)in;
            line_count++;
            in_indent = 0;
        }
#if defined(__SSE2__)
        while (in + 16 <= count) {
            __m128i block = _mm_loadu_si128((const __m128i *)(source + in));
            __m128i breaks = _mm_cmpeq_epi8(block, newline);
            // Signed: bytes beyond ASCII are below the space too.
            __m128i low = _mm_andnot_si128(breaks, _mm_cmpgt_epi8(space, block));
            seen = _mm_or_si128(seen, _mm_or_si128(low, _mm_cmpeq_epi8(block, backslash)));
            _mm_storeu_si128((__m128i *)(out + written), block);
            unsigned found = (unsigned)_mm_movemask_epi8(breaks);
            if (found != 0) {
                size_t length = (size_t)__builtin_ctz(found) + 1;
                in += length;
                written += length;
                newlines++;
                line_start = in;
                in_indent = 1;
                break;
            }
            in += 16;
            written += 16;
        }
        if (in_indent) continue;
#endif
        while (in < count && !in_indent) {
            uint8_t byte = source[in++];
            out[written++] = byte;
            if (byte == '\n') {
                newlines++;
                line_start = in;
                in_indent = 1;
            } else if (byte < 0x20 || byte >= 0x80 || byte == '\\') suspicious = 1;
        }
        if (in == count) break;
    }
#if defined(__SSE2__)
    if (_mm_movemask_epi8(seen) != 0) suspicious = 1;
#endif
    drydock_sweep sweep = {in, written, line_count, newlines, line_start, suspicious};
    return sweep;
}

#endif
