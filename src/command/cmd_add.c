#include "base/progress.h"
#include "command/columns.h"
#include "command/foresee.h"
#include "command/probable.h"
#include "record/hash_set.h"
#include "store/findings.h"
#include "text/edtf.h"

const char cmd_add_usage[] =
    "usage: govah add [options] FILE...\n"
    "\n"
    "  --source NAME      who published it\n"
    "  --published DATE   when, such as 2022-11-25, 2022-11 or 2022 (EDTF)\n"
    "  --url ADDRESS      where it was found\n"
    "  --lang CODE        its language, such as en or fa\n"
    "  --title TEXT       its title\n"
    "  --map SAID         what columns of lists are: 'COLUMN=FIELD,...', or a file of such lines\n"
    "  --dry-run          takes in nothing; shows who would be new, known or in conflict\n"
    "\n"
    "Takes in text, HTML, PDF and lists (CSV, XLSX, ODS) by what they are, not by their names, and\n"
    "reads them. What an option says stands above what is found in the document. A file that is\n"
    "here already is not taken twice; one that cannot be read is named, and the others are taken.\n"
    "Says how many of the people whom up to 100 new documents name are probably one with somebody\n"
    "on record.\n"
    "\n"
    "Of lists it says which columns it knows by their heads, and which it leaves unread; --map says\n"
    "it for others. A FIELD is one of those that a wrong one makes it name, the head of a column in\n"
    "any language that it knows, such as \"date of arrest\", or - for a column that is not to be\n"
    "read. A value that may stand for \"unknown\", such as one town on most rows, is named.\n"
    "\n"
    "  govah add --dry-run --map 'Prisoner=name,Taken=date of arrest' prisoners.csv\n"
    "  govah add --source \"Daily Monitor\" --published 2022-11-22 report.pdf\n";

enum { BATCH_FILES = 1024, BATCH_BYTES = 16 * 1024 * 1024, LOOKED_AT = 100 };
/* of the documents added, in all, whose people are looked for on record at once */
enum { LOOKED_AT_BYTES = 1024 * 1024 };

/* one file of the batch, told about when the batch is acknowledged */
struct pending {
    const char *path;
    struct hash id;
    struct str title;
    struct str rows; /* of a list: its text */
};

struct adding {
    struct session *session;
    struct intake intake;
    struct document_facts stated;
    struct columns columns;
    bool dry;
    struct arena arena; /* of the batch */
    struct hash_set seen;
    struct pending pending[BATCH_FILES];
    size_t pending_count, pending_bytes, added_bytes;
    size_t added, known, refused;
    struct hash first[LOOKED_AT]; /* of those added */
};

/* what is doubted in columns of a document that is here now; a list, where there is any */
static json_t *suspect(const struct adding *in, const struct pending *p, struct arena *arena)
{
    struct finding_view *views;
    struct fault why;
    size_t count;
    json_t *out = NULL;
    if (archive_document_findings(in->session->archive, &p->id, arena, &views, &count, &why) != OK)
        die(status_of(why.code), "%s", why.text);
    for (size_t i = 0; i < count; i++) {
        struct column_doubt doubt = {views[i].quote, views[i].finding};
        if (!columns_are_doubted(&doubt.finding))
            continue;
        columns_doubt_print(p->path, &doubt);
        if (!out)
            out = json_array();
        json_append(out, columns_doubt_json(&doubt));
    }
    return out;
}

static void tell_added(const struct adding *in, const struct pending *p)
{
    struct arena arena;
    arena_init(&arena);
    json_t *suspected = p->rows.len ? suspect(in, p, &arena) : NULL;
    if (p->rows.len && !in->session->json)
        columns_print(p->path, p->rows);
    arena_release(&arena);
    if (!in->session->json) {
        json_decref(suspected);
        return;
    }
    json_t *line = json_object();
    json_put(line, "file", str_of(p->path));
    json_put(line, "status", STR("added"));
    json_put_hash(line, "document", &p->id);
    if (p->rows.len)
        json_put_new(line, "tables", columns_json(p->rows));
    if (suspected)
        json_put_new(line, "suspected", suspected);
    print_json(line);
}

static void tell(const struct adding *in, const char *path, const char *status,
                 const struct hash *id, const char *why)
{
    if (!in->session->json)
        return;
    json_t *line = json_object();
    json_put(line, "file", str_of(path));
    json_put(line, "status", str_of(status));
    if (id)
        json_put_hash(line, "document", id);
    json_put(line, "why", str_of(why));
    print_json(line);
}

