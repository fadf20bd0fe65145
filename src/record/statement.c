#include "record/statement.h"

#include "record/record_int.h"

static const char *const form_names[] = {"figure", "life_event", "fact"};
static const char *const bound_names[] = {"exact",  "at_least", "more_than", "about",
                                          "nearly", "up_to",    "range"};

const char *statement_form_name(enum statement_form form)
{
    return form_names[form];
}

const char *figure_bound_name(enum figure_bound bound)
{
    return bound_names[bound];
}

bool figure_bound_read(struct str name, enum figure_bound *out)
{
    for (size_t i = 0; i < COUNT_OF(bound_names); i++)
        if (str_equal(name, str_of(bound_names[i]))) {
            *out = (enum figure_bound)i;
            return true;
        }
    return false;
}

enum { DETAIL_NAME_LIMIT = 60 }; /* bytes */

static bool is_word(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (!(s.at[i] == '_' || (s.at[i] >= 'a' && s.at[i] <= 'z') ||
              (s.at[i] >= '0' && s.at[i] <= '9')))
            return false;
    return s.len > 0;
}

static bool is_label(struct str s)
{
    return str_starts(s, STR("other:")) ? s.len > 6 : is_word(s);
}

/* the letters of EDTF level 1; which day exists is the reader's business, what was written is kept
 */
static bool is_edtf(struct str s)
{
    if (s.len > 64)
        return false;
    for (size_t i = 0; i < s.len; i++)
        if (!memchr("0123456789-/XY?~%.TZ:+", s.at[i], 22))
            return false;
    return true;
}

static enum outcome check_date(const char *name, struct str date, struct fault *why)
{
    if (!is_edtf(date))
        return refuse(why, REFUSED, "%s is not an EDTF date: \"%.*s\"", name, STR_ARG(date));
    return OK;
}

static enum outcome check_counts(const struct figure *f, struct fault *why)
{
    bool low = f->low != COUNT_NONE, high = f->high != COUNT_NONE;
    bool fits = false;
    switch (f->bound) {
    case BOUND_EXACT:
    case BOUND_ABOUT:
    case BOUND_NEARLY:
        fits = low && high && f->low == f->high;
        break;
    case BOUND_AT_LEAST:
    case BOUND_MORE_THAN:
        fits = low && !high;
        break;
    case BOUND_UP_TO:
        fits = !low && high;
        break;
    case BOUND_RANGE:
        fits = low && high && f->low <= f->high;
        break;
    }
    if (f->low < COUNT_NONE || f->high < COUNT_NONE || f->low > JSON_INTEGER_LIMIT ||
        f->high > JSON_INTEGER_LIMIT)
        fits = false;
    if (!fits)
        return refuse(why, REFUSED, "counts %jd and %jd do not fit the bound \"%s\"",
                      (intmax_t)f->low, (intmax_t)f->high, figure_bound_name(f->bound));
    return OK;
}

static enum outcome check_span(const char *name, struct span span, bool needed, struct fault *why)
{
    if (span.to == 0 && span.from == 0 && !needed)
        return OK;
    if (span.from >= span.to || span.to > JSON_INTEGER_LIMIT)
        return refuse(why, REFUSED, "%s is not a byte range: %zu to %zu", name, span.from, span.to);
    return OK;
}

/* an object's text holds no NUL (fields.c) */
static enum outcome check_texts(const struct str *texts, size_t count, struct fault *why)
{
    for (size_t i = 0; i < count; i++)
        if (texts[i].len && memchr(texts[i].at, 0, texts[i].len))
            return refuse(why, REFUSED, "a text with a NUL character in it");
    return OK;
}

static enum outcome check_figure(const struct figure *f, struct fault *why)
{
    const struct str texts[] = {f->event, f->what, f->place, f->source};
    enum outcome result = check_texts(texts, COUNT_OF(texts), why);
    if (result != OK)
        return result;
    if (!is_label(f->event))
        return refuse(why, REFUSED, "\"%.*s\" is not an event label", STR_ARG(f->event));
    if (!is_label(f->what))
        return refuse(why, REFUSED, "\"%.*s\" is not a population label", STR_ARG(f->what));
    if ((result = check_counts(f, why)) != OK)
        return result;
    if ((result = check_date("since", f->since, why)) != OK ||
        (result = check_date("until", f->until, why)) != OK ||
        (result = check_date("as_of", f->as_of, why)) != OK)
        return result;
    return check_span("subset_of", f->subset_of, false, why);
}

