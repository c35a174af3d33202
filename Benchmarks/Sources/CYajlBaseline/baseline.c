#include "baseline.h"

#include <fcntl.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <yajl/yajl_parse.h>

// A counter is all that the callbacks touch: without it nobody could tell that they were called.
static int count(void *events) {
    ++*(long *)events;
    return 1;
}
static int count_boolean(void *events, int value) {
    (void)value;
    return count(events);
}
static int count_number(void *events, const char *text, size_t length) {
    (void)text, (void)length;
    return count(events);
}
static int count_text(void *events, const unsigned char *text, size_t length) {
    (void)text, (void)length;
    return count(events);
}

static const yajl_callbacks callbacks = {
    .yajl_null = count,
    .yajl_boolean = count_boolean,
    .yajl_number = count_number,
    .yajl_string = count_text,
    .yajl_start_map = count,
    .yajl_map_key = count_text,
    .yajl_end_map = count,
    .yajl_start_array = count,
    .yajl_end_array = count,
};

long baseline_parse(const char *path) {
    int file = open(path, O_RDONLY);
    if (file < 0) return -1;
    struct stat status;
    if (fstat(file, &status) != 0) status.st_size = 0;
    size_t length = (size_t)status.st_size;
    void *bytes = mmap(NULL, length, PROT_READ, MAP_PRIVATE, file, 0);
    close(file);
    if (bytes == MAP_FAILED) return -1;
    long events = 0;
    yajl_handle handle = yajl_alloc(&callbacks, NULL, &events);
    if (yajl_parse(handle, bytes, length) != yajl_status_ok) events = -1;
    if (yajl_complete_parse(handle) != yajl_status_ok) events = -1;
    yajl_free(handle);
    munmap(bytes, length);
    return events;
}
