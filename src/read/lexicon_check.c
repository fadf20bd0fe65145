#include "read/lexicon_int.h"
#include "record/statement.h"

#define BIT(kind) (UINT32_C(1) << (kind))

_Static_assert(KINDS <= 32, "the kinds fit a mask");

enum value { VALUE_NONE, VALUE_LABEL, VALUE_MAY_LABEL, VALUE_COUNT, VALUE_BOUND, VALUE_WORD };

enum {
    HAPPENING = BIT(KIND_PARTICIPLE) | BIT(KIND_ACTIVE) | BIT(KIND_INTRANSITIVE) | BIT(KIND_NOUN) |
                BIT(KIND_PREDICATE) | BIT(KIND_RESULT),
    TOLD_OF_A_PERSON = BIT(KIND_HELD) | BIT(KIND_OUTCOME) | BIT(KIND_DATED) | BIT(KIND_AFTER) |
                       BIT(KIND_OWNED) | BIT(KIND_PRESENT),
    COUNTED = BIT(KIND_NONE) | BIT(KIND_CONTAINER) | BIT(KIND_CUSTODY) | BIT(KIND_EVENT) |
              BIT(KIND_HELD) | BIT(KIND_PLACES),
};

/* What a row of the class may have: kinds (none but KIND_NONE where none is given), a value, and
 * for VALUE_WORD the words that the grammar knows. */
static const struct {
    uint32_t kinds;
    enum value value;
    const char *words;
} rules[WORD_CLASSES] = {
    [WORD_NUMBER] = {0, VALUE_COUNT, NULL},
    [WORD_SCALE] = {0, VALUE_COUNT, NULL},
    [WORD_VAGUE] = {0, VALUE_COUNT, NULL},
    [WORD_BOUND] = {BIT(KIND_BEFORE) | BIT(KIND_AFTER), VALUE_BOUND, NULL},
    [WORD_RANGE] = {BIT(KIND_NONE) | BIT(KIND_AFTER) | BIT(KIND_BETWEEN), VALUE_WORD, "to range"},
    [WORD_COUNTER] = {0, VALUE_LABEL, NULL},
    [WORD_POPULATION] = {COUNTED, VALUE_LABEL, NULL},
    [WORD_EVENT] = {HAPPENING, VALUE_LABEL, NULL},
    [WORD_LIFE] = {HAPPENING | TOLD_OF_A_PERSON, VALUE_LABEL, NULL},
    [WORD_LIGHT] = {BIT(KIND_PARTICIPLE) | BIT(KIND_ACTIVE) | BIT(KIND_INTRANSITIVE) |
                        BIT(KIND_NOUN),
                    VALUE_LABEL, NULL},
    [WORD_COMPLETES] = {0, VALUE_LABEL, NULL},
    [WORD_UNIT] = {BIT(KIND_AFTER) | BIT(KIND_MONTHS) | BIT(KIND_YEARS), VALUE_LABEL, NULL},
    [WORD_LABEL] = {BIT(KIND_BEFORE), VALUE_LABEL, NULL},
    [WORD_MONEY] = {BIT(KIND_BEFORE), VALUE_NONE, NULL},
    [WORD_ACCORDING] = {BIT(KIND_BEFORE) | BIT(KIND_AFTER), VALUE_NONE, NULL},
    [WORD_PART] = {BIT(KIND_NONE) | BIT(KIND_AFTER), VALUE_NONE, NULL},
    [WORD_OPENS] = {BIT(KIND_NONE) | BIT(KIND_AFTER), VALUE_WORD, "as_of between in since until"},
    [WORD_PRONOUN] = {BIT(KIND_NONE) | BIT(KIND_GROUP) | BIT(KIND_PERSON), VALUE_NONE, NULL},
    [WORD_MEANT] = {BIT(KIND_GROUP) | BIT(KIND_PERSON), VALUE_MAY_LABEL, NULL},
    [WORD_TITLE] = {BIT(KIND_NONE) | BIT(KIND_PERSON), VALUE_LABEL, NULL},
    [WORD_ROLE] = {0, VALUE_LABEL, NULL},
    [WORD_ORGANISATION] = {BIT(KIND_NONE) | BIT(KIND_COMMON) | BIT(KIND_AFTER) | BIT(KIND_BETWEEN),
                           VALUE_MAY_LABEL, NULL},
    [WORD_ORGANISATION_TITLE] = {BIT(KIND_NONE) | BIT(KIND_BEFORE) | BIT(KIND_AFTER), VALUE_LABEL,
                                 NULL},
    [WORD_INSTITUTION] = {BIT(KIND_NONE) | BIT(KIND_COMMON), VALUE_LABEL, NULL},
    [WORD_PERSON] = {0, VALUE_LABEL, NULL},
    [WORD_GIVEN] = {BIT(KIND_NONE) | BIT(KIND_COMMON), VALUE_NONE, NULL},
    [WORD_SURNAME] = {BIT(KIND_NONE) | BIT(KIND_COMMON), VALUE_NONE, NULL},
    [WORD_PLACE] = {0, VALUE_WORD, "city country prison province"},
    [WORD_PLACE_HEAD] = {BIT(KIND_BEFORE) | BIT(KIND_AFTER), VALUE_NONE, NULL},
    [WORD_COMMON] = {0, VALUE_MAY_LABEL, NULL},
    [WORD_ENDING] = {BIT(KIND_NONE) | BIT(KIND_PARTICIPLE) | BIT(KIND_INTRANSITIVE) |
                         BIT(KIND_ACTIVE) | BIT(KIND_NOUN) | BIT(KIND_PREDICATE) | BIT(KIND_PERSON),
                     VALUE_NONE, NULL},
    [WORD_PARTICLE] = {0, VALUE_LABEL, NULL},
    [WORD_TERM] = {0, VALUE_WORD, "death life"},
    [WORD_CHARGE] = {0, VALUE_MAY_LABEL, NULL},
    [WORD_FIELD] = {0, VALUE_LABEL, NULL},
    [WORD_PENALTY] = {0, VALUE_WORD, "death life"},
};

