/* make-people TABLE SEED COUNT RECORDS TRUTH: writes a list of COUNT records of people as CSV, and
 * which of them are one person as id,cluster. How often somebody is recorded follows Zipf's law;
 * records are in Persian or in one of many Latin spellings, with slips of the pen, fields that are
 * missing, names in each other's place and wrong dates; some people are brothers and sisters, and
 * some twins. The same seed gives the same bytes. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/table.h"
#include "text/utf8.h"

enum {
    NAMES = 256,
    SPELLINGS = 12,
    TEXT = 96,
    RECORDS_MOST = 60,
    SIBLINGS = 8,
    SPELLING_LENGTH = 48
};

enum kind { MAN, WOMAN, FAMILY, ENDING, TOWN, OCCUPATION, KINDS };

struct name {
    char persian[SPELLING_LENGTH], latin[SPELLINGS][SPELLING_LENGTH];
    size_t spellings;
};

static struct name names[KINDS][NAMES];
static size_t counts[KINDS];
static uint64_t state;

static uint64_t draw(void)
{
    uint64_t x = state += 0x9E3779B97F4A7C15;
    x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9;
    x = (x ^ x >> 27) * 0x94D049BB133111EB;
    return x ^ x >> 31;
}

static size_t below(size_t limit)
{
    return (size_t)(draw() % limit);
}

static double part(void)
{
    return (double)(draw() >> 11) / 9007199254740992.0;
}

static bool by_chance(double probability)
{
    return part() < probability;
}

/* the first are the most frequent */
static size_t rank(size_t limit, double exponent)
{
    return (size_t)((double)limit * pow(part(), exponent)) % limit;
}

static void read_names(const char *path)
{
    static const char *const kinds[KINDS] = {"man",    "woman", "family",
                                             "ending", "town",  "occupation"};
    static struct buf bytes;
    struct fault why;
    struct data_file file = {.path = path};
    struct table t;
    struct row row;
    bool more;
    buf_init(&bytes, 1 << 20);
    if (file_read(path, 1 << 20, &bytes, &why) != OK)
        exit(EXIT_FAILURE);
    file.bytes = buf_str(&bytes);
    if (table_open_file(&t, &file, "kind persian latin", &why) != OK)
        exit(EXIT_FAILURE);
    while (table_next(&t, &row, &more, &why) == OK && more)
        for (size_t k = 0; k < KINDS; k++) {
            struct name *n = &names[k][counts[k]];
            struct str rest = row.cells[2], spelling;
            if (!str_equal(row.cells[0], str_of(kinds[k])) || counts[k] == NAMES)
                continue;
            snprintf(n->persian, sizeof n->persian, "%.*s", STR_ARG(row.cells[1]));
            while (n->spellings < SPELLINGS && str_cut(&rest, '|', &spelling))
                snprintf(n->latin[n->spellings++], SPELLING_LENGTH, "%.*s", STR_ARG(spelling));
            counts[k]++;
        }
}

/* A name as numbers: of words, an ending, and a second word. */
struct called {
    bool woman;
    uint16_t first, second; /* second: NAMES for none */
};

struct house {
    struct called father;
    uint16_t stem, ending; /* ending: NAMES when the stem is a family's own name */
    uint16_t town;
    uint16_t children[SIBLINGS]; /* first names that are taken */
    size_t children_count;
};

struct person {
    struct called given;
    struct house house;
    int year, month, day;
    uint16_t town, occupation;
};

static struct called called_draw(bool woman)
{
    size_t count = counts[woman ? WOMAN : MAN];
    struct called c = {woman, (uint16_t)rank(count, 1.6), NAMES};
    if (by_chance(0.25))
        c.second = (uint16_t)rank(count, 1.6);
    return c;
}

static struct house house_draw(void)
{
    struct house h = {.father = called_draw(false), .ending = NAMES};
    if (by_chance(0.5)) {
        h.stem = (uint16_t)rank(counts[FAMILY], 1.3);
    } else {
        h.stem = (uint16_t)rank(counts[MAN], 1.2);
        h.ending = (uint16_t)rank(counts[ENDING], 1.2);
    }
    h.town = (uint16_t)rank(counts[TOWN], 1.7);
    return h;
}

static void birth_draw(struct person *p)
{
    p->year = 1935 + (int)below(70);
    p->month = 1 + (int)below(12);
    p->day = 1 + (int)below(28);
}

static struct person person_draw(struct house house)
{
    struct person p = {.given = called_draw(by_chance(0.4)), .house = house};
    p.town = by_chance(0.8) ? house.town : (uint16_t)rank(counts[TOWN], 1.7);
    p.occupation = (uint16_t)below(counts[OCCUPATION]);
    birth_draw(&p);
    return p;
}

/* Brothers and sisters are called differently. */
static bool is_taken(const struct house *h, struct called c)
{
    for (size_t i = 0; i < h->children_count; i++)
        if (h->children[i] == c.first)
            return true;
    return false;
}

/* ---- writing ---- */

static const char *spelt(const struct name *n, bool persian)
{
    return persian ? n->persian : n->latin[rank(n->spellings, 2.0)];
}

static void write_called(char out[TEXT], struct called c, bool persian)
{
    static const char *const between[] = {" ", " ", "-", ""};
    const struct name *all = names[c.woman ? WOMAN : MAN];
    const char *first = spelt(&all[c.first], persian);
    if (c.second == NAMES || by_chance(0.15))
        snprintf(out, TEXT, "%s", first);
    else
        snprintf(out, TEXT, "%s%s%s", first, persian ? " " : between[below(COUNT_OF(between))],
                 spelt(&all[c.second], persian));
}

