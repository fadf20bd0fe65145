#include "publish/sheet_int.h"
#include "store/decide.h"
#include "text/utf8.h"

enum field_kind { FIELD_TEXT, FIELD_COUNT, FIELD_DATE, FIELD_BOUND, FIELD_LABEL, FIELD_KIND };

/* a field of a statement's form, by the name that statement_set knows */
struct edit_field {
    const char *name, *said;
    enum field_kind kind;
};

static const struct edit_field figure_fields[] = {
    {"bound", SAID("bound"), FIELD_BOUND},         {"low", SAID("lowest"), FIELD_COUNT},
    {"high", SAID("highest"), FIELD_COUNT},        {"what", SAID("whom"), FIELD_LABEL},
    {"event", SAID("what happened"), FIELD_LABEL}, {"source", SAID("according to"), FIELD_TEXT},
    {"since", SAID("counted from"), FIELD_DATE},   {"until", SAID("counted to"), FIELD_DATE},
    {"as_of", SAID("as of"), FIELD_DATE},          {"place", SAID("place"), FIELD_TEXT},
};
static const struct edit_field life_event_fields[] = {
    {"person", SAID("person"), FIELD_TEXT},     {"event", SAID("what happened"), FIELD_LABEL},
    {"date", SAID("when"), FIELD_DATE},         {"place", SAID("place"), FIELD_TEXT},
    {"body", SAID("by or at"), FIELD_TEXT},     {"charge", SAID("charge"), FIELD_TEXT},
    {"sentence", SAID("sentence"), FIELD_TEXT}, {"court", SAID("court"), FIELD_TEXT},
    {"branch", SAID("branch"), FIELD_TEXT},     {"judge", SAID("judge"), FIELD_TEXT},
    {"prison", SAID("prison"), FIELD_TEXT},     {"note", SAID("note"), FIELD_TEXT},
};
static const struct edit_field fact_fields[] = {
    {"subject", SAID("who"), FIELD_TEXT},
    {"kind", SAID("person or organisation"), FIELD_KIND},
    {"property", SAID("property"), FIELD_LABEL},
    {"value", SAID("value"), FIELD_TEXT},
    {"since", SAID("from"), FIELD_DATE},
    {"until", SAID("to"), FIELD_DATE},
};

static const struct edit_field *fields_of(enum statement_form form, size_t *count)
{
    switch (form) {
    case FORM_FIGURE:
        *count = COUNT_OF(figure_fields);
        return figure_fields;
    case FORM_LIFE_EVENT:
        *count = COUNT_OF(life_event_fields);
        return life_event_fields;
    case FORM_FACT:
        *count = COUNT_OF(fact_fields);
        return fact_fields;
    }
    bug("a form that is none");
}

/* ---- what stands in a field before anybody types ---- */

static struct str count_text(struct arena *arena, int64_t count)
{
    return count == COUNT_NONE ? STR_NONE : arena_print(arena, "%lld", (long long)count);
}

struct named_value {
    const char *name;
    struct str value;
};

static struct str value_among(const struct named_value *values, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (str_equal(str_of(values[i].name), str_of(name)))
            return values[i].value;
    return STR_NONE;
}

static struct str value_of(struct arena *arena, const struct statement *s, const char *name)
{
    const struct figure *f = &s->figure;
    const struct life_event *e = &s->life_event;
    const struct fact *x = &s->fact;
    if (s->form == FORM_FIGURE) {
        const struct named_value values[] = {
            {"bound", str_of(figure_bound_name(f->bound))},
            {"low", count_text(arena, f->low)},
            {"high", f->high == f->low ? STR_NONE : count_text(arena, f->high)},
            {"what", f->what},
            {"event", f->event},
            {"source", f->source},
            {"since", f->since},
            {"until", f->until},
            {"as_of", f->as_of},
            {"place", f->place}};
        return value_among(values, COUNT_OF(values), name);
    }
    if (s->form == FORM_FACT) {
        const struct named_value values[] = {{"subject", x->subject},   {"kind", x->subject_kind},
                                             {"property", x->property}, {"value", x->value},
                                             {"since", x->since},       {"until", x->until}};
        return value_among(values, COUNT_OF(values), name);
    }
    for (size_t i = 0; i < e->details_count; i++)
        if (str_equal(e->details[i].name, str_of(name)))
            return e->details[i].value;
    const struct named_value values[] = {{"person", e->person},
                                         {"event", e->event},
                                         {"date", e->date},
                                         {"place", e->place},
                                         {"body", e->body}};
    return value_among(values, COUNT_OF(values), name);
}