static void acknowledge(struct adding *in)
{
    struct fault why;
    if (!in->pending_count)
        return;
    struct archive *a = in->session->archive;
    if (archive_commit(a, STR("add"), str_of(now_utc().text), &why) != OK)
        die(status_of(why.code),
            "%s; %zu files of this call are acknowledged, add the last %zu again", why.text,
            in->added, in->pending_count);
    for (size_t i = 0; i < in->pending_count; i++) {
        tell_added(in, &in->pending[i]);
        if (in->added + i < LOOKED_AT)
            in->first[in->added + i] = in->pending[i].id;
    }
    fflush(stdout); /* whoever waits for the acknowledgement gets it now */
    in->added += in->pending_count;
    in->added_bytes += in->pending_bytes;
    in->pending_count = in->pending_bytes = 0;
    hash_set_release(&in->seen);
    arena_release(&in->arena);
}

static void overlay(struct str *found, struct str stated)
{
    if (stated.len)
        *found = stated;
}

static struct str base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return str_of(slash ? slash + 1 : path);
}

/* a file name that is not UTF-8 is kept with its broken bytes replaced */
static struct str clean_name(struct arena *arena, const char *path)
{
    struct buf out;
    buf_init(&out, 4096);
    show(&out, base_name(path));
    struct str copy = arena_copy(arena, buf_str(&out));
    buf_release(&out);
    return copy;
}

static enum outcome keep(struct adding *in, const char *path, const struct intake_result *found,
                         const struct hash *bytes_id, struct fault *why)
{
    struct archive *a = in->session->archive;
    struct now now = now_utc();
    enum outcome result = OK;
    if (!in->pending_count)
        result = archive_begin(a, why);
    struct capture capture = {.bytes = *bytes_id,
                              .size = (int64_t)found->bytes.len,
                              .by = *archive_own_key(a),
                              .at = str_of(now.text),
                              .how = STR("add"),
                              .name = clean_name(&in->arena, path),
                              .media = found->media,
                              .charset = found->charset,
                              .facts = found->facts};
    return result == OK
               ? archive_put_document(a, &capture, found->bytes, found->extractor, found->text, why)
               : result;
}

/* the file with all that options say; *mapped: other than the archive reads it by now */
static enum outcome read_file(struct adding *in, const char *path, struct intake_result *found,
                              struct hash *id, bool *mapped, struct fault *why)
{
    bool same = true;
    enum outcome result = intake_file(&in->intake, path, &in->arena, found, why);
    if (result != OK)
        return result;
    *id = hash_of(found->bytes);
    if (in->columns.count && !columns_may_be(found))
        return refuse(why, REFUSED, "is no list, whose columns could be mapped");
    if (in->columns.count)
        result =
            columns_apply(&in->columns, in->session->archive, id, &in->arena, found, &same, why);
    *mapped = !same;
    overlay(&found->facts.publisher, in->stated.publisher);
    overlay(&found->facts.published, in->stated.published);
    overlay(&found->facts.url, in->stated.url);
    overlay(&found->facts.lang, in->stated.lang);
    overlay(&found->facts.title, in->stated.title);
    return result;
}

static void add_file(struct adding *in, const char *path)
{
    struct intake_result found = {0};
    struct fault why;
    struct hash id;
    bool known, mapped = false;
    if (read_file(in, path, &found, &id, &mapped, &why) != OK) {
        in->refused++;
        complain(path, why.text);
        tell(in, path, "refused", NULL, why.text);
        return;
    }
    if (found.doubt.len)
        complain(path, found.doubt.at);
    if (hash_set_has(&in->seen, &id)) { /* twice in one batch: the second must see the first */
        acknowledge(in);
        add_file(in, path);
        return;
    }
    if (archive_knows(in->session->archive, &id, &found.facts, &known, &why) != OK) {
        archive_abandon(in->session->archive);
        die(status_of(why.code), "%s", why.text);
    }
    if (known && !mapped) {
        in->known++;
        tell(in, path, "known", &id, NULL);
        return;
    }
    if (in->dry) {
        foresee(in->session, path, &found);
        arena_release(&in->arena);
        return;
    }
    if (keep(in, path, &found, &id, &why) != OK) {
        archive_abandon(in->session->archive);
        die(status_of(why.code), "%s: %s (%zu files of this call are kept)", path, why.text,
            in->added);
    }
    hash_set_add(&in->seen, &id);
    in->pending[in->pending_count++] = (struct pending){
        path, id, found.facts.title, columns_may_be(&found) ? found.text : STR_NONE};
    in->pending_bytes += found.bytes.len;
    if (in->pending_count == BATCH_FILES || in->pending_bytes > BATCH_BYTES)
        acknowledge(in);
}

