#include "account/bearer.h"

#include <stdlib.h>
#include <unicode/uchar.h>

#include "account/bearer_int.h"
#include "case/decided.h"
#include "match/likeness.h"
#include "text/fold.h"
#include "text/utf8.h"

enum { SPELLING_LETTERS_LEAST = 5, SPELLINGS_MOST = 16, SPELLING_TIMES = 3 };

struct hash bearer_address(const struct bearer *b)
{
    return mention_id(&b->named.mentions[0]);
}

/* ---- names that are no person's ---- */

struct folded_names {
    struct str *at;
    size_t count;
};

static int compare_texts(const void *left, const void *right)
{
    return str_compare(*(const struct str *)left, *(const struct str *)right);
}

/* the folded names that statements say are organisations' */
static struct folded_names organisations_of(const struct statement_view *views, size_t count,
                                            struct arena *arena)
{
    struct folded_names out = {.at = arena_alloc(arena, (count + 1) * sizeof *out.at)};
    for (size_t i = 0; i < count; i++) {
        const struct statement *s = &views[i].statement;
        if (s->form == FORM_FACT && str_equal(s->fact.subject_kind, STR("organisation")) &&
            !statement_is_rejected(&views[i]))
            out.at[out.count++] = fold_text(arena, s->fact.subject);
    }
    if (out.count)
        qsort(out.at, out.count, sizeof *out.at, compare_texts);
    return out;
}

static bool is_person(const struct named *n, const struct folded_names *organisations)
{
    bool organisation =
        organisations->count && bsearch(&n->key, organisations->at, organisations->count,
                                        sizeof *organisations->at, compare_texts);
    return !organisation && name_is_personal(n->name);
}

/* ---- one text ---- */

struct bearer_list {
    struct bearer *at;
    size_t count, room;
};

static struct bearer *bearer_add(struct bearer_list *l, struct arena *arena, struct named n,
                                 const struct hash *text)
{
    l->at = arena_grow(arena, l->at, l->count, &l->room, sizeof *l->at);
    struct bearer *b = &l->at[l->count++];
    *b = (struct bearer){.named = n, .text = *text, .sentence = n.name};
    return b;
}

/* A family name of the text, to be found in other spellings: a bearer who has it. */
struct sought {
    uint64_t sound, hash;
    size_t bearer;
};

struct seeking {
    struct sought *sought; /* in order of sound and hash, each name once */
    size_t sought_count;
    uint64_t *words; /* hashes of all words of names, in order */
    size_t words_count;
    struct hash text_id;
    struct str text;
    const struct bearer_list *list;
    size_t from, to; /* of the list: the text's bearers who have statements */
};

static uint64_t hash_of_word(struct letters word)
{
    struct spelling alone = {0};
    spelling_append(&alone, word, false);
    return spelling_hash(&alone);
}

static int compare_sought(const void *left, const void *right)
{
    const struct sought *a = left, *b = right;
    if (a->sound != b->sound)
        return a->sound < b->sound ? -1 : 1;
    return (a->hash > b->hash) - (a->hash < b->hash);
}

static int compare_hashes(const void *left, const void *right)
{
    const uint64_t *a = left, *b = right;
    return (*a > *b) - (*a < *b);
}

static void seek_family(struct seeking *s, size_t bearer)
{
    struct person_name name;
    person_name_of(s->list->at[bearer].named.name, &name);
    if (name.family.words != 1 || name.family.count < SPELLING_LETTERS_LEAST)
        return;
    struct letters whole = spelling_whole(&name.family);
    s->sought[s->sought_count++] =
        (struct sought){letters_sound(whole), hash_of_word(whole), bearer};
}

static void seek_words(struct seeking *s, size_t bearer, size_t *room, struct arena *arena)
{
    struct spelling name;
    spelling_of(s->list->at[bearer].named.name, SPELLING_NAME, &name);
    for (size_t k = 0; k < name.words; k++) {
        s->words = arena_grow(arena, s->words, s->words_count, room, sizeof *s->words);
        s->words[s->words_count++] = hash_of_word(spelling_word(&name, k));
    }
}

static void seek_prepare(struct seeking *s, struct arena *arena)
{
    size_t room = 0, kept = 0;
    s->sought = arena_alloc(arena, (s->to - s->from + 1) * sizeof *s->sought);
    for (size_t i = s->from; i < s->to; i++) {
        seek_family(s, i);
        seek_words(s, i, &room, arena);
    }
    if (s->sought_count)
        qsort(s->sought, s->sought_count, sizeof *s->sought, compare_sought);
    for (size_t i = 0; i < s->sought_count; i++)
        if (!kept || compare_sought(&s->sought[kept - 1], &s->sought[i]))
            s->sought[kept++] = s->sought[i];
    s->sought_count = kept;
    if (s->words_count)
        qsort(s->words, s->words_count, sizeof *s->words, compare_hashes);
}

