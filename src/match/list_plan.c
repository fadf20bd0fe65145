#include "match/list_int.h"

static const struct {
    enum field field;
    enum measure measure;
    bool shared;
} evidence[] = {
    {FIELD_GENDER, MEASURE_SORT, false},    {FIELD_AGE, MEASURE_AGE, false},
    {FIELD_DATE, MEASURE_DATE, false},      {FIELD_PLACE, MEASURE_TEXT, true},
    {FIELD_REGION, MEASURE_TEXT, true},     {FIELD_POSTCODE, MEASURE_CODE, true},
    {FIELD_ADDRESS, MEASURE_TEXT, true},    {FIELD_NUMBER, MEASURE_CODE, true},
    {FIELD_OCCUPATION, MEASURE_TEXT, true}, {FIELD_GROUP, MEASURE_TEXT, true},
    {FIELD_TEXT, MEASURE_TEXT, false},      {FIELD_IDENTIFIER, MEASURE_CODE, false},
    {FIELD_PHONE, MEASURE_CODE, true},      {FIELD_EMAIL, MEASURE_CODE, false},
};

size_t list_plan_known(const struct csv_row *row)
{
    size_t known = 0;
    for (size_t i = 0; i < row->count; i++) {
        enum field field;
        known += field_of_heading(row->fields[i], &field, NULL) == OK && field != FIELD_NONE;
    }
    return known;
}

/* the field that --fields gives a heading; FIELDS when it says nothing of it */
static enum outcome wished(struct str fields, struct str heading, enum field *out,
                           struct fault *why)
{
    struct str pair;
    *out = FIELDS;
    while (str_cut(&fields, ',', &pair)) {
        size_t at = str_find(pair, STR("="), 0);
        struct str name = str_trim(str_slice(pair, 0, at));
        struct str kind = at == SIZE_MAX ? STR_NONE : str_trim(str_slice(pair, at + 1, pair.len));
        if (!str_equal(name, heading))
            continue;
        if (!field_named(kind, out))
            return refuse(why, REFUSED, "--fields: \"%.*s\" is no kind of field", STR_ARG(kind));
        return OK;
    }
    return OK;
}

static enum outcome wishes_check(const struct list_plan *plan, struct str fields, struct fault *why)
{
    struct str pair;
    while (str_cut(&fields, ',', &pair)) {
        struct str name = str_trim(str_slice(pair, 0, str_find(pair, STR("="), 0)));
        bool found = false;
        for (size_t i = 0; i < plan->columns; i++)
            found = found || str_equal(plan->headings[i], name);
        if (!found)
            return refuse(why, REFUSED, "row 1: --fields names \"%.*s\", which is no column",
                          STR_ARG(name));
    }
    return OK;
}

static enum outcome columns_recognise(struct list_plan *plan, const struct csv_row *heading,
                                      const struct list_wishes *wishes, struct fault *why)
{
    plan->columns = heading->count;
    plan->id = NO_COLUMN;
    for (size_t i = 0; i < heading->count; i++) {
        enum field field;
        plan->headings[i] = heading->fields[i];
        plan->features[i] = NO_COLUMN;
        enum outcome outcome = wished(wishes->fields, heading->fields[i], &field, why);
        if (!outcome && field == FIELDS)
            outcome = field_of_heading(heading->fields[i], &field, why);
        if (outcome)
            return outcome;
        plan->fields[i] = field;
        bool is_id = wishes->id.len ? str_equal(heading->fields[i], wishes->id) : field == FIELD_ID;
        if (is_id && plan->id == NO_COLUMN)
            plan->id = (int)i;
        if (is_id || field == FIELD_ID)
            plan->fields[i] = FIELD_NONE;
    }
    if (wishes->id.len && plan->id == NO_COLUMN)
        return refuse(why, NOT_FOUND, "row 1: no column is called \"%.*s\"", STR_ARG(wishes->id));
    return wishes_check(plan, wishes->fields, why);
}

