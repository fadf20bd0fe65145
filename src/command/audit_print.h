/* An audit on the terminal and as JSON. */
#ifndef GOVAH_COMMAND_AUDIT_PRINT_H
#define GOVAH_COMMAND_AUDIT_PRINT_H

#include "case/audit.h"
#include "command/command.h"

void audit_print(const struct audit *, struct arena *);

/* A line for each person, and a last one with the sums. */
void audit_print_json(const struct audit *);

/* The amnesties that are built in. */
void amnesties_print(const struct amnesty *, size_t count, bool json, struct arena *);

#endif
