#include "seal/keyring.h"

#include <errno.h>
#include <keyutils.h>

static void describe(const char *archive, char out[64])
{
    snprintf(out, 64, "govah:%s", archive);
}

enum outcome keyring_put(const char *archive, const struct master_key *key, unsigned seconds,
                         struct fault *why)
{
    char name[64];
    describe(archive, name);
    key_serial_t id = add_key("user", name, key->bytes, sizeof key->bytes, KEY_SPEC_USER_KEYRING);
    if (id < 0)
        return refuse(why, FAILED, "the kernel's keyring refuses the key: %s", strerror(errno));
    /* another session of the same user has the keyring but does not possess it */
    if (keyctl_setperm(id, KEY_POS_ALL | KEY_USR_VIEW | KEY_USR_READ | KEY_USR_SEARCH |
                               KEY_USR_SETATTR | KEY_USR_WRITE) ||
        keyctl_set_timeout(id, seconds)) {
        int error = errno;
        keyctl_unlink(id, KEY_SPEC_USER_KEYRING);
        return refuse(why, FAILED, "the kernel's keyring keeps no time-out: %s", strerror(error));
    }
    return OK;
}

static key_serial_t find(const char *archive)
{
    char name[64];
    describe(archive, name);
    return (key_serial_t)keyctl_search(KEY_SPEC_USER_KEYRING, "user", name, 0);
}

enum outcome keyring_get(const char *archive, struct master_key *key, struct fault *why)
{
    key_serial_t id = find(archive);
    if (id < 0 || keyctl_read(id, (char *)key->bytes, sizeof key->bytes) != MASTER_KEY_SIZE)
        return refuse(why, NOT_FOUND, "the archive is locked");
    return OK;
}

bool keyring_drop(const char *archive)
{
    key_serial_t id = find(archive);
    if (id < 0)
        return false;
    keyctl_revoke(id);
    keyctl_unlink(id, KEY_SPEC_USER_KEYRING);
    return true;
}
