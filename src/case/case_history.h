/* A person's history: what statements say happened, put in order as far as their dates allow.
 *
 * A date is the days that it may mean (text/edtf.h). Statements of one event whose dates can be one
 * day are one occurrence, and its days are those that all of them allow; statements that name no
 * day belong to an occurrence of their event if there is one. Two sentences of different length are
 * two occurrences. What nobody can put in order by its days is told in the usual order of a case
 * (data/case/events.tsv); what names no day is put where another event needs it, else nowhere.
 *
 * All of this is a pure function of the set of statements: their order does not matter. What comes
 * out lies in the arena or points into the views and the rules. */
#ifndef GOVAH_CASE_CASE_HISTORY_H
#define GOVAH_CASE_CASE_HISTORY_H

#include "case/case_rules.h"
#include "store/query.h"

enum case_dating {
    DATED_STATED,
    DATED_PUBLISHED, /* no day is named: not later than the document's publication */
    DATED_NOT,       /* nor is it known when the document was published */
    DATED_WRONG,     /* what stands there is no date, or an interval that ends before it begins */
};

struct case_occurrence {
    struct str event;             /* the label, without "other:" */
    const struct case_rule *rule; /* NULL: the tables do not know the label */
    struct str date;              /* EDTF, of the statement that is most exact; or empty */
    struct str sentence;          /* as statements give it, or empty */
    enum case_dating dated;
    int64_t first, last; /* days since 1970-01-01; INT64_MIN: no earliest, INT64_MAX: no latest */
    int64_t until;       /* of what holds: the last day for which it is said, else `last` */
    const struct statement_view **views; /* accepted before proposed before disputed, then by id */
    size_t views_count, views_room;
    size_t documents; /* different ones */
    enum view_state state;
    bool undecided;
    bool acts; /* it is what put the person into its state: begins it, or holds it and nothing
                  before says how it began */
};

struct case_history {
    const struct case_rules *rules;
    struct case_occurrence
        *at; /* as told: by day, what names no day last, then by the usual order */
    size_t count;
    const struct statement_view *born; /* the fact that gives the earliest date of birth, or NULL */
    int64_t born_first;                /* its first day */
};

/* Which statements count. */
enum case_reach {
    CASE_DECIDED,  /* those that were accepted */
    CASE_PROPOSED, /* what nobody decided too, and what is disputed */
};

/* Of life events and dates of birth; what else there is is left out, and what was rejected. */
void case_history_make(const struct case_rules *, const struct statement_view *const *,
                       size_t count, enum case_reach, struct arena *, struct case_history *);

/* ---- the state on a day ---- */

/* A state in which the person may have been on the day. */
struct case_possible {
    size_t state;
    const struct case_occurrence *by;     /* that put them into it; NULL: nothing on record does */
    const struct case_occurrence *turned; /* that made it what it is, such as a sentence, or NULL */
};

/* Who was said to be dead and then to be arrested is one or the other: both states are here. */
struct case_standing {
    struct case_possible at[CASE_STATES]; /* each state once; more than one: the record does not
                                             say which */
    size_t count;
    bool confirmed; /* something says that they were in the first of these: */
    int64_t confirmed_on;
    const struct case_occurrence *confirmed_by;
};

void case_standing_on(const struct case_history *, int64_t day, struct case_standing *);

/* The states in which the person may have been, as a set, from each day on which it may become
 * another to the next; the first of these days is INT64_MIN. */
struct case_course {
    int64_t *days;
    uint32_t *states;
    size_t count;
};

void case_course_make(const struct case_history *, struct arena *, struct case_course *);
uint32_t case_course_on(const struct case_course *, int64_t day);

/* ---- what does not fit ---- */

enum case_doubt_kind {
    DOUBT_TWICE,     /* `b` enters the state in which `a` put them already */
    DOUBT_DIFFER,    /* two lengths of one sentence */
    DOUBT_AFTER_END, /* `b` is said of one for whom `a` ended all */
    DOUBT_BEFORE,    /* `a` needs what only `b`, which is later, brings about */
    DOUBT_STILL,     /* `b` says that they were in it, after `a` had ended that */
    DOUBT_STEP,      /* between `a` and `b` a step is not on record */
    DOUBT_UNTOLD,    /* nothing on record says how it came to `a` */
    DOUBT_DATE,      /* the date of `a` cannot be */
    DOUBT_UNBORN,    /* `a` lies before every date of birth on record, of which `born` is one */
};

struct case_doubt {
    enum case_doubt_kind kind;
    const struct case_occurrence *a, *b; /* b may be NULL */
    const struct statement_view *born;   /* DOUBT_UNBORN; else NULL */
};

/* Whether it is a contradiction; else a gap. */
bool case_doubt_contradicts(enum case_doubt_kind);

/* In the order of the history. In the arena. */
struct case_doubt *case_doubts(const struct case_history *, struct arena *, size_t *count);

/* ---- what follows ---- */

enum { DAYS_NONE = -1 };

/* A time in which somebody was held, at home or in prison. */
struct case_spell {
    const struct case_occurrence *begin, *end; /* end NULL: none on record */
    int64_t low, high; /* days held until its end or the day asked about; high may be DAYS_NONE: no
                          bound. While it goes on, low reaches as far as is confirmed. */
};

struct case_spell *case_spells(const struct case_history *, int64_t day, struct arena *,
                               size_t *count);

/* A sentence's end, in one of the ways to reckon it. */
struct case_term {
    const struct case_occurrence *sentence;
    const struct case_occurrence *from; /* from the beginning of the time held, or the sentence */
    int64_t first, last;                /* day of the end; the last may be INT64_MAX */
};

/* An ISO 8601 duration of years, months, weeks and days, in that order, added in the Gregorian
 * calendar; a day that the month does not have is its last. False for anything else. */
bool case_duration_add(struct str duration, int64_t day, int64_t *out);

struct case_term *case_terms(const struct case_history *, struct arena *, size_t *count);

/* What goes on for days, and which day of it the day asked about is, the first being day 1. */
struct case_running {
    const struct case_occurrence *since;
    int64_t low, high;
};

/* What no event on record has ended by then. */
struct case_running *case_running(const struct case_history *, int64_t day, struct arena *,
                                  size_t *count);

#endif
