#ifndef DRYDOCK_POPT_SHIM_H
#define DRYDOCK_POPT_SHIM_H

#if defined(__has_include) && !__has_include(<popt.h>)
#error "Drydock needs the headers of popt: apt-get install libpopt-dev (Debian), brew install popt (Homebrew)"
#endif

#include <popt.h>
#include <stdlib.h>
#include <string.h>

/// popt has a pointer type of the same name, between which Swift cannot choose.
typedef struct poptOption drydock_option;

#endif
