/* Between the file that reads the tables of bodies and the one that asks them. */
#ifndef GOVAH_ACCOUNT_BODIES_INT_H
#define GOVAH_ACCOUNT_BODIES_INT_H

#include "account/bodies.h"

/* A name, its words joined, and its place in the order of the tables. */
struct form_key {
    struct str joined;
    size_t at;
};

struct body_form {
    struct form_key key;
    const struct body_row *row;
    bool within; /* it is meant only beside the name of what it is a part of */
};

struct official_form {
    struct form_key key;
    struct str official; /* official_key of whose name it is */
    const struct str *names;
    size_t names_count;
};

struct office_rule {
    bool event;
    struct str label, value;
    enum office office;
    bool known; /* of those alone whom the tables know */
    const struct body_row *body;
};

struct body_book {
    struct body_row **rows;
    size_t rows_count, rows_room;
    struct body_form *forms; /* by their keys: the words, then the order of the tables */
    size_t forms_count, forms_room;
    struct official_form *officials; /* likewise */
    size_t officials_count, officials_room;
    struct body_claim *claims;
    size_t claims_count, claims_room;
    struct office_rule *rules;
    size_t rules_count, rules_room;
};

enum { BODY_WORDS = 64 };

/* A text's words, folded, one behind the other. */
struct joined_words {
    struct str joined;
    size_t begin[BODY_WORDS + 1]; /* of each word in it, and the end */
    size_t count;
};
struct joined_words words_join(struct str text, struct arena *);

#endif
