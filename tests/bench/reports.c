#include "reports.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/data.h"
#include "base/file.h"
#include "../base/random.h"

enum { ENGLISH, PERSIAN, LANGUAGES };
enum { PERSONS = 6, TABLE_LIMIT = 1 << 20, CHOICES_LIMIT = 4096 };

static const char *const language_codes[LANGUAGES] = {"en", "fa"};

struct choices {
    struct str name;
    struct str *at;
    size_t count, room;
};

struct language {
    struct choices slots[32];
    size_t slots_count;
};

struct report_maker {
    struct arena arena;
    struct language languages[LANGUAGES];
    uint64_t seed;
    struct random random;
    struct str persons[LANGUAGES][PERSONS];
};

static _Noreturn void give_up(const char *what, struct str name)
{
    fprintf(stderr, "reports: %s: %.*s\n", what, STR_ARG(name));
    exit(EXIT_FAILURE);
}

static struct choices *slot_of(struct language *l, struct str name, bool make)
{
    for (size_t i = 0; i < l->slots_count; i++)
        if (str_equal(l->slots[i].name, name))
            return &l->slots[i];
    if (!make || l->slots_count == COUNT_OF(l->slots))
        give_up(make ? "too many slots" : "no words for the slot", name);
    l->slots[l->slots_count].name = name;
    return &l->slots[l->slots_count++];
}

static void choices_add(struct arena *arena, struct choices *c, struct str words, char separator)
{
    struct str word;
    while (str_cut(&words, separator, &word)) {
        c->at = arena_grow(arena, c->at, c->count, &c->room, sizeof *c->at);
        c->at[c->count++] = arena_copy(arena, word);
    }
}

/* the given names and surnames of a language: "class kind value forms" */
static void add_names(struct report_maker *m, size_t language)
{
    char path[64];
    snprintf(path, sizeof path, "lang/%s/names.tsv", language_codes[language]);
    const struct data_file *file = data_find(path);
    if (!file)
        give_up("no such table", str_of(path));
    struct str rest = file->bytes, line;
    while (str_cut(&rest, '\n', &line)) {
        struct str cells[4] = {0};
        for (size_t i = 0; i < COUNT_OF(cells); i++)
            str_cut(&line, '\t', &cells[i]);
        if (str_equal(cells[0], STR("given")) || str_equal(cells[0], STR("surname")))
            choices_add(&m->arena, slot_of(&m->languages[language], cells[0], true), cells[3], '|');
    }
}

static void add_row(struct report_maker *m, struct str line)
{
    struct str lang = STR_NONE, kind = STR_NONE;
    if (!line.len || line.at[0] == '#' || str_starts(line, STR("lang\t")))
        return;
    if (!str_cut(&line, '\t', &lang) || !str_cut(&line, '\t', &kind))
        give_up("a row without three cells", line);
    size_t language = str_equal(lang, STR("fa")) ? PERSIAN : ENGLISH;
    bool whole = str_equal(kind, STR("sentence")) || str_equal(kind, STR("prose")) ||
                 str_equal(kind, STR("title"));
    choices_add(&m->arena, slot_of(&m->languages[language], arena_copy(&m->arena, kind), true),
                line, whole ? '\n' : '|');
}

struct report_maker *report_maker_new(const char *table, uint64_t seed)
{
    struct report_maker *m = mem_alloc(sizeof *m);
    struct buf file;
    struct fault why;
    arena_init(&m->arena);
    m->seed = seed;
    buf_init(&file, TABLE_LIMIT);
    if (file_read(table, TABLE_LIMIT, &file, &why) != OK)
        give_up("the table cannot be read", str_of(why.text));
    struct str rest = buf_str(&file), line;
    while (str_cut(&rest, '\n', &line))
        add_row(m, line);
    buf_release(&file);
    for (size_t i = 0; i < LANGUAGES; i++)
        add_names(m, i);
    return m;
}

void report_maker_free(struct report_maker *m)
{
    arena_release(&m->arena);
    mem_free(m);
}

/* ---- filling in ---- */

static struct str pick(struct report_maker *m, size_t language, struct str slot)
{
    struct choices *c = slot_of(&m->languages[language], slot, false);
    return c->at[random_below(&m->random, c->count)];
}

static void add_number(struct report_maker *m, size_t language, size_t number, struct buf *out)
{
    static const char *const persian[] = {"۰", "۱", "۲", "۳", "۴", "۵", "۶", "۷", "۸", "۹"};
    char digits[24];
    int len = snprintf(digits, sizeof digits, "%zu", number);
    bool ascii = language == ENGLISH || random_below(&m->random, 4) == 0;
    for (int i = 0; i < len; i++) {
        if (ascii)
            buf_add_byte(out, digits[i]);
        else
            buf_add_text(out, persian[digits[i] - '0']);
        if (ascii && language == ENGLISH && len > 3 && (len - i - 1) % 3 == 0 && i + 1 < len)
            buf_add_byte(out, ',');
    }
}

