#include "command/columns.h"

#include "account/finding_words.h"
#include "base/file.h"
#include "store/page.h"
#include "text/place.h"

enum { MAP_FILE_LIMIT = 1 << 20, MAP_DIGITS = 3, MAPS_MOST = 999, SHOWN_LIMIT = 64 * 1024 };

static const struct reader *reader_here(void)
{
    return reader_of_store()->context;
}

/* ---- --map ---- */

void columns_init(struct columns *c)
{
    *c = (struct columns){0};
    arena_init(&c->arena);
}

void columns_release(struct columns *c)
{
    arena_release(&c->arena);
    *c = (struct columns){0};
}

_Noreturn static void die_of_field(struct str field)
{
    size_t count;
    const struct str *fields = reader_fields(reader_here(), &count);
    struct buf words, shown;
    buf_init(&words, SHOWN_LIMIT);
    buf_init(&shown, SHOWN_LIMIT);
    show(&shown, field);
    for (size_t i = 0; i < count; i++)
        buf_print(&words, "%s%.*s", i ? ", " : "", STR_ARG(fields[i]));
    die(EXIT_USAGE, "--map: no field \"%.*s\"; there are: %.*s, and - for none",
        STR_ARG(buf_str(&shown)), STR_ARG(buf_str(&words)));
}

static void pair_take(struct columns *c, struct str column, struct str field)
{
    column = str_trim(column);
    field = str_trim(field);
    if (!column.len || !field.len)
        die(EXIT_USAGE, "--map takes COLUMN=FIELD, with a comma between two of them, or a file");
    struct str known =
        str_equal(field, STR("-")) ? field : reader_field(reader_here(), field, &c->arena);
    if (!known.len)
        die_of_field(field);
    c->at = arena_grow(&c->arena, c->at, c->count, &c->room, sizeof *c->at);
    c->at[c->count++] = (struct column_said){column, known};
}

/* up to a mark that has no backslash before it; *rest begins behind the mark */
static struct str cut_part(struct arena *arena, struct str *rest, char mark, bool *found)
{
    char *out = arena_room(arena, rest->len + 1);
    size_t len = 0, i = 0;
    for (; i < rest->len && rest->at[i] != mark; i++) {
        bool escape = rest->at[i] == '\\' && i + 1 < rest->len;
        i += escape;
        out[len++] = rest->at[i];
    }
    *found = i < rest->len;
    *rest = str_slice(*rest, i + *found, rest->len);
    return (struct str){out, len};
}

static void pairs_take(struct columns *c, struct str pairs, char between)
{
    for (bool more = pairs.len > 0; more;) {
        bool equals;
        struct str column = cut_part(&c->arena, &pairs, '=', &equals);
        struct str field = cut_part(&c->arena, &pairs, between, &more);
        if (equals || str_trim(column).len)
            pair_take(c, column, field);
        more = more && str_trim(pairs).len;
    }
}

void columns_take(struct columns *c, const char *value)
{
    struct buf text;
    struct fault why;
    if (strchr(value, '=')) {
        pairs_take(c, str_of(value), ',');
        return;
    }
    buf_init(&text, MAP_FILE_LIMIT);
    if (file_read(value, MAP_FILE_LIMIT, &text, &why) != OK)
        die(EXIT_USAGE, "--map: %s: %s", value, why.text);
    pairs_take(c, arena_copy(&c->arena, buf_str(&text)), '\n');
    buf_release(&text);
    if (!c->count)
        die(EXIT_USAGE, "--map: %s: no line COLUMN=FIELD", value);
}

bool columns_may_be(const struct intake_result *found)
{
    enum text_parts parts = text_parts_of(found->extractor);
    return parts == PARTS_ROWS || parts == PARTS_SHEETS;
}

static void name_write(struct buf *out, struct str name)
{
    for (size_t i = 0; i < name.len; i++) {
        if (strchr(",=\\", name.at[i]))
            buf_add_byte(out, '\\');
        buf_add_byte(out, name.at[i]);
    }
}

static struct str mapping_words(const struct columns *c, struct arena *arena)
{
    struct buf out;
    buf_init(&out, MAP_FILE_LIMIT);
    for (size_t i = 0; i < c->count; i++) {
        if (i)
            buf_add_byte(&out, ',');
        name_write(&out, c->at[i].column);
        buf_add_byte(&out, '=');
        buf_add(&out, c->at[i].field);
    }
    struct str words = arena_copy(arena, buf_str(&out));
    buf_release(&out);
    return words;
}

/* the number of the mapping that the bytes are read by, and what it says; 0: none */
static int64_t mapping_now(struct archive *a, const struct hash *id, struct str extractor,
                           struct arena *arena, struct str *words)
{
    struct document_view view;
    struct fault why;
    char digits[HASH_DIGITS + 1];
    int64_t number = 0;
    hash_write(id, digits);
    if (archive_document(a, str_of(digits), arena, &view, &why) != OK)
        return 0;
    struct str before = arena_print(arena, "%.*s map ", STR_ARG(extractor));
    if (!str_starts(view.extractor, before) ||
        !str_to_int(str_slice(view.extractor, before.len, before.len + MAP_DIGITS), &number))
        return 0;
    *words = str_slice(view.extractor, before.len + MAP_DIGITS + 1, view.extractor.len);
    return number;
}

