/* What others say of the same, on the terminal and as JSON. */
#ifndef GOVAH_COMMAND_OTHERS_H
#define GOVAH_COMMAND_OTHERS_H

#include "account/corroboration.h"
#include "command/command.h"

/* Lines under the statement's: how well it is corroborated, and each of the others. */
void others_print(const struct corroborated *, struct arena *);

/* {"status", "decided", "said_by", "others": [...]}; the caller owns it. */
json_t *others_json(const struct corroborated *);

#endif
