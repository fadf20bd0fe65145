/* A page: one document while it is being read. Each step of the reader adds what it found. */
#ifndef GOVAH_READ_PAGE_INT_H
#define GOVAH_READ_PAGE_INT_H

#include <string.h>

#include "read/columns.h"
#include "read/token.h"

/* A sentence, heading or list item, as tokens. */
struct passage {
    size_t first, end;
    uint8_t language; /* of most of its known words, or LANGUAGE_NONE */
    bool verb_final;  /* as that language is */
    uint64_t classes; /* of all its tokens; and of what begins in it and ends behind it */
    bool digits;      /* it has a SHAPE_NUMBER */
    bool headline;    /* nearly all its words are capitalised, so that a capital says little */
};

/* A count, with the words of its bound. */
struct number {
    size_t first, end; /* the digits and number words */
    size_t from, to;   /* with the bound around them */
    int64_t low, high;
    enum figure_bound bound;
    bool vague; /* dozens, صدها */
    bool small; /* a lone "one" or a word that is also something else */
    bool whole; /* N others are of these: only what stands right behind them befell them all */
    size_t passage;
};

/* A person or an organisation; its mentions share the form. */
struct party {
    struct str form; /* the longest form in the document, without titles */
    struct span at;
    struct str abbreviation; /* as defined beside it, or empty */
    bool organisation;
    struct str role; /* empty when nothing says */
};

struct name {
    size_t first, end;
    size_t party;
    size_t passage;
};

enum entry_form {
    ENTRY_MARKED,  /* behind a number or bullet */
    ENTRY_HEADING, /* alone on its line */
    ENTRY_LED,     /* its line goes on */
};

/* The beginning of what a list says of somebody. */
struct listing_entry {
    size_t line;       /* the first token, its number or bullet */
    size_t first, end; /* its first cell: up to a comma, a dash, two blanks or the line's end */
    enum entry_form form;
    int64_t number; /* that marks it, or 0 */
    bool named;     /* it fills a cell below which names stand */
};

/* An entry that is a scope of its own: whoever heads it is nobody who heads another. */
struct entry_scope {
    size_t first, end;     /* tokens: of a row its line */
    size_t cell, cell_end; /* where the name that heads it stands */
    int64_t number;        /* of a numbered paragraph; 0 of a row */
    size_t name;           /* token at which the name begins; SIZE_MAX: none heads it */
    size_t party;          /* SIZE_MAX: none */
};

struct page {
    const struct lexicon *lexicon;
    struct str text;
    const struct document_facts *facts;
    struct arena *arena;
    struct tokens tokens;
    struct passage *passages;
    size_t passages_count;
    struct date_mention *dates;
    size_t dates_count;
    uint32_t *date_of; /* for each token, 1 + the index of the date it belongs to, or 0 */
    struct number *numbers;
    size_t numbers_count;
    struct name *names; /* in order of the text */
    size_t names_count;
    uint32_t *name_of; /* for each token, 1 + the index of the name it belongs to, or 0 */
    struct party *parties;
    size_t parties_count;
    struct listing_entry *entries; /* of lists of people (read/listing.h) */
    size_t entries_count;
    struct entry_scope *scopes; /* in order, apart from each other (name_scope.c) */
    size_t scopes_count;
    uint64_t *scope_names; /* name_words_hash of those who head them, in order */
    size_t scope_names_count;
    bool partial;                /* a block of a text: others may have entries of the same name */
    struct listed_table *tables; /* read/columns.h */
    size_t tables_count;
    struct trace *trace; /* NULL: nothing is explained (read/trace.h) */
};

/* name_scope.c: 1 + the scope that holds the token, or 0. */
size_t scope_at(const struct page *, size_t token);

/* The first token of what the words at a token may speak of without a name: of an entry its
 * beginning, behind rows their end. */
size_t scope_reach(const struct page *, size_t token);

void passages_find(struct page *);
void numbers_find(struct page *);
void names_find(struct page *);

