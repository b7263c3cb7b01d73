#pragma once
#include <openssl/evp.h>

// A macro in the library, a function here.
static inline int apus_gcm_tag(EVP_CIPHER_CTX *context, int command, int size, void *tag) {
    return EVP_CIPHER_CTX_ctrl(context, command, size, tag);
}
