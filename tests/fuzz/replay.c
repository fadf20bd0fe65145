/* replay RUNS SEEDS [DICTIONARY]: takes every seed, and RUNS variants of them, the same in every
 * run. Keeps the targets alive where there is no libFuzzer, and finds what breaks at the first
 * touch. */
#include <dirent.h>
#include <signal.h>
#include <unistd.h>

#include "../base/random.h"
#include "base/file.h"
#include "fuzz.h"

enum { SEEDS_LIMIT = 256, WORDS_LIMIT = 256, WORD_SIZE = 64, LONGEST = 16 * 1024 };

static struct {
    struct buf seeds[SEEDS_LIMIT];
    char *names[SEEDS_LIMIT];
    size_t seeds_count;
    char words[WORDS_LIMIT][WORD_SIZE];
    size_t word_lengths[WORDS_LIMIT];
    size_t words_count;
    char *exact; /* what is being tried, in memory of exactly its size */
    size_t exact_len;
} replay;

/* shows the bytes that broke it, whatever broke */
static void show_bytes(int number)
{
    static const char digits[] = "0123456789abcdef";
    static const char head[] = "\n# the bytes, to be kept as a seed by `xxd -r -p`:\n# ";
    ssize_t gone = write(2, head, sizeof head - 1);
    for (size_t i = 0; i < replay.exact_len && gone >= 0; i++) {
        unsigned char byte = (unsigned char)replay.exact[i];
        char two[2] = {digits[byte >> 4], digits[byte & 15]};
        gone = write(2, two, 2);
    }
    if (write(2, "\n", 1) < 0)
        _exit(1);
    signal(number, SIG_DFL);
    raise(number);
}

static void try_bytes(const char *bytes, size_t len)
{
    replay.exact = mem_alloc(len);
    replay.exact_len = len;
    if (len)
        memcpy(replay.exact, bytes, len);
    LLVMFuzzerTestOneInput((const uint8_t *)replay.exact, len);
    mem_free(replay.exact);
    replay.exact_len = 0;
}

static int is_seed(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static void read_seeds(const char *folder)
{
    struct dirent **entries;
    struct arena arena;
    struct fault why;
    int count = scandir(folder, &entries, is_seed, alphasort);
    arena_init(&arena);
    for (int i = 0; i < count; i++) {
        struct buf *seed = &replay.seeds[replay.seeds_count];
        const char *path = arena_print(&arena, "%s/%s", folder, entries[i]->d_name).at;
        buf_init(seed, LONGEST);
        if (replay.seeds_count == SEEDS_LIMIT || file_read(path, LONGEST, seed, &why) != OK) {
            printf("Bail out! %s: too many seeds, or too long a one\n", path);
            exit(1);
        }
        replay.names[replay.seeds_count++] = str_dup(str_of(entries[i]->d_name));
        free(entries[i]);
    }
    free(entries);
    arena_release(&arena);
}

static int digit_of(char c)
{
    const char *digits = "0123456789abcdef", *hit = c ? strchr(digits, c | 0x20) : NULL;
    return hit ? (int)(hit - digits) : 0;
}

/* a line of libFuzzer's dictionary: "word" or name="word", with \\, \" and \xAB */
static void read_word(struct str line)
{
    size_t at = str_find(line, STR("\""), 0), len = 0;
    if (line.at[0] == '#' || at == SIZE_MAX || replay.words_count == WORDS_LIMIT)
        return;
    char *word = replay.words[replay.words_count];
    for (at++; at < line.len && line.at[at] != '"' && len < WORD_SIZE; at++) {
        char c = line.at[at];
        if (c == '\\' && at + 3 < line.len && line.at[at + 1] == 'x') {
            c = (char)(digit_of(line.at[at + 2]) << 4 | digit_of(line.at[at + 3]));
            at += 3;
        } else if (c == '\\' && at + 1 < line.len) {
            c = line.at[++at];
        }
        word[len++] = c;
    }
    replay.word_lengths[replay.words_count] = len;
    replay.words_count += len > 0;
}

static void read_dictionary(const char *path)
{
    struct buf file;
    struct fault why;
    struct str rest, line;
    buf_init(&file, 1 << 20);
    if (file_read(path, 1 << 20, &file, &why) != OK) {
        printf("Bail out! %s: %s\n", path, why.text);
        exit(1);
    }
    rest = buf_str(&file);
    while (str_cut(&rest, '\n', &line))
        if (line.len)
            read_word(line);
    buf_release(&file);
}

static size_t put_in(char *bytes, size_t len, size_t at, const char *some, size_t count)
{
    if (len + count > LONGEST)
        return len;
    memmove(bytes + at + count, bytes + at, len - at);
    memcpy(bytes + at, some, count);
    return len + count;
}

/* a few of: small edits, words of the dictionary, a piece of another seed, the end cut off */
static size_t vary(struct random *r, char *bytes, size_t len)
{
    for (size_t n = 1 + random_below(r, 6); n; n--) {
        size_t kind = random_below(r, 8), at = random_below(r, len + 1);
        if (kind < 3 && replay.words_count) {
            size_t word = random_below(r, replay.words_count);
            len = put_in(bytes, len, at, replay.words[word], replay.word_lengths[word]);
        } else if (kind == 3) {
            const struct buf *other = &replay.seeds[random_below(r, replay.seeds_count)];
            size_t from = random_below(r, other->len + 1);
            size_t some = random_below(r, other->len - from + 1);
            if (some)
                len = put_in(bytes, len, at, other->at + from, some);
        } else if (kind == 4 && random_below(r, 4) == 0) {
            len = at;
        } else {
            len = random_mutate(r, bytes, len, LONGEST);
        }
    }
    return len;
}

int main(int argc, char **argv)
{
    int64_t runs = 0;
    if (argc < 3 || !str_to_int(str_of(argv[1]), &runs)) {
        fputs("usage: replay RUNS SEEDS [DICTIONARY]\n", stderr);
        return 2;
    }
    read_seeds(argv[2]);
    if (argc > 3)
        read_dictionary(argv[3]);
    if (!replay.seeds_count) {
        printf("Bail out! no seed in %s\n", argv[2]);
        return 1;
    }
    signal(SIGABRT, show_bytes);
    LLVMFuzzerInitialize(&argc, &argv);
    for (size_t i = 0; i < replay.seeds_count; i++)
        try_bytes(replay.seeds[i].at, replay.seeds[i].len);
    printf("ok 1 - %zu seeds\n", replay.seeds_count);
    struct random r = {527};
    static char bytes[LONGEST];
    for (int64_t i = 0; i < runs; i++) {
        const struct buf *seed = &replay.seeds[(size_t)i % replay.seeds_count];
        if (seed->len)
            memcpy(bytes, seed->at, seed->len);
        try_bytes(bytes, vary(&r, bytes, seed->len));
    }
    printf("ok 2 - %jd variants of them\n1..2\n", (intmax_t)runs);
    for (size_t i = 0; i < replay.seeds_count; i++) {
        buf_release(&replay.seeds[i]);
        mem_free(replay.names[i]);
    }
    return 0;
}