static const char **read_options(struct adding *in, int argc, char **argv, size_t *count)
{
    struct options o = options_of(argc, argv);
    const char **files = mem_resize_array(NULL, (size_t)argc, sizeof *files);
    const char *option;
    struct fault why;
    int64_t first, last;
    *count = 0;
    for (;;) {
        while ((option = option_next(&o, "source published url lang title map", "dry-run"))) {
            struct str value = str_of(o.value ? o.value : "");
            if (strcmp(option, "source") == 0)
                in->stated.publisher = value;
            else if (strcmp(option, "published") == 0)
                in->stated.published = value;
            else if (strcmp(option, "url") == 0)
                in->stated.url = value;
            else if (strcmp(option, "lang") == 0)
                in->stated.lang = value;
            else if (strcmp(option, "map") == 0)
                columns_take(&in->columns, o.value);
            else if (strcmp(option, "dry-run") == 0)
                in->dry = true;
            else
                in->stated.title = value;
        }
        const char *file = operand_next(&o);
        if (!file)
            break;
        files[(*count)++] = file;
    }
    if (in->stated.published.len && edtf_range(in->stated.published, &first, &last, &why) != OK)
        die(EXIT_USAGE, "--published: %s", why.text);
    if (!*count)
        die(EXIT_USAGE, "which files? govah add FILE...");
    return files;
}

/* People in a few new documents are laid beside all that is there; after many, or a long list,
 * govah match tells. */
static void say_probable(const struct adding *in)
{
    struct arena arena;
    if (!in->added || in->added > LOOKED_AT || in->added_bytes > LOOKED_AT_BYTES)
        return;
    arena_init(&arena);
    size_t found = probable_in(in->session, in->first, in->added, &arena);
    if (found)
        printf("○ %zu of the people named %s probably one with somebody on record: govah match\n",
               found, found == 1 ? "is" : "are");
    arena_release(&arena);
}

static void print_sum(const struct adding *in)
{
    struct archive_state state;
    struct fault why;
    if (in->session->json)
        return;
    printf("%zu added", in->added);
    if (in->known)
        printf(", %zu here already", in->known);
    if (in->refused)
        printf(", %zu refused", in->refused);
    if (archive_summary(in->session->archive, &state, &why) != OK)
        die(status_of(why.code), "%s", why.text);
    if (state.proposed)
        printf("; %jd proposals wait: govah review", (intmax_t)state.proposed);
    putchar('\n');
    say_probable(in);
    if (!state.own_counts)
        puts("This device's key is not a member's yet: what it adds waits in quarantine (govah"
             " members).");
}

static void print_foreseen(const struct adding *in)
{
    if (in->session->json)
        return;
    printf("nothing was taken in");
    if (in->known)
        printf(", %zu here already", in->known);
    if (in->refused)
        printf(", %zu refused", in->refused);
    putchar('\n');
}

int cmd_add(struct session *s, int argc, char **argv)
{
    struct adding *in = mem_alloc(sizeof *in);
    struct fault why;
    size_t count;
    in->session = s;
    columns_init(&in->columns);
    const char **files = read_options(in, argc, argv, &count);
    if (intake_start(&in->intake, &why) != OK)
        die(EXIT_PROBLEM, "%s", why.text);
    session_open(s, in->dry ? ARCHIVE_READ : ARCHIVE_WRITE);
    arena_init(&in->arena);
    hash_set_init(&in->seen);
    struct progress bar;
    progress_begin(&bar, "adding", count);
    for (size_t i = 0; i < count; i++) {
        add_file(in, files[i]);
        progress_step(&bar, i + 1);
    }
    progress_end(&bar);
    acknowledge(in);
    intake_stop(&in->intake);
    if (in->dry)
        print_foreseen(in);
    else
        print_sum(in);
    columns_release(&in->columns);
    int status = in->refused ? EXIT_PROBLEM : EXIT_DONE;
    hash_set_release(&in->seen);
    arena_release(&in->arena);
    mem_free(files);
    mem_free(in);
    return status;
}
