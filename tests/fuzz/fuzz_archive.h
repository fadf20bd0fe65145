/* An archive in a temporary folder, for targets that need one. */
#ifndef GOVAH_TESTS_FUZZ_FUZZ_ARCHIVE_H
#define GOVAH_TESTS_FUZZ_FUZZ_ARCHIVE_H

#include "store/query.h"

/* Open for writing; the same one until it is dropped. Its owner is itself, or fuzz_key(). */
struct archive *fuzz_archive(bool of_fuzz_key);

/* The next one begins empty. */
void fuzz_archive_drop(void);

/* Takes a document in, in a commit of its own; the id of its kept text. */
struct hash fuzz_archive_add(struct archive *, struct str text);

#endif
