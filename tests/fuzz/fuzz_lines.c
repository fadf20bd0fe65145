/* A line of JSON that is a document, and the lines that are written of it. */
#include "fuzz.h"
#include "read/lines.h"

static const struct reader *reader(void)
{
    static struct reader *made;
    struct fault why;
    if (!made)
        MUST(reader_new(&made, &why) == OK);
    return made;
}

static void must_be_document(const struct document_line *d)
{
    json_t *id;
    struct fault why;
    MUST(json_read(d->id, &id, &why) == OK);
    MUST(json_is_string(id) || json_is_integer(id));
    json_decref(id);
    MUST(d->text.len > 0 && !memchr(d->text.at, 0, d->text.len));
    must_be_text(d->text);
    must_be_text(d->facts.title);
    must_be_text(d->facts.publisher);
    must_be_text(d->facts.published);
    must_be_text(d->facts.lang);
    must_be_text(d->facts.url);
}

/* each line one object, with the document's id; the quote is what stands at its place */
static void must_be_line(struct str line, const struct document_line *d)
{
    json_t *object, *id;
    struct fault why;
    MUST(json_read(line, &object, &why) == OK && json_is_object(object));
    MUST(json_read(d->id, &id, &why) == OK);
    MUST(json_equal(json_object_get(object, "document"), id));
    json_decref(id);
    MUST(json_text(object, "form").len);
    if (!str_equal(json_text(object, "form"), STR("document"))) {
        size_t from = (size_t)json_integer_value(json_object_get(object, "from"));
        size_t to = (size_t)json_integer_value(json_object_get(object, "to"));
        must_be_quote(d->text, (struct span){from, to});
        MUST(str_equal(json_text(object, "quote"), str_slice(d->text, from, to)));
    }
    json_decref(object);
}

void fuzz_one(struct str bytes, struct arena *arena)
{
    struct document_line document;
    struct reading reading;
    struct fault why;
    enum outcome result = document_line_read(bytes, arena, &document, &why);
    must_be_said(result, &why);
    if (result != OK)
        return;
    must_be_document(&document);
    reader_read(reader(), document.text, &document.facts, arena, &reading);
    struct buf out;
    buf_init(&out, SIZE_MAX / 2);
    reading_write_lines(&out, document.id, document.text, &reading);
    struct str rest = buf_str(&out), line;
    size_t lines = 0;
    MUST(str_ends(rest, STR("\"reader\":\"" READER_VERSION "\"}\n")));
    for (rest.len--; str_cut(&rest, '\n', &line); lines++)
        must_be_line(line, &document);
    MUST(lines == reading.proposals_count + reading.dates_count + reading.findings_count + 1);
    buf_release(&out);
}
