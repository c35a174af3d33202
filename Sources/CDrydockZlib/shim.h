#ifndef DRYDOCK_ZLIB_SHIM_H
#define DRYDOCK_ZLIB_SHIM_H

#if defined(__has_include) && !__has_include(<zlib.h>)
#error "Drydock needs the headers of zlib: apt-get install zlib1g-dev (Debian), brew install zlib (Homebrew)"
#endif

#include <zlib.h>

/* `inflateInit2` is a macro, which Swift does not see. 31: a gzip wrapper, whose checksum is checked. */
static inline int drydock_inflate_gzip(z_stream *stream) { return inflateInit2(stream, 31); }

#endif
