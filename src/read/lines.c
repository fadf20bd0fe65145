#include "read/lines.h"

#include "text/edtf.h"
#include "text/utf8.h"

static struct str without_byte_order_mark(struct str line)
{
    struct str mark = STR("\xEF\xBB\xBF");
    return str_starts(line, mark) ? str_slice(line, mark.len, line.len) : line;
}

static enum outcome parse(struct str line, json_t **out, struct fault *why)
{
    if (json_read(line, out, why) == OK)
        return json_is_object(*out) ? OK : refuse(why, REFUSED, "not a JSON object");
    size_t invalid = utf8_first_invalid(line);
    if (invalid != SIZE_MAX)
        return refuse_at(why, REFUSED, invalid, "not UTF-8 at byte %zu", invalid);
    const char *nul = line.len ? memchr(line.at, 0, line.len) : NULL;
    if (nul)
        return refuse(why, REFUSED, "a NUL at byte %zu", (size_t)(nul - line.at));
    return why->code;
}

static enum outcome take_text(const json_t *object, const char *key, struct arena *arena,
                              struct str *out, struct fault *why)
{
    const json_t *value = json_object_get(object, key);
    if (!value || json_is_null(value))
        return OK;
    if (!json_is_string(value))
        return refuse(why, REFUSED, "\"%s\" is not a text", key);
    struct str text = json_text(object, key);
    if (text.len && memchr(text.at, 0, text.len))
        return refuse(why, REFUSED, "\"%s\" has a NUL in it", key);
    *out = arena_copy(arena, text);
    return OK;
}

static enum outcome take_id(const json_t *object, struct arena *arena, struct str *out,
                            struct fault *why)
{
    const json_t *id = json_object_get(object, "id");
    struct buf written;
    if (!id || json_is_null(id))
        return refuse(why, REFUSED, "no \"id\"");
    if (!json_is_integer(id) && !json_is_string(id))
        return refuse(why, REFUSED, "\"id\" is neither a text nor an integer");
    buf_init(&written, SIZE_MAX / 2);
    enum outcome result = json_write(&written, id, why);
    if (result == OK)
        *out = arena_copy(arena, buf_str(&written));
    buf_release(&written);
    return result;
}

static enum outcome take_facts(const json_t *object, struct arena *arena,
                               struct document_facts *out, struct fault *why)
{
    struct str stated = STR_NONE;
    enum outcome result = take_text(object, "source", arena, &out->publisher, why);
    if (result == OK)
        result = take_text(object, "publisher", arena, &out->publisher, why);
    if (result == OK)
        result = take_text(object, "url", arena, &out->url, why);
    if (result == OK)
        result = take_text(object, "title", arena, &out->title, why);
    if (result == OK)
        result = take_text(object, "lang", arena, &out->lang, why);
    if (result == OK)
        result = take_text(object, "published", arena, &stated, why);
    out->published = edtf_stated(stated);
    if (result == OK && stated.len && !out->published.len)
        return refuse(why, REFUSED, "\"published\" is not a date in EDTF: \"%.*s\"",
                      STR_ARG(str_slice(stated, 0, 40)));
    return result;
}

enum outcome document_line_read(struct str line, struct arena *arena, struct document_line *out,
                                struct fault *why)
{
    json_t *object = NULL;
    *out = (struct document_line){0};
    enum outcome result = parse(without_byte_order_mark(line), &object, why);
    if (result == OK)
        result = take_id(object, arena, &out->id, why);
    if (result == OK)
        result = take_text(object, "text", arena, &out->text, why);
    if (result == OK && !out->text.len)
        result = refuse(why, REFUSED, "no \"text\"");
    if (result == OK)
        result = take_facts(object, arena, &out->facts, why);
    json_decref(object);
    return result;
}

static void put(struct buf *out, struct str key, struct str text)
{
    if (!text.len)
        return;
    buf_add(out, key);
    json_write_text(out, text);
}

static void put_int(struct buf *out, struct str key, size_t value)
{
    buf_add(out, key);
    json_write_int(out, (int64_t)value);
}

