/* A case: one person, what is on record about them, and what follows from it on a day. Everything
 * in it leads to the statements that say so. */
#ifndef GOVAH_ACCOUNT_CASE_H
#define GOVAH_ACCOUNT_CASE_H

#include "account/case_history.h"
#include "account/case_people.h"
#include "store/cases.h"

/* One way to write the name, and where it stands. */
struct case_spelling {
    struct str name;
    const struct statement_view *view; /* accepted before proposed, then by id */
    size_t documents;                  /* that write it so */
};

/* What several documents say of a person, said once. */
struct case_fact {
    struct str property, value;
    const struct statement_view **views; /* accepted before proposed, then by id */
    size_t views_count;
    size_t documents;
};

/* A charge as a statement names it, and what of it the tables know. */
struct case_charge {
    struct str text; /* as written */
    const struct statement_view *view;
    const struct charge_law *laws[8];
    size_t laws_count;
};

/* Another person whom a document names with them in what they share: a hearing, a sentence. */
struct case_companion {
    const struct case_person *person;
    const struct statement_view *view; /* that names them */
    const struct statement_view *own;  /* that names the person of the case */
};

struct case_account {
    const struct case_person *person;
    int64_t day; /* everything that depends on a day is as of it */
    struct case_spelling *spellings;
    size_t spellings_count;
    const struct pair_view **joins; /* decisions between two mentions of theirs, or about one */
    size_t joins_count;
    struct case_fact *facts; /* by property, then by value */
    size_t facts_count;
    struct case_history decided, all; /* what was accepted; all but what was rejected */
    struct case_standing standing;    /* by what was accepted */
    struct case_standing proposed;    /* by all */
    bool proposals_differ;            /* the two are not the same states */
    bool stands;                      /* something on record puts them into a state */
    struct case_doubt *doubts;        /* of `all` */
    size_t doubts_count;
    struct case_spell *spells; /* of `all`, like all that follows */
    size_t spells_count;
    struct case_term *terms;
    size_t terms_count;
    struct case_running *running;
    size_t running_count;
    const struct case_occurrence **coming; /* behind the day */
    size_t coming_count;
    struct case_charge *charges; /* by the statement's id */
    size_t charges_count;
    struct case_companion *companions; /* by name */
    size_t companions_count;
    const struct case_need *
        *missing; /* what a submission is asked for and nothing on record says; of who `stands` */
    size_t missing_count;
};

/* `around` are views of at least all texts that name the person; `joins` may be empty. A pure
 * function; what comes out lies in the arena or points into what was given. */
struct case_around {
    const struct statement_view *views;
    size_t views_count;
    const struct pair_view *pairs;
    size_t pairs_count;
    const struct case_person *people; /* of these views */
    size_t people_count;
};
void case_account_make(const struct case_rules *, const struct case_person *,
                       const struct case_around *, int64_t day, struct arena *,
                       struct case_account *);

/* The last day on which anything on record is said to have happened to them, or was said of them:
 * by it a page without a clock tells their state. INT64_MIN when no day is named. */
int64_t case_last_day(const struct case_person *, const struct case_rules *, struct arena *);

/* What the archive has on people: their statements, and who was decided to be whom. */
struct case_record {
    struct statement_view *views;
    size_t views_count;
    struct pair_view *pairs;
    size_t pairs_count;
    struct case_person *people;
    size_t people_count;
};

/* All of it. */
MUST_USE enum outcome case_record_read(struct archive *, struct arena *, struct case_record *,
                                       struct fault *why);

/* Of those about whom the statements are, and whom decisions connect with them. */
MUST_USE enum outcome case_record_about(struct archive *, const struct hash_list *statements,
                                        struct arena *, struct case_record *, struct fault *why);

/* As much of it as the case of one person needs, and the place of that person: of those about whom
 * the statements are, the first. NOT_FOUND when they are about nobody. */
MUST_USE enum outcome case_record_of(struct archive *, const struct case_rules *,
                                     const struct hash_list *statements, struct arena *,
                                     struct case_record *, size_t *place, struct fault *why);

/* The people whom an id or a name means: by the digits of a mention's id; by a name, of those who
 * are called so, else of those in whose name it stands. */
MUST_USE enum outcome case_candidates(struct archive *, struct str asked, bool by_name,
                                      struct arena *, struct case_record *, struct fault *why);

#endif
