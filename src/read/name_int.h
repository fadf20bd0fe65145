/* Names as they stand in the text, before it is known who bears them. */
#ifndef GOVAH_READ_NAME_INT_H
#define GOVAH_READ_NAME_INT_H

#include "read/page_int.h"

/* A name that a form suggests. */
struct candidate {
    size_t first, end;
    bool organisation;
    struct str role;
    bool entry;      /* it heads an entry of a list of people */
    bool weak;       /* a person's only by its capitals: no given name, title or family name */
    const char *row; /* of a known one: its row of the table, whose forms all name the same */
};

/* Whether a name begins at token i of the passage. */
bool name_at(const struct page *, size_t i, const struct passage *, struct candidate *out);

/* The name that an entry of a list of people begins with, known or not. */
bool name_of_entry(const struct page *, const struct listing_entry *, struct candidate *out);

/* Whether tokens [first, end) hold no word that no name has. */
bool name_may_be(const struct page *, size_t first, size_t end);

/* ---- name_scope.c: entries that are scopes of their own ---- */

/* Finds the page's, once its names are found: rows of tables, and numbered entries that begin with
 * a person's name. `found` are the names' candidates. A line of a table of contents
 * is none. A numbered one reaches to the next number; where none follows, to the first empty line.
 */
void scopes_find(struct page *, const struct candidate *found);

/* Who is named in which scope; of each party. */
struct bearing {
    size_t scope;     /* 1 + the one that it heads or was first found in, or 0 */
    bool headed;      /* it heads it */
    size_t headed_by; /* scopes headed by the same words */
};

struct bearing bearing_of(const struct page *, const struct name *);

/* Whether a person's name may mean the party: not one who heads another scope; nor, where any scope
 * is headed by such a name, one of another scope; from outside of all, whoever alone heads one. In
 * a part of a text it means nobody of another scope. */
bool name_may_mean(const struct page *, const struct name *, const struct bearing *);

/* By script: alphabets with capitals, and those without. */
bool name_cased_person(const struct page *, size_t i, const struct passage *, struct candidate *);
bool name_cased_organisation(const struct page *, size_t i, size_t limit, struct candidate *);
bool name_uncased_person(const struct page *, size_t i, size_t limit, struct candidate *);
bool name_uncased_organisation(const struct page *, size_t i, size_t limit, struct candidate *);

/* A known organisation, of which an acronym stands in capitals. */
bool name_institution(const struct tokens *, size_t i, size_t limit, const struct entry **,
                      size_t *end);
/* A person so well known that the document need not introduce them. */
bool name_well_known(const struct tokens *, size_t i, size_t limit, struct candidate *);

/* Whether what stands around a weak name speaks for a person: 1, for something else: -1. */
int name_weigh(const struct page *, const struct name *);

/* The same of one with a given name and no title: -1 where it names a school, a camp or a town. */
int name_weigh_known(const struct page *, const struct name *);
/* -1 for an organisation that is but a citation in parentheses. */
int name_weigh_organisation(const struct page *, const struct name *);

/* Whether the token is written with a capital, is a given name, or one that is an ordinary word
 * too; whether it is of the class. */
bool name_is_capital(const struct token *);
bool name_is_given(const struct tokens *, size_t i);
bool name_is_any_given(const struct tokens *, size_t i);
/* Whether the token ends as the particles of that value: family_ending, indefinite. */
bool particle_ending(const struct page *, size_t i, const char *value);
/* Quotation marks of the scripts without capitals. */
bool name_opens(const struct tokens *, size_t i);
bool name_closes(const struct tokens *, size_t i);
/* a hyphen between two words, without spaces */
bool name_hyphen(const struct tokens *, size_t i);

#endif
