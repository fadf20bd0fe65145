#include "account/amnesty.h"

#include "account/case_history.h"
#include "base/table.h"
#include "text/edtf.h"

struct group_of_charges {
    struct str name, charges;
};

struct reading {
    struct table table;
    const struct case_rules *cases;
    struct arena *arena;
    struct amnesty *amnesty;
    struct group_of_charges *groups;
    size_t groups_count, groups_room, rules_room;
    bool has_kind, has_number, has_bound;
    int64_t number;
};

static const char *const kind_names[] = {"pardon", "reduction", "furlough"};

const char *amnesty_kind_name(enum amnesty_kind kind)
{
    return kind_names[kind];
}

/* ---- lists ---- */

static void list_add(struct reading *r, struct str **list, size_t *count, size_t *room,
                     struct str value)
{
    *list = arena_grow(r->arena, *list, *count, room, sizeof **list);
    (*list)[(*count)++] = value;
}

static bool charge_is_known(const struct reading *r, struct str id)
{
    for (size_t i = 0; i < r->cases->charges_count; i++)
        if (str_equal(r->cases->charges[i].id, id))
            return true;
    return false;
}

static const struct group_of_charges *group_named(const struct reading *r, struct str name)
{
    for (size_t i = 0; i < r->groups_count; i++)
        if (str_equal(r->groups[i].name, name))
            return &r->groups[i];
    return NULL;
}

static enum outcome charges_check(struct reading *r, struct str charges, struct fault *why)
{
    struct str charge;
    if (!charges.len)
        return table_refuse(&r->table, why, "no charges in", r->amnesty->id);
    while (str_cut(&charges, '|', &charge))
        if (!charge_is_known(r, charge))
            return table_refuse(&r->table, why, "no charge is called", charge);
    return OK;
}

/* ---- conditions ---- */

static const struct {
    const char *sign;
    enum term_relation relation;
} relations[] = {{"!=", TERM_IS_NOT}, {">=", TERM_AT_LEAST}, {"<=", TERM_AT_MOST},
                 {"=", TERM_IS},      {">", TERM_MORE},      {"<", TERM_LESS}};

/* The first sign in the term: where it begins and behind its end. */
static bool relation_find(struct str term, enum term_relation *out, size_t *begin, size_t *end)
{
    *begin = SIZE_MAX;
    for (size_t i = 0; i < COUNT_OF(relations); i++) {
        size_t at = str_find(term, str_of(relations[i].sign), 0);
        if (at >= *begin)
            continue;
        *begin = at;
        *end = at + strlen(relations[i].sign);
        *out = relations[i].relation;
    }
    return *begin != SIZE_MAX;
}

static enum outcome over_read(struct reading *r, struct str name, struct amnesty_term *term,
                              struct fault *why)
{
    if (str_equal(name, STR("charge")))
        term->over = TERM_CHARGE;
    else if (str_equal(name, STR("sentence")))
        term->over = TERM_SENTENCE;
    else if (str_equal(name, STR("event")))
        term->over = TERM_EVENT;
    else if (str_starts(name, STR("fact.")) && name.len > 5) {
        term->over = TERM_FACT;
        term->property = str_slice(name, 5, name.len);
    } else
        return table_refuse(&r->table, why, "a condition over", name);
    bool ordered = term->relation != TERM_IS && term->relation != TERM_IS_NOT;
    return ordered && term->over != TERM_SENTENCE
               ? table_refuse(&r->table, why, "only sentences are longer and shorter, not", name)
               : OK;
}

static bool sentence_is_one(struct str value)
{
    int64_t ignored;
    return str_equal(value, STR("death")) || str_equal(value, STR("life")) ||
           case_duration_add(value, 0, &ignored);
}

static enum outcome value_add(struct reading *r, struct amnesty_term *term, size_t *room,
                              struct str value, struct fault *why)
{
    const struct group_of_charges *group = NULL;
    if (!value.len)
        return table_refuse(&r->table, why, "an empty value in a condition over", term->property);
    if (term->over == TERM_SENTENCE && !sentence_is_one(value))
        return table_refuse(&r->table, why, "no sentence:", value);
    if (term->over == TERM_CHARGE && value.at[0] == '@') {
        group = group_named(r, str_slice(value, 1, value.len));
        if (!group)
            return table_refuse(&r->table, why, "no group above is called", value);
        struct str charges = group->charges, charge;
        while (str_cut(&charges, '|', &charge))
            list_add(r, &term->values, &term->values_count, room, charge);
        return OK;
    }
    if (term->over == TERM_CHARGE && !charge_is_known(r, value))
        return table_refuse(&r->table, why, "no charge is called", value);
    list_add(r, &term->values, &term->values_count, room, value);
    return OK;
}

