#include "case/agenda.h"

#include "case/rule_cells_int.h"

static const char calendar_header[] = "item kind event after while ends basis";
static const char basis_header[] = "basis english persian";

static enum outcome read_kind(const struct table *t, struct str cell, enum agenda_kind *out,
                              struct fault *why)
{
    static const char *const kinds[] = {"on", "due", "day", "anniversary", "until", "term"};
    for (size_t i = 0; i < COUNT_OF(kinds); i++)
        if (str_equal(cell, str_of(kinds[i]))) {
            *out = (enum agenda_kind)i;
            return OK;
        }
    return table_refuse(t, why, "an unknown kind", cell);
}

static bool takes_time(enum agenda_kind kind)
{
    return kind == EXPECTED_DUE || kind == EXPECTED_DAY || kind == EXPECTED_ANNIVERSARY;
}

static enum outcome find_basis(const struct table *t, struct str name,
                               const struct agenda_rules *rules, const struct agenda_basis **out,
                               struct fault *why)
{
    *out = NULL;
    for (size_t i = 0; i < rules->bases_count; i++)
        if (str_equal(rules->bases[i].name, name))
            *out = &rules->bases[i];
    return *out || !name.len ? OK : table_refuse(t, why, "an unknown basis", name);
}

static enum outcome read_rule(const struct table *t, const struct str *cells,
                              const struct case_rules *rules, const struct agenda_rules *known,
                              struct agenda_rule *out, struct fault *why)
{
    int64_t day;
    *out = (struct agenda_rule){
        .item = cells[0], .event = cells[2], .after = cells[3], .ends = cells[5]};
    if (!out->item.len)
        return table_refuse(t, why, "an item without a name, of", out->event);
    enum outcome result = read_kind(t, cells[1], &out->kind, why);
    if (result == OK && takes_time(out->kind) != case_duration_add(out->after, 0, &day))
        result = table_refuse(t, why, "no duration, or one that is not asked for:", out->after);
    if (result == OK && !rule_event_is_known(rules, out->event))
        result = table_refuse(t, why, "an event that data/case does not have:", out->event);
    if (result == OK)
        result = rule_events_check(t, out->ends, rules, why);
    if (result == OK)
        result = find_basis(t, cells[6], known, &out->basis, why);
    return result == OK ? rule_states_read(t, cells[4], rules, &out->states, why) : result;
}

static enum outcome read_bases(const struct data_file *file, struct arena *arena,
                               struct agenda_rules *out, struct fault *why)
{
    struct table table;
    struct row row;
    bool more = true;
    size_t room = 0;
    enum outcome result = table_open_file(&table, file, basis_header, why);
    while (result == OK && (result = table_next(&table, &row, &more, why)) == OK && more) {
        out->bases = arena_grow(arena, out->bases, out->bases_count, &room, sizeof *out->bases);
        out->bases[out->bases_count++] =
            (struct agenda_basis){row.cells[0], row.cells[1], row.cells[2]};
    }
    return result;
}

enum outcome agenda_rules_read(const struct data_file *calendar, const struct data_file *basis,
                               const struct case_rules *rules, struct arena *arena,
                               struct agenda_rules *out, struct fault *why)
{
    struct table table;
    struct row row;
    bool more = true;
    size_t room = 0;
    *out = (struct agenda_rules){0};
    enum outcome result = read_bases(basis, arena, out, why);
    if (result == OK)
        result = table_open_file(&table, calendar, calendar_header, why);
    while (result == OK && (result = table_next(&table, &row, &more, why)) == OK && more) {
        out->at = arena_grow(arena, out->at, out->count, &room, sizeof *out->at);
        result = read_rule(&table, row.cells, rules, out, &out->at[out->count++], why);
    }
    return result;
}

enum outcome agenda_rules_new(const struct case_rules *rules, struct arena *arena,
                              struct agenda_rules *out, struct fault *why)
{
    const struct data_file *calendar = data_find("calendar/calendar.tsv");
    const struct data_file *basis = data_find("calendar/basis.tsv");
    if (!calendar || !basis)
        return refuse(why, NOT_FOUND, "a table of data/calendar is missing");
    return agenda_rules_read(calendar, basis, rules, arena, out, why);
}