static enum outcome check_life_event(const struct life_event *e, struct fault *why)
{
    const struct str texts[] = {e->person, e->event, e->place, e->body};
    enum outcome result = check_texts(texts, COUNT_OF(texts), why);
    if (result != OK)
        return result;
    if (!e->person.len)
        return refuse(why, REFUSED, "a life event without a person");
    if (!is_label(e->event))
        return refuse(why, REFUSED, "\"%.*s\" is not an event label", STR_ARG(e->event));
    if (e->details_count > DETAILS_LIMIT)
        return refuse(why, REFUSED, "more than %d details", DETAILS_LIMIT);
    for (size_t i = 0; i < e->details_count; i++) {
        if (!is_word(e->details[i].name) || e->details[i].name.len > DETAIL_NAME_LIMIT ||
            !e->details[i].value.len)
            return refuse(why, REFUSED, "a detail without a name or a value");
        if (i && str_compare(e->details[i - 1].name, e->details[i].name) >= 0)
            return refuse(why, REFUSED, "details out of order or twice: \"%.*s\"",
                          STR_ARG(e->details[i].name));
        if ((result = check_texts(&e->details[i].value, 1, why)) != OK)
            return result;
    }
    if ((result = check_date("date", e->date, why)) != OK)
        return result;
    return check_span("person_at", e->person_at, true, why);
}

static enum outcome check_fact(const struct fact *f, struct fault *why)
{
    const struct str texts[] = {f->subject, f->property, f->value};
    enum outcome result = check_texts(texts, COUNT_OF(texts), why);
    if (result != OK)
        return result;
    if (!f->subject.len || !f->value.len)
        return refuse(why, REFUSED, "a fact without a subject or a value");
    if (!is_label(f->property))
        return refuse(why, REFUSED, "\"%.*s\" is not a property", STR_ARG(f->property));
    if (!str_equal(f->subject_kind, STR("person")) &&
        !str_equal(f->subject_kind, STR("organisation")))
        return refuse(why, REFUSED, "\"%.*s\" is neither person nor organisation",
                      STR_ARG(f->subject_kind));
    if ((result = check_date("since", f->since, why)) != OK ||
        (result = check_date("until", f->until, why)) != OK)
        return result;
    return check_span("subject_at", f->subject_at, true, why);
}

enum outcome statement_check(const struct statement *s, struct fault *why)
{
    enum outcome result = check_span("the quote", s->quote, true, why);
    if (result != OK)
        return result;
    switch (s->form) {
    case FORM_FIGURE:
        return check_figure(&s->figure, why);
    case FORM_LIFE_EVENT:
        return check_life_event(&s->life_event, why);
    case FORM_FACT:
        return check_fact(&s->fact, why);
    }
    return refuse(why, REFUSED, "a statement of no known form");
}

static void put_span(json_t *object, const char *key, struct span span)
{
    if (!span.to)
        return;
    json_t *pair = json_array();
    json_append(pair, json_integer((json_int_t)span.from));
    json_append(pair, json_integer((json_int_t)span.to));
    json_put_new(object, key, pair);
}

static void put_figure(json_t *object, const struct figure *f)
{
    json_put(object, "event", f->event);
    json_put(object, "what", f->what);
    json_put(object, "bound", str_of(figure_bound_name(f->bound)));
    if (f->low != COUNT_NONE)
        json_put_int(object, "low", f->low);
    if (f->high != COUNT_NONE)
        json_put_int(object, "high", f->high);
    json_put(object, "since", f->since);
    json_put(object, "until", f->until);
    json_put(object, "as_of", f->as_of);
    json_put(object, "place", f->place);
    json_put(object, "source", f->source);
    put_span(object, "subset_of", f->subset_of);
}

static void put_life_event(json_t *object, const struct life_event *e)
{
    json_put(object, "person", e->person);
    put_span(object, "person_at", e->person_at);
    json_put(object, "event", e->event);
    json_put(object, "date", e->date);
    json_put(object, "place", e->place);
    json_put(object, "body", e->body);
    if (!e->details_count)
        return;
    json_t *details = json_object();
    for (size_t i = 0; i < e->details_count; i++) {
        char name[DETAIL_NAME_LIMIT + 1];
        snprintf(name, sizeof name, "%.*s", STR_ARG(e->details[i].name));
        json_put(details, name, e->details[i].value);
    }
    json_put_new(object, "details", details);
}

static void put_fact(json_t *object, const struct fact *f)
{
    json_put(object, "subject", f->subject);
    put_span(object, "subject_at", f->subject_at);
    json_put(object, "subject_kind", f->subject_kind);
    json_put(object, "property", f->property);
    json_put(object, "value", f->value);
    json_put(object, "since", f->since);
    json_put(object, "until", f->until);
}

json_t *statement_to_json(const struct statement *s)
{
    json_t *object = json_object();
    char text[HASH_DIGITS + 1];
    hash_write(&s->text, text);
    json_put(object, "kind", STR("statement"));
    json_put(object, "form", str_of(statement_form_name(s->form)));
    json_put(object, "text", str_of(text));
    json_put_int(object, "from", (int64_t)s->quote.from);
    json_put_int(object, "to", (int64_t)s->quote.to);
    switch (s->form) {
    case FORM_FIGURE:
        put_figure(object, &s->figure);
        break;
    case FORM_LIFE_EVENT:
        put_life_event(object, &s->life_event);
        break;
    case FORM_FACT:
        put_fact(object, &s->fact);
        break;
    }
    return object;
}

