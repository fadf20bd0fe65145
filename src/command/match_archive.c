#include "command/match_archive.h"

#include "account/likely.h"
#include "command/list.h"

void likely_take(struct session *s, struct arena *arena, struct likely *out)
{
    struct fault why;
    if (likely_read(s->archive, reader_of_store()->context, NULL, arena, out, &why) != OK)
        die(status_of(why.code), "%s", why.text);
}

/* ---- what is proposed ---- */

static json_t *bearer_json(const struct bearer *b)
{
    json_t *out = json_object();
    struct hash id = bearer_address(b);
    list_json_id(out, "id", &id);
    json_put(out, "name", b->named.name);
    list_json_id(out, "document", &b->document);
    list_json_id(out, "text", &b->text);
    json_put_int(out, "from", (int64_t)b->named.mentions[0].at.from);
    json_put_int(out, "to", (int64_t)b->named.mentions[0].at.to);
    json_put(out, "sentence", b->sentence);
    return out;
}

static void bearer_print(const struct bearer *b)
{
    char digits[HASH_DIGITS + 1];
    struct hash id = bearer_address(b);
    struct buf line;
    hash_write(&id, digits);
    buf_init(&line, SIZE_MAX / 4);
    list_text(&line, b->named.name);
    buf_add_text(&line, "  ");
    list_text(&line, list_document(b->document_title, b->document_name));
    printf("  %.*s  %.*s\n", LIST_ID_DIGITS, digits, STR_ARG(buf_str(&line)));
    buf_release(&line);
    list_paragraph(b->sentence, 12, NULL, 0);
}

static json_t *reason_json(const struct likely_reason *r)
{
    json_t *out = json_object();
    char weight[24];
    snprintf(weight, sizeof weight, "%.1f", r->tenths / 10.0);
    json_put(out, "feature", str_of(r->trait));
    json_put(out, "grade", str_of(r->grade));
    json_put(out, "weight", str_of(weight));
    json_put(out, "left", r->left);
    json_put(out, "right", r->right);
    return out;
}

static void reason_print(const struct likely_reason *r)
{
    struct buf line;
    buf_init(&line, SIZE_MAX / 4);
    list_text(&line, r->left);
    if (!str_equal(r->left, r->right)) {
        buf_add_text(&line, " | ");
        list_text(&line, r->right);
    }
    printf("            %+.1f %s: %.*s (%s)\n", r->tenths / 10.0, r->trait, STR_ARG(buf_str(&line)),
           r->grade);
    buf_release(&line);
}

void pair_print_json(const struct likely *l, const struct likely_pair *p)
{
    json_t *out = json_object(), *list = json_array();
    for (size_t i = 0; i < p->reasons_count; i++)
        json_append(list, reason_json(&p->reasons[i]));
    json_put_int(out, "probability", p->per_mille);
    json_put_new(out, "probable", json_boolean(p->probable));
    list_json_id(out, "model", &l->model_hash);
    json_put_new(out, "left", bearer_json(p->left));
    json_put_new(out, "right", bearer_json(p->right));
    json_put_new(out, "reasons", list);
    print_json(out);
}

void pair_print(const struct likely_pair *p)
{
    printf("○ %s the same: ", p->probable ? "probably" : "perhaps");
    if (p->per_mille > 990)
        puts("over 99 %");
    else
        printf("%d %%\n", (p->per_mille + 5) / 10);
    bearer_print(p->left);
    bearer_print(p->right);
    for (size_t i = 0; i < p->reasons_count; i++)
        reason_print(&p->reasons[i]);
}

static void say_end(const struct likely *l)
{
    size_t probable = 0;
    char digits[HASH_DIGITS + 1];
    hash_write(&l->model_hash, digits);
    for (size_t i = 0; i < l->pairs_count; i++)
        probable += l->pairs[i].probable;
    if (l->pairs_count)
        printf("\n%zu pair%s, %zu of them probably one person, by the weights \"%.*s\" (%.8s).\n"
               "Nothing is joined until somebody decides.\n",
               l->pairs_count, l->pairs_count == 1 ? "" : "s", probable, STR_ARG(l->model), digits);
    else
        puts("No two people on record look like one whom nobody decided about.");
}

void match_propose(struct session *s)
{
    struct arena arena;
    struct likely likely;
    session_open(s, ARCHIVE_READ);
    arena_init(&arena);
    likely_take(s, &arena, &likely);
    for (size_t i = 0; i < likely.pairs_count; i++) {
        if (s->json) {
            pair_print_json(&likely, &likely.pairs[i]);
            continue;
        }
        if (i)
            putchar('\n');
        pair_print(&likely.pairs[i]);
    }
    if (!s->json && likely.count > 1)
        say_end(&likely);
    else if (!s->json)
        puts("There are no two people on record yet. Take in reports: govah add FILE...");
    arena_release(&arena);
}
