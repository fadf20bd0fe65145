/* read_files DIR FILE...: reads UTF-8 texts straight from disk and writes the four tables, for
 * scoring the reader alone, and into DIR/proposals.jsonl each proposal with the rule and the
 * evidence that its confidence is looked up by. Leading URL:, DATE:, TITLE:, SOURCE:, LANG: lines
 * are metadata. */
#include <libgen.h>

#include "base/file.h"
#include "base/json.h"
#include "read/confidence.h"
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

static void put(struct buf *out, const char *name, struct str text)
{
    buf_print(out, "\"%s\":", name);
    json_write_text(out, text);
    buf_add_byte(out, ',');
}

static void write_proposal(struct buf *out, struct str doc, struct str text,
                           const struct proposal *p, struct arena *arena)
{
    struct confidence_key key = confidence_key_of(p, arena);
    const struct statement *s = &p->statement;
    struct fault why;
    buf_add_byte(out, '{');
    put(out, "doc", doc);
    put(out, "rule", key.rule);
    put(out, "evidence", key.evidence);
    put(out, "why", p->why);
    put(out, "words", str_slice(text, s->quote.from, s->quote.to));
    buf_print(out, "\"confidence\":%d,\"statement\":", p->confidence);
    if (statement_write(out, s, &why) != OK)
        bug(why.text);
    buf_add_text(out, "}\n");
}

static int read_one(const struct reader *reader, const char *path, struct tsv *tables,
                    struct buf *proposals)
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
    for (size_t i = 0; i < reading.proposals_count; i++)
        write_proposal(proposals, doc, text, &reading.proposals[i], &arena);
    mem_free(copy);
    arena_release(&arena);
    buf_release(&bytes);
    return 0;
}

static int write_proposals(const char *folder, struct str proposals)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/proposals.jsonl", folder);
    FILE *file = fopen(path, "w");
    bool good = file && fwrite(proposals.at, 1, proposals.len, file) == proposals.len;
    if (file && fclose(file) != 0)
        good = false;
    if (!good)
        fprintf(stderr, "read_files: %s cannot be written\n", path);
    return !good;
}

int main(int argc, char **argv)
{
    struct reader *reader = NULL;
    struct fault why;
    struct tsv tables;
    struct buf proposals;
    int status = 0;
    if (argc < 3 || reader_new(&reader, &why) != OK) {
        fprintf(stderr, "%s\n", argc < 3 ? "read_files DIR FILE..." : why.text);
        return 2;
    }
    tsv_init(&tables);
    buf_init(&proposals, SIZE_MAX / 2);
    for (int i = 2; i < argc; i++)
        status |= read_one(reader, argv[i], &tables, &proposals);
    if (tsv_write(&tables, argv[1], &why) != OK) {
        fprintf(stderr, "%s\n", why.text);
        status = 1;
    }
    status |= write_proposals(argv[1], proposals.len ? buf_str(&proposals) : STR_NONE);
    buf_release(&proposals);
    tsv_release(&tables);
    reader_free(reader);
    return status;
}