static bool was_typed(const struct page *page, const char *name)
{
    for (size_t i = 0; i < page->fields_count; i++)
        if (str_equal(page->fields[i].name, str_of(name)))
            return true;
    return false;
}

/* ---- the form ---- */

static void write_option(struct page *page, const char *value, struct str said, struct str chosen)
{
    OUT(page->out, "<option value=\"{}\"{}>{}</option>", str_of(value),
        str_of(str_equal(str_of(value), chosen) ? " selected" : ""), said);
}

static void write_bounds(struct page *page, struct str chosen)
{
    const struct voice *v = &page->voice;
    const struct {
        enum figure_bound bound;
        struct str said;
    } bounds[] = {
        {BOUND_EXACT, SAY(v, "exactly")},
        {BOUND_AT_LEAST, SAY(v, "at least")},
        {BOUND_MORE_THAN, SAY(v, "more than")},
        {BOUND_ABOUT, SAY(v, "about")},
        {BOUND_NEARLY, SAY(v, "nearly")},
        {BOUND_UP_TO, SAY(v, "up to")},
        {BOUND_RANGE, SAY(v, "from lowest to highest")},
    };
    for (size_t i = 0; i < COUNT_OF(bounds); i++)
        write_option(page, figure_bound_name(bounds[i].bound), bounds[i].said, chosen);
}

static void write_control(struct page *page, const struct edit_field *f, struct str value)
{
    const struct voice *v = &page->voice;
    struct str name = str_of(f->name);
    if (f->kind == FIELD_BOUND || f->kind == FIELD_KIND) {
        OUT(page->out, "<select id=\"edit-{}\" name=\"{1}\">", name);
        if (f->kind == FIELD_BOUND) {
            write_bounds(page, value);
        } else {
            write_option(page, "person", SAY(v, "person"), value);
            write_option(page, "organisation", SAY(v, "organisation"), value);
        }
        out_raw(page->out, "</select>");
        return;
    }
    OUT(page->out,
        "<input id=\"edit-{}\" name=\"{1}\" type=\"text\" value=\"{}\" dir=\"auto\""
        " autocomplete=\"off\" spellcheck=\"false\"",
        name, value);
    if (f->kind == FIELD_LABEL)
        OUT(page->out, " list=\"labels-{}\"", name);
    out_raw(page->out, f->kind == FIELD_COUNT ? " inputmode=\"numeric\">" : ">");
}

/* the labels that this document's statements of the same form have, to choose from */
static void write_labels(struct page *page, const struct sheet *s, enum statement_form form,
                         const char *name)
{
    size_t count = 0;
    struct str *seen = arena_alloc(page->arena, (s->count + 1) * sizeof *seen);
    OUT(page->out, "<datalist id=\"labels-{}\">", str_of(name));
    for (size_t i = 0; i < s->count; i++) {
        size_t k = 0;
        if (s->statements[i].statement.form != form)
            continue;
        struct str value = value_of(page->arena, &s->statements[i].statement, name);
        while (k < count && !str_equal(seen[k], value))
            k++;
        if (k < count || count == 100)
            continue;
        seen[count++] = value;
        OUT(page->out, "<option value=\"{}\">{}</option>", value,
            voice_label(&page->voice, page->arena, value));
    }
    out_raw(page->out, "</datalist>");
}

