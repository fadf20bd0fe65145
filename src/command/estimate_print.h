/* An estimate on the terminal and as JSON. */
#ifndef GOVAH_COMMAND_ESTIMATE_PRINT_H
#define GOVAH_COMMAND_ESTIMATE_PRINT_H

#include "command/command.h"
#include "publish/estimate_report.h"

/* The table first, then what came of it; English. */
void estimate_print(const struct voice *, const struct assessment *);

/* A line of JSON: numbers of people are whole, others are texts. Where the estimate is refused,
 * "estimates" is null. */
void estimate_print_json(const struct voice *, const struct estimate_source *,
                         const struct assessment *);

#endif