/* Who is said to give what stands at token `at` of the passage: in the document's fullest form, or
 * empty. *heard is who spoke last before this passage and is moved on by source_end. */
struct hearing {
    struct str speaker;      /* last source named */
    struct str organisation; /* last organisation named, for "the group" */
    struct str person;       /* first person that the passage before names, for "he" */
    bool recent;             /* the passage before this one named the speaker */
    bool open;               /* a quotation or a colon holds over the next passage */
    bool colon;              /* it was a colon */
    bool block;              /* a name and a colon opened the paragraph */
};
struct str source_of(const struct page *, size_t passage, size_t first, size_t end,
                     const struct hearing *);
void source_pass(const struct page *, size_t passage, struct hearing *);

/* The passage with a colon at its end below which this one stands as an item, or itself. */
size_t heading_of(const struct page *, size_t passage);

/* When: fills since, until and as_of from the dates of the passage. */
void period_of(const struct page *, size_t passage, size_t first, size_t end, struct figure *);

struct proposals {
    struct proposal *at;
    size_t count, room;
};
struct proposal *proposal_add(struct page *, struct proposals *);

/* Adds the detail "sentence", an ISO 8601 duration, from the words behind token `from`, or, where
 * verbs end the clause, between the name that ends at `name_end` and `from`. */
void sentence_of(const struct page *, size_t passage, size_t name_end, size_t from,
                 struct life_event *);

/* The sentence, an ISO 8601 duration, that the tokens [first, end) give, or empty. */
struct str sentence_within(const struct page *, size_t first, size_t end);

void figures_find(struct page *, struct proposals *);
void life_events_find(struct page *, struct proposals *);
void roles_find(struct page *, struct proposals *);
/* What the text says of named people: age, birth date, nationality, group, occupation, health,
 * relation, other names. */
void facts_find(struct page *, struct proposals *);

/* The bytes of tokens [first, end) as they stand in the text. */
struct str page_words(const struct page *, size_t first, size_t end);
/* Whether token i is the particle of that value: "of", "and", "those"... (WORD_PARTICLE). */
INLINED bool page_particle(const struct page *, size_t i, const char *value);

/* The same of a token that begins a WORD_PARTICLE. */
bool page_particle_is(const struct page *, size_t i, struct str value);

INLINED bool page_may_be_particle(const struct page *page, size_t i, struct str value)
{
    return token_has(&page->tokens, i, WORD_PARTICLE) &&
           page->tokens.at[i].phrase->particles & phrase_particle_bit(value);
}

INLINED bool page_particle(const struct page *page, size_t i, const char *value)
{
    struct str sought = {value, strlen(value)};
    return page_may_be_particle(page, i, sought) && page_particle_is(page, i, sought);
}

/* Whether tokens from i are a phrase that is the particle of that value; the token behind it. */
INLINED bool page_particle_phrase(const struct page *, size_t i, const char *value, size_t *end);
/* The same of a token that begins a WORD_PARTICLE. */
bool page_particle_phrase_is(const struct page *, size_t i, struct str value, size_t *end);

INLINED bool page_particle_phrase(const struct page *page, size_t i, const char *value, size_t *end)
{
    struct str sought = {value, strlen(value)};
    return page_may_be_particle(page, i, sought) && page_particle_phrase_is(page, i, sought, end);
}

/* As page_particle_phrase, for a phrase that ends right before token `end`; its first token. */
INLINED bool page_particle_before(const struct page *, size_t end, const char *value,
                                  size_t *begin);
/* The same where a particle may end. */
bool page_particle_ends(const struct page *, size_t end, struct str value, size_t *begin);

INLINED bool page_particle_before(const struct page *page, size_t end, const char *value,
                                  size_t *begin)
{
    struct str sought = {value, strlen(value)};
    return token_may_end(&page->tokens, end, WORD_PARTICLE) &&
           page_particle_ends(page, end, sought, begin);
}

#endif
