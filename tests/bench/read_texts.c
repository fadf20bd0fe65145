/* read-texts reader|words|digest THREADS PASSES FILE: reads FILE's texts, a NUL behind each, PASSES
 * times over. "reader" does what deriving does with a text: all proposals and the incidents of the
 * figures; "words" only walks the same text with ICU's word iterator, the floor; "digest" prints
 * the SHA-256 of all that the reader proposed. Prints "BYTES FOUND SECONDS PROCESSOR PEAK",
 * FOUND being proposals or words, PEAK the memory in MB beyond the texts themselves. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unicode/ubrk.h>
#include <unicode/utext.h>

#include "base/file.h"
#include "command/command.h"
#include "record/proposal.h"
#include "seal/hash.h"
#include "text/fold.h"

enum { TEXT_LIMIT = 1 << 30, THREADS_LIMIT = 64 };

struct work {
    const struct archive_reader *reader;
    struct str *texts;
    size_t count, passes;
    atomic_size_t next, found;
    bool words;
};

static const struct document_facts facts = {.published = {"2023-01-15", 10}};

static void stop(const char *what)
{
    fprintf(stderr, "read-texts: %s\n", what);
    exit(EXIT_FAILURE);
}

static size_t proposals_in(const struct work *w, struct str text, struct hasher *digest)
{
    struct arena arena;
    struct archive_reading read = {0};
    arena_init(&arena);
    w->reader->read(w->reader->context, text, &facts, &arena, &read);
    for (size_t i = 0; digest && i < read.count; i++) {
        struct hash id = statement_id(&read.proposals[i].statement);
        int64_t confidence = read.proposals[i].confidence;
        hasher_add(digest, (struct str){(const char *)id.bytes, sizeof id.bytes});
        hasher_add(digest, (struct str){(const char *)&confidence, sizeof confidence});
        hasher_add(digest, read.proposals[i].why);
        hasher_add(digest, read.incidents[i].id);
        hasher_add(digest, read.incidents[i].why);
    }
    arena_release(&arena);
    return read.count;
}

static size_t words_in(UBreakIterator *words, struct str text)
{
    UErrorCode status = U_ZERO_ERROR;
    UText *opened = utext_openUTF8(NULL, text.at, (int64_t)text.len, &status);
    size_t count = 0;
    ubrk_setUText(words, opened, &status);
    if (U_FAILURE(status))
        stop("ICU does not read a text");
    for (ubrk_first(words); ubrk_next(words) != UBRK_DONE;)
        count += ubrk_getRuleStatus(words) != UBRK_WORD_NONE;
    utext_close(opened);
    return count;
}

static void *work(void *context)
{
    struct work *w = context;
    UErrorCode status = U_ZERO_ERROR;
    UBreakIterator *words = w->words ? ubrk_open(UBRK_WORD, "en", NULL, 0, &status) : NULL;
    if (U_FAILURE(status))
        stop("ICU has no word iterator");
    for (size_t i; (i = atomic_fetch_add(&w->next, 1)) < w->count * w->passes;) {
        struct str text = w->texts[i % w->count];
        atomic_fetch_add(&w->found, words ? words_in(words, text) : proposals_in(w, text, NULL));
    }
    if (words)
        ubrk_close(words);
    return NULL;
}

static double seconds(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* the most memory since the last time it was asked to begin anew, in MB */
static double peak(bool anew)
{
    char line[256];
    double kilobytes = 0;
    FILE *status = fopen("/proc/self/status", "r"),
         *clear = anew ? fopen("/proc/self/clear_refs", "w") : NULL;
    if (clear && (fputs("5", clear) < 0 || fclose(clear)))
        stop("the peak of memory cannot be reset");
    while (status && fgets(line, sizeof line, status))
        if (strncmp(line, "VmHWM:", 6) == 0)
            kilobytes = strtod(line + 6, NULL);
    if (!status || fclose(status) || !kilobytes)
        stop("no memory is told");
    return kilobytes / 1024;
}

static void measure(struct work *w, size_t threads, size_t bytes)
{
    pthread_t started[THREADS_LIMIT];
    double before = peak(true), from = seconds(CLOCK_MONOTONIC),
           used = seconds(CLOCK_PROCESS_CPUTIME_ID);
    for (size_t i = 0; i < threads; i++)
        if (pthread_create(&started[i], NULL, work, w))
            stop("no thread");
    for (size_t i = 0; i < threads; i++)
        pthread_join(started[i], NULL);
    printf("%zu %zu %.4f %.4f %.0f\n", bytes * w->passes, atomic_load(&w->found),
           seconds(CLOCK_MONOTONIC) - from, seconds(CLOCK_PROCESS_CPUTIME_ID) - used,
           peak(false) - before);
}

static void print_digest(const struct work *w)
{
    struct hasher digest;
    char hex[HASH_DIGITS + 1];
    hasher_init(&digest);
    for (size_t i = 0; i < w->count; i++)
        proposals_in(w, w->texts[i], &digest);
    struct hash hash = hasher_end(&digest);
    hash_write(&hash, hex);
    puts(hex);
}

static size_t texts_of(struct str all, struct arena *arena, struct work *w)
{
    struct str text;
    size_t room = 0, bytes = 0;
    while (str_cut(&all, '\0', &text)) {
        if (!text.len)
            continue;
        w->texts = arena_grow(arena, w->texts, w->count, &room, sizeof *w->texts);
        w->texts[w->count++] = text;
        bytes += text.len;
    }
    return bytes;
}

int main(int argc, char **argv)
{
    struct work w = {0};
    struct arena arena;
    struct buf all;
    struct fault why;
    if (argc != 5)
        stop("usage: read-texts reader|words|digest THREADS PASSES FILE");
    size_t threads = strtoull(argv[2], NULL, 10);
    if (threads < 1 || threads > THREADS_LIMIT)
        stop("so many threads cannot be");
    text_use_memory();
    mem_keep_freed();
    arena_init(&arena);
    buf_init(&all, TEXT_LIMIT);
    if (file_read(argv[4], TEXT_LIMIT, &all, &why) != OK)
        stop(why.text);
    size_t bytes = texts_of(buf_str(&all), &arena, &w);
    w.passes = strtoull(argv[3], NULL, 10);
    w.words = strcmp(argv[1], "words") == 0;
    w.reader = w.words ? NULL : reader_of_store();
    if (strcmp(argv[1], "digest") == 0)
        print_digest(&w);
    else
        measure(&w, threads, bytes);
    buf_release(&all);
    arena_release(&arena);
    return EXIT_SUCCESS;
}
