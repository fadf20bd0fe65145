/* What events do to a person's state: the tables of data/case. Nothing in C knows a kind of event
 * or a state; what the tables' columns mean stands in them. */
#ifndef GOVAH_CASE_CASE_RULES_H
#define GOVAH_CASE_CASE_RULES_H

#include "base/arena.h"
#include "base/data.h"
#include "base/fault.h"
#include "record/statement.h"

enum {
    CASE_STATES = 32, /* at most, so that a set of them is a uint32_t: bit i for state i */
    CASE_UNKNOWN = 0, /* the first state of the table: nothing on record says */
};

enum case_keeping { KEPT_NOT, KEPT_HOME, KEPT_PRISON };

struct case_state {
    struct str name;
    enum case_keeping kept;
    bool clears; /* earlier sentences bind no more */
    bool final;
};

enum case_effect {
    EFFECT_NOTHING,
    EFFECT_BEGINS, /* enters the state */
    EFFECT_HOLDS,  /* the person was in the state then */
    EFFECT_TURNS,  /* one of the states of `after` becomes the state */
};

struct case_rule {
    struct str event;         /* without "other:" */
    struct str detail, value; /* what the statement must say, or empty; a '*' at the value's end
                                 stands for anything */
    enum case_effect effect;
    size_t state;   /* by number; CASE_UNKNOWN for EFFECT_NOTHING */
    uint32_t after; /* states in which the event makes sense */
    bool runs;      /* it goes on, and its days are counted */
    bool together;  /* others named with it share the case */
    size_t rank;    /* place in the table: the usual order of a case */
};

/* What a submission is asked for (data/case/submission.tsv). */
enum case_need_form { NEED_FACT, NEED_EVENT, NEED_DETAIL };

struct case_need {
    struct str item;
    enum case_need_form form;
    struct str names; /* any of these will do, '|' between them */
    struct str field; /* of an event: "date", "place", "body", or empty */
};

struct charge_form {
    struct str folded;
    size_t charge; /* its place in `charges` */
};

struct charge_law {
    struct str id, english, persian;
    struct str country; /* the folder of its table: "ir" */
    struct str law, penalty;
    bool checked; /* article and penalty were seen in a published source */
};

struct case_rules {
    struct case_state states[CASE_STATES];
    size_t states_count;
    struct case_rule *rules; /* by event, in the order of the table within one */
    size_t rules_count;
    struct case_need *needs;
    size_t needs_count;
    struct charge_law *charges;
    size_t charges_count;
    struct charge_form *forms; /* the longest first, then in byte order */
    size_t forms_count;
};

/* The tables that are built in, all in the arena. REFUSED with file and line for a row that cannot
 * be: an unknown state, effect or form, a state named twice, an effect without a state, a row that
 * can never count because one above it takes all. */
MUST_USE enum outcome case_rules_new(struct arena *, const struct case_rules **, struct fault *why);

/* The same, read once and kept as long as the program runs; any thread may ask. */
MUST_USE enum outcome case_rules_known(const struct case_rules **, struct fault *why);

/* Of other files than those built in; one of charges for each country. A charge has one id over all
 * of them. */
struct case_files {
    const struct data_file *states, *events, *submission;
    const struct data_file *const *charges;
    size_t charges_count;
};
MUST_USE enum outcome case_rules_read(const struct case_files *, struct arena *,
                                      struct case_rules *, struct fault *why);

/* The label without "other:". */
struct str case_label(struct str event);

/* The row for the event; NULL for a label that the table does not have: it has no effect, and makes
 * sense in all states but a final one. */
const struct case_rule *case_rule_of(const struct case_rules *, const struct life_event *);

/* The value of the detail, or empty. */
struct str case_detail(const struct life_event *, struct str name);

/* By its name; false when there is none. */
MUST_USE bool case_state_find(const struct case_rules *, struct str name, size_t *out);

/* Those charges of the tables that the text names, each once, in order of its place there; of forms
 * that overlap the longest counts, of those that are the same in several countries all. At most
 * `room`; the number. */
size_t case_charges(const struct case_rules *, struct arena *, struct str text,
                    const struct charge_law **out, size_t room);

#endif
