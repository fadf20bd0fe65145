#include "base/data.h"

const struct data_file *data_find(const char *path)
{
    size_t low = 0, high = data_files_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(path, data_files[middle].path);
        if (order == 0)
            return &data_files[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}
