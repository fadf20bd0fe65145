#include "read/incident.h"

#include "base/table.h"
#include "read/lexicon_int.h"
#include "read/reader_int.h"
#include "text/edtf.h"
#include "text/fold.h"

/* The first bytes of a word, which are compared before the word is; the first two choose its
 * shelf. */
enum { HEAD_SIZE = 4, SHELVES = 256 };

struct sought {
    struct str word;
    uint32_t head, mask;
    size_t number; /* among the words of all incidents */
};

struct words {
    struct sought *at;
    size_t count;
};

struct known_incident {
    struct incident incident;
    int64_t first, last, echo; /* days */
    struct str events;         /* labels joined by '|' */
    struct words words, near;  /* folded */
};

/* A folded text and each place in it where a word may begin. */
struct places {
    struct str text;
    uint32_t *at, *heads; /* run along */
    size_t count;
};

struct incidents {
    struct arena arena;
    struct incident *all;
    struct known_incident *known; /* runs along with `all` */
    size_t count, room, known_room;
    struct shelf *shelves[SHELVES];
    size_t words, longest; /* how many, and the bytes of the longest */
};

struct shelf {
    const struct sought *word;
    struct shelf *next;
};

static bool days_of(struct str date, int64_t *first, int64_t *last)
{
    return date.len && edtf_range(date, first, last, NULL) == OK;
}

static uint32_t head_of(struct str text, size_t at)
{
    uint32_t head = 0;
    for (size_t i = 0; i < HEAD_SIZE && at + i < text.len; i++)
        head |= (uint32_t)(unsigned char)text.at[at + i] << 8 * i;
    return head;
}

static enum outcome words_of(const struct table *t, struct arena *arena, struct str joined,
                             struct words *out, struct fault *why)
{
    struct str word, rest = joined;
    size_t room = 0;
    while (joined.len && str_cut(&rest, '|', &word)) {
        if (str_trim(word).len < word.len)
            return table_refuse(t, why, "a blank at an end of the word", word);
        word = fold_text(arena, word);
        if (word.len < 2)
            return table_refuse(t, why, "a word of less than two letters among", joined);
        for (size_t i = 0; i < out->count; i++)
            if (str_equal(out->at[i].word, word))
                return table_refuse(t, why, "twice:", word);
        out->at = arena_grow(arena, out->at, out->count, &room, sizeof *out->at);
        uint32_t mask = word.len < HEAD_SIZE ? (UINT32_C(1) << 8 * word.len) - 1 : UINT32_MAX;
        out->at[out->count++] = (struct sought){word, head_of(word, 0), mask, 0};
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
        .incident = {row->cells[0], row->cells[1], row->cells[2], row->cells[4], row->cells[5]},
        .events = row->cells[6],
    };
    enum outcome result = check_texts(all, t, row, why);
    if (result == OK)
        result = read_days(t, row, &known, why);
    if (result == OK)
        result = words_of(t, &all->arena, row->cells[7], &known.words, why);
    if (result == OK)
        result = words_of(t, &all->arena, row->cells[8], &known.near, why);
    if (result != OK)
        return result;
    all->known =
        arena_grow(&all->arena, all->known, all->count, &all->known_room, sizeof *all->known);
    all->all = arena_grow(&all->arena, all->all, all->count, &all->room, sizeof *all->all);
    all->known[all->count] = known;
    all->all[all->count++] = known.incident;
    return OK;
}

static size_t shelf_of(uint32_t head)
{
    return (head ^ head >> 5) % SHELVES;
}

