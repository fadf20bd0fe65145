#include "base/file.h"
#include "record/hash_set.h"
#include "seal/box.h"
#include "store/exchange_int.h"

struct ranked {
    struct hash id;
    size_t depth;  /* longest way to a commit without parents */
    bool beyond;   /* the other side has it */
    bool built_on; /* another commit here names it as a parent */
};

struct export
{
    struct archive *archive;
    int fd;
    struct buf out;
    struct hasher digest;
    struct hash_set written; /* objects and bytes that are out, or that the other side has */
    struct exchange_count *count;
    size_t lines;
};

static int by_id(const void *a, const void *b)
{
    const struct ranked *left = a, *right = b;
    return hash_compare(&left->id, &right->id);
}

static int by_depth(const void *a, const void *b)
{
    const struct ranked *left = a, *right = b;
    if (left->depth != right->depth)
        return left->depth < right->depth ? -1 : 1;
    return by_id(a, b);
}

static struct ranked *find_ranked(struct ranked *all, size_t count, const struct hash *id)
{
    struct ranked wanted = {.id = *id};
    return count ? bsearch(&wanted, all, count, sizeof *all, by_id) : NULL;
}

struct edge {
    struct ranked *parent, *child;
};

/* every commit with its depth; edges settle in as many rounds as the longest way has steps */
static enum outcome rank_commits(struct archive *a, struct arena *arena, struct ranked **out,
                                 size_t *count, struct edge **edges, size_t *edges_count,
                                 struct fault *why)
{
    size_t room = 0, edges_room = 0;
    *out = NULL;
    *edges = NULL;
    *count = *edges_count = 0;
    struct query q = query_begin(a, "SELECT id FROM derived_commit ORDER BY id");
    while (query_step(&q)) {
        *out = arena_grow(arena, *out, *count, &room, sizeof **out);
        struct ranked *r = &(*out)[(*count)++];
        *r = (struct ranked){0};
        query_hash(&q, 0, &r->id);
    }
    enum outcome result = query_end(&q, why);
    if (result != OK)
        return result;
    q = query_begin(a, "SELECT p.parent, p.child FROM derived_parent p"
                       " JOIN log_commit l ON l.id = p.child ORDER BY l.seq");
    while (query_step(&q)) {
        struct hash parent, child;
        query_hash(&q, 0, &parent);
        query_hash(&q, 1, &child);
        struct edge e = {find_ranked(*out, *count, &parent), find_ranked(*out, *count, &child)};
        if (!e.parent || !e.child)
            continue;
        e.parent->built_on = true;
        *edges = arena_grow(arena, *edges, *edges_count, &edges_room, sizeof **edges);
        (*edges)[(*edges_count)++] = e;
    }
    for (bool changed = true; changed;) {
        changed = false;
        for (size_t i = 0; i < *edges_count; i++) {
            struct edge e = (*edges)[i];
            if (e.child->depth <= e.parent->depth) {
                e.child->depth = e.parent->depth + 1;
                changed = true;
            }
        }
    }
    return query_end(&q, why);
}

enum outcome head_line_read(struct str line, json_t **head, struct fault *why)
{
    struct public_key author;
    struct fault inner;
    *head = NULL;
    if (json_read_canonical(line, head, &inner) != OK ||
        !str_equal(json_text(*head, "kind"), STR("export")) ||
        !json_is_array(json_object_get(*head, "heads"))) {
        json_decref(*head);
        *head = NULL;
        return refuse(why, REFUSED, "that is not the last line of an export");
    }
    enum outcome result = object_verify(*head, EXPORT_CONTEXT, &author, why);
    if (result == OK && json_integer_value(json_object_get(*head, "version")) != 1)
        result = refuse(why, REFUSED, "the export was made by a newer Govah");
    if (result != OK) {
        json_decref(*head);
        *head = NULL;
    }
    return result;
}

bool head_hash(const json_t *head, size_t i, struct hash *out)
{
    const json_t *item = json_array_get(json_object_get(head, "heads"), i);
    return json_is_string(item) &&
           hash_read((struct str){json_string_value(item), json_string_length(item)}, out);
}

