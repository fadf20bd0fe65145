/* The unlocked key, kept by the kernel for a while: the user's keyring, with a time-out. Whoever
 * runs programs as this user can use it until then. */
#ifndef GOVAH_SEAL_KEYRING_H
#define GOVAH_SEAL_KEYRING_H

#include "base/fault.h"
#include "seal/keys.h"

/* `archive` is the archive's name. FAILED when the kernel has no keyring for us. */
MUST_USE enum outcome keyring_put(const char *archive, const struct master_key *, unsigned seconds,
                                  struct fault *why);

/* NOT_FOUND when it is not there, or no longer. */
MUST_USE enum outcome keyring_get(const char *archive, struct master_key *, struct fault *why);

/* Whether there was one. */
bool keyring_drop(const char *archive);

#endif
