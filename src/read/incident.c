#include "read/incident.h"

#include "base/table.h"
#include "read/lexicon_int.h"
#include "read/reader_int.h"
#include "read/word_search.h"
#include "text/edtf.h"
#include "text/fold.h"

enum { EVENTS_LIMIT = 64, WORD_LIMIT = 512 };

/* Of one incident, a range of all words. */
struct words {
    size_t first, end;
};

struct known_incident {
    struct incident incident;
    int64_t first, last, echo; /* days */
    uint64_t events;           /* a bit each of incidents.events */
    struct words words, near;
};

struct incidents {
    struct arena arena;
    struct incident *all;
    struct known_incident *known; /* runs along with `all` */
    size_t count, room, known_room;
    struct str events[EVENTS_LIMIT]; /* the labels that any of them concerns */
    size_t events_count;
    struct word_search search; /* for the words of all incidents */
};

static bool days_of(struct str date, int64_t *first, int64_t *last)
{
    return date.len && edtf_range(date, first, last, NULL) == OK;
}

static enum outcome words_add(struct incidents *all, const struct table *t, struct str joined,
                              struct words *out, struct fault *why)
{
    struct str word, rest = joined;
    *out = (struct words){all->search.count, all->search.count};
    while (joined.len && str_cut(&rest, '|', &word)) {
        if (str_trim(word).len < word.len)
            return table_refuse(t, why, "a blank at an end of the word", word);
        word = fold_text(&all->arena, word);
        if (word.len < 2)
            return table_refuse(t, why, "a word of less than two letters among", joined);
        if (word.len > WORD_LIMIT)
            return table_refuse(t, why, "too long a word:", word);
        for (size_t i = out->first; i < out->end; i++)
            if (str_equal(all->search.words[i].word, word))
                return table_refuse(t, why, "twice:", word);
        word_search_add(&all->search, &all->arena, word);
        out->end++;
    }
    return OK;
}

static enum outcome check_texts(const struct incidents *all, const struct table *t,
                                const struct row *row, struct fault *why)
{
    struct str events = row->cells[6], event;
    if (!row->cells[0].len || !row->cells[4].len || !row->cells[5].len || !events.len)
        return table_refuse(t, why,
                            "an incident lacks its id, a name or its events:", row->cells[0]);
    for (size_t i = 0; i < all->count; i++)
        if (str_equal(all->all[i].id, row->cells[0]))
            return table_refuse(t, why, "two incidents with the id", row->cells[0]);
    while (str_cut(&events, '|', &event))
        if (!lexicon_is_label(event))
            return table_refuse(t, why, "not a label:", event);
    return OK;
}

/* the bit of the label, or 0 where no incident concerns it */
static uint64_t event_bit(const struct incidents *all, struct str event)
{
    for (size_t i = 0; i < all->events_count; i++)
        if (str_equal(all->events[i], event))
            return UINT64_C(1) << i;
    return 0;
}

static enum outcome read_events(struct incidents *all, const struct table *t, struct str joined,
                                uint64_t *out, struct fault *why)
{
    struct str event;
    for (*out = 0; str_cut(&joined, '|', &event); *out |= event_bit(all, event)) {
        if (event_bit(all, event))
            continue;
        if (all->events_count == EVENTS_LIMIT)
            return table_refuse(t, why, "one label too many:", event);
        all->events[all->events_count++] = event;
    }
    return OK;
}

static enum outcome read_days(const struct table *t, const struct row *row,
                              struct known_incident *out, struct fault *why)
{
    int64_t until_first = 0, echo_first = 0, since_last = 0;
    if (!days_of(row->cells[1], &out->first, &since_last))
        return table_refuse(t, why, "not a date:", row->cells[1]);
    if (!days_of(row->cells[2], &until_first, &out->last))
        return table_refuse(t, why, "not a date:", row->cells[2]);
    if (!days_of(row->cells[3], &echo_first, &out->echo))
        return table_refuse(t, why, "not a date:", row->cells[3]);
    if (out->first > out->last)
        return table_refuse(t, why, "it ends before it begins:", row->cells[2]);
    if (out->last > out->echo)
        return table_refuse(t, why, "its echo ends before it does:", row->cells[3]);
    return OK;
}

