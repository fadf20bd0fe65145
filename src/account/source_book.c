#include "account/source_book.h"

#include <pthread.h>

#include "account/term_int.h"
#include "base/table.h"
#include "text/fold.h"

enum { NAME_WORDS = 10, SPEAKERS = 16 };

/* What a name stands for. */
struct entry {
    struct term *same;       /* the name that stands for all of its row, or NULL for words */
    struct term *speaks_for; /* or NULL */
    enum source_class class;
    bool words; /* tells a class wherever it stands */
    bool alone; /* and this name only by itself: a family name is not one person's */
};

struct source_book {
    struct arena *arena;
    struct terms *terms;
    struct entry *entries; /* by number of the term */
    size_t room;
};

static const char *const class_names[SOURCE_CLASSES] = {
    "unknown", "official", "un", "independent", "press", "other", "unnamed"};

const char *source_class_name(enum source_class class)
{
    return class_names[class];
}

static struct entry *entry_of(struct source_book *b, struct str name)
{
    struct term *term = term_of_copy(b->terms, fold_text(b->arena, str_trim(name)));
    size_t known = terms_count(b->terms) - 1;
    if (term->number == known)
        b->entries = arena_grow(b->arena, b->entries, known, &b->room, sizeof *b->entries);
    return &b->entries[term->number];
}

/* ---- the tables ---- */

static bool class_read(struct str name, enum source_class *out)
{
    for (size_t i = 0; i < SOURCE_CLASSES; i++)
        if (str_equal(name, str_of(class_names[i]))) {
            *out = (enum source_class)i;
            return true;
        }
    return false;
}

/* By the role that data/country gives. */
static enum source_class class_of_role(struct str role, bool world)
{
    if (str_equal(role, STR("official")) || str_equal(role, STR("judge")))
        return world ? SOURCE_OTHER : SOURCE_OFFICIAL;
    if (str_equal(role, STR("advocate")) || str_equal(role, STR("expert")))
        return SOURCE_INDEPENDENT;
    return str_equal(role, STR("journalist")) ? SOURCE_PRESS : SOURCE_UNKNOWN;
}

/* The name that already stands for any of these, else the first of them. */
static struct term *same_of(struct source_book *b, struct str forms)
{
    struct str rest = forms, form;
    struct term *first = NULL;
    while (str_cut(&rest, '|', &form)) {
        const struct entry *e = entry_of(b, form);
        if (e->same)
            return e->same;
        first = first ? first : term_at(b->terms, (uint32_t)(e - b->entries));
    }
    return first;
}

static void add_forms(struct source_book *b, struct str forms, enum source_class class,
                      struct term *speaks_for, bool rules, bool person)
{
    struct term *same = forms.len ? same_of(b, forms) : NULL;
    struct str form;
    while (forms.len && str_cut(&forms, '|', &form)) {
        struct entry *e = entry_of(b, form);
        if (e->same && !rules)
            continue;
        e->same = same;
        e->alone = person && str_find(str_trim(form), STR(" "), 0) == SIZE_MAX;
    }
    if (!same)
        return;
    struct entry *whole = &b->entries[same->number];
    if (rules || !whole->class)
        whole->class = class;
    whole->same = same;
    if (speaks_for && speaks_for != same)
        whole->speaks_for = speaks_for;
}

static void add_words(struct source_book *b, struct str forms, enum source_class class)
{
    struct str form;
    while (forms.len && str_cut(&forms, '|', &form)) {
        struct entry *e = entry_of(b, form);
        e->words = true;
        if (!e->same)
            e->class = class;
    }
}

static enum outcome read_country(struct source_book *b, const struct data_file *file,
                                 struct fault *why)
{
    struct table t;
    struct row row;
    bool more = true, world = str_starts(str_of(file->path), STR("country/world/"));
    enum outcome result = table_open_file(&t, file, "class kind value forms", why);
    while (result == OK && (result = table_next(&t, &row, &more, why)) == OK && more)
        add_forms(b, row.cells[3], class_of_role(row.cells[2], world), NULL, false,
                  str_equal(row.cells[0], STR("person")));
    return result;
}

static enum outcome read_sources(struct source_book *b, const struct data_file *file,
                                 struct fault *why)
{
    struct table t;
    struct row row;
    bool more = true;
    enum outcome result = table_open_file(&t, file, "class speaks_for forms words", why);
    while (result == OK && (result = table_next(&t, &row, &more, why)) == OK && more) {
        enum source_class class;
        if (!class_read(row.cells[0], &class))
            return table_refuse(&t, why, "no class of sources is called", row.cells[0]);
        if (!row.cells[2].len && !row.cells[3].len)
            return table_refuse(&t, why, "a row without forms:", row.cells[0]);
        struct term *speaks_for = row.cells[1].len ? same_of(b, row.cells[1]) : NULL;
        add_forms(b, row.cells[2], class, speaks_for, true, false);
        add_words(b, row.cells[3], class);
    }
    return result;
}

