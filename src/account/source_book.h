/* Sources that are known: which names are one source, whose words it carries, and of which class it
 * is. Read from data/country (organisations and officials), data/lang (what stands for
 * a source without naming it) and data/account/sources. */
#ifndef GOVAH_ACCOUNT_SOURCE_BOOK_H
#define GOVAH_ACCOUNT_SOURCE_BOOK_H

#include "base/arena.h"
#include "base/fault.h"

/* Who counts, as far as it matters for what a count is worth. */
enum source_class {
    SOURCE_UNKNOWN,
    SOURCE_OFFICIAL,    /* the authorities of the country, and media that speak for them */
    SOURCE_UN,          /* the United Nations and its experts */
    SOURCE_INDEPENDENT, /* who counts by themselves: monitors, rights organisations, tribunals */
    SOURCE_PRESS,       /* who mostly passes on what others counted */
    SOURCE_OTHER,       /* other states, and bodies of states */
    SOURCE_UNNAMED,     /* "human rights groups": nobody who could be asked */
    SOURCE_CLASSES
};

/* "unknown", "official", "un", "independent", "press", "other", "unnamed". */
const char *source_class_name(enum source_class);

struct source_book;

/* The book is read once and lives as long as the program; any thread may ask. */
const struct source_book *source_book(void);

struct known_source {
    struct str key;  /* folded: the same for all names of a source, and for who speaks for it */
    struct str name; /* empty where the name itself is not known */
    enum source_class class;
};

/* What is known of a name, folded (text/fold.h). One that is not known itself is its own key, and
 * of the class that the longest known words in it tell: "a spokesman of the interior ministry". */
struct known_source source_book_find(const struct source_book *, struct str folded);

/* A name as written, without what stands in brackets. In the arena. */
struct str source_bare_name(struct arena *, struct str written);

/* For tests: a book of these tables alone; paths and texts as of base/data.h. REFUSED with file and
 * line. */
struct data_file;
MUST_USE enum outcome source_book_read(const struct data_file *, size_t count, struct arena *,
                                       struct source_book **, struct fault *why);

#endif
