/* Whose entry of a list a mention belongs to.
 *
 * A list may name two people alike, so that within its text a name is not yet a person. Of a name
 * that nobody's entry has as its own, all mentions are of one person, as in any text (number 0). Of
 * one that some entry has as its own:
 *   - a mention within an entry is of that entry: of whom it is about, where the name is theirs,
 *     else of somebody who is named there alone, be there one of that name elsewhere or not;
 *   - a mention outside of all entries is of the one entry that has the name, and where several
 *     have it of none (0).
 * This depends on the text and the reader alone: no decision changes it. */
#ifndef GOVAH_STORE_ENTRIES_H
#define GOVAH_STORE_ENTRIES_H

#include "base/arena.h"
#include "record/entry.h"

struct entry_name;

struct entry_book {
    const struct list_entry *at; /* in order of the text, apart from each other */
    size_t count;
    struct entry_name *names; /* in order of the folded name, then of the entry */
    size_t names_count;
};

/* Of a text's entries, none of which reaches beyond it. In the arena, and points to the entries. */
void entry_book_make(struct entry_book *, struct str text, const struct list_entry *, size_t count,
                     struct arena *);

/* 1 + the entry's place, or 0; `key` is the folded name. */
size_t entry_of_mention(const struct entry_book *, const struct span *mention, struct str key);

#endif
