#include "publish/person_around_int.h"

#include "publish/finding_part_int.h"
#include "publish/match_part_int.h"
#include "publish/part_int.h"
#include "record/hash_set.h"

enum { PAIRS_SHOWN = 12 };

/* ---- who is probably the same ---- */

static bool is_of(const struct hash_set *own, const struct bearer *b)
{
    return b->named.views_count && hash_set_has(own, &b->named.views[0]->id);
}

static void write_pair(struct page *page, const struct match *m, const struct bearer *other)
{
    const struct voice *v = &page->voice;
    struct str title = part_document_name(page, other->document_title, other->document_name);
    struct markup name =
        MARKUP(page, "<a href=\"{}\"><bdi>{}</bdi></a>", match_place(page, m), other->named.name);
    out_raw(page->out, "<li><span class=\"sign\" aria-hidden=\"true\">○</span> ");
    markup_write(page, SENTENCE(page,
                                m->pair->probable ? SAY(v, "probably also {1}, in {2}")
                                                  : SAY(v, "perhaps also {1}, in {2}"),
                                name, markup_text(page, title)));
    out_raw(page->out, "</li>\n");
}

/* of the pairs that wait those of which one is the person and the other is not */
static size_t write_pairs(struct page *page, const struct matches *m, const struct hash_set *own)
{
    const struct voice *v = &page->voice;
    size_t found = 0;
    for (size_t i = 0; i < m->waiting; i++) {
        const struct match *one = &m->all[i];
        bool left = is_of(own, one->left), right = is_of(own, one->right);
        if (!one->pair || left == right || found++ >= PAIRS_SHOWN)
            continue;
        if (found == 1)
            OUT(page->out,
                "<section class=\"probable\"><h2>{}</h2>\n<p class=\"soft\">{}</p>\n"
                "<ul class=\"said\">\n",
                SAY(v, "Who may be the same"),
                SAY(v, "The program takes them to be alike and nobody decided it: nothing on this "
                       "page is told of them."));
        write_pair(page, one, left ? one->right : one->left);
    }
    return found;
}

enum outcome person_probable_write(struct page *page, const struct case_person *person,
                                   struct fault *why)
{
    struct matches_held held;
    const struct matches *m = NULL;
    struct hash_set own;
    enum outcome result = matches_try(page, &held, &m, why);
    if (result != OK)
        return result;
    hash_set_init(&own);
    for (size_t i = 0; i < person->views_count; i++)
        (void)hash_set_add(&own, &person->views[i]->id);
    size_t found = m ? write_pairs(page, m, &own) : 0;
    if (found)
        out_raw(page->out, "</ul>\n");
    if (found > PAIRS_SHOWN) {
        int64_t more = (int64_t)(found - PAIRS_SHOWN);
        out_raw(page->out, "<p><a href=\"/matches\">");
        OUT_SENTENCE(page->out, SAY_COUNT(&page->voice, "and {} more", "and {} more", more),
                     voice_number(&page->voice, page->arena, more));
        out_raw(page->out, "</a></p>\n");
    }
    if (found)
        out_raw(page->out, "</section>\n");
    hash_set_release(&own);
    matches_release(page, &held);
    return OK;
}

/* ---- what is missing ---- */

void person_missing_write(struct page *page, const struct case_account *c)
{
    const struct voice *v = &page->voice;
    if (!c->missing_count)
        return;
    OUT(page->out, "<section class=\"missing\"><h2>{}</h2>\n<p class=\"soft\">{}</p>\n<ul>\n",
        SAY(v, "What is missing for a submission"),
        SAY(v, "It would be asked for, and nothing on record says it."));
    for (size_t i = 0; i < c->missing_count; i++)
        OUT(page->out, "<li>{}</li>\n", voice_label(v, page->arena, c->missing[i]->item));
    out_raw(page->out, "</ul></section>\n");
}

/* ---- what cannot be as it is written ---- */

static void write_doubtful(struct page *page, const struct statement_view *view,
                           const struct near_finding *near)
{
    OUT(page->out, "<li><a href=\"{}\"><q><bdi>{}</bdi></q></a> ",
        part_place(page, &view->document, &view->id), near->quote);
    markup_write(page, finding_said(page, &near->finding));
    out_raw(page->out, "</li>\n");
}

enum outcome person_doubtful_write(struct page *page, const struct case_person *person,
                                   struct fault *why)
{
    size_t count = 0, found;
    struct near_finding *all;
    struct hash *ids = arena_alloc(page->arena, (person->views_count + 1) * sizeof *ids);
    const struct statement_view **views =
        arena_alloc(page->arena, (person->views_count + 1) * sizeof *views);
    for (size_t i = 0; i < person->views_count; i++)
        if (person->views[i]->statement.form == FORM_LIFE_EVENT) {
            views[count] = person->views[i];
            ids[count++] = person->views[i]->id;
        }
    enum outcome result =
        archive_findings_near(page->archive, ids, count, page->arena, &all, &found, why);
    if (result != OK || !found)
        return result;
    OUT(page->out, "<section><h2>{}</h2>\n<ul class=\"said\">\n",
        SAY(&page->voice, "What is wrong or doubtful as it is written"));
    for (size_t i = 0; i < found; i++)
        write_doubtful(page, views[all[i].at], &all[i]);
    out_raw(page->out, "</ul></section>\n");
    return OK;
}
