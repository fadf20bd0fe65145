/* read_files DIR FILE...: reads UTF-8 texts straight from disk and writes the four tables, for
 * scoring the reader alone. Leading URL:, DATE:, TITLE:, SOURCE:, LANG: lines are metadata. */
#include <libgen.h>

#include "base/file.h"
#include "read/tsv.h"

enum { FILE_LIMIT = 256 * 1024 * 1024 };

struct header {
    const char *name;
    struct str *value;
};

static struct str take_header(struct str all, struct document_facts *facts)
{
    const struct header headers[] = {{"URL:", &facts->url},
                                     {"DATE:", &facts->published},
                                     {"TITLE:", &facts->title},
                                     {"SOURCE:", &facts->publisher},
                                     {"LANG:", &facts->lang}};
    struct str rest = all, line;
    bool any = false;
    while (str_cut(&rest, '\n', &line)) {
        bool known = false;
        for (size_t i = 0; i < COUNT_OF(headers); i++)
            if (str_starts(line, str_of(headers[i].name))) {
                *headers[i].value = str_trim(str_slice(line, strlen(headers[i].name), line.len));
                known = any = true;
            }
        if (!known)
            return any && !str_trim(line).len ? rest : all;
    }
    return all;
}

static int read_one(const struct reader *reader, const char *path, struct tsv *tables)
{
    struct buf bytes;
    struct fault why;
    struct arena arena;
    struct reading reading;
    struct document_facts facts = {0};
    buf_init(&bytes, FILE_LIMIT);
    arena_init(&arena);
    if (file_read(path, FILE_LIMIT, &bytes, &why) != OK) {
        fprintf(stderr, "%s\n", why.text);
        buf_release(&bytes);
        return 1;
    }
    struct str text = take_header(buf_str(&bytes), &facts);
    if (str_equal(facts.published, STR("unknown")))
        facts.published = STR_NONE;
    char *copy = str_dup(str_of(path));
    struct str doc = str_of(basename(copy));
    if (str_ends(doc, STR(".txt")))
        doc.len -= 4;
    reader_read(reader, text, &facts, &arena, &reading);
    tsv_add(tables, doc, text, &reading);
    if (getenv("READ_WHY"))
        for (size_t i = 0; i < reading.proposals_count; i++)
            printf("%4d %.*s\n", reading.proposals[i].confidence,
                   STR_ARG(reading.proposals[i].why));
    mem_free(copy);
    arena_release(&arena);
    buf_release(&bytes);
    return 0;
}

int main(int argc, char **argv)
{
    struct reader *reader = NULL;
    struct fault why;
    struct tsv tables;
    int status = 0;
    if (argc < 3 || reader_new(&reader, &why) != OK) {
        fprintf(stderr, "%s\n", argc < 3 ? "read_files DIR FILE..." : why.text);
        return 2;
    }
    tsv_init(&tables);
    for (int i = 2; i < argc; i++)
        status |= read_one(reader, argv[i], &tables);
    if (tsv_write(&tables, argv[1], &why) != OK) {
        fprintf(stderr, "%s\n", why.text);
        status = 1;
    }
    tsv_release(&tables);
    reader_free(reader);
    return status;
}
