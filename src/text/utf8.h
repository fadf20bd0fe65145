/* UTF-8, one character at a time. */
#ifndef GOVAH_TEXT_UTF8_H
#define GOVAH_TEXT_UTF8_H

#include "base/str.h"

/* The character that begins at byte `at` (< s.len) and its length in bytes in *size. An invalid
 * sequence gives U+FFFD and size 1; never reads past s.len. */
uint32_t utf8_at(struct str s, size_t at, size_t *size);

/* The character that ends before byte `at` (> 0). */
uint32_t utf8_before(struct str s, size_t at, size_t *size);

/* Byte offset of the first invalid sequence, or SIZE_MAX. */
size_t utf8_first_invalid(struct str s);

/* Writes 1 to 4 bytes and returns how many; a surrogate or a value past U+10FFFF gives U+FFFD. */
size_t utf8_write(uint32_t c, char out[4]);

#endif
