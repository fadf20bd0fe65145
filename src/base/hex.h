/* Bytes as lower-case hexadecimal digits, the only spelling accepted back. */
#ifndef GOVAH_BASE_HEX_H
#define GOVAH_BASE_HEX_H

#include "base/str.h"

/* Writes 2 * count digits and a NUL. */
void hex_write(const uint8_t *bytes, size_t count, char *out);

/* Reads exactly 2 * count lower-case digits; false for anything else. */
MUST_USE bool hex_read(struct str digits, uint8_t *out, size_t count);

#endif
