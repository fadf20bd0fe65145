/* Every page of the workspace. A line, a request: what stands before the first blank is its path
 * and query, "@s" and "@d" in it the addresses of a statement and of its document; what stands
 * behind it is the form that is posted. A line that begins with '~' is asked in Persian. What
 * somebody wrote never becomes markup. */
#include "account/incidents.h"
#include "fuzz.h"
#include "fuzz_archive.h"
#include "publish/out.h"
#include "serve/request.h"

enum { REQUESTS_LIMIT = 8 };

/* names that no page of ours has */
#define AN_ELEMENT STR("<q9z")
#define AN_ATTRIBUTE STR("\" q9z=")

static struct {
    struct languages *languages;
    struct page_site site;
    struct arena arena;
    struct hash statement, document;
    struct hash head; /* as it is with one document and one statement */
    struct archive *archive;
} here;

static void make_site(void)
{
    struct reader *reader;
    struct fault why;
    MUST(languages_new(&here.languages, &why) == OK && reader_new(&reader, &why) == OK);
    arena_init(&here.arena);
    here.site = (struct page_site){.reader = reader,
                                   .languages = here.languages,
                                   .form_token = STR("0123456789abcdef"),
                                   .folder = STR("/archives/<q9z>")};
    here.site.incidents =
        incidents_known(reader, STR("en"), &here.arena, &here.site.incidents_count);
}

static struct archive *archive(void)
{
    static const char text[] = "At least 527 <q9z>\" q9z=people were killed in Tehran.\n";
    struct statement s = {.quote = {0, 25},
                          .form = FORM_FIGURE,
                          .figure = {.event = STR("killed"),
                                     .what = STR("other:<q9z>"),
                                     .low = 527,
                                     .high = COUNT_NONE,
                                     .bound = BOUND_AT_LEAST,
                                     .place = STR("\" q9z="),
                                     .source = STR("<q9z>")}};
    struct archive_state state;
    struct fault why;
    if (here.archive)
        return here.archive;
    if (!here.languages)
        make_site();
    struct archive *a = fuzz_archive(false);
    here.document = hash_of(str_of(text));
    s.text = fuzz_archive_add(a, str_of(text));
    here.statement = statement_id(&s);
    struct decision accept = {
        .verdict = VERDICT_ACCEPT, .about = {&here.statement, 1}, .why = STR("<q9z>\" q9z=")};
    struct hash id;
    MUST(archive_begin(a, &why) == OK);
    MUST(archive_put_object(a, statement_to_json(&s), &id, &why) == OK);
    MUST(archive_put_object(a, decision_to_json(&accept), &id, &why) == OK);
    MUST(archive_commit(a, STR("<q9z>"), STR("2022-11-25T08:00:00Z"), &why) == OK);
    MUST(archive_summary(a, &state, &why) == OK);
    here.head = state.head;
    return here.archive = a;
}

static struct str with_addresses(struct str target, struct arena *arena)
{
    struct buf out;
    char digits[ADDRESS_DIGITS + 1];
    buf_init(&out, 1 << 20);
    for (size_t i = 0; i < target.len; i++) {
        char next = i + 1 < target.len ? target.at[i + 1] : 0;
        if (target.at[i] != '@' || (next != 's' && next != 'd')) {
            buf_add_byte(&out, target.at[i]);
            continue;
        }
        address_hide(&here.site.addresses, next == 's' ? &here.statement : &here.document, digits);
        buf_add_text(&out, digits);
        i++;
    }
    struct str copy = arena_copy(arena, buf_str(&out));
    buf_release(&out);
    return copy;
}

static void show(struct page *page, const struct page_entry *entry)
{
    struct buf html;
    buf_init(&html, OUT_LIMIT);
    page_answer(entry, page, &html);
    must_be_text(buf_str(&html));
    MUST(str_find(buf_str(&html), AN_ELEMENT, 0) == SIZE_MAX);
    MUST(str_find(buf_str(&html), AN_ATTRIBUTE, 0) == SIZE_MAX);
    MUST(page->status != 500);
    MUST(!page->location.len || request_is_local(page->location));
    buf_release(&html);
}

static void ask(struct str line, struct arena *arena)
{
    struct str path, query, address, target, body = line;
    struct field *fields;
    size_t count;
    struct fault why;
    char digits[ADDRESS_DIGITS + 1];
    bool persian = false, partial = false;
    struct archive *a = archive();
    for (; body.len && (body.at[0] == '~' || body.at[0] == '^');
         body = str_slice(body, 1, body.len)) {
        persian = persian || body.at[0] == '~';
        partial = partial || body.at[0] == '^';
    }
    bool posts = str_cut(&body, ' ', &target) && body.at;
    const struct page_entry *entry = request_target(with_addresses(target, arena), &path, &query)
                                         ? page_find(path, &address)
                                         : NULL;
    if (!entry || !(entry->verbs & (posts ? PAGE_POST : PAGE_GET)) ||
        request_fields(posts ? with_addresses(body, arena) : query, arena, &fields, &count, &why) !=
            OK ||
        (address.len && !address_show(&here.site.addresses, address, digits)))
        return;
    const struct language *language =
        language_find(here.languages, persian ? STR("fa") : STR("en"));
    struct page page = {.site = &here.site,
                        .archive = a,
                        .arena = arena,
                        .voice = {language, persian ? CALENDAR_JALALI : CALENDAR_GREGORIAN},
                        .fields = fields,
                        .fields_count = count,
                        .id = address.len ? str_of(digits) : STR_NONE,
                        .here = path,
                        .partial = partial,
                        .moment = STR("2022-11-26T08:00:00Z"),
                        .status = 200};
    show(&page, entry);
}

void fuzz_one(struct str bytes, struct arena *arena)
{
    struct str line;
    struct archive_state state;
    struct fault why;
    for (size_t i = 0; i < REQUESTS_LIMIT && str_cut(&bytes, '\n', &line); i++)
        ask(line, arena);
    if (!here.archive)
        return;
    MUST(archive_summary(here.archive, &state, &why) == OK);
    if (!hash_equal(&state.head, &here.head)) { /* what was decided is gone for the next */
        here.archive = NULL;
        fuzz_archive_drop();
    }
}
