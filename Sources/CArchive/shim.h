#ifndef DRYDOCK_CARCHIVE_SHIM_H
#define DRYDOCK_CARCHIVE_SHIM_H

#include <archive.h>
#include <archive_entry.h>

/* `archive_set_error` is variadic, which Swift cannot call. */
static inline void drydock_archive_fail(struct archive *archive, const char *reason) {
    archive_set_error(archive, -1, "%s", reason);
}

#endif
