/* The files of data/, built into the program: everything that knows a language or a country. */
#ifndef GOVAH_BASE_DATA_H
#define GOVAH_BASE_DATA_H

#include "base/str.h"

struct data_file {
    const char *path; /* below data/, such as "lang/en/bounds.tsv" */
    struct str bytes; /* lives as long as the program */
};

/* The table made at build time, in byte order of the path, and its length. */
extern const struct data_file data_files[];
extern const size_t data_files_count;

/* What pages load (publish/asset.h), in the same way; paths have no folder. */
extern const struct data_file asset_files[];
extern const size_t asset_files_count;

/* NULL when there is no such file. */
const struct data_file *data_find(const char *path);

#endif