void edit_form_write(struct page *page, const struct sheet *s, const struct statement_view *view,
                     struct str refused)
{
    const struct voice *v = &page->voice;
    size_t count;
    const struct edit_field *fields = fields_of(view->statement.form, &count);
    struct str document = page_link(page, "/documents/", &s->document.id);
    char about[ADDRESS_DIGITS + 1];
    address_hide(&page->site->addresses, &view->id, about);
    OUT(page->out,
        "<form class=\"edit\" method=\"post\" action=\"/edit\" data-hx-post=\"/edit\""
        " autocomplete=\"off\">"
        "<input type=\"hidden\" name=\"about\" value=\"{}\">",
        str_of(about));
    page_form_token(page);
    if (refused.len)
        OUT(page->out, "<p class=\"refused\" role=\"alert\">{} <bdi lang=\"en\">{}</bdi></p>",
            SAY(v, "Not kept:"), refused);
    for (size_t i = 0; i < count; i++) {
        OUT(page->out, "<p><label for=\"edit-{}\">{}</label>", str_of(fields[i].name),
            voice_say(v, fields[i].said));
        write_control(page, &fields[i],
                      was_typed(page, fields[i].name)
                          ? page_field(page, fields[i].name)
                          : value_of(page->arena, &view->statement, fields[i].name));
        out_raw(page->out, "</p>");
        if (fields[i].kind == FIELD_LABEL)
            write_labels(page, s, view->statement.form, fields[i].name);
    }
    OUT(page->out,
        "<p><label for=\"edit-why\">{}</label><input id=\"edit-why\" name=\"why\" type=\"text\""
        " value=\"{}\" dir=\"auto\" autocomplete=\"off\"></p>"
        "<p class=\"soft\">{}</p>",
        SAY(v, "your reason"), page_field(page, "why"),
        SAY(v, "Dates are Gregorian: 2022, 2022-11, 2022-11-15, 2022-09-16/2022-11-22. An edit "
               "rejects the proposal and accepts what you write, with the same sentence."));
    OUT(page->out,
        "<p class=\"answers\"><button type=\"submit\">{}</button>"
        "<a class=\"button\" href=\"{}#s-{}\" data-hx-get=\"{2}?passage={4}\""
        " aria-keyshortcuts=\"Escape\">{} <kbd aria-hidden=\"true\">Esc</kbd></a></p></form>",
        SAY(v, "Keep the edit"), document, str_slice(str_of(about), 0, ANCHOR_DIGITS),
        str_of(about), SAY(v, "Leave it as it was"));
}

/* ---- reading it ---- */

/* digits of any script as ASCII, without what sets thousands apart */
static struct str plain_digits(struct arena *arena, struct str typed)
{
    size_t len = 0, size;
    char *out = arena_alloc(arena, typed.len + 1);
    for (size_t i = 0; i < typed.len; i += size) {
        uint32_t c = utf8_at(typed, i, &size);
        if (c >= 0x06F0 && c <= 0x06F9)
            out[len++] = (char)('0' + (c - 0x06F0));
        else if (c >= 0x0660 && c <= 0x0669)
            out[len++] = (char)('0' + (c - 0x0660));
        else if (c != ',' && c != 0x066C && c != ' ' && c != 0xA0 && c != 0x202F)
            len += utf8_write(c, out + len);
    }
    return (struct str){out, len};
}

/* what one number says under its bound: nobody has to type it twice */
static void complete_counts(struct figure *f)
{
    int64_t one = f->low != COUNT_NONE ? f->low : f->high;
    switch (f->bound) {
    case BOUND_EXACT:
    case BOUND_ABOUT:
    case BOUND_NEARLY:
        if (f->low == COUNT_NONE || f->high == COUNT_NONE)
            f->low = f->high = one;
        return;
    case BOUND_AT_LEAST:
    case BOUND_MORE_THAN:
        if (f->low == COUNT_NONE || f->high == f->low) {
            f->low = one;
            f->high = COUNT_NONE;
        }
        return;
    case BOUND_UP_TO:
        if (f->high == COUNT_NONE || f->high == f->low) {
            f->high = one;
            f->low = COUNT_NONE;
        }
        return;
    case BOUND_RANGE:
        return;
    }
}

enum outcome edit_form_read(const struct page *page, struct statement *s, struct fault *why)
{
    size_t count;
    enum outcome result = OK;
    const struct edit_field *fields = fields_of(s->form, &count);
    for (size_t i = 0; i < count && result == OK; i++) {
        if (!was_typed(page, fields[i].name))
            continue;
        struct str value = page_field(page, fields[i].name);
        if (fields[i].kind == FIELD_COUNT)
            value = plain_digits(page->arena, value);
        result = statement_set(
            s, arena_print(page->arena, "%s=%.*s", fields[i].name, STR_ARG(value)), why);
    }
    if (result == OK && s->form == FORM_FIGURE)
        complete_counts(&s->figure);
    return result;
}