static void shelve(struct incidents *all, const struct words *words)
{
    for (size_t i = 0; i < words->count; i++) {
        struct sought *w = &words->at[i];
        struct shelf *made = arena_alloc(&all->arena, sizeof *made);
        if (w->word.len < 2)
            bug("an incident's word of one byte");
        size_t shelf = shelf_of(w->head & 0xFFFF);
        w->number = all->words++;
        all->longest = w->word.len > all->longest ? w->word.len : all->longest;
        *made = (struct shelf){w, all->shelves[shelf]};
        all->shelves[shelf] = made;
    }
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
    for (size_t i = 0; i < all->count; i++) {
        shelve(all, &all->known[i].words);
        shelve(all, &all->known[i].near);
    }
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

static bool is_word_byte(char c)
{
    unsigned char byte = (unsigned char)c;
    return byte >= 128 || (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z');
}

/* the beginning of the text, and what may begin an incident's word by its first two bytes */
static struct places places_of(const struct incidents *all, struct arena *arena, struct str folded)
{
    struct places p = {.text = folded};
    size_t room = 0, heads_room = 0;
    bool before = false;
    for (size_t i = 0; i < folded.len; i++) {
        bool begins = !before;
        before = is_word_byte(folded.at[i]);
        if (!begins || i + 1 == folded.len ||
            (i && !all->shelves[shelf_of((unsigned char)folded.at[i] |
                                         (uint32_t)(unsigned char)folded.at[i + 1] << 8)]))
            continue;
        p.at = arena_grow(arena, p.at, p.count, &room, sizeof *p.at);
        p.heads = arena_grow(arena, p.heads, p.count, &heads_room, sizeof *p.heads);
        p.at[p.count] = (uint32_t)i;
        p.heads[p.count++] = head_of(folded, i);
    }
    return p;
}

static bool stands_at(const struct places *p, size_t at, struct str word)
{
    size_t end = at + word.len;
    return end <= p->text.len && memcmp(p->text.at + at, word.at, word.len) == 0 &&
           (end == p->text.len || !is_word_byte(p->text.at[end]));
}

/* The first of the words that stands in the text as a whole word, or empty. What is not in `seen`
 * may stand only at the text's very beginning, which may cut a word of the document in two. */
static struct str word_in(const struct places *p, const struct words *words, const bool *seen)
{
    for (size_t i = 0; i < words->count; i++) {
        const struct sought *w = &words->at[i];
        size_t end = !seen || seen[w->number] ? p->count : p->count > 0;
        for (size_t k = 0; k < end; k++)
            if ((p->heads[k] & w->mask) == w->head && stands_at(p, p->at[k], w->word))
                return w->word;
    }
    return STR_NONE;
}

static bool concerns(const struct known_incident *k, struct str event)
{
    struct str events = k->events, label;
    while (str_cut(&events, '|', &label))
        if (str_equal(label, event))
            return true;
    return false;
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

static struct str reason_for(const struct known_incident *k, const struct figure *f,
                             const struct places *sentence, const struct incident_context *context,
                             struct arena *arena)
{
    struct str word = word_in(sentence, &k->words, context->seen);
    if (word.len)
        return arena_print(arena, "the sentence says \"%.*s\"", STR_ARG(word));
    struct period period = period_of_figure(f);
    struct str near = word_in(sentence, &k->near, context->seen);
    if (period_fits(k, &period) && (near.len || !k->near.count || period.first >= k->first - 7))
        return arena_print(arena, "the period counted, from %.*s, lies in it", STR_ARG(f->since));
    if (period.any || !near.len || !of_its_time(k, f, context->published))
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

/* the text right before the sentence, as far back as one matter may be held to go on */
static struct str text_before(const struct incident_context *context, struct str sentence)
{
    enum { BYTES_BACK = 1500 };
    const char *text = context->text.at;
    if (!text || sentence.at < text || sentence.at > text + context->text.len)
        return STR_NONE;
    size_t end = (size_t)(sentence.at - text);
    size_t from = end > BYTES_BACK ? end - BYTES_BACK : 0;
    while (from < end && ((unsigned char)text[from] & 0xC0) == 0x80)
        from++;
    return str_slice(context->text, from, end);
}

/* all of it, unless a word can only stand at its beginning */
static struct places places_before(const struct incidents *all,
                                   const struct incident_context *context, struct str sentence,
                                   struct arena *arena)
{
    struct str text = text_before(context, sentence);
    size_t end = 2 * all->longest + 8;
    if (context->seen && !context->names && end < text.len) {
        while (((unsigned char)text.at[end] & 0xC0) == 0x80)
            end++;
        struct str folded = fold_text(arena, str_slice(text, 0, end));
        if (folded.len > all->longest)
            return places_of(all, arena, folded);
    }
    return places_of(all, arena, fold_text(arena, text));
}

/* the index of the one incident that the text before names, or SIZE_MAX */
static size_t named_before(const struct incidents *all, const struct figure *f,
                           const struct places *sentence, const struct places *before,
                           const struct incident_context *context, struct str *word)
{
    size_t only = SIZE_MAX;
    for (size_t i = 0; i < all->count; i++) {
        struct str found = word_in(before, &all->known[i].words, context->seen);
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
    bool fits = concerns(k, f->event) &&
                (!k->near.count || word_in(sentence, &k->near, context->seen).len) &&
                !begins_later(k, f->as_of) && !begins_later(k, context->published) &&
                (k->near.count || !f->as_of.len);
    return fits ? only : SIZE_MAX;
}

const struct incident *incident_of(const struct reader *reader, const struct figure *figure,
                                   struct str sentence, const struct incident_context *context,
                                   struct arena *arena, struct str *reason)
{
    const struct incidents *all = reader_incidents(reader);
    struct places places = places_of(all, arena, fold_text(arena, sentence)), before;
    struct str word = STR_NONE;
    *reason = STR_NONE;
    for (size_t i = 0; i < all->count; i++) {
        if (!concerns(&all->known[i], figure->event))
            continue;
        *reason = reason_for(&all->known[i], figure, &places, context, arena);
        if (reason->len)
            return &all->all[i];
    }
    if (figure->since.len || figure->until.len)
        return NULL;
    before = places_before(all, context, sentence, arena);
    size_t named = named_before(all, figure, &places, &before, context, &word);
    if (named == SIZE_MAX)
        return NULL;
    *reason = arena_print(arena, "the text before says \"%.*s\"", STR_ARG(word));
    return &all->all[named];
}

void incident_context_look(struct incident_context *context, const struct reader *reader,
                           struct arena *arena)
{
    const struct incidents *all = reader_incidents(reader);
    struct places p = places_of(all, arena, fold_text(arena, context->text));
    bool *seen = arena_alloc(arena, all->words + 1);
    for (size_t k = 0; k < p.count; k++)
        for (const struct shelf *s = all->shelves[shelf_of(p.heads[k] & 0xFFFF)]; s; s = s->next)
            seen[s->word->number] |= (p.heads[k] & s->word->mask) == s->word->head;
    for (size_t i = 0; i < all->count; i++)
        for (size_t w = 0; w < all->known[i].words.count; w++)
            context->names |= seen[all->known[i].words.at[w].number];
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
