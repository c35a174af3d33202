#ifndef DRYDOCK_CCRYPTO_SHIM_H
#define DRYDOCK_CCRYPTO_SHIM_H

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
