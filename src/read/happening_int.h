/* Around one number: who is counted, and what happened to them. */
#ifndef GOVAH_READ_HAPPENING_INT_H
#define GOVAH_READ_HAPPENING_INT_H

#include "read/page_int.h"

/* The noun phrase behind a number. */
struct counted {
    struct str what;                /* empty when nobody is named */
    size_t first, end;              /* its tokens; end is where the clause goes on */
    const struct entry *population; /* of its head, or NULL */
    const struct entry *adjective;  /* "imprisoned protesters", "those detained", or NULL */
    size_t adjective_at;
    bool those;   /* "of those ..." */
    bool refused; /* it counts no people, places or happenings */
};

/* What happened: the words, and by which rule they were tied to the number. */
struct happening {
    const struct entry *event; /* NULL when none was found */
    size_t first, end;
    struct str what; /* who is counted, when the happening's words say it: "the toll of children" */
    const char *rule; /* RULE("...") */
    bool firm;        /* tied by the sentence's build, however far apart */
    bool open;        /* a verb of no table */
    bool implied;     /* only the noun says so: prisoners are imprisoned */
    bool shared;      /* said once, before the numbers of a list */
};

enum { HAPPENING_REACH = 34 };

#define KINDS_OF(kind) (1u << (kind))
#define KINDS_BEHIND                                                                               \
    (KINDS_OF(KIND_PARTICIPLE) | KINDS_OF(KIND_PREDICATE) | KINDS_OF(KIND_INTRANSITIVE))

/* An event of one of the kinds (a set of KINDS_OF) that begins at token i and ends by `limit`. */
bool event_at(const struct tokens *, size_t i, size_t limit, unsigned kinds,
              const struct entry **event, size_t *end);
/* The longest one that ends right before token `end`; its first token in *begin. */
bool event_before(const struct tokens *, size_t first, size_t end, unsigned kinds,
                  const struct entry **event, size_t *begin);
/* Whether it has no label of its own, only the written verb. */
bool event_is_other(const struct entry *event);

/* Whether an auxiliary stands right before token i, adverbs between. */
bool is_linked(const struct page *, size_t from, size_t i);

/* Backwards from token i over what may stand between a verb and its number. */
size_t skip_back(const struct page *, size_t first, size_t i);
/* "executions and disappearances of N", "detained, tortured and banished N": of the events that
 * are joined before it, the first that has a label. */
void first_of_list(const struct page *, size_t first, unsigned kinds, struct happening *);

/* The ways a clause ties the happening to the number, where the verb follows its subject. */
bool before_number(const struct page *, const struct number *, size_t first, struct happening *);
bool fronted(const struct page *, const struct number *, size_t first, struct happening *);
bool after_number(const struct page *, const struct counted *, size_t limit, struct happening *);
bool given(const struct page *, const struct counted *, size_t limit, struct happening *);
bool suffered(const struct page *, const struct counted *, size_t limit, struct happening *);
bool did(const struct page *, const struct counted *, size_t limit, struct happening *);
bool done_by(const struct page *, const struct number *, const struct counted *, size_t first,
             struct happening *);
bool sentenced_to(const struct page *, const struct number *, const struct counted *,
                  const struct passage *, struct happening *);

/* The same, where verbs end the clause. */
bool before_verb(const struct page *, const struct counted *, size_t limit, struct happening *);
bool noun_before(const struct page *, const struct number *, size_t first, struct happening *);
bool from_those(const struct page *, const struct counted *, size_t limit, struct happening *);
bool among_them(const struct page *, const struct number *, size_t first, struct happening *);
bool issued_for(const struct page *, const struct counted *, size_t limit, struct happening *);
bool stands_among(const struct page *, const struct counted *, size_t limit, struct happening *);
bool condemned(const struct page *, const struct counted *, size_t limit, struct happening *);

/* "for N activists a prison sentence was issued". */
bool issued_to(const struct page *, const struct number *, const struct counted *,
               const struct passage *, struct happening *);
/* "the issuing of years of prison and lashes for N persons". */
bool issuing_for(const struct page *, const struct number *, size_t first, struct happening *);
/* "the arrest of X and N others"; "the 74 lashes of X and N others were upheld". */
bool with_the_named_final(const struct page *, const struct number *, size_t first,
                          struct happening *);
