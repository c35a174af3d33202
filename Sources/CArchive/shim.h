#ifndef DRYDOCK_CARCHIVE_SHIM_H
#define DRYDOCK_CARCHIVE_SHIM_H

#include <archive.h>
#include <archive_entry.h>

#endif
