#ifndef DRYDOCK_BENCHMARKS_BASELINE_H
#define DRYDOCK_BENCHMARKS_BASELINE_H

/// Maps a file and parses it with yajl in one call, with callbacks that do nothing: as fast as
/// anything that stands on yajl's callbacks can be. Returns the number of events, -1 on failure.
long baseline_parse(const char *path);

#endif
