#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "shown.h"

#include "../store/fixture.h"
#include "publish/part_int.h"

enum { FIELDS_LIMIT = 8 };

static struct str incident_of_all;

static struct voice voice_of(const struct asking *a)
{
    const struct language *l = a->language ? language_find(a->site->languages, str_of(a->language))
                                           : language_at(a->site->languages, 0);
    return (struct voice){l, a->language ? language_calendar(l) : CALENDAR_GREGORIAN};
}

struct shown shown_page(const struct asking *a, struct str path, const struct field *fields,
                        size_t count)
{
    struct str address;
    char digits[ADDRESS_DIGITS + 1] = "";
    struct buf html;
    const struct page_entry *entry = page_find(path, &address);
    assert_non_null(entry);
    if (address.len)
        assert_true(address_show(&a->site->addresses, address, digits));
    struct page page = {.site = a->site,
                        .archive = a->archive,
                        .arena = a->arena,
                        .voice = voice_of(a),
                        .fields = fields,
                        .fields_count = count,
                        .id = arena_copy(a->arena, str_of(digits)),
                        .here = path,
                        .partial = a->partial,
                        .moment = fixture_now()};
    buf_init(&html, OUT_LIMIT);
    page_answer(entry, &page, &html);
    struct shown out = {page.status, arena_copy(a->arena, buf_str(&html)), page.location};
    buf_release(&html);
    return out;
}

struct shown shown_at(const struct asking *a, struct str address)
{
    struct str path, one;
    struct field fields[FIELDS_LIMIT];
    size_t count = 0, place = str_find(address, STR("#"), 0);
    address = str_slice(address, 0, place < address.len ? place : address.len);
    if (!str_cut(&address, '?', &path)) {
        path = address;
        address = STR_NONE;
    }
    while (count < FIELDS_LIMIT && str_cut(&address, '&', &one))
        if (str_cut(&one, '=', &fields[count].name))
            fields[count++].value = one;
    return shown_page(a, path, fields, count);
}

static void read_text(void *context, struct str text, const struct document_facts *facts,
                      struct arena *into, struct archive_reading *out)
{
    struct reading reading;
    reader_read(context, text, facts, into, &reading);
    out->proposals = reading.proposals;
    out->count = reading.proposals_count;
    out->findings = reading.findings;
    out->findings_count = reading.findings_count;
    out->entries = reading.entries;
    out->entries_count = reading.entries_count;
    out->incidents = arena_alloc(into, (out->count + 1) * sizeof *out->incidents);
    for (size_t i = 0; i < out->count; i++)
        out->incidents[i].id = incident_of_all;
}

static void read_incident(void *context, struct str text, const struct statement *statement,
                          const struct document_facts *facts, struct arena *into,
                          struct incident_reason *out)
{
    (void)context, (void)text, (void)statement, (void)facts, (void)into;
    *out = (struct incident_reason){.id = incident_of_all};
}

struct archive_reader shown_reader(const struct reader *reader, const char *incident)
{
    incident_of_all = str_of(incident);
    return (struct archive_reader){(void *)(uintptr_t)reader, "tests/1", read_text, read_incident};
}
