/* An amnesty as data: what was announced, and whom it reaches.
 *
 * A table (base/table.h) with the columns rule, value, silent, words and words_fa. Rows that say
 * what it is, each at most once: name_en, name_fa, kind (pardon, reduction, furlough), date (EDTF),
 * number and bound (a whole number, and its bound as of record/statement.h), number_as_of, by,
 * source, by_fa and source_fa (both in Persian), url, reaches (states of data/case/states.tsv in
 * which one must have been that day, '|' between them). Required are name_en, kind, date and
 * source. Rows that may stand again:
 *
 *   group     value is a name, words are charges, '|' between them: "@name" stands for them
 *   excludes  whoever meets the condition is left out
 *   needs     whoever does not meet it is left out
 *
 * A condition is terms with " & " between them, all of which must hold:
 *
 *   charge=ID|ID       charged with any of these (data/country/.../charges.tsv); != none of them
 *   sentence>P5Y       also >=, <, <=, = and !=; "death" and "life" are longer than any duration
 *   event=NAME|NAME    a life event on record; != none
 *   fact.PROPERTY=TEXT|TEXT   a fact whose value has one of the texts in it, folded; != has a value
 *                      that is none of them
 *
 * `words` say the condition as it was announced, `words_fa` in Persian. `silent` is what follows
 * where the record does not say: empty, it cannot be told; "passes", nothing is held against the
 * person, and that it was taken so is said. */
#ifndef GOVAH_ACCOUNT_AMNESTY_H
#define GOVAH_ACCOUNT_AMNESTY_H

#include "account/case_rules.h"

enum amnesty_kind { AMNESTY_PARDON, AMNESTY_REDUCTION, AMNESTY_FURLOUGH };

/* "pardon", "reduction", "furlough". */
const char *amnesty_kind_name(enum amnesty_kind);

enum term_over { TERM_CHARGE, TERM_SENTENCE, TERM_EVENT, TERM_FACT };
enum term_relation { TERM_IS, TERM_IS_NOT, TERM_MORE, TERM_AT_LEAST, TERM_LESS, TERM_AT_MOST };

struct amnesty_term {
    enum term_over over;
    enum term_relation relation;
    struct str property; /* of a fact */
    struct str *values;
    size_t values_count;
};

struct amnesty_rule {
    bool excludes;                         /* else it is needed */
    bool passes;                           /* silence of the record is held against nobody */
    struct str words, words_fa, condition; /* words_fa may be empty */
    struct amnesty_term *terms;
    size_t terms_count;
    size_t line;
};

struct amnesty {
    struct str id; /* the file's name without its folders and its ending */
    struct str name_en, name_fa, by, source, by_fa, source_fa, url;
    enum amnesty_kind kind;
    struct str date;
    int64_t first, last;  /* its days since 1970-01-01 */
    struct figure number; /* bound, low, high; both COUNT_NONE where none was announced */
    struct str number_as_of;
    struct str *reaches; /* states; none: any in which one is held */
    size_t reaches_count;
    struct amnesty_rule *rules;
    size_t rules_count;
};

/* Strings stay borrowed from the file, the rest lies in the arena. REFUSED with file and line, also
 * for a charge or state that is in no table and for a rule that can never say anything. `outside`:
 * the path is no path below data/. */
MUST_USE enum outcome amnesty_read(const struct data_file *, bool outside,
                                   const struct case_rules *, struct arena *, struct amnesty *,
                                   struct fault *why);

/* Those that are built in, by date. */
MUST_USE enum outcome amnesties_known(const struct case_rules *, struct arena *, struct amnesty **,
                                      size_t *count, struct fault *why);

#endif
