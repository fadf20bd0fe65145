/* What pages load beside themselves, built into the program: style, script, fonts. */
#ifndef GOVAH_PUBLISH_ASSET_H
#define GOVAH_PUBLISH_ASSET_H

#include "base/str.h"

struct asset {
    const char *path;  /* "govah.css" */
    struct str bytes;  /* lives as long as the program */
    const char *media; /* "text/css; charset=utf-8" */
};

/* By its path below /assets/, or false. */
MUST_USE bool asset_find(struct str path, struct asset *);

#endif
