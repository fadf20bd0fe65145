#include "read/tsv.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

enum { TSV_LIMIT = 1024 * 1024 * 1024 };

static const char *const names[TSV_TABLES] = {"figures.tsv", "people.tsv", "dates.tsv",
                                              "events.tsv"};
static const char *const headers[TSV_TABLES] = {
    "doc\tquote\tvalue_low\tvalue_high\tbound\twhat\tevent\tsource\tsince\tuntil\tplace\tsubset_"
    "of\n",
    "doc\tmention\tcanonical\tkind\trole\n",
    "doc\tquote\tiso\tcalendar\n",
    "doc\tperson\tevent\tdate\tplace\tdetail\tquote\n",
};

void tsv_init(struct tsv *t)
{
    for (size_t i = 0; i < TSV_TABLES; i++) {
        buf_init(&t->tables[i], TSV_LIMIT);
        buf_add_text(&t->tables[i], headers[i]);
    }
}

void tsv_release(struct tsv *t)
{
    for (size_t i = 0; i < TSV_TABLES; i++)
        buf_release(&t->tables[i]);
}

static void cell_add(struct buf *out, struct str cell, char end)
{
    for (size_t i = 0; i < cell.len; i++) {
        char c = cell.at[i];
        if (c == '\n')
            buf_add_text(out, "\\n");
        else if (c == '\t')
            buf_add_text(out, "\\t");
        else if (c == '\\')
            buf_add_text(out, "\\\\");
        else
            buf_add_byte(out, c);
    }
    buf_add_byte(out, end);
}

static struct str span_text(struct str text, struct span at)
{
    return at.to ? str_slice(text, at.from, at.to) : STR_NONE;
}

static void count_add(struct buf *out, int64_t count)
{
    if (count != COUNT_NONE)
        buf_print(out, "%jd", (intmax_t)count);
    buf_add_byte(out, '\t');
}

static void figure_add(struct buf *out, struct str doc, struct str text, const struct statement *s)
{
    const struct figure *f = &s->figure;
    cell_add(out, doc, '\t');
    cell_add(out, span_text(text, s->quote), '\t');
    count_add(out, f->low);
    count_add(out, f->high);
    cell_add(out, str_of(figure_bound_name(f->bound)), '\t');
    cell_add(out, f->what, '\t');
    cell_add(out, f->event, '\t');
    cell_add(out, f->source, '\t');
    cell_add(out, f->since, '\t');
    cell_add(out, f->until.len ? f->until : f->as_of, '\t');
    cell_add(out, f->place, '\t');
    cell_add(out, span_text(text, f->subset_of), '\n');
}

static void person_add(struct buf *out, struct str doc, const struct statement *s)
{
    const struct fact *f = &s->fact;
    if (!str_equal(f->property, STR("role")))
        return;
    cell_add(out, doc, '\t');
    cell_add(out, f->subject, '\t');
    cell_add(out, f->subject, '\t');
    cell_add(out, f->subject_kind, '\t');
    cell_add(out, f->value, '\n');
}

/* the closed list of the tables has fewer kinds of event than the record */
static struct str event_label(struct str event)
{
    return str_equal(event, STR("rearrested")) ? STR("arrested") : event;
}

static void event_add(struct buf *out, struct str doc, struct str text, const struct statement *s)
{
    const struct life_event *e = &s->life_event;
    cell_add(out, doc, '\t');
    cell_add(out, e->person, '\t');
    cell_add(out, event_label(e->event), '\t');
    cell_add(out, e->date, '\t');
    cell_add(out, e->place, '\t');
    for (size_t i = 0; i < e->details_count; i++) {
        cell_add(out, e->details[i].value, ';');
        if (i + 1 < e->details_count)
            buf_add_byte(out, ' ');
        else
            out->at[--out->len] = '\0';
    }
    buf_add_byte(out, '\t');
    cell_add(out, span_text(text, s->quote), '\n');
}

static bool date_repeats(const struct reading *r, struct str text, size_t i)
{
    enum { LOOK_BACK = 400 };
    for (size_t k = i > LOOK_BACK ? i - LOOK_BACK : 0; k < i; k++)
        if (str_equal(r->dates[k].iso, r->dates[i].iso) &&
            str_equal(span_text(text, r->dates[k].quote), span_text(text, r->dates[i].quote)))
            return true;
    return false;
}

void tsv_add(struct tsv *t, struct str doc, struct str text, const struct reading *r)
{
    for (size_t i = 0; i < r->proposals_count; i++) {
        const struct statement *s = &r->proposals[i].statement;
        if (s->form == FORM_FIGURE)
            figure_add(&t->tables[TSV_FIGURES], doc, text, s);
        else if (s->form == FORM_FACT)
            person_add(&t->tables[TSV_PEOPLE], doc, s);
        else
            event_add(&t->tables[TSV_EVENTS], doc, text, s);
    }
    struct buf *dates = &t->tables[TSV_DATES];
    for (size_t i = 0; i < r->dates_count; i++) {
        if (date_repeats(r, text, i))
            continue;
        cell_add(dates, doc, '\t');
        cell_add(dates, span_text(text, r->dates[i].quote), '\t');
        cell_add(dates, r->dates[i].iso, '\t');
        cell_add(dates, r->dates[i].calendar, '\n');
    }
}

enum outcome tsv_write(const struct tsv *t, const char *dir, struct fault *why)
{
    if (mkdir(dir, 0700) != 0 && errno != EEXIST)
        return refuse(why, FAILED, "cannot make the folder %s: %s", dir, strerror(errno));
    int folder = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0)
        return refuse(why, FAILED, "cannot open the folder %s: %s", dir, strerror(errno));
    enum outcome result = OK;
    for (size_t i = 0; i < TSV_TABLES && result == OK; i++)
        result = file_replace(folder, names[i], buf_str(&t->tables[i]), why);
    close(folder);
    return result;
}
