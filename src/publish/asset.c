#include "publish/asset.h"

#include <string.h>

#include "base/data.h"

static const struct {
    const char *ending, *media;
} types[] = {
    {".css", "text/css; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".woff2", "font/woff2"},
    {".svg", "image/svg+xml"},
};

bool asset_find(struct str path, struct asset *out)
{
    for (size_t i = 0; i < asset_files_count; i++) {
        const struct data_file *f = &asset_files[i];
        if (!str_equal(str_of(f->path), path))
            continue;
        for (size_t k = 0; k < sizeof types / sizeof *types; k++)
            if (str_ends(path, str_of(types[k].ending))) {
                *out = (struct asset){f->path, f->bytes, types[k].media};
                return true;
            }
    }
    return false;
}