/* without the kept text's id, which only an archive knows, and without the kind of object */
static void put_statement(struct buf *out, struct buf *scratch, const struct statement *s)
{
    struct str kind = STR(",\"kind\":\"statement\""), text = STR(",\"text\":\"");
    struct fault why;
    buf_clear(scratch);
    if (statement_write(scratch, s, &why) != OK)
        bug(why.text);
    struct str all = buf_str(scratch);
    /* within a string the quotation marks would be escaped */
    size_t kind_at = str_find(all, kind, 0), text_at = str_find(all, text, 0);
    buf_add(out, str_slice(all, 1, kind_at));
    buf_add(out, str_slice(all, kind_at + kind.len, text_at));
    buf_add(out, str_slice(all, text_at + text.len + HASH_DIGITS + 1, all.len));
}

static void begin(struct buf *out, struct str id)
{
    buf_add(out, STR("{\"document\":"));
    buf_add(out, id);
}

static void put_proposal(struct buf *out, struct buf *scratch, struct str text,
                         const struct proposal *p)
{
    const struct span *quote = &p->statement.quote;
    put_int(out, STR(",\"confidence\":"), (size_t)p->confidence);
    put(out, STR(",\"quote\":"), str_slice(text, quote->from, quote->to));
    put(out, STR(",\"why\":"), p->why);
    buf_add_byte(out, ',');
    put_statement(out, scratch, &p->statement);
    buf_add_byte(out, '\n');
}

static void put_date(struct buf *out, struct str text, const struct date_mention *d)
{
    put(out, STR(",\"calendar\":"), d->calendar);
    for (size_t i = 0; i < d->findings_count; i++) {
        buf_add(out, i ? STR(",") : STR(",\"flags\":["));
        json_write_text(out, str_of(finding_kind_name(d->findings[i].kind)));
    }
    if (d->findings_count)
        buf_add_byte(out, ']');
    buf_add(out, STR(",\"form\":\"date\""));
    put_int(out, STR(",\"from\":"), d->quote.from);
    put(out, STR(",\"iso\":"), d->iso);
    put(out, STR(",\"quote\":"), str_slice(text, d->quote.from, d->quote.to));
    put_int(out, STR(",\"to\":"), d->quote.to);
    buf_add(out, STR("}\n"));
}

/* the parts under their names, in the kind's own order */
static void put_finding(struct buf *out, struct str text, const struct finding *f)
{
    put(out, STR(",\"finding\":"), str_of(finding_kind_name(f->kind)));
    buf_add(out, STR(",\"form\":\"finding\""));
    put_int(out, STR(",\"from\":"), f->quote.from);
    if (f->other.to) {
        put_int(out, STR(",\"other\":{\"from\":"), f->other.from);
        put(out, STR(",\"quote\":"), str_slice(text, f->other.from, f->other.to));
        put_int(out, STR(",\"to\":"), f->other.to);
        buf_add_byte(out, '}');
    }
    for (size_t i = 0; finding_part_name(f->kind, i); i++) {
        buf_add(out, i ? STR(",") : STR(",\"parts\":{"));
        json_write_text(out, str_of(finding_part_name(f->kind, i)));
        buf_add_byte(out, ':');
        json_write_text(out, f->parts[i]);
    }
    put(out, STR("},\"quote\":"), str_slice(text, f->quote.from, f->quote.to));
    put_int(out, STR(",\"to\":"), f->quote.to);
    buf_add(out, STR("}\n"));
}

static void put_document(struct buf *out, struct str text, const struct reading *r)
{
    put_int(out, STR(",\"bytes\":"), text.len);
    put_int(out, STR(",\"dates\":"), r->dates_count);
    put_int(out, STR(",\"findings\":"), r->findings_count);
    buf_add(out, STR(",\"form\":\"document\""));
    put(out, STR(",\"lang\":"), r->lang);
    put_int(out, STR(",\"proposals\":"), r->proposals_count);
    buf_add(out, STR(",\"reader\":\"" READER_VERSION "\"}\n"));
}

void reading_write_lines(struct buf *out, struct str id, struct str text, const struct reading *r)
{
    struct buf scratch;
    buf_init(&scratch, SIZE_MAX / 2);
    for (size_t i = 0; i < r->proposals_count; i++) {
        begin(out, id);
        put_proposal(out, &scratch, text, &r->proposals[i]);
    }
    for (size_t i = 0; i < r->dates_count; i++) {
        begin(out, id);
        put_date(out, text, &r->dates[i]);
    }
    for (size_t i = 0; i < r->findings_count; i++) {
        begin(out, id);
        put_finding(out, text, &r->findings[i]);
    }
    begin(out, id);
    put_document(out, text, r);
    buf_release(&scratch);
}
