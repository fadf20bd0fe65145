/* How a text's entries are kept in derived_text.entries. */
#ifndef GOVAH_STORE_ENTRIES_INT_H
#define GOVAH_STORE_ENTRIES_INT_H

#include "store/entries.h"
#include "store/store_int.h"

/* Empty for none. In the arena. */
struct str entries_write(const struct list_entry *, size_t count, struct arena *);

/* Back again; false for what is damaged. */
bool entries_read(struct str, struct arena *, struct list_entry **, size_t *count);

/* Keeps them with their text. */
MUST_USE enum outcome entries_put(struct archive *, const struct hash *text,
                                  const struct list_entry *, size_t count, struct arena *,
                                  struct fault *why);

/* Forgets those of all texts of these bytes. */
MUST_USE enum outcome entries_forget(struct archive *, const struct hash *bytes, struct fault *why);

/* Those of a text that is here. One that stands for no document any more is read for them. */
MUST_USE enum outcome entries_of_text(struct archive *, const struct hash *text_id, struct str text,
                                      const struct document_facts *, struct arena *,
                                      struct entry_book *, struct fault *why);

#endif