static enum outcome mark_beyond(struct str line, struct ranked *all, size_t count,
                                const struct edge *edges, size_t edges_count, struct fault *why)
{
    json_t *head;
    struct hash id;
    if (!line.len)
        return OK;
    enum outcome result = head_line_read(line, &head, why);
    if (result != OK)
        return result;
    for (size_t i = 0; i < json_array_size(json_object_get(head, "heads")); i++) {
        struct ranked *r = head_hash(head, i, &id) ? find_ranked(all, count, &id) : NULL;
        if (r)
            r->beyond = true;
    }
    for (bool changed = true; changed;) {
        changed = false;
        for (size_t i = edges_count; i-- > 0;)
            if (edges[i].child->beyond && !edges[i].parent->beyond)
                changed = edges[i].parent->beyond = true;
    }
    json_decref(head);
    return OK;
}

static enum outcome put_line(struct export *e, struct str line, struct fault *why)
{
    hasher_add(&e->digest, line);
    hasher_add(&e->digest, STR("\n"));
    buf_add(&e->out, line);
    buf_add_byte(&e->out, '\n');
    e->lines++;
    if (e->out.full)
        return refuse(why, FAILED, "a line longer than an export can have");
    if (e->out.len < READ_SIZE)
        return OK;
    enum outcome result = file_write_fd(e->fd, buf_str(&e->out), why);
    buf_clear(&e->out);
    return result;
}

static enum outcome put_bytes(struct export *e, const struct hash *id, struct fault *why)
{
    struct buf body, line;
    char digits[HASH_DIGITS + 1];
    if (!hash_set_add(&e->written, id))
        return OK;
    hash_write(id, digits);
    buf_init(&body, BYTES_LIMIT);
    buf_init(&line, LINE_LIMIT);
    enum outcome result = log_get_bytes(e->archive, id, &body, why);
    if (result == NOT_FOUND) { /* verify says so */
        result = OK;
    } else if (result == OK) {
        buf_add_text(&line, "{\"base64\":\"");
        base64_write(&line, buf_str(&body));
        buf_print(&line, "\",\"id\":\"%s\",\"kind\":\"bytes\"}", digits);
        e->count->bytes++;
        result = put_line(e, buf_str(&line), why);
    }
    buf_release(&body);
    buf_release(&line);
    return result;
}

static enum outcome put_named_bytes(struct export *e, struct str body, struct fault *why)
{
    json_t *object = NULL;
    struct hash id;
    enum outcome result = json_read(body, &object, why);
    struct str kind = json_text(object, "kind");
    const char *member = str_equal(kind, STR("capture")) ? "bytes"
                         : str_equal(kind, STR("text"))  ? "sha256"
                                                         : NULL;
    if (result == OK && member && hash_read(json_text(object, member), &id))
        result = put_bytes(e, &id, why);
    json_decref(object);
    return result;
}

static enum outcome put_object(struct export *e, const struct hash *id, bool beyond,
                               struct fault *why)
{
    struct buf body;
    if (!hash_set_add(&e->written, id) || beyond)
        return OK;
    buf_init(&body, OBJECT_LIMIT);
    enum outcome result = log_get_object(e->archive, id, &body, why);
    if (result == NOT_FOUND) { /* a commit that waits for it */
        buf_release(&body);
        return OK;
    }
    if (result == OK)
        result = put_named_bytes(e, buf_str(&body), why);
    if (result == OK)
        result = put_line(e, buf_str(&body), why);
    e->count->objects++;
    buf_release(&body);
    return result;
}

/* captures before texts before statements before decisions, each in order of id */
static enum outcome put_holdings(struct export *e, const struct ranked *commit, struct fault *why)
{
    struct arena arena;
    struct hash_list ids = {0};
    size_t room = 0;
    arena_init(&arena);
    struct query q = query_begin(e->archive, "SELECT h.object FROM derived_holding h"
                                             " JOIN log_object o ON o.id = h.object"
                                             " WHERE h.held_by = ?1 ORDER BY o.kind, h.object");
    query_bind_hash(&q, 1, &commit->id);
    while (query_step(&q)) {
        ids.at = arena_grow(&arena, ids.at, ids.count, &room, sizeof *ids.at);
        query_hash(&q, 0, &ids.at[ids.count++]);
    }
    enum outcome result = query_end(&q, why);
    for (size_t i = 0; i < ids.count && result == OK; i++)
        result = put_object(e, &ids.at[i], commit->beyond, why);
    arena_release(&arena);
    return result;
}

