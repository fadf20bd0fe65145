/* Slices of bytes that somebody else owns: usually UTF-8, never NUL-terminated by promise. */
#ifndef GOVAH_BASE_STR_H
#define GOVAH_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/banned.h"
#include "base/mem.h"

struct str {
    const char *at; /* may be NULL when len is 0 */
    size_t len;     /* bytes */
};

#define STR(literal) ((struct str){("" literal), sizeof(literal) - 1})
#define STR_NONE ((struct str){NULL, 0})
/* For printf: printf("%.*s", STR_ARG(s)). */
#define STR_ARG(s) (int)(s).len, (s).at ? (s).at : ""

/* The slice over a NUL-terminated string; NULL gives the empty slice. */
struct str str_of(const char *text);

bool str_equal(struct str a, struct str b);

/* Byte order; a prefix sorts before what it begins. */
int str_compare(struct str a, struct str b);

bool str_starts(struct str s, struct str prefix);
bool str_ends(struct str s, struct str suffix);

/* Offset of the first occurrence of `part` at or after `from`, or SIZE_MAX. An empty part is at
 * `from`. */
size_t str_find(struct str s, struct str part, size_t from);

/* Bytes [from, to), clipped to the slice. */
struct str str_slice(struct str s, size_t from, size_t to);

/* Without ASCII white space at both ends. */
struct str str_trim(struct str s);

/* Cuts at the first `separator`: true and the part before it in *head, *rest moved behind it. The
 * last part comes out once; then false. Start with *rest the whole slice; an empty slice whose at
 * is NULL is the end. */
bool str_cut(struct str *rest, char separator, struct str *head);

/* A base-ten integer that is the whole slice, ASCII digits with an optional minus; false when it is
 * not one or does not fit. */
MUST_USE bool str_to_int(struct str s, int64_t *out);

/* A NUL-terminated copy that the caller frees with mem_free. */
MUST_USE char *str_dup(struct str s);

#endif