static bool has_field(const struct list_plan *plan, enum field field)
{
    for (size_t i = 0; i < plan->columns; i++)
        if (plan->fields[i] == field)
            return true;
    return false;
}

/* The feature of a field, new where there is none and the list has no records. */
static int feature_of(struct list *list, enum field field, size_t order, struct str heading)
{
    for (size_t i = FEATURE_REST; i < list->features_count; i++)
        if (list->features[i].field == field && list->features[i].order == order)
            return (int)i;
    if (list->features_count == LIST_FEATURES || list->records)
        return NO_COLUMN;
    for (size_t i = 0; i < COUNT_OF(evidence); i++) {
        if (evidence[i].field != field)
            continue;
        struct feature *f = &list->features[list->features_count];
        *f = (struct feature){.field = field,
                              .order = order,
                              .measure = evidence[i].measure,
                              .shared = evidence[i].shared,
                              .values = &list->values[list->features_count]};
        for (size_t k = FEATURE_REST; k < list->features_count && order; k++)
            if (list->features[k].field == field)
                f->values = list->features[k].values;
        snprintf(f->name, sizeof f->name, "%.*s", STR_ARG(heading));
        return (int)list->features_count++;
    }
    return NO_COLUMN;
}

static bool is_evidence(enum field field)
{
    for (size_t i = 0; i < COUNT_OF(evidence); i++)
        if (evidence[i].field == field)
            return true;
    return false;
}

static void features_give(struct list *list, struct list_plan *plan)
{
    for (size_t i = 0; i < plan->columns; i++) {
        size_t order = 0;
        enum field field = plan->fields[i];
        for (size_t k = 0; k < i; k++)
            order += plan->fields[k] == field;
        if (field == FIELD_NONE)
            continue;
        plan->features[i] = feature_of(list, field, order, plan->headings[i]);
        /* no room, or a list before this one was read without it */
        if (plan->features[i] == NO_COLUMN && is_evidence(field))
            plan->fields[i] = FIELD_NONE;
    }
    plan->features_count = list->features_count;
}

static void say_columns(struct list *list, const struct list_plan *plan)
{
    struct buf used, unused;
    buf_init(&used, 1 << 16);
    buf_init(&unused, 1 << 16);
    for (size_t i = 0; i < plan->columns; i++) {
        bool is_used = plan->fields[i] != FIELD_NONE || (int)i == plan->id;
        struct buf *to = is_used ? &used : &unused;
        buf_print(to, "%s%.*s", to->len ? ", " : "", STR_ARG(plan->headings[i]));
        if (is_used)
            buf_print(to, " is %s", (int)i == plan->id ? "id" : field_name(plan->fields[i]));
    }
    list_note(list, "columns: %.*s", STR_ARG(buf_str(&used)));
    if (unused.len)
        list_note(list, "left alone: %.*s", STR_ARG(buf_str(&unused)));
    if (plan->id == NO_COLUMN)
        list_note(list, "no column of ids: a record is called by its row's number");
    buf_release(&used);
    buf_release(&unused);
}

enum outcome list_plan_make(struct list *list, struct list_plan *plan,
                            const struct csv_row *heading, const struct list_wishes *wishes,
                            struct fault *why)
{
    memset(plan, 0, sizeof *plan);
    enum outcome outcome = columns_recognise(plan, heading, wishes, why);
    if (outcome)
        return outcome;
    bool parts = has_field(plan, FIELD_GIVEN_NAME) || has_field(plan, FIELD_FAMILY_NAME);
    bool full = has_field(plan, FIELD_FULL_NAME);
    if (!parts && !full)
        return refuse(why, REFUSED,
                      "row 1: no column is known to hold names; say which does, as in "
                      "--fields '%.*s=full_name'",
                      STR_ARG(plan->headings[0]));
    plan->full_beside_parts = full && parts;
    features_give(list, plan);
    say_columns(list, plan);
    return OK;
}
