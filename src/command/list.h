/* What lists on a terminal share: how wide it is, columns that fit it, text of both directions.
 *
 * Right-to-left text is set between U+2068 and U+2069 where standard output is a terminal, so that
 * the rest of the line does not flip; elsewhere text stays as it is. */
#ifndef GOVAH_COMMAND_LIST_H
#define GOVAH_COMMAND_LIST_H

#include "command/command.h"

/* COLUMNS, or the terminal's width, within 40 and 200; 0 where the output is neither: no limit. */
size_t list_width(void);

/* As show(), isolated as said above. */
void list_text(struct buf *, struct str);

/* As show_column(), isolated. */
void list_column(struct buf *, struct str, size_t width);

enum { LIST_COLUMNS = 8 };

struct list_row {
    struct str cells[LIST_COLUMNS];
    struct str below; /* a paragraph under the row, or empty */
};

/* A table without lines: columns two blanks apart, as wide as what is in them. */
struct list {
    struct arena *arena;
    struct list_row *rows;
    size_t count, room;
    size_t indent;
    unsigned flexible; /* bit i: column i may be cut with "…" to fit the width */
};

/* Another row, its cells empty; valid until the next. */
struct list_row *list_add(struct list *);

void list_print(const struct list *);

/* A paragraph in lines of at most list_width() columns, each indented, on standard output; `marks`
 * are bytes of the text to be shown bold, in order. */
void list_paragraph(struct str text, size_t indent, const struct span *marks, size_t marks_count);

/* The first digits of an id, in the arena. */
enum { LIST_ID_DIGITS = 8, LIST_DOCUMENT_DIGITS = 12 };
struct str list_id(struct arena *, const struct hash *, size_t digits);

/* Sets a member: null for an empty text or date, for COUNT_NONE, or the 64 digits of an id. */
void list_json_text(json_t *, const char *key, struct str);
void list_json_count(json_t *, const char *key, int64_t);
void list_json_id(json_t *, const char *key, const struct hash *);

/* What to call a document: its title, else its file's name. */
struct str list_document(struct str title, struct str name);

#endif