/* "the mother of two killed protesters": the participle behind those counted. */
bool described_final(const struct page *, const struct counted *, size_t limit, struct happening *);
/* "the lives of N prisoners are in danger". */
bool endangered(const struct page *, const struct number *, const struct counted *,
                const struct passage *, struct happening *);
/* "attacks on N villages", "N villages they attacked". */
bool attacked(const struct page *, const struct number *, const struct counted *,
              const struct passage *, struct happening *);

/* A sentence that "was carried out" in the same clause is what it sentenced to; one that was
 * overturned is that. `counted` is the token behind those counted. */
void carried_out(const struct page *, size_t counted, size_t limit, struct happening *);

/* A verb, or a noun of one, that no table knows: whether token i is one by its last letters
 * (WORD_ENDING), as it may stand there. */
#define VERB_BEHIND (KINDS_OF(KIND_INTRANSITIVE) | KINDS_OF(KIND_PREDICATE))
#define VERB_PASSIVE                                                                               \
    (KINDS_OF(KIND_INTRANSITIVE) | KINDS_OF(KIND_PARTICIPLE) | KINDS_OF(KIND_ACTIVE))
#define VERB_BEFORE (VERB_BEHIND | KINDS_OF(KIND_ACTIVE))
#define VERB_NOUN KINDS_OF(KIND_NOUN)
bool is_open_verb(const struct page *, size_t i, unsigned kinds);
/* Whether token i ends as the name of a deed does: filming. */
bool is_gerund(const struct page *, size_t i);
/* Whether token i, of no table, is somebody of a calling by its last letters. */
bool is_calling(const struct page *, size_t i);
/* Whether it is a word that no table gives a part in a figure. */
bool is_open_word(const struct page *, size_t i);
/* The happening that token i names, "other:" and the word; its words end at `end`. Always true. */
bool open_event(const struct page *, size_t i, size_t end, const char *rule, struct happening *);

/* Whether token i begins a clause: not the "as" of "such as", nor "have since been jailed". */
bool begins_clause(const struct page *page, size_t i);

/* Whether they are only whose lawyers or families the clause is about. */
bool is_governed(const struct page *, const struct counted *);

/* The verb or noun of no table that governs the counted: before the number, in a relative clause,
 * or behind what describes them. */
bool governing(const struct page *, const struct number *, const struct counted *,
               const struct passage *, struct happening *);
/* "Those arrested included N". */
bool included(const struct page *, const struct number *, size_t first, struct happening *);
/* "Of those detained, N are minors". */
bool of_those(const struct page *, const struct number *, size_t first, struct happening *);
/* "acquitted Morsi and 14 others", or, of a noun, "the arrest of Morsi and 14 others". */
bool with_the_named(const struct page *, const struct number *, const struct counted *,
                    size_t first, bool noun, struct happening *);
/* "In 9 cases, police ...": what happened in them. */
bool in_cases(const struct page *, const struct number *, const struct counted *,
              const struct passage *, struct happening *);

/* Of what is only demanded, planned, attempted or prevented ("called for the release of N"), the
 * event becomes "other:released_demanded" and the like; or what is said to have befallen them. */
void not_yet(const struct page *, const struct number *, const struct counted *,
             const struct passage *, struct happening *);

/* A verb that no table knows, by its ending and its place in the clause: "other:" and the word. */
bool open_verb(const struct page *, const struct counted *, size_t limit, struct happening *);
bool open_verb_final(const struct page *, const struct counted *, size_t limit, struct happening *);

/* "Killed: 45"; or a list item below "Executions:". */
bool headed(const struct page *, const struct number *, struct happening *);

struct counted counted_by(const struct page *, const struct number *);
struct happening happening_to(const struct page *, const struct number *, const struct counted *);

/* Notes how each field of the figure came about; the words of its source are noted already. Only
 * for a page with a trace. */
void figure_explain(const struct page *, const struct number *, const struct counted *,
                    const struct happening *, const char *rule, struct proposal *);

#endif