static void add_date(struct report_maker *m, size_t language, struct buf *out)
{
    size_t day = 1 + random_below(&m->random, 28);
    struct str month = pick(m, language, STR("month"));
    if (language == ENGLISH) {
        buf_print(out, "%zu %.*s %zu", day, STR_ARG(month), 2009 + random_below(&m->random, 17));
        return;
    }
    add_number(m, language, day, out);
    buf_print(out, " %.*s ", STR_ARG(month));
    add_number(m, language, 1388 + random_below(&m->random, 17), out);
}

static struct str new_person(struct report_maker *m, size_t language, char room[128])
{
    struct str given = pick(m, language, STR("given"));
    if (random_below(&m->random, 2)) {
        struct str surname = pick(m, language, STR("surname"));
        snprintf(room, 128, "%.*s %.*s", STR_ARG(given), STR_ARG(surname));
    } else {
        struct str stem = pick(m, language, STR("stem"));
        struct str suffix = pick(m, language, STR("suffix"));
        snprintf(room, 128, "%.*s %.*s%.*s", STR_ARG(given), STR_ARG(stem), STR_ARG(suffix));
    }
    return str_of(room);
}

/* the first letter of an ASCII word as a capital */
static void add_capital(struct str words, struct buf *out)
{
    if (words.len && words.at[0] >= 'a' && words.at[0] <= 'z') {
        buf_add_byte(out, (char)(words.at[0] - 'a' + 'A'));
        words = str_slice(words, 1, words.len);
    }
    buf_add(out, words);
}

static void add_slot(struct report_maker *m, size_t language, struct str slot, struct buf *out)
{
    struct random *r = &m->random;
    if (str_equal(slot, STR("person")))
        buf_add(out, m->persons[language][random_below(r, PERSONS)]);
    else if (str_equal(slot, STR("few")))
        add_number(m, language, 3 + random_below(r, 97), out);
    else if (str_equal(slot, STR("many")))
        add_number(m, language, 100 + random_below(r, 300) * (1 + random_below(r, 50)), out);
    else if (str_equal(slot, STR("age")))
        add_number(m, language, 16 + random_below(r, 60), out);
    else if (str_equal(slot, STR("date")))
        add_date(m, language, out);
    else if (str_equal(slot, STR("Source")))
        add_capital(pick(m, language, STR("source")), out);
    else
        buf_add(out, pick(m, language, slot));
}

static void add_sentence(struct report_maker *m, size_t language, struct str sentence,
                         struct buf *out)
{
    size_t at = 0;
    while (at < sentence.len) {
        size_t from = str_find(sentence, STR("{"), at);
        if (from == SIZE_MAX)
            from = sentence.len;
        buf_add(out, str_slice(sentence, at, from));
        if (from == sentence.len)
            return;
        size_t to = str_find(sentence, STR("}"), from);
        if (to == SIZE_MAX)
            give_up("a slot without an end", sentence);
        add_slot(m, language, str_slice(sentence, from + 1, to), out);
        at = to + 1;
    }
}

static void add_header(struct report_maker *m, size_t language, struct buf *out)
{
    struct random *r = &m->random;
    buf_print(out, "DATE: %zu-%02zu-%02zu\nTITLE: ", 2009 + random_below(r, 17),
              1 + random_below(r, 12), 1 + random_below(r, 28));
    add_sentence(m, language, pick(m, language, STR("title")), out);
    buf_add_text(out, "\nSOURCE: ");
    buf_add(out, pick(m, language, STR("source")));
    buf_print(out, "\nLANG: %s\n\n", language_codes[language]);
}

void report_make(struct report_maker *m, size_t number, size_t size, bool header, struct buf *out)
{
    char names[LANGUAGES][PERSONS][128];
    m->random.state = m->seed ^ (uint64_t)number << 20;
    m->random.state = random_next(&m->random); /* so that no report continues another's numbers */
    for (size_t language = 0; language < LANGUAGES; language++)
        for (size_t i = 0; i < PERSONS; i++)
            m->persons[language][i] = new_person(m, language, names[language][i]);
    size_t kind = random_below(&m->random, 30);
    size_t language = kind < 10 ? PERSIAN : ENGLISH;
    buf_clear(out);
    if (header)
        add_header(m, language, out);
    for (size_t i = 1; out->len < size; i++) {
        size_t own = kind >= 27 ? random_below(&m->random, LANGUAGES) : language;
        bool telling = random_below(&m->random, 20) < 9;
        add_sentence(m, own, pick(m, own, telling ? STR("sentence") : STR("prose")), out);
        buf_add_text(out, i % 4 ? " " : "\n\n");
    }
    while (out->len && (out->at[out->len - 1] == ' ' || out->at[out->len - 1] == '\n'))
        out->at[--out->len] = 0;
    buf_add_byte(out, '\n');
}
