/* search-store DIR fill TABLE SEED COUNT SIZE: makes an archive of COUNT reports of about SIZE
 * bytes (reports.h), with no reader, 256 to a commit as `govah add` does; prints the seconds.
 * search-store DIR ask QUERIES ROUNDS LIMIT: opens it for reading and asks each query of the table
 *   ROUNDS times, in turns, for LIMIT documents with their passages; prints for each query a line
 *   with its kind, the words, the documents shown ("+" when more match than were ranked), and each
 *   time in microseconds, by the clock and, behind a colon, of the processor, tab-separated. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/file.h"
#include "base/json.h"
#include "reports.h"
#include "store/query.h"
#include "text/fold.h"

enum { BATCH = 256, QUERIES_LIMIT = 1000, ROUNDS_LIMIT = 1000 };

#define PASSPHRASE STR("a passphrase")
#define TIME STR("2026-11-21T10:00:00Z")

static void must(enum outcome result, const struct fault *why)
{
    if (result == OK)
        return;
    fprintf(stderr, "search-store: %s\n", why->text);
    exit(EXIT_FAILURE);
}

static double seconds(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static struct archive *open_archive(const char *dir, enum archive_mode mode)
{
    struct archive *a;
    struct master_key key;
    struct fault why = {0};
    must(archive_key(dir, (struct key_secret){PASSPHRASE, false}, &key, &why), &why);
    must(archive_open(dir, &key, mode, NULL, &a, &why), &why);
    return a;
}

/* ---- filling ---- */

static void add_report(struct archive *a, struct str report)
{
    struct fault why = {0};
    struct hash bytes, id;
    must(archive_put_bytes(a, report, &bytes, &why), &why);
    struct capture capture = {.bytes = bytes,
                              .size = (int64_t)report.len,
                              .by = *archive_own_key(a),
                              .at = TIME,
                              .how = STR("add"),
                              .name = STR("report.txt"),
                              .media = STR("text/plain")};
    struct kept_text text = {
        .bytes = bytes, .extractor = STR("text/1"), .sha256 = bytes, .size = (int64_t)report.len};
    must(archive_put_object(a, capture_to_json(&capture), &id, &why), &why);
    must(archive_put_object(a, kept_text_to_json(&text), &id, &why), &why);
}

static int fill(const char *dir, char **argv)
{
    char recovery[RECOVERY_TEXT_SIZE];
    struct fault why = {0};
    struct report_maker *m = report_maker_new(argv[0], strtoull(argv[1], NULL, 10));
    size_t count = strtoull(argv[2], NULL, 10), size = strtoull(argv[3], NULL, 10);
    struct buf report;
    must(archive_init(dir, PASSPHRASE, STR("Owner"), NULL, TIME, recovery, &why), &why);
    struct archive *a = open_archive(dir, ARCHIVE_WRITE);
    buf_init(&report, 64 << 20);
    double start = seconds(CLOCK_MONOTONIC);
    for (size_t done = 0; done < count;) {
        must(archive_begin(a, &why), &why);
        for (size_t i = 0; i < BATCH && done < count; i++) {
            report_make(m, ++done, size, false, &report);
            add_report(a, buf_str(&report));
        }
        must(archive_commit(a, STR("reports"), TIME, &why), &why);
    }
    archive_close(a);
    printf("%.3f\n", seconds(CLOCK_MONOTONIC) - start);
    buf_release(&report);
    report_maker_free(m);
    return 0;
}

/* ---- asking ---- */

struct asked {
    struct str kind, words;
    size_t found;
    bool more;                                           /* than were ranked */
    double clock[ROUNDS_LIMIT], processor[ROUNDS_LIMIT]; /* seconds */
};

static size_t load_queries(const char *path, struct buf *file, struct asked *out)
{
    struct fault why = {0};
    size_t count = 0;
    buf_init(file, 1 << 20);
    must(file_read(path, 1 << 20, file, &why), &why);
    struct str rest = buf_str(file), line;
    while (count < QUERIES_LIMIT && str_cut(&rest, '\n', &line))
        if (line.len && line.at[0] != '#' && str_cut(&line, '\t', &out[count].kind) &&
            str_cut(&line, '\t', &out[count].words))
            count++;
    return count;
}

static void ask(struct archive *a, struct asked *q, size_t limit, size_t round)
{
    struct arena arena;
    struct search_hit *hits;
    struct fault why = {0};
    arena_init(&arena);
    double clock = seconds(CLOCK_MONOTONIC), processor = seconds(CLOCK_PROCESS_CPUTIME_ID);
    must(archive_search(a, q->words, limit, &arena, &hits, &q->found, &q->more, &why), &why);
    q->processor[round] = seconds(CLOCK_PROCESS_CPUTIME_ID) - processor;
    q->clock[round] = seconds(CLOCK_MONOTONIC) - clock;
    arena_release(&arena);
}

static int ask_all(const char *dir, char **argv)
{
    static struct asked queries[QUERIES_LIMIT];
    struct buf file;
    struct archive *a = open_archive(dir, ARCHIVE_READ);
    size_t count = load_queries(argv[0], &file, queries);
    size_t rounds = strtoull(argv[1], NULL, 10), limit = strtoull(argv[2], NULL, 10);
    rounds = rounds < ROUNDS_LIMIT ? rounds : ROUNDS_LIMIT;
    for (size_t round = 0; round < rounds; round++)
        for (size_t i = 0; i < count; i++)
            ask(a, &queries[i], limit, round);
    for (size_t i = 0; i < count; i++) {
        printf("%.*s\t%.*s\t%zu%s", STR_ARG(queries[i].kind), STR_ARG(queries[i].words),
               queries[i].found, queries[i].more ? "+" : "");
        for (size_t round = 0; round < rounds; round++)
            printf("\t%.0f:%.0f", queries[i].clock[round] * 1e6, queries[i].processor[round] * 1e6);
        putchar('\n');
    }
    archive_close(a);
    buf_release(&file);
    return 0;
}

int main(int argc, char **argv)
{
    seal_start();
    json_use_memory();
    text_use_memory();
    archive_use_memory();
    if (argc == 7 && str_equal(str_of(argv[2]), STR("fill")))
        return fill(argv[1], argv + 3);
    if (argc == 6 && str_equal(str_of(argv[2]), STR("ask")))
        return ask_all(argv[1], argv + 3);
    fputs("usage: search-store DIR fill TABLE SEED COUNT SIZE\n"
          "       search-store DIR ask QUERIES ROUNDS LIMIT\n",
          stderr);
    return 2;
}
