#include "case/case_rules.h"

#include <pthread.h>

#include "base/table.h"
#include "text/fold.h"

static const char states_header[] = "state kept clears final";
static const char events_header[] = "event detail does state after runs together";
static const char submission_header[] = "item form names field";
static const char charges_header[] = "charge en fa law penalty excluded checked forms";

struct str case_label(struct str event)
{
    struct str other = STR("other:");
    return str_starts(event, other) ? str_slice(event, other.len, event.len) : event;
}

struct str case_detail(const struct life_event *e, struct str name)
{
    for (size_t i = 0; i < e->details_count; i++)
        if (str_equal(e->details[i].name, name))
            return e->details[i].value;
    return STR_NONE;
}

bool case_state_find(const struct case_rules *rules, struct str name, size_t *out)
{
    for (*out = 0; *out < rules->states_count; ++*out)
        if (str_equal(rules->states[*out].name, name))
            return true;
    return false;
}

/* The place of the word in the list, its words joined by blanks, or SIZE_MAX. */
static size_t word_place(const char *words, struct str word)
{
    struct str rest = str_of(words), one;
    for (size_t i = 0; str_cut(&rest, ' ', &one); i++)
        if (str_equal(one, word))
            return i;
    return SIZE_MAX;
}

static enum outcome read_word(const struct table *t, const char *words, struct str cell,
                              size_t *out, struct fault *why)
{
    *out = word_place(words, cell);
    return *out == SIZE_MAX ? table_refuse(t, why, "no word for this column:", cell) : OK;
}

static enum outcome read_yes(const struct table *t, struct str cell, bool *out, struct fault *why)
{
    size_t word;
    enum outcome result = read_word(t, "no yes", cell, &word, why);
    *out = result == OK && word == 1;
    return result;
}

/* ---- states ---- */

static enum outcome read_state(struct table *t, const struct row *row, struct case_rules *rules,
                               struct fault *why)
{
    struct case_state *state = &rules->states[rules->states_count];
    size_t known, kept;
    if (rules->states_count == CASE_STATES)
        return table_refuse(t, why, "more states than there is room for:", row->cells[0]);
    if (!row->cells[0].len || case_state_find(rules, row->cells[0], &known))
        return table_refuse(t, why, "a state without a name, or named twice:", row->cells[0]);
    state->name = row->cells[0];
    enum outcome result = read_word(t, "- home prison", row->cells[1], &kept, why);
    state->kept = (enum case_keeping)kept;
    if (result == OK)
        result = read_yes(t, row->cells[2], &state->clears, why);
    if (result == OK)
        result = read_yes(t, row->cells[3], &state->final, why);
    rules->states_count++;
    return result;
}

/* ---- events ---- */

static enum outcome read_after(const struct table *t, struct str cell,
                               const struct case_rules *rules, uint32_t *out, struct fault *why)
{
    struct str name;
    size_t state;
    *out = 0;
    for (size_t i = 0; i < rules->states_count && (!cell.len || str_equal(cell, STR("*"))); i++)
        if (cell.len || !rules->states[i].final)
            *out |= UINT32_C(1) << i;
    if (*out)
        return OK;
    while (str_cut(&cell, '|', &name)) {
        if (!case_state_find(rules, name, &state))
            return table_refuse(t, why, "an unknown state", name);
        *out |= UINT32_C(1) << state;
    }
    return OK;
}

static enum outcome read_detail(const struct table *t, struct str cell, struct case_rule *rule,
                                struct fault *why)
{
    size_t sign = str_find(cell, STR("="), 0);
    if (!cell.len)
        return OK;
    if (!sign || sign == SIZE_MAX || sign + 1 == cell.len)
        return table_refuse(t, why, "not a detail and its value:", cell);
    rule->detail = str_slice(cell, 0, sign);
    rule->value = str_slice(cell, sign + 1, cell.len);
    return OK;
}

