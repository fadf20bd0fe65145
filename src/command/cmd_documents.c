#include "command/list.h"

const char cmd_documents_usage[] =
    "usage: govah documents [--json]\n"
    "\n"
    "Lists the documents: id, date of publication, publisher, title or file name, language, and "
    "how\n"
    "many of its statements are accepted (●), proposed (○) and rejected (×).\n"
    "\n"
    "  govah documents --json\n";

static void print_document(const struct document_view *d)
{
    json_t *out = json_object();
    list_json_id(out, "id", &d->id);
    list_json_id(out, "text", &d->text);
    list_json_id(out, "text_sha256", &d->sha256);
    list_json_text(out, "title", d->facts.title);
    list_json_text(out, "publisher", d->facts.publisher);
    list_json_text(out, "published", d->facts.published);
    list_json_text(out, "lang", d->facts.lang);
    list_json_text(out, "url", d->facts.url);
    list_json_text(out, "name", d->name);
    list_json_text(out, "media", d->media);
    list_json_text(out, "extractor", d->extractor);
    list_json_text(out, "at", d->at);
    json_put_int(out, "size", d->size);
    json_put_int(out, "proposed", (int64_t)d->proposed);
    json_put_int(out, "accepted", (int64_t)d->accepted);
    json_put_int(out, "rejected", (int64_t)d->rejected);
    print_json(out);
}

static void list_documents(const struct document_view *documents, size_t count, struct arena *arena)
{
    struct list list = {.arena = arena, .flexible = 1u << 2 | 1u << 3};
    for (size_t i = 0; i < count; i++) {
        const struct document_view *d = &documents[i];
        struct list_row *row = list_add(&list);
        row->cells[0] = list_id(arena, &d->id, LIST_DOCUMENT_DIGITS);
        row->cells[1] = d->facts.published.len ? d->facts.published : STR("no date");
        row->cells[2] = d->facts.publisher;
        row->cells[3] = list_document(d->facts.title, d->name);
        row->cells[4] = d->facts.lang;
        row->cells[5] = arena_print(arena, "● %zu", d->accepted);
        row->cells[6] = arena_print(arena, "○ %zu", d->proposed);
        row->cells[7] = arena_print(arena, "× %zu", d->rejected);
    }
    list_print(&list);
    printf("\n%zu document%s   ● accepted  ○ proposed  × rejected\n", count, count == 1 ? "" : "s");
}

int cmd_documents(struct session *s, int argc, char **argv)
{
    struct options o = options_of(argc, argv);
    struct document_view *documents;
    struct arena arena;
    struct fault why;
    size_t count;
    while (option_next(&o, "", ""))
        continue;
    if (operand_next(&o))
        die(EXIT_USAGE, "documents takes no operand; see govah documents --help");
    arena_init(&arena);
    if (archive_documents(s->archive, &arena, &documents, &count, &why) != OK)
        die(status_of(why.code), "%s", why.text);
    for (size_t i = 0; s->json && i < count; i++)
        print_document(&documents[i]);
    if (!s->json && count)
        list_documents(documents, count, &arena);
    if (!s->json && !count)
        puts("No document is here yet. Take in reports: govah add FILE...");
    arena_release(&arena);
    return EXIT_DONE;
}
