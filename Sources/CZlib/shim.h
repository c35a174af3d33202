#ifndef DRYDOCK_CZLIB_SHIM_H
#define DRYDOCK_CZLIB_SHIM_H

#include <zlib.h>

/* `inflateInit2` is a macro, which Swift does not see. 31: a gzip wrapper, whose checksum is checked. */
static inline int drydock_inflate_gzip(z_stream *stream) { return inflateInit2(stream, 31); }

#endif
