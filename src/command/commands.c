#include "command/command.h"

const struct command commands[] = {
    {"init", cmd_init, NEED_NOTHING, "make an archive: one encrypted folder", cmd_init_usage},
    {"unlock", cmd_unlock, NEED_NOTHING, "keep its key in the kernel's keyring for a while",
     cmd_unlock_usage},
    {"lock", cmd_lock, NEED_NOTHING, "forget the key", cmd_lock_usage},
    {"passphrase", cmd_passphrase, NEED_NOTHING, "give it another passphrase",
     cmd_passphrase_usage},
    {"add", cmd_add, NEED_NOTHING, "take in reports and read them", cmd_add_usage},
    {"read", cmd_read, NEED_NOTHING, "print what documents say, without an archive",
     cmd_read_usage},
    {"review", cmd_review, NEED_NOTHING, "decide about what the reader proposes", cmd_review_usage},
    {"figures", cmd_figures, NEED_READ, "who counts what: range, conflicts, repeats",
     cmd_figures_usage},
    {"people", cmd_people, NEED_READ, "who is named, and what happened to them", cmd_people_usage},
    {"documents", cmd_documents, NEED_READ, "what was taken in", cmd_documents_usage},
    {"search", cmd_search, NEED_READ, "find words in every script and spelling", cmd_search_usage},
    {"trace", cmd_trace, NEED_READ, "from a figure to its sentence, hash and signature",
     cmd_trace_usage},
    {"verify", cmd_verify, NEED_READ, "check every hash, signature and link", cmd_verify_usage},
    {"rebuild", cmd_rebuild, NEED_WRITE, "make everything derived again", cmd_rebuild_usage},
    {"export", cmd_export, NEED_READ, "write the record as JSON Lines", cmd_export_usage},
    {"import", cmd_import, NEED_WRITE, "take an export in: the union of both", cmd_import_usage},
    {"members", cmd_members, NEED_NOTHING, "whose commits count", cmd_members_usage},
};

const size_t commands_count = COUNT_OF(commands);