static bool is_label_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

bool lexicon_is_label(struct str s)
{
    struct str other = STR("other:");
    if (str_starts(s, other))
        s = str_slice(s, other.len, s.len);
    for (size_t i = 0; i < s.len; i++)
        if (!is_label_letter(s.at[i]))
            return false;
    return s.len > 0;
}

static bool is_listed(const char *words, struct str value)
{
    struct str rest = str_of(words), word;
    while (str_cut(&rest, ' ', &word))
        if (str_equal(word, value))
            return true;
    return false;
}

static enum outcome check_value(const struct table *t, struct entry *entry, struct fault *why)
{
    struct str value = entry->value;
    enum figure_bound bound;
    switch (rules[entry->class].value) {
    case VALUE_NONE:
        return value.len ? table_refuse(t, why, "this class has no value:", value) : OK;
    case VALUE_MAY_LABEL:
        if (!value.len)
            return OK;
        __attribute__((fallthrough));
    case VALUE_LABEL:
        return lexicon_is_label(value) ? OK : table_refuse(t, why, "not a label:", value);
    case VALUE_COUNT:
        if (!str_to_int(value, &entry->number) || entry->number < 0)
            return table_refuse(t, why, "not a number:", value);
        return OK;
    case VALUE_BOUND:
        return figure_bound_read(value, &bound) ? OK : table_refuse(t, why, "not a bound:", value);
    case VALUE_WORD:
        return is_listed(rules[entry->class].words, value)
                   ? OK
                   : table_refuse(t, why, "no value of this class:", value);
    }
    bug("a class without a rule");
}

enum outcome lexicon_check_entry(const struct table *t, struct str kind, struct entry *entry,
                                 struct fault *why)
{
    uint32_t allowed = rules[entry->class].kinds;
    if (!((allowed ? allowed : BIT(KIND_NONE)) >> entry->kind & 1))
        return table_refuse(t, why, "no kind of this class:", kind);
    return check_value(t, entry, why);
}