static enum outcome incident_add(struct incidents *all, const struct table *t,
                                 const struct row *row, struct fault *why)
{
    struct known_incident known = {
        .incident = {row->cells[0], row->cells[1], row->cells[2], row->cells[4], row->cells[5]}};
    enum outcome result = check_texts(all, t, row, why);
    if (result == OK)
        result = read_days(t, row, &known, why);
    if (result == OK)
        result = read_events(all, t, row->cells[6], &known.events, why);
    if (result == OK)
        result = words_add(all, t, row->cells[7], &known.words, why);
    if (result == OK)
        result = words_add(all, t, row->cells[8], &known.near, why);
    if (result != OK)
        return result;
    all->known =
        arena_grow(&all->arena, all->known, all->count, &all->known_room, sizeof *all->known);
    all->all = arena_grow(&all->arena, all->all, all->count, &all->room, sizeof *all->all);
    all->known[all->count] = known;
    all->all[all->count++] = known.incident;
    return OK;
}

static enum outcome incidents_add(struct incidents *all, const char *path, struct fault *why)
{
    struct table t;
    struct row row;
    bool more = true;
    enum outcome result =
        table_open(&t, path, "id since until echo name_en name_fa events words near", why);
    while (result == OK && (result = table_next(&t, &row, &more, why)) == OK && more)
        result = incident_add(all, &t, &row, why);
    return result;
}

enum outcome incidents_new(struct incidents **out, struct fault *why)
{
    struct incidents *all = mem_alloc(sizeof *all);
    enum outcome result = OK;
    arena_init(&all->arena);
    for (size_t i = 0; i < data_files_count && result == OK; i++) {
        struct str path = str_of(data_files[i].path);
        if (str_starts(path, STR("country/")) && str_ends(path, STR("/incidents.tsv")))
            result = incidents_add(all, data_files[i].path, why);
    }
    word_search_finish(&all->search);
    if (result != OK) {
        incidents_free(all);
        return result;
    }
    *out = all;
    return OK;
}

void incidents_free(struct incidents *all)
{
    if (!all)
        return;
    arena_release(&all->arena);
    mem_free(all);
}

const struct incident *incidents_of(const struct reader *reader, size_t *count)
{
    const struct incidents *all = reader_incidents(reader);
    *count = all->count;
    return all->all;
}