static enum outcome put_head(struct export *e, const struct ranked *all, size_t count,
                             struct fault *why)
{
    struct hash_list heads = {mem_alloc((count + 1) * sizeof(struct hash)), 0};
    for (size_t i = 0; i < count; i++)
        if (!all[i].built_on)
            heads.at[heads.count++] = all[i].id;
    struct hash digest = hasher_end(&e->digest);
    hasher_init(&e->digest);
    json_t *head = json_object();
    json_put(head, "kind", STR("export"));
    json_put_int(head, "version", 1);
    json_put_int(head, "lines", (int64_t)e->lines);
    json_put_hash(head, "digest", &digest);
    json_put_new(head, "heads", json_array());
    hash_list_sort(&heads);
    json_put_hashes(head, "heads", &heads);
    object_sign(head, EXPORT_CONTEXT, &e->archive->own);
    struct buf line;
    buf_init(&line, OBJECT_LIMIT);
    enum outcome result = json_write(&line, head, why);
    if (result == OK)
        result = put_line(e, buf_str(&line), why);
    if (result == OK)
        result = file_write_fd(e->fd, buf_str(&e->out), why);
    buf_release(&line);
    json_decref(head);
    mem_free(heads.at);
    return result;
}

static enum outcome put_commits(struct export *e, struct str beyond, struct arena *arena,
                                archive_progress *progress, void *context, struct fault *why)
{
    struct ranked *all;
    struct edge *edges;
    size_t count, edges_count;
    enum outcome result = rank_commits(e->archive, arena, &all, &count, &edges, &edges_count, why);
    if (result == OK)
        result = mark_beyond(beyond, all, count, edges, edges_count, why);
    struct ranked *order = arena_alloc(arena, (count + 1) * sizeof *order);
    if (count)
        memcpy(order, all, count * sizeof *order);
    qsort(order, count, sizeof *order, by_depth);
    for (int pass = 0; pass < 2; pass++) /* first what the other side has, so that it stays out */
        for (size_t i = 0; i < count && result == OK; i++) {
            if (order[i].beyond != (pass == 0))
                continue;
            result = put_holdings(e, &order[i], why);
            if (result == OK && !order[i].beyond) {
                result = put_object(e, &order[i].id, false, why);
                e->count->commits++;
                e->count->objects--;
            }
            if (progress)
                progress(context, i + 1, count);
        }
    return result == OK ? put_head(e, all, count, why) : result;
}

enum outcome archive_export(struct archive *a, int fd, struct str beyond,
                            archive_progress *progress, void *context, struct exchange_count *count,
                            struct fault *why)
{
    struct export e = {.archive = a, .fd = fd, .count = count};
    struct arena arena;
    *count = (struct exchange_count){0};
    arena_init(&arena);
    buf_init(&e.out, (size_t)LINE_LIMIT + READ_SIZE + 2);
    hasher_init(&e.digest);
    hash_set_init(&e.written);
    enum outcome result = sql_run(a, "BEGIN", why);
    if (result == OK) {
        result = put_commits(&e, beyond, &arena, progress, context, why);
        sqlite3_exec(a->db, "ROLLBACK", NULL, NULL, NULL);
    }
    hasher_end(&e.digest);
    hash_set_release(&e.written);
    buf_release(&e.out);
    arena_release(&arena);
    return result;
}

enum outcome archive_reaches(struct archive *a, struct str line, struct fault *why)
{
    json_t *head;
    struct hash id;
    bool has = false;
    enum outcome result = head_line_read(line, &head, why);
    if (result != OK)
        return result;
    for (size_t i = 0; i < json_array_size(json_object_get(head, "heads")) && result == OK; i++) {
        if (!head_hash(head, i, &id)) {
            result = refuse(why, REFUSED, "the export's head names no commit");
            break;
        }
        result = log_has(a, &id, &has, why);
        if (result == OK && !has) {
            char digits[HASH_DIGITS + 1];
            hash_write(&id, digits);
            result =
                refuse(why, DAMAGED, "the commit %.12s that the export names is not here", digits);
        }
    }
    json_decref(head);
    return result;
}