enum outcome columns_apply(const struct columns *c, struct archive *a, const struct hash *id,
                           struct arena *arena, struct intake_result *found, bool *same,
                           struct fault *why)
{
    struct str words = mapping_words(c, arena), now = STR_NONE;
    int64_t number = mapping_now(a, id, found->extractor, arena, &now);
    *same = number && str_equal(words, now);
    enum outcome result =
        columns_say(reader_here(), found->text, c->at, c->count, arena, &found->text, why);
    if (result != OK)
        return result;
    if (!*same && ++number > MAPS_MOST)
        return refuse(why, REFUSED, "was mapped %d times already", MAPS_MOST);
    found->extractor = arena_print(arena, "%.*s map %0*jd %.*s", STR_ARG(found->extractor),
                                   MAP_DIGITS, (intmax_t)number, STR_ARG(words));
    return OK;
}

/* ---- what they are ---- */

static void fields_show(struct buf *line, const struct listed_table *t)
{
    bool any = false;
    for (size_t i = 0; i < t->count; i++) {
        const struct listed_column *c = &t->columns[i];
        if (!c->field.len || c->unread)
            continue;
        buf_print(line, "%s %.*s ← \"", any ? "," : "", STR_ARG(c->field));
        show(line, c->head);
        buf_add_byte(line, '"');
        any = true;
    }
    any = false;
    for (size_t i = 0; i < t->count; i++) {
        const struct listed_column *c = &t->columns[i];
        if (!c->head.len || (c->field.len && !c->unread))
            continue;
        buf_print(line, "%s \"", any ? "," : "; not read:");
        show(line, c->head);
        buf_add_byte(line, '"');
        any = true;
    }
}

static void heads_show(struct buf *line, const struct listed_table *tables, size_t count)
{
    bool any = false;
    for (size_t t = 0; t < count; t++)
        for (size_t i = 0; i < tables[t].count; i++) {
            if (!tables[t].columns[i].head.len)
                continue;
            buf_add_text(line, any ? ", \"" : " \"");
            show(line, tables[t].columns[i].head);
            buf_add_byte(line, '"');
            any = true;
        }
}

static bool is_named(const struct listed_table *tables, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (tables[i].named)
            return true;
    return false;
}

void columns_print(const char *path, struct str text)
{
    struct listed_table *tables;
    struct arena arena;
    struct buf line;
    size_t count;
    arena_init(&arena);
    buf_init(&line, SHOWN_LIMIT);
    tables_find(reader_here(), text, &arena, &tables, &count);
    for (size_t i = 0; i < count; i++) {
        struct text_place place = text_place_find(text, tables[i].head);
        if (!tables[i].named)
            continue;
        buf_clear(&line);
        show(&line, str_of(path));
        if (place.line) {
            buf_add_text(&line, ", ");
            show(&line, place.name);
        }
        buf_print(&line, ": %zu row%s;", tables[i].rows, tables[i].rows == 1 ? "" : "s");
        fields_show(&line, &tables[i]);
        printf("%.*s\n", STR_ARG(buf_str(&line)));
    }
    if (!is_named(tables, count)) {
        buf_clear(&line);
        buf_add_text(&line, "no column is known to be one of names; say which is, "
                            "--map 'COLUMN=name'; there are:");
        heads_show(&line, tables, count);
        complain(path, arena_copy(&arena, buf_str(&line)).at);
    }
    buf_release(&line);
    arena_release(&arena);
}

json_t *columns_json(struct str text)
{
    struct listed_table *tables;
    struct arena arena;
    size_t count;
    json_t *out = json_array();
    arena_init(&arena);
    tables_find(reader_here(), text, &arena, &tables, &count);
    for (size_t i = 0; i < count; i++) {
        struct text_place place = text_place_find(text, tables[i].head);
        json_t *table = json_object(), *columns = json_array();
        for (size_t k = 0; k < tables[i].count; k++) {
            const struct listed_column *c = &tables[i].columns[k];
            json_t *column = json_object();
            json_put(column, "head", c->head);
            json_put(column, "field", c->unread ? STR_NONE : c->field);
            json_append(columns, column);
        }
        json_put(table, "sheet", place.line ? place.name : STR_NONE);
        json_put_int(table, "rows", (int64_t)tables[i].rows);
        json_put_new(table, "columns", columns);
        json_append(out, table);
    }
    arena_release(&arena);
    return out;
}

/* ---- what is doubted ---- */

bool columns_are_doubted(const struct finding *f)
{
    return f->kind == FINDING_DEFAULT || f->kind == FINDING_FIRST_OF_YEAR;
}

void columns_doubt_print(const char *path, const struct column_doubt *d)
{
    struct arena arena;
    struct buf line;
    arena_init(&arena);
    buf_init(&line, SHOWN_LIMIT);
    buf_add_byte(&line, '"');
    show(&line, d->column);
    buf_add_text(&line, "\": ");
    show(&line, finding_words(&arena, &d->finding));
    complain(path, arena_copy(&arena, buf_str(&line)).at);
    buf_release(&line);
    arena_release(&arena);
}

json_t *columns_doubt_json(const struct column_doubt *d)
{
    json_t *out = json_object();
    json_put(out, "column", d->column);
    json_put(out, "finding", str_of(finding_kind_name(d->finding.kind)));
    for (size_t i = 0; finding_part_name(d->finding.kind, i); i++) {
        int64_t number;
        bool counted = finding_part_value(d->finding.kind, i) == FINDING_NUMBER &&
                       str_to_int(d->finding.parts[i], &number);
        if (counted)
            json_put_int(out, finding_part_name(d->finding.kind, i), number);
        else
            json_put(out, finding_part_name(d->finding.kind, i), d->finding.parts[i]);
    }
    return out;
}
