/* The account of an institution or an official: whose cases passed through it, by what statements,
 * and what became of them; who is said to hold which post; what is said by or about an official.
 * All of it is what somebody says, with its source: nothing here is a finding, and nobody is found
 * guilty of anything. */
#ifndef GOVAH_CASE_BODY_ACCOUNT_H
#define GOVAH_CASE_BODY_ACCOUNT_H

#include "case/bodies.h"
#include "case/case.h"
#include "store/passages.h"

/* Somebody's case, as far as it went through the body. */
struct body_case {
    const struct case_person *person;
    const struct statement_view *view; /* that says so */
    bool decided, part;
    const struct case_occurrence **outcomes; /* of the whole case: sentences, and what ended it */
    size_t outcomes_count;
};

/* A post that somebody is said to hold or have held. */
struct body_post {
    struct str name;                   /* of the official */
    struct hash official;              /* body_id of their account */
    struct str post;                   /* in the words of who says so; may be empty */
    struct str since, until;           /* EDTF, each may be empty */
    const struct body_row *body;       /* of a claim, or NULL */
    const struct statement_view *view; /* NULL: a claim of the tables, */
    const struct body_claim *claim;    /* which is this one */
};

/* Two posts said of one official in one body, of which not both can be as said; `b` NULL: the one
 * ends before it begins. */
struct body_conflict {
    const struct body_post *a, *b;
};

struct body_question {
    struct hash id;
    bool dated; /* only cases that passed between these days */
    int64_t since, until;
    size_t from, limit; /* of the cases */
};

struct body_account {
    struct body_view view;      /* without spellings: it is in the tables alone */
    const struct body_row *row; /* an institution that the tables know, or NULL */
    struct str name, persian;   /* as the tables have it, else the most frequent spelling */
    struct body_year *years;
    size_t years_count;
    struct body_cases cases; /* people, all in all */
    struct body_case *shown;
    size_t shown_count;
    size_t total; /* that the question fits; if `more`, at least */
    bool more;
    struct body_post *posts; /* statements by the official's name, then claims */
    size_t posts_count;
    struct body_conflict *conflicts;
    size_t conflicts_count;
    struct body_view *parts; /* of an institution: those on record that are a part of it */
    size_t parts_count;
    struct statement_view *said; /* figures given as its own, or theirs */
    size_t said_count;

    /* of an official */
    struct str *also; /* other spellings of the one person that decisions made of them */
    size_t also_count;
    bool several; /* decisions make several people of the name: cases are those of all of them */
    const struct statement_view **about; /* what is said of them, posts apart */
    size_t about_count;
};

enum { BODY_POSTS_MOST = 200, BODY_SAID_MOST = 40, BODY_PARTS_MOST = 200 };

/* NOT_FOUND when neither record nor tables have it. A pure function of the record and the tables;
 * all lies in the arena. */
MUST_USE enum outcome body_account_read(struct archive *, const struct body_book *,
                                        const struct case_rules *, const struct body_question *,
                                        struct arena *, struct body_account *, struct fault *why);

/* What a body is called: as the tables have it, else as it is most often written. A branch that no
 * table knows is the number beside its court: then *branch is not empty. */
struct str body_view_name(const struct body_book *, const struct body_view *, bool persian,
                          struct str *branch);

/* How it is written: "Revolutionary Court, 26" of a branch beside its court. */
struct str body_spelling_words(const struct body_spelling *, struct arena *);

/* Those whom digits of an id, the id of a table, or a name means: one that is called so by the
 * tables, else all in whose names it stands. In the arena. */
MUST_USE enum outcome bodies_asked(struct archive *, const struct body_book *, struct str asked,
                                   bool official, struct arena *, struct body_view **,
                                   size_t *count, struct fault *why);

#endif
