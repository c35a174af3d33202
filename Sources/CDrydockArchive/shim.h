#ifndef DRYDOCK_ARCHIVE_SHIM_H
#define DRYDOCK_ARCHIVE_SHIM_H

#if defined(__has_include) && !__has_include(<archive.h>)
#error "Drydock needs the headers of libarchive: apt-get install libarchive-dev (Debian), brew install libarchive (Homebrew)"
#endif

#include <archive.h>
#include <archive_entry.h>

/* `archive_set_error` is variadic, which Swift cannot call. */
static inline void drydock_archive_fail(struct archive *archive, const char *reason) {
    archive_set_error(archive, -1, "%s", reason);
}

#endif