static enum outcome term_read(struct reading *r, struct str text, struct amnesty_term *term,
                              struct fault *why)
{
    size_t begin, end = 0, room = 0;
    struct str value;
    *term = (struct amnesty_term){0};
    if (!relation_find(text, &term->relation, &begin, &end))
        return table_refuse(&r->table, why, "a condition without a sign:", text);
    enum outcome result = over_read(r, str_slice(text, 0, begin), term, why);
    struct str values = str_slice(text, end, text.len);
    if (result == OK && !values.len)
        return table_refuse(&r->table, why, "a condition without a value:", text);
    while (result == OK && str_cut(&values, '|', &value))
        result = value_add(r, term, &room, value, why);
    bool ordered = term->relation != TERM_IS && term->relation != TERM_IS_NOT;
    if (result == OK && ordered && term->values_count > 1)
        return table_refuse(&r->table, why, "longer or shorter than several:", text);
    return result;
}

static enum outcome rule_read(struct reading *r, const struct row *row, bool excludes,
                              struct fault *why)
{
    struct str rest = row->cells[1], silent = row->cells[2];
    struct amnesty_rule rule = {.excludes = excludes,
                                .words = row->cells[3],
                                .words_fa = row->cells[4],
                                .condition = row->cells[1],
                                .line = r->table.line};
    size_t room = 0;
    enum outcome result = OK;
    if (!rest.len || !rule.words.len)
        return table_refuse(&r->table, why, "a rule without a condition or words:", rest);
    rule.passes = str_equal(silent, STR("passes"));
    if (silent.len && !rule.passes)
        return table_refuse(&r->table, why, "silence is nothing or passes, not", silent);
    while (result == OK && rest.len) {
        size_t at = str_find(rest, STR(" & "), 0);
        struct str term = str_slice(rest, 0, at);
        rest = at == SIZE_MAX ? STR_NONE : str_slice(rest, at + 3, rest.len);
        rule.terms = arena_grow(r->arena, rule.terms, rule.terms_count, &room, sizeof *rule.terms);
        result = term_read(r, term, &rule.terms[rule.terms_count++], why);
    }
    struct amnesty *a = r->amnesty;
    a->rules = arena_grow(r->arena, a->rules, a->rules_count, &r->rules_room, sizeof *a->rules);
    a->rules[a->rules_count++] = rule;
    return result;
}

/* ---- what it is ---- */

static enum outcome kind_read(struct reading *r, struct str value, struct fault *why)
{
    for (size_t i = 0; i < COUNT_OF(kind_names); i++)
        if (str_equal(value, str_of(kind_names[i]))) {
            if (r->has_kind)
                return table_refuse(&r->table, why, "said twice:", STR("kind"));
            r->amnesty->kind = (enum amnesty_kind)i;
            r->has_kind = true;
            return OK;
        }
    return table_refuse(&r->table, why, "a kind is pardon, reduction or furlough, not", value);
}

static enum outcome date_read(struct reading *r, struct str value, struct fault *why)
{
    struct amnesty *a = r->amnesty;
    if (edtf_range(value, &a->first, &a->last, NULL) != OK || a->first == INT64_MIN ||
        a->last == INT64_MAX)
        return table_refuse(&r->table, why, "no date:", value);
    a->date = value;
    return OK;
}

static enum outcome reaches_read(struct reading *r, struct str value, struct fault *why)
{
    struct str state;
    size_t number, room = 0;
    while (str_cut(&value, '|', &state)) {
        if (!case_state_find(r->cases, state, &number) || number == CASE_UNKNOWN)
            return table_refuse(&r->table, why, "no state is called", state);
        list_add(r, &r->amnesty->reaches, &r->amnesty->reaches_count, &room, state);
    }
    return OK;
}

static enum outcome group_read_row(struct reading *r, const struct row *row, struct fault *why)
{
    struct group_of_charges group = {row->cells[1], row->cells[3]};
    if (!group.name.len || group_named(r, group.name))
        return table_refuse(&r->table, why, "a group without a name of its own:", group.name);
    r->groups =
        arena_grow(r->arena, r->groups, r->groups_count, &r->groups_room, sizeof *r->groups);
    r->groups[r->groups_count++] = group;
    return charges_check(r, group.charges, why);
}

static enum outcome text_read(struct reading *r, struct str *field, struct str value,
                              struct fault *why)
{
    if (field->len)
        return table_refuse(&r->table, why, "said twice:", value);
    *field = value;
    return OK;
}

