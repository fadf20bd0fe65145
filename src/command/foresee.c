#include "command/foresee.h"

#include "account/arrivals.h"
#include "command/list.h"
#include "command/person_print.h"
#include "text/place.h"

enum { SHOWN_MOST = 40, LINE_LIMIT = 64 * 1024 };

struct foresight {
    struct session *session;
    const char *path;
    const struct intake_result *found;
    struct arena *arena;
    bool is_list;
    struct reading reading;
    struct arrivals arrivals;
    struct text_place place; /* at byte `placed`, and moved on from there */
    size_t placed;
};

static size_t count_of(const struct foresight *f, enum statement_form form)
{
    size_t count = 0;
    for (size_t i = 0; i < f->reading.proposals_count; i++)
        count += f->reading.proposals[i].statement.form == form;
    return count;
}

/* the row, from 1, and the sheet, which only spreadsheets have; bearers stand in order */
static struct text_place place_of(struct foresight *f, const struct bearer *b)
{
    size_t at = b->named.mentions[0].at.from;
    if (at < f->placed) {
        f->place = (struct text_place){0};
        f->placed = 0;
    }
    text_place_move(&f->place, f->found->text, f->placed, at);
    f->placed = at;
    struct text_place place = f->place;
    if (text_parts_of(f->found->extractor) == PARTS_ROWS) {
        place.name = STR_NONE;
        place.line++;
    }
    return place;
}

static struct str conflict_words(const struct foresight *f, const struct arrival_conflict *c)
{
    if (c->doubt.a)
        return doubt_words(f->arena, &c->doubt);
    return arena_print(f->arena, "%.*s %.*s, on record %.*s", STR_ARG(c->property),
                       STR_ARG(c->ours), STR_ARG(c->here));
}

static struct str document_of(const struct statement_view *v)
{
    return list_document(v->document_title, v->document_name);
}

/* ---- for people ---- */

static void place_show(struct foresight *f, const struct bearer *b, struct buf *line)
{
    if (!f->is_list)
        return;
    struct text_place place = place_of(f, b);
    if (place.name.len) {
        list_text(line, place.name);
        buf_add_byte(line, ' ');
    }
    buf_print(line, "row %zu: ", place.line);
}

static void arrival_show(struct foresight *f, const struct arrival *a)
{
    struct buf line;
    buf_init(&line, LINE_LIMIT);
    buf_add_text(&line, a->conflicts_count ? "  ≠ " : "  ○ ");
    place_show(f, a->bearer, &line);
    list_text(&line, a->bearer->named.name);
    for (size_t i = 0; i < a->known_count; i++) {
        buf_add_text(&line, i ? ", " : ", probably ");
        list_text(&line, a->known[i]->named.name);
        buf_add_text(&line, " in ");
        list_text(&line, list_document(a->known[i]->document_title, a->known[i]->document_name));
    }
    for (size_t i = 0; i < a->conflicts_count; i++) {
        const struct arrival_conflict *c = &a->conflicts[i];
        buf_add_text(&line, "\n      ");
        list_text(&line, conflict_words(f, c));
        buf_add_text(&line, " (");
        list_text(&line, document_of(c->here_view));
        buf_add_byte(&line, ')');
    }
    printf("%.*s\n", STR_ARG(buf_str(&line)));
    buf_release(&line);
}

static void arrivals_show(struct foresight *f, bool conflicting)
{
    size_t shown = 0, left = 0;
    for (size_t i = 0; i < f->arrivals.count; i++) {
        const struct arrival *a = &f->arrivals.at[i];
        if (!a->known_count || (a->conflicts_count > 0) != conflicting)
            continue;
        if (shown == SHOWN_MOST)
            left++;
        else
            arrival_show(f, a);
        shown += shown < SHOWN_MOST;
    }
    if (left)
        printf("    and %zu more; --json names all\n", left);
}

static void print(struct foresight *f)
{
    struct buf name;
    buf_init(&name, LINE_LIMIT);
    show(&name, str_of(f->path));
    printf("%s%.*s%s would be added: %zu figures, %zu events, %zu facts proposed\n",
           paint(PAINT_BOLD), STR_ARG(buf_str(&name)), paint(PAINT_NONE), count_of(f, FORM_FIGURE),
           count_of(f, FORM_LIFE_EVENT), count_of(f, FORM_FACT));
    printf("  people: %zu new, %zu probably on record, %zu in conflict with it\n", f->arrivals.new,
           f->arrivals.matched, f->arrivals.conflicting);
    arrivals_show(f, true);
    arrivals_show(f, false);
    buf_release(&name);
    if (f->is_list)
        columns_print(f->path, f->found->text);
}

