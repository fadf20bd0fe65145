/* add --dry-run: what taking a document in would bring. */
#ifndef GOVAH_COMMAND_FORESEE_H
#define GOVAH_COMMAND_FORESEE_H

#include "command/columns.h"

/* Reads the document and lays it beside the archive, which may be open for reading only; prints.
 * Dies when the archive cannot be read. */
void foresee(struct session *, const char *path, const struct intake_result *);

#endif