static enum outcome row_read(struct reading *r, const struct row *row, struct fault *why)
{
    struct amnesty *a = r->amnesty;
    struct str rule = row->cells[0], value = row->cells[1];
    const struct {
        const char *name;
        struct str *field;
    } texts[] = {{"name_en", &a->name_en}, {"name_fa", &a->name_fa},
                 {"by", &a->by},           {"source", &a->source},
                 {"by_fa", &a->by_fa},     {"source_fa", &a->source_fa},
                 {"url", &a->url},         {"number_as_of", &a->number_as_of}};
    if (str_equal(rule, STR("excludes")) || str_equal(rule, STR("needs")))
        return rule_read(r, row, str_equal(rule, STR("excludes")), why);
    if (str_equal(rule, STR("group")))
        return group_read_row(r, row, why);
    if (!value.len)
        return table_refuse(&r->table, why, "a row without a value:", rule);
    for (size_t i = 0; i < COUNT_OF(texts); i++)
        if (str_equal(rule, str_of(texts[i].name)))
            return text_read(r, texts[i].field, value, why);
    if (str_equal(rule, STR("kind")))
        return kind_read(r, value, why);
    if (str_equal(rule, STR("date")))
        return a->date.len ? table_refuse(&r->table, why, "said twice:", rule)
                           : date_read(r, value, why);
    if (str_equal(rule, STR("reaches")))
        return a->reaches_count ? table_refuse(&r->table, why, "said twice:", rule)
                                : reaches_read(r, value, why);
    if (str_equal(rule, STR("number"))) {
        bool good = !r->has_number && str_to_int(value, &r->number) && r->number >= 0;
        r->has_number = true;
        return good ? OK : table_refuse(&r->table, why, "not a number, or a second one:", value);
    }
    if (str_equal(rule, STR("bound"))) {
        bool good = !r->has_bound && figure_bound_read(value, &a->number.bound) &&
                    a->number.bound != BOUND_RANGE;
        r->has_bound = true;
        return good ? OK : table_refuse(&r->table, why, "not a bound, or a second one:", value);
    }
    return table_refuse(&r->table, why, "no rule is called", rule);
}

static enum outcome number_finish(struct reading *r, struct fault *why)
{
    struct figure *f = &r->amnesty->number;
    f->low = f->high = COUNT_NONE;
    if (r->has_bound && !r->has_number)
        return table_refuse(&r->table, why, "a bound without a", STR("number"));
    if (!r->has_number)
        return OK;
    if (f->bound != BOUND_UP_TO)
        f->low = r->number;
    if (f->bound != BOUND_AT_LEAST && f->bound != BOUND_MORE_THAN)
        f->high = r->number;
    return OK;
}

static enum outcome finish(struct reading *r, struct fault *why)
{
    const struct amnesty *a = r->amnesty;
    const struct {
        const char *name;
        bool said;
    } required[] = {{"name_en", a->name_en.len > 0},
                    {"kind", r->has_kind},
                    {"date", a->date.len > 0},
                    {"source", a->source.len > 0}};
    for (size_t i = 0; i < COUNT_OF(required); i++)
        if (!required[i].said)
            return table_refuse(&r->table, why, "it does not say its", str_of(required[i].name));
    return number_finish(r, why);
}

static struct str id_of(const char *path)
{
    struct str id = str_of(path), part, rest = id;
    while (str_cut(&rest, '/', &part))
        id = part.len ? part : id;
    return str_ends(id, STR(".tsv")) ? str_slice(id, 0, id.len - 4) : id;
}

enum outcome amnesty_read(const struct data_file *file, bool outside,
                          const struct case_rules *cases, struct arena *arena, struct amnesty *out,
                          struct fault *why)
{
    static const char columns[] = "rule value silent words words_fa";
    struct reading r = {.cases = cases, .arena = arena, .amnesty = out};
    struct row row;
    bool more = true;
    *out = (struct amnesty){.id = id_of(file->path)};
    enum outcome result = outside ? table_open_outside(&r.table, file, columns, why)
                                  : table_open_file(&r.table, file, columns, why);
    while (result == OK && (result = table_next(&r.table, &row, &more, why)) == OK && more)
        result = row_read(&r, &row, why);
    return result == OK ? finish(&r, why) : result;
}

static int compare_dates(const void *left, const void *right)
{
    const struct amnesty *a = left, *b = right;
    if (a->first != b->first)
        return a->first < b->first ? -1 : 1;
    return str_compare(a->id, b->id);
}

enum outcome amnesties_known(const struct case_rules *cases, struct arena *arena,
                             struct amnesty **out, size_t *count, struct fault *why)
{
    enum outcome result = OK;
    size_t room = 0;
    *out = NULL;
    *count = 0;
    for (size_t i = 0; i < data_files_count && result == OK; i++) {
        if (!str_starts(str_of(data_files[i].path), STR("amnesties/")))
            continue;
        *out = arena_grow(arena, *out, *count, &room, sizeof **out);
        result = amnesty_read(&data_files[i], false, cases, arena, &(*out)[(*count)++], why);
    }
    if (*count)
        qsort(*out, *count, sizeof **out, compare_dates);
    return result;
}