/* ---- for programs ---- */

static json_t *known_json(const struct arrival *a)
{
    json_t *out = json_array();
    for (size_t i = 0; i < a->known_count; i++) {
        json_t *one = json_object();
        struct hash id = bearer_address(a->known[i]);
        list_json_id(one, "id", &id);
        json_put(one, "name", a->known[i]->named.name);
        list_json_id(one, "document", &a->known[i]->document);
        json_append(out, one);
    }
    return out;
}

static json_t *conflicts_json(const struct foresight *f, const struct arrival *a)
{
    json_t *out = json_array();
    for (size_t i = 0; i < a->conflicts_count; i++) {
        json_t *one = json_object();
        json_put(one, "why", conflict_words(f, &a->conflicts[i]));
        list_json_id(one, "statement", &a->conflicts[i].here_view->id);
        json_append(out, one);
    }
    return out;
}

static json_t *person_of(struct foresight *f, const struct arrival *a)
{
    json_t *out = json_object();
    json_put(out, "name", a->bearer->named.name);
    json_put(out, "status",
             !a->known_count      ? STR("new")
             : a->conflicts_count ? STR("conflict")
                                  : STR("probable"));
    if (f->is_list) {
        struct text_place place = place_of(f, a->bearer);
        json_put(out, "sheet", place.name);
        json_put_int(out, "row", (int64_t)place.line);
    }
    json_put_new(out, "probably", known_json(a));
    json_put_new(out, "conflicts", conflicts_json(f, a));
    return out;
}

static void print_line(struct foresight *f)
{
    json_t *line = json_object(), *proposals = json_object(), *people = json_array();
    for (int form = FORM_FIGURE; form <= FORM_FACT; form++)
        json_put_int(proposals, statement_form_name((enum statement_form)form),
                     (int64_t)count_of(f, (enum statement_form)form));
    for (size_t i = 0; i < f->arrivals.count; i++)
        json_append(people, person_of(f, &f->arrivals.at[i]));
    json_put(line, "file", str_of(f->path));
    json_put(line, "status", STR("would_add"));
    json_put(line, "doubt", f->found->doubt);
    json_put_new(line, "proposals", proposals);
    json_put_int(line, "new", (int64_t)f->arrivals.new);
    json_put_int(line, "probable", (int64_t)f->arrivals.matched);
    json_put_int(line, "conflicting", (int64_t)f->arrivals.conflicting);
    json_put_new(line, "people", people);
    if (f->is_list)
        json_put_new(line, "tables", columns_json(f->found->text));
    json_t *doubted = json_array();
    for (size_t i = 0; i < f->reading.findings_count; i++) {
        const struct finding *finding = &f->reading.findings[i];
        struct column_doubt doubt = {
            str_slice(f->found->text, finding->quote.from, finding->quote.to), *finding};
        if (columns_are_doubted(finding))
            json_append(doubted, columns_doubt_json(&doubt));
    }
    json_put_new(line, "suspected", doubted);
    print_json(line);
}

static void doubts_print(struct foresight *f)
{
    for (size_t i = 0; i < f->reading.findings_count; i++) {
        const struct finding *finding = &f->reading.findings[i];
        struct column_doubt doubt = {
            str_slice(f->found->text, finding->quote.from, finding->quote.to), *finding};
        if (columns_are_doubted(finding))
            columns_doubt_print(f->path, &doubt);
    }
}

void foresee(struct session *s, const char *path, const struct intake_result *found)
{
    struct arena arena;
    struct fault why;
    const struct reader *reader = reader_of_store()->context;
    struct foresight f = {.session = s,
                          .path = path,
                          .found = found,
                          .arena = &arena,
                          .is_list = columns_may_be(found)};
    arena_init(&arena);
    reader_read(reader, found->text, &found->facts, &arena, &f.reading);
    struct arriving in = {found->text,
                          str_of(path),
                          &found->facts,
                          f.reading.proposals,
                          f.reading.proposals_count,
                          f.reading.entries,
                          f.reading.entries_count};
    if (arrivals_read(s->archive, reader, &in, &arena, &f.arrivals, &why) != OK)
        die(status_of(why.code), "%s", why.text);
    if (s->json)
        print_line(&f);
    else
        print(&f);
    doubts_print(&f);
    arena_release(&arena);
}
