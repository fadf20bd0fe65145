/* roll-people RECORDS COUNT NEW: of a list that make-people wrote, COUNT records become portraits
 * on a roll (match/roll.h), under weights learnt from some of them; each of the next NEW is then
 * laid beside all who are there and taken in. Writes, as JSON, the seconds of the processor to fill
 * the roll, the microseconds of a new one (middle, 99th part in a hundred, most), and the pairs
 * found. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/file.h"
#include "match/learning.h"
#include "match/roll.h"

enum { COLUMNS = 8, LEARNT = 4000 };

enum { ID, GIVEN, FAMILY, FATHER, BIRTH, GENDER, CITY, OCCUPATION };

static double seconds_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static struct portrait portrait_of_row(struct str line, uint64_t number, struct arena *arena)
{
    struct str cells[COLUMNS] = {{NULL, 0}};
    struct portrait p;
    for (size_t i = 0; i < COLUMNS && str_cut(&line, ',', &cells[i]);)
        i++;
    portrait_begin(&p, arena, number, number);
    portrait_name(&p,
                  arena_print(arena, "%.*s %.*s", STR_ARG(cells[GIVEN]), STR_ARG(cells[FAMILY])));
    portrait_tell(&p, TRAIT_FATHER, cells[FATHER]);
    portrait_tell(&p, TRAIT_BIRTH, cells[BIRTH]);
    portrait_tell(&p, TRAIT_PLACE, cells[CITY]);
    portrait_tell(&p, TRAIT_OCCUPATION, cells[OCCUPATION]);
    portrait_end(&p);
    return p;
}

static void pair_count(void *context, size_t left, size_t right, const struct meeting *m)
{
    size_t *pairs = context;
    (void)left;
    (void)right;
    *pairs += m->odds >= MEETING_EVEN;
}

static int compare_times(const void *left, const void *right)
{
    const double *a = left, *b = right;
    return (*a > *b) - (*a < *b);
}

static void learn(const struct portrait *all, size_t count, struct weights *out)
{
    struct learning from = {.all = all, .count = count < LEARNT ? count : LEARNT};
    struct fault why;
    if (spelling_start(&why) || likeness_start(&why) || weights_usual(&from.usual, &why)) {
        fprintf(stderr, "%s\n", why.text);
        exit(1);
    }
    weights_learn(&from, out);
    /* as it would be of all of them */
    out->rare = (int)lround(10 * log2((double)(count + 1) / LEARNING_BLOCK));
}

int main(int argc, char **argv)
{
    int64_t count, more;
    struct arena arena;
    struct buf text;
    struct fault why;
    struct str line;
    size_t number = 0, pairs = 0;
    if (argc != 4 || !str_to_int(str_of(argv[2]), &count) || !str_to_int(str_of(argv[3]), &more))
        return 2;
    arena_init(&arena);
    buf_init(&text, SIZE_MAX / 4);
    if (file_read(argv[1], SIZE_MAX / 4, &text, &why) != OK) {
        fprintf(stderr, "%s\n", why.text);
        return 1;
    }
    size_t all = (size_t)(count + more);
    struct portrait *portraits = mem_alloc((all + 1) * sizeof *portraits);
    double *times = mem_alloc(((size_t)more + 1) * sizeof *times);
    struct str rest = buf_str(&text);
    str_cut(&rest, '\n', &line);
    if (spelling_start(&why) != OK || likeness_start(&why) != OK)
        return 1;
    while (number < all && str_cut(&rest, '\n', &line))
        if (line.len) {
            portraits[number] = portrait_of_row(line, number, &arena);
            number++;
        }
    struct weights weights;
    learn(portraits, (size_t)count, &weights);
    struct roll *roll = roll_new(&weights);
    double began = seconds_now();
    for (size_t i = 0; i < (size_t)count; i++)
        roll_add(roll, &portraits[i], NULL, NULL);
    double filled = seconds_now() - began;
    for (size_t i = 0; i < (size_t)more; i++) {
        began = seconds_now();
        roll_add(roll, &portraits[(size_t)count + i], pair_count, &pairs);
        times[i] = (seconds_now() - began) * 1e6;
    }
    qsort(times, (size_t)more, sizeof *times, compare_times);
    printf("{\"filled\":%.2f,\"middle\":%.0f,\"p99\":%.0f,\"most\":%.0f,\"pairs\":%zu}\n", filled,
           times[more / 2], times[more * 99 / 100], times[more - 1], pairs);
    return 0;
}
