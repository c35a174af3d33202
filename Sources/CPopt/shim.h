#ifndef DRYDOCK_CPOPT_SHIM_H
#define DRYDOCK_CPOPT_SHIM_H

#include <popt.h>
#include <stdlib.h>
#include <string.h>

/// popt has a pointer type of the same name, between which Swift cannot choose.
typedef struct poptOption drydock_option;

#endif
