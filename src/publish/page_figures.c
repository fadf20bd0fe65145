#include "account/groups.h"
#include "account/incidents.h"
#include "base/hex.h"
#include "publish/figure_chart_int.h"
#include "publish/figure_words_int.h"
#include "publish/page_int.h"
#include "publish/part_int.h"
#include "text/edtf.h"

struct hash group_hash(struct group_key key)
{
    struct hash hash = {{0}};
    if (!hex_read(str_of(key.digits), hash.bytes, GROUP_KEY_DIGITS / 2))
        bug("a group's key that is not hexadecimal");
    return hash;
}

struct str incident_said(struct page *page, struct str id, struct str name)
{
    size_t count;
    const struct voice *v = &page->voice;
    const struct incident_facts *all =
        incidents_known(page->site->reader, language_code(v->language), page->arena, &count);
    for (size_t i = 0; id.len && i < count; i++)
        if (str_equal(all[i].id, id))
            return all[i].name;
    return name.len ? name : SAY(v, "no incident known");
}

enum outcome figures_hold(struct page *page, struct figures_held *held, const struct groups **out,
                          struct fault *why)
{
    struct account_wish wish = {.kind = ACCOUNT_GROUPS};
    wish.incidents =
        incidents_known(page->site->reader, STR("en"), page->arena, &wish.incidents_count);
    *held = (struct figures_held){0};
    if (!page->site->accounts) {
        *out = &held->own;
        return groups_all(page->archive, wish.incidents, wish.incidents_count, page->arena,
                          &held->own, why);
    }
    enum outcome result =
        account_hold(page->site->accounts, page->archive, &wish, &held->hold, why);
    *out = held->hold.groups;
    return result;
}

void figures_release(struct page *page, struct figures_held *held)
{
    if (held->hold.groups)
        account_release(page->site->accounts, &held->hold);
}

/* those of a known incident first, the most recent first */
static int compare_recent(const void *left, const void *right)
{
    const struct group_row *a = left, *b = right;
    if (!a->incident.len != !b->incident.len)
        return a->incident.len ? -1 : 1;
    if (a->latest != b->latest)
        return a->latest > b->latest ? -1 : 1;
    if (a->figures != b->figures)
        return a->figures > b->figures ? -1 : 1;
    return strcmp(a->key.digits, b->key.digits);
}

static void write_count(struct page *page, struct str words, size_t count)
{
    out_raw(page->out, "<span>");
    OUT_SENTENCE(page->out, words, voice_number(&page->voice, page->arena, (int64_t)count));
    out_raw(page->out, "</span>");
}

static void write_meta(struct page *page, const struct group_row *row)
{
    const struct voice *v = &page->voice;
    out_raw(page->out, "<p class=\"meta parts\">");
    write_count(page, SAY_COUNT(v, "{} count", "{} counts", (int64_t)row->figures), row->figures);
    write_count(page, SAY_COUNT(v, "{} document", "{} documents", (int64_t)row->documents),
                row->documents);
    if (row->conflicts)
        write_count(page,
                    SAY_COUNT(v, "{} contradiction", "{} contradictions", (int64_t)row->conflicts),
                    row->conflicts);
    if (row->latest != INT64_MIN) {
        char day[16];
        edtf_write_day(row->latest, day);
        out_raw(page->out, "<span>");
        markup_write(page, SENTENCE(page, SAY(v, "latest {1}"),
                                    markup_date(page, arena_copy(page->arena, str_of(day)))));
        out_raw(page->out, "</span>");
    }
    out_raw(page->out, "</p>");
}

static void write_range(struct page *page, const struct group_row *row)
{
    struct figure whole = {.low = row->range.low, .high = row->range.high, .bound = BOUND_RANGE};
    if (!row->what.len)
        return;
    out_raw(page->out, "<div class=\"tally\"><p><span class=\"value\">");
    markup_write(page, range_said(page, &row->range));
    OUT(page->out, "</span> {}</p>", voice_label(&page->voice, page->arena, row->what));
    if (row->range.low < row->range.high)
        part_bar(page, &whole, row->range.high, VIEW_ACCEPTED, false);
    out_raw(page->out, "</div>");
}

static void write_row(struct page *page, const struct group_row *row)
{
    struct hash key = group_hash(row->key);
    OUT(page->out, "<li><a class=\"title\" href=\"{}\">", page_link(page, "/figures/", &key));
    markup_write(
        page, SENTENCE(page, SAY(&page->voice, "{1}: {2}"),
                       MARKUP(page, "{}", voice_counted(&page->voice, page->arena, row->event)),
                       markup_text(page, incident_said(page, row->incident, row->incident_name))));
    out_raw(page->out, "</a>");
    write_meta(page, row);
    write_range(page, row);
    out_raw(page->out, "</li>\n");
}

/* the rows from `from` that have an incident, or that have none; where they end */
static size_t write_rows(struct page *page, const struct group_row *rows, size_t count, size_t from)
{
    bool known = from < count && rows[from].incident.len;
    size_t at = from;
    if (from == count)
        return count;
    if (!known)
        OUT(page->out, "<h2>{}</h2>\n", SAY(&page->voice, "No incident known"));
    out_raw(page->out, "<ol class=\"entries groups\">\n");
    for (; at < count && !rows[at].incident.len == !known; at++)
        write_row(page, &rows[at]);
    out_raw(page->out, "</ol>\n");
    return at;
}

static void write_none(struct page *page)
{
    const struct voice *v = &page->voice;
    OUT(page->out, "<div class=\"notice\"><p>{}</p><p>", SAY(v, "No count is here yet."));
    markup_write(page, SENTENCE(page, SAY(v, "Take in reports: {1}"),
                                MARKUP(page, "<bdi dir=\"ltr\"><code>{}</code></bdi>",
                                       STR("govah add FILE…"))));
    out_raw(page->out, "</p></div>\n");
}

static void write_list(struct page *page, const struct groups *groups)
{
    const struct voice *v = &page->voice;
    size_t count = groups->count;
    struct group_row *rows = arena_alloc(page->arena, (count + 1) * sizeof *rows);
    for (size_t i = 0; i < count; i++)
        rows[i] = groups->rows[i];
    if (count)
        qsort(rows, count, sizeof *rows, compare_recent);
    page->title = SAY(v, "Figures");
    out_raw(page->out, "<link rel=\"stylesheet\" href=\"/assets/figures.css\">\n");
    OUT(page->out, "<h1>{}</h1>\n<p class=\"standfirst\">{}</p>\n", page->title,
        SAY(v, "Who counts what, of which incident, the most recent first. Counts of one event in "
               "one incident stand together."));
    if (!count)
        write_none(page);
    size_t unknown = write_rows(page, rows, count, 0);
    write_rows(page, rows, count, unknown);
}

enum outcome page_figures(struct page *page, struct fault *why)
{
    struct figures_held held;
    const struct groups *groups;
    enum outcome result = figures_hold(page, &held, &groups, why);
    if (result != OK)
        return result;
    write_list(page, groups);
    figures_release(page, &held);
    return OK;
}