/* Those whom a language calls a source without naming anybody. */
static enum outcome read_language(struct source_book *b, const struct data_file *file,
                                  struct fault *why)
{
    struct table t;
    struct row row;
    bool more = true;
    enum outcome result = table_open_file(&t, file, "class kind value forms", why);
    while (result == OK && (result = table_next(&t, &row, &more, why)) == OK && more) {
        struct str forms = row.cells[3], form;
        while (str_equal(row.cells[0], STR("group")) && str_cut(&forms, '|', &form)) {
            struct entry *e = entry_of(b, form);
            e->words = true;
            e->alone = !e->same && !e->class;
            e->class = e->class ? e->class : SOURCE_UNNAMED;
        }
    }
    return result;
}

static bool is_country(struct str path)
{
    return str_starts(path, STR("country/")) &&
           (str_ends(path, STR("/institutions.tsv")) || str_ends(path, STR("/officials.tsv")));
}

enum outcome source_book_read(const struct data_file *files, size_t count, struct arena *arena,
                              struct source_book **out, struct fault *why)
{
    struct source_book *b = arena_alloc(arena, sizeof *b);
    enum outcome result = OK;
    *b = (struct source_book){.arena = arena, .terms = terms_new(arena)};
    for (size_t i = 0; i < count && result == OK; i++)
        if (is_country(str_of(files[i].path)))
            result = read_country(b, &files[i], why);
    for (size_t i = 0; i < count && result == OK; i++)
        if (str_starts(str_of(files[i].path), STR("account/sources/")))
            result = read_sources(b, &files[i], why);
    for (size_t i = 0; i < count && result == OK; i++)
        if (str_starts(str_of(files[i].path), STR("lang/")) &&
            str_ends(str_of(files[i].path), STR("/attribution.tsv")))
            result = read_language(b, &files[i], why);
    *out = b;
    return result;
}

/* ---- the one book ---- */

static pthread_once_t book_read = PTHREAD_ONCE_INIT;
static struct arena book_arena;
static struct source_book *book;

static void read_book(void)
{
    struct fault why;
    arena_init(&book_arena);
    if (source_book_read(data_files, data_files_count, &book_arena, &book, &why) != OK)
        bug(why.text);
}

const struct source_book *source_book(void)
{
    pthread_once(&book_read, read_book);
    return book;
}

/* ---- asking ---- */

static const struct entry *entry_find(const struct source_book *b, struct str name)
{
    const struct term *term = term_find(b->terms, name);
    return term ? &b->entries[term->number] : NULL;
}

/* Who speaks in the end; a circle of speakers ends where it began. */
static const struct term *speaker_of(const struct source_book *b, const struct entry *e)
{
    const struct term *speaker = e->same;
    for (size_t steps = 0; steps < SPEAKERS; steps++) {
        const struct entry *at = &b->entries[speaker->number];
        if (at->same == speaker && !at->speaks_for)
            break;
        speaker = at->same != speaker ? at->same : at->speaks_for;
    }
    return speaker;
}

static enum source_class class_in(const struct source_book *b, const struct entry *e)
{
    return e->same ? b->entries[speaker_of(b, e)->number].class : e->class;
}

/* Where the next word begins behind `at`, or the end. */
static size_t next_word(struct str s, size_t at)
{
    while (at < s.len && s.at[at] != ' ')
        at++;
    while (at < s.len && s.at[at] == ' ')
        at++;
    return at;
}

static enum source_class class_by_words(const struct source_book *b, struct str folded)
{
    enum source_class best = SOURCE_UNKNOWN;
    size_t longest = 0;
    for (size_t from = 0; from < folded.len; from = next_word(folded, from)) {
        size_t until = from;
        for (size_t words = 0; until < folded.len && words < NAME_WORDS; words++) {
            until = next_word(folded, until);
            struct str part = str_trim(str_slice(folded, from, until));
            const struct entry *e = part.len > longest ? entry_find(b, part) : NULL;
            bool whole = from == 0 && until == folded.len;
            if (!e || (e->alone && !whole) || !class_in(b, e))
                continue;
            longest = part.len;
            best = class_in(b, e);
        }
    }
    return best;
}

struct known_source source_book_find(const struct source_book *b, struct str folded)
{
    const struct entry *e = entry_find(b, folded);
    if (e && e->same) {
        const struct term *speaker = speaker_of(b, e);
        return (struct known_source){speaker->text, speaker->text,
                                     b->entries[speaker->number].class};
    }
    return (struct known_source){folded, STR_NONE, class_by_words(b, folded)};
}

struct str source_bare_name(struct arena *arena, struct str s)
{
    char *out = arena_alloc(arena, s.len + 1);
    size_t len = 0, depth = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (s.at[i] == '(')
            depth++;
        else if (s.at[i] == ')' && depth)
            depth--;
        else if (!depth && !(s.at[i] == ' ' && (len == 0 || out[len - 1] == ' ')))
            out[len++] = s.at[i];
    }
    return str_trim((struct str){out, len});
}
