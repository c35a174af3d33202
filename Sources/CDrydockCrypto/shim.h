#ifndef DRYDOCK_CRYPTO_SHIM_H
#define DRYDOCK_CRYPTO_SHIM_H

#if defined(__has_include) && !__has_include(<openssl/x509.h>)
#error "Drydock needs the headers of openssl: apt-get install libssl-dev (Debian), brew install openssl (Homebrew)"
#endif

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

/// A macro in OpenSSL, which Swift cannot call.
static inline void drydock_free(void *memory) { OPENSSL_free(memory); }

#endif