static enum outcome check_rule(const struct table *t, const struct row *row,
                               const struct case_rules *rules, const struct case_rule *rule,
                               struct fault *why)
{
    if (!rule->event.len || str_find(rule->event, STR(":"), 0) != SIZE_MAX)
        return table_refuse(t, why, "no label of an event:", rule->event);
    if ((rule->effect == EFFECT_NOTHING) == (row->cells[3].len > 0))
        return table_refuse(t, why,
                            "an effect without a state, or a state without one:", row->cells[2]);
    if (rule->effect == EFFECT_TURNS && !row->cells[4].len)
        return table_refuse(t, why, "what turns needs the states that it turns:", rule->event);
    for (size_t i = 0; i < rules->rules_count; i++)
        if (str_equal(rules->rules[i].event, rule->event) &&
            (!rules->rules[i].detail.len || (str_equal(rules->rules[i].detail, rule->detail) &&
                                             str_equal(rules->rules[i].value, rule->value))))
            return table_refuse(t, why, "a row above takes all of", rule->event);
    return OK;
}

static enum outcome read_rule(struct table *t, const struct row *row, struct case_rules *rules,
                              struct fault *why)
{
    struct case_rule rule = {.event = row->cells[0], .rank = rules->rules_count};
    size_t effect;
    enum outcome result = read_detail(t, row->cells[1], &rule, why);
    if (result == OK)
        result = read_word(t, "nothing begins holds turns", row->cells[2], &effect, why);
    if (result != OK)
        return result;
    rule.effect = (enum case_effect)effect;
    if (row->cells[3].len && !case_state_find(rules, row->cells[3], &rule.state))
        return table_refuse(t, why, "an unknown state", row->cells[3]);
    result = read_after(t, row->cells[4], rules, &rule.after, why);
    if (result == OK)
        result = read_yes(t, row->cells[5], &rule.runs, why);
    if (result == OK)
        result = read_yes(t, row->cells[6], &rule.together, why);
    if (result == OK)
        result = check_rule(t, row, rules, &rule, why);
    rules->rules[rules->rules_count++] = rule;
    return result;
}

static int compare_rules(const void *left, const void *right)
{
    const struct case_rule *a = left, *b = right;
    int order = str_compare(a->event, b->event);
    return order ? order : (a->rank > b->rank) - (a->rank < b->rank);
}

static bool value_fits(struct str pattern, struct str value)
{
    if (pattern.len && pattern.at[pattern.len - 1] == '*')
        return str_starts(value, str_slice(pattern, 0, pattern.len - 1));
    return str_equal(pattern, value);
}

const struct case_rule *case_rule_of(const struct case_rules *rules, const struct life_event *e)
{
    struct str event = case_label(e->event);
    size_t low = 0, high = rules->rules_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (str_compare(rules->rules[middle].event, event) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < rules->rules_count && str_equal(rules->rules[low].event, event); low++) {
        const struct case_rule *rule = &rules->rules[low];
        if (!rule->detail.len || value_fits(rule->value, case_detail(e, rule->detail)))
            return rule;
    }
    return NULL;
}

/* ---- what a submission needs, and charges ---- */

static enum outcome read_need(struct table *t, const struct row *row, struct case_rules *rules,
                              struct fault *why)
{
    struct case_need *need = &rules->needs[rules->needs_count++];
    size_t form = 0, field;
    *need =
        (struct case_need){.item = row->cells[0], .names = row->cells[2], .field = row->cells[3]};
    if (!need->item.len || !need->names.len)
        return table_refuse(t, why, "an item that nothing can give:", need->item);
    enum outcome result = read_word(t, "fact event detail", row->cells[1], &form, why);
    need->form = (enum case_need_form)form;
    if (result == OK && need->field.len && need->form != NEED_EVENT)
        return table_refuse(t, why, "only events have fields:", need->field);
    if (result == OK && need->field.len)
        result = read_word(t, "date place body", need->field, &field, why);
    return result;
}

static size_t count_forms(struct str bytes)
{
    size_t count = 1;
    for (size_t i = 0; i < bytes.len; i++)
        count += bytes.at[i] == '|' || bytes.at[i] == '\n' ? 3 : 0;
    return count;
}

static void add_form(struct case_rules *rules, struct arena *arena, struct str form)
{
    struct str folded = fold_text(arena, form);
    if (folded.len)
        rules->forms[rules->forms_count++] = (struct charge_form){folded, rules->charges_count};
}

/* "ir" of "country/ir/charges.tsv" */
static struct str country_of(const char *path)
{
    struct str rest = str_of(path), folder = STR_NONE, part;
    while (str_cut(&rest, '/', &part) && rest.len)
        folder = part;
    return folder;
}