/* whether somebody of the text is called so, in this spelling */
static bool is_named_so(const struct seeking *s, struct letters word)
{
    uint64_t hash = hash_of_word(word);
    return s->words_count && bsearch(&hash, s->words, s->words_count, sizeof hash, compare_hashes);
}

/* the first family name that sounds so, or what would follow it */
static size_t first_sounding(const struct seeking *s, uint64_t sound)
{
    size_t low = 0, high = s->sought_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (s->sought[middle].sound < sound)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool is_another_spelling(const struct seeking *s, struct str word)
{
    struct spelling spelt;
    spelling_of(word, SPELLING_NAME, &spelt);
    if (spelt.words != 1 || spelt.count < SPELLING_LETTERS_LEAST)
        return false;
    struct wording wording = wording_of(&spelt);
    uint64_t sound = letters_sound(spelling_whole(&spelt));
    bool found = false;
    for (size_t i = first_sounding(s, sound);
         i < s->sought_count && s->sought[i].sound == sound && !found; i++) {
        struct person_name name;
        person_name_of(s->list->at[s->sought[i].bearer].named.name, &name);
        struct wording other = wording_of(&name.family);
        found = name_level(&other, &wording) == LEVEL_SPELLING;
    }
    return found && !is_named_so(s, spelling_whole(&spelt));
}

static struct named spelling_named(struct arena *arena, const struct seeking *s,
                                   const struct persons *p, struct word word)
{
    struct mention *mention = arena_alloc(arena, sizeof *mention);
    struct str name = arena_copy(arena, str_slice(s->text, word.from, word.to));
    *mention = (struct mention){s->text_id, {word.from, word.to}};
    struct named out = {.key = fold_text(arena, name),
                        .name = name,
                        .mentions = mention,
                        .mentions_count = 1,
                        .person = SIZE_MAX};
    size_t at = persons_overlapping(p, mention, 0);
    if (at != SIZE_MAX)
        out.person = p->at[at].person;
    return out;
}

/* the bearer of the text, found by spelling, of that key; SIZE_MAX when there is none */
static size_t found_before(const struct bearer_list *l, size_t first, struct str key)
{
    for (size_t i = first; i < l->count; i++)
        if (str_equal(l->at[i].named.key, key))
            return i;
    return SIZE_MAX;
}

static void often_drop(struct bearer_list *l, size_t first, const size_t *times)
{
    size_t kept = first;
    for (size_t i = first; i < l->count; i++)
        if (times[i - first] <= SPELLING_TIMES)
            l->at[kept++] = l->at[i];
    l->count = kept;
}

/* Words with a capital that are another spelling of a family name of the text, each once. One that
 * stands there more often than SPELLING_TIMES is a word of its own. */
static void spellings_find(struct seeking *s, struct bearer_list *list, const struct persons *p,
                           struct arena *arena)
{
    struct word w;
    size_t at = 0, size, first = list->count, times[SPELLINGS_MOST] = {0};
    while (s->sought_count && word_next(s->text, &at, &w)) {
        struct str word = str_slice(s->text, w.from, w.to);
        if (!u_isupper((UChar32)utf8_at(word, 0, &size)) || !is_another_spelling(s, word))
            continue;
        struct named n = spelling_named(arena, s, p, w);
        size_t known = found_before(list, first, n.key);
        if (known == SIZE_MAX && list->count - first == SPELLINGS_MOST)
            break;
        if (known == SIZE_MAX) {
            known = list->count;
            bearer_add(list, arena, n, &s->text_id);
        }
        times[known - first]++;
    }
    often_drop(list, first, times);
}

/* ---- all texts ---- */

struct bearers_reading {
    struct archive *archive;
    const struct reader *reader;
    const struct persons *persons;
    const struct bearer_guest *guest; /* or NULL */
    struct arena *arena;
    struct bearer_list list;
};

static void document_tell(struct bearer *b, const struct statement_view *view)
{
    b->document = view->document;
    b->document_title = view->document_title;
    b->document_name = view->document_name;
    b->document_published = view->document_published;
}

static void sentence_tell(struct bearer *b, const struct bearer_text *t, struct arena *arena)
{
    const struct sentence *s = sentence_at(t, b->named.mentions[0].at);
    if (!s)
        return;
    b->sentence_at = s->at;
    b->sentence = arena_copy(arena, str_slice(t->text, s->at.from, s->at.to));
}

static enum outcome text_read(struct bearers_reading *r, const struct hash *id, struct buf *out,
                              struct fault *why)
{
    if (r->guest && hash_equal(&r->guest->id, id)) {
        buf_add(out, r->guest->text);
        return OK;
    }
    enum outcome outcome = archive_text(r->archive, id, out, why);
    return outcome == NOT_FOUND ? OK : outcome;
}

/* the bearers from `from` on are of one text, and have statements */
static enum outcome text_tell(struct bearers_reading *r, size_t from, struct fault *why)
{
    const struct statement_view *view = r->list.at[from].named.views[0];
    struct hash id = r->list.at[from].text;
    struct document_facts facts = {.published = view->document_published,
                                   .lang = view->document_lang};
    struct reading reading = {0};
    struct arena scratch;
    struct buf text;
    buf_init(&text, SIZE_MAX / 4);
    arena_init(&scratch);
    enum outcome outcome = text_read(r, &id, &text, why);
    if (!outcome) {
        struct seeking seeking = {.text_id = id,
                                  .text = buf_str(&text),
                                  .list = &r->list,
                                  .from = from,
                                  .to = r->list.count};
        if (text.len)
            read_sentences(r->reader, buf_str(&text), &facts, &scratch, &reading);
        seek_prepare(&seeking, &scratch);
        spellings_find(&seeking, &r->list, r->persons, r->arena);
        struct bearer_text t = {buf_str(&text), reading.sentences, reading.sentences_count,
                                r->list.at + from, r->list.count - from};
        for (size_t i = 0; i < t.count; i++) {
            document_tell(&t.bearers[i], view);
            sentence_tell(&t.bearers[i], &t, r->arena);
        }
        bearers_portray(&t, r->arena);
    }
    buf_release(&text);
    arena_release(&scratch);
    return outcome;
}

struct views {
    struct statement_view *at;
    size_t count;
};

static enum outcome views_read(struct archive *a, const struct hash_list *texts,
                               struct arena *arena, struct views *out, struct fault *why)
{
    struct statement_filter filter = {.rejected = true};
    size_t room = 0, count;
    if (!texts)
        return archive_statements(a, &filter, arena, &out->at, &out->count, why);
    for (size_t i = 0; i < texts->count; i++) {
        struct statement_view *views;
        filter.text = &texts->at[i];
        enum outcome outcome = archive_statements(a, &filter, arena, &views, &count, why);
        if (outcome)
            return outcome;
        for (size_t k = 0; k < count; k++) {
            out->at = arena_grow(arena, out->at, out->count, &room, sizeof *out->at);
            out->at[out->count++] = views[k];
        }
    }
    return OK;
}

static void views_add(struct views *all, const struct bearer_guest *guest, struct arena *arena)
{
    struct statement_view *at = arena_alloc(arena, (all->count + guest->count + 1) * sizeof *at);
    if (all->count)
        memcpy(at, all->at, all->count * sizeof *at);
    if (guest->count)
        memcpy(at + all->count, guest->views, guest->count * sizeof *at);
    *all = (struct views){at, all->count + guest->count};
}

enum outcome bearers_read(struct archive *a, const struct reader *reader,
                          const struct hash_list *texts, const struct bearer_guest *guest,
                          const struct persons *p, struct arena *arena, struct bearer **out,
                          size_t *count, struct fault *why)
{
    struct bearers_reading r = {
        .archive = a, .reader = reader, .persons = p, .guest = guest, .arena = arena};
    struct views views = {0};
    struct named *named;
    size_t named_count;
    enum outcome outcome = views_read(a, texts, arena, &views, why);
    if (outcome)
        return outcome;
    if (guest)
        views_add(&views, guest, arena);
    struct folded_names organisations = organisations_of(views.at, views.count, arena);
    named_account(views.at, views.count, p, arena, &named, &named_count);
    for (size_t i = 0, end; i < named_count && !outcome; i = end) {
        const struct hash *text = &named[i].mentions[0].text;
        size_t from = r.list.count;
        for (end = i; end < named_count && hash_equal(&named[end].mentions[0].text, text); end++)
            if (is_person(&named[end], &organisations))
                bearer_add(&r.list, arena, named[end], text);
        if (r.list.count > from)
            outcome = text_tell(&r, from, why);
    }
    *out = r.list.at;
    *count = r.list.count;
    return outcome;
}
