// What Swift cannot reach of yajl by itself.
#ifndef DRYDOCK_CYAJL_SHIM_H
#define DRYDOCK_CYAJL_SHIM_H

#include <yajl/yajl_parse.h>

/// `yajl_config` is variadic, which Swift cannot call; every option that is used here is a flag.
static inline int drydock_yajl_set_flag(yajl_handle handle, yajl_option option, int value) {
    return yajl_config(handle, option, value);
}

#endif