static enum outcome read_charge(struct table *t, const struct row *row, struct arena *arena,
                                struct case_rules *rules, struct fault *why)
{
    struct charge_law *charge = &rules->charges[rules->charges_count];
    struct str forms = row->cells[7], form;
    *charge = (struct charge_law){.id = row->cells[0],
                                  .english = row->cells[1],
                                  .persian = row->cells[2],
                                  .law = row->cells[3],
                                  .penalty = row->cells[4]};
    charge->country = country_of(t->file->path);
    if (!charge->id.len || !charge->english.len)
        return table_refuse(t, why, "a charge without a name:", charge->id);
    for (size_t i = 0; i < rules->charges_count; i++)
        if (str_equal(rules->charges[i].id, charge->id))
            return table_refuse(t, why, "a charge named twice:", charge->id);
    add_form(rules, arena, charge->english);
    add_form(rules, arena, charge->persian);
    while (str_cut(&forms, '|', &form))
        add_form(rules, arena, form);
    rules->charges_count++;
    return read_yes(t, row->cells[6], &charge->checked, why);
}

static int compare_forms(const void *left, const void *right)
{
    const struct charge_form *a = left, *b = right;
    if (a->folded.len != b->folded.len)
        return a->folded.len > b->folded.len ? -1 : 1;
    int order = str_compare(a->folded, b->folded);
    return order ? order : (a->charge > b->charge) - (a->charge < b->charge);
}

static bool is_inner(struct str text, size_t at)
{
    return at < text.len &&
           ((unsigned char)text.at[at] >= 0x80 || (text.at[at] >= 'a' && text.at[at] <= 'z') ||
            (text.at[at] >= '0' && text.at[at] <= '9'));
}

/* The first place at or behind `from` where the form stands as whole words, or SIZE_MAX. */
static size_t find_words(struct str text, struct str form, size_t from)
{
    for (size_t at = from; (at = str_find(text, form, at)) != SIZE_MAX; at++)
        if ((!at || !is_inner(text, at - 1)) && !is_inner(text, at + form.len))
            return at;
    return SIZE_MAX;
}

struct charge_place {
    size_t from, to, charge;
};

static int compare_places(const void *left, const void *right)
{
    const struct charge_place *a = left, *b = right;
    if (a->from != b->from)
        return a->from > b->from ? 1 : -1;
    return (a->charge > b->charge) - (a->charge < b->charge);
}

/* by another form, or the same one in the same country */
static bool is_taken(const struct case_rules *rules, const struct charge_place *places,
                     size_t count, struct charge_place at)
{
    struct str country = rules->charges[at.charge].country;
    for (size_t i = 0; i < count; i++) {
        const struct charge_place *p = &places[i];
        bool same = at.from == p->from && at.to == p->to;
        bool abroad = !str_equal(country, rules->charges[p->charge].country);
        if (at.from < p->to && at.to > p->from && !(same && abroad))
            return true;
    }
    return false;
}

enum { CHARGE_PLACES = 64 };

static size_t find_charges(const struct case_rules *rules, struct str text,
                           struct charge_place places[CHARGE_PLACES])
{
    size_t count = 0;
    for (size_t i = 0; i < rules->forms_count; i++) {
        struct str form = rules->forms[i].folded;
        for (size_t at = 0; (at = find_words(text, form, at)) != SIZE_MAX; at++) {
            struct charge_place place = {at, at + form.len, rules->forms[i].charge};
            if (count < CHARGE_PLACES && !is_taken(rules, places, count, place))
                places[count++] = place;
        }
    }
    qsort(places, count, sizeof *places, compare_places);
    return count;
}

size_t case_charges(const struct case_rules *rules, struct arena *arena, struct str text,
                    const struct charge_law **out, size_t room)
{
    struct charge_place places[CHARGE_PLACES];
    size_t count = 0, found = find_charges(rules, fold_text(arena, text), places);
    for (size_t i = 0; i < found && count < room; i++) {
        const struct charge_law *charge = &rules->charges[places[i].charge];
        size_t known = 0;
        while (known < count && out[known] != charge)
            known++;
        if (known == count)
            out[count++] = charge;
    }
    return count;
}

/* ---- all of them ---- */

static size_t count_lines(const struct data_file *file)
{
    size_t lines = 1;
    for (size_t i = 0; i < file->bytes.len; i++)
        lines += file->bytes.at[i] == '\n';
    return lines;
}