/* what begins at or after the byte */
static size_t sightings_before(const struct sightings *s, size_t byte)
{
    size_t low = 0, high = s->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (s->at[middle].from < byte)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* whether bytes beside `at` may be of one word: two letters, or a sign that folds away */
static bool may_cut(const struct incidents *all, struct str text, size_t at)
{
    return at > 0 && at < text.len && (unsigned char)text.at[at - 1] > ' ' &&
           all->search.within[(unsigned char)(text.at[at] | 32)];
}

/* The words in bytes [from, to) of the context's text, as if nothing stood around them. */
static struct sightings look_between(const struct incidents *all,
                                     const struct incident_context *context, size_t from, size_t to,
                                     struct arena *arena)
{
    struct str text = str_slice(context->text, from, to);
    struct sightings out = {0};
    if (!context->seen || may_cut(all, context->text, to))
        return word_search_text(&all->search, text, arena);
    if (may_cut(all, context->text, from))
        out = word_search_beginning(&all->search, text, arena);
    for (size_t i = sightings_before(context->seen, from);
         i < context->seen->count && context->seen->at[i].from < to; i++) {
        if (context->seen->at[i].to > to)
            continue;
        out.at = arena_grow(arena, out.at, out.count, &out.room, sizeof *out.at);
        out.at[out.count++] = context->seen->at[i];
    }
    return out;
}

/* the first of the words that was seen, or empty */
static struct str word_in(const struct incidents *all, const struct sightings *seen,
                          const struct words *words)
{
    size_t first = SIZE_MAX;
    for (size_t i = 0; i < seen->count; i++) {
        size_t word = seen->at[i].word;
        if (word >= words->first && word < words->end && word < first)
            first = word;
    }
    return first == SIZE_MAX ? STR_NONE : all->search.words[first].word;
}

struct period {
    bool any;
    int64_t first, last;
};

static struct period period_of_figure(const struct figure *f)
{
    struct period p = {0};
    int64_t unused = 0;
    bool begins = days_of(f->since, &p.first, &unused);
    bool ends = days_of(f->until, &unused, &p.last);
    if (begins && !ends)
        ends = days_of(f->as_of, &unused, &p.last);
    if (begins && !ends)
        p.last = unused > p.first ? unused : p.first;
    if (begins && !f->until.len && !f->as_of.len)
        days_of(f->since, &unused, &p.last);
    p.any = begins;
    return p;
}

/* within the incident, or a year or less that holds all of it */
static bool period_fits(const struct known_incident *k, const struct period *p)
{
    enum { A_WEEK = 7, A_YEAR = 366 };
    if (!p->any)
        return false;
    bool within = p->first >= k->first - A_WEEK && p->last <= k->last;
    bool year_of = p->first <= k->first && p->last >= k->first && p->last - p->first <= A_YEAR &&
                   p->last >= k->first + A_WEEK;
    return within || year_of;
}

static bool of_its_time(const struct known_incident *k, const struct figure *f,
                        struct str published)
{
    int64_t first = 0, last = 0;
    struct str date = f->as_of.len ? f->as_of : f->since.len ? f->since : published;
    return days_of(date, &first, &last) && first >= k->first && first <= k->echo;
}

/* What happened in a time of its own is not of an incident of another, though the sentence names it
 * beside; the dead of one may be identified at any time. */
static bool is_apart(const struct known_incident *k, const struct figure *f,
                     const struct period *period)
{
    enum { A_WEEK = 7 };
    bool later = str_equal(f->event, STR("identified"));
    return period->any && !later && (period->last < k->first - A_WEEK || period->first > k->echo);
}

static struct str reason_for(const struct incidents *all, const struct known_incident *k,
                             const struct figure *f, const struct period *period,
                             const struct sightings *sentence,
                             const struct incident_context *context, struct arena *arena)
{
    struct str word = is_apart(k, f, period) ? STR_NONE : word_in(all, sentence, &k->words);
    if (word.len)
        return arena_print(arena, "the sentence says \"%.*s\"", STR_ARG(word));
    struct str near = word_in(all, sentence, &k->near);
    if (period_fits(k, period) &&
        (near.len || k->near.first == k->near.end || period->first >= k->first - 7))
        return arena_print(arena, "the period counted, from %.*s, lies in it", STR_ARG(f->since));
    if (period->any || !near.len || !of_its_time(k, f, context->published))
        return STR_NONE;
    bool by_dates = context->stand_in && !f->as_of.len;
    return by_dates ? arena_print(arena, "\"%.*s\" in a text whose dates reach to %.*s",
                                  STR_ARG(near), STR_ARG(context->published))
                    : arena_print(arena, "\"%.*s\" in a text of its time", STR_ARG(near));
}

static bool begins_later(const struct known_incident *k, struct str date)
{
    int64_t first = 0, last = 0;
    return days_of(date, &first, &last) && last < k->first;
}

/* where the text right before the sentence begins, as far back as one matter may be held to go on
 */
static size_t begins_before(struct str text, size_t sentence)
{
    enum { BYTES_BACK = 1500 };
    size_t from = sentence > BYTES_BACK ? sentence - BYTES_BACK : 0;
    while (from < sentence && ((unsigned char)text.at[from] & 0xC0) == 0x80)
        from++;
    return from;
}

/* the index of the one incident that the text before names, or SIZE_MAX */
static size_t named_before(const struct incidents *all, const struct figure *f,
                           const struct sightings *sentence, const struct sightings *before,
                           const struct incident_context *context, struct str *word)
{
    size_t only = SIZE_MAX;
    for (size_t i = 0; i < all->count; i++) {
        struct str found = word_in(all, before, &all->known[i].words);
        if (found.len && only != SIZE_MAX)
            return SIZE_MAX;
        if (!found.len)
            continue;
        only = i;
        *word = found;
    }
    if (only == SIZE_MAX)
        return SIZE_MAX;
    const struct known_incident *k = &all->known[only];
    bool any_near = k->near.first < k->near.end;
    bool fits = (k->events & event_bit(all, f->event)) &&
                (!any_near || word_in(all, sentence, &k->near).len) && !begins_later(k, f->as_of) &&
                !begins_later(k, context->published) && (any_near || !f->as_of.len);
    return fits ? only : SIZE_MAX;
}

static size_t line_begin(struct str text, size_t at)
{
    while (at > 0 && text.at[at - 1] != '\n')
        at--;
    return at;
}

static bool is_item(struct str line)
{
    static const char *const bullets[] = {"•", "-", "*", "·", "◦", "▪", "●", "–"};
    line = str_trim(line);
    for (size_t i = 0; i < COUNT_OF(bullets); i++)
        if (str_starts(line, str_of(bullets[i])))
            return true;
    return false;
}

/* the line that leads in the list of which the sentence is an item ("At latest count,"), or empty
 */
static struct str lead_in(struct str text, size_t sentence)
{
    static const char *const leads[] = {":", ",", "،"};
    size_t from = line_begin(text, sentence), end = text.len;
    size_t stop = str_find(text, STR("\n"), sentence);
    struct str line = str_slice(text, from, stop == SIZE_MAX ? end : stop);
    size_t back = begins_before(text, sentence);
    if (!is_item(line))
        return STR_NONE;
    while (from > back && (is_item(line) || !str_trim(line).len)) {
        end = from - 1;
        from = line_begin(text, end);
        line = str_slice(text, from, end);
    }
    for (size_t i = 0; i < COUNT_OF(leads); i++)
        if (str_ends(str_trim(line), str_of(leads[i])))
            return line;
    return STR_NONE;
}

/* the index of the incident that the lead of its list is about, or SIZE_MAX */
static size_t led_in(const struct incidents *all, const struct figure *f,
                     const struct incident_context *context, struct str lead, struct arena *arena,
                     struct str *word)
{
    size_t from = lead.len ? (size_t)(lead.at - context->text.at) : 0;
    struct sightings seen = look_between(all, context, from, from + lead.len, arena);
    for (size_t i = 0; i < all->count && lead.len; i++) {
        const struct known_incident *k = &all->known[i];
        struct str near = word_in(all, &seen, &k->near);
        *word = word_in(all, &seen, &k->words);
        if (!word->len && of_its_time(k, f, context->published))
            *word = near;
        if ((k->events & event_bit(all, f->event)) && word->len &&
            !begins_later(k, context->published))
            return i;
    }
    return SIZE_MAX;
}

const struct incident *incident_of(const struct reader *reader, const struct figure *figure,
                                   struct str sentence, const struct incident_context *context,
                                   struct arena *arena, struct str *reason)
{
    const struct incidents *all = reader_incidents(reader);
    struct str word = STR_NONE;
    const char *text = context->text.at;
    bool inside = text && sentence.at >= text && sentence.at <= text + context->text.len;
    size_t from = inside ? (size_t)(sentence.at - text) : 0;
    struct sightings before = {0},
                     seen = inside ? look_between(all, context, from, from + sentence.len, arena)
                                   : word_search_text(&all->search, sentence, arena);
    uint64_t event = event_bit(all, figure->event);
    struct period period = period_of_figure(figure);
    *reason = STR_NONE;
    for (size_t i = 0; i < all->count; i++) {
        if (!(all->known[i].events & event))
            continue;
        *reason = reason_for(all, &all->known[i], figure, &period, &seen, context, arena);
        if (reason->len)
            return &all->all[i];
    }
    if (figure->since.len || figure->until.len)
        return NULL;
    size_t led = inside ? led_in(all, figure, context, lead_in(context->text, from), arena, &word)
                        : SIZE_MAX;
    if (led != SIZE_MAX) {
        *reason = arena_print(arena, "the line above its list says \"%.*s\"", STR_ARG(word));
        return &all->all[led];
    }
    if (inside)
        before = look_between(all, context, begins_before(context->text, from), from, arena);
    size_t named = named_before(all, figure, &seen, &before, context, &word);
    if (named == SIZE_MAX)
        return NULL;
    *reason = arena_print(arena, "the text before says \"%.*s\"", STR_ARG(word));
    return &all->all[named];
}

void incident_context_look(struct incident_context *context, const struct reader *reader,
                           struct arena *arena)
{
    struct sightings *seen = arena_alloc(arena, sizeof *seen);
    *seen = word_search_text(&reader_incidents(reader)->search, context->text, arena);
    context->seen = seen;
}

/* the year of a date that is at least a month, or 0; relative and open ones have none */
static int64_t year_of(struct str iso)
{
    int64_t year = 0;
    bool full = iso.len >= 7 && iso.at[4] == '-' && str_to_int(str_slice(iso, 0, 4), &year);
    return full ? year : 0;
}

static struct str first_day(struct str iso)
{
    size_t slash = str_find(iso, STR("/"), 0);
    return slash == SIZE_MAX ? iso : str_slice(iso, 0, slash);
}

struct incident_context incident_context_of(struct str text, const struct reading *reading,
                                            struct str published)
{
    enum { FIRST_YEAR = 1900, YEARS = 200 };
    struct incident_context context = {.text = text, .published = published};
    size_t counts[YEARS] = {0}, most = 0;
    for (size_t i = 0; i < reading->dates_count && !published.len; i++) {
        int64_t year = year_of(reading->dates[i].iso) - FIRST_YEAR;
        if (year < 0 || year >= YEARS)
            continue;
        counts[year]++;
        if (counts[year] >= counts[most])
            most = (size_t)year;
    }
    for (size_t i = 0; i < reading->dates_count && counts[most]; i++) {
        struct str date = first_day(reading->dates[i].iso);
        if (year_of(date) - FIRST_YEAR != (int64_t)most)
            continue;
        if (!context.stand_in || str_compare(date, context.published) > 0)
            context.published = date;
        context.stand_in = true;
    }
    return context;
}