static void write_family(char out[TEXT], const struct house *h, bool persian)
{
    if (h->ending == NAMES)
        snprintf(out, TEXT, "%s", spelt(&names[FAMILY][h->stem], persian));
    else
        snprintf(out, TEXT, "%s%s", spelt(&names[MAN][h->stem], persian),
                 spelt(&names[ENDING][h->ending], persian));
}

/* a letter lost, doubled, exchanged with its neighbour, or another in its place */
static void slip(char text[TEXT])
{
    uint32_t letters[TEXT];
    size_t count = 0, size, len = 0;
    struct str s = str_of(text);
    for (size_t at = 0; at < s.len; at += size)
        letters[count++] = utf8_at(s, at, &size);
    if (count < 4)
        return;
    size_t at = 1 + below(count - 2), kind = below(4);
    uint32_t kept = letters[at];
    if (kind == 0) {
        memmove(letters + at, letters + at + 1, (count - at - 1) * sizeof *letters);
        count--;
    } else if (kind == 1) {
        letters[at] = letters[at + 1];
        letters[at + 1] = kept;
    } else {
        letters[at] = letters[below(count)];
    }
    for (size_t i = 0; i < count && len + 5 < TEXT; i++)
        len += utf8_write(letters[i], text + len);
    text[len] = 0;
}

static void write_birth(char out[TEXT], const struct person *p)
{
    int year = p->year, month = p->month, day = p->day;
    out[0] = 0;
    if (by_chance(0.08))
        return;
    if (by_chance(0.05)) {
        snprintf(out, TEXT, "%d", year);
        return;
    }
    if (by_chance(0.04)) {
        switch (below(3)) {
        case 0:
            year += by_chance(0.5) ? 1 : -1;
            break;
        case 1:
            day = 1 + (day + (int)below(27)) % 28;
            break;
        default:
            month = 1 + (month + (int)below(11)) % 12;
        }
    }
    snprintf(out, TEXT, "%04d-%02d-%02d", year, month, day);
}

static void write_record(FILE *records, FILE *truth, size_t id, size_t who, const struct person *p)
{
    char given[TEXT], family[TEXT], father[TEXT], birth[TEXT];
    bool persian = by_chance(0.5);
    write_called(given, p->given, persian);
    write_family(family, &p->house, persian);
    write_called(father, p->house.father, persian);
    write_birth(birth, p);
    if (by_chance(0.08))
        slip(given);
    if (by_chance(0.08))
        slip(family);
    if (by_chance(0.05))
        slip(father);
    if (by_chance(0.15))
        father[0] = 0;
    bool swapped = by_chance(0.02);
    size_t town = by_chance(0.05) ? rank(counts[TOWN], 1.7) : p->town;
    fprintf(records, "%zu,%s,%s,%s,%s,%s,%s,%s\n", id, swapped ? family : given,
            swapped ? given : family, father, birth,
            by_chance(0.05)  ? ""
            : p->given.woman ? "female"
                             : "male",
            by_chance(0.1) ? "" : spelt(&names[TOWN][town], persian),
            by_chance(0.3) ? "" : spelt(&names[OCCUPATION][p->occupation], persian));
    fprintf(truth, "%zu,%zu\n", id, who);
}

/* 1 to RECORDS_MOST, Zipf's law */
static size_t records_draw(void)
{
    static double sums[RECORDS_MOST + 1];
    if (sums[RECORDS_MOST] <= 0)
        for (size_t i = 1; i <= RECORDS_MOST; i++)
            sums[i] = sums[i - 1] + pow((double)i, -1.6);
    double wanted = part() * sums[RECORDS_MOST];
    size_t count = 1;
    while (sums[count] < wanted)
        count++;
    return count;
}

struct waiting {
    struct person person;
    size_t who, left;
};

int main(int argc, char **argv)
{
    enum { AT_ONCE = 20000 };
    if (argc != 6) {
        fputs("usage: make-people TABLE SEED COUNT RECORDS TRUTH\n", stderr);
        return 2;
    }
    read_names(argv[1]);
    state = strtoull(argv[2], NULL, 10);
    size_t wanted = strtoull(argv[3], NULL, 10), people = 0;
    FILE *records = fopen(argv[4], "w"), *truth = fopen(argv[5], "w");
    size_t at_once = wanted / 20 < AT_ONCE ? wanted / 20 + 1 : AT_ONCE;
    struct waiting *all = mem_alloc(at_once * sizeof *all);
    if (!records || !truth) {
        fputs("make-people: cannot write\n", stderr);
        return 1;
    }
    fputs("id,given_name,family_name,father_name,birth_date,gender,city,occupation\n", records);
    fputs("id,cluster\n", truth);
    struct person last = person_draw(house_draw());
    for (size_t id = 1; id <= wanted; id++) {
        struct waiting *w = &all[below(at_once)];
        if (!w->left) {
            bool sibling = by_chance(0.15) && last.house.children_count < SIBLINGS,
                 twin = sibling && by_chance(0.05);
            struct person p = person_draw(sibling ? last.house : house_draw());
            if (twin) {
                p.year = last.year;
                p.month = last.month;
                p.day = last.day;
            }
            while (is_taken(&p.house, p.given))
                p.given = called_draw(p.given.woman);
            p.house.children[p.house.children_count++] = p.given.first;
            last = p;
            *w = (struct waiting){p, ++people, records_draw()};
        }
        w->left--;
        write_record(records, truth, id, w->who, &w->person);
    }
    mem_free(all);
    return fclose(records) || fclose(truth) ? 1 : 0;
}