enum table_kind { TABLE_STATES, TABLE_EVENTS, TABLE_SUBMISSION, TABLE_CHARGES };

static enum outcome read_row(enum table_kind kind, struct table *t, const struct row *row,
                             struct arena *arena, struct case_rules *rules, struct fault *why)
{
    switch (kind) {
    case TABLE_STATES:
        return read_state(t, row, rules, why);
    case TABLE_EVENTS:
        return read_rule(t, row, rules, why);
    case TABLE_SUBMISSION:
        return read_need(t, row, rules, why);
    case TABLE_CHARGES:
        return read_charge(t, row, arena, rules, why);
    }
    bug("a table of no kind");
}

static enum outcome read_rows(enum table_kind kind, const struct data_file *file,
                              const char *header, struct arena *arena, struct case_rules *rules,
                              struct fault *why)
{
    struct table table;
    struct row row;
    bool more = true;
    enum outcome result = table_open_file(&table, file, header, why);
    while (result == OK && (result = table_next(&table, &row, &more, why)) == OK && more)
        result = read_row(kind, &table, &row, arena, rules, why);
    return result;
}

enum outcome case_rules_read(const struct case_files *files, struct arena *arena,
                             struct case_rules *rules, struct fault *why)
{
    *rules = (struct case_rules){0};
    rules->rules = arena_alloc(arena, count_lines(files->events) * sizeof *rules->rules);
    rules->needs = arena_alloc(arena, count_lines(files->submission) * sizeof *rules->needs);
    enum outcome result = read_rows(TABLE_STATES, files->states, states_header, arena, rules, why);
    if (result == OK && !rules->states_count)
        result = refuse(why, REFUSED, "data/%s has no state", files->states->path);
    if (result == OK)
        result = read_rows(TABLE_EVENTS, files->events, events_header, arena, rules, why);
    if (result == OK)
        result =
            read_rows(TABLE_SUBMISSION, files->submission, submission_header, arena, rules, why);
    if (rules->rules_count)
        qsort(rules->rules, rules->rules_count, sizeof *rules->rules, compare_rules);
    size_t lines = 1, forms = 1;
    for (size_t i = 0; i < files->charges_count; i++) {
        lines += count_lines(files->charges[i]);
        forms += count_forms(files->charges[i]->bytes);
    }
    rules->charges = arena_alloc(arena, lines * sizeof *rules->charges);
    rules->forms = arena_alloc(arena, forms * sizeof *rules->forms);
    for (size_t i = 0; i < files->charges_count && result == OK; i++)
        result = read_rows(TABLE_CHARGES, files->charges[i], charges_header, arena, rules, why);
    if (rules->forms_count)
        qsort(rules->forms, rules->forms_count, sizeof *rules->forms, compare_forms);
    return result;
}

static const struct data_file **find_charges_files(struct arena *arena, size_t *count)
{
    const struct data_file **out = arena_alloc(arena, data_files_count * sizeof(void *));
    *count = 0;
    for (size_t i = 0; i < data_files_count; i++) {
        struct str path = str_of(data_files[i].path);
        if (str_starts(path, STR("country/")) && str_ends(path, STR("/charges.tsv")))
            out[(*count)++] = &data_files[i];
    }
    return out;
}

enum outcome case_rules_new(struct arena *arena, const struct case_rules **out, struct fault *why)
{
    struct case_rules *rules = arena_alloc(arena, sizeof *rules);
    struct case_files files = {.states = data_find("case/states.tsv"),
                               .events = data_find("case/events.tsv"),
                               .submission = data_find("case/submission.tsv")};
    files.charges = find_charges_files(arena, &files.charges_count);
    *out = rules;
    if (!files.states || !files.events || !files.submission)
        return refuse(why, NOT_FOUND, "a table of data/case is missing");
    return case_rules_read(&files, arena, rules, why);
}

static pthread_once_t known_read = PTHREAD_ONCE_INIT;
static struct arena known_arena;
static const struct case_rules *known;
static enum outcome known_result;
static struct fault known_why;

static void read_known(void)
{
    arena_init(&known_arena);
    known_result = case_rules_new(&known_arena, &known, &known_why);
}

enum outcome case_rules_known(const struct case_rules **out, struct fault *why)
{
    pthread_once(&known_read, read_known);
    *out = known;
    if (known_result != OK && why)
        *why = known_why;
    return known_result;
}
