#ifndef DRYDOCK_YAML_SHIM_H
#define DRYDOCK_YAML_SHIM_H

#if defined(__has_include) && !__has_include(<yaml.h>)
#error "Drydock needs the headers of libyaml: apt-get install libyaml-dev (Debian), brew install libyaml (Homebrew)"
#endif

#include <yaml.h>

#endif