static void read_figure(struct fields *in, struct figure *f)
{
    f->event = fields_text(in, "event");
    f->what = fields_text(in, "what");
    if (!figure_bound_read(fields_text(in, "bound"), &f->bound))
        fields_refuse(in, "an unknown bound");
    f->low = fields_int(in, "low", COUNT_NONE);
    f->high = fields_int(in, "high", COUNT_NONE);
    f->since = fields_text(in, "since");
    f->until = fields_text(in, "until");
    f->as_of = fields_text(in, "as_of");
    f->place = fields_text(in, "place");
    f->source = fields_text(in, "source");
    f->subset_of = fields_span(in, "subset_of");
}

static int detail_order(const void *a, const void *b)
{
    const struct detail *left = a, *right = b;
    return str_compare(left->name, right->name);
}

static const struct detail *details_keep(struct arena *arena, const struct detail *all,
                                         size_t count)
{
    if (!count)
        return NULL;
    struct detail *kept = arena_alloc(arena, count * sizeof *kept);
    memcpy(kept, all, count * sizeof *kept);
    return kept;
}

bool life_event_set_detail(struct life_event *e, struct arena *arena, struct str name,
                           struct str value)
{
    struct detail all[DETAILS_LIMIT + 1];
    size_t count = 0, i = 0;
    for (; i < e->details_count && str_compare(e->details[i].name, name) < 0; i++)
        all[count++] = e->details[i];
    if (value.len)
        all[count++] = (struct detail){name, value};
    i += i < e->details_count && str_equal(e->details[i].name, name);
    for (; i < e->details_count; i++)
        all[count++] = e->details[i];
    if (count > DETAILS_LIMIT)
        return false;
    e->details = details_keep(arena, all, count);
    e->details_count = count;
    return true;
}

static void read_life_event(struct fields *in, struct arena *arena, struct life_event *e)
{
    struct detail all[DETAILS_LIMIT];
    size_t count = 0;
    e->person = fields_text(in, "person");
    e->person_at = fields_span(in, "person_at");
    e->event = fields_text(in, "event");
    e->date = fields_text(in, "date");
    e->place = fields_text(in, "place");
    e->body = fields_text(in, "body");
    const json_t *details = fields_object(in, "details");
    json_t *open = (json_t *)(uintptr_t)details; /* jansson's iterator does not write */
    if (details && json_object_size(details) == 0)
        fields_refuse(in, "empty details");
    for (void *it = details ? json_object_iter(open) : NULL; it;
         it = json_object_iter_next(open, it)) {
        const char *name = json_object_iter_key(it);
        struct str value = json_text(details, name);
        if (count == DETAILS_LIMIT || !value.len || memchr(value.at, 0, value.len) ||
            strlen(name) > DETAIL_NAME_LIMIT) {
            fields_refuse(in, "details that are not short texts");
            return;
        }
        all[count++] = (struct detail){str_of(name), value};
    }
    qsort(all, count, sizeof all[0], detail_order);
    e->details = details_keep(arena, all, count);
    e->details_count = count;
}

static void read_fact(struct fields *in, struct fact *f)
{
    f->subject = fields_text(in, "subject");
    f->subject_at = fields_span(in, "subject_at");
    f->subject_kind = fields_text(in, "subject_kind");
    f->property = fields_text(in, "property");
    f->value = fields_text(in, "value");
    f->since = fields_text(in, "since");
    f->until = fields_text(in, "until");
}

enum outcome statement_of_json(const json_t *object, struct arena *arena, struct statement *s,
                               struct fault *why)
{
    struct fields in;
    fields_begin(&in, object, "statement");
    *s = (struct statement){0};
    s->text = fields_hash(&in, "text");
    int64_t from = fields_int(&in, "from", -1), to = fields_int(&in, "to", -1);
    if (from < 0 || to <= from)
        fields_refuse(&in, "a quote that is not a byte range");
    s->quote = (struct span){(size_t)(from < 0 ? 0 : from), (size_t)(to < 0 ? 0 : to)};
    struct str form = fields_text(&in, "form");
    if (str_equal(form, STR("figure"))) {
        s->form = FORM_FIGURE;
        read_figure(&in, &s->figure);
    } else if (str_equal(form, STR("life_event"))) {
        s->form = FORM_LIFE_EVENT;
        read_life_event(&in, arena, &s->life_event);
    } else if (str_equal(form, STR("fact"))) {
        s->form = FORM_FACT;
        read_fact(&in, &s->fact);
    } else {
        fields_refuse(&in, "an unknown form");
    }
    enum outcome result = fields_end(&in, why);
    return result == OK ? statement_check(s, why) : result;
}
