#ifndef DRYDOCK_CPOPT_SHIM_H
#define DRYDOCK_CPOPT_SHIM_H

#include <popt.h>

#endif
